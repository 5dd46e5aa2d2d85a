#include "cli/register/register_insight.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/app/memory.h"
#include "cli/input/casefile.h"
#include "cli/register/register_own.h"
#include "cli/work/plans.h"
#include "doc/content/insight.h"

enum { COLUMNS_MAX = 256 };

struct making {
    struct tr_register *r;
    const struct tr_person_asked *asked;
    struct tr_document d;
    struct tr_buf person;      /* the pseudonym; empty: none is known */
    struct tr_buf ids;         /* of referrals decided to be of the person, and the one asked for */
    struct tr_buf numbers;     /* that are decided to be the person's, too; each with a line feed */
    struct tr_buf last, codes; /* the case before; what the log calls all of it */
    struct tr_buf columns, body, open;
    struct tr_arena text; /* of looks */
    struct tr_insight_look *look;
    size_t n_looks, room;
    uint64_t forms, left_out;
    struct tr_paper_forms papers;
    struct tr_err err;
    int failed;
};

/* ---- records ---- */

/* Puts what was sealed among the cells; those that no field claims become a column of their own. */
static size_t unseal(struct making *m, const struct tr_store_found *found, struct tr_str *column,
                     struct tr_str *cell, size_t n)
{
    struct tr_str rest, part;

    m->open.len = 0;
    if (tr_store_unseal(m->r->store, found, &m->open, &m->err) < 0) {
        m->failed = -1;
        return n;
    }
    rest = m->open.len ? tr_buf_slice(&m->open) : (struct tr_str){NULL, 0};
    for (int f = 0; f <= TR_N_REFERRAL_FIELDS; f++) {
        const bool field = f < TR_N_REFERRAL_FIELDS;
        bool placed = false;
        const char *name;

        if (field && !tr_field_is_sealed(f))
            continue;
        if (!tr_str_part(&rest, '\x1F', &part))
            break;
        name = field ? tr_fields[f].name
                     : tr_register_sealed_column(tr_record_kind_find(found->kind), &part);
        for (size_t c = 0; part.len > 0 && c < n; c++)
            if (tr_str_is(column[c], name)) {
                cell[c] = part;
                placed = true;
            }
        if (!field && !placed && n < COLUMNS_MAX) {
            column[n] = TR_STR("other");
            cell[n++] = part;
        }
    }
    return n;
}

/* Reads the paper that was under seal; false: it is of a form that the profile no longer has, and is
 * shown as it stands. */
static bool read_paper(struct making *m, struct tr_str document, struct tr_plan *p)
{
    const struct tr_plan_source from = {m->r->app->register_name, document, 1};
    struct tr_json *json = tr_json_parse(document, from.name, &m->err);
    bool read = json && tr_paper_read(p, &m->papers, json, &from, &tr_listener_deaf) == 0;

    tr_json_free(json);
    m->err.code = TR_OK;
    return read;
}

/* Adds what the log calls a record that nobody's number is known of. */
static void add_code(struct making *m, struct tr_str id)
{
    char code[TR_PSEUDONYM_LEN];

    tr_looked_at(&m->r->keys->secret[TR_SECRET_LOG], id, code);
    tr_buf_add(&m->codes, code, sizeof code);
    tr_buf_char(&m->codes, '\n');
}

/* Of a decision that another referral is of somebody else, leaves out which: it is that person's. */
static void hide_other(const struct tr_store_form *f, const struct tr_str *column,
                       struct tr_str *cell, size_t n)
{
    static const char *const ids[] = {"referral_id", "other_id"};
    bool same = false;

    if (!tr_str_is(f->found.kind, tr_record_kind_names[TR_RECORD_LINK]))
        return;
    for (size_t c = 0; c < n; c++)
        same |= tr_str_is(column[c], "link") &&
                (tr_str_is(cell[c], "same") || tr_str_is(cell[c], "new_number"));
    for (size_t c = 0; c < n && !same; c++)
        for (int i = 0; i < 2; i++)
            if (tr_str_is(column[c], ids[i]) && !tr_str_eq(cell[c], f->about))
                cell[c].len = 0;
}

/* Whether a pseudonym is the person's. */
static bool is_theirs(const struct making *m, struct tr_str pseudonym)
{
    struct tr_str rest = tr_buf_slice(&m->numbers), number;

    while (tr_str_part(&rest, '\n', &number) && number.len > 0)
        if (tr_str_eq(number, pseudonym))
            return true;
    return tr_str_eq(pseudonym, tr_buf_slice(&m->person));
}

static int take_form(void *cookie, const struct tr_store_form *f)
{
    struct making *m = cookie;
    struct tr_str column[COLUMNS_MAX], cell[COLUMNS_MAX];
    size_t n = COLUMNS_MAX, n_cells = COLUMNS_MAX;
    struct tr_plan paper = {0};
    struct tr_insight_form form = {.kind = f->found.kind,
                                   .id = f->found.id,
                                   .about = f->about,
                                   .column = column,
                                   .cell = cell,
                                   .day = f->day,
                                   .at = f->at,
                                   .who = f->who,
                                   .gone = f->gone};

    if (f->found.person.len > 0 && !is_theirs(m, f->found.person)) {
        m->left_out++;
        return 0;
    }
    m->columns.len = m->body.len = 0;
    if (tr_store_columns(m->r->store, f->found.layout, &m->columns, &m->err) < 0) {
        m->failed = -1;
        return -1;
    }
    tr_buf_str(&m->body, f->found.body);
    tr_csv_cut(m->columns.p, m->columns.len, column, &n);
    tr_csv_cut(m->body.p, m->body.len, cell, &n_cells);
    for (size_t i = n_cells; i < n; i++)
        cell[i] = (struct tr_str){"", 0};
    hide_other(f, column, cell, n);
    form.n = unseal(m, &f->found, column, cell, n);
    if (m->failed)
        return -1;
    if (tr_record_is_paper(tr_record_kind_find(f->found.kind)) && m->open.len > 0)
        form.paper = read_paper(m, cell[n - 1], &paper) ? &paper : NULL; /* the document is its last column */
    tr_insight_form(&m->d, &form, m->forms ? tr_buf_slice(&m->last) : (struct tr_str){NULL, 0});
    tr_plan_clear(&paper);
    m->last.len = 0;
    tr_buf_str(&m->last, f->about);
    m->forms++;
    add_code(m, f->found.id);
    return 0;
}

/* ---- who looked ---- */

static int take_look(void *cookie, const struct tr_access *line, bool broken)
{
    struct making *m = cookie;
    char number[24];
    struct tr_insight_look *more;

    (void)broken;
    if (m->n_looks == m->room) {
        m->room = m->room ? 2 * m->room : 64;
        more = realloc(m->look, m->room * sizeof *more);
        if (!more) {
            m->failed = tr_err_memory(&m->err);
            return -1;
        }
        m->look = more;
    }
    snprintf(number, sizeof number, "%lld", (long long)line->line);
    m->look[m->n_looks++] = (struct tr_insight_look){
        tr_arena_copy(&m->text, tr_str(number)), tr_arena_copy(&m->text, line->at),
        tr_arena_copy(&m->text, line->who), tr_arena_copy(&m->text, line->what),
        tr_arena_copy(&m->text, line->why)};
    return 0;
}

static int by_line(const void *a, const void *b)
{
    const struct tr_insight_look *x = a, *y = b;

    return x->line.len != y->line.len ? (x->line.len > y->line.len) - (x->line.len < y->line.len)
                                      : tr_str_cmp(x->line, y->line);
}

/* All lines about the person, and about any of the records; each once. */
static int gather_looks(struct making *m)
{
    struct tr_str rest = tr_buf_slice(&m->codes), code;
    size_t n = 0;

    while (tr_str_part(&rest, '\n', &code) && code.len > 0)
        if (tr_store_log_read(m->r->store, false, code, take_look, m, &m->err) < 0 || m->failed)
            return -1;
    if (m->n_looks)
        qsort(m->look, m->n_looks, sizeof *m->look, by_line);
    for (size_t i = 0; i < m->n_looks; i++)
        if (n == 0 || !tr_str_eq(m->look[i].line, m->look[n - 1].line))
            m->look[n++] = m->look[i];
    m->n_looks = n;
    return 0;
}

/* ---- all ---- */

static int take_person(void *cookie, const struct tr_store_found *found)
{
    struct making *m = cookie;

    tr_buf_str(&m->person, found->person);
    m->forms++; /* found */
    return 0;
}

/* Whose pseudonym it is, if there is one. -1: see m->err. */
static int find_person(struct making *m)
{
    const struct tr_store_query query = {.kind = tr_str(tr_record_kind_names[TR_RECORD_REFERRAL]),
                                         .id = tr_str(m->asked->id)};

    if (m->asked->person) {
        tr_buf_text(&m->person, m->asked->person);
        return 0;
    }
    tr_buf_text(&m->ids, m->asked->id);
    tr_buf_char(&m->ids, '\n');
    if (tr_store_get(m->r->store, &query, take_person, m, &m->err) < 0)
        return -1;
    if (m->forms == 0)
        return tr_err_set(&m->err, TR_E_NOT_IN_REGISTER, m->asked->id, NULL, NULL);
    m->forms = 0;
    return 0;
}

/* Adds the ids of referrals that were decided to be of the person, and what else they are known by; of one
 * without a number, such a decision tells the person. -1: said. */
static int find_linked(struct making *m)
{
    const char *referrals = tr_register_table(m->r, TR_RECORD_REFERRAL);
    const char *links = tr_register_table(m->r, TR_RECORD_LINK);
    struct tr_str person = tr_buf_slice(&m->person);
    struct tr_casefile f = {0};
    struct tr_str *own = NULL; /* what each was known by before */
    int rc = referrals && links && tr_casefile_start(m->r->app, &f) == 0 &&
                     tr_casefile_referrals(m->r->app, &f, referrals, 0) == 0
                 ? 0
                 : -1;

    if (rc == 0 && !(own = calloc(f.referrals.n + (size_t)1, sizeof *own)))
        rc = tr_app_no_memory(m->r->app);
    for (uint32_t i = 0; rc == 0 && i < f.referrals.n; i++)
        own[i] = tr_case(&f.referrals, i)->person_id;
    if (rc == 0)
        rc = tr_casefile_person(m->r->app, &f, links, &person);
    for (uint32_t i = 0; rc == 0 && m->person.len == 0 && i < f.referrals.n; i++)
        if (tr_str_is(tr_case(&f.referrals, i)->id, m->asked->id))
            person = tr_case(&f.referrals, i)->person_id;
    for (uint32_t i = 0; rc == 0 && person.len > 0 && i < f.referrals.n; i++)
        if (tr_str_eq(tr_case(&f.referrals, i)->person_id, person)) {
            tr_buf_str(&m->ids, tr_case(&f.referrals, i)->id);
            tr_buf_char(&m->ids, '\n');
            if (own[i].len > 0) {
                tr_buf_str(&m->numbers, own[i]);
                tr_buf_char(&m->numbers, '\n');
            }
        }
    if (m->person.len == 0 && person.len > 0 && person.p[0] != '=') /* a name of the group alone */
        tr_buf_str(&m->person, person);
    free(own);
    tr_casefile_clear(&f);
    return rc;
}

static int make(struct making *m)
{
    const char *id = m->asked->id ? m->asked->id : m->asked->person;
    struct tr_app *app = m->r->app;

    if (find_person(m) < 0 || find_linked(m) < 0 ||
        tr_paper_forms_load(&m->papers, &app->profile, &m->err) < 0)
        return -1;
    tr_document_start(&m->d, &app->profile, m->asked->lang, tr_str(id),
                      tr_profile_value(&app->profile, "agency"), tr_str(m->r->day));
    tr_insight_start(&m->d, tr_str(m->asked->reason));
    if (m->person.len > 0) {
        tr_buf_str(&m->codes, tr_buf_slice(&m->person));
        tr_buf_char(&m->codes, '\n');
    }
    tr_buf_str(&m->codes, tr_buf_slice(&m->numbers)); /* the log may call the person so, too */
    if (tr_store_about(m->r->store, tr_buf_slice(&m->person), tr_buf_slice(&m->ids), take_form,
                       m, &m->err) < 0 ||
        m->failed)
        return -1;
    if (m->forms == 0)
        return tr_err_set(&m->err, TR_E_NOT_IN_REGISTER, id, NULL, NULL);
    tr_register_order(&m->codes);
    if (m->codes.failed || m->person.failed || m->numbers.failed)
        return tr_err_memory(&m->err);
    return 0;
}

static void clear(struct making *m)
{
    tr_document_clear(&m->d);
    tr_paper_forms_clear(&m->papers);
    tr_buf_clear(&m->person);
    tr_buf_clear(&m->ids);
    tr_buf_clear(&m->numbers);
    tr_buf_clear(&m->last);
    tr_buf_clear(&m->codes);
    tr_buf_clear(&m->columns);
    tr_buf_clear(&m->body);
    tr_buf_wipe(&m->open);
    tr_arena_clear(&m->text);
    free(m->look);
}

int tr_register_insight(struct tr_register *r, const struct tr_person_asked *asked)
{
    struct making m = {.r = r, .asked = asked};
    int rc = tr_store_begin(r->store, &m.err);

    if (rc < 0)
        return tr_app_fail(r->app, &m.err);
    rc = make(&m);
    if (rc == 0 && (rc = tr_register_log(r, "get", asked->reason, tr_buf_slice(&m.codes))) == 0) {
        rc = gather_looks(&m);
        if (rc == 0)
            rc = tr_store_ready(r->store, &m.err);
        if (rc == 0 && tr_memory_out())
            rc = tr_err_memory(&m.err);
        if (rc == 0)
            rc = tr_store_commit(r->store, &m.err);
        if (rc < 0)
            tr_app_fail(r->app, &m.err);
    } else if (m.err.code != TR_OK) {
        m.err.source = m.err.source ? m.err.source : r->app->register_name;
        tr_app_fail(r->app, &m.err);
    }
    if (rc < 0)
        tr_store_rollback(r->store);
    else if ((rc = tr_register_tell_witness(r, NULL)) == 0) {
        tr_insight_end(&m.d, m.look, m.n_looks, m.left_out);
        rc = tr_document_put(r->app, &m.d, asked->format, asked->path, false);
    }
    clear(&m);
    return rc;
}
