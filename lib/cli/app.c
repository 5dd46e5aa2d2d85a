#define _GNU_SOURCE
#include "cli/app.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/version.h"

#define _(msgid) gettext(msgid)

/* ---- words to standard error ---- */

/* Adds the translated text with its arguments in place of %1 %2 … */
static void expand(struct tr_buf *b, const char *msgid, const char *const arg[], int n)
{
    for (const char *p = *msgid ? _(msgid) : ""; *p; p++) {
        if (p[0] == '%' && p[1] >= '1' && p[1] < '1' + n) {
            tr_text_show(tr_str(arg[p[1] - '1'] ? arg[p[1] - '1'] : ""), b);
            p++;
        } else {
            tr_buf_char(b, *p);
        }
    }
}

/* One write a line, so that lines of several processes do not mix. */
static void flush_line(struct tr_buf *b)
{
    tr_buf_char(b, '\n');
    if (b->p && write(STDERR_FILENO, b->p, b->len) < 0)
        errno = 0; /* nobody left to tell */
    tr_buf_clear(b);
}

static void end_progress(struct tr_app *app)
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
        [TR_CLASS_ROW] = TR_EXIT_FOUND,   [TR_CLASS_WARN] = TR_EXIT_DONE,
        [TR_CLASS_DATA] = TR_EXIT_DATA,   [TR_CLASS_INPUT] = TR_EXIT_INPUT,
        [TR_CLASS_IO] = TR_EXIT_IO,       [TR_CLASS_CREATE] = TR_EXIT_CREATE,
        [TR_CLASS_MEMORY] = TR_EXIT_INTERNAL,
    };

    return status[class];
}

void tr_app_raise(struct tr_app *app, int status)
{
    if (status > app->status)
        app->status = status;
}

void tr_app_say(struct tr_app *app, const struct tr_err *err)
{
    const char *arg[3] = {err->arg[0], err->arg[1], err->arg[2]};
    bool warning = tr_code_class(err->code) == TR_CLASS_WARN, paint = colour();
    struct tr_buf b = {0};

    end_progress(app);
    tr_text_show(tr_str(err->source ? err->source : app->name), &b);
    if (err->line) {
        tr_buf_char(&b, ':');
        tr_buf_num(&b, (long long)err->line);
    }
    if (err->line && err->col) {
        tr_buf_char(&b, ':');
        tr_buf_num(&b, err->col);
    }
    tr_buf_text(&b, ": ");
    if (err->field[0]) {
        tr_text_show(tr_str(err->field), &b);
        tr_buf_text(&b, ": ");
    }
    tr_buf_text(&b, paint ? warning ? "\033[33m" : "\033[31m" : "");
    tr_buf_text(&b, tr_code_name(err->code));
    tr_buf_text(&b, paint ? "\033[0m: " : ": ");
    if (err->code == TR_E_TABLE_CELL || err->code == TR_E_HEADER_BAD)
        arg[0] = _(arg[0]); /* these are sentences of ours */
    expand(&b, tr_code_text(err->code), arg, 3);
    if (err->sys) {
        tr_buf_text(&b, ": ");
        tr_buf_text(&b, strerror(err->sys));
    }
    if (app->show_values && err->value[0]) {
        tr_buf_text(&b, " [");
        tr_text_show(tr_str(err->value), &b);
        tr_buf_char(&b, ']');
    }
    flush_line(&b);
    tr_app_raise(app, class_exit(tr_code_class(err->code)));
}

void tr_app_note(const struct tr_app *app, const char *msgid, ...)
{
    const char *arg[TR_NOTE_MAX], *text;
    struct tr_buf line = {0};
    va_list list;
    int n = 0;

    va_start(list, msgid);
    while (n < TR_NOTE_MAX && (text = va_arg(list, const char *)))
        arg[n++] = text;
    va_end(list);
    tr_buf_text(&line, app->name);
    tr_buf_text(&line, ": ");
    expand(&line, msgid, arg, n);
    flush_line(&line);
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
    struct tr_buf b = {0};

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
    tr_buf_clear(&b);
    app->progress_shown = true;
}

const char *tr_app_temporary(void)
{
    const char *folder = getenv("TMPDIR");

    return folder && *folder ? folder : P_tmpdir;
}

/* ---- options ---- */

enum { OPT_HELP = 1000, OPT_VERSION, OPT_VERBOSE, OPT_VALUES, OPT_PROFILE, OPT_DELIMITER,
       OPT_ENCODING, OPT_LIST, OPTIONS_MAX = 48 };

static const struct tr_option common[] = {
    {"delimiter", .arg = "CHAR", .help = N_("cells are separated by CHAR or by ‘tab’, whatever it looks like")},
    {"encoding", .arg = "NAME", .help = N_("the input is utf-8, windows-1252, utf-16le or utf-16be")},
    {"profile", .arg = "NAME|DIR", .help = N_("the municipality whose tables to use")},
    {"show-values", .help = N_("let diagnostics show what stood in a cell; it may be a person’s data")},
    {"verbose", .letter = 'v', .help = N_("say what was recognised and counted, also when all is well")},
    {"help", .letter = 'h', .help = N_("show this help")},
    {"version", .help = N_("show the version")},
    {NULL},
};
static const int common_values[] = {OPT_DELIMITER, OPT_ENCODING, OPT_PROFILE, OPT_VALUES,
                                    OPT_VERBOSE,   OPT_HELP,     OPT_VERSION};

/* Whether the program takes the i-th common option. */
static bool takes(const struct tr_app *app, int i)
{
    if (common_values[i] == OPT_DELIMITER || common_values[i] == OPT_ENCODING)
        return app->reading != NULL;
    return common_values[i] != OPT_PROFILE || !app->no_profile;
}

enum { HELP_INDENT = 28, HELP_WIDTH = 79 };

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
    if (o->arg || o->choices) {
        tr_buf_char(b, '=');
        for (int i = 0; o->choices && o->choices[i]; i++) {
            tr_buf_text(b, i ? "|" : "");
            tr_buf_text(b, o->choices[i]);
        }
        tr_buf_text(b, o->choices ? "" : o->arg);
    }
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
    tr_buf_text(&b, " [option ...] ");
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
        tr_buf_text(&b, e->command);
        tr_buf_text(&b, "\n      ");
        print_wrapped(&b, _(e->what), 6);
    }
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
        tr_app_note(app, N_("--%1 is one of: %2; did you mean ‘%3’?"), option, text, near.best.p, NULL);
    else
        tr_app_note(app, N_("--%1 is one of: %2"), option, text, NULL);
    tr_buf_clear(&all);
    exit(TR_EXIT_USAGE);
}

static void take_common(struct tr_app *app, int value, const char *arg)
{
    static const char *const encodings[] = {"auto",     "utf-8",        "utf-16le",
                                            "utf-16be", "windows-1252", NULL};

    switch (value) {
    case OPT_HELP:
        print_help(app);
        break;
    case OPT_LIST:
        list_options(app);
        break;
    case OPT_VERSION:
        printf("%s %s\n", app->name, TR_VERSION);
        exit(fflush(stdout) == 0 ? TR_EXIT_DONE : TR_EXIT_IO);
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
        app->reading->encoding = (enum tr_encoding)choose(app, "encoding", encodings, arg);
        break;
    case OPT_DELIMITER:
        app->reading->delimiter = strcmp(arg, "tab") == 0 || strcmp(arg, "\\t") == 0 ? '\t' : arg[0];
        if (app->reading->delimiter != '\t' && (strlen(arg) != 1 || strchr("\"\r\n", arg[0])))
            tr_app_usage(app, N_("--delimiter is one character of ASCII, or ‘tab’"), NULL, NULL);
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
    else
        *o->choice = choose(app, o->name, o->choices, arg);
}

static void parse_options(struct tr_app *app, int argc, char **argv)
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
            longs[n++] = (struct option){
                common[i].name, common[i].arg ? required_argument : no_argument, NULL, common_values[i]};
    longs[n] = (struct option){"list-options", no_argument, NULL, OPT_LIST};
    strcat(shorts, "vh");
    opterr = 0;
    while ((value = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        if (value == '?')
            unknown_option(app, optopt && optopt < 256
                                    ? (char[]){'-', (char)optopt, '\0'}
                                    : argv[optind - 1]);
        if (value == ':')
            tr_app_usage(app, N_("option ‘%1’ wants a value"), argv[optind - 1], NULL);
        if (value >= OPT_HELP || value == 'v' || value == 'h')
            take_common(app, value == 'v' ? OPT_VERBOSE : value == 'h' ? OPT_HELP : value, optarg);
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

/* ---- where things are ---- */

/* Beside an installed program ../share/transition, beside one in build/bin the source's share. */
static char *find_share(void)
{
    static const char *const places[] = {"/../share/transition", "/../../share"};
    char here[PATH_MAX], name[PATH_MAX + 32];
    ssize_t n = readlink("/proc/self/exe", here, sizeof here - 1);
    const char *given = getenv("TRANSITION_SHARE");
    struct stat st;

    if (given && *given)
        return strdup(given);
    if (n < 0)
        return NULL;
    here[n] = '\0';
    *strrchr(here, '/') = '\0';
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        snprintf(name, sizeof name, "%s%s/profiles", here, places[i]);
        if (stat(name, &st) == 0) {
            name[strlen(name) - strlen("/profiles")] = '\0';
            return strdup(name);
        }
    }
    return NULL;
}

/* Translations, chosen by LC_MESSAGES. Where the system lacks that locale, its name still chooses. */
static void start_language(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    char here[PATH_MAX], name[PATH_MAX + 32];
    ssize_t n = readlink("/proc/self/exe", here, sizeof here - 1);
    const char *wanted = NULL;

    for (int i = 0; i < 3 && (!wanted || !*wanted); i++)
        wanted = getenv(variables[i]);
    if (n < 0 || !wanted || strcmp(wanted, "C") == 0 || strcmp(wanted, "POSIX") == 0)
        return;
    if (!setlocale(LC_MESSAGES, "") && setlocale(LC_MESSAGES, "C.UTF-8"))
        setenv("LANGUAGE", wanted, 0);
    here[n] = '\0';
    *strrchr(here, '/') = '\0';
    snprintf(name, sizeof name, "%s/../share/locale", here);
    bindtextdomain("transition", name);
    bind_textdomain_codeset("transition", "UTF-8");
    textdomain("transition");
}

/* Names of the folders in share/profiles, in order. */
static void list_profiles(const char *share, struct tr_buf *out)
{
    char folder[PATH_MAX];
    struct dirent **entry;
    int n;

    snprintf(folder, sizeof folder, "%s/profiles", share);
    n = scandir(folder, &entry, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        if (entry[i]->d_name[0] != '.') {
            tr_buf_text(out, out->len ? " " : "");
            tr_buf_text(out, entry[i]->d_name);
        }
        free(entry[i]);
    }
    if (n >= 0)
        free(entry);
}

static void load_profile(struct tr_app *app)
{
    const char *name = app->profile_name ? app->profile_name : getenv("TRANSITION_PROFILE");
    char dir[PATH_MAX], texts[PATH_MAX];
    struct tr_buf known = {0};
    struct tr_err err;
    struct stat st;
    int rc = -1;

    name = name && *name ? name : "default";
    if (strchr(name, '/') || !app->share)
        snprintf(dir, sizeof dir, "%s", name);
    else
        snprintf(dir, sizeof dir, "%s/profiles/%s", app->share, name);
    snprintf(texts, sizeof texts, "%s/texts.csv", app->share ? app->share : ".");
    if (stat(dir, &st) == 0 && S_ISDIR(st.st_mode)) {
        rc = tr_profile_load(&app->profile, dir, texts, &err);
    } else {
        list_profiles(app->share ? app->share : ".", &known);
        tr_err_set(&err, TR_E_PROFILE, name, tr_buf_z(&known), NULL);
        tr_buf_clear(&known);
    }
    if (rc == 0)
        return;
    tr_app_say(app, &err);
    exit(tr_app_end(app));
}

void tr_app_start(struct tr_app *app, int argc, char **argv)
{
    start_language();
    parse_options(app, argc, argv);
    app->share = find_share();
    if (!app->no_profile)
        load_profile(app);
}

int tr_app_end(struct tr_app *app)
{
    end_progress(app);
    tr_profile_clear(&app->profile);
    free(app->share);
    return app->status;
}

/* ---- output that is whole or absent ---- */

enum { TEMPORARIES_MAX = 4 };

/* Names of the temporary files, for the signal handler. */
static char *volatile temporaries[TEMPORARIES_MAX];

/* Removes what is half written, then dies of the signal as if it had not been caught. */
static void remove_temporaries(int signal_number)
{
    for (int i = 0; i < TEMPORARIES_MAX; i++)
        if (temporaries[i])
            unlink(temporaries[i]);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void guard_temporary(char *name)
{
    static const int signals[] = {SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGXFSZ, SIGXCPU};

    for (int i = 0; i < TEMPORARIES_MAX; i++)
        if (!temporaries[i]) {
            temporaries[i] = name;
            break;
        }
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (signal(signals[i], remove_temporaries) == SIG_IGN)
            signal(signals[i], SIG_IGN);
}

static void release_temporary(const char *name)
{
    for (int i = 0; i < TEMPORARIES_MAX; i++)
        if (temporaries[i] == name)
            temporaries[i] = NULL;
}

int tr_output_open(struct tr_app *app, struct tr_output *o, const char *path, bool public_file)
{
    static const char suffix[] = ".XXXXXX";
    size_t n = path ? strlen(path) : 0;
    struct tr_err err;
    mode_t mask;

    *o = (struct tr_output){.fd = STDOUT_FILENO, .path = path};
    if (!path || strcmp(path, "-") == 0) {
        o->path = NULL;
        tr_out_init(&o->out, o->fd, "-");
        return 0;
    }
    o->temporary = malloc(n + sizeof suffix);
    if (o->temporary) {
        memcpy(o->temporary, path, n);
        memcpy(o->temporary + n, suffix, sizeof suffix);
        o->fd = mkostemp(o->temporary, O_CLOEXEC);
    }
    if (!o->temporary || o->fd < 0) {
        tr_err_sys(&err, TR_E_CREATE, path);
        tr_app_say(app, &err);
        free(o->temporary);
        o->temporary = NULL;
        return -1;
    }
    guard_temporary(o->temporary);
    if (public_file) {
        mask = umask(0);
        umask(mask);
        (void)fchmod(o->fd, 0644 & ~mask);
    }
    tr_out_init(&o->out, o->fd, path);
    return 0;
}

int tr_output_close(struct tr_app *app, struct tr_output *o, bool keep)
{
    struct tr_err err;
    int rc = tr_out_close(&o->out, &err);

    if (rc < 0)
        tr_app_say(app, &err);
    if (!o->temporary)
        return rc;
    if (rc == 0 && keep && (fsync(o->fd) < 0 || rename(o->temporary, o->path) < 0)) {
        tr_err_sys(&err, TR_E_WRITE, o->path);
        tr_app_say(app, &err);
        rc = -1;
    }
    close(o->fd);
    if (rc < 0 || !keep)
        unlink(o->temporary);
    release_temporary(o->temporary);
    free(o->temporary);
    o->temporary = NULL;
    return rc;
}
