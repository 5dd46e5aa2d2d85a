/* How a document becomes what word processors know: paragraphs, lists, and tables in whose cells paragraphs
 * stand. document_walk.c goes through the blocks and decides what stands where and how wide it is; a format
 * has the marks. Not for others. Lengths are hundredths of a millimetre. */
#ifndef TR_DOC_DOCUMENT_WALK_OWN_H
#define TR_DOC_DOCUMENT_WALK_OWN_H

#include "doc/document/document_own.h"

/* What a paragraph is. */
enum tr_walk_part {
    TR_WALK_TITLE,
    TR_WALK_HEADING_2,
    TR_WALK_HEADING_3,
    TR_WALK_FRAME_HEADING,
    TR_WALK_TEXT,
    TR_WALK_INTRODUCTION, /* of the list or table below it */
    TR_WALK_FRAME_TEXT,
    TR_WALK_ITEM,
    TR_WALK_LAST_ITEM,
    TR_WALK_LABEL,     /* of a pair */
    TR_WALK_LABEL_LOW, /* beside ruled lines, on the first of which it should stand */
    TR_WALK_VALUE,
    TR_WALK_HEAD, /* of a column */
    TR_WALK_CELL,
    TR_N_WALK_PARTS
};

/* What a table is; a frame is one of a single cell, as only that may hold every kind of block and run over
 * pages. */
enum tr_walk_table { TR_WALK_PAIRS, TR_WALK_ROWS, TR_WALK_FRAME, TR_N_WALK_TABLES };

/* Rows with more text may be higher than a page, and are not kept on one. */
enum { TR_WALK_ROW_MOST = 1500 };

struct tr_walk {
    const struct tr_document *d;
    const struct tr_walk_marks *marks;
    struct tr_buf body;
    int width;            /* that blocks have */
    int line;             /* that the paragraph in hand has */
    int frames;           /* how many are around the current block */
    bool after_table;     /* a table is right above */
    struct tr_str label;  /* what stands beside the current runs, or above */
    enum tr_node_kind at; /* kind of the run before */
};

struct tr_walk_marks {
    /* A paragraph with the runs of the block; and one of these words, which may be none. */
    void (*paragraph)(struct tr_walk *w, uint32_t block, enum tr_walk_part part);
    void (*words)(struct tr_walk *w, enum tr_walk_part part, struct tr_str words);
    /* whole: keep it on one page. */
    void (*open_table)(struct tr_walk *w, enum tr_walk_table table, const struct tr_share *column,
                       uint32_t n, bool whole);
    /* The row that is this node; head: it is repeated on each page; bytes: of text in it. */
    void (*open_row)(struct tr_walk *w, enum tr_walk_table table, uint32_t at, bool head, size_t bytes);
    void (*open_cell)(struct tr_walk *w, enum tr_walk_table table, bool head, int width);
    const char *close_cell, *close_row, *close_table;
    const char *open_heads, *close_heads; /* around rows that are repeated */
    const char *open_list, *open_item, *close_item, *close_list;
    const char *apart; /* an empty paragraph: two tables in a row would become one, and a cell must not end with one */
};

/* Writes all blocks of w->d into w->body. */
void tr_walk_document(struct tr_walk *w);

#endif
