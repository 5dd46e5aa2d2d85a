#include "doc/table/table_own.h"

#include "base/text.h"

/* Escapes what would act as markup: punctuation by a backslash, HTML and mentions by an entity. */
static void escape(struct tr_str s, struct tr_buf *out)
{
    static const char *const entity[128] = {
        ['<'] = "&lt;", ['>'] = "&gt;", ['&'] = "&amp;", ['@'] = "&#64;"};

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c < 128 && entity[c]) {
            tr_buf_text(out, entity[c]);
            continue;
        }
        if (c && strchr("\\`*_[]|~#", c))
            tr_buf_char(out, '\\');
        tr_buf_char(out, (char)c);
    }
}

static void dress(struct tr_str s, bool strong, struct tr_buf *out)
{
    bool bold = strong && s.len > 0;

    tr_buf_text(out, bold ? "**" : "");
    escape(s, out);
    tr_buf_text(out, bold ? "**" : "");
}

static void fill(struct tr_out *out, char c, size_t n)
{
    while (n-- > 0)
        tr_out_char(out, c);
}

static size_t column_width(const struct tr_doc_grid *g, uint32_t c)
{
    size_t width = 3; /* a line of dashes needs three */

    for (uint32_t r = 0; r < g->n_rows; r++) {
        size_t w = tr_text_width(tr_doc_grid_cell(g, r, c));

        width = w > width ? w : width;
    }
    return width;
}

static void draw_row(const struct tr_doc_grid *g, uint32_t r, const size_t *width,
                     struct tr_out *out)
{
    for (uint32_t c = 0; c < g->n_columns; c++) {
        struct tr_str cell = tr_doc_grid_cell(g, r, c);
        size_t space = width[c] - tr_text_width(cell);

        tr_out_text(out, "| ");
        fill(out, ' ', g->column[c]->numeric ? space : 0);
        tr_out_str(out, cell);
        fill(out, ' ', g->column[c]->numeric ? 1 : space + 1);
    }
    tr_out_text(out, "|\n");
}

static void draw_rule(const struct tr_doc_grid *g, const size_t *width, struct tr_out *out)
{
    for (uint32_t c = 0; c < g->n_columns; c++) {
        tr_out_text(out, "| ");
        fill(out, '-', width[c] - g->column[c]->numeric);
        tr_out_text(out, g->column[c]->numeric ? ": " : " ");
    }
    tr_out_text(out, "|\n");
}

static void draw_grid(const struct tr_doc_grid *g, struct tr_out *out)
{
    struct tr_buf widths = {0};
    const size_t *width;

    for (uint32_t c = 0; c < g->n_columns; c++) {
        size_t w = column_width(g, c);

        tr_buf_add(&widths, &w, sizeof w);
    }
    out->buf.failed |= widths.failed;
    width = (const size_t *)(const void *)widths.p;
    for (uint32_t r = 0; !widths.failed && r < g->n_rows; r++) {
        draw_row(g, r, width, out);
        if (r == 0)
            draw_rule(g, width, out);
    }
    tr_buf_clear(&widths);
}

/* Writes a paragraph on one line. */
static void draw_text(const char *before, struct tr_str s, struct tr_out *out)
{
    struct tr_buf shown = {0}, escaped = {0};

    if (s.len == 0)
        return;
    tr_show_text(tr_text_trim(s), &shown);
    escape(tr_buf_slice(&shown), &escaped);
    out->buf.failed |= shown.failed | escaped.failed;
    tr_out_text(out, before);
    tr_out_str(out, tr_buf_slice(&escaped));
    tr_out_char(out, '\n');
    tr_buf_clear(&shown);
    tr_buf_clear(&escaped);
}

void tr_doc_draw_markdown(const struct tr_doc_table *doc, const struct tr_doc_style *style,
                          struct tr_out *out)
{
    struct tr_str notes = tr_buf_slice(&doc->notes), paragraph;
    struct tr_doc_grid grid;

    (void)style;
    draw_text("## ", doc->title, out);
    if (doc->title.len > 0)
        tr_out_char(out, '\n');
    if (tr_doc_grid_make(&grid, doc, dress) == 0)
        draw_grid(&grid, out);
    else
        out->buf.failed = true;
    while (tr_doc_paragraph(&notes, &paragraph))
        draw_text("\n", paragraph, out);
    draw_text("\n", doc->source, out);
    tr_doc_grid_clear(&grid);
}
