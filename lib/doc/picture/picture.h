/* A picture as a list of marks, in an order in which later ones cover earlier ones. Whoever draws knows no
 * format; a picture becomes SVG, in a page or as a file of its own, or PNG. */
#ifndef TR_DOC_PICTURE_PICTURE_H
#define TR_DOC_PICTURE_PICTURE_H

#include "base/arena.h"
#include "base/out.h"

/* Grounds of pieces. Each has a contrast of 3:1 or more against white, neighbours differ in lightness,
 * and each has its own pattern: they can be told apart in greyscale and by colour-blind readers. */
struct tr_picture_fill {
    const char *ground;
    const char *pattern; /* white lines on a tile of 8 by 8: paths of M, l, h and v */
    double width;        /* of the lines; round ends when it is wide */
};
enum { TR_N_PICTURE_FILLS = 9 };
extern const struct tr_picture_fill tr_picture_fills[TR_N_PICTURE_FILLS];

enum tr_picture_anchor { TR_ANCHOR_START, TR_ANCHOR_MIDDLE, TR_ANCHOR_END };

/* Ink of a mark; NULL: that of text. */
#define TR_PICTURE_INK "#1a1a1a"
#define TR_PICTURE_GRID "#c4c9ce"

struct tr_picture_mark {
    enum { TR_MARK_PIECE, TR_MARK_BOX, TR_MARK_PATH, TR_MARK_WORDS } kind;
    double x, y, width, height;
    int fill;            /* of a piece: in tr_picture_fills */
    const char *ink;     /* of a box, a path, words */
    const char *dash;    /* of a path: "8 4"; NULL: none */
    double stroke;       /* width of the edge of a piece, of a path */
    struct tr_str words; /* or the steps of a path: M and L; kept in the picture */
    double size;
    enum tr_picture_anchor anchor;
    bool bold;
};

struct tr_picture {
    double width, height, size; /* in units of its own; the usual size of words */
    double margin;              /* left and right of the width */
    struct tr_str title, text;  /* read out in place of the picture */
    int number;                 /* of those in a page, from 0 */
    int fills;                  /* how many are used */
    struct tr_buf marks;        /* struct tr_picture_mark */
    struct tr_arena words;
};

void tr_picture_clear(struct tr_picture *p);

/* A piece has a white edge that sets it apart from its neighbours. */
void tr_picture_piece(struct tr_picture *p, double x, double y, double width, double height,
                      int fill);
void tr_picture_box(struct tr_picture *p, double x, double y, double width, double height,
                    const char *ink);
void tr_picture_line(struct tr_picture *p, double x, double y, double right, double down,
                     const char *ink);
/* steps: made by tr_picture_move, to x, y, and tr_picture_draw, a line to there. Each is a place of its
 * own, so that what is rounded does not add up. */
void tr_picture_path(struct tr_picture *p, struct tr_str steps, const char *ink, double stroke,
                     const char *dash);
void tr_picture_move(struct tr_buf *steps, double x, double y);
void tr_picture_draw(struct tr_buf *steps, double x, double y);
/* x, y: where the line of words stands. */
void tr_picture_words(struct tr_picture *p, double x, double y, struct tr_str words,
                      enum tr_picture_anchor anchor, bool bold, double size, const char *ink);

/* As an SVG element of a page, or as a file so many pixels wide, which is 0 for the first. */
void tr_picture_svg(const struct tr_picture *p, int pixels, struct tr_out *out);

/* As PNG, so many pixels wide. -1 with err. */
int tr_picture_png(const struct tr_picture *p, int pixels, struct tr_out *out, struct tr_err *err);

#endif
