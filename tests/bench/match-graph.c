/* match-graph PEOPLE INSTITUTIONS OPTIONS ROOM_PERCENT SHAPE: makes a graph and matches it in each
 * way. Prints "name seconds placed first-wish" for each: the wall time of the call alone, how many
 * got a place, and how many of them the one wished most. */
#include "domain/placement/match.h"

#include "match-graph.h"

/* Ends the program unless everybody is where they may be, and no institution has too many. */
static void check(const struct tr_graph *g, const struct tr_match *m, const char *name)
{
    uint32_t *n = numbers(g->n_institutions);

    for (uint32_t p = 0; p < g->n_people; p++) {
        uint32_t i = m->where[p], e = g->from[p];

        if (i == TR_NOWHERE)
            continue;
        while (e < g->from[p + 1] && g->option[e] != i)
            e++;
        if (e == g->from[p + 1] || ++n[i] > g->room[i])
            errx(1, "%s: person %u cannot be at %u", name, (unsigned)p, (unsigned)i);
    }
    free(n);
}

static void show(const struct tr_graph *g, struct tr_match *m, const char *name, double seconds)
{
    uint32_t placed = 0, first = 0;

    check(g, m, name);
    for (uint32_t p = 0; p < g->n_people; p++) {
        placed += m->where[p] != TR_NOWHERE;
        first += m->where[p] != TR_NOWHERE && tr_graph_wish(g, p, m->where[p]) == 0;
    }
    printf("%s %.6f %u %u\n", name, seconds, (unsigned)placed, (unsigned)first);
    tr_match_clear(m);
}

int main(int argc, char **argv)
{
    struct made made = make_graph(argc, argv);
    struct tr_graph g = {
        .n_people = made.n_people,
        .n_institutions = made.n_institutions,
        .from = made.from,
        .option = made.option,
        .wish_from = made.wish_from,
        .wish = made.wish,
        .room = made.room,
        .own = made.own,
    };
    struct tr_match m;
    struct tr_err e;
    double began = now();

    if (tr_match_place(&g, &m, &e) != 0)
        errx(1, "place: no memory");
    show(&g, &m, "place", now() - began);
    for (enum tr_policy policy = 0; policy < TR_N_POLICIES; policy++) {
        began = now();
        if (tr_match_run(&g, policy, &m, &e) != 0)
            errx(1, "%s: no memory", tr_policy_names[policy]);
        show(&g, &m, tr_policy_names[policy], now() - began);
    }
    return 0;
}
