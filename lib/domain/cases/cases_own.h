/* What the parts of deriving the state of cases share: case_sources.c takes what referrals, stays
 * and the log tell, case_levels.c turns what is held into events, cases.c runs the events. Not for
 * others. */
#ifndef TR_DOMAIN_CASES_CASES_OWN_H
#define TR_DOMAIN_CASES_CASES_OWN_H

#include "domain/cases/cases.h"
#include "record/seen/twins.h"

/* What a case holds, weakest first. */
enum tr_case_level {
    TR_LEVEL_NONE,
    TR_LEVEL_PARKED,
    TR_LEVEL_OFFERED,
    TR_LEVEL_ACCEPTED,
    TR_LEVEL_KEPT,
    TR_LEVEL_LIVES,
    TR_N_LEVELS
};

/* A level held on the days [from, end); end TR_NO_DAY: with no end. */
struct tr_held {
    uint32_t number; /* of the case */
    enum tr_case_level level;
    int32_t from, end;
    bool declined; /* it ends by an answer, not by time */
    const struct tr_records *by;
    uint32_t index; /* the record that told it */
};

/* An event of a case, from the log or told by a source. */
struct tr_mark_of_case {
    uint32_t number;
    int32_t day, type;
    uint32_t order; /* as they came */
    const struct tr_records *from;
    uint32_t index; /* the record that told it */
};

struct tr_finding {
    struct tr_cases *out;
    const struct tr_case_states *states;
    int32_t as_of;
    const struct tr_listener *listener;
    struct tr_mark_of_case *mark;
    struct tr_held *held;
    struct tr_twins twins;
    size_t n_marks, room_marks, n_held, room_held, room_cases;
    bool failed;
};

/* Number of the case called id; UINT32_MAX when memory is out. */
uint32_t tr_case_number(struct tr_finding *f, struct tr_str id);

/* Adds an event, unless it is later than the day, or moves no case. from NULL: no record tells it.
 */
void tr_case_mark(struct tr_finding *f, uint32_t number, int32_t day, int32_t type,
                  const struct tr_records *from, uint32_t index);

/* Takes all sources. */
void tr_case_sources_take(struct tr_finding *f, const struct tr_case_sources *in);

/* Adds an event for each change of what a case holds. */
void tr_case_levels_tell(struct tr_finding *f);

#endif
