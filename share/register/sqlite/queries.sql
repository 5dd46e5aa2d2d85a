-- What the programs ask of the register. A statement stands under its name.

-- name: put_start
INSERT INTO put (day, at, who, kind) VALUES (?1, ?2, ?3, ?4);
-- name: layout_find
SELECT layout FROM layout WHERE kind = ?1 AND columns = ?2;
-- name: layout_add
INSERT INTO layout (kind, columns) VALUES (?1, ?2);
-- name: layout_columns
SELECT columns FROM layout WHERE layout = ?1;
-- name: record_add
INSERT INTO record (kind, id, content, layout, put, about, bydel, day, person, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (kind, id) WHERE gone IS NULL DO NOTHING;
-- name: record_now
SELECT record, content, (SELECT put FROM put WHERE put = record.put AND put.kind = 'identity')
FROM record WHERE kind = ?1 AND id = ?2 AND gone IS NULL;
-- name: record_was
SELECT 1 FROM record WHERE kind = ?1 AND id = ?2 AND content = ?3 AND gone = ?4;
-- name: record_end
UPDATE record SET gone = ?2 WHERE record = ?1;
-- name: identity_add
INSERT INTO identity (record, sealed) VALUES (?1, ?2);
-- name: get
-- The plus keeps the engine from taking the index, and then sorting.
SELECT record, id, layout, body, person FROM record
WHERE +kind = ?1 AND gone IS NULL AND (?2 IS NULL OR bydel = ?2) AND (?3 IS NULL OR day >= ?3)
ORDER BY record;
-- name: get_one
SELECT record, id, layout, body, person FROM record
WHERE kind = ?1 AND gone IS NULL AND (?2 IS NULL OR bydel = ?2) AND (?3 IS NULL OR day >= ?3)
	AND id = ?4;
-- name: get_as_of
-- Of each record the form put in last, among those known by the day.
SELECT record, id, layout, body, person FROM record
WHERE record IN (SELECT max(r.record) FROM record r JOIN put p ON p.put = r.put
		WHERE +r.kind = ?1 AND p.day <= ?5 AND (?4 IS NULL OR r.id = ?4) GROUP BY r.id)
	AND (?2 IS NULL OR bydel = ?2) AND (?3 IS NULL OR day >= ?3)
ORDER BY record;
-- name: identity_of
SELECT sealed FROM identity WHERE record = ?1;
-- name: setting
SELECT value FROM setting WHERE name = ?1;
-- name: setting_set
INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2;
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
-- name: purge_person
INSERT INTO purge WITH whose (id) AS (SELECT id FROM record WHERE kind = 'referral' AND person = ?1)
SELECT record FROM record WHERE kind = 'referral' AND id IN whose OR about IN whose;
-- name: purge_older
INSERT INTO purge WITH old (id) AS (SELECT id FROM record WHERE kind = 'referral' AND day < ?1)
SELECT record FROM record WHERE (day < ?1 AND kind <> 'institution') OR about IN old;
-- name: purge_identity
DELETE FROM identity WHERE record IN (SELECT record FROM purge);
-- name: purge_record
DELETE FROM record WHERE record IN (SELECT record FROM purge);
-- name: purge_end
DROP TABLE purge;
-- name: check_identity
SELECT count(*) FROM identity WHERE record NOT IN (SELECT record FROM record);
-- name: check_put
SELECT count(*) FROM record WHERE put NOT IN (SELECT put FROM put)
	OR (gone IS NOT NULL AND gone NOT IN (SELECT put FROM put));
-- name: check_layout
SELECT count(*) FROM record WHERE layout NOT IN (SELECT layout FROM layout);
