/* referral-import: read the exports of districts and write referral records. */
#include <stdlib.h>

#include "cli/referrals.h"
#include "cli/sniff.h"

static const struct tr_example examples[] = {
    {"referral-import exports/*.csv > referrals.csv", N_("all exports into one table of records")},
    {"referral-import --rejects=mend.csv export.csv > referrals.csv",
     N_("write rejected rows to a file, to correct them in a spreadsheet and import them again")},
    {"referral-import --sniff export.csv", N_("what it makes of a file, and why")},
    {"referral-import --verbose --delimiter=tab export.txt > referrals.csv",
     N_("report what was recognised; choose the separator")},
    {NULL},
};

struct import {
    struct tr_referrals referrals;
    struct tr_writer writer;
    struct tr_str *cells; /* of the row to write */
    uint64_t rows;        /* written */
};

/* Writes the current referral: its fields in order, then the columns that no field claims. */
static int write_referral(void *cookie, const struct tr_row *row)
{
    struct import *m = cookie;
    const struct tr_value *v = m->referrals.referral.v;
    const struct tr_binding *b = m->referrals.now;
    const struct tr_str *names;
    size_t extras = tr_import_extras(m->referrals.import, &names);
    struct tr_str *cell = m->cells;

    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        *cell++ = v[f].text;
    for (size_t i = 0; i < extras; i++) {
        int column = i < b->n_extras ? b->extra_column[i] : -1;

        *cell++ = column < 0 ? (struct tr_str){0} : tr_row_cell(row, (uint32_t)column);
    }
    tr_writer_row(&m->writer, m->cells);
    m->rows++;
    return 0;
}

/* The columns of the output; NULL when memory is out. */
static struct tr_column *make_columns(const struct tr_import *import, size_t *n)
{
    const struct tr_str *names;
    size_t extras = tr_import_extras(import, &names);
    struct tr_column *columns = calloc(TR_N_REFERRAL_FIELDS + extras, sizeof *columns);

    *n = 0;
    for (int f = 0; columns && f < TR_N_REFERRAL_FIELDS; f++)
        columns[(*n)++] = tr_field_column((enum tr_field)f);
    for (size_t i = 0; columns && i < extras; i++)
        columns[(*n)++] = (struct tr_column){.name = names[i]};
    return columns;
}

/* Reads every input and writes its referrals to out. */
static int import_all(struct import *m, enum tr_format format, struct tr_out *out)
{
    size_t n;
    struct tr_column *columns = make_columns(m->referrals.import, &n);
    int rc = 0;

    m->cells = calloc(n + 1, sizeof *m->cells);
    if (!columns || !m->cells) {
        out->buf.failed = true; /* said when out is closed */
        rc = -1;
    } else {
        tr_writer_start(&m->writer, out, format, columns, n);
    }
    for (int i = 0; i < m->referrals.inputs.n && rc == 0; i++)
        rc = tr_referrals_read(&m->referrals, i, TR_WANT_REFERRAL, true, write_referral, m);
    free(m->cells);
    free(columns);
    return rc < 0 ? rc : tr_referrals_settle(&m->referrals, NULL, NULL);
}

int main(int argc, char **argv)
{
    struct import m = {.rows = 0};
    const char *rejects = NULL, *path = NULL;
    int format = TR_FORMAT_CSV, ids = 0;
    bool end = false, sniff = false;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"end", .flag = &end,
         .help = N_("write an end marker, so that a reader knows it has everything")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"ids", .choice = &ids, .choices = tr_ids_choices,
         .help = N_("put the name of its file before an id that is only a number")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"rejects", .arg = "FILE", .writes = true, .text = &rejects,
         .help = N_(
             "set aside in FILE the rows with a cell that cannot be read, with line and reason")},
        {"sniff", .flag = &sniff,
         .help = N_("write what is made of each file, and why, instead of records")},
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
    if (end && format != TR_FORMAT_CSV)
        tr_app_usage(&app, N_("--end is only used with CSV"), NULL, NULL);
    if (rejects && strcmp(rejects, path ? path : "-") == 0)
        tr_app_usage(&app, N_("records and rejected rows cannot both be written to ‘%1’"), rejects,
                     NULL);
    if (sniff && (end || rejects))
        tr_app_usage(&app, N_("--sniff is not used with --end or --rejects"), NULL, NULL);
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
        rc = import_all(&m, (enum tr_format)format, &output.out);
        if (rc == 0 && end)
            tr_writer_end(&output.out, m.rows, tr_referrals_refused(&m.referrals));
        rc |= tr_output_close(&app, &output, rc == 0);
    }
    tr_referrals_close(&m.referrals, rc == 0);
    return tr_app_end(&app);
}
