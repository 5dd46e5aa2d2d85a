/* Forms in PDF, as document_writer.h writes them when a document has fields: what somebody filled in. */
#ifndef TR_DOC_DOCUMENT_PDF_FORM_H
#define TR_DOC_DOCUMENT_PDF_FORM_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct tr_pdf_value {
    struct tr_str name, value; /* of a box: empty unless it is ticked */
    uint32_t page;             /* from 1 */
};

/* Reads the form in a PDF. page: the form as a page of HTML, empty, of no more than max bytes;
 * values (struct tr_pdf_value): what is in its fields, by their names. Texts are kept in text. -1 with
 * err: it is no PDF, or has no form of ours. */
int tr_pdf_form_read(struct tr_str pdf, size_t max, struct tr_str *page, struct tr_buf *values,
                     struct tr_arena *text, struct tr_err *err);

#endif
