/* What the parts of checking a profile's tables share: check.c goes through tables and columns,
 * check_cell.c checks one cell, check_walk.c finds tables and codes and reports faults. */
#ifndef TR_DOMAIN_CHECK_CHECK_OWN_H
#define TR_DOMAIN_CHECK_CHECK_OWN_H

#include "domain/check/check.h"

enum { TR_CHECK_TABLES_MAX = 40, TR_CHECK_NAME = 64 };

/* A table of the profile, as the schema has it. */
struct tr_checked {
    struct tr_str name;
    struct tr_buf path;
    struct tr_table t;
    bool loaded;
};

/* A column of the schema. */
struct tr_check_rule {
    struct tr_str table, column, kind, of, unique;
    bool needed, filled;
};

struct tr_checker {
    const struct tr_profile_check *in;
    const struct tr_listener *listener;
    struct tr_table schema, codes;
    struct tr_check_rule *rule; /* of each row of the schema */
    struct tr_checked table[TR_CHECK_TABLES_MAX];
    int n_tables, faults;
};

/* The table of this name; NULL when the schema has none. */
struct tr_checked *tr_check_table(struct tr_checker *c, struct tr_str name);

/* Where a cell is. Column -1: the whole row; and row n_rows with it: the whole table. */
struct tr_check_place {
    const struct tr_table *t;
    uint32_t row;
    int column;
};

/* Counts and reports a fault. */
void tr_check_say(struct tr_checker *c, struct tr_err *err);

/* The same for a place; a, b and d are the arguments of the message. */
void tr_check_fault(struct tr_checker *c, const struct tr_check_place *at, enum tr_code code,
                    struct tr_str a, struct tr_str b, struct tr_str d);

/* Goes through the values that `of`, a code list or table.column, may have. tr_check_walk begins,
 * and gives false when there is no such table or column; tr_check_step gives one value after
 * another. */
struct tr_check_walk {
    const struct tr_table *t;
    int column, list_column; /* rows count whose list_column is list; -1: all rows */
    struct tr_str list;
    uint32_t row;
};
bool tr_check_walk(struct tr_checker *c, struct tr_str of, struct tr_check_walk *w);
bool tr_check_step(struct tr_check_walk *w, struct tr_str *value);

/* Cuts a text after its next {name}, and gives the name; false when there is none. */
bool tr_check_brace(struct tr_str *rest, struct tr_str *name);

/* Checks a cell that is not empty. */
void tr_check_cell(struct tr_checker *c, const struct tr_check_place *at,
                   const struct tr_check_rule *rule);

#endif
