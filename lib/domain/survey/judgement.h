/* A judgement as a record of its own: of whom, what was judged, by whom, when and why. The fields are
 * those of a referral; a referral that has them holds one, the register keeps them all. */
#ifndef TR_DOMAIN_SURVEY_JUDGEMENT_H
#define TR_DOMAIN_SURVEY_JUDGEMENT_H

#include "domain/profile/kind.h"

struct tr_judgement {
    struct tr_str referral_id;
    int32_t group, housing_type; /* entries of judged_group and housing_type; -1: not judged */
    struct tr_str by, reason;    /* a role; free text */
    int32_t on;
};
extern const struct tr_kind tr_judgement_kind;

#endif
