#include "cli/app/guard.h"

#include <stdio.h>

#include "domain/attack/attack.h"

/* Tells the first of the numbers that open, and how many there are. */
static void say_open(struct tr_app *app, const struct tr_attack *a, const struct tr_table *t,
                     uint32_t n, uint32_t first, bool must)
{
    const struct tr_place_in *place = &a->cell[first].place;
    struct tr_err err;
    char number[24];

    tr_table_fault(t, place->row, (int)place->column, must ? TR_E_UNPROTECTED : TR_W_UNPROTECTED,
                   NULL, &err);
    tr_err_column(&err, place->column, t->header[place->column]);
    snprintf(number, sizeof number, "%lu", (unsigned long)n);
    tr_err_copy(err.arg[0], sizeof err.arg[0], tr_str(number));
    tr_app_say(app, &err);
}

/* Persons who are in a table of several, though not by name. */
static int find_hashes(struct tr_app *app, const struct tr_table *t, bool must)
{
    struct tr_err err;
    int c = tr_table_column(t, "hashes");

    if (c < 0 || !must)
        return 0;
    tr_table_fault(t, t->n_rows, c, TR_E_PUBLISH_HASHES, NULL, &err);
    return tr_app_fail(app, &err);
}

int tr_app_guard(struct tr_app *app, const struct tr_table *table, bool must)
{
    const struct tr_attack_knows knows = {.change = -1};
    struct tr_attack a = {0};
    struct tr_err err;
    uint32_t n = 0, first = 0;
    int rc = 0;

    if (!tr_attack_counts(table))
        return 0;
    if (find_hashes(app, table, must) < 0)
        return -1;
    if (tr_attack_start(&a, &app->profile, &knows, &err) < 0 ||
        tr_attack_add(&a, table, false, &err) < 0 || tr_attack_run(&a, &err) < 0)
        rc = must || tr_err_is_system(&err) ? tr_app_fail(app, &err) : 0;
    for (uint32_t i = a.n_cells; rc == 0 && i-- > 0;)
        if (tr_attack_opens(&a, &a.cell[i])) {
            first = i;
            n++;
        }
    if (n > 0)
        say_open(app, &a, table, n, first, must);
    tr_attack_clear(&a);
    return rc < 0 || (n > 0 && must) ? -1 : 0;
}
