#!/usr/bin/env bash
# One person's rights: everything about them as a document, and to be forgotten, also by the next import.
# shellcheck disable=SC2317 # functions are called by status
. "${0%/*}/tap.sh"

head='referral_id,received,bydel,person_id,name,comment'
one=10839421953 two=18835345102 # identity numbers of nobody
R=$T/r.db
rows() { printf '%s\n' "$head" "$@"; }
put() { register-put "$R" "$@" 2>"$T/err"; }
get() { register-get --with-identity --reason='asked for it' "$@" "$R" person; }
new() {
	rm -f "$T"/*.key "$R"*
	register-init --key="$R.key" "$R"
	rows "A-1,2022-02-01,Sagene,$one,Kari Fjell,first words" 'A-2,2022-02-01,Frogner,,Ola Li,other words' 'A-3,2022-02-01,Alna,,,' >"$T/in.csv"
	put "$T/in.csv"
	printf 'case_id,date,type,by,note\nA-1,2022-03-03,other,intake,came by\nA-2,2022-03-03,other,intake,rang\n' | put
}
pseudonym() { register-get --id="$1" "$R" referral | grep -o 'p-[a-z2-7]*'; }

# ---- everything about one person ----

new
rows "A-1,2022-02-01,Sagene,$one,Kari Fjell,later words" | put
rows "A-9,2023-02-01,Sagene,$one,Kari Fjell," | put
rows "A-1,2022-02-01,Sagene,$two,Per Vik,of somebody else" | put
rows "A-1,2022-02-01,Sagene,$one,Kari Fjell,later words" | put
P=$(pseudonym A-1)
register-get --with-identity --reason='daily work' "$R" referral >/dev/null
status 'by a referral' 0 get --id=A-1
cp "$T/out" "$T/all"
is 'every form of every record of every case of the person' \
	"$(grep -cE '^(Henvisning A-[19]|Hendelse)$' "$T/all")" 5
ok 'with who it is about' grep -q "Fødselsnummer *$one" "$T/all"
ok 'in the words of then' grep -q 'Kommentar *first words' "$T/all"
ok 'and of now' grep -q 'Kommentar *later words' "$T/all"
ok 'what happened' grep -q 'Merknad *came by' "$T/all"
ok 'who looked before' grep -q 'daily work' "$T/all"
ok 'and who looks now' grep -q 'asked for it' "$T/all"
is 'nobody else' "$(grep -cE "Ola Li|Per Vik|$two|of somebody else|other words|rang" "$T/all")" 0
like 'what was of somebody else by mistake is left out, and said' "$(<"$T/all")" 'et annet identitetsnummer: 1'
like 'it is in the log' "$(register-log --person="$P" "$R" | tail -n 1)" ',get,asked for it$'
status 'by the pseudonym' 0 get --person="$P"
is 'the same' "$(grep -cE '^(Henvisning A-[19]|Hendelse)$' "$T/out")" 5
status 'of somebody without a number' 0 get --id=A-2
is 'their case alone' "$(grep -E '^(Henvisning|Sak) |^Navn' "$T/out" | tr -s ' ' | xargs)" 'Sak A-2 Henvisning A-2 Navn Ola Li Sak A-2'
ok 'and the looks that the log names by the record' grep -q 'daily work' "$T/out"
for format in markdown html odt pdf; do
	status "as $format" 0 get --id=A-1 --format=$format --output="$T/doc.$format"
	is 'for its owner alone' "$(stat -c %a "$T/doc.$format")" 600
done
status 'in English' 0 get --id=A-1 --lang=en
like 'its words' "$(<"$T/out")" 'Who has looked'
status 'nobody' 65 get --id=A-77
is 'and nothing was logged of it' "$(register-log "$R" | tail -n 1 | cut -d, -f1)" "$(register-log "$R" | wc -l | awk '{ print $1 - 1 }')"
n=$(register-log "$R" | wc -l)
status 'a reason is needed' 2 register-get --id=A-1 "$R" person
status 'a person is needed' 2 get
status 'one' 2 get --id=A-1 --person="$P"
status 'no table' 2 get --id=A-1 --format=csv
status 'a table is no document' 2 register-get --format=html "$R" referral
status 'no escapes in a reason' 2 register-get --with-identity --id=A-1 --reason=$'a\e[31m' "$R" person
is 'none of these is in the log' "$(register-log "$R" | wc -l)" "$n"
register-key --name=read --purpose=read make "$R" "$T/read.key"
register-key --name=put --purpose=put make "$R" "$T/put.key"
register-key --name=audit --purpose=audit make "$R" "$T/audit.key"
status 'a key that reads is enough' 0 get --key="$T/read.key" --id=A-1
status 'others are not' 77 get --key="$T/put.key" --id=A-1
status 'nor this' 77 get --key="$T/audit.key" --id=A-1
is 'and show nothing' "$(wc -c <"$T/out")" 0

# ---- decided to be of the same person, or not ----

new
P=$(pseudonym A-1)
link() { printf 'referral_id,other_id,score,why,link,by,date\n%s\n' "$1" | put; }
link 'A-2,A-1,80,name,same,kari,2022-04-01'
link 'A-3,A-1,80,name,not_same,kari,2022-04-02'
status 'what was decided to be of the person is part of it' 0 get --person="$P"
is 'both cases, with what happened' "$(grep -cE '^(Henvisning A-[12]|Hendelse)$' "$T/out")" 4
is 'each decision with each case of the person that it is about' "$(grep -c '^Avgjørelse om to henvisninger gjelder samme person$' "$T/out")" 3
like 'one names the other' "$(tr -s ' ' <"$T/out")" $'Henvisnings-ID A-2\nDen andre henvisningen A-1'
is 'one that is of somebody else is not named' "$(grep -c A-3 "$T/out")" 0
status 'by the referral that has no number' 0 get --id=A-2
is 'the same' "$(grep -cE '^(Henvisning A-[12]|Hendelse)$' "$T/out")" 4
status 'of the other person' 0 get --id=A-3
is 'their case, and a decision' "$(grep -cE '^(Henvisning A-3|Avgjørelse.*)$' "$T/out") $(grep -cE 'A-[12]|Kari|Ola' "$T/out")" '2 0'
is 'the chain of the case has the decisions' "$(register-get --id=A-1 "$R" case | grep person_link | cut -d, -f1-4,6)" \
	$'A-2,2022-04-01,person_link,same,A-1\nA-1,2022-04-02,person_link,not_same,A-3'
is 'up to a day' "$(register-get --id=A-1 --as-of=2022-04-01 "$R" case | grep -c person_link)" 1

# what people write into these cells
printf 'case_id,date,type,by,note\nA-1,2022-05-03,other,Kari Nordlund %s,\nA-1,2022-05-04,other,NAV,\n' "$two" | put
link "A-2,A-3,10,name,not_same,Per Vikdal $two,2022-04-03"
is 'a number or a name is hidden in by, too' "$(grep -acE "$two|Nordlund|Vikdal" "$R")" 0
is 'a role is not' "$(register-get "$R" event | grep -c ,NAV,)" 1

# ---- forgotten ----

new
P=$(pseudonym A-1)
for purpose in put audit read; do
	register-key --name=$purpose --purpose=$purpose make "$R" "$T/$purpose.key"
done
for person in "$one" "${one::6} ${one:6}"; do
	status "no number: $person" 2 register-purge --person="$person" --reason='asked for it' "$R"
	status "nor to look: $person" 2 register-log --person="$person" "$R"
	status "nor to get: $person" 2 get --person="$person"
done
register-log "$R" >"$T/log"
status 'nobody of that name' 1 register-purge --person="${P}x" --reason='asked for it' "$R"
like 'says so' "$(<"$T/err")" 'nothing about that person or case'
status 'no such case' 1 register-purge --id=a-2 --reason='asked for it' "$R"
is 'and nothing is written down' "$(register-log "$R" | diff - "$T/log")" ''
status 'a person' 0 register-purge --key="$T/audit.key" --person="$P" --reason='asked for it' "$R"
status 'a case without a number' 0 register-purge --key="$T/audit.key" --id=A-2 --reason='asked for it' "$R"
like 'with all about it' "$(<"$T/err")" 'removed: 2$'
is 'the rest is there' "$(register-get "$R" referral | cut -d, -f1 | xargs)" 'referral_id A-3'
status 'the same import' 1 register-put --key="$T/put.key" "$R" "$T/in.csv"
is 'says who was purged' "$(grep -o 'A-[0-9]*[^ ]* was purged' "$T/err" | cut -c1-3 | xargs)" 'A-1 A-2'
like 'and puts the rest' "$(<"$T/err")" 'new 0, same 1, changed 0'
is 'nobody is back' "$(register-get "$R" referral | cut -d, -f1 | xargs)" 'referral_id A-3'
rows "B-1,2023-02-01,Sagene,$one,Kari Fjell," >"$T/new.csv"
status 'a new case of the person' 1 register-put --key="$T/put.key" "$R" "$T/new.csv"
printf 'case_id,date,type,by,note\nA-2,2023-03-03,other,intake,rang\nA-3,2023-03-03,other,intake,rang\n' >"$T/event.csv"
status 'something about a case' 1 register-put --key="$T/put.key" "$R" "$T/event.csv"
is 'is left out, and the rest is put' "$(register-get "$R" event | cut -d, -f1 | xargs)" 'case_id A-3'
printf 'referral_id,own_id,person_id\nA-3,x,%s\n' "$one" >"$T/identity.csv"
status 'an identity that is joined' 1 register-put "$R" "$T/identity.csv"
is 'not under the person' "$(pseudonym A-3)" ''
status 'others are new' 0 register-put --key="$T/put.key" "$R" <<<"$(rows "C-1,2023-02-01,Sagene,$two,Per Vik,")"
is 'no name is in the file' "$(grep -ca Kari "$R")" 0
is 'nor an id' "$(sqlite3 "$R" .dump | grep -cE "'A-[12]'")" 0
is 'nor the pseudonym' "$(grep -ca "$P" "$R")" 0

# what is tampered with is found
if command -v sqlite3 >/dev/null; then
	cp "$R" "$T/t.db" && cp "$R.key" "$T/t.db.key"
	sqlite3 "$T/t.db" "DELETE FROM access_person WHERE person LIKE 'x-%'"
	status 'marks that somebody removes are missed' 1 register-log --verify "$T/t.db"
	cp "$R" "$T/t.db"
	sqlite3 "$T/t.db" "DELETE FROM setting WHERE name = 'purge_key'"
	status 'and so is their key' 65 register-put "$T/t.db" "$T/in.csv"
	cp "$R" "$T/t.db"
	sqlite3 "$T/t.db" "UPDATE setting SET value = replace(value, 'a', 'b') WHERE name = 'purge_key'"
	status 'or one that was changed' 65 register-put "$T/t.db" "$T/in.csv"
fi

# ---- brought back ----

status 'a reason is needed to bring back' 2 register-put --bring-back "$R" "$T/new.csv"
status 'and goes with it' 2 register-put --reason=x "$R" "$T/new.csv"
status 'no escapes' 2 register-put --bring-back --reason=$'a\e[31m' "$R" "$T/new.csv"
status 'not with a key that only puts' 77 register-put --key="$T/put.key" --bring-back --reason='new referral' "$R" "$T/new.csv"
status 'a new case' 0 register-put --bring-back --reason='new referral' "$R" "$T/new.csv"
like 'is said' "$(<"$T/err")" 'brought back: 1'
like 'and in the log, by the person' "$(register-log --person="$(pseudonym B-1)" "$R" | tail -n 1)" ',bring-back,new referral$'
status 'from then on the person is known again' 0 register-put --key="$T/put.key" "$R" <<<"$(rows "B-2,2023-02-01,Sagene,$one,Kari Fjell,")"
status 'but not the case that was purged' 1 register-put "$R" "$T/in.csv"
status 'which can be brought back, too' 0 register-put --bring-back --reason='a mistake' "$R" "$T/in.csv"
is 'all are there' "$(register-get "$R" referral | cut -d, -f1 | sort | xargs)" 'A-1 A-2 A-3 B-1 B-2 C-1 referral_id'
status 'and the log is whole' 0 register-log --verify "$R"
status 'once more gone' 0 register-purge --person="$(pseudonym B-1)" --reason='asked again' "$R"
status 'is gone' 1 register-put "$R" "$T/new.csv"
register-key rotate "$R" "$T/fresh.key"
status 'under new secrets, too' 1 register-put --key="$T/fresh.key" "$R" "$T/new.csv"
status 'and checks' 0 register-check --key="$T/fresh.key" "$R"

# ---- a decision about who was purged, and who was not ----

new
link 'A-1,A-3,80,name,not_same,kari,2022-04-01'
link 'A-2,A-3,80,name,same,kari,2022-04-01'
register-purge --id=A-2 --reason='asked for it' "$R" 2>/dev/null
is 'the decisions about a case go with it' "$(register-get "$R" person_link | cut -d, -f1,2 | xargs)" 'referral_id,other_id A-1,A-3'
status 'a decision about it does not come back' 1 link 'A-3,A-2,80,name,same,kari,2022-04-01'
like 'and says about whom' "$(<"$T/err")" 'A-2[^ ]* was purged'
is 'it is not there' "$(register-get "$R" person_link | wc -l)" 2
register-purge --id=A-3 --reason='asked for it' "$R" 2>/dev/null
status 'who was but named in one was not purged' 0 register-put "$R" <<<"$(rows "A-1,2022-02-01,Sagene,$one,Kari Fjell,third words")"
is 'and is there' "$(register-get "$R" referral | cut -d, -f1 | xargs)" 'referral_id A-1'

# ---- a referral that is about somebody else by now ----

new
P=$(pseudonym A-1)
rows "A-1,2022-02-01,Sagene,$two,Per Vik,of somebody else" "A-9,2023-02-01,Sagene,$one,Kari Fjell," | put
like 'is told when it is put' "$(<"$T/err")" 'other-person: .*: 1, such as .*A-1'
status 'of the person' 0 get --person="$P"
is 'what they were told of before, and the other case' "$(grep -cE '^Henvisning A-[19]$' "$T/out")" 2
is 'nothing of who it is about now' "$(grep -cE "Per Vik|$two|of somebody else|came by" "$T/out")" 0
status 'forgotten' 0 register-purge --person="$P" --reason='asked for it' "$R"
like 'says that somebody else stays' "$(<"$T/err")" 'about somebody else now: referrals 1;'
is 'who is still there' "$(register-get "$R" referral | cut -d, -f1 | xargs)" 'referral_id A-2 A-3 A-1'
is 'with what happened' "$(register-get "$R" event | cut -d, -f1 | xargs)" 'case_id A-1 A-2'
is 'no record is of the person' "$(sqlite3 "$R" "SELECT count(*) FROM record WHERE person = '$P'")" 0
status 'all checks' 0 register-check "$R"
status 'the other person is put as before' 0 register-put "$R" <<<"$(rows "A-1,2022-02-01,Sagene,$two,Per Vik,later words")"

# ---- what is too old ----

new
status 'by age' 0 register-purge --before=2022-03-01 --reason=retention "$R"
is 'the old case is gone' "$(register-get "$R" referral | cut -d, -f1 | xargs)" 'referral_id A-1 A-2'
status 'and does not come back' 1 register-put "$R" "$T/in.csv"
status 'a newer case of the same person does' 0 register-put "$R" <<<"$(rows "D-1,2023-02-01,Sagene,$one,Kari Fjell,")"

finish
