/* The tables of table-attack, and what it lists. */
#ifndef TR_CLI_ATTACKING_H
#define TR_CLI_ATTACKING_H

#include "cli/app/app.h"
#include "domain/attack/attack.h"

struct tr_attacking {
    struct tr_attack attack; /* borrows the tables */
    struct tr_table table[TR_ATTACK_TABLES_MAX];
    int n;
};

/* Reads which codes are parts of which; path may be NULL. -1: said. */
int tr_attacking_groups(struct tr_app *app, struct tr_attacking *k, const char *path);

/* Adds the tables at the paths. -1: said, and the exit status is that of unusable data. */
int tr_attacking_read(struct tr_app *app, struct tr_attacking *k, const char *const paths[], int n,
                      bool own);

/* Attacks, and lists what opens, or all. What opens raises the exit status. */
void tr_attacking_run(struct tr_app *app, struct tr_attacking *k, bool all, enum tr_lang lang,
                      enum tr_format format, const char *path);

void tr_attacking_clear(struct tr_attacking *k);

#endif
