/* Step 2 of page.c: blocks become strips, each below the one before, with cells beside each other.
 */
#include "doc/document/page_own.h"

static const double row_pad = 4.5, pair_pad = 2.5; /* above and below the text of a row */
static const double bullet = 14;                   /* from an item's bullet to its text */
static const double frame_side = 14, frame_apart = 12;

/* Starts a strip below the others; add_cell gives it cells, end_strip aligns them. */
static struct strip *add_strip(struct paper *paper, double above, double below)
{
    struct strip *all = one_more(paper, paper->strip, paper->n_strips, sizeof *all);
    struct strip *strip;

    if (!all)
        return NULL;
    paper->strip = all;
    strip = &all[paper->n_strips++];
    *strip = (struct strip){.cell = paper->n_cells, .group = paper->within};
    strip->above = larger(larger(paper->inside ? 0 : above, paper->above), paper->below);
    paper->above = 0;
    paper->inside = false;
    paper->below = below;
    return strip;
}

/* Adds a cell at x with the layout, which it takes over. */
static void add_cell(struct paper *paper, struct strip *strip, PangoLayout *layout,
                     enum style style, double x)
{
    struct cell *all = one_more(paper, paper->cell, paper->n_cells, sizeof *all), *cell;

    if (!all) {
        g_object_unref(layout);
        return;
    }
    paper->cell = all;
    cell = &all[paper->n_cells++];
    *cell =
        (struct cell){.layout = layout, .style = style, .tag = tr_page_styles[style].tag, .x = x};
    tr_page_find_lines(paper, cell);
    strip->n_cells++;
}

/* Moves the lines of the cell down; the first line grows upwards instead and keeps its top. */
static void lower(struct cell *cell, double drop)
{
    for (int i = 0; i < cell->n_lines; i++) {
        cell->line[i].top += i > 0 ? drop : 0;
        cell->line[i].bottom += drop;
        cell->line[i].baseline += drop;
    }
}

/* Aligns the cells: at the baselines of their first lines; heads at the bottom of their last. */
static void end_strip(struct paper *paper, struct strip *strip)
{
    struct cell *cell = paper->failed ? NULL : &paper->cell[strip->cell];
    double first = 0, last = 0;

    for (uint32_t i = 0; cell && i < strip->n_cells; i++) {
        first = larger(first, cell[i].line[0].baseline);
        last = larger(last, cell[i].line[cell[i].n_lines - 1].bottom);
    }
    for (uint32_t i = 0; cell && i < strip->n_cells; i++) {
        const struct line *end = &cell[i].line[cell[i].n_lines - 1];

        lower(&cell[i],
              cell[i].style == HEAD ? last - end->bottom : first - cell[i].line[0].baseline);
        strip->height = larger(strip->height, end->bottom + 2 * strip->pad);
    }
}

/* Opens a group in the one that is open, until close_group. */
static struct group *open_group(struct paper *paper, const char *tag, double above)
{
    struct group *all = one_more(paper, paper->group, paper->n_groups, sizeof *all), *group;

    if (!all)
        return NULL;
    paper->group = all;
    group = &all[paper->n_groups];
    *group = (struct group){.tag = tag,
                            .parent = paper->within,
                            .frames = frames_of(paper, paper->within),
                            .x = paper->x,
                            .width = paper->width,
                            .page = -1};
    paper->within = (int)paper->n_groups++;
    paper->above = larger(paper->above, paper->inside ? 0 : above);
    return group;
}

static void close_group(struct paper *paper, double below)
{
    paper->within = paper->group[paper->within].parent;
    paper->below = larger(paper->below, below);
}

/* ---- blocks ---- */

static void add_blocks(struct paper *paper, uint32_t from, uint32_t end);

static void add_heading(struct paper *paper, uint32_t at)
{
    static const enum style of_level[] = {TITLE, HEADING, SUBHEADING};
    int level = paper->d->node[at].level;
    enum style style = of_level[level <= 1 ? 0 : level == 2 ? 1 : 2];
    struct strip *strip =
        add_strip(paper, tr_page_styles[style].above, tr_page_styles[style].below);

    if (!strip)
        return;
    strip->keep = strip->whole = true;
    add_cell(paper, strip, tr_page_lay_runs(paper, style, at, paper->width, TR_STR("")), style,
             paper->x);
    end_strip(paper, strip);
}

static void add_paragraph(struct paper *paper, uint32_t at)
{
    struct strip *strip = add_strip(paper, tr_page_styles[BODY].above, tr_page_styles[BODY].below);

    if (!strip)
        return;
    strip->keep = tr_block_introduces(paper->d, at);
    strip->whole = tr_block_has_lines(paper->d->node, at);
    add_cell(paper, strip, tr_page_lay_runs(paper, BODY, at, paper->width, TR_STR("")), BODY,
             paper->x);
    end_strip(paper, strip);
}

static void add_item(struct paper *paper, uint32_t at)
{
    struct strip *strip = add_strip(paper, tr_page_styles[ITEM].above, tr_page_styles[ITEM].below);

    if (!strip)
        return;
    strip->tag = "LI";
    add_cell(paper, strip, tr_page_lay(paper, ITEM, TR_STR("•"), bullet), ITEM, paper->x + 2);
    if (strip->n_cells > 0)
        paper->cell[strip->cell].tag = "Lbl";
    add_cell(paper, strip, tr_page_lay_runs(paper, ITEM, at, paper->width - bullet, TR_STR("")),
             ITEM, paper->x + bullet);
    end_strip(paper, strip);
}

static void add_pair(struct paper *paper, uint32_t at)
{
    struct tr_str label = paper->d->node[at].text;
    double width = paper->width * 0.32;
    struct strip *strip = add_strip(paper, 0, 0);

    if (!strip)
        return;
    strip->tag = "TR";
    strip->pad = pair_pad;
    strip->whole = true;
    add_cell(paper, strip, tr_page_lay_text(paper, LABEL, label, width), LABEL, paper->x);
    add_cell(paper, strip, tr_page_lay_runs(paper, VALUE, at, paper->width - width - gap, label),
             VALUE, paper->x + width + gap);
    end_strip(paper, strip);
}

/* ---- tables ---- */

static enum style style_of_row(const struct tr_node *row)
{
    return row->level == 1 ? HEAD : CELL;
}

static void measure_columns(struct paper *paper, uint32_t table, struct tr_share *column,
                            uint32_t n)
{
    const struct tr_node *node = paper->d->node;
    struct tr_str weights = node[table].text;

    for (uint32_t i = 0; i < n; i++)
        column[i] = (struct tr_share){.weight = tr_columns_weight(&weights)};
    for (uint32_t r = table + 1; r < node[table].end; r = node[r].end)
        for (uint32_t c = r + 1, i = 0; c < node[r].end; c = node[c].end, i++) {
            column[i].least =
                larger(column[i].least, tr_page_longest_word(paper, style_of_row(&node[r]), c));
            if (node[r].level == 1 && node[c].end > c + 1)
                column[i].head = node[c + 1].text;
        }
}

static void place_columns(struct paper *paper, struct tr_share *column, uint32_t n)
{
    double between = smaller(gap, paper->width / (2 * n)), x = paper->x;

    tr_columns_share(column, n, paper->width - between * (n - 1));
    for (uint32_t i = 0; i < n; i++) {
        column[i].x = x;
        x += column[i].width + between;
    }
}

static void add_row(struct paper *paper, uint32_t row, const struct tr_share *column)
{
    const struct tr_node *node = paper->d->node;
    enum style style = style_of_row(&node[row]);
    struct strip *strip = add_strip(paper, 0, 0);

    if (!strip)
        return;
    strip->tag = "TR";
    strip->pad = row_pad;
    strip->whole = strip->ruled = true;
    strip->keep = style == HEAD;
    paper->row = node[row].end > row + 2 && tr_node_is_words(node[row + 2].kind) &&
                         !tr_node_is_field(&node[row + 2]) /* what was filled in is in its field only */
                     ? node[row + 2].text
                     : TR_STR("");
    for (uint32_t c = row + 1, i = 0; c < node[row].end; c = node[c].end, i++)
        add_cell(paper, strip,
                 tr_page_lay_runs(paper, style, c, column[i].width,
                                  style == CELL ? column[i].head : TR_STR("")),
                 style, column[i].x);
    paper->row = TR_STR("");
    end_strip(paper, strip);
}

static void add_rows(struct paper *paper, uint32_t table, const struct tr_share *column)
{
    const struct tr_node *node = paper->d->node;
    struct group *group = &paper->group[paper->within];
    bool heads = true;

    group->heads = paper->n_strips;
    for (uint32_t r = table + 1; r < node[table].end && !paper->failed; r = node[r].end) {
        if (node[r].end == r + 1)
            continue;
        add_row(paper, r, column);
        heads &= node[r].level == 1;
        if (heads && !paper->failed) {
            group->n_heads++;
            group->heads_height += paper->strip[paper->n_strips - 1].height;
        }
    }
}

static void add_table(struct paper *paper, uint32_t at)
{
    uint32_t n = tr_columns_count(paper->d->node, at);
    struct tr_share *column = n > 0 ? malloc(n * sizeof *column) : NULL;

    paper->failed |= n > 0 && !column;
    if (column && open_group(paper, "Table", 8)) {
        measure_columns(paper, at, column, n);
        place_columns(paper, column, n);
        add_rows(paper, at, column);
        close_group(paper, 12);
    }
    free(column);
}

/* ---- blocks in blocks ---- */

static void add_list(struct paper *paper, uint32_t at)
{
    const struct tr_node *node = paper->d->node;

    if (!open_group(paper, "L", 0))
        return;
    for (uint32_t i = at + 1; i < node[at].end; i = node[i].end)
        add_item(paper, i);
    close_group(paper, tr_page_styles[BODY].below);
}

/* Keeps pairs that take less than a quarter of a page together, so that places for signatures are.
 */
static void keep_pairs(struct paper *paper, uint32_t from)
{
    double height = 0;

    for (uint32_t i = from; i < paper->n_strips; i++)
        height += paper->strip[i].height;
    for (uint32_t i = from; i + 1 < paper->n_strips; i++)
        paper->strip[i].keep = height < page_height / 4;
}

static void add_pairs(struct paper *paper, uint32_t at)
{
    const struct tr_node *node = paper->d->node;
    uint32_t from = paper->n_strips;

    if (!open_group(paper, "Table", tr_page_styles[BODY].above))
        return;
    for (uint32_t i = at + 1; i < node[at].end; i = node[i].end)
        add_pair(paper, i);
    keep_pairs(paper, from);
    close_group(paper, tr_page_styles[BODY].below);
}

static void add_frame(struct paper *paper, uint32_t at)
{
    struct group *group = open_group(paper, "Div", frame_apart);

    if (!group)
        return;
    group->frame = true;
    group->frames++;
    paper->inside = true;
    paper->x += frame_side;
    paper->width -= 2 * frame_side;
    add_blocks(paper, at + 1, paper->d->node[at].end);
    paper->x -= frame_side;
    paper->width += 2 * frame_side;
    paper->below = 0;
    paper->inside = false;
    close_group(paper, frame_apart);
}

static void add_blocks(struct paper *paper, uint32_t from, uint32_t end)
{
    static void (*const add[TR_N_BLOCK_KINDS])(struct paper *, uint32_t) = {
        [TR_D_HEADING] = add_heading, [TR_D_PARAGRAPH] = add_paragraph, [TR_D_LIST] = add_list,
        [TR_D_PAIRS] = add_pairs,     [TR_D_TABLE] = add_table,         [TR_D_FRAME] = add_frame};
    const struct tr_node *node = paper->d->node;

    for (uint32_t i = from; i < end && !paper->failed; i = node[i].end)
        if (!tr_node_is_run(node[i].kind) && add[node[i].kind])
            add[node[i].kind](paper, i);
}

void tr_page_add_strips(struct paper *paper)
{
    add_blocks(paper, 0, paper->d->n);
}
