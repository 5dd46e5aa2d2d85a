/* What the columns of a table hold, by their names: counts of a code, of all or of a part of them, numbers made of
 * others, and what has nothing to do with persons. */
#include <string.h>

#include "domain/disclosure/counts_own.h"

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

/* The column whose name is that of the change, with another word. */
static int column_of_earlier(const struct tr_table *t, struct tr_str change)
{
    struct tr_buf name = {0};
    int c;

    tr_buf_text(&name, "earlier");
    tr_buf_str(&name, tr_str_from(change, strlen("change")));
    c = tr_table_column_str(t, tr_buf_slice(&name));
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
        out->from = group ? tr_table_column_str(t, group->entry->code) : column_of_all(t);
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

int tr_counts_columns(struct tr_counts *k, const struct tr_table *t, struct tr_count_table *to,
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
