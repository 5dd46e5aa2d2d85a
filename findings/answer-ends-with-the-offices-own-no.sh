#!/usr/bin/env bash
# "Ja takk" to an offer of a place goes on with the office's own "Svar nei hvis ...", and of "Ja. Fra: 1. mars Til: 1. juni" the days are dropped.
#
# Where:   email-reply-parser 2.3.9, node-email-reply-parser 0.1.4 and planer 1.2.0 (npm), which take the quoted letter off an answer by mail
#          before it is kept or read by a program; on the heads that mail programs write in Norwegian.
# Guess:   Norwegian is known, as Outlook and Gmail have it, or the head of the old letter stays and is easily seen; what the person
#          wrote herself stays whole.
# Seen:    each takes off something else. The head of Outlook (Fra, Sendt, Til, Emne) is unknown to two, so the office's words are the end
#          of the answer; that of Gmail to the third, "Opprinnelig melding" to two. planer takes "Fra: 1. mars" and "Til: 1. juni"
#          for the head of a letter and drops them. node-email-reply-parser ends at a line of underscores, so "Jeg kan ikke komme
#          2. mars" below it is gone, and with "aggressive" the first of two answers between quoted questions.
# For us:  an answer is read by somebody in whole, and what was answered is put into a field by that person.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get email-reply-parser@2.3.9 node-email-reply-parser@0.1.4 planer@1.2.0
cat >answer.cjs <<'JS'
const [who, text] = process.argv.slice(2)
const by = {
  'email-reply-parser': () => new (require('email-reply-parser').default ?? require('email-reply-parser'))().parseReply(text),
  'node-email-reply-parser': () => require('node-email-reply-parser')(text).getVisibleText(),
  aggressive: () => require('node-email-reply-parser')(text).getVisibleText({ aggressive: true }),
  planer: () => require('planer').extractFrom(text, 'text/plain')
}
console.log(by[who]().trim().replace(/\s*\n\s*/g, ' / '))
JS
of() { # WHAT, TEXT, AS SEEN by each
	seen "$1: email-reply-parser" "$3" "$(node answer.cjs email-reply-parser "$2")"
	seen '  node-email-reply-parser' "$4" "$(node answer.cjs node-email-reply-parser "$2")"
	seen '  planer' "$5" "$(node answer.cjs planer "$2")"
}
outlook=$'Ja takk.\n\nFra: Bydelen <post@example.no>\nSendt: mandag 2. mars 2026 10:15\nTil: Kari Berg <kari@example.no>\nEmne: Tilbud\n\nSvar nei hvis du ikke vil.\n'
whole='Ja takk. / Fra: Bydelen <post@example.no> / Sendt: mandag 2. mars 2026 10:15 / Til: Kari Berg <kari@example.no> / Emne: Tilbud / Svar nei hvis du ikke vil.'
of Outlook "$outlook" "$whole" "$whole" 'Ja takk.'
gmail=$'Ja takk.\n\nman. 2. mars 2026 kl. 10:15 skrev Bydelen <post@example.no>:\n\n> Svar nei hvis du ikke vil.\n'
of Gmail "$gmail" 'Ja takk.' 'Ja takk.' 'Ja takk. / man. 2. mars 2026 kl. 10:15 skrev Bydelen <post@example.no>: / > Svar nei hvis du ikke vil.'
old=$'Ja takk.\n\n-----Opprinnelig melding-----\nEmne: Tilbud\n\nSvar nei hvis du ikke vil.\n'
kept='Ja takk. / -----Opprinnelig melding----- / Emne: Tilbud / Svar nei hvis du ikke vil.'
of 'Opprinnelig melding' "$old" "$kept" 'Ja takk.' "$kept"
of 'from and to' $'Ja.\nFra: 1. mars\nTil: 1. juni\n' 'Ja. / Fra: 1. mars / Til: 1. juni' 'Ja. / Fra: 1. mars / Til: 1. juni' 'Ja.'
line=$'Ja takk.\n\n____________\nJeg kan ikke komme 2. mars.\n'
of 'a line across' "$line" 'Ja takk. / ____________ / Jeg kan ikke komme 2. mars.' 'Ja takk.' 'Ja takk. / ____________ / Jeg kan ikke komme 2. mars.'
between=$'> Vil du ha plassen?\nJa\n> Har du barn?\nNei\n'
of 'answers between questions' "$between" 'Ja / Nei' 'Ja / Nei' '> Vil du ha plassen? / Ja / > Har du barn? / Nei'
seen '  node-email-reply-parser, aggressive' Nei "$(node answer.cjs aggressive "$between")"
finish
