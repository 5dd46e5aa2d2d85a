#include "doc/draw.h"

#include <stdlib.h>

#include "base/text.h"

/* Would a spreadsheet run the cell as a formula? Padding before the sign does not make it safe. */
static bool runs(struct tr_str cell)
{
    struct tr_str bare = tr_text_trim(cell);

    if (tr_doc_is_number(cell))
        return false;
    return (cell.len > 0 && strchr("\t\r", *cell.p) && *cell.p) ||
           (bare.len > 0 && strchr("=+-@", *bare.p) && *bare.p);
}

/* A cell for Norwegian Excel: decimal comma, and an apostrophe before what would run. */
static void excel_cell(struct tr_str cell, bool numeric, struct tr_buf *scratch, struct tr_out *out)
{
    scratch->len = 0;
    if (runs(cell))
        tr_buf_char(scratch, '\'');
    tr_buf_str(scratch, cell);
    for (size_t i = 0; numeric && i < scratch->len; i++)
        if (scratch->p[i] == '.')
            scratch->p[i] = ',';
    out->buf.failed |= scratch->failed;
    tr_csv_cell(out, tr_buf_slice(scratch), ';');
}

static void draw_excel(const struct tr_doc_table *doc, struct tr_out *out)
{
    struct tr_buf scratch = {0};

    tr_out_text(out, "\xEF\xBB\xBF");
    for (uint32_t c = 0; c < doc->n_columns; c++) {
        tr_out_text(out, c ? ";" : "");
        excel_cell(doc->column[c].head, false, &scratch, out);
    }
    tr_out_text(out, "\r\n");
    for (uint32_t r = 0; r < doc->n_rows; r++) {
        for (uint32_t c = 0; c < doc->n_columns; c++) {
            tr_out_text(out, c ? ";" : "");
            excel_cell(tr_doc_label(doc, &doc->row[r], c), doc->column[c].numeric, &scratch, out);
        }
        tr_out_text(out, "\r\n");
    }
    tr_buf_clear(&scratch);
}

void tr_doc_draw_csv(const struct tr_doc_table *doc, const struct tr_doc_style *style,
                     struct tr_out *out)
{
    struct tr_column *columns;
    struct tr_str *cells;
    struct tr_writer writer;

    if (style->excel) {
        draw_excel(doc, out);
        return;
    }
    columns = calloc(doc->n_columns, sizeof *columns);
    cells = calloc(doc->n_columns, sizeof *cells);
    if (!columns || !cells) {
        out->buf.failed = true;
        goto out;
    }
    for (uint32_t c = 0; c < doc->n_columns; c++)
        columns[c].name = style->labels ? doc->column[c].head : doc->column[c].name;
    tr_writer_start(&writer, out, TR_FORMAT_CSV, columns, doc->n_columns);
    for (uint32_t r = 0; r < doc->n_rows; r++) {
        for (uint32_t c = 0; c < doc->n_columns; c++)
            cells[c] = style->labels ? tr_doc_label(doc, &doc->row[r], c) : doc->row[r].cell[c];
        tr_writer_row(&writer, cells);
    }
out:
    free(cells);
    free(columns);
}
