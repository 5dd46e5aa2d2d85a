/* What people's text needs: padding, Unicode forms, comparing, width, Norwegian order.
 * The only user of libunistring. */
#ifndef TR_BASE_TEXT_H
#define TR_BASE_TEXT_H

#include "base/buf.h"

/* Without space, tab, CR, LF, no-break space (U+00A0, U+202F), U+200B and U+FEFF at both ends. */
struct tr_str tr_text_trim(struct tr_str s);

/* A code or an id as it was meant: without padding, an apostrophe in front (spreadsheets keep text
 * from being taken for a number with it), and characters that nobody sees, such as U+200B, U+00AD
 * and a byte order mark; dashes are hyphens. A part of s, or what was added to out when something inside had to go. */
struct tr_str tr_text_code(struct tr_str s, struct tr_buf *out);

/* Text without the apostrophe that is written before a cell that a spreadsheet would run as a
 * formula. It goes from nothing else, so that a name may begin with one. */
struct tr_str tr_text_unguard(struct tr_str s);

/* Whether a spreadsheet would run the text as a formula, padding, apostrophes and what nobody sees
 * before it or not, and the sign of full width or not. */
bool tr_text_is_formula(struct tr_str s);

/* The composed form (NFC) appended to out: "a" + ring above becomes "å". Invalid text is kept. */
void tr_text_compose(struct tr_str s, struct tr_buf *out);

/* The key under which spellings meet: composed, lower-case, letters and digits only. */
void tr_text_fold(struct tr_str s, struct tr_buf *out);

/* The key under which a name meets its spellings: lower-case letters without marks, ø as o, å and
 * aa as a, and the like; nothing else. */
void tr_text_bare(struct tr_str s, struct tr_buf *out);

/* What a character is. */
enum tr_char { TR_CHAR_OTHER, TR_CHAR_DIGIT, TR_CHAR_UPPER, TR_CHAR_LETTER };

/* The kind of the character that s begins with, a mark counts as the letter before it; gives its
 * length, 1 of an invalid byte. s is not empty. */
size_t tr_text_char(struct tr_str s, enum tr_char *kind);

/* Columns on a terminal. */
size_t tr_text_width(struct tr_str s);

/* Number of single-character edits (insert, delete, change, swap) between two short texts. */
size_t tr_text_distance(struct tr_str a, struct tr_str b);

/* Norwegian alphabetical order, which every list of names or labels is in: … z æ ø å, aa with å, ü
 * with y, ä with æ, ö with ø, other letters with the one they are made of. Marks count when letters
 * are the same, case last; <0, 0, >0. A total order: 0 only for equal bytes. It depends on no
 * locale. */
int tr_text_order(struct tr_str a, struct tr_str b);

/* Safe to show on a terminal: control characters, direction marks and separators of lines become
 * \xHH or \u{HHHH}. */
void tr_text_show(struct tr_str s, struct tr_buf *out);

/* Adds the template to out with each {name} replaced by its text; a name that is not given stays as
 * it is. fills ends with a row whose name is NULL. */
struct tr_fill {
    const char *name;
    struct tr_str text;
};
void tr_text_fill(struct tr_str template, const struct tr_fill *fills, struct tr_buf *out);

/* Choosing the nearest of several: start with best NULL, offer each, read best. Nothing is offered
 * as near that differs in more than about a third of its letters. */
struct tr_near {
    struct tr_str wanted;
    struct tr_str best;
    size_t distance;
};
void tr_near_offer(struct tr_near *near, struct tr_str candidate);
bool tr_near_found(const struct tr_near *near);

#endif
