/* The state of every case on a day: one derivation, which every program asks.
 *
 * A case is a referral and what came of it. Three sources tell of it: the referral (received on a
 * day, not available before another), the stays (offers, moving in and out), and the log of events
 * (withdrawn, parked, closed). They are brought into one line of events a case, in the order of
 * days, and on one day in the order of event_types.csv, but what ends something that began on the
 * same day comes after it; the profile's case_states.csv says where each leads.
 *
 * Stays of one case can overlap: an offer stands while a place is kept. What moves the case is then
 * the strongest of what it holds on a day - lives there, kept, accepted, offered, parked - and an
 * event happens when that changes. Example: lives at A from day 1 to day 9, offered B from day 5,
 * declined on day 12: moved in on day 1, moved out and offered on day 9, declined on day 12.
 *
 * Cost: the events sorted, once. 100,000 cases of ten events take some 0.2 s. */
#ifndef TR_DOMAIN_CASES_CASES_H
#define TR_DOMAIN_CASES_CASES_H

#include "domain/cases/case_state.h"
#include "domain/places/stay.h"
#include "domain/routine/deadline.h"

enum { TR_TURNS_MAX = 9 };

/* Where a case stands. */
struct tr_case_standing {
    int32_t state;    /* entry of the list case_state */
    int32_t since;    /* the day of the event that led there; TR_NO_DAY: none did */
    int32_t because;  /* its type; -1 */
    int32_t until;    /* parked: the day it ends, when that is known; else TR_NO_DAY */
    int32_t received; /* of the referral, when it is known; else TR_NO_DAY */
    int32_t last;     /* the last day on which anything happened; TR_NO_DAY: nothing did */
    uint32_t turns;   /* how often it came into a state in which nothing is due, or out again */
    int32_t turned[TR_TURNS_MAX]; /* the days of the first of them */
    int32_t person;   /* the first case of the same person; itself when it knows of none */
    int32_t queue_number; /* of the referral in its delivery; 0 or less: unknown */
    bool speaks;      /* of the referrals of the person, the one that counts by the profile */
    bool lives;       /* a stay takes a place, or gives a right to one, whatever the log says */
    int32_t through;  /* another case of the person whose state this is; -1: its own */
    int32_t consent;  /* enum tr_consent: what the referral says, unless the log has the answer */
    struct tr_str id; /* borrowed from the records */
};

struct tr_cases {
    const struct tr_case_states *states;
    struct tr_case_standing *at;
    uint32_t n;
    struct tr_dict ids; /* case to number */
};

/* What tells of cases; each may be NULL. Stays must be settled. Records outlive the cases. */
struct tr_case_sources {
    const struct tr_records *referrals; /* of tr_case_kind */
    const struct tr_records *stays, *events;
    const struct tr_records *persons; /* of tr_case_kind: without referrals, since the log tells of
                                         them, which cases are of one person */
};

/* Adds the case of a referral with values v (index: enum tr_field). -1: memory. */
int tr_case_take(struct tr_records *referrals, const struct tr_value v[], uint64_t line);

/* Ends what stays hold where a later row of the referral at the institution says no, or the log says
 * that the offer or the stay has ended; events after as_of do not count. Stays must be settled. -1:
 * memory. */
int tr_cases_end_stays(struct tr_records *stays, const struct tr_records *events,
                       const struct tr_case_states *states, int32_t as_of);

/* The state of each case named in the sources, as of the end of the day as_of; what is later does
 * not count. An event that no state allows is told to the listener, and moves nothing. Referrals of
 * one person: who is housed or holds a place under one of them does not wait under another that was
 * received before. -1: memory. */
int tr_cases_find(struct tr_cases *out, const struct tr_case_states *states,
                  const struct tr_case_sources *in, int32_t as_of,
                  const struct tr_listener *listener, struct tr_err *err);
void tr_cases_clear(struct tr_cases *c);

/* Of the case called id; NULL when no source names it: then nothing is known, and it waits. */
const struct tr_case_standing *tr_cases_of(const struct tr_cases *c, struct tr_str id);

/* Whether two referrals are of one person, as far as the sources tell. */
bool tr_cases_same(const struct tr_cases *c, struct tr_str one, struct tr_str other);

/* What each stay holds, with every person in one bed: when stays of one person at one institution
 * overlap, the later one takes over, and living there takes over from an offer. An offer to a case
 * in whose state none stands has lapsed. One span a stay, in their order; the caller frees them.
 * NULL when memory is out. */
struct tr_span *tr_cases_holds(const struct tr_cases *c, const struct tr_records *stays);

/* Tells whom the stays let live at two places on the day, under referrals of one person, or have
 * accepted two, or one before moving in elsewhere. Nothing is
 * changed: which of them is right, nobody knows. Tells of places, too, that a state has freed. -1:
 * memory. */
int tr_cases_tell_places(const struct tr_cases *c, const struct tr_records *stays,
                         const struct tr_span *holds, int32_t day,
                         const struct tr_listener *listener);

/* Makes what is open moot in cases in whose state nothing is due; what passes by itself stays, such
 * as the last day of a right. Then leaves those whose status is among statuses (bit: enum
 * tr_deadline_status). Moot is also what is open under a referral whose person has a place or a home
 * under another. */
void tr_cases_deadlines(const struct tr_cases *c, const struct tr_routine *routine,
                        uint32_t statuses, struct tr_records *deadlines);

/* Whether all of a case is older than the day: nothing happened from then on, its state keeps
 * nothing, and nobody lives anywhere under it. */
bool tr_case_is_old(const struct tr_cases *c, const struct tr_case_standing *at, int32_t day);

/* How much a referral has to say for its person, by the state of its case. */
enum tr_person_standing tr_cases_standing(const struct tr_cases *c, struct tr_str id);

/* Until when another referral of the person must have been received for a state without need to hold
 * for it too: INT32_MAX: whenever it was; TR_NO_DAY: it holds for no other. */
int32_t tr_cases_settled_until(const struct tr_cases *c, struct tr_str id);

/* Its state, also when nothing is known of it. */
const struct tr_case_state *tr_cases_state(const struct tr_cases *c, struct tr_str id);

#endif
