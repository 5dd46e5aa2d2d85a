#include <stdio.h>

#include "base/arena.h"
#include "domain/survey/deliveries.h"
#include "domain/survey/needs_own.h"

static const struct tr_str key_total = {"total", 5};

/* Some of the rows, or of the columns. */
struct set {
    uint64_t codes;  /* bit i: code i */
    unsigned extras; /* bit i: the extra place i behind the codes */
};

static const struct set everything = {UINT64_MAX, UINT32_MAX}, all_codes = {UINT64_MAX, 0};

static struct set one(int place, int codes)
{
    return place < codes ? (struct set){UINT64_C(1) << place, 0}
                         : (struct set){0, 1u << (place - codes)};
}

static bool is_in(struct set s, int place, int codes)
{
    return place < codes ? s.codes >> place & 1 : s.extras >> (place - codes) & 1;
}

/* Whether any of so many codes, or an extra place, is in the set. */
static bool is_any(struct set s, int codes)
{
    return s.extras || (codes > 0 && s.codes << (64 - codes));
}

enum { SHEET_MAX = TR_LIST_MAX + TR_MEASURES_MAX + TR_N_ASIDES + TR_GROUPS_MAX + 20 +
                   2 * TR_YEARS_MAX * (1 + TR_GROUPS_MAX) };

/* The columns of the table to be written, and where each gets its numbers. */
struct sheet {
    const struct tr_needs *n;
    const struct tr_needs_beside *beside;
    struct set all; /* the columns that `total` is the sum of */
    struct tr_writer writer;
    struct tr_column column[SHEET_MAX];
    struct tr_str cell[SHEET_MAX]; /* of the row being made */
    char text[SHEET_MAX][24];      /* numbers as text */
    size_t n_columns, at;
    struct tr_arena names;
    struct tr_buf hashes;
};

/* ---- columns ---- */

static void add_column(struct sheet *s, struct tr_str name, enum tr_shape shape)
{
    s->column[s->n_columns++] = (struct tr_column){.name = name, .shape = shape};
}

static void add_number(struct sheet *s, const char *name)
{
    add_column(s, tr_str(name), TR_SHAPE_NUMBER);
}

/* A column of codes. Codes of housing types speak for themselves; others are written field=code. */
static void add_coded(struct sheet *s, struct tr_str code, bool plain)
{
    char name[160];

    snprintf(name, sizeof name, "%s%s%.*s", plain ? "" : tr_fields[s->n->column_field].name,
             plain ? "" : "=", (int)code.len, code.p);
    add_column(s, tr_arena_copy(&s->names, tr_str(name)), TR_SHAPE_NUMBER);
}

/* Of an earlier year; of a group, and with the year where there are several. */
static void add_earlier(struct sheet *s, const char *what, const struct tr_needs_year *year,
                        const struct tr_group *group)
{
    char name[160], of_year[16] = "";
    struct tr_str of = group ? group->entry->code : TR_STR("");

    if (s->beside->n_years > 1)
        snprintf(of_year, sizeof of_year, ".%d", year->year);
    snprintf(name, sizeof name, "%s%s%.*s%s", what, group ? "." : "", (int)of.len, of.p, of_year);
    add_column(s, tr_arena_copy(&s->names, tr_str(name)), TR_SHAPE_NUMBER);
}

/* The group that sums up columns of the wide table and is number g of the profile, or NULL. */
static const struct tr_group *column_group(const struct sheet *s, int g)
{
    const struct tr_group *group = &s->n->profile->group[g];

    return tr_needs_group_columns(s->n, group) ? group : NULL;
}

static void add_measures(struct sheet *s)
{
    for (int m = 0; m < s->n->profile->n_measures; m++)
        add_column(s, s->n->profile->measure[m].name, TR_SHAPE_NUMBER);
}

static void add_beside(struct sheet *s, bool as_long)
{
    const struct tr_profile *p = s->n->profile;

    if (s->beside->stock) {
        add_number(s, "lacking");
        add_number(s, "existing");
        add_number(s, "needed");
    }
    for (int y = 0; y < s->beside->n_years; y++) {
        add_earlier(s, "earlier", &s->beside->year[y], NULL);
        add_earlier(s, "change", &s->beside->year[y], NULL);
        for (int g = 0; g < p->n_groups && !as_long; g++)
            if (column_group(s, g)) {
                add_earlier(s, "earlier", &s->beside->year[y], column_group(s, g));
                add_earlier(s, "change", &s->beside->year[y], column_group(s, g));
            }
    }
}

/* ---- cells ---- */

/* Adds a cell; the row is written when it is full. */
static void add_cell(struct sheet *s, struct tr_str cell)
{
    s->cell[s->at++] = cell;
    if (s->at < s->n_columns)
        return;
    s->at = 0;
    tr_writer_row(&s->writer, s->cell);
}

static void number(struct sheet *s, bool known, int64_t value)
{
    char *text = s->text[s->at];
    int n = known ? snprintf(text, sizeof s->text[0], "%lld", (long long)value) : 0;

    add_cell(s, (struct tr_str){text, (size_t)n});
}

static int64_t sum(const struct tr_needs *n, struct set rows, struct set columns)
{
    uint64_t total = 0;

    for (int r = 0; r < n->n_rows; r++)
        for (int c = 0; c < n->n_columns && is_in(rows, r, n->rows->n); c++)
            if (is_in(columns, c, tr_needs_extra(n, 0)))
                total += n->count[tr_needs_cell(n, r, c)];
    return (int64_t)total;
}

/* Whether another table tells all that is in the sets. One that has numbers of types only tells
 * nothing of who is undecided or outside. */
static bool tells(const struct tr_needs *other, struct set rows, struct set columns)
{
    for (int c = tr_needs_extra(other, 0); c < other->n_columns && other->column_field >= 0; c++)
        if (is_in(columns, c, tr_needs_extra(other, 0)) &&
            sum(other, everything, one(c, tr_needs_extra(other, 0))) == 0)
            return false;
    for (int r = other->rows->n; r < other->n_rows && other->row_field == TR_F_HOUSING_TYPE; r++)
        if (is_in(rows, r, other->rows->n) &&
            sum(other, one(r, other->rows->n), everything) == 0)
            return false;
    return true;
}

/* Whether a sum over the rows of n lacks a district, of those that have not delivered to it. In a sum,
 * a district of which other counts nobody is not lacking, either. */
static bool lacks(const struct tr_needs *n, uint64_t untold, const struct tr_needs *other, struct set rows)
{
    bool by_district = n->row_field == TR_F_BYDEL;
    int row;

    for (int d = 0; d < n->profile->of_field[TR_F_BYDEL]->n; d++) {
        if (!(untold >> d & 1))
            continue;
        row = by_district ? tr_needs_row(n, d) : -1;
        if (row < 0 || (is_in(rows, row, n->rows->n) &&
                        (rows.codes == UINT64_C(1) << row || sum(other, one(row, n->rows->n), everything) > 0)))
            return true;
    }
    return false;
}

/* Districts of which the count in hand tells nothing. */
static uint64_t untold_now(const struct sheet *s)
{
    const struct tr_deliveries *d = s->beside->deliveries;
    uint64_t untold = 0;

    if (!tr_deliveries_known(s->n))
        return tr_needs_untold(s->n);
    for (int row = 0; d && row < s->n->rows->n; row++)
        untold |= d->missing[row] ? UINT64_C(1) << row : 0;
    return untold;
}

/* The count of an earlier year, and the difference to it. */
static void write_year(struct sheet *s, const struct tr_needs *year, struct set rows,
                       struct set columns)
{
    bool known = tells(year, rows, columns) && !lacks(year, tr_needs_untold(year), s->n, rows);
    bool both = known && !lacks(s->n, untold_now(s), year, rows);
    int64_t then = sum(year, rows, columns);

    number(s, known, then);
    number(s, both, sum(s->n, rows, columns) - then);
}

/* Homes of the types that the stock tells of. Who is counted lacks a home, beside those that exist;
 * or, as the profile may say, everybody who needs one is counted. */
static void write_stock(struct sheet *s, struct set rows, struct set columns)
{
    const struct tr_needs *n = s->n, *stock = s->beside->stock;
    bool everybody = tr_str_is(tr_profile_value(n->profile, "survey_counts"), "everybody");
    int64_t counted, existing;
    bool known;

    if (n->row_field == TR_F_HOUSING_TYPE)
        rows = (struct set){rows.codes & stock->rows_told, 0};
    if (n->column_field == TR_F_HOUSING_TYPE)
        columns = (struct set){columns.codes & stock->columns_told, 0};
    known = is_any(rows, n->rows->n) && (!n->columns || is_any(columns, n->columns->n));
    counted = sum(n, rows, columns);
    existing = sum(stock, rows, columns);
    number(s, known, everybody ? counted - existing : counted);
    number(s, known, existing);
    number(s, known, everybody ? counted : counted + existing);
}

static void write_beside(struct sheet *s, struct set rows, struct set columns, bool as_long)
{
    if (s->beside->stock)
        write_stock(s, rows, columns);
    for (int y = 0; y < s->beside->n_years; y++) {
        write_year(s, &s->beside->year[y].needs, rows, columns);
        for (int g = 0; g < s->n->profile->n_groups && !as_long; g++)
            if (column_group(s, g))
                write_year(s, &s->beside->year[y].needs, rows,
                           (struct set){column_group(s, g)->codes, 0});
    }
}

static int64_t sum_aside(const struct tr_needs *n, struct set rows, int aside)
{
    uint64_t total = 0;

    for (int r = 0; r < n->n_rows; r++)
        total += is_in(rows, r, n->rows->n) ? n->aside[r * TR_N_ASIDES + aside] : 0;
    return (int64_t)total;
}

static void add_asides(struct sheet *s)
{
    for (int a = 0; a < TR_N_ASIDES; a++)
        if (sum_aside(s->n, everything, a) > 0)
            add_number(s, tr_aside_names[a]);
}

static void write_asides(struct sheet *s, struct set rows)
{
    for (int a = 0; a < TR_N_ASIDES; a++)
        if (sum_aside(s->n, everything, a) > 0)
            number(s, true, sum_aside(s->n, rows, a));
}

static bool has_asides(const struct tr_needs *n, int row)
{
    int64_t told = 0;

    for (int a = 0; a < TR_N_ASIDES; a++)
        told += sum_aside(n, one(row, n->rows->n), a);
    return told > 0;
}

/* How many of these districts are missing, or came twice. */
static void write_deliveries(struct sheet *s, struct set rows)
{
    const struct tr_deliveries *d = s->beside->deliveries;
    int64_t missing = 0, twice = 0;

    if (!d)
        return;
    for (int r = 0; r < s->n->rows->n; r++) {
        missing += is_in(rows, r, s->n->rows->n) && d->missing[r];
        twice += is_in(rows, r, s->n->rows->n) && d->twice[r];
    }
    number(s, true, missing);
    number(s, true, twice);
}

static bool has_hashes(const struct sheet *s)
{
    return s->beside->doubles && tr_doubles_complete(s->beside->doubles);
}

/* All hashes stand in the last row. */
static void write_hashes(struct sheet *s, bool last)
{
    if (has_hashes(s))
        add_cell(s, last ? tr_buf_slice(&s->hashes) : (struct tr_str){"", 0});
}

static void write_doubles(struct sheet *s, bool last)
{
    if (s->beside->doubles && tr_doubles_known(s->beside->doubles))
        number(s, last, (int64_t)s->beside->doubles->persons);
    write_hashes(s, last);
}

/* ---- the wide table ---- */

static void write_measures(struct sheet *s, struct set rows)
{
    const struct tr_needs *n = s->n;
    int measures = n->profile->n_measures;

    for (int m = 0; m < measures; m++) {
        uint64_t total = 0;

        for (int r = 0; r < n->n_rows; r++)
            total += is_in(rows, r, n->rows->n) ? n->of_row[r * measures + m] : 0;
        number(s, n->rows_known >> m & 1, (int64_t)total);
    }
}

/* One line of the wide table: some rows together. */
static void write_wide_row(struct sheet *s, struct tr_str key, struct set rows)
{
    const struct tr_needs *n = s->n;
    int types = tr_needs_extra(n, 0);

    add_cell(s, key);
    for (int c = 0; c < types; c++)
        number(s, true, sum(n, rows, one(c, types)));
    if (n->column_field >= 0) {
        number(s, true, sum(n, rows, all_codes));
        number(s, true, sum(n, rows, one(types + TR_NEEDS_UNDECIDED, types)));
    }
    if (n->column_field == TR_F_HOUSING_TYPE)
        number(s, true, sum(n, rows, one(types + TR_NEEDS_OUTSIDE, types)));
    number(s, true, sum(n, rows, everything));
    write_measures(s, rows);
    for (int g = 0; g < n->profile->n_groups; g++)
        if (column_group(s, g))
            number(s, true, sum(n, rows, (struct set){column_group(s, g)->codes, 0}));
    write_beside(s, rows, s->all, false);
    write_asides(s, rows);
    write_deliveries(s, rows);
    write_doubles(s, tr_str_eq(key, key_total));
}

static void add_wide_columns(struct sheet *s)
{
    const struct tr_needs *n = s->n;
    bool plain = n->column_field == TR_F_HOUSING_TYPE;

    add_column(s, tr_needs_row_name(n), TR_SHAPE_TEXT);
    for (int c = 0; c < tr_needs_extra(n, 0); c++)
        add_coded(s, tr_needs_column_key(n, c), plain);
    if (n->column_field >= 0) {
        add_column(s, key_total, TR_SHAPE_NUMBER);
        add_column(s, tr_needs_column_key(n, tr_needs_extra(n, TR_NEEDS_UNDECIDED)),
                   TR_SHAPE_NUMBER);
    }
    if (plain)
        add_number(s, "outside");
    add_number(s, "persons");
    add_measures(s);
    for (int g = 0; g < n->profile->n_groups; g++)
        if (column_group(s, g))
            add_coded(s, column_group(s, g)->entry->code, plain);
    add_beside(s, false);
    add_asides(s);
    if (s->beside->deliveries) {
        add_number(s, tr_not_delivered);
        add_number(s, tr_delivered_twice);
    }
    if (s->beside->doubles && tr_doubles_known(s->beside->doubles))
        add_number(s, "doubles");
    if (has_hashes(s))
        add_column(s, tr_str(tr_hashes_name), TR_SHAPE_TEXT);
}

/* Whether the wide table has a row: of a district that is counted, always. */
static bool is_in_wide(const struct tr_needs *n, int row)
{
    if (row < n->rows->n && (n->only == TR_ANY || n->row_field != TR_F_BYDEL))
        return true;
    if (row < n->rows->n && !n->by_sector)
        return n->only >> row & 1;
    for (int d = 0; row < n->rows->n && d < n->profile->of_field[TR_F_BYDEL]->n; d++)
        if (n->profile->sector[d] == row && n->only >> d & 1)
            return true;
    return has_asides(n, row) || sum(n, one(row, n->rows->n), everything) > 0;
}

static void write_wide(struct sheet *s, enum tr_format format, struct tr_out *out)
{
    const struct tr_needs *n = s->n;

    add_wide_columns(s);
    tr_writer_start(&s->writer, out, format, s->column, s->n_columns);
    for (int r = 0; r < n->rows->n; r++)
        if (is_in_wide(n, r))
            write_wide_row(s, tr_needs_row_key(n, r), one(r, n->rows->n));
    for (int g = 0; g < n->profile->n_groups; g++)
        if (tr_needs_group_rows(n, &n->profile->group[g]))
            write_wide_row(s, n->profile->group[g].entry->code,
                           (struct set){n->profile->group[g].codes, 0});
    if (n->row_field == TR_F_HOUSING_TYPE)
        write_wide_row(s, tr_str(tr_needs_all_types), all_codes);
    for (int r = n->rows->n; r < n->n_rows; r++)
        if (is_in_wide(n, r))
            write_wide_row(s, tr_needs_row_key(n, r), one(r, n->rows->n));
    write_wide_row(s, key_total, everything);
}

/* ---- the long table ---- */

static void write_long_row(struct sheet *s, int row, int column, bool last)
{
    const struct tr_needs *n = s->n;
    size_t at = tr_needs_cell(n, row, column), measures = (size_t)n->profile->n_measures;
    bool asides = column == tr_needs_extra(n, TR_NEEDS_UNDECIDED);

    add_cell(s, tr_needs_row_key(n, row));
    if (n->column_field >= 0)
        add_cell(s, tr_needs_column_key(n, column));
    number(s, true, (int64_t)n->count[at]);
    for (size_t m = 0; m < measures; m++)
        number(s, n->cells_known >> m & 1, (int64_t)n->of_cell[at * measures + m]);
    write_beside(s, one(row, n->rows->n), one(column, tr_needs_extra(n, 0)), true);
    write_asides(s, asides ? one(row, n->rows->n) : (struct set){0, 0});
    write_hashes(s, last);
}

/* Whether the long table has a row for a cell. */
static bool is_in_long(const struct sheet *s, size_t at)
{
    const struct tr_needs *n = s->n, *stock = s->beside->stock;
    int row = (int)(at / (size_t)n->n_columns), column = (int)(at % (size_t)n->n_columns);
    bool told = n->count[at] || (stock && stock->count[at]);

    for (int y = 0; y < s->beside->n_years; y++)
        told |= s->beside->year[y].needs.count[at] > 0;
    return told || (column == tr_needs_extra(n, TR_NEEDS_UNDECIDED) && has_asides(n, row));
}

static void write_long(struct sheet *s, enum tr_format format, struct tr_out *out)
{
    const struct tr_needs *n = s->n;
    size_t cells = (size_t)n->n_rows * (size_t)n->n_columns, last = 0;

    add_column(s, tr_needs_row_name(n), TR_SHAPE_TEXT);
    if (n->column_field >= 0)
        add_column(s, tr_str(tr_fields[n->column_field].name), TR_SHAPE_TEXT);
    add_number(s, "count");
    add_measures(s);
    add_beside(s, true);
    add_asides(s);
    if (has_hashes(s))
        add_column(s, tr_str(tr_hashes_name), TR_SHAPE_TEXT);
    tr_writer_start(&s->writer, out, format, s->column, s->n_columns);
    for (size_t at = 0; at < cells; at++)
        last = is_in_long(s, at) ? at : last;
    for (size_t at = 0; at < cells; at++)
        if (is_in_long(s, at))
            write_long_row(s, (int)(at / (size_t)n->n_columns), (int)(at % (size_t)n->n_columns),
                           at == last);
}

void tr_needs_write(const struct tr_needs *n, const struct tr_needs_beside *beside, bool as_long,
                    enum tr_format format, struct tr_out *out)
{
    struct sheet s = {.n = n,
                      .beside = beside,
                      .all = n->column_field < 0 ? everything : all_codes};

    if (has_hashes(&s))
        tr_doubles_cell(beside->doubles, &s.hashes);
    if (as_long)
        write_long(&s, format, out);
    else
        write_wide(&s, format, out);
    out->buf.failed |= s.hashes.failed || s.names.failed;
    tr_buf_clear(&s.hashes);
    tr_arena_clear(&s.names);
}
