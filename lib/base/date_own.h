/* Months and days of the week as words in front of a text. */
#ifndef TR_BASE_DATE_OWN_H
#define TR_BASE_DATE_OWN_H

#include "base/str.h"

/* Takes one off the front of *s, with a full stop behind it: Bokmål, Nynorsk or English, whole or short,
 * in either case. 1 to 12; 1 (Monday) to 7; 0: there is none, and *s is as it was. */
int tr_word_month(struct tr_str *s);
int tr_word_weekday(struct tr_str *s);

#endif
