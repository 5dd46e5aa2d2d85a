/* needs-plan: plan sites for those who need a home with others. */
#include <string.h>

#include "cli/input/records.h"
#include "cli/work/planning.h"
#include "cli/writing/documents.h"

static const char *const languages[TR_N_LANGS + 1] = {
    [TR_NB] = "nb", [TR_NN] = "nn", [TR_EN] = "en"};

static const struct tr_example examples[] = {
    {"needs-aggregate exports/*.csv | needs-plan --join=any > plan.csv",
     N_("the best plan, where every district may share a site with every other")},
    {"needs-plan --join=any --certificate=proof.csv needs.csv > plan.csv",
     N_("the same from a table, with the proof that no plan is better")},
    {"needs-plan --join=any --summary needs.csv | table-render", N_("what it adds up to")},
    {"needs-plan --join=any --format=pdf --per-year=100 --year=2022 \\\n"
     "--earlier=needs-2020.csv --earlier-year=2020 --output=plan.pdf needs.csv",
     N_("a report, with what is built in which year")},
    {NULL},
};

int main(int argc, char **argv)
{
    const char *path = NULL, *certificate = NULL, *districts = NULL, *sites = NULL,
               *per_year = NULL;
    const char *rooms = NULL, *year = NULL, *earlier = NULL, *costs = NULL, *earlier_year = NULL;
    struct tr_planning p = {0};
    struct tr_reader_options reading = {0};
    struct tr_texts types = {.n = 0}, add = {.n = 0}, closed = {.n = 0}, standard = {.n = 0};
    bool summary = false, years = false;
    int format = TR_AS_CSV, lang = -1, join = -1;
    const struct tr_option options[] = {
        {"add", .arg = "DISTRICT:TYPE:HOMES", .texts = &add,
         .help = N_("what if somebody else built such a site; can be repeated")},
        {"certificate", .arg = "FILE", .writes = true, .text = &certificate,
         .help = N_("write the proof that no plan is better to FILE")},
        {"choices", .flag = &p.tell_options,
         .help = N_("write what can be done for those who can have no site")},
        {"close", .arg = "SITE", .texts = &closed,
         .help = N_("what if this site under way were not built; can be repeated")},
        {"costs", .arg = "FILE", .text = &costs,
         .help = N_("prices: what each site costs, once and a year")},
        {"districts", .arg = "FILE", .text = &districts,
         .help = N_("districts with their sectors, instead of those of the profile")},
        {"earlier", .arg = "FILE", .text = &earlier,
         .help = N_("an earlier table of needs: it tells how many more come to need a home")},
        {"earlier-year", .arg = "YEAR", .text = &earlier_year,
         .help = N_("the year of the earlier table")},
        {"everyone", .flag = &p.tell_conflicts,
         .help = N_("no plan if somebody can have no site, but the rules that contradict")},
        {"format", .choice = &format, .choices = tr_record_formats,
         .help = N_("write a table, or a report in another format")},
        {"join", .choice = &join, .choices = tr_join_names,
         .help = N_("which districts may share a site; by default as the profile says")},
        {"lang", .choice = &lang, .choices = languages,
         .help = N_("texts in Bokmål, Nynorsk or English; by default the language of the profile")},
        {"marginal", .flag = &p.tell_gains,
         .help = N_("write where one more site would help most")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"per-year", .arg = "HOMES", .text = &per_year,
         .help = N_("build so many homes a year, and tell when each site stands")},
        {"rooms", .arg = "FILE", .text = &rooms,
         .help = N_("the share of one-room homes by housing type, instead of that of the rules")},
        {"sheets", .flag = &p.sheets,
         .help = N_("instead of the report, the requirements of each site, to tick")},
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
    const struct tr_records *written = &p.plan.sites;

    tr_app_start(&app, argc, argv);
    if (certificate && strcmp(certificate, path ? path : "-") == 0)
        tr_app_usage(&app, N_("both parts cannot be written to ‘%1’"), certificate, NULL);
    if (summary + p.tell_options + p.tell_gains + years + (format >= TR_AS_DOCUMENT) > 1)
        tr_app_usage(&app,
                     N_("--choices, --marginal, --summary, --years and a report are different: "
                        "choose one"),
                     NULL, NULL);
    if (p.sheets && format < TR_AS_DOCUMENT)
        tr_app_usage(&app, N_("--sheets needs a format of documents, such as --format=pdf"), NULL,
                     NULL);
    if (p.tell_conflicts && format >= TR_AS_DOCUMENT)
        tr_app_usage(&app, N_("--everyone goes with CSV and JSON Lines"), NULL, NULL);
    if ((per_year || years || earlier) && !(per_year && year))
        tr_app_usage(&app, N_("--per-year and --year are needed for that"), NULL, NULL);
    p.tell_options |= format >= TR_AS_DOCUMENT && !p.sheets;
    p.pace.from = tr_app_number(&app, "--year", year, 9999);
    p.pace.per_year = tr_app_number(&app, "--per-year", per_year, 100000);
    p.pace.earlier_year = tr_app_number(&app, "--earlier-year", earlier_year, 9999);
    if (!earlier != !earlier_year || (earlier && p.pace.earlier_year >= p.pace.from))
        tr_app_usage(&app, N_("--earlier goes with --earlier-year, a year before --year"), NULL,
                     NULL);
    if (tr_planning_start(&app, &p, districts) < 0 || tr_planning_rooms(&app, &p, rooms) < 0)
        goto out;
    p.choice = (struct tr_homes_choice){tr_planning_types(&app, &p.rules, &types), join,
                                        tr_app_language(&app, lang)};
    if ((costs && tr_app_records(&app, &tr_price_kind, costs, &p.prices) < 0) ||
        tr_planning_read(&app, &p, &standard, earlier) < 0 ||
        tr_planning_sites(&app, &p, sites, &add, &closed) < 0 || tr_planning_make(&app, &p) < 0)
        goto out;
    tr_planning_say_waiting(&app, &p);
    if (certificate && p.conflicts.n == 0 &&
        tr_app_put_records(&app, &p.plan.proofs, TR_FORMAT_CSV, certificate) < 0)
        goto out;
    if (format >= TR_AS_DOCUMENT) {
        tr_planning_report(&app, &p, tr_record_formats[format], path);
        goto out;
    }
    if (p.conflicts.n > 0)
        written = &p.conflicts;
    else
        written = summary          ? &p.sums
                  : p.tell_options ? &p.options
                  : p.tell_gains   ? &p.gains
                  : years          ? &p.years
                                   : written;
    tr_app_put_records(&app, written, (enum tr_format)format, path);
out:
    tr_planning_clear(&p);
    return tr_app_end(&app);
}
