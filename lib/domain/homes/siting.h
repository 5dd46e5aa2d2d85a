/* How many of those who need a home live where, when they live in sites of a least and a greatest
 * number of units, and when any district of the group may be joined with any other.
 *
 * Best is, in this order: most persons housed; fewest outside their own district; fewest sites;
 * least sum of the squared sizes, which makes sites as even as can be; more homes in districts that
 * come first. Found exactly: see siting.c for the method and its proof. */
#ifndef TR_DOMAIN_HOMES_SITING_H
#define TR_DOMAIN_HOMES_SITING_H

#include <stdint.h>
#include "base/err.h"

/* Persons of one group of districts and one kind of site. */
enum { TR_SITING_PERSONS_MAX = 1000000, TR_SITING_UNITS_MAX = 1000 };

struct tr_siting {
    const uint32_t *need; /* of each district */
    uint32_t n;
    uint32_t min, max; /* units a site: 1 <= min <= max <= TR_SITING_UNITS_MAX */
    uint32_t *homes;   /* of each district: homes that lie there; n of them, the caller's */
    uint64_t persons;  /* all that follows is found */
    uint64_t housed, outside, sites, squares;
    int64_t multiplier; /* what one home more or less is worth: proves the result fast, see
                           plan-verify */
};

int tr_siting_solve(struct tr_siting *s, struct tr_err *err);

/* The most of n persons that sites of min to max units can house. */
uint64_t tr_siting_most(uint64_t n, uint32_t min, uint32_t max);

#endif
