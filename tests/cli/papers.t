#!/usr/bin/env bash
# The papers of the routine: made, later ones from earlier ones, as documents and back, and in a register: sealed, with
# history, purged with the case. In both profiles and the skeleton of a new one.
. "${0%/*}/tap.sh"
papers='assessment stay_plan support_report agreement minutes inventory contacts invitation plan'

# fill WORD: writes WORD into each empty text, says yes to what is asked, and gives each list a task.
fill() {
	perl -CA -e 'use JSON::PP; binmode $_, ":raw" for *STDIN, *STDOUT; my $j = JSON::PP->new->utf8->canonical; my $w = shift;
		local $/; my $d = $j->decode(<STDIN>);
		$d->{institution} //= "$w hus"; $d->{bydel} //= undef;
		for my $p (values %{ $d->{points} }) { for my $k (keys %$p) { next if $k eq "own_view";
			$p->{$k} = ref $p->{$k} eq "ARRAY" ? [ { task => "$w oppgave", responsible => "institution", due => "2027-04-20", status => "open", note => "$w merknad", follow_up => undef } ]
				: ref $p->{$k} ? $p->{$k} : $p->{$k} // ($k eq "which" ? "other_meeting" : $k eq "caller" ? "person" : $k =~ /^(starts|ends)$/ ? "12:30" : $k =~ /^(from|until|next|day)$/ ? "2027-05-01" : $k =~ /^(need|condition|agrees|rights|damage|handing_back|closed_known|rent_help|special_terms|lar|treatment|psychologist|music|meeting|ip|cancelled)$/ ? JSON::PP::true : "$w $k") } }
		print $j->encode($d), "\n"' "$1"
}
same() { cmp -s <(perl -MJSON::PP -e 'local $/; print JSON::PP->new->canonical->encode(decode_json(<STDIN>))' <"$1") <(perl -MJSON::PP -e 'local $/; print JSON::PP->new->canonical->encode(decode_json(<STDIN>))' <"$2"); }

documents() { # PROFILE
	local paper format lang bad=
	for paper in $papers; do
		checklist-export --paper="$paper" --template=R-1 --as-of=2027-01-04 >"$T/blank.json" || bad+=" $paper"
		fill Ord <"$T/blank.json" >"$T/full.json"
		for format in text markdown html odt docx pdf; do
			checklist-export --format=$format -o "$T/b.$format" "$T/blank.json" 2>/dev/null
			[[ $? == 1 ]] || bad+=" blank-$paper-$format"
			checklist-export --format=$format -o "$T/f.$format" "$T/full.json" 2>/dev/null
			[[ $? == [01] ]] || bad+=" full-$paper-$format"
		done
		for format in odt docx; do
			for lang in nb nn en; do
				[[ $1 == oslo || ($lang == nb && $paper != plan) ]] || continue
				checklist-export --lang=$lang --format=$format -o "$T/b.$format" "$T/full.json" 2>/dev/null
				checklist-import "$T/b.$format" >"$T/back.json" 2>/dev/null && same "$T/back.json" "$T/full.json" || bad+=" back-$paper-$format-$lang"
			done
		done
	done
	is "$1: every paper, blank and filled, in every format and language, and back" "$bad" ''
}

in_register() { # PROFILE DISTRICT
	local R paper
	R=$(new_register "papers-$(basename "$1")")
	register-init "$R" 2>/dev/null
	register-put --as-of=2026-11-25 "$R" - 2>/dev/null <<-END
		referral_id,received,bydel,person_id,person_id_kind
		R-1,2026-11-25,$2,kari-1,pseudonym
		R-2,2026-11-25,$2,ola-1,pseudonym
	END
	: >"$T/all.json"
	for paper in $papers; do
		checklist-export --paper="$paper" --template=R-1 --as-of=2027-01-04 --register="$R" | fill Hemmelig >>"$T/all.json"
	done
	status "$1: papers of all kinds are put together" 0 register-put --as-of=2027-01-05 "$R" "$T/all.json"
	like "$1: each of them is new" "$(cat "$T/err")" 'new 9, same 0'
	status "$1: again" 0 register-put --as-of=2027-01-06 "$R" "$T/all.json"
	like "$1: nothing is" "$(cat "$T/err")" 'new 0, same 9'
	is "$1: nothing that was written freely is in the file" "$(all_of "$R" | grep -c -a Hemmelig)" 0
	is "$1: nor given without identities" "$(for paper in $papers; do register-get "$R" "$paper"; done | grep -c Hemmelig)" 0
	is "$1: and all of it with" "$(for paper in $papers; do register-get --with-identity --reason=prøve "$R" "$paper"; done | grep -c Hemmelig)" 9
	register-get --with-identity --reason=prøve "$R" stay_plan --id=R-1 >"$T/got.json"
	ok "$1: just as it was put" same "$T/got.json" <(grep '"paper":"stay_plan"' "$T/all.json")
	is "$1: of another case there is none" "$(register-get "$R" stay_plan --id=R-2)" ''
	like "$1: who looked is in the log" "$(register-log "$R")" 'get,prøve'
	grep '"paper":"minutes"' "$T/all.json" | sed s/2027-01-04/2027-02-04/ | register-put --kind=minutes --as-of=2027-02-04 "$R" - 2>/dev/null
	is "$1: minutes of another day are others" "$(register-get "$R" minutes | wc -l)" 2
	grep '"paper":"assessment"' "$T/all.json" | sed s/Hemmelig/Endret/g | register-put --kind=assessment --as-of=2027-02-05 "$R" - 2>/dev/null
	is "$1: an assessment is one" "$(register-get "$R" assessment | wc -l)" 1
	like "$1: which says the new" "$(register-get --with-identity --reason=prøve "$R" assessment)" Endret
	like "$1: as known before, the old" "$(register-get --with-identity --reason=prøve --as-of=2027-02-01 "$R" assessment)" Hemmelig
	is "$1: the person may see both, by the names of the questions" "$(register-get --with-identity --reason=innsyn --id=R-1 "$R" person | grep -c '^Økonomi: Gjeld  *\(Endret\|Hemmelig\) debt')" 2
	is "$1: the chain of the case has them" "$(register-get "$R" case --id=R-1 --as-of=2027-03-01 | grep -c ,paper,)" 10
	like "$1: the tasks are deadlines" "$(deadline-list --register="$R" --as-of=2027-04-21)" 'R-1,stay_plan/living_support/measures/1,2027-04-20'
	like "$1: those of minutes with their day" "$(deadline-list --register="$R" --as-of=2027-04-21)" 'R-1,minutes/2027-02-04/outcome/tasks/1,'
	is "$1: they tell nothing that was written freely" "$(deadline-list --register="$R" --as-of=2027-04-21 --format=text | grep -c Hemmelig)" 0
	checklist-export --template=R-1 --register="$R" --with-identity --reason=utflytting >"$T/plan.json"
	like "$1: a plan begins from them, once they are opened: the institution" "$(<"$T/plan.json")" '"institution": "(Hemmelig|Endret) hus"'
	is "$1: and what was answered" "$(grep -v '"institution"' "$T/plan.json" | grep -c -e Hemmelig -e Endret)" "$(cut -d, -f8 "$SHARE/plan_items.csv" | grep -c -e contacts -e stay_plan -e assessment -e support_report)"
	is "$1: and from nothing that is shut" "$(checklist-export --template=R-1 --register="$R" | grep -c Hemmelig)" 0
	ok "$1: the register is whole" register-check "$R"
	register-backup -o "$T/copy" "$R" 2>/dev/null
	register-purge --person=kari-1 --reason=erasure "$R" 2>/dev/null
	is "$1: a purge of the person takes them along" "$(for paper in $papers; do register-get "$R" "$paper"; done | wc -l)" 0
	status "$1: who was purged does not come back by a paper" 1 register-put "$R" "$T/all.json"
	is "$1: it is left out" "$(for paper in $papers; do register-get "$R" "$paper"; done | wc -l)" 0
}

for profile in oslo sandnes "$PWD/share/skeleton/"; do
	export TRANSITION_PROFILE=$profile
	SHARE=share/profiles/$profile
	[[ -d $SHARE ]] || SHARE=share/skeleton
	documents "$profile"
	in_register "$profile" "$(sed -n 2p "$SHARE/districts.csv" | cut -d, -f1)"
done
export TRANSITION_PROFILE=oslo

# Later ones from earlier ones, out of files.
checklist-export --paper=assessment --template=C-1 --as-of=2027-01-04 | fill Først >"$T/a.json"
checklist-export --paper=stay_plan --template=C-1 --as-of=2027-03-23 --begin="$T/a.json" >"$T/s.json"
is 'the plan of the stay begins from the assessment' "$(grep -c 'Først' "$T/s.json")" 4
like 'and is made at the same institution' "$(<"$T/s.json")" '"institution": "Først hus"'
sed 's/Først/Etter/g; s/2027-01-04/2027-03-01/' "$T/a.json" | cat - "$T/a.json" >"$T/moved.json"
like 'which is that of the latest paper' "$(checklist-export --paper=minutes --template=C-1 --as-of=2027-03-23 --begin="$T/moved.json")" '"institution": "Etter hus"'
like 'up to its day' "$(checklist-export --paper=minutes --template=C-1 --as-of=2027-02-01 --begin="$T/moved.json")" '"institution": "Først hus"'
sed s/Først/Så/g "$T/a.json" | cat "$T/a.json" - >"$T/two.json"
is 'from the last of several' "$(checklist-export --paper=stay_plan --template=C-1 --begin="$T/two.json" | grep -c Så)" 4
is 'and of the same case only' "$(checklist-export --paper=stay_plan --template=C-2 --begin="$T/a.json" | grep -c Først)" 0
fill Videre <"$T/s.json" >"$T/s2.json"
checklist-export --paper=support_report --template=C-1 --begin="$T/s2.json" >"$T/r.json"
like 'the report from the plan of the stay' "$(cat "$T/r.json")" '"identified": "Først extent"'
fill Rapport <"$T/r.json" >"$T/r2.json"
like 'the agreement from the report' "$(checklist-export --paper=agreement --template=C-1 --begin="$T/r2.json")" 'Rapport extent'
cat "$T/a.json" "$T/s2.json" "$T/r2.json" >"$T/before.json"
like 'and the move-out plan from all of them' "$(checklist-export --template=C-1 --begin="$T/before.json")" 'Rapport extent'

# What is wrong.
R=$(new_register papers-wrong)
register-init "$R" 2>/dev/null
status 'a paper that there is none of is refused' 65 checklist-export - <<<'{"schema":"urn:transition:schema:paper:1","paper":"letter","case_id":"R-1"}'
like 'by its name' "$(cat "$T/err")" letter
cat "$T/a.json" "$T/a.json" >"$T/twice.json"
status 'two of a case are not put' 65 register-put "$R" "$T/twice.json"
status 'nor one of another kind than was said' 65 register-put --kind=minutes "$R" "$T/a.json"
status 'nor one with a slip' 65 register-put --kind=assessment "$R" - < <(sed s/situation/sitasjon/ "$T/a.json")
status 'nor a table' 65 register-put --kind=assessment "$R" - <<<'paper_id,document'
is 'and then nothing is there' "$(register-get "$R" assessment)" ''
status 'an end marker is not asked of papers, which have none' 2 register-put --end "$R" "$T/a.json"
status 'nor of such from standard input' 2 register-put --end --kind=assessment "$R" - <"$T/a.json"
is 'and then nothing is put' "$(register-get "$R" assessment)" ''
status 'to open what is sealed needs a reason' 2 checklist-export --template=R-1 --register="$R" --with-identity
mkdir "$T/few" && cp share/profiles/oslo/*.csv "$T/few" && rm "$T/few/papers.csv" "$T/few/paper_items.csv"
status 'a profile may have no papers but the plan' 65 checklist-export --profile="$T/few/" --paper=minutes --template=R-1
status 'which it has' 0 checklist-export --profile="$T/few/" --template=R-1

# A protected address is not in clear, whatever the paper has.
sed 's/"protection":null/"protection":"fortrolig"/; s/"bydel":null/"bydel":"030103"/' "$T/a.json" >"$T/p.json"
ok 'of somebody with a protected address' register-put "$R" "$T/p.json"
is 'not even the district is in clear' "$(register-get --format=csv "$R" assessment | grep -c 030103)" 0

# Ids of cases may have slashes, and look like those of another's papers: each case has its own.
R=$T/slash.db
register-init "$R" 2>/dev/null
alike='2026-14 2026-14/2 2026-14/2026-01-02'
for case in $alike; do
	for paper in assessment minutes; do
		checklist-export --paper=$paper --template="$case" --as-of=2026-01-02 | fill "Om-$case"
	done
done >"$T/alike.json"
ok 'papers of cases whose ids are alike are put' register-put --as-of=2026-01-02 "$R" "$T/alike.json"
for case in $alike; do
	for paper in assessment minutes; do
		grep "\"paper\":\"$paper\"" "$T/alike.json" | grep "\"case_id\":\"$case\"" >"$T/own.json"
		register-get --with-identity --reason=prøve --id="$case" "$R" "$paper" >"$T/got.json"
		ok "of $case, its own $paper is opened and no other" same "$T/got.json" "$T/own.json"
		is "shut, too: $paper" "$(register-get --format=csv --id="$case" "$R" "$paper" | sed 1d | cut -d, -f2)" "$case"
	done
done
is 'and what was opened is all that the log names' "$(register-log "$R" | grep -c ,get,)" 6

# A key that is named is the one that is used, for all of a template.
register-init "$T/other.db" 2>/dev/null
printf 'referral_id,received,bydel\n2026-14,2026-01-01,030103\n' | register-put "$R" - 2>/dev/null
key=$(register-key path "$R")
own=$T/named.key
mv "$key" "$own"
status 'a template reads with the key that was named' 0 checklist-export --template=2026-14 --register="$R" --key="$own" --verbose
is 'and does not say that there is none' "$(grep -c 'no key' "$T/err")" 0
cp "$(register-key path "$T/other.db")" "$key"
status 'also when a wrong one is at hand' 0 checklist-export --template=2026-14 --register="$R" --key="$own"
status 'which would not do' 65 checklist-export --template=2026-14 --register="$R"
status 'and opens with it' 0 checklist-export --template=2026-14 --register="$R" --key="$own" --with-identity --reason=prøve
like 'what is sealed' "$(cat "$T/out")" 'Om-2026-14 '
mv "$own" "$key"
register-backup "$R" "$T/copy.db" 2>/dev/null
status 'a look through a copy' 0 checklist-export --template=2026-14 --register="$T/copy.db" --with-identity --reason=prøve
like 'says that it is one' "$(cat "$T/err")" 'this is a copy, of '

# A form that has lost an item since.
mkdir "$T/less" && cp share/profiles/oslo/*.csv "$T/less"
R=$T/less.db
less() { local program=$1; shift; "$program" --profile="$T/less/" "$@"; }
less register-init "$R" 2>/dev/null
less register-put --as-of=2026-11-25 "$R" - 2>/dev/null <<-END
	referral_id,received,bydel,person_id,person_id_kind
	R-1,2026-11-25,030103,kari-1,pseudonym
	R-2,2026-11-25,030104,ola-1,pseudonym
END
for case in R-1 R-2; do
	for paper in plan minutes; do
		less checklist-export --paper=$paper --template=$case --as-of=2027-01-04 --register="$R" | fill Ord
	done
done >"$T/earlier.json"
less register-put --as-of=2027-01-05 "$R" "$T/earlier.json" 2>/dev/null
less register-get "$R" case --id=R-1 --as-of=2027-03-01 >"$T/chain.before"
sed -i '/,phone,/d' "$T/less/plan_items.csv"
less checklist-export --template=R-2 --as-of=2027-01-06 --register="$R" | fill Ord | less register-put --kind=plan --as-of=2027-01-06 "$R" - 2>/dev/null
status 'a paper of a form of before does not keep the deadlines of the others' 1 less deadline-list --register="$R" --as-of=2027-04-21
like 'those of another case are listed' "$(cat "$T/out")" 'R-2,plan/'
like 'and those of its case' "$(cat "$T/out")" 'R-1,minutes/'
is 'its own are not' "$(grep -c '^R-1,plan/' "$T/out")" 0
is 'and that is told, with the case' "$(cat "$T/err")" "$R: paper-left-out: ‘plan’ of case ‘R-1’ does not fit the form that the profile has now: it is left out"
status 'of another case alone, nothing is' 0 less deadline-list --register="$R" --as-of=2027-04-21 --case=R-2
is 'told' "$(cat "$T/err")" ''
status 'nor of another district' 0 less deadline-list --register="$R" --as-of=2027-04-21 --bydel=030104
is 'is it told' "$(cat "$T/err")" ''
less deadline-list --register="$R" --as-of=2027-04-21 --bydel=030103 >"$T/out" 2>"$T/err"
like 'of its own it is' "$(cat "$T/err")" paper-left-out
status 'the chain of the case still has it' 0 less register-get "$R" case --id=R-1 --as-of=2027-03-01
is 'as before' "$(cat "$T/out")" "$(cat "$T/chain.before")"
status 'and what another begins from it goes without it' 1 less checklist-export --template=R-1 --paper=inventory --register="$R" --with-identity --reason=Utflytting
like 'but begins from the rest' "$(cat "$T/out")" '"case_id": "R-1"'
like 'and says so' "$(cat "$T/err")" paper-left-out
status 'a file with such a plan is refused as ever' 65 less deadline-list --plans=<(head -n 1 "$T/earlier.json") --register="$R" --as-of=2027-04-21
like 'and told where it is wrong' "$(cat "$T/err")" 'plan-key: .*phone'
finish
