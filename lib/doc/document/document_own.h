/* What the writers of documents share. Not for others. */
#ifndef TR_DOC_DOCUMENT_DOCUMENT_OWN_H
#define TR_DOC_DOCUMENT_DOCUMENT_OWN_H

#include "base/err.h"
#include "base/text.h"
#include "doc/document/document.h"

/* page.c: lays the document out on pages and adds them to pdf, as the drawing library writes a PDF
 * file. That library cannot say that something is no content, or goes on from another page;
 * elements of the two types below stand for it, and document_pdf.c replaces them. pdf->failed:
 * memory ran out. */
int tr_document_draw(const struct tr_document *d, struct tr_buf *pdf, struct tr_buf *fields,
                     struct tr_err *err);

/* A field as it was drawn, with the tag Form around it: fields of tr_document_draw, in the order of the
 * pages. Lengths are points from the upper left corner of the page. */
struct tr_drawn_field {
    uint32_t node;
    int page; /* from 0 */
    double x, y, width, height;
    struct tr_str row, label; /* what the row is about, and what stands beside or above */
};

#define TR_PDF_ASIDE "NonStruct" /* no content: rules, frames, what is repeated on each page */
#define TR_PDF_MORE "Private"    /* goes on with the element before it, on another page */

/* Whether the block has ruled lines to write on. */
static inline bool tr_block_has_lines(const struct tr_node *node, uint32_t block)
{
    for (uint32_t i = block + 1; i < node[block].end; i++)
        if (node[i].kind == TR_D_BLANK && node[i].level > 0)
            return true;
    return false;
}

/* Whether the block is a short text that introduces the list or table after it, and should stay
 * with it on one page. */
static inline bool tr_block_introduces(const struct tr_document *d, uint32_t block)
{
    enum { SHORT = 600 };
    const struct tr_node *node = d->node;
    uint32_t next = node[block].end;
    size_t bytes = 0;

    for (uint32_t i = block + 1; i < next; i++)
        bytes += node[i].text.len;
    return bytes <= SHORT && next < d->n &&
           (node[next].kind == TR_D_LIST || node[next].kind == TR_D_PAIRS ||
            node[next].kind == TR_D_TABLE);
}

/* Whether the label beside a blank already says what the blank is for. */
static inline bool tr_blank_is_said(struct tr_str words, struct tr_str label, bool *failed)
{
    struct tr_buf a = {0}, b = {0};
    bool said;

    tr_text_fold(words, &a);
    tr_text_fold(label, &b);
    said = tr_str_eq(tr_buf_slice(&a), tr_buf_slice(&b));
    *failed |= a.failed | b.failed;
    tr_buf_clear(&a);
    tr_buf_clear(&b);
    return said;
}

/* The first characters of s, at most so many bytes. */
static inline struct tr_str tr_first_bytes(struct tr_str s, size_t most)
{
    if (s.len <= most)
        return s;
    while (most > 0 && (s.p[most] & 0xC0) == 0x80)
        most--;
    return (struct tr_str){s.p, most};
}


/* ---- blanks ---- */

enum { TR_BLANK_LINES_MOST = 60 }; /* lines that a blank gets at most, however many it asks for */

/* ---- tables: document_columns.c ---- */

/* A column of a table, in the unit of the format. */
struct tr_share {
    double weight; /* the part of the width that it should have, in relation to the others */
    double least;  /* the width of its longest word */
    double x, width;
    struct tr_str head; /* what it is called */
};

/* In hundredths of a millimetre: the padding of a cell, and about the width of a letter in it. */
enum { TR_CELL_RIGHT = 300, TR_CELL_LETTER = 185 };

/* Sets weight, and in the same unit least, from the cells of the table. */
void tr_columns_measure(const struct tr_node *node, uint32_t table, struct tr_share *column,
                        uint32_t n);

/* The number of cells in the longest row. */
uint32_t tr_columns_count(const struct tr_node *node, uint32_t table);

/* Takes the next weight off the text of a table (4|2|1); 1 when there is none. */
int tr_columns_weight(struct tr_str *weights);

/* Sets column[i].width: the width is shared by weight. Then columns that would break words take
 * from those with room to spare, if they have enough. No column asks for more than two fifths. */
void tr_columns_share(struct tr_share *column, uint32_t n, double width);

#endif
