/* What the parts of an OpenDocument text share. Not for others. document_odt.c tells what the parts
 * are; odt_content.c writes the text, odt_styles.c its looks, and odt_xml.c has what
 * they write XML with. Lengths are hundredths of a millimetre. */
#ifndef TR_DOC_DOCUMENT_ODT_OWN_H
#define TR_DOC_DOCUMENT_ODT_OWN_H

#include "base/archive.h"
#include "base/xml.h"
#include "doc/document/document_own.h"

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define NS "urn:oasis:names:tc:opendocument:xmlns:"
#define NAMESPACES                                                                                 \
    " xmlns:office=\"" NS "office:1.0\" xmlns:style=\"" NS "style:1.0\" xmlns:text=\"" NS          \
    "text:1.0\" xmlns:table=\"" NS "table:1.0\" xmlns:fo=\"" NS                                    \
    "xsl-fo-compatible:1.0\" xmlns:svg=\"" NS "svg-compatible:1.0\" xmlns:meta=\"" NS              \
    "meta:1.0\" xmlns:config=\"" NS "config:1.0\" "                                                \
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "                                               \
    "xmlns:loext=\"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0\" "        \
    "office:version=\"1.3\""

/* ---- XML: odt_xml.c ---- */

static inline void put(struct tr_buf *to, const char *xml)
{
    tr_buf_text(to, xml);
}

/* For a paragraph: spaces that a reader of XML would drop become elements. */
void tr_odt_put_text(struct tr_buf *to, struct tr_str s);
void tr_odt_put_span(struct tr_buf *to, const char *style, struct tr_str s);

/* An element of one text on a line of its own; nothing when the text is empty. */
void tr_odt_put_element(struct tr_buf *to, const char *name, struct tr_str s);
void tr_odt_put_attribute(struct tr_buf *to, const char *name, const char *value); /* or NULL */
void tr_odt_put_length(struct tr_buf *to, int length);

/* ---- looks: odt_styles.c ---- */

/* The part styles.xml: named styles, which whoever fills a form in can change, the page, its foot.
 */
void tr_odt_styles(const struct tr_document *d, struct tr_buf *to);

/* For content.xml: the fonts, and the styles that need no name that people see. */
void tr_odt_put_fonts(struct tr_buf *to);
void tr_odt_put_variants(struct tr_buf *to);

/* ---- the text: odt_content.c ---- */

/* The part content.xml. */
void tr_odt_content(const struct tr_document *d, struct tr_buf *to);

#endif
