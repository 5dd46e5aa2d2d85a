#define _GNU_SOURCE
#include "doc/table/table_own.h"

#include "base/text.h"
#include "doc/text/escape.h"

/* Text has a contrast of at least 7:1, lines and the focus ring at least 3:1. Wide tables scroll in
 * a region that can be reached by keyboard. On paper (A4, landscape) nothing scrolls, and heads are
 * repeated on every page. */
static const char style_sheet[] =
    "body{margin:0;background:#fff;color:#1a1a1a;"
    "font:1rem/1.5 \"Source Sans 3\",\"Segoe UI\",\"Noto Sans\",Roboto,Arial,sans-serif}\n"
    "main{max-width:72rem;margin:0 auto;padding:1.5rem 1rem 3rem}\n"
    "h1{font-size:1.75rem;line-height:1.25;margin:0 0 .75rem}\n"
    "p{max-width:45rem;margin:.5rem 0}\n"
    "figure{margin:2rem 0}\n"
    "caption,figcaption{text-align:left;font-weight:600;padding:.25rem 0 .5rem}\n"
    ".scroll{overflow-x:auto}\n"
    ".scroll:focus-visible{outline:3px solid #0b57d0;outline-offset:3px}\n"
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums lining-nums}\n"
    "th,td{padding:.3rem .6rem;border-bottom:1px solid #c4c9ce;"
    "text-align:left;vertical-align:top}\n"
    "thead th{vertical-align:bottom;border-bottom:2px solid #1a1a1a;"
    "line-height:1.25;max-width:9rem}\n"
    "tbody th{font-weight:400;white-space:nowrap}\n"
    ".n{text-align:right;white-space:nowrap}\n"
    "thead .n{white-space:normal}\n"
    ".w{white-space:nowrap}\n"
    "tbody tr:hover{background:#eef3f8}\n"
    "tfoot th,tfoot td{font-weight:700;border-top:2px solid #1a1a1a;border-bottom:0}\n"
    "tfoot tr+tr>*{border-top:0}\n"
    "svg{display:block;width:100%;min-width:44rem;height:auto}\n"
    "svg+svg{margin-top:1.5rem}\n"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.25rem;margin:.5rem 0}\n"
    "dt{font-weight:600}\n"
    "dd{margin:0}\n"
    "h2{font-size:1.125rem;margin:2rem 0 .5rem}\n"
    ".source{color:#444}\n"
    "@media (max-width:40rem){dl{display:block}dd{margin:0 0 .5rem}}\n"
    "@page{size:A4 landscape;margin:12mm}\n"
    "@media print{body{font-size:10pt}main{max-width:none;padding:0}"
    ".scroll{overflow:visible}svg{min-width:0;max-height:100mm}figure{margin:0}h2{margin-top:1rem}"
    "th,td{padding:.12rem .6rem}thead{display:table-header-group}"
    "tfoot{display:table-row-group}tr,figure,svg,dl{break-inside:avoid}h1,h2{break-after:avoid}}\n";

/* Writes an element around the text; nothing when the text is empty. */
static void element(struct tr_out *out, const char *start, struct tr_str s, const char *end)
{
    if (s.len == 0)
        return;
    tr_out_text(out, start);
    tr_escape_html_input(tr_text_trim(s), out);
    tr_out_text(out, end);
}

static struct tr_str title_of(const struct tr_doc_table *doc)
{
    return doc->title.len > 0 ? doc->title : tr_doc_text(doc, "table.table");
}

/* "Table: its title", so that table and chart can each be copied out of the page. */
static void draw_caption(const struct tr_doc_table *doc, const char *kind, struct tr_out *out)
{
    tr_escape_html_input(tr_doc_text(doc, kind), out);
    if (doc->title.len > 0) {
        tr_out_text(out, ": ");
        tr_escape_html_input(doc->title, out);
    }
}

/* Writes a head. It may break at spaces but not after a dash, as in (6–7); said in the style, as browsers
 * for terminals show characters that forbid a break. */
static void draw_head(struct tr_str head, struct tr_out *out)
{
    static const struct tr_str dash = {"–", 3};
    struct tr_str word;

    for (bool first = true; tr_str_part(&head, ' ', &word); first = false) {
        bool whole = memmem(word.p, word.len, dash.p, dash.len) != NULL;

        tr_out_text(out, first ? "" : " ");
        tr_out_text(out, whole ? "<span class=\"w\">" : "");
        tr_escape_html_input(word, out);
        tr_out_text(out, whole ? "</span>" : "");
    }
}

static void draw_heads(const struct tr_doc_table *doc, struct tr_out *out)
{
    tr_out_text(out, "<thead>\n<tr>");
    for (uint32_t i = 0; i < doc->n_drawn; i++) {
        const struct tr_doc_column *column = &doc->column[doc->drawn[i]];

        tr_out_text(out, column->numeric ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
        draw_head(column->head, out);
        tr_out_text(out, "</th>");
    }
    tr_out_text(out, "</tr>\n</thead>\n");
}

static void draw_row(const struct tr_doc_table *doc, const struct tr_doc_row *row,
                     struct tr_out *out)
{
    struct tr_buf shown = {0};

    tr_out_text(out, "<tr>");
    for (uint32_t i = 0; i < doc->n_drawn; i++) {
        uint32_t c = doc->drawn[i];

        tr_out_text(out, i == 0 ? "<th scope=\"row\"" : "<td");
        tr_out_text(out, doc->column[c].numeric ? " class=\"n\">" : ">");
        tr_doc_show_cell(doc, row, c, &shown);
        tr_escape_html(tr_buf_slice(&shown), out);
        shown.len = 0;
        tr_out_text(out, i == 0 ? "</th>" : "</td>");
    }
    tr_out_text(out, "</tr>\n");
    out->buf.failed |= shown.failed;
    tr_buf_clear(&shown);
}

/* Rows of totals come last, in the table's foot. */
static void draw_rows(const struct tr_doc_table *doc, struct tr_out *out)
{
    uint32_t r = 0;

    tr_out_text(out, "<tbody>\n");
    for (; r < doc->n_rows && !doc->row[r].total; r++)
        draw_row(doc, &doc->row[r], out);
    tr_out_text(out, "</tbody>\n");
    if (r == doc->n_rows)
        return;
    tr_out_text(out, "<tfoot>\n");
    for (; r < doc->n_rows; r++)
        draw_row(doc, &doc->row[r], out);
    tr_out_text(out, "</tfoot>\n");
}

static void draw_table(const struct tr_doc_table *doc, struct tr_out *out)
{
    tr_out_text(out,
                "<div class=\"scroll\" role=\"region\" aria-labelledby=\"table\" tabindex=\"0\">\n"
                "<table>\n<caption id=\"table\">");
    draw_caption(doc, "table.table", out);
    tr_out_text(out, "</caption>\n");
    draw_heads(doc, out);
    draw_rows(doc, out);
    tr_out_text(out, "</table>\n</div>\n");
}

static void draw_figure(const struct tr_doc_table *doc, struct tr_out *out)
{
    if (!tr_doc_has_chart(doc))
        return;
    tr_out_text(out, "<figure>\n<figcaption id=\"chart\">");
    draw_caption(doc, "table.chart", out);
    tr_out_text(out,
                "</figcaption>\n<div class=\"scroll\" role=\"region\" aria-labelledby=\"chart\" "
                "tabindex=\"0\">\n");
    tr_doc_draw_chart(doc, out);
    tr_out_text(out, "</div>\n</figure>\n");
}

/* Explains the heads that are shorter than their labels. */
static void draw_key(const struct tr_doc_table *doc, struct tr_out *out)
{
    bool started = false;

    for (uint32_t i = 0; i < doc->n_drawn; i++) {
        const struct tr_doc_column *column = &doc->column[doc->drawn[i]];

        if (tr_str_eq(column->head, column->label))
            continue;
        if (!started) {
            element(out, "<h2>", tr_doc_text(doc, "table.heads"), "</h2>\n");
            tr_out_text(out, "<dl>\n");
        }
        started = true;
        element(out, "<dt>", column->head, "</dt>");
        element(out, "<dd>", column->label, "</dd>\n");
    }
    if (started)
        tr_out_text(out, "</dl>\n");
}

void tr_doc_draw_html(const struct tr_doc_table *doc, const struct tr_doc_style *style,
                      struct tr_out *out)
{
    struct tr_str notes = tr_buf_slice(&doc->notes), paragraph;

    (void)style;
    tr_out_text(out, "<!DOCTYPE html>\n<html lang=\"");
    tr_out_text(out, tr_lang_names[doc->lang]);
    tr_out_text(
        out, "\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    tr_escape_html_input(title_of(doc), out);
    tr_out_text(out, "</title>\n<style>\n");
    tr_out_text(out, style_sheet);
    tr_out_text(out, "</style>\n</head>\n<body>\n<main>\n");
    element(out, "<h1>", title_of(doc), "</h1>\n");
    while (tr_doc_paragraph(&notes, &paragraph))
        element(out, "<p>", paragraph, "</p>\n");
    draw_table(doc, out);
    draw_figure(doc, out);
    draw_key(doc, out);
    element(out, "<p class=\"source\">", doc->source, "</p>\n");
    tr_out_text(out, "</main>\n</body>\n</html>\n");
}
