#!/usr/bin/env bash
# Whose age is "ukjent" is adult, past 67, the oldest of all and nobody's minor; the rule that adds a year leaves the person out.
#
# Where:   gringo 5.4.1 with clasp 3.3.5 (Debian 12), rules of answer set programming over ages, one of which is a word (ukjent),
#          one text ("17"); beside it SWI-Prolog 9.0.4.
# Guess:   a comparison of a word with a number is an error, as in Prolog, or does not hold either way.
# Seen:    everything has one order: numbers come before words, words before text, text before terms. So A >= 18 and A > 67 hold for
#          ukjent and for "17", no comparison is doubtful, and #max of all ages is "17". Sums leave both out, A + 1 drops the whole
#          rule for them; both say so as an info, the comparisons say nothing.
# For us:  the type of each field is checked before a rule sees it, and each rule has an answer of its own for "not known".
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get gringo=5.4.1-3.1+b1 clasp=3.3.5-4.2 swi-prolog-core=9.0.4+dfsg-2 swi-prolog-nox=9.0.4+dfsg-2
cat >ages.lp <<'LP'
age(anne, 17). age(bo, 70). age(kim, ukjent). age(lin, "17").
adult(P) :- age(P, A), A >= 18.
minor(P) :- age(P, A), A < 18.
past67(P) :- age(P, A), A > 67.
oldest(P) :- age(P, A), A = #max { B : age(_, B) }.
sum(S) :- S = #sum { A, P : age(P, A) }.
nextyear(P) :- age(P, A), A + 1 > 0.
#show adult/1. #show minor/1. #show past67/1. #show oldest/1. #show sum/1. #show nextyear/1.
LP
gringo ages.lp 2>info.txt | { clasp --verbose=1 0 || true; } >out.txt
of() { { grep -A1 '^Answer' || true; } <out.txt | tail -n 1 | tr ' ' '\n' | sed -n "s/^$1(\(.*\))$/\1/p" | sort | paste -sd ' '; }
seen 'A >= 18' 'bo kim lin' "$(of adult)"
seen 'A < 18' anne "$(of minor)"
seen 'A > 67' 'bo kim lin' "$(of past67)"
seen '#max of all ages' lin "$(of oldest)"
seen '#sum of all ages' 87 "$(of sum)"
seen 'A + 1 > 0' 'anne bo' "$(of nextyear)"
seen 'told of the comparisons' 0 "$(grep -cE ':[234]:' info.txt || true)"
echo "age(kim, ukjent). adult(P) :- age(P, A), A >= 18." >ages.pl
seen 'SWI-Prolog: A >= 18' error "$(swipl -q -g "catch(adult(_), error(type_error(_, _), _), (write(error), halt))" -t halt ages.pl)"
finish
