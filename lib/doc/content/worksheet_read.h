/* Answers out of a worksheet that worksheet.h made, after a professional filled it in. A question is known
 * by its words and an answer by its ticked box, in any language: nothing is guessed. */
#ifndef TR_DOC_CONTENT_WORKSHEET_READ_H
#define TR_DOC_CONTENT_WORKSHEET_READ_H

#include "doc/filled/filled.h"
#include "domain/profile/kind.h"

/* Fills answers, a table that is empty, with what was filled in, one answer a row: referral_id, field,
 * answer; the line of a row is its page. source is borrowed. What was written below the questions and is no
 * answer is told. -1 when anything is wrong, all of which is told. Clear answers in any case. */
int tr_worksheet_read(struct tr_table *answers, const struct tr_profile *p, const struct tr_filled *f,
                      const char *source, const struct tr_listener *listener);

/* Adds what tells the form apart from others: the profile, the language and a sum of the questions. */
void tr_worksheet_mark(const struct tr_profile *p, enum tr_lang lang, struct tr_buf *out);

#endif
