#include "cli/register/register_case.h"

#include "cli/register/register_own.h"
#include "domain/cases/chain.h"
#include "domain/placement/placement.h"
#include "domain/referral/link.h"

struct sources {
    struct tr_casefile cases;
    struct tr_records institutions, stays, decisions, links, chain;
};

static int take(struct tr_register *r, struct sources *s)
{
    struct tr_app *app = r->app;
    const char *referrals = tr_register_table(r, TR_RECORD_REFERRAL);
    const char *institutions = tr_register_table(r, TR_RECORD_INSTITUTION);
    const char *stays = tr_register_table(r, TR_RECORD_STAY);
    const char *events = tr_register_table(r, TR_RECORD_EVENT);
    const char *decisions = tr_register_table(r, TR_RECORD_DECISION);
    const char *links = tr_register_table(r, TR_RECORD_LINK);

    return !referrals || !institutions || !stays || !events || !decisions || !links ||
                   tr_app_records(app, &tr_institution_kind, institutions, &s->institutions) < 0 ||
                   tr_app_stays(app, stays, &s->institutions, tr_app_day(app, "today", r->day),
                                &s->stays) < 0 ||
                   tr_casefile_start(app, &s->cases) < 0 ||
                   tr_casefile_referrals(app, &s->cases, referrals, 0) < 0 ||
                   tr_casefile_links(app, &s->cases, links) < 0 ||
                   tr_app_records(app, &tr_link_kind, links, &s->links) < 0 ||
                   tr_app_records(app, &tr_event_kind, events, &s->cases.events) < 0 ||
                   tr_app_records(app, &tr_placement_kind, decisions, &s->decisions) < 0
               ? -1
               : 0;
}

/* ---- what stays were before ---- */

/* The forms of stays, one after another: those of one stay in the order in which they came in. */
struct looking_back {
    struct tr_register *r;
    struct tr_records *stays;
    struct tr_buf columns, body;
    int now; /* the stay in hand */
    struct tr_stay_form last;
    struct tr_err err;
    int failed;
};

static int status_of(struct tr_str name)
{
    int status = 0;

    while (status < TR_STAY_OTHER && !tr_str_is(name, tr_stay_status_name(status)))
        status++;
    return status;
}

static int32_t day_of(struct tr_str iso)
{
    struct tr_date date;

    return tr_date_parse(iso, &date) ? tr_date_number(date) : TR_NO_DAY;
}

/* What the form says; an offer is accepted when that becomes known, not when it was made. */
static int read_form(struct looking_back *b, const struct tr_store_form *f, bool first,
                     struct tr_stay_form *out)
{
    struct tr_str name[TR_CUT_MAX], cell[TR_CUT_MAX];
    size_t n;

    if (tr_register_cut(b->r, &f->found, &b->columns, &b->body, name, cell, &n, &b->err) < 0)
        return -1;
    *out = (struct tr_stay_form){TR_STAY_OTHER, TR_NO_DAY};
    for (size_t i = 0; i < n; i++) {
        if (tr_str_is(name[i], "status"))
            out->status = status_of(cell[i]);
        else if (tr_str_is(name[i], "from"))
            out->begins = day_of(cell[i]);
    }
    if (!first && (out->status == TR_STAY_ACCEPTED || out->begins == b->last.begins))
        out->begins = day_of(f->day);
    return 0;
}

static int take_form(void *cookie, const struct tr_store_form *f)
{
    struct looking_back *b = cookie;
    int now = tr_str_is(f->found.kind, tr_record_kind_names[TR_RECORD_STAY])
                  ? tr_records_find(b->stays, f->found.id)
                  : -1;
    bool first = now != b->now;
    struct tr_stay_form form;

    b->now = now;
    if (now < 0)
        return 0;
    b->failed = read_form(b, f, first, &form);
    if (b->failed == 0 && !first && form.begins >= b->last.begins) {
        if (tr_chain_former(b->stays, (uint32_t)now, &b->last, &form) < 0)
            b->failed = tr_err_memory(&b->err);
        else if (f->gone.len == 0 && form.status == TR_STAY_ACCEPTED)
            tr_stay(b->stays, (uint32_t)now)->from = form.begins;
    }
    b->last = form;
    return b->failed;
}

/* Adds to stays what they were before. */
static int look_back(struct tr_register *r, const struct tr_records *referrals,
                     struct tr_records *stays, struct tr_err *err)
{
    struct looking_back b = {.r = r, .stays = stays, .now = -1};
    struct tr_buf ids = {0};

    for (uint32_t i = 0; i < referrals->n; i++) {
        tr_buf_str(&ids, tr_case(referrals, i)->id);
        tr_buf_char(&ids, '\n');
    }
    if (ids.failed)
        b.failed = tr_err_memory(&b.err);
    else if (tr_store_about(r->store, (struct tr_str){"", 0}, tr_buf_slice(&ids), take_form, &b,
                            &b.err) < 0)
        b.failed = -1;
    tr_buf_clear(&ids);
    tr_buf_clear(&b.columns);
    tr_buf_clear(&b.body);
    *err = b.err;
    return b.failed;
}

/* ---- the chain ---- */

static int make_chain(struct tr_register *r, struct sources *s, struct tr_str id, int32_t day,
                      struct tr_err *err)
{
    struct tr_records *referrals = &s->cases.referrals, *events = &s->cases.events;
    int rc = tr_chain_start(&s->cases.states, referrals, &s->stays, events, id, day, err);
    const uint32_t now = s->stays.n;

    if (rc > 0) {
        char text[TR_ID_MAX + 1];

        tr_err_copy(text, sizeof text, id);
        rc = tr_err_set(err, TR_E_NOT_IN_REGISTER, text, NULL, NULL);
        err->source = r->app->register_name;
    }
    if (rc == 0)
        rc = look_back(r, referrals, &s->stays, err);
    if (rc == 0)
        rc = tr_chain_make(&s->chain, &s->cases.states, referrals, &s->stays, now, events, day,
                           err);
    for (uint32_t i = 0; rc == 0 && i < s->decisions.n; i++) {
        const struct tr_placement *p = tr_placement(&s->decisions, i);

        if (tr_chain_decided(&s->chain, referrals, p->id, p->decision, p->institution_id,
                             p->reason) < 0)
            rc = tr_err_memory(err);
    }
    if (rc == 0 && tr_chain_linked(&s->chain, referrals, &s->links, day) < 0)
        rc = tr_err_memory(err);
    return rc < 0 ? -1 : 0;
}

/* ---- papers ---- */

struct filing {
    struct tr_register *r;
    struct sources *s;
    int32_t as_of;
    struct tr_str paper; /* the kind in hand */
    struct tr_buf columns, body;
    struct tr_err err;
    int failed;
};

/* Of a paper, its case and day: what it says needs no form of the profile. */
static int take_paper(void *cookie, const struct tr_store_found *found)
{
    struct filing *f = cookie;
    struct tr_str name[TR_CUT_MAX], cell[TR_CUT_MAX], of = {"", 0};
    int32_t day = TR_NO_DAY;
    size_t n;

    f->failed = tr_register_cut(f->r, found, &f->columns, &f->body, name, cell, &n, &f->err);
    if (f->failed < 0)
        return -1;
    for (size_t i = 0; i < n; i++) {
        if (tr_str_is(name[i], "case_id"))
            of = cell[i];
        else if (tr_str_is(name[i], "date"))
            day = day_of(cell[i]);
    }
    if (day <= f->as_of &&
        tr_chain_paper(&f->s->chain, &f->s->cases.referrals, of, day, f->paper) < 0)
        f->failed = tr_err_memory(&f->err);
    return f->failed;
}

/* Adds the papers of the register up to the day. -1: said. */
static int add_papers(struct tr_register *r, struct sources *s, int32_t as_of)
{
    struct filing f = {.r = r, .s = s, .as_of = as_of};

    for (int k = TR_RECORD_ASSESSMENT; f.failed == 0 && k <= TR_RECORD_PLAN; k++) {
        const struct tr_store_query query = {.kind = tr_str(tr_record_kind_names[k]),
                                             .whole = r->keys != NULL};

        f.paper = query.kind;
        if (tr_store_get(r->store, &query, take_paper, &f, &f.err) < 0)
            f.failed = -1;
    }
    tr_buf_clear(&f.columns);
    tr_buf_clear(&f.body);
    return f.failed < 0 ? tr_app_fail(r->app, &f.err) : 0;
}

int tr_register_case(struct tr_register *r, const char *id, const char *as_of,
                     enum tr_format format, const char *path)
{
    struct sources s = {0};
    struct tr_app *app = r->app;
    int32_t day = tr_app_day(app, "as-of", as_of ? as_of : r->day);
    struct tr_err err;
    int rc = take(r, &s);

    tr_records_start(&s.chain, &tr_chain_kind, &app->profile, NULL);
    if (rc == 0 && make_chain(r, &s, tr_str(id), day, &err) < 0)
        rc = tr_app_fail(app, &err);
    if (rc == 0 && (rc = add_papers(r, &s, day)) == 0 && (rc = tr_chain_order(&s.chain, &err)) < 0)
        tr_app_fail(app, &err);
    if (rc == 0)
        rc = tr_app_put_records(app, &s.chain, format, path);
    tr_records_clear(&s.chain);
    tr_records_clear(&s.links);
    tr_records_clear(&s.decisions);
    tr_records_clear(&s.stays);
    tr_records_clear(&s.institutions);
    tr_casefile_clear(&s.cases);
    return rc;
}
