#!/usr/bin/env bash
# Keys of offices: each opens what is about cases of its own district, and nothing else, in a file as on a server.
# shellcheck disable=SC2317 # functions are called by status
. "${0%/*}/tap.sh"
R=$(new_register offices)
register-init --key="$T/all.key" "$R"
put() { register-put --key="$T/put.key" "$R" "$@" 2>"$T/err"; }
look() { register-get --with-identity --reason=x --key="$T/$1.key" "${@:2}" "$R" "${kind-referral}"; }
key() { register-key --key="$T/all.key" "$@"; }
names() { grep -o 'Gul Dal\|Lun Eng\|Rund Sti' | sort -u | xargs; }

key --name=put --purpose=put make "$R" "$T/put.key"
key --name=sagene --purpose=read --office=Sagene make "$R" "$T/sagene.key"
put - <<'END'
referral_id,received,bydel,name,comment,protection
S-1,2026-02-01,Sagene,Gul Dal,hemmelig,
A-1,2026-02-01,Alna,Lun Eng,hemmelig,
N-1,2026-02-01,Sagene,Rund Sti,hemmelig,fortrolig
END
key --name=alna --purpose=read --office=030112 make "$R" "$T/alna.key"
is 'an office opens its own' "$(look sagene --bydel=Sagene | names)" 'Gul Dal Rund Sti'
is 'another its own, put in before it had a key' "$(look alna --bydel=Alna | names)" 'Lun Eng'
status 'but not what is another'\''s' 1 look sagene --bydel=Alna
like 'which is left out, and counted' "$(<"$T/err")" 'records of other districts, left out as this key does not open them: 1$'
is 'of which nothing is shown' "$(names <"$T/out")" ''
status 'nor the other that of the first, whose address is protected' 1 look alna --id=N-1
is 'which is not shown either' "$(names <"$T/out")" ''
status 'what is its own among that of others is shown' 1 look alna
is 'and that alone' "$(names <"$T/out")" 'Lun Eng'
like 'the others are counted' "$(<"$T/err")" ': 2$'
[[ $R == postgresql:* ]] || is 'and not named as looked at' \
	"$(sqlite3 "$R" 'SELECT count(*) FROM access_person WHERE line = (SELECT max(line) FROM access)')" 1
status 'a key of an office removes nothing' 77 register-purge --key="$T/alna.key" --id=A-1 --reason=x "$R"
like 'as is said' "$(<"$T/err")" 'key-purpose: '
# Of a record that has nothing sealed, the place may be what is to be kept.
put - <<<$'referral_id,received,bydel,protection\nP-1,2026-02-01,Sagene,fortrolig'
status 'nor what has nothing sealed' 1 look alna --id=P-1
is 'whose place is not told' "$(grep -c 'P-1\|030103' "$T/out")" 0
like 'it is left out and counted' "$(<"$T/err")" 'records of other districts, left out as this key does not open them: 1$'
status 'its own office sees it' 0 look sagene --id=P-1
is 'with the place' "$(grep -c '030103' "$T/out")" 1
register-put --key="$T/put.key" "$R" share/demo/institutions.csv 2>/dev/null
kind=institution status 'institutions are about nobody, and for all' 0 look alna
is 'wherever they are' "$(wc -l <"$T/out")" "$(register-get "$R" institution | wc -l)"
is 'who reads all opens all' "$(look all | names)" 'Gul Dal Lun Eng Rund Sti'
is 'the list says whose a key is' "$(key list "$R" | cut -d, -f1,2 | xargs)" 'name,purpose first,all put,put sagene,read:030103 alna,read:030112'
status 'an office hands out no keys' 77 register-key --key="$T/sagene.key" --name=x --purpose=read make "$R" "$T/x.key"
status 'nor rotates them' 77 register-key --key="$T/sagene.key" rotate "$R" "$T/x.key"
ok 'and leaves no file' test ! -e "$T/x.key"
key --name=boss --purpose=read make "$R" "$T/boss.key"
for who in sagene boss put; do
	status "nor does the key of $who retire one" 77 register-key --key="$T/$who.key" --name=first retire "$R"
	status 'or seal anew' 77 register-key --key="$T/$who.key" reseal "$R"
	status 'or choose a witness' 77 register-key --key="$T/$who.key" witness "$R" "$T/witness"
done
key --name=boss retire "$R"
is 'all opens as before' "$(look all | names)" 'Gul Dal Lun Eng Rund Sti'
like 'the log says for which district a key was made' "$(register-log --key="$T/all.key" "$R")" 'make sagene 030103'
status '--office goes with keys that read' 2 key --name=x --purpose=put --office=Sagene make "$R" "$T/x.key"
status 'and is a district' 2 key --name=x --purpose=read --office=Atlantis make "$R" "$T/x.key"

# Papers are sealed for the district that they name.
for id in S-1 A-1; do
	checklist-export --paper=minutes --template=$id --as-of=2026-02-03 --register="$R" |
		sed 's/"meeting": {/&\n"kind": "om Gul Dal",/; 0,/"kind": null,/s///' | tr -d '\n'
	echo
done >"$T/minutes.json"
register-put --key="$T/put.key" --kind=minutes "$R" "$T/minutes.json" 2>"$T/err"
like 'an office opens its papers' "$(kind=minutes look sagene --id=S-1)" 'om Gul Dal'
status 'and not those of another' 1 env kind=minutes bash -c "register-get --with-identity --reason=x --key='$T/sagene.key' --id=A-1 '$R' minutes"

# A case goes to another district.
put - <<<$'referral_id,received,bydel,name,comment\nS-1,2026-02-01,Alna,Gul Dal,hemmelig'
is 'a case that is handed over is opened by the new district' "$(look alna --bydel=Alna | names)" 'Gul Dal Lun Eng'
status 'and no longer by the old one' 1 look sagene --id=S-1

# A key is lost, or whoever had it leaves.
key --name=sagene retire "$R"
status 'a retired key opens nothing' 77 look sagene --bydel=Sagene
put - <<<$'referral_id,received,bydel,name,comment\nS-2,2026-02-01,Sagene,Gul Dal,hemmelig'
key --name=sagene-2 --purpose=read --office=Sagene make "$R" "$T/sagene-2.key"
is 'a new one opens all of the district' "$(look sagene-2 --bydel=Sagene | names)" 'Gul Dal Rund Sti'
register-key --key="$T/all.key" rotate "$R" "$T/new.key" 2>/dev/null
status 'when keys are rotated, those of offices end' 65 look alna --bydel=Alna
mv "$T/new.key" "$T/all.key"
is 'nothing is lost' "$(look all | names)" 'Gul Dal Lun Eng Rund Sti'
key --name=alna-2 --purpose=read --office=Alna make "$R" "$T/alna-2.key"
is 'and new ones are made' "$(look alna-2 --bydel=Alna | names)" 'Gul Dal Lun Eng'
status 'the last key with all secrets stays' 65 key --name=first retire "$R"
status 'the register is whole' 0 register-check --key="$T/all.key" "$R"
if [[ $R != postgresql:* ]]; then
	register-backup --sealed --key="$T/all.key" "$R" "$T/copy" 2>/dev/null
	status 'a sealed copy has all districts, so no office opens it' 65 register-backup --restore --key="$T/alna-2.key" "$T/copy" "$T/r2.db"
fi

# ---- records from before districts had keys ----

if [[ $R != postgresql:* ]]; then
	is 'a new key that opens all of its district says nothing' "$(key --name=alna-3 --purpose=read --office=Alna make "$R" "$T/alna-3.key" 2>&1)" ''
	# Sealed under the key of the put itself, as what has no district is.
	printf '%s\n' referral_id,judged_group,judged_by,judged_on,judged_reason X-9,6,lege,2026-10-02,hemmelig |
		register-put --key="$T/all.key" "$R" 2>/dev/null
	cp "$R" "$T/before.db"
	sqlite3 "$T/before.db" "UPDATE record SET bydel = '030112' WHERE kind = 'judgement'"
	status 'one that does not' 0 key --name=alna-4 --purpose=read --office=Alna make "$T/before.db" "$T/alna-4.key"
	like 'says how many records are closed to it, and the command' "$(<"$T/err")" "stay closed to this one: 1; ‘register-key reseal’"
fi
finish
