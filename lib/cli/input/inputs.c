#include "cli/input/inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sizes.h"
#include "base/text.h"
#include "cli/app/memory_table.h"
#include "cli/app/sandbox.h"
#include "domain/profile/plain.h"
#include "domain/profile/reading.h"

/* As many files as the system lets us have. */
static void allow_many_files(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
}

void tr_app_await(const struct tr_app *app, const char *path)
{
    if (strcmp(path, "-") == 0 && isatty(STDIN_FILENO))
        tr_app_note(app,
                    N_("reading from the terminal, to the end of input (Ctrl-D); name a file, "
                       "or see --help"),
                    NULL);
}

int tr_inputs_open(struct tr_app *app, struct tr_inputs *in, const char *only,
                   const struct tr_sought *sought)
{
    struct tr_reader_options options = app->reading ? *app->reading : (struct tr_reader_options){0};
    bool given = !only && app->n_arguments > 0;
    struct tr_err err;
    int rc = 0;

    options.sheet.sought = *sought;
    only = only ? only : "-";
    *in = (struct tr_inputs){.n = given ? app->n_arguments : 1};
    in->reader = calloc((size_t)in->n, sizeof(struct tr_reader *));
    in->ended = calloc((size_t)in->n, sizeof *in->ended);
    if (!in->reader || !in->ended) {
        tr_app_no_memory(app);
        in->n = 0;
        return -1;
    }
    if (tr_sandbox_files(app, NULL) < 0) /* where a register is named, and is not opened */
        return -1;
    if (in->n > 16)
        allow_many_files();
    tr_app_await(app, given ? app->arguments_given[0] : only);
    for (int i = 0; i < in->n; i++) {
        const char *path;

        options.name = given ? app->arguments_given[i] : only;
        path = tr_twice_path(app->twice, options.name, &err);
        in->reader[i] = path ? tr_reader_open(path, &options, &err) : NULL;
        if (!in->reader[i]) {
            tr_app_say(app, &err);
            rc = -1;
        }
    }
    return rc;
}

void tr_inputs_close(struct tr_inputs *in)
{
    for (int i = 0; i < in->n; i++)
        tr_reader_close(in->reader[i]);
    free(in->reader);
    free(in->ended);
    *in = (struct tr_inputs){0};
}

/* Says how many lines end with a separator that means nothing. */
static void say_ends(struct tr_app *app, const struct tr_reader *r)
{
    const struct tr_dialect *d = tr_reader_dialect(r);
    char rows[24];

    snprintf(rows, sizeof rows, "%llu", (unsigned long long)d->row_ends);
    tr_app_note(app,
                d->header_ends
                    ? N_("%1: separators behind the header’s last name and at the end of "
                         "%2 rows hold nothing and are left out")
                    : N_("%1: separators at the end of %2 rows hold nothing and are left "
                         "out"),
                tr_reader_name(r), rows, NULL);
}

/* Says how many rows lack separators as Excel leaves them out. */
static void say_cuts(struct tr_app *app, const struct tr_reader *r)
{
    char rows[24];

    snprintf(rows, sizeof rows, "%llu", (unsigned long long)tr_reader_dialect(r)->row_cuts);
    tr_app_note(app,
                N_("%1: %2 rows end before the last columns, in whole blocks of sixteen as Excel writes them: those "
                   "cells are empty"),
                tr_reader_name(r), rows, NULL);
}

void tr_inputs_say_dialect(struct tr_app *app, const struct tr_reader *r)
{
    const struct tr_dialect *d = tr_reader_dialect(r);
    struct tr_buf form = {0};

    if (tr_reader_sheet(r)) {
        tr_app_note(app, N_("%1: read as a sheet of a workbook"), tr_reader_name(r), NULL);
        return;
    }

    if (d->format == TR_FORMAT_JSONL) {
        tr_buf_text(&form, "jsonl");
    } else {
        tr_buf_text(&form, "csv ");
        if (d->delimiter == '\t') {
            tr_buf_text(&form, "tab");
        } else {
            tr_buf_text(&form, "‘");
            tr_buf_char(&form, d->delimiter);
            tr_buf_text(&form, "’");
        }
        tr_buf_text(&form, d->sep_line ? ", sep=" : "");
    }
    tr_buf_text(&form, d->cr ? ", CR" : d->crlf ? ", CRLF" : ", LF");
    tr_buf_text(&form, d->bom ? ", BOM" : "");
    tr_app_note(app, N_("%1: read as %2, %3"), tr_reader_name(r),
                d->encoding == TR_ENCODING_AUTO ? "ascii" : d->encoding_name, tr_buf_z(&form),
                NULL);
    tr_buf_clear(&form);
    if (d->header_ends || d->row_ends)
        say_ends(app, r);
    if (d->row_cuts)
        say_cuts(app, r);
}

/* Says that these sheets were not read, if there are any. */
static void say_sheets(struct tr_app *app, const struct tr_reader *r, enum tr_code code, struct tr_str sheets)
{
    char names[160];
    struct tr_err err;

    if (sheets.len == 0)
        return;
    tr_err_copy(names, sizeof names, sheets);
    tr_err_set(&err, code, tr_reader_sheet(r)->name, names, NULL);
    err.source = tr_reader_name(r);
    tr_app_say(app, &err);
}

/* Says something of a workbook that has a number, unless that is 0. */
static void say_fact(struct tr_app *app, const struct tr_reader *r, enum tr_code code, uint64_t number)
{
    struct tr_err err;

    if (number == 0)
        return;
    tr_err_num(&err, code, number);
    err.source = tr_reader_name(r);
    tr_app_say(app, &err);
}

/* What of a workbook was not read. */
static void say_sheet(struct tr_app *app, const struct tr_reader *r)
{
    const struct tr_sheet_facts *sheet = tr_reader_sheet(r);
    char rows[24], columns[24];
    struct tr_err err;

    if (!sheet)
        return;
    if (sheet->why != TR_SHEET_NAMED) {
        say_sheets(app, r, TR_W_SHEETS_ALIKE, sheet->alike);
        say_sheets(app, r, TR_W_SHEETS, sheet->other);
    }
    say_fact(app, r, TR_W_SHEET_MACROS, sheet->macros);
    say_fact(app, r, TR_W_SHEET_FORMULAS, sheet->formulas);
    say_fact(app, r, TR_W_SHEET_GAP, sheet->gap);
    if (sheet->hidden_rows + sheet->hidden_columns > 0) {
        snprintf(rows, sizeof rows, "%llu", (unsigned long long)sheet->hidden_rows);
        snprintf(columns, sizeof columns, "%llu", (unsigned long long)sheet->hidden_columns);
        tr_err_set(&err, TR_W_SHEET_HIDDEN, rows, columns, NULL);
        err.source = tr_reader_name(r);
        tr_app_say(app, &err);
    }
}

void tr_inputs_say_doubt(struct tr_app *app, const struct tr_reader *r)
{
    static const struct {
        enum tr_code code;
        const char *name;
    } doubts[] = {
        [TR_DOUBT_MACINTOSH] = {TR_W_ENCODING, "macintosh"},
        [TR_DOUBT_DOS] = {TR_W_ENCODING, "cp865"},
        [TR_DOUBT_READ] = {TR_W_ENCODING_READ, NULL}, /* the name of what it was read in */
        [TR_DOUBT_TWICE] = {TR_W_ENCODED_TWICE, ""},
        [TR_DOUBT_PARTLY] = {TR_W_ENCODED_PARTLY, ""},
    };
    const struct tr_dialect *d = tr_reader_dialect(r);
    enum tr_doubt doubt = d->doubt;
    struct tr_err err;

    say_sheet(app, r);
    if (doubt == TR_DOUBT_NONE)
        return;
    tr_err_set(&err, doubts[doubt].code, doubts[doubt].name ? doubts[doubt].name : d->encoding_name,
               NULL, NULL);
    err.source = tr_reader_name(r);
    tr_app_say(app, &err);
}

void tr_inputs_say_refused(struct tr_app *app, uint64_t refused)
{
    char number[24];

    if (refused == 0)
        return;
    snprintf(number, sizeof number, "%llu", (unsigned long long)refused);
    tr_app_note(app, N_("rows that programs before this one rejected, as the end marker tells: %1"),
                number, NULL);
    tr_app_raise(app, TR_EXIT_FOUND);
}

int tr_app_refuse(struct tr_app *app, const struct tr_err *err)
{
    tr_app_say(app, err);
    tr_app_raise(app, TR_EXIT_DATA);
    return -1;
}

int tr_app_find_header(struct tr_app *app, struct tr_reader *reader, const struct tr_sought *sought)
{
    struct tr_err err;
    bool below = false;

    if (tr_reader_find_header(reader, sought, &below, &err) < 0)
        return tr_app_refuse(app, &err);
    if (below) {
        tr_title_fault(reader, &err);
        tr_app_say(app, &err);
    }
    return 0;
}

struct remarks {
    struct tr_app *app;
    const struct tr_reader *reader;
    struct tr_words words;
};

static bool is_remark(void *cookie, const struct tr_row *row)
{
    const struct remarks *k = cookie;
    const struct tr_dialect *dialect = tr_reader_dialect(k->reader);
    struct tr_str first = row->bad ? (struct tr_str){"", 0} : tr_text_trim(tr_row_cell(row, 0));
    struct tr_err err;
    bool beside;

    if (tr_row_look_aside(row, &k->words,
                          dialect->format == TR_FORMAT_CSV ? dialect->delimiter : '\0', 0, NULL,
                          0) != TR_W_ROW_NOTE ||
        tr_list_read(k->app->profile.of_field[TR_F_BYDEL], first, &beside) >= 0)
        return false;
    tr_err_set(&err, TR_W_ROW_NOTE, NULL, NULL, NULL);
    err.source = tr_reader_name(k->reader);
    err.line = row->line;
    tr_app_say(k->app, &err);
    return true;
}

int tr_app_read_table(struct tr_app *app, struct tr_reader *reader, const struct tr_sought *sought,
                      struct tr_table *table)
{
    struct remarks k = {.app = app, .reader = reader};
    const struct tr_str *header;
    struct tr_err err;
    uint32_t n;
    bool counts;

    if (tr_app_find_header(app, reader, sought) < 0)
        return -1;
    header = tr_reader_header(reader, &n);
    counts = tr_plain_counts(&app->profile, header, n);
    if (counts)
        tr_words_start(&k.words, &app->profile, "total");
    return tr_table_read_but(table, reader, counts ? is_remark : NULL, &k, &err) < 0
               ? tr_app_refuse(app, &err)
               : 0;
}

int tr_app_table(struct tr_app *app, const char *path, const char *columns, struct tr_table *table)
{
    const struct tr_plain_sought sought = {&app->profile, columns};
    struct tr_reader_options options = app->reading ? *app->reading : (struct tr_reader_options){0};
    struct tr_reader *reader;
    struct tr_err err;
    int rc;

    *table = (struct tr_table){0};
    tr_app_await(app, path);
    options.sheet.sought = (struct tr_sought){tr_plain_fits, &sought};
    reader = tr_reader_open(path, &options, &err);
    if (!reader)
        return tr_app_refuse(app, &err);
    rc = tr_app_read_table(app, reader, &options.sheet.sought, table);
    tr_inputs_say_doubt(app, reader);
    tr_reader_close(reader);
    return rc;
}

int tr_inputs_rows(struct tr_app *app, struct tr_inputs *in, int i,
                   int (*take)(void *cookie, const struct tr_row *row), void *cookie)
{
    struct tr_reader *reader = in->reader[i];
    struct tr_row row;
    struct tr_err err;
    struct tr_end told = {0};
    uint64_t rows = 0;
    int rc;

    while ((rc = tr_reader_next(reader, &row, &err)) > 0) {
        if (tr_row_is_end(&row, &told) || in->ended[i]) {
            rc = tr_row_check_end(reader, &row, rows + in->ended[i], &told, &err);
            in->refused += in->ended[i] ? 0 : told.refused;
            in->ended[i] = true;
            if (rc < 0)
                break;
            continue;
        }
        if (++rows % 65536 == 0)
            tr_app_progress(app, rows);
        if (take(cookie, &row) < 0)
            return -1;
    }
    if (rc < 0)
        return tr_app_fail(app, &err);
    if (rows == 0 && !tr_memory_table_is(tr_reader_name(reader))) {
        tr_err_set(&err, TR_E_FILE_NO_ROWS, NULL, NULL, NULL);
        err.source = tr_reader_name(reader);
        tr_app_say(app, &err);
    }
    tr_inputs_say_doubt(app, reader);
    if (app->verbose)
        tr_inputs_say_dialect(app, reader);
    tr_reader_close(reader);
    in->reader[i] = NULL;
    return 0;
}

/* Reads on until the end, or until text has a NUL byte. */
static int read_rest(int fd, const char *path, bool text, struct tr_buf *out, struct tr_err *err)
{
    enum { PIECE = TR_SIZE_READ };
    ssize_t n = 1;

    while (n != 0) {
        if (tr_buf_room(out, PIECE) < 0)
            return tr_err_memory(err);
        n = read(fd, out->p + out->len, PIECE);
        if (n < 0 && errno != EINTR)
            return tr_err_sys(err, TR_E_READ, path);
        if (n <= 0)
            continue;
        out->len += (size_t)n;
        if (text && memchr(out->p + out->len - n, '\0', (size_t)n))
            return 0;
        if (out->len > TR_DOCUMENT_MAX) {
            tr_err_num(err, TR_E_FILE_SIZE, TR_DOCUMENT_MAX);
            err->source = path;
            return -1;
        }
    }
    return 0;
}

int tr_file_open(const char *path, struct tr_err *err)
{
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;

    if (standard &&
        (fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY) { /* as start.c keeps a closed one */
        errno = EBADF;
        fd = -1;
    }
    if (fd < 0 || fstat(fd, &st) < 0)
        return tr_err_sys(err, TR_E_OPEN, path);
    if (!S_ISDIR(st.st_mode))
        return fd;
    tr_file_close(fd);
    tr_err_set(err, TR_E_DIRECTORY, NULL, NULL, NULL);
    err->source = path;
    return -1;
}

void tr_file_close(int fd)
{
    if (fd != STDIN_FILENO)
        close(fd);
}

int tr_file_hold(int fd, const char *name, char **path, struct tr_err *err)
{
    struct tr_buf text = {0};
    struct stat st;
    int held = -1;

    *path = NULL;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        return fd;
    if (read_rest(fd, name, false, &text, err) == 0)
        held = tr_memory_table_of("held", tr_buf_slice(&text), path, err);
    tr_buf_clear(&text);
    tr_file_close(fd);
    return held;
}

static int read_all(const char *path, bool text, struct tr_buf *out, struct tr_err *err)
{
    int fd = tr_file_open(path, err), rc;

    if (fd < 0)
        return -1;
    rc = read_rest(fd, path, text, out, err);
    tr_file_close(fd);
    return rc;
}

int tr_read_all(const char *path, struct tr_buf *out, struct tr_err *err)
{
    return read_all(path, false, out, err);
}

int tr_read_text(const char *path, struct tr_buf *out, struct tr_err *err)
{
    return read_all(path, true, out, err);
}

/* ---- what is read twice ---- */

static bool reads_once(const char *path)
{
    struct stat st;

    return strcmp(path, "-") == 0 ||
           (stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode));
}

static const char *hold(struct tr_twice *t, const char *path, struct tr_err *err)
{
    void *more = realloc(t->input, (t->n + (size_t)1) * sizeof *t->input);
    struct tr_twice_input in = {.path = path, .fd = -1};
    struct tr_buf text = {0};

    t->input = more ? more : t->input;
    if (!more)
        tr_err_memory(err);
    else if (tr_read_all(path, &text, err) == 0)
        in.fd = tr_memory_table_of("twice", tr_buf_slice(&text), &in.held, err);
    tr_buf_clear(&text);
    if (in.fd < 0)
        return NULL;
    t->input[t->n++] = in;
    return in.held;
}

const char *tr_twice_path(struct tr_twice *t, const char *path, struct tr_err *err)
{
    for (uint32_t i = 0; t && i < t->n; i++)
        if (strcmp(t->input[i].path, path) == 0)
            return t->input[i].held;
    return t && reads_once(path) ? hold(t, path, err) : path;
}

void tr_twice_clear(struct tr_twice *t)
{
    for (uint32_t i = 0; i < t->n; i++) {
        close(t->input[i].fd);
        free(t->input[i].held);
    }
    free(t->input);
    *t = (struct tr_twice){0};
}
