/* Numbers, and the sums among them. Whatever the tables were - wide, long, several that share numbers,
 * parts of numbers, groups of districts - this is what is left of them where it is decided which numbers
 * to hide: each sum says that some numbers, with signs, make 0.
 *
 * Fill with tr_cells_add and tr_cells_sum, then tr_cells_close. Memory that runs out is remembered until
 * then. */
#ifndef TR_DOMAIN_DISCLOSURE_CELLS_H
#define TR_DOMAIN_DISCLOSURE_CELLS_H

#include <stdbool.h>

#include "base/err.h"

enum tr_cell_state {
    TR_CELL_FREE,  /* may be hidden, may be shown */
    TR_CELL_SHOWN, /* stays: a zero, a total that must be seen, what was published before */
    TR_CELL_UNTOLD /* stands in no table: those whom a measure leaves out */
};

struct tr_cell {
    int64_t value;
    int64_t least;     /* everybody knows that it is no less, when it is hidden */
    int64_t low, high; /* of a small one: it might as well be low, and might be high */
    uint32_t weight;   /* what hiding it costs */
    int32_t owner;     /* whoever knows the whole row; -1: nobody */
    int32_t person;    /* of a 1: the lone person that it counts; -1. Set by tr_cells_close */
    enum tr_cell_state state;
    bool small;  /* to be hidden, and to stay so */
    bool apart;  /* it counts nobody of those whose numbers are protected */
    bool unsure; /* its value is made up: what was open before may stay so */
    bool hidden; /* small, untold, or hidden to protect a small one */
};

struct tr_term {
    uint32_t at; /* in a sum: the cell; of a cell: the sum */
    int32_t sign;
};

struct tr_terms { /* lists of terms, one after another: list i is from start[i] to start[i + 1] */
    struct tr_term *term;
    size_t *start;
    size_t n, n_terms, room, room_terms;
};

struct tr_cells {
    struct tr_cell *cell;
    size_t n, room;
    struct tr_terms sum;   /* the cells of each sum */
    struct tr_terms sums;  /* the sums of each cell; since tr_cells_close */
    bool failed;
};

/* The number of the new cell. */
uint32_t tr_cells_add(struct tr_cells *c, const struct tr_cell *cell);

/* Adds a sum; fewer than two terms say nothing, and are passed over. */
void tr_cells_sum(struct tr_cells *c, const struct tr_term *term, size_t n);

/* -1: memory. */
int tr_cells_close(struct tr_cells *c);
void tr_cells_clear(struct tr_cells *c);

/* Whether all sums are right. *wrong: the first that is not. */
bool tr_cells_add_up(const struct tr_cells *c, size_t *wrong);

static inline size_t tr_cells_hidden(const struct tr_cells *c)
{
    size_t n = 0;

    for (size_t i = 0; i < c->n; i++)
        n += c->cell[i].hidden && c->cell[i].state != TR_CELL_UNTOLD;
    return n;
}

#endif
