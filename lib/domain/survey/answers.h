/* Answers to questions about referrals, one a row: referral_id, field, answer. Other columns are for
 * people to read. A row without an answer says nothing. See rop-group(1). */
#ifndef TR_DOMAIN_SURVEY_ANSWERS_H
#define TR_DOMAIN_SURVEY_ANSWERS_H

#include "base/date.h"
#include "domain/profile/profile.h"

struct tr_answered {
    struct tr_table table;
    int *field;             /* of each row: enum tr_field, or -1: no answer */
    struct tr_value *value; /* of each row */
    int *next;              /* the next row of the same referral, or -1 */
    char (*day)[TR_DATE_LEN]; /* of each row that answers with a day: yyyy-mm-dd */
    bool *used;             /* the row's referral was there */
    struct tr_dict first;   /* referral_id to its first row */
    uint64_t fields;        /* those that are answered for anybody (bit: enum tr_field) */
};

/* Reads the answers; -1 with err where a row is wrong. What is there before must be empty. */
int tr_answered_read(struct tr_answered *a, const struct tr_profile *p, struct tr_reader *reader,
                     struct tr_err *err);

/* The same of what is in a->table. */
int tr_answered_take(struct tr_answered *a, const struct tr_profile *p, struct tr_err *err);
void tr_answered_clear(struct tr_answered *a);

/* Puts the answers of the referral in v; they live as long as a. Fields that no column fills must be
 * emptied of what was answered for another referral. */
void tr_answered_apply(struct tr_answered *a, struct tr_value v[]);

/* The next answer, from row *at on, of a referral that did not come; neighbours of one referral count as
 * one. false: that was all. */
bool tr_answered_unused(const struct tr_answered *a, uint32_t *at, struct tr_err *err);

#endif
