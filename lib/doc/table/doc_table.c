#define _GNU_SOURCE
#include "doc/table/doc_table.h"

#include <stdlib.h>

const char *const tr_doc_roles[] = {
    [TR_DOC_KEY] = "key",     [TR_DOC_PART] = "part",
    [TR_DOC_SUBTOTAL] = "subtotal", [TR_DOC_TOTAL] = "total",
    [TR_DOC_OTHER] = "other", [TR_DOC_ASIDE] = "aside",
};
_Static_assert(sizeof tr_doc_roles / sizeof *tr_doc_roles == TR_DOC_ASIDE + 1,
               "every role has a name");

struct tr_str tr_doc_text(const struct tr_doc_table *doc, const char *key)
{
    return tr_profile_text(doc->profile, key, doc->lang);
}

struct tr_str tr_doc_label(const struct tr_doc_table *doc, const struct tr_doc_row *row,
                           uint32_t column)
{
    const struct tr_list *list = doc->column[column].list;
    struct tr_str cell = row->cell[column], label;
    int code = list ? tr_list_code(list, cell) : -1;

    if (code >= 0)
        return list->entry[code].label[doc->lang];
    if (row->subtotal && column == 0) {
        const struct tr_list *groups = tr_profile_list(doc->profile, "column_group");

        code = tr_list_code(groups, cell);
        if (code >= 0)
            return groups->entry[code].label[doc->lang];
    }
    if (cell.len == 0 || (!list && !(row->total && column == 0)))
        return cell;
    label = tr_profile_label(doc->profile, cell, doc->lang); /* total, undecided, outside */
    return label.len > 0 ? label : cell;
}

uint64_t tr_doc_codes(const struct tr_list *list, struct tr_str cell)
{
    int code = tr_list_code(list, cell);
    uint64_t codes = 0;
    struct tr_str part;

    if (code >= 0)
        return UINT64_C(1) << code;
    while (tr_str_part(&cell, '|', &part)) {
        code = tr_list_code(list, part);
        if (code < 0)
            return 0;
        codes |= UINT64_C(1) << code;
    }
    return codes;
}

void tr_doc_add_label(const struct tr_doc_table *doc, const struct tr_doc_row *row, uint32_t column,
                      struct tr_buf *out)
{
    const struct tr_list *list = doc->column[column].list;
    struct tr_str cell = row->cell[column];
    bool several = list && cell.len > 0 && memchr(cell.p, '|', cell.len);
    uint64_t codes = several ? tr_doc_codes(list, cell) : 0;

    if (!codes)
        tr_buf_str(out, tr_doc_label(doc, row, column));
    for (const char *sep = ""; codes; codes &= codes - 1, sep = ", ") {
        tr_buf_text(out, sep);
        tr_buf_str(out, list->entry[__builtin_ctzll(codes)].short_label[doc->lang]);
    }
}

void tr_doc_show_cell(const struct tr_doc_table *doc, const struct tr_doc_row *row, uint32_t column,
                      struct tr_buf *out)
{
    struct tr_buf label = {0};

    if (doc->column[column].numeric) {
        tr_show_number(row->cell[column], doc->lang, out);
    } else if (doc->column[column].date) {
        tr_show_date(row->cell[column], doc->lang, out);
    } else {
        tr_doc_add_label(doc, row, column, &label);
        tr_show_text(tr_buf_slice(&label), out);
        out->failed |= label.failed;
        tr_buf_clear(&label);
    }
}

bool tr_doc_paragraph(struct tr_str *notes, struct tr_str *paragraph)
{
    const char *end = notes->len > 0 ? memmem(notes->p, notes->len, "\n\n", 2) : NULL;

    *paragraph = (struct tr_str){notes->p, end ? (size_t)(end - notes->p) : notes->len};
    *notes = end ? tr_str_from(*notes, paragraph->len + 2) : (struct tr_str){0};
    return paragraph->len > 0;
}

void tr_doc_table_clear(struct tr_doc_table *doc)
{
    free(doc->column);
    free(doc->drawn);
    free(doc->row);
    tr_buf_clear(&doc->notes);
    tr_arena_clear(&doc->text);
    *doc = (struct tr_doc_table){0};
}
