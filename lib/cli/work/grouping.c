#include "cli/work/grouping.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/input/records.h"
#include "cli/input/referrals.h"
#include "cli/work/made.h"
#include "cli/writing/documents.h"
#include "doc/content/worksheet.h"
#include "doc/content/worksheet_read.h"
#include "domain/profile/plain.h"
#include "domain/survey/answers.h"
#include "domain/survey/grouped.h"
#include "domain/survey/questions.h"

struct group {
    struct tr_app *app;
    const struct tr_grouping *asked;
    struct tr_answered answers[TR_TEXTS_MAX]; /* of each file */
    int n_answers;
    uint64_t answered; /* fields that are answered for anybody (bit: enum tr_field) */
    uint64_t unread;   /* fields that no column fills */
    struct tr_referrals referrals;
    struct tr_rop rop;
    struct tr_questions *questions;
    struct tr_writer writer;
    struct tr_output output;
    struct tr_folder *folder; /* for pages */
    struct tr_buf text;
    struct tr_column *columns; /* of the table to write */
    struct tr_str *cells;      /* of the row to write */
    struct tr_maker maker[TR_THREADS_MAX];
    struct tr_questions *asks[TR_THREADS_MAX]; /* of each, which remembers what it found */
    struct tr_buf said[TR_THREADS_MAX];        /* texts of the referral in each hand */
    bool raw;             /* rows can be copied as they stand */
    uint64_t rows;        /* written */
};

/* Groups the current referral, with what was answered since. */
static void group(struct group *g, const struct tr_row *row, struct tr_rop_result *result)
{
    struct tr_value *v = g->referrals.referral.v;

    for (uint64_t left = g->unread & g->answered; left; left &= left - 1)
        v[__builtin_ctzll(left)] = (struct tr_value){.num = -1};
    for (int i = 0; i < g->n_answers; i++)
        tr_answered_apply(&g->answers[i], v);
    tr_referrals_group(&g->referrals, &g->rop, row, result);
}

/* Puts the answers into the cells of the row to write; those of fields that the input lacks come
 * last. */
static void put_answers(struct group *g, const struct tr_value v[])
{
    const struct tr_binding *b = g->referrals.now;
    size_t n = 0;

    if (!g->answered)
        return;
    for (uint32_t c = 0; c < b->n_columns; c++) {
        int field = b->field[c];

        if (field >= TR_N_REFERRAL_FIELDS)
            continue;
        if (field >= 0 && g->answered >> field & 1)
            g->cells[n] = v[field].text;
        n++;
    }
    n += TR_N_FIELDS - TR_N_REFERRAL_FIELDS;
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        if (g->answered >> f & 1 && tr_binding_column(b, (enum tr_field)f) < 0)
            g->cells[n++] = v[f].text;
}

/* Writes the current row with its group. */
static int write_grouped(void *cookie, const struct tr_row *row)
{
    struct group *g = cookie;
    struct tr_value *v = g->referrals.referral.v;
    bool raw = g->raw && row->base + row->start == row->raw.p;
    struct tr_rop_result result;

    group(g, row, &result);
    tr_rop_texts(&g->rop, &result, tr_questions_next(g->questions, v, &result), v, &g->text);
    tr_grouped_cells(g->referrals.now, row, v, raw, g->cells);
    put_answers(g, v);
    if (raw)
        tr_writer_row_after(&g->writer, row->raw, row->n, g->cells);
    else
        tr_writer_row(&g->writer, g->cells);
    g->rows++;
    return 0;
}

/* The same ahead of the row's turn, where its bytes are copied. */
static bool make_grouped(void *cookie, int worker, const struct tr_binding *b, const struct tr_row *row,
                         struct tr_value v[], void *digest)
{
    struct group *g = cookie;
    struct tr_maker *m = &g->maker[worker];
    struct tr_rop_result result;

    if (row->base + row->start != row->raw.p)
        return false;
    if (!g->asks[worker] && !(g->asks[worker] = tr_questions_new(&g->rop)))
        return false;
    tr_rop_group(&g->rop, v, true, &result);
    if (tr_rop_warns(&result))
        return false; /* warnings come in the row's turn */
    tr_rop_texts(&g->rop, &result, tr_questions_next(g->asks[worker], v, &result), v, &g->said[worker]);
    tr_grouped_cells(b, row, v, true, m->cells);
    tr_writer_row_after(&m->writer, row->raw, row->n, m->cells);
    return tr_made_keep(m, digest) && !g->said[worker].failed;
}

static int write_made(void *cookie, const void *digest)
{
    struct group *g = cookie;
    const struct tr_made *made = digest;

    tr_out_add(&g->output.out, made->text, made->len);
    g->rows++;
    return 0;
}

static const struct tr_digest grouped_ahead = {sizeof(struct tr_made), true, make_grouped, write_made};

/* Writes what decided the group of the current row. */
static int explain(void *cookie, const struct tr_row *row)
{
    struct group *g = cookie;
    const struct tr_value *v = g->referrals.referral.v;
    struct tr_rop_result result;

    group(g, row, &result);
    g->text.len = 0;
    tr_rop_explain(&g->rop, v, &result, tr_questions_next(g->questions, v, &result),
                   (enum tr_lang)g->asked->lang, &g->text);
    tr_output_sentences(tr_buf_slice(&g->text), &g->output.out);
    return 0;
}

/* ---- worksheets ---- */

static const struct tr_column sheet_columns[] = {
    {.name = {"referral_id", 11}}, {.name = {"no", 2}, .shape = TR_SHAPE_NUMBER},
    {.name = {"field", 5}},        {.name = {"question", 8}},
    {.name = {"choices", 7}},      {.name = {"answer", 6}},
};
enum { N_SHEET_COLUMNS = sizeof sheet_columns / sizeof *sheet_columns };

/* Writes a question as a row to be filled in. choices: entries of the field's list. */
static void put_question(struct group *g, int number, enum tr_field field, uint64_t choices)
{
    const struct tr_list *list = g->app->profile.of_field[field];
    char no[12];

    g->text.len = 0;
    for (int i = 0; list && i < list->n; i++) {
        if (!(choices >> i & 1))
            continue;
        tr_buf_text(&g->text, g->text.len ? "|" : "");
        tr_buf_str(&g->text, list->entry[i].label[g->asked->lang]);
    }
    snprintf(no, sizeof no, "%d", number);
    tr_writer_row(&g->writer,
                  (struct tr_str[]){g->referrals.referral.v[TR_F_REFERRAL_ID].text, tr_str(no),
                                    tr_str(tr_fields[field].name),
                                    tr_profile_label(&g->app->profile,
                                                     tr_str(tr_fields[field].name),
                                                     (enum tr_lang)g->asked->lang),
                                    tr_buf_slice(&g->text), TR_STR("")});
}

/* Writes the questions about the current row as rows. */
static void put_questions(struct group *g, const enum tr_field order[], int n, uint64_t judge)
{
    for (int i = 0; i < n; i++)
        put_question(g, i + 1, order[i], UINT64_MAX);
    for (int f = TR_F_JUDGED_GROUP; judge && f <= TR_F_JUDGED_REASON; f++)
        if (f != TR_F_JUDGED_HOUSING_TYPE)
            put_question(g, ++n, (enum tr_field)f, judge);
}

/* Writes the page about the current row. */
static int put_sheet(struct group *g, const struct tr_row *row, const struct tr_rop_result *result)
{
    const struct tr_value *v = g->referrals.referral.v;
    struct tr_document d = {0};
    int rc;

    tr_document_start(&d, &g->app->profile, (enum tr_lang)g->asked->lang, v[TR_F_REFERRAL_ID].text,
                      tr_profile_value(&g->app->profile, "agency"), (struct tr_str){0});
    d.fields = g->asked->fields;
    tr_worksheet_make(&d, &g->rop, g->questions, v, result);
    rc = tr_folder_put(g->folder, &d, tr_document_format_find(tr_record_formats[g->asked->format]),
                       g->referrals.now->source, row->line);
    tr_document_clear(&d);
    return rc;
}

/* The questions about the current row, or the page; nothing when all is settled. */
static int ask(void *cookie, const struct tr_row *row)
{
    struct group *g = cookie;
    enum tr_field order[TR_QUESTIONS_MAX];
    struct tr_rop_result result;
    int n;

    group(g, row, &result);
    n = tr_questions_order(g->questions, g->referrals.referral.v, order);
    if (n == 0 && !result.judge)
        return 0;
    if (g->asked->format >= TR_AS_DOCUMENT)
        return put_sheet(g, row, &result);
    put_questions(g, order, n, result.judge);
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
    tr_writer_end(&g->output.out, g->rows, tr_referrals_refused(&g->referrals));
    return 0;
}

/* Reads a table of answers, which is name. */
static int read_table(struct tr_app *app, struct tr_answered *a, const char *path, const char *name)
{
    const struct tr_plain_sought sought = {&app->profile, "referral_id"};
    struct tr_reader_options options = *app->reading;
    struct tr_reader *reader;
    struct tr_err err;
    int rc;

    options.name = name;
    options.sheet.sought = (struct tr_sought){tr_plain_fits, &sought};
    reader = tr_reader_open(path, &options, &err);
    rc = reader ? tr_answered_read(a, &app->profile, reader, &err) : -1;
    if (rc < 0)
        tr_app_refuse(app, &err);
    else
        tr_inputs_say_doubt(app, reader);
    tr_reader_close(reader);
    return rc;
}

/* Reads a worksheet that came back as a document. 1: it is none. */
static int read_sheet(struct tr_app *app, struct tr_answered *a, int fd, const char *path)
{
    const struct tr_listener listener = tr_app_listener(app);
    struct tr_filled filled;
    struct tr_err err;
    int rc = tr_filled_take(app, &filled, fd, path);

    if (rc == 0 && tr_worksheet_read(&a->table, &app->profile, &filled, path, &listener) < 0) {
        tr_app_raise(app, TR_EXIT_DATA);
        rc = -1;
    } else if (rc == 0 && tr_answered_take(a, &app->profile, &err) < 0) {
        rc = tr_app_refuse(app, &err);
    }
    tr_filled_clear(&filled);
    return rc;
}

/* Reads the answers, when there are any. */
static int read_answers(struct group *g)
{
    const struct tr_texts *paths = &g->asked->answers;
    int rc = 0;

    while (g->n_answers < paths->n && rc == 0) {
        const char *path = paths->at[g->n_answers];
        struct tr_answered *a = &g->answers[g->n_answers++];
        char *held;
        int fd = tr_filled_open(g->app, path, &held);

        rc = fd < 0 ? -1 : read_sheet(g->app, a, fd, path);
        if (rc > 0)
            rc = read_table(g->app, a, held ? held : path, path);
        if (fd >= 0)
            tr_file_close(fd);
        free(held);
        g->answered |= a->fields;
    }
    return rc;
}

/* Starts the table to write: of questions, or of grouped referrals. */
static int start_writing(struct group *g, const struct tr_binding *b)
{
    size_t n;

    if (g->asked->explaining)
        return 0;
    if (g->asked->worksheet) {
        tr_writer_start(&g->writer, &g->output.out, (enum tr_format)g->asked->format, sheet_columns,
                        N_SHEET_COLUMNS);
        return 0;
    }
    g->columns = tr_grouped_columns(b, &n);
    for (int f = 0; g->columns && f < TR_N_REFERRAL_FIELDS; f++)
        if (g->answered >> f & 1 && tr_binding_column(b, (enum tr_field)f) < 0)
            g->columns[n++] = tr_field_column((enum tr_field)f);
    g->cells = calloc(n + 1, sizeof *g->cells);
    g->raw = b->delimiter == ',' && g->asked->format == TR_AS_CSV && !tr_grouped_before(b) &&
             !g->answered;
    if (!g->columns || !g->cells || (g->raw && !tr_makers_start(g->maker, TR_FORMAT_CSV, g->columns, n)))
        return -1;
    tr_writer_start(&g->writer, &g->output.out, (enum tr_format)g->asked->format, g->columns, n);
    return 0;
}

static int read_all(struct group *g)
{
    const uint64_t wanted = UINT64_C(1) << TR_F_REFERRAL_ID | tr_rop_wanted(&g->rop) | g->answered;
    struct tr_err err;
    int rc;

    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        if (tr_binding_column(&g->referrals.binding[0], (enum tr_field)f) < 0)
            g->unread |= UINT64_C(1) << f;
    if (g->raw && !g->asked->like)
        rc = tr_referrals_digest(&g->referrals, 0, wanted, false, &grouped_ahead, write_grouped, g);
    else
        rc = tr_referrals_read(&g->referrals, 0, wanted, false,
                               g->asked->worksheet    ? ask
                               : g->asked->explaining ? explain
                                                      : write_grouped,
                               g);

    for (int i = 0; i < g->n_answers && rc == 0; i++)
        for (uint32_t at = 0; tr_answered_unused(&g->answers[i], &at, &err);)
            tr_app_say(g->app, &err);
    return rc == 0 && g->asked->end ? finish(g) : rc;
}

static int run(struct group *g)
{
    const bool pages = g->asked->worksheet && g->asked->format >= TR_AS_DOCUMENT;
    int rc = -1;

    if (read_answers(g) < 0 || tr_referrals_open(g->app, &g->referrals, NULL) < 0 ||
        tr_referrals_bind_all(&g->referrals, TR_WANT_ALL) < 0)
        return -1;
    if (pages) {
        if ((g->folder = tr_folder_open(g->app, g->asked->path)))
            rc = read_all(g);
        return tr_folder_close(g->folder) < 0 ? -1 : rc;
    }
    if (tr_output_table(g->app, &g->output, g->asked->path, false,
                        g->asked->explaining ? TR_FORMAT_CSV : (enum tr_format)g->asked->format) < 0)
        return -1;
    if (start_writing(g, &g->referrals.binding[0]) < 0)
        g->output.out.buf.failed = true; /* said when it is closed */
    else
        rc = read_all(g);
    return rc | tr_output_close(g->app, &g->output, rc == 0);
}

/* ---- how likely answers are ---- */

struct learning {
    struct tr_referrals referrals;
    struct tr_questions *questions;
};

static int learn_answers(void *cookie, const struct tr_row *row)
{
    struct learning *l = cookie;

    (void)row;
    return tr_questions_learn(l->questions, l->referrals.referral.v);
}

static int learn_from(struct tr_app *app, const char *path, const struct tr_rop *rop,
                      struct tr_questions *questions)
{
    struct learning l = {.questions = questions};
    uint64_t wanted = UINT64_C(1) << TR_F_REFERRAL_ID | tr_rop_wanted(rop);
    int rc = tr_referrals_open(app, &l.referrals, path);

    if (rc == 0)
        rc = tr_referrals_bind_all(&l.referrals, TR_WANT_ALL);
    if (rc == 0)
        rc = tr_referrals_read(&l.referrals, 0, wanted, true, learn_answers, &l);
    tr_referrals_close(&l.referrals, false);
    return rc;
}

/* ---- all ---- */

void tr_grouping_check(const struct tr_app *app, const struct tr_grouping *g)
{
    if (g->end && (g->explaining || g->worksheet || g->format != TR_AS_CSV))
        tr_app_usage(app, N_("--end is only used with CSV"), NULL, NULL);
    if (g->format >= TR_AS_DOCUMENT && !g->worksheet)
        tr_app_usage(app, N_("only --worksheet writes documents"), NULL, NULL);
    if (g->format >= TR_AS_DOCUMENT && (!g->path || !tr_is_folder(g->path)))
        tr_app_usage(app, N_("pages go into a folder: give --output=FOLDER/"), NULL, NULL);
    if (g->fields)
        tr_app_form_format(app, tr_record_formats[g->format]);
    if (g->worksheet && g->explaining)
        tr_app_usage(app, N_("--worksheet and --explain do not go together"), NULL, NULL);
    if (g->like && strcmp(g->like, "-") == 0 && app->n_arguments == 0)
        tr_app_usage(app, N_("one input cannot be both the referrals and what they are like"), NULL, NULL);
}

void tr_grouping_run(struct tr_app *app, const struct tr_grouping *asked)
{
    struct group g = {.app = app, .asked = asked};
    struct tr_err err;
    int rc = tr_rop_load(&g.rop, &app->profile, &err) < 0 ? tr_app_fail(app, &err) : 0;

    if (rc == 0 && !(g.questions = tr_questions_new(&g.rop)))
        rc = tr_app_no_memory(app);
    if (rc == 0 && asked->like)
        rc = learn_from(app, asked->like, &g.rop, g.questions);
    if (rc == 0)
        tr_referrals_close(&g.referrals, run(&g) == 0);
    tr_questions_free(g.questions);
    while (g.n_answers > 0)
        tr_answered_clear(&g.answers[--g.n_answers]);
    tr_makers_clear(g.maker);
    for (int i = 0; i < TR_THREADS_MAX; i++) {
        tr_questions_free(g.asks[i]);
        tr_buf_clear(&g.said[i]);
    }
    free(g.columns);
    free(g.cells);
    tr_buf_clear(&g.text);
}

void tr_grouping_check_rules(struct tr_app *app)
{
    const struct tr_listener listener = tr_app_listener(app);
    struct tr_rop rop;
    struct tr_err err;

    if (tr_rop_load(&rop, &app->profile, &err) < 0)
        tr_app_say(app, &err);
    else
        tr_rop_check(&rop, listener.say, listener.cookie);
}
