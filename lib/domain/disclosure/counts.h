/* Numbers of persons in tables, as cells and sums: what each cell of a table counts, and which of them
 * make up which. Tables that count the same share the cell. */
#ifndef TR_DOMAIN_DISCLOSURE_COUNTS_H
#define TR_DOMAIN_DISCLOSURE_COUNTS_H

#include "domain/disclosure/cells.h"
#include "domain/disclosure/disclosure.h"

enum { TR_COUNT_DIMS = 4, TR_COUNT_YEARS = 64 };

/* What a cell counts: persons of these codes (of each field one), or a part of them. */
struct tr_count_key {
    int n;
    struct {
        int field, code; /* numbers of names */
    } of[TR_COUNT_DIMS];
    int part; /* number of a name; that of "" for all persons */
    int time; /* 0: when the tables that are hidden in count; others are published, of other years */
};

/* What a column of a table holds. */
enum tr_count_role {
    TR_COUNT_PASS, /* nothing of persons */
    TR_COUNT_KEY,
    TR_COUNT_CELL,
    TR_COUNT_LESS, /* one column less another: hidden when one of the two is */
    TR_COUNT_MADE, /* of several numbers of its row: hidden when one of the row is */
    TR_COUNT_DROP  /* not published */
};

struct tr_count_column {
    enum tr_count_role role;
    int field, code; /* of the column's own code; -1: none */
    int part;
    int from, other; /* TR_COUNT_LESS: columns; -1: none */
};

struct tr_count_table {
    const struct tr_table *table;
    bool published;
    int time; /* as in the keys of its cells */
    struct tr_count_column *column;
    int32_t *cell; /* of each of its cells, row after row; -1: no count */
};

struct tr_counts {
    const struct tr_profile *profile;
    struct tr_disclosure rules;
    struct tr_cells cells;
    struct tr_count_key *key; /* of each cell; of one that is untold, what it is left over from */
    struct tr_count_place {
        uint32_t table, row, column;
    } *place; /* where it stands first */
    size_t n_places;
    bool *unknown; /* hidden in tables published before: the value is made up to fit */
    struct tr_dict names, cell_of;
    int *parent; /* of the number of a code: that of what it is part of; -1: none */
    int n_parents;
    struct tr_count_table *table;
    uint32_t n_tables;
    int64_t change; /* no number is taken to change by more from a time to another; -1: all are of one time */
    int n_times;
    uint32_t n_over; /* numbers that did change by more */
    int row_field; /* whose codes own rows */
    int year[TR_COUNT_YEARS]; /* numbers of names: parts that are counts of earlier years */
    int n_years;
};

/* -1 with err when the rules of the profile cannot be read. */
int tr_counts_init(struct tr_counts *k, const struct tr_profile *p, struct tr_err *err);
void tr_counts_clear(struct tr_counts *k);

/* Codes that are parts of others, such as districts of a sector: columns code and parent. */
int tr_counts_add_groups(struct tr_counts *k, const struct tr_table *t, struct tr_err *err);

/* Adds a table, which must stay. -1 with err, which has line and column, when it holds no counts, a
 * number is none, or the same number is another one elsewhere. */
int tr_counts_add(struct tr_counts *k, const struct tr_table *t, bool published,
                  struct tr_err *err);

/* Finds the sums, holds them against the numbers, and says which cells are small. */
int tr_counts_close(struct tr_counts *k, struct tr_err *err);

/* How much it matters that rounding moves the cell little: sums of more come first. */
double tr_counts_weight(const struct tr_counts *k, uint32_t cell);

/* The code of the row that the owner of cells is. */
struct tr_str tr_counts_owner(const struct tr_counts *k, int32_t owner);

/* Points err at where the cell stands. Always -1. */
int tr_counts_fault(const struct tr_counts *k, uint32_t cell, enum tr_code code, struct tr_err *err);

#endif
