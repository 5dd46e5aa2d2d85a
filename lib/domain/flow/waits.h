/* How long cases take from one event to another. Who is still waiting counts as such; who left the
 * routine before, until then. */
#ifndef TR_DOMAIN_FLOW_WAITS_H
#define TR_DOMAIN_FLOW_WAITS_H

#include "domain/cases/cases.h"
#include "domain/flow/figures.h"
#include "domain/flow/group.h"
#include "domain/flow/survival.h"

enum { TR_WAITS_MAX = 16, TR_WAIT_PAIRS_MAX = 2 * TR_WAITS_MAX };

/* From the first event of one type in a case to the first of another on the same day or later. Where the case ended
 * in between and was opened again, the wait begins anew with the next event of the first type; without one it goes
 * on, but not where the chain itself began anew, as with another referral. */
struct tr_wait_pair {
    int32_t from, to; /* entries of the list event_type */
};

struct tr_waits_choice {
    struct tr_wait_pair pair[TR_WAIT_PAIRS_MAX];
    int n;
    uint64_t ends; /* bit: event types that end a wait without the other event */
    uint64_t returns; /* the same: that take such an end back, as reopening does */
    int8_t place[TR_LIST_MAX]; /* of each event type in the chain, from 1; 0: it is not there */
    const struct tr_cases *cases; /* whose state on the day ends a wait in which nothing is due any more,
                                     or the person got it under another referral; NULL: nobody knows */
    int32_t since, as_of; /* waits that began from the day since on; TR_NO_DAY: any */
    bool whole;
};

/* The profile's waits, a chain of event types: the waits from each to the next, and from the first to
 * each. And its waits_end, with what takes them back by case_states.csv. -1 with err. */
int tr_waits_load(struct tr_waits_choice *choice, const struct tr_profile *p, struct tr_err *err);

/* Of each pair and group: how many, quartiles, and the interval of the median. few: gets each pair
 * of which too few have arrived to say much. -1 with err, in this and the others. */
int tr_waits_table(struct tr_figures *out, const struct tr_records *events,
                   struct tr_flow_groups *groups, const struct tr_waits_choice *choice,
                   uint32_t *n_few, struct tr_err *err);

/* The curves: of each pair and group, the part that has not arrived after so many days. Not whole:
 * points are brought together until each stands for as many persons as may be told. */
int tr_waits_curves(struct tr_figures *out, const struct tr_records *events,
                    struct tr_flow_groups *groups, const struct tr_waits_choice *choice,
                    uint32_t *n_few, struct tr_err *err);

/* Who waits on the day, the longest wait first. */
int tr_waits_longest(struct tr_figures *out, const struct tr_records *events,
                     struct tr_flow_groups *groups, const struct tr_waits_choice *choice,
                     struct tr_err *err);

#endif
