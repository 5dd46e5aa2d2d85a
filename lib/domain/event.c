#include "domain/event.h"

#define AT(member) offsetof(struct tr_event, member)

static const struct tr_member members[] = {
    {"case_id", TR_M_ID, .at = AT(case_id), .needed = true, .filled = true},
    {"date", TR_M_DATE, .at = AT(date), .needed = true, .filled = true},
    {"type", TR_M_ID, .at = AT(type), .needed = true, .filled = true},
    {"by", TR_M_TEXT, .at = AT(by)},
    {"note", TR_M_TEXT, .at = AT(note)},
};

const struct tr_kind tr_event_kind = {
    .name = "event",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_event),
};

#undef AT
#define AT(member) offsetof(struct tr_identity, member)

static const struct tr_member identity_members[] = {
    {"referral_id", TR_M_ID, .at = AT(referral_id), .needed = true, .filled = true},
    {"own_id", TR_M_TEXT, .at = AT(own_id), .needed = true},
    {"person_id", TR_M_TEXT, .at = AT(person_id)},
    {"name", TR_M_TEXT, .at = AT(name)},
    {"birth_year", TR_M_TEXT, .at = AT(birth_year)},
    {"contact_name", TR_M_TEXT, .at = AT(contact_name)},
    {"contact_phone", TR_M_TEXT, .at = AT(contact_phone)},
    {"contact_email", TR_M_TEXT, .at = AT(contact_email)},
    {"comment", TR_M_TEXT, .at = AT(comment)},
};

const struct tr_kind tr_identity_kind = {
    .name = "identity",
    .member = identity_members,
    .n_members = sizeof identity_members / sizeof *identity_members,
    .size = sizeof(struct tr_identity),
    .keyed = true,
};
