/* needs-plan: plan sites for those who need a home with others. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/documents.h"
#include "cli/planning.h"
#include "cli/records.h"
#include "doc/content/homes_report.h"
#include "domain/homes/homes_options.h"
#include "domain/homes/years.h"

static const char *const languages[TR_N_LANGS + 1] = {
    [TR_NB] = "nb", [TR_NN] = "nn", [TR_EN] = "en"};

static const struct tr_example examples[] = {
    {"needs-aggregate exports/*.csv | needs-plan --join=any > plan.csv",
     N_("the best plan, where every district may share a site with every other")},
    {"needs-plan --join=any --certificate=proof.csv needs.csv > plan.csv",
     N_("the same from a table, with the proof that no plan is better")},
    {"needs-plan --join=any --summary needs.csv | table-render", N_("what it adds up to")},
    {"needs-plan --join=any --format=pdf --per-year=60 --year=2022 \\\n"
     "--earlier=2020:needs-2020.csv --output=plan.pdf needs.csv",
     N_("a report, with what is built in which year")},
    {NULL},
};

/* What is written, and what it needs. */
struct work {
    struct tr_planning in;
    struct tr_demand earlier; /* of an earlier survey */
    struct tr_homes_choice choice;
    struct tr_homes_pace pace;
    struct tr_homes plan;
    struct tr_records sums, options, gains, years;
    int32_t met;
};

/* Says who has no site. */
static void say_waiting(struct tr_app *app, const struct work *w)
{
    struct tr_err err;
    char number[24];

    for (uint32_t i = 0; i + 1 < w->sums.n; i++) {
        const struct tr_homes_sum *sum =
            (const struct tr_homes_sum *)(const void *)w->sums.record + i;
        char type[64];

        if (sum->waiting == 0)
            continue;
        tr_err_copy(type, sizeof type, sum->housing_type);
        snprintf(number, sizeof number, "%d", sum->waiting);
        tr_err_set(&err, TR_W_SITE_WAITING, type, number, NULL);
        tr_app_say(app, &err);
        tr_app_raise(app, TR_EXIT_FOUND);
    }
    if (w->in.needs.nowhere > 0) {
        tr_err_num(&err, TR_W_SITE_NOWHERE, w->in.needs.nowhere);
        tr_app_say(app, &err);
        tr_app_raise(app, TR_EXIT_FOUND);
    }
    if (w->pace.per_year > 0 && w->met == 0) {
        tr_err_num(&err, TR_W_SITE_NEVER, (unsigned long long)w->pace.per_year);
        tr_app_say(app, &err);
        tr_app_raise(app, TR_EXIT_FOUND);
    }
}

static int32_t read_number(const struct tr_app *app, const char *option, const char *text,
                           long most)
{
    char *end;
    long n = text ? strtol(text, &end, 10) : 0;

    if (text && (end == text || *end || n < 1 || n > most))
        tr_app_usage(app, N_("%1 is a number above zero, not ‘%2’"), option, text);
    return (int32_t)n;
}

/* YEAR:FILE; the part behind the year. */
static const char *read_earlier(const struct tr_app *app, const char *text,
                                struct tr_homes_pace *pace)
{
    char *end;
    long year = strtol(text, &end, 10);

    if (end == text || *end != ':' || !end[1] || year < 1 || year >= pace->from)
        tr_app_usage(app, N_("--earlier is YEAR:FILE, with a year before --year, not ‘%1’"), text,
                     NULL);
    pace->earlier_year = (int32_t)year;
    return end + 1;
}

/* Reads all inputs: needs from the arguments, and an earlier table. */
static int read_all(struct tr_app *app, struct work *w, const struct tr_texts *standard,
                    const char *earlier)
{
    struct tr_err err;

    for (int i = 0; i < app->n_arguments || i == 0; i++)
        if (tr_planning_needs(app, &w->in.needs, app->n_arguments ? app->arguments_given[i] : "-") <
            0)
            return -1;
    tr_planning_standard(app, &w->in.needs, standard);
    if (!earlier)
        return 0;
    if (tr_demand_start(&w->earlier, &w->in.rules, w->in.districts, &err) < 0)
        return tr_app_fail(app, &err);
    if (tr_planning_needs(app, &w->earlier, earlier) < 0)
        return -1;
    tr_planning_standard(app, &w->earlier, standard);
    w->pace.earlier = &w->earlier;
    return 0;
}

static int make_all(struct tr_app *app, struct work *w)
{
    struct tr_err err;

    tr_homes_start(&w->plan, &app->profile);
    if (tr_underway_fill(&w->plan, &w->in.needs, &w->in.under_way, &w->choice, &err) < 0 ||
        tr_homes_make(&w->plan, &w->in.needs, &w->choice, &err) < 0 ||
        tr_homes_sum_up(&w->sums, &w->plan, &err) < 0 ||
        tr_homes_options(&w->options, &w->plan, &w->in.needs, &w->choice, &err) < 0 ||
        tr_homes_gains(&w->gains, &w->in.needs, &w->choice, &err) < 0 ||
        (w->pace.per_year > 0 && tr_homes_years(&w->years, &w->plan, &w->in.needs, w->choice.rules,
                                                &w->pace, &w->met, &err) < 0))
        return tr_app_fail(app, &err);
    return 0;
}

static int put_report(struct tr_app *app, const struct work *w, const char *format,
                      const char *path)
{
    const struct tr_homes_report report = {&w->plan,  &w->sums,     &w->options,
                                           &w->years, &w->in.needs, w->met};
    struct tr_document d;
    int rc;

    tr_document_start(&d, &app->profile, w->choice.lang, TR_STR(""),
                      tr_profile_value(&app->profile, "agency"), TR_STR(""));
    tr_homes_report_make(&d, &report);
    rc = tr_document_put(app, &d, tr_document_format_find(format), path, true);
    tr_document_clear(&d);
    return rc;
}

int main(int argc, char **argv)
{
    const char *path = NULL, *certificate = NULL, *districts = NULL, *sites = NULL,
               *per_year = NULL;
    const char *year = NULL, *earlier = NULL;
    struct tr_reader_options reading = {0};
    struct tr_texts types = {.n = 0}, add = {.n = 0}, closed = {.n = 0}, standard = {.n = 0};
    bool summary = false, options_too = false, marginal = false, years = false;
    int format = TR_AS_CSV, lang = -1, join = -1;
    const struct tr_option options[] = {
        {"add", .arg = "DISTRICT:TYPE:HOMES", .texts = &add,
         .help = N_("what if somebody else built such a site; can be repeated")},
        {"certificate", .arg = "FILE", .writes = true, .text = &certificate,
         .help = N_("write the proof that no plan is better to FILE")},
        {"choices", .flag = &options_too,
         .help = N_("write what can be done for those who can have no site")},
        {"close", .arg = "SITE", .texts = &closed,
         .help = N_("what if this site under way were not built; can be repeated")},
        {"districts", .arg = "FILE", .text = &districts,
         .help = N_("districts with their sectors, instead of those of the profile")},
        {"earlier", .arg = "YEAR:FILE", .text = &earlier,
         .help = N_("an earlier table of needs: it tells how many more come to need a home")},
        {"format", .choice = &format, .choices = tr_record_formats,
         .help = N_("write CSV or JSON Lines, or a report in another format")},
        {"join", .choice = &join, .choices = tr_join_names,
         .help = N_("which districts may share a site; by default as the profile says")},
        {"lang", .choice = &lang, .choices = languages,
         .help = N_("texts in Bokmål, Nynorsk or English; by default the language of the profile")},
        {"marginal", .flag = &marginal, .help = N_("write where one more site would help most")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"per-year", .arg = "HOMES", .text = &per_year,
         .help = N_("build so many homes a year, and tell when each site stands")},
        {"sites", .arg = "FILE", .text = &sites, .help = N_("sites that are under way")},
        {"standard", .arg = "FROM:TO", .texts = &standard,
         .help = N_("what if those of one housing type got another; can be repeated")},
        {"summary", .flag = &summary, .help = N_("write what the plan adds up to")},
        {"type", .arg = "TYPE", .texts = &types,
         .help = N_("plan for this housing type, instead of all with a base; can be repeated")},
        {"year", .arg = "YEAR", .text = &year, .help = N_("the year of the needs, for --per-year")},
        {"years", .flag = &years,
         .help = N_("write what is built and who still waits, year by year")},
        {NULL},
    };
    struct tr_app app = {
        .name = "needs-plan",
        .purpose = N_("plan sites for those who need a home with others"),
        .arguments = "[file ...]",
        .options = options,
        .examples = examples,
        .max_arguments = -1,
        .reading = &reading,
    };
    struct work w = {0};
    const struct tr_records *written = &w.plan.sites;

    tr_app_start(&app, argc, argv);
    if (certificate && strcmp(certificate, path ? path : "-") == 0)
        tr_app_usage(&app, N_("both parts cannot be written to ‘%1’"), certificate, NULL);
    if (summary + options_too + marginal + years + (format >= TR_AS_DOCUMENT) > 1)
        tr_app_usage(&app,
                     N_("--choices, --marginal, --summary, --years and a report are different: "
                        "choose one"),
                     NULL, NULL);
    if ((per_year || years || earlier) && !(per_year && year))
        tr_app_usage(&app, N_("--per-year and --year are needed for that"), NULL, NULL);
    w.pace.from = read_number(&app, "--year", year, 9999);
    w.pace.per_year = read_number(&app, "--per-year", per_year, 100000);
    if (earlier)
        earlier = read_earlier(&app, earlier, &w.pace);
    if (tr_planning_start(&app, &w.in, districts) < 0)
        goto out;
    w.choice = (struct tr_homes_choice){tr_planning_types(&app, &w.in.rules, &types), join,
                                        tr_app_language(&app, lang)};
    if (read_all(&app, &w, &standard, earlier) < 0 ||
        tr_planning_sites(&app, &w.in, sites, &add, &closed) < 0 || make_all(&app, &w) < 0)
        goto out;
    say_waiting(&app, &w);
    if (certificate && tr_app_put_records(&app, &w.plan.proofs, TR_FORMAT_CSV, certificate) < 0)
        goto out;
    if (format >= TR_AS_DOCUMENT) {
        put_report(&app, &w, tr_record_formats[format], path);
        goto out;
    }
    written = summary       ? &w.sums
              : options_too ? &w.options
              : marginal    ? &w.gains
              : years       ? &w.years
                            : written;
    tr_app_put_records(&app, written, (enum tr_format)format, path);
out:
    tr_records_clear(&w.years);
    tr_records_clear(&w.gains);
    tr_records_clear(&w.options);
    tr_records_clear(&w.sums);
    tr_homes_clear(&w.plan);
    tr_demand_clear(&w.earlier);
    tr_planning_clear(&w.in);
    return tr_app_end(&app);
}
