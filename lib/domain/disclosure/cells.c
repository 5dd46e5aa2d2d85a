#include "domain/disclosure/cells.h"

#include <stdlib.h>

static bool grow(void *array, size_t *room, size_t wanted, size_t size)
{
    void **p = array, *bigger;
    size_t n = *room ? *room : 64;

    if (wanted <= *room)
        return true;
    while (n < wanted)
        n *= 2;
    bigger = realloc(*p, n * size);
    if (!bigger)
        return false;
    *p = bigger;
    *room = n;
    return true;
}

uint32_t tr_cells_add(struct tr_cells *c, const struct tr_cell *cell)
{
    if (!grow(&c->cell, &c->room, c->n + 1, sizeof *c->cell)) {
        c->failed = true;
        return 0;
    }
    c->cell[c->n] = *cell;
    return (uint32_t)c->n++;
}

static bool add_list(struct tr_terms *t, const struct tr_term *term, size_t n)
{
    size_t starts = t->room;

    if (!grow(&t->start, &starts, t->n + 2, sizeof *t->start))
        return false;
    t->room = starts;
    if (!grow(&t->term, &t->room_terms, t->n_terms + n, sizeof *t->term))
        return false;
    for (size_t i = 0; i < n; i++)
        t->term[t->n_terms + i] = term[i];
    t->start[t->n++] = t->n_terms;
    t->n_terms += n;
    t->start[t->n] = t->n_terms;
    return true;
}

void tr_cells_sum(struct tr_cells *c, const struct tr_term *term, size_t n)
{
    if (n > 1 && !add_list(&c->sum, term, n))
        c->failed = true;
}

static int32_t person_of(struct tr_cells *c, int32_t cell)
{
    while (c->cell[cell].person != cell)
        cell = c->cell[cell].person = c->cell[c->cell[cell].person].person;
    return cell;
}

/* A 1 and a 1 that it is part of count the same person. */
static void find_persons(struct tr_cells *c)
{
    for (size_t i = 0; i < c->n; i++)
        c->cell[i].person = c->cell[i].value == 1 && !c->cell[i].apart ? (int32_t)i : -1;
    for (size_t s = 0; s < c->sum.n; s++) {
        int32_t part = -1, whole = -1;

        for (size_t k = c->sum.start[s]; k < c->sum.start[s + 1]; k++) {
            struct tr_term t = c->sum.term[k];

            if (c->cell[t.at].person >= 0)
                *(t.sign > 0 ? &part : &whole) = (int32_t)t.at;
        }
        if (part >= 0 && whole >= 0)
            c->cell[person_of(c, part)].person = person_of(c, whole);
    }
    for (size_t i = 0; i < c->n; i++)
        if (c->cell[i].person >= 0)
            c->cell[i].person = person_of(c, (int32_t)i);
}

int tr_cells_close(struct tr_cells *c)
{
    struct tr_terms *by = &c->sums;

    if (c->failed)
        return -1;
    find_persons(c);
    by->n = c->n;
    by->n_terms = c->sum.n_terms;
    by->start = calloc(c->n + 2, sizeof *by->start);
    by->term = calloc(c->sum.n_terms + 1, sizeof *by->term);
    if (!by->start || !by->term)
        return -1;
    for (size_t k = 0; k < c->sum.n_terms; k++)
        by->start[c->sum.term[k].at + 2]++;
    for (size_t i = 2; i < c->n + 2; i++)
        by->start[i] += by->start[i - 1];
    for (size_t s = 0; s < c->sum.n; s++)
        for (size_t k = c->sum.start[s]; k < c->sum.start[s + 1]; k++)
            by->term[by->start[c->sum.term[k].at + 1]++] =
                (struct tr_term){(uint32_t)s, c->sum.term[k].sign};
    return 0;
}

void tr_cells_clear(struct tr_cells *c)
{
    free(c->cell);
    free(c->sum.term);
    free(c->sum.start);
    free(c->sums.term);
    free(c->sums.start);
    *c = (struct tr_cells){0};
}

bool tr_cells_add_up(const struct tr_cells *c, size_t *wrong)
{
    for (size_t s = 0; s < c->sum.n; s++) {
        int64_t off = 0;

        for (size_t k = c->sum.start[s]; k < c->sum.start[s + 1]; k++)
            off += c->sum.term[k].sign * c->cell[c->sum.term[k].at].value;
        if (off != 0) {
            *wrong = s;
            return false;
        }
    }
    return true;
}
