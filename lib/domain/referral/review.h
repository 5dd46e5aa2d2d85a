/* Free text that a person has to read before it travels: what stays of it when the masks have
 * hidden what they know, and what was decided. */
#ifndef TR_DOMAIN_REFERRAL_REVIEW_H
#define TR_DOMAIN_REFERRAL_REVIEW_H

#include "base/secret.h"
#include "domain/profile/kind.h"
#include "domain/referral/part.h"

struct tr_review {
    struct tr_str referral_id, free_field, free_text; /* as it would travel */
    int32_t may_travel;                               /* 1, 0; -1: not decided */
    struct tr_str
        text_mark; /* of the text as it was when it was listed: another needs another look */
};
extern const struct tr_kind tr_review_kind;

enum { TR_TEXT_MARK_LEN = 12 };

/* Decisions, by referral and field; NULL: memory. */
struct tr_reviews; /* opaque */
struct tr_reviews *tr_reviews_new(const struct tr_records *decided);
void tr_reviews_free(struct tr_reviews *r);

/* Holds the free cells of a part that travels against the decisions: what may travel does, as the
 * person left it, masked again; the other cells are emptied. Gives each that nobody has decided on
 * to unread. -1: memory. */
int tr_reviews_apply(struct tr_reviews *r, struct tr_part_cells *cells, struct tr_masks *masks,
                     const struct tr_key *key, const struct tr_value v[],
                     void (*unread)(void *cookie, const struct tr_review *row), void *cookie);

/* How many free cells a part has that somebody should read. */
unsigned tr_review_count(const struct tr_part_cells *cells);

#endif
