#include "doc/table/table_chart.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "doc/table/chart_own.h"

const char *const tr_doc_chart_names[TR_N_CHARTS + 1] = {
    [TR_CHART_BAR] = "bar",
    [TR_CHART_LINE] = "line",
    [TR_CHART_SHARE] = "share",
    [TR_CHART_MAP] = "map",
};

enum { TEXT = 14, BAR = 22, STEP = 30, TALLEST_STEP = 60, AXIS = 48 };
enum { BARS_TOGETHER = 24 }; /* on half a printed page, in letters that can be read */
enum { TITLE_SIZE = 22, TITLE = 44, SOURCE_SIZE = 11, SOURCE = 26 };

double tr_charting_width(struct tr_str s, double size)
{
    return (double)tr_text_width(s) * size * 0.615;
}

struct tr_str tr_charting_name(struct tr_charting *c, uint32_t row)
{
    c->name.len = 0;
    for (uint32_t i = 0; i < c->doc->n_columns && c->doc->column[i].role == TR_DOC_KEY; i++) {
        tr_buf_text(&c->name, i ? ", " : "");
        tr_doc_show_cell(c->doc, &c->doc->row[row], i, &c->name);
    }
    return tr_buf_slice(&c->name);
}

double tr_charting_value(const struct tr_doc_row *row, uint32_t column)
{
    struct tr_str cell = row->cell[column];
    double x = tr_doc_is_hidden(cell) ? -1 : cell.len > 0 ? tr_show_number_of(cell) : 0;

    return tr_doc_is_hidden(cell) || x > 0 ? x : 0;
}

static bool is_hidden(const struct tr_charting *c, const struct tr_doc_row *row)
{
    for (uint32_t i = 0; i < c->n_parts; i++)
        if (tr_doc_is_hidden(row->cell[c->part[i]]))
            return true;
    return false;
}

static double sum(const struct tr_charting *c, const struct tr_doc_row *row)
{
    double x = 0;

    for (uint32_t i = 0; i < c->n_parts; i++)
        x += tr_charting_value(row, c->part[i]) > 0 ? tr_charting_value(row, c->part[i]) : 0;
    return x;
}

double tr_charting_total(const struct tr_charting *c, const struct tr_doc_row *row)
{
    bool hidden = is_hidden(c, row);
    double told = -1;

    for (uint32_t i = 0; i < c->doc->n_columns; i++)
        if (c->doc->column[i].role == TR_DOC_TOTAL && c->doc->column[i].numeric) {
            told = tr_charting_value(row, i);
            hidden |= told < 0;
        }
    return hidden ? told : sum(c, row);
}

double tr_charting_tick(double longest)
{
    static const double steps[] = {1, 2, 5};
    double power = 1;
    int i = 0;

    while (longest / (steps[i] * power) > CHART_TICKS) {
        i = (i + 1) % 3;
        power *= i == 0 ? 10 : 1;
    }
    return steps[i] * power;
}

void tr_charting_number(struct tr_charting *c, double x, double y, double number, const char *unit,
                        enum tr_picture_anchor anchor, bool bold, double size, const char *ink)
{
    struct tr_buf text = {0};
    char digits[40];

    snprintf(digits, sizeof digits, "%lld", (long long)(number + 0.5));
    if (number < 0)
        tr_buf_text(&text, TR_HIDDEN);
    else
        tr_show_number(tr_str(digits), c->doc->lang, &text);
    tr_buf_text(&text, number < 0 ? "" : unit);
    tr_picture_words(c->p, x, y, tr_buf_slice(&text), anchor, bold, size, ink);
    c->p->marks.failed |= text.failed;
    tr_buf_clear(&text);
}

/* ---- bars ---- */

struct bars {
    double left, right, step, bar, size; /* size: of names and numbers */
    double scale;                        /* width of one person */
    double tick, n_ticks;
    bool shares;
};

/* ---- the ends of lines ---- */

enum { END_GAP = 8, END_TALL = 14, END_LEAD = 12 };

static bool is_free(const struct tr_charting *c, double x, double y, double width)
{
    for (uint32_t i = 0; i < c->n_ends; i++)
        if (x < c->end[i].x + c->end[i].width && c->end[i].x < x + width &&
            y < c->end[i].y + END_TALL && c->end[i].y < y + END_TALL)
            return false;
    return y <= c->foot;
}

void tr_charting_end(struct tr_charting *c, double x, double y, uint32_t number, const char *ink)
{
    double at = y, left = x + END_GAP, width = (number < 10 ? 1.3 : 2.3) * 0.615 * c->p->size;

    for (int k = 1; k < 2 * CHART_ENDS && !is_free(c, left, at, width); k++)
        at = y + (k % 2 ? k / 2 + 1 : -(k / 2)) * (END_TALL / 2.0);
    if (at < y || at > y) {
        struct tr_buf steps = {0};

        left += END_LEAD;
        tr_picture_move(&steps, x, y);
        tr_picture_draw(&steps, left - 3, at);
        tr_picture_path(c->p, tr_buf_slice(&steps), ink, 0.8, NULL);
        c->p->marks.failed |= steps.failed;
        tr_buf_clear(&steps);
    }
    if (c->n_ends < CHART_ENDS)
        c->end[c->n_ends++] = (struct tr_charting_end){x + END_GAP, at, width + END_LEAD};
    tr_charting_number(c, left, at + CHART_BASE, number, "", TR_ANCHOR_START, true, 0, NULL);
}

/* Lays the legend out in lines and returns its height; draws it when asked to. */
static double legend(struct tr_charting *c, double top, bool draw)
{
    double x = 0, y = 0;

    for (uint32_t i = 0; i < c->n_parts; i++) {
        struct tr_str head = c->doc->column[c->part[i]].head;
        double width = CHART_SWATCH + 8 + tr_charting_width(head, c->p->size) + 20;

        if (x > 0 && x + width > TR_CHART_WIDTH) {
            x = 0;
            y += CHART_LINE;
        }
        if (draw) {
            tr_picture_piece(c->p, x, top + y + 2, CHART_SWATCH, 16, (int)i);
            tr_picture_words(c->p, x + CHART_SWATCH + 8, top + y + 15, head, TR_ANCHOR_START, false,
                             0, NULL);
        }
        x += width;
    }
    return y + CHART_LINE;
}

static void draw_axis(struct tr_charting *c, const struct bars *b)
{
    double foot = c->top + c->n_rows * b->step;
    struct tr_str count = tr_profile_label(c->doc->profile, TR_STR("count"), c->doc->lang);

    for (double i = 0; i <= b->n_ticks; i++) {
        double x = b->left + i * b->tick * b->scale;

        tr_picture_line(c->p, x, c->top - 4, 0, foot - c->top + 4, TR_PICTURE_GRID);
        tr_charting_number(c, x, foot + 18, i * b->tick, b->shares ? " %" : "", TR_ANCHOR_MIDDLE,
                           false, 0, NULL);
    }
    if (!b->shares)
        tr_picture_words(c->p, b->left + (b->right - b->left) / 2, foot + 40, count,
                         TR_ANCHOR_MIDDLE, false, 0, NULL);
}

/* A row of which something is hidden has no shares: they would be of another whole. */
static void draw_bar(struct tr_charting *c, const struct bars *b, uint32_t r, double y)
{
    const struct tr_doc_row *row = &c->doc->row[r];
    double x = b->left, whole = b->shares ? sum(c, row) / 100 : 1, middle = y + b->bar / 2;
    bool untold = b->shares && is_hidden(c, row);

    tr_picture_words(c->p, b->left - 8, middle + CHART_BASE, tr_charting_name(c, r), TR_ANCHOR_END,
                     false, b->size, NULL);
    for (uint32_t i = 0; i < c->n_parts && !untold && whole > 0; i++) {
        double width = tr_charting_value(row, c->part[i]) / whole * b->scale;

        if (width > 0) {
            tr_picture_piece(c->p, x, y, width, b->bar, (int)i);
            x += width;
        }
    }
    if (!b->shares || untold)
        tr_charting_number(c, x + 6, middle + CHART_BASE,
                           untold ? -1 : tr_charting_total(c, row), "", TR_ANCHOR_START, true,
                           b->size, NULL);
}

/* Names decide where bars start, sums how long they are, the height how thick. */
static bool lay_out_bars(struct tr_charting *c, struct bars *b)
{
    double longest = 0, widest = 0;

    c->top += legend(c, c->top, false) + 16;
    b->step = c->bottom > 0 ? (c->bottom - AXIS - c->top) / c->n_rows : STEP;
    b->step = b->step > TALLEST_STEP ? TALLEST_STEP : b->step;
    if (b->step < 4)
        return false;
    b->bar = b->step * BAR / STEP;
    b->size = b->step * 0.8 < c->p->size ? b->step * 0.8 : c->p->size;
    for (uint32_t r = 0; r < c->doc->n_rows; r++) {
        double width = tr_charting_width(tr_charting_name(c, r), b->size);

        if (!tr_charting_draws(c->doc, r))
            continue;
        widest = width > widest ? width : widest;
        longest = sum(c, &c->doc->row[r]) > longest ? sum(c, &c->doc->row[r]) : longest;
    }
    b->left = (double)(long long)(widest < TR_CHART_WIDTH / 2 ? widest : TR_CHART_WIDTH / 2) + 12;
    b->right = TR_CHART_WIDTH - 48;
    b->tick = b->shares ? 20 : tr_charting_tick(longest);
    for (longest = b->shares ? 100 : longest; b->n_ticks * b->tick < longest; b->n_ticks++)
        continue;
    b->scale = b->n_ticks > 0 ? (b->right - b->left) / (b->n_ticks * b->tick) : 0;
    return longest > 0;
}

static bool draw_bars(struct tr_charting *c, bool shares)
{
    struct bars b = {.shares = shares};
    double at = c->top, y;

    if (c->n_parts == 0 || c->n_rows == 0 || !lay_out_bars(c, &b))
        return false;
    legend(c, at, true);
    draw_axis(c, &b);
    y = c->top + (b.step - b.bar) / 2;
    for (uint32_t r = c->from; r < c->to; r++)
        if (tr_charting_draws(c->doc, r)) {
            draw_bar(c, &b, r, y);
            y += b.step;
        }
    if (!(c->bottom > 0))
        c->bottom = c->top + c->n_rows * b.step + AXIS;
    return true;
}

/* ---- the whole ---- */

static void take_rows(struct tr_charting *c, uint32_t from, uint32_t to)
{
    c->from = from;
    c->to = to;
    c->n_rows = 0;
    for (uint32_t r = from; r < to; r++)
        c->n_rows += tr_charting_draws(c->doc, r);
}

/* The parts of a table of counts; of another, its total, or its first number. */
static int find_parts(struct tr_charting *c)
{
    static const enum tr_doc_role roles[] = {TR_DOC_PART, TR_DOC_TOTAL, TR_DOC_OTHER};
    const struct tr_doc_table *doc = c->doc;

    c->part = calloc(doc->n_columns + (size_t)1, sizeof *c->part);
    for (size_t k = 0; c->part && c->n_parts == 0 && k < sizeof roles / sizeof *roles; k++)
        for (uint32_t i = 0; i < doc->n_columns && (k == 0 || c->n_parts == 0); i++)
            if (doc->column[i].role == roles[k] && doc->column[i].numeric)
                c->part[c->n_parts++] = i;
    take_rows(c, 0, doc->n_rows);
    return c->part ? 0 : -1;
}

static bool draw_kind(struct tr_charting *c, enum tr_doc_chart kind)
{
    if (c->doc->curves)
        return kind <= TR_CHART_LINE && tr_chart_curves(c);
    return kind == TR_CHART_MAP    ? tr_chart_map(c)
           : kind == TR_CHART_LINE ? tr_chart_lines(c)
                                   : draw_bars(c, kind == TR_CHART_SHARE);
}

static struct tr_str title_of(const struct tr_doc_table *doc)
{
    return doc->title.len > 0 ? doc->title : tr_doc_text(doc, "table.chart");
}

static void start(struct tr_charting *c, struct tr_picture *p, enum tr_doc_chart kind)
{
    static const char *const text[TR_N_CHARTS] = {"table.chart_text", "table.line_text",
                                                  "table.share_text", "table.map_text"};

    *p = (struct tr_picture){.width = TR_CHART_WIDTH, .size = TEXT};
    p->title = title_of(c->doc);
    p->text = tr_doc_text(c->doc, c->doc->curves ? "table.curve_text" : text[kind]);
    c->p = p;
}

int tr_doc_chart(const struct tr_doc_table *doc, enum tr_doc_chart kind, double height,
                 struct tr_picture *p, struct tr_err *err)
{
    struct tr_charting c = {.doc = doc, .top = TR_CHART_MARGIN + TITLE};
    double size, width;
    bool drawn;

    start(&c, p, kind);
    p->margin = TR_CHART_MARGIN;
    if (height > 0)
        c.bottom = height - SOURCE - TR_CHART_MARGIN;
    if (find_parts(&c) < 0)
        return tr_err_memory(err);
    width = tr_charting_width(p->title, TITLE_SIZE);
    size = width > TR_CHART_WIDTH ? TITLE_SIZE * TR_CHART_WIDTH / width : TITLE_SIZE;
    tr_picture_words(p, 0, TR_CHART_MARGIN + TITLE_SIZE, p->title, TR_ANCHOR_START, true, size, NULL);
    drawn = draw_kind(&c, kind);
    p->height = height > 0 ? height : c.bottom + SOURCE + TR_CHART_MARGIN;
    tr_picture_words(p, 0, p->height - TR_CHART_MARGIN, doc->source, TR_ANCHOR_START, false, SOURCE_SIZE,
                     NULL);
    p->marks.failed |= c.name.failed;
    tr_buf_clear(&c.name);
    free(c.part);
    return drawn ? 0 : tr_err_set(err, TR_E_CHART, tr_doc_chart_names[kind], NULL, NULL);
}

bool tr_doc_has_chart(const struct tr_doc_table *doc)
{
    struct tr_charting c = {.doc = doc};
    bool has = false;

    for (uint32_t r = 0; doc->chart && doc->curves && r < doc->n_rows && !has; r++)
        has = tr_show_is_number(doc->row[r].cell[doc->curve[TR_CURVE_SHARE]]);
    if (!doc->chart || doc->curves)
        return has;
    if (find_parts(&c) == 0)
        for (uint32_t r = 0; r < doc->n_rows && !has; r++)
            has = tr_charting_draws(doc, r) && sum(&c, &doc->row[r]) > 0;
    free(c.part);
    return has;
}

/* Where the picture that begins with a row ends: of more bars than can be read together, before another
 * first key if there is one. */
static uint32_t end_of_picture(const struct tr_doc_table *doc, uint32_t from)
{
    uint32_t n = 0, end = from, r = from;

    for (; r < doc->n_rows && n <= BARS_TOGETHER; r++) {
        if (r > from && !tr_str_eq(doc->row[r].cell[0], doc->row[r - 1].cell[0]))
            end = r;
        n += tr_charting_draws(doc, r);
    }
    return n <= BARS_TOGETHER ? doc->n_rows : end > from ? end : r - 1;
}

static bool has_bars(const struct tr_charting *c)
{
    for (uint32_t r = c->from; r < c->to; r++)
        if (tr_charting_draws(c->doc, r) && sum(c, &c->doc->row[r]) > 0)
            return true;
    return false;
}

static void draw_picture(struct tr_charting *c, int number, struct tr_out *out)
{
    struct tr_picture p;

    start(c, &p, TR_CHART_BAR);
    p.number = number;
    c->top = c->bottom = 0;
    if (draw_kind(c, TR_CHART_BAR)) {
        p.height = c->bottom;
        tr_picture_svg(&p, 0, out);
    }
    tr_picture_clear(&p);
}

void tr_doc_draw_chart(const struct tr_doc_table *doc, struct tr_out *out)
{
    struct tr_charting c = {.doc = doc};
    int number = 0;

    out->buf.failed |= find_parts(&c) < 0;
    if (c.part && doc->curves)
        draw_picture(&c, 0, out);
    for (uint32_t from = 0; c.part && !doc->curves && from < doc->n_rows; from = c.to) {
        take_rows(&c, from, end_of_picture(doc, from));
        if (has_bars(&c))
            draw_picture(&c, number++, out);
    }
    out->buf.failed |= c.name.failed;
    tr_buf_clear(&c.name);
    free(c.part);
}
