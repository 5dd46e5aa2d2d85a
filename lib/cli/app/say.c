#define _GNU_SOURCE
#include "cli/app/app.h"

#include <errno.h>
#include <libintl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/app/app_own.h"
#include "cli/app/memory.h"
#include "cli/app/memory_table.h"

enum { SAID_MAX = 8192 };

/* The length of what s begins with and may be a person's number: 11 or 12 digits, or 6 and 5 with a
 * space, point or hyphen between. 0: none. */
static size_t number_length(struct tr_str s)
{
    size_t n = tr_str_digits(s);

    if (n == 6 && s.len > 6 && strchr(" .-", s.p[6]) && tr_str_digits(tr_str_from(s, 7)) == 5)
        return 12;
    return n == 11 || n == 12 ? n : 0;
}

/* Adds text harmless to a terminal. Whatever it was thought to be, it tells nobody's number, unless
 * values are asked for. Letters of hashes are hexadecimal: digits beside them are no number. */
static void show(const struct tr_app *app, struct tr_str s, struct tr_buf *b)
{
    size_t from = 0, n;

    for (size_t i = 0; i < s.len && !app->show_values; i += n) {
        struct tr_str rest = tr_str_from(s, i);
        size_t hidden = number_length(rest);

        n = tr_str_digits(rest);
        if (hidden > 0 && (i == 0 || !strchr("abcdef", s.p[i - 1])) &&
            (i + hidden == s.len || !strchr("abcdef", s.p[i + hidden]))) {
            tr_text_show((struct tr_str){s.p + from, i - from}, b);
            tr_buf_text(b, "…");
            from = i + (n = hidden);
        }
        n = n > 0 ? n : 1;
    }
    tr_text_show(tr_str_from(s, from), b);
}

/* Adds the translated text with its arguments in place of %1 %2 … */
static void expand(const struct tr_app *app, struct tr_buf *b, const char *msgid,
                   const char *const arg[], int n)
{
    for (const char *p = *msgid ? gettext(msgid) : ""; *p; p++) {
        if (p[0] == '%' && p[1] >= '1' && p[1] < '1' + n) {
            show(app, tr_str(arg[p[1] - '1'] ? arg[p[1] - '1'] : ""), b);
            p++;
        } else {
            tr_buf_char(b, *p);
        }
    }
}

/* One write a line, so that lines of several processes do not mix. A line that does not fit is cut
 * off: what is said needs no memory, so that none is lost for want of it. */
static void flush_line(struct tr_buf *b)
{
    b->len -= b->len == b->cap;
    b->p[b->len++] = '\n';
    if (write(STDERR_FILENO, b->p, b->len) < 0)
        errno = 0; /* nobody left to tell */
}

void tr_say_end_progress(struct tr_app *app)
{
    if (app->progress_shown)
        (void)!write(STDERR_FILENO, "\r\033[K", 4);
    app->progress_shown = false;
}

static bool colour(void)
{
    const char *no = getenv("NO_COLOR");

    return isatty(STDERR_FILENO) && !(no && *no);
}

static int class_exit(enum tr_class class)
{
    static const int status[] = {
        [TR_CLASS_ROW] = TR_EXIT_FOUND,       [TR_CLASS_WARN] = TR_EXIT_DONE,
        [TR_CLASS_DATA] = TR_EXIT_DATA,       [TR_CLASS_INPUT] = TR_EXIT_INPUT,
        [TR_CLASS_IO] = TR_EXIT_IO,           [TR_CLASS_CREATE] = TR_EXIT_CREATE,
        [TR_CLASS_MEMORY] = TR_EXIT_INTERNAL, [TR_CLASS_BUSY] = TR_EXIT_BUSY,
        [TR_CLASS_DENIED] = TR_EXIT_DENIED,
    };

    return status[class];
}

void tr_app_raise(struct tr_app *app, int status)
{
    if (status > app->status)
        app->status = status;
}

const char *tr_app_source_name(const struct tr_app *app, const char *source)
{
    if (!source)
        return app->name;
    return app->register_name && tr_memory_table_is(source) ? app->register_name : source;
}

/* A column as spreadsheets call it: A to Z, AA and so on. */
static const char *in_letters(uint32_t column, char letters[8])
{
    char *p = letters + 7;

    *p = '\0';
    for (uint32_t c = column; c > 0; c = (c - 1) / 26)
        *--p = (char)('A' + (c - 1) % 26);
    return p;
}

/* Adds where a spreadsheet shows the cell, and the header. */
static void add_column(const struct tr_app *app, struct tr_buf *b, const struct tr_err *err)
{
    char letters[8];
    const char *p = in_letters(err->column, letters);

    if (err->column == 0 || err->col & TR_COL_SHEET)
        return;
    tr_buf_char(b, ' ');
    expand(app, b, err->header[0] ? N_("(column %1, ‘%2’)") : N_("(column %1)"),
           (const char *[]){p, err->header}, 2);
}

void tr_app_sentence(const struct tr_app *app, const struct tr_err *err, struct tr_buf *b)
{
    const char *arg[3] = {err->arg[0], err->arg[1], err->arg[2]};
    const char *text = tr_code_text(err->code);
    char sentence[SAID_MAX / 4];
    struct tr_buf inner = TR_BUF_IN(sentence);

    if (err->code == TR_E_HEADER_BAD) { /* a sentence with arguments of its own */
        expand(app, &inner, arg[0], arg + 1, 2);
        arg[0] = tr_buf_z(&inner);
        arg[0] = arg[0] ? arg[0] : "";
    } else if (err->code == TR_E_TABLE_CELL || err->code == TR_E_CERTIFICATE ||
               err->code == TR_E_CHECK_KIND) {
        arg[0] = gettext(arg[0]); /* these are sentences of ours */
    } else if (err->code == TR_E_COLUMN_MISSING && !*arg[0]) {
        text = N_("the column is missing"); /* no header is like it */
    }
    expand(app, b, text, arg, 3);
}

/* Where inputs are read twice, what both readings say is said once. */
static void say_line(const struct tr_app *app, struct tr_buf *b)
{
    int once = 0;

    if (!app->said || tr_dict_add(app->said, tr_buf_slice(b), &once) != 1)
        flush_line(b);
}

void tr_app_say(struct tr_app *app, const struct tr_err *err)
{
    bool warning = tr_code_class(err->code) == TR_CLASS_WARN, paint = colour();
    char line[SAID_MAX];
    struct tr_buf b = TR_BUF_IN(line);

    if (tr_memory_out()) { /* nothing is concluded from what was not got; it will be said */
        tr_app_raise(app, TR_EXIT_INTERNAL);
        return;
    }
    tr_say_end_progress(app);
    if (err->source && strcmp(err->source, "-") == 0 && !err->line) { /* which of a pipe? */
        tr_buf_text(&b, app->name);
        tr_buf_text(&b, ": ");
    }
    tr_text_show(tr_str(tr_app_source_name(app, err->source)), &b);
    if (err->line) {
        char letters[8];

        tr_buf_char(&b, ':');
        if (err->col & TR_COL_SHEET)
            tr_buf_text(&b, in_letters(err->col & ~(uint32_t)TR_COL_SHEET, letters));
        tr_buf_num(&b, (long long)err->line);
    }
    if (err->line && err->col && !(err->col & TR_COL_SHEET)) {
        tr_buf_char(&b, ':');
        tr_buf_num(&b, err->col);
    }
    tr_buf_text(&b, ": ");
    if (err->field[0]) {
        show(app, tr_str(err->field), &b);
        tr_buf_text(&b, ": ");
    }
    tr_buf_text(&b, paint ? warning ? "\033[33m" : "\033[31m" : "");
    tr_buf_text(&b, tr_code_name(err->code));
    tr_buf_text(&b, paint ? "\033[0m: " : ": ");
    tr_app_sentence(app, err, &b);
    if (err->sys) {
        tr_buf_text(&b, ": ");
        tr_buf_text(&b, strerror(err->sys));
    }
    add_column(app, &b, err);
    if (app->show_values && err->value[0]) {
        tr_buf_text(&b, " [");
        tr_text_show(tr_str(err->value), &b);
        tr_buf_char(&b, ']');
    }
    say_line(app, &b);
    if (err->code == TR_E_MEMORY && tr_memory_is_settled())
        tr_app_raise(app, TR_EXIT_FOUND); /* what matters is done */
    else
        tr_app_raise(app, class_exit(tr_code_class(err->code)));
}

int tr_app_fail(struct tr_app *app, const struct tr_err *err)
{
    tr_app_say(app, err);
    return -1;
}

int tr_app_no_memory(struct tr_app *app)
{
    struct tr_err err;

    tr_err_memory(&err);
    return tr_app_fail(app, &err);
}

/* A note behind the program's name. */
static void put_note(const struct tr_app *app, struct tr_buf *b, const char *msgid, const char *const arg[], int n)
{
    tr_buf_text(b, app->name);
    tr_buf_text(b, ": ");
    expand(app, b, msgid, arg, n);
}

void tr_app_changed(struct tr_app *app)
{
    char text[SAID_MAX];
    struct tr_buf line = TR_BUF_IN(text);

    app->committed = true;
    put_note(app, &line, N_("%1 is changed all the same"), (const char *[]){app->register_name}, 1);
    tr_buf_text(&line, "\n");
    tr_memory_add(tr_buf_z(&line) ? tr_buf_z(&line) : "");
}

void tr_app_note(const struct tr_app *app, const char *msgid, ...)
{
    const char *arg[TR_NOTE_MAX], *text;
    char text_of[SAID_MAX];
    struct tr_buf line = TR_BUF_IN(text_of);
    va_list list;
    int n = 0;

    if (tr_memory_out())
        return;
    va_start(list, msgid);
    while (n < TR_NOTE_MAX && (text = va_arg(list, const char *)))
        arg[n++] = text;
    va_end(list);
    put_note(app, &line, msgid, arg, n);
    say_line(app, &line);
}

void tr_app_usage(const struct tr_app *app, const char *msgid, const char *a, const char *b)
{
    tr_app_note(app, msgid, a, b, NULL);
    tr_app_note(app, N_("try ‘%1 --help’"), app->name, NULL);
    exit(TR_EXIT_USAGE);
}

void tr_app_progress(struct tr_app *app, uint64_t rows)
{
    struct timespec now;
    char line[128];
    struct tr_buf b = TR_BUF_IN(line);

    if (!isatty(STDERR_FILENO))
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!app->started)
        app->started = now.tv_sec;
    if (now.tv_sec - app->started < 2)
        return;
    tr_buf_text(&b, "\r");
    tr_buf_text(&b, app->name);
    tr_buf_text(&b, ": ");
    tr_buf_num(&b, (long long)rows);
    (void)!write(STDERR_FILENO, b.p, b.len);
    app->progress_shown = true;
}
