/* Deadlines as a document with one table per status: what is overdue first, then what is due … */
#ifndef TR_DOC_CONTENT_AGENDA_H
#define TR_DOC_CONTENT_AGENDA_H

#include "doc/document/document.h"
#include "domain/routine/deadline.h"

/* Fills a document that was started. identities: names to show, or NULL. */
void tr_agenda_make(struct tr_document *d, const struct tr_records *deadlines,
                    const struct tr_routine *routine, const struct tr_records *identities,
                    int32_t as_of);

#endif
