/* What somebody has to read before it is sent: the list of it, and the decisions. */
#ifndef TR_CLI_REVIEWING_H
#define TR_CLI_REVIEWING_H

#include "cli/app/output.h"
#include "domain/referral/review.h"

struct tr_reviewing {
    const char *list, *decided; /* files; NULL: none */
    struct tr_records records;
    struct tr_reviews *reviews;
    struct tr_output output;
    struct tr_writer writer;
    struct tr_column columns[8];
    struct tr_app *app;
    bool writing;
    uint64_t unread; /* cells that nobody has decided on */
};

/* Reads what was decided, and begins the list. -1: said. */
int tr_reviewing_open(struct tr_app *app, struct tr_reviewing *r);

/* Holds the cells of a referral against it. -1: said. */
int tr_reviewing_apply(struct tr_reviewing *r, struct tr_part_cells *cells, struct tr_masks *masks,
                       const struct tr_key *key, const struct tr_value v[]);

/* Ends the list, unless keep is false, and says how much nobody has read. */
int tr_reviewing_close(struct tr_reviewing *r, bool keep);

#endif
