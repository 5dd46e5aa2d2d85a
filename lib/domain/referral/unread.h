/* Columns of an export that no field claims: each is told once, with the field that it may be. */
#ifndef TR_DOMAIN_REFERRAL_UNREAD_H
#define TR_DOMAIN_REFERRAL_UNREAD_H

#include "domain/profile/kind.h"
#include "domain/referral/import.h"

/* Says which columns of a header just bound belong to no field, and asks when none of them is an
 * indicator. Before the first row is read. told: the names said so far, which are not said again.
 * Without all, a column that comes near to no field is left out. Records that our own programs
 * wrote were told when they were made. -1: memory. */
int tr_unread_columns(const struct tr_profile *p, const struct tr_binding *b,
                      struct tr_reader *reader, bool all, struct tr_dict *told,
                      const struct tr_listener *listener);

#endif
