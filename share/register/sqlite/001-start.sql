-- The register as it begins. Described in transition-register(5).

CREATE TABLE setting (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The columns of the bodies of records: a body is one row of CSV.
CREATE TABLE layout (
	layout INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	columns TEXT NOT NULL,
	UNIQUE (kind, columns)
) STRICT;

-- What was put in together: one transaction.
CREATE TABLE put (
	put INTEGER PRIMARY KEY,
	day TEXT NOT NULL,
	at TEXT NOT NULL,
	who TEXT NOT NULL,
	kind TEXT NOT NULL
) STRICT;

-- Every record as it was ever put in. It holds from `put` on, until `gone`.
CREATE TABLE record (
	record INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	content INTEGER NOT NULL,
	layout INTEGER NOT NULL,
	put INTEGER NOT NULL,
	gone INTEGER,
	about TEXT,
	bydel TEXT,
	day TEXT,
	person TEXT,
	body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX record_now ON record (kind, id) WHERE gone IS NULL;
-- No index on person and about: only purging asks for them, seldom, and each would make putting in
-- slower by a third.

-- Who a referral is about, sealed with the key.
CREATE TABLE identity (
	record INTEGER PRIMARY KEY,
	sealed BLOB NOT NULL
) STRICT;

-- Who read or removed what of whom, and why. Each line is hashed, under the key, with the one before.
CREATE TABLE access (
	line INTEGER PRIMARY KEY,
	at TEXT NOT NULL,
	who TEXT NOT NULL,
	what TEXT NOT NULL,
	why TEXT NOT NULL,
	hash BLOB NOT NULL
) STRICT;
CREATE TABLE access_person (
	line INTEGER NOT NULL,
	person TEXT NOT NULL,
	PRIMARY KEY (person, line)
) STRICT, WITHOUT ROWID;
