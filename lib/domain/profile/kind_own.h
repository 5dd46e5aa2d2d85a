/* What the parts of kind share: a kind's members (kind.c), sets read from files and documents
 * (kind_read.c), cells and files written (kind_write.c). */
#ifndef TR_DOMAIN_PROFILE_KIND_OWN_H
#define TR_DOMAIN_PROFILE_KIND_OWN_H

#include "domain/profile/kind.h"

static inline struct tr_str *text_at(const struct tr_member *m, const void *record)
{
    return (struct tr_str *)(void *)((char *)(uintptr_t)record + m->at);
}

static inline int32_t *number_at(const struct tr_member *m, const void *record)
{
    return (int32_t *)(void *)((char *)(uintptr_t)record + m->at);
}

static inline uint64_t *codes_at(const struct tr_member *m, const void *record)
{
    return (uint64_t *)(void *)((char *)(uintptr_t)record + m->at);
}

/* Makes the member unknown. */
void tr_member_clear(const struct tr_member *m, void *record);

/* The list of each member, NULL for those that hold no codes. */
void tr_kind_lists(const struct tr_kind *kind, const struct tr_profile *profile,
                   const struct tr_list **lists);

#endif
