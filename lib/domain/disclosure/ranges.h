/* What anybody can work out of each hidden cell: from the sums, from what is shown, and from what the rules
 * say of hidden numbers. With real numbers: whole ones can be known to be in no wider range. */
#ifndef TR_DOMAIN_DISCLOSURE_RANGES_H
#define TR_DOMAIN_DISCLOSURE_RANGES_H

#include "domain/disclosure/cells.h"

struct tr_range {
    int64_t low, high; /* high -1: no end is known */
};

/* Of each cell; of a shown one its value twice. NULL: memory. The caller frees it. */
struct tr_range *tr_ranges_find(const struct tr_cells *c);

#endif
