#!/usr/bin/env bash
# In a dBASE table consent that nobody asked for is a refusal, an empty number is none at all, and every day is a month late.
#
# Where:   dbf-reader 1.0.3 and dbffile 1.13.0 (npm), pgdbf 0.6.2 and python3-dbfread 2.0.7 (Debian 12), on dBASE III:
#          tables of districts that come with maps (shapefiles), and what old case systems of municipalities export.
# Guess:   the format has its own sign for "not known" in a yes/no field, ? or a blank, and blanks for no number and no
#          day; its readers give null for each, and days as they stand.
# Seen:    dbfread and dbffile do. pgdbf writes f, refused, into SQL for what is not known, and numbers as null; dbf-reader
#          gives false, and 0 for an empty number, and each day one month later: moved in on 1 March is 1 April, and
#          31 January is 3 March.
# For us:  no program of ours reads .dbf: a table comes as text or as a workbook, where an empty cell is a fact that is
#          missing, and is asked for.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get dbf-reader@1.0.3 dbffile@1.13.0
deb_get pgdbf=0.6.2-1.1+b2 python3-dbfread=2.0.7-5
python3 - <<'PY'
import struct
fields = [(b'ID', b'C', 3, 0), (b'CONSENT', b'L', 1, 0), (b'MOVED', b'D', 8, 0), (b'DAYS', b'N', 4, 0)]
rows = [b' A-1T20260301  12', b' A-2?20260131    ', b' A-3         ' + b'    ']
head = struct.pack('<BBBBIHH20x', 3, 126, 1, 1, len(rows), 32 + 32 * len(fields) + 1, 1 + sum(f[2] for f in fields))
for name, kind, size, digits in fields:
    head += name.ljust(11, b'\0') + kind + b'\0' * 4 + bytes([size, digits]) + b'\0' * 14
open('t.dbf', 'wb').write(head + b'\r' + b''.join(rows) + b'\x1a')
PY
cat >read.cjs <<'JS'
const show = (r) => [r.CONSENT, r.MOVED && r.MOVED.toISOString().slice(0, 10), r.DAYS].map(String).join(' ')
const ways = {
    'dbf-reader': async () => require('dbf-reader').Dbf.read(require('fs').readFileSync('t.dbf')).rows,
    dbffile: async () => (await require('dbffile').DBFFile.open('t.dbf')).readRecords(9),
}
ways[process.argv[2]]().then((rows) => console.log(show(rows[process.argv[3]])))
JS
dbfread() {
	PYTHONPATH=$root/usr/lib/python3/dist-packages /usr/bin/python3 -c '
import sys
from dbfread import DBF
print(*list(list(DBF("t.dbf"))[int(sys.argv[1])].values())[1:])' "$1"
}
seen 'dbffile: not known, 31 January, no number' 'null 2026-01-31 null' "$(node read.cjs dbffile 1)"
seen 'dbfread' 'None 2026-01-31 None' "$(dbfread 1)"
seen 'dbf-reader' 'false 2026-03-03 0' "$(node read.cjs dbf-reader 1)"
seen 'dbf-reader: yes, 1 March, 12' 'true 2026-04-01 12' "$(node read.cjs dbf-reader 0)"
seen 'dbf-reader: all three left blank' 'false null 0' "$(node read.cjs dbf-reader 2)"
seen 'pgdbf: not known' 'A-2 f 2026-01-31 \N' "$(pgdbf t.dbf | tr '\t' ' ' | grep '^A-2')"
seen 'pgdbf: left blank' 'A-3 f \N \N' "$(pgdbf t.dbf | tr '\t' ' ' | grep '^A-3')"
finish
