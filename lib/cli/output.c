#define _GNU_SOURCE
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

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
    static bool guarding;

    for (int i = 0; i < TEMPORARIES_MAX; i++)
        if (!temporaries[i]) {
            temporaries[i] = name;
            break;
        }
    for (size_t i = 0; i < sizeof signals / sizeof *signals && !guarding; i++)
        if (signal(signals[i], remove_temporaries) == SIG_IGN)
            signal(signals[i], SIG_IGN);
    guarding = true;
}

static void release_temporary(const char *name)
{
    for (int i = 0; name && i < TEMPORARIES_MAX; i++)
        if (temporaries[i] == name)
            temporaries[i] = NULL;
}

static int cannot_create(struct tr_app *app, const char *path)
{
    struct tr_err err;

    tr_err_sys(&err, TR_E_CREATE, path);
    return tr_app_fail(app, &err);
}

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

/* A new file beside target, whose name o keeps. */
static int open_temporary(struct tr_output *o, const char *target, bool public_file)
{
    static const char suffix[] = ".XXXXXX";
    size_t n = strlen(target);
    mode_t mask;

    o->temporary = malloc(n + sizeof suffix);
    o->target = strdup(target);
    if (!o->temporary || !o->target)
        return -1;
    memcpy(o->temporary, target, n);
    memcpy(o->temporary + n, suffix, sizeof suffix);
    o->fd = open_unique(o->temporary, o->temporary + n + 1);
    if (o->fd < 0)
        return -1;
    guard_temporary(o->temporary);
    if (!public_file) /* it was made for its owner alone */
        return 0;
    mask = umask(0);
    umask(mask);
    return fchmod(o->fd, 0644 & ~mask);
}

static void forget_names(struct tr_output *o)
{
    free(o->temporary);
    free(o->target);
    o->temporary = o->target = NULL;
}

/* Whether what is at path, or the folder that it is to be in, is ours: nobody else put it there. */
static bool is_ours(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    struct stat st;

    if (strncmp(path, "/dev/", 5) == 0)
        return true;
    if (lstat(path, &st) == 0 && st.st_uid != geteuid())
        return false;
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISCHR(st.st_mode) &&
        st.st_uid != geteuid())
        return false;
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    return stat(folder[0] ? folder : "/", &st) < 0 || !(st.st_mode & S_IWOTH) ||
           (st.st_mode & S_ISVTX);
}

static int refuse_place(struct tr_app *app, const char *path)
{
    struct tr_err err;

    tr_err_set(&err, TR_E_OUTPUT_PLACE, NULL, NULL, NULL);
    err.source = path;
    return tr_app_fail(app, &err);
}

int tr_output_open(struct tr_app *app, struct tr_output *o, const char *path, bool public_file)
{
    char link[PATH_MAX];
    struct stat st;
    bool there;

    *o = (struct tr_output){.fd = STDOUT_FILENO};
    if (!path || strcmp(path, "-") == 0) {
        tr_out_init(&o->out, o->fd, "-");
        return 0;
    }
    if (!public_file && !is_ours(path))
        return refuse_place(app, path);
    there = stat(path, &st) == 0;
    if (there && !S_ISREG(st.st_mode)) { /* a device or a pipe stays what it is */
        errno = EISDIR;
        o->fd = S_ISDIR(st.st_mode) ? -1 : open(path, O_WRONLY | O_CLOEXEC);
    } else if (open_temporary(o, there && realpath(path, link) ? link : path, public_file) < 0) {
        o->fd = -1;
    }
    if (o->fd < 0) {
        forget_names(o);
        return cannot_create(app, path);
    }
    tr_out_init(&o->out, o->fd, path);
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

int tr_output_close(struct tr_app *app, struct tr_output *o, bool keep)
{
    const char *name = o->out.name;
    struct tr_err err;
    int rc = tr_out_close(&o->out, &err);

    if (rc < 0)
        tr_app_say(app, &err);
    if (rc == 0 && keep && o->temporary &&
        ((!o->together && fsync(o->fd) < 0) || rename(o->temporary, o->target) < 0)) {
        tr_err_sys(&err, TR_E_WRITE, name);
        tr_app_say(app, &err);
        rc = -1;
    }
    if (o->temporary && (rc < 0 || !keep))
        unlink(o->temporary);
    if (o->fd != STDOUT_FILENO)
        close(o->fd);
    release_temporary(o->temporary);
    forget_names(o);
    return rc;
}
