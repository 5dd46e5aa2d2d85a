/* table-attack: what anybody can work out of published tables with hidden numbers. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/inputs.h"
#include "cli/output.h"
#include "domain/attack/attack.h"
#include "domain/profile/plain.h"
#include "record/writer.h"

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

/* The tables, which the attack borrows. */
struct tables {
    struct tr_table table[TR_ATTACK_TABLES_MAX];
    int n;
};

enum { CELL_TABLE, CELL_NAME, CELL_LOW, CELL_HIGH, CELL_WIDTH, CELL_LOW_ANY, CELL_HIGH_ANY,
       CELL_OPENS, CELL_WHY, N_CELLS };

static const struct tr_column columns[N_CELLS] = {
    [CELL_TABLE] = {TR_STR("table"), TR_SHAPE_TEXT, false},
    [CELL_NAME] = {TR_STR("cell"), TR_SHAPE_TEXT, false},
    [CELL_LOW] = {TR_STR("low"), TR_SHAPE_NUMBER, true},
    [CELL_HIGH] = {TR_STR("high"), TR_SHAPE_NUMBER, true},
    [CELL_WIDTH] = {TR_STR("width"), TR_SHAPE_NUMBER, true},
    [CELL_LOW_ANY] = {TR_STR("linear_low"), TR_SHAPE_NUMBER, true},
    [CELL_HIGH_ANY] = {TR_STR("linear_high"), TR_SHAPE_NUMBER, true},
    [CELL_OPENS] = {TR_STR("opens"), TR_SHAPE_BOOL, true},
    [CELL_WHY] = {TR_STR("why"), TR_SHAPE_TEXT, false},
};

/* Adds the tables at the paths. */
static int read_tables(struct tr_app *app, struct tr_attack *a, struct tables *tables,
                       char *const paths[], int n, bool own)
{
    struct tr_err err;
    int rc = 0;

    for (int i = 0; i < n && rc == 0; i++) {
        struct tr_table *t = &tables->table[tables->n];

        tr_app_await(app, paths[i]);
        rc = tr_table_load(t, paths[i], app->reading, &err);
        tables->n += rc == 0;
        if (rc == 0) {
            tr_plain_table(&app->profile, t);
            rc = tr_attack_add(a, t, own, &err);
        }
    }
    if (rc < 0) {
        tr_app_say(app, &err);
        tr_app_raise(app, TR_EXIT_DATA); /* a table is right or refused, whatever its fault */
    }
    return rc;
}

static int read_groups(struct tr_app *app, struct tr_attack *a, const char *path)
{
    struct tr_table t = {0};
    struct tr_err err;
    int rc = path ? tr_table_load(&t, path, app->reading, &err) : 0;

    if (path && rc == 0)
        rc = tr_attack_groups(a, &t, &err);
    if (rc < 0)
        tr_app_fail(app, &err);
    tr_table_clear(&t);
    return rc;
}

/* A limit as a cell: empty when there is none. */
static struct tr_str number(char text[24], double n)
{
    if (n >= (double)TR_UNLIMITED || n <= -(double)TR_UNLIMITED)
        return (struct tr_str){0};
    return (struct tr_str){text, (size_t)snprintf(text, 24, "%.10g", n)};
}

static int write_cell(struct tr_app *app, const struct tr_attack *a, const struct tables *tables,
                      const struct tr_attack_cell *cell, enum tr_lang lang,
                      struct tr_writer *writer)
{
    bool opens = tr_attack_opens(a, cell);
    const struct tr_range *r = &cell->range;
    bool limited = r->low > -TR_UNLIMITED && r->high < TR_UNLIMITED;
    struct tr_buf name = {0}, why = {0};
    struct tr_str cells[N_CELLS];
    char text[5][24];
    struct tr_err err;
    int rc = opens ? tr_attack_why(a, cell, lang, &why, &err) : 0;

    tr_attack_name(a, cell, lang, &name);
    cells[CELL_TABLE] = tr_str(tables->table[cell->place.table].source);
    cells[CELL_NAME] = tr_buf_slice(&name);
    cells[CELL_LOW] = number(text[0], (double)r->low);
    cells[CELL_HIGH] = number(text[1], (double)r->high);
    cells[CELL_WIDTH] = limited ? number(text[2], (double)(r->high - r->low)) : (struct tr_str){0};
    cells[CELL_LOW_ANY] = number(text[3], r->low_any);
    cells[CELL_HIGH_ANY] = number(text[4], r->high_any);
    cells[CELL_OPENS] = opens ? TR_STR("ja") : TR_STR("nei");
    cells[CELL_WHY] = tr_buf_slice(&why);
    if (rc == 0)
        tr_writer_row(writer, cells);
    else
        tr_app_fail(app, &err);
    if (opens)
        tr_app_raise(app, TR_EXIT_FOUND);
    writer->out->buf.failed |= name.failed || why.failed;
    tr_buf_clear(&name);
    tr_buf_clear(&why);
    return rc;
}

/* A rest that two shown numbers tell of, and that the rules allow to be told of. */
static bool is_plain(const struct tr_attack_cell *cell)
{
    return cell->rest && cell->range.low == cell->range.high;
}

/* Says which tables count at another time than the first. */
static void say_times(struct tr_app *app, const struct tr_attack *a, const struct tables *tables,
                      enum tr_lang lang)
{
    size_t n;
    const struct tr_attack_time *time = tr_attack_time(a, &n);

    for (size_t i = 0; i < n; i++) {
        struct tr_buf name = {0};
        char says[24], first[24];

        tr_attack_place_name(a, time[i].place, lang, &name);
        snprintf(says, sizeof says, "%lld", (long long)time[i].says);
        snprintf(first, sizeof first, "%lld", (long long)time[i].first_says);
        tr_app_note(app,
                    N_("%1 is taken to be of another time than %2: %3 is %4 there and %5 here"),
                    tables->table[time[i].place.table].source,
                    tables->table[time[i].first.table].source, tr_buf_z(&name), says, first, NULL);
        tr_buf_clear(&name);
    }
}

static void attack(struct tr_app *app, struct tr_attack *a, const struct tables *tables, bool all,
                   enum tr_lang lang, enum tr_format format, const char *path)
{
    struct tr_output output;
    struct tr_writer writer;
    struct tr_err err;
    int rc = tr_attack_run(a, &err);

    if (rc < 0) {
        tr_app_fail(app, &err);
        return;
    }
    say_times(app, a, tables, lang);
    if (tr_output_open(app, &output, path, false) < 0)
        return;
    tr_writer_start(&writer, &output.out, format, columns, N_CELLS);
    for (uint32_t i = 0; i < a->n_cells && rc == 0; i++)
        if (tr_attack_opens(a, &a->cell[i]) || (all && !is_plain(&a->cell[i])))
            rc = write_cell(app, a, tables, &a->cell[i], lang, &writer);
    tr_output_close(app, &output, rc == 0);
}

/* The most that a number changes, or -1; a usage error when it is none. */
static int64_t read_change(const struct tr_app *app, const char *text)
{
    char *end;
    long change = text ? strtol(text, &end, 10) : -1;

    if (text && (end == text || *end || change < 0 || change > 1000000))
        tr_app_usage(app, N_("--change is a number from 0, not ‘%1’"), text, NULL);
    return change;
}

int main(int argc, char **argv)
{
    struct tr_reader_options reading = {0};
    struct tr_attack_knows knows = {0};
    struct tr_texts own = {0};
    const char *change = NULL, *groups = NULL, *path = NULL;
    int format = TR_FORMAT_CSV, lang_given = -1;
    bool all = false;
    const struct tr_option options[] = {
        {"all", .flag = &all, .help = N_("list every hidden number, not only those that open")},
        {"change", .arg = "N", .text = &change,
         .help = N_("the attacker knows that no number changes by more from one year to the next")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV or JSON Lines")},
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
        .max_arguments = TR_ATTACK_TABLES_MAX - TR_TEXTS_MAX / 2,
        .reading = &reading,
    };
    char standard_input[] = "-", *no_arguments[] = {standard_input};
    struct tables *tables = NULL;
    struct tr_attack a = {0};
    struct tr_err err;

    tr_app_start(&app, argc, argv);
    knows.change = read_change(&app, change);
    if (own.n + app.n_arguments > TR_ATTACK_TABLES_MAX - 1)
        tr_app_usage(&app, N_("so many tables cannot be attacked at once"), NULL, NULL);
    tables = calloc(1, sizeof *tables);
    if (!tables)
        tr_app_no_memory(&app);
    else if (tr_attack_start(&a, &app.profile, &knows, &err) < 0)
        tr_app_fail(&app, &err);
    else if (read_groups(&app, &a, groups) == 0 &&
             read_tables(&app, &a, tables, app.n_arguments ? app.arguments_given : no_arguments,
                         app.n_arguments ? app.n_arguments : 1, false) == 0 &&
             read_tables(&app, &a, tables, (char *const *)(const void *)own.at, own.n, true) == 0)
        attack(&app, &a, tables, all, tr_app_language(&app, lang_given), (enum tr_format)format,
               path);
    tr_attack_clear(&a);
    for (int i = 0; tables && i < tables->n; i++)
        tr_table_clear(&tables->table[i]);
    free(tables);
    return tr_app_end(&app);
}
