/* Hiding in free text what tells who somebody is, before the text travels: what the profile's
 * masks.csv describes, and names that are known. */
#ifndef TR_DOMAIN_REFERRAL_MASK_H
#define TR_DOMAIN_REFERRAL_MASK_H

#include "domain/profile/profile.h"
#include "domain/referral/names.h"

enum { TR_MASKS_MAX = 64 };

struct tr_masks {
    const struct tr_profile *profile;
    struct tr_str kind[TR_MASKS_MAX]; /* behind those of the patterns that of names, and that of places */
    struct tr_pattern *pattern[TR_MASKS_MAX]; /* that of places is at n + 1 */
    int of_kind[TR_MASKS_MAX];     /* the first pattern of the same kind, or n for that of names */
    uint64_t hidden[TR_MASKS_MAX]; /* how many so far, of a kind at that place */
    int n;
    struct tr_names known_names;
    struct tr_buf work[2];
};

/* Reads masks.csv; a pattern that cannot be understood is an error. */
int tr_masks_load(struct tr_masks *m, const struct tr_profile *p, struct tr_err *err);
void tr_masks_clear(struct tr_masks *m);

/* Whether the text is no more than codes: letters, digits and marks, in each part of a list fewer
 * digits than a telephone number has. Such a text is kept as it is, without a search. */
bool tr_masks_codes_only(struct tr_str text);

/* Adds the text with each thing to be hidden replaced by its kind in square brackets. Of names (n
 * of them) every word of two letters or more is hidden wherever it stands as a word; with
 * TR_NAMES_ALL, which is for sentences and not for names of places, whatever looks like a name,
 * too. -1: memory, or text that cannot be searched: then nothing of it may travel. */
int tr_masks_hide(struct tr_masks *m, enum tr_names_of of, struct tr_str text,
                  const struct tr_str *names, size_t n, struct tr_buf *out);

/* How many kinds there are to be told of in hidden. */
static inline int tr_masks_kinds(const struct tr_masks *m)
{
    return m->n + 2;
}

/* Adds the text with the names of the districts, of the municipality, and of offices named after a place, replaced
 * by their kind: for what is said of somebody whose address is protected. -1 as above. */
int tr_masks_hide_places(struct tr_masks *m, struct tr_str text, struct tr_buf *out);

/* Whether the text may tell where somebody lives: it has such a name, or what the patterns for addresses and
 * positions find. True as well when that cannot be told. */
bool tr_masks_tell_place(const struct tr_masks *m, struct tr_str text);

#endif
