/* Whether the routine is kept: of each duty, how often it was done in time, late, or not at all. */
#ifndef TR_DOMAIN_FLOW_DUTIES_H
#define TR_DOMAIN_FLOW_DUTIES_H

#include "domain/flow/figures.h"
#include "domain/flow/group.h"
#include "domain/routine/deadline.h"

/* The statuses of deadlines of which anything is counted. */
enum {
    TR_DUTIES_COUNTED =
        1 << TR_DEADLINE_DONE | 1 << TR_DEADLINE_OVERDUE | 1 << TR_DEADLINE_MISSED
};

struct tr_duties_choice {
    int32_t since, as_of; /* the last day of what is counted lies in them; since TR_NO_DAY: any */
    enum tr_lang lang;    /* of the names of duties */
    bool whole;           /* hold nothing back */
};

/* A row for each duty of the routine and each group in which it fell due. Left out are limits that
 * pass by themselves, what is moot, and what is open and not due yet. deadlines: those of
 * TR_DUTIES_COUNTED at least. -1 with err. */
int tr_duties_count(struct tr_figures *out, const struct tr_routine *routine,
                    const struct tr_records *deadlines, struct tr_flow_groups *groups,
                    const struct tr_duties_choice *choice, struct tr_err *err);

#endif
