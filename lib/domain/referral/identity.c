#include "domain/referral/identity.h"

#define AT(member) offsetof(struct tr_identity, member)

static const struct tr_member members[] = {
    {"referral_id", TR_M_ID, .at = AT(referral_id), .needed = true, .filled = true},
    {"own_id", TR_M_TEXT, .at = AT(own_id), .needed = true},
    {"person_id", TR_M_TEXT, .at = AT(person_id)},
    {"name", TR_M_TEXT, .at = AT(name)},
    {"birth_year", TR_M_TEXT, .at = AT(birth_year)},
    {"protection", TR_M_CODE, .at = AT(protection), .list = "protection"},
    {"contact_name", TR_M_TEXT, .at = AT(contact_name)},
    {"contact_phone", TR_M_TEXT, .at = AT(contact_phone)},
    {"contact_email", TR_M_TEXT, .at = AT(contact_email)},
    {"comment", TR_M_TEXT, .at = AT(comment)},
};

const struct tr_kind tr_identity_kind = {
    .name = "identity",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_identity),
    .keyed = true,
};

struct tr_str tr_identity_value(const struct tr_identity *identity, enum tr_field field)
{
    int m = tr_kind_member(&tr_identity_kind, tr_str(tr_fields[field].name));

    return m < 0 || !tr_member_is_text(&members[m])
               ? (struct tr_str){"", 0}
               : *(const struct tr_str *)(const void *)((const char *)identity + members[m].at);
}

static const struct tr_identity *identity_of(const struct tr_records *identities,
                                             struct tr_str case_id)
{
    int i = identities && identities->n ? tr_records_find(identities, case_id) : -1;

    return i < 0 ? NULL : (const struct tr_identity *)(const void *)identities->record + i;
}

struct tr_str tr_identity_protection(const struct tr_records *identities, struct tr_str case_id,
                                     enum tr_lang lang)
{
    const struct tr_identity *who = identity_of(identities, case_id);

    return who ? tr_protection_words(identities->profile, who->protection, lang)
               : (struct tr_str){"", 0};
}

bool tr_protects(const struct tr_profile *profile, int32_t protection)
{
    const struct tr_list *list = tr_profile_list(profile, "protection");

    return list && protection >= 0 && tr_says_protected(list->entry[protection].code);
}

struct tr_str tr_protection_words(const struct tr_profile *profile, int32_t protection,
                                  enum tr_lang lang)
{
    return tr_protects(profile, protection)
               ? tr_profile_list(profile, "protection")->entry[protection].label[lang]
               : (struct tr_str){"", 0};
}

int tr_identity_protect(struct tr_records *identities, struct tr_str case_id, int32_t protection)
{
    int at = (int)identities->n, known;
    struct tr_identity *who;

    if (!tr_protects(identities->profile, protection))
        return 0;
    known = tr_dict_add(&identities->ids, case_id, &at);
    if (known == 0) {
        who = tr_records_add(identities, 0);
        if (who)
            who->referral_id = tr_arena_copy(&identities->text, case_id);
        known = who && !identities->text.failed ? 0 : -1;
    }
    if (known < 0)
        return -1;
    who = (struct tr_identity *)(void *)identities->record + at;
    if (tr_protection_words(identities->profile, who->protection, TR_NB).len == 0)
        who->protection = protection;
    return 0;
}

struct tr_str tr_identity_name(const struct tr_records *identities, struct tr_str case_id)
{
    const struct tr_identity *who = identity_of(identities, case_id);

    return who ? who->name : (struct tr_str){"", 0};
}
