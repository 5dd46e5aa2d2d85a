/* What anybody can work out of tables that are published with some numbers hidden: from all sums that
 * are shown, that numbers of persons are whole and not negative, and that the rule is known by which
 * small ones are hidden. Shares nothing with what hides the numbers. */
#ifndef TR_DOMAIN_ATTACK_ATTACK_H
#define TR_DOMAIN_ATTACK_ATTACK_H

#include "base/arena.h"
#include "domain/attack/system.h"
#include "domain/disclosure/disclosure.h"

enum { TR_ATTACK_TABLES_MAX = 128 };

/* Where a number stands. */
struct tr_place_in {
    int table;
    uint32_t row, column;
};

/* What an attacker knows besides. */
struct tr_attack_knows {
    int64_t change;  /* between two years, most change of a number; -1: nothing is known of it */
    bool only_small; /* no number is hidden but small ones */
    int64_t base;    /* every number was rounded to a multiple of it, next below or above; 0: none was */
};

/* Tells that a table counts at another time than the first, as it shows another number there. */
struct tr_attack_time {
    struct tr_place_in place, first;
    int64_t says, first_says;
};

/* A number that is hidden, or, where rest is set, follows from two others and is not printed: those
 * whom a measure leaves out. */
struct tr_attack_cell {
    struct tr_place_in place;
    uint32_t x;
    bool rest;
    bool change; /* not a number, but by how much it differs from that of an earlier list */
    struct tr_place_in since;
    struct tr_reach range;
};

struct tr_attack {
    const struct tr_profile *profile;
    struct tr_disclosure rules;
    struct tr_attack_knows knows;
    struct tr_system system;
    struct tr_attack_sheet *sheet; /* the tables as they are understood */
    int n_sheets, n_times;
    struct tr_dict keys;  /* what is counted, at which time: number of the unknown */
    struct tr_buf seen;   /* what is told of each unknown */
    struct tr_buf origin; /* of each sum */
    struct tr_dict parts; /* a code that is summed up in another: place in sums */
    struct tr_buf sums;   /* of struct tr_str */
    struct tr_arena text;
    struct tr_buf scratch, pairs;
    struct tr_buf times;         /* struct tr_attack_time */
    struct tr_attack_cell *cell; /* in the order of the tables */
    uint32_t n_cells;
};

int tr_attack_start(struct tr_attack *a, const struct tr_profile *p,
                    const struct tr_attack_knows *knows, struct tr_err *err);
void tr_attack_clear(struct tr_attack *a);

/* Which codes are parts of which: a table with the columns code and parent. Without it, districts are
 * parts of their sectors. */
int tr_attack_groups(struct tr_attack *a, const struct tr_table *t, struct tr_err *err);

/* Whether the table has numbers of persons, by the names of its columns. */
bool tr_attack_counts(const struct tr_table *t);

/* A table, wide or long, with plain names and codes; it is borrowed. own: the attacker's own numbers,
 * which nobody else sees. Negative numbers, and what is none, are errors. */
int tr_attack_add(struct tr_attack *a, const struct tr_table *t, bool own, struct tr_err *err);

/* Fills cell with what can be worked out. -1: tables that contradict themselves, or memory. */
int tr_attack_run(struct tr_attack *a, struct tr_err *err);

/* Whether so little is left of what a number may be that the rules forbid it. */
bool tr_attack_opens(const struct tr_attack *a, const struct tr_attack_cell *cell);

/* Adds the name of a number: row and column, in words. */
void tr_attack_name(const struct tr_attack *a, const struct tr_attack_cell *cell, enum tr_lang lang,
                    struct tr_buf *out);
void tr_attack_place_name(const struct tr_attack *a, struct tr_place_in place, enum tr_lang lang,
                          struct tr_buf *out);

/* Adds how the range was worked out, in words. */
int tr_attack_why(const struct tr_attack *a, const struct tr_attack_cell *cell, enum tr_lang lang,
                  struct tr_buf *out, struct tr_err *err);

static inline const struct tr_attack_time *tr_attack_time(const struct tr_attack *a, size_t *n)
{
    *n = a->times.len / sizeof(struct tr_attack_time);
    return (const struct tr_attack_time *)(const void *)a->times.p;
}

#endif
