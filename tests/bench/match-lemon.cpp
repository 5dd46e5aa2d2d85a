// match-lemon PEOPLE INSTITUTIONS OPTIONS ROOM_PERCENT SHAPE: the graph of match-graph as a flow of
// least cost, by LEMON's network simplex. Once only to place as many as can be, once with wishes
// too: each costs its place in the list, an option not wished the next. Having no place costs more
// than all the moves that could make room. Prints "name seconds placed first-wish" as match-graph
// does, with the time for building the graph under a name of its own.
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include "match-graph.h"

using Graph = lemon::SmartDigraph;
using Simplex = lemon::NetworkSimplex<Graph>;

static int wish_of(const made &g, uint32_t p, uint32_t i)
{
    for (uint32_t w = g.wish_from[p]; w < g.wish_from[p + 1]; w++)
        if (g.wish[w] == i)
            return int(w - g.wish_from[p]);
    return MOST_WISHES;
}

static void solve(const made &g, bool wishes, const char *name)
{
    double began = now();
    Graph flow;
    uint32_t people = g.n_people, institutions = g.n_institutions;
    int nowhere = 1 + (MOST_WISHES + 1) * int(people < institutions ? people : institutions);

    flow.reserveNode(int(people + institutions + 1));
    flow.reserveArc(int(g.from[people] + institutions + people));
    for (uint32_t node = 0; node < people + institutions + 1; node++)
        flow.addNode();
    Graph::Node sink = flow.nodeFromId(int(people + institutions));
    for (uint32_t p = 0; p < people; p++)
        for (uint32_t e = g.from[p]; e < g.from[p + 1]; e++)
            flow.addArc(flow.nodeFromId(int(p)), flow.nodeFromId(int(people + g.option[e])));
    for (uint32_t node = 0; node < people + institutions; node++)
        flow.addArc(flow.nodeFromId(int(node)), sink);

    Graph::ArcMap<int> cost(flow, 0), most(flow, 1);
    Graph::NodeMap<int> supply(flow, 0);
    int arc = 0;
    for (uint32_t p = 0; p < people; p++) {
        supply[flow.nodeFromId(int(p))] = 1;
        for (uint32_t e = g.from[p]; e < g.from[p + 1]; e++, arc++)
            cost[flow.arcFromId(arc)] = wishes ? wish_of(g, p, g.option[e]) : 0;
    }
    for (uint32_t p = 0; p < people; p++, arc++)
        cost[flow.arcFromId(arc)] = nowhere;
    for (uint32_t i = 0; i < institutions; i++, arc++)
        most[flow.arcFromId(arc)] = int(g.room[i]);
    supply[sink] = -int(people);

    Simplex simplex(flow);
    simplex.upperMap(most).costMap(cost).supplyMap(supply);
    printf("%s-build %.6f 0 0\n", name, now() - began);

    began = now();
    if (simplex.run() != Simplex::OPTIMAL)
        errx(1, "%s: no optimum", name);
    double seconds = now() - began;

    uint32_t placed = 0, first = 0;
    for (uint32_t p = 0; p < people; p++)
        for (uint32_t e = g.from[p]; e < g.from[p + 1]; e++)
            if (simplex.flow(flow.arcFromId(int(e))) > 0) {
                placed++;
                first += wish_of(g, p, g.option[e]) == 0;
            }
    printf("%s %.6f %u %u\n", name, seconds, (unsigned)placed, (unsigned)first);
}

int main(int argc, char **argv)
{
    made g = make_graph(argc, argv);

    solve(g, false, "lemon-place");
    solve(g, true, "lemon-wishes");
}
