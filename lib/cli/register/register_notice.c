/* What a put has done that may be a slip, told before it is committed: facts that it emptied, and
 * what it tells of that the register does not have. */
#include <stdio.h>

#include "cli/records.h"
#include "cli/register/register_own.h"

static const char *number(uint64_t n, char text[24])
{
    snprintf(text, 24, "%llu", (unsigned long long)n);
    return text;
}

/* ---- facts that are gone ---- */

enum { COLUMNS_MAX = 256 };

struct emptied {
    struct tr_register *r;
    struct tr_buf columns, was, names, now;
    uint64_t of[TR_N_FIELDS]; /* how many records lost a fact, by field */
    uint64_t parted;          /* from the identity that was joined to them */
    int failed;
};

/* The cells of a body, and the names of their columns. */
static int read_form(struct emptied *e, int64_t layout, struct tr_str body, struct tr_buf *columns,
                     struct tr_buf *row, struct tr_str *name, struct tr_str *cell, size_t *n)
{
    size_t names = COLUMNS_MAX, cells = COLUMNS_MAX;
    struct tr_err err;

    columns->len = row->len = 0;
    if (tr_store_columns(e->r->store, layout, columns, &err) < 0)
        return tr_app_fail(e->r->app, &err);
    tr_buf_str(row, body);
    if (columns->failed || row->failed)
        return tr_app_no_memory(e->r->app);
    tr_csv_cut(columns->p, columns->len, name, &names);
    tr_csv_cut(row->p, row->len, cell, &cells);
    *n = names < cells ? names : cells;
    return 0;
}

static bool is_said(struct tr_str name, const struct tr_str *names, const struct tr_str *cells,
                    size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (tr_str_eq(names[i], name))
            return cells[i].len > 0;
    return false;
}

static int compare(void *cookie, const struct tr_store_change *change)
{
    struct emptied *e = cookie;
    struct tr_str old_name[COLUMNS_MAX], old[COLUMNS_MAX], name[COLUMNS_MAX], cell[COLUMNS_MAX];
    size_t n_old, n;

    if (read_form(e, change->old_layout, change->old, &e->columns, &e->was, old_name, old,
                  &n_old) < 0 ||
        read_form(e, change->layout, change->body, &e->names, &e->now, name, cell, &n) < 0)
        return e->failed = -1;
    e->parted += change->joined;
    for (size_t i = 0; i < n_old; i++) {
        int field = tr_field_find(old_name[i]);

        if (field >= 0 && old[i].len > 0 && !is_said(old_name[i], name, cell, n))
            e->of[field]++;
    }
    return 0;
}

static int tell_emptied(struct tr_register *r, bool bare)
{
    struct emptied e = {.r = r};
    struct tr_err err;
    char n[24];

    if (tr_store_put_changes(r->store, compare, &e, &err) < 0)
        e.failed = tr_app_fail(r->app, &err);
    for (int f = 0; e.failed == 0 && f < TR_N_FIELDS; f++) {
        if (e.of[f] == 0)
            continue;
        tr_err_set(&err, TR_W_EMPTIED, number(e.of[f], n), NULL, NULL);
        tr_err_copy(err.field, sizeof err.field, tr_str(tr_fields[f].name));
        tr_app_say(r->app, &err);
    }
    if (e.failed == 0 && bare && e.parted > 0) {
        tr_err_set(&err, TR_W_UNJOINED, number(e.parted, n), NULL, NULL);
        tr_app_say(r->app, &err);
    }
    tr_buf_clear(&e.columns);
    tr_buf_clear(&e.was);
    tr_buf_clear(&e.names);
    tr_buf_clear(&e.now);
    return e.failed;
}

/* ---- what is not there ---- */

/* Ids of what the register does not have: how many, and the first. */
struct missing {
    uint64_t n;
    char first[TR_ID_MAX + 1];
};

static void note_missing(struct missing *m, struct tr_str id)
{
    if (m->n++ == 0)
        tr_err_copy(m->first, sizeof m->first, id);
}

static void tell_missing(struct tr_register *r, enum tr_code code, const struct missing *m)
{
    struct tr_err err;
    char n[24];

    if (m->n == 0)
        return;
    tr_err_set(&err, code, m->first, number(m->n, n), NULL);
    tr_app_say(r->app, &err);
}

static int take_case(void *cookie, struct tr_str id)
{
    note_missing(cookie, id);
    return 0;
}

static int tell_cases(struct tr_register *r)
{
    struct missing m = {0};
    struct tr_err err;

    if (tr_store_put_about(r->store, take_case, &m, &err) < 0)
        return tr_app_fail(r->app, &err);
    tell_missing(r, TR_W_NO_CASE, &m);
    return 0;
}

int tr_register_notice_places(struct tr_register *r, const struct tr_records *stays)
{
    const char *path = tr_register_table(r, TR_RECORD_INSTITUTION);
    struct tr_records places = {0};
    struct missing m = {0};
    int rc = path ? tr_app_records(r->app, &tr_institution_kind, path, &places) : -1;

    for (uint32_t i = 0; rc == 0 && places.n > 0 && i < stays->n; i++) {
        const struct tr_str id = tr_stay(stays, i)->institution_id;

        if (tr_records_find(&places, id) < 0)
            note_missing(&m, id);
    }
    tell_missing(r, TR_W_NO_PLACE, &m);
    tr_records_clear(&places);
    return rc;
}

int tr_register_notice(struct tr_register *r, enum tr_record_kind kind, uint64_t changed, bool bare)
{
    const bool facts = kind == TR_RECORD_REFERRAL || kind == TR_RECORD_INSTITUTION;

    return facts ? changed > 0 ? tell_emptied(r, bare) : 0 : tell_cases(r);
}
