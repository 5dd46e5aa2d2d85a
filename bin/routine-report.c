/* routine-report: whether the routine is kept, and how long cases take from step to step. */
#include "cli/caselog.h"
#include "cli/reporting.h"
#include "cli/register/register.h"
#include "domain/flow/duties.h"
#include "domain/flow/waits.h"

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

enum { DUTIES, WAITS, CURVE, LONGEST };
static const char *const whats[] = {
    [DUTIES] = "duties", [WAITS] = "waits", [CURVE] = "curve", [LONGEST] = "longest", NULL};

struct report {
    int what, by, format, lang;
    const char *path;
    bool whole;
    int32_t as_of, since;
    struct tr_waits_choice waits;
    struct tr_caselog log;
    struct tr_casefile cases;
    struct tr_records stays;
};

/* Counts the duties, as deadline-list --all has them. */
static int count_duties(struct tr_app *app, struct tr_records *events, struct report *r,
                        struct tr_flow_groups *groups, struct tr_figures *out)
{
    const struct tr_listener listener = tr_app_listener(app);
    const struct tr_duties_choice choice = {r->since, r->as_of, tr_app_language(app, r->lang),
                                             r->whole};
    struct tr_records deadlines = {0};
    struct tr_routine routine;
    struct tr_err err;
    int rc = tr_routine_load(&routine, &app->profile, &err);

    if (rc == 0 && tr_deadlines_find(&deadlines, &routine, events, r->as_of, TR_DUTIES_COUNTED,
                                     &listener) < 0)
        rc = tr_err_memory(&err);
    if (rc == 0) {
        tr_cases_deadlines(&r->cases.cases, &routine, TR_DUTIES_COUNTED, &deadlines);
        rc = tr_duties_count(out, &routine, &deadlines, groups, &choice, &err);
    }
    tr_records_clear(&deadlines);
    tr_routine_clear(&routine);
    return rc < 0 ? tr_app_fail(app, &err) : 0;
}

static int tell_waits(struct tr_app *app, const struct tr_records *events, struct report *r,
                      struct tr_flow_groups *groups, struct tr_figures *out)
{
    struct tr_err err;
    uint32_t few = 0;
    int rc = r->what == WAITS   ? tr_waits_table(out, events, groups, &r->waits, &few, &err)
             : r->what == CURVE ? tr_waits_curves(out, events, groups, &r->waits, &few, &err)
                                : tr_waits_longest(out, events, groups, &r->waits, &err);

    if (rc < 0)
        return tr_app_fail(app, &err);
    tr_report_say_few(app, few, TR_WAIT_FEW);
    return 0;
}

static void report(struct tr_app *app, struct tr_records *events, struct report *r)
{
    struct tr_figures out = {0};
    struct tr_flow_groups groups;

    if (tr_flow_groups_init(&groups, (enum tr_flow_by)r->by, &r->cases.referrals, &r->stays) < 0)
        tr_app_no_memory(app);
    else if ((r->what == DUTIES ? count_duties(app, events, r, &groups, &out)
                                : tell_waits(app, events, r, &groups, &out)) == 0)
        tr_report_write(app, &out, (enum tr_format)r->format, r->path);
    tr_figures_clear(&out);
    tr_flow_groups_clear(&groups);
}

/* The one wait asked for, or those of the profile; ends the process on wrong usage. -1: said. */
static int choose_waits(struct tr_app *app, struct report *r, const char *from, const char *to)
{
    struct tr_err err;

    if (!from != !to || (from && r->what == DUTIES))
        tr_app_usage(app, N_("--from and --to go together, and with waits"), NULL, NULL);
    r->waits.since = r->since;
    r->waits.as_of = r->as_of;
    r->waits.whole = r->whole;
    if (tr_waits_load(&r->waits, &app->profile, &err) < 0)
        return tr_app_fail(app, &err);
    if (from) {
        r->waits.n = 1;
        r->waits.pair[0] = (struct tr_wait_pair){tr_app_code(app, "event_type", from),
                                                 tr_app_code(app, "event_type", to)};
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct tr_reader_options reading = {0};
    const char *as_of = NULL, *since = NULL, *reg_path = NULL, *from = NULL, *to = NULL;
    struct report r = {.lang = -1, .log = {.bydel = -1, .until = TR_NO_DAY}};
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &as_of, .help = N_("the day of the report")},
        {"by", .choice = &r.by, .choices = tr_flow_by_names,
         .help = N_("all cases together, or by district, institution or month")},
        {"format", .choice = &r.format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"from", .arg = "EVENT", .text = &from, .help = N_("waits that begin with this event")},
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
        {"to", .arg = "EVENT", .text = &to, .help = N_("waits that end with this event")},
        {"what", .choice = &r.what, .choices = whats,
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
    struct tr_records events = {0};
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
    r.log.until = r.as_of;
    r.log.kept_stays = &r.stays;
    r.log.history = true;
    if (choose_waits(&app, &r, from, to) == 0 &&
        tr_caselog_read(&app, &r.log, &r.cases, &events) == 0 &&
        tr_caselog_keep(&app, &r.log, &r.cases, &events, r.as_of) == 0)
        report(&app, &events, &r);
out:
    tr_casefile_clear(&r.cases);
    tr_records_clear(&r.stays);
    tr_records_clear(&events);
    tr_register_close(&reg);
    return tr_app_end(&app);
}
