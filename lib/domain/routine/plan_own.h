/* What the parts of plan share: forms and empty plans (plan.c), reading (plan_read.c), writing
 * (plan_write.c), what a plan lacks (plan_missing.c). */
#ifndef TR_DOMAIN_ROUTINE_PLAN_OWN_H
#define TR_DOMAIN_ROUTINE_PLAN_OWN_H

#include "domain/routine/plan.h"

/* The schema of the form's documents. */
const char *tr_plan_schema(const struct tr_plan_form *f);

/* The kind that the profile calls so, the empty name a point; false: there is none. */
bool tr_plan_item_kind(struct tr_str name, enum tr_item_kind *kind);

/* Number of the item; of the point itself when item is empty. -1: there is none. */
int tr_plan_item_find(const struct tr_plan_form *f, struct tr_str point, struct tr_str item);

/* What is said of a text that should be a code: itself when it is written as one, else nothing of it. */
static inline struct tr_str tr_plan_told_code(struct tr_str given)
{
    for (size_t i = 0; i < given.len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_:", given.p[i]) || !given.p[i])
            return TR_STR("…");
    return given;
}

static inline bool tr_plan_item_has_tasks(const struct tr_plan_item *item)
{
    return item->kind == TR_ITEM_TASK || item->kind == TR_ITEM_TASKS;
}

#endif
