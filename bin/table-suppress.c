/* table-suppress: hide or round small numbers of persons, so that nobody can work them out. */
#include <string.h>

#include "cli/work/publishing.h"

enum { SUPPRESS, ROUND, BASE_MAX = 1000, WORK_MAX = 1000000, CHANGE_MAX = 1000000 };

static const char *const methods[] = {[SUPPRESS] = "suppress", [ROUND] = "round", NULL};

static const struct tr_example examples[] = {
    {"needs-aggregate exports/*.csv | table-suppress --certificate=c.json | \\\n"
     "table-render --format=html > publish.html",
     N_("a page for the web, and why it is safe")},
    {"needs-aggregate --by=bydel,standard exports/*.csv > standards.csv", N_("the same persons otherwise")},
    {"table-suppress --into=published standards.csv needs-2022.csv", N_("tables that are safe together")},
    {"table-suppress --method=round --base=3 needs-2022.csv", N_("every number a multiple of three")},
    {NULL},
};

int main(int argc, char **argv)
{
    const char *path = NULL, *certificate = NULL, *base = NULL, *work = "0", *folder = NULL,
               *change = NULL;
    struct tr_publishing_beside beside = {.change = -1};
    int format = TR_FORMAT_CSV, method = SUPPRESS;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"base", .arg = "N", .text = &base,
         .help = N_("with --method=round: round to multiples of N; 3 by default")},
        {"certificate", .arg = "FILE", .text = &certificate, .writes = true,
         .help = N_("write the rules and the ranges of hidden numbers to FILE, JSON")},
        {"change", .arg = "N", .text = &change,
         .help = N_("a published table with other numbers is of another year; who reads both takes no "
                    "number to have changed by more than N")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"groups", .arg = "FILE", .text = &beside.groups,
         .help = N_("which codes are parts of which: columns code and parent; by default the "
                    "sectors of the districts")},
        {"into", .arg = "DIR", .text = &folder,
         .help = N_("write each table to a file of its name in DIR")},
        {"method", .choice = &method, .choices = methods, .help = N_("hide numbers, or round all")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"published", .arg = "FILE", .texts = &beside.before,
         .help = N_("a table that is published already: what is hidden stays hidden beside it")},
        {"work", .arg = "N", .text = &work,
         .help = N_("how much to try for the fewest hidden numbers; more takes longer")},
        {NULL},
    };
    struct tr_app app = {
        .name = "table-suppress",
        .purpose = N_("hide small numbers of persons in tables, so that nobody can work them out"),
        .arguments = "[file ...]",
        .options = options,
        .examples = examples,
        .max_arguments = -1,
        .reading = &reading,
    };
    struct tr_publishing p;
    long long multiple, tries;

    tr_app_start(&app, argc, argv);
    multiple = tr_app_whole(&app, base ? base : "3", 2, BASE_MAX,
                           N_("--base is a number from 2 to 1000, not ‘%1’"));
    tries = tr_app_whole(&app, work, 0, WORK_MAX, N_("--work is a number from 0 to 1000000, not ‘%1’"));
    if (change)
        beside.change = tr_app_whole(&app, change, 0, CHANGE_MAX,
                                    N_("--change is a number from 0 to 1000000, not ‘%1’"));
    if (change && beside.before.n == 0)
        tr_app_usage(&app, N_("--change goes with --published"), NULL, NULL);
    if (base && method != ROUND)
        tr_app_usage(&app, N_("--base goes with --method=round"), NULL, NULL);
    if (method == ROUND && beside.before.n > 0)
        tr_app_usage(&app, N_("--published goes with hidden numbers, not with rounded ones"), NULL,
                     NULL);
    if (folder ? path != NULL : app.n_arguments > 1)
        tr_app_usage(&app, N_("several tables go --into a folder, one to --output"), NULL, NULL);
    if (certificate && path && strcmp(certificate, path) == 0)
        tr_app_usage(&app, N_("the certificate and the table are two files"), NULL, NULL);
    if (tr_publishing_read(&app, &p, &beside) == 0 &&
        (method == ROUND ? tr_publishing_round(&app, &p, multiple)
                         : tr_publishing_hide(&app, &p, (uint32_t)tries)) == 0 &&
        tr_publishing_write(&app, &p, (enum tr_format)format, path, folder) == 0)
        tr_publishing_certify(&app, &p, multiple, certificate);
    tr_publishing_clear(&p);
    return tr_app_end(&app);
}
