/* letter-export: the answer to each referral as a letter. */
#include "cli/casefile.h"
#include "cli/caselog.h"
#include "cli/documents.h"
#include "cli/placing.h"
#include "cli/register/register.h"
#include "doc/content/letter.h"
#include "doc/text/show.h"
#include "domain/placement/placement_explain.h"
#include "domain/referral/identity.h"
#include "domain/routine/decision.h"

static const struct tr_example examples[] = {
    {"letter-export --kind=tildeling --as-of=2026-11-21 --from=2026-12-01 \\\n"
     "    --institutions=institutions.csv --format=pdf placements.csv -o brev/",
     N_("a letter to each person who was given a place")},
    {"letter-export --kind=avslag --as-of=2026-11-21 --certificate=certificate.json \\\n"
     "    placements.csv -o brev/",
     N_("refusals that explain why each place does not fit")},
    {NULL},
};

struct letters {
    struct tr_app *app;
    const struct tr_document_format *format;
    enum tr_lang lang;
    const char *path;  /* of a file or a folder; NULL: standard output */
    const char *case_worker;
    bool draft;        /* letters are marked as drafts */
    bool named;        /* each letter must have a name */
    int32_t decision;  /* entry of the list: letters of this one only; -1: all */
    int logged;        /* see doc/content/letter.h */
    int32_t day, from; /* of the letters; from which the places are theirs, or TR_NO_DAY */
    struct tr_records placements, institutions, stays, identities; /* all but the first may be empty */
    struct tr_certificate_read certificate; /* sealed false: there is none */
    struct tr_casefile cases;
    struct tr_again again;
};

static int differs(const struct letters *w, uint32_t placement, enum tr_code code)
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

/* The reasons that the certificate has; it must tell of the same outcome. */
static int explain(const struct letters *w, uint32_t placement, struct tr_letter *letter,
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
    ask_referral(letter, tr_candidate(&c->round.referrals, referral)->received,
                 tr_candidate(&c->round.referrals, referral)->service_level);
    tr_placement_explain_reasons(c, referral, w->lang, out);
    return 0;
}

/* What is known for the letter of placement i. */
static struct tr_letter letter_of(const struct letters *w, uint32_t i)
{
    const struct tr_placement *p = tr_placement(&w->placements, i);
    const struct tr_stay *stay = tr_stays_of(&w->stays, p->id, p->institution_id);
    int at = w->institutions.n ? tr_records_find(&w->institutions, p->institution_id) : -1;
    const struct tr_records *referrals = &w->cases.referrals;
    int referral = referrals->n ? tr_records_find(referrals, p->id) : -1;
    struct tr_letter letter = {.placement = p,
                               .case_worker = tr_str(w->case_worker ? w->case_worker : ""),
                               .day = w->day,
                               .logged = w->logged,
                               .from = w->from,
                               .to = TR_NO_DAY,
                               .received = TR_NO_DAY};

    if (referral >= 0) {
        const struct tr_case *c = tr_case(referrals, (uint32_t)referral);

        ask_referral(&letter, c->received, c->service_level);
    }

    if (at >= 0)
        letter.institution = tr_institution(&w->institutions, (uint32_t)at);
    letter.name = tr_identity_name(&w->identities, p->id);
    if (stay && letter.from == TR_NO_DAY)
        letter.from = stay->from;
    if (stay)
        letter.to = stay->to_expected;
    letter.stays = &w->stays;
    letter.institutions = &w->institutions;
    letter.again = &w->again;
    letter.cases = &w->cases.cases;
    return letter;
}

/* A fault of the letter of placement i. */
static int cannot(struct letters *w, uint32_t i, struct tr_err *err)
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
static void mark_draft(const struct letters *w, struct tr_document *d, const struct tr_letter *l)
{
    int kind = tr_letter_kind(&w->app->profile, l);
    struct tr_str read = tr_decision_cell(&w->app->profile, kind, "reviewed", -1);
    struct tr_buf day = {0}, text = {0};

    if (!w->draft)
        return;
    tr_document_mark(d, tr_document_word(d, "letter.draft"));
    if (tr_str_is(l->placement->decision, "ask")) /* it names no law */
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

static int write_letter(struct letters *w, uint32_t i)
{
    struct tr_letter letter = letter_of(w, i);
    struct tr_buf explanation = {0};
    char iso[TR_DATE_LEN];
    struct tr_document d;
    struct tr_err err;
    int rc;

    tr_date_iso(tr_date_of(w->day), iso);
    if (w->named && letter.name.len == 0) {
        tr_letter_unknown(TR_STR("name"), &err);
        return cannot(w, i, &err);
    }
    if (explain(w, i, &letter, &explanation) < 0)
        return -1;
    letter.explanation = w->logged ? letter.placement->detail : tr_buf_slice(&explanation);
    tr_document_start(&d, &w->app->profile, w->lang, letter.placement->id,
                      w->logged ? tr_decision_cell(&w->app->profile, w->logged - 1, "decides", w->lang)
                                : tr_profile_value(&w->app->profile, "agency"),
                      (struct tr_str){iso, sizeof iso});
    tr_document_mark(&d, tr_identity_protection(&w->identities, letter.placement->id, w->lang));
    if (tr_letter_make(&d, &letter, &err) < 0) {
        rc = cannot(w, i, &err);
    } else {
        tr_document_mark(&d, tr_document_word(&d, "letter.exempt"));
        mark_draft(w, &d, &letter);
        rc = tr_is_folder(w->path) ? tr_folder_put(w->app, w->path, &d, w->format,
                                                   w->placements.source, w->placements.line[i])
                                   : tr_document_put(w->app, &d, w->format, w->path, false);
    }
    tr_document_clear(&d);
    tr_buf_clear(&explanation);
    return rc;
}

/* Whether the state of the case lets a letter go; when not, that is said. */
static bool may_go(const struct letters *w, uint32_t i)
{
    const struct tr_case_state *state =
        tr_cases_state(&w->cases.cases, tr_placement(&w->placements, i)->id);
    char id[TR_ID_MAX + 1], code[64];
    struct tr_err err;

    if (state->letter)
        return true;
    tr_err_copy(id, sizeof id, tr_placement(&w->placements, i)->id);
    tr_err_copy(code, sizeof code, state->code);
    tr_err_set(&err, TR_E_NO_LETTER, id, code, NULL);
    err.source = w->placements.source;
    err.line = w->placements.line[i];
    tr_app_say(w->app, &err);
    return false;
}

static bool wanted(const struct letters *w, const struct tr_placement *p)
{
    const struct tr_list *decisions =
        tr_profile_list(&w->app->profile, w->logged ? "event_detail" : "decision");

    return tr_placement_is_new(p) &&
           (w->decision < 0 || tr_list_code(decisions, p->decision) == w->decision);
}

static int load_again(struct letters *w)
{
    struct tr_err err;

    return tr_again_load(&w->again, &w->app->profile, w->cases.states.offer_days, &err) < 0
               ? tr_app_fail(w->app, &err)
               : 0;
}

/* What the round decided; or, with --about, what the log of the day says was decided. */
static int read_answers(struct letters *w, const char *placements)
{
    if (!w->logged)
        return tr_app_records(w->app, &tr_placement_kind, placements, &w->placements);
    tr_records_start(&w->placements, &tr_placement_kind, &w->app->profile,
                     w->cases.events.source);
    return tr_letter_logged(&w->placements, &w->cases.events, w->logged - 1, w->day) < 0
               ? tr_app_no_memory(w->app)
               : 0;
}

/* A letter for each placement that was decided in this round. */
static void write_letters(struct letters *w)
{
    bool folder = tr_is_folder(w->path);
    uint32_t n = 0;

    for (uint32_t i = 0; i < w->placements.n; i++)
        n += wanted(w, tr_placement(&w->placements, i));
    if (n > 1 && !folder)
        tr_app_usage(w->app, N_("there are several letters: name a folder, --output=DIR/"), NULL,
                     NULL);
    if (folder && tr_folder_open(w->app, w->path) < 0)
        return;
    for (uint32_t i = 0; i < w->placements.n; i++)
        if (wanted(w, tr_placement(&w->placements, i)) && may_go(w, i) && write_letter(w, i) < 0 &&
            w->app->status >= TR_EXIT_INTERNAL)
            break;
    if (folder)
        tr_folder_close(w->app, w->path);
}

static void clear(struct letters *w)
{
    tr_casefile_clear(&w->cases);
    tr_certificate_clear(&w->certificate.c);
    tr_records_clear(&w->identities);
    tr_records_clear(&w->stays);
    tr_records_clear(&w->institutions);
    tr_records_clear(&w->placements);
}

int main(int argc, char **argv)
{
    struct tr_reader_options reading = {0};
    const char *about = NULL, *as_of = NULL, *certificate = NULL, *from = NULL, *identities = NULL;
    const char *events = NULL, *institutions = NULL, *kind = NULL, *reg_path = NULL, *stays = NULL;
    const char *links = NULL, *placements = NULL, *referrals = NULL;
    struct letters w = {.decision = -1, .from = TR_NO_DAY};
    int format = TR_DOCUMENT_TEXT, lang = -1;
    const struct tr_option options[] = {
        {"about", .arg = "KIND", .text = &about,
         .help = N_("write of decisions of this kind in the log of that day, not of placements")},
        {"as-of", .arg = "DATE", .text = &as_of, .help = N_("the date of the letters")},
        {"case-worker", .arg = "NAME", .text = &w.case_worker,
         .help = N_("who answers for the letters; named in them")},
        {"certificate", .arg = "FILE", .text = &certificate,
         .help = N_("the certificate of the round, for full reasons")},
        {"draft", .flag = &w.draft,
         .help = N_("mark the letters as drafts, and say whether a lawyer has read their law")},
        {"events", .arg = "FILE", .text = &events,
         .help =
             N_("the log of cases: no letter goes to those who withdrew, or whose case is closed")},
        {"format", .choice = &format, .choices = tr_document_names,
         .help = N_("format of the letters; text by default")},
        {"from", .arg = "DATE", .text = &from,
         .help = N_("first day of the stay; by default that of the offer in the stays")},
        {"identity", .arg = "FILE", .text = &identities,
         .help = N_("identities from referral-anonymise: puts names in letters")},
        {"institutions", .arg = "FILE", .text = &institutions, .help = N_("the institutions")},
        {"kind", .arg = "DECISION", .text = &kind,
         .help = N_("only letters of this decision: tildeling, venteliste, spørsmål, avslag")},
        {"lang", .choice = &lang, .choices = tr_lang_names,
         .help = N_("Bokmål, Nynorsk or English; by default the language of the profile")},
        {"links", .arg = "FILE", .text = &links,
         .help = N_("referrals decided to be of one person; needs the referrals")},
        {"output", .letter = 'o', .arg = "FILE", .text = &w.path,
         .help = N_("write to FILE instead of standard output; with DIR/, one file per letter")},
        {"referrals", .arg = "FILE", .text = &referrals,
         .help = N_("the referrals: what was asked for decides the law of an answer")},
        {"register", .arg = "REGISTER", .text = &reg_path,
         .help = N_("take what no file is given for from the register; the default day is today")},
        {"stays", .arg = "FILE", .text = &stays, .help = N_("stays and offers")},
        {NULL},
    };
    struct tr_app app = {
        .name = "letter-export",
        .purpose = N_("write a letter in answer to each referral"),
        .arguments = "[file]",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
        .reading = &reading,
    };
    const tr_wanted_tables tables = {
        [TR_RECORD_INSTITUTION] = &institutions,
        [TR_RECORD_STAY] = &stays,
        [TR_RECORD_EVENT] = &events,
        [TR_RECORD_REFERRAL] = &referrals,
        [TR_RECORD_DECISION] = &placements,
        [TR_RECORD_LINK] = &links,
    };
    struct tr_register reg = {0};

    tr_app_start(&app, argc, argv);
    w.app = &app;
    if (about && (app.n_arguments || certificate || from || (!events && !reg_path)))
        tr_app_usage(&app, N_("--about takes the log, and no placements"), NULL, NULL);
    if (about)
        w.logged = tr_app_code(&app, "decision_kind", about) + 1;
    if (about || app.n_arguments || !reg_path)
        placements = app.n_arguments ? app.arguments_given[0] : "-";
    if (stays && !institutions && !reg_path)
        tr_app_usage(&app, N_("--stays needs --institutions"), NULL, NULL);
    if (links && !referrals && !reg_path)
        tr_app_usage(&app, N_("--links needs --referrals=FILE or --register=REGISTER"), NULL, NULL);
    if (reg_path && tr_register_tables(&app, &reg, reg_path, tables) < 0)
        goto out;
    w.day = tr_app_day(&app, "as-of", as_of || !reg_path ? as_of : reg.day);
    if (from)
        w.from = tr_app_day(&app, "from", from);
    if (kind)
        w.decision = tr_app_code(&app, about ? "event_detail" : "decision", kind);
    w.named = identities != NULL;
    w.lang = tr_app_language(&app, lang);
    w.format = &tr_document_formats[format];
    tr_records_start(&w.identities, &tr_identity_kind, &app.profile, NULL);
    if ((about || read_answers(&w, placements) == 0) &&
        (!institutions ||
         tr_app_records(&app, &tr_institution_kind, institutions, &w.institutions) == 0) &&
        tr_app_stays(&app, stays, &w.institutions, &w.stays) == 0 &&
        tr_casefile_start(&app, &w.cases) == 0 &&
        (!referrals || tr_app_records(&app, &tr_case_kind, referrals, &w.cases.referrals) == 0) &&
        tr_casefile_links(&app, &w.cases, links) == 0 &&
        tr_casefile_find(&app, &w.cases, events, &w.stays, w.day) == 0 && load_again(&w) == 0 &&
        (!about || read_answers(&w, NULL) == 0) &&
        (!identities || tr_app_records(&app, &tr_identity_kind, identities, &w.identities) == 0) &&
        tr_app_protect(&app, &w.cases.referrals, &w.identities) == 0 &&
        (!certificate || tr_placing_sealed(&app, certificate, &w.certificate) == 0))
        write_letters(&w);
out:
    clear(&w);
    tr_register_close(&reg);
    return tr_app_end(&app);
}
