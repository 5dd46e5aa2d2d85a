#include "cli/register/register_passing.h"

#include <stdio.h>

#include "cli/register/register_own.h"
#include "domain/places/stay.h"
#include "domain/referral/passed.h"

/* Somebody who has a place at an institution. */
struct tenant {
    struct tr_str referral, institution, id; /* id: of what is passed on */
    bool offered;                            /* and no more than that */
    bool wanted;
    int64_t put; /* with which the referral came; 0: there is none */
};

struct passing {
    struct tr_register *r;
    struct tr_passing *out;
    struct tr_dict institutions, ids; /* that have a key; tenants by id */
    struct tr_buf tenants;            /* struct tenant */
    struct tr_arena text;
    struct tr_buf columns, body, id;
    uint64_t wanted;
    /* of those passed on */
    struct tr_put_form form;
    struct tr_buf opened, open, persons;
    const struct tenant *now;
    bool started;
    int64_t layout;
    uint64_t news[TR_N_STORE_NEWS];
    struct tr_err err;
};

static struct tr_str kind_name(enum tr_record_kind kind)
{
    return tr_str(tr_record_kind_names[kind]);
}

static struct tenant *tenants(const struct passing *p, size_t *n)
{
    *n = p->tenants.len / sizeof(struct tenant);
    return (struct tenant *)(void *)p->tenants.p;
}

/* ---- who has a place ---- */

static void take_key(void *cookie, const struct tr_store_key *key)
{
    static const char begins[] = "read:" TR_INSTITUTION_SIGN;
    const size_t len = sizeof begins - 1;
    struct passing *p = cookie;

    if (key->retired.len > 0 || key->purpose.len <= len || memcmp(key->purpose.p, begins, len) != 0)
        return;
    if (tr_dict_add(&p->institutions, (struct tr_str){key->purpose.p + len, key->purpose.len - len}, &(int){0}) < 0)
        p->text.failed = true;
}

/* Whether a stay gives a place today. */
static bool has_place(const struct passing *p, struct tr_str status, struct tr_str to)
{
    static const enum tr_stay_status places[] = {TR_STAY_OFFERED,   TR_STAY_ACCEPTED,    TR_STAY_MOVED_IN,
                                                 TR_STAY_KEPT,      TR_STAY_DAY_PLACE,   TR_STAY_SELF_AGREED,
                                                 TR_STAY_SELF_REFERRED};
    bool has = false;

    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        has |= tr_str_is(status, tr_stay_status_name(places[i]));
    return has && (to.len == 0 || tr_str_cmp(to, tr_str(p->r->day)) >= 0);
}

static int add_tenant(struct passing *p, struct tr_str referral, struct tr_str institution, bool offered)
{
    size_t n;
    struct tenant one = {.offered = offered};
    int number = (int)(p->tenants.len / sizeof one), known;

    tr_passed_id(&p->id, referral, institution);
    known = p->id.failed ? -1 : tr_dict_add(&p->ids, tr_buf_slice(&p->id), &number);
    if (known > 0)
        tenants(p, &n)[number].offered &= offered;
    if (known != 0)
        return known < 0 ? tr_err_memory(&p->err) : 0;
    one.referral = tr_arena_copy(&p->text, referral);
    one.institution = tr_arena_copy(&p->text, institution);
    one.id = tr_arena_copy(&p->text, tr_buf_slice(&p->id));
    tr_buf_add(&p->tenants, &one, sizeof one);
    return p->tenants.failed || p->text.failed ? tr_err_memory(&p->err) : 0;
}

static int take_stay(void *cookie, const struct tr_store_found *found)
{
    struct passing *p = cookie;
    struct tr_str name[TR_CUT_MAX], cell[TR_CUT_MAX], referral = {"", 0}, institution = {"", 0}, status = {"", 0},
                                                      to = {"", 0};
    size_t n;

    if (tr_register_cut(p->r, found, &p->columns, &p->body, name, cell, &n, &p->err) < 0)
        return -1;
    for (size_t i = 0; i < n; i++) {
        referral = tr_str_is(name[i], "referral_id") ? cell[i] : referral;
        institution = tr_str_is(name[i], "institution_id") ? cell[i] : institution;
        status = tr_str_is(name[i], "status") ? cell[i] : status;
        to = tr_str_is(name[i], "to") ? cell[i] : to;
    }
    if (tr_dict_find(&p->institutions, institution) < 0 || !has_place(p, status, to))
        return 0;
    return add_tenant(p, referral, institution, tr_str_is(status, tr_stay_status_name(TR_STAY_OFFERED)));
}

/* ---- what they do not have yet ---- */

static int take_referral(void *cookie, const struct tr_store_found *found)
{
    *(int64_t *)cookie = found->put;
    return -1; /* there is but one */
}

/* What was passed on before the referral was put in anew does not count. */
static int take_passed(void *cookie, const struct tr_store_found *found)
{
    struct passing *p = cookie;
    size_t n;
    struct tenant *t = tenants(p, &n);
    int number = tr_dict_find(&p->ids, found->id);

    if (number >= 0 && found->put > t[number].put)
        t[number].wanted = false;
    return 0;
}

/* Gives take the records of a kind, of one id unless that is empty. */
static int each(struct passing *p, enum tr_record_kind kind, struct tr_str id,
                int (*take)(void *cookie, const struct tr_store_found *found), void *cookie)
{
    const struct tr_store_query query = {.kind = kind_name(kind), .id = id, .whole = true};

    return tr_register_each(p->r, &query, take, cookie, &p->err);
}

/* Of offers, asks whether the person consents: an offer tells the place of the person. */
static int ask_consent(struct passing *p)
{
    struct tr_app *app = p->r->app;
    const struct tr_case_paths paths = {.referrals = tr_register_table(p->r, TR_RECORD_REFERRAL),
                                        .stays = tr_register_table(p->r, TR_RECORD_STAY),
                                        .events = tr_register_table(p->r, TR_RECORD_EVENT),
                                        .silent = true};
    struct tr_casefile f = {0};
    struct tr_records stays = {0};
    size_t n;
    struct tenant *t = tenants(p, &n);
    int rc = paths.referrals && paths.stays && paths.events
                 ? tr_casefile_read(app, &f, &paths, NULL, &stays, tr_app_day(app, "today", p->r->day))
                 : -1;

    for (size_t i = 0; rc == 0 && i < n; i++) {
        const struct tr_case_standing *at;

        if (!t[i].wanted || !t[i].offered)
            continue;
        at = tr_cases_of(&f.cases, t[i].referral);
        if (at && at->consent == TR_CONSENT_GIVEN)
            continue;
        t[i].wanted = false;
        p->wanted--;
        p->out->unasked++;
    }
    tr_casefile_clear(&f);
    tr_records_clear(&stays);
    return rc;
}

/* Finds what is to be passed on. -1: said, or see err. */
static int find_wanted(struct passing *p, bool *said)
{
    bool offered = false;
    size_t n;
    struct tenant *t;

    if (each(p, TR_RECORD_STAY, (struct tr_str){"", 0}, take_stay, p) < 0)
        return -1;
    t = tenants(p, &n);
    for (size_t i = 0; i < n; i++) {
        if (each(p, TR_RECORD_REFERRAL, t[i].referral, take_referral, &t[i].put) < 0)
            return -1;
        t[i].wanted = t[i].put > 0;
    }
    if (n > 0 && each(p, TR_RECORD_PASSED_ON, (struct tr_str){"", 0}, take_passed, p) < 0)
        return -1;
    for (size_t i = 0; i < n; i++) {
        p->wanted += t[i].wanted;
        offered |= t[i].wanted && t[i].offered;
    }
    *said = offered;
    return offered ? ask_consent(p) : 0;
}

/* ---- passing on ---- */

/* The sealed part of a referral, without what does not go along. */
static void leave_rest(struct tr_str opened, struct tr_buf *out)
{
    struct tr_str part;

    out->len = 0;
    if (opened.len == 0)
        return;
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        if (!tr_field_is_sealed(f))
            continue;
        if (!tr_str_part(&opened, '\x1F', &part))
            return;
        if (tr_passed_has(f))
            tr_buf_str(out, part);
        tr_buf_char(out, '\x1F');
    }
}

static int start_put(struct passing *p)
{
    const struct tr_store_put put = {tr_str(p->r->day), tr_str(p->r->moment), tr_str(p->r->who),
                                     kind_name(TR_RECORD_PASSED_ON)};
    struct tr_str header;

    p->started = true;
    tr_kind_columns(&tr_passed_kind, p->form.column);
    header = tr_put_form_start(&p->form, tr_passed_kind.n_members);
    return tr_store_put_start(p->r->store, &put, &p->err) < 0
               ? -1
               : tr_store_layout(p->r->store, put.kind, header, &p->layout, &p->err);
}

/* The same for what was made of the same form of a referral. It tells nothing of who that is about, as every key has
 * the secret. */
static void make_content(const struct passing *p, unsigned char out[TR_MARK_LEN])
{
    struct tr_parts parts;

    parts.n = 0;
    tr_parts_text(&parts, p->now->referral);
    tr_parts_text(&parts, p->now->institution);
    tr_parts_number(&parts, p->now->put);
    tr_mac(&p->r->keys->secret[TR_SECRET_BIND], "transition passed on", &parts, out, TR_MARK_LEN);
}

/* Puts the record in, and notes whom it is about. */
static int put_record(struct passing *p, struct tr_str person)
{
    char office[TR_INSTITUTION_OFFICE], code[TR_PSEUDONYM_LEN];
    struct tr_str cells[TR_PUT_COLUMNS_MAX] = {p->now->referral, p->now->institution};
    struct tr_store_record record = {.kind = kind_name(TR_RECORD_PASSED_ON),
                                     .id = p->now->id,
                                     .about = p->now->referral,
                                     .person = person,
                                     .open = tr_buf_slice(&p->open)};

    snprintf(office, sizeof office, TR_INSTITUTION_SIGN "%.*s", (int)p->now->institution.len, p->now->institution.p);
    record.bydel = tr_str(office);
    if (!p->started && start_put(p) < 0)
        return -1;
    record.layout = p->layout;
    record.body = tr_put_form_body(&p->form, cells);
    make_content(p, record.content);
    if (person.len == 0)
        tr_looked_at(&p->r->keys->secret[TR_SECRET_LOG], p->now->referral, code);
    tr_buf_str(&p->persons, person.len ? person : (struct tr_str){code, sizeof code});
    tr_buf_char(&p->persons, '\n');
    return p->form.body.buf.failed || p->open.failed || p->persons.failed
               ? tr_err_memory(&p->err)
               : tr_store_put(p->r->store, &record, p->news, &p->err);
}

static int pass_found(void *cookie, const struct tr_store_found *found)
{
    struct passing *p = cookie;

    p->opened.len = 0;
    if (tr_store_unseal(p->r->store, found, &p->opened, &p->err) < 0) {
        if (p->err.code != TR_E_OTHER_OFFICE)
            return -1;
        p->err.code = TR_OK; /* the other office will */
        return 0;
    }
    leave_rest(tr_buf_slice(&p->opened), &p->open);
    put_record(p, found->person); /* says in err what failed */
    return -1;                    /* there is but one */
}

/* All that goes to one institution, and the line of the log. -1: said, or see err. */
static int pass_to(struct passing *p, struct tr_str institution, bool *said)
{
    char name[TR_ID_MAX + 1];
    size_t n;
    const struct tenant *t = tenants(p, &n);

    p->persons.len = 0;
    for (size_t i = 0; i < n; i++) {
        p->now = &t[i];
        if (t[i].wanted && tr_str_eq(t[i].institution, institution) &&
            each(p, TR_RECORD_REFERRAL, t[i].referral, pass_found, p) < 0)
            return -1;
    }
    if (p->persons.len == 0)
        return 0;
    tr_register_order(&p->persons);
    if (p->persons.failed)
        return tr_err_memory(&p->err);
    tr_err_copy(name, sizeof name, institution);
    *said = true;
    return tr_register_log(p->r, "pass-on", name, tr_buf_slice(&p->persons));
}

/* Institution after institution, in the order of their first tenants. */
static int pass_all(struct passing *p, bool *said)
{
    struct tr_dict done = {0};
    size_t n;
    const struct tenant *t = tenants(p, &n);
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < n; i++) {
        int known = t[i].wanted ? tr_dict_add(&done, t[i].institution, &(int){0}) : 1;

        *said = false;
        rc = known < 0 ? tr_err_memory(&p->err) : known == 0 ? pass_to(p, t[i].institution, said) : 0;
    }
    tr_dict_clear(&done);
    if (rc == 0 && (rc = tr_store_put_end(p->r->store, &p->err)) < 0) /* its counts end here */
        *said = false;
    return rc;
}

static void clear(struct passing *p)
{
    tr_dict_clear(&p->institutions);
    tr_dict_clear(&p->ids);
    tr_buf_clear(&p->tenants);
    tr_arena_clear(&p->text);
    tr_buf_clear(&p->columns);
    tr_buf_clear(&p->body);
    tr_buf_clear(&p->id);
    tr_put_form_clear(&p->form);
    tr_buf_wipe(&p->opened);
    tr_buf_wipe(&p->open);
    tr_buf_clear(&p->persons);
}

int tr_register_pass_on(struct tr_register *r, struct tr_passing *out)
{
    const bool reads = r->keys->has[TR_SECRET_READ] && r->keys->has[TR_SECRET_LOG];
    struct passing p = {.r = r, .out = out};
    bool said = false;
    int rc = tr_store_key_list(r->store, take_key, &p, &p.err);

    *out = (struct tr_passing){0};
    if (rc == 0 && p.text.failed)
        rc = tr_err_memory(&p.err);
    tr_store_on_change(r->store, NULL, NULL); /* what is passed on anew empties nothing */
    if (rc == 0 && p.institutions.n > 0)
        rc = find_wanted(&p, &said);
    if (rc == 0 && p.wanted > 0 && reads)
        rc = pass_all(&p, &said);
    else if (rc == 0)
        out->waiting = p.wanted;
    if (rc < 0 && !said)
        tr_app_fail(r->app, &p.err);
    clear(&p);
    return rc;
}

void tr_register_tell_passing(const struct tr_register *r, const struct tr_passing *p)
{
    char number[24];

    snprintf(number, sizeof number, "%llu", (unsigned long long)p->waiting);
    if (p->waiting > 0)
        tr_app_note(r->app,
                    N_("not yet passed on to their institutions: %1; ‘register-key pass-on’ does so with a key that "
                       "reads"),
                    number, NULL);
    snprintf(number, sizeof number, "%llu", (unsigned long long)p->unasked);
    if (p->unasked > 0)
        tr_app_note(r->app,
                    N_("offers to people whose consent is not known, of whom nothing is passed on: %1"),
                    number, NULL);
}
