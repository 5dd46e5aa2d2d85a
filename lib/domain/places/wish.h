/* Wishes for institutions as people write them: ids, or names of institutions. */
#ifndef TR_DOMAIN_PLACES_WISH_H
#define TR_DOMAIN_PLACES_WISH_H

#include "domain/places/institution.h"

struct tr_wishes {
    const struct tr_records *institutions;
    struct tr_dict names, shared; /* folded; number of the institution; those of several */
};

/* -1: memory. */
int tr_wishes_start(struct tr_wishes *w, const struct tr_records *institutions);
void tr_wishes_clear(struct tr_wishes *w);

/* Adds the ids that are wished for to out, joined with |: a name that one institution alone has is
 * its id. What is neither stays as it is. */
void tr_wishes_read(const struct tr_wishes *w, struct tr_str wishes, struct tr_buf *out);

/* The id that differs from the text only in capitals, zeros or spaces; empty: none does, or several. */
struct tr_str tr_wishes_near(const struct tr_wishes *w, struct tr_str text);

#endif
