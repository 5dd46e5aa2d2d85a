/* What writing a certificate, certificate.c, and reading one, certificate_read.c, share. Not for others. */
#ifndef TR_DOMAIN_PLACEMENT_CERTIFICATE_OWN_H
#define TR_DOMAIN_PLACEMENT_CERTIFICATE_OWN_H

#include "domain/placement/certificate.h"

extern const char tr_certificate_format[];    /* how it calls itself */
extern const char tr_certificate_hash_name[]; /* before a hash */

/* A rule that applies. */
struct tr_rule_row {
    struct tr_str rule;
    int32_t unknown;
};
extern const struct tr_kind tr_rule_row_kind;

#endif
