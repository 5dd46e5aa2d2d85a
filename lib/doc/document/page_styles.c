/* How the pages look: colours, and the size, weight and white around each kind of text. */
#include "doc/document/page_own.h"

const double tr_page_inks[INKS][3] = {[BLACK] = {0.1, 0.1, 0.1},
                                      [ACCENT] = {0.07, 0.2, 0.36},
                                      [GREY] = {0.33, 0.33, 0.33},
                                      [PALE] = {0.74, 0.74, 0.74},
                                      [TINT] = {0.955, 0.96, 0.97}};

const struct tr_page_style tr_page_styles[STYLES] = {
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

_Static_assert(sizeof tr_page_styles / sizeof *tr_page_styles == STYLES, "each style has its row");
