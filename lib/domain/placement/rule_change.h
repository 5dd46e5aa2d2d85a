/* What a change of rules would do: the same round by two profiles. */
#ifndef TR_DOMAIN_PLACEMENT_REVIEW_H
#define TR_DOMAIN_PLACEMENT_REVIEW_H

#include "domain/placement/certificate.h"

/* Somebody whose outcome differs. */
struct tr_rule_change {
    struct tr_str id;            /* the referral's */
    struct tr_str change;        /* placed lost moved decided new gone */
    struct tr_str before, after; /* institution, or decision when there is none */
    struct tr_str why;           /* rules, joined with |, that kept them before from where they are
                                    now, or keep them now from where they were; full: no rule did,
                                    others have the place, or had it */
};
extern const struct tr_kind tr_rule_change_kind;

/* Places people by each, and compares. Both rounds are linked and have their policy. */
int tr_rule_changes_find(struct tr_records *out, struct tr_certificate *before,
                    struct tr_certificate *after, struct tr_err *err);

#endif
