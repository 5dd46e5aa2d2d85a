/* A referral in two parts: what may travel, and what stays at home. Only the reference code
 * connects them. Which field goes where is its mark in tr_fields, and what the profile says of how
 * it travels. */
#ifndef TR_DOMAIN_REFERRAL_PART_H
#define TR_DOMAIN_REFERRAL_PART_H

#include "base/secret.h"
#include "domain/referral/mask.h"
#include "domain/referral/travel.h"

/* The part that stays begins with the reference code and the own id; the fields that are kept follow. */
enum { TR_PART_CODES = 2, TR_STAYING_MAX = TR_N_REFERRAL_FIELDS + TR_PART_CODES };

/* Columns, or the cells of a row. */
struct tr_part_columns {
    struct tr_column travels[TR_N_REFERRAL_FIELDS], stays[TR_STAYING_MAX];
    size_t n_stays;
};
struct tr_part_cells {
    struct tr_str travels[TR_N_REFERRAL_FIELDS], stays[TR_STAYING_MAX];
    char code[TR_PSEUDONYM_LEN]; /* instead of the referral's own id */
    char person[TR_PSEUDONYM_LEN], born[TR_BORN_LEN];
    struct tr_buf masked[TR_N_REFERRAL_FIELDS];
};
void tr_part_clear(struct tr_part_cells *cells);

void tr_part_columns(struct tr_part_columns *out);

/* Parts a referral. v: its fields. What travels is in its finest form, and the day received and the
 * number in the queue are still its own; see domain/referral/shares.h. Cells are valid until the
 * next call. -1: memory. */
int tr_part_split(struct tr_part_cells *out, struct tr_masks *masks, const struct tr_key *key,
                  const struct tr_travels *t, const struct tr_value v[]);

#endif
