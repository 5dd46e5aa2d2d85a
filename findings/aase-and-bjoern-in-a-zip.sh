#!/usr/bin/env bash
# From a zip file of Windows Åse's and Kåre's letters come out right, Bjørn's is of Bj¢rn and Øse's of ¥se; for another reader Åse's and Øse's are one letter.
#
# Where:   zipfile of Python 3.11.2 (Debian 12), yauzl 3.4.0, jszip 3.10.2, unzipper 0.12.5 and adm-zip 0.6.1 (npm), on a zip file as Windows packs it on
#          a Norwegian machine: names in code page 850, without the mark for UTF-8.
# Guess:   names of such a file are right, or all that have a letter beyond A to Z are wrong, so that one try shows it; wrong names still are as many
#          as there are files.
# Seen:    Python and yauzl take code page 437, as the format says where nothing else is said: å, Å, æ and Æ stand at the same places in both, ø and Ø do
#          not. So a try with Åse, Kåre and Ærlend is right. jszip and unzipper put one sign in the place of each letter beyond
#          ASCII: Åse and Øse have the same name, and in jszip only the last of the two is there, five letters of six, without a word.
#          adm-zip refuses the file for its second name.
# For us:  letters are named after the ids of their referrals; of a zip that comes in the names are looked at and the files counted.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get yauzl@3.4.0 jszip@3.10.2 unzipper@0.12.5 adm-zip@0.6.1
/usr/bin/python3 - <<'PY'
import struct, zlib
files, directory = b'', b''
for name in ['Åse', 'Kåre', 'Bjørn', 'Øse', 'Ærlend', 'Kari']:
    text, raw = ('Letter to ' + name).encode(), (name + '.txt').encode('cp850')
    head = struct.pack('<HHHHHIIIHH', 20, 0, 0, 0, 0x5c61, zlib.crc32(text), len(text), len(text), len(raw), 0)
    directory += struct.pack('<IH', 0x02014b50, 20) + head + struct.pack('<HHHII', 0, 0, 0, 0, len(files)) + raw
    files += struct.pack('<I', 0x04034b50) + head + raw + text
open('letters.zip', 'wb').write(files + directory + struct.pack('<IHHHHIIH', 0x06054b50, 0, 0, 6, 6, len(directory), len(files), 0))
PY
cat >names.cjs <<'JS'
const { readFileSync } = require('fs')
const readers = {
    yauzl: () => new Promise((done) => require('yauzl').open('letters.zip', (_, zip) => {
        const names = []
        zip.on('entry', (entry) => names.push(entry.fileName))
        zip.on('end', () => done(names))
    })),
    jszip: async () => Object.keys((await require('jszip').loadAsync(readFileSync('letters.zip'))).files),
    unzipper: async () => (await require('unzipper').Open.file('letters.zip')).files.map((file) => file.path),
    'adm-zip': async () => new (require('adm-zip'))('letters.zip').getEntries().map((entry) => entry.entryName),
}
readers[process.argv[2]]().then((names) => console.log(names.map((name) => name.replace('.txt', '').replace(/\ufffd/g, '?')).join(' ')), () => console.log('refused'))
JS
seen 'Python zipfile' 'Åse Kåre Bj¢rn ¥se Ærlend Kari' "$(/usr/bin/python3 -c 'import zipfile; print(*(name[:-4] for name in zipfile.ZipFile("letters.zip").namelist()))')"
seen 'yauzl' 'Åse Kåre Bj¢rn ¥se Ærlend Kari' "$(node names.cjs yauzl)"
seen 'jszip' '?se K?re Bj?rn ?rlend Kari' "$(node names.cjs jszip)"
seen 'jszip: the one letter of ?se' 'Letter to Øse' "$(node -e "require('jszip').loadAsync(require('fs').readFileSync('letters.zip')).then((zip) => Object.values(zip.files)[0].async('string')).then(console.log)")"
seen 'unzipper' '?se K?re Bj?rn ?se ?rlend Kari' "$(node names.cjs unzipper)"
seen 'adm-zip' refused "$(node names.cjs adm-zip 2>/dev/null)"
finish
