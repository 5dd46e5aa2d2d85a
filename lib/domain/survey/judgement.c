#include "domain/survey/judgement.h"

#define AT(member) offsetof(struct tr_judgement, member)

static const struct tr_member members[] = {
    {"referral_id", TR_M_ID, .at = AT(referral_id), .needed = true, .filled = true},
    {"judged_group", TR_M_CODE, .at = AT(group), .list = "judged_group"},
    {"judged_housing_type", TR_M_CODE, .at = AT(housing_type), .list = "housing_type"},
    {"judged_by", TR_M_TEXT, .at = AT(by), .needed = true, .filled = true},
    {"judged_on", TR_M_DATE, .at = AT(on), .needed = true, .filled = true},
    {"judged_reason", TR_M_TEXT, .at = AT(reason)},
};

/* Something is judged. */
static enum tr_code check(const void *record, const char **member)
{
    const struct tr_judgement *j = record;

    *member = "judged_group";
    return j->group < 0 && j->housing_type < 0 ? TR_E_VALUE_MISSING : TR_OK;
}

const struct tr_kind tr_judgement_kind = {
    .name = "judgement",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_judgement),
    .check = check,
};
