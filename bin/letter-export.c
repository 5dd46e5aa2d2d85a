/* letter-export: the answer to each referral as a letter. */
#include "cli/app/memory_table.h"
#include "cli/register/register.h"
#include "cli/work/letters.h"
#include "cli/writing/documents.h"

static const struct tr_example examples[] = {
    {"letter-export --kind=tildeling --as-of=2026-11-21 --from=2026-12-01 \\\n"
     "    --institutions=institutions.csv --format=pdf placements.csv -o brev/",
     N_("a letter to each person who was given a place")},
    {"letter-export --kind=avslag --as-of=2026-11-21 --certificate=certificate.json \\\n"
     "    placements.csv -o brev/",
     N_("refusals that explain why each place does not fit")},
    {NULL},
};

/* Reads what no file is given for; of the decisions also what they were before the day of the option
 * since, or else of the letters. */
static int read_register(struct tr_app *app, struct tr_register *reg, const char *path, const char *since,
                         const char *as_of, const tr_wanted_tables tables, struct tr_letters_files *f)
{
    const bool decided = !f->placements;
    char before[TR_DATE_LEN + 1] = "";
    int32_t day;

    if (tr_register_open(app, reg, path, TR_STORE_READ, NULL) < 0 ||
        tr_register_key_at_hand(reg, NULL) < 0 || tr_register_read_tables(reg, tables) < 0)
        return -1;
    day = since ? tr_app_day(app, "since", since) : tr_app_day(app, "as-of", as_of ? as_of : reg->day);
    tr_date_iso(tr_date_of(day - 1), before);
    if (decided && !(f->before = tr_register_table_on(reg, TR_RECORD_DECISION, before)))
        return -1;
    if (decided && tr_memory_table_is_empty(f->before))
        f->before = NULL;
    tr_register_done(reg);
    return 0;
}

int main(int argc, char **argv)
{
    struct tr_reader_options reading = {0};
    const char *about = NULL, *as_of = NULL, *since = NULL, *from = NULL, *kind = NULL, *reg_path = NULL;
    struct tr_letters_files f = {.events = NULL};
    struct tr_letters w = {.decision = -1, .from = TR_NO_DAY};
    int format = TR_DOCUMENT_TEXT, lang = -1;
    const struct tr_option options[] = {
        {"about", .arg = "KIND", .text = &about,
         .help = N_("write of decisions of this kind in the log of that day, not of placements")},
        {"as-of", .arg = "DATE", .text = &as_of, .help = N_("the date of the letters")},
        {"case-worker", .arg = "NAME", .text = &w.case_worker,
         .help = N_("who answers for the letters; named in them")},
        {"certificate", .arg = "FILE", .text = &f.certificate,
         .help = N_("the certificate of the round, for full reasons")},
        {"draft", .flag = &w.draft,
         .help = N_("mark the letters as drafts, and say whether a lawyer has read their law")},
        {"events", .arg = "FILE", .text = &f.events,
         .help =
             N_("the log of cases: no letter goes to those who withdrew, or whose case is closed")},
        {"format", .choice = &format, .choices = tr_document_names,
         .help = N_("format of the letters; text by default")},
        {"from", .arg = "DATE", .text = &from,
         .help = N_("first day of the stay; by default that of the offer in the stays")},
        {"identity", .arg = "FILE", .text = &f.identities,
         .help = N_("identities from referral-anonymise: puts names in letters")},
        {"institutions", .arg = "FILE", .text = &f.institutions, .help = N_("the institutions")},
        {"kind", .arg = "DECISION", .text = &kind,
         .help = N_("only letters of this decision: tildeling, venteliste, spørsmål, avslag")},
        {"lang", .choice = &lang, .choices = tr_lang_names,
         .help = N_("Bokmål, Nynorsk or English; by default the language of the profile")},
        {"links", .arg = "FILE", .text = &f.links,
         .help = N_("referrals decided to be of one person; needs the referrals")},
        {"output", .letter = 'o', .arg = "FILE", .text = &w.path,
         .help = N_("write to FILE instead of standard output; with DIR/, one file per letter")},
        {"referrals", .arg = "FILE", .text = &f.referrals,
         .help = N_("the referrals: what was asked for decides the law of an answer")},
        {"register", .arg = "REGISTER", .text = &reg_path,
         .help = N_("take what no file is given for from the register; the default day is today")},
        {"since", .arg = "DATE", .text = &since,
         .help = N_("with --register: only decisions that it did not have before that day")},
        {"stays", .arg = "FILE", .text = &f.stays, .help = N_("stays and offers")},
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
        [TR_RECORD_INSTITUTION] = &f.institutions,
        [TR_RECORD_STAY] = &f.stays,
        [TR_RECORD_EVENT] = &f.events,
        [TR_RECORD_REFERRAL] = &f.referrals,
        [TR_RECORD_DECISION] = &f.placements,
        [TR_RECORD_LINK] = &f.links,
    };
    struct tr_register reg = {0};

    tr_app_start(&app, argc, argv);
    w.app = &app;
    if (about && (app.n_arguments || f.certificate || from || (!f.events && !reg_path)))
        tr_app_usage(&app, N_("--about takes the log, and no placements"), NULL, NULL);
    if (about)
        w.logged = tr_app_code(&app, "decision_kind", about) + 1;
    if (about || app.n_arguments || !reg_path)
        f.placements = app.n_arguments ? app.arguments_given[0] : "-";
    if (f.stays && !f.institutions && !reg_path)
        tr_app_usage(&app, N_("--stays needs --institutions"), NULL, NULL);
    if (f.links && !f.referrals && !reg_path)
        tr_app_usage(&app, N_("--links needs --referrals=FILE or --register=REGISTER"), NULL, NULL);
    if (since && (!reg_path || f.placements))
        tr_app_usage(&app, N_("--since goes with --register, and the decisions in it"), NULL, NULL);
    w.since = since != NULL;
    if (reg_path && read_register(&app, &reg, reg_path, since, as_of, tables, &f) < 0)
        goto out;
    w.day = tr_app_day(&app, "as-of", as_of || !reg_path ? as_of : reg.day);
    if (from)
        w.from = tr_app_day(&app, "from", from);
    if (kind)
        w.decision = tr_app_code(&app, about ? "event_detail" : "decision", kind);
    w.lang = tr_app_language(&app, lang);
    w.format = &tr_document_formats[format];
    if (tr_letters_read(&w, &f) == 0)
        tr_letters_write(&w);
out:
    tr_letters_clear(&w);
    tr_register_close(&reg);
    return tr_app_end(&app);
}
