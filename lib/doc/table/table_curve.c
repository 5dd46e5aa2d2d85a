/* Step curves: what share is left after so many days, a curve for each group of rows with the same
 * keys. Curves differ in colour, in their dashes, and in the number at their end, which the legend
 * explains. */
#include "doc/table/chart_own.h"

static const char *const inks[] = {"#0b3c5d", "#c2600a", "#1d6b4f", "#6a1b7a", "#8c1c2e", "#3d4347"};
static const char *const dashes[] = {NULL, "8 4", "2 4", "10 4 2 4"};
enum { N_INKS = sizeof inks / sizeof *inks, N_DASHES = sizeof dashes / sizeof *dashes };
enum { LEFT = 60, RIGHT = 40, TALL = 360, FOOT = 66 };

struct plot {
    struct tr_charting *c;
    const struct tr_doc_table *doc;
    double top, tall;   /* of the share from 1 to 0 */
    double scale, tick; /* width of a day; days from tick to tick */
    double longest;
};

static double number(const struct plot *p, uint32_t row, int what)
{
    return tr_show_number_of(p->doc->row[row].cell[p->doc->curve[what]]);
}

static bool has(const struct plot *p, uint32_t row, int what)
{
    return tr_show_is_number(p->doc->row[row].cell[p->doc->curve[what]]);
}

static double x_of(const struct plot *p, double days)
{
    return LEFT + days * p->scale;
}

static double y_of(const struct plot *p, double share)
{
    return p->top + (1 - share) * p->tall;
}

static bool same_keys(const struct tr_doc_table *doc, uint32_t a, uint32_t b)
{
    for (uint32_t c = 0; c < doc->n_columns && doc->column[c].role == TR_DOC_KEY; c++)
        if (!tr_str_eq(doc->row[a].cell[c], doc->row[b].cell[c]))
            return false;
    return true;
}

static uint32_t end_of(const struct tr_doc_table *doc, uint32_t first)
{
    uint32_t end = first + 1;

    while (end < doc->n_rows && same_keys(doc, first, end))
        end++;
    return end;
}

/* The last point of rows [from, to); `to`: there is none, as all of the curve is hidden. */
static uint32_t last_point(const struct plot *p, uint32_t from, uint32_t to)
{
    for (uint32_t r = to; r-- > from;)
        if (has(p, r, TR_CURVE_DAYS) && has(p, r, TR_CURVE_SHARE))
            return r;
    return to;
}

/* The path of one column of rows [from, to), from 1 on day 0. */
static void draw_path(struct plot *p, uint32_t from, uint32_t to, int what, uint32_t curve)
{
    bool main = what == TR_CURVE_SHARE;
    struct tr_buf steps = {0};
    double y = y_of(p, 1);

    tr_picture_move(&steps, x_of(p, 0), y);
    for (uint32_t r = from; r < to; r++) {
        double x;

        if (!has(p, r, what) || !has(p, r, TR_CURVE_DAYS))
            continue;
        x = x_of(p, number(p, r, TR_CURVE_DAYS));
        tr_picture_draw(&steps, x, y);
        y = y_of(p, number(p, r, what));
        tr_picture_draw(&steps, x, y);
    }
    tr_picture_path(p->c->p, tr_buf_slice(&steps), inks[curve % N_INKS], main ? 2.4 : 0.8,
                    main ? dashes[curve / N_INKS % N_DASHES] : "1 3");
    p->c->p->marks.failed |= steps.failed;
    tr_buf_clear(&steps);
}

static void draw_axes(struct plot *p)
{
    struct tr_picture *to = p->c->p;

    for (int i = 0; i <= 4; i++) {
        tr_picture_line(to, LEFT, y_of(p, i / 4.0), TR_CHART_WIDTH - RIGHT - LEFT, 0,
                        TR_PICTURE_GRID);
        tr_charting_number(p->c, LEFT - 8, y_of(p, i / 4.0) + CHART_BASE, 25 * i, " %",
                           TR_ANCHOR_END, false, 0, NULL);
    }
    for (double days = 0; days <= p->longest + 0.5; days += p->tick) {
        tr_picture_line(to, x_of(p, days), y_of(p, 0), 0, 5, TR_PICTURE_GRID);
        tr_charting_number(p->c, x_of(p, days), y_of(p, 0) + 20, days, "", TR_ANCHOR_MIDDLE, false,
                           0, NULL);
    }
    tr_picture_words(to, LEFT + (TR_CHART_WIDTH - LEFT - RIGHT) / 2.0, y_of(p, 0) + 42,
                     p->doc->column[p->doc->curve[TR_CURVE_DAYS]].head, TR_ANCHOR_MIDDLE, false, 0,
                     NULL);
}

static void draw_legend(struct plot *p, uint32_t first, uint32_t curve)
{
    double y = y_of(p, 0) + FOOT + curve * CHART_LINE;
    struct tr_buf steps = {0};

    tr_picture_move(&steps, LEFT, y);
    tr_picture_draw(&steps, LEFT + 40, y);
    tr_picture_path(p->c->p, tr_buf_slice(&steps), inks[curve % N_INKS], 2.4,
                    dashes[curve / N_INKS % N_DASHES]);
    tr_charting_number(p->c, LEFT - 8, y + CHART_BASE, curve + 1.0, "", TR_ANCHOR_END, false, 0,
                       NULL);
    tr_picture_words(p->c->p, LEFT + 50, y + CHART_BASE, tr_charting_name(p->c, first),
                     TR_ANCHOR_START, false, 0, NULL);
    p->c->p->marks.failed |= steps.failed;
    tr_buf_clear(&steps);
}

static void measure(struct plot *p)
{
    for (uint32_t r = 0; r < p->doc->n_rows; r++)
        if (has(p, r, TR_CURVE_DAYS) && number(p, r, TR_CURVE_DAYS) > p->longest)
            p->longest = number(p, r, TR_CURVE_DAYS);
    p->longest = p->longest < 1 ? 1 : p->longest;
    p->tick = tr_charting_tick(p->longest);
    p->scale = (TR_CHART_WIDTH - LEFT - RIGHT) / p->longest;
}

bool tr_chart_curves(struct tr_charting *c)
{
    struct plot p = {.c = c, .doc = c->doc, .top = c->top + 10, .tall = TALL};
    double below;
    uint32_t n = 0;

    for (uint32_t r = 0, end; r < c->doc->n_rows; r = end) {
        end = end_of(c->doc, r);
        n += last_point(&p, r, end) < end;
    }
    below = FOOT + n * CHART_LINE;
    if (c->bottom > 0)
        p.tall = c->bottom - below - p.top;
    if (n == 0 || p.tall < 5 * CHART_BASE)
        return false;
    measure(&p);
    draw_axes(&p);
    c->foot = y_of(&p, 0);
    n = 0;
    for (uint32_t r = 0, end; r < c->doc->n_rows; r = end) {
        uint32_t last;

        end = end_of(c->doc, r);
        last = last_point(&p, r, end);
        if (last == end)
            continue;
        draw_path(&p, r, end, TR_CURVE_LOW, n);
        draw_path(&p, r, end, TR_CURVE_HIGH, n);
        draw_path(&p, r, end, TR_CURVE_SHARE, n);
        tr_charting_end(c, x_of(&p, number(&p, last, TR_CURVE_DAYS)),
                        y_of(&p, number(&p, last, TR_CURVE_SHARE)), n + 1, inks[n % N_INKS]);
        draw_legend(&p, r, n++);
    }
    if (!(c->bottom > 0))
        c->bottom = y_of(&p, 0) + below;
    return true;
}
