#define _GNU_SOURCE
#include "cli/app/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/secret.h"
#include "base/text.h"
#include "base/thread.h"
#include "cli/app/memory.h"
#include "cli/app/pager.h"
#include "cli/app/drawing.h"

/* An output from its opening until all are let go. */
struct tr_output_file {
    struct tr_output_file *volatile next;
    char *volatile temporary; /* NULL: written as it is, or it has its name */
    char *name;               /* as it is said */
    char *target;             /* what the temporary file will be called */
    int fd;
    struct tr_out rest; /* closed, and not a file: what is still to be written */
    bool closed, secret, stands;
};

/* All of them, in the order in which they were opened; the last folder that was made for them. For
 * the signal handler, too. */
static struct tr_output_file *volatile files;
static char *volatile made_folder;
static bool failed; /* an output did */

/* The main thread changes them, and holds this meanwhile: another thread that has the process end, as its memory
 * ran out or it got the signal, must not miss a file that is being made. Nor must the main thread itself: it hears no
 * signals meanwhile. Where its memory runs out, it may end in the middle. */
static pthread_mutex_t changing = PTHREAD_MUTEX_INITIALIZER;
static sigset_t heard; /* before that */

static void begin_change(void)
{
    sigset_t all;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &heard);
    pthread_mutex_lock(&changing);
}

static void end_change(void)
{
    pthread_mutex_unlock(&changing);
    pthread_sigmask(SIG_SETMASK, &heard, NULL);
}

static void remove_temporaries(void)
{
    if (gettid() != getpid())
        pthread_mutex_lock(&changing); /* and keeps it to the end */
    for (struct tr_output_file *f = files; f; f = f->next)
        if (f->temporary)
            unlink(f->temporary);
    if (made_folder)
        rmdir(made_folder); /* not when something stands in it */
}

/* Removes what is half written, then dies of the signal as if it had not been caught. */
static void die(int signal_number)
{
    remove_temporaries();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void guard(void)
{
    static const int signals[] = {SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGXFSZ, SIGXCPU};
    static bool guarding;

    for (size_t i = 0; i < sizeof signals / sizeof *signals && !guarding; i++)
        if (signal(signals[i], die) == SIG_IGN)
            signal(signals[i], SIG_IGN);
    guarding = true;
    tr_memory_at_end(remove_temporaries);
}

static int cannot_create(struct tr_app *app, const char *path)
{
    struct tr_err err;

    tr_err_sys(&err, TR_E_CREATE, path);
    return tr_app_fail(app, &err);
}

/* ---- the list ---- */

static struct tr_output_file *add_file(const char *name)
{
    struct tr_output_file *f = calloc(1, sizeof *f), *volatile *at = &files;

    if (f)
        *f = (struct tr_output_file){.name = strdup(name), .fd = -1};
    if (!f || !f->name) {
        free(f);
        return NULL;
    }
    begin_change();
    while (*at)
        at = (struct tr_output_file *volatile *)&(*at)->next;
    *at = f;
    end_change();
    return f;
}

static void drop_file(struct tr_output_file *f)
{
    struct tr_output_file *volatile *at = &files;

    begin_change();
    while (*at && *at != f)
        at = (struct tr_output_file *volatile *)&(*at)->next;
    if (*at)
        *at = f->next;
    if (f->temporary)
        unlink(f->temporary);
    if (f->fd >= 0 && f->fd != STDOUT_FILENO)
        close(f->fd);
    f->secret ? tr_buf_wipe(&f->rest.buf) : tr_buf_clear(&f->rest.buf);
    free(f->temporary);
    free(f->target);
    free(f->name);
    free(f);
    end_change();
}

/* ---- opening ---- */

/* A new file, the last letters of whose name are chosen. As mkstemp(3), but for writing only. */
static int open_unique(char *name, char *letters)
{
    static const char choice[] = "abcdefghijklmnopqrstuvwxyz012345";
    unsigned char chance[6];
    int fd;

    for (int tries = 0; tries < 100; tries++) {
        if (getrandom(chance, sizeof chance, 0) < 0)
            return -1;
        for (size_t i = 0; i < sizeof chance; i++)
            letters[i] = choice[chance[i] & 31];
        fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

/* A new file beside the target. */
static int open_temporary(struct tr_output_file *f, const char *target, bool public_file)
{
    static const char suffix[] = ".XXXXXX";
    size_t n = strlen(target);
    char *temporary = malloc(n + sizeof suffix);
    mode_t mask;

    f->target = strdup(target);
    if (!temporary || !f->target) {
        free(temporary);
        return -1;
    }
    memcpy(temporary, target, n);
    memcpy(temporary + n, suffix, sizeof suffix);
    guard();
    begin_change();
    f->fd = open_unique(temporary, temporary + n + 1);
    f->temporary = f->fd < 0 ? NULL : temporary;
    end_change();
    if (f->fd < 0) {
        free(temporary);
        return -1;
    }
    if (!public_file) /* it was made for its owner alone */
        return 0;
    mask = umask(0);
    umask(mask);
    return fchmod(f->fd, 0644 & ~mask);
}

bool tr_output_folder_is_safe(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    struct stat st;

    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    return stat(folder[0] ? folder : "/", &st) < 0 || !(st.st_mode & S_IWOTH) ||
           (st.st_mode & S_ISVTX);
}

/* Whether what is at path, or the folder that it is to be in, is ours: nobody else put it there. */
static bool is_ours(const char *path)
{
    struct stat st;

    if (strncmp(path, "/dev/", 5) == 0)
        return true;
    if (lstat(path, &st) == 0 && st.st_uid != geteuid())
        return false;
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISCHR(st.st_mode) &&
        st.st_uid != geteuid())
        return false;
    return tr_output_folder_is_safe(path);
}

static int refuse_place(struct tr_app *app, const char *path)
{
    struct tr_err err;

    tr_err_set(&err, TR_E_OUTPUT_PLACE, NULL, NULL, NULL);
    err.source = path;
    return tr_app_fail(app, &err);
}

int tr_output_place(struct tr_app *app, const char *path)
{
    return is_ours(path) ? 0 : refuse_place(app, path);
}

/* Opens what is at path, or will be: 0, or -1 with errno. */
static int open_place(struct tr_output_file *f, const char *path, bool public_file)
{
    char link[PATH_MAX];
    struct stat st;
    bool there = stat(path, &st) == 0;

    if (!there || S_ISREG(st.st_mode))
        return open_temporary(f, there && realpath(path, link) ? link : path, public_file);
    errno = EISDIR; /* a device or a pipe stays what it is */
    f->fd = S_ISDIR(st.st_mode) ? -1 : open(path, O_WRONLY | O_CLOEXEC);
    return f->fd < 0 ? -1 : 0;
}

bool tr_output_is_book(const char *path)
{
    static const char ending[] = ".xlsx";
    size_t n = strlen(path), tail = sizeof ending - 1;

    return n > tail && strcmp(path + n - tail, ending) == 0;
}

void tr_app_no_terminal(struct tr_app *app, const char *format, const char *path)
{
    if ((!path || strcmp(path, "-") == 0) && isatty(STDOUT_FILENO))
        tr_app_usage(app, N_("will not write %1 to a terminal: use --output=FILE"), format, NULL);
}

int tr_output_open(struct tr_app *app, struct tr_output *o, const char *path, bool public_file)
{
    bool standard = !path || strcmp(path, "-") == 0;
    int sys;

    *o = (struct tr_output){.file = NULL};
    if (!standard && !public_file && !is_ours(path)) {
        failed = true;
        return refuse_place(app, path);
    }
    o->file = add_file(standard ? "-" : path);
    if (!o->file)
        return tr_app_no_memory(app);
    if (standard)
        o->file->fd = STDOUT_FILENO;
    else if (open_place(o->file, path, public_file) < 0) {
        sys = errno;
        drop_file(o->file);
        o->file = NULL;
        failed = true;
        errno = sys;
        return cannot_create(app, path);
    }
    tr_out_init(&o->out, o->file->fd, o->file->name);
    if (app->hold && !o->file->temporary)
        o->out.fd = -1;
    return 0;
}

int tr_output_table(struct tr_app *app, struct tr_output *o, const char *path, bool public_file,
                    enum tr_format format)
{
    if (format == TR_FORMAT_XLSX)
        tr_app_no_terminal(app, tr_format_names[format], path);
    if (tr_output_open(app, o, path, public_file) < 0)
        return -1;
    if (tr_format_is_drawn(format)) {
        o->drawn = format;
        o->out.fd = -1;
    }
    return 0;
}

void tr_output_sentences(struct tr_str text, struct tr_out *out)
{
    struct tr_str line;

    while (text.len > 0 && tr_str_part(&text, '\n', &line)) {
        tr_text_show(line, &out->buf);
        tr_out_char(out, '\n');
    }
}

int tr_output_folder(const char *path, unsigned mode, bool old_too)
{
    char *name = strdup(path);

    if (!name || mkdir(path, mode) < 0) {
        free(name);
        return name && errno == EEXIST && old_too ? 0 : -1;
    }
    free(made_folder);
    made_folder = name;
    guard();
    return 0;
}

/* ---- closing ---- */

/* Gives the file its name. */
static int take_name(struct tr_app *app, struct tr_output_file *f)
{
    struct tr_err err;
    char *temporary = f->temporary;
    int rc;

    begin_change();
    rc = rename(temporary, f->target);
    f->temporary = rc < 0 ? temporary : NULL;
    end_change();
    if (rc < 0) {
        tr_err_sys(&err, TR_E_WRITE, f->name);
        return tr_app_fail(app, &err);
    }
    f->stands = true;
    free(temporary);
    return 0;
}

/* Writes a file to its end. */
static int finish_file(struct tr_app *app, struct tr_output *o)
{
    struct tr_output_file *f = o->file;
    struct tr_err err;

    if (o->secret) {
        tr_out_spill(&o->out);
        tr_wipe(o->out.buf.p, o->out.buf.cap);
    }
    if (tr_out_close(&o->out, &err) < 0)
        return tr_app_fail(app, &err);
    if (!o->together && fsync(f->fd) < 0) {
        tr_err_sys(&err, TR_E_WRITE, f->name);
        return tr_app_fail(app, &err);
    }
    return o->together || o->at_once ? take_name(app, f) : 0;
}

/* Draws the table that is there as CSV. */
static int draw(struct tr_app *app, struct tr_output *o)
{
    struct tr_buf csv = o->out.buf;
    int rc = 0;

    tr_out_init(&o->out, app->hold && !o->file->temporary ? -1 : o->file->fd, o->file->name);
    if (csv.failed)
        o->out.buf.failed = true; /* said as that of any output */
    else
        rc = tr_app_draw(app, o->drawn, tr_buf_slice(&csv), &o->out);
    o->secret ? tr_buf_wipe(&csv) : tr_buf_clear(&csv);
    failed |= rc < 0;
    return rc;
}

int tr_output_close(struct tr_app *app, struct tr_output *o, bool keep)
{
    struct tr_output_file *f = o->file;
    struct tr_err err;
    int rc = 0;

    if (keep && o->drawn != TR_FORMAT_CSV)
        rc = draw(app, o);
    keep &= rc == 0;
    rc = keep ? 0 : -1;
    f->secret = o->secret;
    if (!keep) {
        f->rest.buf = o->out.buf;
    } else if (f->temporary) {
        rc = finish_file(app, o);
        failed |= rc < 0;
        if (rc == 0 && f->temporary) { /* it waits */
            close(f->fd);
            f->fd = -1;
            f->closed = true;
        }
    } else if (o->out.buf.failed || o->out.error) {
        rc = tr_out_close(&o->out, &err);
        tr_app_say(app, &err);
        failed = true;
    } else {
        f->rest = o->out;
        f->closed = true;
    }
    if (!f->closed)
        drop_file(f);
    o->file = NULL;
    return keep || o->drawn != TR_FORMAT_CSV ? rc : 0;
}

void tr_output_throw_away(void)
{
    failed = true;
}

/* Writes what waits for standard output, a device or a pipe. */
static int write_rest(struct tr_app *app, struct tr_output_file *f)
{
    struct tr_err err;

    f->stands = f->rest.buf.len > 0;
    if (f->fd == STDOUT_FILENO && tr_pager_show(tr_buf_slice(&f->rest.buf)))
        return 0;
    f->rest.fd = f->fd;
    tr_out_spill(&f->rest);
    if (!f->rest.error)
        return 0;
    f->stands = false;
    errno = f->rest.error;
    tr_err_sys(&err, TR_E_WRITE, f->name);
    return tr_app_fail(app, &err);
}

void tr_output_settle(struct tr_app *app)
{
    bool late = !failed;

    for (struct tr_output_file *f = files; f && !failed; f = f->next)
        if (f->closed && !f->temporary)
            failed = write_rest(app, f) < 0;
    for (struct tr_output_file *f = files; f && !failed; f = f->next)
        if (f->closed && f->temporary)
            failed = take_name(app, f) < 0;
    for (struct tr_output_file *f = files; f && failed && late; f = f->next)
        if (f->stands)
            tr_app_note(app, N_("%1 is written and whole"), f->name, NULL);
    if (late && app->committed && (failed || app->status >= TR_EXIT_INTERNAL))
        tr_app_note(app, N_("%1 is changed all the same"), app->register_name, NULL);
    if (failed)
        remove_temporaries();
    while (files)
        drop_file(files);
    free(made_folder);
    made_folder = NULL;
}
