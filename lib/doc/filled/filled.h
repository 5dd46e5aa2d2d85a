/* A document that somebody filled in, as Word (.docx), LibreOffice (.odt), a browser (.html) or a
 * reader of PDF saved it: what it says, in order, and nothing of how it looks. Changes that were
 * tracked count as accepted. Words that only say what to fill in are left out, where the program still
 * knows them from what was typed. Cells that were joined downwards all say what the first says.
 *
 * Sources: ECMA-376 part 1, chapter 17; OpenDocument 1.3 part 3, chapters 5 to 9; HTML, 13; ISO
 * 32000-1, 12.7. */
#ifndef TR_DOC_FILLED_FILLED_H
#define TR_DOC_FILLED_FILLED_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum tr_filled_kind { TR_FILLED_PARAGRAPH, TR_FILLED_ROW, TR_FILLED_COMMENT };

struct tr_filled_block {
    enum tr_filled_kind kind;
    uint32_t first, n; /* cells; of what is no row, one */
    uint32_t page;     /* that it begins on, from 1; 0: nobody can tell */
};

struct tr_filled {
    struct tr_buf blocks; /* struct tr_filled_block */
    struct tr_buf cells;  /* struct tr_str; paragraphs parted by line ends */
    struct tr_arena text;
    struct tr_str form; /* which form it was made as; empty: it does not say */
};

/* Reads the document in fd from its start; fd stays the caller's. -1 with err: it is none. Clear it
 * in any case. */
int tr_filled_read(struct tr_filled *f, int fd, struct tr_err *err);
void tr_filled_clear(struct tr_filled *f);

static inline uint32_t tr_filled_count(const struct tr_filled *f)
{
    return (uint32_t)(f->blocks.len / sizeof(struct tr_filled_block));
}

static inline const struct tr_filled_block *tr_filled_block(const struct tr_filled *f, uint32_t i)
{
    return (const struct tr_filled_block *)(const void *)f->blocks.p + i;
}

/* Spaces that keep words together, ruled lines and tabs become spaces; padding goes. A part of out. */
struct tr_str tr_filled_tidy(struct tr_str line, struct tr_buf *out);

/* Whether s begins with a box, of so many bytes, and whether that is ticked. */
enum { TR_FILLED_BOX_LEN = 3 };
bool tr_filled_box(struct tr_str s, bool *ticked);

/* A cell of the block; empty when there are fewer. */
static inline struct tr_str tr_filled_cell(const struct tr_filled *f,
                                           const struct tr_filled_block *b, uint32_t i)
{
    return i < b->n ? ((const struct tr_str *)(const void *)f->cells.p)[b->first + i]
                    : (struct tr_str){"", 0};
}

#endif
