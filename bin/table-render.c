/* table-render: draw a table as text, CSV, JSON, Markdown, HTML or a workbook. */
#include <stdlib.h>

#include "cli/guard.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "doc/table/percent.h"
#include "doc/table/table_build.h"
#include "doc/table/table_format.h"
#include "domain/profile/plain.h"
#include "domain/survey/needs.h"

enum {
    FORMAT_UNSET = -1,
    FORMAT_TEXT,
    FORMAT_CSV,
    FORMAT_HTML = 4,
    FORMAT_XLSX,
    WIDTH_MIN = 20,
    WIDTH_MAX = 1000
};

static const char *const formats[] = {
    [FORMAT_TEXT] = "text", [FORMAT_CSV] = "csv",   "json", "markdown",
    [FORMAT_HTML] = "html", [FORMAT_XLSX] = "xlsx", NULL};
static const char *const languages[TR_N_LANGS + 1] = {
    [TR_NB] = "nb", [TR_NN] = "nn", [TR_EN] = "en"};

static const struct tr_example examples[] = {
    {"needs-aggregate exports/*.csv | table-render", N_("a table as text, 80 columns wide")},
    {"table-render --format=html --output=needs.html needs.csv",
     N_("a page with table and chart, for the web and for print")},
    {"table-render --format=xlsx --output=needs.xlsx needs.csv",
     N_("a workbook with table and chart")},
    {"table-render --excel --output=needs-excel.csv needs.csv",
     N_("a file that Norwegian Excel opens directly")},
    {"table-render --lang=nn --sort=-total needs.csv", N_("in Nynorsk, largest total first")},
    {NULL},
};

/* The width asked for, or a usage error. */
static size_t read_width(const struct tr_app *app, const char *text)
{
    char *end;
    long width = strtol(text, &end, 10);

    if (end == text || *end || width < WIDTH_MIN || width > WIDTH_MAX)
        tr_app_usage(app, N_("--width is a number from 20 to 1000, not ‘%1’"), text, NULL);
    return (size_t)width;
}

static int draw(struct tr_app *app, const struct tr_table *table,
                const struct tr_doc_choice *choice, const struct tr_doc_style *style,
                const char *format, const char *path)
{
    struct tr_doc_table doc;
    struct tr_output output;
    struct tr_err err;
    int rc = tr_doc_table_build(&doc, table, &app->profile, choice, &err);

    if (rc < 0 && err.code == TR_E_COLUMN_MISSING)
        tr_app_usage(app,
                     err.arg[0][0] ? N_("--sort: no column ‘%1’; did you mean ‘%2’?")
                                   : N_("--sort: no column ‘%1’"),
                     err.field, err.arg[0]);
    if (rc < 0)
        return tr_app_fail(app, &err);
    rc = tr_output_open(app, &output, path, true);
    if (rc == 0) {
        rc = tr_doc_draw(tr_doc_format_find(format), &doc, style, &output.out, &err);
        if (rc < 0)
            tr_app_fail(app, &err);
        rc = tr_output_close(app, &output, rc == 0) < 0 ? -1 : rc;
    }
    tr_doc_table_clear(&doc);
    return rc;
}

/* Makes shares of numbers, and adds inhabitants and where their number is from. people lives as
 * long as the table. */
static int compare(struct tr_app *app, struct tr_table *table, enum tr_percent percent,
                   const char *inhabitants, struct tr_table *people, struct tr_doc_choice *choice)
{
    struct tr_str said = {0};
    struct tr_err err;

    if (inhabitants && tr_app_table(app, inhabitants, people) < 0)
        return -1;
    if ((inhabitants &&
         tr_percent_inhabitants(table, &app->profile, people, choice->lang, &said, &err) < 0) ||
        tr_percent_make(table, &app->profile, percent, &err) < 0)
        return tr_app_refuse(app, &err);
    if (!choice->note && said.len > 0)
        choice->note = said.p;
    choice->no_chart |= percent != TR_PERCENT_NONE;
    return 0;
}

int main(int argc, char **argv)
{
    struct tr_reader_options reading = {0};
    struct tr_doc_choice choice = {0};
    struct tr_doc_style style = {0};
    const char *path = NULL, *width = "80";
    int format = FORMAT_UNSET, lang = -1;
    bool publish = false;
    int percent = TR_PERCENT_NONE;
    const char *inhabitants = NULL;
    const struct tr_option options[] = {
        {"format", .choice = &format, .choices = formats,
         .help = N_("the format; text by default")},
        {"lang", .choice = &lang, .choices = languages,
         .help = N_("labels and numbers in Bokmål, Nynorsk or English; by default the language of "
                    "the profile")},
        {"excel", .flag = &style.excel, .help = N_("CSV that Norwegian Excel opens directly")},
        {"labels", .flag = &style.labels, .help = N_("CSV and JSON: labels instead of codes")},
        {"width", .arg = "N", .text = &width,
         .help = N_("text: width of lines in columns; 80 by default")},
        {"sort", .arg = "COLUMN", .text = &choice.sort,
         .help = N_(
             "sort rows by COLUMN, descending by -COLUMN; ‘input’ keeps the order of the input")},
        {"title", .arg = "TEXT", .text = &choice.title, .help = N_("use this title")},
        {"source", .arg = "TEXT", .text = &choice.source, .help = N_("use this source line")},
        {"note", .arg = "TEXT", .text = &choice.note, .help = N_("add a note")},
        {"inhabitants", .arg = "FILE", .text = &inhabitants,
         .help = N_("add inhabitants of each district, and persons per 1,000 of them")},
        {"no-chart", .flag = &choice.no_chart,
         .help = N_("HTML and workbooks: leave out the chart")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"percent", .choice = &percent, .choices = tr_percent_names,
         .help = N_("numbers in per cent of their row, their column or all")},
        {"publish", .flag = &publish,
         .help = N_("refuse a table of which small numbers of persons can be worked out")},
        {NULL},
    };
    struct tr_app app = {
        .name = "table-render",
        .purpose = N_("draw a table as text, CSV, JSON, Markdown, HTML or a workbook"),
        .arguments = "[file]",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
        .reading = &reading,
    };
    struct tr_table table, people = {0};
    struct tr_err err;

    tr_app_start(&app, argc, argv);
    style.width = read_width(&app, width);
    if (style.excel && format != FORMAT_UNSET && format != FORMAT_CSV)
        tr_app_usage(&app, N_("--excel makes CSV, not %1"), formats[format], NULL);
    if (format == FORMAT_UNSET)
        format = style.excel ? FORMAT_CSV : FORMAT_TEXT;
    if (format == FORMAT_XLSX)
        tr_app_no_terminal(&app, formats[format], path);
    choice.lang = tr_app_language(&app, lang);
    if (tr_app_table(&app, app.n_arguments ? app.arguments_given[0] : "-", &table) < 0)
        return tr_app_end(&app);
    tr_plain_table(&app.profile, &table);
    if (tr_needs_check_sums(&app.profile, &table, &err) < 0)
        tr_app_say(&app, &err); /* sums that somebody's change has made wrong are not passed on */
    else if (((!publish && format != FORMAT_HTML) || tr_app_guard(&app, &table, publish) == 0) &&
             compare(&app, &table, (enum tr_percent)percent, inhabitants, &people, &choice) == 0)
        draw(&app, &table, &choice, &style, formats[format], path);
    tr_table_clear(&table);
    tr_table_clear(&people);
    return tr_app_end(&app);
}
