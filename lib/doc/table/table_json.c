#include "doc/table/table_own.h"

static void string_or_null(struct tr_out *out, const char *name, struct tr_str s)
{
    tr_out_text(out, name);
    if (s.len > 0)
        tr_json_string(out, s);
    else
        tr_out_text(out, "null");
}

static void draw_notes(const struct tr_doc_table *doc, struct tr_out *out)
{
    struct tr_str rest = tr_buf_slice(&doc->notes), note;
    bool first = true;

    tr_out_text(out, ",\n\"notes\": [");
    while (tr_str_part(&rest, '\n', &note)) {
        if (note.len == 0)
            continue;
        tr_out_text(out, first ? "\n  " : ",\n  ");
        tr_json_string(out, note);
        first = false;
    }
    tr_out_text(out, "]");
}

static void draw_columns(const struct tr_doc_table *doc, struct tr_out *out)
{
    tr_out_text(out, ",\n\"columns\": [");
    for (uint32_t c = 0; c < doc->n_columns; c++) {
        const struct tr_doc_column *column = &doc->column[c];

        tr_out_text(out, c ? ",\n  {\"name\": " : "\n  {\"name\": ");
        tr_json_string(out, column->name);
        tr_out_text(out, ", \"label\": ");
        tr_json_string(out, column->label);
        tr_out_text(out, ", \"head\": ");
        tr_json_string(out, column->head);
        tr_out_text(out, ", \"role\": \"");
        tr_out_text(out, tr_doc_roles[column->role]);
        tr_out_text(out, column->numeric ? "\", \"numeric\": true}" : "\", \"numeric\": false}");
    }
    tr_out_text(out, "]");
}

static void draw_row(const struct tr_doc_table *doc, const struct tr_doc_row *row, bool labels,
                     struct tr_out *out)
{
    struct tr_buf label = {0};

    for (uint32_t c = 0; c < doc->n_columns; c++) {
        tr_out_text(out, c ? ", " : "{");
        tr_json_string(out, doc->column[c].name);
        tr_out_text(out, ": ");
        if (row->cell[c].len == 0)
            tr_out_text(out, "null");
        else if (doc->column[c].numeric && !tr_doc_is_hidden(row->cell[c]))
            tr_out_str(out, row->cell[c]);
        else if (!labels)
            tr_json_string(out, row->cell[c]);
        else {
            label.len = 0;
            tr_doc_add_label(doc, row, c, &label);
            tr_json_string(out, tr_buf_slice(&label));
        }
    }
    tr_out_text(out, "}");
    out->buf.failed |= label.failed;
    tr_buf_clear(&label);
}

void tr_doc_draw_json(const struct tr_doc_table *doc, const struct tr_doc_style *style,
                      struct tr_out *out)
{
    string_or_null(out, "{\"title\": ", doc->title);
    string_or_null(out, ",\n\"source\": ", doc->source);
    string_or_null(out, ",\n\"language\": ", tr_str(tr_lang_names[doc->lang]));
    draw_notes(doc, out);
    draw_columns(doc, out);
    tr_out_text(out, ",\n\"rows\": [");
    for (uint32_t r = 0; r < doc->n_rows; r++) {
        tr_out_text(out, r ? ",\n  " : "\n  ");
        draw_row(doc, &doc->row[r], style->labels, out);
    }
    tr_out_text(out, "]}\n");
}
