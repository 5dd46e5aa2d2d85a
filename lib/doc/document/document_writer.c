#include "doc/document/document_writer.h"

#include "base/apart.h"

#pragma weak tr_document_pdf
static int write_pdf(const struct tr_document *d, struct tr_out *out, struct tr_err *err)
{
    __typeof__(&tr_document_pdf) write = TR_APART(tr_document_pdf);

    return write ? write(d, out, err) : tr_apart_missing(err);
}

const char *const tr_document_names[TR_N_DOCUMENT_FORMATS + 1] = {
    [TR_DOCUMENT_TEXT] = "text", [TR_DOCUMENT_MARKDOWN] = "markdown", [TR_DOCUMENT_HTML] = "html",
    [TR_DOCUMENT_ODT] = "odt",   [TR_DOCUMENT_DOCX] = "docx",         [TR_DOCUMENT_PDF] = "pdf",
};

const struct tr_document_format tr_document_formats[TR_N_DOCUMENT_FORMATS] = {
    [TR_DOCUMENT_TEXT] = {"text", "txt", false, tr_document_text},
    [TR_DOCUMENT_MARKDOWN] = {"markdown", "md", false, tr_document_markdown},
    [TR_DOCUMENT_HTML] = {"html", "html", false, tr_document_html},
    [TR_DOCUMENT_ODT] = {"odt", "odt", true, tr_document_odt},
    [TR_DOCUMENT_DOCX] = {"docx", "docx", true, tr_document_docx},
    [TR_DOCUMENT_PDF] = {"pdf", "pdf", true, write_pdf},
};

const struct tr_document_format *tr_document_format_find(const char *name)
{
    for (int i = 0; i < TR_N_DOCUMENT_FORMATS; i++)
        if (strcmp(tr_document_formats[i].name, name) == 0)
            return &tr_document_formats[i];
    return NULL;
}
