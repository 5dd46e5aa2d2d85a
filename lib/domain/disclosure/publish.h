/* What leaves the office: tables in which numbers are hidden or rounded, and the certificate of why that is
 * safe. */
#ifndef TR_DOMAIN_DISCLOSURE_PUBLISH_H
#define TR_DOMAIN_DISCLOSURE_PUBLISH_H

#include "domain/disclosure/counts.h"
#include "domain/disclosure/protect.h"

/* Writes table number t: hidden cells as TR_HIDDEN, all others as they are, or as in rounded (of each
 * cell; NULL: none are). Rows come in the order of their keys, totals last: the order of the input may
 * tell which number is greater. -1: memory. */
int tr_counts_write(const struct tr_counts *k, uint32_t t, const int64_t *rounded,
                    enum tr_format format, struct tr_out *out);

struct tr_publish_method {
    const char *name; /* suppress, round */
    int64_t base;     /* of rounding */
    const struct tr_protected *result;
    int64_t most;     /* rounding: the farthest that a number was moved */
};

/* Writes the certificate, JSON: the rules, and of each hidden cell the range that everybody can work out
 * from what is shown. No hidden number is in it, nor what tells which are the small ones. -1: memory. */
int tr_counts_certify(const struct tr_counts *k, const struct tr_publish_method *method,
                      struct tr_out *out);

#endif
