/* Deadlines as a document with one table per status: what is overdue first, then what is due … */
#ifndef TR_DOC_CONTENT_AGENDA_H
#define TR_DOC_CONTENT_AGENDA_H

#include "doc/document/document.h"
#include "domain/routine/deadline.h"

/* Adds that the deadline is, or was done, late, and by how much; nothing when it is in time. */
void tr_agenda_late(const struct tr_profile *profile, const struct tr_deadline *deadline,
                    enum tr_lang lang, struct tr_buf *out);

/* Fills a document that was started. identities: names to show, or NULL. */
void tr_agenda_make(struct tr_document *d, const struct tr_records *deadlines,
                    const struct tr_routine *routine, const struct tr_records *identities,
                    int32_t as_of);

#endif
