#!/usr/bin/env bash
# Whoever asks for Bokmål (nb) gets English from a service that has Norwegian (no), and Danish from one that has Nynorsk too.
#
# Where:   negotiator 1.1.0, accept-language-parser 1.5.0, bcp-47-match 2.0.3 (lookup and filter of RFC 4647) and
#          @formatjs/intl-localematcher 0.10.1 (npm), which choose the language of a page or a letter from what a reader asks for.
# Guess:   no covers nb and nn, as the registry of languages has it, so that nb finds no, no finds nb, and nn finds either before English.
# Seen:    codes are compared as text: nb does not find no, no does not find nb, nn finds neither; the answer is none, and so the
#          page's first language. Browsers in Norwegian also ask for no, so their users see nothing of it; readers whose
#          list is nb alone, or nn, do. intl-localematcher knows how languages are related and takes no for nb; for nb,
#          where there are Danish and Nynorsk, it takes Danish.
# For us:  the language of a person is nb, nn or en in the data and the profile, and a text exists in all of them.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get negotiator@1.1.0 accept-language-parser@1.5.0 bcp-47-match@2.0.3 @formatjs/intl-localematcher@0.10.1
cat >choose.mjs <<'JS'
import Negotiator from 'negotiator'
import parser from 'accept-language-parser'
import { basicFilter, lookup } from 'bcp-47-match'
import { match } from '@formatjs/intl-localematcher'
const [asked, ...have] = process.argv.slice(2)
const answers = [
  new Negotiator({ headers: { 'accept-language': asked } }).language(have), parser.pick(have, asked), parser.pick(have, asked, { loose: true }),
  lookup(have, asked), basicFilter(have, asked)[0], match([asked], have, 'en'),
]
console.log(answers.map((answer) => answer ?? '-').join(' '))
JS
choose() { node choose.mjs "$@"; }
# In turn: negotiator, accept-language-parser, the same loosely, lookup, filter, intl-localematcher
seen 'asked for nb, there are en and no' '- - - - - no' "$(choose nb en no)"
seen 'asked for no, there are en and nb' '- - - - - nb' "$(choose no en nb)"
seen 'asked for nn, there are en and nb' '- - - - - nb' "$(choose nn en nb)"
seen 'asked for nb, there are en, da and nn' '- - - - - da' "$(choose nb en da nn)"
seen 'asked for nb, there are en and nb' 'nb nb nb nb nb nb' "$(choose nb en nb)"
finish
