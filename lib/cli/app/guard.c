#include "cli/app/guard.h"

#include <stdio.h>

#include "base/number.h"
#include "domain/attack/attack.h"
#include "domain/disclosure/disclosure.h"
#include "domain/referral/import.h"

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

/* ---- tables of persons, one by one ---- */

/* Whether the column tells whom a row is about. Institutions have names, too, so that a name is a person's beside
 * what only persons have. */
static bool is_of_person(const struct tr_app *app, const struct tr_table *t, uint32_t column, bool born)
{
    static const char *const ids[] = {"referral_id", "case_id", "own_id", "other_id", "person_id", NULL};
    int field = tr_header_meant(&app->profile, t->header, t->n_columns, column);

    for (int i = 0; ids[i]; i++)
        if (tr_str_is(t->header[column], ids[i]))
            return true;
    return field == TR_F_REFERRAL_ID || field == TR_F_PERSON_ID || (born && field == TR_F_NAME);
}

static int find_persons(struct tr_app *app, const struct tr_table *t)
{
    bool born = false;
    struct tr_err err;

    for (uint32_t c = 0; c < t->n_columns; c++) {
        int field = tr_header_meant(&app->profile, t->header, t->n_columns, c);

        born |= field == TR_F_BIRTH_YEAR || field == TR_F_PROTECTION;
    }
    for (uint32_t c = 0; t->n_rows > 0 && c < t->n_columns; c++)
        if (is_of_person(app, t, c, born)) {
            tr_table_fault(t, 0, (int)c, TR_E_PUBLISH_PERSON, NULL, &err);
            tr_err_column(&err, c, t->header[c]);
            return tr_app_fail(app, &err);
        }
    return 0;
}

/* ---- reports, which hold small numbers back themselves ---- */

static const struct report {
    const char *column;    /* that only this one has */
    const char *counts[6]; /* persons, or times; NULL ends */
} reports[] = {
    {"before_rate", {"persons", "with_fewer", "with_same", "with_more"}},
    {"kept_1", {"persons", "homes_lost"}},
    {"done_in_time", {"done_in_time", "done_late", "not_done", "total"}},
    {"still_waiting", {"reached", "still_waiting", "left_before", "skipped", "total"}},
    {"other_group", {"residents", "other_group", "other_standard", "group_unknown"}},
};

static const struct report *report_of(const struct tr_table *t)
{
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
        if (tr_table_column(t, reports[i].column) >= 0)
            return &reports[i];
    return NULL;
}

static int find_small(struct tr_app *app, const struct tr_table *t, const struct report *report)
{
    struct tr_disclosure rules;
    struct tr_err err, first;
    char number[24];
    uint32_t n = 0;

    if (tr_disclosure_load(&rules, &app->profile, &err) < 0)
        return tr_app_fail(app, &err);
    for (int i = 0; i < 6 && report->counts[i]; i++) {
        int c = tr_table_column(t, report->counts[i]);

        for (uint32_t r = 0; c >= 0 && r < t->n_rows; r++) {
            long long count;

            if (!tr_number_read(tr_table_cell(t, r, c), &count) || !tr_disclosure_is_small(&rules, count) || n++ > 0)
                continue;
            tr_table_fault(t, r, c, TR_E_PUBLISH_SMALL, NULL, &first);
            tr_err_column(&first, (uint32_t)c, t->header[c]);
        }
    }
    if (n == 0)
        return 0;
    snprintf(number, sizeof number, "%lu", (unsigned long)n);
    tr_err_copy(first.arg[0], sizeof first.arg[0], tr_str(number));
    return tr_app_fail(app, &first);
}

int tr_app_guard(struct tr_app *app, const struct tr_table *table, bool must)
{
    const struct tr_attack_knows knows = {.change = -1};
    struct tr_attack a = {0};
    struct tr_err err;
    uint32_t n = 0, first = 0;
    int rc = 0;

    if (report_of(table))
        return must ? find_small(app, table, report_of(table)) : 0;
    if (!tr_attack_counts(table))
        return must ? find_persons(app, table) : 0;
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
