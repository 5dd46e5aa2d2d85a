#include "doc/table/table_own.h"

#include <stdio.h>

#include "base/text.h"
#include "doc/text/escape.h"

/* How the parts are filled. Each ground has a contrast of 3:1 or more against white, neighbours
 * differ in lightness, and each has its own pattern: they can be told apart in greyscale and by
 * colour-blind readers. Patterns are drawn in white on a tile of 8 by 8. */
static const struct fill {
    const char *ground;
    const char *pattern;
} fills[] = {
    {"#0b3c5d", ""},
    {"#c2600a", "<path d=\"M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4\"/>"},
    {"#1d6b4f", "<path d=\"M4,4 h.01\" stroke-linecap=\"round\" stroke-width=\"3\"/>"},
    {"#8a8d91", ""},
    {"#6a1b7a", "<path d=\"M0,4 h8\"/>"},
    {"#2f80c4", "<path d=\"M4,0 v8\"/>"},
    {"#8c1c2e", "<path d=\"M0,0 l8,8 M8,0 l-8,8\"/>"},
    {"#7a6a00", "<path d=\"M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4\"/>"},
    {"#3d4347", "<path d=\"M0,4 h8 M4,0 v8\"/>"},
};
enum { N_FILLS = sizeof fills / sizeof *fills };

/* Sizes in user units. A letter counts as 8.6 wide, the average in the widest of the usual fonts.
 */
enum { WIDE = 960, BAR = 22, STEP = 30, TEXT = 14, BASE = 5, SWATCH = 22, LINE = 24 };
enum { TICKS_MAX = 8 };

static size_t text_width(struct tr_str s)
{
    return (tr_text_width(s) * 86 + 9) / 10;
}

struct chart {
    const struct tr_doc_table *doc;
    struct tr_out *out;
    uint32_t n_bars;
    long long left, right, top; /* where the bars begin and end */
    double scale;               /* width of one person in a bar */
    double tick, n_ticks;
    struct tr_buf name; /* of the row in hand */
};

/* Writes a coordinate with at most one decimal, always after a point, whatever the locale. */
static void put(struct chart *c, const char *text, double x, const char *then)
{
    long long tenths = (long long)(x * 10 + 0.5);
    char number[48];

    snprintf(number, sizeof number, tenths % 10 ? "%lld.%lld" : "%lld", tenths / 10, tenths % 10);
    tr_out_text(c->out, text);
    tr_out_text(c->out, number);
    tr_out_text(c->out, then);
}

static double value(const struct tr_doc_row *row, uint32_t column)
{
    struct tr_str cell = row->cell[column];
    double x = cell.len > 0 && !tr_doc_is_hidden(cell) ? tr_show_number_of(cell) : 0;

    return x > 0 ? x : 0;
}

static bool is_part(const struct tr_doc_column *column)
{
    return column->role == TR_DOC_PART && column->numeric;
}

static double sum(const struct tr_doc_table *doc, const struct tr_doc_row *row)
{
    double x = 0;

    for (uint32_t c = 0; c < doc->n_columns; c++)
        if (is_part(&doc->column[c]))
            x += value(row, c);
    return x;
}

/* What stands behind the bar when something in the row is hidden: the total that the table tells, or
 * the sign that it does not. Else empty: the sum of the parts is right. */
static struct tr_str told_total(const struct tr_doc_table *doc, const struct tr_doc_row *row)
{
    struct tr_str told = TR_STR(TR_HIDDEN);
    bool hidden = false;

    for (uint32_t c = 0; c < doc->n_columns; c++) {
        hidden |= is_part(&doc->column[c]) && tr_doc_is_hidden(row->cell[c]);
        if (doc->column[c].role == TR_DOC_TOTAL && doc->column[c].numeric) {
            told = row->cell[c];
            hidden |= tr_doc_is_hidden(told);
        }
    }
    return hidden ? told : (struct tr_str){0};
}

bool tr_doc_has_chart(const struct tr_doc_table *doc)
{
    if (!doc->chart || doc->curves)
        return doc->chart && doc->n_rows > 0;
    for (uint32_t r = 0; r < doc->n_rows; r++)
        if (!doc->row[r].total && !doc->row[r].subtotal && sum(doc, &doc->row[r]) > 0)
            return true;
    return false;
}

/* Chooses the smallest step of 1, 2 or 5 times a power of ten that gives at most TICKS_MAX ticks.
 */
static void choose_ticks(struct chart *c, double longest)
{
    static const double steps[] = {1, 2, 5};
    double power = 1;
    int i = 0;

    while (longest / (steps[i] * power) > TICKS_MAX) {
        i = (i + 1) % 3;
        power *= i == 0 ? 10 : 1;
    }
    c->tick = steps[i] * power;
    for (c->n_ticks = 0; c->n_ticks * c->tick < longest; c->n_ticks++)
        continue;
}

static void define_fills(struct chart *c)
{
    int used = 0;

    for (uint32_t i = 0; i < c->doc->n_columns; i++)
        used += is_part(&c->doc->column[i]);
    tr_out_text(c->out, "<defs>\n");
    for (int i = 0; i < N_FILLS && i < used; i++) {
        put(c, "<pattern id=\"fill", i,
            "\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">");
        tr_out_text(c->out, "<rect width=\"8\" height=\"8\" fill=\"");
        tr_out_text(c->out, fills[i].ground);
        tr_out_text(c->out, "\"/><g stroke=\"#fff\" stroke-width=\"1.4\">");
        tr_out_text(c->out, fills[i].pattern);
        tr_out_text(c->out, "</g></pattern>\n");
    }
    tr_out_text(c->out, "</defs>\n");
}

/* One piece of a bar, or a sample in the legend. A white line sets it apart from its neighbours; on
 * a narrow piece the line is thin, or it would cover the piece. */
static void draw_piece(struct chart *c, double x, double y, double width, double height, int part)
{
    put(c, "<rect x=\"", x, "\"");
    put(c, " y=\"", y, "\"");
    put(c, " width=\"", width, "\"");
    put(c, " height=\"", height, "\"");
    put(c, " fill=\"url(#fill", part % N_FILLS, ")\" stroke=\"#fff\"");
    put(c, " stroke-width=\"", width < 4 ? 0.5 : 1.5, "\"/>");
}

static void draw_label(struct chart *c, double x, double y, const char *more, struct tr_str s)
{
    put(c, "<text x=\"", x, "\"");
    put(c, " y=\"", y, "\"");
    tr_out_text(c->out, more);
    tr_out_text(c->out, ">");
    tr_escape_html_input(s, c->out);
    tr_out_text(c->out, "</text>\n");
}

static void draw_number(struct chart *c, double x, double y, const char *more, double number)
{
    struct tr_buf text = {0};
    char digits[40];

    snprintf(digits, sizeof digits, "%lld", (long long)(number + 0.5));
    tr_show_number(tr_str(digits), c->doc->lang, &text);
    draw_label(c, x, y, more, tr_buf_slice(&text));
    c->out->buf.failed |= text.failed;
    tr_buf_clear(&text);
}

/* Lays the legend out in lines and returns its height; draws it when asked to. */
static double legend(struct chart *c, bool draw)
{
    double x = 0, y = 0;
    int part = 0;

    for (uint32_t i = 0; i < c->doc->n_columns; i++) {
        struct tr_str head = c->doc->column[i].head;
        double width = SWATCH + 8 + (double)text_width(head) + 20;

        if (!is_part(&c->doc->column[i]))
            continue;
        if (x > 0 && x + width > WIDE) {
            x = 0;
            y += LINE;
        }
        if (draw) {
            draw_piece(c, x, y + 2, SWATCH, 16, part);
            draw_label(c, x + SWATCH + 8, y + 15, "", head);
        }
        x += width;
        part++;
    }
    return y + LINE;
}

static void draw_axis(struct chart *c)
{
    double bottom = (double)c->top + (double)c->n_bars * STEP;
    struct tr_str count = tr_profile_label(c->doc->profile, TR_STR("count"), c->doc->lang);

    for (double i = 0; i <= c->n_ticks; i++) {
        double x = (double)c->left + i * c->tick * c->scale;

        put(c, "<path stroke=\"#c4c9ce\" d=\"M", x, "");
        put(c, ",", (double)c->top - 4, "");
        put(c, " V", bottom, "\"/>");
        draw_number(c, x, bottom + 18, " text-anchor=\"middle\"", i * c->tick);
    }
    draw_label(c, (double)c->left + (double)(c->right - c->left) / 2, bottom + 40,
               " text-anchor=\"middle\"", count);
}

/* Puts the row's keys into out, with commas between. */
static void row_name(const struct tr_doc_table *doc, const struct tr_doc_row *row,
                     struct tr_buf *out)
{
    out->len = 0;
    for (uint32_t c = 0; c < doc->n_columns && doc->column[c].role == TR_DOC_KEY; c++) {
        tr_buf_text(out, c ? ", " : "");
        tr_buf_str(out, tr_doc_label(doc, row, c));
    }
}

static void draw_bar(struct chart *c, const struct tr_doc_row *row, double y)
{
    const struct tr_doc_table *doc = c->doc;
    double x = (double)c->left;
    struct tr_str told;
    int part = 0;

    row_name(doc, row, &c->name);
    draw_label(c, (double)c->left - 8, y + BAR / 2 + BASE, " text-anchor=\"end\"",
               tr_buf_slice(&c->name));
    for (uint32_t i = 0; i < doc->n_columns; i++) {
        double width;

        if (!is_part(&doc->column[i]))
            continue;
        width = value(row, i) * c->scale;
        if (width > 0)
            draw_piece(c, x, y, width, BAR, part);
        x += width;
        part++;
    }
    told = told_total(doc, row);
    if (tr_doc_is_hidden(told))
        draw_label(c, x + 6, y + BAR / 2 + BASE, " font-weight=\"700\"", told);
    else
        draw_number(c, x + 6, y + BAR / 2 + BASE, " font-weight=\"700\"",
                    told.len > 0 ? tr_show_number_of(told) : sum(doc, row));
}

/* Measures names, sums and legend: they decide where bars start and how long they are. */
static void lay_out(struct chart *c)
{
    const struct tr_doc_table *doc = c->doc;
    size_t widest = 0;
    double longest = 0;

    for (uint32_t r = 0; r < doc->n_rows; r++) {
        size_t width;

        if (doc->row[r].total || doc->row[r].subtotal)
            continue;
        c->n_bars++;
        row_name(doc, &doc->row[r], &c->name);
        width = text_width(tr_buf_slice(&c->name));
        widest = width > widest ? width : widest;
        longest = sum(doc, &doc->row[r]) > longest ? sum(doc, &doc->row[r]) : longest;
    }
    c->left = (long long)(widest < WIDE / 2 ? widest : WIDE / 2) + 12;
    c->right = WIDE - 48;
    choose_ticks(c, longest);
    c->scale = (double)(c->right - c->left) / (c->n_ticks * c->tick);
    c->top = (long long)legend(c, false) + 16;
}

void tr_doc_draw_chart(const struct tr_doc_table *doc, struct tr_out *out)
{
    struct chart c = {.doc = doc, .out = out};
    double y;

    if (doc->curves) {
        tr_doc_draw_curve(doc, out);
        return;
    }
    lay_out(&c);
    put(&c, "<svg viewBox=\"0 0 ", WIDE, " ");
    put(&c, "", (double)c.top + (double)c.n_bars * STEP + 48, "\" role=\"img\"");
    put(&c, " aria-labelledby=\"chart-title chart-text\" font-size=\"", TEXT,
        "\" fill=\"#1a1a1a\">\n");
    tr_out_text(out, "<title id=\"chart-title\">");
    tr_escape_html_input(doc->title.len > 0 ? doc->title : tr_doc_text(doc, "table.chart"), out);
    tr_out_text(out, "</title>\n<desc id=\"chart-text\">");
    tr_escape_html_input(tr_doc_text(doc, "table.chart_text"), out);
    tr_out_text(out, "</desc>\n");
    define_fills(&c);
    legend(&c, true);
    draw_axis(&c);
    y = (double)c.top + (STEP - BAR) / 2;
    for (uint32_t r = 0; r < doc->n_rows; r++) {
        if (doc->row[r].total || doc->row[r].subtotal)
            continue;
        draw_bar(&c, &doc->row[r], y);
        y += STEP;
    }
    tr_out_text(out, "</svg>\n");
    out->buf.failed |= c.name.failed;
    tr_buf_clear(&c.name);
}
