#include "base/linear.h"

#include <glpk.h>
#include <setjmp.h>
#include <stdlib.h>

#include "base/buf.h"

/* What was asked for is kept here, and given to the solver only in solve: there alone it may fail.
 * It ends a call with an error by calling abort; its hook leaves it by longjmp before that, and it
 * is never called again for this programme. */

struct column {
    double low, high, cost;
    bool whole;
};

struct row {
    double low, high;
    size_t end; /* of its cells */
};

struct cell {
    int column;
    double value;
};

struct tr_linear {
    glp_prob *problem;
    struct tr_buf columns, rows, cells;          /* of struct column, row, cell */
    int given_columns, given_rows;               /* the solver has them */
    struct tr_buf changed_columns, changed_rows; /* of int: those whose limits or cost it has not */
    void (*lazy)(struct tr_linear *l, void *context);
    void *context;
    jmp_buf leave;
    struct tr_linear_work work;
    bool whole, broken, found, in_search;
    double bound;
};

static struct column *column_of(const struct tr_linear *l, int column)
{
    return (struct column *)l->columns.p + column;
}

static struct row *row_of(const struct tr_linear *l, int row)
{
    return (struct row *)l->rows.p + row;
}

static int n_columns(const struct tr_linear *l)
{
    return (int)(l->columns.len / sizeof(struct column));
}

static int n_rows(const struct tr_linear *l)
{
    return (int)(l->rows.len / sizeof(struct row));
}

struct tr_linear *tr_linear_new(void)
{
    return calloc(1, sizeof(struct tr_linear));
}

void tr_linear_free(struct tr_linear *l)
{
    if (!l)
        return;
    if (l->problem && !l->broken)
        glp_delete_prob(l->problem);
    tr_buf_clear(&l->columns);
    tr_buf_clear(&l->rows);
    tr_buf_clear(&l->cells);
    tr_buf_clear(&l->changed_columns);
    tr_buf_clear(&l->changed_rows);
    free(l);
}

int tr_linear_column(struct tr_linear *l, double low, double high, double cost, bool whole)
{
    struct column column = {low, high, cost, whole};

    tr_buf_add(&l->columns, &column, sizeof column);
    return n_columns(l) - 1;
}

int tr_linear_row(struct tr_linear *l, double low, double high, size_t n, const int *column,
                  const double *value)
{
    struct row row = {low, high, 0};

    for (size_t i = 0; i < n; i++) {
        struct cell cell = {column[i], value[i]};

        tr_buf_add(&l->cells, &cell, sizeof cell);
    }
    row.end = l->cells.len / sizeof(struct cell);
    tr_buf_add(&l->rows, &row, sizeof row);
    return n_rows(l) - 1;
}

void tr_linear_cost(struct tr_linear *l, int column, double cost)
{
    column_of(l, column)->cost = cost;
    tr_buf_add(&l->changed_columns, &column, sizeof column);
}

void tr_linear_column_range(struct tr_linear *l, int column, double low, double high)
{
    column_of(l, column)->low = low;
    column_of(l, column)->high = high;
    tr_buf_add(&l->changed_columns, &column, sizeof column);
}

void tr_linear_row_range(struct tr_linear *l, int row, double low, double high)
{
    row_of(l, row)->low = low;
    row_of(l, row)->high = high;
    tr_buf_add(&l->changed_rows, &row, sizeof row);
}

void tr_linear_lazy(struct tr_linear *l, void (*rows)(struct tr_linear *l, void *context),
                    void *context)
{
    l->lazy = rows;
    l->context = context;
}

static int kind_of(double low, double high)
{
    if (low == -TR_LINEAR_FREE)
        return high == TR_LINEAR_FREE ? GLP_FR : GLP_UP;
    if (high == TR_LINEAR_FREE)
        return GLP_LO;
    return low < high ? GLP_DB : GLP_FX;
}

static void give_column(struct tr_linear *l, int column)
{
    const struct column *c = column_of(l, column);

    glp_set_col_bnds(l->problem, column + 1, kind_of(c->low, c->high), c->low, c->high);
    glp_set_obj_coef(l->problem, column + 1, c->cost);
    glp_set_col_kind(l->problem, column + 1, c->whole && l->whole ? GLP_IV : GLP_CV);
}

/* The solver counts cells from 1. */
static void give_row(struct tr_linear *l, int row, int *index, double *value)
{
    const struct row *r = row_of(l, row);
    size_t start = row ? r[-1].end : 0;

    glp_set_row_bnds(l->problem, row + 1, kind_of(r->low, r->high), r->low, r->high);
    if (!index)
        return;
    for (size_t i = start; i < r->end; i++) {
        const struct cell *cell = (struct cell *)l->cells.p + i;

        index[i - start + 1] = cell->column + 1;
        value[i - start + 1] = cell->value;
    }
    glp_set_mat_row(l->problem, row + 1, (int)(r->end - start), index, value);
}

/* All that it has not yet. -1: memory. */
static int give(struct tr_linear *l)
{
    int columns = n_columns(l), rows = n_rows(l);
    size_t room = (size_t)columns + 1;
    int *index = NULL;
    double *value = NULL;

    if (l->columns.failed || l->rows.failed || l->cells.failed || l->changed_columns.failed ||
        l->changed_rows.failed)
        return -1;
    if (columns > l->given_columns)
        glp_add_cols(l->problem, columns - l->given_columns);
    for (; l->given_columns < columns; l->given_columns++)
        give_column(l, l->given_columns);
    for (size_t i = 0; i < l->changed_columns.len / sizeof(int); i++)
        give_column(l, ((int *)l->changed_columns.p)[i]);
    for (size_t i = 0; i < l->changed_rows.len / sizeof(int); i++)
        if (((int *)l->changed_rows.p)[i] < l->given_rows)
            give_row(l, ((int *)l->changed_rows.p)[i], NULL, NULL);
    l->changed_columns.len = l->changed_rows.len = 0;
    if (rows == l->given_rows)
        return 0;
    index = malloc(room * sizeof *index);
    value = malloc(room * sizeof *value);
    if (index && value) {
        glp_add_rows(l->problem, rows - l->given_rows);
        for (; l->given_rows < rows; l->given_rows++)
            give_row(l, l->given_rows, index, value);
    }
    free(index);
    free(value);
    return l->given_rows < rows ? -1 : 0;
}

static void at_node(glp_tree *tree, void *info)
{
    struct tr_linear *l = info;
    glp_prob *whole = l->problem;
    int nodes, best;

    if (glp_ios_reason(tree) == GLP_IROWGEN && l->lazy) {
        l->problem = glp_ios_get_prob(tree);
        l->in_search = true;
        l->lazy(l, l->context);
        if (give(l))
            glp_ios_terminate(tree), l->broken = true;
        l->in_search = false;
        l->problem = whole;
    }
    if (glp_ios_reason(tree) != GLP_ISELECT || !l->work.nodes)
        return;
    glp_ios_tree_size(tree, NULL, NULL, &nodes);
    if (nodes <= l->work.nodes)
        return;
    best = glp_ios_best_node(tree);
    if (best)
        l->bound = glp_ios_node_bound(tree, best);
    glp_ios_terminate(tree);
}

static enum tr_linear_end end_of(int status)
{
    switch (status) {
    case GLP_OPT:
        return TR_LINEAR_OPTIMAL;
    case GLP_NOFEAS:
    case GLP_INFEAS:
        return TR_LINEAR_NONE;
    case GLP_UNBND:
        return TR_LINEAR_UNBOUNDED;
    default:
        return TR_LINEAR_FAILED;
    }
}

static enum tr_linear_end solve_real(struct tr_linear *l)
{
    glp_smcp how;
    int rc;

    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    if (l->work.steps)
        how.it_lim = l->work.steps;
    rc = glp_simplex(l->problem, &how);
    if (rc == GLP_EBADB || rc == GLP_ESING || rc == GLP_ECOND || rc == GLP_EFAIL) {
        glp_std_basis(l->problem);
        rc = glp_simplex(l->problem, &how);
    }
    if (rc == GLP_EBOUND)
        return TR_LINEAR_NONE; /* a limit's low is above its high */
    if (rc == GLP_EITLIM) {
        l->found = glp_get_prim_stat(l->problem) == GLP_FEAS;
        l->bound = glp_get_obj_dir(l->problem) == GLP_MAX ? INFINITY : -INFINITY;
        return TR_LINEAR_LIMIT;
    }
    if (rc)
        return TR_LINEAR_FAILED;
    l->bound = glp_get_obj_val(l->problem);
    l->found = glp_get_status(l->problem) == GLP_OPT;
    return end_of(glp_get_status(l->problem));
}

static enum tr_linear_end solve_whole(struct tr_linear *l)
{
    glp_iocp how;
    enum tr_linear_end end = solve_real(l);
    int rc;

    l->found = false;
    if (end != TR_LINEAR_OPTIMAL)
        return end;
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.presolve = l->lazy ? GLP_OFF : GLP_ON;
    how.mir_cuts = how.gmi_cuts =
        GLP_ON; /* GLPK 5.0 fails in cover cuts when the presolver leaves no column */
    how.sr_heur = l->lazy
                      ? GLP_OFF
                      : GLP_ON; /* it rounds without a look at rows that were added in the search */
    how.br_tech = GLP_BR_DTH;
    how.bt_tech = GLP_BT_BLB;
    how.cb_func = at_node;
    how.cb_info = l;
    rc = glp_intopt(l->problem, &how);
    if (rc == GLP_ENOPFS)
        return TR_LINEAR_NONE;
    if (rc == GLP_ENODFS)
        return TR_LINEAR_UNBOUNDED;
    if ((rc && rc != GLP_ESTOP) || l->broken)
        return TR_LINEAR_FAILED;
    l->found = glp_mip_status(l->problem) == GLP_OPT || glp_mip_status(l->problem) == GLP_FEAS;
    if (rc == GLP_ESTOP)
        return TR_LINEAR_LIMIT;
    l->bound = glp_mip_obj_val(l->problem);
    return end_of(glp_mip_status(l->problem));
}

static void leave(void *info)
{
    longjmp(((struct tr_linear *)info)->leave, 1);
}

/* What may leave by longjmp. */
static enum tr_linear_end solve(struct tr_linear *l, bool greatest)
{
    if (!l->problem)
        l->problem = glp_create_prob();
    glp_set_obj_dir(l->problem, greatest ? GLP_MAX : GLP_MIN);
    if (give(l))
        return TR_LINEAR_FAILED;
    return l->whole ? solve_whole(l) : solve_real(l);
}

enum tr_linear_end tr_linear_solve(struct tr_linear *l, bool greatest, bool whole,
                                   struct tr_linear_work work)
{
    enum tr_linear_end end;

    if (l->broken)
        return TR_LINEAR_FAILED;
    if (whole != l->whole)
        for (int i = 0; i < l->given_columns; i++)
            tr_buf_add(&l->changed_columns, &i, sizeof i);
    l->whole = whole;
    l->work = work;
    l->found = false;
    if (setjmp(l->leave)) {
        l->broken = true;
        return TR_LINEAR_FAILED;
    }
    glp_error_hook(leave, l);
    glp_term_out(GLP_OFF);
    end = solve(l, greatest);
    glp_error_hook(NULL, NULL);
    return end;
}

bool tr_linear_found(const struct tr_linear *l)
{
    return l->found;
}

double tr_linear_sum(const struct tr_linear *l)
{
    return l->whole ? glp_mip_obj_val(l->problem) : glp_get_obj_val(l->problem);
}

double tr_linear_value(const struct tr_linear *l, int column)
{
    double value;

    if (!l->whole || l->in_search)
        return glp_get_col_prim(l->problem, column + 1);
    value = glp_mip_col_val(l->problem, column + 1);
    return column_of(l, column)->whole ? round(value) : value;
}

double tr_linear_bound(const struct tr_linear *l)
{
    return l->bound;
}

double tr_linear_row_price(const struct tr_linear *l, int row)
{
    return glp_get_row_dual(l->problem, row + 1);
}

double tr_linear_column_price(const struct tr_linear *l, int column)
{
    return glp_get_col_dual(l->problem, column + 1);
}
