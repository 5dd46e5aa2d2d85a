/* Lines over rows, such as years: one for each part. They differ in colour, in their dashes, and in the
 * number at their end, which the legend explains. Where a number is hidden the line is broken. */
#include <stdlib.h>

#include "doc/table/chart_own.h"

static const char *const dashes[] = {NULL, "8 4", "2 4", "10 4 2 4"};
enum { LEFT = 70, RIGHT = 40, TALL = 360, AXIS = 34, N_DASHES = sizeof dashes / sizeof *dashes };

struct lines {
    double left, step, foot, scale, tick;
    double longest;
};

static void draw_axes(struct tr_charting *c, const struct lines *l)
{
    uint32_t at = 0, every = 1;
    double room = 0;

    for (double n = 0; n <= l->longest + l->tick / 2; n += l->tick) {
        tr_picture_line(c->p, l->left, l->foot - n * l->scale, TR_CHART_WIDTH - RIGHT - l->left, 0,
                        TR_PICTURE_GRID);
        tr_charting_number(c, l->left - 8, l->foot - n * l->scale + CHART_BASE, n, "",
                           TR_ANCHOR_END, false, 0, NULL);
    }
    for (uint32_t r = 0; r < c->doc->n_rows; r++) {
        double width = tr_charting_width(tr_charting_name(c, r), c->p->size) + 8;

        room = tr_charting_draws(c->doc, r) && width > room ? width : room;
    }
    while (every * l->step < room && every < c->n_rows)
        every++;
    for (uint32_t r = 0; r < c->doc->n_rows; r++)
        if (tr_charting_draws(c->doc, r) && at++ % every == 0)
            tr_picture_words(c->p, l->left + (at - 1) * l->step, l->foot + 20,
                             tr_charting_name(c, r),
                             at == 1 ? TR_ANCHOR_START : TR_ANCHOR_MIDDLE, false, 0, NULL);
}

static void draw_line(struct tr_charting *c, const struct lines *l, uint32_t i)
{
    const char *ink = tr_picture_fills[i % TR_N_PICTURE_FILLS].ground;
    struct tr_buf steps = {0};
    double last_x = 0, last_y = 0;
    bool going = false;
    uint32_t at = 0;

    for (uint32_t r = 0; r < c->doc->n_rows; r++) {
        double value = tr_charting_value(&c->doc->row[r], c->part[i]);
        double x = l->left + at * l->step, y = l->foot - value * l->scale;

        if (!tr_charting_draws(c->doc, r))
            continue;
        at++;
        if (value >= 0) {
            (going ? tr_picture_draw : tr_picture_move)(&steps, x, y);
            tr_picture_box(c->p, x - 3, y - 3, 6, 6, ink);
            last_x = x;
            last_y = y;
        }
        going = value >= 0;
    }
    tr_picture_path(c->p, tr_buf_slice(&steps), ink, 2.4, dashes[i % N_DASHES]);
    if (steps.len > 0)
        tr_charting_end(c, last_x, last_y, i + 1, ink);
    c->p->marks.failed |= steps.failed;
    tr_buf_clear(&steps);
}

static void draw_legend(struct tr_charting *c, double top)
{
    for (uint32_t i = 0; i < c->n_parts; i++) {
        double x = i % 2 ? TR_CHART_WIDTH / 2 : 0, y = top + i / 2 * CHART_LINE + 14;
        struct tr_buf steps = {0};

        tr_charting_number(c, x + 20, y + CHART_BASE, i + 1, "", TR_ANCHOR_END, true, 0, NULL);
        tr_picture_move(&steps, x + 28, y);
        tr_picture_draw(&steps, x + 68, y);
        tr_picture_path(c->p, tr_buf_slice(&steps), tr_picture_fills[i % TR_N_PICTURE_FILLS].ground,
                        2.4, dashes[i % N_DASHES]);
        tr_picture_words(c->p, x + 76, y + CHART_BASE, c->doc->column[c->part[i]].head,
                         TR_ANCHOR_START, false, 0, NULL);
        c->p->marks.failed |= steps.failed;
        tr_buf_clear(&steps);
    }
}

bool tr_chart_lines(struct tr_charting *c)
{
    double legend = (c->n_parts + 1) / 2 * CHART_LINE + 16;
    struct lines l = {.left = LEFT, .foot = c->bottom > 0 ? c->bottom - AXIS - legend : c->top + TALL};

    for (uint32_t r = 0; r < c->doc->n_rows; r++)
        for (uint32_t i = 0; tr_charting_draws(c->doc, r) && i < c->n_parts; i++) {
            double value = tr_charting_value(&c->doc->row[r], c->part[i]);

            l.longest = value > l.longest ? value : l.longest;
        }
    if (c->n_rows < 2 || !(l.longest > 0) || l.foot < c->top + CHART_LINE)
        return false;
    l.tick = tr_charting_tick(l.longest);
    l.scale = (l.foot - c->top) / (l.longest + l.tick / 2);
    l.step = (TR_CHART_WIDTH - RIGHT - l.left) / (c->n_rows - 1);
    draw_axes(c, &l);
    c->foot = l.foot;
    for (uint32_t i = 0; i < c->n_parts; i++)
        draw_line(c, &l, i);
    draw_legend(c, l.foot + AXIS);
    if (!(c->bottom > 0))
        c->bottom = l.foot + AXIS + legend;
    return true;
}
