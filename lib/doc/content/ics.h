/* Deadlines as a calendar (RFC 5545), one all-day event per deadline. A deadline has the same UID
 * each time it is written, so a calendar that has it already takes the change. Events hold the
 * case's reference, and no name unless identities are given. */
#ifndef TR_DOC_CONTENT_ICS_H
#define TR_DOC_CONTENT_ICS_H

#include "base/out.h"
#include "domain/routine/deadline.h"

/* Give all deadlines: those that are done or moot are written as cancelled, which takes them out of
 * the calendar. When memory runs out, tr_out_close reports it. */
void tr_ics_write(const struct tr_records *deadlines, const struct tr_routine *routine,
                  const struct tr_records *identities, enum tr_lang lang, int32_t as_of,
                  struct tr_out *out);

#endif
