#!/usr/bin/env bash
# A free bed goes to whom was told of last, in rules that only say that who waits may have a bed that is free.
#
# Where:   CLIPS 6.30 (Debian 12) and nools 0.4.4 (npm), engines of production rules.
# Guess:   of three persons for whom the rule holds alike, the first in the list is served first, as in a loop over the list;
#          three equal facts are three.
# Seen:    both serve the last: what became true most recently goes first, whether the bed is in the list before the
#          persons or behind them; of two beds the last goes first, too. CLIPS with another strategy (breadth) begins at the
#          front. Of two referrals that say the same, CLIPS keeps one, without a word, unless they have a number each.
# For us:  the order of a waiting list is a rule of its own, down to the number that breaks the last tie, and no engine's.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get clips=6.30-4.1
npm_get nools@0.4.4
clips_run() { # STRATEGY FACTS...: who gets which bed
	cat >place.clp <<CLP
(set-strategy $1)
(deffacts list ${*:2})
(defrule place ?b <- (bed ?house) ?w <- (waits ?who) => (retract ?b ?w) (printout t ?who " gets " ?house ". "))
(reset)
(run)
(exit)
CLP
	clips -f2 place.clp 2>&1 | sed 's/ $//'
}
cat >place.cjs <<'JS'
const nools = require('nools')
const flow = nools.flow('place', function () {
    this.rule('place', [[Object, 'who', 'who.waits'], [Object, 'bed', 'bed.house']], function (facts) {
        process.stdout.write(`${facts.who.waits} gets ${facts.bed.house}. `)
        this.retract(facts.who)
        this.retract(facts.bed)
    })
})
flow.getSession(...JSON.parse(process.argv[2])).match()
JS
list='(waits anne) (waits bo) (waits cato)'
seen 'CLIPS: three persons, then a bed' 'cato gets fjord.' "$(clips_run depth "$list" '(bed fjord)')"
seen 'CLIPS: a bed, then three persons' 'cato gets fjord.' "$(clips_run depth '(bed fjord)' "$list")"
seen 'CLIPS: breadth' 'anne gets fjord.' "$(clips_run breadth "$list" '(bed fjord)')"
list='{"waits": "anne"}, {"waits": "bo"}, {"waits": "cato"}'
seen 'nools: three persons, then a bed' 'cato gets fjord.' "$(node place.cjs "[$list, {\"house\": \"fjord\"}]" | sed 's/ $//')"
seen 'nools: a bed, then three persons' 'cato gets fjord.' "$(node place.cjs "[{\"house\": \"fjord\"}, $list]" | sed 's/ $//')"
seen 'nools: two beds' 'cato gets ås. bo gets fjord.' "$(node place.cjs "[{\"house\": \"fjord\"}, $list, {\"house\": \"ås\"}]" | sed 's/ $//')"
count() { printf '%s\n' '(deftemplate referral (slot number) (slot need))' "$@" '(printout t (length$ (find-all-facts ((?f referral)) TRUE)))' '(exit)' >count.clp; clips -f2 count.clp 2>&1; }
seen 'CLIPS: two equal referrals' 1 "$(count '(assert (referral (need akutt)))' '(assert (referral (need akutt)))')"
seen 'CLIPS: with a number each' 2 "$(count '(assert (referral (number 1) (need akutt)))' '(assert (referral (number 2) (need akutt)))')"
finish
