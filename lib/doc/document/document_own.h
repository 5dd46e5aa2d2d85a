/* What the writers share that know of pages and widths. Not for others. */
#ifndef TR_DOC_DOCUMENT_DOCUMENT_OWN_H
#define TR_DOC_DOCUMENT_DOCUMENT_OWN_H

#include "base/err.h"
#include "base/text.h"
#include "doc/document/document.h"

/* Lays the document out on pages, draws them and adds them to pdf: a PDF file as the drawing
 * library writes it, in which the elements of the structure of these two types stand for what that
 * library has no word for. pdf->failed: memory ran out. */
int tr_document_draw(const struct tr_document *d, struct tr_buf *pdf, struct tr_err *err);

#define TR_PDF_ASIDE "NonStruct" /* no content: rules, frames, what stands on each page */
#define TR_PDF_MORE "Private"    /* more of the leaf before it, on another page */

/* Whether the block has lines to write on. */
static inline bool tr_block_has_lines(const struct tr_node *node, uint32_t block)
{
    for (uint32_t i = block + 1; i < node[block].end; i++)
        if (node[i].kind == TR_D_BLANK && node[i].level > 0)
            return true;
    return false;
}

/* Whether it is a short text that introduces what follows, and stays with it. */
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

/* Whether the words of a blank are those of its label, which say it already. */
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

/* So many bytes of it at most, whole characters. */
static inline struct tr_str tr_first_bytes(struct tr_str s, size_t most)
{
    if (s.len <= most)
        return s;
    while (most > 0 && (s.p[most] & 0xC0) == 0x80)
        most--;
    return (struct tr_str){s.p, most};
}

/* ---- tables ---- */

struct tr_share {
    double weight;
    double least; /* what the longest word of the column takes */
    double x, width;
    struct tr_str head;
};

/* The number of cells of the longest row. */
static inline uint32_t tr_table_width(const struct tr_node *node, uint32_t table)
{
    uint32_t columns = 0;

    for (uint32_t r = table + 1; r < node[table].end; r = node[r].end) {
        uint32_t n = 0;

        for (uint32_t c = r + 1; c < node[r].end; c = node[c].end)
            n++;
        columns = n > columns ? n : columns;
    }
    return columns;
}

/* A weight as a table's text has it; 1 when there is none. */
static inline int tr_table_weight(struct tr_str *weights)
{
    struct tr_str s;
    int weight = 0;

    if (tr_str_part(weights, '|', &s))
        for (size_t i = 0; i < s.len && i < 3 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
            weight = 10 * weight + s.p[i] - '0';
    return weight > 0 ? weight : 1;
}

/* Shares the width by weight; then columns that would break words take from the others, when those
 * have enough. No column asks for more than two fifths. */
static inline void tr_share_width(struct tr_share *column, uint32_t n, double width)
{
    double weights = 0, want = 0, spare = 0;

    for (uint32_t i = 0; i < n; i++)
        weights += column[i].weight;
    for (uint32_t i = 0; i < n; i++) {
        double lacks;

        column[i].width = width * column[i].weight / weights;
        if (column[i].least > width * 0.4)
            column[i].least = width * 0.4;
        lacks = column[i].least - column[i].width;
        want += lacks > 0 ? lacks : 0;
        spare += lacks < 0 ? -lacks : 0;
    }
    for (uint32_t i = 0; i < n && want > 0 && want <= spare; i++)
        if (column[i].width < column[i].least)
            column[i].width = column[i].least;
        else
            column[i].width -= (column[i].width - column[i].least) * want / spare;
}

#endif
