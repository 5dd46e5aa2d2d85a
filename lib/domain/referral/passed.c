#include "domain/referral/passed.h"

#define AT(member) offsetof(struct tr_passed, member)

static const struct tr_member members[] = {
    {"referral_id", TR_M_ID, .at = AT(referral_id), .needed = true, .filled = true},
    {"institution_id", TR_M_ID, .at = AT(institution_id), .needed = true, .filled = true},
    {"person_id", TR_M_TEXT, .at = AT(person_id)},
    {"person_id_kind", TR_M_TEXT, .at = AT(person_id_kind)},
    {"name", TR_M_TEXT, .at = AT(name)},
    {"contact_name", TR_M_TEXT, .at = AT(contact_name)},
    {"contact_phone", TR_M_TEXT, .at = AT(contact_phone)},
    {"contact_email", TR_M_TEXT, .at = AT(contact_email)},
};

const struct tr_kind tr_passed_kind = {
    .name = "passed_on",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_passed),
};

bool tr_passed_has(int field)
{
    return tr_kind_member(&tr_passed_kind, tr_str(tr_fields[field].name)) >= 0;
}
