/* Episodes: what happened to a person, as other systems have it: moves, admissions, calls of the
 * police. */
#ifndef TR_DOMAIN_FLOW_EPISODE_H
#define TR_DOMAIN_FLOW_EPISODE_H

#include "domain/profile/kind.h"

struct tr_episode {
    struct tr_str case_id;
    int32_t date;
    int32_t episode; /* entry of the list episode */
    struct tr_str source;
};

extern const struct tr_kind tr_episode_kind;

static inline struct tr_episode *tr_episode(const struct tr_records *r, uint32_t i)
{
    return (struct tr_episode *)(void *)r->record + i;
}

/* Which rows say what an earlier one does, of the same person, as where two exports overlap: a register has these once,
 * too. whose: a number for the person of a case; -1: nobody's that counts. *n: how many rows. The caller frees it;
 * NULL: memory. */
bool *tr_episodes_twice(const struct tr_records *episodes, int (*whose)(const void *cookie, struct tr_str case_id),
                        const void *cookie, uint32_t *n);

#endif
