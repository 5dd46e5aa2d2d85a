/* What is due in each case on a day, by the routine and the log of events. */
#ifndef TR_DOMAIN_ROUTINE_DEADLINE_H
#define TR_DOMAIN_ROUTINE_DEADLINE_H

#include "domain/routine/routine.h"

struct tr_deadline {
    struct tr_str case_id, step, source;
    int32_t due, due_working_day; /* the last day; it may be another where due is no working day */
    int32_t responsible;          /* entry of the list role */
    uint64_t attendees;           /* bits of the same */
    int32_t status;               /* entry of the list deadline_status */
    int32_t done_on;
    int32_t late;           /* days that it is, or was done, too late; -1: it is not */
    int32_t late_working;   /* the same in working days, where the step counts those; else -1 */
    int32_t since, because; /* the day of the event that started it, and its type */

    const struct tr_str *label; /* what is to be done, in each language */
    enum tr_deadline_status is;
    bool passes;        /* a limit that needs nothing done */
    bool when_closed;   /* due whatever state the case is in */
    uint32_t number;    /* of the step in the routine; of tasks, behind those of all steps */
    uint32_t instance;  /* of the step in the case, from 1 */
    int32_t notice_on;  /* the day on which the notice begins */
    uint32_t changes;   /* events that made it, moved it, or gave it to another role */
    int32_t changed_on; /* the day of the last one */
    int32_t over_on;    /* the day on which it was done or came to nothing; TR_NO_DAY: it is open */
    uint32_t turns; /* how often the case came into a state in which nothing is due, or out of it */
    bool left;      /* in the calendar of a role: another one is responsible now */
    uint64_t had;   /* roles that were responsible before (bits) */
    int32_t handed_over; /* the day on which the last of them ceased to be */
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

/* Takes the deadlines of one case, which are its to change; then they are gone. -1: memory. */
struct tr_deadline_taker {
    int (*take)(void *cookie, struct tr_records *deadlines);
    void *cookie;
};

/* The same, handed over case by case: never are all of them in memory. */
int tr_deadlines_each(const struct tr_routine *routine, const struct tr_records *events,
                      int32_t as_of, uint32_t statuses, const struct tr_listener *listener,
                      const struct tr_deadline_taker *taker);

/* The last day on which what is due on the day is not too late. */
int32_t tr_last_day(int32_t due, enum tr_off_day off_day);

/* What is open, on a day: overdue after last, due from notice_on or when it has no day yet. */
enum tr_deadline_status tr_deadline_open_status(int32_t last, int32_t notice_on, int32_t as_of);

/* Puts them in order: by case, then by day. */
void tr_deadlines_sort(struct tr_records *deadlines);

/* Leaves those that a role is responsible for. role: entry of the list; -1: leaves all. For a
 * calendar, what was the role's until a day not before since stays, to be taken out of it. */
void tr_deadlines_keep(struct tr_records *deadlines, int32_t role, bool calendar, int32_t since);

#endif
