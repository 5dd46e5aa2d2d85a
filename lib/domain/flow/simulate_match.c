/* One match of a simulation: who of those who wait goes where. A person is known by the number among those
 * placed. */
#include <string.h>

#include "domain/flow/simulate.h"

enum { NOBODY = UINT32_MAX };

static int lowest(uint64_t set)
{
    return __builtin_ctzll(set);
}

static void put_in(struct tr_sim_match *m, uint32_t i, int house)
{
    struct tr_sim_placed *p = &m->placed[i];

    p->house = (uint8_t)house;
    p->after = m->first[house];
    m->reach[house] |= p->options;
    m->first[house] = i;
}

static void take_bed(struct tr_sim_match *m, int house)
{
    if (--m->room[house] == 0)
        m->open &= ~(UINT64_C(1) << house);
}

/* Takes out of one house somebody who may go to another. */
static uint32_t take_out(struct tr_sim_match *m, int house, int other)
{
    uint32_t *at = &m->first[house], found;

    while (!(m->placed[*at].options >> other & 1))
        at = &m->placed[*at].after;
    found = *at;
    *at = m->placed[found].after;
    m->reach[house] = 0;
    for (uint32_t i = m->first[house]; i != NOBODY; i = m->placed[i].after)
        m->reach[house] |= m->placed[i].options;
    return found;
}

/* Looks for a chain of moves of those before the person, who all keep a place. */
static bool find_chain(struct tr_sim_match *m, uint32_t person)
{
    uint8_t
        from[TR_SIM_HOUSES]; /* the house whose people reach this one; itself: the person does */
    uint64_t seen = m->placed[person].options & ~m->closed, todo = seen;
    int at = -1;

    for (uint64_t s = seen; s; s &= s - 1)
        from[lowest(s)] = (uint8_t)lowest(s);
    while (todo && at < 0) {
        int house = lowest(todo);
        uint64_t found = m->reach[house] & ~seen & ~m->closed;

        todo &= todo - 1;
        for (uint64_t s = found; s; s &= s - 1)
            from[lowest(s)] = (uint8_t)house;
        seen |= found;
        todo |= found;
        at = found & m->open ? lowest(found & m->open) : -1;
    }
    if (at < 0) {
        m->closed |= seen;
        return false;
    }
    take_bed(m, at);
    while (from[at] != at) {
        put_in(m, take_out(m, from[at], at), at);
        at = from[at];
    }
    put_in(m, person, at);
    return true;
}

void tr_sim_match_start(struct tr_sim_match *m, uint32_t *room, uint32_t n_houses,
                        struct tr_sim_placed *placed)
{
    *m = (struct tr_sim_match){.room = room, .placed = placed};
    for (uint32_t h = 0; h < n_houses; h++)
        m->open |= (uint64_t)(room[h] > 0) << h;
    memset(m->first, 0xff, sizeof m->first);
}

bool tr_sim_match_take(struct tr_sim_match *m, uint32_t person, uint64_t options, uint64_t wishes)
{
    uint64_t direct = options & m->open;
    bool placed = direct != 0;

    if (!direct && !(options & ~m->closed))
        return false;
    m->placed[m->n_placed] = (struct tr_sim_placed){.options = options, .person = person};
    if (direct) {
        int house = lowest(wishes & direct ? wishes & direct : direct);

        take_bed(m, house);
        put_in(m, m->n_placed, house);
    } else {
        placed = find_chain(m, m->n_placed);
    }
    m->n_placed += placed;
    return placed;
}
