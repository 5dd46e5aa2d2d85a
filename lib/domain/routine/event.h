/* What happens in a case, one event per line. Lines are only ever added to the log. */
#ifndef TR_DOMAIN_ROUTINE_EVENT_H
#define TR_DOMAIN_ROUTINE_EVENT_H

#include "domain/profile/consent.h"
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

/* A day to come that is not known. */
enum { TR_DAY_LATER = INT32_MAX };

/* What a case is about, as its referral has it. */
struct tr_case {
    struct tr_str id; /* the referral's */
    int32_t received, bydel, service_level, stay_type;
    int32_t queue_number;    /* among those of its delivery that their days do not tell apart */
    int32_t available_from;  /* no place is sought before; TR_DAY_LATER: until a day nobody knows */
    int32_t judged_on;
    int32_t month_end;       /* last day of the month, where no more is known of the receipt; else 0 */
    int32_t consent, consent_kind, consent_on; /* see domain/profile/consent.h */
    struct tr_str consent_by;
    struct tr_str person_id; /* identity number or pseudonym */
    struct tr_str wishes;    /* institutions, joined with | */
    int32_t protection;      /* of the address: entry of the list */
};

extern const struct tr_kind tr_case_kind;

static inline struct tr_case *tr_case(const struct tr_records *r, uint32_t i)
{
    return (struct tr_case *)(void *)r->record + i;
}

/* The district under which figures count the case: not told of somebody with a protected address. */
int32_t tr_case_district(const struct tr_records *cases, uint32_t i);

/* The day on which the person said yes or no: that of the referral when it names none. */
static inline int32_t tr_case_consent_day(const struct tr_case *c)
{
    return c->consent_on != TR_NO_DAY ? c->consent_on : c->received;
}

/* Keeps the events of cases in the district bydel (-1: any), of the case id (empty: any), up to the
 * day until (TR_NO_DAY: any). cases tells the district of each case; it may be NULL when bydel is
 * -1. */
void tr_events_keep(struct tr_records *events, const struct tr_records *cases, int32_t bydel,
                    struct tr_str id, int32_t until);

/* Deals the events out to their cases, of which each stands where its first event stood among those of others,
 * and its events in the order they had: what goes through all of them then goes case by case. -1: memory. */
int tr_events_deal(struct tr_records *events);

/* The event type whose taken_from in event_types.csv is this fact; -1: there is none. */
int32_t tr_event_taken_from(const struct tr_profile *profile, const char *fact);

/* Adds, to events dealt out to their cases, those that referrals and stays know of: received, moved_in, moved_out, kept, day_place. The
 * column taken_from of event_types.csv says which type of event each is. A case whose log has an
 * event of the type keeps it alone; but of several stays, the log may tell of some: an event tells of the stay
 * that has its day, or is nearest to it with no moving the other way between. The detail of moving in is the type of stay; a place that is
 * kept, or a day place, is so until the day that the stay ends. Either set may be NULL.
 * offers: also that a place was offered, for figures of waits. -1: memory. */
int tr_events_add_known(struct tr_records *events, const struct tr_records *cases,
                        const struct tr_records *stays, bool offers);

#endif
