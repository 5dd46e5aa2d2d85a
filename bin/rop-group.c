/* rop-group: give each person the ROP group that is certain, or say what to ask. */
#include <stdlib.h>

#include "cli/records.h"
#include "cli/referrals.h"
#include "domain/survey/grouped.h"
#include "domain/survey/questions.h"

static const struct tr_example examples[] = {
    {"rop-group referrals.csv > grouped.csv", N_("add group, housing type and deciding rule")},
    {"rop-group --explain --lang=nn referrals.csv", N_("explain what decided and what came close")},
    {"rop-group --check-rules", N_("prove that the rules cover every person exactly once")},
    {NULL},
};

struct group {
    struct tr_app *app;
    struct tr_referrals referrals;
    struct tr_rop rop;
    struct tr_questions *questions;
    struct tr_writer writer;
    struct tr_output output;
    struct tr_buf text;
    struct tr_str *cells; /* of the row to write */
    bool raw;             /* rows can be copied as they stand */
    uint64_t rows;        /* written */
    int lang;
};

/* Writes the current row with its group. */
static int write_grouped(void *cookie, const struct tr_row *row)
{
    struct group *g = cookie;
    struct tr_value *v = g->referrals.referral.v;
    bool raw = g->raw && row->base + row->start == row->raw.p;
    struct tr_rop_result result;

    tr_referrals_group(&g->referrals, &g->rop, row, &result);
    tr_rop_texts(&g->rop, &result, tr_questions_next(g->questions, v, &result), v, &g->text);
    tr_grouped_cells(g->referrals.now, row, v, raw, g->cells);
    if (raw)
        tr_writer_row_after(&g->writer, row->raw, row->n, g->cells);
    else
        tr_writer_row(&g->writer, g->cells);
    g->rows++;
    return 0;
}

/* Writes what decided the group of the current row. */
static int explain(void *cookie, const struct tr_row *row)
{
    struct group *g = cookie;
    const struct tr_value *v = g->referrals.referral.v;
    struct tr_rop_result result;

    tr_referrals_group(&g->referrals, &g->rop, row, &result);
    g->text.len = 0;
    tr_rop_explain(&g->rop, v, &result, tr_questions_next(g->questions, v, &result),
                   (enum tr_lang)g->lang, &g->text);
    tr_out_str(&g->output.out, tr_buf_slice(&g->text));
    return 0;
}

/* Passes the end marker on; without one in the input, nobody knows that all has come. */
static int finish(struct group *g)
{
    struct tr_err err;

    if (!g->referrals.inputs.ended[0]) {
        tr_err_set(&err, TR_E_NO_END, NULL, NULL, NULL);
        return tr_app_fail(g->app, &err);
    }
    tr_writer_end(&g->output.out, g->rows);
    return 0;
}

static int run(struct group *g, int format, bool explaining, bool end, const char *path)
{
    const uint64_t wanted = UINT64_C(1) << TR_F_REFERRAL_ID | tr_rop_wanted(&g->rop);
    struct tr_column *columns;
    const struct tr_binding *b;
    size_t n;
    int rc = -1;

    if (tr_referrals_open(g->app, &g->referrals, NULL) < 0 ||
        tr_referrals_bind_all(&g->referrals, TR_WANT_ALL) < 0 ||
        tr_output_open(g->app, &g->output, path, false) < 0)
        return -1;
    b = &g->referrals.binding[0];
    columns = tr_grouped_columns(b, &n);
    g->raw = b->delimiter == ',' && format == TR_FORMAT_CSV && !tr_grouped_before(b);
    g->cells = calloc(n + 1, sizeof *g->cells);
    g->output.out.buf.failed |= !columns || !g->cells; /* said when it is closed */
    if (!g->output.out.buf.failed) {
        if (!explaining)
            tr_writer_start(&g->writer, &g->output.out, (enum tr_format)format, columns, n);
        rc = tr_referrals_read(&g->referrals, 0, wanted, false,
                               explaining ? explain : write_grouped, g);
        if (rc == 0 && end)
            rc = finish(g);
    }
    rc |= tr_output_close(g->app, &g->output, rc == 0);
    free(g->cells);
    free(columns);
    return rc;
}

int main(int argc, char **argv)
{
    struct group g = {.raw = false};
    const char *path = NULL;
    int format = TR_FORMAT_CSV;
    bool explaining = false, checking = false, end = false;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"check-rules", .flag = &checking,
         .help = N_("report every gap and overlap of the rules; read no input")},
        {"end", .flag = &end, .help = N_("require the end marker of the input, and write one")},
        {"explain", .flag = &explaining,
         .help = N_("explain each decision in words instead of writing records")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV or JSON Lines")},
        {"lang", .choice = &g.lang, .choices = tr_lang_names, .help = N_("language of --explain")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
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
    };
    const struct tr_listener listener = tr_app_listener(&app);
    struct tr_err err;

    tr_app_start(&app, argc, argv);
    g.app = &app;
    if (end && (explaining || format != TR_FORMAT_CSV))
        tr_app_usage(&app, N_("--end is only used with CSV"), NULL, NULL);
    if (tr_rop_load(&g.rop, &app.profile, &err) < 0)
        tr_app_say(&app, &err);
    else if (checking)
        tr_rop_check(&g.rop, listener.say, listener.cookie);
    else if (!(g.questions = tr_questions_new(&g.rop, NULL)))
        tr_app_no_memory(&app);
    else
        tr_referrals_close(&g.referrals, run(&g, format, explaining, end, path) == 0);
    tr_questions_free(g.questions);
    tr_buf_clear(&g.text);
    return tr_app_end(&app);
}
