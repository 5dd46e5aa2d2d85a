/* What the parts of deadline share: the log in order (log_order.c), the faults in it (log_check.c), the
 * steps (deadline.c). */
#ifndef TR_DOMAIN_ROUTINE_DEADLINE_OWN_H
#define TR_DOMAIN_ROUTINE_DEADLINE_OWN_H

#include "domain/routine/deadline.h"

/* The events of all cases, to be put in order of case and day. */
struct tr_log {
    const struct tr_routine *routine;
    const struct tr_records *events;
    uint32_t *order; /* numbers of records */
    int *of;         /* the case of each record */
    int32_t as_of;
    const struct tr_listener *listener;
};

static inline const struct tr_event *tr_log_event(const struct tr_log *log, uint32_t i)
{
    return tr_event(log->events, log->order[i]);
}

static inline bool tr_same_event(const struct tr_event *a, const struct tr_event *b)
{
    return a->date == b->date && a->type == b->type && a->detail == b->detail &&
           a->until == b->until;
}

/* Numbers the cases. Returns how many there are, or -1. */
int tr_log_number_cases(struct tr_log *log);

/* Puts the events in order by case, and the cases by their ids. cases: how many there are. -1: memory. */
int tr_log_put_in_order(struct tr_log *log, uint32_t cases);

/* Reports faults of single lines, in the order of the file. latest: room for a day of each case,
 * all 0. -1: memory. */
int tr_log_check_lines(const struct tr_log *log, int32_t *latest);

/* Reports what contradicts itself in one case: events [from, to) of the log in order. */
void tr_log_check_case(const struct tr_log *log, uint32_t from, uint32_t to);

#endif
