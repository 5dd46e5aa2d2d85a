/* letter-export: the answer to each referral as a letter. */
#include "cli/letters.h"
#include "cli/register/register.h"
#include "domain/referral/identity.h"

static const struct tr_example examples[] = {
    {"letter-export --kind=tildeling --as-of=2026-11-21 --from=2026-12-01 \\\n"
     "    --institutions=institutions.csv --format=pdf placements.csv -o brev/",
     N_("a letter to each who got a place")},
    {"letter-export --kind=avslag --as-of=2026-11-21 --certificate=certificate.json \\\n"
     "    placements.csv -o brev/",
     N_("refusals, with what stood between them and each place")},
    {NULL},
};

int main(int argc, char **argv)
{
    struct tr_reader_options reading = {0};
    const char *as_of = NULL, *certificate = NULL, *from = NULL, *identities = NULL;
    const char *institutions = NULL, *kind = NULL, *reg_path = NULL, *stays = NULL;
    const char *placements = NULL;
    struct tr_letters w = {.decision = -1, .from = TR_NO_DAY};
    int format = TR_DOCUMENT_TEXT, lang = -1;
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &as_of, .help = N_("the day that the letters bear")},
        {"certificate", .arg = "FILE", .text = &certificate,
         .help = N_("the round’s certificate, for the reasons in full")},
        {"format", .choice = &format, .choices = tr_document_names,
         .help = N_("write the letters so; text by default")},
        {"from", .arg = "DATE", .text = &from,
         .help = N_("the day from which the places are theirs; else the offer’s in the stays")},
        {"identity", .arg = "FILE", .text = &identities,
         .help = N_("who they are, as referral-anonymise keeps it: letters with names")},
        {"institutions", .arg = "FILE", .text = &institutions, .help = N_("the institutions")},
        {"kind", .arg = "DECISION", .text = &kind,
         .help = N_("letters of this decision only: tildeling, venteliste, avslag")},
        {"lang", .choice = &lang, .choices = tr_lang_names,
         .help = N_("in Bokmål, Nynorsk or English; the profile’s by default")},
        {"output", .letter = 'o', .arg = "FILE", .text = &w.path,
         .help = N_("write to FILE instead of standard output; to DIR/ a file for each letter")},
        {"register", .arg = "REGISTER", .text = &reg_path,
         .help = N_("take what is not given from the register; the day is today by default")},
        {"stays", .arg = "FILE", .text = &stays, .help = N_("stays and offers")},
        {NULL},
    };
    struct tr_app app = {
        .name = "letter-export",
        .purpose = N_("the answer to each referral as a letter"),
        .arguments = "[file]",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
        .reading = &reading,
    };
    const tr_wanted_tables tables = {
        [TR_RECORD_INSTITUTION] = &institutions,
        [TR_RECORD_STAY] = &stays,
        [TR_RECORD_DECISION] = &placements,
    };
    struct tr_register reg = {0};

    tr_app_start(&app, argc, argv);
    w.app = &app;
    if (app.n_arguments || !reg_path)
        placements = app.n_arguments ? app.arguments_given[0] : "-";
    if (stays && !institutions && !reg_path)
        tr_app_usage(&app, N_("--stays needs --institutions"), NULL, NULL);
    if (reg_path && tr_register_tables(&app, &reg, reg_path, tables) < 0)
        goto out;
    w.day = tr_app_day(&app, "as-of", as_of || !reg_path ? as_of : reg.day);
    if (from)
        w.from = tr_app_day(&app, "from", from);
    if (kind)
        w.decision = tr_app_code(&app, "decision", kind);
    w.lang = tr_app_language(&app, lang);
    w.format = &tr_document_formats[format];
    if (tr_app_records(&app, &tr_placement_kind, placements, &w.placements) == 0 &&
        (!institutions ||
         tr_app_records(&app, &tr_institution_kind, institutions, &w.institutions) == 0) &&
        tr_app_stays(&app, stays, &w.institutions, &w.stays) == 0 &&
        (!identities || tr_app_records(&app, &tr_identity_kind, identities, &w.identities) == 0) &&
        (!certificate || tr_placing_sealed(&app, certificate, &w.certificate) == 0))
        tr_letters_write(&w);
out:
    tr_letters_clear(&w);
    tr_register_close(&reg);
    return tr_app_end(&app);
}
