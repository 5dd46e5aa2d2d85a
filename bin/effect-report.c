/* effect-report: what became of people before and after they moved into a home. */
#include "cli/register/register.h"
#include "cli/work/effect_report.h"

static const struct tr_example examples[] = {
    {"effect-report --as-of=2026-11-21 --events=effect/events.csv \\\n"
     "--episodes=effect/episodes.csv | table-render",
     N_("before and after moving in, all homes together")},
    {"effect-report --as-of=2026-11-21 --events=effect/events.csv \\\n"
     "--episodes=effect/episodes.csv --sites=effect/sites.csv --by=site --span=P4Y \\\n"
     "| table-render --format=html > effect.html",
     N_("site by site, four years before and four after, as a page")},
    {"effect-report --as-of=2026-11-21 --events=effect/events.csv --what=tenancies",
     N_("how many homes were lost, and how long homes are kept")},
    {NULL},
};

int main(int argc, char **argv)
{
    struct tr_reader_options reading = {0};
    const char *as_of = NULL, *since = NULL, *span = "P1Y", *reg_path = NULL;
    struct tr_effect_report r = {0};
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &as_of, .help = N_("the day of the report")},
        {"by", .choice = &r.by, .choices = tr_effect_by_names,
         .help = N_("all homes together, or by site, housing type, group or district")},
        {"episodes", .arg = "FILE", .text = &r.episodes,
         .help = N_("what happened to people, and when")},
        {"events", .arg = "FILE", .text = &r.events,
         .help = N_("the log of cases: who moved into a home, and who lost it")},
        {"format", .choice = &r.format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"links", .arg = "FILE", .text = &r.links,
         .help = N_("referrals decided to be of one person; needs the referrals")},
        {"output", .letter = 'o', .arg = "FILE", .text = &r.path,
         .help = N_("write to FILE instead of standard output")},
        {"referrals", .arg = "FILE", .text = &r.referrals,
         .help = N_("grouped referrals: housing type, group and district of each case")},
        {"register", .arg = "REGISTER", .text = &reg_path,
         .help = N_("take what no file is given for from the register; the default day is today")},
        {"since", .arg = "DATE", .text = &since,
         .help = N_("no episodes are recorded before this day")},
        {"sites", .arg = "FILE", .text = &r.sites,
         .help = N_("the site of each case: columns case_id and site")},
        {"span", .arg = "DURATION", .text = &span,
         .help = N_("how long before and after moving in, at most; P1Y by default")},
        {"what", .choice = &r.what, .choices = tr_effect_whats,
         .help = N_("episodes before and after, or how long homes are kept")},
        {"whole", .flag = &r.choice.whole,
         .help = N_("for use in the office: do not hold back small numbers")},
        {NULL},
    };
    struct tr_app app = {
        .name = "effect-report",
        .purpose = N_("compare what happened to people before and after they moved into a home"),
        .arguments = "",
        .options = options,
        .examples = examples,
        .max_arguments = 0,
        .reading = &reading,
    };
    const tr_wanted_tables wanted = {[TR_RECORD_REFERRAL] = &r.referrals,
                                     [TR_RECORD_EVENT] = &r.events,
                                     [TR_RECORD_LINK] = &r.links,
                                     [TR_RECORD_EPISODE] = &r.episodes};
    struct tr_register reg = {0};

    tr_app_start(&app, argc, argv);
    if (!r.events && !reg_path)
        tr_app_usage(&app, N_("--events=FILE or --register=REGISTER is needed"), NULL, NULL);
    if (r.links && !r.referrals && !reg_path)
        tr_app_usage(&app, N_("--links needs --referrals=FILE or --register=REGISTER"), NULL, NULL);
    if (!tr_duration_parse(tr_str(span), &r.choice.span) || r.choice.span.months < 0 ||
        r.choice.span.days < 0 || r.choice.span.working_days != 0)
        tr_app_usage(&app, N_("--span is a duration such as P1Y or P90D, not ‘%1’"), span, NULL);
    if (r.by == TR_EFFECT_SITE && !r.sites)
        tr_app_usage(&app, N_("--by=site needs --sites=FILE"), NULL, NULL);
    if (r.by > TR_EFFECT_SITE && !r.referrals && !reg_path)
        tr_app_usage(&app, N_("--by=%1 needs --referrals=FILE or --register=REGISTER"),
                     tr_effect_by_names[r.by], NULL);
    if (reg_path && tr_register_tables(&app, &reg, reg_path, wanted) < 0)
        goto out;
    r.choice.as_of = tr_app_day(&app, "as-of", as_of || !reg_path ? as_of : reg.day);
    r.choice.since = since ? tr_app_day(&app, "since", since) : TR_NO_DAY;
    tr_effect_report_run(&app, &r);
out:
    tr_register_close(&reg);
    return tr_app_end(&app);
}
