/* A move-out plan out of the document that checklist.h made, after people filled it in. Rows are
 * known by their labels, and what stands in them is read as what it is: nothing is guessed. */
#ifndef TR_DOC_CONTENT_CHECKLIST_READ_H
#define TR_DOC_CONTENT_CHECKLIST_READ_H

#include "doc/filled/filled.h"
#include "domain/routine/paper.h"

/* The form that the document was made from: the one that it names, or else the one whose title it has;
 * that of the plan, when it has none. */
const struct tr_plan_form *tr_checklist_find_form(const struct tr_paper_forms *forms,
                                                  const struct tr_filled *f);

/* Reads it. known, or NULL: a plan of the same case; what the document does not show is taken from
 * it. What was written where no field is goes into the remarks, and is told; so is what was deleted.
 * -1 when anything is wrong, all of which is told. Clear p in any case. */
int tr_checklist_read(struct tr_plan *p, const struct tr_plan_form *form, const struct tr_filled *f,
                      const struct tr_plan *known, const char *source,
                      const struct tr_listener *listener);

/* Adds what tells the form apart from others: the profile, the language and a sum of the items. */
void tr_checklist_form(const struct tr_plan_form *form, enum tr_lang lang, struct tr_buf *out);

#endif
