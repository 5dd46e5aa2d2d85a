/* Pictures as PNG, through the libraries for text and drawing. */
#include <pango/pangocairo.h>
#include <stdlib.h>

#include "doc/picture/picture.h"
#include "doc/text/show.h"

static cairo_status_t take(void *cookie, const unsigned char *p, unsigned n)
{
    tr_out_add(cookie, p, n);
    return CAIRO_STATUS_SUCCESS;
}

/* An ink such as #c4c9ce or #fff. */
static void set_ink(cairo_t *cr, const char *ink)
{
    unsigned long n = strtoul(ink + 1, NULL, 16);

    if (strlen(ink) == 4)
        n = (n >> 8) * 0x110000 + (n >> 4 & 15) * 0x1100 + (n & 15) * 0x11;
    cairo_set_source_rgb(cr, (double)(n >> 16) / 255, (double)(n >> 8 & 255) / 255,
                         (double)(n & 255) / 255);
}

static double number(const char **p)
{
    char *end;
    bool minus = **p == '-';
    double whole, tail = 0, unit = 1;

    whole = (double)strtol(*p + minus, &end, 10); /* no strtod: a locale may want another point */
    if (*end == '.')
        for (end++; *end >= '0' && *end <= '9'; end++)
            tail += (unit /= 10) * (*end - '0');
    *p = end + strspn(end, ", ");
    return (minus ? -1 : 1) * (whole + tail);
}

/* Draws the steps of a path, from what is at x, y. */
static void draw_steps(cairo_t *cr, const char *p, const char *end, double x, double y)
{
    while (p < end) {
        char step = *p++;
        double right = step == 'v' ? 0 : number(&p), down = step == 'h' ? 0 : number(&p);

        if (step == 'M')
            cairo_move_to(cr, x + right, y + down);
        else if (step == 'L')
            cairo_line_to(cr, x + right, y + down);
        else
            cairo_rel_line_to(cr, right, down);
    }
    cairo_stroke(cr);
}

static void draw_piece(cairo_t *cr, const struct tr_picture_mark *m)
{
    enum { TILE = 8 };
    const struct tr_picture_fill *f = &tr_picture_fills[m->fill];

    cairo_save(cr);
    cairo_rectangle(cr, m->x, m->y, m->width, m->height);
    cairo_clip_preserve(cr);
    set_ink(cr, f->ground);
    cairo_fill(cr);
    set_ink(cr, "#fff");
    cairo_set_line_width(cr, f->width);
    cairo_set_line_cap(cr, f->width > 2 ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    for (int y = (int)m->y / TILE; *f->pattern && y * TILE < m->y + m->height; y++)
        for (int x = (int)m->x / TILE; x * TILE < m->x + m->width; x++)
            draw_steps(cr, f->pattern, f->pattern + strlen(f->pattern), x * TILE, y * TILE);
    cairo_restore(cr);
    cairo_rectangle(cr, m->x, m->y, m->width, m->height);
    set_ink(cr, "#fff");
    cairo_set_line_width(cr, m->stroke);
    cairo_stroke(cr);
}

static void draw_path(cairo_t *cr, const struct tr_picture_mark *m)
{
    double dash[8];
    const char *p = m->dash ? m->dash : "";
    int n = 0;

    while (*p && n < 8)
        dash[n++] = number(&p);
    cairo_set_dash(cr, dash, n, 0);
    set_ink(cr, m->ink ? m->ink : TR_PICTURE_INK);
    cairo_set_line_width(cr, m->stroke);
    draw_steps(cr, m->words.p, m->words.p + m->words.len, 0, 0);
    cairo_set_dash(cr, dash, 0, 0);
}

static int draw_words(cairo_t *cr, const struct tr_picture_mark *m)
{
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoFontDescription *font = pango_font_description_from_string("sans-serif");
    struct tr_buf shown = {0};
    int width;

    tr_show_text(m->words, &shown);
    pango_font_description_set_absolute_size(font, m->size * PANGO_SCALE);
    pango_font_description_set_weight(font, m->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, shown.p ? shown.p : "", (int)shown.len);
    pango_layout_get_size(layout, &width, NULL);
    set_ink(cr, m->ink ? m->ink : TR_PICTURE_INK);
    cairo_move_to(cr, m->x - (double)width / PANGO_SCALE * m->anchor / 2,
                  m->y - (double)pango_layout_get_baseline(layout) / PANGO_SCALE);
    pango_cairo_show_layout(cr, layout);
    pango_font_description_free(font);
    g_object_unref(layout);
    tr_buf_clear(&shown);
    return shown.failed ? -1 : 0;
}

static int draw(cairo_t *cr, const struct tr_picture *p)
{
    const struct tr_picture_mark *m = (const void *)p->marks.p;
    int rc = 0;

    for (size_t i = 0; i < p->marks.len / sizeof *m; i++)
        switch (m[i].kind) {
        case TR_MARK_PIECE:
            draw_piece(cr, &m[i]);
            break;
        case TR_MARK_BOX:
            set_ink(cr, m[i].ink);
            cairo_rectangle(cr, m[i].x, m[i].y, m[i].width, m[i].height);
            cairo_fill(cr);
            break;
        case TR_MARK_PATH:
            draw_path(cr, &m[i]);
            break;
        case TR_MARK_WORDS:
            rc |= draw_words(cr, &m[i]);
            break;
        }
    return rc;
}

int tr_picture_png(const struct tr_picture *p, int pixels, struct tr_out *out, struct tr_err *err)
{
    double scale = pixels / (p->width + 2 * p->margin);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels,
                                                          (int)(p->height * scale + 0.5));
    cairo_t *cr = cairo_create(surface);
    cairo_status_t status;
    int rc;

    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, scale, scale);
    cairo_translate(cr, p->margin, 0);
    rc = draw(cr, p);
    status = cairo_status(cr);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png_stream(surface, take, out);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    out->buf.failed |= rc < 0 || p->marks.failed || p->words.failed ||
                       status == CAIRO_STATUS_NO_MEMORY;
    if (status == CAIRO_STATUS_SUCCESS || out->buf.failed)
        return 0;
    return tr_err_set(err, TR_E_DOCUMENT_FORMAT, "png", cairo_status_to_string(status), NULL);
}
