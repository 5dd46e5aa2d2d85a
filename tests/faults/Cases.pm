# The runs that scripts/fault-test disturbs: every program, both profiles, what each writes.
# {d} is the demonstration data of the profile, {i} what was made of it, {w} the folder of the run.
package Cases;
use strict;
use warnings;

# What is made of the demonstration data once, before anything is disturbed; shell commands, in order.
our @made = (
	'head -n 24 "$waiting" >waiting.csv',
	'head -n 40 "$events" >events.csv',
	'rop-group waiting.csv >grouped.csv',
	'vacancy-list --institutions="$d/institutions.csv" --stays="$d/stays.csv" --as-of=2026-11-21 >vacancies.csv',
	'placement-match --places=vacancies.csv --stays="$d/stays.csv" --certificate=cert.json grouped.csv >placements.csv',
	'placement-match --policy=wish-first --places=vacancies.csv --stays="$d/stays.csv" grouped.csv >other.csv',
	'rop-group "$export" >export.csv',
	'needs-aggregate export.csv >needs.csv',
	'register-init --key=reg.db.key reg.db',
	'register-put --as-of=2026-01-01 reg.db "$d/institutions.csv"',
	'register-put --as-of=2026-01-01 reg.db grouped.csv',
	'head -n 12 "$d/stays.csv" >stays.csv; register-put --as-of=2026-01-01 reg.db stays.csv',
	'register-put --as-of=2026-01-01 reg.db events.csv',
	'register-put --as-of=2026-01-01 reg.db "$rows"',
	'register-backup reg.db copy.db',
	'register-backup --sealed reg.db copy.sealed',
	'referral-anonymise --key=reg.db.key --identity=identity.csv <waiting.csv >anonymous.csv',
	'sed "s/,2022-/,2021-/; 2,4s/^/X/" "$rows" >news.csv',
	'sed -n "1p; /,placed,/p" placements.csv >placed.csv; head -n 2 placed.csv >first.csv; sed 2d placed.csv >round.csv',
	'offer-make --register=reg.db --as-of=2026-11-20 first.csv',
	'mkdir own; cp -r "$share/skeleton" own/broken; sed -i "2s/^[^,]*/x y/" own/broken/codes.csv',
);

my $day = '--as-of=2026-11-21';
my @to = ('text', 'markdown', 'html', 'odt', 'pdf');

# name, command, and: in (standard input), reg (a copy of the register is in {w}, and is looked at afterwards), profiles
# (all by default), lang (of messages), ends (libraries that end the process may do so).
our @cases = (
	['referral-import', 'referral-import --rejects={w}/rejects.csv -o {w}/out.csv {export}'],
	['referral-import:two', 'referral-import {export} {export2}'],
	['referral-import:bad', 'referral-import --rejects={w}/rejects.csv share/demo/bad/values.csv share/demo/bad/row-length.csv'],
	['referral-import:jsonl', 'referral-import --format=jsonl --verbose {export}', lang => 'nb_NO.UTF-8'],
	['referral-import:utf-16', 'referral-import share/demo/exports/04-st-hanshaugen.csv', profiles => ['oslo']],
	['referral-anonymise', 'referral-anonymise --key={i}/reg.db.key --identity={w}/identity.csv', in => '{i}/waiting.csv'],
	['referral-link', 'referral-link {export} {export2}'],
	['rop-group', 'rop-group {export}'],
	['rop-group:explain', 'rop-group --explain --lang=nb {export}', lang => 'nb_NO.UTF-8'],
	['needs-aggregate', 'needs-aggregate {export} {export2}'],
	['needs-aggregate:grouped', 'needs-aggregate -o {w}/needs.csv {i}/export.csv'],
	(map { ["table-render:$_", "table-render --format=$_ {i}/needs.csv"] } qw(text csv json markdown html)),
	['table-render:output', 'table-render --format=html --output={w}/table.html {i}/needs.csv'],
	['vacancy-list', "vacancy-list --institutions={d}/institutions.csv --stays={d}/stays.csv $day"],
	['vacancy-list:public', "vacancy-list --institutions={d}/institutions.csv --stays={d}/stays.csv $day --public -o {w}/public.csv"],
	['vacancy-list:register', "vacancy-list --register={w}/reg.db $day", reg => 1],
	['placement-match', 'placement-match --places={i}/vacancies.csv --stays={d}/stays.csv --certificate={w}/cert.json -o {w}/placements.csv {i}/grouped.csv'],
	['placement-match:summary', 'placement-match --places={i}/vacancies.csv --stays={d}/stays.csv --summary {i}/grouped.csv'],
	['placement-verify', 'placement-verify --places={i}/vacancies.csv --certificate={i}/cert.json --referrals={i}/grouped.csv {i}/placements.csv'],
	['placement-explain', 'placement-explain --certificate={i}/cert.json'],
	['placement-explain:cutoffs', 'placement-explain --certificate={i}/cert.json --cutoffs'],
	['placement-diff', 'placement-diff {i}/placements.csv {i}/other.csv'],
	['deadline-list', "deadline-list $day {i}/events.csv"],
	['routine-report', "routine-report $day --what=waits {i}/events.csv"],
	['deadline-list:ics', "deadline-list $day --format=ics {i}/events.csv"],
	(map { ["deadline-list:$_", "deadline-list $day --format=$_ -o {w}/list.$_ {i}/events.csv", ends => $_ eq 'pdf'] } @to),
	['deadline-list:register', "deadline-list --register={w}/reg.db $day --format=text", reg => 1],
	(map { ["checklist-export:$_", "checklist-export $day --format=$_ -o {w}/plan.$_ share/demo/plan.json", profiles => ['oslo'], ends => $_ eq 'pdf'] } @to),
	['checklist-export:check', 'checklist-export --check share/demo/plan.json', profiles => ['oslo'], lang => 'nb_NO.UTF-8'],
	['checklist-export:folder', "checklist-export $day --format=text -o {w}/plans/ share/demo/plans.jsonl", profiles => ['oslo'], parts => 1],
	['checklist-export:template', 'checklist-export --template C-2026-014', profiles => ['oslo']],
	(map { ["letter-export:$_", "letter-export $day --from=2026-12-01 --institutions={d}/institutions.csv --certificate={i}/cert.json --format=$_ -o {w}/letters/ {i}/placements.csv", ends => $_ eq 'pdf', parts => 1] } @to),
	(map { ["service-list:$_", "service-list --group=4 --format=$_ -o {w}/services.$_", profiles => ['oslo'], ends => $_ eq 'pdf'] } @to),
	['service-list', 'service-list --need=bolig', profiles => ['oslo']],
	['profile-check', 'profile-check share/profiles/{profile}'],
	['profile-check:broken', 'profile-check {i}/own/broken', profiles => ['oslo']],
	['profile-new', 'profile-new --output={w}/ny Fjordby', profiles => ['oslo'], parts => 1],
	['register-init', 'register-init --key={w}/new.db.key {w}/new.db', made => 'new.db'],
	['register-put', 'register-put --as-of=2026-02-01 {w}/reg.db {i}/news.csv', reg => 1],
	['register-put:stays', 'register-put --as-of=2026-02-01 {w}/reg.db {d}/stays.csv', reg => 1],
	['register-put:bad', 'register-put --as-of=2026-02-01 {w}/reg.db share/demo/bad/values.csv', reg => 1, profiles => ['oslo']],
	['register-get', 'register-get {w}/reg.db referral', reg => 1],
	['register-get:as-of', 'register-get --as-of=2026-01-15 {w}/reg.db stay', reg => 1],
	['register-get:identity', 'register-get --with-identity --reason=asked -o {w}/given.csv {w}/reg.db referral', reg => 1],
	['register-log', 'register-log {w}/reg.db', reg => 1],
	['register-log:verify', 'register-log --verify {w}/reg.db', reg => 1],
	['register-check', 'register-check {w}/reg.db', reg => 1],
	['register-purge', 'register-purge --person={person} --reason=asked {w}/reg.db', reg => 1],
	['register-purge:before', 'register-purge --before=2026-06-01 --reason=asked {w}/reg.db', reg => 1],
	['register-backup', 'register-backup {w}/reg.db {w}/copy.db', reg => 1, made => 'copy.db'],
	['register-backup:sealed', 'register-backup --sealed {w}/reg.db {w}/copy.sealed', reg => 1, random => 'copy.sealed'],
	['register-backup:restore', 'register-backup --restore --key={i}/reg.db.key {i}/copy.sealed {w}/back.db', made => 'back.db'],
	['register-key:make', 'register-key --name=job --purpose=put make {w}/reg.db {w}/job.key', reg => 1, random => 'job.key'],
	['register-key:list', 'register-key list {w}/reg.db', reg => 1],
	['offer-make', "offer-make --register={w}/reg.db $day {i}/round.csv", reg => 1],
	['offer-answer', 'offer-answer --register={w}/reg.db --referral={offered} --as-of=2026-11-23 accepted', reg => 1, profiles => ['oslo']],
);

1;
