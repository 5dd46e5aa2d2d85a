/* Many rows read at once, column by column: what is plainly good of them. How and why, and what it saves:
 * block.c. */
#ifndef TR_DOMAIN_REFERRAL_BLOCK_H
#define TR_DOMAIN_REFERRAL_BLOCK_H

#include "domain/referral/import.h"

/* A cell of at most 16 bytes that was met, and what it means. */
struct tr_known_cell {
    uint64_t key[2]; /* its bytes, then zeros */
    uint64_t hash;   /* what it adds to the mark of its row */
    struct tr_value value;
    uint8_t len;                         /* plus one; 0: free */
    char own[64 - 8 * 3 - 24 - 1 - 4]; /* a text that no list holds */
};

/* The first cells of a field that were met. One multiplication tells the place of each, which no two have. */
enum { TR_KNOWN_CELLS = 32, TR_KNOWN_BITS = 8 };
struct tr_known {
    struct tr_known_cell cell[TR_KNOWN_CELLS];
    uint8_t at[1 << TR_KNOWN_BITS]; /* of a place, the cell, or any other one */
    uint64_t factor;
    uint32_t n;
    bool full;
};

/* What was read. Texts are valid until the next block, or until the rows are gone. */
struct tr_block {
    uint32_t n;
    const struct tr_row *row[TR_PREPARE_ROWS];
    struct tr_value v[TR_PREPARE_ROWS][TR_N_FIELDS]; /* index: enum tr_field */
    struct tr_mark mark[TR_PREPARE_ROWS];

    /* own */
    const struct tr_binding *binding;
    uint64_t left; /* rows that are left for their turn (bit: row) */
    struct tr_str cell[TR_PREPARE_ROWS]; /* of the column in hand */
    char own[TR_N_FIELDS][TR_PREPARE_ROWS][TR_DATE_LEN];
    struct tr_referral one;
    struct tr_known known[TR_N_FIELDS];
};

struct tr_block *tr_block_new(void); /* NULL when memory is out; free it */

/* Reads the wanted fields of n rows, which share a scratch that has room for all. Returns the rows of k
 * that are plainly good (bit: row of k): tr_import_fields would find them good, without any fault, and
 * come to the same values and mark. Of the others nothing is said here: they are to be read in their
 * turn. */
uint64_t tr_block_read(struct tr_block *k, struct tr_import *im, const struct tr_binding *b,
                       const struct tr_row row[], size_t n, uint64_t wanted);

#endif
