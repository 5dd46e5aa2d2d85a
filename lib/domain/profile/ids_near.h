/* Ids in records that differ from another only in ways that people do not see: what stands under the one is not
 * counted with the other's, so that it is told. */
#ifndef TR_DOMAIN_PROFILE_IDS_NEAR_H
#define TR_DOMAIN_PROFILE_IDS_NEAR_H

#include "domain/profile/kind.h"
#include "record/seen/twins.h"

/* The ids so far. Starts zeroed. */
struct tr_ids_near {
    struct tr_dict known;
    struct tr_twins twins;
};

/* Takes the ids of records, each the first member, and tells those that are new and near to another, of these
 * records or earlier ones. listener NULL: they were told before. -1: memory. */
int tr_ids_near_take(struct tr_ids_near *n, const struct tr_records *r, const struct tr_listener *listener);

void tr_ids_near_clear(struct tr_ids_near *n);

#endif
