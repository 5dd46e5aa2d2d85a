/* referral-anonymise: the part of referrals that may travel, and the part that stays. */
#include "cli/register/anonymising.h"

static const struct tr_example examples[] = {
    {"referral-anonymise --key=reg.db.key --identity=identity.csv < waiting.csv > to-send.csv",
     N_("two files, connected only by the reference code")},
    {"referral-anonymise --key=reg.db.key --as-of=2026-11-21 --institutions=institutions.csv \\\n"
     "< waiting.csv > to-send.csv",
     N_("with ages as far as places depend on them")},
    {"referral-anonymise --key=reg.db.key --k=1 --combinations=shared.csv < waiting.csv \\\n"
     "> to-send.csv",
     N_("and how many persons share what is sent")},
    {"referral-anonymise --key=reg.db.key --events=events.csv < waiting.csv > to-send.csv",
     N_("without those who have withdrawn their consent since")},
    {"referral-anonymise --key=reg.db.key --review=read.csv < waiting.csv > to-send.csv",
     N_("free text to be read first")},
    {NULL},
};

int main(int argc, char **argv)
{
    struct tr_anonymising a = {.n_held = 0};
    struct tr_anonymising_paths paths = {.key = NULL};
    int format = TR_FORMAT_CSV;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &a.how.as_of,
         .help = N_("the day of the round: ages go as far as limits of age need on it")},
        {"combinations", .arg = "FILE", .writes = true, .text = &paths.combinations,
         .help = N_("write to FILE how many persons share each combination of what is sent")},
        {"events", .arg = "FILE", .text = &paths.events,
         .help = N_("the log: consent given or withdrawn since, and cases that are over")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"identity", .arg = "FILE", .writes = true, .text = &paths.identity,
         .help = N_("write the part that stays to FILE")},
        {"institutions", .arg = "FILE", .text = &a.how.institutions,
         .help = N_("the institutions whose limits of age count, instead of the profile’s")},
        {"k", .arg = "K", .text = &a.how.k,
         .help = N_("send only what at least K persons share, coarser where that helps")},
        {"key", .arg = "KEYFILE", .text = &paths.key,
         .help = N_("the key that makes reference codes")},
        {"links", .arg = "FILE", .text = &paths.links,
         .help = N_("referrals decided to be of one person: one pseudonym, one protected address")},
        {"output", .letter = 'o', .arg = "FILE", .text = &paths.to_send,
         .help = N_("write to FILE instead of standard output")},
        {"review", .arg = "FILE", .writes = true, .text = &a.review.list,
         .help = N_("write free text to FILE for a person to read; it is not sent before")},
        {"reviewed", .arg = "FILE", .text = &a.review.decided,
         .help = N_("what was decided in such a file: of free text only that is sent")},
        {NULL},
    };
    struct tr_app app = {
        .name = "referral-anonymise",
        .purpose = N_("split referrals in a part that may be sent and a part that stays"),
        .arguments = "[file]",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
        .reading = &reading,
    };

    tr_app_start(&app, argc, argv);
    if (!paths.key)
        tr_app_usage(&app, N_("--key=KEYFILE is needed"), NULL, NULL);
    if (paths.identity && strcmp(paths.identity, paths.to_send ? paths.to_send : "-") == 0)
        tr_app_usage(&app, N_("both parts cannot be written to ‘%1’"), paths.identity, NULL);
    paths.format = (enum tr_format)format;
    tr_anonymising_run(&app, &a, &paths);
    return tr_app_end(&app);
}
