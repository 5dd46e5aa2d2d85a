/* What the program makes of a file, and why: a table for who wonders at what was read. */
#ifndef TR_CLI_SNIFF_H
#define TR_CLI_SNIFF_H

#include "cli/input/referrals.h"

/* Opens all inputs and writes it of each to path, or to standard output when it is NULL. No row becomes a
 * referral. A header that cannot be used is said; then its columns are left out, and the status tells of
 * it. */
void tr_sniff_all(struct tr_app *app, enum tr_format format, const char *path);

#endif
