/* The formats that a table can be drawn in. Callers know none of them: find one by its name, then
 * draw. A format writes the same bytes for the same table every time, and makes cells harmless. */
#ifndef TR_DOC_TABLE_TABLE_FORMAT_H
#define TR_DOC_TABLE_TABLE_FORMAT_H

#include "base/out.h"
#include "doc/table/doc_table.h"

struct tr_doc_style {
    size_t width; /* text: columns of a line */
    bool excel;   /* csv: as Norwegian Excel opens it */
    bool labels;  /* csv, json: labels in place of codes */
};

struct tr_doc_format {
    const char *name;
    /* One of them: a text, or a file of several parts, for no terminal. */
    void (*draw)(const struct tr_doc_table *doc, const struct tr_doc_style *style,
                 struct tr_out *out);
    int (*pack)(const struct tr_doc_table *doc, struct tr_out *out, struct tr_err *err);
};

/* When memory runs out, tr_out_close reports it. -1 with err: the format cannot hold the table. */
int tr_doc_draw(const struct tr_doc_format *format, const struct tr_doc_table *doc,
                const struct tr_doc_style *style, struct tr_out *out, struct tr_err *err);

/* text csv json markdown html xlsx; NULL when there is no such format. */
const struct tr_doc_format *tr_doc_format_find(const char *name);

#endif
