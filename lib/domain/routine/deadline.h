/* What is due in each case on a day, by the routine and the log of events. */
#ifndef TR_DOMAIN_ROUTINE_DEADLINE_H
#define TR_DOMAIN_ROUTINE_DEADLINE_H

#include "domain/routine/routine.h"

struct tr_deadline {
    struct tr_str case_id, step, source;
    int32_t due, due_working_day; /* the same, or the next working day unless the limit is strict */
    int32_t responsible;          /* entry of the list role */
    uint64_t attendees;           /* bits of the same */
    int32_t status;               /* entry of the list deadline_status */
    int32_t done_on;
    int32_t since, because; /* the day of the event that started it, and its type */

    enum tr_deadline_status is;
    uint32_t number;   /* of the step in the routine */
    uint32_t instance; /* of the step in the case, from 1 */
    uint32_t events;   /* in the case's log so far */
};

extern const struct tr_kind tr_deadline_kind;

static inline struct tr_deadline *tr_deadline(const struct tr_records *r, uint32_t i)
{
    return (struct tr_deadline *)(void *)r->record + i;
}

/* The deadlines whose status is among statuses (bit: enum tr_deadline_status), by case and day.
 * Events may stand in any order; what contradicts itself in a case is told to the listener, and
 * events later than the day as_of are left out, which is told as well. Texts are borrowed from the
 * events and the routine. -1: memory. */
int tr_deadlines_find(struct tr_records *out, const struct tr_routine *routine,
                      const struct tr_records *events, int32_t as_of, uint32_t statuses,
                      const struct tr_listener *listener);

/* Leaves those that a role is responsible for. In a calendar the others are no longer its own: they
 * stay, to be cancelled. role: entry of the list; -1: leaves all. */
void tr_deadlines_keep(struct tr_records *deadlines, int32_t role, bool calendar);

#endif
