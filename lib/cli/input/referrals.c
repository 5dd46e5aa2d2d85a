#include "cli/input/referrals.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/app/spelt.h"
#include "cli/input/records.h"
#include "domain/profile/reading.h"
#include "domain/referral/block.h"
#include "domain/referral/link.h"
#include "domain/referral/unread.h"
#include "record/seen/seen.h"

const char *const tr_ids_choices[] = {"as-written", "by-delivery", NULL};

int tr_referrals_open(struct tr_app *app, struct tr_referrals *r, const char *path)
{
    return tr_referrals_seek(app, r, path, &(struct tr_sought){tr_import_fits, &app->profile});
}

int tr_referrals_seek(struct tr_app *app, struct tr_referrals *r, const char *path, const struct tr_sought *sought)
{
    memset(r, 0, sizeof *r);
    r->app = app;
    if (tr_inputs_open(app, &r->inputs, path, sought) < 0)
        return -1;
    r->import = tr_import_new(&app->profile, app->scratch);
    r->binding = calloc((size_t)r->inputs.n, sizeof *r->binding);
    if (r->import && r->binding)
        return 0;
    return tr_app_no_memory(app);
}

int tr_referrals_name_ids(struct tr_referrals *r, int choice)
{
    if (choice == 1)
        tr_import_by_delivery(r->import);
    return 0;
}

static void say(void *cookie, const struct tr_err *err)
{
    tr_app_say(cookie, err);
}

int tr_referrals_bind(struct tr_referrals *r, int i, uint64_t wanted)
{
    struct tr_err err;

    if (tr_import_bind(r->import, &r->binding[i], r->inputs.reader[i], wanted, &err) < 0) {
        tr_app_fail(r->app, &err);
        tr_inputs_say_doubt(r->app, r->inputs.reader[i]);
        return -1;
    }
    if (r->binding[i].below_title) {
        tr_title_fault(r->inputs.reader[i], &err);
        tr_app_say(r->app, &err);
    }
    if (tr_unread_columns(&r->app->profile, &r->binding[i], r->inputs.reader[i],
                          r->all_columns || r->app->verbose, &r->unread,
                          &(struct tr_listener){say, r->app}) < 0)
        return tr_app_no_memory(r->app);
    return 0;
}

int tr_referrals_bind_all(struct tr_referrals *r, uint64_t wanted)
{
    int rc = 0;

    for (int i = 0; i < r->inputs.n; i++)
        if (tr_referrals_bind(r, i, wanted) < 0)
            rc = -1; /* go on: say all that is wrong at once */
    return rc;
}

int tr_referrals_keep_rejects(struct tr_referrals *r, const char *path)
{
    if (path)
        tr_import_strict(r->import);
    return tr_rejects_open(r->app, &r->rejects, path, r->binding, r->inputs.n);
}

/* What a thread prepares rows with; made with its first row: small inputs are not prepared. */
struct worker {
    bool started;
    struct tr_import *import, *made; /* made: its own, or NULL */
    const struct tr_binding *b;
    struct tr_binding binding;
    struct tr_block *block; /* NULL: memory is out, the row's turn will come */
};

/* One input on its way through. */
struct pass {
    struct tr_referrals *r;
    uint64_t wanted;
    bool once;
    int (*take)(void *cookie, const struct tr_row *row);
    void *cookie;

    const struct tr_digest *digest;
    size_t slot; /* bytes of one */
    struct tr_reader *reader;
    struct worker worker[TR_THREADS_MAX]; /* 0: the caller's thread */
};

enum { EXPECTED = 8 }; /* rows from the one in hand, whose ids start on their way from far memory */

/* A row's slot; with a small digest, a line of the cache. */
struct slot {
    struct tr_mark mark; /* first */
    struct tr_person person;
    uint32_t id; /* referral_id in the row's text */
    uint16_t id_len;
    bool good;
    _Alignas(8) char digest[];
};
_Static_assert(sizeof(struct slot) == 48, "16 bytes of digest fill a line of the cache");

/* Another thread's own reading of the header, which follows what rows told the first. */
static void bind_again(struct pass *pass, struct worker *w)
{
    struct tr_app *app = pass->r->app;
    struct tr_err err; /* whatever it says, the row's turn will come */

    w->made = tr_import_new(&app->profile, app->scratch);
    if (w->made)
        tr_import_follow(w->made, pass->r->now);
    if (w->made && !pass->once)
        tr_import_alone(w->made);
    if (w->made && tr_import_bind(w->made, &w->binding, pass->reader, pass->r->now->wanted, &err) == 0)
        w->import = w->made;
    w->b = &w->binding;
}

static void start_worker(struct pass *pass, int number)
{
    struct worker *w = &pass->worker[number];

    w->started = true;
    if (number == 0) {
        w->import = pass->r->import;
        w->b = pass->r->now;
    } else {
        bind_again(pass, w);
    }
    w->block = w->import ? tr_block_new() : NULL;
}

static void clear_worker(struct worker *w)
{
    tr_binding_clear(&w->binding);
    tr_import_free(w->made);
    free(w->block);
}

/* Where a text of the row stands; false when it had to be made. */
static bool find_text(const struct tr_row *row, struct tr_str text, struct slot *s)
{
    if (text.p < row->base + row->start || text.p >= row->base + row->sep[row->n - 1])
        return false;
    s->id = (uint32_t)(text.p - row->base);
    s->id_len = (uint16_t)text.len; /* at most TR_ID_MAX */
    return true;
}

/* Whether it is about somebody who has a pseudonym that was typed: that is held against others in its turn. Numbers
 * tell a year of birth. */
static bool may_be_alike(const struct tr_value v[])
{
    return v[TR_F_PERSON_ID].num <= 0 && tr_alike_is_typed(v[TR_F_PERSON_ID].text);
}

/* Reads rows ahead of their turn. What is not plainly good is left for its turn. */
static void prepare_rows(void *cookie, int number, const struct tr_row row[], size_t n, void *slots)
{
    struct pass *pass = cookie;
    struct worker *w = &pass->worker[number];
    uint64_t good;

    if (!w->started)
        start_worker(pass, number);
    for (size_t i = 0; i < n; i++) /* not the digest, which is there where the row is good */
        memset((char *)slots + i * pass->slot, 0, sizeof(struct slot));
    if (!w->block)
        return;
    good = tr_block_read(w->block, w->import, w->b, row, n, pass->wanted);
    for (uint32_t i = 0; i < w->block->n; i++) {
        const struct tr_row *at = w->block->row[i];
        struct slot *s = (struct slot *)(void *)((char *)slots + (size_t)(at - row) * pass->slot);
        struct tr_value *v = w->block->v[i];

        s->mark = w->block->mark[i];
        s->good = good >> i & 1 && !may_be_alike(v) && find_text(at, v[TR_F_REFERRAL_ID].text, s) &&
                  pass->digest->make(pass->cookie, number, w->b, at, v, s->digest);
        if (s->good && pass->r->persons)
            tr_person_from(&s->person, v);
    }
}

/* Notes whom the referral in hand is about. */
static int note_person(struct tr_referrals *r, const struct tr_row *row,
                       const struct tr_person *person, struct tr_str id)
{
    struct tr_person_at at = {*person, id, r->now->source, row->line, r->note};
    struct tr_err err;

    if (r->closed)
        at.person.standing = TR_PERSON_CLOSED;
    if (tr_persons_add(r->persons, &at, &err) < 0)
        return tr_app_fail(r->app, &err);
    if (tr_persons_refused(r->persons)) {
        tr_err_set(&err, TR_E_LINK_JOINS, NULL, NULL, NULL);
        err.source = at.source;
        err.line = at.line;
        tr_app_say(r->app, &err);
    }
    return 0;
}

/* Tells an id that differs from another only in ways that people do not see. */
static int look_for_twin(struct tr_referrals *r, const struct tr_row *row, struct tr_str id)
{
    struct tr_str twin;
    struct tr_err err;
    int rc = r->alike_told ? 0 : tr_twins_add(&r->twins, id, &twin);

    if (rc < 0)
        return tr_app_no_memory(r->app);
    if (rc == 0)
        return 0;
    tr_twins_fault(id, twin, &err);
    err.source = r->now->source;
    err.line = row->line;
    tr_err_field(&err, TR_STR("referral_id"));
    tr_app_say(r->app, &err);
    return 0;
}

/* The same of the pseudonym of whom it is about. */
static int look_for_alike(struct tr_referrals *r, const struct tr_row *row, const struct tr_value v[])
{
    const struct tr_person_at at = {
        .id = v[TR_F_REFERRAL_ID].text,
        .source = tr_app_source_name(r->app, r->now->source),
        .line = row->line};
    struct tr_err err;
    int rc = !r->alike_told && tr_alike_is_typed(v[TR_F_PERSON_ID].text)
                 ? tr_alike_add(&r->alike, v[TR_F_PERSON_ID].text, &at, &err)
                 : 0;

    if (rc > 0)
        tr_app_say(r->app, &err);
    return rc < 0 ? tr_app_no_memory(r->app) : 0;
}

/* Keeps what take noted by the id of the row in hand. */
static int keep_note(struct tr_referrals *r, uint64_t id)
{
    struct tr_err err;

    return r->strays && tr_stray_marks_note(r->strays, id, r->note, &err) < 0 ? tr_app_fail(r->app, &err) : 0;
}

int tr_referrals_note_stray(struct tr_referrals *r, const struct tr_value v[])
{
    const struct tr_person_at at = {.id = v[TR_F_REFERRAL_ID].text, .source = r->now->source, .note = r->silent};
    struct tr_person_at who = at;
    struct tr_err err;

    tr_person_from(&who.person, v);
    who.person.standing = TR_PERSON_CLOSED;
    if (at.id.len > 0 && tr_stray_marks_add(r->strays, tr_seen_hash(at.id)) < 0)
        return tr_app_no_memory(r->app);
    return tr_persons_add(r->persons, &who, &err) < 0 ? tr_app_fail(r->app, &err) : 0;
}

/* Gives a good row to the program. */
static int use_referral(struct pass *pass, const struct tr_row *row)
{
    struct tr_referrals *r = pass->r;
    const struct tr_value *v = r->referral.v;
    struct tr_person person;

    r->note = 0;
    if (pass->take(pass->cookie, row) < 0 || look_for_twin(r, row, v[TR_F_REFERRAL_ID].text) < 0 ||
        look_for_alike(r, row, v) < 0 || keep_note(r, r->referral.id) < 0)
        return -1;
    if (!r->persons)
        return 0;
    tr_person_from(&person, v);
    return note_person(r, row, &person, v[TR_F_REFERRAL_ID].text);
}

static int take_row(void *cookie, const struct tr_row *row)
{
    struct pass *pass = cookie;
    struct tr_referrals *r = pass->r;
    const struct slot *slot = pass->digest ? row->slot : NULL;
    struct tr_err err;
    int rc;

    if (slot && pass->once && row->slots_behind >= EXPECTED)
        tr_import_expect(r->import, *(const struct tr_mark *)((const char *)row->slot +
                                                              EXPECTED * pass->slot));
    if (!slot || !slot->good)
        rc = 0;
    else
        rc = pass->once ? tr_import_first(r->import, r->now, row, slot->mark, &err) : 1;
    if (rc > 0) {
        struct tr_str id = {row->base + slot->id, slot->id_len};

        r->rows[TR_IMPORT_GOOD]++;
        if (pass->digest->use(pass->cookie, slot->digest) < 0 || look_for_twin(r, row, id) < 0 ||
            keep_note(r, slot->mark.id) < 0)
            return -1;
        return r->persons ? note_person(r, row, &slot->person, id) : 0;
    }
    if (rc == 0)
        rc = pass->once ? tr_import_row(r->import, r->now, row, pass->wanted, &r->referral, &err)
                        : tr_import_fields(r->import, r->now, row, pass->wanted, &r->referral);

    if (rc < 0)
        return tr_app_fail(r->app, &err);
    r->rows[rc]++;
    for (int i = 0; i < r->referral.n_faults; i++)
        tr_app_say(r->app, &r->referral.fault[i]);
    if (rc == TR_IMPORT_GOOD) {
        r->unread_cells += (unsigned)__builtin_popcountll(r->referral.unread);
        return use_referral(pass, row);
    }
    if (rc != TR_IMPORT_REJECTED)
        return 0;
    tr_rejects_add(&r->rejects, r->now, row, &r->referral);
    if (r->rejected)
        r->rejected(r->rejected_cookie, row->bad ? NULL : r->referral.v);
    return 0;
}

/* The forms of a field's dates that import met in the input bound as b. */
static unsigned date_forms(const struct tr_import *import, const struct tr_binding *b, int field)
{
    const struct tr_date_column *dates = import ? tr_import_dates(import, b) : NULL;

    return dates ? dates[field].forms : 0;
}

/* Says how the dates of the input were read, where that could be otherwise. */
static void say_dates(const struct pass *pass)
{
    const struct tr_binding *now = pass->r->now;
    struct tr_err told[TR_DATES_TOLD];

    for (int f = 0; f < TR_N_FIELDS; f++) {
        struct tr_date_column dates = now->date[f];

        dates.forms = date_forms(pass->r->import, now, f);
        for (int w = 1; w < TR_THREADS_MAX; w++)
            dates.forms |= date_forms(pass->worker[w].made, &pass->worker[w].binding, f);
        for (int i = 0, n = tr_dates_told(&dates, told); i < n; i++) {
            told[i].source = now->source;
            tr_err_field(&told[i], tr_str(tr_fields[f].name));
            tr_app_say(pass->r->app, &told[i]);
        }
    }
}

int tr_referrals_read(struct tr_referrals *r, int i, uint64_t wanted, bool once,
                      int (*take)(void *cookie, const struct tr_row *row), void *cookie)
{
    struct pass pass = {.r = r, .wanted = wanted, .once = once, .take = take, .cookie = cookie};
    int rc;

    if (!once)
        tr_import_alone(r->import);
    r->now = &r->binding[i];
    rc = tr_inputs_rows(r->app, &r->inputs, i, take_row, &pass);
    if (rc == 0)
        say_dates(&pass);
    return rc;
}

int tr_referrals_digest(struct tr_referrals *r, int i, uint64_t wanted, bool once,
                        const struct tr_digest *digest,
                        int (*take)(void *cookie, const struct tr_row *row), void *cookie)
{
    struct pass pass = {.r = r,
                        .wanted = wanted,
                        .once = once,
                        .take = take,
                        .cookie = cookie,
                        .digest = digest,
                        .slot = (sizeof(struct slot) + digest->size + 7) / 8 * 8,
                        .reader = r->inputs.reader[i]};
    const struct tr_prepare work = {prepare_rows, &pass, pass.slot, digest->shared};
    int rc;

    if (!once)
        tr_import_alone(r->import);
    tr_reader_prepare(pass.reader, &work);
    r->now = &r->binding[i];
    rc = tr_inputs_rows(r->app, &r->inputs, i, take_row, &pass);
    tr_reader_close(r->inputs.reader[i]); /* and with it the thread that uses pass */
    r->inputs.reader[i] = NULL;
    if (rc == 0)
        say_dates(&pass);
    for (int w = 0; w < TR_THREADS_MAX; w++) {
        tr_import_join(r->import, pass.worker[w].made);
        clear_worker(&pass.worker[w]);
    }
    return rc;
}

/* ---- persons ---- */

int tr_referrals_persons(struct tr_referrals *r)
{
    r->persons = tr_persons_new(&r->app->profile, r->app->scratch);
    return r->persons ? 0 : tr_app_no_memory(r->app);
}

int tr_referrals_links(struct tr_referrals *r, const char *path)
{
    struct tr_records decided = {0};
    int rc = path ? tr_app_records(r->app, &tr_link_kind, path, &decided) : 0;

    if (rc == 0 && path && tr_persons_link(r->persons, &decided) < 0)
        rc = tr_app_no_memory(r->app);
    tr_records_clear(&decided);
    return rc;
}

void tr_app_say_same(struct tr_app *app, const struct tr_person_at *other,
                     const struct tr_person_at *speaks)
{
    struct tr_person_at named = *speaks;
    struct tr_err err;
    int field = 0;

    named.source = tr_app_source_name(app, speaks->source);
    tr_person_same(other, &named, &err);
    tr_app_say(app, &err);
    while (tr_person_differs(other, &named, &field, &err))
        tr_app_say(app, &err);
}

struct settling {
    struct tr_referrals *r;
    void (*same)(void *cookie, const struct tr_person_at *other, const struct tr_person_at *speaks);
    void *cookie;
};

static void judge_standing(void *cookie, struct tr_person_at *at)
{
    const struct settling *s = cookie;

    s->r->judge(s->r->judge_cookie, at);
}

static void meet_one(void *cookie, const struct tr_person_at *at, bool first)
{
    const struct settling *s = cookie;

    s->r->meet(s->r->judge_cookie, at, first);
}

static void tell_same(void *cookie, const struct tr_person_at *other,
                      const struct tr_person_at *speaks)
{
    const struct settling *s = cookie;

    if (!s->r->silent || (other->note != s->r->silent && speaks->note != s->r->silent)) {
        s->r->same++;
        tr_app_say_same(s->r->app, other, speaks);
    }
    if (s->same)
        s->same(s->cookie, other, speaks);
}

int tr_referrals_settle(struct tr_referrals *r,
                        void (*same)(void *cookie, const struct tr_person_at *other,
                                     const struct tr_person_at *speaks),
                        void *cookie)
{
    struct settling s = {r, same, cookie};
    const struct tr_persons_use use = {.judge = r->judge ? judge_standing : NULL,
                                       .same = tell_same,
                                       .cookie = &s,
                                       .meet = r->meet ? meet_one : NULL};
    struct tr_err err;
    char number[24];

    tr_import_end(r->import);
    if (!r->persons)
        return 0;
    if (tr_persons_settle(r->persons, &use, &err) < 0)
        return tr_app_fail(r->app, &err);
    snprintf(number, sizeof number, "%llu", (unsigned long long)r->same);
    if (r->same)
        tr_app_note(r->app, N_("referrals about persons for whom another referral counts: %1"),
                    number, NULL);
    return 0;
}

/* A row whose group gives cause for a warning. */
struct doubt {
    struct tr_referrals *r;
    const struct tr_row *row;
};

/* Says the warning with the place of the field. */
static void say_doubt(void *cookie, enum tr_field field, struct tr_err *err)
{
    const struct doubt *d = cookie;
    const struct tr_binding *b = d->r->now;
    int column = tr_binding_column(b, field);

    err->source = b->source;
    err->line = d->row->line;
    if (b->delimiter && column >= 0)
        tr_row_place(d->row, (uint32_t)column, b->delimiter, &err->line, &err->col);
    tr_app_say(d->r->app, err);
}

void tr_referrals_group(struct tr_referrals *r, const struct tr_rop *rop, const struct tr_row *row,
                        struct tr_rop_result *result)
{
    struct doubt doubt = {r, row};

    tr_rop_group(rop, r->referral.v, true, result);
    if (tr_rop_warns(result))
        tr_rop_warn(rop, result, r->referral.v, say_doubt, &doubt);
}

static void say_unread(const struct tr_referrals *r)
{
    char number[24];

    if (r->unread_cells == 0)
        return;
    snprintf(number, sizeof number, "%llu", (unsigned long long)r->unread_cells);
    tr_app_note(r->app, N_("cells that could not be read, whose facts count as unknown: %1"),
                number, NULL);
}

uint64_t tr_referrals_refused(const struct tr_referrals *r)
{
    return r->rows[TR_IMPORT_REJECTED] + r->inputs.refused;
}

static void say_summary(const struct tr_referrals *r)
{
    uint64_t read = 0;
    char number[6][24];

    for (int i = 0; i <= TR_IMPORT_REJECTED; i++) {
        read += r->rows[i];
        snprintf(number[i], sizeof number[i], "%llu", (unsigned long long)r->rows[i]);
    }
    if (read == 0 || (read == r->rows[TR_IMPORT_GOOD] && !r->app->verbose))
        return;
    snprintf(number[5], sizeof number[5], "%llu", (unsigned long long)read);
    tr_app_note(r->app,
                r->rows[TR_IMPORT_ASIDE]
                    ? N_("rows: %1 read, %2 kept, %3 rejected, %4 dropped as repeated, %5 "
                         "blank, %6 that are no record")
                    : N_("rows: %1 read, %2 kept, %3 rejected, %4 dropped as repeated, %5 "
                         "blank"),
                number[5], number[TR_IMPORT_GOOD], number[TR_IMPORT_REJECTED],
                number[TR_IMPORT_TWICE], number[TR_IMPORT_BLANK], number[TR_IMPORT_ASIDE], NULL);
}

int tr_referrals_close(struct tr_referrals *r, bool keep)
{
    int rc = tr_rejects_close(r->app, &r->rejects, keep);

    if (keep) {
        tr_app_say_spellings(r->app, r->import);
        say_summary(r);
        tr_inputs_say_refused(r->app, r->inputs.refused);
        say_unread(r);
    }
    for (int i = 0; r->binding && i < r->inputs.n; i++)
        tr_binding_clear(&r->binding[i]);
    free(r->binding);
    tr_dict_clear(&r->unread);
    tr_twins_clear(&r->twins);
    tr_alike_clear(&r->alike);
    tr_import_free(r->import);
    tr_persons_free(r->persons);
    tr_inputs_close(&r->inputs);
    return rc;
}
