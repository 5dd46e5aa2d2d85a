/* table-attack: what anybody can work out of published tables with hidden numbers. */
#include <stdlib.h>

#include "cli/work/attacking.h"

enum { BASE_MAX = 1000, CHANGE_MAX = 1000000 };

static const char *const languages[TR_N_LANGS + 1] = {
    [TR_NB] = "nb", [TR_NN] = "nn", [TR_EN] = "en"};

static const struct tr_example examples[] = {
    {"table-attack publish.csv", N_("what can be worked out of one table")},
    {"table-attack publish.csv needs-2025-published.csv", N_("and of one that was published before")},
    {"table-attack --change=3 publish.csv needs-2025-published.csv",
     N_("for an attacker who knows that a number changes little in a year")},
    {"table-attack --own=our-numbers.csv publish.csv",
     N_("for a district that knows its own numbers")},
    {NULL},
};

int main(int argc, char **argv)
{
    struct tr_reader_options reading = {0};
    struct tr_attack_knows knows = {0};
    struct tr_texts own = {0};
    const char *base = NULL, *change = NULL, *groups = NULL, *path = NULL;
    int format = TR_FORMAT_CSV, lang_given = -1;
    bool all = false;
    const struct tr_option options[] = {
        {"all", .flag = &all, .help = N_("list every hidden number, not only those that open")},
        {"base", .arg = "N", .text = &base,
         .help = N_("the tables are rounded: every number is a multiple of N, next to what was counted")},
        {"change", .arg = "N", .text = &change,
         .help = N_("the attacker knows that no number changes by more from one year to the next")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"groups", .arg = "FILE", .text = &groups,
         .help = N_("which codes are parts of which: a table with the columns code and parent")},
        {"lang", .choice = &lang_given, .choices = languages,
         .help = N_("words in Bokmål, Nynorsk or English; by default the language of the profile")},
        {"only-small", .flag = &knows.only_small,
         .help = N_("the attacker knows that only small numbers are hidden")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"own", .arg = "FILE", .texts = &own,
         .help = N_("the attacker’s own numbers, not hidden, as a table")},
        {NULL},
    };
    struct tr_app app = {
        .name = "table-attack",
        .purpose = N_("work out what published tables tell of hidden numbers"),
        .arguments = "[file ...]",
        .options = options,
        .examples = examples,
        .max_arguments = TR_ATTACK_TABLES_MAX - TR_TEXTS_MAX,
        .reading = &reading,
    };
    static const char *const standard_input[] = {"-"};
    struct tr_attacking *k;
    struct tr_err err;
    enum tr_lang lang;

    tr_app_start(&app, argc, argv);
    knows.change = change ? tr_app_whole(&app, change, 0, CHANGE_MAX,
                                         N_("--change is a number from 0 to 1000000, not ‘%1’"))
                          : -1;
    if (base)
        knows.base = tr_app_whole(&app, base, 2, BASE_MAX, N_("--base is a number from 2 to 1000, not ‘%1’"));
    if (base && own.n > 0)
        tr_app_usage(&app, N_("--base does not go with --own"), NULL, NULL);
    lang = tr_app_language(&app, lang_given);
    k = calloc(1, sizeof *k);
    if (!k)
        tr_app_no_memory(&app);
    else if (tr_attack_start(&k->attack, &app.profile, &knows, &err) < 0)
        tr_app_fail(&app, &err);
    else if (tr_attacking_groups(&app, k, groups) == 0 &&
             tr_attacking_read(&app, k,
                               app.n_arguments ? (const char *const *)app.arguments_given
                                               : standard_input,
                               app.n_arguments ? app.n_arguments : 1, false) == 0 &&
             tr_attacking_read(&app, k, own.at, own.n, true) == 0)
        tr_attacking_run(&app, k, all, lang, (enum tr_format)format, path);
    if (k)
        tr_attacking_clear(k);
    free(k);
    return tr_app_end(&app);
}
