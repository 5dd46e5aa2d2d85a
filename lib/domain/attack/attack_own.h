/* What the files of the attack share: attack.c runs it, attack_sheet.c understands tables, relate.c finds
 * what is a sum of what, lists.c what lists of two days tell, why.c puts a range in words. Not for others. */
#ifndef TR_DOMAIN_ATTACK_ATTACK_OWN_H
#define TR_DOMAIN_ATTACK_ATTACK_OWN_H

#include "domain/attack/attack.h"

enum tr_part_what {
    TR_WHAT_NONE,    /* no number of persons */
    TR_WHAT_CELL,    /* of a code */
    TR_WHAT_EXTRA,   /* of those without one: undecided, outside, unknown */
    TR_WHAT_TOTAL,   /* of the codes */
    TR_WHAT_PERSONS, /* of all; in a long table, the count */
    TR_WHAT_MEASURE, /* of persons, those with something in common */
    TR_WHAT_OPEN,    /* of the undecided, those of whom this is open */
    TR_WHAT_APART,   /* of something else */
    TR_WHAT_STOCK,
    TR_WHAT_GAP, /* total - stock */
    TR_WHAT_EARLIER,
    TR_WHAT_CHANGE /* of that, or of a group of types, what it is more than earlier */
};

struct tr_attack_column {
    enum tr_part_what what;
    struct tr_str says; /* field=code; empty: nothing but what the row says */
    struct tr_str code; /* as other codes are made of it */
    struct tr_str year; /* TR_WHAT_EARLIER, TR_WHAT_CHANGE: what stands behind the word, as .2020 */
    int time;           /* TR_WHAT_EARLIER: of which it is */
};

enum { TR_NOTHING = UINT32_MAX };

struct tr_attack_sheet {
    const struct tr_table *t;
    bool own;
    bool is_long;
    int keys;     /* columns that say what is counted, from the left */
    int time;     /* of which it is; tables of the same persons have the same */
    struct tr_str field; /* of the columns, or of the second key */
    bool unnamed;        /* the profile has no field of the columns */
    struct tr_attack_column *column;
    uint32_t *x; /* of each cell its unknown, or TR_NOTHING */
};

/* What is told of an unknown. */
struct tr_attack_seen {
    struct tr_place_in place; /* where it first stands */
    int shown_in;             /* the first table that shows it */
    int64_t value;
    bool shown, hidden, own;
    bool homes; /* it counts no persons: homes, or what is more than another number */
};

enum tr_sum_kind {
    TR_SUM_ROW,    /* the place is the sum, the parts stand in its row */
    TR_SUM_COLUMN, /* they stand in its column */
    TR_SUM_REST,   /* a number and those it leaves out make another, in the same row */
    TR_SUM_OTHER,  /* gap and stock, change and earlier */
    TR_SUM_YEARS   /* two years */
};

struct tr_attack_origin {
    enum tr_sum_kind kind;
    struct tr_place_in place, other;
};

static inline struct tr_attack_seen *tr_attack_seen(const struct tr_attack *a, uint32_t x)
{
    return (struct tr_attack_seen *)(void *)a->seen.p + x;
}

static inline const struct tr_attack_origin *tr_attack_origin(const struct tr_attack *a, uint32_t sum)
{
    return (const struct tr_attack_origin *)(const void *)a->origin.p + sum;
}

static inline uint32_t *tr_sheet_x(const struct tr_attack_sheet *s, uint32_t row, uint32_t column)
{
    return &s->x[(size_t)row * s->t->n_columns + column];
}

static inline bool tr_row_is_total(const struct tr_attack_sheet *s, uint32_t row)
{
    return tr_str_is(tr_table_cell(s->t, row, 0), "total");
}

/* Key of what is counted: what its parts say, sorted; in a->scratch. */
struct tr_str tr_attack_key(struct tr_attack *a, int time, const struct tr_str says[], int n);

/* What a row says with its key column, as field=code; empty for a sum of all. In the arena. */
struct tr_str tr_sheet_says(struct tr_attack *a, const struct tr_attack_sheet *s, uint32_t row,
                            int key);

/* The code that sums up this one, or an empty text. */
struct tr_str tr_attack_sum_of(const struct tr_attack *a, struct tr_str code);

/* A new unknown; own limits as the rules have them. */
uint32_t tr_attack_unknown(struct tr_attack *a, int64_t low, int64_t high);

/* Key of the number in a cell, at a time. */
struct tr_str tr_sheet_key(struct tr_attack *a, const struct tr_attack_sheet *s, uint32_t r,
                           uint32_t c, int time);

/* attack_sheet.c */
int tr_attack_read(struct tr_attack *a, struct tr_attack_sheet *s, struct tr_err *err);
/* Of columns that the profile does not know, tables that have one in common are by one field, others each
 * by its own: which of them tell of one number must not hang on their order. */
void tr_attack_fields(struct tr_attack *a);
/* Of all tables that were read, each in its turn. */
int tr_attack_number(struct tr_attack *a, struct tr_attack_sheet *s, struct tr_err *err);
/* lists.c: adds to the cells */
int tr_attack_lists(struct tr_attack *a, struct tr_err *err);
/* relate.c */
int tr_attack_relate(struct tr_attack *a, struct tr_err *err);

#endif
