#include "domain/profile/consent.h"

static bool is(const struct tr_profile *p, const char *list_name, int entry, const char *code)
{
    const struct tr_list *list = tr_profile_list(p, list_name);

    return list && entry >= 0 && entry < list->n && tr_str_is(list->entry[entry].code, code);
}

enum tr_consent tr_consent_of(const struct tr_profile *p, int consent, int kind)
{
    if (is(p, "bool", consent, "nei") || is(p, "consent_kind", kind, "none"))
        return TR_CONSENT_REFUSED;
    return consent < 0 && kind < 0 ? TR_CONSENT_UNKNOWN : TR_CONSENT_GIVEN;
}
