/* What the program makes of a file, and why: a table for who wonders at what was read. */
#ifndef TR_CLI_SNIFF_H
#define TR_CLI_SNIFF_H

#include "cli/referrals.h"

/* Writes it of all inputs, whose headers have not been bound. A header that cannot be used is said;
 * then its columns are left out, and the status tells of it. */
void tr_sniff(struct tr_referrals *r, enum tr_format format, struct tr_out *out);

#endif
