#!/usr/bin/env bash
# The place that costs nothing is no place at all: who could stay in the own house is sent elsewhere, and the plan is called the cheapest.
#
# Where:   scipy 1.10.1, networkx 2.8.8, python-igraph 0.10.2 and R igraph 1.3.5 (all Debian 12): two persons, two places, and a
#          table of kilometres in which 0 stands for whoever lives there already.
# Guess:   0 is the best there is. The first stays (0 km), the second moves 8 km; sum 8.
# Seen:    made into a sparse matrix, or a graph of two sides, a 0 is a pair that does not exist. scipy's
#          min_weight_full_bipartite_matching lets both move, 14 km, and with zeros kept on purpose it removes them, with a
#          warning. networkx (from_biadjacency_matrix, from_numpy_array) and igraph in Python and R (weighted incidence) have three
#          pairs of the four. scipy's linear_sum_assignment, on the same table as it is, says 8.
# For us:  matching of our own lists who may have which place as pairs, and a distance of 0 is a number; whoever hands such a
#          table to these adds 1 to each cost.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get python3-scipy=1.10.1-2 python3-networkx=2.8.8-1 python3-igraph=0.10.2-1+b1 r-base-core=4.2.2.20221110-2 \
	r-cran-igraph=1.3.5-3
r_here
export PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages
cat >stay.py <<'PYTHON'
import igraph
import networkx
import numpy
from networkx.algorithms import bipartite
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

km = numpy.array([[0, 9], [5, 8]])
kept = csr_matrix(([0, 9, 5, 8], ([0, 0, 1, 1], [0, 1, 0, 1])), shape=(2, 2))
for what, pairs in (("table", linear_sum_assignment(km)), ("sparse", min_weight_full_bipartite_matching(csr_matrix(km))),
                    ("kept", min_weight_full_bipartite_matching(kept))):
    print(f"{what}|{pairs[1][0]} {pairs[1][1]}, {km[pairs].sum()} km")
print("stored|%d" % kept.nnz)
print("biadjacency|%d" % bipartite.from_biadjacency_matrix(csr_matrix(km)).number_of_edges())
square = numpy.block([[numpy.zeros((2, 2)), km], [km.T, numpy.zeros((2, 2))]])
print("numpy|%d" % networkx.from_numpy_array(square).number_of_edges())
print("igraph|%d" % igraph.Graph.Incidence(km.tolist(), weighted=True).ecount())
PYTHON
/usr/bin/python3 -W ignore stay.py >out.txt
of() { sed -n "s/^$1|//p" out.txt; }
seen 'scipy, the table: places of the two' '0 1, 8 km' "$(of table)"
seen 'scipy, sparse' '1 0, 14 km' "$(of sparse)"
seen 'scipy, sparse, the zero kept: pairs stored' 4 "$(of stored)"
seen '  places of the two' '1 0, 14 km' "$(of kept)"
seen 'networkx, from_biadjacency_matrix: pairs' 3 "$(of biadjacency)"
seen 'networkx, from_numpy_array: pairs' 3 "$(of numpy)"
seen 'python-igraph, Incidence: pairs' 3 "$(of igraph)"
seen 'R igraph, graph_from_incidence_matrix: pairs' 3 "$("$R_HOME/bin/exec/R" --vanilla --no-echo -e '
suppressMessages(library(igraph))
cat(ecount(graph_from_incidence_matrix(matrix(c(0, 9, 5, 8), 2, byrow = TRUE), weighted = TRUE)))')"
finish
