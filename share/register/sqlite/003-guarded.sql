-- The register, version 3. Described in transition-register(5). One of version 2 gets this table, with its rows, from the
-- first program that writes.

-- The referrals that say that an address is protected. What they say stands in their bodies; this is to find them.
CREATE TABLE guarded (
	record INTEGER PRIMARY KEY
) STRICT;
