/* flow-simulate: how waits and houses would be with more beds, fewer, or shorter stays. */
#include <stdlib.h>

#include "base/number.h"
#include "cli/placing.h"
#include "cli/register/register.h"
#include "cli/reporting.h"
#include "domain/flow/scenario.h"

enum { RUNS_MAX = 100000, DAYS_MAX = 40000, THREADS_MAX = 64, DAYS_A_WEEK = 7 };

static const struct tr_example examples[] = {
    {"flow-simulate --places=vacancies.csv --stays=stays.csv --arrivals=12 waiting.csv | \\\n"
     "table-render",
     N_("waits and houses as they are, with 12 people a week")},
    {"flow-simulate --places=vacancies.csv --stays=stays.csv --arrivals=12 --add=I-09:5 \\\n"
     "--by=service_level waiting.csv | table-render --format=html > what-if.html",
     N_("what five more places at one institution would do, as a page")},
    {NULL},
};

static double read_number(const struct tr_app *app, const char *option, const char *text, long long most)
{
    long long number;

    if (!tr_number_read(tr_str(text), &number) || number < 0 || number > most)
        tr_app_usage(app, N_("%1 is a whole number that is not negative, not ‘%2’"), option, text);
    return (double)number;
}

/* The place that is called so; a usage error when there is none. */
static uint32_t find_place(const struct tr_app *app, const struct tr_round *round, struct tr_str id)
{
    int at = tr_records_find(&round->places, id);
    char name[TR_ID_MAX + 1];

    tr_err_copy(name, sizeof name, id);
    if (at < 0)
        tr_app_usage(app, N_("there is no institution ‘%1’"), name, NULL);
    return (uint32_t)at;
}

/* Reads --add=INSTITUTION:K and --close=INSTITUTION. */
static void read_change(const struct tr_app *app, const struct tr_round *round,
                        const struct tr_texts *add, const struct tr_texts *close,
                        struct tr_scenario_change *change)
{
    for (int i = 0; i < add->n; i++) {
        struct tr_str rest = tr_str(add->at[i]), id;
        long long more;

        tr_str_part(&rest, ':', &id);
        if (!rest.p || !tr_number_read(rest, &more) || more < -100000 || more > 100000)
            tr_app_usage(app, N_("--add is INSTITUTION:K, not ‘%1’"), add->at[i], NULL);
        change->more[find_place(app, round, id)] += (int32_t)more;
    }
    for (int i = 0; i < close->n; i++)
        change->more[find_place(app, round, tr_str(close->at[i]))] = -1000000;
}

/* What weakens the figures. */
static void say_doubts(struct tr_app *app, const struct tr_scenario *s)
{
    char number[24];
    struct tr_err err;

    tr_report_say_few(app, s->levels_few, 10);
    if (s->open_stays > s->stays && s->stays > 0) {
        snprintf(number, sizeof number, "%lu", (unsigned long)s->open_stays);
        tr_err_set(&err, TR_W_STAYS_OPEN, number, NULL, NULL);
        tr_app_say(app, &err);
    }
    if (s->load >= 1) {
        snprintf(number, sizeof number, "%.0f", 100 * s->load);
        tr_err_set(&err, TR_W_OVERLOAD, number, NULL, NULL);
        tr_app_say(app, &err);
    }
}

struct inputs {
    const char *places, *stays, *referrals;
    const struct tr_texts *add, *close;
    double shorter;
};

static void simulate(struct tr_app *app, const struct inputs *in,
                     const struct tr_scenario_choice *choice, enum tr_format format, const char *path)
{
    struct tr_scenario_change change = {.shorter = in->shorter};
    bool changed = in->add->n > 0 || in->close->n > 0 || in->shorter > 0;
    struct tr_records stays = {0};
    struct tr_casefile cases = {0};
    struct tr_round round = {0};
    struct tr_scenario s = {0};
    struct tr_figures out = {0};
    struct tr_err err;

    if (tr_placing_places(app, in->places, &round) < 0 || tr_casefile_start(app, &cases) < 0 ||
        tr_placing_referrals(app, in->referrals, NULL, false, &cases, &round) < 0 ||
        tr_app_stays(app, in->stays, &round.places, &stays) < 0)
        goto out;
    read_change(app, &round, in->add, in->close, &change);
    if (tr_scenario_make(&s, &round, &cases.referrals, &stays, choice, &err) < 0 ||
        tr_scenario_run(&out, &s, &app->profile, choice, changed ? &change : NULL, &err) < 0) {
        tr_app_fail(app, &err);
        goto out;
    }
    say_doubts(app, &s);
    tr_report_write(app, &out, format, path);
out:
    tr_figures_clear(&out);
    tr_scenario_clear(&s);
    tr_round_clear(&round);
    tr_records_clear(&stays);
    tr_casefile_clear(&cases);
}

int main(int argc, char **argv)
{
    struct tr_reader_options reading = {0};
    const char *arrivals = "0", *stay = "0", *declined = NULL, *shorter = "0", *every = "7",
               *warm_up = "365", *days = "730", *seed = "1", *runs = "200", *threads = "2",
               *path = NULL, *reg_path = NULL;
    struct tr_texts add = {0}, close = {0};
    struct inputs in = {.add = &add, .close = &close};
    struct tr_scenario_choice choice = {0};
    int by = TR_SCENARIO_ALL, format = TR_FORMAT_CSV;
    const struct tr_option options[] = {
        {"add", .arg = "INSTITUTION:K", .texts = &add,
         .help = N_("what if it had K more places, or -K fewer")},
        {"arrivals", .arg = "N", .text = &arrivals,
         .help = N_("people a week; by default as in the referrals")},
        {"by", .choice = &by, .choices = tr_scenario_by_names,
         .help = N_("everybody together, or also by service level or district")},
        {"close", .arg = "INSTITUTION", .texts = &close, .help = N_("what if it were closed")},
        {"days", .arg = "N", .text = &days, .help = N_("days that are counted; 730 by default")},
        {"declined", .arg = "N", .text = &declined,
         .help = N_("per cent of offers that are declined; by default as in the stays")},
        {"every", .arg = "N", .text = &every,
         .help = N_("days between two rounds of placement; 7 by default")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"places", .arg = "FILE", .text = &in.places,
         .help = N_("the institutions with their capacity, from vacancy-list")},
        {"register", .arg = "REGISTER", .text = &reg_path,
         .help = N_("take what no file is given for from the register")},
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

    const tr_wanted_tables wanted = {[TR_RECORD_REFERRAL] = &in.referrals,
                                     [TR_RECORD_STAY] = &in.stays};
    struct tr_register reg = {0};

    tr_app_start(&app, argc, argv);
    if (!in.places)
        tr_app_usage(&app, N_("--places=FILE is needed"), NULL, NULL);
    choice.by = (enum tr_scenario_by)by;
    choice.arrivals = read_number(&app, "--arrivals", arrivals, 100000) / DAYS_A_WEEK;
    choice.stay = read_number(&app, "--stay", stay, DAYS_MAX);
    choice.declined = declined ? read_number(&app, "--declined", declined, 99) / 100 : -1;
    choice.every = read_number(&app, "--every", every, 365);
    choice.warm_up = read_number(&app, "--warm-up", warm_up, DAYS_MAX);
    choice.days = read_number(&app, "--days", days, DAYS_MAX);
    choice.seed = (uint64_t)read_number(&app, "--seed", seed, INT64_C(9007199254740991));
    choice.runs = (uint32_t)read_number(&app, "--runs", runs, RUNS_MAX);
    choice.threads = (uint32_t)read_number(&app, "--threads", threads, THREADS_MAX);
    in.shorter = read_number(&app, "--shorter", shorter, DAYS_MAX);
    if (choice.days < 1 || choice.runs < 1 || choice.threads < 1)
        tr_app_usage(&app, N_("--days, --runs and --threads are at least 1"), NULL, NULL);
    if (app.n_arguments)
        in.referrals = ""; /* the arguments, not the register's */
    if (!reg_path || tr_register_tables(&app, &reg, reg_path, wanted) == 0) {
        in.referrals = app.n_arguments ? NULL : in.referrals;
        simulate(&app, &in, &choice, (enum tr_format)format, path);
    }
    tr_register_close(&reg);
    return tr_app_end(&app);
}
