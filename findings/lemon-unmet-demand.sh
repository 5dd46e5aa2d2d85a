#!/usr/bin/env bash
# LEMON calls a flow optimal that leaves a demand unmet, and one with something left over infeasible.
#
# Where:   LEMON 1.3.1 (Debian 12 liblemon-dev), its four minimum cost flow algorithms, as they come.
# Guess:   with a supply of 3 and a demand of 2 the third unit stays where it is; with a supply of 2 and a
#          demand of 3 there is no feasible flow. (Or both are infeasible.)
# Seen:    the other way round, in all four: 2 for 3 is "optimal" with a flow of 2; 3 for 2 is infeasible.
#          The constraints are "at least" on what leaves a node, so supplies must all go, demands need not.
# For us:  people are the supply and places the demand only if every person can be placed; otherwise give
#          each person an arc to "not placed", and compare the sums before running.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get liblemon-dev=1.3.1+dfsg-6
cat >flow.cpp <<'CPP'
#include <cstdio>
#include <lemon/capacity_scaling.h>
#include <lemon/cost_scaling.h>
#include <lemon/cycle_canceling.h>
#include <lemon/list_graph.h>
#include <lemon/network_simplex.h>
using Graph = lemon::ListDigraph;
template <class Algorithm> static void run(int supply, int demand)
{
    Graph graph;
    Graph::Node from = graph.addNode(), to = graph.addNode();
    Graph::Arc arc = graph.addArc(from, to);
    Graph::ArcMap<int> cost(graph, 1), capacity(graph, 10);
    Graph::NodeMap<int> supplies(graph, 0);
    supplies[from] = supply;
    supplies[to] = -demand;
    Algorithm algorithm(graph);
    algorithm.upperMap(capacity).costMap(cost).supplyMap(supplies);
    if (algorithm.run() == Algorithm::OPTIMAL)
        std::printf("%d ", algorithm.flow(arc));
    else
        std::printf("infeasible ");
}
int main(int argc, char **)
{
    int supply = argc > 1 ? 3 : 2, demand = 5 - supply;
    run<lemon::NetworkSimplex<Graph>>(supply, demand);
    run<lemon::CostScaling<Graph>>(supply, demand);
    run<lemon::CapacityScaling<Graph>>(supply, demand);
    run<lemon::CycleCanceling<Graph>>(supply, demand);
    return 0;
}
CPP
c++ -w -I"$root/usr/include" flow.cpp -o flow "$(find "$root" -name 'lib*emon.a' | head -n 1)"
seen 'supply 2, demand 3: flow' '2 2 2 2' "$(./flow | sed 's, *$,,')"
seen 'supply 3, demand 2: flow' 'infeasible infeasible infeasible infeasible' "$(./flow more | sed 's, *$,,')"
finish
