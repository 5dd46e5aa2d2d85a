#include "doc/table/table_own.h"

static const struct tr_doc_format formats[] = {
    {"text", .draw = tr_doc_draw_text}, {"csv", .draw = tr_doc_draw_csv},
    {"json", .draw = tr_doc_draw_json}, {"markdown", .draw = tr_doc_draw_markdown},
    {"html", .draw = tr_doc_draw_html}, {"xlsx", .pack = tr_doc_pack_xlsx},
};

int tr_doc_draw(const struct tr_doc_format *format, const struct tr_doc_table *doc,
                const struct tr_doc_style *style, struct tr_out *out, struct tr_err *err)
{
    if (format->pack)
        return format->pack(doc, out, err);
    format->draw(doc, style, out);
    return 0;
}

const struct tr_doc_format *tr_doc_format_find(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}
