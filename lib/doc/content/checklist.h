/* A move-out plan as a document: what it is about, what is missing, each point with its tasks, and
 * room for signatures. */
#ifndef TR_DOC_CONTENT_CHECKLIST_H
#define TR_DOC_CONTENT_CHECKLIST_H

#include "doc/document/document.h"
#include "domain/routine/plan.h"

/* Fills a started document. missing: of this plan, of tr_missing_kind, from first on; name: whether
 * to show the person's name. */
void tr_checklist_make(struct tr_document *d, const struct tr_plan *plan,
                       const struct tr_records *missing, uint32_t first, bool name);

#endif
