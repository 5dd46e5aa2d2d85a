/* referral-import: read the exports of districts and write referral records. */
#include "cli/input/records.h"
#include "cli/input/sniff.h"
#include "cli/work/importing.h"
#include "doc/content/referral_sheet.h"

static const struct tr_example examples[] = {
    {"referral-import exports/*.csv > referrals.csv", N_("all exports into one table of records")},
    {"referral-import --rejects=mend.csv export.csv > referrals.csv",
     N_("write rejected rows to a file, to correct them in a spreadsheet and import them again")},
    {"referral-import --template=henvisninger.xlsx --institutions=institutions.csv",
     N_("a blank sheet to fill in, which is read like an export")},
    {"referral-import --sniff export.csv", N_("what it makes of a file, and why")},
    {"referral-import --verbose --delimiter=tab export.txt > referrals.csv",
     N_("report what was recognised; choose the separator")},
    {NULL},
};

/* Writes a blank sheet; institutions: the path of those that can be wished for, or NULL. */
static void make_template(struct tr_app *app, const char *path, const char *institutions)
{
    struct tr_records places = {0};
    const struct tr_referral_sheet sheet = {&app->profile, tr_app_language(app, -1), &places};
    struct tr_output output;
    struct tr_err err;
    int rc = 0;

    if ((!institutions || tr_app_records(app, &tr_institution_kind, institutions, &places) == 0) &&
        tr_output_open(app, &output, path, true) == 0) {
        if (!tr_output_is_book(path))
            tr_referral_sheet_csv(&sheet, &output.out);
        else if (tr_referral_sheet_book(&sheet, &output.out, &err) < 0)
            rc = tr_app_fail(app, &err);
        tr_output_close(app, &output, rc == 0);
    }
    tr_records_clear(&places);
}

int main(int argc, char **argv)
{
    struct tr_importing m = {.rows = 0};
    const char *rejects = NULL, *path = NULL, *template = NULL, *institutions = NULL;
    int format = TR_FORMAT_CSV, ids = 0;
    bool end = false, sniff = false;
    const char *threads = NULL;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"end", .flag = &end,
         .help = N_("write an end marker, so that a reader knows it has everything")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"ids", .choice = &ids, .choices = tr_ids_choices,
         .help = N_("put the name of its file before an id that is only a number")},
        {"institutions", .arg = "FILE", .text = &institutions,
         .help = N_("with --template: the institutions that can be wished for")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"rejects", .arg = "FILE", .writes = true, .text = &rejects,
         .help = N_(
             "set aside in FILE the rows with a cell that cannot be read, with line and reason")},
        {"sniff", .flag = &sniff,
         .help = N_("write what is made of each file, and why, instead of records")},
        {"template", .arg = "FILE", .writes = true, .text = &template,
         .help = N_("write a blank sheet to fill in to FILE, a workbook with lists to choose from if its "
                    "name ends with .xlsx, and read no export")},
        {"threads", .arg = "N", .text = &threads,
         .help = N_("how many processors to use, 2 by default; the output is the same")},
        {NULL},
    };
    struct tr_app app = {
        .name = "referral-import",
        .purpose = N_("read exports from districts and write referral records"),
        .arguments = "[file ...]",
        .options = options,
        .examples = examples,
        .max_arguments = -1,
        .reading = &reading,
    };
    struct tr_output output = {0};
    int rc = -1;

    tr_app_start(&app, argc, argv);
    reading.threads = (uint32_t)tr_app_number(&app, "--threads", threads, TR_THREADS_MAX);
    if (end && format != TR_FORMAT_CSV)
        tr_app_usage(&app, N_("--end is only used with CSV"), NULL, NULL);
    if (rejects && strcmp(rejects, path ? path : "-") == 0)
        tr_app_usage(&app, N_("records and rejected rows cannot both be written to ‘%1’"), rejects,
                     NULL);
    if (sniff && (end || rejects))
        tr_app_usage(&app, N_("--sniff is not used with --end or --rejects"), NULL, NULL);
    if (template && (end || rejects || sniff || path || ids || threads || format != TR_FORMAT_CSV ||
                     app.n_arguments))
        tr_app_usage(&app, N_("--template reads no export: leave out files, and options of exports"), NULL, NULL);
    if (institutions && !template)
        tr_app_usage(&app, N_("--institutions is only used with --template"), NULL, NULL);
    if (template) {
        make_template(&app, template, institutions);
        return tr_app_end(&app);
    }
    if (sniff) {
        tr_sniff_all(&app, (enum tr_format)format, path);
        return tr_app_end(&app);
    }
    if (tr_referrals_open(&app, &m.referrals, NULL) == 0 && (m.referrals.all_columns = true) &&
        tr_referrals_name_ids(&m.referrals, ids) == 0 &&
        tr_referrals_bind_all(&m.referrals, TR_WANT_REFERRAL) == 0 &&
        tr_referrals_persons(&m.referrals) == 0 &&
        tr_referrals_keep_rejects(&m.referrals, rejects) == 0 &&
        tr_output_table(&app, &output, path, false, (enum tr_format)format) == 0) {
        m.no_ahead = ids != 0;
        rc = tr_importing_all(&m, (enum tr_format)format, &output.out);
        if (rc == 0 && end)
            tr_writer_end(&output.out, m.rows, tr_referrals_refused(&m.referrals));
        rc |= tr_output_close(&app, &output, rc == 0);
    }
    tr_referrals_close(&m.referrals, rc == 0);
    return tr_app_end(&app);
}
