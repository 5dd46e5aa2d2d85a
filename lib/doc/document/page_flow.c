/* Step 3 of page.c: strips are dealt out to pages, and divided where they do not fit. */
#include "doc/document/page_own.h"

/* Where the next strip would stand. */
struct flow {
    struct paper *paper;
    double y;
    int group;      /* of the strip above */
    bool top;       /* nothing stands above it on the page */
    uint32_t start; /* the page's first part that is no repeated head */
};

/* The innermost group around both groups; -1: none. A group has a higher number than its parent. */
int tr_page_common(const struct paper *paper, int a, int b)
{
    while (a != b)
        if (a > b)
            a = paper->group[a].parent;
        else
            b = paper->group[b].parent;
    return a;
}

/* The white above the strip, including the padding of frames that end or begin there. */
static double lead(const struct flow *flow, const struct strip *strip)
{
    const struct paper *paper = flow->paper;
    int both = frames_of(paper, flow->top ? -1 : tr_page_common(paper, flow->group, strip->group));
    int ends = flow->top ? 0 : frames_of(paper, flow->group) - both;
    int begins = frames_of(paper, strip->group) - both;

    return (ends + begins) * frame_pad + (flow->top ? 0 : strip->above);
}

/* How many of the cell's next lines fit in the space. */
int tr_page_lines_in(const struct cell *cell, double space)
{
    int n = 0;

    while (cell->next + n < cell->n_lines &&
           cell->line[cell->next + n].bottom - cell->line[cell->next].top <= space + 0.01)
        n++;
    return n;
}

/* The height of the cell's next n lines. */
static double height_of_lines(const struct cell *cell, int n)
{
    return n > 0 ? cell->line[cell->next + n - 1].bottom - cell->line[cell->next].top : 0;
}

/* The height of those lines of the strip that are on no page yet. */
static double height_left(const struct paper *paper, const struct strip *strip)
{
    double height = 0;

    for (uint32_t i = strip->cell; i < strip->cell + strip->n_cells; i++)
        height = larger(
            height, height_of_lines(&paper->cell[i], paper->cell[i].n_lines - paper->cell[i].next));
    return height;
}

static void place(struct flow *flow, uint32_t strip, double space, bool again)
{
    struct paper *paper = flow->paper;
    const struct strip *s = &paper->strip[strip];
    struct part *all = one_more(paper, paper->part, paper->n_parts, sizeof *all), *part;
    double height = 0;

    if (!all)
        return;
    paper->part = all;
    part = &all[paper->n_parts++];
    *part = (struct part){.strip = strip,
                          .page = paper->n_pages - 1,
                          .y = flow->y + lead(flow, s),
                          .room = space,
                          .again = again};
    for (uint32_t i = s->cell; i < s->cell + s->n_cells; i++) {
        struct cell *cell = &paper->cell[i];
        int n = again ? 0 : tr_page_lines_in(cell, space);

        part->more |= !again && cell->next > 0;
        height = larger(height, height_of_lines(cell, n));
        cell->next += n;
    }
    part->height = again ? s->height : height + 2 * s->pad;
    flow->y = part->y + part->height;
    flow->group = s->group;
    flow->top = false;
}

/* Starts a new page for the strip, with the heads of its table unless they would take a quarter of
 * it. */
static void turn(struct flow *flow, uint32_t strip)
{
    struct paper *paper = flow->paper;
    int g = paper->strip[strip].group;
    const struct group *group = g >= 0 ? &paper->group[g] : NULL;

    paper->n_pages++;
    flow->y = margin_top;
    flow->top = true;
    if (group && strip >= group->heads + group->n_heads && group->heads_height < page_height / 4)
        for (uint32_t i = 0; i < group->n_heads; i++)
            place(flow, group->heads + i, 0, true);
    flow->start = paper->n_parts;
}

/* Takes strips that must stay with the next one off the foot of the page; returns the strip to go
 * on with. */
static uint32_t take_back(struct flow *flow, uint32_t strip)
{
    struct paper *paper = flow->paper;
    uint32_t keep = paper->n_parts;

    while (keep > flow->start && paper->strip[paper->part[keep - 1].strip].keep &&
           !paper->part[keep - 1].more)
        keep--;
    if (keep == flow->start)
        return strip;
    for (; paper->n_parts > keep; paper->n_parts--) {
        const struct strip *s = &paper->strip[strip = paper->part[paper->n_parts - 1].strip];

        for (uint32_t i = s->cell; i < s->cell + s->n_cells; i++)
            paper->cell[i].next = 0;
    }
    return strip;
}

/* How much of the space the next part of the strip gets, or -1 when none of it fits. A single line
 * is not left alone on either page. must: the page is empty, so something has to be placed. */
static double cut(const struct paper *paper, const struct strip *strip, double space, bool must)
{
    const struct cell *cell = &paper->cell[strip->cell + strip->n_cells - 1];
    int n = tr_page_lines_in(cell, space), left = cell->n_lines - cell->next;
    double least = 0;

    if (strip->pad == 0) {
        n -= left - n == 1;
        n = n >= 2 ? n : must;
        return n > 0 ? height_of_lines(cell, n) : -1;
    }
    for (uint32_t i = strip->cell; i < strip->cell + strip->n_cells; i++)
        if (paper->cell[i].next < paper->cell[i].n_lines)
            least = larger(least, height_of_lines(&paper->cell[i], 1));
    return space >= least ? space : must ? least : -1;
}

/* Places the strip or what fits of it; returns the strip to go on with. */
static uint32_t flow_strip(struct flow *flow, uint32_t at)
{
    struct paper *paper = flow->paper;
    const struct strip *strip = &paper->strip[at];
    double edges = frames_of(paper, strip->group) * frame_pad + 2 * strip->pad;
    double space = page_height - margin_bottom - flow->y - lead(flow, strip) - edges;
    double left = height_left(paper, strip);
    bool fresh = paper->n_parts == flow->start;

    if (left <= space) {
        place(flow, at, left, false);
        return at + 1;
    }
    if (fresh || !strip->whole || left > page_height - margin_top - margin_bottom - 2 * edges) {
        space = cut(paper, strip, space, fresh);
        if (space >= 0) {
            place(flow, at, space, false);
            turn(flow, at);
            return at;
        }
    }
    at = take_back(flow, at);
    turn(flow, at);
    return at;
}

void tr_page_flow(struct paper *paper)
{
    struct flow flow = {.paper = paper, .y = margin_top, .group = -1, .top = true};

    paper->n_pages = 1;
    for (uint32_t i = 0; i < paper->n_strips && !paper->failed;)
        i = flow_strip(&flow, i);
    for (uint32_t i = 0; i < paper->n_cells; i++)
        paper->cell[i].next = 0;
}
