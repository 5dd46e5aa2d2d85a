/* Who a referral is about: a person is known by identity number or pseudonym, across referrals,
 * districts and years. Of several referrals of one person, one speaks for the person. */
#ifndef TR_DOMAIN_REFERRAL_PERSON_H
#define TR_DOMAIN_REFERRAL_PERSON_H

#include "domain/profile/profile.h"

/* How much a referral has to say for the person: one that holds a place comes before any other, and
 * one that is closed after. */
enum tr_person_standing { TR_PERSON_CLOSED, TR_PERSON_OPEN, TR_PERSON_HOLDS };

/* Whether s has the form that tr_pseudonym and referral codes have. */
bool tr_pseudonym_is_made(struct tr_str s);

/* By what a person is known. One person may have a number of each sort, as a D-number is followed by a
 * birth number, and but one of each. */
enum tr_person_sort { TR_PERSON_BIRTH, TR_PERSON_DNR, TR_PERSON_FH, TR_PERSON_DUF, TR_PERSON_NAMED, TR_N_PERSON_SORTS };

/* Of an identity that was read; TR_PERSON_NAMED: a pseudonym. */
enum tr_person_sort tr_person_sort_of(struct tr_str person_id);

/* What of a referral tells who it is about, in few bytes. */
struct tr_person {
    uint64_t key;        /* a hash of the number or pseudonym; 0: nobody knows */
    int32_t received;    /* yyyymmdd, of a month alone yyyymm00; 0: unknown */
    uint16_t birth_year; /* 0: unknown */
    uint16_t name;       /* a hash of the name whatever its capitals; 0: unknown */
    int8_t sex;          /* entry of the list; -1: unknown */
    uint8_t standing;    /* enum tr_person_standing */
    uint8_t sort;        /* enum tr_person_sort, of key */
    int32_t number;      /* in the queue of its delivery; 0: unknown */
};

/* v: index enum tr_field, as import reads them. The referral counts as open. Without a number the
 * rest is known all the same: somebody may have decided whose it is. */
void tr_person_from(struct tr_person *out, const struct tr_value v[]);

/* The fields that tr_person_from reads (bit: enum tr_field). */
#define TR_WANT_PERSON                                                                             \
    (UINT64_C(1) << TR_F_REFERRAL_ID | UINT64_C(1) << TR_F_RECEIVED |                              \
     UINT64_C(1) << TR_F_PERSON_ID | UINT64_C(1) << TR_F_NAME | UINT64_C(1) << TR_F_SEX |          \
     UINT64_C(1) << TR_F_BIRTH_YEAR | UINT64_C(1) << TR_F_QUEUE_NUMBER)

/* person_speaks of profile.csv: which referral speaks for the person. The one with the higher
 * standing; then the last or the first received, and among those of one day the number in the
 * queue, or the id, that is last or first. */
enum tr_person_rule { TR_PERSON_NEWEST, TR_PERSON_OLDEST, TR_N_PERSON_RULES };
extern const char *const tr_person_rule_names[TR_N_PERSON_RULES + 1]; /* and NULL */

/* The profile's rule; newest when it has none. */
enum tr_person_rule tr_person_rule_of(const struct tr_profile *p);

/* A referral of a person, and where it stands. */
struct tr_person_at {
    struct tr_person person;
    struct tr_str id; /* the referral's */
    const char *source;
    uint64_t line;
    uint32_t note; /* the caller's */
};

/* Whether b speaks for the person rather than a. */
bool tr_person_speaks(enum tr_person_rule rule, const struct tr_person_at *a,
                      const struct tr_person_at *b);

/* Fills err with the warning that other is about the person for whom speaks speaks. It names both
 * by id and place, and nothing else. */
void tr_person_same(const struct tr_person_at *other, const struct tr_person_at *speaks,
                    struct tr_err *err);

/* The same, that they are of two persons whose pseudonyms look alike. */
void tr_person_near(const struct tr_person_at *other, const struct tr_person_at *first,
                    struct tr_err *err);

/* The fields in which two referrals of a person contradict each other, one after another: the first
 * from *field on, with err filled; false when there is none left. Start with *field 0. */
bool tr_person_differs(const struct tr_person_at *other, const struct tr_person_at *speaks,
                       int *field, struct tr_err *err);

#endif
