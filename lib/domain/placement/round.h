/* One round of allotting places: who waits, in what order, and where each could go. */
#ifndef TR_DOMAIN_PLACEMENT_ROUND_H
#define TR_DOMAIN_PLACEMENT_ROUND_H

#include "domain/cases/cases.h"
#include "domain/placement/rulings.h"
#include "domain/placement/match.h"
#include "domain/places/stay.h"
#include "domain/referral/persons.h"

enum { TR_PRIORITY_KEYS_MAX = 8 };

/* The order of referrals: members of the candidate, first things first; down: highest value first.
 */
struct tr_priority {
    uint32_t member[TR_PRIORITY_KEYS_MAX];
    bool down[TR_PRIORITY_KEYS_MAX];
    int n;
    struct tr_str text; /* as the profile has it: urgency|received|referral_id */
};

/* Reads a list such as urgency|received|referral_id, and borrows it; -1 when it names something
 * that is no member of the candidate. */
int tr_priority_parse(struct tr_priority *p, struct tr_str text);

/* The keys in front of the one at that offset of the candidate; all, where it is none of them. */
struct tr_priority tr_priority_before(const struct tr_priority *p, size_t at);

/* <0, 0, >0. Unknown values come last, in both directions. */
int tr_priority_compare(const struct tr_priority *p, const struct tr_candidate *a,
                        const struct tr_candidate *b);

/* places: of tr_vacancy_kind; referrals: of tr_candidate_kind. */
struct tr_round {
    const struct tr_profile *profile;
    int32_t as_of;
    struct tr_place_rules rules;
    struct tr_priority priority;
    struct tr_records places, referrals;
    uint32_t n_seeking; /* so many referrals, from 0, seek a place, in order of priority; the others
                           hold one, have had one, or count under another referral */
    uint32_t rejected;  /* rows of referrals that could not be read, and are not among them */

    struct tr_persons *persons; /* of the referrals; NULL: nobody asked */

    struct tr_graph graph; /* people and institutions as numbered in referrals and places */
    uint32_t *from, *option, *wish_from, *wish, *room, *own; /* what it points to */
};

/* Call when places have been read. Sorts them by id, takes the day from them, which must be the
 * same in all, and reads rules and order from the profile. */
int tr_round_start(struct tr_round *r, const struct tr_profile *profile, struct tr_err *err);

/* Marks what stays say of referrals: declined, held, ended. Stays must be settled; holds: what each
 * holds, see tr_cases_holds. */
int tr_round_stays(struct tr_round *r, const struct tr_records *stays, const struct tr_span *holds,
                   struct tr_err *err);

/* Marks those whose case is in a state that takes them out of the queue. Call after tr_round_stays.
 */
int tr_round_states(struct tr_round *r, const struct tr_cases *cases, struct tr_err *err);

/* The same from records of tr_standing_kind; of a referral that has none, stays say nothing. Borrows. */
void tr_round_standing(struct tr_round *r, const struct tr_records *standing);

/* Of referrals of one person, lets one speak and marks the others; call when it is known what stays
 * say, and before the order changes: r->persons has noted the numbers of the referrals. same: told
 * of each that is marked; may be NULL. */
int tr_round_persons(struct tr_round *r,
                     void (*same)(void *cookie, const struct tr_person_at *other,
                                  const struct tr_person_at *speaks),
                     void *cookie, struct tr_err *err);

/* Sorts the referrals by priority. Two that are equal are an error. */
int tr_round_order(struct tr_round *r, struct tr_err *err);

/* Builds the graph: who could go where. */
int tr_round_link(struct tr_round *r, struct tr_err *err);

/* The institutions' own orders of people. Call after tr_round_link. Rows about unknown referrals or
 * institutions are ignored. */
struct tr_own_order {
    struct tr_str institution_id, referral_id;
    int32_t rank;
};
extern const struct tr_kind tr_own_order_kind;
int tr_own_orders_sort(struct tr_records *own, struct tr_err *err); /* refuses a pair twice */
int tr_round_own(struct tr_round *r, const struct tr_records *own, struct tr_err *err);

void tr_round_clear(struct tr_round *r);

/* The same as tr_rulings_outlook, pair by pair, for one referral. */
struct tr_outlook tr_round_outlook(const struct tr_round *r, uint32_t referral);

#endif
