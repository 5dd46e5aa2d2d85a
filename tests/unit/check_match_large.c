/* Placed first on graphs too large for a list of all assignments: the result is what it was when
 * every pair of institutions had a number of its own, to the last move and level; and memory grows
 * with the edges, not with the pairs. */
#include "unit.h"

#include <sys/resource.h>

#include "domain/placement/match.h"

#include "../bench/match-graph.h"

static const struct {
    char *graph[6]; /* people, institutions, options, room in percent, shape: see match-graph.h */
    uint64_t result;
} larges[] = {
    {{"", "3000", "300", "5", "95", "near"}, 0x1d3e811eb926aa9f},
    {{"", "500", "3000", "20", "90", "anywhere"}, 0x7e2e725a543af01f},
    {{"", "2000", "2000", "10", "90", "near"}, 0x606d1264a152c526},
    {{"", "10000", "1000", "50", "90", "near"}, 0x9c65a61a5e9456a9},
    {{"", "10000", "10000", "5", "90", "anywhere"}, 0x6833227df8bcae73},
};

/* FNV-1a over numbers. */
static uint64_t mixed(uint64_t hash, uint32_t number)
{
    return (hash ^ number) * UINT64_C(1099511628211);
}

static uint64_t hash_of(const struct tr_graph *g, const struct tr_match *m)
{
    uint64_t hash = UINT64_C(1469598103934665603);

    for (uint32_t p = 0; p < g->n_people; p++)
        hash = mixed(hash, m->where[p]);
    for (uint32_t i = 0; i < g->n_institutions; i++)
        hash = mixed(hash, m->level_of[i]);
    for (uint32_t l = 0; l + 1 < m->n_levels; l++)
        hash = mixed(hash, m->level[l].since ^ (m->level[l].placing ? UINT32_C(1) << 31 : 0));
    return hash;
}

static long most_kilobytes(void)
{
    struct rusage usage;

    ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

START_TEST(as_before)
{
    char *graph[6];
    struct made made;
    struct tr_graph g;
    struct tr_match m;
    struct tr_err err;
    long before;

    memcpy(graph, larges[_i].graph, sizeof graph);
    made = make_graph(6, graph);
    g = (struct tr_graph){
        .n_people = made.n_people,
        .n_institutions = made.n_institutions,
        .from = made.from,
        .option = made.option,
        .wish_from = made.wish_from,
        .wish = made.wish,
        .room = made.room,
    };
    before = most_kilobytes();
    ck_assert_int_eq(tr_match_run(&g, TR_PLACED_FIRST, &m, &err), 0);
    ck_assert_int_lt(most_kilobytes() - before, 48 * 1024); /* 8 bytes a pair would be 800 MB */
    ck_assert_msg(hash_of(&g, &m) == larges[_i].result, "another result");
    tr_match_clear(&m);
    free(made.from);
    free(made.option);
    free(made.wish_from);
    free(made.wish);
    free(made.room);
    free(made.own);
}
END_TEST

MAIN("match_large", {as_before, COUNT(larges)})
