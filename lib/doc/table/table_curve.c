/* Step curves: what share is left after so many days, a curve for each group of rows with the same
 * keys. Curves differ in colour, in their dashes, and in the number at their end, which the legend
 * explains. */
#include "doc/table/table_own.h"

#include <stdio.h>

#include "doc/text/escape.h"

static const char *const inks[] = {"#0b3c5d", "#c2600a", "#1d6b4f", "#6a1b7a", "#8c1c2e", "#3d4347"};
static const char *const dashes[] = {"", "8 4", "2 4", "10 4 2 4"};
enum { N_INKS = sizeof inks / sizeof *inks, N_DASHES = sizeof dashes / sizeof *dashes };
enum { WIDE = 960, LEFT = 60, RIGHT = 40, TALL = 360, LINE = 24, TICKS = 8 };

struct plot {
    const struct tr_doc_table *doc;
    struct tr_out *out;
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

static void put(struct plot *p, const char *text, double x, const char *then)
{
    long long tenths = (long long)(x * 10 + 0.5);
    char digits[48];

    snprintf(digits, sizeof digits, tenths % 10 ? "%lld.%lld" : "%lld", tenths / 10, tenths % 10);
    tr_out_text(p->out, text);
    tr_out_text(p->out, digits);
    tr_out_text(p->out, then);
}

static void label(struct plot *p, double x, double y, const char *more, struct tr_str s)
{
    put(p, "<text x=\"", x, "\"");
    put(p, " y=\"", y, "\"");
    tr_out_text(p->out, more);
    tr_out_text(p->out, ">");
    tr_escape_html_input(s, p->out);
    tr_out_text(p->out, "</text>\n");
}

static void label_number(struct plot *p, double x, double y, const char *more, double n,
                         const char *unit)
{
    char digits[48];

    snprintf(digits, sizeof digits, "%lld%s", (long long)(n + 0.5), unit);
    label(p, x, y, more, tr_str(digits));
}

static double x_of(const struct plot *p, double days)
{
    return LEFT + days * p->scale;
}

static double y_of(double share)
{
    return 10 + (1 - share) * TALL;
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

/* The path of one column of rows [from, to), from 1 on day 0. */
static void draw_path(struct plot *p, uint32_t from, uint32_t to, int what, uint32_t curve)
{
    bool main = what == TR_CURVE_SHARE;

    tr_out_text(p->out, "<path fill=\"none\" stroke=\"");
    tr_out_text(p->out, inks[curve % N_INKS]);
    tr_out_text(p->out, main ? "\" stroke-width=\"2.4\" stroke-dasharray=\""
                             : "\" stroke-width=\"0.8\" stroke-opacity=\"0.7\" stroke-dasharray=\"");
    tr_out_text(p->out, main ? dashes[curve / N_INKS % N_DASHES] : "1 3");
    put(p, "\" d=\"M", x_of(p, 0), "");
    put(p, ",", y_of(1), "");
    for (uint32_t r = from; r < to; r++) {
        if (!has(p, r, what) || !has(p, r, TR_CURVE_DAYS))
            continue;
        put(p, " H", x_of(p, number(p, r, TR_CURVE_DAYS)), "");
        put(p, " V", y_of(number(p, r, what)), "");
    }
    tr_out_text(p->out, "\"/>\n");
}

static void draw_axes(struct plot *p)
{
    for (int i = 0; i <= 4; i++) {
        put(p, "<path stroke=\"#c4c9ce\" d=\"M", LEFT, "");
        put(p, ",", y_of(i / 4.0), "");
        put(p, " H", WIDE - RIGHT, "\"/>");
        label_number(p, LEFT - 8, y_of(i / 4.0) + 5, " text-anchor=\"end\"", 25 * i, " %");
    }
    for (double days = 0; days <= p->longest + 0.5; days += p->tick) {
        put(p, "<path stroke=\"#c4c9ce\" d=\"M", x_of(p, days), "");
        put(p, ",", y_of(0), " v5\"/>");
        label_number(p, x_of(p, days), y_of(0) + 20, " text-anchor=\"middle\"", days, "");
    }
    label(p, LEFT + (WIDE - LEFT - RIGHT) / 2.0, y_of(0) + 42, " text-anchor=\"middle\"",
          p->doc->column[p->doc->curve[TR_CURVE_DAYS]].head);
}

static void draw_legend(struct plot *p, uint32_t first, uint32_t curve)
{
    double y = y_of(0) + 66 + curve * LINE;
    struct tr_buf name = {0};

    for (uint32_t c = 0; c < p->doc->n_columns && p->doc->column[c].role == TR_DOC_KEY; c++) {
        tr_buf_text(&name, c ? ", " : "");
        tr_buf_str(&name, tr_doc_label(p->doc, &p->doc->row[first], c));
    }
    put(p, "<path stroke-width=\"2.4\" d=\"M", LEFT, "");
    put(p, ",", y, " h40\" stroke=\"");
    tr_out_text(p->out, inks[curve % N_INKS]);
    tr_out_text(p->out, "\" stroke-dasharray=\"");
    tr_out_text(p->out, dashes[curve / N_INKS % N_DASHES]);
    tr_out_text(p->out, "\"/>");
    label_number(p, LEFT - 8, y + 5, " text-anchor=\"end\"", curve + 1.0, "");
    label(p, LEFT + 50, y + 5, "", tr_buf_slice(&name));
    p->out->buf.failed |= name.failed;
    tr_buf_clear(&name);
}

static void measure(struct plot *p)
{
    static const double steps[] = {1, 2, 5};
    double power = 1;
    int i = 0;

    for (uint32_t r = 0; r < p->doc->n_rows; r++)
        if (has(p, r, TR_CURVE_DAYS) && number(p, r, TR_CURVE_DAYS) > p->longest)
            p->longest = number(p, r, TR_CURVE_DAYS);
    p->longest = p->longest < 1 ? 1 : p->longest;
    while (p->longest / (steps[i] * power) > TICKS) {
        i = (i + 1) % 3;
        power *= i == 0 ? 10 : 1;
    }
    p->tick = steps[i] * power;
    p->scale = (WIDE - LEFT - RIGHT) / p->longest;
}

void tr_doc_draw_curve(const struct tr_doc_table *doc, struct tr_out *out)
{
    struct plot p = {.doc = doc, .out = out};
    uint32_t n = 0;

    for (uint32_t r = 0; r < doc->n_rows; r = end_of(doc, r))
        n++;
    measure(&p);
    put(&p, "<svg viewBox=\"0 0 ", WIDE, " ");
    put(&p, "", y_of(0) + 66 + n * LINE,
        "\" role=\"img\" aria-labelledby=\"chart-title chart-text\" font-size=\"14\" "
        "fill=\"#1a1a1a\">\n<title id=\"chart-title\">");
    tr_escape_html_input(doc->title.len > 0 ? doc->title : tr_doc_text(doc, "table.chart"), out);
    tr_out_text(out, "</title>\n<desc id=\"chart-text\">");
    tr_escape_html_input(tr_doc_text(doc, "table.curve_text"), out);
    tr_out_text(out, "</desc>\n");
    draw_axes(&p);
    n = 0;
    for (uint32_t r = 0, end; r < doc->n_rows; r = end, n++) {
        end = end_of(doc, r);
        draw_path(&p, r, end, TR_CURVE_LOW, n);
        draw_path(&p, r, end, TR_CURVE_HIGH, n);
        draw_path(&p, r, end, TR_CURVE_SHARE, n);
        label_number(&p, x_of(&p, number(&p, end - 1, TR_CURVE_DAYS)) + 4,
                     y_of(number(&p, end - 1, TR_CURVE_SHARE)) + 5, " font-weight=\"700\"", n + 1.0,
                     "");
        draw_legend(&p, r, n);
    }
    tr_out_text(out, "</svg>\n");
}
