/* The formats a table can be drawn in. Callers do not see them: find one by name, then draw. Every
 * format gives the same bytes for the same table, and makes harmless what stands in it. */
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
    /* Memory that runs out is told by out, when it is closed. */
    void (*draw)(const struct tr_doc_table *doc, const struct tr_doc_style *style,
                 struct tr_out *out);
};

/* text csv json markdown html; NULL when there is no such format. */
const struct tr_doc_format *tr_doc_format_find(const char *name);

#endif
