/* What the parts of a Word document share. Not for others. document_docx.c tells what the parts are
 * and how they look; docx_content.c writes the text. Lengths are hundredths of a millimetre, until
 * they are written: Word counts twentieths of a point. */
#ifndef TR_DOC_DOCUMENT_DOCX_OWN_H
#define TR_DOC_DOCUMENT_DOCX_OWN_H

#include "base/archive.h"
#include "base/xml.h"
#include "doc/document/document_own.h"

#define WORD_DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define WORD_MAIN "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define WORD_RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define WORD_NAMESPACES                                                                            \
    " xmlns:w=\"" WORD_MAIN "\" xmlns:r=\"" WORD_RELATIONS "\" "                                  \
    "xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" "                          \
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"w14\""

enum { TR_DOCX_TEXT_WIDTH = 16600 };

static inline void put(struct tr_buf *to, const char *xml)
{
    tr_buf_text(to, xml);
}

/* Adds a length in twentieths of a point. */
static inline void tr_docx_put_length(struct tr_buf *to, int length)
{
    tr_buf_num(to, (length * 144 + 127) / 254);
}

/* A run of text, in a style of characters or NULL. */
void tr_docx_put_run(struct tr_buf *to, const char *style, struct tr_str text);

/* The part word/document.xml. */
void tr_docx_content(const struct tr_document *d, struct tr_buf *to);

#endif
