/* Referrals parted, held until it is known how many persons share what would be sent, and written:
 * the part that travels and the part that stays. */
#ifndef TR_CLI_PARTING_H
#define TR_CLI_PARTING_H

#include "cli/app/output.h"
#include "cli/input/referrals.h"
#include "domain/referral/shares.h"

struct tr_parting {
    struct tr_app *app;
    struct tr_travels travels;
    struct tr_shares shares;
    struct tr_part_columns columns;
    uint32_t k; /* 0: nobody asked */
    struct tr_masks *masks; /* for free text on somebody whose address is protected; borrowed */
};

/* What the caller gave; NULL: nothing. */
struct tr_parting_options {
    const char *k, *as_of, *institutions;
};

/* Reads the profile's forms and the options. -1 in this and the others: said, status raised. */
int tr_parting_start(struct tr_app *app, struct tr_parting *p, const struct tr_parting_options *o);
void tr_parting_clear(struct tr_parting *p);

/* When all are taken (tr_shares_add): chooses the form, says who is held back, and what was made
 * coarser. */
int tr_parting_settle(struct tr_parting *p);

/* Writes what goes to path, what stays to identity, and who shares what to combinations, each
 * unless it is NULL; path NULL: standard output. */
int tr_parting_write(struct tr_parting *p, enum tr_format format, const char *path,
                     const char *identity, const char *combinations);

#endif
