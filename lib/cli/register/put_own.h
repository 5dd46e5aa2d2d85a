/* A put that is going on, and the parts of it that each kind of record needs. */
#ifndef TR_CLI_REGISTER_PUT_OWN_H
#define TR_CLI_REGISTER_PUT_OWN_H

#include "cli/input/records.h"
#include "cli/input/referrals.h"
#include "cli/register/register_own.h"
#include "domain/referral/guarded.h"

struct tr_putting {
    struct tr_register *r;
    const struct tr_keys *keys;
    struct tr_register_put *put;
    struct tr_referrals referrals; /* of referrals */
    int64_t layout;
    const char *day;                      /* from which it is known */
    char far[TR_DATE_LEN];                /* a year after it: nothing has happened then */
    struct tr_put_form form;              /* of other kinds than referrals */
    struct tr_put_referral making, ahead; /* the second one's is the reading thread */
    struct tr_guarded_words words;
    struct tr_buf open;                   /* what is sealed */
    struct tr_str other;                  /* the other referral that the record in hand is about */
    struct tr_put_persons persons;
    struct tr_lasting lasting;
    struct tr_hiding hiding;
    struct tr_put_emptied emptied;
    struct tr_buf brought; /* who is brought back, as the log wants them */
    bool passes;           /* institutions may have to learn of it: see register_passing.h */
    bool bare;             /* a record came without who it is about */
};

/* Whether a day or a month, as records write it, is more than a year ahead, and its year was not told already. */
static inline bool tr_put_is_far(const struct tr_putting *p, struct tr_str iso)
{
    return iso.len >= TR_MONTH_LEN && iso.len <= TR_DATE_LEN && memcmp(iso.p, p->far, iso.len) > 0 &&
           !tr_year_is_odd((iso.p[0] - '0') * 1000 + (iso.p[1] - '0') * 100 + (iso.p[2] - '0') * 10 + iso.p[3] - '0');
}

/* ---- one record: register_put_one.c ---- */

/* Gives a record to the store, unless it is about somebody who was purged. -1: said. */
int tr_putting_store(struct tr_putting *p, struct tr_store_record *record);

/* Finds or adds the layout with this header. -1: said. */
int tr_putting_layout(struct tr_putting *p, enum tr_record_kind kind, struct tr_str header);

/* ---- referrals: register_put_referrals.c ---- */

/* All of these: -1: said. */
int tr_put_referrals(struct tr_putting *p);
int tr_put_referral_layout(struct tr_putting *p);
int tr_put_persons_begin(struct tr_putting *p);

/* Tells which referrals are about persons of whom others came with them, or are in the register. */
int tr_put_persons_end(struct tr_putting *p);

/* ---- who they are about, when it comes later: register_put_identities.c ---- */

int tr_put_identities(struct tr_putting *p, struct tr_reader *reader);

/* ---- other kinds: register_put_records.c ---- */

int tr_put_records(struct tr_putting *p, enum tr_record_kind which, struct tr_reader *reader);
int tr_put_each(struct tr_putting *p, enum tr_record_kind which, const struct tr_records *records);
int tr_putting_notice(struct tr_putting *p, enum tr_record_kind which,
                      const struct tr_records *records);

#endif
