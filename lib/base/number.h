/* Whole numbers as people, spreadsheets and other programs write them. */
#ifndef TR_BASE_NUMBER_H
#define TR_BASE_NUMBER_H

#include "base/str.h"

/* Reads 1024, +5, -24 and U+2212 24; groups of three parted by a space, a no-break space (also the
 * narrow one) or an apostrophe; and nothing but zeros behind a point or a comma: 24,0. "1.024" is
 * no whole number, and "1.000", which may be one or a thousand, is not read. s has no padding. false: it is none, or above 15 digits. */
bool tr_number_read(struct tr_str s, long long *out);

/* Whether s is a number that a spreadsheet had no room for, and rounded: 1,23E+05. */
bool tr_number_is_rounded(struct tr_str s);

#endif
