/* Checks the letters of a profile before anybody gets one. */
#ifndef TR_DOC_CONTENT_LETTER_CHECK_H
#define TR_DOC_CONTENT_LETTER_CHECK_H

#include "domain/profile/kind.h"
#include "domain/profile/profile.h"

/* Reports every fault of the profile's letters.csv: names that a letter does not know or may not
 * know, blocks that do not exist, a decision without a letter. Returns how many there are. */
int tr_letter_check_profile(const struct tr_profile *p, const struct tr_listener *listener);

/* Whether the text, or the condition, names only what a letter may know; else -1 with the name in
 * err's first argument. */
int tr_letter_check_text(const struct tr_profile *p, struct tr_str text, struct tr_err *err);
int tr_letter_check_when(const struct tr_profile *p, struct tr_str when, struct tr_err *err);

#endif
