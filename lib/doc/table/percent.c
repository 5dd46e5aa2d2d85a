#include "doc/table/percent.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"

const char *const tr_percent_names[] = {"none", "row", "column", "total", NULL};

static bool number(const struct tr_table *t, int64_t row, int column, long long *out)
{
    struct tr_str cell =
        row < 0 || column < 0 ? (struct tr_str){0} : tr_table_cell(t, (uint32_t)row, column);

    return cell.len > 0 && tr_number_read(cell, out);
}

static void set(struct tr_table *t, uint32_t row, uint32_t column, struct tr_str cell)
{
    t->cells[(size_t)row * t->n_columns + column] = tr_arena_copy(&t->more, cell);
}

/* The number x / whole * times, to one decimal, half up; empty when there is no whole. */
static void set_share(struct tr_table *t, uint32_t row, uint32_t column, long long x,
                      long long whole, long long times)
{
    char text[32] = "";
    long long tenths;

    if (whole > 0) {
        tenths = (20 * times * (x < 0 ? -x : x) + whole) / (2 * whole);
        snprintf(text, sizeof text, "%s%lld.%lld", x < 0 && tenths > 0 ? "-" : "", tenths / 10,
                 tenths % 10);
    }
    set(t, row, column, tr_str(text));
}

static int64_t total_row(const struct tr_table *t)
{
    for (uint32_t r = 0; r < t->n_rows; r++)
        if (tr_str_is(tr_table_cell(t, r, 0), "total"))
            return r;
    return -1;
}

/* Makes room for more columns, whose heads and cells are empty. */
static int widen(struct tr_table *t, uint32_t more, struct tr_err *err)
{
    uint32_t n = t->n_columns + more;
    struct tr_str *wide = calloc((size_t)n * ((size_t)t->n_rows + 1), sizeof *wide);

    if (!wide)
        return tr_err_memory(err);
    for (uint32_t r = 0; r <= t->n_rows; r++)
        memcpy(wide + (size_t)r * n, t->header + (size_t)r * t->n_columns,
               t->n_columns * sizeof *wide);
    free(t->header);
    t->header = wide;
    t->cells = wide + n;
    t->n_columns = n;
    return 0;
}

/* ---- shares of persons ---- */

/* Whether the column counts persons who need one of the codes, so that it is a part of total. */
static bool is_part(const struct tr_profile *p, struct tr_str name)
{
    if (tr_list_code(p->of_field[TR_F_HOUSING_TYPE], name) >= 0 ||
        tr_list_code(tr_profile_list(p, "column_group"), name) >= 0)
        return true;
    return name.len > 0 && memchr(name.p, '=', name.len);
}

/* Whether it counts other persons of the row. */
static bool is_of_persons(const struct tr_profile *p, struct tr_str name)
{
    static const char *const names[] = {"undecided",  "unknown",   "outside",   "total", "persons",
                                        "open_group", "open_type", "open_path", "unread"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tr_str_is(name, names[i]))
            return true;
    for (int m = 0; m < p->n_measures; m++)
        if (tr_str_eq(name, p->measure[m].name))
            return true;
    return false;
}

/* Made of a copy: a whole must be there until all of its parts are made. */
static int share_numbers(struct tr_table *t, const struct tr_profile *p, enum tr_percent share,
                         struct tr_err *err)
{
    int persons = tr_table_column(t, "persons"), all = tr_table_column(t, "total");
    int64_t total = total_row(t);
    struct tr_table as_read = *t;
    struct tr_str *cells = calloc((size_t)t->n_columns * (t->n_rows + 1), sizeof *cells);

    if (!cells)
        return tr_err_memory(err);
    memcpy(cells, t->header, (size_t)t->n_columns * (t->n_rows + 1) * sizeof *cells);
    as_read.header = cells;
    as_read.cells = cells + t->n_columns;
    for (uint32_t c = 1; c < t->n_columns; c++) {
        bool part = is_part(p, t->header[c]);

        if ((!part && !is_of_persons(p, t->header[c])) ||
            (share == TR_PERCENT_ROW && ((int)c == persons || (int)c == all)))
            continue;
        for (uint32_t r = 0; r < t->n_rows; r++) {
            int64_t of_row = share == TR_PERCENT_ROW ? (int64_t)r : total;
            int of_column = share == TR_PERCENT_COLUMN ? (int)c : part && all >= 0 ? all : persons;
            long long x, of;

            if ((int64_t)r == total || !number(&as_read, r, (int)c, &x))
                continue; /* empty or hidden, as it was */
            set_share(t, r, c, x, number(&as_read, of_row, of_column, &of) ? of : 0, 100);
        }
    }
    free(cells);
    return 0;
}

int tr_percent_make(struct tr_table *t, const struct tr_profile *p, enum tr_percent share,
                    struct tr_err *err)
{
    int rc;

    if (share == TR_PERCENT_NONE)
        return 0;
    if (total_row(t) < 0 || tr_table_column(t, "persons") < 0) {
        tr_table_fault(t, t->n_rows, -1, TR_E_VALUE_MISSING, NULL, err);
        tr_err_field(err, TR_STR("total"));
        return -1;
    }
    rc = share_numbers(t, p, share, err);
    return rc == 0 && t->more.failed ? tr_err_memory(err) : rc;
}

/* ---- inhabitants ---- */

/* The column called so, which must be there. */
static int needed(const struct tr_table *people, const char *name, struct tr_err *err)
{
    int column = tr_table_column(people, name);

    if (column < 0) {
        tr_table_fault(people, people->n_rows, -1, TR_E_COLUMN_MISSING, NULL, err);
        tr_err_field(err, tr_str(name));
    }
    return column;
}

/* Adds the inhabitants of each district to the place of its code. */
static int read_people(const struct tr_profile *p, const struct tr_table *people,
                       long long of[TR_LIST_MAX], struct tr_err *err)
{
    const struct tr_list *districts = p->of_field[TR_F_BYDEL];
    int key = needed(people, "bydel", err), count, year, source;

    if (key < 0 || (count = needed(people, "inhabitants", err)) < 0 ||
        (year = needed(people, "year", err)) < 0 || (source = needed(people, "source", err)) < 0)
        return -1;
    for (int d = 0; d < districts->n; d++)
        of[d] = -1;
    for (uint32_t r = 0; r < people->n_rows; r++) {
        const int same[] = {year, source};
        int d = tr_list_find(districts, tr_table_cell(people, r, key));

        if (d < 0 && tr_str_is(tr_table_cell(people, r, key), "total"))
            continue;
        if (d < 0) {
            struct tr_err why;

            tr_list_fault(districts, tr_table_cell(people, r, key), &why);
            return tr_table_fault(people, r, key, why.code, why.arg[0], err);
        }
        if (of[d] >= 0)
            return tr_table_fault(people, r, key, TR_E_ROW_TWICE, NULL, err);
        if (!tr_number_read(tr_table_cell(people, r, count), &of[d]) || of[d] < 0)
            return tr_table_fault(people, r, count, TR_E_COUNT, NULL, err);
        for (int i = 0; i < 2; i++)
            if (tr_table_cell(people, r, same[i]).len == 0 ||
                !tr_str_eq(tr_table_cell(people, r, same[i]), tr_table_cell(people, 0, same[i])))
                return tr_table_fault(people, r, same[i], TR_E_VALUE_MISSING, NULL, err);
    }
    return 0;
}

/* How many live in the district, sector or all of them that the row is about; -1: not known. */
static long long people_of(const struct tr_profile *p, const struct tr_table *t, uint32_t r,
                           const long long of[])
{
    const struct tr_list *districts = p->of_field[TR_F_BYDEL];
    struct tr_str key = tr_table_cell(t, r, 0);
    bool all = tr_str_is(key, "total"), by_sector = tr_str_is(t->header[0], "sector");
    int row =
        by_sector ? tr_list_code(tr_profile_list(p, "sector"), key) : tr_list_code(districts, key);
    long long sum = all || by_sector ? 0 : -1;

    for (int d = 0; d < districts->n; d++) {
        bool in = by_sector ? p->sector[d] == row : d == row;

        for (uint32_t i = 0; i < t->n_rows && all; i++) { /* of the districts that are shown */
            struct tr_str shown = tr_table_cell(t, i, 0);

            in |= by_sector ? tr_list_code(tr_profile_list(p, "sector"), shown) == p->sector[d]
                            : tr_list_code(districts, shown) == d;
        }
        if (in && of[d] < 0)
            return -1;
        sum = in ? (sum < 0 ? 0 : sum) + of[d] : sum;
    }
    return row < 0 && !all ? -1 : sum;
}

int tr_percent_inhabitants(struct tr_table *t, const struct tr_profile *p,
                           const struct tr_table *people, enum tr_lang lang, struct tr_str *said,
                           struct tr_err *err)
{
    struct tr_str word = tr_profile_text(p, "table.inhabitants", lang);
    long long of[TR_LIST_MAX], x, untold;
    int base = tr_table_column(t, "total"), missing = tr_table_column(t, "not_delivered");
    struct tr_str year, source;
    char text[512];

    if (!tr_str_is(t->header[0], "bydel") && !tr_str_is(t->header[0], "sector")) {
        tr_table_fault(t, t->n_rows, 0, TR_E_COLUMN_MISSING, NULL, err);
        tr_err_field(err, TR_STR("bydel"));
        return -1;
    }
    if (read_people(p, people, of, err) < 0 || widen(t, 2, err) < 0)
        return -1;
    base = base < 0 ? tr_table_column(t, "persons") : base;
    t->header[t->n_columns - 2] = TR_STR("inhabitants");
    t->header[t->n_columns - 1] = TR_STR("per_1000");
    for (uint32_t r = 0; r < t->n_rows; r++) {
        long long n = people_of(p, t, r, of);

        if (n < 0)
            continue;
        snprintf(text, sizeof text, "%lld", n);
        set(t, r, t->n_columns - 2, tr_str(text));
        if (number(t, r, base, &x) && !(number(t, r, missing, &untold) && untold > 0))
            set_share(t, r, t->n_columns - 1, x, n, 1000);
    }
    year = tr_table_cell(people, 0, tr_table_column(people, "year"));
    source = tr_table_cell(people, 0, tr_table_column(people, "source"));
    snprintf(text, sizeof text, "%.*s: %.*s, %.*s.", (int)word.len, word.p,
             (int)(source.len < 300 ? source.len : 300), source.p,
             (int)(year.len < 40 ? year.len : 40), year.p);
    if (people->n_rows == 0)
        text[0] = '\0';
    *said = tr_arena_copy(&t->more, (struct tr_str){text, strlen(text) + 1});
    said->len -= said->len > 0; /* its end stays behind it */
    return t->more.failed ? tr_err_memory(err) : 0;
}
