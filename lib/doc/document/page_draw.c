/* Step 4 of page.c: pages are drawn. On each, first what is no content (frames, rules, repeated
 * heads, the foot), then its parts, each tagged as what it is. */
#include "doc/document/page_own.h"

#include <stdio.h>

static const double foot_below = 30; /* the foot's distance from the bottom of the text */
enum { FOOT_MOST = 1000 };           /* bytes at the foot of a page, more than a line has */

static void set_ink(cairo_t *cr, enum ink ink)
{
    cairo_set_source_rgb(cr, tr_page_inks[ink][0], tr_page_inks[ink][1], tr_page_inks[ink][2]);
}

static void draw_rule(cairo_t *cr, double x, double y, double width, double height, enum ink ink)
{
    set_ink(cr, ink);
    cairo_rectangle(cr, x, y, width, height);
    cairo_fill(cr);
}

/* A field: a frame, which the field lies on, and where that is. */
static void draw_field(struct paper *paper, const struct blank *blank, double x, double y)
{
    const struct tr_drawn_field field = {.node = blank->field,
                                         .page = paper->page,
                                         .x = x,
                                         .y = y,
                                         .width = blank->width,
                                         .height = blank->height,
                                         .row = blank->row,
                                         .label = blank->label};

    cairo_tag_begin(paper->cr, "Form", NULL);
    cairo_save(paper->cr);
    set_ink(paper->cr, GREY);
    cairo_set_line_width(paper->cr, 0.6);
    cairo_rectangle(paper->cr, x, y, blank->width, blank->height);
    cairo_stroke(paper->cr);
    cairo_restore(paper->cr);
    cairo_tag_end(paper->cr, "Form");
    tr_buf_add(paper->fields, &field, sizeof field);
}

/* The library calls this where a blank stands in a line. */
void tr_page_draw_blank(cairo_t *cr, PangoAttrShape *shape, gboolean path, gpointer data)
{
    const struct blank *blank = shape->data;
    double x, y;

    if (path || !cairo_has_current_point(cr))
        return;
    cairo_get_current_point(cr, &x, &y);
    if (blank->field) {
        draw_field(data, blank, x, y + points(shape->ink_rect.y + shape->ink_rect.height) - blank->height);
        return;
    }
    cairo_save(cr);
    draw_rule(cr, x, y + 1.5, blank->width, 0.6, GREY);
    if (blank->prompt) {
        set_ink(cr, tr_page_styles[PROMPT].ink);
        cairo_move_to(cr, x, y + 2.5);
        pango_cairo_show_layout(cr, blank->prompt);
    }
    cairo_restore(cr);
}

/* Marks the paper when a font of the line cannot be used: the library would draw nothing for it. */
static void check_fonts(struct paper *paper, PangoLayoutLine *line)
{
    for (GSList *run = line->runs; run; run = run->next) {
        PangoFont *font = ((PangoGlyphItem *)run->data)->item->analysis.font;
        cairo_scaled_font_t *scaled =
            PANGO_IS_CAIRO_FONT(font) ? pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font)) : NULL;

        if (!scaled || cairo_scaled_font_status(scaled) != CAIRO_STATUS_SUCCESS)
            paper->no_font = true;
    }
}

/* Draws n lines of a cell, the first of them at y. */
static void draw_lines(struct paper *paper, const struct cell *cell, int from, int n, double y)
{
    set_ink(paper->cr, tr_page_styles[cell->style].ink);
    for (int i = from; i < from + n; i++) {
        const struct line *line = &cell->line[i];

        cairo_move_to(paper->cr, cell->x + line->x, y + line->baseline - cell->line[from].top);
        check_fonts(paper, line->line);
        pango_cairo_show_layout_line(paper->cr, line->line);
    }
}

/* ---- what is no content ---- */

/* Extends the frames around the part so that they enclose it on this page. */
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

/* Draws the frames around group g that this page does not have yet, the outermost first. */
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

/* Draws text at the left or right of the foot; returns its width. */
static double draw_foot(struct paper *paper, struct tr_str text, double space, bool right)
{
    double y = page_height - margin_bottom + foot_below, width;
    PangoLayout *layout = tr_page_lay_text(paper, FOOT, text, space);

    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    width = tr_page_width_of(layout);
    set_ink(paper->cr, tr_page_styles[FOOT].ink);
    cairo_move_to(paper->cr, right ? page_width - margin_side - width : margin_side, y);
    check_fonts(paper, pango_layout_get_line_readonly(layout, 0));
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

/* Draws all of the page that is no content; parts from to end - 1 are the page's. */
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

/* Goes from the open group to this one: ends the tags of groups left, begins those of groups
 * entered. */
static void enter(struct paper *paper, int group)
{
    int both = tr_page_common(paper, paper->within, group);

    for (; paper->within != both; paper->within = paper->group[paper->within].parent)
        cairo_tag_end(paper->cr, paper->group[paper->within].tag);
    open_tags(paper, both, group);
    paper->within = group;
}

/* Adds a heading to the outline (bookmarks). *above: the last heading of level 2, under which those
 * of level 3 go. */
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
    int n = tr_page_lines_in(cell, part->room);
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

void tr_page_draw(struct paper *paper)
{
    int above = 0; /* entry of the outline */
    uint32_t from = 0;

    paper->within = -1;
    cairo_tag_begin(paper->cr, "Document", NULL);
    for (int page = 0; page < paper->n_pages; page++) {
        uint32_t end = from;

        paper->page = page;
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
