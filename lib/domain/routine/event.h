/* What happens in a case, a line an event: the log is only ever added to. */
#ifndef TR_DOMAIN_ROUTINE_EVENT_H
#define TR_DOMAIN_ROUTINE_EVENT_H

#include "domain/profile/kind.h"

struct tr_event {
    struct tr_str case_id;
    int32_t date;
    int32_t type, detail; /* entries of the lists event_type and event_detail */
    int32_t until;        /* the day on which what began then ends by itself */
    struct tr_str by, note;
};

extern const struct tr_kind tr_event_kind;

static inline struct tr_event *tr_event(const struct tr_records *r, uint32_t i)
{
    return (struct tr_event *)(void *)r->record + i;
}

/* What a case is about, as its referral has it. */
struct tr_case {
    struct tr_str id; /* the referral's */
    int32_t received, bydel, stay_type;
    int32_t available_from;  /* no place is sought before */
    struct tr_str person_id; /* identity number or pseudonym */
    struct tr_str wishes;    /* institutions, joined with | */
};

extern const struct tr_kind tr_case_kind;

static inline struct tr_case *tr_case(const struct tr_records *r, uint32_t i)
{
    return (struct tr_case *)(void *)r->record + i;
}

/* Drops the events of other cases than those of the district (-1: of any) that cases tell of, and
 * than the one called id (empty: any), and those later than the day until (TR_NO_DAY: none). cases
 * may be NULL when bydel is -1. */
void tr_events_keep(struct tr_records *events, const struct tr_records *cases, int32_t bydel,
                    struct tr_str id, int32_t until);

/* Adds what referrals and stays tell to the log of each case that has no event of that type: which
 * types they are, the column taken_from of event_types.csv says - received, moved_in, moved_out.
 * The detail of moving in is the type of stay. Either set may be NULL. -1: memory. */
int tr_events_add_known(struct tr_records *events, const struct tr_records *cases,
                        const struct tr_records *stays);

#endif
