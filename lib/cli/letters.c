#include "cli/letters.h"

#include "doc/content/letter.h"
#include "domain/referral/identity.h"
#include "domain/placement/placement_explain.h"

/* Not decided in this round: they held a place, or had left it. */
static bool decided_before(const struct tr_placement *p)
{
    return tr_str_is(p->reason, "held") || tr_str_is(p->reason, "ended");
}

/* The offer or stay that the placement has become. */
static const struct tr_stay *stay_of(const struct tr_letters *w, const struct tr_placement *p)
{
    const struct tr_stay *found = NULL;

    for (uint32_t i = 0; i < w->stays.n; i++) {
        const struct tr_stay *s = tr_stay(&w->stays, i);

        if (tr_str_eq(s->referral_id, p->id) && tr_str_eq(s->institution_id, p->institution_id) &&
            (s->status == TR_STAY_OFFERED || s->status == TR_STAY_ACCEPTED))
            found = s;
    }
    return found;
}

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

/* The reasons that the certificate has; it must tell of the same outcome. */
static int explain(const struct tr_letters *w, uint32_t placement, struct tr_buf *out)
{
    const struct tr_placement *p = tr_placement(&w->placements, placement), *proved;
    const struct tr_certificate *c = &w->certificate.c;
    int i;

    if (!w->certificate.sealed)
        return 0;
    i = tr_records_find(&c->round.referrals, p->id);
    if (i < 0)
        return differs(w, placement, TR_E_NO_REFERRAL);
    proved = tr_placement(&c->placements, (uint32_t)i);
    if (!tr_str_eq(p->decision, proved->decision) || !tr_str_eq(p->reason, proved->reason) ||
        !tr_str_eq(p->institution_id, proved->institution_id))
        return differs(w, placement, TR_E_RESULT_DIFFERS);
    tr_outlook_reasons(c, (uint32_t)i, w->lang, out);
    return 0;
}

/* What is known for the letter of placement i. */
static struct tr_letter letter_of(const struct tr_letters *w, uint32_t i)
{
    const struct tr_placement *p = tr_placement(&w->placements, i);
    const struct tr_stay *stay = stay_of(w, p);
    int at = w->institutions.n ? tr_records_find(&w->institutions, p->institution_id) : -1;
    struct tr_letter letter = {.placement = p, .day = w->day, .from = w->from, .to = TR_NO_DAY};

    if (at >= 0)
        letter.institution = tr_institution(&w->institutions, (uint32_t)at);
    letter.name = tr_identity_name(&w->identities, p->id);
    if (stay && letter.from == TR_NO_DAY)
        letter.from = stay->from;
    if (stay)
        letter.to = stay->to_expected;
    return letter;
}

static int write_letter(struct tr_letters *w, uint32_t i)
{
    struct tr_letter letter = letter_of(w, i);
    struct tr_buf explanation = {0};
    char iso[TR_DATE_LEN];
    struct tr_document d;
    struct tr_err err;
    int rc;

    tr_date_iso(tr_date_of(w->day), iso);
    if (explain(w, i, &explanation) < 0)
        return -1;
    letter.explanation = tr_buf_slice(&explanation);
    tr_document_start(&d, &w->app->profile, w->lang, letter.placement->id,
                      tr_profile_value(&w->app->profile, "agency"),
                      (struct tr_str){iso, sizeof iso});
    if (tr_letter_make(&d, &letter, &err) < 0) {
        if (err.code == TR_E_LETTER) {
            err.source = w->placements.source;
            err.line = w->placements.line[i];
        }
        rc = tr_app_fail(w->app, &err);
    } else {
        rc = tr_is_folder(w->path) ? tr_folder_put(w->app, w->path, &d, w->format,
                                                   w->placements.source, w->placements.line[i])
                                   : tr_document_put(w->app, &d, w->format, w->path, false);
    }
    tr_document_clear(&d);
    tr_buf_clear(&explanation);
    return rc;
}

static bool wanted(const struct tr_letters *w, const struct tr_placement *p)
{
    const struct tr_list *decisions = tr_profile_list(&w->app->profile, "decision");

    return !decided_before(p) &&
           (w->decision < 0 || tr_list_code(decisions, p->decision) == w->decision);
}

void tr_letters_write(struct tr_letters *w)
{
    bool folder = tr_is_folder(w->path);
    uint32_t n = 0;

    for (uint32_t i = 0; i < w->placements.n; i++)
        n += wanted(w, tr_placement(&w->placements, i));
    if (n > 1 && !folder)
        tr_app_usage(w->app, N_("there are several letters: give a folder, --output=DIR/"), NULL,
                     NULL);
    if (folder && tr_folder_open(w->app, w->path) < 0)
        return;
    for (uint32_t i = 0; i < w->placements.n; i++)
        if (wanted(w, tr_placement(&w->placements, i)) && write_letter(w, i) < 0 &&
            w->app->status >= TR_EXIT_INTERNAL)
            break;
    if (folder)
        tr_folder_close(w->app, w->path);
}

void tr_letters_clear(struct tr_letters *w)
{
    tr_certificate_clear(&w->certificate.c);
    tr_records_clear(&w->identities);
    tr_records_clear(&w->stays);
    tr_records_clear(&w->institutions);
    tr_records_clear(&w->placements);
}
