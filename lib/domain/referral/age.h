/* How old somebody is, as far as a referral tells, and how that is told to others no finer than
 * limits of age need.
 *
 * A band of ages holds on one day only. The days of birth that belong to it hold for ever: "born
 * from 1995-11-22 to 2008-11-21" is 18 to 30 on 21 November 2026, and what it is on any other day
 * follows. So that is what travels, as an interval of ISO 8601. */
#ifndef TR_DOMAIN_REFERRAL_AGE_H
#define TR_DOMAIN_REFERRAL_AGE_H

#include "base/date.h"
#include "domain/profile/field.h"

enum { TR_AGE_MAX = 200, TR_AGE_LIMITS_MAX = 64, TR_BORN_LEN = 2 * TR_DATE_LEN + 1 };

/* Whole years: the least and the most that are possible; -1: unknown. From a year of birth alone,
 * two ages are possible. */
struct tr_ages {
    int32_t from, to;
};

/* On the day; TR_NO_DAY: unknown. The date of birth counts if the identity number has it, else the
 * year, else the days between which the person was born. v: index enum tr_field. */
struct tr_ages tr_ages_of(const struct tr_value v[], int32_t as_of);

/* Reads "yyyy-mm-dd/yyyy-mm-dd", in which .. stands for an end that is open: TR_NO_DAY. false: it
 * is no such text, ends before it begins, or is open at both ends. */
bool tr_born_parse(struct tr_str s, int32_t *first, int32_t *last);

/* Ages from which something changes, in order. */
struct tr_age_limits {
    int32_t at[TR_AGE_LIMITS_MAX];
    int n;
};

/* Adds one, unless it is there, or no limit: 0 and less, TR_AGE_MAX and more. false: too many. */
bool tr_age_limit_add(struct tr_age_limits *l, int32_t age);

/* The days between which somebody was born who on the day is as old as ages say, as far as the
 * limits tell: no limit lies between two ages that they do not tell apart. Written to out; empty
 * when that says nothing. */
struct tr_str tr_born_between(const struct tr_age_limits *l, struct tr_ages ages, int32_t as_of,
                              char out[TR_BORN_LEN]);

#endif
