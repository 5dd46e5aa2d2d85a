/* What the steps from a document to drawn pages share; page.c tells the whole. The one place that
 * includes the libraries for text and drawing. Lengths are points, 1/72 inch. Not for others. */
#ifndef TR_DOC_DOCUMENT_PAGE_OWN_H
#define TR_DOC_DOCUMENT_PAGE_OWN_H

#include <stdlib.h>

#include <cairo-pdf.h>
#include <hb.h>
#include <pango/pangocairo.h>

#include "doc/document/document_own.h"

/* ---- the sheet and the looks: page_styles.c ---- */

/* A4, upright. */
static const double page_width = 210 * 72 / 25.4, page_height = 297 * 72 / 25.4;
static const double margin_side = 62, margin_top = 60, margin_bottom = 72;
static const double gap = 10;       /* between cells */
static const double frame_pad = 10; /* between a frame's edge and what stands in it, up and down */

enum ink { BLACK, ACCENT, GREY, PALE, TINT, INKS };
extern const double tr_page_inks[INKS][3]; /* red, green, blue: 0 to 1 */

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
struct tr_page_style {
    const char *tag; /* in the structure of the PDF; NULL: no content */
    double size, above, below;
    PangoWeight weight;
    enum ink ink;
};
extern const struct tr_page_style tr_page_styles[STYLES];

/* ---- what the steps hand on ---- */

/* A line to write on, with words below it (or NULL) that say what for. */
struct blank {
    double width;
    PangoLayout *prompt;
    uint32_t field; /* node of what is filled in on the screen; 0: on paper */
    double height;  /* of a field */
    struct tr_str row, label;
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
    int next; /* the first line that is on no page yet */
};

struct strip {
    uint32_t cell, n_cells; /* in paper->cell, from cell on */
    int group;
    const char *tag; /* around the cells, or NULL */
    double above, pad, height;
    bool keep;  /* stays on one page with the start of the next strip */
    bool whole; /* not divided, if it fits on a page */
    bool ruled; /* has a line below it */
};

/* Strips that belong together: a list, a table, a frame. */
struct group {
    const char *tag;
    int parent;              /* or -1 */
    int frames;              /* how many are around its strips, this one included */
    bool frame;              /* the group is a frame */
    uint32_t heads, n_heads; /* strips that are repeated on each page */
    double heads_height;
    double x, width;
    double top, bottom; /* of the frame on the page being drawn */
    int page;           /* number of that page */
};

/* The lines of a strip that are on one page. */
struct part {
    uint32_t strip;
    int page;
    double y, height;
    double room; /* for lines */
    bool more;   /* the strip began on an earlier page */
    bool again;  /* a head, repeated */
};

struct paper {
    const struct tr_document *d;
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoContext *context;
    PangoFontDescription *font[STYLES];
    PangoAttrList *plain; /* attributes of all text */
    struct blank *blanks;
    struct tr_buf *fields; /* struct tr_drawn_field */
    int page;              /* that is drawn */
    struct tr_str row;     /* what the row in hand is about */
    struct cell *cell;
    struct strip *strip;
    struct group *group;
    struct part *part;
    uint32_t n_cells, n_strips, n_groups, n_parts;
    int n_pages;

    int within;      /* group that strips are added to, or -1 */
    double x, width; /* of the column that they stand in */
    double below;    /* white that the strip before wants below it */
    double above;    /* white that the groups around the next strip want above it */
    bool inside;     /* the next strip is the first in a frame */
    bool failed;     /* memory ran out */
    bool no_font;    /* one that is needed cannot be read */
};

static inline double larger(double a, double b)
{
    return a > b ? a : b;
}

static inline double smaller(double a, double b)
{
    return a < b ? a : b;
}

static inline double points(int units)
{
    return (double)units / PANGO_SCALE;
}

/* The array of n, with room for one more: it doubles whenever n is a power of two. NULL when memory
 * is out; the array is then as it was. */
static inline void *one_more(struct paper *paper, void *array, uint32_t n, size_t size)
{
    void *more = array;

    if ((n & (n - 1)) == 0)
        more = realloc(array, (n ? 2 * (size_t)n : 1) * size);
    paper->failed |= !more;
    return more;
}

/* How many frames are around the strips of the group; -1 is no group. */
static inline int frames_of(const struct paper *paper, int group)
{
    return group < 0 ? 0 : paper->group[group].frames;
}

/* ---- page_text.c: runs of a block become lines ---- */

/* Adds the text without the characters that the library refuses, and with a line end now and then
 * where a paragraph is so long that breaking it would take minutes. */
void tr_page_clean(struct tr_str s, struct tr_buf *out);

/* A layout of the text, or of the runs of a block, broken at width (-1: not broken); the caller's
 * to release. text of tr_page_lay must be clean. label: what stands beside the block, or above it.
 */
PangoLayout *tr_page_lay(struct paper *paper, enum style style, struct tr_str text, double width);
PangoLayout *tr_page_lay_text(struct paper *paper, enum style style, struct tr_str text,
                              double width);
PangoLayout *tr_page_lay_runs(struct paper *paper, enum style style, uint32_t block, double width,
                              struct tr_str label);
double tr_page_width_of(PangoLayout *layout);
double tr_page_longest_word(struct paper *paper, enum style style, uint32_t cell);

/* Fills in the cell's lines from its layout. */
void tr_page_find_lines(struct paper *paper, struct cell *cell);

/* ---- page_strips.c: blocks become strips, each below the one before ---- */

void tr_page_add_strips(struct paper *paper);

/* ---- page_flow.c: strips become parts of pages ---- */

void tr_page_flow(struct paper *paper);
int tr_page_lines_in(const struct cell *cell, double space);
int tr_page_common(const struct paper *paper, int a, int b);

/* ---- page_draw.c: parts are drawn ---- */

void tr_page_draw(struct paper *paper);
void tr_page_draw_blank(cairo_t *cr, PangoAttrShape *shape, gboolean path, gpointer data);

#endif
