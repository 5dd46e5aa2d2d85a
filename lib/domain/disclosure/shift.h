/* Another table that fits what is shown: whole numbers to add to hidden cells so that every sum still
 * holds. When there is one in which a cell is n more, nobody can know that the cell is less than that. */
#ifndef TR_DOMAIN_DISCLOSURE_SHIFT_H
#define TR_DOMAIN_DISCLOSURE_SHIFT_H

#include "domain/disclosure/cells.h"

struct tr_move {
    uint32_t cell;
    int64_t by;
};

enum tr_insider { TR_KNOWS_NOTHING, TR_KNOWS_ROW, TR_KNOWS_PERSON };

/* Who asks, and what must be possible. */
struct tr_wish {
    uint32_t cell;
    int64_t by; /* other than 0 */
    enum tr_insider insider;
    int32_t known; /* the owner, or the person, whose cells the insider knows */
};

struct tr_shifter {
    const struct tr_cells *c;
    int64_t *shift;  /* of each cell */
    int64_t *off;    /* of each sum */
    uint32_t *open;  /* the sums that are off */
    uint32_t *place; /* of each sum, in open, from 1; 0: not there */
    size_t n_open;
    struct tr_move *step; /* of the search in hand; a cell may be in several */
    size_t n_steps;
    const struct tr_wish *wish;
    size_t steps_max; /* of the search in hand */
    uint64_t cost;   /* what may still be hidden */
    uint32_t nodes;  /* how much may still be tried */
    struct tr_choice *choice; /* a stack of what can be tried */
    size_t n_choices, room;
    bool cut_off; /* something was left untried for its length */
    bool failed;
};

enum { TR_STEPS_MAX = 64 };

/* -1: memory. */
int tr_shifter_init(struct tr_shifter *s, const struct tr_cells *c);
void tr_shifter_clear(struct tr_shifter *s);

/* Looks for a shift that hides cells of at most so much weight in addition, and tries at most so many
 * steps. The first of s->n_steps steps is the wish. */
bool tr_shift_find(struct tr_shifter *s, const struct tr_wish *wish, uint64_t cost,
                   uint32_t nodes);

/* Whether the insider knows the cell. */
static inline bool tr_shift_knows(const struct tr_cells *c, const struct tr_wish *w, uint32_t cell)
{
    return (w->insider == TR_KNOWS_ROW && c->cell[cell].owner == w->known) ||
           (w->insider == TR_KNOWS_PERSON && c->cell[cell].person == w->known);
}

#endif
