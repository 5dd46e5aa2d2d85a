/* Text in HTML and SVG. */
#ifndef TR_DOC_TEXT_ESCAPE_H
#define TR_DOC_TEXT_ESCAPE_H

#include "base/out.h"

/* Writes text that is ready to be shown (tr_show_text): escaped for an element and for an attribute
 * in quotes. */
void tr_escape_html(struct tr_str shown, struct tr_out *out);

/* The same for text from the input, which is made harmless first. */
void tr_escape_html_input(struct tr_str s, struct tr_out *out);

#endif
