/* What the readers of filled-in documents share: the mark by which a document tells which form it was made
 * from, and how words are compared. Not for others. */
#ifndef TR_DOC_CONTENT_FORM_MARK_OWN_H
#define TR_DOC_CONTENT_FORM_MARK_OWN_H

#include "doc/document/document.h"

/* Adds the mark of a form of the profile in a language: it is another whenever its fields, all that
 * tells one from the next, are. */
void tr_form_mark(const struct tr_profile *p, enum tr_lang lang, struct tr_str fields,
                  struct tr_buf *out);

/* Marks the document as one of the form that has these marks, one a language; about: whom or what it is
 * about, or empty. */
typedef void (*tr_form_marks)(const struct tr_profile *p, enum tr_lang lang, struct tr_buf *out);
void tr_form_put_mark(struct tr_document *d, tr_form_marks add, struct tr_str about);

/* Whether a document with this mark is of the form that has these marks; *about: as it was put, or
 * empty. A document without a mark is known by its words. false: err has what it was made from. */
bool tr_form_known(const struct tr_profile *p, struct tr_str mark, tr_form_marks add, struct tr_str *about,
                   struct tr_err *err);

/* Whether they are the same but for case, spaces and signs. one and other are room to work in. */
bool tr_form_same(struct tr_str a, struct tr_str b, struct tr_buf *one, struct tr_buf *other);

/* Whether s is a text of texts.csv, in any language. */
bool tr_form_is_word(const struct tr_profile *p, struct tr_str s, const char *key, struct tr_buf *one,
                     struct tr_buf *other);

#endif
