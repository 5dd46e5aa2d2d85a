/* Controlled rounding: every number becomes a multiple of a base, and all sums are still exact. */
#ifndef TR_DOMAIN_DISCLOSURE_ROUNDING_H
#define TR_DOMAIN_DISCLOSURE_ROUNDING_H

#include "domain/disclosure/cells.h"

/* Rounds all cells: none moves by more than base, none below 0; the sum of |move| * weight (of each
 * cell) is least. A zero stays zero unless nothing would fit then. *most: the farthest move of a cell
 * that is told. -1 with err: memory, or TR_E_NO_ROUNDING. */
int tr_rounding_make(const struct tr_cells *c, int64_t base, const double *weight, int64_t *rounded,
                     int64_t *most, struct tr_err *err);

#endif
