/* needs-forecast: tell the need of homes in the years ahead, and how unsure it is. */
#include "cli/input/records.h"
#include "cli/register/register.h"
#include "cli/work/flows.h"
#include "cli/work/forecasting.h"

static const struct tr_example examples[] = {
    {"needs-forecast needs-2020.csv needs-2022.csv | table-render",
     N_("from two surveys, whose years their names tell")},
    {"needs-forecast --of=2026 needs-2020.csv needs-2022.csv | \\\nneeds-plan --join=any",
     N_("a plan for what is expected of one year")},
    {"needs-forecast --register=reg.db --as-of=2026-11-20",
     N_("from those who came to need a home, and those whose need ended")},
    {NULL},
};

static int from_register(struct tr_app *app, const struct tr_needs *needs, const char *path,
                         const char *as_of, const char *since, struct tr_flows_seen *seen,
                         struct tr_prospect *o)
{
    struct tr_case_paths paths = {NULL};
    tr_wanted_tables wanted = {[TR_RECORD_REFERRAL] = &paths.referrals,
                               [TR_RECORD_INSTITUTION] = &paths.institutions,
                               [TR_RECORD_STAY] = &paths.stays,
                               [TR_RECORD_EVENT] = &paths.events,
                               [TR_RECORD_LINK] = &paths.links};
    struct tr_register reg = {0};
    int rc = tr_register_tables(app, &reg, path, wanted);

    if (rc == 0)
        rc = tr_flows_see(app, needs, &paths, tr_app_day(app, "as-of", as_of ? as_of : reg.day),
                          since ? tr_app_day(app, "since", since) : TR_NO_DAY, seen);
    if (rc == 0 && tr_prospect_from_flows(o, &seen->flows) < 0)
        rc = tr_app_no_memory(app);
    tr_register_close(&reg);
    return rc;
}

int main(int argc, char **argv)
{
    const char *path = NULL, *ahead_text = "5", *of_text = NULL, *as_of = NULL, *since = NULL,
               *register_path = NULL;
    bool tell_seen = false;
    int format = TR_FORMAT_CSV, ahead, of;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"ahead", .arg = "YEARS", .text = &ahead_text,
         .help = N_("so many years ahead; by default 5")},
        {"as-of", .arg = "DATE", .text = &as_of,
         .help = N_("the day on which the register is looked at")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"of", .arg = "YEAR", .text = &of_text,
         .help = N_("write what is expected of this year, as a table of needs")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"register", .arg = "REGISTER", .text = &register_path,
         .help = N_("from what the register saw, instead of surveys")},
        {"seen", .flag = &tell_seen,
         .help = N_("write what the register saw, year by year, instead of the forecast")},
        {"since", .arg = "DATE", .text = &since,
         .help = N_("leave out what the register saw before this day")},
        {NULL},
    };
    struct tr_app app = {
        .name = "needs-forecast",
        .purpose = N_("tell the need of homes in the years ahead, and how unsure it is"),
        .arguments = "[file ...]",
        .options = options,
        .examples = examples,
        .max_arguments = -1,
        .reading = &reading,
    };
    struct tr_surveys surveys = {0};
    struct tr_flows_seen seen = {0};
    struct tr_prospect o = {0};
    struct tr_needs needs;
    struct tr_err err;

    tr_app_start(&app, argc, argv);
    ahead = tr_app_number(&app, "--ahead", ahead_text, TR_AHEAD_MAX);
    of = tr_app_number(&app, "--of", of_text, 9999);
    if ((register_path != NULL) == (app.n_arguments > 0))
        tr_app_usage(&app, N_("name tables of two years at least, or a register"), NULL, NULL);
    if ((as_of || since || tell_seen) && !register_path)
        tr_app_usage(&app, N_("--as-of, --seen and --since go with --register"), NULL, NULL);
    if (of && tell_seen)
        tr_app_usage(&app, N_("--of and --seen are different: choose one"), NULL, NULL);
    if (tr_needs_init(&needs, &app.profile, TR_F_BYDEL, TR_F_HOUSING_TYPE, &err) < 0) {
        tr_app_say(&app, &err);
        return tr_app_end(&app);
    }
    if ((register_path ? from_register(&app, &needs, register_path, as_of, since, &seen, &o)
                       : tr_forecasting_surveys(&app, &needs, &surveys, &o)) < 0)
        goto out;
    if (of && (of <= o.last || of > o.last + TR_AHEAD_MAX))
        tr_app_usage(&app, N_("--of is a year ahead, not ‘%1’"), of_text, NULL);
    if (tell_seen)
        tr_app_put_records(&app, &seen.rows, (enum tr_format)format, path);
    else
        tr_forecasting_put(&app, &needs, &o, ahead, of, (enum tr_format)format, path);
out:
    tr_prospect_clear(&o);
    tr_flows_clear(&seen);
    tr_surveys_clear(&surveys);
    tr_needs_clear(&needs);
    return tr_app_end(&app);
}
