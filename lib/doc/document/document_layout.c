/* A document becomes strips, which stand below each other: a paragraph, a row of a table, a label
 * with its value. A strip has cells beside each other, and they have lines. Strips are dealt out to
 * pages, then the pages are drawn: only then is it known how many they are. Lengths are points. */
#include "doc/document/document_own.h"

#include <stdio.h>
#include <stdlib.h>

#include <cairo-pdf.h>
#include <hb.h>
#include <pango/pangocairo.h>

/* The page, A4, and what stands at its foot. */
static const double page_width = 210 * 72 / 25.4, page_height = 297 * 72 / 25.4;
static const double margin_side = 62, margin_top = 60, margin_bottom = 72, foot_below = 30;

static const double gap = 10; /* between cells */
static const double row_pad = 4.5, pair_pad = 2.5, bullet = 14;
static const double frame_pad = 10, frame_side = 14, frame_apart = 12;
static const double rule_short = 130, rule_long = 260, rule_least = 40; /* of a blank in a line */
static const double rule_above = 15, rule_line = 24;                    /* room to write in */
static const double box_size = 1.15; /* in relation to the text */

enum {
    LINES_MOST = 60,
    PROMPT_MOST = 200,    /* bytes that may stand below a rule */
    FOOT_MOST = 1000,     /* bytes at the foot of a page, more than a line has */
    PARAGRAPH_MOST = 4000 /* bytes without a line end: breaking lines takes their square */
};

enum ink { BLACK, ACCENT, GREY, PALE, TINT };
static const double inks[][3] = {[BLACK] = {0.1, 0.1, 0.1},
                                 [ACCENT] = {0.07, 0.2, 0.36},
                                 [GREY] = {0.33, 0.33, 0.33},
                                 [PALE] = {0.74, 0.74, 0.74},
                                 [TINT] = {0.955, 0.96, 0.97}};

enum style {
    TITLE,
    HEADING,
    SUBHEADING,
    BODY,
    ITEM,
    LABEL,
    VALUE,
    HEAD,
    CELL,
    FOOT,
    PROMPT,
    STYLES
};
static const struct {
    const char *tag; /* in the structure of the PDF */
    double size, above, below;
    PangoWeight weight;
    enum ink ink;
} styles[STYLES] = {
    [TITLE] = {"H1", 20, 0, 14, PANGO_WEIGHT_SEMIBOLD, ACCENT},
    [HEADING] = {"H2", 13.5, 22, 6, PANGO_WEIGHT_SEMIBOLD, ACCENT},
    [SUBHEADING] = {"H3", 11, 14, 4, PANGO_WEIGHT_SEMIBOLD, BLACK},
    [BODY] = {"P", 10.5, 7, 7, PANGO_WEIGHT_NORMAL, BLACK},
    [ITEM] = {"LBody", 10.5, 3, 3, PANGO_WEIGHT_NORMAL, BLACK},
    [LABEL] = {"TH", 10.5, 0, 0, PANGO_WEIGHT_SEMIBOLD, BLACK},
    [VALUE] = {"TD", 10.5, 0, 0, PANGO_WEIGHT_NORMAL, BLACK},
    [HEAD] = {"TH", 9, 0, 0, PANGO_WEIGHT_SEMIBOLD, ACCENT},
    [CELL] = {"TD", 9.5, 0, 0, PANGO_WEIGHT_NORMAL, BLACK},
    [FOOT] = {NULL, 8, 0, 0, PANGO_WEIGHT_NORMAL, GREY},
    [PROMPT] = {NULL, 7.5, 0, 0, PANGO_WEIGHT_NORMAL, GREY},
};

/* A line to write on, with the words below it or NULL. */
struct blank {
    double width;
    PangoLayout *prompt;
    struct blank *next;
};

struct line {
    PangoLayoutLine *line;
    double x, top, bottom, baseline;
};

struct cell {
    PangoLayout *layout;
    enum style style;
    const char *tag;
    double x;
    struct line *line;
    int n_lines;
    int next; /* the first line that no page has yet */
};

struct strip {
    uint32_t cell, n_cells; /* in paper->cell, from cell on */
    int group;
    const char *tag; /* around the cells, or NULL */
    double above, pad, height;
    bool keep;  /* on one page with the start of the next */
    bool whole; /* not parted, where a page has room for it */
    bool ruled; /* a line below it */
};

/* Strips that belong together: a list, a table, a frame. */
struct group {
    const char *tag;
    int parent;              /* or -1 */
    int frames;              /* around its strips, with itself */
    bool frame;              /* it is one */
    uint32_t heads, n_heads; /* strips that come again on each page */
    double heads_height;
    double x, width;
    double top, bottom; /* of the frame on the page in hand */
    int page;           /* which that is */
};

/* What a page has of a strip. */
struct part {
    uint32_t strip;
    int page;
    double y, height;
    double room;      /* for lines */
    bool more, again; /* not the first part; a head that came before */
};

struct paper {
    const struct tr_document *d;
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoContext *context;
    PangoFontDescription *font[STYLES];
    PangoAttrList *plain; /* of all text */
    struct blank *blanks;
    struct cell *cell;
    struct strip *strip;
    struct group *group;
    struct part *part;
    uint32_t n_cells, n_strips, n_groups, n_parts;
    int n_pages;

    int within;      /* group that strips are added to, or -1 */
    double x, width; /* of the column that they stand in */
    double below;    /* white that the strip before wants */
    double above;    /* that what is around the next strip wants */
    bool inside;     /* the next strip is the first in a frame */
    bool failed;     /* memory ran out */
};

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static double smaller(double a, double b)
{
    return a < b ? a : b;
}

static double points(int units)
{
    return (double)units / PANGO_SCALE;
}

/* The array with room for one more behind n: it doubles whenever n is a power of two. NULL: memory
 * is out, and the array as it was. */
static void *one_more(struct paper *paper, void *array, uint32_t n, size_t size)
{
    void *more = array;

    if ((n & (n - 1)) == 0)
        more = realloc(array, (n ? 2 * (size_t)n : 1) * size);
    paper->failed |= !more;
    return more;
}

/* ---- text ---- */

/* The runs of a block on their way into a layout. */
struct words {
    struct paper *paper;
    enum style style;
    double width;
    struct tr_str label; /* what stands beside the block, or above it */
    bool alone;          /* there is one run */
    struct tr_buf text;
    PangoAttrList *attributes;
    size_t since;         /* bytes since a line ended */
    int breaks;           /* before what comes next */
    enum tr_node_kind at; /* kind of the run before */
};

/* Length of the character at p, of which n bytes are there, when it is one that Unicode keeps from
 * being one, and that the library refuses; else 0. */
static size_t refused(const char *p, size_t n)
{
    const unsigned char *b = (const unsigned char *)p;

    if (n >= 3 && b[0] == 0xEF && b[1] == 0xB7 && b[2] >= 0x90 && b[2] <= 0xAF)
        return 3; /* U+FDD0 to U+FDEF */
    if (n >= 3 && b[0] == 0xEF && b[1] == 0xBF && b[2] >= 0xBE)
        return 3; /* U+FFFE, U+FFFF */
    if (n >= 4 && b[0] >= 0xF0 && (b[1] & 0xF) == 0xF && b[2] == 0xBF && b[3] >= 0xBE)
        return 4; /* the same in other planes */
    return 0;
}

static void add_line_end(struct words *w)
{
    tr_buf_char(&w->text, '\n');
    w->since = 0;
}

/* Adds what the library can take. Very long text has a line end at a space now and then, and very
 * long words at last, too. */
static void add_clean(struct words *w, struct tr_str s)
{
    for (size_t i = 0, n; i < s.len; i += n) {
        bool enough = w->since > PARAGRAPH_MOST && (s.p[i] == ' ' || (s.p[i] & 0xC0) != 0x80);

        n = refused(s.p + i, s.len - i);
        if (enough && (s.p[i] == ' ' || w->since > PARAGRAPH_MOST + 200))
            add_line_end(w);
        tr_buf_add(&w->text, n > 0 ? "\uFFFD" : s.p + i, n > 0 ? 3 : 1);
        n += n == 0;
        w->since += n;
    }
}

static PangoLayout *lay(struct paper *paper, enum style style, struct tr_str text, double width)
{
    PangoLayout *layout = pango_layout_new(paper->context);

    pango_layout_set_font_description(layout, paper->font[style]);
    pango_layout_set_width(layout, width < 0 ? -1 : (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout, text.len > 0 ? text.p : "", (int)text.len);
    pango_layout_set_attributes(layout, paper->plain);
    return layout;
}

/* The same of text that is not clean. */
static PangoLayout *lay_text(struct paper *paper, enum style style, struct tr_str text,
                             double width)
{
    struct words w = {0};
    PangoLayout *layout;

    add_clean(&w, text);
    layout = lay(paper, style, tr_buf_slice(&w.text), width);
    paper->failed |= w.text.failed;
    tr_buf_clear(&w.text);
    return layout;
}

static double width_of(PangoLayout *layout)
{
    PangoRectangle all;

    pango_layout_get_extents(layout, NULL, &all);
    return points(all.width);
}

static double height_of(PangoLayout *layout)
{
    PangoRectangle all;

    pango_layout_get_extents(layout, NULL, &all);
    return points(all.height);
}

static void mark(struct words *w, size_t from, PangoAttribute *attribute)
{
    attribute->start_index = (guint)from;
    attribute->end_index = (guint)w->text.len;
    pango_attr_list_insert(w->attributes, attribute);
}

static bool in_line(const struct words *w)
{
    return w->text.len > 0 && w->text.p[w->text.len - 1] != '\n';
}

/* What follows a box stays on its line. */
static void add_text(struct words *w, struct tr_str s)
{
    if (w->at == TR_D_BOX) {
        while (s.len > 0 && *s.p == ' ')
            s = (struct tr_str){s.p + 1, s.len - 1};
        tr_buf_text(&w->text, "\u00A0");
    }
    add_clean(w, s);
}

static void add_strong(struct words *w, struct tr_str s)
{
    size_t from = w->text.len;

    add_text(w, s);
    mark(w, from, pango_attr_weight_new(PANGO_WEIGHT_SEMIBOLD));
}

static void add_prompt(struct words *w, struct tr_str s)
{
    size_t from = w->text.len;
    const double *ink = inks[styles[PROMPT].ink];

    add_clean(w, s);
    mark(w, from, pango_attr_size_new_absolute((int)(styles[PROMPT].size * PANGO_SCALE)));
    mark(w, from,
         pango_attr_foreground_new((guint16)(ink[0] * 0xFFFF), (guint16)(ink[1] * 0xFFFF),
                                   (guint16)(ink[2] * 0xFFFF)));
}

static void add_box(struct words *w, const struct tr_node *box)
{
    size_t from;

    if (in_line(w))
        tr_buf_text(&w->text, "\u2002");
    from = w->text.len;
    tr_buf_text(&w->text, box->level ? "☒" : "☐");
    mark(w, from, pango_attr_family_new("DejaVu Sans"));
    mark(w, from,
         pango_attr_size_new_absolute((int)(styles[w->style].size * box_size * PANGO_SCALE)));
}

/* A rule in the line, which the words stand below. */
static void add_rule(struct words *w, double width, double above, PangoLayout *prompt)
{
    struct blank *blank = malloc(sizeof *blank);
    size_t from = w->text.len;
    double below = prompt ? height_of(prompt) + 2.5 : 3;
    PangoRectangle room = {0, (int)(-above * PANGO_SCALE), (int)(width * PANGO_SCALE),
                           (int)((above + below) * PANGO_SCALE)};

    if (!blank) {
        w->paper->failed = true;
        if (prompt)
            g_object_unref(prompt);
        return;
    }
    *blank = (struct blank){width, prompt, w->paper->blanks};
    w->paper->blanks = blank;
    tr_buf_text(&w->text, "\uFFFC");
    mark(w, from, pango_attr_shape_new_with_data(&room, &room, blank, NULL, NULL));
}

/* Words that are too long to stand below the rule stand before it. */
static void add_blank(struct words *w, const struct tr_node *node)
{
    double width = larger(smaller(w->width, w->alone ? rule_long : rule_short), rule_least);
    PangoLayout *prompt = NULL;

    if (w->at == TR_D_BOX)
        tr_buf_text(&w->text, "\u00A0");
    if (node->text.len > 0 && !tr_blank_is_said(node->text, w->label, &w->paper->failed)) {
        if (node->text.len <= PROMPT_MOST)
            prompt = lay_text(w->paper, PROMPT, node->text, -1);
        if (prompt && width_of(prompt) > width)
            g_clear_object(&prompt);
        if (!prompt) {
            add_prompt(w, node->text);
            tr_buf_char(&w->text, ' ');
        }
    }
    add_rule(w, width, rule_above, prompt);
}

/* Lines to write on, which end with one themselves. */
static void add_lines(struct words *w, const struct tr_node *node)
{
    if (in_line(w))
        add_line_end(w);
    if (node->text.len > 0 && !tr_blank_is_said(node->text, w->label, &w->paper->failed)) {
        add_prompt(w, node->text);
        add_line_end(w);
    }
    for (int i = 0; i < node->level && i < LINES_MOST; i++) {
        if (i > 0)
            add_line_end(w);
        add_rule(w, larger(w->width, rule_least), rule_line, NULL);
    }
    w->breaks = 1;
}

static void add_run(struct words *w, const struct tr_node *run)
{
    if (run->kind == TR_D_BREAK) {
        w->breaks += w->at != TR_D_BLANK || w->breaks == 0;
        w->at = TR_D_BREAK;
        return;
    }
    for (; w->breaks > 0; w->breaks--)
        add_line_end(w);
    if (run->kind == TR_D_BOX)
        add_box(w, run);
    else if (run->kind == TR_D_BLANK && run->level > 0)
        add_lines(w, run);
    else if (run->kind == TR_D_BLANK)
        add_blank(w, run);
    else if (run->kind == TR_D_STRONG)
        add_strong(w, run->text);
    else
        add_text(w, run->text);
    w->at = run->kind;
}

/* The layout of the runs of a block, in so much width. */
static PangoLayout *lay_runs(struct paper *paper, enum style style, uint32_t block, double width,
                             struct tr_str label)
{
    const struct tr_node *node = paper->d->node;
    struct words w = {.paper = paper,
                      .style = style,
                      .width = width,
                      .label = label,
                      .alone = node[block].end == block + 2,
                      .attributes = pango_attr_list_copy(paper->plain),
                      .at = TR_D_TEXT};
    PangoLayout *layout;

    for (uint32_t i = block + 1; i < node[block].end; i++)
        if (node[i].kind >= TR_D_TEXT)
            add_run(&w, &node[i]);
    layout = lay(paper, style, tr_buf_slice(&w.text), width);
    pango_layout_set_attributes(layout, w.attributes);
    pango_attr_list_unref(w.attributes);
    paper->failed |= w.text.failed;
    tr_buf_clear(&w.text);
    return layout;
}

/* ---- strips ---- */

static int frames_of(const struct paper *paper, int group)
{
    return group < 0 ? 0 : paper->group[group].frames;
}

/* The space that a line was broken at is drawn, as an empty piece of its own otherwise, which keeps
 * readers of the structure from what follows. */
static void keep_spaces(PangoLayoutLine *line)
{
    const char *text = pango_layout_get_text(line->layout);

    for (GSList *r = line->runs; r; r = r->next) {
        const PangoGlyphItem *run = r->data;
        const PangoGlyphString *glyphs = run->glyphs;
        hb_codepoint_t space;

        for (int i = 0; i < glyphs->num_glyphs; i++)
            if (glyphs->glyphs[i].glyph == PANGO_GLYPH_EMPTY &&
                text[run->item->offset + glyphs->log_clusters[i]] == ' ' &&
                hb_font_get_nominal_glyph(pango_font_get_hb_font(run->item->analysis.font), ' ',
                                          &space))
                glyphs->glyphs[i].glyph = space;
    }
}

/* The lines, below one another: the library adds up in a type that very many of them overflow. */
static void find_lines(struct paper *paper, struct cell *cell)
{
    PangoLayoutIter *iter = pango_layout_get_iter(cell->layout);
    int n = pango_layout_get_line_count(cell->layout);
    double y = 0;

    cell->line = calloc((size_t)n, sizeof *cell->line);
    paper->failed |= !cell->line;
    while (cell->line && cell->n_lines < n) {
        struct line *line = &cell->line[cell->n_lines++];
        PangoRectangle all;

        line->line = pango_layout_iter_get_line(iter);
        keep_spaces(line->line);
        pango_layout_iter_get_line_extents(iter, NULL, &all);
        line->x = points(all.x);
        pango_layout_line_get_extents(line->line, NULL, &all);
        line->top = y;
        line->baseline = y - points(all.y);
        y += points(all.height);
        line->bottom = y;
        if (!pango_layout_iter_next_line(iter))
            break;
    }
    pango_layout_iter_free(iter);
}

/* A strip below those that are there; what is added to it comes with add_cell. */
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

/* Takes the layout over. */
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
    *cell = (struct cell){.layout = layout, .style = style, .tag = styles[style].tag, .x = x};
    find_lines(paper, cell);
    strip->n_cells++;
}

/* Sets the lines of the cell so much lower; the first has the white above. */
static void lower(struct cell *cell, double drop)
{
    for (int i = 0; i < cell->n_lines; i++) {
        cell->line[i].top += i > 0 ? drop : 0;
        cell->line[i].bottom += drop;
        cell->line[i].baseline += drop;
    }
}

/* The cells of a strip stand with their first lines on one line, heads with their last. */
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

/* A group in that which is open, to be closed. */
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
    struct strip *strip = add_strip(paper, styles[style].above, styles[style].below);

    if (!strip)
        return;
    strip->keep = strip->whole = true;
    add_cell(paper, strip, lay_runs(paper, style, at, paper->width, TR_STR("")), style, paper->x);
    end_strip(paper, strip);
}

static void add_paragraph(struct paper *paper, uint32_t at)
{
    struct strip *strip = add_strip(paper, styles[BODY].above, styles[BODY].below);

    if (!strip)
        return;
    strip->keep = tr_block_introduces(paper->d, at);
    strip->whole = tr_block_has_lines(paper->d->node, at);
    add_cell(paper, strip, lay_runs(paper, BODY, at, paper->width, TR_STR("")), BODY, paper->x);
    end_strip(paper, strip);
}

static void add_item(struct paper *paper, uint32_t at)
{
    struct strip *strip = add_strip(paper, styles[ITEM].above, styles[ITEM].below);

    if (!strip)
        return;
    strip->tag = "LI";
    add_cell(paper, strip, lay(paper, ITEM, TR_STR("•"), bullet), ITEM, paper->x + 2);
    if (strip->n_cells > 0)
        paper->cell[strip->cell].tag = "Lbl";
    add_cell(paper, strip, lay_runs(paper, ITEM, at, paper->width - bullet, TR_STR("")), ITEM,
             paper->x + bullet);
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
    add_cell(paper, strip, lay_text(paper, LABEL, label, width), LABEL, paper->x);
    add_cell(paper, strip, lay_runs(paper, VALUE, at, paper->width - width - gap, label), VALUE,
             paper->x + width + gap);
    end_strip(paper, strip);
}

/* ---- tables ---- */

static enum style style_of_row(const struct tr_node *row)
{
    return row->level == 1 ? HEAD : CELL;
}

/* What the longest word of the cell takes; 0 for so much text that it does not matter. */
static double longest_word(struct paper *paper, enum style style, uint32_t cell)
{
    PangoLayout *layout = lay_runs(paper, style, cell, rule_least, TR_STR(""));
    double width = 0;

    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    pango_layout_set_width(layout, 0);
    if (strlen(pango_layout_get_text(layout)) <= PARAGRAPH_MOST)
        width = width_of(layout);
    g_object_unref(layout);
    return width;
}

static void measure_columns(struct paper *paper, uint32_t table, struct tr_share *column,
                            uint32_t n)
{
    const struct tr_node *node = paper->d->node;
    struct tr_str weights = node[table].text;

    for (uint32_t i = 0; i < n; i++)
        column[i] = (struct tr_share){.weight = tr_table_weight(&weights)};
    for (uint32_t r = table + 1; r < node[table].end; r = node[r].end)
        for (uint32_t c = r + 1, i = 0; c < node[r].end; c = node[c].end, i++) {
            column[i].least =
                larger(column[i].least, longest_word(paper, style_of_row(&node[r]), c));
            if (node[r].level == 1 && node[c].end > c + 1)
                column[i].head = node[c + 1].text;
        }
}

static void place_columns(struct paper *paper, struct tr_share *column, uint32_t n)
{
    double between = smaller(gap, paper->width / (2 * n)), x = paper->x;

    tr_share_width(column, n, paper->width - between * (n - 1));
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
    for (uint32_t c = row + 1, i = 0; c < node[row].end; c = node[c].end, i++)
        add_cell(
            paper, strip,
            lay_runs(paper, style, c, column[i].width, style == CELL ? column[i].head : TR_STR("")),
            style, column[i].x);
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
    uint32_t n = tr_table_width(paper->d->node, at);
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
    close_group(paper, styles[BODY].below);
}

/* A few pairs stay on one page: a place for signatures is not torn. */
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

    if (!open_group(paper, "Table", styles[BODY].above))
        return;
    for (uint32_t i = at + 1; i < node[at].end; i = node[i].end)
        add_pair(paper, i);
    keep_pairs(paper, from);
    close_group(paper, styles[BODY].below);
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
    static void (*const add[])(struct paper *, uint32_t) = {
        [TR_D_HEADING] = add_heading, [TR_D_PARAGRAPH] = add_paragraph, [TR_D_LIST] = add_list,
        [TR_D_PAIRS] = add_pairs,     [TR_D_TABLE] = add_table,         [TR_D_FRAME] = add_frame,
        [TR_D_BREAK] = NULL};
    const struct tr_node *node = paper->d->node;

    for (uint32_t i = from; i < end && !paper->failed; i = node[i].end)
        if (add[node[i].kind])
            add[node[i].kind](paper, i);
}

/* ---- pages ---- */

/* Where the next strip would stand. */
struct flow {
    struct paper *paper;
    double y;
    int group;      /* of the strip above */
    bool top;       /* nothing stands above */
    uint32_t start; /* the page's first part but for heads that come again */
};

/* The innermost group around both. */
static int common(const struct paper *paper, int a, int b)
{
    while (a != b)
        if (a > b)
            a = paper->group[a].parent;
        else
            b = paper->group[b].parent;
    return a;
}

/* White above the strip, with the edges of frames that end or begin there. */
static double lead(const struct flow *flow, const struct strip *strip)
{
    const struct paper *paper = flow->paper;
    int both = frames_of(paper, flow->top ? -1 : common(paper, flow->group, strip->group));
    int ends = flow->top ? 0 : frames_of(paper, flow->group) - both;
    int begins = frames_of(paper, strip->group) - both;

    return (ends + begins) * frame_pad + (flow->top ? 0 : strip->above);
}

/* Lines of the cell that so much room has. */
static int lines_in(const struct cell *cell, double space)
{
    int n = 0;

    while (cell->next + n < cell->n_lines &&
           cell->line[cell->next + n].bottom - cell->line[cell->next].top <= space + 0.01)
        n++;
    return n;
}

/* What n lines take. */
static double height_of_lines(const struct cell *cell, int n)
{
    return n > 0 ? cell->line[cell->next + n - 1].bottom - cell->line[cell->next].top : 0;
}

/* What the lines that no page has yet take. */
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
        int n = again ? 0 : lines_in(cell, space);

        part->more |= !again && cell->next > 0;
        height = larger(height, height_of_lines(cell, n));
        cell->next += n;
    }
    part->height = again ? s->height : height + 2 * s->pad;
    flow->y = part->y + part->height;
    flow->group = s->group;
    flow->top = false;
}

/* Starts a page for the strip, with the heads of its table where they are not too high. */
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

/* Takes headings from the foot of the page, which go with what follows; the strip to go on with. */
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

/* How much of the space a part of the strip takes: no line stands alone, on either side, unless
 * it must. -1: nothing fits. */
static double cut(const struct paper *paper, const struct strip *strip, double space, bool must)
{
    const struct cell *cell = &paper->cell[strip->cell + strip->n_cells - 1];
    int n = lines_in(cell, space), left = cell->n_lines - cell->next;
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

/* Places the strip, or what fits of it; the strip to go on with. */
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

static void paginate(struct paper *paper)
{
    struct flow flow = {.paper = paper, .y = margin_top, .group = -1, .top = true};

    paper->n_pages = 1;
    for (uint32_t i = 0; i < paper->n_strips && !paper->failed;)
        i = flow_strip(&flow, i);
    for (uint32_t i = 0; i < paper->n_cells; i++)
        paper->cell[i].next = 0;
}

/* ---- drawing ---- */

static void set_ink(cairo_t *cr, enum ink ink)
{
    cairo_set_source_rgb(cr, inks[ink][0], inks[ink][1], inks[ink][2]);
}

static void draw_rule(cairo_t *cr, double x, double y, double width, double height, enum ink ink)
{
    set_ink(cr, ink);
    cairo_rectangle(cr, x, y, width, height);
    cairo_fill(cr);
}

/* Pango calls this where a blank stands in a line. */
static void draw_blank(cairo_t *cr, PangoAttrShape *shape, gboolean path, gpointer data)
{
    const struct blank *blank = shape->data;
    double x, y;

    (void)data;
    if (path || !cairo_has_current_point(cr))
        return;
    cairo_get_current_point(cr, &x, &y);
    cairo_save(cr);
    draw_rule(cr, x, y + 1.5, blank->width, 0.6, GREY);
    if (blank->prompt) {
        set_ink(cr, styles[PROMPT].ink);
        cairo_move_to(cr, x, y + 2.5);
        pango_cairo_show_layout(cr, blank->prompt);
    }
    cairo_restore(cr);
}

/* Lines of a cell, the first of them at y. */
static void draw_lines(struct paper *paper, const struct cell *cell, int from, int n, double y)
{
    set_ink(paper->cr, styles[cell->style].ink);
    for (int i = from; i < from + n; i++) {
        const struct line *line = &cell->line[i];

        cairo_move_to(paper->cr, cell->x + line->x, y + line->baseline - cell->line[from].top);
        pango_cairo_show_layout_line(paper->cr, line->line);
    }
}

/* ---- what is no content ---- */

/* Widens the frames around the part, as this page has them. */
static void extend_frames(struct paper *paper, const struct part *part)
{
    int inner = paper->strip[part->strip].group;
    int depth = frames_of(paper, inner);

    for (int g = inner; g >= 0; g = paper->group[g].parent) {
        struct group *group = &paper->group[g];
        double pads = frame_pad * (depth - group->frames + 1);
        bool first = group->page != part->page;

        group->page = part->page;
        group->top = first ? part->y - pads : smaller(group->top, part->y - pads);
        group->bottom = larger(first ? 0 : group->bottom, part->y + part->height + pads);
    }
}

static void draw_frame(cairo_t *cr, const struct group *group)
{
    double height = group->bottom - group->top;

    draw_rule(cr, group->x, group->top, group->width, height, TINT);
    set_ink(cr, PALE);
    cairo_set_line_width(cr, 0.6);
    cairo_rectangle(cr, group->x, group->top, group->width, height);
    cairo_stroke(cr);
    draw_rule(cr, group->x, group->top, 3, height, ACCENT);
}

/* The frames around the part that are not drawn yet, the outer first. */
static void draw_frames(struct paper *paper, int g)
{
    if (g < 0)
        return;
    draw_frames(paper, paper->group[g].parent);
    if (paper->group[g].frame && paper->group[g].page >= 0)
        draw_frame(paper->cr, &paper->group[g]);
    paper->group[g].page = -1;
}

static void draw_row_rule(struct paper *paper, const struct part *part)
{
    const struct strip *strip = &paper->strip[part->strip];
    const struct group *group = &paper->group[strip->group];
    bool head = paper->cell[strip->cell].style == HEAD;
    double height = head ? 1 : 0.5;

    draw_rule(paper->cr, group->x, part->y + part->height - height, group->width, height,
              head ? ACCENT : PALE);
}

static void draw_again(struct paper *paper, const struct part *part)
{
    const struct strip *strip = &paper->strip[part->strip];

    for (uint32_t i = strip->cell; i < strip->cell + strip->n_cells; i++)
        draw_lines(paper, &paper->cell[i], 0, paper->cell[i].n_lines, part->y + strip->pad);
}

/* At the foot of the page, from the left or from the right; what it takes. */
static double draw_foot(struct paper *paper, struct tr_str text, double space, bool right)
{
    double y = page_height - margin_bottom + foot_below, width;
    PangoLayout *layout = lay_text(paper, FOOT, text, space);

    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    width = width_of(layout);
    set_ink(paper->cr, styles[FOOT].ink);
    cairo_move_to(paper->cr, right ? page_width - margin_side - width : margin_side, y);
    pango_cairo_show_layout(paper->cr, layout);
    g_object_unref(layout);
    return width;
}

static void draw_feet(struct paper *paper, int page)
{
    const struct tr_document *d = paper->d;
    struct tr_buf number = {0}, pages = {0}, text = {0};
    double width = page_width - 2 * margin_side;

    draw_rule(paper->cr, margin_side, page_height - margin_bottom + foot_below - 6, width, 0.5,
              PALE);
    tr_buf_num(&number, page + 1);
    tr_buf_num(&pages, paper->n_pages);
    tr_text_fill(tr_document_word(d, "document.page"),
                 (struct tr_fill[]){
                     {"page", tr_buf_slice(&number)}, {"pages", tr_buf_slice(&pages)}, {NULL}},
                 &text);
    width -= draw_foot(paper, tr_buf_slice(&text), -1, true) + gap;
    text.len = 0;
    tr_document_foot(d, &text);
    draw_foot(paper, tr_first_bytes(tr_buf_slice(&text), FOOT_MOST), width, false);
    paper->failed |= number.failed | pages.failed | text.failed;
    tr_buf_clear(&number);
    tr_buf_clear(&pages);
    tr_buf_clear(&text);
}

/* All that stands on the page, of parts from to end, and is no content. */
static void draw_aside(struct paper *paper, uint32_t from, uint32_t end, int page)
{
    cairo_tag_begin(paper->cr, TR_PDF_ASIDE, NULL);
    for (uint32_t i = from; i < end; i++)
        extend_frames(paper, &paper->part[i]);
    for (uint32_t i = from; i < end; i++)
        draw_frames(paper, paper->strip[paper->part[i].strip].group);
    for (uint32_t i = from; i < end; i++) {
        if (paper->strip[paper->part[i].strip].ruled)
            draw_row_rule(paper, &paper->part[i]);
        if (paper->part[i].again)
            draw_again(paper, &paper->part[i]);
    }
    draw_feet(paper, page);
    cairo_tag_end(paper->cr, TR_PDF_ASIDE);
}

/* ---- content ---- */

static void open_tags(struct paper *paper, int from, int to)
{
    if (to == from)
        return;
    open_tags(paper, from, paper->group[to].parent);
    cairo_tag_begin(paper->cr, paper->group[to].tag, NULL);
}

/* Closes and opens what lies between the group in hand and this one. */
static void enter(struct paper *paper, int group)
{
    int both = common(paper, paper->within, group);

    for (; paper->within != both; paper->within = paper->group[paper->within].parent)
        cairo_tag_end(paper->cr, paper->group[paper->within].tag);
    open_tags(paper, both, group);
    paper->within = group;
}

/* An entry of the outline that leads to a heading; those of the third level stand in that before.
 */
static void add_outline(struct paper *paper, const struct part *part, const struct cell *cell,
                        int *above)
{
    char where[64];
    int entry;

    if (cell->style != HEADING && cell->style != SUBHEADING)
        return;
    snprintf(where, sizeof where, "page=%d pos=[%d %d]", part->page + 1, (int)cell->x,
             (int)part->y);
    entry = cairo_pdf_surface_add_outline(paper->surface, cell->style == HEADING ? 0 : *above,
                                          pango_layout_get_text(cell->layout), where,
                                          CAIRO_PDF_OUTLINE_FLAG_OPEN);
    if (cell->style == HEADING)
        *above = entry;
}

static void draw_cell(struct paper *paper, const struct part *part, const struct strip *strip,
                      struct cell *cell)
{
    int n = lines_in(cell, part->room);
    const char *tag = part->more && strip->pad == 0 ? TR_PDF_MORE : cell->tag;

    if (n > 0 || strip->pad > 0) {
        cairo_tag_begin(paper->cr, tag, NULL);
        draw_lines(paper, cell, cell->next, n, part->y + strip->pad);
        cairo_tag_end(paper->cr, tag);
    }
    cell->next += n;
}

static void draw_part(struct paper *paper, const struct part *part, int *above)
{
    const struct strip *strip = &paper->strip[part->strip];
    bool tagged = strip->tag && !(part->more && strip->pad == 0);

    enter(paper, strip->group);
    if (!part->more)
        add_outline(paper, part, &paper->cell[strip->cell], above);
    if (tagged)
        cairo_tag_begin(paper->cr, strip->tag, NULL);
    for (uint32_t i = strip->cell; i < strip->cell + strip->n_cells; i++)
        draw_cell(paper, part, strip, &paper->cell[i]);
    if (tagged)
        cairo_tag_end(paper->cr, strip->tag);
}

static void draw_pages(struct paper *paper)
{
    int above = 0; /* entry of the outline */
    uint32_t from = 0;

    paper->within = -1;
    cairo_tag_begin(paper->cr, "Document", NULL);
    for (int page = 0; page < paper->n_pages; page++) {
        uint32_t end = from;

        while (end < paper->n_parts && paper->part[end].page == page)
            end++;
        draw_aside(paper, from, end, page);
        for (; from < end; from++)
            if (!paper->part[from].again)
                draw_part(paper, &paper->part[from], &above);
        if (page == paper->n_pages - 1) {
            enter(paper, -1);
            cairo_tag_end(paper->cr, "Document");
        }
        cairo_show_page(paper->cr);
    }
}

/* ---- the file ---- */

static cairo_status_t take_bytes(void *to, const unsigned char *p, unsigned n)
{
    tr_buf_add(to, p, n);
    return CAIRO_STATUS_SUCCESS;
}

static void set_metadata(struct paper *paper, cairo_pdf_metadata_t which, struct tr_str s)
{
    struct words w = {0};
    const char *z;

    add_clean(&w, s);
    z = tr_buf_z(&w.text);
    if (z && s.len > 0)
        cairo_pdf_surface_set_metadata(paper->surface, which, z);
    paper->failed |= w.text.failed;
    tr_buf_clear(&w.text);
}

/* The same layout on every machine: nothing is fitted to the dots of a screen. */
static void start_text(struct paper *paper)
{
    static const char *const languages[] = {"nb-no", "nn-no", "en-gb"};
    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    paper->context = pango_cairo_create_context(paper->cr);
    pango_cairo_context_set_font_options(paper->context, options);
    pango_cairo_context_set_resolution(paper->context, 72);
    pango_cairo_context_set_shape_renderer(paper->context, draw_blank, NULL, NULL);
    pango_context_set_round_glyph_positions(paper->context, FALSE);
    pango_context_set_language(paper->context,
                               pango_language_from_string(languages[paper->d->lang]));
    cairo_font_options_destroy(options);
    paper->plain = pango_attr_list_new(); /* a ligature is read as one letter, or none */
    pango_attr_list_insert(paper->plain, pango_attr_font_features_new("liga=0,clig=0"));
    for (int i = 0; i < STYLES; i++) {
        PangoFontDescription *font = pango_font_description_new();

        pango_font_description_set_family_static(font, "Open Sans,DejaVu Sans");
        pango_font_description_set_weight(font, styles[i].weight);
        pango_font_description_set_absolute_size(font, styles[i].size * PANGO_SCALE);
        paper->font[i] = font;
    }
}

static void start_paper(struct paper *paper, const struct tr_document *d, struct tr_buf *pdf)
{
    *paper = (struct paper){
        .d = d, .within = -1, .x = margin_side, .width = page_width - 2 * margin_side};
    paper->surface = cairo_pdf_surface_create_for_stream(take_bytes, pdf, page_width, page_height);
    cairo_pdf_surface_restrict_to_version(paper->surface, CAIRO_PDF_VERSION_1_5);
    set_metadata(paper, CAIRO_PDF_METADATA_TITLE,
                 d->title.len > 0 ? d->title : tr_document_word(d, "document.untitled"));
    set_metadata(paper, CAIRO_PDF_METADATA_AUTHOR, d->author);
    set_metadata(paper, CAIRO_PDF_METADATA_SUBJECT, d->reference);
    paper->cr = cairo_create(paper->surface);
    start_text(paper);
}

static void clear_paper(struct paper *paper)
{
    for (uint32_t i = 0; i < paper->n_cells; i++) {
        g_object_unref(paper->cell[i].layout);
        free(paper->cell[i].line);
    }
    while (paper->blanks) {
        struct blank *blank = paper->blanks;

        paper->blanks = blank->next;
        if (blank->prompt)
            g_object_unref(blank->prompt);
        free(blank);
    }
    for (int i = 0; i < STYLES; i++)
        pango_font_description_free(paper->font[i]);
    pango_attr_list_unref(paper->plain);
    g_object_unref(paper->context);
    cairo_destroy(paper->cr);
    cairo_surface_destroy(paper->surface);
    free(paper->cell);
    free(paper->strip);
    free(paper->group);
    free(paper->part);
}

static bool has_font(const struct paper *paper)
{
    PangoFont *font = pango_context_load_font(paper->context, paper->font[BODY]);

    if (font)
        g_object_unref(font);
    return font;
}

/* What failed, or NULL. */
static const char *draw(struct paper *paper)
{
    cairo_status_t status;

    if (!has_font(paper))
        return "no font was found";
    add_blocks(paper, 0, paper->d->n);
    if (!paper->failed)
        paginate(paper);
    if (!paper->failed)
        draw_pages(paper);
    status = cairo_status(paper->cr);
    cairo_surface_finish(paper->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(paper->surface);
    if (status == CAIRO_STATUS_NO_MEMORY)
        paper->failed = true;
    return status == CAIRO_STATUS_SUCCESS || paper->failed ? NULL : cairo_status_to_string(status);
}

/* Warnings of the library about text are nobody's to read: it draws what it can. */
static void drop(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer data)
{
    (void)domain, (void)level, (void)message, (void)data;
}

int tr_document_draw(const struct tr_document *d, struct tr_buf *pdf, struct tr_err *err)
{
    guint quiet = g_log_set_handler("Pango", (GLogLevelFlags)G_LOG_LEVEL_MASK, drop, NULL);
    struct paper paper;
    const char *fault;

    start_paper(&paper, d, pdf);
    fault = draw(&paper);
    pdf->failed |= paper.failed;
    clear_paper(&paper);
    g_log_remove_handler("Pango", quiet);
    return fault ? tr_err_set(err, TR_E_DOCUMENT_FORMAT, "PDF", fault, NULL) : 0;
}
