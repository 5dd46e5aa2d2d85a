/* Hiding in free text what tells who somebody is, before the text travels: what the profile's
 * masks.csv describes, and names that are known. */
#ifndef TR_DOMAIN_REFERRAL_MASK_H
#define TR_DOMAIN_REFERRAL_MASK_H

#include "domain/profile/profile.h"

enum { TR_MASKS_MAX = 16 };

struct tr_masks {
    const struct tr_profile *profile;
    struct tr_str kind[TR_MASKS_MAX]; /* the last is that of names */
    struct tr_pattern *pattern[TR_MASKS_MAX];
    uint64_t hidden[TR_MASKS_MAX]; /* how many of each kind so far */
    int n;
};

/* Reads masks.csv; a pattern that cannot be understood is an error. */
int tr_masks_load(struct tr_masks *m, const struct tr_profile *p, struct tr_err *err);
void tr_masks_clear(struct tr_masks *m);

/* Adds the text with each thing to be hidden replaced by its kind in square brackets. Of names (n
 * of them) every word of two letters or more is hidden wherever it stands as a word, also with a
 * genitive s. -1: memory, or text that cannot be searched: then nothing of it may travel. */
int tr_masks_hide(struct tr_masks *m, struct tr_str text, const struct tr_str *names, size_t n,
                  struct tr_buf *out);

#endif
