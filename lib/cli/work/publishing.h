/* Tables on their way out: what to publish, and what was published before. */
#ifndef TR_CLI_PUBLISHING_H
#define TR_CLI_PUBLISHING_H

#include "cli/app/app.h"
#include "domain/disclosure/publish.h"

struct tr_publishing {
    struct tr_counts counts;
    struct tr_table *table; /* those to publish first */
    int n_tables, n_published;
    struct tr_protected result;
    int64_t *rounded; /* of each cell; NULL: numbers are hidden */
    int64_t most;
};

/* What is known besides the tables to publish. */
struct tr_publishing_beside {
    struct tr_texts before; /* files published before */
    const char *groups;     /* file of codes and what they are part of; NULL: as in the profile */
    int64_t change;         /* no number of another year differs by more; -1: all are of this one */
};

/* Makes a table of counts plain; says which row is taken for that of totals by its numbers. grouped: rows may
 * add up others as the user says, so that none is. -1: said. */
int tr_app_plain_counts(struct tr_app *app, struct tr_table *t, bool grouped);

/* Reads the tables of the arguments, or standard input. -1 in this and the others: said, status raised. */
int tr_publishing_read(struct tr_app *app, struct tr_publishing *p,
                       const struct tr_publishing_beside *beside);

/* Hides, with so much work (0: as usual), or rounds to the base; says how good it is. */
int tr_publishing_hide(struct tr_app *app, struct tr_publishing *p, uint32_t work);
int tr_publishing_round(struct tr_app *app, struct tr_publishing *p, int64_t base);

/* Writes the table to path, or each by its name into a folder. */
int tr_publishing_write(struct tr_app *app, struct tr_publishing *p, enum tr_format format,
                        const char *path, const char *folder);
int tr_publishing_certify(struct tr_app *app, struct tr_publishing *p, int64_t base,
                          const char *path);
void tr_publishing_clear(struct tr_publishing *p);

#endif
