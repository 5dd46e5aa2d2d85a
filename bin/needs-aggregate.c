/* needs-aggregate: count persons by district and housing type, or by other fields. */
#include "cli/app/output.h"
#include "cli/input/referrals.h"
#include "cli/register/register.h"
#include "cli/work/counting.h"

static const char *const shapes[] = {"wide", "long", NULL};

static const struct tr_example examples[] = {
    {"needs-aggregate exports/*.csv | table-render", N_("the report directly from raw exports")},
    {"needs-aggregate --shape=long export.csv > our-numbers.csv",
     N_("count in the district, and send only the numbers")},
    {"needs-aggregate *-numbers.csv | table-render",
     N_("tables of parts add up to the table of the whole")},
    {"needs-aggregate --doubles=survey.key export.csv > our-numbers.csv",
     N_("so that a sum of tables knows how many it counts twice")},
    {"needs-aggregate --by=rop_group,standard grouped.csv", N_("count by other fields")},
    {"needs-aggregate --stock=homes.csv --compare=needs-2020.csv exports/*.csv",
     N_("compare with existing homes and with an earlier year")},
    {NULL},
};

/* Takes what tells of the cases from the register, when one is named, or the log of events. */
static int read_cases(struct tr_app *app, struct tr_counting *c, struct tr_register *reg,
                      const char *register_path, const char *as_of, struct tr_case_paths *paths,
                      struct tr_counted *what)
{
    tr_wanted_tables wanted = {[TR_RECORD_REFERRAL] = &paths->referrals,
                               [TR_RECORD_INSTITUTION] = &paths->institutions,
                               [TR_RECORD_STAY] = &paths->stays,
                               [TR_RECORD_EVENT] = &paths->events,
                               [TR_RECORD_LINK] = &paths->links};

    if (app->n_arguments)
        wanted[TR_RECORD_REFERRAL] = NULL;
    if (register_path && tr_register_tables(app, reg, register_path, wanted) < 0)
        return -1;
    what->referrals = paths->referrals;
    what->links = paths->links;
    if (!register_path && !paths->events)
        return 0;
    return tr_counting_cases(
        app, c, paths, tr_app_day(app, "as-of", as_of || !register_path ? as_of : reg->day));
}

int main(int argc, char **argv)
{
    struct tr_counting c = {0};
    struct tr_counted what = {0};
    struct tr_case_paths paths = {0};
    struct tr_texts compare = {0};
    const char *by = "bydel,housing_type", *stock = NULL, *only = NULL, *path = NULL;
    const char *as_of = NULL, *register_path = NULL, *key_path = NULL;
    struct tr_register reg = {0};
    struct tr_keys *keys = NULL;
    int format = TR_FORMAT_CSV, shape = 0;
    const char *threads = NULL;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &as_of,
         .help = N_("the day on which the states of cases count")},
        {"by", .arg = "ROW[,COLUMN]", .text = &by,
         .help = N_("count by these fields instead of bydel,housing_type")},
        {"compare", .arg = "FILE", .texts = &compare,
         .help = N_("add an earlier year and the change, from this table; several years one by one")},
        {"complete", .flag = &what.complete,
         .help = N_("end with 1 when a district has not delivered, or twice")},
        {"doubles", .arg = "KEYFILE", .text = &key_path,
         .help = N_("put keyed hashes of persons beside the numbers, for sums of tables")},
        {"events", .arg = "FILE", .text = &paths.events,
         .help = N_("the log of cases: who withdrew or lives in a home is not counted")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"ids", .choice = &what.ids, .choices = tr_ids_choices,
         .help = N_("put the name of its file before an id that is only a number")},
        {"links", .arg = "FILE", .text = &paths.links,
         .help = N_("referrals decided to be of one person count once")},
        {"only", .arg = "DISTRICT[,...]", .text = &only,
         .help = N_("count these districts only")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"register", .arg = "REGISTER", .text = &register_path,
         .help =
             N_("take the log and stays from the register, and referrals when no file is named")},
        {"shape", .choice = &shape, .choices = shapes,
         .help = N_("one column per code, or one row per count")},
        {"stock", .arg = "FILE", .text = &stock,
         .help = N_("add homes that exist, beside those that are lacking, from this table")},
        {"threads", .arg = "N", .text = &threads,
         .help = N_("how many processors to use, 2 by default; the output is the same")},
        {NULL},
    };
    struct tr_app app = {
        .name = "needs-aggregate",
        .purpose = N_("count persons by district and housing type, or by other fields"),
        .arguments = "[file ...]",
        .options = options,
        .examples = examples,
        .max_arguments = -1,
        .reading = &reading,
    };
    struct tr_output output;

    tr_app_start(&app, argc, argv);
    reading.threads = (uint32_t)tr_app_number(&app, "--threads", threads, TR_THREADS_MAX);
    if (key_path && only)
        tr_app_usage(&app, N_("--doubles is of all who are counted, and does not go with --only"),
                     NULL, NULL);
    if (key_path && tr_key_read_for(&app, key_path, TR_SECRET_PSEUDONYM, &keys) < 0)
        return tr_app_end(&app);
    if (tr_counting_start(&app, &c, by, only, what.complete,
                          keys ? &keys->secret[TR_SECRET_PSEUDONYM] : NULL) == 0 &&
        read_cases(&app, &c, &reg, register_path, as_of, &paths, &what) == 0 &&
        tr_counting_beside(&app, &c, stock, &compare) == 0 &&
        tr_counting_read(&app, &c, &what) == 0 &&
        tr_output_table(&app, &output, path, false, (enum tr_format)format) == 0) {
        tr_needs_write(&c.needs, &c.beside, shape == 1, (enum tr_format)format, &output.out);
        tr_output_close(&app, &output, true);
    }
    tr_counting_clear(&c);
    tr_keys_free(keys);
    tr_register_close(&reg);
    return tr_app_end(&app);
}
