#include "cli/work/letters.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/input/caselog.h"
#include "cli/input/records.h"
#include "cli/work/placing.h"
#include "cli/writing/documents.h"
#include "doc/text/show.h"
#include "domain/placement/placement_explain.h"
#include "domain/referral/identity.h"
#include "domain/routine/decision.h"

static int differs(const struct tr_letters *w, uint32_t placement, enum tr_code code)
{
    char id[TR_ID_MAX + 1];
    struct tr_err err;

    tr_err_copy(id, sizeof id, tr_placement(&w->placements, placement)->id);
    tr_err_set(&err, code, id, NULL, NULL);
    err.source = w->placements.source;
    err.line = w->placements.line[placement];
    return tr_app_fail(w->app, &err);
}

/* What the referral asks for: as its row or its candidate has it. */
static void ask_referral(struct tr_letter *letter, int32_t received, int32_t service_level)
{
    letter->received = received;
    letter->service_levels = service_level < 0 ? 0 : UINT64_C(1) << service_level;
}

/* The day in a certificate, where it is no month: that stands there as its first day. */
static int32_t day_not_month(int32_t received)
{
    return received != TR_NO_DAY && tr_date_of(received).day == 1 ? TR_NO_DAY : received;
}

/* The reasons that the certificate has; it must tell of the same outcome. */
static int explain(const struct tr_letters *w, uint32_t placement, struct tr_letter *letter,
                   struct tr_buf *out)
{
    const struct tr_placement *p = tr_placement(&w->placements, placement);
    const struct tr_certificate *c = &w->certificate.c;
    uint32_t referral;
    enum tr_code code;

    if (!w->certificate.sealed)
        return 0;
    code = tr_placement_explain_find(c, p, &referral);
    if (code != TR_OK)
        return differs(w, placement, code);
    if (w->cases.referrals.n == 0 || tr_records_find(&w->cases.referrals, p->id) < 0) /* which says it better */
        ask_referral(letter, day_not_month(tr_candidate(&c->round.referrals, referral)->received),
                     tr_candidate(&c->round.referrals, referral)->service_level);
    tr_placement_explain_reasons(c, referral, w->lang, out);
    return 0;
}

/* Whether the place has been closed to the person since the offer ended: when it has opened again, a placement is
 * a new offer. */
static bool is_over(const struct tr_letters *w, const struct tr_stay *stay)
{
    int32_t open;

    return !tr_again_from(&w->again, stay, w->day, &open) || open == TR_NO_DAY || w->day < open;
}

/* Adds what became of the offer in the stay: whether it can be answered and until when, has lapsed or was
 * declined. */
static void add_offer(const struct tr_letters *w, const struct tr_stay *stay,
                      struct tr_letter *letter)
{
    const struct tr_span *held = &w->holds[stay - tr_stay(&w->stays, 0)];
    bool stands = tr_span_has(*held, w->day) || w->day < held->from;
    bool declined = stay->status == TR_STAY_DECLINED || stay->refused;

    if (stay->status == TR_STAY_MOVED_IN && !stands)
        return; /* they have moved out: another is a new one */
    if (stay->status == TR_STAY_MOVED_IN ||
        (stay->status == TR_STAY_ACCEPTED && (stands || !stay->ended))) {
        letter->answer_by = TR_NO_DAY; /* it is answered */
        letter->to = stay->to_expected;
        if (letter->from == TR_NO_DAY)
            letter->from = stay->from;
    } else if (stands || is_over(w, stay)) {
        letter->answer_by = held->end - 1 < held->from ? held->from : held->end - 1;
        letter->to = stay->to_expected;
        if (!stands)
            letter->says =
                tr_str(tr_stay_status_name(declined ? TR_STAY_DECLINED : TR_STAY_EXPIRED));
    }
}

/* Adds what the log says of an offer that no stay tells of. One that stands is this one. One that has been
 * declined or has lapsed is this one only where the round was before that; else the placement is a new
 * offer. */
static void add_logged_offer(const struct tr_letters *w, struct tr_letter *letter)
{
    const struct tr_case_states *states = &w->cases.states;
    const struct tr_case_standing *at = tr_cases_of(&w->cases.cases, letter->placement->id);
    bool declined, before;

    if (!at || at->since == TR_NO_DAY || at->through >= 0 || at->because < 0 ||
        !tr_str_is(letter->says, "placed"))
        return;
    declined = at->because == states->type_of[TR_FACT_DECLINED];
    before = w->certificate.sealed && w->certificate.c.round.as_of < at->since;
    if (at->because == states->type_of[TR_FACT_OFFERED]) {
        letter->answer_by = at->since + states->offer_days - 1;
    } else if (before && (declined || at->because == states->type_of[TR_FACT_EXPIRED])) {
        letter->answer_by = at->since - 1;
        letter->says = tr_str(tr_stay_status_name(declined ? TR_STAY_DECLINED : TR_STAY_EXPIRED));
    }
}

/* What is known for the letter of placement i. */
static struct tr_letter letter_of(const struct tr_letters *w, uint32_t i)
{
    const struct tr_placement *p = tr_placement(&w->placements, i);
    const struct tr_stay *offer = tr_stays_of(&w->stays, p->id, p->institution_id);
    int at = w->institutions.n ? tr_records_find(&w->institutions, p->institution_id) : -1;
    const struct tr_records *referrals = &w->cases.referrals;
    int referral = referrals->n ? tr_records_find(referrals, p->id) : -1;
    struct tr_letter letter = {.placement = p,
                               .says = p->decision,
                               .case_worker = tr_str(w->case_worker ? w->case_worker : ""),
                               .day = w->day,
                               .logged = w->logged,
                               .from = w->from,
                               .to = TR_NO_DAY,
                               .received = TR_NO_DAY,
                               .answer_by = w->day + w->cases.states.offer_days - 1};

    if (referral >= 0) {
        const struct tr_case *c = tr_case(referrals, (uint32_t)referral);

        ask_referral(&letter, c->received, c->service_level);
    }

    if (at >= 0)
        letter.institution = tr_institution(&w->institutions, (uint32_t)at);
    letter.name = tr_letter_person(tr_identity_name(&w->identities, p->id));
    if (offer)
        add_offer(w, offer, &letter);
    else if (!w->logged)
        add_logged_offer(w, &letter);
    letter.stays = &w->stays;
    letter.institutions = &w->institutions;
    letter.again = &w->again;
    letter.cases = &w->cases.cases;
    return letter;
}

/* A fault of the letter of placement i. */
static int cannot(struct tr_letters *w, uint32_t i, struct tr_err *err)
{
    if (err->code == TR_E_LETTER) {
        err->source = w->placements.source;
        err->line = w->placements.line[i];
    }
    return tr_app_fail(w->app, err);
}

/* Whether it is a decision in the law's sense, when the profile says so. */
static void add_sense(struct tr_document *d, struct tr_str is, struct tr_buf *out)
{
    if (is.len == 0)
        return;
    tr_buf_char(out, ' ');
    tr_buf_str(out, tr_document_word(d, tr_str_is(is, "ja") ? "letter.draft.enkeltvedtak.ja"
                                                            : "letter.draft.enkeltvedtak.nei"));
}

/* Above a draft: what it is, and whether a lawyer has read the law that it names. */
static void mark_draft(const struct tr_letters *w, struct tr_document *d, const struct tr_letter *l)
{
    int kind = tr_letter_kind(&w->app->profile, l);
    struct tr_str read = tr_decision_cell(&w->app->profile, kind, "reviewed", -1);
    struct tr_buf day = {0}, text = {0};

    if (!w->draft)
        return;
    tr_document_mark(d, tr_document_word(d, "letter.draft"));
    if (tr_str_is(l->says, "ask") || !tr_str_eq(l->says, l->placement->decision) ||
        tr_str_is(l->placement->reason, TR_LETTER_INTERIM)) /* it names no law */
        return;
    tr_show_date(read, w->lang, &day);
    tr_text_fill(tr_document_word(d, read.len ? "letter.draft.read" : "letter.draft.unread"),
                 (struct tr_fill[]){{"day", tr_buf_slice(&day)}, {NULL, {NULL, 0}}}, &text);
    add_sense(d, tr_decision_cell(&w->app->profile, kind, "enkeltvedtak", -1), &text);
    tr_document_open(d, TR_D_FRAME, 0, TR_STR(""));
    tr_document_say(d, TR_D_PARAGRAPH, 0, tr_buf_slice(&text));
    tr_document_close(d);
    d->failed |= day.failed | text.failed;
    tr_buf_clear(&day);
    tr_buf_clear(&text);
}

static int write_letter(struct tr_letters *w, uint32_t i)
{
    struct tr_letter letter = letter_of(w, i);
    struct tr_buf explanation = {0};
    char iso[TR_DATE_LEN];
    struct tr_document d;
    struct tr_err err;
    struct tr_str office;
    int rc;

    tr_date_iso(tr_date_of(w->day), iso);
    if (w->named && letter.name.len == 0) {
        tr_letter_unknown(TR_STR("name"), &err);
        return cannot(w, i, &err);
    }
    if (explain(w, i, &letter, &explanation) < 0)
        return -1;
    letter.explanation = w->logged ? letter.placement->detail : tr_buf_slice(&explanation);
    office = tr_decision_cell(&w->app->profile, tr_letter_kind(&w->app->profile, &letter), "decides",
                              w->lang);
    tr_document_start(&d, &w->app->profile, w->lang, letter.placement->id,
                      office.len ? office : tr_profile_value(&w->app->profile, "agency"),
                      (struct tr_str){iso, sizeof iso});
    tr_document_mark(&d, tr_identity_protection(&w->identities, letter.placement->id, w->lang));
    if (tr_letter_make(&d, &letter, &err) < 0) {
        rc = cannot(w, i, &err);
    } else {
        tr_document_mark(&d, tr_document_word(&d, "letter.exempt"));
        mark_draft(w, &d, &letter);
        rc = w->folder ? tr_folder_put(w->folder, &d, w->format, w->placements.source,
                                       w->placements.line[i])
                       : tr_document_put(w->app, &d, w->format, w->path, false);
    }
    tr_document_clear(&d);
    tr_buf_clear(&explanation);
    return rc;
}

/* Whether the state of the case lets a letter go; when not, that is said. What has been decided is
 * told in any state, but not to nobody. */
static bool may_go(const struct tr_letters *w, uint32_t i)
{
    const struct tr_case_state *state =
        tr_cases_state(&w->cases.cases, tr_placement(&w->placements, i)->id);
    char id[TR_ID_MAX + 1], code[64];
    struct tr_err err;
    bool bad = tr_dict_find(&w->cases.bad, tr_placement(&w->placements, i)->id) >= 0;
    int decision = tr_list_code(tr_profile_list(&w->app->profile, "decision"), letter_of(w, i).says);

    bool told = state->letter && (decision < 0 || !(state->no_letter >> decision & 1));

    if ((w->logged ? !state->gone : told) && !bad)
        return true;
    tr_err_copy(id, sizeof id, tr_placement(&w->placements, i)->id);
    tr_err_copy(code, sizeof code, state->code);
    tr_err_set(&err, bad ? TR_E_LETTER_UNREAD : TR_E_NO_LETTER, id, bad ? NULL : code, NULL);
    err.source = w->placements.source;
    err.line = w->placements.line[i];
    tr_app_say(w->app, &err);
    return false;
}

/* No letter of placement i: what stands against it. */
static bool refuse(const struct tr_letters *w, uint32_t i, enum tr_code code, struct tr_str what)
{
    char id[TR_ID_MAX + 1], other[TR_ID_MAX + 1];
    struct tr_err err;

    tr_err_copy(id, sizeof id, tr_placement(&w->placements, i)->id);
    tr_err_copy(other, sizeof other, what);
    tr_err_set(&err, code, id, other, NULL);
    err.source = w->placements.source;
    err.line = w->placements.line[i];
    tr_app_say(w->app, &err);
    return false;
}

/* Whether the place that a letter would tell of can still be the person's: a round is older than its
 * letters, and meanwhile the person may have moved in elsewhere, or the institution have closed. */
static bool place_stands(const struct tr_letters *w, uint32_t i)
{
    const struct tr_placement *p = tr_placement(&w->placements, i);
    const struct tr_letter letter = letter_of(w, i);
    const struct tr_case_standing *at = tr_cases_of(&w->cases.cases, p->id);
    const struct tr_stay *elsewhere = NULL;

    if (w->logged || !tr_str_is(letter.says, "placed"))
        return true;
    for (uint32_t k = 0; at && k < w->stays.n; k++) {
        const struct tr_stay *s = tr_stay(&w->stays, k);

        if (w->persons[k] != at->person || !tr_hold_is_bed(w->holds[k].hold) || !tr_span_has(w->holds[k], w->day))
            continue;
        if (tr_str_eq(s->institution_id, p->institution_id))
            return true;
        elsewhere = s;
    }
    if (elsewhere)
        return refuse(w, i, TR_E_LETTER_LIVES, elsewhere->institution_id);
    return !letter.institution || letter.institution->capacity > 0 ||
           refuse(w, i, TR_E_LETTER_PLACE, p->institution_id);
}

/* Whether no other answer of the day stands against this one of the log; two that differ are said. One
 * that was written down twice is answered once, and one meanwhile not beside a decision. */
static bool stands(const struct tr_letters *w, uint32_t i)
{
    const struct tr_placement *p = tr_placement(&w->placements, i);
    char id[TR_ID_MAX + 1], line[24];
    struct tr_err err;

    for (uint32_t k = 0; w->logged && k < w->placements.n; k++) {
        const struct tr_placement *q = tr_placement(&w->placements, k);

        if (k == i || !tr_str_eq(q->id, p->id) || (q->reason.len > 0 && p->reason.len == 0))
            continue;
        if (p->reason.len > 0 && q->reason.len == 0)
            return false;
        if (tr_str_eq(q->decision, p->decision) && tr_str_eq(q->detail, p->detail)) {
            if (k < i)
                return false;
            continue;
        }
        tr_err_copy(id, sizeof id, p->id);
        snprintf(line, sizeof line, "%llu", (unsigned long long)w->placements.line[k]);
        tr_err_set(&err, TR_E_LETTER_TWO, id, line, NULL);
        err.source = w->placements.source;
        err.line = w->placements.line[i];
        tr_app_say(w->app, &err);
        return false;
    }
    return true;
}

/* Whether the same was decided of the referral before: the place in the queue may be another. */
static bool was_decided(const struct tr_letters *w, const struct tr_placement *p)
{
    int i = tr_records_find(&w->before, p->id);
    const struct tr_placement *old = i < 0 ? NULL : tr_placement(&w->before, (uint32_t)i);

    return old && tr_str_eq(old->decision, p->decision) && tr_str_eq(old->reason, p->reason) &&
           tr_str_eq(old->institution_id, p->institution_id) &&
           (!tr_str_is(p->decision, "ask") || tr_str_eq(old->detail, p->detail));
}

static bool asked_for(const struct tr_letters *w, const struct tr_placement *p)
{
    const struct tr_list *decisions =
        tr_profile_list(&w->app->profile, w->logged ? "event_detail" : "decision");

    return tr_placement_is_new(p) &&
           (w->decision < 0 || tr_list_code(decisions, p->decision) == w->decision);
}

static bool wanted(const struct tr_letters *w, const struct tr_placement *p)
{
    return asked_for(w, p) && !(w->since && was_decided(w, p));
}

/* Tells of letters that may have been sent before, or that are left out as they were. Where all were known
 * before the day, as when letters are made the day after the round, another day tells them apart. */
static void tell_known(struct tr_letters *w)
{
    char n[16], day[TR_DATE_LEN + 1] = "";
    uint32_t asked = 0;

    for (uint32_t i = 0; i < w->placements.n; i++) {
        bool asks = asked_for(w, tr_placement(&w->placements, i));

        asked += asks;
        w->known += asks && was_decided(w, tr_placement(&w->placements, i));
    }
    if (w->known == 0)
        return;
    snprintf(n, sizeof n, "%u", w->known);
    tr_date_iso(tr_date_of(w->day), day);
    if (w->since && w->app->verbose)
        tr_app_note(w->app, N_("decisions that the register had before, of which no letter is made: %1"), n, NULL);
    else if (!w->since && w->known == asked)
        tr_app_note(w->app,
                    N_("the register had all these decisions before %1; --since=DATE, with the day of the round, makes letters of what was new then alone"),
                    day, NULL);
    else if (!w->since)
        tr_app_note(w->app,
                    N_("the register had %1 of these decisions before %2: --since=%2 makes letters of the others alone"),
                    n, day, NULL);
}

static int load_offers(struct tr_letters *w)
{
    struct tr_err err;

    w->persons = calloc(w->stays.n + (size_t)1, sizeof *w->persons);
    if (!w->persons || !(w->holds = tr_cases_holds(&w->cases.cases, &w->stays)))
        return tr_app_no_memory(w->app);
    for (uint32_t i = 0; i < w->stays.n; i++) {
        const struct tr_case_standing *at = tr_cases_of(&w->cases.cases, tr_stay(&w->stays, i)->referral_id);

        w->persons[i] = at ? at->person : -1;
    }
    return tr_again_load(&w->again, &w->app->profile, w->cases.states.offer_days, &err) < 0
               ? tr_app_fail(w->app, &err)
               : 0;
}

/* What the round decided; or, with --about, what the log of the day says was decided. */
static int read_answers(struct tr_letters *w, const char *placements)
{
    if (!w->logged)
        return tr_app_records_each(w->app, &tr_placement_kind, placements, &w->cases.bad,
                                   &w->placements);
    tr_records_start(&w->placements, &tr_placement_kind, &w->app->profile,
                     w->cases.events.source);
    return tr_letter_logged(&w->placements, &w->cases.events, w->logged - 1, w->day) < 0
               ? tr_app_no_memory(w->app)
               : 0;
}

void tr_letters_write(struct tr_letters *w)
{
    bool folder = tr_is_folder(w->path);
    uint32_t n = 0;

    tell_known(w);
    for (uint32_t i = 0; i < w->placements.n; i++)
        n += wanted(w, tr_placement(&w->placements, i));
    if (n > 1 && !folder)
        tr_app_usage(w->app, N_("there are several letters: name a folder, --output=DIR/"), NULL,
                     NULL);
    if (folder && !(w->folder = tr_folder_open(w->app, w->path)))
        return;
    for (uint32_t i = 0; i < w->placements.n; i++)
        if (wanted(w, tr_placement(&w->placements, i)) && may_go(w, i) && stands(w, i) && place_stands(w, i) &&
            write_letter(w, i) < 0 && w->app->status >= TR_EXIT_INTERNAL)
            break;
    tr_folder_close(w->folder);
}

static int read_identities(struct tr_letters *w, const char *path)
{
    const struct tr_listener heard = tr_app_listener(w->app);

    if (!path)
        return 0;
    if (tr_app_records_each(w->app, &tr_identity_kind, path, &w->cases.bad, &w->identities) < 0)
        return -1;
    tr_identities_hear(&w->identities, &heard);
    return 0;
}

int tr_letters_read(struct tr_letters *w, const struct tr_letters_files *f)
{
    const uint64_t asked_for = UINT64_C(1) << TR_F_SERVICE_LEVEL | UINT64_C(1) << TR_F_STAY_TYPE |
                               UINT64_C(1) << TR_F_PROTECTION;
    struct tr_dict *bad = &w->cases.bad;
    struct tr_app *app = w->app;

    w->named = f->identities != NULL;
    tr_records_start(&w->identities, &tr_identity_kind, &app->profile, NULL);
    if (tr_casefile_start(app, &w->cases) < 0)
        return -1;
    w->cases.whole = w->cases.each = true;
    return (!w->logged && read_answers(w, f->placements) < 0) ||
                   (f->institutions && tr_app_records(app, &tr_institution_kind, f->institutions,
                                                      &w->institutions) < 0) ||
                   tr_app_stays_each(app, f->stays, &w->institutions, w->day, bad, &w->stays) < 0 ||
                   (f->referrals &&
                    tr_casefile_referrals(app, &w->cases, f->referrals, asked_for) < 0) ||
                   tr_casefile_links(app, &w->cases, f->links) < 0 ||
                   tr_casefile_find_each(app, &w->cases, f->events, &w->stays, w->day) < 0 ||
                   load_offers(w) < 0 || (w->logged && read_answers(w, NULL) < 0) ||
                   (f->before && tr_app_records(app, &tr_placement_kind, f->before, &w->before) < 0) ||
                   read_identities(w, f->identities) < 0 ||
                   tr_app_protect(app, &w->cases.referrals, &w->identities) < 0 ||
                   (f->certificate && tr_placing_sealed(app, f->certificate, &w->certificate) < 0)
               ? -1
               : 0;
}

void tr_letters_clear(struct tr_letters *w)
{
    free(w->holds);
    free(w->persons);
    tr_casefile_clear(&w->cases);
    tr_certificate_read_clear(&w->certificate);
    tr_records_clear(&w->identities);
    tr_records_clear(&w->stays);
    tr_records_clear(&w->institutions);
    tr_records_clear(&w->placements);
    tr_records_clear(&w->before);
}
