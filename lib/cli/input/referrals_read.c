/* Rows of referrals, read by blocks ahead of their turn and taken in their order. What a block finds plainly good is
 * kept, as a digest or with its values, until its turn comes; every other row is read alone, in its turn. */
#include <stdlib.h>

#include "base/text.h"
#include "cli/input/referrals.h"
#include "domain/profile/reading.h"
#include "domain/referral/block.h"
#include "record/seen/seen.h"

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

    const struct tr_digest *digest; /* NULL: rows are kept as they are */
    uint8_t field[TR_N_FIELDS]; /* of those, whose values are kept */
    int n_fields;
    size_t slot; /* bytes of one */
    struct tr_reader *reader;
    struct worker worker[TR_THREADS_MAX]; /* 0: the caller's thread */
};

enum { OWN_TEXT = 256 };
enum { EXPECTED = 8 }; /* rows from the one in hand, whose ids start on their way from far memory */

/* A row's slot; with a small digest, a line of the cache. */
struct slot {
    struct tr_mark mark; /* first */
    struct tr_person person;
    uint32_t id; /* referral_id in the row's text */
    uint16_t id_len;
    bool good;
    bool typed; /* the pseudonym was, see may_be_alike */
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

/* A row that is kept as it is: the values that are wanted, in the order of fields, and the texts of them that stand
 * neither in the row nor in a list. */
struct kept {
    char text[OWN_TEXT];
    struct tr_value v[];
};

static bool is_of_list(const struct pass *pass, int f, const struct tr_value *v)
{
    const struct tr_list *list = pass->r->app->profile.of_field[f];

    return list && v->num >= 0 && v->num < list->n && v->text.p == list->entry[v->num].code.p;
}

/* false: its texts find no room; then it is read in its turn. */
static bool keep_values(const struct pass *pass, const struct tr_row *row, const struct tr_value v[], struct kept *kept)
{
    const char *first = row->base + row->start, *last = row->base + row->sep[row->n - 1];
    char *to = kept->text, *end = kept->text + sizeof kept->text;

    for (int i = 0; i < pass->n_fields; i++) {
        const int f = pass->field[i];
        struct tr_str *text = &kept->v[i].text;

        kept->v[i] = v[f];
        if (text->len == 0 || (text->p >= first && text->p < last) || is_of_list(pass, f, &v[f]))
            continue;
        if (text->len > (size_t)(end - to))
            return false;
        memcpy(to, text->p, text->len);
        text->p = to;
        to += text->len;
    }
    return true;
}

/* The text of who the row is about, as it stands in the row. */
static struct tr_str person_in(const struct tr_binding *b, const struct tr_row *row)
{
    int column = tr_binding_column(b, TR_F_PERSON_ID);

    return column < 0 ? (struct tr_str){"", 0} : tr_text_trim(tr_row_cell(row, (uint32_t)column));
}

static bool stands_in(const struct tr_binding *b, const struct tr_row *row, struct tr_str person)
{
    struct tr_str there = person_in(b, row);

    return there.p == person.p && there.len == person.len;
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
        s->typed = may_be_alike(v);
        s->good = good >> i & 1 && find_text(at, v[TR_F_REFERRAL_ID].text, s) &&
                  (!s->typed || !pass->digest || stands_in(w->b, at, v[TR_F_PERSON_ID].text)) &&
                  (pass->digest ? pass->digest->make(pass->cookie, number, w->b, at, v, s->digest)
                                : keep_values(pass, at, v, (struct kept *)(void *)s->digest));
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
static int look_for_alike(struct tr_referrals *r, const struct tr_row *row, struct tr_str id, struct tr_str person)
{
    const struct tr_person_at at = {
        .id = id,
        .source = tr_app_source_name(r->app, r->now->source),
        .line = row->line};
    struct tr_err err;
    int rc = !r->alike_told && tr_alike_is_typed(person) ? tr_alike_add(&r->alike, person, &at, &err) : 0;

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

/* Gives a good row to the program. person: whom it is about, where that is known already; else NULL. */
static int use_referral(struct pass *pass, const struct tr_row *row, const struct tr_person *person)
{
    struct tr_referrals *r = pass->r;
    const struct tr_value *v = r->referral.v;
    struct tr_person own;

    r->note = 0;
    if (pass->take(pass->cookie, row) < 0 || look_for_twin(r, row, v[TR_F_REFERRAL_ID].text) < 0 ||
        look_for_alike(r, row, v[TR_F_REFERRAL_ID].text, v[TR_F_PERSON_ID].text) < 0 || keep_note(r, r->referral.id) < 0)
        return -1;
    if (!r->persons)
        return 0;
    if (!person)
        tr_person_from(&own, v);
    return note_person(r, row, person ? person : &own, v[TR_F_REFERRAL_ID].text);
}

/* Takes a row that was read ahead of its turn. */
static int take_kept(struct pass *pass, const struct tr_row *row, const struct slot *slot)
{
    struct tr_referral *referral = &pass->r->referral;
    const struct kept *kept = (const void *)slot->digest;

    for (int f = 0; referral->binding != pass->r->now && f < TR_N_FIELDS; f++)
        referral->v[f] = (struct tr_value){.num = -1};
    for (int i = 0; i < pass->n_fields; i++)
        referral->v[pass->field[i]] = kept->v[i];
    referral->binding = pass->r->now;
    referral->id = slot->mark.id;
    referral->content = slot->mark.content;
    referral->mark = -1;
    referral->unread = 0;
    referral->n_faults = 0;
    return use_referral(pass, row, &slot->person);
}

static int take_row(void *cookie, const struct tr_row *row)
{
    struct pass *pass = cookie;
    struct tr_referrals *r = pass->r;
    const struct slot *slot = row->slot;
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
        if (!pass->digest)
            return take_kept(pass, row, slot);
        if (pass->digest->use(pass->cookie, slot->digest) < 0 || look_for_twin(r, row, id) < 0 ||
            (slot->typed && look_for_alike(r, row, id, person_in(r->now, row)) < 0) ||
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
        return use_referral(pass, row, NULL);
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

/* Reads the input of pass, with rows ahead of their turn. */
static int read_prepared(struct pass *pass, int i, bool shared)
{
    struct tr_referrals *r = pass->r;
    const struct tr_prepare work = {prepare_rows, pass, pass->slot, shared};
    int rc;

    if (!pass->once)
        tr_import_alone(r->import);
    pass->reader = r->inputs.reader[i];
    tr_reader_prepare(pass->reader, &work);
    r->now = &r->binding[i];
    rc = tr_inputs_rows(r->app, &r->inputs, i, take_row, pass);
    tr_reader_close(r->inputs.reader[i]); /* and with it the thread that uses pass */
    r->inputs.reader[i] = NULL;
    if (rc == 0)
        say_dates(pass);
    for (int w = 0; w < TR_THREADS_MAX; w++) {
        tr_import_join(r->import, pass->worker[w].made);
        clear_worker(&pass->worker[w]);
    }
    return rc;
}

static size_t slot_with(size_t digest)
{
    return (sizeof(struct slot) + digest + 7) / 8 * 8;
}

int tr_referrals_read(struct tr_referrals *r, int i, uint64_t wanted, bool once,
                      int (*take)(void *cookie, const struct tr_row *row), void *cookie)
{
    static const uint64_t told = UINT64_C(1) << TR_F_PERSON_ID_KIND | UINT64_C(1) << TR_F_BIRTH_YEAR |
                                 UINT64_C(1) << TR_F_PROTECTION; /* by other cells than their own */
    struct pass pass = {.r = r, .wanted = wanted, .once = once, .take = take, .cookie = cookie};

    for (int f = 0; f < TR_N_FIELDS; f++)
        if ((wanted | told) >> f & 1)
            pass.field[pass.n_fields++] = (uint8_t)f;
    pass.slot = slot_with(sizeof(struct kept) + (size_t)pass.n_fields * sizeof(struct tr_value));
    return read_prepared(&pass, i, true);
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
                        .slot = slot_with(digest->size)};

    return read_prepared(&pass, i, digest->shared);
}
