/* An invitation as a request of iCalendar (RFC 5546): METHOD:REQUEST with the organizer and each
 * attendee by role, or METHOD:CANCEL. One calendar is one meeting. The UID stays when the meeting
 * moves, and SEQUENCE grows when it changes, and only then. It tells the case by its id and nothing
 * of who it is about: neither a name, nor what the meeting is to talk about; nor the place when the
 * address is protected. */
#ifndef TR_DOC_CONTENT_INVITE_H
#define TR_DOC_CONTENT_INVITE_H

#include "base/out.h"
#include "domain/routine/invitation.h"

/* Of one that is ready. When memory runs out, tr_out_close reports it. */
void tr_invite_write(const struct tr_invitation *invitation, enum tr_lang lang, struct tr_out *out);

#endif
