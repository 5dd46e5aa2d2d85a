#!/usr/bin/env bash
# Who may what in a register on a server: each role connects through plain psql, and tries every statement on every table,
# view, sequence and function that there is, and every kind of record of an own case and of another's. What the server
# answers is tests/cli/postgresql/roles; BLESS=yes takes what comes.
# shellcheck disable=SC2016,SC2028 # what psql reads, backslashes, dollars and all
. "${0%/*}/tap.sh"
at_postgresql
logins=(intake:intake frogner:district sagene:district home:institution press:publisher audit:auditor)

# ---- a case of Frogner, of whom a home knows, and one of Sagene, each with a record of every kind ----

register-init "$S" 2>/dev/null
for login in "${logins[@]}"; do sql "CREATE ROLE ${login%:*} LOGIN IN ROLE transition_${login#*:}"; done
sql "INSERT INTO transition.office VALUES ('frogner', 'district', '030105'), ('sagene', 'district', '030103'),
	('home', 'institution', 'I-1')"
put() { register-put --as-of=2026-02-06 "$S" "$@" 2>>"$T/put"; }
put - <<'END'
referral_id,received,bydel,person_id,name,comment
F-1,2026-02-01,Frogner,10839421953,Planta Navnesen,kommentar
S-1,2026-02-03,Sagene,18835345102,Per Vik,
F-2,2026-02-03,Frogner,,Ola Li,
S-2,2026-02-03,Sagene,,,
END
printf '%s\n' institution_id,name,service_level,capacity,self_referred_places I-1,Huset,omsorg,4, I-2,Heimen,omsorg,4, | put -
printf '%s\n' stay_id,referral_id,institution_id,from,to_expected,to,status O-1,F-1,I-1,2026-02-05,,,moved_in \
	O-2,S-1,I-2,2026-02-05,,,moved_in O-3,S-1,I-1,2026-02-05,,,declined | put -
printf '%s\n' case_id,date,type F-1,2026-02-06,assessment_started S-1,2026-02-06,assessment_started | put -
printf '%s\n' referral_id,decision,institution_id,wish_rank,priority,reason,detail F-1,placed,I-1,1,1,wish, S-1,placed,I-2,1,1,wish, | put --kind=decision -
printf '%s\n' referral_id,other_id,score,why,link,by,date F-2,F-1,80,name,same,intake,2026-02-05 S-2,S-1,80,name,same,intake,2026-02-05 \
	S-2,F-2,80,name,not_same,intake,2026-02-05 | put -
printf '%s\n' case_id,date,episode F-1,2026-01-01,flytting S-1,2026-01-01,flytting | put --kind=episode -
printf '%s\n' referral_id,judged_group,judged_by,judged_on,judged_reason F-1,1,saksbehandler,2026-02-05, S-1,1,saksbehandler,2026-02-05, | put --kind=judgement -
papers='assessment stay_plan support_report agreement minutes inventory contacts invitation plan'
for id in F-1 S-1; do
	for paper in $papers; do checklist-export --paper="$paper" --template=$id --as-of=2026-02-06 | tr -d '\n' && echo; done >"$T/papers.json"
	put "$T/papers.json"
done
for home in 1 2; do register-key --name=home-$home --purpose=read --institution=I-$home make "$S" "$T/home-$home.key"; done
kinds=$({
	register-put --kind=? "$S" 2>&1 | sed -n 's/.* is not one of: //p' | tr ' ' '\n' | grep -vx identity
	echo passed_on # which nobody puts in
} | sort)
is 'there is a record of every kind' "$(sql 'SELECT DISTINCT kind FROM transition.record ORDER BY 1')" "$kinds"

# ---- the matrix ----

numbers() { sql "SELECT coalesce(array_agg(record), '{}') FROM transition.record WHERE kind = '$1' AND gone IS NULL AND $2"; } # KIND WHICH

tables=$(sql "SELECT relname FROM pg_class WHERE relnamespace = 'transition'::regnamespace AND relkind IN ('r', 'v', 'm', 'f', 'p') ORDER BY 1")
functions=$(sql "SELECT format('transition.%I(%s)', proname, (SELECT string_agg('NULL::' || format_type(t, NULL), ', ') FROM unnest(proargtypes) AS t))
	FROM pg_proc WHERE pronamespace = 'transition'::regnamespace AND prorettype <> 'trigger'::regtype ORDER BY 1")
sequences=$(sql "SELECT relname FROM pg_class WHERE relnamespace = 'transition'::regnamespace AND relkind = 'S' ORDER BY 1")
try() { # WHAT STATEMENT: what the server answers
	echo "$2"
	echo "\\echo $1 :SQLSTATE"
}
{
	printf '%s\n' '\set VERBOSITY sqlstate' '\set ON_ERROR_ROLLBACK on' 'BEGIN;'
	for t in $tables; do
		printf '%s\n' '\set n -' "SELECT count(*) AS n FROM transition.$t \\gset" "\\echo $t rows :n :SQLSTATE"
		try "$t select" "SELECT * FROM transition.$t \\g /dev/null"
		try "$t insert" "INSERT INTO transition.$t DEFAULT VALUES;"
		try "$t delete" "DELETE FROM transition.$t;"
		try "$t truncate" "TRUNCATE transition.$t;"
		try "$t copy to" "COPY transition.$t TO STDOUT \\g /dev/null"
		try "$t copy from" "COPY transition.$t FROM PROGRAM 'echo 1';"
		try "$t lock" "LOCK TABLE transition.$t IN SHARE MODE;"
		try "$t alter" "ALTER TABLE transition.$t RENAME TO x;"
		try "$t references" "CREATE TEMP TABLE mine (a bigint REFERENCES transition.$t);"
		try "$t trigger" "CREATE TRIGGER x BEFORE INSERT ON transition.$t EXECUTE FUNCTION transition.place_nothing();"
		try "$t policy" "CREATE POLICY mine ON transition.$t USING (true);"
	done
	sql "SELECT format('%s %s', c.relname, a.attname) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE relnamespace
		= 'transition'::regnamespace AND relkind = 'r' AND attnum > 0 ORDER BY c.relname, attnum" |
		while read -r t c; do
			printf '%s\n' "UPDATE transition.$t SET $c = $c;" "\\echo $t update $c :SQLSTATE :ROW_COUNT"
		done
	while read -r call; do try "${call//[:\']/}" "SELECT $call \\g /dev/null"; done <<<"$functions"
	while read -r call; do try "${call//[:\']/}" "SELECT $call \\g /dev/null"; done <<-'END'
		transition.seal_of(1)
		transition.seals_of('{1}')
		transition.put_key_of(1, 1)
		transition.record_one(1)
		transition.access_add(99, '', '', '', '', '')
		transition.access_about(1, 'x')
		transition.setting_set('profile', 'x')
		transition.handing(1, now(), '{}')
		transition.writing('x')
		pg_read_file('/etc/passwd')
		lo_import('/etc/passwd')
	END
	for q in $sequences; do
		for call in "nextval('transition.$q')" "setval('transition.$q', 1)" "currval('transition.$q')"; do
			try "${call//\'/}" "SELECT $call \\g /dev/null"
		done
		try "$q select" "SELECT * FROM transition.$q \\g /dev/null"
	done
	try 'set role keeper' 'SET ROLE transition_keeper;'
	try 'create in the schema' 'CREATE TABLE transition.mine (a int);'
	try 'create a schema' 'CREATE SCHEMA mine;'
	try 'row security off' 'SET row_security = off;'
	try 'then the records' 'SELECT * FROM transition.record \g /dev/null'
	try 'and on' 'SET row_security = on;'
	echo 'ROLLBACK;'
	# Each kind of record, of both cases: as the table tells, and as the function does.
	echo "SELECT kind || ' seen of ' || string_agg(DISTINCT coalesce(about, id), ' ' ORDER BY coalesce(about, id)) FROM transition.record GROUP BY kind ORDER BY kind COLLATE \"C\";"
	for kind in $kinds; do
		echo "SELECT '$kind given of ' || string_agg(DISTINCT coalesce(about, id), ' ' ORDER BY coalesce(about, id)) FROM transition.seen('$kind', NULL, NULL, NULL, true) HAVING count(*) > 0;"
	done
	for kind in $kinds; do
		for id in F-1 S-1; do
			case $kind:$id in referral:F-1 | institution:F-1) new='NULL, $$030105$$' ;; referral:S-1 | institution:S-1) new='NULL, $$030103$$' ;; *) new="'$id', NULL" ;; esac
			[[ $kind == person_link ]] && new="'${id%1}2', NULL"
			rid=new-$id
			[[ $kind == person_link ]] && rid="${id%1}2|$id"
			printf '%s\n' 'BEGIN;' "SELECT transition.put_start('2026-02-07', '', '', '$kind', '') AS put \\gset" \
				'\set number 0' 'SELECT transition.record_numbers(2) AS number \gset' \
				"SELECT transition.record_end(n, :put) FROM unnest('$(numbers "$kind" "id = '$rid'")'::bigint[]) AS n \\g /dev/null" \
				"SELECT transition.records_add(ARRAY[:number], '{$kind}', '{$rid}', '{1}', ARRAY[:put], ARRAY[a], ARRAY[b], '{NULL}', '{NULL}', '{\"\"}', '{\"\"}', '{\"\"}', '{NULL}', '{0}') FROM (VALUES ($new)) AS x (a, b) \\g /dev/null" \
				"\\echo $kind add of $id :SQLSTATE" '\set ended -' \
				"SELECT count(*) AS ended FROM unnest('$(numbers "$kind" "'$id' IN (about, id)")'::bigint[]) AS n WHERE transition.record_end(n, :put) \\gset" \
				"\\echo $kind end of $id :SQLSTATE :ended" 'ROLLBACK;'
		done
	done
} >"$T/roles.sql"
for login in "${logins[@]}"; do
	echo "== ${login%:*}"
	psql -qXAt "$(as "${login%:*}")" -v put=0 -f "$T/roles.sql" 2>/dev/null
done >"$T/roles"
if [[ ${BLESS-} ]]; then cp "$T/roles" tests/cli/postgresql/roles; fi
is 'what each role may' "$(<"$T/roles")" "$(<tests/cli/postgresql/roles)"
is 'whatever they tried, nothing is other than it was' "$(sql 'SELECT count(*), count(gone), max(put) FROM transition.record')" \
	"$(sql 'SELECT count(*), 0, count(DISTINCT put) FROM transition.record')"
status 'and the register is whole' 0 register-check "$S"

is 'of a kind that nobody listed an institution reads nothing' "$(sql "SELECT transition.institution_reads('event'), transition.institution_reads('unlisted')")" 't|f'

# ---- what an answer tells ----

add() { # ABOUT ID: a stay about a case, in a put that was begun
	echo "SELECT transition.records_add(ARRAY[transition.record_numbers(1)], '{stay}', '{$2}', '{1}', transition.puts_mine(), '{$1}', '{NULL}', '{NULL}', '{NULL}', '{\"\"}', '{\"\"}', '{\"\"}', '{NULL}', '{0}')"
}
tells() { # LOGIN ABOUT ID: what the server says to it
	psql -qXAt "$(as "$1")" -c BEGIN -c "SELECT transition.put_start('', '', '', 'stay', '')" -c "$(add "$2" "$3")" 2>&1 | grep -e ERROR -e DETAIL
}
like 'about a case of another office nothing is added' "$(tells frogner S-1 X-1)" 'a record is added to a case of one.s own'
is 'about a case of another office and about none: the same words' "$(tells frogner S-1 X-1)" "$(tells frogner N-1 X-1)"
is 'also with an id that is taken: the rule comes before the index' "$(tells frogner S-1 O-2)" "$(tells frogner N-1 X-1)"
like 'an id that another office has is refused' "$(tells frogner F-1 O-2)" 'duplicate key'
is 'and what it holds is not told' "$(tells frogner F-1 O-2 | grep -c S-1)" 0
is 'no foreign key tells of rows' "$(sql "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND connamespace = 'transition'::regnamespace")" 0
is 'a function that others wrote sees no row before the rule' "$(psql -qXAt "$(as frogner)" -c 'CREATE FUNCTION pg_temp.spy(text) RETURNS boolean
	LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE $n$%$n$, $1; RETURN true; END $$' \
	-c "SELECT count(*) FROM transition.seen('stay', NULL, NULL, NULL, true) WHERE pg_temp.spy(id)" 2>&1 | grep -c -e S-1 -e O-2)" 0

# ---- what a plan tells ----

# The plan of a statement, with rows, pages and estimates, and what the server counted of its tables meanwhile: after the same
# once before, as the first finds nothing in memory.
told() { # LOGIN STATEMENT
	local once="EXPLAIN (ANALYZE, BUFFERS, TIMING off, SUMMARY off) $2"
	printf '%s\n' '\set ON_ERROR_ROLLBACK on' BEGIN\; "SELECT transition.put_start('', '', '', 'stay', '') \\g /dev/null" "$once \\g /dev/null" ROLLBACK\; \
		BEGIN\; "SELECT transition.put_start('', '', '', 'stay', '') \\g /dev/null" "$once;" "SELECT relname, seq_scan, seq_tup_read, idx_scan, idx_tup_fetch, n_tup_ins, n_tup_upd
		FROM pg_stat_xact_user_tables WHERE schemaname = 'transition' AND relname <> 'put' ORDER BY 1;" ROLLBACK\; | psql -qXAt "$(as "$1")" 2>&1
}
# WHAT STATEMENT GUESS NONE OWN: G in the statement is what another office has, what nobody has, or what is one's own.
tells_nothing() {
	local login
	for login in "${@:6}"; do
		is "$login, $1: what another has and what nobody has look the same" "$(told "$login" "${2//G/$3}")" "$(told "$login" "${2//G/$4}")"
		[[ $login == press || -z $5 ]] || is "$login, $1: one's own does not" "$([[ "$(told "$login" "${2//G/$5}")" == "$(told "$login" "${2//G/$4}")" ]] && echo same)" ''
	done
}
for login in frogner home press audit; do
	is "$login: no plan of a statement on the records, nor what the server guesses of them" \
		"$(psql -qXAt "$(as $login)" -c "EXPLAIN SELECT FROM transition.record WHERE id = 'S-1'" 2>&1)" 'ERROR:  permission denied for table record'
done
# Among many, where the server has a choice of ways.
{
	echo referral_id,received,bydel
	for i in {1..3000}; do echo "A-$i,2026-01-05,030112"; done
} | put -
sql ANALYZE
whom=$(sql "SELECT person FROM transition.record WHERE id = 'S-1'") mine=$(sql "SELECT person FROM transition.record WHERE id = 'F-1'")
tells_nothing 'a stay by its id' "SELECT * FROM transition.seen('stay', NULL, NULL, 'G', true)" O-2 X-2 O-1 frogner home press
tells_nothing 'a referral by its id' "SELECT * FROM transition.seen('referral', NULL, NULL, 'G', true)" S-1 X-1 F-1 frogner home press
tells_nothing 'a district' "SELECT * FROM transition.seen('referral', 'G', NULL, NULL, false)" 030103 030199 030105 frogner home press
tells_nothing 'a kind' "SELECT * FROM transition.seen('G', NULL, NULL, NULL, false)" person_link xerson_link '' home press
tells_nothing 'a day' "SELECT * FROM transition.seen('referral', NULL, 'G', NULL, false)" 2026-02-03 2026-02-04 2026-02-01 home press
tells_nothing 'ids that are to be put in' "SELECT * FROM transition.seen_ids('{stay}', '{G}')" O-2 X-2 O-1 frogner home
tells_nothing 'a case' "SELECT * FROM transition.seen_about('', '{G}')" S-1 X-1 F-1 frogner home
tells_nothing 'a person' "SELECT * FROM transition.seen_about('G', '{}')" "$whom" "p-${whom//[^-]/a}" "$mine" frogner home
tells_nothing 'a record about a case' "$(add G new-1)" S-1 X-1 '' frogner home
tells_nothing 'with an id that is taken' "$(add S-1 G)" O-2 X-2 '' frogner home
is 'the plan of a count tells of no row behind it' "$(told press 'SELECT * FROM transition.counts, transition.taken' | grep -c -e ' on record' -e ' using record')" 0
is 'pg_dump with row security gives no rows' "$(pg_dump --enable-row-security -t transition.record "$(as frogner)" 2>/dev/null | grep -c -e S-1 -e F-1)" 0
is 'nor without it' "$(pg_dump -t transition.record "$(as frogner)" 2>/dev/null | grep -c F-1)" 0
is 'statistics of columns show no values' "$(sql ANALYZE; psql -qXAt "$(as frogner)" -c "SELECT count(*) FROM pg_stats WHERE schemaname = 'transition' AND tablename IN ('record', 'office', 'writer')")" 0
is 'who publishes cannot ask a count for its rows' "$(psql -qXAt "$(as press)" -c "SELECT count(*) FROM transition.counts WHERE kind = 'referral'")" 3
finish
