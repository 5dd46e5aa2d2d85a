-- What the programs ask of the register. A statement stands under its name. They are built into the
-- programs; this file is here to be read.

-- name: put_start
INSERT INTO put (put, day, at, who, kind, records, salt, mac) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, x'');
-- name: put_end
UPDATE put SET records = ?2, mac = ?3 WHERE put = ?1;
-- name: put_all
SELECT put, day, at, who, kind, records, mac, salt FROM put ORDER BY put;
-- name: put_one
SELECT put, day, at, who, kind, records, mac, salt FROM put WHERE put = ?1;
-- name: put_held
SELECT put, record FROM record ORDER BY put, record;
-- name: put_salt
UPDATE put SET salt = ?2 WHERE put = ?1;
-- name: put_sums
SELECT count(*), coalesce(max(put), 0), coalesce(sum(records), 0), (SELECT count(*) FROM key),
	(SELECT count(*) FROM layout), (SELECT count(*) FROM put_key) FROM put;
-- name: put_key_add
INSERT INTO put_key (put, key, sealed, mac) VALUES (?1, ?2, ?3, ?4);
-- name: put_key_of
SELECT sealed FROM put_key WHERE put = ?1 AND key = ?2;
-- name: put_key_all
SELECT put, key, sealed, mac FROM put_key ORDER BY put, key;
-- name: put_key_drop
DELETE FROM put_key WHERE key = ?1;
-- name: put_key_empty
DELETE FROM put_key WHERE put = ?1;
-- name: key_all
SELECT key, name, purpose, made, retired, public, mac FROM key ORDER BY key;
-- name: key_add
INSERT INTO key (key, name, purpose, made, retired, public, mac) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (key) DO UPDATE SET retired = ?5, public = ?6, mac = ?7;
-- name: layout_find
SELECT layout FROM layout WHERE kind = ?1 AND columns = ?2;
-- name: layout_add
INSERT INTO layout (layout, kind, columns, mac) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (layout) DO UPDATE SET mac = ?4;
-- name: layout_next
SELECT coalesce(max(layout), 0) + 1 FROM layout;
-- name: layout_all
SELECT layout, kind, columns, mac FROM layout ORDER BY layout;
-- name: layout_columns
SELECT columns FROM layout WHERE layout = ?1;
-- name: record_add
INSERT INTO record (kind, id, layout, put, about, bydel, day, person, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (kind, id) WHERE gone IS NULL DO NOTHING;
-- name: record_next
SELECT coalesce(max(record), 0) + 1 FROM record;
-- name: records_add
-- Sixteen at once. What fails ends the transaction, so the statement alone needs no way back: OR FAIL.
INSERT OR FAIL INTO record (record, kind, id, layout, put, about, bydel, day, person, body) VALUES
	(?, ?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?, ?),
	(?, ?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?, ?),
	(?, ?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?, ?),
	(?, ?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (kind, id) WHERE gone IS NULL DO NOTHING;
-- name: records_drop
DELETE FROM record WHERE record >= ?1;
-- name: seals_add
INSERT OR FAIL INTO seal (record, content, mac, sealed) VALUES
	(?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?),
	(?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?);
-- name: record_now
SELECT record, content, (SELECT put FROM put WHERE put = record.put AND put.kind = 'identity')
FROM record JOIN seal USING (record) WHERE kind = ?1 AND id = ?2 AND gone IS NULL;
-- name: record_was
SELECT content, (SELECT put FROM put WHERE put = record.put AND put.kind = 'identity')
FROM record JOIN seal USING (record) WHERE kind = ?1 AND id = ?2 AND gone = ?3;
-- name: record_end
UPDATE record SET gone = ?2 WHERE record = ?1;
-- name: record_one
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, sealed
FROM record LEFT JOIN seal USING (record) WHERE record = ?1;
-- name: record_all
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, sealed
FROM record LEFT JOIN seal USING (record) ORDER BY record;
-- name: seal_add
INSERT INTO seal (record, content, mac, sealed) VALUES (?1, ?2, ?3, ?4);
-- name: seal_set
UPDATE seal SET content = ?2, mac = ?3, sealed = ?4 WHERE record = ?1;
-- name: seal_end
UPDATE seal SET mac = ?2 WHERE record = ?1;
-- name: guard_add
INSERT OR IGNORE INTO guarded (record) VALUES (?1);
-- name: guard_all
-- Every referral, and whether it is among those.
SELECT record, layout, body, record IN (SELECT record FROM guarded) FROM record WHERE kind = 'referral' ORDER BY record;
-- name: put_about
-- The cases that a put tells of, of which there is no referral. Its records come after all before: ?2 is the first.
SELECT DISTINCT about FROM record one WHERE record >= ?2 AND put = ?1 AND about IS NOT NULL AND NOT EXISTS (SELECT 1 FROM record
	WHERE kind = 'referral' AND id = one.about AND gone IS NULL) ORDER BY about;
-- name: get
-- The plus keeps the engine from taking the index, and then sorting.
SELECT record, id, layout, body, person, put FROM record
WHERE +kind = ?1 AND gone IS NULL AND (?2 IS NULL OR bydel = ?2) AND (?3 IS NULL OR day >= ?3)
ORDER BY record;
-- name: get_history
SELECT record, id, layout, body, person, put FROM record
WHERE +kind = ?1 AND (?2 IS NULL OR bydel = ?2) AND (?3 IS NULL OR day >= ?3)
ORDER BY record;
-- name: get_one
SELECT record, id, layout, body, person, put FROM record
WHERE kind = ?1 AND gone IS NULL AND (?2 IS NULL OR bydel = ?2) AND (?3 IS NULL OR day >= ?3)
	AND id = ?4;
-- name: get_before
SELECT record, id, layout, body, person, put FROM record
WHERE record < ?2 AND +kind = ?1 AND gone IS NULL ORDER BY record;
-- name: get_few
-- Of a kind that has few, by the index.
SELECT record, id, layout, body, person, put FROM record
WHERE record IN (SELECT record FROM record WHERE kind = ?1 AND gone IS NULL) ORDER BY record;
-- name: get_guarded
-- The referrals that say that an address is protected, and those that somebody decided about: now, or of each of them
-- the form of a day.
WITH linked (id) AS (SELECT substr(id, 1, instr(id, '|') - 1) FROM record WHERE kind = 'person_link' AND gone IS NULL
	UNION SELECT substr(id, instr(id, '|') + 1) FROM record WHERE kind = 'person_link' AND gone IS NULL),
whose (id) AS (SELECT id FROM guarded CROSS JOIN record USING (record) UNION SELECT id FROM linked)
SELECT record, id, layout, body, person, put FROM record WHERE record IN (
	SELECT record FROM guarded CROSS JOIN record USING (record) WHERE ?2 IS NULL AND gone IS NULL
	UNION ALL SELECT r.record FROM linked CROSS JOIN record r ON r.id = linked.id WHERE ?2 IS NULL AND r.kind = ?1 AND r.gone IS NULL
	UNION ALL SELECT max(r.record) FROM record r JOIN put p ON p.put = r.put
		WHERE ?2 IS NOT NULL AND +r.kind = ?1 AND p.day <= ?2 AND r.id IN whose GROUP BY r.id) ORDER BY record;
-- name: get_as_of
-- Of each record the form put in last, among those known by the day.
SELECT record, id, layout, body, person, put FROM record
WHERE record IN (SELECT max(r.record) FROM record r JOIN put p ON p.put = r.put
		WHERE +r.kind = ?1 AND p.day <= ?5 AND (?4 IS NULL OR r.id = ?4) GROUP BY r.id)
	AND (?2 IS NULL OR bydel = ?2) AND (?3 IS NULL OR day >= ?3)
ORDER BY record;
-- name: whole
-- The same with all that a mark is made of.
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, sealed
FROM record LEFT JOIN seal USING (record)
WHERE +kind = ?1 AND gone IS NULL AND (?2 IS NULL OR bydel = ?2) AND (?3 IS NULL OR day >= ?3)
ORDER BY record;
-- name: whole_history
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, sealed
FROM record LEFT JOIN seal USING (record)
WHERE +kind = ?1 AND (?2 IS NULL OR bydel = ?2) AND (?3 IS NULL OR day >= ?3)
ORDER BY record;
-- name: whole_one
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, sealed
FROM record LEFT JOIN seal USING (record)
WHERE kind = ?1 AND gone IS NULL AND (?2 IS NULL OR bydel = ?2) AND (?3 IS NULL OR day >= ?3)
	AND id = ?4;
-- name: whole_few
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, sealed
FROM record LEFT JOIN seal USING (record)
WHERE record IN (SELECT record FROM record WHERE kind = ?1 AND gone IS NULL) ORDER BY record;
-- name: whole_as_of
SELECT record, kind, id, layout, put, gone, about, bydel, day, person, body, content, mac, sealed
FROM record LEFT JOIN seal USING (record)
WHERE record IN (SELECT max(r.record) FROM record r JOIN put p ON p.put = r.put
		WHERE +r.kind = ?1 AND p.day <= ?5 AND (?4 IS NULL OR r.id = ?4) GROUP BY r.id)
	AND (?2 IS NULL OR bydel = ?2) AND (?3 IS NULL OR day >= ?3)
ORDER BY record;
-- name: about_person
-- All forms of the records of somebody's cases, known by a pseudonym or by ids, each with a line feed after it.
-- A decision about two referrals stands with each case that it is about. Of a referral that is about somebody else
-- now, only the forms that were about the person.
WITH RECURSIVE given (id, rest) AS (SELECT '', ?2 UNION ALL
	SELECT substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1) FROM given
	WHERE instr(rest, char(10)) > 0),
whose (id) AS (SELECT id FROM record WHERE kind = 'referral' AND (id IN (SELECT id FROM given)
	OR (person = ?1 AND NOT EXISTS (SELECT 1 FROM record now WHERE now.kind = 'referral' AND now.id = record.id
		AND now.gone IS NULL AND now.person <> ?1)))),
form (record, of) AS (SELECT record, coalesce(about, id) FROM record
	WHERE kind <> 'person_link' AND ((kind = 'referral' AND (person = ?1 OR id IN whose)) OR about IN whose)
	UNION SELECT record, substr(id, 1, instr(id, '|') - 1) FROM record
	WHERE kind = 'person_link' AND substr(id, 1, instr(id, '|') - 1) IN whose
	UNION SELECT record, substr(id, instr(id, '|') + 1) FROM record
	WHERE kind = 'person_link' AND substr(id, instr(id, '|') + 1) IN whose)
SELECT r.record, r.id, r.layout, r.body, r.person, r.put, r.kind, form.of, p.day, p.at, p.who,
	(SELECT at FROM put WHERE put = r.gone)
FROM form JOIN record r USING (record) JOIN put p ON p.put = r.put
ORDER BY form.of, r.kind <> 'referral', r.kind = 'person_link', r.kind, r.id, r.record;
-- name: setting
SELECT value FROM setting WHERE name = ?1;
-- name: setting_set
INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2;
-- name: state_marks
SELECT mac FROM (SELECT 1 AS part, key AS number, mac FROM key UNION ALL SELECT 2, layout, mac FROM layout
	UNION ALL SELECT 3, put, mac FROM put) ORDER BY part, number;
-- name: setting_bound
-- The settings that hold for as long as nobody sets them anew.
SELECT name, value FROM setting WHERE name NOT IN ('access_head', 'state', 'bound', 'copy') ORDER BY name;
-- name: access_last
SELECT line, hash FROM access ORDER BY line DESC LIMIT 1;
-- name: access_add
INSERT INTO access (line, at, who, what, why, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
-- name: access_about
INSERT OR IGNORE INTO access_person (line, person) VALUES (?1, ?2);
-- name: access_all
SELECT line, at, who, what, why, hash FROM access ORDER BY line;
-- name: access_of
SELECT a.line, a.at, a.who, a.what, a.why, a.hash FROM access a
JOIN access_person p ON p.line = a.line WHERE p.person = ?1 ORDER BY a.line;
-- name: access_persons
SELECT person FROM access_person WHERE line = ?1 ORDER BY person;
-- name: access_hash
SELECT hash FROM access WHERE line = ?1;
-- name: access_rehash
UPDATE access SET hash = ?2 WHERE line = ?1;
-- name: purge_person
-- Of a referral that is about somebody else now, only the forms that were about the person.
INSERT OR IGNORE INTO purge WITH whose (id) AS (SELECT id FROM record WHERE kind = 'referral' AND person = ?1
	AND NOT EXISTS (SELECT 1 FROM record now WHERE now.kind = 'referral' AND now.id = record.id AND now.gone IS NULL
		AND now.person <> ?1))
SELECT record FROM record WHERE kind = 'referral' AND (person = ?1 OR id IN whose) OR about IN whose
	OR (kind = 'person_link' AND substr(id, instr(id, '|') + 1) IN whose)
	OR (kind = 'person_link' AND substr(id, 1, instr(id, '|') - 1) IN whose);
-- name: purge_parted
-- How many referrals were about the person and are about somebody else now.
SELECT count(DISTINCT id) FROM record WHERE kind = 'referral' AND person = ?1 AND EXISTS (SELECT 1 FROM record now
	WHERE now.kind = 'referral' AND now.id = record.id AND now.gone IS NULL AND now.person <> ?1);
-- name: purge_case
INSERT OR IGNORE INTO purge_case (id) VALUES (?1);
-- name: purge_loose
-- What is about a case of which nothing is known by which it could be open.
INSERT OR IGNORE INTO purge_case (id) SELECT about FROM record one WHERE gone IS NULL AND about IS NOT NULL
	AND kind NOT IN ('stay', 'event', 'person_link') AND NOT EXISTS (SELECT 1 FROM record
	WHERE kind = 'referral' AND id = one.about AND gone IS NULL) AND NOT EXISTS (SELECT 1 FROM record
	WHERE kind IN ('stay', 'event') AND about = one.about AND gone IS NULL);
-- name: purge_recent
-- Something about the case is of that day or later, as it is known now.
DELETE FROM purge_case WHERE id IN (SELECT coalesce(about, id) FROM record
	WHERE gone IS NULL AND kind NOT IN ('institution', 'person_link') AND day >= ?1);
-- name: purge_cases
INSERT OR IGNORE INTO purge SELECT record FROM record
WHERE (kind = 'referral' AND id IN (SELECT id FROM purge_case)) OR about IN (SELECT id FROM purge_case)
	OR (kind = 'person_link' AND substr(id, instr(id, '|') + 1) IN (SELECT id FROM purge_case))
	OR (kind = 'person_link' AND substr(id, 1, instr(id, '|') - 1) IN (SELECT id FROM purge_case));
-- name: purge_puts
-- All records of the puts that lose some, and whether they go.
SELECT put, record, record IN (SELECT record FROM purge) FROM record
WHERE put IN (SELECT put FROM record WHERE record IN (SELECT record FROM purge)) ORDER BY put, record;
-- name: purge_marked
-- Which cases, of what a purge has gathered. A decision about two referrals also names one that stays, and of a
-- referral that is about somebody else now, that form stays.
SELECT DISTINCT coalesce(about, id) FROM record WHERE record IN (SELECT record FROM purge)
	AND kind NOT IN ('institution', 'person_link')
	AND NOT EXISTS (SELECT 1 FROM record now WHERE now.kind = 'referral' AND now.id = coalesce(record.about, record.id)
		AND now.gone IS NULL AND now.record NOT IN (SELECT record FROM purge));
-- name: purge_was
-- Whether a mark was left by a purge, and not lifted later.
SELECT a.what LIKE 'purge%' FROM access_person p JOIN access a ON a.line = p.line WHERE p.person = ?1
ORDER BY p.line DESC LIMIT 1;
-- name: purge_seal
DELETE FROM seal WHERE record IN (SELECT record FROM purge);
-- name: purge_guarded
DELETE FROM guarded WHERE record IN (SELECT record FROM purge);
-- name: purge_record
DELETE FROM record WHERE record IN (SELECT record FROM purge);
-- name: purge_end
DROP TABLE purge;
-- name: purge_case_end
DROP TABLE purge_case;
-- name: setting_all
SELECT name, value FROM setting ORDER BY name;
-- name: access_person_all
SELECT line, person FROM access_person ORDER BY line, person;
-- name: put_copy
INSERT INTO put (put, day, at, who, kind, records, mac, salt) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
-- name: record_copy
INSERT INTO record (record, kind, id, layout, put, gone, about, bydel, day, person, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);
-- name: check_seal
SELECT count(*) FROM seal WHERE record NOT IN (SELECT record FROM record);
-- name: check_record
SELECT count(*) FROM record WHERE record NOT IN (SELECT record FROM seal);
-- name: check_put
SELECT count(*) FROM record WHERE put NOT IN (SELECT put FROM put)
	OR (gone IS NOT NULL AND gone NOT IN (SELECT put FROM put));
-- name: check_layout
SELECT count(*) FROM record WHERE layout NOT IN (SELECT layout FROM layout);
-- name: check_person
SELECT count(*) FROM access_person WHERE line NOT IN (SELECT line FROM access);
-- name: check_empty
-- What is unknown is NULL: a mark does not tell it from an empty text, but a query does.
SELECT (SELECT count(*) FROM record WHERE about = '' OR bydel = '' OR day = '' OR person = '')
	+ (SELECT count(*) FROM seal WHERE sealed = x'') + (SELECT count(*) FROM key WHERE retired = '' OR public = x'');
-- name: check_guarded
SELECT count(*) FROM guarded WHERE record NOT IN (SELECT record FROM record WHERE kind = 'referral');
-- name: check_put_key
-- A key of a put, for each who reads: nobody else has one, and the state knows how many there are.
SELECT count(*) FROM put_key WHERE put NOT IN (SELECT put FROM put)
	OR key NOT IN (SELECT key FROM key WHERE retired IS NULL AND public IS NOT NULL);
-- name: check_schema
SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1;

-- A register of version 1, whose tables are called old_ while it is brought up to date.

-- name: old_setting
SELECT value FROM old_setting WHERE name = ?1;
-- name: old_layouts
SELECT layout, kind, columns FROM old_layout ORDER BY layout;
-- name: old_puts
SELECT put, day, at, who, kind FROM old_put ORDER BY put;
-- name: old_records
SELECT record, r.kind, id, layout, put, gone, about, bydel, day, person, body, columns, sealed
FROM old_record r LEFT JOIN old_identity USING (record) LEFT JOIN old_layout USING (layout)
WHERE put = ?1 ORDER BY record;
