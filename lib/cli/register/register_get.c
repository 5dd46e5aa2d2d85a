#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/register/register_own.h"
#include "cli/register/register_passing.h"

struct getting {
    struct tr_register *r;
    bool identity, sealed, hiding, of_place; /* sealed: records of the kind may have sealed parts */
    struct tr_str of_case; /* of papers: only of this case; empty: any */
    int kind;
    bool passed; /* the key is an institution's, and of referrals it opens what was passed on: */
    struct tr_passed_on passed_on;
    bool guards; /* they are referrals: each gets the strictest mark that its person has */
    bool papers, documents; /* they are papers, and written as what they are */
    int protection; /* the column that says so, in the first layout; -1: none */
    struct tr_buf *persons;
    struct tr_judged judged; /* of referrals: what was judged since */
    const char *about;       /* the column with the referral whose district was asked for; or NULL */
    struct tr_register_guard guard; /* whose addresses are protected */
    struct tr_out *out;
    enum tr_format format;
    int64_t first, layout; /* of the columns written, and of the row before */
    bool started;
    struct tr_writer writer;
    struct tr_column *columns;
    struct tr_str *cells, *cut; /* as written, and of a row */
    int *from;                  /* of each column written: the cell of a row, or -1 */
    size_t n, n_cut;
    struct tr_buf header, other, row, open;
    struct tr_err err;
    int failed;
    uint64_t others; /* what another office's key opens */
};

enum { COLUMNS_MAX = 256 };

/* Starts the output with the columns of a header. */
static int start(struct getting *g, struct tr_str header)
{
    struct tr_str none = {"", 0};

    g->header.len = 0;
    g->protection = -1;
    tr_buf_str(&g->header, header);
    g->cells = calloc(COLUMNS_MAX + 1, sizeof *g->cells);
    g->cut = calloc(COLUMNS_MAX + 1, sizeof *g->cut);
    g->columns = calloc(COLUMNS_MAX + 1, sizeof *g->columns);
    g->from = calloc(COLUMNS_MAX + 1, sizeof *g->from);
    if (!g->cells || !g->cut || !g->columns || !g->from || g->header.failed)
        return tr_err_memory(&g->err);
    g->n = COLUMNS_MAX;
    tr_csv_cut(g->header.p, g->header.len, g->cells, &g->n);
    for (size_t i = 0; i < g->n; i++) {
        int field = tr_field_find(g->cells[i]);

        g->protection = field == TR_F_PROTECTION ? (int)i : g->protection;
        g->columns[i] = field < 0 ? (struct tr_column){.name = g->cells[i]}
                                  : tr_field_column((enum tr_field)field);
        g->columns[i].plain = false;
    }
    if (g->identity && g->kind != TR_RECORD_PASSED_ON &&
        strcmp(tr_register_sealed_column(g->kind, &none), "other") == 0)
        g->columns[g->n++].name = TR_STR("other");
    if (!g->documents)
        tr_writer_start(&g->writer, g->out, g->format, g->columns, g->n);
    g->started = true;
    return 0;
}

/* Finds the columns written among those of a layout. */
static int use_layout(struct getting *g, int64_t layout)
{
    struct tr_str names[COLUMNS_MAX];
    size_t n = COLUMNS_MAX;

    g->other.len = 0;
    if (tr_store_columns(g->r->store, layout, &g->other, &g->err) < 0)
        return -1;
    if (!g->started) {
        g->first = layout;
        if (start(g, tr_buf_slice(&g->other)) < 0)
            return -1;
    } else if (tr_str_eq(tr_buf_slice(&g->header), tr_buf_slice(&g->other))) {
        g->first = layout;
    }
    tr_csv_cut(g->other.p, g->other.len, names, &n);
    g->n_cut = n;
    for (size_t i = 0; i < g->n; i++) {
        g->from[i] = -1;
        for (size_t c = 0; c < n; c++)
            if (tr_str_eq(g->columns[i].name, names[c]))
                g->from[i] = (int)c;
    }
    g->layout = layout;
    return 0;
}

/* Puts what was sealed into the cells: the sealed fields in their order, then the other columns. 1:
 * the record is of an office whose key this is not. */
static int unseal(struct getting *g, const struct tr_store_found *found)
{
    struct tr_str rest, part;
    int closed;

    g->open.len = 0;
    if (g->passed)
        closed = !tr_passed_on_find(&g->passed_on, found->id, &g->open);
    else if ((closed = tr_store_unseal(g->r->store, found, &g->open, &g->err)) < 0)
        closed = g->err.code == TR_E_OTHER_OFFICE ? 1 : -1;
    if (closed || g->open.len == 0)
        return closed;
    rest = tr_buf_slice(&g->open);
    for (int f = 0; f <= TR_N_REFERRAL_FIELDS; f++) {
        const bool field = f < TR_N_REFERRAL_FIELDS;
        const char *name;

        if (field && !tr_field_is_sealed(f))
            continue;
        if (!tr_str_part(&rest, '\x1F', &part))
            break;
        name = field ? tr_fields[f].name : tr_register_sealed_column(g->kind, &part);
        for (size_t c = 0; c < g->n; c++)
            if (tr_str_is(g->columns[c].name, name))
                g->cells[c] = part;
    }
    return 0;
}

/* Whom the log will name: the person, or the record where none is known. */
static void add_person(struct getting *g, const struct tr_store_found *found)
{
    char code[TR_PSEUDONYM_LEN];

    if (found->person.len > 0) {
        tr_buf_str(g->persons, found->person);
    } else {
        tr_looked_at(&g->r->keys->secret[TR_SECRET_LOG], found->id, code);
        tr_buf_add(g->persons, code, sizeof code);
    }
    tr_buf_char(g->persons, '\n');
}

/* Whether the body says that the person's address is protected. */
static bool says_protected(const struct getting *g, struct tr_str body)
{
    return g->protection >= 0 && tr_says_protected(tr_csv_find(body, g->protection));
}

/* Cuts a body, and puts each cell at its column. */
static void cut_cells(struct getting *g, struct tr_str body)
{
    size_t n = g->n_cut;

    g->row.len = 0;
    tr_buf_str(&g->row, body);
    tr_csv_cut(g->row.p, g->row.len, g->cut, &n);
    for (size_t i = 0; i < g->n; i++)
        g->cells[i] =
            g->from[i] >= 0 && (size_t)g->from[i] < n ? g->cut[g->from[i]] : (struct tr_str){"", 0};
}

static struct tr_str cell_of(const struct getting *g, const char *name)
{
    for (size_t c = 0; c < g->n; c++)
        if (tr_str_is(g->columns[c].name, name))
            return g->cells[c];
    return (struct tr_str){"", 0};
}

/* Gives a referral the strictest mark that its person has, and for people empties what tells where
 * somebody with a protected address lives; true when it did. */
static bool hide_place(struct getting *g, struct tr_str id)
{
    const struct tr_str own = cell_of(g, tr_fields[TR_F_PROTECTION].name);
    struct tr_str mark =
        tr_guarded_code(&g->guard.of, id, cell_of(g, tr_fields[TR_F_PERSON_ID].name));

    if (mark.len == 0 && !tr_says_protected(own))
        return false;
    for (size_t c = 0; c < g->n; c++) {
        int field = tr_field_find(g->columns[c].name);

        if (field == TR_F_PROTECTION && mark.len > 0)
            g->cells[c] = mark;
        else if (g->hiding && field >= 0 && tr_fields[field].tells == TR_TELLS_WHERE)
            g->cells[c] = (struct tr_str){"", 0};
    }
    return g->hiding;
}

/* Whether the paper whose cells were cut is of the case. Its id does not tell: of X/2026-01-02, that
 * may be a case of this name, or a day of X. */
static bool is_of_case(const struct getting *g)
{
    return tr_str_eq(cell_of(g, "case_id"), g->of_case);
}

/* Whether the record whose cells were cut is found by the district of a referral that hides it. */
static bool tells_place(const struct getting *g)
{
    return g->about && tr_guarded_of(&g->guard.of, cell_of(g, g->about), (struct tr_str){"", 0}) >= 0;
}

/* A paper as it is, on a line. */
static void write_document(struct getting *g)
{
    for (size_t c = 0; c < g->n; c++)
        if (tr_str_is(g->columns[c].name, "document"))
            tr_out_str(g->out, g->cells[c]);
    tr_out_char(g->out, '\n');
}

static int write_found(void *cookie, const struct tr_store_found *found)
{
    struct getting *g = cookie;
    int closed;

    if ((!g->started || found->layout != g->layout) && use_layout(g, found->layout) < 0)
        goto failed;
    if (g->of_case.len > 0) {
        cut_cells(g, found->body);
        if (!is_of_case(g))
            return 0;
    }
    if (g->format == TR_FORMAT_CSV && !g->identity && !g->about && g->layout == g->first &&
        !says_protected(g, found->body) &&
        tr_guarded_of(&g->guard.of, found->id, found->person) < 0 && !tr_judged_has(&g->judged, found->id)) {
        tr_out_str(g->out, found->body);
        tr_out_char(g->out, '\n');
        return 0;
    }
    cut_cells(g, found->body);
    tr_judged_put(&g->judged, found->id, g->columns, g->n, g->cells);
    closed = g->identity && g->sealed ? unseal(g, found) : 0;
    if (closed < 0)
        goto failed;
    if (closed) {
        g->others++;
        return 0;
    }
    if (g->persons)
        add_person(g, found);
    if (tells_place(g) || (g->guards && hide_place(g, found->id) && g->of_place))
        return 0; /* to be found by the district would tell it */
    if (g->documents)
        write_document(g);
    else
        tr_writer_row(&g->writer, g->cells);
    return 0;
failed:
    g->failed = -1;
    return -1;
}

/* How many, and not who. */
static void say_left_out(const struct tr_app *app, const char *what, uint64_t n)
{
    char number[24];

    snprintf(number, sizeof number, "%llu", (unsigned long long)n);
    if (n > 0)
        tr_app_note(app, what, number, NULL);
}

/* Finds what was judged since, and starts with today's columns, as a layout of before may have none
 * for it. */
static int add_judged(struct getting *g, const struct tr_store_query *query)
{
    struct tr_buf header = {0};
    int rc = tr_register_judged(g->r, query->as_of, &g->judged, &g->err);

    if (rc == 0 && g->judged.referrals.n > 0) {
        tr_record_header(query->kind, &header);
        rc = start(g, tr_buf_slice(&header));
    }
    tr_buf_clear(&header);
    return rc;
}

int tr_register_get(struct tr_register *r, const struct tr_store_query *query,
                    enum tr_format format, enum tr_register_view view, struct tr_buf *persons,
                    struct tr_out *out)
{
    const struct tr_kept_kind *kept = &tr_kept[tr_record_kind_find(query->kind)];
    struct getting g = {.r = r,
                        .sealed = !kept->kind || kept->sealed,
                        .identity = view == TR_VIEW_IDENTITY,
                        .persons = persons,
                        .out = out,
                        .format = format,
                        .kind = tr_record_kind_find(query->kind),
                        .papers = tr_record_is_paper(tr_record_kind_find(query->kind)),
                        .hiding = view == TR_VIEW_SHOWN,
                        .of_place = query->bydel.len > 0};
    struct tr_store_query asked = *query;
    struct tr_buf header = {0};

    asked.whole = r->keys != NULL;
    g.sealed |= g.papers || g.kind == TR_RECORD_PASSED_ON;
    g.documents = g.papers && format == TR_FORMAT_JSONL;
    if (g.papers) {
        g.of_case = query->id;
        asked.id = (struct tr_str){0};
    }
    g.guards = tr_str_is(query->kind, tr_record_kind_names[TR_RECORD_REFERRAL]);
    g.passed = g.guards && g.identity && tr_register_is_institution(r);
    if (g.guards)
        g.failed = add_judged(&g, query);
    if (kept->sealed && g.hiding && g.of_place)
        g.about = kept->about;
    if (!g.failed && g.passed)
        g.failed = tr_passed_on_read(r, query->id, &g.passed_on, &g.err);
    if (!g.failed && (g.guards || g.about))
        g.failed = tr_register_guard(r, query, g.about != NULL, &g.guard, &g.err);
    if (!g.failed && tr_store_get(r->store, &asked, write_found, &g, &g.err) < 0)
        g.failed = -1;
    if (!g.failed && !g.started) { /* no record: a header all the same */
        tr_record_header(query->kind, &header);
        g.failed = start(&g, tr_buf_slice(&header));
    }
    if (g.failed) {
        tr_app_say(r->app, &g.err);
    } else {
        /* how many are of this district, or that any is, would tell it too */
        if (g.hiding && g.of_place && g.guard.of.keys.n > 0)
            tr_app_note(r->app, N_("the register has protected addresses: they are in no list of a district"),
                        NULL, NULL);
        say_left_out(r->app, N_("records of other districts, left out as this key does not open them: %1"),
                     g.others);
        if (g.others > 0)
            tr_app_raise(r->app, TR_EXIT_FOUND);
    }
    free(g.cells);
    free(g.cut);
    free(g.columns);
    free(g.from);
    tr_judged_clear(&g.judged);
    tr_passed_on_clear(&g.passed_on);
    tr_register_guard_clear(&g.guard);
    tr_buf_clear(&header);
    tr_buf_clear(&g.header);
    tr_buf_clear(&g.other);
    tr_buf_clear(&g.row);
    tr_buf_wipe(&g.open);
    return g.failed;
}

/* ---- for people ---- */

int tr_register_look(struct tr_register *r, const struct tr_store_query *query,
                     enum tr_record_kind last, enum tr_format format, const char *why,
                     struct tr_out *out)
{
    struct tr_buf persons = {0};
    struct tr_store_query of = *query;
    struct tr_err err;
    int rc = tr_store_begin(r->store, &err);

    if (rc < 0)
        return tr_app_fail(r->app, &err);
    for (int k = tr_record_kind_find(query->kind); rc == 0 && k <= (int)last; k++) {
        of.kind = tr_str(tr_record_kind_names[k]);
        rc = tr_register_get(r, &of, format, TR_VIEW_IDENTITY, &persons, out);
    }
    if (rc == 0) {
        tr_register_order(&persons);
        if (persons.failed || out->buf.failed)
            rc = tr_app_no_memory(r->app);
        else if ((rc = tr_register_log(r, "get", why, tr_buf_slice(&persons))) == 0)
            rc = tr_register_commit(r);
    }
    if (rc < 0)
        tr_store_rollback(r->store);
    tr_buf_clear(&persons);
    if (rc == 0 && (rc = tr_register_tell_witness(r, NULL)) < 0)
        tr_app_raise(r->app, TR_EXIT_INTERNAL); /* it is written down, and nothing is shown */
    else if (rc == 0 && r->copy[0])
        tr_app_note(r->app, N_("this is a copy, of %1: the look is in its own log"), r->copy, NULL);
    return rc;
}

int tr_register_open_to_look(struct tr_app *app, struct tr_register *r, const char *path,
                             const char *key_path)
{
    return tr_register_open(app, r, path, TR_STORE_WRITE, NULL) < 0 ||
                   tr_register_key(r, key_path, true) < 0
               ? -1
               : tr_register_ask_witness(r);
}

int tr_register_show(struct tr_register *r, const struct tr_store_query *query,
                     enum tr_format format, const char *reason, const char *path)
{
    struct tr_out kept = {.fd = -1};
    struct tr_output output;
    int rc;

    if (tr_output_table(r->app, &output, path, false, format) < 0)
        return -1;
    output.secret = reason != NULL;
    rc = reason ? tr_register_look(r, query, (enum tr_record_kind)tr_record_kind_find(query->kind),
                                   format, reason, &kept)
                : tr_register_get(r, query, format, TR_VIEW_SHOWN, NULL, &output.out);
    if (rc == 0 && reason) { /* handed over: no memory is needed any more */
        output.out.buf = kept.buf;
        kept.buf = TR_BUF_INIT;
    }
    tr_buf_wipe(&kept.buf);
    return tr_output_close(r->app, &output, rc == 0) < 0 ? -1 : rc;
}
