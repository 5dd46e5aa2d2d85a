#define _GNU_SOURCE
#include "cli/app/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <libintl.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <syslog.h>
#include <unistd.h>

#include "base/apart.h"
#include "base/sizes.h"
#include "cli/app/sandbox_own.h"
#include "store/store.h"

/* ---- what is named on the command line ---- */

/* What is done with something named. */
enum use {
    NOT_OPENED,
    READS,  /* a file, or a folder and all in it */
    WRITES, /* a file, made beside its place and moved there; or files in a folder */
    MAKES,  /* a folder, with files in it */
    KEEPS,  /* a register: read and written, with its journals beside it */
    UNLOCKS, /* a key; one that is not there is that of the register it is named after */
};

/* By what stands for it in the synopsis. */
static const struct {
    const char *word;
    enum use use;
} uses[] = {
    {"FILE", READS},     {"REGISTER", KEEPS}, {"DIR", MAKES},  {"NAME|DIR", NOT_OPENED},
    {"KEYFILE", UNLOCKS}, {"PROFILE", READS},
    {"file", READS},     {"before", READS},   {"after", READS}, {"directory", READS},
    {"register", KEEPS}, {"from", KEEPS},     {"to", KEEPS},   {"name", MAKES},
};

static enum use use_of(const char *word, size_t n)
{
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
        if (strncmp(uses[i].word, word, n) == 0 && !uses[i].word[n])
            return uses[i].use;
    return NOT_OPENED;
}

static enum use use_of_option(const struct tr_option *o)
{
    if (!o->arg)
        return NOT_OPENED;
    if (strcmp(o->arg, "FILE") == 0 && (o->writes || strcmp(o->name, "output") == 0))
        return WRITES;
    return use_of(o->arg, strlen(o->arg));
}

/* Calls take for each thing that is named. */
static void each_named(const struct tr_app *app,
                       void (*take)(void *cookie, const char *path, enum use use), void *cookie)
{
    const char *word = app->arguments + strspn(app->arguments, "["), *next;

    for (const struct tr_option *o = app->options; o->name; o++) {
        if (o->text && *o->text)
            take(cookie, *o->text, use_of_option(o));
        for (int i = 0; o->texts && i < o->texts->n; i++)
            take(cookie, o->texts->at[i], use_of_option(o));
    }
    for (int i = 0; i < app->n_arguments; i++) {
        size_t n = strcspn(word, " ]");
        enum use use = use_of(word, n);

        take(cookie, app->arguments_given[i], app->writes_file && use == READS ? WRITES : use);
        next = word + n + strspn(word + n, " []");
        if (*next && *next != '.') /* the last word stands for all that follow */
            word = next;
    }
}

static void note_register(void *cookie, const char *path, enum use use)
{
    (void)path;
    *(bool *)cookie |= use == KEEPS;
}

static bool names_register(const struct tr_app *app)
{
    bool found = false;

    each_named(app, note_register, &found);
    return found;
}

bool tr_key_of_register(const char *key, char *name, size_t size)
{
    static const char ending[] = ".key";
    size_t n = strlen(key), tail = sizeof ending - 1;
    struct stat st;

    if (n <= tail || n - tail >= size || strcmp(key + n - tail, ending) != 0 ||
        lstat(key, &st) == 0 || errno != ENOENT)
        return false;
    memcpy(name, key, n - tail);
    name[n - tail] = '\0';
    return lstat(name, &st) == 0 && S_ISREG(st.st_mode);
}

static void note_locked(void *cookie, const char *path, enum use use)
{
    char name[PATH_MAX];

    *(bool *)cookie |= use == KEEPS || (use == UNLOCKS && tr_key_of_register(path, name, sizeof name));
}

/* Whether it may look for the key of a register in the folder of keys. */
static bool needs_keys(const struct tr_app *app)
{
    bool found = false;

    each_named(app, note_locked, &found);
    return found;
}

static void note_server(void *cookie, const char *path, enum use use)
{
    *(bool *)cookie |= use == KEEPS && tr_store_is_server(path);
}

/* Whether a register on a server is named: only then a program may go to one. */
static bool names_server(const struct tr_app *app)
{
    bool found = false;

    each_named(app, note_server, &found);
    return found;
}

/* Formats of which somebody must know how wide letters are. */
static bool lays_out(const char *format)
{
    return strcmp(format, "pdf") == 0 || strcmp(format, "png") == 0;
}

static bool draws_words(const struct tr_app *app)
{
    for (const struct tr_option *o = app->options; o->name; o++)
        if (o->choice && *o->choice >= 0 && lays_out(o->choices[*o->choice]))
            return true;
    return false;
}

/* Whether a regular file, open or at path, begins with these bytes. */
static bool begins_with(const char *path, const char *start)
{
    const bool standard = strcmp(path, "-") == 0;
    const int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    const size_t size = strlen(start);
    char bytes[16];
    ssize_t n = fd >= 0 ? pread(fd, bytes, size, 0) : -1;

    if (fd >= 0 && !standard)
        close(fd);
    return n == (ssize_t)size && memcmp(bytes, start, size) == 0;
}

static bool find_stat(const char *path, struct stat *st)
{
    return (strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, st) : stat(path, st)) == 0;
}

/* Whether a file begins as a PDF does, or might: what can be read once only is not looked at. */
static bool may_be_pdf(const char *path)
{
    struct stat st;

    if (!find_stat(path, &st))
        return false;
    return S_ISREG(st.st_mode) ? begins_with(path, "%PDF-") : !S_ISDIR(st.st_mode);
}

/* Whether a document that was filled in may be a PDF: one of an option that can be repeated, or else of
 * the arguments, or what is read for want of any. */
static bool reads_pdf_forms(const struct tr_app *app)
{
    const struct tr_option *o = app->options;
    bool pdf = false;

    if (!app->reads_forms)
        return false;
    while (o->name && !o->texts)
        o++;
    for (int i = 0; o->name && i < o->texts->n; i++)
        pdf |= may_be_pdf(o->texts->at[i]);
    for (int i = 0; !o->name && i < app->n_arguments; i++)
        pdf |= may_be_pdf(app->arguments_given[i]);
    return pdf || (!o->name && app->n_arguments == 0 && may_be_pdf("-"));
}

/* Adds the bytes that are to be read, as far as they are known: not of a pipe, a folder, a register or a
 * workbook, which is packed. */
static void add_size(void *cookie, const char *path, enum use use)
{
    uint64_t *sum = cookie;
    struct stat st;

    if (use == KEEPS)
        *sum = UINT64_MAX;
    if (use != READS || *sum > TR_SIZE_FEW || !find_stat(path, &st)) /* no file: nothing is read */
        return;
    if (S_ISREG(st.st_mode) && (uint64_t)st.st_size <= TR_SIZE_FEW && !begins_with(path, "PK"))
        *sum += (uint64_t)st.st_size;
    else
        *sum = UINT64_MAX;
}

/* Whether so little is read that hardly anything can fail to find room. */
static bool reads_little(const struct tr_app *app)
{
    uint64_t sum = app->spills ? UINT64_MAX : 0;

    each_named(app, add_size, &sum);
    if (app->n_arguments == 0)
        add_size(&sum, "-", READS);
    return sum <= TR_SIZE_FEW;
}

/* ---- Landlock; see landlock(7) ---- */

#ifndef TR_NO_SANDBOX

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

/* As the kernel has them; the headers of a system may be older than its kernel. */
enum {
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_DIR = 1 << 3,
    REMOVE_DIR = 1 << 4,
    REMOVE_FILE = 1 << 5,
    MAKE_DIR = 1 << 7,
    MAKE_REG = 1 << 8,
    TRUNCATE = 1 << 14,
    OF_A_FILE = WRITE_FILE | READ_FILE | TRUNCATE, /* what can be said of a file itself */

    READING = READ_FILE | READ_DIR,
    WRITING = WRITE_FILE | TRUNCATE | MAKE_REG | REMOVE_FILE,
    CONNECT = 1 << 1,
    NETWORK = 1 << 0 | CONNECT, /* TCP: to wait for others, and to go to them */
    OUTSIDE = 1 << 0 | 1 << 1, /* abstract sockets, and signals to others */
    BENEATH = 1                /* the kind of rule that is about a path */
};

/* From each version of Landlock on: all that it can forbid, which is what we ask for. */
static const struct known {
    uint64_t files, network, scoped;
    size_t size; /* bytes of these that it reads */
} known[] = {
    [1] = {0x1FFF, 0, 0, 8},       [2] = {0x3FFF, 0, 0, 8},        [3] = {0x7FFF, 0, 0, 8},
    [4] = {0x7FFF, NETWORK, 0, 16}, [5] = {0xFFFF, NETWORK, 0, 16}, [6] = {0xFFFF, NETWORK, OUTSIDE, 24},
};
enum { NEWEST = sizeof known / sizeof *known - 1 };

/* What a program lacks at the moment, and no answer about a path. */
static bool is_shortage(int error)
{
    return error == ENOMEM || error == EMFILE || error == ENFILE;
}

struct rules {
    int fd;
    uint64_t files; /* what the kernel can forbid */
    bool of_register;
    int error; /* why a rule could not be made: a lock without it would be in the way */
};

/* Lets the process do this with path, and with all below it; what is not there, or is closed to the
 * user, stays forbidden: its errno. */
static int allow(struct rules *r, const char *path, uint64_t access)
{
    struct {
        uint64_t access;
        int32_t fd;
    } __attribute__((packed)) rule = {access & r->files, open(path, O_PATH | O_CLOEXEC)};
    struct stat st;
    int error = rule.fd < 0 ? errno : 0;

    if (is_shortage(error))
        r->error = error;
    if (error)
        return error;
    if (fstat(rule.fd, &st) == 0 && !S_ISDIR(st.st_mode))
        rule.access &= OF_A_FILE;
    if (rule.access) /* it fails for a pipe, which needs none */
        (void)syscall(SYS_landlock_add_rule, r->fd, BENEATH, &rule, 0);
    close(rule.fd);
    return 0;
}

/* The same for the folder that path lies in, or would. */
static int allow_around(struct rules *r, const char *path, uint64_t access)
{
    char folder[PATH_MAX];
    size_t n = strlen(path);

    while (n > 1 && path[n - 1] == '/')
        n--;
    while (n > 0 && path[n - 1] != '/')
        n--;
    if (n >= sizeof folder)
        return ENAMETOOLONG;
    memcpy(folder, path, n);
    folder[n] = '\0';
    return allow(r, n ? folder : ".", access);
}

static void allow_writing(struct rules *r, const char *path)
{
    uint64_t access = WRITING | (r->of_register ? READING : 0); /* a key is read when it is made */
    char target[PATH_MAX];
    struct stat st;

    if (stat(path, &st) < 0)
        allow_around(r, path, access | MAKE_DIR | REMOVE_DIR | READ_DIR);
    else if (S_ISDIR(st.st_mode))
        allow(r, path, access | READ_DIR);
    else if (!S_ISREG(st.st_mode))
        allow(r, path, WRITE_FILE);
    else if (realpath(path, target))
        allow_around(r, target, access);
}

static void allow_named(void *cookie, const char *path, enum use use)
{
    struct rules *r = cookie;
    char name[PATH_MAX];

    if (strcmp(path, "-") == 0)
        return;
    switch (use) {
    case UNLOCKS:
        if (tr_key_of_register(path, name, sizeof name))
            allow_around(r, name, READING | WRITING);
        allow(r, path, READING);
        break;
    case READS:
        allow(r, path, READING);
        break;
    case WRITES:
        allow_writing(r, path);
        break;
    case MAKES:
        allow_around(r, path, WRITING | MAKE_DIR | REMOVE_DIR);
        break;
    case KEEPS: /* its folder is open to who has it open */
        if (!tr_store_is_server(path) && allow_around(r, path, READING | WRITING) == EACCES)
            r->error = EACCES;
        break;
    case NOT_OPENED:
        break;
    }
}

/* What the C library reads by itself while it works: character sets, messages, the time of day. */
static const char *const system_files[] = {
    "/usr/lib", "/usr/lib64", "/lib", "/usr/local/lib", "/etc/ld.so.cache", "/usr/share/locale",
    "/etc/localtime", "/usr/share/zoneinfo", "/dev/urandom", NULL,
};

/* And the libraries that lay out pages: fonts. */
static const char *const fonts[] = {
    "/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "/usr/share/fontconfig",
    "/usr/share/xml/fontconfig", "/var/cache/fontconfig", NULL,
};
static const char *const own_fonts[] = {
    ".fonts", ".local/share/fonts", ".config/fontconfig", ".fonts.conf", ".cache/fontconfig", NULL,
};

/* What libpq reads to find a server and to be known there: names of machines, services, passwords,
 * certificates. */
static const char *const of_server[] = {
    "/etc/hosts", "/etc/resolv.conf", "/etc/nsswitch.conf", "/etc/host.conf", "/etc/gai.conf",
    "/etc/services", "/etc/passwd", "/etc/ssl", "/usr/share/ca-certificates", "/etc/pki",
    "/etc/krb5.conf", "/etc/postgresql-common", NULL,
};
static const char *const own_of_server[] = {".pgpass", ".pg_service.conf", ".postgresql", NULL};
static const char *const variables_of_server[] = {"PGPASSFILE", "PGSERVICEFILE", "PGSYSCONFDIR",
                                                  "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", NULL};

static void allow_server(struct rules *r, const char *home)
{
    char path[PATH_MAX];

    for (const char *const *p = of_server; *p; p++)
        allow(r, *p, READING);
    for (const char *const *p = own_of_server; home && *home == '/' && *p; p++) {
        snprintf(path, sizeof path, "%s/%s", home, *p);
        allow(r, path, READING);
    }
    for (const char *const *p = variables_of_server; *p; p++)
        if (getenv(*p))
            allow(r, getenv(*p), READING);
}

static void allow_system(struct rules *r, const struct tr_app *app)
{
    const char *home = getenv("HOME");
    char path[PATH_MAX];

    for (const char *const *p = system_files; *p; p++)
        allow(r, *p, READING);
    if (names_server(app))
        allow_server(r, home);
    if (!draws_words(app))
        return;
    for (const char *const *p = fonts; *p; p++)
        allow(r, *p, READING);
    for (const char *const *p = own_fonts; home && *home == '/' && *p; p++) {
        snprintf(path, sizeof path, "%s/%s", home, *p);
        allow(r, path, READING);
    }
}

/* What it was given besides: the shipped data with the profile, and the messages beside it. */
static void allow_own(struct rules *r, const struct tr_app *app)
{
    const char *messages = bindtextdomain("transition", NULL);
    char path[PATH_MAX];

    snprintf(path, sizeof path, "%s/texts.csv", app->share ? app->share : ".");
    allow(r, path, READING);
    if (app->share)
        allow(r, app->share, READING);
    if (app->profile_folder)
        allow(r, app->profile_folder, READING);
    if (messages)
        allow(r, messages, READING);
    if (app->key_folder)
        allow(r, app->key_folder, app->makes_key ? READING | WRITING : READING);
}

static int lock_files(const struct tr_app *app, const char *witness)
{
    int version = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, 1); /* 1: tell the version */
    struct known k = known[version > NEWEST ? NEWEST : version < 0 ? 0 : version];
    struct rules r;
    int rc;

    if (version < 1)
        return errno;
    if (names_server(app)) /* the port is the server's choice */
        k.network &= ~(uint64_t)CONNECT;
    r = (struct rules){(int)syscall(SYS_landlock_create_ruleset, &k, k.size, 0), k.files,
                       names_register(app), 0};
    if (r.fd < 0)
        return errno;
    allow_system(&r, app);
    allow_own(&r, app);
    each_named(app, allow_named, &r);
    if (witness)
        allow(&r, witness, READ_FILE | WRITE_FILE);
    rc = r.error ? r.error : syscall(SYS_landlock_restrict_self, r.fd, 0) < 0 ? errno : 0;
    close(r.fd);
    return rc;
}

/* Says that there is no lock where the kernel has none. A shortage is no such reason: -1. */
static int say_open(struct tr_app *app, const char *msgid, int error)
{
    struct tr_err err;

    if (error == ENOMEM)
        return tr_app_no_memory(app);
    if (is_shortage(error) || error == EACCES) {
        errno = error;
        tr_err_sys(&err, TR_E_OPEN, "Landlock");
        return tr_app_fail(app, &err);
    }
    if (error && app->verbose)
        tr_app_note(app, msgid, strerror(error), NULL);
    return 0;
}

int tr_sandbox_files(struct tr_app *app, const char *witness)
{
    if (!app->files_locked &&
        say_open(app, N_("runs without Landlock, which keeps it to the files named: %1"),
                 lock_files(app, witness)) < 0)
        return -1;
    app->files_locked = true;
    return 0;
}

static void lock(struct tr_app *app, bool of_register)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return;
    if ((!of_register && tr_sandbox_files(app, NULL) < 0) ||
        say_open(app, N_("runs without seccomp, which keeps it to the system calls it needs: %1"),
                 tr_sandbox_calls(names_server(app))) < 0)
        exit(app->status);
}

#else

int tr_sandbox_files(struct tr_app *app, const char *witness)
{
    (void)app;
    (void)witness;
    return 0;
}

static void lock(struct tr_app *app, bool of_register)
{
    (void)app;
    (void)of_register;
}

#endif

/* $TRANSITION_KEYS, or transition/keys in the folder of the user's own settings. */
static char *find_key_folder(void)
{
    static const struct {
        const char *variable, *below;
    } places[] = {{"TRANSITION_KEYS", ""},
                  {"XDG_CONFIG_HOME", "/transition/keys"},
                  {"HOME", "/.config/transition/keys"}};
    char path[PATH_MAX];

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const char *given = getenv(places[i].variable);

        if (!given || *given != '/')
            continue;
        if ((size_t)snprintf(path, sizeof path, "%s%s", given, places[i].below) >= sizeof path)
            return NULL; /* too long to be a folder: none, not a part of it */
        return strdup(path);
    }
    return NULL;
}

/* The user by name; a name that cannot be read is not none: whoever did something must be told from
 * others. */
static void find_user(struct tr_app *app)
{
    const struct passwd *user;
    struct tr_err err;

    do {
        errno = 0;
        user = getpwuid(geteuid());
    } while (!user && errno == EINTR);
    if (!user && errno != 0 && errno != ENOENT) {
        tr_err_sys(&err, TR_E_READ, "passwd");
        tr_app_say(app, &err);
        exit(app->status);
    }
    app->user = user ? strdup(user->pw_name) : NULL;
}

void tr_sandbox_start(struct tr_app *app)
{
    static struct tr_scratch scratch;
    const char *folder = getenv("TMPDIR");
    bool of_register = names_register(app);

    /* what is asked of others is asked now, and what may be needed is opened */
    app->scratch = &scratch;
    scratch.folder = folder && *folder ? folder : P_tmpdir;
    if (names_server(app) || draws_words(app) || reads_pdf_forms(app))
        tr_apart_open();
    scratch.in_memory = reads_little(app);
    if ((app->reading || app->spills) && !scratch.in_memory)
        tr_scratch_fill(&scratch);
    if (needs_keys(app))
        app->key_folder = find_key_folder();
    if (names_server(app)) /* ours to give is no password; libpq would take it */
        unsetenv("PGPASSWORD");
    if (of_register) {
        find_user(app);
        openlog(app->name, LOG_PID | LOG_NDELAY, LOG_AUTHPRIV);
    }
    lock(app, of_register);
}
