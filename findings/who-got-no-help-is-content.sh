#!/usr/bin/env bash
# Who got no help is as content as who got help, who is not afraid any more is afraid, who is married is unhappy, and a bad home is neither good nor bad.
#
# Where:   nlp.js (@nlpjs/sentiment and @nlpjs/lang-no 4.26.1) and multilang-sentiment 2.0.0 (npm), which give the mood of a text, asked in
#          Norwegian about answers to "how is it in the house?"; beside them nlp.js in English.
# Guess:   "ikke" turns what is said round, as "not" does in English, since both have Norwegian, nlp.js with a file of its negations; the
#          plainest words of praise and blame are known, or the answer is not rated.
# Seen:    that file is empty, so nlp.js gives the same mood with and without "ikke": 4 for help that was got and help that was not, 3 for
#          a home that is good and one that is not. multilang turns the next word alone; "ingen" (no) and "aldri" (never) turn
#          nothing in either. "Gift" is married and poison, and counts as poison in both. In nlp.js "dårlig", bad, is 0, like
#          "jeg mistet boligen", I lost the home, and "bra", good, and "trives", am well, are 0 in both.
# For us:  no mood is made of an answer; answers are chosen from words, and free text is read by people.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get @nlpjs/core@4.26.1 @nlpjs/sentiment@4.26.1 @nlpjs/lang-no@4.26.1 @nlpjs/lang-en@4.26.1 multilang-sentiment@2.0.0
cat >mood.cjs <<'JS'
const { Container } = require('@nlpjs/core')
const { SentimentAnalyzer } = require('@nlpjs/sentiment')
const [who, utterance] = process.argv.slice(2)
const container = new Container()
container.use(require('@nlpjs/lang-no').LangNo)
container.use(require('@nlpjs/lang-en').LangEn)
if (who === 'multilang') console.log(String(require('multilang-sentiment')(utterance, 'no').score))
else new SentimentAnalyzer({ container }).process({ utterance, locale: who }).then(({ sentiment }) => console.log(`${sentiment.score}`))
JS
of() { # TEXT, MOOD by nlp.js and multilang-sentiment
	seen "$1: nlp.js" "$2" "$(node mood.cjs no "$1")"
	seen '  multilang-sentiment' "$3" "$(node mood.cjs multilang "$1")"
}
seen 'nlp.js, in English: I got help.' 0.25 "$(node mood.cjs en 'I got help.')"
seen '  I did not get help.' -0.625 "$(node mood.cjs en 'I did not get help.')"
of 'Jeg fikk hjelp.' 4 4
of 'Jeg fikk ikke hjelp.' 4 0
of 'Boligen er god.' 3 3
of 'Boligen er ikke god.' 3 -3
of 'Boligen er dårlig.' 0 -2
of 'Jeg er redd.' -2 -2
of 'Jeg er ikke redd lenger.' -2 2
of 'Ingen hjelp.' 2 2
of 'Jeg hadde aldri problemer.' -2 -2
of 'Hun er gift.' -2 -2
of 'Jeg mistet boligen.' 0 0
of 'Det er bra her.' 0 0
of 'Jeg trives.' 0 0
finish
