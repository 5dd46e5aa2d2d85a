/* Forms of inspections out of the document that site_form.h made, after people filled it in. Sites
 * are known by their headings and points by their words, in any language: nothing is guessed. */
#ifndef TR_DOC_CONTENT_SITE_FORM_READ_H
#define TR_DOC_CONTENT_SITE_FORM_READ_H

#include "doc/filled/filled.h"
#include "domain/homes/inspection.h"

/* Fills out, a set that starts empty, with the points that the document has of the sites, and what
 * was written beside them as points without a name. -1 when anything is wrong, all of which is told.
 * Clear out in any case. */
int tr_site_form_read(struct tr_records *out, const struct tr_records *sites,
                      const struct tr_site_rules *rules, const struct tr_filled *f,
                      const char *source, const struct tr_listener *listener);

/* Adds what tells the form apart from others: the profile, the language and a sum of the points. */
void tr_site_form_mark(const struct tr_profile *p, enum tr_lang lang, struct tr_buf *out);

#endif
