#define _GNU_SOURCE
#include <getopt.h>
#include <libintl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/app/app.h"
#include "cli/app/app_own.h"
#include "cli/app/version.h"

#define _(msgid) gettext(msgid)

/* The options that every program takes, or those that read: places in common[]. getopt_long gives
 * OPT_BASE more, so that they cannot be mistaken for a program's own. */
enum {
    OPT_DELIMITER,
    OPT_ENCODING,
    OPT_SKIP,
    OPT_SHEET,
    OPT_HIDDEN,
    OPT_PROFILE,
    OPT_VALUES,
    OPT_VERBOSE,
    OPT_HELP,
    OPT_VERSION,
    N_COMMON,
    OPT_LIST = N_COMMON,
    OPT_BASE = 1000,
    OPTIONS_MAX = 48
};

static const struct tr_option common[N_COMMON + 1] = {
    [OPT_DELIMITER] = {"delimiter", .arg = "CHAR",
                       .help =
                           N_("separator of cells, one character or ‘tab’; overrides detection")},
    [OPT_ENCODING] = {"encoding", .arg = "NAME",
                      .help = N_("encoding of the input: utf-8, windows-1252, macintosh, cp865 or "
                                 "another that iconv(1) knows")},
    [OPT_SKIP] = {"skip", .arg = "LINES",
                  .help = N_("number of lines above the header; overrides detection")},
    [OPT_SHEET] = {"sheet", .arg = "NAME",
                   .help = N_("sheet of a workbook; by default the first with the header that is needed")},
    [OPT_HIDDEN] = {"hidden", .help = N_("read hidden rows, columns and sheets of a workbook, too")},
    [OPT_PROFILE] = {"profile", .arg = "NAME|DIR",
                     .help = N_("the municipality whose tables are used")},
    [OPT_VALUES] = {"show-values",
                    .help =
                        N_("show the contents of cells in diagnostics; they may be personal data")},
    [OPT_VERBOSE] = {"verbose", .letter = 'v',
                     .help =
                         N_("report what was recognised and counted, also when nothing is wrong")},
    [OPT_HELP] = {"help", .letter = 'h', .help = N_("show this help")},
    [OPT_VERSION] = {"version", .help = N_("show the version")},
};

/* Whether the program takes this common option. */
static bool takes(const struct tr_app *app, int option)
{
    return option >= OPT_PROFILE || app->reading;
}

enum { HELP_INDENT = 28, HELP_WIDTH = 79, CHOICES_WIDTH = 99 };

/* Adds text that starts at column indent, broken at spaces, and a line end. */
static void print_wrapped(struct tr_buf *b, const char *text, size_t indent)
{
    struct tr_str rest = tr_str(text), word;
    size_t at = indent;

    while (tr_str_part(&rest, ' ', &word)) {
        size_t width = tr_text_width(word);

        if (at > indent && at + 1 + width > HELP_WIDTH) {
            tr_buf_char(b, '\n');
            for (at = 0; at < indent; at++)
                tr_buf_char(b, ' ');
        } else if (at > indent) {
            tr_buf_char(b, ' ');
            at++;
        }
        tr_buf_str(b, word);
        at += width;
    }
    tr_buf_char(b, '\n');
}

/* The choices, going on in the next line where the one that began at from is full. Returns where the
 * last line began. */
static size_t print_choices(struct tr_buf *b, const char *const *choices, size_t from)
{
    size_t indent = b->len - from;

    for (int i = 0; choices[i]; i++) {
        tr_buf_text(b, i ? "|" : "");
        if (b->len - from + strlen(choices[i]) >= CHOICES_WIDTH) {
            tr_buf_char(b, '\n');
            from = b->len;
            while (b->len - from < indent)
                tr_buf_char(b, ' ');
        }
        tr_buf_text(b, choices[i]);
    }
    return from;
}

static void print_option(struct tr_buf *b, const struct tr_option *o)
{
    size_t from = b->len;

    tr_buf_text(b, "  ");
    if (o->letter) {
        tr_buf_char(b, '-');
        tr_buf_char(b, o->letter);
        tr_buf_text(b, ", ");
    } else {
        tr_buf_text(b, "    ");
    }
    tr_buf_text(b, "--");
    tr_buf_text(b, o->name);
    if (o->arg || o->choices)
        tr_buf_char(b, '=');
    if (o->choices)
        from = print_choices(b, o->choices, from);
    else
        tr_buf_text(b, o->arg ? o->arg : "");
    if (b->len - from > HELP_INDENT - 2) {
        tr_buf_char(b, '\n');
        from = b->len;
    }
    while (b->len - from < HELP_INDENT)
        tr_buf_char(b, ' ');
    print_wrapped(b, _(o->help), HELP_INDENT);
}

/* Writes b to standard output and ends. */
static void finish(struct tr_app *app, struct tr_buf *b)
{
    struct tr_out out;
    struct tr_err err;

    tr_out_init(&out, STDOUT_FILENO, "-");
    tr_out_str(&out, tr_buf_slice(b));
    tr_buf_clear(b);
    if (tr_out_close(&out, &err) < 0)
        tr_app_say(app, &err);
    exit(app->status);
}

static void print_help(struct tr_app *app)
{
    struct tr_buf b = {0};

    tr_buf_text(&b, _("Usage: "));
    tr_buf_text(&b, app->name);
    tr_buf_text(&b, " [option ...]");
    tr_buf_text(&b, *app->arguments ? " " : "");
    tr_buf_text(&b, app->arguments);
    tr_buf_text(&b, "\n\n");
    tr_buf_text(&b, _(app->purpose));
    tr_buf_text(&b, "\n\n");
    for (const struct tr_option *o = app->options; o->name; o++)
        print_option(&b, o);
    for (int i = 0; common[i].name; i++)
        if (takes(app, i))
            print_option(&b, &common[i]);
    tr_buf_text(&b, "\n");
    tr_buf_text(&b, _("Examples:"));
    tr_buf_text(&b, "\n");
    for (const struct tr_example *e = app->examples; e->command; e++) {
        tr_buf_text(&b, "  ");
        for (const char *c = e->command; *c; c++) {
            tr_buf_char(&b, *c);
            tr_buf_text(&b, *c == '\n' ? "    " : "");
        }
        tr_buf_text(&b, "\n      ");
        print_wrapped(&b, _(e->what), 6);
    }
    finish(app, &b);
}

static void print_version(struct tr_app *app)
{
    struct tr_buf b = {0};

    tr_buf_text(&b, app->name);
    tr_buf_text(&b, " " TR_VERSION "\n");
    finish(app, &b);
}

/* One option a line, for completions and for the test of the manual. */
static void list_options(struct tr_app *app)
{
    struct tr_buf b = {0};

    for (int i = 0; i < 2; i++)
        for (const struct tr_option *o = i ? common : app->options; o->name; o++) {
            if (i && !takes(app, (int)(o - common)))
                continue;
            tr_buf_text(&b, "--");
            tr_buf_text(&b, o->name);
            tr_buf_text(&b, o->arg || o->choices ? "=" : "");
            for (int c = 0; o->choices && o->choices[c]; c++) {
                tr_buf_text(&b, c ? "|" : "");
                tr_buf_text(&b, o->choices[c]);
            }
            tr_buf_char(&b, '\n');
        }
    finish(app, &b);
}

static void unknown_option(const struct tr_app *app, const char *given)
{
    struct tr_str name = tr_str(given + strspn(given, "-"));
    struct tr_near near;
    const char *equals = memchr(name.p, '=', name.len);
    char best[64];

    name.len = equals ? (size_t)(equals - name.p) : name.len;
    near = (struct tr_near){.wanted = name};
    for (const struct tr_option *o = app->options; o->name; o++)
        tr_near_offer(&near, tr_str(o->name));
    for (int i = 0; common[i].name; i++)
        if (takes(app, i))
            tr_near_offer(&near, tr_str(common[i].name));
    tr_err_copy(best, sizeof best, near.best);
    if (tr_near_found(&near))
        tr_app_usage(app, N_("no option ‘%1’; did you mean ‘--%2’?"), given, best);
    tr_app_usage(app, N_("no option ‘%1’"), given, NULL);
}

/* The index of given among the choices, or a usage error. */
static int choose(const struct tr_app *app, const char *option, const char *const *choices,
                  const char *given)
{
    struct tr_near near = {.wanted = tr_str(given)};
    struct tr_buf all = {0};
    const char *text;

    for (int i = 0; choices[i]; i++)
        if (strcmp(choices[i], given) == 0)
            return i;
    for (int i = 0; choices[i]; i++) {
        tr_near_offer(&near, tr_str(choices[i]));
        tr_buf_text(&all, i ? " " : "");
        tr_buf_text(&all, choices[i]);
    }
    text = tr_buf_z(&all);
    if (tr_near_found(&near))
        tr_app_note(app, N_("--%1 is one of: %2; did you mean ‘%3’?"), option, text, near.best.p,
                    NULL);
    else
        tr_app_note(app, N_("--%1 is one of: %2"), option, text, NULL);
    tr_buf_clear(&all);
    exit(TR_EXIT_USAGE);
}

static uint32_t lines_of(const struct tr_app *app, const char *arg)
{
    size_t digits = strspn(arg, "0123456789");

    if (digits == 0 || digits > 5 || arg[digits])
        tr_app_usage(app, N_("--skip is a number of lines, not ‘%1’"), arg, NULL);
    return (uint32_t)atoi(arg);
}

static void take_common(struct tr_app *app, int value, const char *arg)
{
    switch (value) {
    case OPT_HELP:
        print_help(app);
        break;
    case OPT_LIST:
        list_options(app);
        break;
    case OPT_VERSION:
        print_version(app);
        break;
    case OPT_VERBOSE:
        app->verbose = true;
        break;
    case OPT_VALUES:
        app->show_values = true;
        break;
    case OPT_PROFILE:
        app->profile_name = arg;
        break;
    case OPT_ENCODING:
        if (tr_encoding_find(arg, &app->reading->encoding) < 0)
            tr_app_usage(app, N_("iconv(1) knows no encoding ‘%1’"), arg, NULL);
        break;
    case OPT_SKIP:
        app->reading->skip = lines_of(app, arg);
        break;
    case OPT_SHEET:
        app->reading->sheet.name = arg;
        break;
    case OPT_HIDDEN:
        app->reading->sheet.hidden = true;
        break;
    case OPT_DELIMITER:
        app->reading->delimiter =
            strcmp(arg, "tab") == 0 || strcmp(arg, "\\t") == 0 ? '\t' : arg[0];
        if (app->reading->delimiter != '\t' && (strlen(arg) != 1 || strchr("\"\r\n", arg[0])))
            tr_app_usage(app, N_("--delimiter is one ASCII character, or ‘tab’"), NULL, NULL);
        break;
    default:
        break;
    }
}

static void take_own(struct tr_app *app, const struct tr_option *o, const char *arg)
{
    if (o->flag)
        *o->flag = true;
    else if (o->text)
        *o->text = arg;
    else if (o->texts && o->texts->n == TR_TEXTS_MAX)
        tr_app_usage(app, N_("--%1 is given too many times"), o->name, NULL);
    else if (o->texts)
        o->texts->at[o->texts->n++] = arg;
    else
        *o->choice = choose(app, o->name, o->choices, arg);
}

enum tr_lang tr_app_language(const struct tr_app *app, int asked)
{
    struct tr_str own = tr_profile_value(&app->profile, "language");

    for (int l = 0; asked < 0 && l < TR_N_LANGS; l++)
        if (tr_str_is(own, tr_lang_names[l]))
            return (enum tr_lang)l;
    return asked < 0 ? TR_NB : (enum tr_lang)asked;
}

int32_t tr_app_day(const struct tr_app *app, const char *option, const char *text)
{
    struct tr_date day;

    if (!text)
        tr_app_usage(app, N_("--%1=DATE is needed"), option, NULL);
    if (!tr_date_parse(tr_str(text), &day))
        tr_app_usage(app, N_("--%1 is a day, such as 2026-11-21, not ‘%2’"), option, text);
    return tr_date_number(day);
}

long long tr_app_whole(const struct tr_app *app, const char *text, long long least, long long most,
                       const char *misuse)
{
    long long n;

    if (!tr_number_read(tr_str(text), &n) || n < least || n > most)
        tr_app_usage(app, misuse, text, NULL);
    return n;
}

double tr_app_count(const struct tr_app *app, const char *option, const char *text, long long most)
{
    long long n;

    if (!tr_number_read(tr_str(text), &n) || n < 0 || n > most)
        tr_app_usage(app, N_("%1 is a whole number that is not negative, not ‘%2’"), option, text);
    return (double)n;
}

int32_t tr_app_number(const struct tr_app *app, const char *option, const char *text, int32_t most)
{
    char *end;
    long n = text ? strtol(text, &end, 10) : 0;

    if (text && (end == text || *end || n < 1))
        tr_app_usage(app, N_("%1 is a number above zero, not ‘%2’"), option, text);
    if (text && n > most) {
        char limit[16];

        snprintf(limit, sizeof limit, "%d", most);
        tr_app_usage(app, N_("%1 is %2 at most"), option, limit);
    }
    return (int32_t)n;
}

const char *tr_app_iso_day(const struct tr_app *app, const char *option, const char *text,
                           char out[TR_DATE_LEN + 1])
{
    if (!text)
        return NULL;
    tr_date_iso(tr_date_of(tr_app_day(app, option, text)), out);
    out[TR_DATE_LEN] = '\0';
    return out;
}

const char *tr_app_choice(const struct tr_app *app, const char *const *choices, const char *given)
{
    struct tr_buf all = {0};

    for (int i = 0; choices[i]; i++) {
        if (strcmp(choices[i], given) == 0) {
            tr_buf_clear(&all);
            return choices[i];
        }
        tr_buf_text(&all, i ? " " : "");
        tr_buf_text(&all, choices[i]);
    }
    tr_app_usage(app, N_("‘%1’ is not one of: %2"), given, tr_buf_z(&all));
}

int tr_app_code(const struct tr_app *app, const char *list_name, const char *given)
{
    const struct tr_list *list = tr_profile_list(&app->profile, list_name);
    struct tr_err err;
    int i = list ? tr_list_find(list, tr_str(given)) : -1;

    if (i >= 0)
        return i;
    tr_err_set(&err, TR_E_CODE, "", NULL, NULL);
    if (list)
        tr_list_fault(list, tr_str(given), &err);
    tr_app_usage(app,
                 err.code == TR_E_CODE ? N_("there is no ‘%1’; choose from %2")
                                       : N_("there is no ‘%1’; did you mean ‘%2’?"),
                 given, err.arg[0]);
}

struct tr_str tr_app_district(const struct tr_app *app, const char *given)
{
    return given ? app->profile.of_field[TR_F_BYDEL]->entry[tr_app_code(app, "bydel", given)].code
                 : (struct tr_str){NULL, 0};
}

/* Whether an option stands where its neighbour's value should: --output --as-of=DATE names no file, and the option
 * would be lost without a word. */
static bool is_option(const struct option *longs, const char *value)
{
    const size_t len = strncmp(value, "--", 2) == 0 ? strcspn(value + 2, "=") : 0;

    for (int i = 0; len > 0 && longs[i].name; i++)
        if (strlen(longs[i].name) == len && strncmp(longs[i].name, value + 2, len) == 0)
            return true;
    return false;
}

void tr_start_options(struct tr_app *app, int argc, char **argv)
{
    struct option longs[OPTIONS_MAX] = {0};
    char shorts[2 * OPTIONS_MAX] = ":";
    int n = 0, value;

    for (const struct tr_option *o = app->options; o->name; o++, n++) {
        longs[n] = (struct option){o->name, o->arg || o->choices ? required_argument : no_argument,
                                   NULL, n};
        if (o->letter)
            strncat(shorts, (char[]){o->letter, o->arg || o->choices ? ':' : '\0', '\0'}, 2);
    }
    for (int i = 0; common[i].name; i++)
        if (takes(app, i))
            longs[n++] =
                (struct option){common[i].name, common[i].arg ? required_argument : no_argument,
                                NULL, OPT_BASE + i};
    longs[n] = (struct option){"list-options", no_argument, NULL, OPT_BASE + OPT_LIST};
    strcat(shorts, "vh");
    opterr = 0;
    while ((value = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        if (value == '?' && strncmp(argv[optind - 1], "--", 2) == 0 && optopt)
            tr_app_usage(app, N_("option ‘%1’ takes no value"), argv[optind - 1], NULL);
        if (value == '?')
            unknown_option(app, optopt && optopt < 256 ? (char[]){'-', (char)optopt, '\0'}
                                                       : argv[optind - 1]);
        if (value == ':')
            tr_app_usage(app, N_("option ‘%1’ needs a value"), argv[optind - 1], NULL);
        if (optarg && optarg == argv[optind - 1] && is_option(longs, optarg))
            tr_app_usage(app, N_("option ‘%1’ needs a value"), argv[optind - 2], NULL);
        if (value >= OPT_BASE || value == 'v' || value == 'h')
            take_common(app,
                        value == 'v'   ? OPT_VERBOSE
                        : value == 'h' ? OPT_HELP
                                       : value - OPT_BASE,
                        optarg);
        else if (value < OPTIONS_MAX && value < ' ')
            take_own(app, &app->options[value], optarg);
        else
            for (const struct tr_option *o = app->options; o->name; o++)
                if (o->letter == value)
                    take_own(app, o, optarg);
    }
    app->arguments_given = argv + optind;
    app->n_arguments = argc - optind;
    if (app->max_arguments >= 0 && app->n_arguments > app->max_arguments)
        tr_app_usage(app, N_("too many arguments: ‘%1’"), argv[optind + app->max_arguments], NULL);
}
