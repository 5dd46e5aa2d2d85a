#include "doc/picture/picture.h"

#include "doc/text/escape.h"

const struct tr_picture_fill tr_picture_fills[TR_N_PICTURE_FILLS] = {
    {"#0b3c5d", "", 1.4},
    {"#c2600a", "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4", 1.4},
    {"#1d6b4f", "M4,4 h.01", 3},
    {"#8a8d91", "", 1.4},
    {"#6a1b7a", "M0,4 h8", 1.4},
    {"#2f80c4", "M4,0 v8", 1.4},
    {"#8c1c2e", "M0,0 l8,8 M8,0 l-8,8", 1.4},
    {"#7a6a00", "M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4", 1.4},
    {"#3d4347", "M0,4 h8 M4,0 v8", 1.4},
};

void tr_picture_clear(struct tr_picture *p)
{
    tr_buf_clear(&p->marks);
    tr_arena_clear(&p->words);
}

void tr_picture_piece(struct tr_picture *p, double x, double y, double width, double height,
                      int fill)
{
    fill %= TR_N_PICTURE_FILLS;
    p->fills = fill + 1 > p->fills ? fill + 1 : p->fills;
    tr_buf_add(&p->marks,
               &(struct tr_picture_mark){.kind = TR_MARK_PIECE,
                                         .x = x,
                                         .y = y,
                                         .width = width,
                                         .height = height,
                                         .fill = fill,
                                         .stroke = width < 4 ? 0.5 : 1.5}, /* or it would cover it */
               sizeof(struct tr_picture_mark));
}

void tr_picture_box(struct tr_picture *p, double x, double y, double width, double height,
                    const char *ink)
{
    tr_buf_add(&p->marks,
               &(struct tr_picture_mark){.kind = TR_MARK_BOX,
                                         .x = x,
                                         .y = y,
                                         .width = width,
                                         .height = height,
                                         .ink = ink},
               sizeof(struct tr_picture_mark));
}

/* Adds a number with at most one decimal, always after a point, whatever the locale. */
static void put_number(struct tr_buf *to, double x)
{
    long long tenths = (long long)(x * 10 + (x < 0 ? -0.5 : 0.5)), whole = tenths / 10;
    int rest = (int)(tenths % 10);

    tr_buf_text(to, rest < 0 && whole == 0 ? "-" : "");
    tr_buf_num(to, whole);
    if (rest != 0) {
        tr_buf_char(to, '.');
        tr_buf_num(to, rest < 0 ? -rest : rest);
    }
}

/* With a NUL behind, which belongs to none of the words. */
static struct tr_str keep(struct tr_picture *p, struct tr_str words)
{
    struct tr_buf text = {0};
    struct tr_str kept;

    tr_buf_str(&text, words);
    tr_buf_char(&text, '\0');
    kept = tr_arena_copy(&p->words, tr_buf_slice(&text));
    p->words.failed |= text.failed;
    tr_buf_clear(&text);
    return (struct tr_str){kept.p, kept.len > 0 ? kept.len - 1 : 0};
}

static void put_place(struct tr_buf *steps, char step, double x, double y)
{
    tr_buf_text(steps, steps->len ? " " : "");
    tr_buf_char(steps, step);
    put_number(steps, x);
    tr_buf_char(steps, ',');
    put_number(steps, y);
}

void tr_picture_move(struct tr_buf *steps, double x, double y)
{
    put_place(steps, 'M', x, y);
}

void tr_picture_draw(struct tr_buf *steps, double x, double y)
{
    put_place(steps, 'L', x, y);
}

void tr_picture_path(struct tr_picture *p, struct tr_str steps, const char *ink, double stroke,
                     const char *dash)
{
    tr_buf_add(&p->marks,
               &(struct tr_picture_mark){.kind = TR_MARK_PATH,
                                         .words = keep(p, steps),
                                         .ink = ink,
                                         .stroke = stroke,
                                         .dash = dash},
               sizeof(struct tr_picture_mark));
}

void tr_picture_line(struct tr_picture *p, double x, double y, double right, double down,
                     const char *ink)
{
    struct tr_buf steps = {0};

    tr_picture_move(&steps, x, y);
    tr_picture_draw(&steps, x + right, y + down);
    tr_picture_path(p, tr_buf_slice(&steps), ink, 1, NULL);
    p->marks.failed |= steps.failed;
    tr_buf_clear(&steps);
}

void tr_picture_words(struct tr_picture *p, double x, double y, struct tr_str words,
                      enum tr_picture_anchor anchor, bool bold, double size, const char *ink)
{
    tr_buf_add(&p->marks,
               &(struct tr_picture_mark){.kind = TR_MARK_WORDS,
                                         .x = x,
                                         .y = y,
                                         .words = keep(p, words),
                                         .anchor = anchor,
                                         .bold = bold,
                                         .size = size > 0 ? size : p->size,
                                         .ink = ink},
               sizeof(struct tr_picture_mark));
}

/* ---- SVG ---- */

static void put(struct tr_out *out, const char *before, double x, const char *after)
{
    tr_out_text(out, before);
    put_number(&out->buf, x);
    tr_out_text(out, after);
}

/* A name within the page, which may hold several pictures. */
static void put_id(const struct tr_picture *p, struct tr_out *out, const char *before, const char *name)
{
    tr_out_text(out, before);
    tr_out_text(out, name);
    if (p->number > 0)
        put(out, "-", p->number, "");
}

static void put_fills(const struct tr_picture *p, struct tr_out *out)
{
    tr_out_text(out, "<defs>\n");
    for (int i = 0; i < p->fills; i++) {
        const struct tr_picture_fill *f = &tr_picture_fills[i];

        put(out, "<pattern id=\"fill", i, "");
        put_id(p, out, "", "");
        tr_out_text(out, "\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
                         "<rect width=\"8\" height=\"8\" fill=\"");
        tr_out_text(out, f->ground);
        put(out, "\"/><path stroke=\"#fff\" stroke-width=\"", f->width, "\"");
        tr_out_text(out, f->width > 2 ? " stroke-linecap=\"round\" d=\"" : " d=\"");
        tr_out_text(out, f->pattern);
        tr_out_text(out, "\"/></pattern>\n");
    }
    tr_out_text(out, "</defs>\n");
}

static void put_ink(struct tr_out *out, const char *before, const char *ink)
{
    if (!ink)
        return;
    tr_out_text(out, before);
    tr_out_text(out, ink);
    tr_out_text(out, "\"");
}

static void put_mark(const struct tr_picture *p, const struct tr_picture_mark *m, struct tr_out *out)
{
    static const char *const anchors[] = {
        [TR_ANCHOR_START] = "",
        [TR_ANCHOR_MIDDLE] = " text-anchor=\"middle\"",
        [TR_ANCHOR_END] = " text-anchor=\"end\"",
    };

    switch (m->kind) {
    case TR_MARK_WORDS:
        put(out, "<text x=\"", m->x, "\"");
        put(out, " y=\"", m->y, "\"");
        tr_out_text(out, anchors[m->anchor]);
        tr_out_text(out, m->bold ? " font-weight=\"700\"" : "");
        if (m->size < p->size || m->size > p->size)
            put(out, " font-size=\"", m->size, "\"");
        put_ink(out, " fill=\"", m->ink);
        tr_out_text(out, ">");
        tr_escape_html_input(m->words, out);
        tr_out_text(out, "</text>\n");
        break;
    case TR_MARK_PATH:
        tr_out_text(out, "<path fill=\"none\"");
        put_ink(out, " stroke=\"", m->ink ? m->ink : TR_PICTURE_INK);
        if (m->stroke < 1 || m->stroke > 1)
            put(out, " stroke-width=\"", m->stroke, "\"");
        put_ink(out, " stroke-dasharray=\"", m->dash);
        tr_out_text(out, " d=\"");
        tr_out_str(out, m->words);
        tr_out_text(out, "\"/>\n");
        break;
    default:
        put(out, "<rect x=\"", m->x, "\"");
        put(out, " y=\"", m->y, "\"");
        put(out, " width=\"", m->width, "\"");
        put(out, " height=\"", m->height, "\"");
        put_ink(out, " fill=\"", m->ink);
        if (m->kind == TR_MARK_PIECE) {
            put(out, " fill=\"url(#fill", m->fill, "");
            put_id(p, out, "", "");
            put(out, ")\" stroke=\"#fff\" stroke-width=\"", m->stroke, "\"");
        }
        tr_out_text(out, "/>\n");
        break;
    }
}

void tr_picture_svg(const struct tr_picture *p, int pixels, struct tr_out *out)
{
    const struct tr_picture_mark *m = (const void *)p->marks.p;

    tr_out_text(out, pixels ? "<svg xmlns=\"http://www.w3.org/2000/svg\" " : "<svg ");
    put(out, "viewBox=\"", -p->margin, " 0 ");
    put(out, "", p->width + 2 * p->margin, " ");
    put(out, "", p->height, "\"");
    if (pixels > 0) {
        put(out, " width=\"", pixels, "\"");
        put(out, " height=\"", (int)(pixels * p->height / (p->width + 2 * p->margin) + 0.5), "\"");
        tr_out_text(out, " font-family=\"Helvetica,Arial,sans-serif\"");
    }
    put_id(p, out, " role=\"img\" aria-labelledby=\"", "chart-title");
    put_id(p, out, " ", "chart-text");
    tr_out_text(out, "\"");
    put(out, " font-size=\"", p->size, "\" fill=\"" TR_PICTURE_INK "\">\n");
    put_id(p, out, "<title id=\"", "chart-title");
    tr_out_text(out, "\">");
    tr_escape_html_input(p->title, out);
    put_id(p, out, "</title>\n<desc id=\"", "chart-text");
    tr_out_text(out, "\">");
    tr_escape_html_input(p->text, out);
    tr_out_text(out, "</desc>\n");
    if (pixels > 0)
        tr_out_text(out, "<rect x=\"-10%\" width=\"120%\" height=\"100%\" fill=\"#fff\"/>\n");
    if (p->fills > 0)
        put_fills(p, out);
    for (size_t i = 0; i < p->marks.len / sizeof *m; i++)
        put_mark(p, &m[i], out);
    tr_out_text(out, "</svg>\n");
    out->buf.failed |= p->marks.failed | p->words.failed;
}
