#include "domain/survey/forecast.h"

#include <math.h>
#include <stdlib.h>

#include "domain/survey/needs_own.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct tr_member members[] = {
    {"year", TR_M_NUMBER, .at = offsetof(struct tr_forecast, year)},
    {"bydel", TR_M_TEXT, .at = offsetof(struct tr_forecast, bydel)},
    {"housing_type", TR_M_TEXT, .at = offsetof(struct tr_forecast, housing_type)},
    {"persons", TR_M_NUMBER, .at = offsetof(struct tr_forecast, persons)},
    {"persons_low", TR_M_NUMBER, .at = offsetof(struct tr_forecast, low)},
    {"persons_high", TR_M_NUMBER, .at = offsetof(struct tr_forecast, high)},
};

const struct tr_kind tr_forecast_kind = {
    .name = "forecast",
    .member = members,
    .n_members = COUNT(members),
    .size = sizeof(struct tr_forecast),
};

/* Student's t: 90 per cent lie below it, which leaves 80 between it and its opposite. */
static double quantile(int freedom)
{
    static const double t[] = {
        3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372,
        1.363, 1.356, 1.350, 1.345, 1.341, 1.337, 1.333, 1.330, 1.328, 1.325,
        1.323, 1.321, 1.319, 1.318, 1.316, 1.315, 1.314, 1.313, 1.311, 1.310,
    };

    if (freedom < 1)
        return t[0];
    return freedom <= (int)COUNT(t) ? t[freedom - 1] : 1.282 + 0.84 / freedom;
}

static double square(double x)
{
    return x * x;
}

/* ---- surveys ---- */

static double counted(const struct tr_panel *p, int year, int row, int column)
{
    return (double)p->count[year][(size_t)row * p->stride + (size_t)column];
}

static bool is_untold(const struct tr_panel *p, int year, int row)
{
    return row < 64 && p->untold[year] >> row & 1;
}

/* Where the line of a row has its middle, by the years that tell of it. */
static struct tr_prospect_line line_of(const struct tr_panel *p, int row)
{
    struct tr_prospect_line line = {0};
    double squares = 0;

    for (int y = 0; y < p->n; y++)
        line.n += !is_untold(p, y, row);
    for (int y = 0; y < p->n; y++)
        line.origin += is_untold(p, y, row) ? 0 : (double)p->year[y] / line.n;
    for (int y = 0; y < p->n; y++)
        squares += is_untold(p, y, row) ? 0 : square(p->year[y] - line.origin);
    line.once = line.n > 0 ? 1.0 / line.n : 0;
    line.by_square = squares > 0 ? 1 / squares : 0;
    return line;
}

static void fit(struct tr_prospect *o, const struct tr_panel *p, int row, int column)
{
    struct tr_prospect_cell *cell = &o->cell[row * o->columns + column];
    const struct tr_prospect_line *line = &o->line[row];

    for (int y = 0; y < p->n; y++) {
        if (is_untold(p, y, row))
            continue;
        cell->middle += counted(p, y, row, column) / line->n;
        cell->slope += counted(p, y, row, column) * (p->year[y] - line->origin) * line->by_square;
    }
    cell->noise = cell->middle;
}

/* From three surveys on: of the counts about their lines. */
static void disperse(struct tr_prospect *o, const struct tr_panel *p)
{
    double squares = 0, mean = 0;

    for (int r = 0; r < o->rows; r++)
        for (int c = 0; c < o->columns; c++) {
            const struct tr_prospect_cell *cell = &o->cell[r * o->columns + c];

            if (cell->middle <= 0 || o->line[r].n < 2)
                continue;
            for (int y = 0; y < p->n; y++)
                squares += is_untold(p, y, r)
                               ? 0
                               : square(counted(p, y, r, c) - cell->middle -
                                        cell->slope * (p->year[y] - o->line[r].origin));
            mean += cell->middle * (o->line[r].n - 2);
            o->freedom += o->line[r].n - 2;
        }
    o->dispersion = mean > 0 ? fmax(1, squares / mean) : 1;
}

/* Of two surveys: of the changes about the change of their column. */
static void disperse_two(struct tr_prospect *o, const struct tr_panel *p)
{
    double squares = 0, mean = 0;

    for (int c = 0; c < o->columns; c++) {
        double change = 0, all = 0, of_squares = 0;
        int cells = 0;

        for (int r = 0; r < o->rows; r++) {
            change += counted(p, 1, r, c) - counted(p, 0, r, c);
            all += o->cell[r * o->columns + c].middle;
            of_squares += square(o->cell[r * o->columns + c].middle);
            cells += o->cell[r * o->columns + c].middle > 0;
        }
        for (int r = 0; r < o->rows && cells > 1; r++)
            squares += square(counted(p, 1, r, c) - counted(p, 0, r, c) -
                              change * o->cell[r * o->columns + c].middle / all);
        mean += cells > 1 ? 2 * (all - of_squares / all) : 0;
        o->freedom += cells > 1 ? cells - 1 : 0;
    }
    o->dispersion = mean > 0 ? fmax(1, squares / mean) : 1;
}

static int start(struct tr_prospect *o, int rows, int columns, int last)
{
    *o = (struct tr_prospect){.rows = rows, .columns = columns, .last = last};
    o->cell = calloc((size_t)(rows * columns + 1), sizeof *o->cell);
    o->line = calloc((size_t)(rows + 1), sizeof *o->line);
    return o->cell && o->line ? 0 : -1;
}

int tr_prospect_from_panel(struct tr_prospect *o, const struct tr_panel *p)
{
    if (start(o, p->rows, p->columns, p->year[p->n - 1]) < 0)
        return -1;
    for (int r = 0; r < o->rows; r++) {
        o->line[r] = line_of(p, r);
        for (int c = 0; c < o->columns; c++)
            fit(o, p, r, c);
    }
    if (p->n > 2)
        disperse(o, p);
    else
        disperse_two(o, p);
    return 0;
}

/* ---- flows ---- */

static double flow_mean(const uint64_t *flow, const struct tr_flows *f, size_t cell)
{
    size_t cells = (size_t)f->rows * (size_t)f->columns;
    double sum = 0;

    for (int y = 0; y < f->n; y++)
        sum += (double)flow[(size_t)y * cells + cell];
    return sum / f->n;
}

int tr_prospect_from_flows(struct tr_prospect *o, const struct tr_flows *f)
{
    const uint64_t *flow[2] = {f->came, f->left};
    size_t cells = (size_t)f->rows * (size_t)f->columns;
    double squares = 0, mean = 0;

    if (start(o, f->rows, f->columns, f->last) < 0)
        return -1;
    o->flows = true;
    for (int r = 0; r < o->rows; r++)
        o->line[r] = (struct tr_prospect_line){f->n, f->last, 0, 1.0 / f->n};
    for (size_t i = 0; i < cells; i++) {
        o->cell[i].middle = (double)f->now[i];
        for (int k = 0; k < 2; k++) {
            double of_year = flow_mean(flow[k], f, i);

            o->cell[i].slope += k == 0 ? of_year : -of_year;
            o->cell[i].noise += of_year;
            for (int y = 0; y < f->n; y++)
                squares += square((double)flow[k][(size_t)y * cells + i] - of_year);
            mean += of_year * (f->n - 1);
            o->freedom += of_year > 0 ? f->n - 1 : 0;
        }
    }
    o->dispersion = mean > 0 ? fmax(1, squares / mean) : 1;
    return 0;
}

void tr_prospect_clear(struct tr_prospect *o)
{
    free(o->cell);
    free(o->line);
    *o = (struct tr_prospect){0};
}

/* ---- years ahead ---- */

static int32_t whole(double x)
{
    return x <= 0 ? 0 : x >= INT32_MAX ? INT32_MAX : (int32_t)x;
}

struct tr_band tr_prospect_at(const struct tr_prospect *o, int row, int column, int year)
{
    double middle = 0, variance = 0, reach;
    struct tr_band band;

    for (int r = row < 0 ? 0 : row; r < (row < 0 ? o->rows : row + 1); r++)
        for (int c = column < 0 ? 0 : column; c < (column < 0 ? o->columns : column + 1); c++) {
            const struct tr_prospect_cell *cell = &o->cell[r * o->columns + c];
            const struct tr_prospect_line *line = &o->line[r];
            double ahead = year - line->origin;
            double there = cell->middle + cell->slope * ahead;
            double to_come = o->flows ? cell->noise * ahead : fmax(there, cell->noise);

            middle += there;
            variance += cell->noise * (line->once + square(ahead) * line->by_square) + to_come;
        }
    reach = quantile(o->freedom) * sqrt(o->dispersion * variance);
    band.middle = whole(floor(middle + 0.5));
    band.low = whole(ceil(middle - reach));
    band.high = whole(floor(middle + reach));
    if (band.low > band.middle)
        band.low = band.middle;
    if (band.high < band.middle)
        band.high = band.middle;
    return band;
}

static struct tr_str row_key(const struct tr_needs *n, int row)
{
    return row < 0 ? TR_STR("total") : tr_needs_row_key(n, row);
}

static struct tr_str column_key(const struct tr_needs *n, int column)
{
    return column < 0 ? TR_STR("total") : tr_needs_column_key(n, column);
}

/* Whether anybody was ever counted there. */
static bool is_told(const struct tr_prospect *o, int row, int column)
{
    for (int r = row < 0 ? 0 : row; r < (row < 0 ? o->rows : row + 1); r++)
        for (int c = column < 0 ? 0 : column; c < (column < 0 ? o->columns : column + 1); c++)
            if (o->cell[r * o->columns + c].middle > 0 || o->cell[r * o->columns + c].noise > 0)
                return true;
    return row < 0 && column < 0;
}

static int add(struct tr_records *out, const struct tr_prospect *o, const struct tr_needs *n,
               int32_t year, int row, int column, struct tr_err *err)
{
    struct tr_band band;
    struct tr_forecast *f;

    if (!is_told(o, row, column))
        return 0;
    f = tr_records_add(out, 0);
    if (!f)
        return tr_err_memory(err);
    band = tr_prospect_at(o, row, column, (int)year);
    *f = (struct tr_forecast){year,        row_key(n, row), column_key(n, column),
                              band.middle, band.low,        band.high};
    return 0;
}

int tr_forecast_list(struct tr_records *out, const struct tr_prospect *o, const struct tr_needs *n,
                     int ahead, struct tr_err *err)
{
    tr_records_start(out, &tr_forecast_kind, n->profile, NULL);
    for (int y = 1; y <= ahead; y++)
        for (int r = 0; r <= o->rows; r++)
            for (int c = 0; c <= o->columns; c++)
                if (add(out, o, n, o->last + y, r < o->rows ? r : -1, c < o->columns ? c : -1,
                        err) < 0)
                    return -1;
    return 0;
}

void tr_forecast_fill(struct tr_needs *n, const struct tr_prospect *o, int year)
{
    n->cells_known = n->rows_known = 0;
    for (int r = 0; r < o->rows; r++)
        for (int c = 0; c < o->columns; c++) {
            n->count[tr_needs_cell(n, r, c)] = (uint64_t)tr_prospect_at(o, r, c, year).middle;
            if (r < n->rows->n && is_told(o, r, -1))
                n->rows_told |= UINT64_C(1) << r;
            if (is_told(o, -1, c))
                n->columns_told |= UINT64_C(1) << c;
        }
}
