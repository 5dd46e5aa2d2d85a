/* rop-group: give each person the ROP group that is certain, or say what to ask. */
#include "cli/work/grouping.h"
#include "cli/writing/documents.h"

static const struct tr_example examples[] = {
    {"rop-group referrals.csv > grouped.csv", N_("add group, housing type and deciding rule")},
    {"rop-group --explain --lang=nn referrals.csv", N_("explain what decided and what came close")},
    {"rop-group --worksheet --format=pdf -o sheets/ referrals.csv",
     N_("a page for each person whose group is open, with what to ask")},
    {"rop-group --worksheet referrals.csv > questions.csv", N_("the same as a table to fill in")},
    {"rop-group --answers=questions.csv referrals.csv", N_("group again with the answers")},
    {"rop-group --check-rules", N_("prove that the rules cover every person exactly once")},
    {NULL},
};

int main(int argc, char **argv)
{
    struct tr_grouping g = {.path = NULL};
    bool checking = false;
    const char *threads = NULL;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"answers", .arg = "FILE", .texts = &g.answers,
         .help = N_("take in answers: a table, or a worksheet that was filled in; can be repeated")},
        {"check-rules", .flag = &checking,
         .help = N_("report every gap and overlap of the rules; read no input")},
        {"end", .flag = &g.end, .help = N_("require the end marker of the input, and write one")},
        {"explain", .flag = &g.explaining,
         .help = N_("explain each decision in words instead of writing records")},
        {"form", .flag = &g.fields, .help = N_("with fields to fill in; HTML and PDF only")},
        {"format", .choice = &g.format, .choices = tr_record_formats,
         .help = N_("write a table; worksheets also as documents")},
        {"lang", .choice = &g.lang, .choices = tr_lang_names,
         .help = N_("language of --explain and --worksheet")},
        {"like", .arg = "FILE", .text = &g.like,
         .help = N_("ask in the order that is shortest where answers are as frequent as in these referrals")},
        {"output", .letter = 'o', .arg = "FILE", .text = &g.path,
         .help = N_("write to FILE instead of standard output, or pages to a folder")},
        {"threads", .arg = "N", .text = &threads,
         .help = N_("how many processors to use, 2 by default; the output is the same")},
        {"worksheet", .flag = &g.worksheet,
         .help = N_("write what to ask about each person whose group is open")},
        {NULL},
    };
    struct tr_app app = {
        .name = "rop-group",
        .purpose = N_("find each person’s ROP group if it is certain, or say what to ask"),
        .arguments = "[file]",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
        .reading = &reading,
        .reads_forms = true,
    };

    tr_app_start(&app, argc, argv);
    reading.threads = (uint32_t)tr_app_number(&app, "--threads", threads, TR_THREADS_MAX);
    tr_grouping_check(&app, &g);
    if (checking)
        tr_grouping_check_rules(&app);
    else
        tr_grouping_run(&app, &g);
    return tr_app_end(&app);
}
