/* The mark by which a filled-in document tells which form it was made from. */
#ifndef TR_DOC_CONTENT_FORM_MARK_OWN_H
#define TR_DOC_CONTENT_FORM_MARK_OWN_H

#include "domain/profile/profile.h"

/* Adds the mark of a form of the profile in a language: it is another whenever its fields, all that
 * tells one from the next, are. */
void tr_form_mark(const struct tr_profile *p, enum tr_lang lang, struct tr_str fields,
                  struct tr_buf *out);

#endif
