/* Names in free text: which of its words tell of somebody. Norwegian writes but names with a
 * capital within a sentence, so a word with one is a name unless it is known not to be: words.csv
 * lists such words, and names for where a sentence begins and for those who write without capitals.
 */
#ifndef TR_DOMAIN_REFERRAL_NAMES_H
#define TR_DOMAIN_REFERRAL_NAMES_H

#include "base/dict.h"
#include "domain/profile/profile.h"

struct tr_names {
    struct tr_dict known; /* bare words to what they are */
    struct tr_buf key, own;
};

/* Reads words.csv, the municipality's own and the toolkit's, and the names of the districts. */
int tr_names_load(struct tr_names *w, const struct tr_profile *p, struct tr_err *err);
void tr_names_clear(struct tr_names *w);

/* What is hidden: OWN: every word of two letters or more of the names given, also with a genitive s
 * and without its marks. ALL: what looks like anybody's name, too. */
enum tr_names_of { TR_NAMES_OWN, TR_NAMES_ALL };

/* Adds the text with [kind] in place of names; *hidden grows by how many. What stands in brackets
 * is left as it is. -1: memory. */
int tr_names_hide(struct tr_names *w, enum tr_names_of of, struct tr_str text,
                  const struct tr_str *names, size_t n, struct tr_str kind, struct tr_buf *out,
                  uint64_t *hidden);

#endif
