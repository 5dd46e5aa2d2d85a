/* What the writer and the reader of PDF share. The one place that includes the library for PDF. Not for
 * others. */
#ifndef TR_DOC_DOCUMENT_PDF_OWN_H
#define TR_DOC_DOCUMENT_PDF_OWN_H

#include <qpdf/qpdf-c.h>

#include "doc/document/document_own.h"

/* Puts a form over the fields (struct tr_drawn_field) that were drawn. false: memory. */
bool tr_pdf_form_add(qpdf_data pdf, const struct tr_document *d, const struct tr_buf *fields);

#endif
