-- The register on PostgreSQL. Described in transition-postgresql(7). Whoever makes it may make roles, and
-- schemas in this database. Tables as in SQLite, with columns for the server's own rules added: role, xid,
-- place, until.

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
INSERT INTO transition.version VALUES (2);

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

-- place, until: of a stay that holds a place, where and how long; the trigger below reads them from the
-- body. No foreign keys: they would tell of rows that are hidden. What says most is JSON, a text each: there is no
-- comparison of JSON, and whatever else reads it waits for the rule of the row. A comparison of texts is leakproof and does
-- not wait, and EXPLAIN ANALYZE tells what came of it.
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
	person json,
	body json NOT NULL,
	place json,
	until json
);
CREATE UNIQUE INDEX record_now ON transition.record (kind, id) WHERE gone IS NULL;
CREATE INDEX record_district ON transition.record (bydel, day) WHERE gone IS NULL AND bydel IS NOT NULL;
CREATE INDEX record_gone ON transition.record (gone) WHERE gone IS NOT NULL;
CREATE INDEX record_about ON transition.record (about) WHERE gone IS NULL AND about IS NOT NULL;

CREATE TABLE transition.seal (
	record bigint PRIMARY KEY,
	content bytea NOT NULL,
	mac bytea NOT NULL,
	sealed bytea,
	-- Whether anything is under seal, for who may not have the sealed text itself.
	is_sealed boolean GENERATED ALWAYS AS (sealed IS NOT NULL) STORED
);

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

-- The one district that a login works for, and sees nothing else than; NULL: it is otherwise. By it programs ask, so that an
-- index answers.
CREATE FUNCTION transition.own_district() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT codes[1] FROM transition.codes('district') AS codes WHERE cardinality(codes) = 1
	AND transition.acts_as('district') AND NOT transition.acts_as('intake') AND NOT transition.acts_as('keeper')
	AND NOT transition.acts_as('institution') $$;

-- A case is of the district that its referral names now. Here and below, the codes are looked up whether or not there is
-- such a case: else the time would tell.
CREATE FUNCTION transition.of_district(referral text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM transition.record WHERE kind = 'referral' AND id = referral AND gone IS NULL
	AND bydel = ANY (own)) FROM transition.codes('district') AS codes (own) $$;

-- Whoever lives at the institution, or is offered a place there.
CREATE FUNCTION transition.of_institution(referral text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM transition.record WHERE about = referral AND kind = 'stay' AND gone IS NULL
	AND place #>> '{}' = ANY (own) AND (until IS NULL OR until #>> '{}' >= current_date::text COLLATE "C"))
	FROM transition.codes('institution') AS codes (own) $$;

CREATE FUNCTION transition.district_sees(kind text, id text, about text) RETURNS boolean LANGUAGE sql STABLE
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE kind WHEN 'institution' THEN true WHEN 'referral' THEN transition.of_district(id)
	WHEN 'person_link' THEN transition.of_district(split_part(id, '|', 1))
		AND transition.of_district(split_part(id, '|', 2))
	ELSE coalesce(transition.of_district(about), false) END $$;

-- What an institution writes in the routine: events, and its papers. A municipality that shares the work otherwise replaces
-- this function, as the keeper.
CREATE FUNCTION transition.institution_writes(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT kind IN ('event', 'assessment', 'stay_plan', 'support_report', 'inventory', 'minutes', 'contacts',
	'invitation') $$;

-- An institution does not see where else somebody was offered a place, nor where somebody lived before. Of a kind that is not
-- named here it sees nothing.
CREATE FUNCTION transition.institution_sees(kind text, id text, about text, place text) RETURNS boolean
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(CASE WHEN kind = 'institution' THEN id = ANY (transition.codes('institution'))
	WHEN kind = 'referral' THEN transition.of_institution(id)
	WHEN kind = 'stay' THEN place = ANY (transition.codes('institution')) AND transition.of_institution(about)
	WHEN kind IN ('event', 'assessment', 'stay_plan', 'support_report', 'agreement', 'minutes', 'inventory', 'contacts',
		'invitation', 'plan') THEN transition.of_institution(about) END, false) $$;

CREATE FUNCTION transition.sees(r transition.record) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT transition.acts_as('keeper') OR transition.acts_as('intake')
	OR (transition.acts_as('district') AND transition.district_sees(r.kind, r.id, r.about))
	OR (transition.acts_as('institution') AND transition.institution_sees(r.kind, r.id, r.about, r.place #>> '{}')) $$;

-- Whether a record may be ended by who sees it.
CREATE FUNCTION transition.may_end(r transition.record) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS
$$ SELECT transition.acts_as('intake') OR (transition.acts_as('district') AND r.kind <> 'institution')
	OR transition.institution_writes(r.kind) $$;

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

CREATE FUNCTION transition.place_stay() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp AS $$
DECLARE header text; row text := NEW.body #>> '{}';
BEGIN
	SELECT columns INTO header FROM transition.layout WHERE layout = NEW.layout;
	NEW.place := NULL;
	NEW.until := to_json(transition.cell(header, row, 'to'));
	IF transition.cell(header, row, 'status') NOT IN ('declined', 'expired', 'moved_out') THEN
		NEW.place := to_json(transition.cell(header, row, 'institution_id'));
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER place_stay BEFORE INSERT ON transition.record
	FOR EACH ROW WHEN (NEW.kind = 'stay') EXECUTE FUNCTION transition.place_stay();
CREATE FUNCTION transition.place_nothing() RETURNS trigger LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp AS
$$ BEGIN NEW.place := NULL; NEW.until := NULL; RETURN NEW; END $$;
CREATE TRIGGER place_nothing BEFORE INSERT ON transition.record
	FOR EACH ROW WHEN (NEW.kind <> 'stay' AND (NEW.place IS NOT NULL OR NEW.until IS NOT NULL))
	EXECUTE FUNCTION transition.place_nothing();

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
	RETURN first;
END $$;

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
	RETURN (SELECT sealed FROM transition.seal WHERE record = number);
END $$;

CREATE FUNCTION transition.seals_of(numbers bigint[]) RETURNS SETOF bytea LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM transition.handed_here() AS h (records) WHERE records = numbers)
			OR NOT (transition.acts_as('keeper') OR transition.acts_as('intake')
			OR (SELECT count(*) = cardinality(numbers) FROM unnest(numbers) AS asked (number)
				JOIN transition.record r ON r.record = number WHERE transition.sees(r))) THEN
		RAISE insufficient_privilege USING MESSAGE = 'a sealed part is given once that is written down';
	END IF;
	RETURN QUERY SELECT sealed FROM unnest(numbers) WITH ORDINALITY AS asked (number, n)
		LEFT JOIN transition.seal ON record = number ORDER BY n;
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
	RETURN QUERY SELECT r.record, r.kind, r.id, r.layout, r.put, r.gone, r.about, r.bydel, r.day, r.person #>> '{}',
		r.body #>> '{}', s.content, s.mac, transition.seal_of(number) FROM transition.record r
		LEFT JOIN transition.seal s USING (record) WHERE r.record = number;
END $$;

-- ---- for who publishes: counts, and how many places are taken ----

CREATE VIEW transition.counts AS SELECT kind, bydel, count(*) AS n FROM transition.record
	WHERE gone IS NULL GROUP BY kind, bydel;
CREATE VIEW transition.taken AS SELECT place #>> '{}' COLLATE "C" AS place, count(*) AS n FROM transition.record
	WHERE gone IS NULL AND place IS NOT NULL AND (until IS NULL OR until #>> '{}' >= current_date::text COLLATE "C")
	GROUP BY 1;

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
GRANT SELECT ON transition.record TO transition_intake, transition_district, transition_institution,
	transition_publisher;
GRANT SELECT (record, content, mac, is_sealed) ON transition.seal TO transition_intake, transition_district,
	transition_institution;
GRANT SELECT ON transition.access, transition.access_person TO transition_intake, transition_district,
	transition_institution, transition_auditor;
GRANT SELECT ON transition.handed TO transition_auditor;
GRANT SELECT ON transition.counts, transition.taken TO transition_publisher;

GRANT INSERT (layout, kind, columns, mac), UPDATE (mac) ON transition.layout TO transition_intake,
	transition_district, transition_institution;
GRANT INSERT ON transition.put_key TO transition_intake, transition_district, transition_institution;
GRANT UPDATE (records, mac) ON transition.put TO transition_intake, transition_district,
	transition_institution;
GRANT INSERT (record, kind, id, layout, put, about, bydel, day, person, body) ON transition.record TO
	transition_intake, transition_district, transition_institution;
GRANT UPDATE (gone) ON transition.record TO transition_intake, transition_district, transition_institution;
GRANT INSERT ON transition.seal TO transition_intake, transition_district, transition_institution;
GRANT UPDATE (mac) ON transition.seal TO transition_intake, transition_district, transition_institution;
GRANT EXECUTE ON FUNCTION transition.acts_as(text), transition.codes(text), transition.own_district() TO
	transition_intake, transition_district, transition_institution, transition_publisher, transition_auditor;
GRANT EXECUTE ON FUNCTION transition.of_district(text),
	transition.of_institution(text), transition.district_sees(text, text, text),
	transition.institution_sees(text, text, text, text), transition.institution_writes(text),
	transition.may_end(transition.record), transition.mine(bigint), transition.puts(),
	transition.puts_mine(), transition.numbers_mine(), transition.record_numbers(bigint),
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
ALTER TABLE transition.seal ENABLE ROW LEVEL SECURITY;
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
CREATE POLICY district_sees ON transition.record FOR SELECT TO transition_district
	USING ((gone IS NULL AND kind = 'referral' AND bydel = ANY ((SELECT transition.codes('district'))::text[]))
		OR transition.district_sees(kind, id, about));
CREATE POLICY institution_sees ON transition.record FOR SELECT TO transition_institution
	USING (transition.institution_sees(kind, id, about, place #>> '{}'));
CREATE POLICY publisher_sees ON transition.record FOR SELECT TO transition_publisher
	USING (kind = 'institution');

CREATE POLICY intake_adds ON transition.record FOR INSERT TO transition_intake
	WITH CHECK (put = ANY ((SELECT transition.puts_mine())::bigint[])
		AND record <@ (SELECT transition.numbers_mine()) AND gone IS NULL);
CREATE POLICY district_adds ON transition.record FOR INSERT TO transition_district
	WITH CHECK (put = ANY ((SELECT transition.puts_mine())::bigint[])
		AND record <@ (SELECT transition.numbers_mine()) AND gone IS NULL AND CASE kind
		WHEN 'referral' THEN coalesce(bydel = ANY ((SELECT transition.codes('district'))::text[]), false)
		WHEN 'institution' THEN false ELSE transition.district_sees(kind, id, about) END);
CREATE POLICY institution_adds ON transition.record FOR INSERT TO transition_institution
	WITH CHECK (put = ANY ((SELECT transition.puts_mine())::bigint[])
		AND record <@ (SELECT transition.numbers_mine()) AND gone IS NULL AND transition.institution_writes(kind) AND transition.of_institution(about));
CREATE POLICY intake_ends ON transition.record FOR UPDATE TO transition_intake
	USING (gone IS NULL) WITH CHECK (transition.mine(gone));
CREATE POLICY institution_ends ON transition.record FOR UPDATE TO transition_institution
	USING (gone IS NULL AND transition.institution_writes(kind) AND transition.institution_sees(kind, id, about, place #>> '{}'))
	WITH CHECK (transition.mine(gone));
CREATE POLICY district_ends ON transition.record FOR UPDATE TO transition_district
	USING (gone IS NULL AND kind <> 'institution' AND transition.district_sees(kind, id, about))
	WITH CHECK (transition.mine(gone));

CREATE POLICY intake_sees ON transition.seal FOR SELECT TO transition_intake USING (true);
CREATE POLICY as_record ON transition.seal FOR SELECT TO transition_district, transition_institution USING (EXISTS (SELECT FROM transition.record r WHERE r.record = seal.record));
CREATE POLICY with_record ON transition.seal FOR INSERT TO transition_intake, transition_district,
	transition_institution WITH CHECK (EXISTS (SELECT FROM transition.record r WHERE r.record = seal.record
		AND r.put = ANY ((SELECT transition.puts_mine())::bigint[])));
CREATE POLICY as_record_ends ON transition.seal FOR UPDATE TO transition_intake, transition_district,
	transition_institution USING ((SELECT transition.puts()) AND EXISTS (SELECT FROM transition.record r
		WHERE r.record = seal.record AND r.gone IS NULL AND transition.may_end(r)));
