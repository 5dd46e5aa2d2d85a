/* Whether a place that a person was offered, and did not take, is open to the person again. The
 * reason for declining decides it: decline_reasons.csv of the profile, column again. For an offer
 * that lapsed, expired_again of profile.csv. */
#ifndef TR_DOMAIN_PLACES_AGAIN_H
#define TR_DOMAIN_PLACES_AGAIN_H

#include "base/calendar.h"
#include "domain/places/stay.h"

struct tr_again_after {
    bool never;
    struct tr_duration after; /* counted from the answer, or the day on which the offer lapsed */
};

struct tr_again {
    struct tr_again_after reason[TR_LIST_MAX]; /* of each entry of the list decline_reason */
    struct tr_again_after expired;             /* at once when the profile does not say */
    int offer_days;
};

/* offer_days: how long an offer stands. -1: the profile is wrong. */
int tr_again_load(struct tr_again *a, const struct tr_profile *profile, int offer_days,
                  struct tr_err *err);

/* Whether the stay is an offer that was declined or has lapsed by the day; *open: the day from which
 * its place is open to the person again, TR_NO_DAY: never. Declined for no reason told: never. */
bool tr_again_from(const struct tr_again *a, const struct tr_stay *stay, int32_t day,
                   int32_t *open);

/* Whether the stay is an offer that was declined or has lapsed, and for which its place is closed
 * to the person on the day. */
bool tr_again_closed(const struct tr_again *a, const struct tr_stay *stay, int32_t day);

#endif
