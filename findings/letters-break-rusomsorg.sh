#!/usr/bin/env bash
# A letter's line breaks make "ru-som-sorg" of rusomsorg, and leave an s alone in rusinstitusjon.
#
# Where:   hyphen 1.14.1 and hypher 0.2.5 with hyphenation.nb-no 0.2.1 (npm), libhyphen 2.8.8 with hyphen-no 7.5.0 (Debian
#          12; what LibreOffice takes), in Bokmål.
# Guess:   patterns of a language know where its compounds join, at least where the parts are words of every day: rus is
#          one of them, and rusmestring breaks after it; so will rusomsorg. All programs with these patterns do the same.
# Seen:    rus-mest-ring, but ru-som-sorg (three words: roughly "rough as grief"), and ru-s-in-sti-tu-sjon, with an s that
#          may stand on a line of its own. libhyphen, which finds rus-in-sti-tu-sjon, has ru-somsorg and rusmest-ring.
# For us:  letters and forms are set without hyphenation; who turns it on gives the field's own words as exceptions.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get hyphen@1.14.1 hypher@0.2.5 hyphenation.nb-no@0.2.1
deb_get libhyphen0=2.8.8-7 hyphen-no=1:7.5.0-1
cat >hyphen.cjs <<'JS'
const [who, word] = process.argv.slice(2)
const ways = {
    hyphen: () => require('hyphen/nb').hyphenateSync(word, { hyphenChar: '-', minWordLength: 1 }),
    hypher: () => new (require('hypher'))(require('hyphenation.nb-no')).hyphenate(word).join('-'),
}
console.log(ways[who]())
JS
libhyphen() {
	python3 - "$root" "$1" <<'PY'
import ctypes, glob, sys
root, word = sys.argv[1], sys.argv[2].encode()
lib = ctypes.CDLL((glob.glob(root + '/usr/lib/*/libhyphen.so.0') + ['libhyphen.so.0'])[0])
lib.hnj_hyphen_load.restype = ctypes.c_void_p
patterns = lib.hnj_hyphen_load((root + '/usr/share/hyphen/hyph_nb_NO.dic').encode())
marks = ctypes.create_string_buffer(len(word) + 5)
new, at, cut = (ctypes.c_void_p() for _ in range(3))
lib.hnj_hyphen_hyphenate2(ctypes.c_void_p(patterns), word, len(word), marks, None, *map(ctypes.byref, (new, at, cut)))
print(''.join(chr(c) + '-' * (marks.raw[i] & 1) for i, c in enumerate(word)))
PY
}
for who in hyphen hypher; do
	seen "$who: rusmestring" rus-mest-ring "$(node hyphen.cjs $who rusmestring)"
	seen "$who: rusomsorg" ru-som-sorg "$(node hyphen.cjs $who rusomsorg)"
	seen "$who: rusinstitusjon" ru-s-in-sti-tu-sjon "$(node hyphen.cjs $who rusinstitusjon)"
done
seen 'libhyphen: rusmestring' rusmest-ring "$(libhyphen rusmestring)"
seen 'libhyphen: rusomsorg' ru-somsorg "$(libhyphen rusomsorg)"
seen 'libhyphen: rusinstitusjon' rus-in-sti-tu-sjon "$(libhyphen rusinstitusjon)"
finish
