#!/usr/bin/env bash
# A protected address holds for all that is known of a person. Which referrals say so the register finds without reading
# all; what it gives is what it gives when it reads all. Registers by chance: corrections, other persons, decisions about
# persons and what they were before, purges, days that go back; asked for all, by day, by district, by id, as known on a
# day, with judgements, with a key and without; in a file, and on a server by each who may read. ROUNDS=N for more of
# them, SEED for others.
. "${0%/*}/tap.sh"
needs sqlite3

rounds=${ROUNDS-2}
has_server=
if has_postgresql; then
	at_postgresql
	has_server=yes
fi

# What a round does, as files: STEP.DAY.WHAT.
cat >"$T/chance.pl" <<'END'
my ($seed, $to) = @ARGV;
srand $seed;
sub one_of { $_[int rand @_] }
my @bydel = qw(030103 030105 030101);
my %is;
sub day { sprintf '2026-%02d-%02d', 1 + int rand 3, 1 + int rand 28 }
my $days = 0;
for my $step (10 .. 15) {
	# The day of a put is now and then one before that of the put before.
	my $day = rand() < 0.2 ? sprintf('2026-04-%02d', 1 + int rand 28) : sprintf('2026-04-%02d', $days = $days > 22 ? 28 : $days + 1 + int rand 5);
	my $file = sub { open my $f, '>', "$to/$step.$day.$_[0]" or die; print $f map "$_\n", @_[1 .. $#_]; close $f };
	my (@rows, %in);
	for (1 .. 4 + int rand 22) {
		my $id = 'R-' . int rand 28;
		next if $in{$id}++;
		my $person = rand() < 0.45 ? '' : 'kjent-' . chr 97 + int rand 14;
		push @rows, join ',', $id, day(), one_of(@bydel), $person, $person ? 'pseudonym' : '', '0301',
			rand() < 0.92 ? one_of('', 'ingen') : one_of(qw(klient fortrolig strengt_fortrolig)), one_of('', '"Huset, klient"', 'fortrolig');
		$is{$id} = 1;
	}
	$file->('a.csv', 'referral_id,received,bydel,person_id,person_id_kind,municipality,protection,consent_by', @rows);
	my @ids = sort keys %is;
	# Each for itself, as two that have different numbers are refused.
	$file->("b$_.csv", 'referral_id,other_id,score,why,link,by,date',
		join ',', one_of(@ids), one_of(@ids), 80, 'name', one_of(qw(same same not_same)), 'kari', $day) for 1 .. int rand 5;
	my %judged;
	$file->('c.csv', 'referral_id,judged_group,judged_by,judged_on,judged_reason',
		map { my $id = one_of(@ids); $judged{$id}++ ? () : "$id," . (1 + int rand 6) . ",lege,$day,hemmelig" } 1 .. 3);
	$file->('d.csv', 'stay_id,referral_id,institution_id,from,to,status', "O-$step," . one_of(@ids) . ",I-1,$day,,moved_in");
	$file->('e.purge', one_of(@ids)) if rand() < 0.3;
}
END

step() { # FILE REGISTER KEY
	local day=${1##*/}
	day=${day#*.}
	if [[ $1 == *.purge ]]; then
		register-purge --key="$3" --id="$(<"$1")" --reason=x "$2"
	else
		register-put --key="$3" --as-of="${day%%.*}" "$2" "$1"
	fi >/dev/null 2>&1
}

asked() { # REGISTER [KEY]: what it gives, by each way to ask, with a key by the first of them; and what it says of it
	local how
	while read -r how; do
		echo "== $how"
		# shellcheck disable=SC2086 # words
		register-get ${2:+--key="$2"} ${how% *} "$1" ${how##* } 2>&1 | sed "s|$T||"
	done < <(head -n "$([[ ${2-} ]] && echo 5 || echo 99)" <<-'END'
		--format=csv referral
		--since=2026-02-10 referral
		--bydel=030105 referral
		--as-of=2026-04-08 referral
		--bydel=030105 judgement
		--since=2026-02-01 --bydel=030103 referral
		--id=R-3 referral
		--id=R-11 --bydel=030105 referral
		--as-of=2026-04-15 --since=2026-01-20 referral
		--as-of=2026-04-12 --bydel=030105 referral
		--as-of=2026-04-09 --id=R-5 referral
		--format=jsonl referral
		--bydel=030103 --as-of=2026-04-14 judgement
	END
	)
}

# On the server, all that a login sees in place of what is found.
read_all() {
	psql -qX "$S" <<-'SQL'
		ALTER FUNCTION transition.seen_guarded(text) RENAME TO found;
		CREATE FUNCTION transition.every(text) RETURNS SETOF transition.row LANGUAGE sql STABLE AS $$
			SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac FROM transition.record
			WHERE kind = 'referral' $$;
		CREATE FUNCTION transition.seen_guarded(known text) RETURNS SETOF transition.row LANGUAGE plpgsql SECURITY DEFINER AS $$
		BEGIN
			RETURN QUERY SELECT DISTINCT ON (r.id) r.record, r.kind, r.id, r.layout, r.put, r.gone, r.about, r.bydel, r.day, r.person,
				r.body, r.content, r.mac FROM transition.record r JOIN transition.put p USING (put)
				WHERE r.kind = 'referral' AND transition.sees(r) AND CASE WHEN known IS NULL THEN gone IS NULL ELSE p.day <= known END
				ORDER BY r.id, r.record DESC;
		END $$;
		GRANT EXECUTE ON FUNCTION transition.seen_guarded(text) TO transition_intake, transition_district, transition_institution;
	SQL
}
read_found() { psql -qX "$S" -c 'DROP FUNCTION transition.seen_guarded(text), transition.every(text)' -c 'ALTER FUNCTION transition.found(text) RENAME TO seen_guarded'; }

hidden=0
for ((round = 1; round <= rounds; round++)); do
	seed=$(($(tests/seed) + round))
	rm -rf "$T/steps" "$T"/r.* "$T"/all.db*
	mkdir "$T/steps"
	perl "$T/chance.pl" "$seed" "$T/steps"
	register-init --key="$T/r.key" "$T/r.db"
	if [[ $has_server ]]; then
		sql 'DROP DATABASE IF EXISTS chance' >/dev/null 2>&1
		psql -qX "${S}" -c 'CREATE DATABASE chance'
		plain=$S S=${S/transition?/chance?}
		rm -f "$T/s.key"
		register-init --key="$T/s.key" "$S"
		for login in intake:intake frogner:district home:institution; do
			sql "CREATE ROLE ${login%:*} LOGIN IN ROLE transition_${login#*:}" 2>/dev/null
		done
		sql "INSERT INTO transition.office VALUES ('frogner', 'district', '030105'), ('home', 'institution', 'I-1')"
	fi
	for f in "$T"/steps/*; do
		step "$f" "$T/r.db" "$T/r.key"
		[[ ! $has_server ]] || step "$f" "$(if [[ $f == *.purge ]]; then echo "$S"; else as intake; fi)" "$T/s.key"
	done
	# The same register as it was before it told these from others: then it is read whole.
	sqlite3 "$T/r.db" "VACUUM INTO '$T/all.db'"
	sqlite3 "$T/all.db" 'DROP TABLE guarded; PRAGMA user_version = 2'
	asked "$T/r.db" >"$T/found"
	hidden=$((hidden + $(grep -c 'in no list of a district' "$T/found")))
	is "by chance $seed, in a file: what is found is what is read" "$(<"$T/found")" "$(asked "$T/all.db")"
	is '- and with a key' "$(asked "$T/r.db" "$T/r.key")" "$(asked "$T/all.db" "$T/r.key")"
	ok '- and both are whole' register-check --key="$T/r.key" "$T/r.db"
	ok '- the one that is read whole, too' register-check --key="$T/r.key" "$T/all.db"
	if [[ $has_server ]]; then
		for login in intake frogner home; do asked "$(as $login)" >"$T/found.$login"; done
		asked "$(as frogner)" "$T/s.key" >"$T/found.key"
		read_all
		for login in intake frogner home; do
			is "- on a server, by $login" "$(<"$T/found.$login")" "$(asked "$(as $login)")"
		done
		is '- and with a key' "$(<"$T/found.key")" "$(asked "$(as frogner)" "$T/s.key")"
		read_found
		is '- on both engines the same' "$(<"$T/found.intake")" "$(<"$T/found")"
		ok '- and it is whole' register-check --key="$T/s.key" "$S"
		rm -f "$T"/moved.db*
		register-backup --restore --key="$T/s.key" "$S" "$T/moved.db" 2>/dev/null
		is '- and moved into a file, the same' "$(asked "$T/moved.db")" "$(<"$T/found")"
		S=$plain
	fi
done
ok 'some were left out' test "$hidden" -gt 0

# ---- brought up to date ----

cp "$T/all.db" "$T/two.db"
status 'who puts something into a register of before' 0 register-put --key="$T/r.key" --as-of=2026-04-28 "$T/two.db" - <<<$'institution_id,name,service_level,capacity,self_referred_places\nI-1,Huset,omsorg,4,'
is 'brings it up to date' "$(sqlite3 "$T/two.db" 'PRAGMA user_version; SELECT * FROM guarded ORDER BY record')" \
	"$(echo 3; sqlite3 "$T/r.db" 'SELECT * FROM guarded ORDER BY record')"
ok 'and it is whole' register-check --key="$T/r.key" "$T/two.db"

# ---- changed by others ----

bent() { # WHAT STATEMENT
	cp "$T/two.db" "$T/bent.db"
	sqlite3 "$T/bent.db" "$2"
	status "$1: is found" 65 register-check --key="$T/r.key" "$T/bent.db"
	like 'and where' "$(<"$T/err")" 'guarded'
}
bent 'one that is missing' 'DELETE FROM guarded WHERE record = (SELECT min(record) FROM guarded)'
bent 'one that says nothing' "INSERT INTO guarded SELECT min(record) FROM record WHERE kind = 'referral' AND record NOT IN (SELECT record FROM guarded)"
bent 'one that is not there' 'INSERT INTO guarded VALUES (99999)'
if [[ $has_server ]]; then
	S=${S/transition?/chance?}
	for set in 'guarded = false WHERE record = (SELECT min(record) FROM transition.record WHERE guarded)' \
		"guarded = true WHERE record = (SELECT min(record) FROM transition.record WHERE kind = 'referral' AND NOT guarded)" \
		"guarded = true WHERE record = (SELECT min(record) FROM transition.record WHERE kind = 'stay')"; do
		psql -qX "$S" -c 'CREATE TABLE was AS SELECT record, guarded FROM transition.record' -c "UPDATE transition.record SET $set"
		status 'on a server, it is found, too' 65 register-check --key="$T/s.key" "$S"
		like 'and where' "$(<"$T/err")" 'guarded'
		psql -qX "$S" -c 'UPDATE transition.record r SET guarded = w.guarded FROM was w WHERE w.record = r.record' -c 'DROP TABLE was'
	done
	ok 'else it is whole' register-check --key="$T/s.key" "$S"
fi
finish
