#!/usr/bin/env bash
# The phonetic key of a Norwegian name begins with its second letter, or is an error: Ågot sounds like Gøte.
#
# Where:   Soundex and its kin, as record linkage uses them to find probable doubles: jellyfish 0.8.9 (Debian 12),
#          clj-fuzzy 0.4.1, double-metaphone 2.0.1, metaphone 2.0.1 and soundex-code 2.0.1 (npm).
# Guess:   letters beyond A to Z are folded (Å as A, Ø as O, Æ as E) or kept; the first letter, which Soundex keeps
#          as it is, stays. At worst a name gets a key of its own, and a double is missed.
# Seen:    clj-fuzzy drops the letter and codes the rest: Ågot is G300 as Gøte, Øystein is Y235, Åse is S000.
#          Metaphone gives Åse and Aase other keys, but Åse, Øse and Si the same "S". jellyfish folds Å by
#          decomposing it (Åse = Aase = A200) and raises UnicodeDecodeError for every name in Æ, Ø or Ł, which do not
#          decompose: one Øystein ends a run. soundex-code keeps the letter, so Åse and Aase are two.
# For us:  probable doubles are told by names folded in our own way (å and aa, ø and o, æ and ae), never by a
#          phonetic key, and nobody is merged by either.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"
deb_get python3-jellyfish=0.8.9-1+b4
npm_get clj-fuzzy@0.4.1 double-metaphone@2.0.1 metaphone@2.0.1 soundex-code@2.0.1

jelly=$root/usr/lib/python3/dist-packages
[[ -d $jelly ]] || jelly=/usr/lib/python3/dist-packages
soundex() {
	PYTHONPATH=$jelly python3 -W ignore -c 'import sys, jellyfish
try: print(jellyfish.soundex(sys.argv[1]))
except Exception as error: print(type(error).__name__)' "$1"
}
cat >keys.mjs <<'END'
import fuzzy from 'clj-fuzzy';
import { doubleMetaphone } from 'double-metaphone';
import { metaphone } from 'metaphone';
import { soundex } from 'soundex-code';
const key = { fuzzy: fuzzy.phonetics.soundex, double: name => doubleMetaphone(name)[0], metaphone, kept: soundex };
const [which, ...names] = process.argv.slice(2);
console.log(names.map(name => key[which](name)).join(' '));
END
keys() { node keys.mjs "$@"; }

seen 'clj-fuzzy soundex: Ågot Gøte' 'G300 G300' "$(keys fuzzy Ågot Gøte)"
seen 'clj-fuzzy soundex: Øystein Oystein Åse Aase' 'Y235 O235 S000 A200' "$(keys fuzzy Øystein Oystein Åse Aase)"
seen 'double-metaphone: Øystein Oystein Stein' 'STN ASTN STN' "$(keys double Øystein Oystein Stein)"
seen 'metaphone: Åse Aase Øse Si' 'S AS S S' "$(keys metaphone Åse Aase Øse Si)"
seen 'soundex-code: Åse Aase' 'Å200 A200' "$(keys kept Åse Aase)"
seen 'jellyfish soundex: Åse' A200 "$(soundex Åse)"
seen 'jellyfish soundex: Aase' A200 "$(soundex Aase)"
seen 'jellyfish soundex: Øystein' UnicodeDecodeError "$(soundex Øystein)"
seen 'jellyfish soundex: Ærlend' UnicodeDecodeError "$(soundex Ærlend)"
finish
