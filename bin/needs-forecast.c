/* needs-forecast: tell the need of homes in the years ahead, and how unsure it is. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/flows.h"
#include "cli/records.h"
#include "cli/register/register.h"
#include "cli/surveys.h"

static const struct tr_example examples[] = {
    {"needs-forecast needs-2020.csv needs-2022.csv | table-render",
     N_("from two surveys, whose years their names tell")},
    {"needs-forecast --of=2026 needs-2020.csv needs-2022.csv | \\\nneeds-plan --join=any",
     N_("a plan for what is expected of one year")},
    {"needs-forecast --register=reg.db --as-of=2026-11-20",
     N_("from those who came to need a home, and those whose need ended")},
    {NULL},
};

static int number(const struct tr_app *app, const char *option, const char *text, long most)
{
    char *end;
    long n = text ? strtol(text, &end, 10) : 0;

    if (text && (end == text || *end || n < 1 || n > most))
        tr_app_usage(app, N_("%1 is a number above zero, not ‘%2’"), option, text);
    return (int)n;
}

/* Persons who are in no housing type are in no forecast: says how many the last survey had. */
static void say_left_out(const struct tr_app *app, const struct tr_needs *n)
{
    uint64_t open = 0;
    char text[24];

    for (int r = 0; r < n->n_rows; r++)
        open += n->count[(size_t)(r + 1) * (size_t)n->n_columns - TR_NEEDS_EXTRA];
    snprintf(text, sizeof text, "%llu", (unsigned long long)open);
    if (open > 0)
        tr_app_note(app, N_("not in the forecast, as their housing type is undecided: %1"), text,
                    NULL);
}

static int from_surveys(struct tr_app *app, const struct tr_needs *needs, struct tr_surveys *s,
                        struct tr_prospect *o)
{
    struct tr_texts paths = {.n = 0};
    struct tr_panel p = {
        .rows = needs->n_rows, .columns = needs->columns->n, .stride = (size_t)needs->n_columns};

    for (; paths.n < app->n_arguments && paths.n < TR_TEXTS_MAX; paths.n++)
        paths.at[paths.n] = app->arguments_given[paths.n];
    if (tr_surveys_read(app, needs, &paths, s) < 0)
        return -1;
    if (s->n < 2)
        tr_app_usage(app, N_("name tables of two years at least, or a register"), NULL, NULL);
    for (p.n = 0; p.n < s->n; p.n++) {
        p.year[p.n] = s->year[p.n].year;
        p.count[p.n] = s->year[p.n].needs.count;
    }
    say_left_out(app, &s->year[s->n - 1].needs);
    if (p.n == 2)
        tr_app_note(app,
                    N_("two surveys give a line, but do not tell how well it fits: the bands are "
                       "wide"),
                    NULL);
    return tr_prospect_from_panel(o, &p) < 0 ? tr_app_no_memory(app) : 0;
}

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

/* Writes the forecast, or what one year of it is as a table of needs. */
static void put(struct tr_app *app, struct tr_needs *needs, const struct tr_prospect *o, int ahead,
                int of, enum tr_format format, const char *path)
{
    const struct tr_needs_beside beside = {0};
    struct tr_records rows = {0};
    struct tr_output output;
    struct tr_err err;

    if (of) {
        tr_forecast_fill(needs, o, of);
        if (tr_output_open(app, &output, path, false) == 0) {
            tr_needs_write(needs, &beside, true, format, &output.out);
            tr_output_close(app, &output, true);
        }
    } else if (tr_forecast_list(&rows, o, needs, ahead, &err) < 0) {
        tr_app_say(app, &err);
    } else {
        tr_app_put_records(app, &rows, format, path);
    }
    tr_records_clear(&rows);
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
         .help = N_("write CSV or JSON Lines")},
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
    ahead = number(&app, "--ahead", ahead_text, TR_AHEAD_MAX);
    of = number(&app, "--of", of_text, 9999);
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
                       : from_surveys(&app, &needs, &surveys, &o)) < 0)
        goto out;
    if (of && (of <= o.last || of > o.last + TR_AHEAD_MAX))
        tr_app_usage(&app, N_("--of is a year ahead, not ‘%1’"), of_text, NULL);
    if (tell_seen)
        tr_app_put_records(&app, &seen.rows, (enum tr_format)format, path);
    else
        put(&app, &needs, &o, ahead, of, (enum tr_format)format, path);
out:
    tr_prospect_clear(&o);
    tr_flows_clear(&seen);
    tr_surveys_clear(&surveys);
    tr_needs_clear(&needs);
    return tr_app_end(&app);
}
