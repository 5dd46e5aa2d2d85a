/* What of a referral is passed on to an institution: who lives there or is offered a place, and whom to call in
 * the district. Its columns are the sealed fields that go along; what is not among them does not. */
#ifndef TR_DOMAIN_REFERRAL_PASSED_H
#define TR_DOMAIN_REFERRAL_PASSED_H

#include "domain/profile/kind.h"

struct tr_passed {
    struct tr_str referral_id, institution_id, person_id, person_id_kind, name;
    struct tr_str contact_name, contact_phone, contact_email;
};
extern const struct tr_kind tr_passed_kind;

/* Whether a field of a referral goes along. */
bool tr_passed_has(int field);

#endif
