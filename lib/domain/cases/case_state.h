/* The states that a case can be in - waiting, parked, offered a place, living there, housed, closed
 * - which events move it from one to another, and what each state means. All of it is the profile's
 * case_states.csv; see transition-profile(5). */
#ifndef TR_DOMAIN_CASES_CASE_STATE_H
#define TR_DOMAIN_CASES_CASE_STATE_H

#include "domain/referral/person.h"

enum tr_queue {
    TR_QUEUE_WAITS,  /* seeks a place */
    TR_QUEUE_PARKED, /* keeps the place in the queue, but gets no offer until a day */
    TR_QUEUE_OUT,
    TR_N_QUEUES
};

struct tr_case_state {
    struct tr_str code;
    enum tr_queue queue;
    bool offer;             /* an offer stands in this state; in others it has lapsed */
    bool need;              /* the survey counts the person */
    bool letter;            /* a letter about places may be sent */
    uint64_t no_letter;     /* decisions (bits) of which, all the same, none may tell */
    bool deadlines;         /* open deadlines are still due */
    bool keep;              /* nothing of the case is removed for its age */
    bool person;            /* it also holds for other referrals of the person that wait */
    bool gone;              /* nothing is the person's any more: no place, no duty, no letter */
    bool frees;             /* what the stays of the case hold is free from the day of the state */
    int8_t to[TR_LIST_MAX]; /* of each event type: the state it leads to; -1: not possible here */
};

/* What referrals, stays and parking tell. An event type stands for each in event_types.csv, column
 * taken_from; one that has no event type moves nothing. */
enum tr_case_fact {
    TR_FACT_RECEIVED,
    TR_FACT_OFFERED,
    TR_FACT_ACCEPTED,
    TR_FACT_DECLINED,
    TR_FACT_EXPIRED,
    TR_FACT_MOVED_IN,
    TR_FACT_MOVED_OUT,
    TR_FACT_KEPT,
    TR_FACT_GIVEN_UP,
    TR_FACT_PARKED,
    TR_FACT_RESUMED,
    TR_FACT_RETURNED,
    TR_FACT_CONSENT_GIVEN,
    TR_FACT_CONSENT_REFUSED,
    TR_N_CASE_FACTS
};
extern const char *const tr_case_fact_names[TR_N_CASE_FACTS]; /* as taken_from has them */

struct tr_case_states {
    const struct tr_list *types; /* event_type */
    struct tr_case_state
        state[TR_LIST_MAX];           /* the first is that of a case of which nothing is known */
    int n;                            /* as entries of the list case_state */
    uint64_t moving;                  /* event types that are in some state's moves */
    int32_t type_of[TR_N_CASE_FACTS]; /* event type, or -1 */
    uint64_t refusing; /* event types that lead where refused consent does, from the first state */
    uint64_t place_details; /* details (bits) of moving in: of moving out with another, no place is told */
    int offer_days;                   /* how long an offer stands */
    enum tr_person_rule speaks;       /* which referral of a person does */
};

/* -1 with err when the table is wrong. */
int tr_case_states_load(struct tr_case_states *s, const struct tr_profile *profile,
                        struct tr_err *err);

/* The states that can be reached from state, by however many events (bit: state), itself included.
 */
uint64_t tr_case_states_from(const struct tr_case_states *s, int state);

#endif
