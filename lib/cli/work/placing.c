#include "cli/work/placing.h"

#include <stdlib.h>

#include "cli/input/inputs.h"
#include "cli/input/referrals.h"
#include "domain/placement/rule_change.h"
#include "domain/places/wish.h"

int tr_placing_places(struct tr_app *app, const char *path, struct tr_round *round)
{
    struct tr_err err;

    if (tr_app_records(app, &tr_vacancy_kind, path, &round->places) < 0)
        return -1;
    return tr_round_start(round, &app->profile, &err) < 0 ? tr_app_fail(app, &err) : 0;
}

int tr_placing_institutions(struct tr_app *app, const char *path, int32_t day, struct tr_round *round)
{
    struct tr_err err;

    if (tr_app_records(app, &tr_institution_kind, path, &round->places) < 0)
        return -1;
    for (uint32_t i = 0; i < round->places.n; i++) {
        struct tr_institution *place = tr_institution(&round->places, i);

        place->as_of = day;
        place->vacant = place->capacity;
    }
    return tr_round_start(round, &app->profile, &err) < 0 ? tr_app_fail(app, &err) : 0;
}

/* ---- referrals ---- */

struct taking {
    struct tr_app *app;
    struct tr_referrals referrals;
    struct tr_rop rop;
    struct tr_round *round;
    struct tr_casefile *cases;
    struct tr_buf text, wished;
    struct tr_wishes wishes;
    bool grouped, say_wishes;
};

/* Whether a wish is an institution's id by its looks, and not words that somebody wrote there. */
static bool is_id(struct tr_str s)
{
    bool digit = false;

    for (size_t i = 0; i < s.len; i++) {
        digit |= s.p[i] >= '0' && s.p[i] <= '9';
        if (s.p[i] == ' ')
            return false;
    }
    return digit || s.len <= 3;
}

static void say_unknown_wishes(struct taking *t, const struct tr_row *row)
{
    const struct tr_binding *b = t->referrals.now;
    struct tr_str rest = tr_buf_slice(&t->wished), id;
    char name[TR_ID_MAX + 1], other[TR_ID_MAX + 1];
    struct tr_err err;

    while (rest.len > 0 && tr_str_part(&rest, '|', &id)) {
        if (tr_records_find(&t->round->places, id) >= 0)
            continue;
        tr_err_copy(name, sizeof name, is_id(id) ? id : TR_STR("…"));
        tr_err_copy(other, sizeof other, tr_wishes_near(&t->wishes, id));
        tr_err_set(&err, *other ? TR_W_WISH_NEAR : TR_W_WISH, name, other, NULL);
        tr_err_copy(err.value, sizeof err.value, is_id(id) ? (struct tr_str){"", 0} : id);
        err.source = b->source;
        err.line = row->line;
        if (b->delimiter)
            tr_row_place(row, (uint32_t)tr_binding_column(b, TR_F_WISHES), b->delimiter, &err.line,
                         &err.col);
        tr_err_field(&err, TR_STR("wishes"));
        tr_app_say(t->app, &err);
    }
}

static int take_referral(void *cookie, const struct tr_row *row)
{
    struct taking *t = cookie;
    struct tr_value *v = t->referrals.referral.v;
    struct tr_records *r = &t->round->referrals;
    struct tr_candidate *c = tr_records_add(r, row->line);
    struct tr_rop_result result;
    struct tr_err err;

    if (!c)
        return tr_app_no_memory(t->app);
    if (memchr(v[TR_F_REFERRAL_ID].text.p, '|', v[TR_F_REFERRAL_ID].text.len)) {
        tr_err_set(&err, TR_E_ID_BAR, NULL, NULL, NULL);
        err.source = t->referrals.now->source;
        err.line = row->line;
        tr_err_field(&err, TR_STR("referral_id"));
        return tr_app_fail(t->app, &err);
    }
    if (!t->grouped) {
        tr_referrals_group(&t->referrals, &t->rop, row, &result);
        tr_rop_texts(&t->rop, &result, -1, v, &t->text);
    }
    tr_candidate_from(c, &t->app->profile, v, t->referrals.referral.unread, t->round->as_of);
    t->referrals.note = r->n - 1;
    if (tr_case_take(&t->cases->referrals, v, row->line) < 0)
        return tr_app_no_memory(t->app);
    c->id = tr_arena_copy(&r->text, c->id);
    c->municipality = tr_arena_copy(&r->text, c->municipality);
    t->wished.len = 0;
    tr_wishes_read(&t->wishes, c->wishes, &t->wished);
    c->wishes = tr_arena_copy(&r->text, tr_buf_slice(&t->wished));
    if (t->say_wishes)
        say_unknown_wishes(t, row);
    return r->text.failed || t->wished.failed ? tr_app_no_memory(t->app) : 0;
}

int tr_placing_referrals(struct tr_app *app, const char *path, const char *links, bool say_wishes,
                         struct tr_casefile *cases, struct tr_round *round)
{
    struct taking t = {.app = app, .round = round, .cases = cases, .say_wishes = say_wishes};
    struct tr_err err;
    int rc = 0;

    if (tr_rop_load(&t.rop, &app->profile, &err) < 0)
        return tr_app_fail(app, &err);
    if (tr_wishes_start(&t.wishes, &round->places) < 0)
        rc = tr_app_no_memory(app);
    if (rc < 0 || tr_referrals_open(app, &t.referrals, path) < 0)
        rc = -1;
    t.referrals.all_columns = say_wishes; /* where somebody is matched, what is not read may decide */
    if (rc < 0 || tr_referrals_bind_all(&t.referrals, TR_WANT_ALL) < 0 ||
        tr_referrals_persons(&t.referrals) < 0 || tr_referrals_links(&t.referrals, links) < 0)
        rc = -1;
    tr_records_start(&round->referrals, &tr_candidate_kind, &app->profile,
                     rc == 0 ? t.referrals.binding[0].source : NULL);
    if (rc == 0 && t.referrals.inputs.n == 1) /* of several, a line alone tells nothing */
        cases->referrals.source = t.referrals.binding[0].source;
    for (int i = 0; rc == 0 && i < t.referrals.inputs.n; i++) {
        t.grouped = tr_binding_column(&t.referrals.binding[i], TR_F_ROP_GROUP) >= 0;
        rc = tr_referrals_read(&t.referrals, i, t.grouped ? TR_WANT_ALL : TR_WANT_REFERRAL, true,
                               take_referral, &t);
    }
    if (rc == 0)
        rc = tr_casefile_links(app, cases, links);
    round->persons = t.referrals.persons; /* told when it is known what stays say */
    t.referrals.persons = NULL;
    round->rejected = (uint32_t)tr_referrals_refused(&t.referrals);
    tr_referrals_close(&t.referrals, rc == 0);
    tr_buf_clear(&t.text);
    tr_buf_clear(&t.wished);
    tr_wishes_clear(&t.wishes);
    for (uint32_t i = 0; rc == 0 && i < round->referrals.n; i++) {
        int number = (int)i;

        if (tr_dict_add(&round->referrals.ids, tr_candidate(&round->referrals, i)->id, &number) < 0)
            rc = tr_app_no_memory(app);
    }
    return rc;
}

/* ---- the rest ---- */

/* What the stays, which have been read, and the log say of the referrals. */
static int apply_stays(struct tr_app *app, const char *events, struct tr_casefile *cases,
                       struct tr_round *round, struct tr_records *stays,
                       struct tr_span **holds)
{
    const struct tr_listener listener = tr_app_listener(app);
    struct tr_err err;
    int rc = tr_casefile_find(app, cases, events, stays, round->as_of);

    if (rc == 0 && !(*holds = tr_cases_holds(&cases->cases, stays)))
        rc = tr_app_no_memory(app);
    if (rc == 0 && tr_cases_tell_places(&cases->cases, stays, *holds, round->as_of, &listener) < 0)
        rc = tr_app_no_memory(app);
    if (rc == 0 && (tr_round_stays(round, stays, *holds, &err) < 0 ||
                    tr_round_states(round, &cases->cases, &err) < 0))
        rc = tr_app_fail(app, &err);
    return rc;
}

int tr_placing_stays(struct tr_app *app, const char *stays_path, const char *events,
                     struct tr_casefile *cases, struct tr_round *round)
{
    struct tr_span *holds = NULL;
    struct tr_records stays;
    int rc = tr_app_stays(app, stays_path, &round->places, round->as_of, &stays);

    if (rc == 0)
        rc = apply_stays(app, events, cases, round, &stays, &holds);
    free(holds);
    tr_records_clear(&stays);
    return rc;
}

int tr_placing_stays_history(struct tr_app *app, const char *stays, const char *events,
                             struct tr_casefile *cases, struct tr_round *round,
                             struct tr_records *kept, struct tr_span **holds)
{
    return tr_app_stays_history(app, stays, &round->places, round->as_of, kept) < 0
               ? -1
               : apply_stays(app, events, cases, round, kept, holds);
}

static void say_same(void *cookie, const struct tr_person_at *other,
                     const struct tr_person_at *speaks)
{
    tr_app_say_same(cookie, other, speaks);
}

int tr_placing_persons(struct tr_app *app, bool say, struct tr_round *round)
{
    struct tr_err err;

    return tr_round_persons(round, say ? say_same : NULL, app, &err) < 0 ? tr_app_fail(app, &err)
                                                                         : 0;
}

int tr_placing_own(struct tr_app *app, const char *path, struct tr_records *own)
{
    struct tr_err err;

    tr_records_start(own, &tr_own_order_kind, &app->profile, path);
    if (!path)
        return 0;
    if (tr_app_records(app, &tr_own_order_kind, path, own) < 0)
        return -1;
    return tr_own_orders_sort(own, &err) < 0 ? tr_app_fail(app, &err) : 0;
}

int tr_placing_link(struct tr_app *app, struct tr_certificate *c)
{
    struct tr_err err;

    if (tr_round_order(&c->round, &err) < 0 || tr_round_link(&c->round, &err) < 0 ||
        (c->own.n > 0 && tr_round_own(&c->round, &c->own, &err) < 0))
        return tr_app_fail(app, &err);
    return 0;
}

static int add_what_if(struct tr_app *app, struct tr_records *what_if, struct tr_str id,
                       int32_t places, bool close)
{
    struct tr_what_if *w = tr_records_add(what_if, 0);

    if (!w)
        return tr_app_no_memory(app);
    *w = (struct tr_what_if){tr_arena_copy(&what_if->text, id), places, close ? 1 : -1};
    return what_if->text.failed ? tr_app_no_memory(app) : 0;
}

int tr_placing_what_if(struct tr_app *app, const struct tr_texts *add, const struct tr_texts *close,
                       struct tr_certificate *c)
{
    struct tr_err err;
    int rc = 0;

    tr_records_start(&c->what_if, &tr_what_if_kind, &app->profile, app->name);
    for (int i = 0; rc == 0 && i < add->n; i++) {
        const char *colon = strrchr(add->at[i], ':');
        char *end = NULL;
        long places = colon ? strtol(colon + 1, &end, 10) : 0;

        if (!colon || end == colon + 1 || *end || places < 1 || places > 100000)
            tr_app_usage(app, N_("--add is ID:PLACES, not ‘%1’"), add->at[i], NULL);
        rc =
            add_what_if(app, &c->what_if, (struct tr_str){add->at[i], (size_t)(colon - add->at[i])},
                        (int32_t)places, false);
    }
    for (int i = 0; rc == 0 && i < close->n; i++)
        rc = add_what_if(app, &c->what_if, tr_str(close->at[i]), -1, true);
    if (rc == 0 && tr_what_if_apply(&c->round.places, &c->what_if, &err) < 0)
        rc = tr_app_fail(app, &err);
    return rc;
}

int tr_placing_round(struct tr_app *app, const struct tr_placing_inputs *in, bool say,
                     struct tr_certificate *c)
{
    struct tr_casefile cases = {0};
    int rc =
        tr_placing_places(app, in->places, &c->round) < 0 || tr_casefile_start(app, &cases) < 0 ||
                tr_placing_referrals(app, in->referrals, in->links, say, &cases, &c->round) < 0 ||
                tr_placing_stays(app, in->stays, in->events, &cases, &c->round) < 0 ||
                tr_placing_persons(app, say, &c->round) < 0 ||
                tr_placing_own(app, in->priority, &c->own) < 0 ||
                tr_placing_what_if(app, in->add, in->close, c) < 0
            ? -1
            : tr_placing_link(app, c);

    tr_casefile_clear(&cases);
    return rc;
}

int tr_placing_match(struct tr_certificate *c, struct tr_err *err)
{
    struct tr_match m;
    int rc = tr_match_run(&c->round.graph, c->policy, &m, err);

    if (rc < 0)
        return -1;
    rc = tr_placements_make(&c->placements, &c->round, &m, err);
    if (rc == 0)
        rc = tr_certificate_persons(c, err);
    if (rc == 0)
        rc = tr_certificate_close(c, &m, err);
    tr_match_clear(&m);
    return rc;
}

int tr_placing_again(struct tr_app *app, const struct tr_placing_inputs *in,
                     const struct tr_certificate_read *claimed, struct tr_certificate *c)
{
    struct tr_casefile cases = {0};
    struct tr_err err;
    int rc;

    rc = tr_placing_places(app, in->places, &c->round) < 0 || tr_casefile_start(app, &cases) < 0 ||
                 tr_placing_referrals(app, in->referrals, in->links, false, &cases, &c->round) < 0 ||
                 tr_placing_stays(app, in->stays, in->events, &cases, &c->round) < 0 ||
                 tr_placing_own(app, in->priority, &c->own) < 0
             ? -1
             : 0;
    tr_casefile_clear(&cases);
    if (rc < 0)
        return -1;
    if (!in->stays && !in->events)
        tr_round_standing(&c->round, &claimed->standing);
    if (tr_placing_persons(app, false, &c->round) < 0)
        return -1;
    if (tr_what_if_apply(&c->round.places, &claimed->c.what_if, &err) < 0 ||
        tr_round_order(&c->round, &err) < 0)
        return tr_app_fail(app, &err);
    c->policy = claimed->c.policy; /* part of what tokens are made of */
    if (tr_certificate_persons(c, &err) < 0)
        return tr_app_fail(app, &err);
    return 0;
}

/* Whether the input, the certificate and what it states of the input have one hash. -1 with err. */
static int is_hashed(const struct tr_certificate_read *read, const struct tr_certificate *given,
                     enum tr_certificate_input input, struct tr_err *err)
{
    char hash[2][64];

    if (read->same[input])
        return memcmp(read->found[input], read->claimed[input], sizeof *hash) == 0;
    if (tr_certificate_hash(given, input, hash[0], err) < 0 ||
        tr_certificate_hash(&read->c, input, hash[1], err) < 0)
        return -1;
    return memcmp(hash[0], hash[1], sizeof *hash) == 0 && memcmp(hash[0], read->claimed[input], sizeof *hash) == 0;
}

int tr_placing_compare(struct tr_app *app, const struct tr_certificate_read *read,
                       const struct tr_certificate *inputs, bool priority)
{
    struct tr_err err;
    int faults = 0;

    if (read->c.round.as_of != inputs->round.as_of) {
        tr_err_set(&err, TR_E_INPUT_DIFFERS, "as_of", NULL, NULL);
        tr_app_say(app, &err);
        faults++;
    }
    for (int i = 0; i < TR_N_CERTIFICATE_INPUTS; i++) {
        int rc = is_hashed(read, i == TR_INPUT_PRIORITY && !priority ? &read->c : inputs,
                           (enum tr_certificate_input)i, &err);

        if (rc < 0)
            return tr_app_fail(app, &err);
        if (rc > 0)
            continue;
        tr_err_set(&err, TR_E_INPUT_DIFFERS, tr_certificate_input_names[i], NULL, NULL);
        tr_app_say(app, &err);
        faults++;
    }
    return faults;
}

int tr_placing_against(struct tr_app *app, const char *profile, const struct tr_placing_inputs *in,
                       struct tr_certificate *c, struct tr_records *out)
{
    struct tr_certificate before = {.round.as_of = TR_NO_DAY, .policy = c->policy};
    struct tr_app other = *app;
    struct tr_err err;
    int rc = -1;

    if (tr_app_other_profile(app, profile, &other.profile) < 0)
        return -1;
    if (tr_placing_round(&other, in, false, &before) == 0)
        rc = tr_rule_changes_find(out, &before, c, &err) < 0 ? tr_app_fail(app, &err) : 0;
    tr_app_raise(app, other.status);
    tr_certificate_clear(&before);
    tr_profile_clear(&other.profile);
    return rc;
}

void tr_placing_say_consents(struct tr_app *app, const struct tr_certificate *c)
{
    uint32_t unasked = 0, placed = 0;
    char number[24];

    for (uint32_t i = 0; i < c->round.referrals.n; i++)
        unasked += tr_candidate(&c->round.referrals, i)->unasked;
    if (unasked == c->round.referrals.n)
        return;
    for (uint32_t k = 0; k < c->placements.n; k++) {
        const struct tr_placement *p = tr_placement(&c->placements, k);
        int i = tr_records_find(&c->round.referrals, p->id);

        placed += i >= 0 && p->institution_id.len > 0 && tr_placement_is_new(p) &&
                  tr_candidate(&c->round.referrals, (uint32_t)i)->unasked;
    }
    snprintf(number, sizeof number, "%u", placed);
    if (placed > 0)
        tr_app_note(app,
                    N_("have a place now, and nobody has written down whether they consent: %1; "
                       "see deadline-list --consents"),
                    number, NULL);
}

int tr_placing_write(struct tr_app *app, const struct tr_certificate *c, const char *path)
{
    struct tr_buf text = {0};
    struct tr_output output;

    if (tr_output_open(app, &output, path, false) < 0)
        return -1;
    tr_certificate_write(c, &text);
    tr_out_str(&output.out, tr_buf_slice(&text));
    output.out.buf.failed |= text.failed;
    tr_buf_clear(&text);
    return tr_output_close(app, &output, true);
}

/* Says why a certificate is none: a document is right or refused. */
static int refuse(struct tr_app *app, const struct tr_err *err)
{
    tr_app_say(app, err);
    if (tr_code_class(err->code) == TR_CLASS_ROW)
        tr_app_raise(app, TR_EXIT_DATA);
    return -1;
}

int tr_placing_claim(struct tr_app *app, const char *path, struct tr_buf *text,
                     struct tr_certificate_read *out)
{
    struct tr_err err;

    return tr_read_text(path, text, &err) < 0 ||
                   tr_certificate_open(out, &app->profile, tr_buf_slice(text), path, &err) < 0
               ? refuse(app, &err)
               : 0;
}

int tr_placing_claimed(struct tr_app *app, struct tr_certificate *inputs, struct tr_records *result,
                       struct tr_certificate_read *read)
{
    struct tr_err err;

    return tr_certificate_finish(read, inputs, result, &err) < 0 ? refuse(app, &err) : 0;
}

int tr_placing_sealed(struct tr_app *app, const char *path, struct tr_certificate_read *out)
{
    struct tr_buf text = {0};
    struct tr_err err;
    int rc = tr_placing_claim(app, path, &text, out);

    if (rc == 0)
        rc = tr_placing_claimed(app, NULL, NULL, out);
    tr_buf_clear(&text);
    if (rc < 0)
        return -1;
    if (out->sealed && out->c.placements.n == out->c.round.referrals.n)
        return 0;
    tr_err_set(&err, TR_E_SEAL, NULL, NULL, NULL);
    err.source = path;
    tr_app_say(app, &err);
    tr_app_raise(app, TR_EXIT_DATA);
    return -1;
}
