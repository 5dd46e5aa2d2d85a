#!/usr/bin/env bash
# GLPK's search for whole numbers gives an answer that breaks rows which the caller added in the search.
#
# Where:   GLPK 5.0 (Debian 12 libglpk-dev), glp_intopt with its default settings and a callback.
# Guess:   rows added by the callback at GLP_IROWGEN, the documented place for rows that are too many to be
#          written down, bind every answer. Nine columns in a ring, no two neighbours: four can be taken.
# Seen:    "optimal" with nine. The nodes' own solutions keep the rows; the heuristic that rounds them, on by
#          default, looks at the first rows only. With sr_heur off the answer is four.
# For us:  lib/base/linear.c switches it off when there are such rows; tests/unit/check_linear.c has the ring.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get libglpk-dev=5.0-1 libglpk40=5.0-1
cat >ring.c <<'C'
#include <glpk.h>
#include <stdio.h>
#include <stdlib.h>
static void neighbours(glp_tree *tree, void *info)
{
    glp_prob *p = glp_ios_get_prob(tree);

    (void)info;
    if (glp_ios_reason(tree) != GLP_IROWGEN)
        return;
    for (int i = 1; i <= 9; i++) {
        int pair[] = {0, i, i % 9 + 1}, row;
        double one[] = {0, 1, 1};

        if (glp_get_col_prim(p, pair[1]) + glp_get_col_prim(p, pair[2]) < 1.001)
            continue;
        row = glp_add_rows(p, 1);
        glp_set_row_bnds(p, row, GLP_UP, 0, 1);
        glp_set_mat_row(p, row, 2, pair, one);
    }
}
int main(int argc, char **argv)
{
    glp_prob *p = glp_create_prob();
    glp_iocp how;
    int status;

    glp_term_out(GLP_OFF);
    glp_set_obj_dir(p, GLP_MAX);
    glp_add_cols(p, 9);
    for (int i = 1; i <= 9; i++) {
        glp_set_col_kind(p, i, GLP_BV);
        glp_set_obj_coef(p, i, 1);
    }
    glp_simplex(p, NULL);
    glp_init_iocp(&how);
    how.cb_func = neighbours;
    if (argc > 1)
        how.sr_heur = atoi(argv[1]);
    status = glp_intopt(p, &how);
    printf("%s %g\n", status == 0 && glp_mip_status(p) == GLP_OPT ? "optimal" : "no", glp_mip_obj_val(p));
    return 0;
}
C
cc -w -I"$root/usr/include" ring.c -o ring "$(find "$root" -name 'libglpk.so*' | head -n 1)"
seen 'no two neighbours of nine in a ring, as it comes' 'optimal 9' "$(./ring)"
seen 'the same, sr_heur off' 'optimal 4' "$(./ring 0)"
finish
