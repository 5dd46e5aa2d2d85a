#include "domain/attack/system.h"

#include <stdlib.h>

/* Makes room for one more of size bytes behind n; NULL when memory is out. */
static void *grow(void *p, size_t n, size_t size, size_t room, size_t *now)
{
    *now = room;
    if (n < room)
        return p;
    *now = room ? room * 2 : 64;
    return reallocarray(p, *now, size);
}

void tr_system_clear(struct tr_system *s)
{
    free(s->x);
    free(s->sum);
    free(s->term);
    *s = (struct tr_system){0};
}

uint32_t tr_system_unknown(struct tr_system *s, int64_t low, int64_t high)
{
    size_t room;
    struct tr_unknown *x = grow(s->x, s->n, sizeof *x, s->room_x, &room);

    if (!x) {
        s->failed = true;
        return 0;
    }
    s->x = x;
    s->room_x = (uint32_t)room;
    x[s->n] = (struct tr_unknown){low, high};
    return s->n++;
}

uint32_t tr_system_sum(struct tr_system *s, int64_t equals)
{
    size_t room;
    struct tr_sum *sum = grow(s->sum, s->n_sums, sizeof *sum, s->room_sums, &room);

    if (!sum) {
        s->failed = true;
        return 0;
    }
    s->sum = sum;
    s->room_sums = (uint32_t)room;
    sum[s->n_sums] = (struct tr_sum){s->n_terms, s->n_terms, equals};
    return s->n_sums++;
}

void tr_system_term(struct tr_system *s, uint32_t x, int sign)
{
    struct tr_addend *term = grow(s->term, s->n_terms, sizeof *term, s->room_terms, &s->room_terms);

    if (!term || s->n_sums == 0) {
        s->failed = true;
        return;
    }
    s->term = term;
    term[s->n_terms++] = (struct tr_addend){x, sign};
    s->sum[s->n_sums - 1].to = s->n_terms;
}
