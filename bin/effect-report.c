/* effect-report: what became of people before and after they moved into a home. */
#include "cli/caselog.h"
#include "cli/register/register.h"
#include "cli/reporting.h"
#include "domain/flow/effect.h"

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

enum { EFFECT, TENANCIES };
static const char *const whats[] = {[EFFECT] = "episodes", [TENANCIES] = "tenancies", NULL};

struct inputs {
    const char *events, *episodes, *referrals, *sites;
    struct tr_records event, episode, tenant, site;
};

/* Reads a table that may be missing. */
static int read(struct tr_app *app, const struct tr_kind *kind, const char *path,
                struct tr_records *out)
{
    if (path)
        return tr_app_records(app, kind, path, out);
    tr_records_start(out, kind, &app->profile, NULL);
    return 0;
}

static int read_all(struct tr_app *app, struct inputs *in)
{
    return read(app, &tr_event_kind, in->events, &in->event) == 0 &&
                   read(app, &tr_episode_kind, in->episodes, &in->episode) == 0 &&
                   read(app, &tr_tenant_kind, in->referrals, &in->tenant) == 0 &&
                   read(app, &tr_tenant_site_kind, in->sites, &in->site) == 0
               ? 0
               : -1;
}

/* What the figures leave out. */
static void say_told(struct tr_app *app, const struct tr_effect_told *told)
{
    char number[24];
    struct tr_err err;

    tr_report_say_few(app, told->few);
    if (told->elsewhere == 0)
        return;
    snprintf(number, sizeof number, "%lu", (unsigned long)told->elsewhere);
    tr_err_set(&err, TR_W_EPISODE_ELSEWHERE, number, NULL, NULL);
    tr_app_say(app, &err);
}

static void report(struct tr_app *app, const struct inputs *in, int what,
                   struct tr_effect_choice *choice, enum tr_format format, const char *path)
{
    const struct tr_effect_data data = {&in->event, &in->episode, &in->tenant, &in->site};
    struct tr_effect_told told = {0};
    struct tr_figures out = {0};
    struct tr_err err;

    if (tr_effect_load(choice, &app->profile, &err) < 0 ||
        (what == EFFECT ? tr_effect_table : tr_effect_tenancies)(&out, &data, choice, &told,
                                                                 &err) < 0) {
        tr_app_fail(app, &err);
    } else {
        say_told(app, &told);
        tr_report_write(app, &out, format, path);
    }
    tr_figures_clear(&out);
}

int main(int argc, char **argv)
{
    struct tr_reader_options reading = {0};
    const char *as_of = NULL, *since = NULL, *span = "P1Y", *reg_path = NULL, *path = NULL;
    struct inputs in = {0};
    struct tr_effect_choice choice = {0};
    int what = EFFECT, by = TR_EFFECT_ALL, format = TR_FORMAT_CSV;
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &as_of, .help = N_("the day of the report")},
        {"by", .choice = &by, .choices = tr_effect_by_names,
         .help = N_("all homes together, or by site, housing type, group or district")},
        {"episodes", .arg = "FILE", .text = &in.episodes,
         .help = N_("what happened to people, and when")},
        {"events", .arg = "FILE", .text = &in.events,
         .help = N_("the log of cases: who moved into a home, and who lost it")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"referrals", .arg = "FILE", .text = &in.referrals,
         .help = N_("grouped referrals: housing type, group and district of each case")},
        {"register", .arg = "REGISTER", .text = &reg_path,
         .help = N_("take what no file is given for from the register; the default day is today")},
        {"since", .arg = "DATE", .text = &since,
         .help = N_("no episodes are recorded before this day")},
        {"sites", .arg = "FILE", .text = &in.sites,
         .help = N_("the site of each case: columns case_id and site")},
        {"span", .arg = "DURATION", .text = &span,
         .help = N_("how long before and after moving in, at most; P1Y by default")},
        {"what", .choice = &what, .choices = whats,
         .help = N_("episodes before and after, or how long homes are kept")},
        {"whole", .flag = &choice.whole,
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
    const tr_wanted_tables wanted = {[TR_RECORD_REFERRAL] = &in.referrals,
                                     [TR_RECORD_EVENT] = &in.events,
                                     [TR_RECORD_EPISODE] = &in.episodes};
    struct tr_register reg = {0};

    tr_app_start(&app, argc, argv);
    if (!in.events && !reg_path)
        tr_app_usage(&app, N_("--events=FILE or --register=REGISTER is needed"), NULL, NULL);
    if (!tr_duration_parse(tr_str(span), &choice.span) || choice.span.months < 0 ||
        choice.span.days < 0 || choice.span.working_days != 0)
        tr_app_usage(&app, N_("--span is a duration such as P1Y or P90D, not ‘%1’"), span, NULL);
    if (by == TR_EFFECT_SITE && !in.sites)
        tr_app_usage(&app, N_("--by=site needs --sites=FILE"), NULL, NULL);
    if (by > TR_EFFECT_SITE && !in.referrals && !reg_path)
        tr_app_usage(&app, N_("--by=%1 needs --referrals=FILE or --register=REGISTER"),
                     tr_effect_by_names[by], NULL);
    if (reg_path && tr_register_tables(&app, &reg, reg_path, wanted) < 0)
        goto out;
    choice.by = (enum tr_effect_by)by;
    choice.as_of = tr_app_day(&app, "as-of", as_of || !reg_path ? as_of : reg.day);
    choice.since = since ? tr_app_day(&app, "since", since) : TR_NO_DAY;
    if (read_all(&app, &in) == 0)
        report(&app, &in, what, &choice, (enum tr_format)format, path);
out:
    tr_records_clear(&in.event);
    tr_records_clear(&in.episode);
    tr_records_clear(&in.tenant);
    tr_records_clear(&in.site);
    tr_register_close(&reg);
    return tr_app_end(&app);
}
