/* A map of tiles: each district has one, where map_row and map_column of districts.csv place it, with its name
 * and its number. Steps of lightness say how large the number is; one that is hidden has a white tile. */
#include "doc/table/chart_own.h"

#include <stdio.h>

enum { N_STEPS = 5, LEGEND = 40, TALL = 96, GAP = 4, NAMES = 13, STEP_WIDTH = 130 };
static const char *const grounds[N_STEPS] = {"#e4e9ee", "#b9c7d4", "#8ba3ba", "#4f7396", "#0b3c5d"};
static const char *const inks[N_STEPS] = {NULL, NULL, NULL, "#fff", "#fff"};

struct map {
    double columns, rows, wide, tall, longest;
};

/* The place of a district, from 0; false: it has none. */
static bool place_of(const struct tr_charting *c, struct tr_str code, double *row, double *column)
{
    const struct tr_table *t = &c->doc->profile->table[TR_T_DISTRICTS];

    for (uint32_t r = 0; r < t->n_rows; r++)
        if (tr_str_eq(tr_table_cell(t, r, tr_table_column(t, "code")), code)) {
            *row = tr_show_number_of(tr_table_cell(t, r, tr_table_column(t, "map_row"))) - 1;
            *column = tr_show_number_of(tr_table_cell(t, r, tr_table_column(t, "map_column"))) - 1;
            return *row >= 0 && *column >= 0;
        }
    return false;
}

/* The number as it is shown. */
static long long whole(double value)
{
    return (long long)(value + 0.5);
}

static int step_of(const struct map *m, double value)
{
    long long most = whole(m->longest), step = most > 0 ? whole(value) * N_STEPS / most : 0;

    return step < N_STEPS ? (int)step : N_STEPS - 1;
}

/* The lowest number of a step. */
static long long first_of(const struct map *m, int step)
{
    return (whole(m->longest) * step + N_STEPS - 1) / N_STEPS;
}

static void draw_tile(struct tr_charting *c, const struct map *m, uint32_t r)
{
    double row = 0, column = 0, value = tr_charting_total(c, &c->doc->row[r]), size = NAMES;
    double x, y, width;
    const char *ink = value < 0 ? NULL : inks[step_of(m, value)];
    struct tr_str name = tr_charting_name(c, r);

    if (!place_of(c, c->doc->row[r].cell[0], &row, &column))
        return;
    x = column * m->wide + GAP / 2;
    y = c->top + row * m->tall + GAP / 2;
    tr_picture_box(c->p, x, y, m->wide - GAP, m->tall - GAP, value < 0 ? TR_PICTURE_GRID : grounds[step_of(m, value)]);
    if (value < 0)
        tr_picture_box(c->p, x + 1.5, y + 1.5, m->wide - GAP - 3, m->tall - GAP - 3, "#fff");
    width = tr_charting_width(name, size);
    size = width > m->wide - 2 * GAP ? size * (m->wide - 2 * GAP) / width : size;
    tr_picture_words(c->p, x + (m->wide - GAP) / 2, y + m->tall * 0.34, name, TR_ANCHOR_MIDDLE,
                     false, size, ink);
    tr_charting_number(c, x + (m->wide - GAP) / 2, y + m->tall * 0.72, value, "", TR_ANCHOR_MIDDLE,
                       true, m->tall * 0.26 < 24 ? m->tall * 0.26 : 24, ink);
}

static void draw_steps(struct tr_charting *c, const struct map *m, double y)
{
    struct tr_buf behind = {0};

    for (int i = 0; i < N_STEPS; i++) {
        long long from = first_of(m, i), to = i + 1 < N_STEPS ? first_of(m, i + 1) - 1 : whole(m->longest);
        double x = (double)i * STEP_WIDTH;
        char digits[24];

        if (to < from) /* there are fewer numbers than steps */
            continue;
        snprintf(digits, sizeof digits, "%lld", to);
        behind.len = 0;
        tr_buf_text(&behind, "–");
        tr_show_number(tr_str(digits), c->doc->lang, &behind);
        tr_picture_box(c->p, x, y, CHART_SWATCH, 16, grounds[i]);
        tr_charting_number(c, x + CHART_SWATCH + 8, y + 13, (double)from, to > from ? tr_buf_z(&behind) : "",
                           TR_ANCHOR_START, false, 0, NULL);
    }
    c->p->marks.failed |= behind.failed;
    tr_buf_clear(&behind);
}

bool tr_chart_map(struct tr_charting *c)
{
    struct map m = {0};

    /* With a second key a district has several rows, and one tile would cover the other. */
    if (c->doc->n_columns == 0 || !tr_str_is(c->doc->column[0].name, "bydel") ||
        (c->doc->n_columns > 1 && c->doc->column[1].role == TR_DOC_KEY))
        return false;
    for (uint32_t r = 0; r < c->doc->n_rows; r++) {
        double row, column, value = tr_charting_total(c, &c->doc->row[r]);

        if (!tr_charting_draws(c->doc, r) ||
            !place_of(c, c->doc->row[r].cell[0], &row, &column))
            continue;
        m.rows = row + 1 > m.rows ? row + 1 : m.rows;
        m.columns = column + 1 > m.columns ? column + 1 : m.columns;
        m.longest = value > m.longest ? value : m.longest;
    }
    if (!(m.rows > 0))
        return false;
    m.wide = TR_CHART_WIDTH / m.columns;
    m.tall = c->bottom > 0 ? (c->bottom - LEGEND - c->top) / m.rows : TALL;
    if (m.tall < 3 * NAMES)
        return false;
    for (uint32_t r = 0; r < c->doc->n_rows; r++)
        if (tr_charting_draws(c->doc, r))
            draw_tile(c, &m, r);
    draw_steps(c, &m, c->top + m.rows * m.tall + 16);
    if (!(c->bottom > 0))
        c->bottom = c->top + m.rows * m.tall + LEGEND;
    return true;
}
