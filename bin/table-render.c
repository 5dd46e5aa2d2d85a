/* table-render: draw a table as text, CSV, JSON, Markdown, HTML, a workbook or a chart. */
#include "cli/work/rendering.h"

static const struct tr_example examples[] = {
    {"needs-aggregate exports/*.csv | table-render", N_("a table as text, 80 columns wide")},
    {"table-render --format=html --output=needs.html needs.csv",
     N_("a page with table and chart, for the web and for print")},
    {"table-render --format=xlsx --output=needs.xlsx needs.csv",
     N_("a workbook with table and chart")},
    {"table-render --format=png --chart=map --size=1600x900 --output=needs.png needs.csv",
     N_("a map of the districts for a slide")},
    {"table-render --excel --output=needs-excel.csv needs.csv",
     N_("a file that Norwegian Excel opens directly")},
    {"table-render --lang=nn --sort=-total needs.csv", N_("in Nynorsk, largest total first")},
    {NULL},
};

int main(int argc, char **argv)
{
    struct tr_reader_options reading = {0};
    struct tr_rendering r = {.format = -1, .chart = -1};
    int lang = -1;
    const struct tr_option options[] = {
        {"format", .choice = &r.format, .choices = tr_rendered_formats,
         .help = N_("the format; text by default")},
        {"chart", .choice = &r.chart, .choices = tr_doc_chart_names,
         .help = N_("SVG and PNG: bars by default, lines, shares or a map of districts")},
        {"size", .arg = "WIDTH[xHEIGHT]", .text = &r.size,
         .help = N_("SVG and PNG: pixels; 1600 wide by default, and as high as it takes")},
        {"lang", .choice = &lang, .choices = tr_lang_names,
         .help = N_("labels and numbers in Bokmål, Nynorsk or English; by default the language of "
                    "the profile")},
        {"excel", .flag = &r.style.excel, .help = N_("CSV that Norwegian Excel opens directly")},
        {"labels", .flag = &r.style.labels, .help = N_("CSV and JSON: labels instead of codes")},
        {"width", .arg = "N", .text = &r.width,
         .help = N_("text: width of lines in columns; 80 by default")},
        {"sort", .arg = "COLUMN", .text = &r.choice.sort,
         .help = N_(
             "sort rows by COLUMN, descending by -COLUMN; ‘input’ keeps the order of the input")},
        {"title", .arg = "TEXT", .text = &r.choice.title, .help = N_("use this title")},
        {"source", .arg = "TEXT", .text = &r.choice.source, .help = N_("use this source line")},
        {"note", .arg = "TEXT", .text = &r.choice.note, .help = N_("add a note")},
        {"inhabitants", .arg = "FILE", .text = &r.inhabitants,
         .help = N_("add inhabitants of each district, and persons per 1,000 of them")},
        {"no-chart", .flag = &r.choice.no_chart,
         .help = N_("HTML and workbooks: leave out the chart")},
        {"output", .letter = 'o', .arg = "FILE", .text = &r.path,
         .help = N_("write to FILE instead of standard output")},
        {"percent", .choice = &r.percent, .choices = tr_percent_names,
         .help = N_("numbers in per cent of their row, their column or all")},
        {"publish", .flag = &r.publish,
         .help = N_("refuse a table of which small numbers of persons can be worked out")},
        {NULL},
    };
    struct tr_app app = {
        .name = "table-render",
        .purpose = N_("draw a table as text, CSV, JSON, Markdown, HTML, a workbook or a chart"),
        .arguments = "[file]",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
        .pages = true,
        .reading = &reading,
    };

    tr_app_start(&app, argc, argv);
    tr_rendering_check(&app, &r);
    r.choice.lang = tr_app_language(&app, lang);
    tr_rendering_draw(&app, &r, app.n_arguments ? app.arguments_given[0] : "-");
    return tr_app_end(&app);
}
