/* The identity part: what referral-anonymise keeps at home when a referral travels, and what the
 * register takes back by the reference code. Its columns are the fields that tr_fields marks as
 * kept. */
#ifndef TR_DOMAIN_REFERRAL_IDENTITY_H
#define TR_DOMAIN_REFERRAL_IDENTITY_H

#include "domain/profile/kind.h"

/* Who a referral is about, as referral-anonymise keeps it. */
struct tr_identity {
    struct tr_str referral_id, own_id, person_id, name, birth_year;
    int32_t protection; /* entry of the list */
    struct tr_str contact_name, contact_phone, contact_email, comment;
    struct tr_str kind; /* of person_id, once settled; in no column */
};

extern const struct tr_kind tr_identity_kind;

/* Reads who identities are about as the cells of a referral are read: numbers however they are written, words for an
 * identity that is not known; and hears them. *faults: cells that cannot be read, which are told. -1: memory. */
int tr_identities_settle(struct tr_records *identities, const struct tr_listener *listener, uint32_t *faults);

/* Lets what their texts say of a protected address count, and tells it; a name that says nothing else is none. */
void tr_identities_hear(struct tr_records *identities, const struct tr_listener *listener);

/* What it says of a field that is kept as a text (see tr_field_is_kept); empty for all other
 * fields. */
struct tr_str tr_identity_value(const struct tr_identity *identity, enum tr_field field);

/* How the address that belongs to a case is protected, in words; empty when it is not, or not
 * known. */
struct tr_str tr_identity_protection(const struct tr_records *identities, struct tr_str case_id,
                                     enum tr_lang lang);

/* Whether a code of protection (entry of the list, -1: unknown) protects somebody. */
bool tr_protects(const struct tr_profile *profile, int32_t protection);

/* The words for a code of protection (entry of the list, -1: unknown); empty when it protects
 * nobody. */
struct tr_str tr_protection_words(const struct tr_profile *profile, int32_t protection,
                                  enum tr_lang lang);

/* Adds to identities, read or started, that an address is protected, where they do not say so. -1:
 * memory. */
int tr_identity_protect(struct tr_records *identities, struct tr_str case_id, int32_t protection);

/* The name that belongs to a case; empty when it is not among them. identities may be NULL. */
struct tr_str tr_identity_name(const struct tr_records *identities, struct tr_str case_id);

#endif
