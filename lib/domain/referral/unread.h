/* Columns of an export that no field claims: each is told once, with the field that it may be. */
#ifndef TR_DOMAIN_REFERRAL_UNREAD_H
#define TR_DOMAIN_REFERRAL_UNREAD_H

#include "domain/profile/kind.h"
#include "domain/referral/import.h"

/* What a column that no field claims may be: field -1 when nothing is near. known of its cells, in
 * the rows in hand, are words of the field's list. code: how that is told. */
struct tr_unread {
    enum tr_code code;
    int field;
    size_t known, cells;
};

/* A look at such columns of a header just bound; all borrowed. */
struct tr_unread_look {
    const struct tr_profile *profile;
    const struct tr_binding *binding;
    struct tr_reader *reader;
    uint64_t present; /* fields that the header has (bit: field) */
    bool hidden;      /* the header is a person's row: nothing of it is shown */
    bool spelt;       /* what follows is there */
    struct tr_buf text, spellings; /* of the fields that it lacks */
};
void tr_unread_start(struct tr_unread_look *look, const struct tr_profile *p,
                     const struct tr_binding *b, struct tr_reader *reader);
struct tr_unread tr_unread_column(struct tr_unread_look *look, uint32_t column);
int tr_unread_end(struct tr_unread_look *look); /* -1: memory was out, and answers are not to be used */

/* Says which columns of a header just bound belong to no field, and asks when none of them is an
 * indicator. Before the first row is read. told: the names said so far, which are not said again.
 * Without all, a column that comes near to no field is left out. Records that our own programs
 * wrote were told when they were made. -1: memory. */
int tr_unread_columns(const struct tr_profile *p, const struct tr_binding *b,
                      struct tr_reader *reader, bool all, struct tr_dict *told,
                      const struct tr_listener *listener);

#endif
