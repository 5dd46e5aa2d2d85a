/* Deadlines as a calendar (RFC 5545), one all-day event per deadline. A deadline has the same UID
 * each time it is written, and bytes of its own that change only when it does: SEQUENCE and DTSTAMP
 * follow from the log, not from the day of writing. Events hold the case's reference, and no name
 * unless identities are given. */
#ifndef TR_DOC_CONTENT_ICS_H
#define TR_DOC_CONTENT_ICS_H

#include "base/out.h"
#include "domain/routine/deadline.h"

struct tr_calendar {
    enum tr_lang lang;
    int32_t as_of;
    int32_t over_since; /* what was over before this day is left out; INT32_MAX leaves all out */
};

/* Give all deadlines: what is done or moot since over_since is written as cancelled, which takes it
 * out of the calendar. identities may be NULL. When memory runs out, tr_out_close reports it. */
void tr_ics_write(const struct tr_records *deadlines, const struct tr_routine *routine,
                  const struct tr_records *identities, const struct tr_calendar *calendar,
                  struct tr_out *out);

#endif
