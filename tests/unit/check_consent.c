/* Consent: every combination of the two fields that tell of it, in all three sets of tables. */
#include "made.h"

#include "domain/profile/consent.h"

static const char *const folders[] = {PROFILE, "share/profiles/sandnes", "share/skeleton"};

static const struct {
    const char *consent, *kind; /* codes; empty: unknown */
    enum tr_consent want;
} cases[] = {
    {"", "", TR_CONSENT_UNKNOWN},       {"ja", "", TR_CONSENT_GIVEN},
    {"nei", "", TR_CONSENT_REFUSED},    {"", "oral", TR_CONSENT_GIVEN},
    {"", "written", TR_CONSENT_GIVEN},  {"", "none", TR_CONSENT_REFUSED},
    {"ja", "oral", TR_CONSENT_GIVEN},   {"ja", "written", TR_CONSENT_GIVEN},
    {"ja", "none", TR_CONSENT_REFUSED}, {"nei", "oral", TR_CONSENT_REFUSED},
    {"nei", "written", TR_CONSENT_REFUSED}, {"nei", "none", TR_CONSENT_REFUSED},
};

static int code(const struct tr_profile *p, const char *list, const char *of)
{
    return *of ? tr_list_code(tr_profile_list(p, list), tr_str(of)) : -1;
}

START_TEST(all)
{
    for (size_t f = 0; f < COUNT(folders); f++) {
        struct tr_profile p;
        struct tr_err err;

        ck_assert_int_eq(tr_profile_load(&p, folders[f], TEXTS, &err), 0);
        for (size_t i = 0; i < COUNT(cases); i++)
            ck_assert_msg(tr_consent_of(&p, code(&p, "bool", cases[i].consent),
                                        code(&p, "consent_kind", cases[i].kind)) == cases[i].want,
                          "%s: ‘%s’, ‘%s’", folders[f], cases[i].consent, cases[i].kind);
        tr_profile_clear(&p);
    }
}
END_TEST

MAIN("consent", {all})
