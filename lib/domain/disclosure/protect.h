/* Chooses what to hide besides the small cells, so that none of them can be worked out: not from what is
 * shown, not with whole numbers, not by who knows the rules, and not by who knows a row or a number of
 * their own. */
#ifndef TR_DOMAIN_DISCLOSURE_PROTECT_H
#define TR_DOMAIN_DISCLOSURE_PROTECT_H

#include "domain/disclosure/shift.h"

struct tr_protect_choice {
    bool own_row;  /* even from who knows all cells of an owner */
    bool own_cell; /* even from somebody who is the only one that a cell counts */
    uint32_t work; /* how much may be tried; 0: TR_PROTECT_WORK */
};

enum { TR_PROTECT_WORK = 8, TR_PROTECT_SHOWN = 4 };

struct tr_protected {
    size_t small, more; /* hidden because they are small; hidden besides, of those that are told */
    uint64_t cost;      /* of what is hidden besides */
    uint64_t bound;     /* nothing cheaper can be safe */
    size_t fewest;      /* no choice that is safe hides fewer */
    bool exact;         /* cost is least, or as few are hidden as can be */
    /* When tr_protect fails with TR_E_UNSAFE: */
    uint32_t open;                    /* what cannot be protected */
    enum tr_insider insider;          /* from whom: who knows this row, or is this person */
    int32_t known;
    bool proven;                      /* whatever is hidden; else nothing was found */
    uint32_t shown[TR_PROTECT_SHOWN]; /* then: the first cells that stay shown and tell of it */
    uint32_t n_shown;
};

/* Sets hidden in the cells. -1 with err: memory, or TR_E_UNSAFE. */
int tr_protect(struct tr_cells *c, const struct tr_protect_choice *choice, struct tr_protected *out,
               struct tr_err *err);

/* Whether every small cell is safe with what is hidden now; proven by tables that fit, each checked. */
bool tr_protect_holds(const struct tr_cells *c, const struct tr_protect_choice *choice,
                      uint32_t *open);

#endif
