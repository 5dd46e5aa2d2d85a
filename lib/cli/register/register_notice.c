/* What a put has done that may be a slip, told before it is committed: facts that it emptied, and
 * what it tells of that the register does not have. */
#include <stdio.h>

#include "cli/records.h"
#include "cli/referrals.h"
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
    const struct tr_kept_kind *kept;
    struct tr_buf columns, was, names, now;
    uint64_t of[TR_N_FIELDS + TR_MEMBERS_MAX]; /* how many records lost a fact, by field or member */
    uint64_t parted; /* from the identity that was joined to them */
    uint64_t unsealed, sealed; /* something was under seal: nothing is now, something is */
    int failed;
};

/* Which fact of the kind a column tells; -1: none. */
static int fact_of(const struct tr_kept_kind *kept, struct tr_str name)
{
    return kept->kind ? tr_kind_member(kept->kind, name) : tr_field_find(name);
}

static const char *fact_name(const struct tr_kept_kind *kept, int fact)
{
    return kept->kind ? kept->kind->member[fact].name : tr_fields[fact].name;
}

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
    e->unsealed += change->was_sealed && !change->sealed && !change->joined;
    e->sealed += change->was_sealed && change->sealed;
    for (size_t i = 0; i < n_old; i++) {
        int fact = fact_of(e->kept, old_name[i]);

        if (fact >= 0 && old[i].len > 0 && !is_said(old_name[i], name, cell, n))
            e->of[fact]++;
    }
    return 0;
}

static void tell(struct tr_register *r, enum tr_code code, const char *field, uint64_t n, const char *which)
{
    struct tr_err err;
    char text[24];

    if (n == 0)
        return;
    tr_err_set(&err, code, number(n, text), which, NULL);
    tr_err_copy(err.field, sizeof err.field, tr_str(field));
    tr_app_say(r->app, &err);
}

static bool has_field(const struct tr_referrals *read, int field)
{
    for (int i = 0; i < read->inputs.n; i++)
        for (uint32_t c = 0; c < read->binding[i].n_columns; c++)
            if (read->binding[i].field[c] == field)
                return true;
    return false;
}

/* Tells what is gone of what is under seal, as far as a key that cannot open it knows. */
static int tell_sealed(struct emptied *e, const struct tr_referrals *read)
{
    struct tr_buf lacking = {0};

    if (e->kept->kind) {
        tell(e->r, TR_W_EMPTIED, e->kept->sealed, e->unsealed, NULL);
        return 0;
    }
    tell(e->r, TR_W_UNSEALED, NULL, e->unsealed, NULL);
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        if ((tr_fields[f].tells == TR_TELLS_WHO || tr_fields[f].tells == TR_TELLS_TEXT) &&
            f != TR_F_PERSON_ID /* whose pseudonym is in clear */ && !has_field(read, f)) {
            tr_buf_text(&lacking, lacking.len ? ", " : "");
            tr_buf_text(&lacking, tr_fields[f].name);
        }
    if (lacking.len > 0 && !lacking.failed)
        tell(e->r, TR_W_SEAL_LACKS, NULL, e->sealed, tr_buf_z(&lacking));
    e->failed = lacking.failed ? tr_app_no_memory(e->r->app) : e->failed;
    tr_buf_clear(&lacking);
    return e->failed;
}

static int tell_emptied(struct tr_register *r, const struct tr_put_noticed *put)
{
    struct emptied e = {.r = r, .kept = &tr_kept[put->kind]};
    struct tr_err err;

    if (tr_store_put_changes(r->store, compare, &e, &err) < 0)
        e.failed = tr_app_fail(r->app, &err);
    for (int f = 0; e.failed == 0 && f < TR_N_FIELDS + TR_MEMBERS_MAX; f++)
        if (e.of[f] > 0)
            tell(r, TR_W_EMPTIED, fact_name(e.kept, f), e.of[f], NULL);
    if (e.failed == 0)
        e.failed = tell_sealed(&e, put->referrals);
    if (e.failed == 0 && put->bare)
        tell(r, TR_W_UNJOINED, NULL, e.parted, NULL);
    tr_buf_clear(&e.columns);
    tr_buf_clear(&e.was);
    tr_buf_clear(&e.names);
    tr_buf_clear(&e.now);
    return e.failed;
}

/* ---- what is not there ---- */

/* Ids of what the register does not have: how many, the first, and where the input has it. */
struct missing {
    uint64_t n, line;
    char first[TR_ID_MAX + 1];
};

static void note_missing(struct missing *m, struct tr_str id, uint64_t line)
{
    if (m->n++ > 0)
        return;
    tr_err_copy(m->first, sizeof m->first, id);
    m->line = line;
}

/* Which one it is, is a cell of the input: told by its line, and shown to who asks for values. */
static void tell_missing(struct tr_register *r, enum tr_code code, const struct tr_records *of,
                         const struct missing *m)
{
    struct tr_err err;
    char n[24];

    if (m->n == 0)
        return;
    tr_err_set(&err, code, number(m->n, n), NULL, NULL);
    err.source = m->line ? of->source : NULL;
    err.line = m->line;
    tr_err_copy(err.value, sizeof err.value, tr_str(m->first));
    tr_app_say(r->app, &err);
}

struct seeking {
    const struct tr_records *records;
    int about; /* member that tells the case; -1: none does */
    struct missing missing;
};

static int take_case(void *cookie, struct tr_str id)
{
    struct seeking *s = cookie;
    const struct tr_records *of = s->records;
    uint64_t line = 0;

    for (uint32_t i = 0; s->missing.n == 0 && s->about >= 0 && line == 0 && i < of->n; i++)
        line = tr_str_eq(tr_record_text(of, i, s->about), id) ? of->line[i] : 0;
    note_missing(&s->missing, id, line);
    return 0;
}

static int tell_cases(struct tr_register *r, const struct tr_put_noticed *put)
{
    const struct tr_kept_kind *k = &tr_kept[put->kind];
    struct seeking s = {.records = put->records, .about = -1};
    struct tr_err err;

    if (put->records && k->about)
        s.about = tr_kind_member(k->kind, tr_str(k->about));
    if (tr_store_put_about(r->store, take_case, &s, &err) < 0)
        return tr_app_fail(r->app, &err);
    tell_missing(r, TR_W_NO_CASE, put->records, &s.missing);
    return 0;
}

static int tell_places(struct tr_register *r, const struct tr_records *stays)
{
    const char *path = tr_register_table(r, TR_RECORD_INSTITUTION);
    struct tr_records places = {0};
    struct missing m = {0};
    int rc = path ? tr_app_records(r->app, &tr_institution_kind, path, &places) : -1;

    for (uint32_t i = 0; rc == 0 && places.n > 0 && i < stays->n; i++) {
        const struct tr_str id = tr_stay(stays, i)->institution_id;

        if (tr_records_find(&places, id) < 0)
            note_missing(&m, id, stays->line[i]);
    }
    tell_missing(r, TR_W_NO_PLACE, stays, &m);
    tr_records_clear(&places);
    return rc;
}

int tr_register_notice(struct tr_register *r, const struct tr_put_noticed *put)
{
    struct tr_err err;

    if (put->kind == TR_RECORD_STAY && tell_places(r, put->records) < 0)
        return -1;
    if (tr_store_put_end(r->store, &err) < 0) /* its counts end here */
        return tr_app_fail(r->app, &err);
    return put->news[TR_STORE_CHANGED] > 0 && put->kind != TR_RECORD_IDENTITY && tell_emptied(r, put) < 0
               ? -1
               : tell_cases(r, put);
}
