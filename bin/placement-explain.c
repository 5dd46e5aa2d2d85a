/* placement-explain: tell what a round of placements means for one person, in plain words. */
#include "cli/app/output.h"
#include "cli/work/waiting.h"
#include "doc/text/wrap.h"
#include "domain/placement/placement_explain.h"

enum { WIDTH = 79, ARRIVALS_MAX = 100000 };

static const struct tr_example examples[] = {
    {"placement-explain --certificate=cert.json R-2026-0017", N_("to read aloud to the person")},
    {"placement-explain --certificate=cert.json --stays=stays.csv R-2026-0017",
     N_("also how long the person may still have to wait")},
    {"placement-explain --certificate=cert.json --cutoffs | table-render",
     N_("the last person in the queue placed at each institution")},
    {NULL},
};

/* Writes lines of at most WIDTH columns; items of lists are set in. */
static void write_wrapped(struct tr_str text, struct tr_out *out)
{
    struct tr_str line;
    struct tr_line part;

    while (text.len > 0 && tr_str_part(&text, '\n', &line)) {
        bool item = line.len > 1 && line.p[0] == '-' && line.p[1] == ' ', first = true;

        while (tr_wrap_next(&line, item && !first ? WIDTH - 2 : WIDTH, false, &part)) {
            tr_out_text(out, item && !first ? "  " : "");
            tr_out_str(out, part.text);
            tr_out_text(out, part.hyphen ? "-\n" : "\n");
            first = false;
        }
    }
}

/* Tells about each referral that was named; -1: one of them is not there. */
static int tell(struct tr_app *app, const struct tr_certificate *c,
                const struct tr_waiting *waiting, enum tr_lang lang, struct tr_out *out)
{
    struct tr_buf text = {0};
    struct tr_out shown = {.fd = -1};
    struct tr_err err;
    int rc = 0;

    for (int a = 0; a < app->n_arguments; a++) {
        int i = tr_records_find(&c->round.referrals, tr_str(app->arguments_given[a]));

        if (i < 0) {
            tr_err_set(&err, TR_E_NO_REFERRAL, app->arguments_given[a], NULL, NULL);
            tr_app_say(app, &err);
            rc = -1;
            continue;
        }
        if (a > 0)
            tr_out_char(out, '\n');
        text.len = shown.buf.len = 0;
        tr_placement_explain(c, (uint32_t)i, tr_waiting_of(waiting, (uint32_t)i), lang, &text);
        tr_output_sentences(tr_buf_slice(&text), &shown);
        write_wrapped(tr_buf_slice(&shown.buf), out);
    }
    out->buf.failed |= text.failed | shown.buf.failed;
    tr_buf_clear(&text);
    tr_buf_clear(&shown.buf);
    return rc;
}

static void explain(struct tr_app *app, const struct tr_certificate *c,
                    const struct tr_waiting *waiting, enum tr_lang lang, const char *path)
{
    struct tr_output output;

    if (tr_output_open(app, &output, path, false) == 0) {
        int rc = tell(app, c, waiting, lang, &output.out);

        tr_output_close(app, &output, rc == 0 || !path);
    }
}

static void write_cutoffs(struct tr_app *app, const struct tr_certificate *c, enum tr_format format,
                          const char *path)
{
    struct tr_records rows = {0};
    struct tr_err err;

    if (tr_cutoffs_find(&rows, &c->round, &c->placements, &err) < 0)
        tr_app_say(app, &err);
    else
        tr_app_put_records(app, &rows, format, path);
    tr_records_clear(&rows);
}

int main(int argc, char **argv)
{
    const char *certificate = NULL, *stays = NULL, *arrivals = NULL, *path = NULL;
    int format = TR_FORMAT_CSV, lang = -1;
    bool cutoffs = false;
    const struct tr_option options[] = {
        {"arrivals", .arg = "N", .text = &arrivals,
         .help = N_("with --stays: people who come a week; by default as many as moved in")},
        {"certificate", .arg = "FILE", .text = &certificate, .help = N_("the certificate")},
        {"cutoffs", .flag = &cutoffs,
         .help = N_("write the last person in the queue placed at each institution")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("--cutoffs: write CSV, JSON Lines, one JSON document or a workbook")},
        {"lang", .choice = &lang, .choices = tr_lang_names,
         .help = N_("Bokmål, Nynorsk or English; by default the language of the profile")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"stays", .arg = "FILE", .text = &stays,
         .help = N_("also tell those who wait how long they may still have to, by these stays")},
        {NULL},
    };
    struct tr_app app = {
        .name = "placement-explain",
        .purpose = N_("explain to one person, in plain words, the result of a round of placements"),
        .arguments = "[referral ...]",
        .options = options,
        .examples = examples,
        .max_arguments = -1,
    };
    struct tr_certificate_read read = {0};
    struct tr_waiting waiting = {0};
    double a_week = 0;

    tr_app_start(&app, argc, argv);
    if (!certificate)
        tr_app_usage(&app, N_("--certificate=FILE is needed"), NULL, NULL);
    if (cutoffs ? app.n_arguments > 0 : app.n_arguments == 0)
        tr_app_usage(&app, N_("name one or more referrals, or use --cutoffs"), NULL, NULL);
    if (stays ? cutoffs : arrivals != NULL)
        tr_app_usage(&app, N_("--stays is used without --cutoffs, and --arrivals with --stays"),
                     NULL, NULL);
    if (arrivals)
        a_week = tr_app_count(&app, "--arrivals", arrivals, ARRIVALS_MAX);
    if (tr_placing_sealed(&app, certificate, &read) == 0 &&
        (!stays || tr_waiting_find(&app, &read.c, stays, a_week, &waiting) == 0)) {
        if (cutoffs)
            write_cutoffs(&app, &read.c, (enum tr_format)format, path);
        else
            explain(&app, &read.c, &waiting, tr_app_language(&app, lang), path);
    }
    tr_waiting_clear(&waiting);
    tr_certificate_read_clear(&read);
    return tr_app_end(&app);
}
