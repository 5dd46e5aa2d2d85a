/* What the parts of a page share: document_html.c writes the page, html_form.c what is filled in. Not
 * for others. */
#ifndef TR_DOC_DOCUMENT_HTML_OWN_H
#define TR_DOC_DOCUMENT_HTML_OWN_H

#include "base/out.h"
#include "doc/document/document_own.h"
#include "doc/text/escape.h"

/* bare: what was filled into a PDF is read with it: nothing but the blocks, with no values, and a box for
 * each box. */
struct tr_page {
    const struct tr_document *d;
    struct tr_out *out;
    struct tr_str blank, box[2]; /* their names, for those who do not see them; box[1]: ticked */
    uint32_t headings;           /* written so far; the id of each is s and its number */
    int level;                   /* of the last heading */
    bool bare;

    uint32_t labelled; /* the field that has a label of its own, else 0 */
    struct tr_str row, column; /* what stands before the field, and above it */
};

/* Writes start, s as text, end. */
static inline void tr_page_element(struct tr_page *page, const char *start, struct tr_str s,
                                   const char *end)
{
    tr_out_text(page->out, start);
    tr_escape_html(s, page->out);
    tr_out_text(page->out, end);
}

/* The blocks of a form, bare: what a PDF keeps beside its pages, for those who read it. */
void tr_document_html_bare(const struct tr_document *d, struct tr_out *out);

/* The first field of the block; 0: it has none. */
uint32_t tr_html_first_field(const struct tr_page *page, uint32_t block);

/* Writes a field for the run, or for it and all boxes of its block after it. The node behind it. */
uint32_t tr_html_field(struct tr_page *page, uint32_t run, uint32_t end);

/* The name of the field: f and a number. */
void tr_html_field_name(uint32_t run, struct tr_buf *out);

/* A button that adds a row, if the table has one whose name is a field. */
void tr_html_more_rows(struct tr_page *page, uint32_t table);

/* For the head of the page: which form it is, that it asks nothing of anybody, how fields look. */
void tr_html_form_head(struct tr_page *page);

/* Around all blocks. */
void tr_html_form_start(struct tr_page *page);
void tr_html_form_end(struct tr_page *page);

#endif
