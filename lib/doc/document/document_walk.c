#include "doc/document/walk_own.h"

#include <stdlib.h>

enum {
    LABEL_SHARE = 32, /* per cent of the width */
    FRAME_SIDE = 500,
    LIST_INDENT = 600
};

static void put(struct tr_walk *w, const char *marks)
{
    tr_buf_text(&w->body, marks);
}

static void paragraph(struct tr_walk *w, uint32_t block, enum tr_walk_part part, int line, struct tr_str label)
{
    w->line = line;
    w->label = label;
    w->at = TR_D_TEXT;
    w->marks->paragraph(w, block, part);
    w->after_table = false;
}

static void put_heading(struct tr_walk *w, uint32_t at)
{
    int level = w->d->node[at].level;

    paragraph(w, at,
              w->frames > 0 ? TR_WALK_FRAME_HEADING
              : level <= 1  ? TR_WALK_TITLE
              : level == 2  ? TR_WALK_HEADING_2
                            : TR_WALK_HEADING_3,
              w->width, TR_STR(""));
}

static void put_text(struct tr_walk *w, uint32_t at)
{
    paragraph(w, at,
              w->frames > 0                   ? TR_WALK_FRAME_TEXT
              : tr_block_introduces(w->d, at) ? TR_WALK_INTRODUCTION
                                              : TR_WALK_TEXT,
              w->width, TR_STR(""));
}

static void put_list(struct tr_walk *w, uint32_t at)
{
    const struct tr_node *node = w->d->node;

    if (node[at].end == at + 1)
        return;
    put(w, w->marks->open_list);
    for (uint32_t i = at + 1; i < node[at].end; i = node[i].end) {
        put(w, w->marks->open_item);
        paragraph(w, i, node[i].end < node[at].end ? TR_WALK_ITEM : TR_WALK_LAST_ITEM, w->width - LIST_INDENT,
                  TR_STR(""));
        put(w, w->marks->close_item);
    }
    put(w, w->marks->close_list);
}

/* ---- tables ---- */

static void put_apart(struct tr_walk *w)
{
    put(w, w->after_table ? w->marks->apart : "");
    w->after_table = false;
}

static void open_table(struct tr_walk *w, enum tr_walk_table table, const struct tr_share *column, uint32_t n,
                       bool whole)
{
    put_apart(w);
    w->marks->open_table(w, table, column, n, whole);
}

static void close_table(struct tr_walk *w)
{
    put(w, w->marks->close_table);
    w->after_table = true;
}

static void open_row(struct tr_walk *w, enum tr_walk_table table, uint32_t at, bool head)
{
    const struct tr_node *node = w->d->node;
    size_t bytes = 0;

    for (uint32_t i = at; i < node[at].end; i++)
        bytes += node[i].text.len;
    w->marks->open_row(w, table, at, head, bytes);
}

static void open_cell(struct tr_walk *w, enum tr_walk_table table, bool head, double width)
{
    w->marks->open_cell(w, table, head, (int)width);
    w->after_table = false;
}

static void close_cell(struct tr_walk *w)
{
    put_apart(w);
    put(w, w->marks->close_cell);
}

/* Whether the value of the pair starts with ruled lines, with no words above them. */
static bool starts_with_lines(struct tr_walk *w, uint32_t at)
{
    const struct tr_node *node = w->d->node, *run = &node[at + 1];

    return node[at].end > at + 1 && run->kind == TR_D_BLANK && run->level > 0 &&
           (run->text.len == 0 || tr_blank_is_said(run->text, node[at].text, &w->body.failed));
}

/* Whether there are few pairs: they stay on one page, so that places for signatures are together. */
static bool is_small(const struct tr_node *node, uint32_t pairs)
{
    enum { LINES = 12, LETTERS_A_LINE = 50 };
    size_t lines = 0;

    for (uint32_t i = pairs + 1; i < node[pairs].end; i++) {
        bool ruled = node[i].kind == TR_D_BLANK && node[i].level > 0;

        lines += node[i].kind == TR_D_PAIR || node[i].kind == TR_D_BREAK;
        lines += node[i].text.len / LETTERS_A_LINE;
        lines += ruled ? 2 * (size_t)node[i].level : 0;
    }
    return lines <= LINES;
}

static void put_pairs(struct tr_walk *w, uint32_t at)
{
    const struct tr_node *node = w->d->node;
    int label = w->width * LABEL_SHARE / 100;
    const struct tr_share column[] = {{.width = label}, {.width = w->width - label}};

    if (node[at].end == at + 1)
        return;
    open_table(w, TR_WALK_PAIRS, column, 2, is_small(node, at));
    for (uint32_t i = at + 1; i < node[at].end; i = node[i].end) {
        open_row(w, TR_WALK_PAIRS, i, false);
        open_cell(w, TR_WALK_PAIRS, false, column[0].width);
        w->marks->words(w, starts_with_lines(w, i) ? TR_WALK_LABEL_LOW : TR_WALK_LABEL, node[i].text);
        close_cell(w);
        open_cell(w, TR_WALK_PAIRS, false, column[1].width);
        paragraph(w, i, TR_WALK_VALUE, (int)column[1].width - TR_CELL_RIGHT, node[i].text);
        close_cell(w);
        put(w, w->marks->close_row);
    }
    close_table(w);
}

static void put_row(struct tr_walk *w, uint32_t row, struct tr_share *column, uint32_t n)
{
    const struct tr_node *node = w->d->node;
    bool head = node[row].level == 1;
    uint32_t i = 0;

    open_row(w, TR_WALK_ROWS, row, head);
    for (uint32_t c = row + 1; c < node[row].end; c = node[c].end, i++) {
        open_cell(w, TR_WALK_ROWS, head, column[i].width);
        paragraph(w, c, head ? TR_WALK_HEAD : TR_WALK_CELL, (int)column[i].width - TR_CELL_RIGHT,
                  head ? TR_STR("") : column[i].head);
        close_cell(w);
        if (head)
            column[i].head = node[c].end > c + 1 ? node[c + 1].text : TR_STR("");
    }
    for (; i < n; i++) {
        open_cell(w, TR_WALK_ROWS, false, column[i].width);
        w->marks->words(w, TR_WALK_CELL, TR_STR(""));
        close_cell(w);
    }
    put(w, w->marks->close_row);
}

/* The heads at the start of the table are repeated on each page. */
static void put_rows(struct tr_walk *w, uint32_t table, struct tr_share *column, uint32_t n)
{
    const struct tr_node *node = w->d->node;
    uint32_t r = table + 1;

    if (node[r].level == 1) {
        put(w, w->marks->open_heads);
        for (; r < node[table].end && node[r].level == 1; r = node[r].end)
            put_row(w, r, column, n);
        put(w, w->marks->close_heads);
    }
    for (; r < node[table].end; r = node[r].end)
        put_row(w, r, column, n);
}

static void put_table(struct tr_walk *w, uint32_t at)
{
    uint32_t n = tr_columns_count(w->d->node, at);
    struct tr_share *column = n > 0 ? malloc(n * sizeof *column) : NULL;

    if (column) {
        tr_columns_measure(w->d->node, at, column, n);
        tr_columns_share(column, n, w->width);
        open_table(w, TR_WALK_ROWS, column, n, false);
        put_rows(w, at, column, n);
        close_table(w);
    }
    w->body.failed |= n > 0 && !column;
    free(column);
}

/* ---- blocks ---- */

static void put_blocks(struct tr_walk *w, uint32_t from, uint32_t end);

static void put_frame(struct tr_walk *w, uint32_t at)
{
    const struct tr_node *node = w->d->node;

    open_table(w, TR_WALK_FRAME, &(struct tr_share){.width = w->width}, 1, false);
    open_row(w, TR_WALK_FRAME, at, false);
    open_cell(w, TR_WALK_FRAME, false, w->width);
    w->frames++;
    w->width -= 2 * FRAME_SIDE;
    if (node[at].end == at + 1)
        w->marks->words(w, TR_WALK_FRAME_TEXT, TR_STR(""));
    put_blocks(w, at + 1, node[at].end);
    w->width += 2 * FRAME_SIDE;
    w->frames--;
    close_cell(w);
    put(w, w->marks->close_row);
    close_table(w);
}

static void put_blocks(struct tr_walk *w, uint32_t from, uint32_t end)
{
    static void (*const write[TR_N_BLOCK_KINDS])(struct tr_walk *, uint32_t) = {
        [TR_D_HEADING] = put_heading, [TR_D_PARAGRAPH] = put_text, [TR_D_LIST] = put_list,
        [TR_D_PAIRS] = put_pairs,     [TR_D_TABLE] = put_table,    [TR_D_FRAME] = put_frame};
    const struct tr_node *node = w->d->node;

    for (uint32_t i = from; i < end; i = node[i].end)
        if (!tr_node_is_run(node[i].kind) && write[node[i].kind])
            write[node[i].kind](w, i);
}

void tr_walk_document(struct tr_walk *w)
{
    put_blocks(w, 0, w->d->n);
    put_apart(w);
}
