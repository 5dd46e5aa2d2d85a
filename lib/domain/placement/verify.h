/* Whether a certificate proves what it claims: see the top of verify.c. It shares the rules of
 * placement with the search, and nothing of the search itself. */
#ifndef TR_DOMAIN_PLACEMENT_VERIFY_H
#define TR_DOMAIN_PLACEMENT_VERIFY_H

#include "domain/placement/certificate.h"

/* Checks, each fault naming who and where:
 * - the order is that of the priority, and no two are equal;
 * - everyone placed may go there, and no institution takes more than it has vacant;
 * - no one waits who could have a vacant place, or one held by somebody behind in the queue (for
 *   own priorities: behind in the institution's order);
 * - placed first: the closed sets prove that no set of people that is larger, or better in order of
 *   priority, could have been placed, and that no wish better than what each got could be met;
 * - every placement says what follows from that.
 * Number of faults said, at most some for each check; -1 with err when memory fails. */
int tr_verify(const struct tr_certificate *c, const struct tr_listener *listener,
              struct tr_err *err);

/* Whether a result read from a file is that of the certificate, row by row. Number of faults. */
int tr_verify_result(const struct tr_certificate *c, const struct tr_records *result,
                     const struct tr_listener *listener);

#endif
