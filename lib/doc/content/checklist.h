/* A move-out plan as a document: whom and what it is about, what is missing, each point with its
 * tasks, and room for signatures. */
#ifndef TR_DOC_CONTENT_CHECKLIST_H
#define TR_DOC_CONTENT_CHECKLIST_H

#include "doc/document/document.h"
#include "domain/routine/plan.h"

/* Fills a document that was started. missing: records of tr_missing_kind; those from first on are
 * of this plan. name: show the person's name. */
void tr_checklist_make(struct tr_document *d, const struct tr_plan *plan,
                       const struct tr_records *missing, uint32_t first, bool name);

#endif
