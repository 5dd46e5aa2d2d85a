/* Step 1 of page.c: the runs of a block become a layout, and the layout becomes lines. */
#include "doc/document/page_own.h"

static const double rule_short = 130, rule_long = 260, rule_least = 40; /* of a blank in a line */
static const double rule_above = 15, rule_line = 24; /* height to write in: in a line, on a line */
static const double field_above = 2;                  /* between a field and what stands above */
static const double box_size = 1.15;                 /* in relation to the text */

enum {
    PROMPT_MOST = 200, /* bytes that may stand below a rule */
    PARAGRAPH_MOST =
        4000 /* bytes without a line end; the time to break lines grows with the square */
};

/* The runs of a block on their way into a layout. */
struct words {
    struct paper *paper;
    enum style style;
    double width;
    struct tr_str label; /* what stands beside the block, or above it */
    bool alone;          /* the block has one run only */
    struct tr_buf text;
    PangoAttrList *attributes;
    size_t since;         /* bytes since a line ended */
    int breaks;           /* to add before the next run */
    enum tr_node_kind at; /* kind of the run before */
};

/* The length of the noncharacter at p (of which n bytes are there), or 0. Unicode reserves these
 * code points for internal use, and the library refuses text with them. */
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

/* Who has the page read aloud hears no line end: a space before it keeps the words apart. */
static void add_line_end(struct words *w)
{
    if (w->text.len > 0 && !strchr(" \n", w->text.p[w->text.len - 1]))
        tr_buf_char(&w->text, ' ');
    tr_buf_char(&w->text, '\n');
    w->since = 0;
}

/* Adds text that the library can take. Very long text gets a line end, at a space if there is one
 * within the next 200 bytes. */
static void add_clean(struct words *w, struct tr_str s)
{
    for (size_t i = 0, n; i < s.len; i += n) {
        bool enough = w->since > PARAGRAPH_MOST && (s.p[i] == ' ' || (s.p[i] & 0xC0) != 0x80);

        n = refused(s.p + i, s.len - i);
        if (enough && (s.p[i] == ' ' || w->since > PARAGRAPH_MOST + 200))
            add_line_end(w);
        if (s.p[i] == '\n')
            add_line_end(w);
        else
            tr_buf_add(&w->text, n > 0 ? "\uFFFD" : s.p + i, n > 0 ? 3 : 1);
        n += n == 0;
        w->since += n;
    }
}

void tr_page_clean(struct tr_str s, struct tr_buf *out)
{
    struct words w = {.text = *out};

    add_clean(&w, s);
    *out = w.text;
}

PangoLayout *tr_page_lay(struct paper *paper, enum style style, struct tr_str text, double width)
{
    PangoLayout *layout = pango_layout_new(paper->context);

    pango_layout_set_font_description(layout, paper->font[style]);
    pango_layout_set_width(layout, width < 0 ? -1 : (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout, text.len > 0 ? text.p : "", (int)text.len);
    pango_layout_set_attributes(layout, paper->plain);
    return layout;
}

/* Lays out text that may hold what the library refuses. */
PangoLayout *tr_page_lay_text(struct paper *paper, enum style style, struct tr_str text,
                              double width)
{
    struct words w = {0};
    PangoLayout *layout;

    add_clean(&w, text);
    layout = tr_page_lay(paper, style, tr_buf_slice(&w.text), width);
    paper->failed |= w.text.failed;
    tr_buf_clear(&w.text);
    return layout;
}

double tr_page_width_of(PangoLayout *layout)
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
    const double *ink = tr_page_inks[tr_page_styles[PROMPT].ink];

    add_clean(w, s);
    mark(w, from, pango_attr_size_new_absolute((int)(tr_page_styles[PROMPT].size * PANGO_SCALE)));
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
         pango_attr_size_new_absolute(
             (int)(tr_page_styles[w->style].size * box_size * PANGO_SCALE)));
}

/* Adds a piece to the line that tr_page_draw_blank draws; NULL: memory. */
static struct blank *add_shape(struct words *w, double width, double above, double below)
{
    struct blank *blank = malloc(sizeof *blank);
    size_t from = w->text.len;
    PangoRectangle room = {0, (int)(-above * PANGO_SCALE), (int)(width * PANGO_SCALE),
                           (int)((above + below) * PANGO_SCALE)};

    w->paper->failed |= !blank;
    if (!blank)
        return NULL;
    *blank = (struct blank){.width = width, .next = w->paper->blanks};
    w->paper->blanks = blank;
    tr_buf_text(&w->text, "\uFFFC");
    mark(w, from, pango_attr_shape_new_with_data(&room, &room, blank, NULL, NULL));
    return blank;
}

/* Adds a rule to write on to the line, with the prompt (or NULL) below it. Takes the prompt over.
 */
static void add_rule(struct words *w, double width, double above, PangoLayout *prompt)
{
    struct blank *blank = add_shape(w, width, above, prompt ? height_of(prompt) + 2.5 : 3);

    if (blank)
        blank->prompt = prompt;
    else if (prompt)
        g_object_unref(prompt);
}

/* How many lines of this width the text takes, about. */
static int lines_of(struct tr_str text, double width, double letter)
{
    int lines = 0, letters = (int)(width / letter);
    struct tr_str line;

    while (tr_str_part(&text, '\n', &line))
        lines += 1 + (int)tr_text_width(line) / (letters > 0 ? letters : 1);
    return lines < TR_BLANK_LINES_MOST ? lines : TR_BLANK_LINES_MOST;
}

/* A field: a box; or as high as what it says, and as its blank. */
static void add_field(struct words *w, const struct tr_node *node)
{
    double size = tr_page_styles[w->style].size, width = size * box_size, height = width;
    bool box = node->kind == TR_D_BOX, lines = node->control == TR_C_LINES;
    struct blank *blank;

    if (box && in_line(w))
        tr_buf_text(&w->text, "\u2002");
    if (lines && in_line(w))
        add_line_end(w);
    if (!box) {
        struct tr_str text = node->kind == TR_D_BLANK ? TR_STR("") : node->text;
        bool one = node->control == TR_C_CHOICE || node->control == TR_C_DATE;
        int n = one ? 1 : lines_of(text, w->width, size * 0.56);

        n = lines && n < node->level ? node->level : n;
        width = larger(lines ? w->width : smaller(w->width, rule_long), rule_least);
        height = n * size * 1.25 + 5;
    }
    blank = add_shape(w, width, height + field_above - (box ? 2 : size * 0.45),
                      box ? 2 : size * 0.45);
    if (blank) {
        blank->field = (uint32_t)(node - w->paper->d->node);
        blank->height = height;
        blank->row = w->paper->row;
        blank->label = w->label;
    }
    w->breaks = lines;
}

/* A blank within a line. A prompt that is too long to stand below the rule stands before it. */
static void add_blank(struct words *w, const struct tr_node *node)
{
    double width = larger(smaller(w->width, w->alone ? rule_long : rule_short), rule_least);
    PangoLayout *prompt = NULL;

    if (w->at == TR_D_BOX)
        tr_buf_text(&w->text, "\u00A0");
    if (node->text.len > 0 && !tr_blank_is_said(node->text, w->label, &w->paper->failed)) {
        if (node->text.len <= PROMPT_MOST)
            prompt = tr_page_lay_text(w->paper, PROMPT, node->text, -1);
        if (prompt && tr_page_width_of(prompt) > width)
            g_clear_object(&prompt);
        if (!prompt) {
            add_prompt(w, node->text);
            tr_buf_char(&w->text, ' ');
        }
    }
    add_rule(w, width, rule_above, prompt);
}

/* Ruled lines; they bring their own last line break. */
static void add_lines(struct words *w, const struct tr_node *node)
{
    if (in_line(w))
        add_line_end(w);
    if (node->text.len > 0 && !tr_blank_is_said(node->text, w->label, &w->paper->failed)) {
        add_prompt(w, node->text);
        add_line_end(w);
    }
    for (int i = 0; i < node->level && i < TR_BLANK_LINES_MOST; i++) {
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
    if (w->paper->d->fields && tr_node_is_field(run))
        add_field(w, run);
    else if (run->kind == TR_D_BOX)
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

PangoLayout *tr_page_lay_runs(struct paper *paper, enum style style, uint32_t block, double width,
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
        if (tr_node_is_run(node[i].kind))
            add_run(&w, &node[i]);
    layout = tr_page_lay(paper, style, tr_buf_slice(&w.text), width);
    pango_layout_set_attributes(layout, w.attributes);
    pango_attr_list_unref(w.attributes);
    paper->failed |= w.text.failed;
    tr_buf_clear(&w.text);
    return layout;
}

/* The width of the longest word of the cell; 0 for very long text, where measuring would take long
 * and the width does not matter. */
double tr_page_longest_word(struct paper *paper, enum style style, uint32_t cell)
{
    PangoLayout *layout = tr_page_lay_runs(paper, style, cell, rule_least, TR_STR(""));
    double width = 0;

    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    pango_layout_set_width(layout, 0);
    if (strlen(pango_layout_get_text(layout)) <= PARAGRAPH_MOST)
        width = tr_page_width_of(layout);
    g_object_unref(layout);
    return width;
}

/* ---- lines ---- */

/* Gives the space at which a line was broken the glyph of a space. The library would draw it as an
 * empty piece of its own, at which some readers of tagged PDF stop. */
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

/* Heights are added up here: the library does so in an int, which very many lines overflow. */
void tr_page_find_lines(struct paper *paper, struct cell *cell)
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
