/* What happens in a case, a line an event: the log is only ever added to. */
#ifndef TR_DOMAIN_EVENT_H
#define TR_DOMAIN_EVENT_H

#include "domain/kind.h"

struct tr_event {
    struct tr_str case_id;
    int32_t date;
    struct tr_str type, by, note;
};

extern const struct tr_kind tr_event_kind;

/* Who a referral is about, as referral-anonymise keeps it. */
struct tr_identity {
    struct tr_str referral_id, own_id, person_id, name, birth_year;
    struct tr_str contact_name, contact_phone, contact_email, comment;
};

extern const struct tr_kind tr_identity_kind;

#endif
