/* routine-report: whether the routine is kept, and how long cases take from step to step. */
#include "cli/register/register.h"
#include "cli/work/routine_report.h"

static const struct tr_example examples[] = {
    {"routine-report --as-of=2026-11-21 --referrals=cases.csv events.csv | table-render",
     N_("which duties were done in time, late or not at all")},
    {"routine-report --as-of=2026-11-21 --referrals=cases.csv --what=waits --by=bydel \\\n"
     "events.csv | table-render --format=html > waits.html",
     N_("how long cases wait in each district, as a page")},
    {"routine-report --as-of=2026-11-21 --referrals=cases.csv --what=curve \\\n"
     "--from=referral_received --to=moved_in events.csv",
     N_("the share that still waits after so many days")},
    {"routine-report --as-of=2026-11-21 --what=longest --from=referral_received \\\n"
     "--to=decision_made events.csv",
     N_("which cases have waited longest for an answer")},
    {NULL},
};

int main(int argc, char **argv)
{
    struct tr_reader_options reading = {0};
    const char *as_of = NULL, *since = NULL, *reg_path = NULL;
    struct tr_routine_report r = {.lang = -1, .log = {.bydel = -1, .until = TR_NO_DAY}};
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &as_of, .help = N_("the day of the report")},
        {"by", .choice = &r.by, .choices = tr_flow_by_names,
         .help = N_("all cases together, or by district, institution or month")},
        {"format", .choice = &r.format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"from", .arg = "EVENT", .text = &r.from, .help = N_("waits that begin with this event")},
        {"institutions", .arg = "FILE", .text = &r.log.institutions,
         .help = N_("the institutions of the stays")},
        {"lang", .choice = &r.lang, .choices = tr_lang_names,
         .help = N_("names of duties in Bokmål, Nynorsk or English; by default the language of the "
                    "profile")},
        {"links", .arg = "FILE", .text = &r.log.links,
         .help = N_("referrals decided to be of one person; needs the referrals")},
        {"output", .letter = 'o', .arg = "FILE", .text = &r.path,
         .help = N_("write to FILE instead of standard output")},
        {"referrals", .arg = "FILE", .text = &r.log.referrals,
         .help = N_("the referrals, for the district of each case and the day it was received")},
        {"register", .arg = "REGISTER", .text = &reg_path,
         .help = N_("take what no file is given for from the register; the default day is today")},
        {"since", .arg = "DATE", .text = &since,
         .help = N_("only what was due, or began to wait, on this day or later")},
        {"stays", .arg = "FILE", .text = &r.log.stays,
         .help = N_("the stays, for the institution of each case and when people moved")},
        {"to", .arg = "EVENT", .text = &r.to, .help = N_("waits that end with this event")},
        {"what", .choice = &r.what, .choices = tr_routine_report_names,
         .help = N_("duties and how they were kept, how long waits are, their curves, or who has "
                    "waited longest")},
        {"whole", .flag = &r.whole,
         .help = N_("for use in the office: do not hold back small numbers")},
        {NULL},
    };
    struct tr_app app = {
        .name = "routine-report",
        .purpose = N_("tell whether the routine is kept, and how long people wait"),
        .arguments = "[file]",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
        .reading = &reading,
    };
    const tr_wanted_tables wanted = {
        [TR_RECORD_REFERRAL] = &r.log.referrals, [TR_RECORD_INSTITUTION] = &r.log.institutions,
        [TR_RECORD_STAY] = &r.log.stays,         [TR_RECORD_EVENT] = &r.log.events,
        [TR_RECORD_LINK] = &r.log.links,
    };
    struct tr_register reg = {0};

    tr_app_start(&app, argc, argv);
    if (r.log.links && !r.log.referrals && !reg_path)
        tr_app_usage(&app, N_("--links needs --referrals=FILE or --register=REGISTER"), NULL, NULL);
    if (r.by == TR_FLOW_BYDEL && !r.log.referrals && !reg_path)
        tr_app_usage(&app, N_("--by=%1 needs --referrals=FILE or --register=REGISTER"), "bydel",
                     NULL);
    if (r.by == TR_FLOW_INSTITUTION && !r.log.stays && !reg_path)
        tr_app_usage(&app, N_("--by=institution needs --stays=FILE or --register=REGISTER"), NULL,
                     NULL);
    if (app.n_arguments || !reg_path)
        r.log.events = app.n_arguments ? app.arguments_given[0] : "-";
    if (reg_path && tr_register_tables(&app, &reg, reg_path, wanted) < 0)
        goto out;
    r.as_of = tr_app_day(&app, "as-of", as_of || !reg_path ? as_of : reg.day);
    r.since = since ? tr_app_day(&app, "since", since) : TR_NO_DAY;
    tr_routine_report_run(&app, &r);
out:
    tr_register_close(&reg);
    return tr_app_end(&app);
}
