#!/usr/bin/env bash
# Files that somebody planted, for every option of every program that names one, and every argument that is a
# register: walks the options as --help tells them, so that a new one must be put here. What tells of persons goes
# to no pipe, link or file of another user, and into no folder where everybody can replace files; a key is a
# regular file of ours, in a folder that others cannot write; a register is no link and no pipe; nothing waits.
# shellcheck disable=SC2016 # %F and %R stand for a file and a register
. "${0%/*}/tap.sh"
needs sqlite3

at=$T/at
mkdir "$at" "$at/keys"
cp -r share/demo/*.csv share/demo/*.json share/demo/*.jsonl share/demo/exports "$at"
cp -r share/profiles/oslo "$at/ours"
cd "$at" || exit
register-init --key=k reg.db
rop-group waiting.csv >grouped.csv 2>/dev/null
for f in institutions stays waiting events; do register-put --key=k reg.db $f.csv 2>/dev/null; done
vacancy-list --as-of=2026-11-21 --institutions=institutions.csv --stays=stays.csv >places.csv
placement-match --places=places.csv --certificate=certificate.json waiting.csv >placed.csv 2>/dev/null
referral-anonymise --key=k --identity=identity.csv exports/01-gamle-oslo.csv >send.csv 2>/dev/null
referral-link waiting.csv >links.csv 2>/dev/null
rop-group --worksheet exports/01-gamle-oslo.csv >answers.csv 2>/dev/null
referral-anonymise --key=k --review=review.csv exports/01-gamle-oslo.csv >/dev/null 2>&1
{ sed -n 1p placed.csv; grep -m 1 ,placed, placed.csv; } >one.csv
register-backup --key=k --sealed reg.db sealed
needs-plan --certificate=proof.csv needs-2022.csv >homes.csv
checklist-export --format=docx -o plan.docx plan.json 2>/dev/null

# program, option or argument, what it is, and a command in which %F is the file.
# in: read; out: written, about persons; public: written, and nobody is in it; folder: made; key; register; made: a
# register, or a key, that is made there.
while read -r line; do table+=("$line"); done <<'END'
checklist-edit --output out checklist-edit --output=%F plan.json
checklist-edit file in checklist-edit %F
checklist-import --output out checklist-import --output=%F plan.docx
checklist-import --onto in checklist-import --onto=%F plan.docx
checklist-export --output out checklist-export --output=%F plan.json
checklist-export --output/ out checklist-export --output=%F/ plans.jsonl
checklist-export --begin in checklist-export --paper=support_report --template=C-2026-014 --begin=%F
checklist-export --key key checklist-export --paper=support_report --template=R-2026-0001 --with-identity --reason=x --register=reg.db --key=%F
checklist-export --register register checklist-export --template=R-2026-0001 --register=%F
meeting-invite --key key meeting-invite --register=reg.db --case=R-2026-0001 --with-identity --reason=x --key=%F
meeting-invite --output out meeting-invite --output=%F papers.jsonl
meeting-invite --output/ out meeting-invite --output=%F/ papers.jsonl
meeting-invite --register register meeting-invite --register=%F --case=R-2026-0001 --with-identity --reason=x --key=k
meeting-invite file in meeting-invite %F
deadline-list --identity in deadline-list --as-of=2026-11-21 --identity=%F events.csv
deadline-list --links in deadline-list --as-of=2026-11-21 --referrals=waiting.csv --links=%F events.csv
deadline-list --output out deadline-list --as-of=2026-11-21 --output=%F events.csv
deadline-list --plans in deadline-list --as-of=2026-11-21 --plans=%F events.csv
deadline-list --referrals in deadline-list --as-of=2026-11-21 --referrals=%F events.csv
deadline-list --register register deadline-list --as-of=2026-11-21 --register=%F
letter-export --certificate in letter-export --as-of=2026-11-21 --institutions=institutions.csv --certificate=%F placed.csv
letter-export --events in letter-export --as-of=2026-11-21 --institutions=institutions.csv --referrals=waiting.csv --events=%F placed.csv
letter-export --identity in letter-export --as-of=2026-11-21 --institutions=institutions.csv --identity=%F placed.csv
letter-export --institutions in letter-export --as-of=2026-11-21 --institutions=%F placed.csv
letter-export --links in letter-export --as-of=2026-11-21 --institutions=institutions.csv --referrals=waiting.csv --links=%F placed.csv
letter-export --output out letter-export --as-of=2026-11-21 --from=2026-12-01 --institutions=institutions.csv --output=%F one.csv
letter-export --output/ out letter-export --as-of=2026-11-21 --from=2026-12-01 --institutions=institutions.csv --output=%F/ placed.csv
letter-export --referrals in letter-export --as-of=2026-11-21 --institutions=institutions.csv --referrals=%F placed.csv
letter-export --register register letter-export --as-of=2026-11-21 --kind=avslag --register=%F placed.csv
letter-export --stays in letter-export --as-of=2026-11-21 --institutions=institutions.csv --referrals=waiting.csv --stays=%F placed.csv
needs-forecast --output out needs-forecast --output=%F needs-2020.csv needs-2022.csv
needs-forecast --register register needs-forecast --as-of=2026-11-21 --register=%F
needs-plan --certificate out needs-plan --certificate=%F needs-2022.csv
needs-plan --costs in needs-plan --costs=%F needs-2022.csv
needs-plan --districts in needs-plan --districts=%F needs-2022.csv
needs-plan --earlier in needs-plan --year=2022 --per-year=100 --earlier-year=2020 --earlier=%F needs-2022.csv
needs-plan --output out needs-plan --output=%F needs-2022.csv
needs-plan --rooms in needs-plan --rooms=%F needs-2022.csv
needs-plan --sites in needs-plan --sites=%F needs-2022.csv
site-inspect --filled in site-inspect --filled=%F homes.csv
site-inspect --output out site-inspect --output=%F homes.csv
site-inspect --residents in site-inspect --residents=%F homes.csv
plan-diff --output out plan-diff --output=%F homes.csv homes.csv
plan-verify --certificate in plan-verify --certificate=%F homes.csv
plan-verify --districts in plan-verify --certificate=proof.csv --districts=%F homes.csv
plan-verify --needs in plan-verify --certificate=proof.csv --needs=%F homes.csv
needs-aggregate --compare in needs-aggregate --compare=%F needs-2022.csv
needs-aggregate --doubles key needs-aggregate --doubles=%F exports/01-gamle-oslo.csv
needs-aggregate --events in needs-aggregate --as-of=2026-11-21 --events=%F exports/01-gamle-oslo.csv
needs-aggregate --links in needs-aggregate --links=%F exports/01-gamle-oslo.csv
needs-aggregate --output out needs-aggregate --output=%F exports/01-gamle-oslo.csv
needs-aggregate --register register needs-aggregate --register=%F
needs-aggregate --stock in needs-aggregate --stock=%F needs-2022.csv
offer-answer --key key offer-answer --key=%F --register=reg.db --referral=nobody accepted
offer-answer --register register offer-answer --register=%F --referral=nobody accepted
offer-make --certificate in offer-make --key=k --register=reg.db --certificate=%F placed.csv
offer-make --key key offer-make --key=%F --register=reg.db placed.csv
offer-make --output out offer-make --key=k --register=reg.db --output=%F placed.csv
offer-make --register register offer-make --key=k --register=%F placed.csv
placement-diff --output out placement-diff --output=%F placed.csv placed.csv
placement-explain --certificate in placement-explain --cutoffs --certificate=%F
placement-explain --output out placement-explain --cutoffs --certificate=certificate.json --output=%F
placement-explain --stays in placement-explain --certificate=certificate.json --stays=%F R-1
placement-match --against profile placement-match --places=places.csv --against=%F waiting.csv
placement-match --certificate out placement-match --places=places.csv --certificate=%F waiting.csv
placement-match --events in placement-match --places=places.csv --events=%F waiting.csv
placement-match --links in placement-match --places=places.csv --links=%F waiting.csv
placement-match --output out placement-match --places=places.csv --output=%F waiting.csv
placement-match --places in placement-match --places=%F waiting.csv
placement-match --priority in placement-match --policy=own-priorities --places=places.csv --priority=%F waiting.csv
placement-match --register register placement-match --places=places.csv --register=%F
placement-match --stays in placement-match --places=places.csv --stays=%F waiting.csv
placement-verify --certificate in placement-verify --certificate=%F --places=places.csv --referrals=waiting.csv placed.csv
placement-verify --events in placement-verify --certificate=certificate.json --places=places.csv --events=%F --referrals=waiting.csv placed.csv
placement-verify --links in placement-verify --certificate=certificate.json --places=places.csv --links=%F --referrals=waiting.csv placed.csv
placement-verify --places in placement-verify --certificate=certificate.json --places=%F --referrals=waiting.csv placed.csv
placement-verify --priority in placement-verify --certificate=certificate.json --places=places.csv --priority=%F --referrals=waiting.csv placed.csv
placement-verify --referrals in placement-verify --certificate=certificate.json --places=places.csv --referrals=%F placed.csv
placement-verify --register register placement-verify --certificate=certificate.json --places=places.csv --register=%F placed.csv
placement-verify --stays in placement-verify --certificate=certificate.json --places=places.csv --stays=%F --referrals=waiting.csv placed.csv
privacy-export --output public privacy-export --output=%F record
privacy-export --template in privacy-export --template=%F record
profile-new --output folder profile-new --output=%F Fjordby
referral-anonymise --combinations out referral-anonymise --key=k --k=1 --combinations=%F exports/01-gamle-oslo.csv
referral-anonymise --events in referral-anonymise --key=k --events=%F exports/01-gamle-oslo.csv
referral-anonymise --identity out referral-anonymise --key=k --identity=%F exports/01-gamle-oslo.csv
referral-anonymise --links in referral-anonymise --key=k --links=%F exports/01-gamle-oslo.csv
referral-anonymise --institutions in referral-anonymise --key=k --as-of=2026-11-21 --institutions=%F exports/01-gamle-oslo.csv
referral-anonymise --key key referral-anonymise --key=%F exports/01-gamle-oslo.csv
referral-anonymise --output out referral-anonymise --key=k --output=%F exports/01-gamle-oslo.csv
referral-anonymise --review out referral-anonymise --key=k --review=%F exports/01-gamle-oslo.csv
referral-anonymise --reviewed in referral-anonymise --key=k --reviewed=%F exports/01-gamle-oslo.csv
referral-import --institutions in referral-import --template=out.csv --institutions=%F
referral-import --output out referral-import --output=%F exports/01-gamle-oslo.csv
referral-import --rejects out referral-import --rejects=%F exports/01-gamle-oslo.csv
referral-import --template public referral-import --template=%F
referral-link --links in referral-link --links=%F waiting.csv
referral-link --output out referral-link --output=%F waiting.csv
referral-link --register register referral-link --register=%F
register-backup --key key register-backup --key=%F --restore sealed restored.db
register-check --key key register-check --key=%F reg.db
register-get --key key register-get --key=%F --with-identity --reason=x reg.db referral
register-get --output out register-get --key=k --with-identity --reason=x --output=%F reg.db referral
register-init --key made register-init --key=%F new.db
register-init --witness made register-init --key=new.key --witness=%F new.db
register-key --key key register-key --key=%F --name=a --purpose=read make reg.db a.key
register-log --key key register-log --key=%F --verify reg.db
register-log --output out register-log --output=%F reg.db
register-log --witness in register-log --key=k --verify --witness=%F reg.db
register-purge --key key register-purge --key=%F --before=2000-01-01 --reason=x reg.db
register-put --key key register-put --key=%F reg.db stays.csv
effect-report --episodes in effect-report --as-of=2026-11-21 --events=events.csv --episodes=%F
effect-report --events in effect-report --as-of=2026-11-21 --events=%F
effect-report --links in effect-report --as-of=2026-11-21 --events=events.csv --referrals=waiting.csv --links=%F
effect-report --output out effect-report --as-of=2026-11-21 --events=events.csv --output=%F
effect-report --referrals in effect-report --as-of=2026-11-21 --events=events.csv --referrals=%F
effect-report --register register effect-report --as-of=2026-11-21 --register=%F
effect-report --sites in effect-report --as-of=2026-11-21 --events=events.csv --sites=%F
flow-simulate --events in flow-simulate --places=places.csv --stay=30 --runs=2 --from-today --events=%F waiting.csv
flow-simulate --institutions in flow-simulate --as-of=2026-11-21 --stay=30 --runs=2 --institutions=%F waiting.csv
flow-simulate --links in flow-simulate --places=places.csv --stay=30 --runs=2 --from-today --links=%F waiting.csv
flow-simulate --output out flow-simulate --places=places.csv --stay=30 --runs=2 --output=%F waiting.csv
flow-simulate --places in flow-simulate --stay=30 --runs=2 --places=%F waiting.csv
flow-simulate --register register flow-simulate --places=places.csv --stay=30 --runs=2 --register=%F
flow-simulate --rules profile flow-simulate --places=places.csv --stay=30 --runs=2 --rules=%F waiting.csv
flow-simulate --stays in flow-simulate --places=places.csv --runs=2 --stays=%F waiting.csv
routine-report --institutions in routine-report --as-of=2026-11-21 --institutions=%F --stays=stays.csv events.csv
routine-report --links in routine-report --as-of=2026-11-21 --referrals=waiting.csv --links=%F events.csv
routine-report --output out routine-report --as-of=2026-11-21 --output=%F events.csv
routine-report --referrals in routine-report --as-of=2026-11-21 --referrals=%F events.csv
routine-report --register register routine-report --as-of=2026-11-21 --register=%F
routine-report --stays in routine-report --as-of=2026-11-21 --institutions=institutions.csv --stays=%F events.csv
rop-group --answers in rop-group --answers=%F exports/01-gamle-oslo.csv
rop-group --like in rop-group --like=%F exports/01-gamle-oslo.csv
rop-group --output out rop-group --output=%F exports/01-gamle-oslo.csv
routine-report --institutions in routine-report --as-of=2026-11-21 --institutions=%F --stays=stays.csv events.csv
routine-report --links in routine-report --as-of=2026-11-21 --referrals=waiting.csv --links=%F events.csv
routine-report --output out routine-report --as-of=2026-11-21 --output=%F events.csv
routine-report --referrals in routine-report --as-of=2026-11-21 --referrals=%F events.csv
routine-report --register register routine-report --as-of=2026-11-21 --register=%F
routine-report --stays in routine-report --as-of=2026-11-21 --institutions=institutions.csv --stays=%F events.csv
service-list --output public service-list --output=%F
table-attack --groups in table-attack --groups=%F needs-2022.csv
table-attack --output public table-attack --output=%F needs-2022.csv
table-attack --own in table-attack --own=%F needs-2022.csv
table-render --inhabitants in table-render --inhabitants=%F needs-2022.csv
table-render --output public table-render --output=%F needs-2022.csv
vacancy-list --events in vacancy-list --as-of=2026-11-21 --institutions=institutions.csv --referrals=waiting.csv --events=%F
vacancy-list --hsds folder vacancy-list --as-of=2026-11-21 --institutions=institutions.csv --stays=stays.csv --public --hsds=%F
vacancy-list --institutions in vacancy-list --as-of=2026-11-21 --institutions=%F
vacancy-list --links in vacancy-list --as-of=2026-11-21 --institutions=institutions.csv --referrals=waiting.csv --links=%F
vacancy-list --output out vacancy-list --as-of=2026-11-21 --institutions=institutions.csv --output=%F
vacancy-list --referrals in vacancy-list --as-of=2026-11-21 --institutions=institutions.csv --referrals=%F
vacancy-list --register register vacancy-list --as-of=2026-11-21 --register=%F
vacancy-list --stays in vacancy-list --as-of=2026-11-21 --institutions=institutions.csv --stays=%F
table-suppress --certificate public table-suppress --certificate=%F needs-2022.csv
table-suppress --groups in table-suppress --groups=%F needs-2022.csv
table-suppress --into folder table-suppress --into=%F needs-2022.csv
table-suppress --output public table-suppress --output=%F needs-2022.csv
table-suppress --published in table-suppress --published=%F needs-2022.csv
register-backup from register register-backup --key=k %F copy.db
register-backup to made register-backup --key=k reg.db %F
register-check register register register-check --key=k %F
register-get register register register-get %F referral
register-init register made register-init --key=new.key %F
register-key register register register-key --key=k list %F
register-key file made register-key --key=k --name=b --purpose=read make reg.db %F
register-log register register register-log %F
register-purge register register register-purge --key=k --before=2000-01-01 --reason=x %F
register-put register register register-put --key=k %F stays.csv
END

# ---- the table has all of them ----

for program in $PROGRAMS; do
	[[ $program != transition ]] || continue # its doctor tells of a register that cannot be opened: umbrella.t
	while IFS= read -r option; do
		like "$program --$option is tried here" "$(printf '%s\n' "${table[@]}")" "(^|"$'\n'")$program --$option "
	done < <(LC_ALL=C "$program" --help | grep -oE -- '--[a-z-]+=([A-Z]*FILE|DIR|REGISTER)' | sed 's/--//; s/=.*//' | sort -u)
	for word in register from; do
		LC_ALL=C "$program" --help | head -1 | grep -qw -- "$word" || continue
		[[ $program != register-backup || $word == from ]] || continue
		like "$program $word is tried here" "$(printf '%s\n' "${table[@]}")" "(^|"$'\n'")$program $word "
	done
done

# ---- what is planted ----

run() { # COMMAND FILE: its status, with what it says in $T/out and $T/err
	local words
	read -ra words <<<"${1//%F/$2}"
	timeout -k 1 600 "${words[@]}" >"$T/out" 2>"$T/err" </dev/null
}
open=$T/open
victim=$T/victim
reset() {
	rm -rf "$open" "$T/planted" new.db* new.key restored.db* copy.db* a.key
	mkdir "$open"
	chmod 777 "$open"
	echo victim >"$victim"
}
# refused NAME COMMAND FILE WHAT: neither 0, nor a timeout, nor a crash; the file is named, and nothing shown
refused() {
	local got=0
	rm -rf new.db* new.key restored.db* copy.db* a.key
	run "$2" "$3" || got=$?
	like "$1 $4: is refused" "$got" '^(65|66|73|74|77)$'
	like 'and named' "$(<"$T/err")" "${3##*/}|cannot be written"
	is 'and nothing is shown' "$(wc -c <"$T/out")" 0
	is 'nor written elsewhere' "$(<"$victim")" victim
}

root=
[[ $(id -u) == 0 ]] && root=yes
for line in "${table[@]}"; do
	read -r program option what command <<<"$line"
	name="$program $option"
	reset
	case $what in
	out | made)
		refused "$name" "$command" "$open/out" 'in a folder where everybody can replace files'
		is 'and nothing is there' "$(ls "$open")" ''
		;;
	esac
	case $what in
	out)
		if [[ $root ]]; then
			chmod 1777 "$open"
			mkfifo "$open/fifo"
			ln -s "$victim" "$open/link"
			echo old >"$open/file"
			chown -h nobody "$open"/*
			for kind in fifo link file; do refused "$name" "$command" "$open/$kind" "a $kind of another user"; done
			is 'and is as it was' "$(<"$open/file")" old
		fi
		;;
	made)
		ln -s "$T/nowhere" "$T/planted"
		refused "$name" "$command" "$T/planted" 'a link to what is not there'
		ok 'and nothing is made there' test ! -e "$T/nowhere"
		rm "$T/planted"
		mkfifo "$T/planted"
		refused "$name" "$command" "$T/planted" 'a pipe that nobody reads'
		;;
	key)
		mkfifo "$T/planted"
		refused "$name" "$command" "$T/planted" 'a pipe that nobody writes'
		rm "$T/planted"
		ln -s "$at/k" "$T/planted"
		refused "$name" "$command" "$T/planted" 'a link'
		rm "$T/planted"
		cp k "$T/planted"
		chmod 644 "$T/planted"
		refused "$name" "$command" "$T/planted" 'a key that others read'
		chmod 600 "$T/planted"
		ln "$T/planted" "$T/second"
		refused "$name" "$command" "$T/planted" 'a key with a second name'
		rm "$T/second" "$T/planted"
		cp k "$open/planted"
		chmod 600 "$open/planted"
		refused "$name" "$command" "$open/planted" 'a key where everybody can replace it'
		;;
	register)
		mkfifo "$T/planted"
		refused "$name" "$command" "$T/planted" 'a pipe that nobody writes'
		rm "$T/planted"
		ln -s "$at/reg.db" "$T/planted"
		refused "$name" "$command" "$T/planted" 'a link'
		rm "$T/planted"
		cp reg.db "$T/planted"
		ln -s "$victim" "$T/planted-wal"
		refused "$name" "$command" "$T/planted" 'with a journal that is a link'
		rm -f "$T"/planted*
		;;
	in)
		refused "$name" "$command" "$T/planted" 'what is not there'
		mkdir "$T/planted"
		refused "$name" "$command" "$T/planted" 'a folder'
		;;
	profile)
		refused "$name" "$command" ./nowhere 'a folder that is not there'
		;;
	folder)
		echo old >"$T/planted"
		refused "$name" "$command" "$T/planted" 'a file in the place of a folder'
		is 'and is as it was' "$(<"$T/planted")" old
		;;
	esac
done

finish
