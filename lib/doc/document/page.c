/* From a document to the pages of a PDF. How many pages there are is known only when all is placed,
 * so nothing is drawn before everything has its place. Five steps, each of which only adds to what
 * the one before it made, and uses nothing of the ones after it:
 *
 *   1. page_text.c    the runs of a block become a layout: text with its breaks, blanks and boxes,
 *                     and from it lines with their heights.
 *   2. page_strips.c  blocks become strips, each below the one before: a paragraph, a row of a
 *                     table, a label with its value. A strip has cells beside each other, and a
 *                     cell has lines. The strips of a list, table or frame are a group; groups
 *                     can be in groups.
 *   3. page_flow.c    strips are dealt out to pages. What a page gets of a strip is a part; most
 *                     strips have one.
 *   4. page_draw.c    page by page, the parts are drawn and tagged: the structure of a tagged PDF.
 *   5. document_pdf.c reads the PDF again and mends what the drawing library has no word for.
 *
 * Example: a table of three rows, its heads and two more, near the foot of page 1. Step 2 makes
 * three strips in one group and marks the first as its head. Step 3 finds room for heads and one
 * row: parts for both on page 1; then, at the top of page 2, a part for the head again and one for
 * the last row. Step 4 draws the head twice, and tags the second as no content, so that it is read
 * out once.
 *
 * What must hold: cell.next is the first line that no page has yet. It moves forward in step 3, is
 * set back to 0 at its end, and moves in the same way in step 4. */
#include "doc/document/page_own.h"

static cairo_status_t take_bytes(void *to, const unsigned char *p, unsigned n)
{
    tr_buf_add(to, p, n);
    return CAIRO_STATUS_SUCCESS;
}

static void set_metadata(struct paper *paper, cairo_pdf_metadata_t which, struct tr_str s)
{
    struct tr_buf text = {0};
    const char *z;

    tr_page_clean(s, &text);
    z = tr_buf_z(&text);
    if (z && s.len > 0)
        cairo_pdf_surface_set_metadata(paper->surface, which, z);
    paper->failed |= text.failed;
    tr_buf_clear(&text);
}

/* Sets text up so that it is laid out the same on every machine: not fitted to the dots of a
 * screen. */
static void start_text(struct paper *paper)
{
    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    paper->context = pango_cairo_create_context(paper->cr);
    pango_cairo_context_set_font_options(paper->context, options);
    pango_cairo_context_set_resolution(paper->context, 72);
    pango_cairo_context_set_shape_renderer(paper->context, tr_page_draw_blank, paper, NULL);
    pango_context_set_round_glyph_positions(paper->context, FALSE);
    pango_context_set_language(paper->context,
                               pango_language_from_string(tr_lang_tags[paper->d->lang]));
    cairo_font_options_destroy(options);
    paper->plain =
        pango_attr_list_new(); /* no ligatures: a reader takes one for one letter or none */
    pango_attr_list_insert(paper->plain, pango_attr_font_features_new("liga=0,clig=0"));
    for (int i = 0; i < STYLES; i++) {
        PangoFontDescription *font = pango_font_description_new();

        pango_font_description_set_family_static(font, "Open Sans,DejaVu Sans");
        pango_font_description_set_weight(font, tr_page_styles[i].weight);
        pango_font_description_set_absolute_size(font, tr_page_styles[i].size * PANGO_SCALE);
        paper->font[i] = font;
    }
}

static void start_paper(struct paper *paper, const struct tr_document *d, struct tr_buf *pdf,
                        struct tr_buf *fields)
{
    *paper = (struct paper){
        .d = d, .fields = fields, .within = -1, .x = margin_side, .width = page_width - 2 * margin_side};
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

/* Draws the document; returns what failed, or NULL. */
static const char *draw(struct paper *paper)
{
    cairo_status_t status;

    if (!has_font(paper))
        return "no font was found";
    tr_page_add_strips(paper);
    if (!paper->failed)
        tr_page_flow(paper);
    if (!paper->failed)
        tr_page_draw(paper);
    if (paper->no_font)
        return "a font cannot be read";
    status = cairo_status(paper->cr);
    cairo_surface_finish(paper->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(paper->surface);
    if (status == CAIRO_STATUS_NO_MEMORY)
        paper->failed = true;
    return status == CAIRO_STATUS_SUCCESS || paper->failed ? NULL : cairo_status_to_string(status);
}

/* The library warns about text it cannot draw well. It draws what it can; nobody reads the
 * warnings. */
static void drop(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer data)
{
    (void)domain, (void)level, (void)message, (void)data;
}

int tr_document_draw(const struct tr_document *d, struct tr_buf *pdf, struct tr_buf *fields,
                     struct tr_err *err)
{
    guint quiet = g_log_set_handler("Pango", (GLogLevelFlags)G_LOG_LEVEL_MASK, drop, NULL);
    struct paper paper;
    const char *fault;

    start_paper(&paper, d, pdf, fields);
    fault = draw(&paper);
    pdf->failed |= paper.failed;
    clear_paper(&paper);
    g_log_remove_handler("Pango", quiet);
    return fault ? tr_err_set(err, TR_E_DOCUMENT_FORMAT, "PDF", fault, NULL) : 0;
}
