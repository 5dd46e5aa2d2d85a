/* The formats that a document can be written in. Callers know none of them: find one by its name,
 * then write. With the same libraries and fonts, a document gives the same bytes every time. */
#ifndef TR_DOC_DOCUMENT_DOCUMENT_WRITER_H
#define TR_DOC_DOCUMENT_DOCUMENT_WRITER_H

#include "base/out.h"
#include "doc/document/document.h"

struct tr_document_format {
    const char *name;
    const char *ending; /* of a file's name, without the dot */
    bool binary;        /* not for a terminal */

    /* When memory runs out, tr_out_close reports it. -1 with err: a library failed otherwise. */
    int (*write)(const struct tr_document *d, struct tr_out *out, struct tr_err *err);
};

enum {
    TR_DOCUMENT_TEXT,
    TR_DOCUMENT_MARKDOWN,
    TR_DOCUMENT_HTML,
    TR_DOCUMENT_ODT,
    TR_DOCUMENT_DOCX,
    TR_DOCUMENT_PDF,
    TR_N_DOCUMENT_FORMATS
};
extern const struct tr_document_format tr_document_formats[TR_N_DOCUMENT_FORMATS];
extern const char *const tr_document_names[TR_N_DOCUMENT_FORMATS + 1]; /* and NULL */

/* NULL when there is none of this name. */
const struct tr_document_format *tr_document_format_find(const char *name);

int tr_document_text(const struct tr_document *d, struct tr_out *out, struct tr_err *err);
int tr_document_markdown(const struct tr_document *d, struct tr_out *out, struct tr_err *err);
int tr_document_html(const struct tr_document *d, struct tr_out *out, struct tr_err *err);
int tr_document_odt(const struct tr_document *d, struct tr_out *out, struct tr_err *err);
int tr_document_docx(const struct tr_document *d, struct tr_out *out, struct tr_err *err);
int tr_document_pdf(const struct tr_document *d, struct tr_out *out, struct tr_err *err);

#endif
