/* Which consents are missing for what: the acts that wait, in each case. A referral is not sent
 * without consent (referral-anonymise holds it back), and no offer is made outside the office
 * without (offer-make). */
#ifndef TR_DOMAIN_CASES_CONSENTS_H
#define TR_DOMAIN_CASES_CONSENTS_H

#include "domain/cases/cases.h"

struct tr_consent_missing {
    struct tr_str case_id;
    int32_t act;            /* entry of the list consent_act */
    int32_t because, since; /* the event that says why: not known, refused, withdrawn; its day */
    int32_t responsible;    /* for asking */
};
extern const struct tr_kind tr_consent_missing_kind;

/* Rows for the deadlines, kept and in order, whose step consent completes and that are open. A case
 * that seeks no place waits for no offer. Texts are borrowed. -1 with err. */
int tr_consents_find(struct tr_records *out, const struct tr_cases *c,
                     const struct tr_routine *routine, const struct tr_records *deadlines,
                     struct tr_err *err);

#endif
