/* plan-diff: what differs between two plans of homes. */
#include "cli/app/output.h"
#include "cli/input/records.h"
#include "domain/homes/compare.h"

static const struct tr_example examples[] = {
    {"plan-diff plan.csv what-if.csv", N_("which sites come, go or change")},
    {NULL},
};

int main(int argc, char **argv)
{
    const char *path = NULL;
    int format = TR_FORMAT_CSV;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {NULL},
    };
    struct tr_app app = {
        .name = "plan-diff",
        .purpose = N_("list the sites that differ between two plans of homes"),
        .arguments = "before after",
        .options = options,
        .examples = examples,
        .max_arguments = 2,
        .reading = &reading,
    };
    struct tr_records before = {0}, after = {0}, rows = {0};
    struct tr_err err;

    tr_app_start(&app, argc, argv);
    if (app.n_arguments != 2)
        tr_app_usage(&app, N_("name two plans: before and after"), NULL, NULL);
    if (tr_app_records(&app, &tr_site_kind, app.arguments_given[0], &before) < 0 ||
        tr_app_records(&app, &tr_site_kind, app.arguments_given[1], &after) < 0)
        goto out;
    if (tr_homes_compare(&rows, &before, &after, &err) == 0)
        tr_app_put_records(&app, &rows, (enum tr_format)format, path);
    else
        tr_app_say(&app, &err);
out:
    tr_records_clear(&rows);
    tr_records_clear(&before);
    tr_records_clear(&after);
    return tr_app_end(&app);
}
