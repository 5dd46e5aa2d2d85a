-- The register on PostgreSQL. Described in transition-postgresql(7). Whoever makes it may make roles, and
-- schemas in this database. Tables as in SQLite, but for the seal, which stands in the record; with columns for the server's
-- own rules added: role, xid, holder, place, until, guarded.

DO $roles$
DECLARE r text;
BEGIN
	FOREACH r IN ARRAY ARRAY['keeper', 'intake', 'district', 'institution', 'publisher', 'auditor'] LOOP
		IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'transition_' || r) THEN
			EXECUTE format('CREATE ROLE %I NOLOGIN', 'transition_' || r);
		END IF;
	END LOOP;
	IF NOT pg_has_role(session_user, 'transition_keeper', 'member') THEN
		EXECUTE format('GRANT transition_keeper TO %I', session_user);
	END IF;
END $roles$;
CREATE SCHEMA transition AUTHORIZATION transition_keeper;
SET LOCAL ROLE transition_keeper;
SET LOCAL search_path = pg_catalog, transition, pg_temp;

CREATE TABLE transition.version (version integer NOT NULL);
INSERT INTO transition.version VALUES (3);

-- Which login works for which district, or at which institution.
CREATE TABLE transition.office (
	role name NOT NULL,
	kind text NOT NULL CHECK (kind IN ('district', 'institution')),
	code text COLLATE "C" NOT NULL,
	PRIMARY KEY (role, kind, code)
);

-- One writer at a time locks this table. What is in it are transactions that were committed: who lost the
-- connection while committing looks here.
CREATE TABLE transition.writer (token text COLLATE "C" PRIMARY KEY, at timestamptz NOT NULL);

CREATE TABLE transition.setting (name text COLLATE "C" PRIMARY KEY, value text NOT NULL);

CREATE TABLE transition.layout (
	layout bigint PRIMARY KEY,
	kind text COLLATE "C" NOT NULL,
	columns text COLLATE "C" NOT NULL,
	mac bytea NOT NULL,
	UNIQUE (kind, columns)
);

CREATE TABLE transition.key (
	key bigint PRIMARY KEY,
	name text COLLATE "C" NOT NULL UNIQUE,
	purpose text NOT NULL,
	made text NOT NULL,
	retired text,
	public bytea,
	mac bytea NOT NULL
);

-- role: as whom the server knew who put it in. xid: of the transaction, in which alone it can be filled. after: the
-- number of the last record before it.
CREATE TABLE transition.put (
	put bigint PRIMARY KEY,
	day text COLLATE "C" NOT NULL,
	at text NOT NULL,
	who text NOT NULL,
	kind text NOT NULL,
	records bigint NOT NULL,
	salt bytea NOT NULL,
	mac bytea NOT NULL,
	role name NOT NULL DEFAULT session_user,
	xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
	after bigint NOT NULL DEFAULT 0
);

CREATE TABLE transition.put_key (
	put bigint NOT NULL,
	key bigint NOT NULL,
	sealed bytea NOT NULL,
	mac bytea NOT NULL,
	PRIMARY KEY (put, key)
);

-- content, mac, sealed: what stands in a table of its own on SQLite. holder: the district that has the case now; '' is open to
-- all, NULL to no district. place, until: of a stay that holds a place, where and how long. guarded: a referral that says that an
-- address is protected. No foreign keys: they would tell
-- of rows that are hidden.
CREATE SEQUENCE transition.record_number;
CREATE TABLE transition.record (
	record bigint PRIMARY KEY,
	kind text COLLATE "C" NOT NULL,
	id text COLLATE "C" NOT NULL,
	layout bigint NOT NULL,
	put bigint NOT NULL,
	gone bigint,
	about text COLLATE "C",
	bydel text COLLATE "C",
	day text COLLATE "C",
	person text COLLATE "C",
	body text COLLATE "C" NOT NULL,
	content bytea NOT NULL DEFAULT '',
	mac bytea NOT NULL DEFAULT '',
	sealed bytea,
	holder text COLLATE "C",
	place text COLLATE "C",
	until text COLLATE "C",
	guarded boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX record_now ON transition.record (kind, id) WHERE gone IS NULL;
CREATE INDEX record_gone ON transition.record (gone) WHERE gone IS NOT NULL;
CREATE INDEX record_was ON transition.record (kind, id) WHERE gone IS NOT NULL;
CREATE INDEX record_about ON transition.record (about) WHERE about IS NOT NULL;
CREATE INDEX record_one ON transition.record (split_part(id, '|', 1)) WHERE kind = 'person_link';
CREATE INDEX record_other ON transition.record (split_part(id, '|', 2)) WHERE kind = 'person_link';
CREATE INDEX record_place ON transition.record (place) WHERE place IS NOT NULL AND gone IS NULL;
CREATE INDEX record_guarded ON transition.record (holder, (kind || '')) WHERE guarded;

-- What an office asks is answered out of these, in which its own stands together: no other row is looked at, and neither the
-- time nor the pages that it takes tell of any. They are of expressions, so that no other index will do.
CREATE FUNCTION transition.index_held() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	CREATE INDEX IF NOT EXISTS record_held ON transition.record (holder, (kind || ''), (id || '')) WHERE holder IS NOT NULL;
	CREATE INDEX IF NOT EXISTS record_day ON transition.record (holder, (kind || ''), day)
		WHERE gone IS NULL AND holder IS NOT NULL AND day IS NOT NULL;
END $$;
SELECT transition.index_held();

-- A first load is done sooner when these are made at its end: `index_last` drops them, and its trigger makes them before the
-- transaction is committed, whatever the client does. Not while somebody reads; who comes later waits.
CREATE FUNCTION transition.index_late() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	PERFORM transition.index_held();
	RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER index_late AFTER UPDATE OF after ON transition.put DEFERRABLE INITIALLY DEFERRED
	FOR EACH ROW EXECUTE FUNCTION transition.index_late();
CREATE FUNCTION transition.index_last(number bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	LOCK TABLE transition.record IN ACCESS EXCLUSIVE MODE NOWAIT;
	DROP INDEX transition.record_held, transition.record_day;
	UPDATE transition.put SET after = after WHERE put = number;
EXCEPTION WHEN lock_not_available OR object_in_use THEN
	NULL;
END $$;

CREATE TABLE transition.access (
	line bigint PRIMARY KEY,
	at text NOT NULL,
	who text NOT NULL,
	what text NOT NULL,
	why text NOT NULL,
	hash bytea NOT NULL,
	role name NOT NULL DEFAULT session_user,
	xid xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE TABLE transition.access_person (
	line bigint NOT NULL,
	person text COLLATE "C" NOT NULL,
	PRIMARY KEY (person, line)
);
CREATE INDEX put_xid ON transition.put (xid);
CREATE INDEX access_person_line ON transition.access_person (line);

-- What the server itself writes down, and commits, before it gives sealed parts: for which transaction, of which
-- records.
CREATE TABLE transition.handed (
	at timestamptz NOT NULL DEFAULT clock_timestamp(),
	role name NOT NULL DEFAULT session_user,
	pid integer NOT NULL,
	begun timestamptz NOT NULL,
	records bigint[] NOT NULL
);
CREATE INDEX handed_to ON transition.handed (pid, begun);

-- ---- who may ----

CREATE FUNCTION transition.acts_as(what text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT pg_has_role(session_user, 'transition_' || what, 'member') $$;

CREATE FUNCTION transition.codes(what text) RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(code), '{}') FROM transition.office WHERE role = session_user AND kind = what $$;

-- Whether a login sees all records, and asks the table; every other asks the functions below, which give rows of its own.
CREATE FUNCTION transition.sees_all() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT transition.acts_as('intake') OR transition.acts_as('keeper') $$;

-- As whom a login finds its rows: the districts that it works for, and '' for what is open to all.
CREATE FUNCTION transition.holders() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN transition.acts_as('district') THEN transition.codes('district') || ''::text WHEN transition.acts_as('publisher')
	THEN ARRAY[''] ELSE '{}' END $$;

-- The institutions that it works for, and their cases: whoever lives there, or is offered a place there.
CREATE FUNCTION transition.places() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN transition.acts_as('institution') THEN transition.codes('institution') ELSE '{}' END $$;
CREATE FUNCTION transition.place_cases() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off AS
$$ SELECT coalesce(array_agg(DISTINCT about), '{}') FROM transition.record WHERE place = ANY (transition.places()) AND gone IS NULL
	AND (until IS NULL OR until >= current_date::text COLLATE "C") $$;

-- Whether a case is of a district of the login: its referral names it now.
CREATE FUNCTION transition.of_district(referral text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off AS
$$ SELECT EXISTS (SELECT FROM transition.record WHERE holder = ANY (transition.codes('district')) AND kind || '' = 'referral'
	AND id || '' = referral AND gone IS NULL) $$;

-- What an institution writes in the routine: events, and its papers. A municipality that shares the work otherwise replaces
-- this function, as the keeper.
CREATE FUNCTION transition.institution_writes(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT kind IN ('event', 'assessment', 'stay_plan', 'support_report', 'inventory', 'minutes', 'contacts',
	'invitation') $$;

-- What it reads of its cases, besides what was passed on to it. It does not see where else somebody was offered a place, nor
-- where somebody lived before; of a kind that is not named here it sees nothing.
CREATE FUNCTION transition.institution_reads(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT kind IN ('event', 'assessment', 'stay_plan', 'support_report', 'agreement', 'minutes', 'inventory', 'contacts',
	'invitation', 'plan') $$;

-- Whose is what was passed on to it.
CREATE FUNCTION transition.passed_to() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg('@' || place), '{}') FROM unnest(transition.places()) AS place $$;

-- One record of a login that does not see all: the same as `seen` gives, row by row.
CREATE FUNCTION transition.sees(r transition.record) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(transition.sees_all() OR r.holder = ANY (transition.holders())
	OR CASE r.kind WHEN 'institution' THEN r.id = ANY (transition.places())
		WHEN 'referral' THEN r.id = ANY (transition.place_cases())
		WHEN 'stay' THEN r.place = ANY (transition.places()) AND r.about = ANY (transition.place_cases())
		WHEN 'passed_on' THEN r.bydel = ANY (transition.passed_to()) AND r.about = ANY (transition.place_cases())
		ELSE transition.institution_reads(r.kind) AND r.about = ANY (transition.place_cases()) END, false) $$;

-- Whether a login that does not see all may add a record, and end one that it sees.
CREATE FUNCTION transition.may_add(kind text, id text, about text, bydel text) RETURNS boolean LANGUAGE sql STABLE
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(transition.acts_as('district') AND CASE kind
		WHEN 'referral' THEN bydel = ANY (transition.codes('district')) WHEN 'institution' THEN false
		WHEN 'person_link' THEN transition.of_district(split_part(id, '|', 1)) AND transition.of_district(split_part(id, '|', 2))
		ELSE transition.of_district(about) END, false)
	OR coalesce(transition.acts_as('institution') AND transition.institution_writes(kind)
		AND about = ANY (transition.place_cases()), false) $$;
CREATE FUNCTION transition.may_end(r transition.record) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT transition.sees_all() OR transition.sees(r) AND ((transition.acts_as('district') AND r.kind <> 'institution')
	OR (transition.acts_as('institution') AND transition.institution_writes(r.kind))) $$;

-- The puts of this transaction, and the numbers that their records may have: what is put in comes after all before.
CREATE FUNCTION transition.puts_mine() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(put), '{}') FROM transition.put WHERE xid = pg_current_xact_id_if_assigned()
	AND role = session_user $$;
CREATE FUNCTION transition.numbers_mine() RETURNS int8range LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT int8range(min(after), (SELECT last_value FROM transition.record_number), '(]') FROM transition.put
	WHERE xid = pg_current_xact_id_if_assigned() AND role = session_user $$;

-- Whether a put is of this transaction.
CREATE FUNCTION transition.mine(number bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM transition.put WHERE put = number AND xid = pg_current_xact_id_if_assigned()
	AND role = session_user) $$;

-- Whether this transaction puts something in.
CREATE FUNCTION transition.puts() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM transition.put WHERE xid = pg_current_xact_id_if_assigned()
	AND role = session_user) $$;

-- ---- what a stay says of its place ----

-- A cell of a row of CSV by the name of its column.
CREATE FUNCTION transition.cell(columns text, body text, name text) RETURNS text LANGUAGE sql IMMUTABLE
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT nullif(CASE WHEN b.m[1] LIKE '"%' THEN replace(substr(b.m[1], 2, length(b.m[1]) - 2), '""', '"')
		ELSE b.m[1] END, '')
	FROM regexp_matches(',' || columns, ',([^,]*)', 'g') WITH ORDINALITY h (m, n)
	JOIN regexp_matches(',' || body, ',("(?:[^"]|"")*"|[^,"]*)', 'g') WITH ORDINALITY b (m, n) USING (n)
	WHERE h.m[1] = name $$;

CREATE FUNCTION transition.place_of(layout bigint, body text) RETURNS text LANGUAGE sql STABLE
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN transition.cell(columns, body, 'status') NOT IN ('declined', 'expired', 'moved_out')
	THEN transition.cell(columns, body, 'institution_id') END FROM transition.layout l WHERE l.layout = place_of.layout $$;
CREATE FUNCTION transition.until_of(layout bigint, body text) RETURNS text LANGUAGE sql STABLE
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT transition.cell(columns, body, 'to') FROM transition.layout l WHERE l.layout = until_of.layout $$;

-- ---- whose a record is ----

CREATE FUNCTION transition.holder_of_case(case_id text) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT bydel FROM transition.record WHERE kind = 'referral' AND id = case_id AND gone IS NULL $$;
CREATE FUNCTION transition.holder_of(kind text, id text, about text, bydel text) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT CASE kind WHEN 'referral' THEN bydel WHEN 'institution' THEN ''
	WHEN 'person_link' THEN (SELECT one FROM transition.holder_of_case(split_part(id, '|', 1)) AS one
		WHERE one = transition.holder_of_case(split_part(id, '|', 2)))
	ELSE transition.holder_of_case(about) END $$;

-- Referrals have come in: what is about their cases, and their history, goes with them.
CREATE FUNCTION transition.hand_over(ids text[], bydels text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT FROM transition.record WHERE about IS NOT NULL) THEN
		UPDATE transition.record r SET holder = n.bydel FROM unnest(ids, bydels) AS n (id, bydel)
		WHERE r.about = n.id AND r.kind <> 'person_link' AND r.holder IS DISTINCT FROM n.bydel;
	END IF;
	IF EXISTS (SELECT FROM transition.record WHERE gone IS NOT NULL) THEN
		UPDATE transition.record r SET holder = n.bydel FROM unnest(ids, bydels) AS n (id, bydel)
		WHERE r.kind = 'referral' AND r.id = n.id AND r.gone IS NOT NULL AND r.holder IS DISTINCT FROM n.bydel;
	END IF;
	IF EXISTS (SELECT FROM transition.record WHERE kind = 'person_link') THEN
		UPDATE transition.record r SET holder = transition.holder_of(r.kind, r.id, NULL, NULL) FROM unnest(ids) AS n (id)
		WHERE r.kind = 'person_link' AND (split_part(r.id, '|', 1) = n.id OR split_part(r.id, '|', 2) = n.id);
	END IF;
END $$;

-- ---- writing ----

-- Waits until nobody else writes. The token is there if, and only if, this transaction was committed.
CREATE FUNCTION transition.writing(given text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	LOCK TABLE transition.writer IN EXCLUSIVE MODE;
	DELETE FROM transition.writer WHERE at < now() - interval '1 day';
	INSERT INTO transition.writer VALUES (given, now());
END $$;

CREATE FUNCTION transition.was_done(given text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	LOCK TABLE transition.writer IN EXCLUSIVE MODE;
	RETURN EXISTS (SELECT FROM transition.writer WHERE token = given);
END $$;

CREATE FUNCTION transition.put_start(day text, at text, who text, kind text, salt bytea) RETURNS bigint
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE number bigint;
BEGIN
	LOCK TABLE transition.writer IN EXCLUSIVE MODE;
	SELECT coalesce(max(put), 0) + 1 INTO number FROM transition.put;
	INSERT INTO transition.put (put, day, at, who, kind, records, salt, mac, after)
	SELECT number, put_start.day, put_start.at, put_start.who, put_start.kind, 0, put_start.salt, '',
		CASE WHEN is_called THEN last_value ELSE 0 END FROM transition.record_number;
	RETURN number;
END $$;

-- The first of so many numbers for records, one after another.
CREATE FUNCTION transition.record_numbers(many bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS $$
DECLARE first bigint;
BEGIN
	IF NOT transition.puts() OR many NOT BETWEEN 1 AND 100000 THEN
		RAISE insufficient_privilege USING MESSAGE = 'numbers are for records that are put in';
	END IF;
	first := nextval('transition.record_number');
	PERFORM setval('transition.record_number', first + many - 1);
	IF many >= 1000 AND transition.sees_all() AND NOT EXISTS (SELECT FROM transition.record OFFSET 999) THEN
		PERFORM transition.index_last(max(put)) FROM unnest(transition.puts_mine()) AS mine (put);
	END IF;
	RETURN first;
END $$;

-- Adds records, a thousand at once. Who does not see all is refused before the server looks for any id.
CREATE FUNCTION transition.records_add(numbers bigint[], kinds text[], ids text[], layouts bigint[], puts bigint[], abouts text[],
	bydels text[], days text[], persons text[], bodies text[], contents bytea[], macs bytea[], seals bytea[], guards bigint[])
	RETURNS void
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off
	SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE mine int8range := transition.numbers_mine();
BEGIN
	IF NOT coalesce(puts <@ transition.puts_mine() AND (SELECT min(n) <@ mine AND max(n) <@ mine FROM unnest(numbers) AS n), false)
			OR (NOT transition.sees_all() AND EXISTS (SELECT FROM unnest(kinds, ids, abouts, bydels) AS g (kind, id, about, bydel)
				WHERE NOT transition.may_add(kind, id, about, bydel))) THEN
		RAISE insufficient_privilege USING MESSAGE = 'a record is added to a case of one''s own, in a put of one''s own';
	END IF;
	INSERT INTO transition.record (record, kind, id, layout, put, about, bydel, day, person, body, content, mac, sealed,
		holder, place, until, guarded)
	SELECT record, kind, id, layout, put, about, bydel, day, person, body, content, mac, sealed,
		CASE kind WHEN 'referral' THEN bydel WHEN 'institution' THEN '' WHEN 'person_link' THEN
			transition.holder_of(kind, id, about, bydel) ELSE (SELECT r.bydel FROM transition.record r WHERE r.kind = 'referral'
			AND r.id = given.about AND gone IS NULL) END,
		CASE kind WHEN 'stay' THEN transition.place_of(layout, body) END,
		CASE kind WHEN 'stay' THEN transition.until_of(layout, body) END, guard = 1
	FROM unnest(numbers, kinds, ids, layouts, puts, abouts, bydels, days, persons, bodies, contents, macs, seals, guards)
		AS given (record, kind, id, layout, put, about, bydel, day, person, body, content, mac, sealed, guard);
	IF 'referral' = ANY (kinds) THEN
		PERFORM transition.hand_over(array_agg(id), array_agg(bydel)) FROM unnest(kinds, ids, bydels) AS n (kind, id, bydel)
		WHERE kind = 'referral';
	END IF;
END $$;

-- One as it was in another register; what is sealed follows.
CREATE FUNCTION transition.record_copy(number bigint, kind text, id text, layout bigint, put bigint, gone bigint, about text,
	bydel text, day text, person text, body text) RETURNS void LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
BEGIN
	PERFORM setval('transition.record_number', number);
	INSERT INTO transition.record (record, kind, id, layout, put, gone, about, bydel, day, person, body, holder, place, until)
	VALUES (number, kind, id, layout, put, gone, about, bydel, day, person, body,
		transition.holder_of(kind, id, about, bydel), CASE kind WHEN 'stay' THEN transition.place_of(layout, body) END,
		CASE kind WHEN 'stay' THEN transition.until_of(layout, body) END);
	IF kind = 'referral' AND gone IS NULL THEN
		PERFORM transition.hand_over(ARRAY[id], ARRAY[bydel]);
	END IF;
END $$;

-- Ends a record: first its mark becomes that of one that is gone, then it is.
CREATE FUNCTION transition.mark_end(number bigint, ended bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	UPDATE transition.record r SET mac = ended WHERE record = number AND gone IS NULL AND transition.puts()
		AND transition.may_end(r);
END $$;
CREATE FUNCTION transition.record_end(number bigint, by bigint) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	UPDATE transition.record r SET gone = by WHERE record = number AND gone IS NULL AND transition.mine(by)
		AND transition.may_end(r);
	RETURN FOUND;
END $$;

-- The cases that a put of this transaction tells of, of which there is no referral. Its records come after all before.
CREATE FUNCTION transition.put_about(number bigint, first bigint) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off AS
$$ SELECT DISTINCT about FROM transition.record one WHERE transition.mine(number) AND record >= first AND put = number
	AND about IS NOT NULL AND NOT EXISTS (SELECT FROM transition.record two WHERE two.kind = 'referral' AND two.id = one.about
	AND two.gone IS NULL) ORDER BY about $$;

CREATE FUNCTION transition.setting_set(given text, content text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF given NOT IN ('access_head', 'state') AND NOT transition.acts_as('keeper') THEN
		RAISE insufficient_privilege USING MESSAGE = 'this setting is the keeper''s';
	END IF;
	LOCK TABLE transition.writer IN EXCLUSIVE MODE;
	INSERT INTO transition.setting VALUES (given, content)
	ON CONFLICT (name) DO UPDATE SET value = content;
END $$;

CREATE FUNCTION transition.access_add(number bigint, at text, who text, what text, why text, hash bytea)
	RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	LOCK TABLE transition.writer IN EXCLUSIVE MODE;
	IF number <> (SELECT coalesce(max(line), 0) + 1 FROM transition.access) THEN
		RAISE insufficient_privilege USING MESSAGE = 'a line of the log follows the last one';
	END IF;
	INSERT INTO transition.access VALUES (number, at, who, what, why, hash);
END $$;

CREATE FUNCTION transition.access_about(number bigint, about text) RETURNS void LANGUAGE plpgsql
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM transition.access WHERE line = number AND role = session_user
			AND xid = pg_current_xact_id_if_assigned()) THEN
		RAISE insufficient_privilege USING MESSAGE = 'a line of the log is of its own transaction';
	END IF;
	INSERT INTO transition.access_person VALUES (number, about) ON CONFLICT DO NOTHING;
END $$;

-- ---- giving records to who does not see all ----

CREATE TYPE transition.row AS (record bigint, kind text, id text, layout bigint, put bigint, gone bigint, about text, bydel text,
	day text, person text, body text, content bytea, mac bytea);

-- Of the cases of the institutions that a login works for.
CREATE FUNCTION transition.at_places(what text, past boolean) RETURNS SETOF transition.record LANGUAGE plpgsql STABLE
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off
	SET plan_cache_mode = force_custom_plan AS $$
DECLARE at text[] := transition.places(); cases text[] := transition.place_cases();
	ids text[] := CASE what WHEN 'institution' THEN at WHEN 'referral' THEN cases ELSE '{}' END;
BEGIN
	IF cardinality(at) = 0 THEN
		RETURN;
	END IF;
	RETURN QUERY SELECT r.* FROM transition.record r WHERE kind = what AND id = ANY (ids) AND gone IS NULL;
	RETURN QUERY SELECT r.* FROM transition.record r WHERE kind = what AND id = ANY (ids) AND gone IS NOT NULL AND past;
	RETURN QUERY SELECT r.* FROM transition.record r WHERE about = ANY (cases) AND kind || '' = what AND (past OR gone IS NULL)
		AND transition.sees(r);
END $$;

-- Records of a kind: of a district, since a day, of one id, with those that are gone.
CREATE FUNCTION transition.seen(what text, district text, since text, whose text, past boolean) RETURNS SETOF transition.row
	LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off
	SET plan_cache_mode = force_custom_plan AS $$
DECLARE held text[] := transition.holders();
BEGIN
	RETURN QUERY SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac
		FROM transition.record WHERE holder = ANY (held) AND kind || '' = what AND (past OR gone IS NULL)
			AND (whose IS NULL OR id || '' = whose) AND (district IS NULL OR bydel = district) AND (since IS NULL OR day >= since);
	RETURN QUERY SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac
		FROM transition.at_places(what, past) WHERE (whose IS NULL OR id = whose) AND (district IS NULL OR bydel = district)
			AND (since IS NULL OR day >= since) AND NOT coalesce(holder = ANY (held), false);
END $$;

-- The referrals that say that an address is protected, and those that somebody decided about, of those that a login sees:
-- now, or of each of them the form of a day. Of an institution, all of its cases: they are few.
CREATE FUNCTION transition.seen_guarded(known text) RETURNS SETOF transition.row LANGUAGE plpgsql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE every boolean := transition.sees_all(); held text[] := transition.holders(); ids text[]; past boolean := known IS NOT NULL;
BEGIN
	IF every THEN
		SELECT array_agg(DISTINCT one) INTO ids FROM transition.record CROSS JOIN LATERAL unnest(string_to_array(id, '|')) AS one
		WHERE kind = 'person_link' AND gone IS NULL;
	ELSE
		SELECT array_agg(DISTINCT one) INTO ids FROM transition.record CROSS JOIN LATERAL unnest(string_to_array(id, '|')) AS one
		WHERE holder = ANY (held) AND kind || '' = 'person_link' AND gone IS NULL;
	END IF;
	IF past THEN
		ids := ids || ARRAY(SELECT id FROM transition.record WHERE (every OR holder = ANY (held)) AND kind || '' = 'referral' AND guarded);
	ELSE
		RETURN QUERY SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac FROM transition.record
		WHERE (every OR holder = ANY (held)) AND kind || '' = 'referral' AND guarded AND gone IS NULL;
	END IF;
	RETURN QUERY SELECT DISTINCT ON (id) r.record, r.kind, id, r.layout, put, r.gone, r.about, r.bydel, r.day, r.person, r.body,
		r.content, r.mac FROM (
			SELECT * FROM transition.record WHERE every AND kind = 'referral' AND id = ANY (ids) AND gone IS NULL
			UNION ALL SELECT * FROM transition.record WHERE every AND past AND kind = 'referral' AND id = ANY (ids) AND gone IS NOT NULL
			UNION ALL SELECT * FROM transition.record WHERE NOT every AND holder = ANY (held) AND kind || '' = 'referral'
				AND id || '' = ANY (ids) AND (past OR gone IS NULL)
			UNION ALL SELECT * FROM transition.at_places('referral', past) WHERE NOT coalesce(holder = ANY (held), false)) AS r
		JOIN transition.put p USING (put) WHERE (p.day <= known OR (NOT past AND NOT (r.guarded AND (every OR r.holder = ANY (held)))))
		ORDER BY id, r.record DESC;
END $$;

-- Which of these there are, in the order asked for.
CREATE FUNCTION transition.seen_ids(kinds text[], ids text[]) RETURNS TABLE (n bigint, record bigint, content bytea, put bigint)
	LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_column
DECLARE held text[] := transition.holders();
BEGIN
	RETURN QUERY SELECT asked.n, r.record, r.content, r.put FROM unnest(kinds, ids) WITH ORDINALITY AS asked (kind, id, n)
		JOIN transition.record r ON holder = ANY (held) AND r.kind || '' = asked.kind AND r.id || '' = asked.id AND gone IS NULL;
	RETURN QUERY SELECT asked.n, r.record, r.content, r.put FROM (SELECT DISTINCT kind FROM unnest(kinds) AS k (kind)) AS k
		CROSS JOIN LATERAL transition.at_places(k.kind, false) r JOIN unnest(kinds, ids) WITH ORDINALITY AS asked (kind, id, n)
		ON r.kind = asked.kind AND r.id = asked.id WHERE NOT coalesce(holder = ANY (held), false);
END $$;

-- All of the cases of a person, or of cases, as far as the login sees it.
CREATE FUNCTION transition.seen_about(whom text, ids text[]) RETURNS SETOF transition.row LANGUAGE plpgsql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE held text[] := transition.holders(); cases text[];
BEGIN
	SELECT array_agg(DISTINCT c.id) INTO cases FROM (
		SELECT id FROM transition.record WHERE holder = ANY (held) AND kind || '' = 'referral' AND id || '' = ANY (ids)
		UNION ALL SELECT id FROM transition.record WHERE whom <> '' AND holder = ANY (held) AND kind || '' = 'referral' AND person = whom
		UNION ALL SELECT id FROM transition.at_places('referral', true) WHERE id = ANY (ids) OR person = whom) AS c;
	RETURN QUERY SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac FROM (
		SELECT * FROM transition.record WHERE kind = 'referral' AND id = ANY (cases) AND gone IS NULL
		UNION ALL SELECT * FROM transition.record WHERE kind = 'referral' AND id = ANY (cases) AND gone IS NOT NULL
		UNION ALL SELECT * FROM transition.record WHERE about = ANY (cases)
		UNION ALL SELECT * FROM transition.record WHERE kind = 'person_link' AND (split_part(id, '|', 1) = ANY (cases)
			OR split_part(id, '|', 2) = ANY (cases)) AND NOT coalesce(about = ANY (cases), false)) AS r WHERE transition.sees(r::transition.record);
END $$;

-- ---- giving what is sealed ----

-- Called over another connection, which commits: what is given afterwards is written down, whatever becomes
-- of the transaction that asks.
CREATE FUNCTION transition.handing(whom integer, since timestamptz, numbers bigint[]) RETURNS void
	LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ INSERT INTO transition.handed (pid, begun, records) VALUES (whom, since, numbers) $$;

-- What was written down for the transaction that asks.
CREATE FUNCTION transition.handed_here() RETURNS SETOF bigint[] LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT records FROM transition.handed WHERE pid = pg_backend_pid() AND begun = transaction_timestamp()
	AND role = session_user $$;

-- Of one record, or of all that were written down together, in that order.
CREATE FUNCTION transition.seal_of(number bigint) RETURNS bytea LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS $$
DECLARE r transition.record;
BEGIN
	SELECT * INTO r FROM transition.record WHERE record = number;
	IF NOT FOUND OR NOT transition.sees(r)
			OR NOT EXISTS (SELECT FROM transition.handed_here() AS h (records) WHERE number = ANY (records)) THEN
		RAISE insufficient_privilege USING MESSAGE = 'a sealed part is given once that is written down';
	END IF;
	RETURN r.sealed;
END $$;

CREATE FUNCTION transition.seals_of(numbers bigint[]) RETURNS SETOF bytea LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM transition.handed_here() AS h (records) WHERE records = numbers)
			OR NOT (transition.sees_all() OR (SELECT count(*) = cardinality(numbers) FROM unnest(numbers) AS asked (number)
			JOIN transition.record r ON r.record = number WHERE transition.sees(r))) THEN
		RAISE insufficient_privilege USING MESSAGE = 'a sealed part is given once that is written down';
	END IF;
	RETURN QUERY SELECT sealed FROM unnest(numbers) WITH ORDINALITY AS asked (number, n)
		LEFT JOIN transition.record ON record = number ORDER BY n;
END $$;

CREATE FUNCTION transition.put_key_of(number bigint, whose bigint) RETURNS bytea LANGUAGE plpgsql
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF NOT transition.acts_as('keeper') AND NOT EXISTS (SELECT FROM transition.handed_here() AS h (records)
			CROSS JOIN unnest(records) AS asked (n) JOIN transition.record r ON r.record = n
			WHERE r.put = number AND transition.sees(r)) THEN
		RAISE insufficient_privilege USING MESSAGE = 'the key of a put is given once that is written down';
	END IF;
	RETURN (SELECT sealed FROM transition.put_key WHERE put = number AND key = whose);
END $$;

-- All of a record, under the same condition.
CREATE FUNCTION transition.record_one(number bigint) RETURNS TABLE (record bigint, kind text, id text,
	layout bigint, put bigint, gone bigint, about text, bydel text, day text, person text, body text,
	content bytea, mac bytea, sealed bytea) LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	RETURN QUERY SELECT r.record, r.kind, r.id, r.layout, r.put, r.gone, r.about, r.bydel, r.day, r.person,
		r.body, r.content, r.mac, transition.seal_of(number) FROM transition.record r WHERE r.record = number;
END $$;

-- ---- for who publishes: counts, and how many places are taken ----

CREATE FUNCTION transition.count_all() RETURNS TABLE (kind text, bydel text, n bigint) LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT kind, bydel, count(*) FROM transition.record WHERE gone IS NULL AND kind <> 'passed_on' GROUP BY kind, bydel $$;
CREATE FUNCTION transition.count_taken() RETURNS TABLE (place text, n bigint) LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT place, count(*) FROM transition.record WHERE gone IS NULL AND place IS NOT NULL
	AND (until IS NULL OR until >= current_date::text COLLATE "C") GROUP BY place $$;
CREATE VIEW transition.counts AS SELECT * FROM transition.count_all();
CREATE VIEW transition.taken AS SELECT * FROM transition.count_taken();

-- ---- rights ----

REVOKE ALL ON ALL TABLES IN SCHEMA transition FROM PUBLIC;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA transition FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA transition FROM PUBLIC;
GRANT USAGE ON SCHEMA transition TO transition_intake, transition_district, transition_institution,
	transition_publisher, transition_auditor;
GRANT SELECT ON transition.version TO PUBLIC;
GRANT SELECT ON transition.setting TO transition_intake, transition_district, transition_institution,
	transition_publisher, transition_auditor;
GRANT SELECT ON transition.layout TO transition_intake, transition_district, transition_institution,
	transition_publisher, transition_auditor;
GRANT SELECT ON transition.key, transition.put TO transition_intake, transition_district,
	transition_institution, transition_auditor;
GRANT SELECT (put, key, mac) ON transition.put_key TO transition_intake, transition_district,
	transition_institution, transition_auditor;
GRANT SELECT (record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, holder) ON transition.record
	TO transition_intake;
GRANT SELECT ON transition.access, transition.access_person TO transition_intake, transition_district,
	transition_institution, transition_auditor;
GRANT SELECT ON transition.handed TO transition_auditor;
GRANT SELECT ON transition.counts, transition.taken TO transition_publisher;

GRANT INSERT (layout, kind, columns, mac), UPDATE (mac) ON transition.layout TO transition_intake,
	transition_district, transition_institution;
GRANT INSERT ON transition.put_key TO transition_intake, transition_district, transition_institution;
GRANT UPDATE (records, mac) ON transition.put TO transition_intake, transition_district,
	transition_institution;
GRANT EXECUTE ON FUNCTION transition.acts_as(text), transition.codes(text), transition.sees_all(), transition.holders(),
	transition.places(), transition.seen(text, text, text, text, boolean), transition.seen_guarded(text) TO transition_intake, transition_district,
	transition_institution, transition_publisher;
GRANT EXECUTE ON FUNCTION transition.sees_all() TO transition_auditor;
GRANT EXECUTE ON FUNCTION transition.count_all(), transition.count_taken() TO transition_publisher;
GRANT EXECUTE ON FUNCTION transition.seen_ids(text[], text[]), transition.seen_about(text, text[]),
	transition.mine(bigint), transition.puts(), transition.puts_mine(), transition.numbers_mine(),
	transition.record_numbers(bigint), transition.records_add(bigint[], text[], text[], bigint[], bigint[], text[], text[], text[],
		text[], text[], bytea[], bytea[], bytea[], bigint[]),
	transition.mark_end(bigint, bytea), transition.record_end(bigint, bigint), transition.put_about(bigint, bigint),
	transition.writing(text), transition.was_done(text),
	transition.put_start(text, text, text, text, bytea), transition.setting_set(text, text),
	transition.access_add(bigint, text, text, text, text, bytea), transition.access_about(bigint, text),
	transition.handing(integer, timestamptz, bigint[]), transition.seal_of(bigint), transition.seals_of(bigint[]),
	transition.put_key_of(bigint, bigint), transition.record_one(bigint)
	TO transition_intake, transition_district, transition_institution;

-- ---- rows ----

ALTER TABLE transition.setting ENABLE ROW LEVEL SECURITY;
ALTER TABLE transition.office ENABLE ROW LEVEL SECURITY;
ALTER TABLE transition.writer ENABLE ROW LEVEL SECURITY;
ALTER TABLE transition.layout ENABLE ROW LEVEL SECURITY;
ALTER TABLE transition.key ENABLE ROW LEVEL SECURITY;
ALTER TABLE transition.put ENABLE ROW LEVEL SECURITY;
ALTER TABLE transition.put_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE transition.record ENABLE ROW LEVEL SECURITY;
ALTER TABLE transition.access ENABLE ROW LEVEL SECURITY;
ALTER TABLE transition.access_person ENABLE ROW LEVEL SECURITY;
ALTER TABLE transition.handed ENABLE ROW LEVEL SECURITY;

CREATE POLICY all_see ON transition.setting FOR SELECT USING (true);
CREATE POLICY all_see ON transition.layout FOR SELECT USING (true);
CREATE POLICY office_adds ON transition.layout FOR INSERT TO transition_intake, transition_district,
	transition_institution WITH CHECK (true);
CREATE POLICY all_see ON transition.key FOR SELECT USING (true);
CREATE POLICY all_see ON transition.put FOR SELECT USING (true);
CREATE POLICY office_fills ON transition.put FOR UPDATE TO transition_intake, transition_district,
	transition_institution USING (transition.mine(put));
CREATE POLICY all_see ON transition.put_key FOR SELECT USING (true);
CREATE POLICY office_adds ON transition.put_key FOR INSERT TO transition_intake, transition_district,
	transition_institution WITH CHECK (transition.mine(put));
CREATE POLICY all_see ON transition.access FOR SELECT USING (true);
CREATE POLICY all_see ON transition.access_person FOR SELECT USING (true);
CREATE POLICY auditor_sees ON transition.handed FOR SELECT TO transition_auditor USING (true);

CREATE POLICY intake_sees ON transition.record FOR SELECT TO transition_intake USING (true);
