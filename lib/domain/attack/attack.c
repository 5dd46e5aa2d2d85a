#include <stdio.h>
#include <stdlib.h>

#include "domain/attack/attack_own.h"

int tr_attack_start(struct tr_attack *a, const struct tr_profile *p,
                    const struct tr_attack_knows *knows, struct tr_err *err)
{
    *a = (struct tr_attack){.profile = p, .knows = *knows};
    if (tr_disclosure_load(&a->rules, p, err) < 0)
        return -1;
    a->sheet = calloc(TR_ATTACK_TABLES_MAX, sizeof *a->sheet);
    return a->sheet ? 0 : tr_err_memory(err);
}

void tr_attack_clear(struct tr_attack *a)
{
    for (int i = 0; i < a->n_sheets; i++) {
        free(a->sheet[i].column);
        free(a->sheet[i].x);
    }
    free(a->sheet);
    free(a->cell);
    tr_system_clear(&a->system);
    tr_dict_clear(&a->keys);
    tr_dict_clear(&a->parts);
    tr_buf_clear(&a->seen);
    tr_buf_clear(&a->origin);
    tr_buf_clear(&a->sums);
    tr_buf_clear(&a->scratch);
    tr_buf_clear(&a->pairs);
    tr_buf_clear(&a->times);
    tr_arena_clear(&a->text);
    *a = (struct tr_attack){0};
}

/* Notes that a code is part of another; 1 when it is part of one already. */
static int add_part(struct tr_attack *a, struct tr_str code, struct tr_str parent)
{
    struct tr_str kept = tr_arena_copy(&a->text, parent);
    int at = (int)(a->sums.len / sizeof kept), rc = tr_dict_add(&a->parts, code, &at);

    if (rc == 0)
        tr_buf_add(&a->sums, &kept, sizeof kept);
    return a->sums.failed || a->text.failed ? -1 : rc;
}

int tr_attack_groups(struct tr_attack *a, const struct tr_table *t, struct tr_err *err)
{
    int code = tr_table_column(t, "code"), parent = tr_table_column(t, "parent");

    if (code < 0 || parent < 0) {
        tr_table_fault(t, t->n_rows, -1, TR_E_COLUMN_MISSING, NULL, err);
        tr_err_field(err, code < 0 ? TR_STR("code") : TR_STR("parent"));
        return -1;
    }
    for (uint32_t r = 0; r < t->n_rows; r++) {
        int rc, empty = tr_table_cell(t, r, code).len == 0 ? code : parent;

        if (tr_table_cell(t, r, empty).len == 0)
            return tr_table_fault(t, r, empty, TR_E_VALUE_MISSING, NULL, err);
        rc = add_part(a, tr_table_cell(t, r, code), tr_table_cell(t, r, parent));
        if (rc < 0)
            return tr_err_memory(err);
        if (rc > 0)
            return tr_table_fault(t, r, code, TR_E_GROUPS_MIXED, NULL, err);
    }
    return 0;
}

/* Whether a table has a column or a row of the code. */
static bool is_shown(const struct tr_attack *a, struct tr_str code)
{
    for (int i = 0; i < a->n_sheets; i++) {
        const struct tr_table *t = a->sheet[i].t;

        for (uint32_t c = 0; c < t->n_columns; c++)
            if (tr_str_eq(t->header[c], code))
                return true;
        for (uint32_t r = 0; r < t->n_rows; r++)
            for (int key = 0; key < a->sheet[i].keys; key++)
                if (tr_str_eq(tr_table_cell(t, r, key), code))
                    return true;
    }
    return false;
}

/* Codes are parts of the groups of the profile, and housing types and those groups of all types, where these are told
 * and nothing else is said. */
static int add_groups(struct tr_attack *a)
{
    const struct tr_list *types = a->profile->of_field[TR_F_HOUSING_TYPE];
    bool all = is_shown(a, TR_STR("all_types"));
    int rc = 0;

    for (int g = 0; rc >= 0 && g < a->profile->n_groups; g++) {
        const struct tr_group *group = &a->profile->group[g];
        const struct tr_list *list = a->profile->of_field[group->field];

        if (!is_shown(a, group->entry->code))
            continue;
        for (int i = 0; rc >= 0 && i < list->n; i++)
            if (group->codes >> i & 1)
                rc = add_part(a, list->entry[i].code, group->entry->code);
        if (rc >= 0 && all && group->field == TR_F_HOUSING_TYPE)
            rc = add_part(a, group->entry->code, TR_STR("all_types"));
    }
    for (int i = 0; rc >= 0 && all && types && i < types->n; i++)
        rc = add_part(a, types->entry[i].code, TR_STR("all_types"));
    return rc;
}

/* Districts are parts of their sectors, where nothing else is said. */
static int add_sectors(struct tr_attack *a)
{
    const struct tr_table *t = &a->profile->table[TR_T_DISTRICTS];
    int code = tr_table_column(t, "code"), sector = tr_table_column(t, "sector"), rc = 0;
    bool told = a->sums.len > 0;

    for (uint32_t r = 0; rc >= 0 && !told && sector >= 0 && r < t->n_rows; r++)
        if (tr_table_cell(t, r, sector).len > 0)
            rc = add_part(a, tr_table_cell(t, r, code), tr_table_cell(t, r, sector));
    return rc < 0 ? -1 : 0;
}

struct tr_str tr_attack_sum_of(const struct tr_attack *a, struct tr_str code)
{
    int at = tr_dict_find(&a->parts, code);

    return at < 0 ? (struct tr_str){0} : ((const struct tr_str *)(const void *)a->sums.p)[at];
}

uint32_t tr_attack_unknown(struct tr_attack *a, int64_t low, int64_t high)
{
    const struct tr_attack_seen seen = {.place = {.table = -1}};

    tr_buf_add(&a->seen, &seen, sizeof seen);
    return tr_system_unknown(&a->system, low, high);
}

int tr_attack_add(struct tr_attack *a, const struct tr_table *t, bool own, struct tr_err *err)
{
    struct tr_attack_sheet *s = &a->sheet[a->n_sheets];

    if (tr_must(a->n_sheets < TR_ATTACK_TABLES_MAX, err) < 0)
        return -1;
    *s = (struct tr_attack_sheet){.t = t, .own = own};
    s->column = calloc(t->n_columns, sizeof *s->column);
    s->x = malloc(((size_t)t->n_rows * t->n_columns + 1) * sizeof *s->x);
    a->n_sheets++;
    if (!s->column || !s->x)
        return tr_err_memory(err);
    return tr_attack_read(a, s, err);
}

/* A number that was rounded is hidden, and less than the base away from what is shown. */
static void limit_rounded(const struct tr_attack *a, struct tr_attack_seen *seen, struct tr_unknown *u)
{
    int64_t low = seen->value - a->knows.base + 1;

    u->low = u->low > low ? u->low : low;
    u->high = seen->value + a->knows.base - 1;
    seen->shown = false;
    seen->hidden = true;
}

/* What a hidden number may be, before any sum is looked at. */
static void limit_hidden(struct tr_attack *a)
{
    for (uint32_t x = 0; x < a->system.n; x++) {
        struct tr_attack_seen *seen = tr_attack_seen(a, x);
        struct tr_unknown *u = &a->system.x[x];

        if (seen->shown && a->knows.base > 0) {
            limit_rounded(a, seen, u);
        } else if (seen->shown) {
            *u = (struct tr_unknown){seen->value, seen->value};
        } else if (seen->hidden && u->low >= 0) {
            u->low = tr_disclosure_least(&a->rules);
            if (a->knows.only_small)
                u->high = a->rules.smallest_shown - 1;
        }
    }
}

/* Whether it is to be found: hidden, not printed, or small and shown all the same. */
static bool is_wanted(const struct tr_attack *a, uint32_t x)
{
    const struct tr_attack_seen *seen = tr_attack_seen(a, x);

    return !seen->own && !seen->homes && seen->place.table >= 0 && a->system.x[x].low >= 0 &&
           (seen->hidden || !seen->shown || tr_disclosure_is_small(&a->rules, seen->value));
}

/* Keeps what is to be found, each number once, where it first stands. */
static int list_cells(struct tr_attack *a, bool wanted[])
{
    a->cell = malloc((a->system.n + (size_t)1) * sizeof *a->cell);
    if (!a->cell)
        return -1;
    for (uint32_t x = 0; x < a->system.n; x++) {
        const struct tr_attack_seen *seen = tr_attack_seen(a, x);

        if (!is_wanted(a, x))
            continue;
        wanted[x] = true;
        a->cell[a->n_cells++] =
            (struct tr_attack_cell){.place = seen->place, .x = x, .rest = !seen->hidden && !seen->shown};
    }
    return 0;
}

/* A sum that cannot be: when all its numbers are shown, they tell what they add up to. */
static int contradiction(const struct tr_attack *a, uint32_t sum, struct tr_err *err)
{
    const struct tr_attack_origin *from = tr_attack_origin(a, sum);
    const struct tr_sum *e = &a->system.sum[sum];
    const struct tr_table *t = a->sheet[from->place.table].t;
    int64_t adds = 0, says = 0;
    bool known = true;
    char text[24];

    for (size_t i = e->from; i < e->to; i++) {
        const struct tr_unknown *u = &a->system.x[a->system.term[i].x];

        known &= u->low == u->high;
        adds += a->system.term[i].sign > 0 ? u->low : 0;
        says += a->system.term[i].sign < 0 ? u->low : 0;
    }
    tr_table_fault(t, from->place.row, (int)from->place.column,
                   known ? TR_E_TOTAL : TR_E_CONTRADICTION, NULL, err);
    tr_err_column(err, from->place.column, t->header[from->place.column]);
    snprintf(text, sizeof text, "%lld", (long long)says);
    tr_err_copy(err->arg[0], sizeof err->arg[0], tr_str(text));
    snprintf(text, sizeof text, "%lld", (long long)adds);
    tr_err_copy(err->arg[1], sizeof err->arg[1], tr_str(text));
    return -1;
}

int tr_attack_run(struct tr_attack *a, struct tr_err *err)
{
    struct tr_reach *range = NULL;
    bool *wanted = NULL;
    uint32_t fault;
    int rc = -1;

    tr_attack_fields(a);
    for (int i = 0; i < a->n_sheets; i++) /* what a total counts, all tables together tell */
        if (tr_attack_number(a, &a->sheet[i], err) < 0)
            return -1;
    limit_hidden(a);
    if (add_sectors(a) < 0 || add_groups(a) < 0)
        return tr_err_memory(err);
    if (tr_attack_relate(a, err) < 0)
        return -1;
    wanted = calloc(a->system.n + (size_t)1, sizeof *wanted);
    range = calloc(a->system.n + (size_t)1, sizeof *range);
    if (!wanted || !range || a->system.failed || a->seen.failed || a->origin.failed ||
        a->text.failed || list_cells(a, wanted) < 0) {
        tr_err_memory(err);
        goto out;
    }
    rc = tr_system_ranges(&a->system, wanted, range, &fault, err);
    if (rc < 0 && err->code == TR_E_CONTRADICTION)
        rc = contradiction(a, fault, err);
    for (uint32_t i = 0; i < a->n_cells; i++)
        a->cell[i].range = range[a->cell[i].x];
    if (rc == 0)
        rc = tr_attack_lists(a, err);
out:
    free(wanted);
    free(range);
    return rc;
}

bool tr_attack_opens(const struct tr_attack *a, const struct tr_attack_cell *cell)
{
    const struct tr_reach *r = &cell->range;
    bool fewer = cell->change && r->high < 0; /* so many went, instead of came */
    int64_t low = fewer ? -r->high : r->low, least = tr_disclosure_least(&a->rules);

    return low >= (cell->change ? 1 : least) && low < a->rules.smallest_shown &&
           r->high - r->low < a->rules.range_width;
}
