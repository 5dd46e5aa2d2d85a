/* Checking a municipality's profile: every table against its schema, every reference, and what the
 * tables mean together. The schema is a table itself (share/schema/profile.csv), and so are the
 * codes that programs know by name (share/schema/profile_codes.csv). */
#ifndef TR_DOMAIN_CHECK_CHECK_H
#define TR_DOMAIN_CHECK_CHECK_H

#include "domain/profile/kind.h"

struct tr_profile_check {
    const char *dir;            /* the profile */
    const char *texts;          /* the toolkit's own sentences */
    const char *schema, *codes; /* the tables above */
};

/* Checks every table, and what it refers to. Reports every fault to the listener. Returns how many
 * there were, or -1 with err when the schema cannot be read or memory is out. */
int tr_profile_check_tables(const struct tr_profile_check *check,
                            const struct tr_listener *listener, struct tr_err *err);

/* Checks what tables without faults mean together: rules that cover everything once, events that
 * can happen, steps and services that lead somewhere, sentences that fit the toolkit's own. */
int tr_profile_check_meaning(const struct tr_profile *profile, const struct tr_listener *listener);

/* Where a fault is in its line: sets col from the source, the line and the field. */
void tr_profile_fault_place(struct tr_err *err);

#endif
