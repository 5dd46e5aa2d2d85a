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

/* What came of the duties that were taken. */
struct tr_duties {
    const struct tr_routine *routine;
    struct tr_flow_groups *groups;
    const struct tr_duties_choice *choice;
    struct tr_duty *duty;
    uint32_t n, room;
};

/* Takes the deadlines of a case, of those of TR_DUTIES_COUNTED at least. Left out are limits that pass
 * by themselves, what is moot, and what is open and not due yet. -1: memory. */
int tr_duties_take(struct tr_duties *d, const struct tr_records *deadlines);
void tr_duties_clear(struct tr_duties *d);

/* A row for each duty of the routine and each group in which it fell due. -1 with err. */
int tr_duties_count(struct tr_figures *out, struct tr_duties *d, struct tr_err *err);

#endif
