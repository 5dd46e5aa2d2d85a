#include "domain/disclosure/counts_own.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"

enum { COUNT_MAX = 999999999, KEY_INTS = 2 + 2 * TR_COUNT_DIMS };

int tr_counts_init(struct tr_counts *k, const struct tr_profile *p, struct tr_err *err)
{
    *k = (struct tr_counts){.profile = p, .change = -1, .n_times = 1, .row_field = -1};
    if (tr_counts_name(k, TR_STR("")) < 0)
        return tr_err_memory(err);
    return tr_disclosure_load(&k->rules, p, err);
}

void tr_counts_clear(struct tr_counts *k)
{
    for (uint32_t t = 0; t < k->n_tables; t++) {
        free(k->table[t].column);
        free(k->table[t].cell);
    }
    free(k->table);
    free(k->key);
    free(k->place);
    free(k->unknown);
    tr_cells_clear(&k->cells);
    tr_dict_clear(&k->names);
    tr_dict_clear(&k->cell_of);
    free(k->parent);
    *k = (struct tr_counts){0};
}

int tr_counts_name(struct tr_counts *k, struct tr_str name)
{
    int value = (int)k->names.n;
    struct tr_buf full = {0};
    int rc;

    tr_buf_char(&full, ' '); /* keys are not empty */
    tr_buf_str(&full, name);
    rc = full.failed ? -1 : tr_dict_add(&k->names, tr_buf_slice(&full), &value);
    tr_buf_clear(&full);
    return rc < 0 ? -1 : value;
}

/* ---- keys ---- */

void tr_counts_add_dim(struct tr_count_key *key, int field, int code)
{
    int i = key->n++;

    for (; i > 0 && key->of[i - 1].field > field; i--)
        key->of[i] = key->of[i - 1];
    key->of[i].field = field;
    key->of[i].code = code;
}

static struct tr_str key_bytes(const struct tr_count_key *key, int bytes[KEY_INTS])
{
    bytes[0] = key->part;
    bytes[1] = key->time;
    for (int i = 0; i < key->n; i++) {
        bytes[2 + 2 * i] = key->of[i].field;
        bytes[3 + 2 * i] = key->of[i].code;
    }
    return (struct tr_str){(const char *)bytes, sizeof(int) * (size_t)(2 + 2 * key->n)};
}

int tr_counts_find(const struct tr_counts *k, const struct tr_count_key *key)
{
    int bytes[KEY_INTS];

    return tr_dict_find(&k->cell_of, key_bytes(key, bytes));
}

int tr_counts_new(struct tr_counts *k, const struct tr_count_key *key, int64_t value,
                  struct tr_count_place place)
{
    size_t n = k->cells.n;
    int bytes[KEY_INTS], at = (int)n;

    if (n == k->n_places) {
        size_t room = n ? 2 * n : 256;
        void *keys = realloc(k->key, room * sizeof *k->key), *places, *unknown;

        k->key = keys ? keys : k->key;
        places = keys ? realloc(k->place, room * sizeof *k->place) : NULL;
        k->place = places ? places : k->place;
        unknown = places ? realloc(k->unknown, room) : NULL;
        k->unknown = unknown ? unknown : k->unknown;
        if (!unknown)
            return -1;
        k->n_places = room;
    }
    if (tr_dict_add(&k->cell_of, key_bytes(key, bytes), &at) < 0)
        return -1;
    k->key[n] = *key;
    k->place[n] = place;
    k->unknown[n] = false;
    tr_cells_add(&k->cells, &(struct tr_cell){.value = value, .owner = -1, .apart = key->time != 0});
    return k->cells.failed ? -1 : (int)n;
}

int tr_counts_fault(const struct tr_counts *k, uint32_t cell, enum tr_code code, struct tr_err *err)
{
    const struct tr_count_place *at = &k->place[cell];

    return tr_table_fault(k->table[at->table].table, at->row, (int)at->column, code, NULL, err);
}

struct tr_str tr_counts_owner(const struct tr_counts *k, int32_t owner)
{
    for (size_t i = 0; i < k->cells.n; i++) {
        const struct tr_count_table *to = &k->table[k->place[i].table];

        for (uint32_t c = 0; k->cells.cell[i].owner == owner && c < to->table->n_columns; c++)
            if (to->column[c].role == TR_COUNT_KEY && to->column[c].field == k->row_field)
                return tr_table_cell(to->table, k->place[i].row, (int)c);
    }
    return (struct tr_str){"", 0};
}

/* ---- cells ---- */

static bool is_total(struct tr_str cell)
{
    return tr_str_is(cell, "total");
}

/* What row r counts in column c. false: too many keys. */
static bool read_key(struct tr_counts *k, const struct tr_count_table *to, uint32_t r, uint32_t c,
                     struct tr_count_key *key)
{
    const struct tr_table *t = to->table;

    *key = (struct tr_count_key){.part = to->column[c].part, .time = to->time};
    for (uint32_t i = 0; i < t->n_columns && to->column[i].role == TR_COUNT_KEY; i++) {
        struct tr_str code = tr_table_cell(t, r, (int)i);

        if (is_total(code))
            continue;
        if (tr_str_is(code, "all_types"))
            code = TR_STR(TR_COUNT_ALL);
        if (key->n == TR_COUNT_DIMS - 1)
            return false;
        tr_counts_add_dim(key, to->column[i].field, tr_counts_name(k, code));
    }
    if (to->column[c].code >= 0)
        tr_counts_add_dim(key, to->column[c].field, to->column[c].code);
    return true;
}

static int differs(const struct tr_counts *k, const struct tr_table *t, uint32_t r, uint32_t c,
                   uint32_t cell, struct tr_err *err)
{
    char line[24];

    snprintf(line, sizeof line, "%llu",
             (unsigned long long)k->table[k->place[cell].table]
                 .table->lines[k->place[cell].row]);
    tr_table_fault(t, r, (int)c, TR_E_COUNT_DIFFERS, NULL, err);
    tr_err_copy(err->arg[0], sizeof err->arg[0],
                tr_str(k->table[k->place[cell].table].table->source));
    tr_err_copy(err->arg[1], sizeof err->arg[1], tr_str(line));
    return -1;
}

/* Puts the number of one cell in its place. */
static int take_cell(struct tr_counts *k, struct tr_count_table *to, uint32_t r, uint32_t c,
                     struct tr_err *err)
{
    const struct tr_table *t = to->table;
    struct tr_str text = tr_table_cell(t, r, (int)c);
    bool hidden = tr_str_is(text, TR_HIDDEN);
    uint32_t number = (uint32_t)(to - k->table);
    struct tr_count_key key;
    long long value = 0;
    int cell;

    if (text.len == 0)
        return 0;
    if (hidden && !to->published)
        return tr_table_fault(t, r, (int)c, TR_E_HIDDEN, NULL, err);
    if (!hidden && (!tr_number_read(text, &value) || value < 0 || value > COUNT_MAX))
        return tr_table_fault(t, r, (int)c, TR_E_COUNT, NULL, err);
    if (!read_key(k, to, r, c, &key))
        return tr_table_fault(t, r, 0, TR_E_NO_COUNTS, NULL, err);
    cell = tr_counts_find(k, &key);
    if (cell < 0) {
        cell = tr_counts_new(k, &key, value, (struct tr_count_place){number, r, c});
        if (cell < 0)
            return tr_err_memory(err);
        k->unknown[cell] = hidden;
    } else if (k->place[cell].table == number) {
        return tr_table_fault(t, r, 0, TR_E_ROW_TWICE, NULL, err);
    } else if (k->unknown[cell] && !hidden) {
        k->cells.cell[cell].value = value;
        k->unknown[cell] = false;
    } else if (!hidden && k->cells.cell[cell].value != value) {
        return differs(k, t, r, c, (uint32_t)cell, err);
    }
    if (to->published && !hidden)
        k->cells.cell[cell].state = TR_CELL_SHOWN;
    to->cell[(size_t)r * t->n_columns + c] = cell;
    return 0;
}

/* Whether the table shows no other number than is known at the time. */
static bool fits(struct tr_counts *k, struct tr_count_table *to, int time)
{
    const struct tr_table *t = to->table;

    to->time = time;
    for (uint32_t r = 0; r < t->n_rows; r++)
        for (uint32_t c = 1; c < t->n_columns; c++) {
            struct tr_count_key key;
            long long value;
            int cell;

            if (to->column[c].role != TR_COUNT_CELL ||
                !tr_number_read(tr_table_cell(t, r, (int)c), &value) || !read_key(k, to, r, c, &key))
                continue;
            cell = tr_counts_find(k, &key);
            if (cell >= 0 && !k->unknown[cell] && k->cells.cell[cell].value != value)
                return false;
        }
    return true;
}

/* Of which time the table is: that of the others, or, where it must be told apart, that of one published before
 * which it does not contradict, or one of its own. */
static void find_time(struct tr_counts *k, struct tr_count_table *to)
{
    int time = 0;

    if (k->change < 0 || !to->published)
        return;
    while (time < k->n_times && !fits(k, to, time))
        time++;
    to->time = time;
    k->n_times = time < k->n_times ? k->n_times : time + 1;
}

/* ---- groups of codes ---- */

static bool parent_room(struct tr_counts *k, int code)
{
    int room = k->n_parents ? k->n_parents : 256;
    int *bigger;

    while (room <= code)
        room *= 2;
    if (room == k->n_parents)
        return true;
    bigger = realloc(k->parent, (size_t)room * sizeof *bigger);
    if (!bigger)
        return false;
    for (int i = k->n_parents; i < room; i++)
        bigger[i] = -1;
    k->parent = bigger;
    k->n_parents = room;
    return true;
}

/* Whether what the code is part of is, at some remove, part of the code. */
static bool goes_round(const struct tr_counts *k, int code)
{
    int at = k->parent[code];

    while (at >= 0 && at != code && at < k->n_parents)
        at = k->parent[at];
    return at == code;
}

/* Makes the code part of a group. */
static int set_parent(struct tr_counts *k, const struct tr_table *t, struct tr_str code,
                      struct tr_str of, struct tr_err *err)
{
    int part = tr_counts_name(k, code), whole = tr_counts_name(k, of);

    if (part < 0 || whole < 0 || !parent_room(k, part > whole ? part : whole))
        return tr_err_memory(err);
    if (k->parent[part] >= 0 && k->parent[part] != whole)
        return tr_table_fault(t, t->n_rows, -1, TR_E_GROUPS_MIXED, NULL, err);
    k->parent[part] = whole;
    return goes_round(k, part) ? tr_table_fault(t, t->n_rows, -1, TR_E_GROUPS_MIXED, NULL, err) : 0;
}

static bool has_group(const struct tr_table *t, struct tr_str code)
{
    for (uint32_t c = 1; c < t->n_columns; c++) {
        struct tr_str rest = t->header[c], field;

        tr_str_part(&rest, '=', &field);
        if (tr_str_eq(rest.p ? rest : t->header[c], code))
            return true;
    }
    for (uint32_t r = 0; r < t->n_rows; r++)
        if (tr_str_eq(tr_table_cell(t, r, 0), code))
            return true;
    return false;
}

/* The codes of each group of the profile that the table sums up. */
static int add_profile_groups(struct tr_counts *k, const struct tr_table *t, struct tr_err *err)
{
    for (int g = 0; g < k->profile->n_groups; g++) {
        const struct tr_group *group = &k->profile->group[g];
        const struct tr_list *list = k->profile->of_field[group->field];

        for (int i = 0; i < list->n && has_group(t, group->entry->code); i++)
            if (group->codes >> i & 1 &&
                set_parent(k, t, list->entry[i].code, group->entry->code, err) < 0)
                return -1;
    }
    return 0;
}

int tr_counts_add(struct tr_counts *k, const struct tr_table *t, bool published,
                  struct tr_err *err)
{
    struct tr_count_table *bigger =
        realloc(k->table, (k->n_tables + 1) * sizeof *bigger), *to;
    size_t n = (size_t)t->n_rows * t->n_columns;

    if (!bigger)
        return tr_err_memory(err);
    k->table = bigger;
    to = &bigger[k->n_tables++];
    *to = (struct tr_count_table){.table = t, .published = published};
    to->column = calloc(t->n_columns + 1, sizeof *to->column);
    to->cell = calloc(n + 1, sizeof *to->cell);
    if (!to->column || !to->cell)
        return tr_err_memory(err);
    for (size_t i = 0; i < n; i++)
        to->cell[i] = -1;
    for (uint32_t c = 1; c < t->n_columns; c++)
        for (uint32_t b = 0; b < c; b++)
            if (tr_str_eq(t->header[b], t->header[c]))
                return tr_table_fault(t, t->n_rows, (int)c, TR_E_COLUMN_DOUBLE, NULL, err);
    if (tr_counts_columns(k, t, to, err) < 0)
        return -1;
    if (k->row_field < 0)
        k->row_field = to->column[0].field;
    if (add_profile_groups(k, t, err) < 0)
        return -1;
    find_time(k, to);
    for (uint32_t r = 0; r < t->n_rows; r++)
        for (uint32_t c = 1; c < t->n_columns; c++)
            if (to->column[c].role == TR_COUNT_CELL && take_cell(k, to, r, c, err) < 0)
                return -1;
    return 0;
}

int tr_counts_add_groups(struct tr_counts *k, const struct tr_table *t, struct tr_err *err)
{
    int code = tr_table_column(t, "code"), parent = tr_table_column(t, "parent");

    parent = parent < 0 ? tr_table_column(t, "sector") : parent;
    if (code < 0 || parent < 0)
        return tr_table_fault(t, t->n_rows, -1, TR_E_NO_COUNTS, NULL, err);
    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_str of = tr_table_cell(t, r, parent);
        int part = tr_counts_name(k, tr_table_cell(t, r, code)), whole = tr_counts_name(k, of);

        if (part < 0 || whole < 0 || !parent_room(k, part > whole ? part : whole))
            return tr_err_memory(err);
        if (of.len == 0)
            continue;
        if (k->parent[part] >= 0 && k->parent[part] != whole)
            return tr_table_fault(t, r, parent, TR_E_GROUPS_MIXED, NULL, err);
        k->parent[part] = whole;
        if (goes_round(k, part))
            return tr_table_fault(t, r, parent, TR_E_GROUPS_MIXED, NULL, err);
    }
    return 0;
}
