-- What the programs ask of a register on PostgreSQL, under the names that ../sqlite/queries.sql has. `many`:
-- the rows are fetched by and by; below `of its own`, how a login asks that does not see all records. They are built into
-- the programs; this file is here to be read.

-- name: put_start
SELECT transition.put_start($2, $3, $4, $5, $6) WHERE $1::bigint IS NULL;
-- name: put_end
UPDATE transition.put SET records = $2, mac = $3 WHERE put = $1;
-- name: put_all many
SELECT put, day, at, who, kind, records, mac, salt FROM transition.put ORDER BY put;
-- name: put_one
SELECT put, day, at, who, kind, records, mac, salt FROM transition.put WHERE put = $1;
-- name: put_held many
SELECT put, record FROM transition.record ORDER BY put, record;
-- name: put_salt
UPDATE transition.put SET salt = $2 WHERE put = $1;
-- name: put_sums
SELECT count(*), coalesce(max(put), 0), coalesce(sum(records), 0)::bigint, (SELECT count(*) FROM transition.key),
	(SELECT count(*) FROM transition.layout), (SELECT count(*) FROM transition.put_key) FROM transition.put;
-- name: put_key_add
INSERT INTO transition.put_key (put, key, sealed, mac) VALUES ($1, $2, $3, $4);
-- name: put_key_of
SELECT transition.put_key_of($1, $2);
-- name: put_key_all many
SELECT put, key, sealed, mac FROM transition.put_key ORDER BY put, key;
-- name: put_key_drop
DELETE FROM transition.put_key WHERE key = $1;
-- name: put_key_empty
DELETE FROM transition.put_key WHERE put = $1;
-- name: key_all
SELECT key, name, purpose, made, retired, public, mac FROM transition.key ORDER BY key;
-- name: key_add
INSERT INTO transition.key (key, name, purpose, made, retired, public, mac) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (key) DO UPDATE SET retired = $5, public = $6, mac = $7;
-- name: layout_find
SELECT layout FROM transition.layout WHERE kind = $1 AND columns = $2;
-- name: layout_add
INSERT INTO transition.layout (layout, kind, columns, mac) VALUES ($1, $2, $3, $4)
ON CONFLICT (layout) DO UPDATE SET mac = $4;
-- name: layout_next
SELECT coalesce(max(layout), 0) + 1 FROM transition.layout;
-- name: layout_all
SELECT layout, kind, columns, mac FROM transition.layout ORDER BY layout;
-- name: layout_columns
SELECT columns FROM transition.layout WHERE layout = $1;
-- name: record_numbers
SELECT transition.record_numbers($1);
-- name: records_known
-- Which of the records there are, in the order asked for. Each is looked up by its index.
SELECT asked.n, found.record, found.content, found.joined
FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked (kind, id, n) CROSS JOIN LATERAL (
	SELECT record, content, (SELECT put FROM transition.put WHERE put = r.put AND put.kind = 'identity') AS joined
	FROM transition.record r WHERE r.kind = asked.kind AND r.id = asked.id AND gone IS NULL LIMIT 1) AS found ORDER BY asked.n;
-- of its own
SELECT n, record, content, (SELECT p.put FROM transition.put p WHERE p.put = r.put AND p.kind = 'identity')
FROM transition.seen_ids($1, $2) r ORDER BY n;
-- name: records_add
SELECT transition.records_add($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);
-- name: record_was
SELECT content, (SELECT put FROM transition.put WHERE put = r.put AND put.kind = 'identity')
FROM transition.record r WHERE kind = $1 AND id = $2 AND gone = $3;
-- of its own
SELECT content, (SELECT p.put FROM transition.put p WHERE p.put = r.put AND p.kind = 'identity')
FROM transition.seen($1, NULL, NULL, $2, true) r WHERE gone = $3;
-- name: record_end
SELECT FROM transition.record_end($1, $2) AS done WHERE done;
-- name: record_one
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, sealed
FROM transition.record_one($1);
-- name: record_all many
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, sealed
FROM transition.record ORDER BY record;
-- name: seal_add
UPDATE transition.record SET content = $2, mac = $3, sealed = $4 WHERE record = $1;
-- name: seal_set
UPDATE transition.record SET content = $2, mac = $3, sealed = $4 WHERE record = $1;
-- name: seal_end
SELECT transition.mark_end($1, $2);
-- name: guard_add
UPDATE transition.record SET guarded = true WHERE record = $1;
-- name: guard_all many
SELECT record, layout, body, guarded::integer FROM transition.record WHERE kind = 'referral' ORDER BY record;
-- name: put_about many
SELECT transition.put_about($1, $2);
-- name: get many
SELECT record, id, layout, body, person, put FROM transition.record
WHERE kind = $1 AND gone IS NULL AND ($2::text IS NULL OR (bydel = $2 AND ($1 <> 'referral' OR (holder = $2 AND kind || '' = $1))))
	AND ($3::text IS NULL OR day >= $3)
ORDER BY record;
-- of its own
SELECT record, id, layout, body, person, put FROM transition.seen($1, $2, $3, NULL, false) ORDER BY record;
-- name: get_history many
SELECT record, id, layout, body, person, put FROM transition.record
WHERE kind = $1 AND ($2::text IS NULL OR bydel = $2) AND ($3::text IS NULL OR day >= $3)
ORDER BY record;
-- of its own
SELECT record, id, layout, body, person, put FROM transition.seen($1, $2, $3, NULL, true) ORDER BY record;
-- name: get_one
SELECT record, id, layout, body, person, put FROM transition.record
WHERE kind = $1 AND gone IS NULL AND ($2::text IS NULL OR bydel = $2) AND ($3::text IS NULL OR day >= $3)
	AND id = $4;
-- of its own
SELECT record, id, layout, body, person, put FROM transition.seen($1, $2, $3, $4, false);
-- name: get_before many
SELECT record, id, layout, body, person, put FROM transition.record
WHERE record < $2 AND kind = $1 AND gone IS NULL ORDER BY record;
-- of its own
SELECT record, id, layout, body, person, put FROM transition.seen($1, NULL, NULL, NULL, false) WHERE record < $2 ORDER BY record;
-- name: get_few many
SELECT record, id, layout, body, person, put FROM transition.record WHERE kind = $1 AND gone IS NULL ORDER BY record;
-- of its own
SELECT record, id, layout, body, person, put FROM transition.seen($1, NULL, NULL, NULL, false) ORDER BY record;
-- name: get_guarded many
SELECT record, id, layout, body, person, put FROM transition.seen_guarded($2) WHERE kind = $1 ORDER BY record;
-- name: get_as_of many
SELECT record, id, layout, body, person, put FROM transition.record
WHERE record IN (SELECT max(r.record) FROM transition.record r JOIN transition.put p ON p.put = r.put
		WHERE r.kind = $1 AND p.day <= $5 AND ($4::text IS NULL OR r.id = $4) GROUP BY r.id)
	AND ($2::text IS NULL OR bydel = $2) AND ($3::text IS NULL OR day >= $3)
ORDER BY record;
-- of its own
WITH seen AS MATERIALIZED (SELECT * FROM transition.seen($1, NULL, NULL, $4, true))
SELECT record, id, layout, body, person, put FROM seen
WHERE record IN (SELECT max(r.record) FROM seen r JOIN transition.put p ON p.put = r.put WHERE p.day <= $5 GROUP BY r.id)
	AND ($2::text IS NULL OR bydel = $2) AND ($3::text IS NULL OR day >= $3)
ORDER BY record;
-- name: whole many
-- The same with all that a mark is made of; the engine puts what is sealed in the last column, when it
-- has had that written down.
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, NULL::bytea
FROM transition.record
WHERE kind = $1 AND gone IS NULL AND ($2::text IS NULL OR (bydel = $2 AND ($1 <> 'referral' OR (holder = $2 AND kind || '' = $1))))
	AND ($3::text IS NULL OR day >= $3)
ORDER BY record;
-- of its own
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, NULL::bytea
FROM transition.seen($1, $2, $3, NULL, false) ORDER BY record;
-- name: whole_history many
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, NULL::bytea
FROM transition.record
WHERE kind = $1 AND ($2::text IS NULL OR bydel = $2) AND ($3::text IS NULL OR day >= $3)
ORDER BY record;
-- of its own
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, NULL::bytea
FROM transition.seen($1, $2, $3, NULL, true) ORDER BY record;
-- name: whole_one many
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, NULL::bytea
FROM transition.record
WHERE kind = $1 AND gone IS NULL AND ($2::text IS NULL OR bydel = $2) AND ($3::text IS NULL OR day >= $3)
	AND id = $4;
-- of its own
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, NULL::bytea
FROM transition.seen($1, $2, $3, $4, false) ORDER BY record;
-- name: whole_few many
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, NULL::bytea
FROM transition.record WHERE kind = $1 AND gone IS NULL ORDER BY record;
-- of its own
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, NULL::bytea
FROM transition.seen($1, NULL, NULL, NULL, false) ORDER BY record;
-- name: whole_as_of many
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, NULL::bytea
FROM transition.record
WHERE record IN (SELECT max(r.record) FROM transition.record r JOIN transition.put p ON p.put = r.put
		WHERE r.kind = $1 AND p.day <= $5 AND ($4::text IS NULL OR r.id = $4) GROUP BY r.id)
	AND ($2::text IS NULL OR bydel = $2) AND ($3::text IS NULL OR day >= $3)
ORDER BY record;
-- of its own
WITH seen AS MATERIALIZED (SELECT * FROM transition.seen($1, NULL, NULL, $4, true))
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, NULL::bytea
FROM seen
WHERE record IN (SELECT max(r.record) FROM seen r JOIN transition.put p ON p.put = r.put WHERE p.day <= $5 GROUP BY r.id)
	AND ($2::text IS NULL OR bydel = $2) AND ($3::text IS NULL OR day >= $3)
ORDER BY record;
-- name: about_person many
WITH whose (id) AS (SELECT id FROM transition.record r WHERE kind = 'referral'
	AND (id = ANY (string_to_array($2, chr(10))) OR (person = $1 AND NOT EXISTS (SELECT FROM transition.record now
		WHERE now.kind = 'referral' AND now.id = r.id AND now.gone IS NULL AND now.person <> $1)))),
form (record, of_case) AS (SELECT record, coalesce(about, id) FROM transition.record
	WHERE kind <> 'person_link' AND ((kind = 'referral' AND (person = $1 OR id IN (SELECT id FROM whose)))
		OR about IN (SELECT id FROM whose))
	UNION SELECT record, split_part(id, '|', 1) FROM transition.record
	WHERE kind = 'person_link' AND split_part(id, '|', 1) IN (SELECT id FROM whose)
	UNION SELECT record, split_part(id, '|', 2) FROM transition.record
	WHERE kind = 'person_link' AND split_part(id, '|', 2) IN (SELECT id FROM whose))
SELECT r.record, r.id, r.layout, r.body, r.person, r.put, r.kind, form.of_case, p.day, p.at, p.who,
	(SELECT at FROM transition.put WHERE put = r.gone)
FROM form JOIN transition.record r USING (record) JOIN transition.put p ON p.put = r.put
ORDER BY form.of_case, r.kind <> 'referral', r.kind = 'person_link', r.kind, r.id, r.record;
-- of its own
WITH seen AS MATERIALIZED (SELECT * FROM transition.seen_about($1, string_to_array($2, chr(10)))),
parted (id) AS (SELECT id FROM seen WHERE kind = 'referral' AND gone IS NULL AND person <> $1
	AND NOT id = ANY (string_to_array($2, chr(10)))),
whose (id) AS (SELECT id FROM seen WHERE kind = 'referral' AND id NOT IN (SELECT id FROM parted)),
form (record, of_case) AS (SELECT record, coalesce(about, id) FROM seen WHERE kind <> 'person_link'
	AND ((kind = 'referral' AND person = $1) OR coalesce(about, id) NOT IN (SELECT id FROM parted))
	UNION SELECT record, split_part(id, '|', 1) FROM seen WHERE kind = 'person_link' AND split_part(id, '|', 1) IN (SELECT id FROM whose)
	UNION SELECT record, split_part(id, '|', 2) FROM seen WHERE kind = 'person_link' AND split_part(id, '|', 2) IN (SELECT id FROM whose))
SELECT r.record, r.id, r.layout, r.body, r.person, r.put, r.kind, form.of_case, p.day, p.at, p.who,
	(SELECT at FROM transition.put WHERE put = r.gone)
FROM form JOIN seen r USING (record) JOIN transition.put p ON p.put = r.put
ORDER BY form.of_case, r.kind <> 'referral', r.kind = 'person_link', r.kind, r.id, r.record;
-- name: setting
SELECT value FROM transition.setting WHERE name = $1;
-- name: setting_set
SELECT transition.setting_set($1, $2);
-- name: state_marks many
SELECT mac FROM (SELECT 1 AS part, key AS number, mac FROM transition.key UNION ALL SELECT 2, layout, mac
	FROM transition.layout UNION ALL SELECT 3, put, mac FROM transition.put) all_marks ORDER BY part, number;
-- name: setting_bound
SELECT name, value FROM transition.setting WHERE name NOT IN ('access_head', 'state', 'bound', 'copy')
ORDER BY name;
-- name: access_last
SELECT line, hash FROM transition.access ORDER BY line DESC LIMIT 1;
-- name: access_add
SELECT transition.access_add($1, $2, $3, $4, $5, $6);
-- name: access_about
SELECT transition.access_about($1, $2);
-- name: access_all many
SELECT line, at, who, what, why, hash FROM transition.access ORDER BY line;
-- name: access_of many
SELECT a.line, a.at, a.who, a.what, a.why, a.hash FROM transition.access a
JOIN transition.access_person p ON p.line = a.line WHERE p.person = $1 ORDER BY a.line;
-- name: access_persons
SELECT person FROM transition.access_person WHERE line = $1 ORDER BY person;
-- name: access_hash
SELECT hash FROM transition.access WHERE line = $1;
-- name: access_rehash
UPDATE transition.access SET hash = $2 WHERE line = $1;
-- name: purge_person
INSERT INTO pg_temp.purge WITH whose (id) AS (SELECT id FROM transition.record r WHERE kind = 'referral' AND person = $1
	AND NOT EXISTS (SELECT FROM transition.record now WHERE now.kind = 'referral' AND now.id = r.id AND now.gone IS NULL
		AND now.person <> $1))
SELECT record FROM transition.record WHERE kind = 'referral' AND (person = $1 OR id IN (SELECT id FROM whose))
	OR about IN (SELECT id FROM whose)
	OR (kind = 'person_link' AND split_part(id, '|', 2) IN (SELECT id FROM whose))
	OR (kind = 'person_link' AND split_part(id, '|', 1) IN (SELECT id FROM whose)) ON CONFLICT DO NOTHING;
-- name: purge_parted
SELECT count(DISTINCT id) FROM transition.record r WHERE kind = 'referral' AND person = $1
	AND EXISTS (SELECT FROM transition.record now WHERE now.kind = 'referral' AND now.id = r.id AND now.gone IS NULL
		AND now.person <> $1);
-- name: purge_case
INSERT INTO pg_temp.purge_case (id) VALUES ($1) ON CONFLICT DO NOTHING;
-- name: purge_loose
INSERT INTO pg_temp.purge_case (id) SELECT about FROM transition.record one WHERE gone IS NULL AND about IS NOT NULL
	AND kind NOT IN ('stay', 'event', 'person_link') AND NOT EXISTS (SELECT FROM transition.record two
	WHERE two.kind = 'referral' AND two.id = one.about AND two.gone IS NULL) AND NOT EXISTS (SELECT FROM transition.record two
	WHERE two.kind IN ('stay', 'event') AND two.about = one.about AND two.gone IS NULL) ON CONFLICT DO NOTHING;
-- name: purge_recent
DELETE FROM pg_temp.purge_case WHERE id IN (SELECT coalesce(about, id) FROM transition.record
	WHERE gone IS NULL AND kind NOT IN ('institution', 'person_link') AND day >= $1);
-- name: purge_cases
INSERT INTO pg_temp.purge SELECT record FROM transition.record
WHERE (kind = 'referral' AND id IN (SELECT id FROM pg_temp.purge_case))
	OR about IN (SELECT id FROM pg_temp.purge_case)
	OR (kind = 'person_link' AND split_part(id, '|', 2) IN (SELECT id FROM pg_temp.purge_case))
	OR (kind = 'person_link' AND split_part(id, '|', 1) IN (SELECT id FROM pg_temp.purge_case))
ON CONFLICT DO NOTHING;
-- name: purge_puts many
SELECT put, record, record IN (SELECT record FROM pg_temp.purge) FROM transition.record
WHERE put IN (SELECT put FROM transition.record WHERE record IN (SELECT record FROM pg_temp.purge))
ORDER BY put, record;
-- name: purge_marked many
SELECT DISTINCT coalesce(about, id) FROM transition.record r WHERE record IN (SELECT record FROM pg_temp.purge)
	AND kind NOT IN ('institution', 'person_link')
	AND NOT EXISTS (SELECT FROM transition.record now WHERE now.kind = 'referral' AND now.id = coalesce(r.about, r.id)
		AND now.gone IS NULL AND now.record NOT IN (SELECT record FROM pg_temp.purge));
-- name: purge_was
SELECT a.what LIKE 'purge%' FROM transition.access_person p JOIN transition.access a ON a.line = p.line
WHERE p.person = $1 ORDER BY p.line DESC LIMIT 1;
-- name: purge_seal
-- What is under seal goes with its record.
SELECT FROM pg_temp.purge WHERE false;
-- name: purge_guarded
-- That goes with it, too.
SELECT FROM pg_temp.purge WHERE false;
-- name: purge_record
DELETE FROM transition.record WHERE record IN (SELECT record FROM pg_temp.purge);
-- name: purge_end
DROP TABLE pg_temp.purge;
-- name: purge_case_end
DROP TABLE pg_temp.purge_case;
-- name: setting_all
SELECT name, value FROM transition.setting ORDER BY name;
-- name: access_person_all many
SELECT line, person FROM transition.access_person ORDER BY line, person;
-- name: put_copy
INSERT INTO transition.put (put, day, at, who, kind, records, mac, salt) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
-- name: record_copy
SELECT transition.record_copy($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);
-- name: check_seal
SELECT count(*) FROM transition.record WHERE mac = '';
-- name: check_record
-- What another district sees than the one that has the case.
SELECT count(*) FROM transition.record r LEFT JOIN transition.record c ON c.kind = 'referral' AND c.gone IS NULL
	AND c.id = coalesce(r.about, r.id) WHERE CASE r.kind WHEN 'institution' THEN r.holder IS DISTINCT FROM ''
	WHEN 'person_link' THEN r.holder IS DISTINCT FROM transition.holder_of(r.kind, r.id, r.about, r.bydel)
	ELSE r.holder IS DISTINCT FROM c.bydel END;
-- name: check_put
SELECT count(*) FROM transition.record WHERE put NOT IN (SELECT put FROM transition.put)
	OR (gone IS NOT NULL AND gone NOT IN (SELECT put FROM transition.put));
-- name: check_layout
SELECT count(*) FROM transition.record WHERE layout NOT IN (SELECT layout FROM transition.layout);
-- name: check_person
SELECT count(*) FROM transition.access_person WHERE line NOT IN (SELECT line FROM transition.access);
-- name: check_empty
SELECT (SELECT count(*) FROM transition.record WHERE about = '' OR bydel = '' OR day = '' OR person = '')
	+ (SELECT count(*) FROM transition.key WHERE retired = '' OR public = '');
-- name: check_guarded
SELECT count(*) FROM transition.record WHERE guarded AND kind <> 'referral';
-- name: check_put_key
SELECT count(*) FROM transition.put_key WHERE put NOT IN (SELECT put FROM transition.put)
	OR key NOT IN (SELECT key FROM transition.key WHERE retired IS NULL AND public IS NOT NULL);
-- name: check_schema
-- What somebody added, or took away: a trigger, a rule, a table whose rows are not guarded.
SELECT 'trigger ' || tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
WHERE c.relnamespace = 'transition'::regnamespace AND (tgrelid, tgfoid, tgenabled) IS DISTINCT FROM
	('transition.put'::regclass, 'transition.index_late()'::regprocedure, 'O'::"char")
UNION ALL SELECT 'rule ' || rulename FROM pg_rewrite JOIN pg_class c ON c.oid = ev_class
WHERE c.relnamespace = 'transition'::regnamespace AND c.relkind <> 'v'
UNION ALL SELECT 'table ' || relname FROM pg_class
WHERE relnamespace = 'transition'::regnamespace AND relkind = 'r' AND NOT relrowsecurity AND relname <> 'version'
UNION ALL SELECT 'owner ' || relname FROM pg_class
WHERE relnamespace = 'transition'::regnamespace AND relowner <> 'transition_keeper'::regrole ORDER BY 1;
