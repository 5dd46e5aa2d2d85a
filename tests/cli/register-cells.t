#!/usr/bin/env bash
# Somebody who can write the file of a register, but has no key, changes any one thing in it: each cell of each table, to
# another value, to nothing, to that of another row; each row taken out, put in again, or exchanged with another. Whatever
# it is, register-check or register-log --verify finds it. Beside these stand, in register-tamper.t and register-replay.t,
# manipulations that somebody thought of.
. "${0%/*}/tap.sh"
needs python3

R=$T/r.db K=$T/r.db.key
register-init --key="$K" --witness="$T/witness" "$R"
put() { printf '%s\n' "$@" | register-put --key="$K" "$R" 2>/dev/null; }
referrals=referral_id,received,bydel,person_id,name,comment
put $referrals 'A-1,2022-02-01,Sagene,10839421953,Kari Fjell,hemmelig' 'A-2,2022-02-01,Frogner,18835345102,Ola Li,' 'A-3,2022-02-01,Alna,,Per Vik,'
put $referrals 'A-1,2022-02-01,Alna,10839421953,Kari Fjell,nytt'
put stay_id,referral_id,institution_id,from,to,status O-1,A-1,I-01,2026-01-01,,moved_in O-2,A-2,I-01,2026-01-01,,offered
put case_id,date,type A-1,2026-09-01,other A-2,2026-09-02,withdrawn
put referral_id,judged_group,judged_by,judged_on,judged_reason A-1,6,lege,2026-10-02,hemmelig
put referral_id,other_id,score,why,link,by,date A-2,A-3,80,name,same,kari,2026-02-02
register-key --key="$K" --name=ola --purpose=read make "$R" "$T/ola.key"
register-key --key="$K" --name=import --purpose=put make "$R" "$T/import.key"
register-key --key="$K" --name=eva --purpose=read --office=Alna make "$R" "$T/eva.key"
register-key --key="$K" --name=ola retire "$R"
for id in A-1 A-2; do register-get --key="$K" --with-identity --reason="$id" --id="$id" "$R" referral >/dev/null; done
register-purge --key="$K" --id=A-3 --reason='asked for it' "$R" 2>/dev/null
ok 'the register is whole' register-check --key="$K" "$R"
ok 'and its log' register-log --key="$K" --verify "$R"

python3 - "$R" "$K" "$T/bent.db" >"$T/found" <<'END'
import os, shutil, sqlite3, subprocess, sys
whole, key, bent = sys.argv[1:]
ask = sqlite3.connect(whole)
ROWS = 3 # of each table: the first, the last, one between

def is_found():
    tried = (['register-check', '--key=' + key, bent], ['register-log', '--key=' + key, '--verify', bent])
    return any(subprocess.run(t, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode in (1, 65, 77)
               for t in tried) # 77: it has become a register of which the key at hand is retired

def attempt(what, *statements): # found, missed, or refused by the tables themselves
    for end in '', '-wal', '-shm':
        if os.path.exists(bent + end):
            os.unlink(bent + end)
    shutil.copy(whole, bent)
    db = sqlite3.connect(bent)
    try:
        for statement, values in statements:
            db.execute(statement, values)
        changed = db.total_changes
        db.commit()
    except sqlite3.Error:
        changed = 0
    db.close()
    if changed:
        print('found' if is_found() else 'missed', what)

def other(value):
    if isinstance(value, int):
        return value + 1
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:] if value else b'\1'
    return 'x' if value is None else value[:-1] + chr(ord(value[-1]) ^ 1) if value else 'x'

for table, in ask.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
    info = ask.execute('PRAGMA table_info(%s)' % table).fetchall()
    names = [c[1] for c in info]
    keys = [c[1] for c in sorted(info, key=lambda c: c[5]) if c[5]] or names
    rows = [dict(zip(names, row)) for row in ask.execute('SELECT * FROM %s ORDER BY %s' % (table, ', '.join(keys)))]
    some = [rows[i] for i in sorted({0, len(rows) // 2, len(rows) - 1})][:ROWS] if rows else []
    where = ' WHERE ' + ' AND '.join(k + ' = ?' for k in keys)
    for row in some:
        place = [row[k] for k in keys]
        for name in names:
            values = {repr(v): v for v in [other(row[name]), None, '', b''] +
                      [r[name] for r in rows if r[name] != row[name]][:1] if v != row[name]}
            for value in values.values():
                attempt('%s.%s of %s: %r' % (table, name, place, value),
                        ('UPDATE %s SET %s = ?' % (table, name) + where, [value] + place))
        attempt('%s: without %s' % (table, place), ('DELETE FROM ' + table + where, place))
        more = dict(row, **{keys[-1]: 'zz' if isinstance(row[keys[-1]], str) else row[keys[-1]] + 99})
        attempt('%s: %s once more' % (table, place), ('INSERT INTO %s VALUES (%s)' % (table, ', '.join('?' * len(names))),
                                                       [more[n] for n in names]))
    rest = [n for n in names if n not in keys]
    if len(rows) > 1 and rest: # all but what they are known by
        a, b = rows[0], rows[-1]
        put = 'UPDATE %s SET %s' % (table, ', '.join(n + ' = ?' for n in rest)) + where
        attempt('%s: two rows exchanged' % table, (put, [b[n] for n in rest] + [a[k] for k in keys]),
                (put, [a[n] for n in rest] + [b[k] for k in keys]))
    attempt('%s: emptied' % table, ('DELETE FROM ' + table, []))
END
is 'what is not found' "$(grep ^missed "$T/found")" ''
comment "$(grep -c ^found "$T/found") manipulations are found"
is 'of which there are hundreds' "$(($(grep -c ^found "$T/found") > 300))" 1
finish
