/* Deadlines as a calendar (RFC 5545): a day-long event a deadline, with the same UID whenever it is
 * written again, so that a calendar that has it takes the change. It holds the case's reference,
 * and no name unless identities are given. */
#ifndef TR_DOC_CONTENT_ICS_H
#define TR_DOC_CONTENT_ICS_H

#include "base/out.h"
#include "domain/routine/deadline.h"

/* All deadlines should be given: what is no longer due is written as cancelled, which takes it out
 * of the calendar. Memory that runs out is told by out, when it is closed. */
void tr_ics_write(const struct tr_records *deadlines, const struct tr_routine *routine,
                  const struct tr_records *identities, enum tr_lang lang, int32_t as_of,
                  struct tr_out *out);

#endif
