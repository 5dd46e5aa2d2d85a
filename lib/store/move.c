/* Moving a register from one engine to another: every row of every table as it is, so that what
 * binds it holds there, too, under the same keys and the same id. */
#include "store/store_own.h"

/* n: a number, 0 is NULL; t: a text, empty is NULL; T: a text that is never NULL; b: bytes. */
static const struct table {
    enum tr_query all, add;
    const char *columns;
} tables[] = {
    {Q_setting_all, Q_setting_set, "TT"},        {Q_layout_all, Q_layout_add, "nTTb"},
    {Q_key_all, Q_key_add, "nTTTtbb"},           {Q_put_all, Q_put_copy, "nTTTTNbb"},
    {Q_put_key_all, Q_put_key_add, "nnbb"},      {Q_access_all, Q_access_add, "nTTTTb"},
    {Q_access_person_all, Q_access_about, "nT"},
};

static void bind_column(struct tr_rows *to, struct tr_rows *from, int column, char kind)
{
    int64_t number;

    switch (kind) {
    case 'n':
    case 'N':
        number = tr_rows_number(from, column);
        if (number || kind == 'N')
            tr_rows_bind_number(to, column + 1, number);
        break;
    case 't':
        tr_rows_bind(to, column + 1, tr_rows_text(from, column));
        break;
    case 'T':
        tr_rows_bind_text(to, column + 1, tr_rows_text(from, column));
        break;
    default:
        tr_rows_bind_blob(to, column + 1, tr_rows_blob(from, column).p,
                          tr_rows_blob(from, column).len);
    }
}

static int move_table(struct tr_store *from, struct tr_store *to, const struct table *t,
                      struct tr_err *err)
{
    struct tr_rows *all = tr_rows_ready(from, t->all, err), *add;
    int rc = all ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(from, all, err)) > 0) {
        add = tr_rows_ready(to, t->add, err);
        for (int c = 0; add && t->columns[c]; c++)
            bind_column(add, all, c, t->columns[c]);
        if (!add || tr_rows_finish(to, add, err) < 0)
            rc = -1;
    }
    tr_rows_reset(all);
    return rc;
}

/* Records, each with what is in its seal. */
static int move_records(struct tr_store *from, struct tr_store *to, struct tr_err *err)
{
    struct tr_rows *all = tr_rows_ready(from, Q_record_all, err), *add;
    int rc = all ? 1 : -1;

    while (rc > 0 && (rc = tr_rows_next(from, all, err)) > 0) {
        static const char columns[] = "nTTnnnttttT";
        struct tr_proof_record r;

        rc = -1;
        add = tr_rows_ready(to, Q_record_copy, err);
        for (int c = 0; add && columns[c]; c++)
            bind_column(add, all, c, columns[c]);
        if (!add || tr_rows_finish(to, add, err) < 0)
            break;
        add = tr_rows_ready(to, Q_seal_add, err);
        if (!add)
            break;
        tr_rows_bind_number(add, 1, tr_rows_number(all, 0));
        for (int c = 11; c < 14; c++)
            tr_rows_bind_blob(add, c - 9, tr_rows_blob(all, c).p, tr_rows_blob(all, c).len);
        if (tr_rows_finish(to, add, err) < 0)
            break;
        tr_store_row_record(all, &r);
        rc = tr_store_guard(to, &r, err) < 0 ? -1 : 1;
    }
    tr_rows_reset(all);
    return rc;
}

static int move_all(struct tr_store *from, struct tr_store *to, struct tr_str at,
                    struct tr_err *err)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (move_table(from, to, &tables[i], err) < 0)
            return -1;
    if (move_records(from, to, err) < 0 || (at.len && tr_store_set(to, "copy", at, err) < 0))
        return -1;
    to->set = false; /* `copy` binds nothing */
    return 0;
}

int tr_store_move(struct tr_store *from, struct tr_store *to, struct tr_str at, struct tr_err *err)
{
    int looking = tr_store_look(from, err), rc = -1;

    if (looking >= 0 && tr_store_begin(to, err) == 0) {
        rc = move_all(from, to, at, err) < 0 || tr_store_commit(to, err) < 0 ? -1 : 0;
        if (rc < 0)
            tr_store_rollback(to);
    }
    tr_store_look_end(from, looking);
    return rc;
}
