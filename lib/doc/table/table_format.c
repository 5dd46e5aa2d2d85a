#include "doc/table/table_own.h"

static const struct tr_doc_format formats[] = {
    {"text", tr_doc_draw_text},         {"csv", tr_doc_draw_csv},   {"json", tr_doc_draw_json},
    {"markdown", tr_doc_draw_markdown}, {"html", tr_doc_draw_html},
};

const struct tr_doc_format *tr_doc_format_find(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}
