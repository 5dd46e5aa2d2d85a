#include "domain/disclosure/counts_own.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"

enum { COUNT_MAX = 999999999, KEY_SIZE = sizeof(int) * (1 + 2 * TR_COUNT_DIMS) };

int tr_counts_init(struct tr_counts *k, const struct tr_profile *p, struct tr_err *err)
{
    *k = (struct tr_counts){.profile = p, .row_field = -1};
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

static struct tr_str key_bytes(const struct tr_count_key *key, int bytes[1 + 2 * TR_COUNT_DIMS])
{
    bytes[0] = key->part;
    for (int i = 0; i < key->n; i++) {
        bytes[1 + 2 * i] = key->of[i].field;
        bytes[2 + 2 * i] = key->of[i].code;
    }
    return (struct tr_str){(const char *)bytes, sizeof(int) * (size_t)(1 + 2 * key->n)};
}

int tr_counts_find(const struct tr_counts *k, const struct tr_count_key *key)
{
    int bytes[1 + 2 * TR_COUNT_DIMS];

    return tr_dict_find(&k->cell_of, key_bytes(key, bytes));
}

int tr_counts_new(struct tr_counts *k, const struct tr_count_key *key, int64_t value,
                  struct tr_count_place place)
{
    size_t n = k->cells.n;
    int bytes[1 + 2 * TR_COUNT_DIMS], at = (int)n;

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
    tr_cells_add(&k->cells, &(struct tr_cell){.value = value, .owner = -1});
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

/* ---- what a column holds ---- */

/* Columns that hold no counts of persons, or what must not be published. */
static const struct known {
    const char *name;
    enum tr_count_role role;
} known[] = {
    {"stock", TR_COUNT_PASS},           {"not_delivered", TR_COUNT_PASS},
    {"delivered_twice", TR_COUNT_PASS}, {"rejected", TR_COUNT_PASS},
    {"doubles", TR_COUNT_PASS},         {"hashes", TR_COUNT_DROP},
    {"gap", TR_COUNT_LESS},             {"existing", TR_COUNT_PASS},
    {"lacking", TR_COUNT_MADE},         {"needed", TR_COUNT_MADE},
};

/* Parts of persons that are told beside them, besides the measures of the profile. */
static const char *const parts[] = {"open_group", "open_type", "open_path", "unread", "waiting"};

static bool is_part(const struct tr_counts *k, struct tr_str name)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (tr_str_is(name, parts[i]))
            return true;
    for (int m = 0; m < k->profile->n_measures; m++)
        if (tr_str_eq(name, k->profile->measure[m].name))
            return true;
    return false;
}

/* The group of the profile whose sum is called so, or NULL. */
static const struct tr_group *group_named(const struct tr_counts *k, struct tr_str name)
{
    for (int g = 0; g < k->profile->n_groups; g++)
        if (tr_str_eq(k->profile->group[g].entry->code, name))
            return &k->profile->group[g];
    return NULL;
}

/* The code that the head of a column is: field=code, or a housing type. */
static bool read_code(struct tr_counts *k, struct tr_str name, struct tr_count_column *out)
{
    const struct tr_list *types = tr_profile_list(k->profile, "housing_type");
    const char *sign = name.len ? memchr(name.p, '=', name.len) : NULL;
    const struct tr_group *group = group_named(k, name);
    struct tr_str field = TR_STR("housing_type");

    if (sign && sign > name.p) {
        field = (struct tr_str){name.p, (size_t)(sign - name.p)};
        name = tr_str_from(name, (size_t)(sign + 1 - name.p));
    } else if (group) {
        field = tr_str(tr_fields[group->field].name);
    } else if (tr_list_code(types, name) < 0) {
        return false;
    }
    out->role = TR_COUNT_CELL;
    out->field = tr_counts_name(k, field);
    out->code = tr_counts_name(k, name);
    return true;
}

/* Whether the column is of an earlier year: the word, with .GROUP or .YEAR or both behind it. *group: or NULL;
 * *year: from its dot on. */
static bool is_of_year(const struct tr_counts *k, struct tr_str name, const char *word,
                       const struct tr_group **group, struct tr_str *year)
{
    struct tr_str rest = name, first, second;

    *group = NULL;
    if (!tr_str_part(&rest, '.', &first) || !tr_str_is(first, word))
        return false;
    *year = tr_str_from(name, first.len);
    if (tr_str_part(&rest, '.', &second))
        *group = group_named(k, second);
    if (*group)
        *year = tr_str_from(*year, second.len + 1);
    return true;
}

/* The number of the part that is the persons of that year, and notes that it is one. */
static int year_part(struct tr_counts *k, struct tr_str year)
{
    struct tr_buf name = {0};
    int part, i = 0;

    tr_buf_text(&name, "earlier");
    tr_buf_str(&name, year);
    part = name.failed ? -1 : tr_counts_name(k, tr_buf_slice(&name));
    tr_buf_clear(&name);
    while (i < k->n_years && k->year[i] != part)
        i++;
    if (i == k->n_years && i < TR_COUNT_YEARS)
        k->year[k->n_years++] = part;
    return part;
}

static int column_named(const struct tr_table *t, struct tr_str name)
{
    for (uint32_t c = 0; c < t->n_columns; c++)
        if (tr_str_eq(t->header[c], name))
            return (int)c;
    return -1;
}

/* The column whose name is that of the change, with another word. */
static int column_of_earlier(const struct tr_table *t, struct tr_str change)
{
    struct tr_buf name = {0};
    int c;

    tr_buf_text(&name, "earlier");
    tr_buf_str(&name, tr_str_from(change, strlen("change")));
    c = column_named(t, tr_buf_slice(&name));
    tr_buf_clear(&name);
    return c;
}

/* The column with everybody of the row whose number is compared. */
static int column_of_all(const struct tr_table *t)
{
    static const char *const names[] = {"count", "total", "persons"};
    int c = -1;

    for (size_t i = 0; i < sizeof names / sizeof *names && c < 0; i++)
        c = tr_table_column(t, names[i]);
    return c;
}

static void read_year(struct tr_counts *k, const struct tr_table *t, struct tr_str name,
                      struct tr_count_column *out)
{
    const struct tr_group *group;
    struct tr_str year;

    if (is_of_year(k, name, "earlier", &group, &year)) {
        out->role = TR_COUNT_CELL;
        out->part = year_part(k, year);
        if (group) {
            out->field = tr_counts_name(k, tr_str(tr_fields[group->field].name));
            out->code = tr_counts_name(k, group->entry->code);
        }
    } else if (is_of_year(k, name, "change", &group, &year)) {
        out->role = TR_COUNT_LESS;
        out->from = group ? column_named(t, group->entry->code) : column_of_all(t);
        out->other = column_of_earlier(t, name);
    }
}

static void read_known(struct tr_counts *k, const struct tr_table *t, uint32_t c,
                       struct tr_count_column *out)
{
    struct tr_str name = t->header[c];

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (tr_str_is(name, known[i].name))
            out->role = known[i].role;
    if (tr_str_is(name, "persons") || tr_str_is(name, "count") || tr_str_is(name, "total"))
        out->role = TR_COUNT_CELL;
    if (is_part(k, name)) {
        out->role = TR_COUNT_CELL;
        out->part = tr_counts_name(k, name);
    }
    if (out->role == TR_COUNT_LESS) {
        out->from = column_of_all(t);
        out->other = tr_table_column(t, "stock");
    }
    read_year(k, t, name, out);
}

/* The columns whose code stands in the name, of a field that others tell. */
static void read_rest(struct tr_counts *k, const struct tr_table *t, struct tr_count_table *to,
                      int field)
{
    static const char *const rest[] = {TR_COUNT_UNDECIDED, TR_COUNT_OUTSIDE, TR_COUNT_UNKNOWN};

    for (uint32_t c = 1; c < t->n_columns && field >= 0; c++) {
        struct tr_count_column *column = &to->column[c];
        struct tr_str name = t->header[c], year;
        const struct tr_group *group;

        for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
            if (tr_str_is(name, rest[i])) {
                *column = (struct tr_count_column){TR_COUNT_CELL, field, tr_counts_name(k, name), 0,
                                                   0, 0};
            }
        if (tr_str_is(name, "total") ||
            (column->code < 0 && is_of_year(k, name, "earlier", &group, &year))) {
            column->field = field;
            column->code = tr_counts_name(k, TR_STR(TR_COUNT_ALL));
        } else if (tr_str_is(name, "open_group") || tr_str_is(name, "open_type") ||
                   tr_str_is(name, "open_path")) {
            column->field = field;
            column->code = tr_counts_name(k, TR_STR(TR_COUNT_UNDECIDED));
        }
    }
}

static int read_columns(struct tr_counts *k, const struct tr_table *t, struct tr_count_table *to,
                        struct tr_err *err)
{
    int count = tr_table_column(t, "count"), field = -1;
    bool waiting = tr_table_column(t, "waiting") >= 0, some = false;

    for (uint32_t c = 0; c < t->n_columns; c++) {
        struct tr_count_column *column = &to->column[c];

        *column = (struct tr_count_column){TR_COUNT_KEY, -1, -1, 0, -1, -1};
        if (c == 0 || (int)c < count) {
            column->field = tr_counts_name(k, t->header[c]);
            continue;
        }
        column->role = TR_COUNT_PASS;
        if (!waiting && count < 0 && read_code(k, t->header[c], column))
            field = column->field;
        else
            read_known(k, t, c, column);
        some |= column->role == TR_COUNT_CELL;
    }
    if (!waiting && count < 0)
        read_rest(k, t, to, field);
    for (uint32_t c = 1; c < t->n_columns && !waiting; c++) {
        bool told = false;

        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            told |= tr_str_is(t->header[c], known[i].name);
        if (to->column[c].role == TR_COUNT_PASS && !told)
            return tr_table_fault(t, t->n_rows, (int)c, TR_E_COLUMN_UNKNOWN, NULL, err);
    }
    return some ? 0 : tr_table_fault(t, t->n_rows, -1, TR_E_NO_COUNTS, NULL, err);
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

    *key = (struct tr_count_key){.part = to->column[c].part};
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
    if (read_columns(k, t, to, err) < 0)
        return -1;
    if (k->row_field < 0)
        k->row_field = to->column[0].field;
    if (add_profile_groups(k, t, err) < 0)
        return -1;
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
