/* Lines of a calendar (RFC 5545), for deadlines (ics.c) and invitations (invite.c). A line is put
 * together in line, and goes to out when it is folded. */
#ifndef TR_DOC_CONTENT_ICS_OWN_H
#define TR_DOC_CONTENT_ICS_OWN_H

#include "base/out.h"

/* Writes the line, folded: no line is longer than 75 octets, and no character is cut. */
void tr_ics_fold(struct tr_buf *line, struct tr_out *out);

/* A whole line as it stands. */
void tr_ics_plain(struct tr_out *out, const char *line);

/* Adds a text value: characters with a meaning in iCalendar are escaped. */
void tr_ics_text(struct tr_buf *line, struct tr_str s);

/* A line NAME:text. */
void tr_ics_property(struct tr_out *out, struct tr_buf *line, const char *name, struct tr_str text);

/* Adds the day as yyyymmdd. */
void tr_ics_day(struct tr_buf *line, int32_t day);

/* The line of the UID: the same for the same n parts, and for no others. */
void tr_ics_uid(struct tr_buf *line, struct tr_out *out, const struct tr_str *part, int n);

#endif
