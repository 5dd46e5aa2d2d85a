/* Breaks text into lines of a given number of columns: at spaces, after a hyphen or slash between
 * letters, and within a word only when it is longer than a line. */
#ifndef TR_DOC_TEXT_WRAP_H
#define TR_DOC_TEXT_WRAP_H

#include "base/str.h"

struct tr_line {
    struct tr_str text;
    size_t width;
    bool hyphen; /* a word was cut: show a hyphen after the text (counted in width) */
};

/* Takes the next line off *rest, which gets shorter; false when nothing is left but spaces, and *rest
 * is then empty. So whoever goes on until *rest is empty comes to an end. limit >= 1. head: the text is a
 * column's head, in which a comma at the end of a line is left out. */
bool tr_wrap_next(struct tr_str *rest, size_t limit, bool head, struct tr_line *line);

/* Number of lines. */
size_t tr_wrap_lines(struct tr_str s, size_t limit, bool head);

/* The least limit at which no word is cut. */
size_t tr_wrap_least(struct tr_str s, bool head);

#endif
