/* Persons who are counted in more than one table. A table of numbers knows no persons; so that a sum
 * of tables can tell how many are in it twice, each table can have hashes beside its numbers: as
 * many as it counts persons, one a person, made with a key that all who count share.
 *
 * A hash is a short pseudonym of the identity number (lib/base/secret.h). Persons without a number
 * get one that nobody else has, so that the number of hashes tells nothing that the table does not.
 * All stand in one cell, in the order of the hashes, so that none belongs to a row. Who adds up
 * tables needs no key: equal hashes are one person. A sum made with the key has the hashes of all
 * its parts, a person counted twice twice, and adds up again. What the hashes tell to whom is in
 * needs-aggregate(1). */
#ifndef TR_DOMAIN_SURVEY_DOUBLES_H
#define TR_DOMAIN_SURVEY_DOUBLES_H

#include "base/secret.h"
#include "record/table.h"

struct tr_doubles {
    const struct tr_key *key; /* NULL: hashes of tables are compared, and none are made */

    struct tr_buf own;      /* TR_SHORT_LEN bytes a person counted from records; some repeated */
    struct tr_buf all;      /* the same of tables; after tr_doubles_settle of everybody */
    struct tr_buf without;  /* const char *: sources of tables without hashes */
    const char *first;      /* the table whose key all others must have; NULL: none was read */
    char made_with[TR_SHORT_LEN]; /* what tells that key from others */
    uint64_t in_tables;     /* persons that tables count */
    uint64_t persons, more; /* counted more than once, and how often beyond that */
};

/* Starts; key is borrowed, and may be NULL. */
void tr_doubles_start(struct tr_doubles *d, const struct tr_key *key);
void tr_doubles_clear(struct tr_doubles *d);

/* Notes a person counted from a record: the number or pseudonym, or empty when nobody knows it. The
 * same one may come again. -1: memory. */
int tr_doubles_person(struct tr_doubles *d, struct tr_str number);

/* Takes the hashes of a table, which counts so many persons; its source is borrowed. -1 with err
 * when they are not of it, or of another key. */
int tr_doubles_table(struct tr_doubles *d, const struct tr_table *t, uint64_t persons,
                     struct tr_err *err);

/* Notes that nothing is known of the persons that source, which is borrowed, counts. -1: memory. */
int tr_doubles_without(struct tr_doubles *d, const char *source);

/* When all is counted: finds who is in more than one input. counted: numbers, of which the hashes of
 * persons without a number are made; their sum is persons. -1: memory. */
int tr_doubles_settle(struct tr_doubles *d, const uint64_t *counted, size_t n, uint64_t persons);

/* Whether any table had hashes, so that the numbers found say something. */
bool tr_doubles_known(const struct tr_doubles *d);

/* Whether there is a hash for every person: with a key, and where all tables have hashes. */
bool tr_doubles_complete(const struct tr_doubles *d);

/* The column of the hashes, and the cell that holds all; after tr_doubles_settle, when complete. */
extern const char tr_hashes_name[];
void tr_doubles_cell(const struct tr_doubles *d, struct tr_buf *out);

#endif
