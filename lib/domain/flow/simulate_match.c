/* One match of a simulation: who of those who wait goes where. */
#include <string.h>

#include "domain/flow/simulate.h"

enum { NOBODY = UINT32_MAX };

struct match {
    const struct tr_sim_seeker *seeker;
    uint32_t *room;
    uint64_t open;                 /* houses with room */
    uint64_t closed;               /* houses from which no search leads to room */
    uint64_t reach[TR_SIM_HOUSES]; /* where those placed in a house could go */
    uint32_t first[TR_SIM_HOUSES]; /* of those placed in a house */
    uint32_t *after;               /* the next one of the same house */
    uint8_t *where;
};

static int lowest(uint64_t set)
{
    return __builtin_ctzll(set);
}

static void put_in(struct match *m, uint32_t person, int house)
{
    m->where[person] = (uint8_t)house;
    m->reach[house] |= m->seeker[person].options;
    m->after[person] = m->first[house];
    m->first[house] = person;
}

static void take_bed(struct match *m, int house)
{
    if (--m->room[house] == 0)
        m->open &= ~(UINT64_C(1) << house);
}

/* Takes out of one house somebody who may go to another. */
static uint32_t take_out(struct match *m, int house, int other)
{
    uint32_t *at = &m->first[house], person;

    while (!(m->seeker[*at].options >> other & 1))
        at = &m->after[*at];
    person = *at;
    *at = m->after[person];
    m->reach[house] = 0;
    for (uint32_t i = m->first[house]; i != NOBODY; i = m->after[i])
        m->reach[house] |= m->seeker[i].options;
    return person;
}

/* Looks for a chain of moves of those before the person, who all keep a place. */
static void find_chain(struct match *m, uint32_t person)
{
    uint8_t
        from[TR_SIM_HOUSES]; /* the house whose people reach this one; itself: the person does */
    uint64_t seen = m->seeker[person].options & ~m->closed, todo = seen;
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
        return;
    }
    take_bed(m, at);
    while (from[at] != at) {
        put_in(m, take_out(m, from[at], at), at);
        at = from[at];
    }
    put_in(m, person, at);
}

uint32_t tr_sim_match(const struct tr_sim_seeker *seeker, uint32_t n, uint32_t *room,
                      uint32_t n_houses, uint8_t *where, uint32_t *chain)
{
    struct match m = {.seeker = seeker, .room = room, .after = chain, .where = where};
    uint32_t i;

    for (uint32_t h = 0; h < n_houses; h++)
        m.open |= (uint64_t)(room[h] > 0) << h;
    memset(m.first, 0xff, sizeof m.first);
    for (i = 0; i < n && m.open; i++) {
        uint64_t direct = seeker[i].options & m.open;

        where[i] = TR_SIM_HOUSES;
        if (direct) {
            int house = lowest(seeker[i].wishes & direct ? seeker[i].wishes & direct : direct);

            take_bed(&m, house);
            put_in(&m, i, house);
        } else if (seeker[i].options & ~m.closed) {
            find_chain(&m, i);
        }
    }
    return i;
}
