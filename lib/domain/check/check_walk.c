#include "domain/check/check_own.h"

struct tr_checked *tr_check_table(struct tr_checker *c, struct tr_str name)
{
    for (int i = 0; i < c->n_tables; i++)
        if (tr_str_eq(c->table[i].name, name))
            return &c->table[i];
    return NULL;
}

void tr_check_say(struct tr_checker *c, struct tr_err *err)
{
    c->faults++;
    c->listener->say(c->listener->cookie, err);
}

void tr_check_fault(struct tr_checker *c, const struct tr_check_place *at, enum tr_code code,
                    struct tr_str a, struct tr_str b, struct tr_str d)
{
    struct tr_err err;

    tr_table_fault(at->t, at->row, at->column, code, NULL, &err);
    tr_err_copy(err.arg[0], sizeof err.arg[0], a);
    tr_err_copy(err.arg[1], sizeof err.arg[1], b);
    tr_err_copy(err.arg[2], sizeof err.arg[2], d);
    tr_check_say(c, &err);
}

/* The tables that are a list of codes themselves. */
static const struct {
    const char *list, *table, *column;
} own_lists[] = {{"bydel", "districts", "code"},
                 {"sector", "districts", "sector"},
                 {"housing_type", "housing_types", "code"},
                 {"column_group", "column_groups", "code"},
                 {"event_type", "event_types", "code"},
                 {"case_state", "case_states", "code"},
                 {"step", "steps", "step"},
                 {"decline_reason", "decline_reasons", "code"},
                 {"decision_kind", "decisions", "code"}};

/* The table that holds the codes of a list; of codes.csv, only rows of that list. */
static struct tr_checked *table_of_list(struct tr_checker *c, struct tr_check_walk *w,
                                        char column[TR_CHECK_NAME])
{
    struct tr_checked *found;

    for (size_t i = 0; i < sizeof own_lists / sizeof *own_lists; i++)
        if (tr_str_is(w->list, own_lists[i].list)) {
            tr_err_copy(column, TR_CHECK_NAME, tr_str(own_lists[i].column));
            return tr_check_table(c, tr_str(own_lists[i].table));
        }
    found = tr_check_table(c, TR_STR("codes"));
    w->list_column = found && found->loaded ? tr_table_column(&found->t, "list") : -1;
    return found;
}

bool tr_check_walk(struct tr_checker *c, struct tr_str of, struct tr_check_walk *w)
{
    struct tr_str rest = of, table;
    char column[TR_CHECK_NAME] = "code";
    struct tr_checked *found;

    *w = (struct tr_check_walk){.column = -1, .list_column = -1, .list = of};
    tr_str_part(&rest, '.', &table);
    if (rest.p)
        tr_err_copy(column, sizeof column, rest);
    found = rest.p ? tr_check_table(c, table) : table_of_list(c, w, column);
    if (!found || !found->loaded)
        return false;
    w->t = &found->t;
    w->column = tr_table_column(w->t, column);
    return w->column >= 0;
}

bool tr_check_step(struct tr_check_walk *w, struct tr_str *value)
{
    while (w->row < w->t->n_rows) {
        uint32_t row = w->row++;

        if (w->list_column >= 0 && !tr_str_eq(tr_table_cell(w->t, row, w->list_column), w->list))
            continue;
        *value = tr_table_cell(w->t, row, w->column);
        return true;
    }
    return false;
}

bool tr_check_brace(struct tr_str *rest, struct tr_str *name)
{
    const char *open = rest->len ? memchr(rest->p, '{', rest->len) : NULL;
    const char *close = open ? memchr(open, '}', rest->len - (size_t)(open - rest->p)) : NULL;

    if (!close)
        return false;
    *name = (struct tr_str){open + 1, (size_t)(close - open) - 1};
    *rest = (struct tr_str){close + 1, rest->len - (size_t)(close + 1 - rest->p)};
    return true;
}
