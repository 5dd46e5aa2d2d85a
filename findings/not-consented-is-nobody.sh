#!/usr/bin/env bash
# A search for those who have "ikke samtykke" finds nobody, one for "samtykke" without "ikke" finds them, and cleaned of small words they consent.
#
# Where:   lunr 2.3.9 with the Norwegian of lunr-languages 1.22.0, stopword 3.1.5 (its list nob; npm), and R tm 0.7-11 (Debian 12), with
#          which notes are searched, and cleaned before words are counted.
# Guess:   words that are left out are those without meaning, "og", "en", "som". "ikke", "ingen" and "uten" stay; and a word that is
#          left out of the index is left out of the question too, so "+ikke +samtykke" asks for "samtykke".
# Seen:    all three leave out "ikke", "ingen" and "uten", and "før", "etter", "over", "selv" and "kan" too. lunr leaves them out
#          of the index and not of the question: what must be there ("+ikke") is nowhere, so nobody is found, and what must not
#          be ("-ikke") is nowhere either, so that those are found who do not consent. "har ikke samtykke og ingen bolig" is
#          "samtykke bolig" after cleaning. Nothing is said.
# For us:  what decides, such as consent, is a column with a code; a search in notes leaves no word out.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get lunr@2.3.9 lunr-languages@1.22.0 stopword@3.1.5
deb_get r-base-core=4.2.2.20221110-2 r-cran-tm=0.7-11-1
r_here
cat >find.cjs <<'JS'
const lunr = require('lunr')
require('lunr-languages/lunr.stemmer.support')(lunr)
require('lunr-languages/lunr.no')(lunr)
const notes = {
  Kari: 'Har samtykke til deling', Ola: 'Har ikke samtykke til deling', Per: 'Ønsker bolig uten trapp', Liv: 'Ønsker bolig med trapp',
}
const index = lunr(function () {
  this.use(lunr.no)
  this.ref('who')
  this.field('note')
  for (const [who, note] of Object.entries(notes)) this.add({ who, note })
})
const kept = (words) => words.split(' ').filter((word) => lunr.no.stopWordFilter(new lunr.Token(word))).join(' ')
const found = (question) => index.search(question).map((one) => one.ref).sort().join(' ')
console.log({ found, kept }[process.argv[2]](process.argv[3]))
JS
find_in() { node find.cjs found "$1"; }
words='ikke ingen uten før etter over selv kan'
seen 'lunr: +samtykke' 'Kari Ola' "$(find_in +samtykke)"
seen 'lunr: +ikke +samtykke' '' "$(find_in '+ikke +samtykke')"
seen 'lunr: samtykke -ikke' 'Kari Ola' "$(find_in 'samtykke -ikke')"
seen 'lunr: +uten +trapp' '' "$(find_in '+uten +trapp')"
seen 'lunr: trapp -uten' 'Liv Per' "$(find_in 'trapp -uten')"
note='har ikke samtykke og ingen bolig'
stopword() { node -p "const s = require('stopword'); s.removeStopwords('$1'.split(' '), s.nob).join(' ')"; }
tm() { "$R_HOME/bin/exec/R" --vanilla --no-echo -e "suppressMessages(library(tm)); cat($1)" | xargs; }
seen 'stopword: what is left' 'samtykke bolig' "$(stopword "$note")"
seen 'tm: what is left' 'samtykke bolig' "$(tm "removeWords('$note', stopwords('norwegian'))")"
seen "lunr, of $words" '' "$(node find.cjs kept "$words")"
seen "stopword, of $words" '' "$(stopword "$words")"
seen "tm, of $words" '' "$(tm "removeWords('$words', stopwords('norwegian'))")"
finish
