/* What a move-out plan asks of people by a day: its tasks as deadlines, and the day of moving in.
 */
#ifndef TR_DOMAIN_ROUTINE_PLAN_DUE_H
#define TR_DOMAIN_ROUTINE_PLAN_DUE_H

#include "domain/routine/deadline.h"
#include "domain/routine/plan.h"

/* Adds each task that has a day, or a status, to deadlines. Their texts are borrowed from the plan,
 * which outlives them. The step of a task is PAPER/POINT/ITEM, with the day behind PAPER where there is one
 * of each day, and /N behind it where the plan names several. -1: memory. */
int tr_plan_deadlines(struct tr_records *deadlines, struct tr_plan *plan,
                      const struct tr_routine *routine, int32_t as_of);

/* Adds the event that event_types.csv takes from the plan's home_from, dated the move-out meeting,
 * to the log. Not when the log has one in the case, or the plan lacks a day. -1: memory. */
int tr_plan_events(struct tr_records *events, const struct tr_plan *plan);

#endif
