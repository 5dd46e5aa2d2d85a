/* A move-out plan, filled in question by question. */
#ifndef TR_DOC_CONTENT_CHECKLIST_ASK_H
#define TR_DOC_CONTENT_CHECKLIST_ASK_H

#include "domain/routine/plan.h"

/* Adds what is to be asked of what is missing, with the choices if they are few. */
void tr_checklist_question(const struct tr_plan *p, const struct tr_missing *m, enum tr_lang lang,
                           struct tr_buf *out);

/* Adds the choices that there are; false: it is answered in words, or with a day. */
bool tr_checklist_choices(const struct tr_plan *p, const struct tr_missing *m, enum tr_lang lang,
                          struct tr_buf *out);

/* Puts the answer to number at of what tr_plan_missing found into the plan. -1 with err: it is no
 * answer to that, or memory is out. */
int tr_checklist_answer(struct tr_plan *p, const struct tr_records *missing, uint32_t at,
                        enum tr_lang lang, struct tr_str answer, struct tr_err *err);

#endif
