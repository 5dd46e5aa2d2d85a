#include <stdio.h>
#include <stdlib.h>

#include "cli/records.h"
#include "cli/referrals.h"
#include "cli/register/register_own.h"
#include "domain/referral/identity.h"
#include "domain/routine/paper.h"

struct putting {
    struct tr_register *r;
    const struct tr_keys *keys;
    struct tr_register_put *put;
    struct tr_referrals referrals; /* of referrals */
    int64_t layout;
    const char *day; /* from which it is known */
    struct tr_put_form form;             /* of other kinds than referrals */
    struct tr_put_referral making, ahead; /* the second one's is the reading thread */
    struct tr_buf open;                   /* what is sealed */
    struct tr_str other;        /* the other referral that the record in hand is about */
    struct tr_put_persons persons;
    struct tr_hiding hiding;
    struct tr_buf brought; /* who is brought back, as the log wants them */
    bool bare;             /* a record came without who it is about */
};

/* Whether the record is about somebody who was purged and is left out; -1: said. */
static int left_out(struct putting *p, const struct tr_store_record *record)
{
    const struct tr_str what[] = {record->about.len ? record->about : record->id, record->person,
                                  p->other};
    struct tr_str of = what[0];
    char id[TR_ID_MAX + 1];
    struct tr_err err;
    bool was, any = false;

    if (tr_str_is(record->kind, tr_record_kind_names[TR_RECORD_INSTITUTION]))
        return 0;
    for (int i = 0; i < 3; i++) {
        if (tr_store_was_purged(p->r->store, what[i], &was, &err) < 0)
            return tr_app_fail(p->r->app, &err);
        if (was && p->put->bring_back &&
            tr_store_purge_mark(p->r->store, what[i], &p->brought, &err) < 0)
            return tr_app_fail(p->r->app, &err);
        of = was && i == 2 && !any ? what[i] : of;
        any |= was;
    }
    if (!any)
        return 0;
    p->put->purged++;
    if (p->put->bring_back) {
        if (record->person.len > 0) {
            tr_buf_str(&p->brought, record->person);
            tr_buf_char(&p->brought, '\n');
        }
        return 0;
    }
    tr_err_copy(id, sizeof id, of);
    tr_err_set(&err, TR_E_WAS_PURGED, id, NULL, NULL);
    tr_app_say(p->r->app, &err);
    return 1;
}

static int store(struct putting *p, struct tr_store_record *record)
{
    struct tr_err err;
    int rc = left_out(p, record);

    if (rc != 0)
        return rc < 0 ? -1 : 0;
    record->layout = p->layout;
    p->bare |= record->open.len == 0;
    if (p->form.body.buf.failed || p->form.said.failed || p->open.failed ||
        tr_put_referral_failed(&p->making)) {
        tr_err_memory(&err);
        return tr_app_fail(p->r->app, &err);
    }
    return tr_store_put(p->r->store, record, p->put->news, &err) < 0 ? tr_app_fail(p->r->app, &err)
                                                                    : 0;
}

/* Finds or adds the layout with this header. */
static int set_layout(struct putting *p, enum tr_record_kind kind, struct tr_str header)
{
    struct tr_err err;

    return tr_store_layout(p->r->store, tr_str(tr_record_kind_names[kind]), header, &p->layout,
                           &err) < 0
               ? tr_app_fail(p->r->app, &err)
               : 0;
}

/* ---- referrals ---- */

/* In the reading thread. */
static bool make_ahead(void *cookie, int worker, const struct tr_binding *b, const struct tr_row *row,
                       struct tr_value v[], void *digest)
{
    struct putting *p = cookie;
    struct tr_store_record record;

    (void)worker;
    return tr_put_referral_make(&p->ahead, b, row, v, &record) > 0 &&
           !tr_put_referral_failed(&p->ahead) && tr_put_pack(&record, digest);
}

static int store_referral(struct putting *p, struct tr_store_record *record)
{
    if (tr_put_persons_add(&p->persons, record->id, record->person) < 0)
        return tr_app_no_memory(p->r->app);
    return store(p, record);
}

static int put_made(void *cookie, const void *digest)
{
    struct tr_store_record record = tr_put_unpack(digest);

    return store_referral(cookie, &record);
}

static int put_referral(void *cookie, const struct tr_row *row)
{
    struct putting *p = cookie;
    struct tr_store_record record;

    return tr_put_referral_make(&p->making, p->referrals.now, row, p->referrals.referral.v,
                                &record) < 0
               ? -1
               : store_referral(p, &record);
}

static int set_referral_layout(struct putting *p)
{
    tr_put_referral_start(&p->ahead, p->r->app, p->keys, NULL);
    return set_layout(p, TR_RECORD_REFERRAL,
                      tr_put_referral_start(&p->making, p->r->app, p->keys, &p->hiding));
}

static int start_persons(struct putting *p)
{
    return tr_referrals_persons(&p->referrals) < 0
               ? -1
               : tr_put_persons_start(p->r, &p->persons, p->referrals.persons);
}

/* Tells which referrals are about persons of whom others came with them, or are in the register. */
static int compare_persons(struct putting *p)
{
    p->persons.r = p->r;
    p->persons.day = p->day;
    p->referrals.judge = tr_put_persons_judge;
    p->referrals.judge_cookie = &p->persons;
    return tr_put_persons_compare(p->r, &p->persons, p->referrals.persons) < 0 ||
                   tr_referrals_settle(&p->referrals, NULL, NULL) < 0 ||
                   tr_register_recheck_links(p->r) < 0
               ? -1
               : 0;
}

static int read_referrals(struct putting *p)
{
    static const struct tr_digest made = {sizeof(struct tr_put_packed), false, make_ahead, put_made};
    int rc = tr_referrals_digest(&p->referrals, 0, TR_WANT_REFERRAL, &made, put_referral, p);

    return tr_put_referral_failed(&p->ahead) ? tr_app_no_memory(p->r->app) : rc;
}

static int put_referrals(struct putting *p)
{
    int rc = set_referral_layout(p);

    if (rc == 0)
        rc = tr_referrals_bind_all(&p->referrals, TR_WANT_REFERRAL);
    tr_import_strict(p->referrals.import); /* a slip must not overwrite a fact on record */
    if (rc == 0)
        rc = start_persons(p);
    if (rc == 0)
        rc = read_referrals(p);
    if (rc == 0)
        rc = compare_persons(p);
    if (rc == 0 && p->referrals.rows[TR_IMPORT_REJECTED] > 0)
        rc = -1; /* said: all or nothing */
    return rc;
}

/* ---- other kinds ---- */

static struct tr_str cell_named(const struct tr_kind *kind, const struct tr_str *cells,
                                const char *name)
{
    for (uint32_t m = 0; name && m < kind->n_members; m++)
        if (strcmp(kind->member[m].name, name) == 0)
            return cells[m];
    return (struct tr_str){"", 0};
}

/* Puts text under seal, behind where referrals have who they are about; name: of a cell, or NULL. */
static void seal(struct putting *p, const char *name, struct tr_str text,
                 struct tr_store_record *record)
{
    p->open.len = 0;
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        if (tr_field_is_sealed(f))
            tr_buf_char(&p->open, '\x1F');
    if (name) {
        tr_buf_text(&p->open, name);
        tr_buf_char(&p->open, '=');
    }
    tr_put_add_plain(&p->open, text);
    record->open = tr_buf_slice(&p->open);
}

/* The same of a paper; leaves in its cell what is kept in clear. */
static void seal_paper(struct putting *p, const struct tr_records *papers, uint32_t i,
                       struct tr_store_record *record, struct tr_str *cells)
{
    int document = tr_kind_member(papers->kind, TR_STR("document"));

    seal(p, NULL, cells[document], record);
    cells[document] = tr_paper(papers, i)->bare;
}

/* And of the cell that the kind wants sealed, if it says anything. */
static void seal_cell(struct putting *p, const struct tr_kept_kind *k, struct tr_store_record *record,
                      struct tr_str *cells)
{
    int at = tr_kind_member(k->kind, tr_str(k->sealed));

    if (cells[at].len > 0)
        seal(p, k->sealed, cells[at], record);
    cells[at] = (struct tr_str){"", 0};
}

/* One of a day: the referral and the day, with a slash between. */
static struct tr_str id_with_day(struct tr_str about, struct tr_str day, struct tr_buf *out)
{
    out->len = 0;
    tr_buf_str(out, about);
    tr_buf_char(out, '/');
    tr_buf_str(out, day);
    return tr_buf_slice(out);
}

static int put_each(struct putting *p, enum tr_record_kind which, const struct tr_records *records)
{
    const struct tr_kept_kind *k = &tr_kept[which];
    struct tr_str cells[TR_PUT_COLUMNS_MAX];
    struct tr_buf text = {0}, pair = {0};
    struct tr_districts districts = {0};
    char id[TR_EVENT_ID_LEN];
    int rc;

    tr_kind_columns(k->kind, p->form.column);
    rc = set_layout(p, which, tr_put_form_start(&p->form, k->kind->n_members));
    if (rc == 0 && k->sealed)
        rc = tr_register_districts(p->r, records, tr_kind_member(k->kind, tr_str(k->about)), &districts);
    for (uint32_t i = 0; rc == 0 && i < records->n; i++) {
        struct tr_store_record record = {.kind = tr_str(tr_record_kind_names[which])};

        rc = tr_kind_cells(k->kind, &p->r->app->profile, records->record + i * k->kind->size, cells,
                           &text);
        record.about = cell_named(k->kind, cells, k->about);
        record.bydel = tr_district_of(&districts, record.about);
        /* A record that is sealed for an office says for which: handed over, it is another. */
        tr_put_form_content(&p->form, &p->keys->secret[TR_SECRET_CONTENT], cells, record.bydel,
                            record.content);
        if (rc == 0)
            rc = tr_register_hide_free(p->r->app, &p->hiding, k, cells);
        if (rc == 0 && tr_record_is_paper(which))
            seal_paper(p, records, i, &record, cells);
        if (rc == 0 && k->sealed)
            seal_cell(p, k, &record, cells);
        record.body = tr_put_form_body(&p->form, cells);
        record.id = cells[0];
        if (which == TR_RECORD_EVENT || which == TR_RECORD_EPISODE) {
            tr_register_event_id(record.content, id);
            record.id = (struct tr_str){id, sizeof id};
        }
        if (which == TR_RECORD_LINK) {
            tr_register_link_id(tr_link(records, i), &pair);
            record.id = tr_buf_slice(&pair);
        }
        if (which == TR_RECORD_JUDGEMENT)
            record.id = id_with_day(cell_named(k->kind, cells, k->about),
                                    cell_named(k->kind, cells, k->day), &pair);
        p->other = cell_named(k->kind, cells, k->other);
        record.day = k->day ? cell_named(k->kind, cells, k->day)
                            : tr_str(which == TR_RECORD_DECISION ? p->day : NULL);
        record.bydel = k->sealed ? record.bydel : cell_named(k->kind, cells, "bydel");
        if (rc == 0)
            rc = pair.failed ? tr_app_no_memory(p->r->app) : store(p, &record);
    }
    tr_buf_clear(&text);
    tr_buf_clear(&pair);
    tr_districts_clear(&districts);
    return rc;
}

static int notice(struct putting *p, enum tr_record_kind which, const struct tr_records *records)
{
    const struct tr_put_noticed put = {which, p->put->news, p->bare, &p->referrals, records};

    return tr_register_notice(p->r, &put);
}

static int put_records(struct putting *p, enum tr_record_kind which, struct tr_reader *reader)
{
    const struct tr_listener listener = tr_app_listener(p->r->app);
    struct tr_records records;
    struct tr_err err;
    int rc = tr_records_read(&records, tr_kept[which].kind, &p->r->app->profile, reader, &listener);

    if (rc == 0 && records.n == 0) {
        tr_err_set(&err, TR_E_FILE_NO_ROWS, NULL, NULL, NULL);
        err.source = records.source;
        tr_app_say(p->r->app, &err);
    }
    if (rc == 0 && which == TR_RECORD_LINK)
        rc = tr_register_check_links(p->r, &records);
    if (rc == 0)
        rc = put_each(p, which, &records);
    if (rc == 0)
        rc = notice(p, which, &records);
    p->referrals.inputs.ended[0] = records.ended;
    p->referrals.inputs.refused = records.refused;
    tr_records_clear(&records);
    return rc;
}

/* ---- who a referral is about, when it comes later ---- */

/* The referral that is there, and what was sealed of it. */
struct joining {
    struct putting *p;
    const struct tr_identity *who;
    const char *source; /* and line, where the identity stands */
    uint64_t line;
    bool found;
    int failed;
};

/* Adds the parts that are sealed, new ones in place of old ones where they are known. */
static void join_parts(struct putting *p, const struct tr_identity *who, struct tr_str opened)
{
    struct tr_str rest = opened;

    p->open.len = 0;
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        struct tr_str part = {"", 0}, known = tr_identity_value(who, (enum tr_field)f);

        if (!tr_field_is_sealed(f))
            continue;
        if (rest.len > 0)
            tr_str_part(&rest, '\x1F', &part);
        tr_put_add_plain(&p->open, known.len ? known : part);
        tr_buf_char(&p->open, '\x1F');
    }
    tr_put_add_plain(&p->open, rest);
}

/* Notes whom the referral is about now. */
static int note_identity(const struct joining *j, const struct tr_store_record *record,
                         const struct tr_str cells[])
{
    struct putting *p = j->p;
    struct tr_person_at at = {.id = record->id, .source = j->source, .line = j->line};
    struct tr_err err;

    if (tr_put_persons_add(&p->persons, record->id, record->person) < 0)
        return tr_app_no_memory(p->r->app);
    tr_register_person(p->r, cells, &at.person);
    return tr_persons_add(p->referrals.persons, &at, &err) < 0 ? tr_app_fail(p->r->app, &err) : 0;
}

static int join_found(void *cookie, const struct tr_store_found *found)
{
    struct joining *j = cookie;
    struct putting *p = j->p;
    struct tr_str cells[TR_N_REFERRAL_FIELDS];
    struct tr_buf columns = {0}, old = {0}, opened = {0};
    char pseudonym[TR_PSEUDONYM_LEN];
    struct tr_store_record record = {.kind = tr_str(tr_record_kind_names[TR_RECORD_REFERRAL]),
                                     .id = found->id};
    struct tr_err err;

    j->found = true;
    j->failed = tr_store_unseal(p->r->store, found, &opened, &err) < 0 ||
                        tr_register_cells(p->r, found, &columns, &old, cells, &err) < 0
                    ? tr_app_fail(p->r->app, &err)
                    : 0;
    if (j->failed < 0)
        goto out;
    join_parts(p, j->who, tr_buf_slice(&opened));
    if (j->who->person_id.len > 0) {
        tr_pseudonym(&p->keys->secret[TR_SECRET_PSEUDONYM], j->who->person_id, pseudonym);
        cells[TR_F_PERSON_ID] = (struct tr_str){pseudonym, sizeof pseudonym};
        cells[TR_F_PERSON_ID_KIND] = TR_STR("pseudonym");
    }
    if (j->who->birth_year.len > 0)
        cells[TR_F_BIRTH_YEAR] = j->who->birth_year;
    record.person = cells[TR_F_PERSON_ID];
    record.bydel = cells[TR_F_BYDEL];
    record.day = cells[TR_F_RECEIVED];
    record.open = tr_buf_slice(&p->open);
    tr_put_form_content(&p->making.form, &p->keys->secret[TR_SECRET_CONTENT], cells, record.open,
                        record.content);
    record.body = tr_put_form_body(&p->making.form, cells);
    j->failed = note_identity(j, &record, cells) < 0 ? -1 : store(p, &record);
out:
    tr_buf_clear(&columns);
    tr_buf_clear(&old);
    tr_buf_wipe(&opened);
    return -1; /* there is but one */
}

static int put_identities(struct putting *p, struct tr_reader *reader)
{
    const struct tr_listener listener = tr_app_listener(p->r->app);
    struct tr_records records;
    struct tr_err err;
    char id[TR_ID_MAX + 1];
    int rc = tr_records_read(&records, &tr_identity_kind, &p->r->app->profile, reader, &listener);

    if (rc == 0)
        rc = set_referral_layout(p);
    if (rc == 0)
        rc = start_persons(p);
    for (uint32_t i = 0; rc == 0 && i < records.n; i++) {
        const struct tr_identity *who = (const struct tr_identity *)(void *)records.record + i;
        const struct tr_store_query query = {
            .kind = tr_str(tr_record_kind_names[TR_RECORD_REFERRAL]), .id = who->referral_id};
        struct joining j = {.p = p, .who = who, .source = records.source, .line = records.line[i]};

        if (tr_store_get(p->r->store, &query, join_found, &j, &err) < 0)
            rc = tr_app_fail(p->r->app, &err);
        else if (!j.found) {
            tr_err_copy(id, sizeof id, who->referral_id);
            tr_records_fault(&records, i, "referral_id", TR_E_NOT_IN_REGISTER, id, NULL, &err);
            rc = tr_app_fail(p->r->app, &err);
        } else {
            rc = j.failed;
        }
    }
    if (rc == 0)
        rc = compare_persons(p);
    p->referrals.inputs.ended[0] = records.ended;
    p->referrals.inputs.refused = records.refused;
    tr_records_clear(&records);
    return rc;
}

/* ---- all ---- */

/* The papers of a file, of one kind or of several, in the transaction that goes on. */
static int put_papers(struct putting *p)
{
    struct tr_put_papers papers = {0};
    int rc = tr_put_papers_read(p->r->app, p->put->path, p->put->kind, &papers);
    struct tr_err err;

    for (int i = 0; rc == 0 && i < TR_N_PAPERS; i++) {
        const int kind = TR_RECORD_ASSESSMENT + i;
        const struct tr_store_put put = {tr_str(p->day), tr_str(p->r->moment), tr_str(p->r->who),
                                         tr_str(tr_record_kind_names[kind])};

        if (papers.of[i].n == 0)
            continue;
        rc = tr_store_put_start(p->r->store, &put, &err) < 0 ? tr_app_fail(p->r->app, &err)
             : put_each(p, (enum tr_record_kind)kind, &papers.of[i]) < 0
                 ? -1
                 : notice(p, (enum tr_record_kind)kind, &papers.of[i]);
    }
    tr_put_papers_clear(&papers);
    return rc;
}

/* Records of one kind that is no paper. */
static int put_kind(struct putting *p)
{
    struct tr_reader *reader = p->referrals.inputs.reader[0];
    int kind = p->put->kind >= 0 ? p->put->kind : tr_register_recognise(p->r->app, reader);
    const struct tr_store_put put = {tr_str(p->day), tr_str(p->r->moment), tr_str(p->r->who),
                                     tr_str(kind < 0 ? "" : tr_record_kind_names[kind])};
    struct tr_err err;
    int rc;

    if (kind < 0)
        return -1;
    rc = tr_store_put_start(p->r->store, &put, &err) < 0 ? tr_app_fail(p->r->app, &err)
         : kind == TR_RECORD_IDENTITY                    ? put_identities(p, reader)
         : tr_kept[kind].kind ? put_records(p, (enum tr_record_kind)kind, reader)
                              : put_referrals(p);
    return rc == 0 && (kind == TR_RECORD_IDENTITY || !tr_kept[kind].kind)
               ? notice(p, (enum tr_record_kind)kind, NULL)
               : rc;
}

static int put_all(struct putting *p, bool papers)
{
    struct tr_app *app = p->r->app;
    struct tr_inputs *in = &p->referrals.inputs;
    struct tr_err err;
    int rc;

    if (tr_store_begin(p->r->store, &err) < 0)
        return tr_app_fail(app, &err);
    rc = papers ? put_papers(p) : put_kind(p);
    if (rc == 0 && p->put->end && !in->ended[0]) {
        tr_err_set(&err, TR_E_NO_END, NULL, NULL, NULL);
        rc = tr_app_fail(app, &err);
    }
    if (rc == 0 && p->brought.len > 0) {
        tr_register_order(&p->brought);
        rc = p->brought.failed ? tr_app_no_memory(app)
                               : tr_register_log(p->r, "bring-back", p->put->bring_back,
                                                 tr_buf_slice(&p->brought));
    }
    if (rc == 0)
        rc = tr_register_commit(p->r);
    if (rc < 0) {
        tr_store_rollback(p->r->store);
        tr_app_raise(app, TR_EXIT_DATA);
    }
    return rc;
}

static int check_keys(struct tr_register *r, bool logged)
{
    static const enum tr_secret needed[] = {TR_SECRET_PSEUDONYM, TR_SECRET_CONTENT,
                                            TR_SECRET_LOG /* for what is written down */};
    const size_t n = logged ? 3 : 2;
    struct tr_err err;

    for (size_t i = 0; i < n; i++)
        if (!r->keys->has[needed[i]]) {
            tr_err_set(&err, TR_E_KEY_PURPOSE, tr_secret_names[needed[i]], NULL, NULL);
            err.source = r->key_path;
            return tr_app_fail(r->app, &err);
        }
    return 0;
}

static void end_putting(struct putting *p)
{
    tr_put_form_clear(&p->form);
    tr_put_referral_clear(&p->making);
    tr_put_referral_clear(&p->ahead);
    tr_buf_wipe(&p->open);
    tr_put_persons_clear(&p->persons);
    tr_buf_clear(&p->brought);
    tr_register_hidden(p->r->app, &p->hiding);
}

int tr_register_put_made(struct tr_register *r, enum tr_record_kind kind,
                         const struct tr_records *records, const char *day)
{
    const struct tr_store_put start = {tr_str(day), tr_str(r->moment), tr_str(r->who),
                                       tr_str(tr_record_kind_names[kind])};
    struct putting p;
    struct tr_register_put put = {.kind = (int)kind};
    struct tr_err err;
    int rc;

    if (check_keys(r, false) < 0)
        return -1;
    p = (struct putting){.r = r, .keys = r->keys, .put = &put, .day = day};
    rc = tr_store_put_start(r->store, &start, &err) < 0 ? tr_app_fail(r->app, &err)
                                                        : put_each(&p, kind, records);
    if (rc == 0 && tr_store_put_end(r->store, &err) < 0) /* its counts end here */
        rc = tr_app_fail(r->app, &err);
    end_putting(&p);
    return rc;
}

bool tr_register_puts_papers(const struct tr_register_put *put)
{
    return put->kind >= 0 ? tr_record_is_paper(put->kind) : tr_put_is_papers(put->path);
}

int tr_register_put(struct tr_register *r, struct tr_register_put *put)
{
    const bool papers = tr_register_puts_papers(put);
    const struct tr_register_sought sought = {&r->app->profile, put->kind};
    struct putting p;
    int rc;

    if (check_keys(r, put->bring_back) < 0)
        return -1;
    p = (struct putting){.r = r,
                         .keys = r->keys,
                         .put = put,
                         .day = put->day ? put->day : r->day};
    rc = papers ? 0
                : tr_referrals_seek(r->app, &p.referrals, put->path, &(struct tr_sought){tr_register_fits, &sought});
    if (rc == 0)
        rc = put_all(&p, papers);
    tr_referrals_close(&p.referrals, rc == 0);
    end_putting(&p);
    return rc;
}
