# Sourced by tests in which somebody who has a key writes the register by hand, and binds what they wrote.
# shellcheck shell=bash

secrets() { # KEY ARGUMENT...: Python on standard input that has its secrets
	python3 - "$@" <<-END
		import base64, hashlib, sqlite3, struct, sys
		text = open(sys.argv[1]).read()
		secret = dict(line.split() for line in text.splitlines() if len(line) > 64)
		if not secret: # a key of version 1
		    secret = {name: hashlib.blake2b(b'', digest_size=32, key=bytes.fromhex(text.strip()), person=b'tr-reg-2',
		                                    salt=struct.pack('<qq', i, 0)).hexdigest()
		              for i, name in enumerate(('', 'content', 'bind', 'log', 'read', 'vouch'))}
		def keyed(name, size, text):
		    return hashlib.blake2b(text, digest_size=size, key=bytes.fromhex(secret[name])).digest()
		def part(p):
		    p = struct.pack('<q', p) if isinstance(p, int) else p.encode() if isinstance(p, str) else p
		    return struct.pack('<I', len(p)) + p
		def bind_settings(db):
		    rows = db.execute("""SELECT name, value FROM main.setting
		                         WHERE name NOT IN ('access_head', 'state', 'bound', 'copy') ORDER BY name""").fetchall()
		    bound = keyed('bind', 16, b'transition settings\\0' + b''.join(
		        map(part, [dict(rows)['register'], 2 * len(rows), ''.join(n + '\\n' + v + '\\n' for n, v in rows)])))
		    db.execute("UPDATE main.setting SET value = ? WHERE name = 'bound'", (bound.hex(),))
		def bind_state(db): # the sums of the register as it is now
		    one = lambda sql: db.execute(sql).fetchone()
		    register, = one("SELECT value FROM main.setting WHERE name = 'register'")
		    bound, = one("SELECT value FROM main.setting WHERE name = 'bound'")
		    puts = one('SELECT count(*), max(put), sum(records) FROM main.put')
		    more = [one('SELECT count(*) FROM main.' + t)[0] for t in ('key', 'layout', 'put_key')]
		    line, stands = one('SELECT line, hash FROM main.access ORDER BY line DESC LIMIT 1')
		    marks = b''.join(mac for t in ('key', 'layout', 'put')
		                     for mac, in db.execute('SELECT mac FROM main.%s ORDER BY %s' % (t, t)))
		    state = keyed('bind', 16, b'transition state\\0' +
		                  b''.join(map(part, [register, *puts, *more, line, stands, bound, marks])))
		    db.execute("UPDATE main.setting SET value = ? WHERE name = 'state'", (state.hex(),))
		    db.commit()
		    return register
		$(cat)
	END
}

# Leaves a register as builds did that vouched for no list of keys, and its key, if not of version 1, as those made it.
unvouch() { # KEY REGISTER
	secrets "$1" "$2" <<-'END'
		db = sqlite3.connect(sys.argv[2])
		db.execute("DELETE FROM setting WHERE name = 'vouched'")
		bind_settings(db)
		bind_state(db)
	END
	sed -i '/^vouch /d; /^keeper /d' "$1"
}
