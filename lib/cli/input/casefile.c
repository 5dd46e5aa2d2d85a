#include "cli/input/casefile.h"

#include <stdlib.h>

#include "cli/input/referrals.h"
#include "domain/referral/link.h"

int tr_casefile_start(struct tr_app *app, struct tr_casefile *f)
{
    struct tr_err err;

    *f = (struct tr_casefile){0};
    tr_records_start(&f->referrals, &tr_case_kind, &app->profile, NULL);
    tr_guarded_start(&f->guarded, &app->profile, NULL);
    return tr_case_states_load(&f->states, &app->profile, &err) < 0 ? tr_app_fail(app, &err) : 0;
}

struct taking {
    struct tr_referrals referrals;
    struct tr_casefile *f;
    bool stray; /* a row is rejected that may be of any case */
};

static void note_bad(struct taking *t, struct tr_str id)
{
    if (tr_dict_add(&t->f->bad, id, &(int){0}) < 0)
        tr_app_no_memory(t->referrals.app);
}

/* Whether all that is wrong with a rejected row is who the person is, or where: the case is known. */
static bool is_known(const struct tr_referral *r)
{
    bool known = true;

    for (int i = 0; i < r->n_faults; i++) {
        int field = tr_field_find(tr_str(r->fault[i].field));

        known &= tr_code_class(r->fault[i].code) == TR_CLASS_WARN ||
                 (field >= 0 && (tr_fields[field].tells == TR_TELLS_WHO ||
                                 tr_fields[field].tells == TR_TELLS_WHERE));
    }
    return known;
}

/* A mark counts whatever becomes of its row. */
static void note_mark(struct taking *t, const struct tr_value v[])
{
    if (tr_guarded_add(&t->f->guarded, v[TR_F_REFERRAL_ID].text, v[TR_F_PERSON_ID].text,
                       v[TR_F_PROTECTION].num) < 0)
        tr_app_no_memory(t->referrals.app);
}

/* A referral that is rejected: its case is taken as far as it is known, or counts as bad. v NULL: its
 * cells cannot be told apart. */
static void take_rejected(void *cookie, const struct tr_value v[])
{
    struct taking *t = cookie;

    if (v)
        note_mark(t, v);
    if (!v || v[TR_F_REFERRAL_ID].text.len == 0)
        t->stray = true;
    else if (!t->f->in_part || !is_known(&t->referrals.referral))
        note_bad(t, v[TR_F_REFERRAL_ID].text);
    else if (tr_case_take(&t->f->referrals, v, 0) < 0)
        tr_app_no_memory(t->referrals.app);
}

static int take_case(void *cookie, const struct tr_row *row)
{
    struct taking *t = cookie;
    const struct tr_referral *r = &t->referrals.referral;

    if (t->f->whole && r->unread)
        note_bad(t, r->v[TR_F_REFERRAL_ID].text);
    return tr_case_take(&t->f->referrals, t->referrals.referral.v, row->line) < 0
               ? tr_app_no_memory(t->referrals.app)
               : 0;
}

int tr_casefile_referrals(struct tr_app *app, struct tr_casefile *f, const char *path,
                          uint64_t fields)
{
    struct taking t = {.f = f};
    const uint64_t wanted = UINT64_C(1) << TR_F_REFERRAL_ID | UINT64_C(1) << TR_F_RECEIVED |
                            UINT64_C(1) << TR_F_PERSON_ID | UINT64_C(1) << TR_F_AVAILABLE_FROM |
                            UINT64_C(1) << TR_F_PROTECTION | UINT64_C(1) << TR_F_NAME |
                            UINT64_C(1) << TR_F_CONSENT | UINT64_C(1) << TR_F_CONSENT_KIND |
                            UINT64_C(1) << TR_F_QUEUE_NUMBER |
                            UINT64_C(1) << TR_F_CONSENT_ON | UINT64_C(1) << TR_F_WISHES | fields;
    int rc = tr_referrals_open(app, &t.referrals, path);

    t.referrals.alike_told = f->alike;
    t.referrals.rejected = take_rejected;
    t.referrals.rejected_cookie = &t;
    if (rc == 0)
        rc = tr_referrals_bind_all(&t.referrals, TR_WANT_REFERRAL);
    if (rc == 0)
        f->referrals.source = t.referrals.binding[0].source;
    if (rc == 0)
        rc = tr_referrals_read(&t.referrals, 0, wanted, true, take_case, &t);
    if (rc == 0 && f->each && t.stray) {
        tr_app_raise(app, TR_EXIT_DATA);
        rc = -1;
    }
    tr_referrals_close(&t.referrals, rc == 0);
    return rc;
}

/* Gives each case the strictest mark that its person has. */
static int guard(struct tr_casefile *f)
{
    for (uint32_t i = 0; i < f->referrals.n; i++) {
        const struct tr_case *c = tr_case(&f->referrals, i);

        if (tr_guarded_add(&f->guarded, c->id, c->person_id, c->protection) < 0)
            return -1;
    }
    for (uint32_t i = 0; i < f->referrals.n; i++) {
        struct tr_case *c = tr_case(&f->referrals, i);
        int32_t mark = tr_guarded_of(&f->guarded, c->id, c->person_id);

        c->protection = mark >= 0 ? mark : c->protection;
    }
    return 0;
}

int tr_casefile_links(struct tr_app *app, struct tr_casefile *f, const char *path)
{
    struct tr_records decided = {0};
    struct tr_link_groups linked = {0};
    int rc = path ? tr_app_records(app, &tr_link_kind, path, &decided) : 0;

    if (rc == 0 && path &&
        (tr_link_groups_make(&linked, &decided) < 0 ||
         tr_link_groups_number(&linked, &f->referrals, offsetof(struct tr_case, id),
                               offsetof(struct tr_case, person_id)) < 0))
        rc = tr_app_no_memory(app);
    if (rc == 0 && guard(f) < 0)
        rc = tr_app_no_memory(app);
    tr_link_groups_clear(&linked);
    tr_records_clear(&decided);
    return rc;
}

int tr_casefile_person(struct tr_app *app, struct tr_casefile *f, const char *path, struct tr_str *person)
{
    uint32_t at = 0;

    while (at < f->referrals.n && !tr_str_eq(tr_case(&f->referrals, at)->person_id, *person))
        at++;
    if (tr_casefile_links(app, f, path) < 0)
        return -1;
    if (at < f->referrals.n)
        *person = tr_case(&f->referrals, at)->person_id;
    return 0;
}

static int find(struct tr_app *app, struct tr_casefile *f, const struct tr_case_sources *in,
                int32_t as_of, bool tell)
{
    const struct tr_listener heard = tr_app_listener(app);
    struct tr_err err;

    return tr_cases_find(&f->cases, &f->states, in, as_of, tell ? &heard : &tr_listener_deaf, &err) < 0
               ? tr_app_fail(app, &err)
               : 0;
}

static int read_events(struct tr_app *app, struct tr_casefile *f, const char *path, bool each)
{
    return !path  ? 0
           : each ? tr_app_records_each(app, &tr_event_kind, path, &f->bad, &f->events)
                  : tr_app_records(app, &tr_event_kind, path, &f->events);
}

static int derive(struct tr_app *app, struct tr_casefile *f, const char *events,
                  struct tr_records *stays, int32_t as_of, bool tell, bool each)
{
    const struct tr_case_sources in = {
        .referrals = &f->referrals, .stays = stays, .events = events ? &f->events : NULL};

    if (read_events(app, f, events, each) < 0)
        return -1;
    if (stays && tr_cases_end_stays(stays, in.events, &f->states, as_of) < 0)
        return tr_app_no_memory(app);
    return find(app, f, &in, as_of, tell);
}

int tr_casefile_find(struct tr_app *app, struct tr_casefile *f, const char *events,
                     struct tr_records *stays, int32_t as_of)
{
    return derive(app, f, events, stays, as_of, true, false);
}

int tr_casefile_find_each(struct tr_app *app, struct tr_casefile *f, const char *events,
                          struct tr_records *stays, int32_t as_of)
{
    return derive(app, f, events, stays, as_of, true, true);
}

/* Stays as far as they can be understood. */
static int stays_in_silence(struct tr_app *app, const char *path,
                            const struct tr_records *institutions, int32_t as_of,
                            struct tr_records *stays)
{
    if (tr_app_records(app, &tr_stay_kind, path, stays) < 0)
        return -1;
    if (tr_stays_settle(stays, institutions, as_of, &tr_listener_deaf) < 0)
        stays->n = 0;
    return 0;
}

int tr_casefile_read(struct tr_app *app, struct tr_casefile *f, const struct tr_case_paths *paths,
                     struct tr_records *institutions, struct tr_records *stays, int32_t as_of)
{
    int rc = tr_casefile_start(app, f);

    f->each = paths->each;
    f->alike = paths->alike || paths->silent;
    if (rc == 0 && paths->referrals)
        rc = tr_casefile_referrals(app, f, paths->referrals,
                                   paths->each ? UINT64_C(1) << TR_F_JUDGED_ON : 0);
    if (rc == 0)
        rc = tr_casefile_links(app, f, paths->links);
    if (rc == 0 && paths->institutions)
        rc = tr_app_records(app, &tr_institution_kind, paths->institutions, institutions);
    if (rc == 0 && paths->silent)
        rc = stays_in_silence(app, paths->stays, institutions, as_of, stays);
    else if (rc == 0 && paths->each)
        rc = tr_app_stays_each(app, paths->stays, institutions, as_of, &f->bad, stays);
    else if (rc == 0)
        rc = tr_app_stays(app, paths->stays, institutions, as_of, stays);
    return rc < 0 ? -1 : derive(app, f, paths->events, stays, as_of, !paths->silent, paths->each);
}

int tr_casefile_from(struct tr_app *app, struct tr_casefile *f, const struct tr_records *events,
                     int32_t as_of, bool tell)
{
    const struct tr_case_sources in = {.events = events, .persons = &f->referrals};

    tr_cases_clear(&f->cases);
    return find(app, f, &in, as_of, tell);
}

int tr_casefile_on(struct tr_app *app, struct tr_casefile *f, const struct tr_records *stays,
                   int32_t as_of)
{
    const struct tr_case_sources in = {
        .referrals = &f->referrals, .stays = stays, .events = f->events.kind ? &f->events : NULL};

    tr_cases_clear(&f->cases);
    return find(app, f, &in, as_of, false);
}

void tr_casefile_clear(struct tr_casefile *f)
{
    tr_cases_clear(&f->cases);
    tr_dict_clear(&f->bad);
    tr_guarded_clear(&f->guarded);
    tr_records_clear(&f->events);
    tr_records_clear(&f->referrals);
}
