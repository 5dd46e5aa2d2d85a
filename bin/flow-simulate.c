/* flow-simulate: how waits and houses would be with more beds, fewer, or shorter stays. */
#include "cli/register/register.h"
#include "cli/work/simulating.h"

enum {
    RUNS_MAX = 100000,
    DAYS_MAX = 40000,
    THREADS_MAX = 64,
    ARRIVALS_MAX = 100000,
    DAYS_A_WEEK = 7
};
static const long long SEED_MAX = INT64_C(9007199254740991); /* what JSON holds exactly */

static const struct tr_example examples[] = {
    {"flow-simulate --places=vacancies.csv --stays=stays.csv --arrivals=12 waiting.csv | \\\n"
     "table-render",
     N_("waits and houses as they are, with 12 people a week")},
    {"flow-simulate --places=vacancies.csv --stays=stays.csv --arrivals=12 --add=I-09:5 \\\n"
     "--by=service_level waiting.csv | table-render --format=html > what-if.html",
     N_("what five more places at one institution would do, as a page")},
    {"flow-simulate --places=vacancies.csv --stays=stays.csv --arrivals=12 --from-today --days=365 "
     "\\\n"
     "--order='housing_status|received' --by=rop_group waiting.csv | table-render",
     N_("who would wait longer from today on, and who shorter, if those without a home came "
        "first")},
    {"flow-simulate --as-of=2024-11-21 --institutions=history/institutions.csv \\\n"
     "--stays=history/stays.csv --from-today --doubts --days=730 history/referrals.csv",
     N_("what would have been foretold two years ago, to hold against what happened")},
    {NULL},
};

int main(int argc, char **argv)
{
    struct tr_reader_options reading = {0};
    const char *arrivals = "0", *stay = "0", *declined = NULL, *shorter = "0", *every = "7",
               *warm_up = "365", *days = "730", *seed = "1", *runs = "200", *threads = "2",
               *as_of = NULL, *path = NULL, *reg_path = NULL;
    struct tr_simulating in = {0};
    struct tr_scenario_choice *choice = &in.choice;
    int by = TR_SCENARIO_ALL, format = TR_FORMAT_CSV;
    const struct tr_option options[] = {
        {"add", .arg = "INSTITUTION:K", .texts = &in.add,
         .help = N_("what if it had K more places, or -K fewer")},
        {"arrivals", .arg = "N", .text = &arrivals,
         .help = N_("people a week; by default as in the referrals")},
        {"as-of", .arg = "DATE", .text = &as_of,
         .help = N_("with --institutions or --register: the day; what came later is not known")},
        {"by", .choice = &by, .choices = tr_scenario_by_names,
         .help = N_("everybody together, or also by service level, district or ROP group")},
        {"close", .arg = "INSTITUTION", .texts = &in.close, .help = N_("what if it were closed")},
        {"days", .arg = "N", .text = &days, .help = N_("days that are counted; 730 by default")},
        {"declined", .arg = "N", .text = &declined,
         .help = N_("per cent of offers that are declined; by default as in the stays")},
        {"doubts", .flag = &choice->doubts,
         .help = N_("let the bands hold also what is not known of arrivals and lengths of stay")},
        {"events", .arg = "FILE", .text = &in.events,
         .help =
             N_("with --from-today: the log of cases; who withdrew or is on hold does not wait")},
        {"every", .arg = "N", .text = &every,
         .help = N_("days between two rounds of placement; 7 by default")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"from-today", .flag = &in.from_today,
         .help = N_("begin with those who live there and wait on the day of the vacancies")},
        {"institutions", .arg = "FILE", .text = &in.institutions,
         .help = N_("the institutions on the day of --as-of, instead of --places")},
        {"links", .arg = "FILE", .text = &in.links,
         .help = N_("with --from-today: referrals decided to be of one person wait once")},
        {"order", .arg = "ORDER", .text = &in.order,
         .help = N_("what if the order of priority were this, such as 'urgency|received'")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"places", .arg = "FILE", .text = &in.places,
         .help = N_("the institutions with their capacity, from vacancy-list")},
        {"register", .arg = "REGISTER", .text = &reg_path,
         .help = N_("take what no file is given for from the register")},
        {"rules", .arg = "PROFILE", .text = &in.rules,
         .help = N_("what if rules and order of priority were those of PROFILE")},
        {"runs", .arg = "N", .text = &runs, .help = N_("how often to try; 200 by default")},
        {"seed", .arg = "N", .text = &seed,
         .help = N_("other chances; the same number gives the same figures")},
        {"shorter", .arg = "DAYS", .text = &shorter,
         .help = N_("what if stays were so many days shorter")},
        {"stay", .arg = "DAYS", .text = &stay,
         .help = N_("the mean length of a stay, where no stays are given")},
        {"stays", .arg = "FILE", .text = &in.stays,
         .help = N_("stays: how long people stay, and how many offers are declined")},
        {"threads", .arg = "N", .text = &threads,
         .help = N_("how many processors to use; the figures are the same")},
        {"warm-up", .arg = "DAYS", .text = &warm_up,
         .help = N_("days from empty houses before counting; 365 by default")},
        {NULL},
    };
    struct tr_app app = {
        .name = "flow-simulate",
        .purpose = N_("try what more places or shorter stays would do to waits"),
        .arguments = "[file ...]",
        .options = options,
        .examples = examples,
        .max_arguments = -1,
        .reading = &reading,
    };

    tr_wanted_tables wanted = {[TR_RECORD_REFERRAL] = &in.referrals, [TR_RECORD_STAY] = &in.stays};
    struct tr_register reg = {0};

    tr_app_start(&app, argc, argv);
    if (!in.places && !in.institutions && !reg_path)
        tr_app_usage(&app, N_("--places=FILE, --institutions=FILE or --register=REGISTER is needed"), NULL,
                     NULL);
    if (in.places && (in.institutions || as_of))
        tr_app_usage(&app, N_("--places has institutions and day: leave out --institutions and --as-of"),
                     NULL, NULL);
    if ((in.events || in.links) && !in.from_today)
        tr_app_usage(&app, N_("--events and --links are only used with --from-today"), NULL, NULL);
    if (!in.places)
        wanted[TR_RECORD_INSTITUTION] = &in.institutions;
    if (in.from_today) {
        wanted[TR_RECORD_EVENT] = &in.events;
        wanted[TR_RECORD_LINK] = &in.links;
    }
    choice->by = (enum tr_scenario_by)by;
    choice->arrivals =
        tr_app_count(&app, "--arrivals", arrivals, ARRIVALS_MAX) / DAYS_A_WEEK;
    choice->stay = tr_app_count(&app, "--stay", stay, DAYS_MAX);
    choice->declined = declined ? tr_app_count(&app, "--declined", declined, 99) / 100 : -1;
    choice->every = tr_app_count(&app, "--every", every, 365);
    choice->warm_up = tr_app_count(&app, "--warm-up", warm_up, DAYS_MAX);
    choice->days = tr_app_count(&app, "--days", days, DAYS_MAX);
    choice->seed = (uint64_t)tr_app_count(&app, "--seed", seed, SEED_MAX);
    choice->runs = (uint32_t)tr_app_count(&app, "--runs", runs, RUNS_MAX);
    choice->threads = (uint32_t)tr_app_count(&app, "--threads", threads, THREADS_MAX);
    in.shorter = tr_app_count(&app, "--shorter", shorter, DAYS_MAX);
    if (choice->days < 1 || choice->runs < 1 || choice->threads < 1)
        tr_app_usage(&app, N_("--days, --runs and --threads are at least 1"), NULL, NULL);
    if (app.n_arguments)
        in.referrals = ""; /* the arguments, not the register's */
    if (!reg_path || tr_register_tables(&app, &reg, reg_path, wanted) == 0) {
        in.referrals = app.n_arguments ? NULL : in.referrals;
        if (!in.places)
            in.as_of = tr_app_day(&app, "as-of", as_of || !reg_path ? as_of : reg.day);
        tr_simulating_run(&app, &in, (enum tr_format)format, path);
    }
    tr_register_close(&reg);
    return tr_app_end(&app);
}
