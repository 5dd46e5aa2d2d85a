/* Values as people write them, in the language of the document or table: numbers, days, labels. And
 * text from the input made harmless, so that no writer of a format meets a control character or a
 * line end. */
#ifndef TR_DOC_TEXT_SHOW_H
#define TR_DOC_TEXT_SHOW_H

#include "domain/profile/profile.h"

/* Adds text from the input on one line: a run of line ends and tabs becomes one space; all else is
 * as tr_text_show has it. */
void tr_show_text(struct tr_str s, struct tr_buf *out);

/* Whether the cell is a number: digits, with an optional minus before them and an optional fraction
 * after a point; no leading zero, at most 18 bytes. */
bool tr_show_is_number(struct tr_str s);
double tr_show_number_of(struct tr_str s); /* its value */

/* Adds the number with its digits in groups of three (from five digits on), the decimal sign of the
 * language, and a real minus. Text that is no number is added as it is. */
void tr_show_number(struct tr_str s, enum tr_lang lang, struct tr_buf *out);

/* Whether the cell is a day of the calendar, written yyyy-mm-dd. */
bool tr_show_is_date(struct tr_str s);

/* Adds the day: 24.12.2026, in English 24 December 2026. Text that is no day is added as it is. */
void tr_show_date(struct tr_str s, enum tr_lang lang, struct tr_buf *out);

/* The same for a day as base/date.h numbers it; adds nothing for TR_NO_DAY. */
void tr_show_day(int32_t day, enum tr_lang lang, struct tr_buf *out);

/* A time of day, in minutes since midnight: 09.30, in English 09:30; adds nothing for a negative one. */
void tr_show_time(int32_t minutes, enum tr_lang lang, struct tr_buf *out);

/* Adds the labels of the entries in mask (bit i: entry i), with commas between. */
void tr_show_labels(const struct tr_list *list, uint64_t mask, enum tr_lang lang,
                    struct tr_buf *out);

#endif
