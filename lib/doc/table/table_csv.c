#include "doc/table/table_own.h"

#include <stdlib.h>

#include "base/text.h"

/* A cell for Norwegian Excel: a number with a decimal comma, a day as it is, and any other text so
 * that the spreadsheet gives it back whole. */
static void excel_cell(const struct tr_doc_column *column, struct tr_str cell,
                       struct tr_buf *scratch, struct tr_out *out)
{
    if (!column->numeric && !(column->date && tr_show_is_date(cell))) {
        tr_sheet_cell(out, cell, ';');
        return;
    }
    scratch->len = 0;
    tr_buf_str(scratch, cell);
    for (size_t i = 0; i < scratch->len; i++)
        if (scratch->p[i] == '.')
            scratch->p[i] = ',';
    out->buf.failed |= scratch->failed;
    tr_csv_cell(out, tr_buf_slice(scratch), ';');
}

/* The table with heads and labels instead of names and codes, for people or for Excel. */
static void draw_labels(const struct tr_doc_table *doc, bool excel, struct tr_out *out)
{
    const char *sep = excel ? ";" : ",", *end = excel ? "\r\n" : "\n";
    struct tr_buf scratch = {0}, label = {0};

    for (uint32_t r = 0; r <= doc->n_rows; r++) { /* row 0: the heads */
        for (uint32_t c = 0; c < doc->n_columns; c++) {
            label.len = 0;
            if (r == 0)
                tr_buf_str(&label, doc->column[c].head);
            else
                tr_doc_add_label(doc, &doc->row[r - 1], c, &label);
            tr_out_text(out, c ? sep : "");
            if (excel && r == 0)
                tr_sheet_cell(out, tr_buf_slice(&label), ';');
            else if (excel)
                excel_cell(&doc->column[c], tr_buf_slice(&label), &scratch, out);
            else
                tr_csv_cell(out, tr_buf_slice(&label), *sep);
        }
        tr_out_text(out, end);
    }
    out->buf.failed |= label.failed;
    tr_buf_clear(&label);
    tr_buf_clear(&scratch);
}

void tr_doc_draw_csv(const struct tr_doc_table *doc, const struct tr_doc_style *style,
                     struct tr_out *out)
{
    struct tr_column *columns;
    struct tr_writer writer;

    if (style->excel)
        tr_out_text(out, "\xEF\xBB\xBF");
    if (style->excel || style->labels) {
        draw_labels(doc, style->excel, out);
        return;
    }
    columns = calloc(doc->n_columns, sizeof *columns);
    if (!columns) {
        out->buf.failed = true;
        return;
    }
    for (uint32_t c = 0; c < doc->n_columns; c++)
        columns[c].name = doc->column[c].name;
    tr_writer_start(&writer, out, TR_FORMAT_CSV, columns, doc->n_columns);
    for (uint32_t r = 0; r < doc->n_rows; r++)
        tr_writer_row(&writer, doc->row[r].cell);
    free(columns);
}
