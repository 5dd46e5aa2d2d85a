/* A table as the attacker reads it: what each number counts is put together from its row and its
 * column, in words that are the same in every table, such as "bydel=CODE|housing_type=CODE".
 * So the same number in two tables is one number, whatever form they have. */
#include <stdlib.h>

#include "base/number.h"
#include "domain/attack/attack_own.h"

enum { SAYS_MAX = 4, COUNT_MAX = 999999999 };

/* ---- what a number counts ---- */

static int by_text(const void *a, const void *b)
{
    return tr_str_cmp(*(const struct tr_str *)a, *(const struct tr_str *)b);
}

struct tr_str tr_attack_key(struct tr_attack *a, int time, const struct tr_str says[], int n)
{
    struct tr_str sorted[SAYS_MAX];
    struct tr_str last = {0};

    for (int i = 0; i < n; i++)
        sorted[i] = says[i];
    qsort(sorted, (size_t)n, sizeof *sorted, by_text);
    a->scratch.len = 0;
    tr_buf_num(&a->scratch, time);
    for (int i = 0; i < n; i++) {
        if (sorted[i].len > 0 && !tr_str_eq(sorted[i], last)) {
            tr_buf_char(&a->scratch, '|');
            tr_buf_str(&a->scratch, sorted[i]);
        }
        last = sorted[i];
    }
    return tr_buf_slice(&a->scratch);
}

static struct tr_str pair(struct tr_attack *a, struct tr_str field, struct tr_str code)
{
    struct tr_buf text = {0};
    struct tr_str kept;

    tr_buf_str(&text, field);
    tr_buf_char(&text, '=');
    tr_buf_str(&text, code);
    kept = tr_arena_copy(&a->text, tr_buf_slice(&text));
    a->text.failed |= text.failed;
    tr_buf_clear(&text);
    return kept;
}

struct tr_str tr_sheet_says(struct tr_attack *a, const struct tr_attack_sheet *s, uint32_t row,
                            int key)
{
    struct tr_str cell = tr_table_cell(s->t, row, key);

    return tr_str_is(cell, "total") ? (struct tr_str){0} : pair(a, s->t->header[key], cell);
}

/* ---- columns ---- */

static const struct named {
    const char *name;
    enum tr_part_what what;
} named[] = {
    {"total", TR_WHAT_TOTAL},
    {"persons", TR_WHAT_PERSONS},
    {"count", TR_WHAT_PERSONS},
    {"undecided", TR_WHAT_EXTRA},
    {"unknown", TR_WHAT_EXTRA},
    {"outside", TR_WHAT_EXTRA},
    {"open_group", TR_WHAT_OPEN},
    {"open_type", TR_WHAT_OPEN},
    {"open_path", TR_WHAT_OPEN},
    {"unread", TR_WHAT_APART},
    {"rejected", TR_WHAT_APART},
    {"lacking", TR_WHAT_APART},
    {"existing", TR_WHAT_NONE},
    {"needed", TR_WHAT_NONE},
    {"stock", TR_WHAT_STOCK},
    {"gap", TR_WHAT_GAP},
    {"not_delivered", TR_WHAT_NONE},
    {"delivered_twice", TR_WHAT_NONE},
    {"doubles", TR_WHAT_NONE},
    {"hashes", TR_WHAT_NONE},
};

/* Numbers of persons in a table of vacancies, which do not add up: a person may wait in several rows. */
static const char *const of_vacancies[] = {"waiting", "occupied", "reserved", "over",
                                           "past_expected", NULL};

static bool is_among(struct tr_str name, const char *const names[])
{
    for (; *names; names++)
        if (tr_str_is(name, *names))
            return true;
    return false;
}

static bool is_of_vacancies(const struct tr_table *t)
{
    return tr_table_column(t, "vacant") >= 0;
}

bool tr_attack_counts(const struct tr_table *t)
{
    static const char *const persons[] = {"persons", "count", "total", NULL};
    bool counts = false;

    for (uint32_t c = 0; c < t->n_columns; c++)
        counts |= is_among(t->header[c], is_of_vacancies(t) ? of_vacancies : persons);
    return counts;
}

static const struct tr_measure *measure_named(const struct tr_profile *p, struct tr_str name)
{
    for (int m = 0; m < p->n_measures; m++)
        if (tr_str_eq(p->measure[m].name, name))
            return &p->measure[m];
    return NULL;
}

/* A measure of one code is what a column of that code counts in another table. */
static struct tr_str measure_says(struct tr_attack *a, const struct tr_measure *m)
{
    const struct tr_list *list = a->profile->of_field[m->field];

    if (!list || __builtin_popcountll(m->codes) != 1)
        return pair(a, TR_STR("measure"), m->name);
    return pair(a, tr_str(tr_fields[m->field].name),
                list->entry[__builtin_ctzll(m->codes)].code);
}

static const struct tr_group *group_named(const struct tr_profile *p, struct tr_str code)
{
    for (int g = 0; g < p->n_groups; g++)
        if (tr_str_eq(p->group[g].entry->code, code))
            return &p->group[g];
    return NULL;
}

/* A column of a code: field=code, a housing type, or the head itself. */
static void read_code(struct tr_attack *a, struct tr_attack_sheet *s, uint32_t c)
{
    struct tr_attack_column *column = &s->column[c];
    struct tr_str head = s->t->header[c], rest = head, field;
    const struct tr_list *types = tr_profile_list(a->profile, tr_fields[TR_F_HOUSING_TYPE].list);
    const struct tr_group *group = group_named(a->profile, head);

    column->what = TR_WHAT_CELL;
    tr_str_part(&rest, '=', &field);
    if (rest.p && rest.len > 0 && tr_field_find(field) >= 0) {
        *column = (struct tr_attack_column){.what = TR_WHAT_CELL, .says = head, .code = rest};
        s->field = field;
        s->unnamed = false;
    } else if (tr_list_code(types, head) >= 0 || group) {
        s->field = tr_str(tr_fields[group ? group->field : TR_F_HOUSING_TYPE].name);
        s->unnamed = false;
        *column = (struct tr_attack_column){.what = TR_WHAT_CELL, .says = pair(a, s->field, head), .code = head};
    } else {
        s->unnamed |= s->field.len == 0;
        if (s->unnamed)
            s->field = TR_STR("column");
        *column = (struct tr_attack_column){.what = TR_WHAT_CELL, .says = pair(a, TR_STR("column"), head), .code = head};
    }
}

/* The columns earlier and change, also with .GROUP or .YEAR or both behind the word. */
static bool read_year(struct tr_attack *a, struct tr_attack_sheet *s, uint32_t c)
{
    struct tr_attack_column *column = &s->column[c];
    struct tr_str rest = s->t->header[c], word, next;
    const struct tr_group *group = NULL;

    if (!tr_str_part(&rest, '.', &word) || !(tr_str_is(word, "earlier") || tr_str_is(word, "change")))
        return false;
    column->what = tr_str_is(word, "earlier") ? TR_WHAT_EARLIER : TR_WHAT_CHANGE;
    column->year = tr_str_from(s->t->header[c], word.len);
    if (tr_str_part(&rest, '.', &next))
        group = group_named(a->profile, next);
    if (group) {
        column->year = tr_str_from(column->year, next.len + 1);
        column->says = pair(a, tr_str(tr_fields[group->field].name), next);
    }
    return true;
}

static void read_column(struct tr_attack *a, struct tr_attack_sheet *s, uint32_t c)
{
    const struct tr_measure *m = measure_named(a->profile, s->t->header[c]);

    if (is_of_vacancies(s->t)) {
        s->column[c].what =
            is_among(s->t->header[c], of_vacancies) ? TR_WHAT_APART : TR_WHAT_NONE;
        return;
    }
    if (read_year(a, s, c))
        return;
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (tr_str_is(s->t->header[c], named[i].name)) {
            s->column[c].what = named[i].what;
            return;
        }
    if (m)
        s->column[c] = (struct tr_attack_column){.what = TR_WHAT_MEASURE, .says = measure_says(a, m), .code = m->name};
    else if (!s->is_long)
        read_code(a, s, c);
}

static bool has(const struct tr_attack_sheet *s, enum tr_part_what what)
{
    for (uint32_t c = (uint32_t)s->keys; c < s->t->n_columns; c++)
        if (s->column[c].what == what)
            return true;
    return false;
}

/* Whether the total may be less than everybody: the table tells of others beside it, or a table by the
 * same field does, of which this one may be a drawing. */
static bool has_others(const struct tr_attack *a, const struct tr_attack_sheet *s)
{
    bool others = has(s, TR_WHAT_EXTRA);

    for (const struct tr_attack_sheet *t = a->sheet; t < a->sheet + a->n_sheets && !others; t++)
        others = !t->is_long && has(t, TR_WHAT_PERSONS) && tr_str_eq(t->field, s->field);
    return others;
}

static bool share_a_code(const struct tr_attack_sheet *s, const struct tr_attack_sheet *t)
{
    for (uint32_t c = (uint32_t)s->keys; c < s->t->n_columns; c++)
        for (uint32_t d = (uint32_t)t->keys; d < t->t->n_columns; d++)
            if (s->column[c].what == TR_WHAT_CELL && t->column[d].what == TR_WHAT_CELL &&
                tr_str_eq(s->t->header[c], t->t->header[d]))
                return true;
    return false;
}

void tr_attack_fields(struct tr_attack *a)
{
    bool more = true;

    for (int i = 0; i < a->n_sheets; i++)
        if (a->sheet[i].unnamed)
            a->sheet[i].field = pair(a, a->sheet[i].field, tr_str(a->sheet[i].t->source));
    while (more) { /* the first by name is that of all */
        more = false;
        for (struct tr_attack_sheet *s = a->sheet; s < a->sheet + a->n_sheets; s++)
            for (struct tr_attack_sheet *t = a->sheet; t < a->sheet + a->n_sheets; t++)
                if (s->unnamed && t->unnamed && tr_str_cmp(s->field, t->field) < 0 &&
                    share_a_code(s, t)) {
                    t->field = s->field;
                    more = true;
                }
    }
}

/* What stands beside the codes says so only when their field is known. */
static void name_sums(struct tr_attack *a, struct tr_attack_sheet *s)
{
    bool others = has_others(a, s);

    for (uint32_t c = (uint32_t)s->keys; c < s->t->n_columns; c++) {
        struct tr_attack_column *column = &s->column[c];

        if (column->what == TR_WHAT_EXTRA)
            column->says = pair(a, s->field, s->t->header[c]);
        else if (column->what == TR_WHAT_OPEN || column->what == TR_WHAT_APART)
            column->says = pair(a, TR_STR("aside"), s->t->header[c]);
        else if (!s->is_long && others && has(s, TR_WHAT_CELL) &&
                 (column->what == TR_WHAT_TOTAL || column->what == TR_WHAT_STOCK ||
                  (column->what == TR_WHAT_EARLIER && column->says.len == 0)))
            column->says = pair(a, s->field, TR_STR("*"));
    }
}

/* A long table has the column count; what stands before it says what is counted. */
static int recognise(struct tr_attack *a, struct tr_attack_sheet *s, struct tr_err *err)
{
    int count = tr_table_column(s->t, "count");

    s->is_long = count >= 0;
    s->keys = count > 0 ? count : 1;
    if (s->keys > 2 || s->t->n_columns < 2)
        return tr_table_fault(s->t, s->t->n_rows, 0, TR_E_COLUMN_UNKNOWN, NULL, err);
    if (s->keys == 2)
        s->field = s->t->header[1];
    for (uint32_t c = (uint32_t)s->keys; c < s->t->n_columns; c++)
        read_column(a, s, c);
    return 0;
}

/* ---- numbers ---- */

enum number { EMPTY, HIDDEN, SHOWN };

static int read_number(const struct tr_attack_sheet *s, uint32_t r, uint32_t c, long long *value,
                       struct tr_err *err)
{
    struct tr_str cell = tr_table_cell(s->t, r, (int)c);
    bool negative = s->column[c].what == TR_WHAT_GAP || s->column[c].what == TR_WHAT_CHANGE;

    if (cell.len == 0)
        return EMPTY;
    if (tr_str_is(cell, TR_HIDDEN))
        return HIDDEN;
    if (!tr_number_read(cell, value) || *value > COUNT_MAX || *value < (negative ? -COUNT_MAX : 0)) {
        tr_table_fault(s->t, r, (int)c, TR_E_COUNT, NULL, err);
        tr_err_column(err, c, s->t->header[c]);
        return -1;
    }
    return SHOWN;
}

/* Times that are no year of the survey; each table has its own. */
enum { TIME_STOCK = -1, TIME_ONLY_HERE = -1001 };

static int time_of(const struct tr_attack *a, const struct tr_attack_sheet *s, uint32_t c)
{
    int here = (int)(s - a->sheet);

    switch (s->column[c].what) {
    case TR_WHAT_STOCK:
        return TIME_STOCK - here;
    case TR_WHAT_GAP:
    case TR_WHAT_CHANGE:
        return TIME_ONLY_HERE - here;
    case TR_WHAT_EARLIER:
        return s->column[c].time;
    default:
        return s->time;
    }
}

struct tr_str tr_sheet_key(struct tr_attack *a, const struct tr_attack_sheet *s, uint32_t r,
                           uint32_t c, int time)
{
    struct tr_str says[SAYS_MAX];
    int n = 0;

    for (int k = 0; k < s->keys; k++)
        says[n++] = tr_sheet_says(a, s, r, k);
    says[n++] = s->column[c].what == TR_WHAT_GAP || s->column[c].what == TR_WHAT_CHANGE
                    ? s->t->header[c]
                    : s->column[c].says;
    return tr_attack_key(a, time, says, n);
}

/* ---- times ---- */

/* Whether the column counts what it does in the table's own time, or in the earlier year, if that is given. */
static bool is_of_time(const struct tr_attack_column *column, const struct tr_str *year)
{
    if (column->what == TR_WHAT_EARLIER)
        return year && tr_str_eq(column->year, *year);
    return !year && column->what != TR_WHAT_NONE && column->what != TR_WHAT_STOCK &&
           column->what != TR_WHAT_GAP && column->what != TR_WHAT_CHANGE;
}

/* Whether what the table shows fits what is shown of a time; both: something is shown in both. */
static bool fits(struct tr_attack *a, const struct tr_attack_sheet *s, int time,
                 const struct tr_str *year, bool *both, struct tr_attack_time *differs)
{
    struct tr_err err;
    long long value;

    *both = false;
    for (uint32_t r = 0; r < s->t->n_rows; r++)
        for (uint32_t c = (uint32_t)s->keys; c < s->t->n_columns; c++) {
            const struct tr_attack_seen *seen;
            int x;

            if (!is_of_time(&s->column[c], year) || read_number(s, r, c, &value, &err) != SHOWN)
                continue;
            x = tr_dict_find(&a->keys, tr_sheet_key(a, s, r, c, time));
            if (x < 0 || !tr_attack_seen(a, (uint32_t)x)->shown)
                continue;
            seen = tr_attack_seen(a, (uint32_t)x);
            *both = true;
            if (seen->value == value)
                continue;
            *differs = (struct tr_attack_time){
                {(int)(s - a->sheet), r, c}, seen->place, value, seen->value};
            return false;
        }
    return true;
}

/* The time of a table's numbers: one whose numbers it does not contradict, or a new one. Of those of an earlier
 * year, one that shows some of the same. */
static int find_time(struct tr_attack *a, const struct tr_attack_sheet *s, const struct tr_str *year,
                     int not)
{
    struct tr_attack_time differs = {0}, first = {0};
    bool both = false, some = false;

    if (is_of_vacancies(s->t)) /* of another day, see lists.c */
        return a->n_times++;
    for (int time = 0; time < a->n_times; time++) {
        if (time != not && fits(a, s, time, year, &both, &differs) && (both || !year))
            return time;
        if (both && !some && time != not)
            first = differs;
        some |= both && time != not;
    }
    if (some && !year)
        tr_buf_add(&a->times, &first, sizeof first);
    return a->n_times++;
}

/* Gives each column of an earlier year its time; those of one year have one. */
static void find_years(struct tr_attack *a, struct tr_attack_sheet *s)
{
    for (uint32_t c = (uint32_t)s->keys; c < s->t->n_columns; c++) {
        struct tr_attack_column *column = &s->column[c];
        uint32_t b = (uint32_t)s->keys;

        if (column->what != TR_WHAT_EARLIER)
            continue;
        while (b < c && !is_of_time(&s->column[b], &column->year))
            b++;
        column->time = b < c ? s->column[b].time : find_time(a, s, &column->year, s->time);
    }
}

/* ---- the table ---- */

static int add_number(struct tr_attack *a, struct tr_attack_sheet *s, uint32_t r, uint32_t c,
                      struct tr_err *err)
{
    enum tr_part_what what = s->column[c].what;
    bool negative = what == TR_WHAT_GAP || what == TR_WHAT_CHANGE;
    const struct tr_place_in place = {(int)(s - a->sheet), r, c};
    struct tr_attack_seen *seen;
    long long value = 0;
    int number = what == TR_WHAT_NONE ? EMPTY : read_number(s, r, c, &value, err);
    int x = (int)a->system.n, rc;

    *tr_sheet_x(s, r, c) = TR_NOTHING;
    if (number <= EMPTY)
        return number;
    rc = tr_dict_add(&a->keys, tr_sheet_key(a, s, r, c, time_of(a, s, c)), &x);
    if (rc == 0)
        tr_attack_unknown(a, negative ? -TR_UNLIMITED : 0, TR_UNLIMITED);
    if (rc < 0 || a->system.failed || a->seen.failed || a->scratch.failed)
        return tr_err_memory(err);
    *tr_sheet_x(s, r, c) = (uint32_t)x;
    seen = tr_attack_seen(a, (uint32_t)x);
    if (number == SHOWN && seen->shown && seen->value != value) {
        tr_table_fault(s->t, r, (int)c, TR_E_CONTRADICTION, NULL, err);
        tr_err_column(err, c, s->t->header[c]);
        return -1;
    }
    if (seen->place.table < 0)
        seen->place = place;
    if (number == SHOWN && !seen->shown) {
        seen->shown = true;
        seen->shown_in = place.table;
        seen->value = value;
    }
    seen->homes |= what == TR_WHAT_STOCK || negative || tr_str_is(s->t->header[c], "rejected");
    seen->hidden |= number == HIDDEN && !s->own;
    seen->own |= s->own;
    return 0;
}

static int refuse_doubles(struct tr_attack *a, const struct tr_attack_sheet *s, struct tr_err *err)
{
    struct tr_dict rows = {0};
    int rc = 0;

    for (uint32_t r = 0; rc == 0 && r < s->t->n_rows; r++) {
        struct tr_str says[SAYS_MAX];
        int at = (int)r;

        for (int k = 0; k < s->keys; k++)
            says[k] = tr_sheet_says(a, s, r, k);
        rc = tr_dict_add(&rows, tr_attack_key(a, 0, says, s->keys), &at);
        if (rc > 0)
            tr_table_fault(s->t, r, 0, TR_E_ROW_TWICE, NULL, err);
        else if (rc < 0)
            tr_err_memory(err);
    }
    tr_dict_clear(&rows);
    return rc ? -1 : 0;
}

int tr_attack_read(struct tr_attack *a, struct tr_attack_sheet *s, struct tr_err *err)
{
    long long value;

    if (recognise(a, s, err) < 0 || refuse_doubles(a, s, err) < 0)
        return -1;
    for (uint32_t r = 0; r < s->t->n_rows; r++) /* nothing is compared with what cannot be read */
        for (uint32_t c = (uint32_t)s->keys; c < s->t->n_columns; c++)
            if (s->column[c].what != TR_WHAT_NONE && read_number(s, r, c, &value, err) < 0)
                return -1;
    return 0;
}

int tr_attack_number(struct tr_attack *a, struct tr_attack_sheet *s, struct tr_err *err)
{
    name_sums(a, s);
    s->time = find_time(a, s, NULL, -1);
    find_years(a, s);
    for (uint32_t r = 0; r < s->t->n_rows; r++)
        for (uint32_t c = (uint32_t)s->keys; c < s->t->n_columns; c++)
            if (add_number(a, s, r, c, err) < 0)
                return -1;
    return 0;
}
