/* What the parts of a profile share: profile.c loads it, profile_find.c looks things up in it. Not for
 * others. */
#ifndef TR_DOMAIN_PROFILE_PROFILE_OWN_H
#define TR_DOMAIN_PROFILE_PROFILE_OWN_H

#include "domain/profile/profile.h"

/* The key of a spelling: folded, or the text itself when it is punctuation alone, such as "-". */
void tr_spelling_key(struct tr_str spelling, struct tr_buf *key);

/* A code without its leading zeros, which spreadsheets drop. */
struct tr_str tr_without_zeros(struct tr_str code);

#endif
