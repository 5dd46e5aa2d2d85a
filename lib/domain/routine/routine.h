/* The routine: what must be done when, as the profile's steps.csv and event_types.csv have it. No
 * step is known by name here. */
#ifndef TR_DOMAIN_ROUTINE_ROUTINE_H
#define TR_DOMAIN_ROUTINE_ROUTINE_H

#include "base/calendar.h"
#include "domain/routine/event.h"

/* Events of a type, with one detail or with any. */
struct tr_sign {
    int32_t type, detail; /* entries of event_type and event_detail; detail -1: any */
};

enum { TR_SIGNS_MAX = 12 };
struct tr_signs {
    struct tr_sign at[TR_SIGNS_MAX];
    int32_t role[TR_SIGNS_MAX]; /* of changes: who is responsible from then on */
    uint64_t during[TR_SIGNS_MAX]; /* of starts: only after one of these types (bits), until the step is
                                      completed; 0: whenever */
    uint64_t unless[TR_SIGNS_MAX]; /* of changes: event types (bits) after which this one gives nothing
                                      until another gives the same role */
    int n;
    uint64_t types; /* bit: there is a sign of that type */
};

static inline bool tr_signs_have(const struct tr_signs *s, const struct tr_event *e)
{
    for (int i = 0; s->types >> e->type & 1 && i < s->n; i++)
        if (s->at[i].type == e->type && (s->at[i].detail < 0 || s->at[i].detail == e->detail))
            return true;
    return false;
}

/* What a due day that is no working day becomes. */
enum tr_off_day { TR_OFF_DAY_AFTER, TR_OFF_DAY_BEFORE, TR_OFF_DAY_SAME };

struct tr_step {
    struct tr_str code, source;
    struct tr_str label[TR_N_LANGS];
    struct tr_signs starts, ahead_of, until, done_by, changes;
    struct tr_duration offset, ahead, repeat, notice;
    bool has_offset; /* else it has no day until an event of ahead_of gives one */
    bool day_named;  /* the day that the starting event names goes before the offset */
    bool repeats, early, each, passes, reminder;
    bool when_closed; /* also due in a case in whose state nothing else is */
    enum tr_off_day off_day;
    int32_t responsible; /* entry of the list role */
    uint64_t attendees;
};

enum tr_deadline_status {
    TR_DEADLINE_OVERDUE,
    TR_DEADLINE_DUE,
    TR_DEADLINE_UPCOMING,
    TR_DEADLINE_MISSED, /* the time ran out, and a later event made it moot */
    TR_DEADLINE_DONE,
    TR_DEADLINE_PASSED, /* a limit that needs nothing done, and is over */
    TR_DEADLINE_MOOT,   /* a later event made it moot in time */
    TR_N_DEADLINE_STATUS
};
enum {
    TR_DEADLINE_OPEN = 1 << TR_DEADLINE_OVERDUE | 1 << TR_DEADLINE_DUE | 1 << TR_DEADLINE_UPCOMING
};
extern const char *const tr_deadline_status_names[TR_N_DEADLINE_STATUS + 1]; /* and NULL */

struct tr_routine {
    const struct tr_profile *profile;
    struct tr_step *step;
    uint32_t n_steps;
    const struct tr_list *types, *details, *roles;
    uint64_t after[TR_LIST_MAX];   /* of each type: one of these types must come before it */
    uint64_t allowed[TR_LIST_MAX]; /* the details that it may have */
    bool once[TR_LIST_MAX];
    uint64_t wants_detail;                /* types that no step understands without a detail */
    struct tr_duration notice;            /* of what has none of its own */
    int32_t status[TR_N_DEADLINE_STATUS]; /* entries of the list deadline_status */
};

/* -1 with err when a table is wrong. */
int tr_routine_load(struct tr_routine *r, const struct tr_profile *profile, struct tr_err *err);
void tr_routine_clear(struct tr_routine *r);

/* Number of the step called so, or -1. */
int tr_routine_step(const struct tr_routine *r, struct tr_str code);

#endif
