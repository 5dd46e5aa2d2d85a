/* In which form each field of a referral travels: the profile's travels.csv. A field without a row
 * stays at home. The first form of a field is the finest in which it is ever sent; those behind it
 * are steps of a ladder, each coarser, for when too few persons share what would be sent. */
#ifndef TR_DOMAIN_REFERRAL_TRAVEL_H
#define TR_DOMAIN_REFERRAL_TRAVEL_H

#include "base/secret.h"
#include "domain/profile/profile.h"
#include "domain/referral/age.h"

enum tr_travel_form {
    TR_TRAVELS_NOT,
    TR_TRAVELS_MONTH,  /* of a day, yyyy-mm */
    TR_TRAVELS_BAND,   /* born_between: as far as limits of age need */
    TR_TRAVELS_NUMBER, /* queue_number: given anew to those whose days do not tell them apart */
    TR_TRAVELS_CODE,   /* a pseudonym, the same for the same content */
    TR_TRAVELS_WHOLE,
    TR_N_TRAVEL_FORMS
};
extern const char *const tr_travel_form_names[TR_N_TRAVEL_FORMS + 1]; /* and NULL */

enum { TR_TRAVEL_FORMS_MAX = 4 };

struct tr_travels {
    struct tr_travelling {
        enum tr_travel_form form[TR_TRAVEL_FORMS_MAX]; /* from fine to coarse */
        int n;                                         /* 0: it stays at home */
        int before;  /* so many steps of the ladder are those of fields before it */
        bool counts; /* others may know it: it is part of what persons are told apart by */
    } field[TR_N_REFERRAL_FIELDS];
    int n_steps; /* of the ladder: from 0, all fields in their finest form, to n_steps */

    /* the caller's, for ages: no day, no ages */
    struct tr_age_limits limits;
    int32_t as_of;
};

/* Reads the profile's table; limits are those of its key age_limits, and there is no day. */
int tr_travels_load(struct tr_travels *out, const struct tr_profile *p, struct tr_err *err);

/* The form of a field at a step of the ladder: fields become coarser in the order of rows, each to
 * its end before the next. */
enum tr_travel_form tr_travels_form(const struct tr_travels *t, int field, int step);

/* A cell in its finest form, made coarser. */
struct tr_str tr_travels_coarsen(enum tr_travel_form form, struct tr_str cell);

#endif
