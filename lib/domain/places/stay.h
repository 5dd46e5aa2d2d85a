/* Stays and offers: what each does to a place, from when to when. */
#ifndef TR_DOMAIN_PLACES_STAY_H
#define TR_DOMAIN_PLACES_STAY_H

#include "base/date.h"
#include "domain/places/institution.h"

enum tr_stay_status {
    TR_STAY_OFFERED,
    TR_STAY_ACCEPTED,
    TR_STAY_DECLINED,
    TR_STAY_EXPIRED,
    TR_STAY_MOVED_IN,
    TR_STAY_MOVED_OUT,
    TR_STAY_KEPT,
    TR_STAY_DAY_PLACE,
    TR_STAY_SELF_AGREED,   /* may return by decision of their own, until a day */
    TR_STAY_SELF_REFERRED, /* has returned for a short stay */
    TR_STAY_OTHER,         /* a status that only the profile knows: it holds no place */
    TR_N_STAY_STATUS
};

struct tr_stay {
    struct tr_str id, referral_id, institution_id;
    int32_t from, to_expected, to;
    int32_t status; /* entry of the list status; after tr_stays_settle enum above */
    int32_t decline_reason;
    struct tr_str certificate; /* SHA-256 of the certificate that an offer follows from */
    int32_t institution;       /* number of the record, after tr_stays_settle */
    bool ended, refused; /* by what came later, on ended_on, and by a no: see tr_cases_end_stays */
    int32_t ended_on;
};

extern const struct tr_kind tr_stay_kind;

static inline struct tr_stay *tr_stay(const struct tr_records *r, uint32_t i)
{
    return (struct tr_stay *)(void *)r->record + i;
}

/* The code of a status, as in the list. */
const char *tr_stay_status_name(int32_t status);

/* Finds the institution and the status of each stay; institutions: NULL where none matters. Two stays of
 * one referral at the same time are reported, and an institution that is unknown, unless the stay has
 * ended by the day: then -1. */
int tr_stays_settle(struct tr_records *stays, const struct tr_records *institutions, int32_t as_of,
                    const struct tr_listener *listener);

/* The same for figures of the past: two stays at the same time are told, and both count. */
int tr_stays_settle_history(struct tr_records *stays, const struct tr_records *institutions,
                            int32_t as_of, const struct tr_listener *listener);

/* The same where each case stands for itself: bad gets the referrals of stays that nobody can
 * understand. -1: institutions are wrong, or memory is out. */
int tr_stays_settle_each(struct tr_records *stays, const struct tr_records *institutions,
                         int32_t as_of, struct tr_dict *bad, const struct tr_listener *listener);

/* Tells of institutions with places at which no stay is, nor was, where most others have some: after
 * tr_stays_settle. -1: memory. */
int tr_stays_tell_none(const struct tr_records *stays, const struct tr_records *institutions,
                       const struct tr_listener *listener);

/* The last offer to the referral at the institution, whatever became of it; NULL: none. */
const struct tr_stay *tr_stays_of(const struct tr_records *stays, struct tr_str referral_id,
                                  struct tr_str institution_id);

/* Whether the person has moved in, and perhaps out again. */
bool tr_stay_lived(const struct tr_stay *stay);
/* The share, from 0 to 1, of offers until the day that were declined or ran out; 0 without any that was
 * answered. */
double tr_stays_declined(const struct tr_records *stays, int32_t as_of);

enum tr_hold {
    TR_HOLD_NONE,
    TR_HOLD_RESERVED, /* an offer out, or accepted */
    TR_HOLD_OCCUPIED, /* lived in, or kept after moving out */
    TR_HOLD_DAY,      /* a day place: it takes no bed */
    TR_HOLD_AGREED,   /* may return by decision of their own: it takes no bed */
    TR_HOLD_RETURNED  /* is back: it takes one of the self-referred places, never another bed */
};

/* What the stay holds on its days [from, end); end is TR_NO_DAY when it has none. offer_days: how
 * long an offer stands. A stay without an end goes on, also past the day that was expected:
 * somebody sleeps there. A kept or day place ends when it was agreed to. */
struct tr_span {
    enum tr_hold hold;
    int32_t from, end;
};

/* The end of what a stay holds, as far as it was known on the day: an end that is agreed on, not that somebody
 * has moved out later. TR_NO_DAY: it was not. */
int32_t tr_stay_end_known(const struct tr_stay *stay, struct tr_span hold, int32_t as_of);
struct tr_span tr_stay_span(const struct tr_stay *stay, int offer_days);

/* Whether a hold takes one of the ordinary beds. */
static inline bool tr_hold_is_bed(enum tr_hold hold)
{
    return hold == TR_HOLD_RESERVED || hold == TR_HOLD_OCCUPIED;
}

static inline bool tr_span_has(struct tr_span s, int32_t day)
{
    return s.hold && day >= s.from && (s.end == TR_NO_DAY || day < s.end);
}

#endif
