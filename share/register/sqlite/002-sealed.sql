-- The register, version 2. Described in transition-register(5). A register of version 1 is copied into
-- these tables when it is brought up to date; a new one begins with them.

CREATE TABLE setting (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The columns of the bodies of records: a body is one row of CSV.
CREATE TABLE layout (
	layout INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	columns TEXT NOT NULL,
	mac BLOB NOT NULL,
	UNIQUE (kind, columns)
) STRICT;

-- Who was given a key, and what for. What readers were given has a public half, for which runs are
-- sealed as long as it is not retired.
CREATE TABLE key (
	key INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	purpose TEXT NOT NULL,
	made TEXT NOT NULL,
	retired TEXT,
	public BLOB,
	mac BLOB NOT NULL
) STRICT;

-- What was put in together: one transaction. `records`: how many of them are still there.
CREATE TABLE put (
	put INTEGER PRIMARY KEY,
	day TEXT NOT NULL,
	at TEXT NOT NULL,
	who TEXT NOT NULL,
	kind TEXT NOT NULL,
	records INTEGER NOT NULL,
	salt BLOB NOT NULL,
	mac BLOB NOT NULL
) STRICT;

-- The key under which a put was sealed, sealed itself for each reader.
CREATE TABLE put_key (
	put INTEGER NOT NULL,
	key INTEGER NOT NULL,
	sealed BLOB NOT NULL,
	mac BLOB NOT NULL,
	PRIMARY KEY (put, key)
) STRICT, WITHOUT ROWID;

-- Every record as it was ever put in. It holds from `put` on, until `gone`.
CREATE TABLE record (
	record INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
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

-- Of every record: a keyed hash of what it says, a keyed hash that binds all of it to its place, and
-- who it is about, sealed. Apart from it, so that reading without names is not slower.
CREATE TABLE seal (
	record INTEGER PRIMARY KEY,
	content BLOB NOT NULL,
	mac BLOB NOT NULL,
	sealed BLOB
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
