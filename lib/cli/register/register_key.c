#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/app/memory.h"
#include "cli/app/sandbox.h"
#include "cli/register/register.h"

enum { KEY_FILE_MAX = 1024, TIMEOUT = 10000 /* milliseconds */ };

/* ---- key files ---- */

void tr_key_guard(void)
{
    const struct rlimit none = {0, 0};

    tr_memory_hold_secrets();
    setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__ /* which looks for leaks by tracing its own process */
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

static int write_whole(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t done = write(fd, p, n);

        if (done < 0 && errno != EINTR)
            return -1;
        p += done > 0 ? done : 0;
        n -= done > 0 ? (size_t)done : 0;
    }
    return 0;
}

int tr_key_create(struct tr_app *app, const char *path, const struct tr_keys *keys,
                  enum tr_purpose purpose)
{
    struct tr_buf text = {0};
    struct tr_err err;
    int rc = 0, fd;

    if (tr_output_place(app, path) < 0)
        return -1;
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) {
        tr_err_sys(&err, TR_E_CREATE, path);
        return tr_app_fail(app, &err);
    }
    tr_key_guard();
    tr_keys_text(keys, purpose, &text);
    if (text.failed) {
        rc = tr_err_memory(&err);
    } else if (write_whole(fd, text.p, text.len) < 0 || fsync(fd) < 0) {
        rc = tr_err_sys(&err, TR_E_WRITE, path);
    }
    tr_buf_wipe(&text);
    if (close(fd) < 0 && rc == 0)
        rc = tr_err_sys(&err, TR_E_WRITE, path);
    if (rc == 0)
        return 0;
    unlink(path);
    return tr_app_fail(app, &err);
}

/* TR_OK, or what is wrong with a key file that is open. */
static enum tr_code judge_key_file(int fd, const char *path)
{
    struct stat st;

    if (fstat(fd, &st) < 0)
        return TR_E_OPEN;
    if (S_ISDIR(st.st_mode))
        return TR_E_DIRECTORY;
    if (!S_ISREG(st.st_mode) || st.st_nlink != 1 || !tr_output_folder_is_safe(path) ||
        (st.st_uid != geteuid() && geteuid() != 0))
        return TR_E_KEY_PLACE;
    return st.st_mode & 077 ? TR_E_KEY_MODE : TR_OK;
}

/* Up to the end, or the size; -1 with errno. */
static ssize_t read_whole(int fd, char *p, size_t size)
{
    size_t have = 0;
    ssize_t n;

    while (have < size && (n = read(fd, p + have, size - have)) != 0) {
        if (n < 0 && errno != EINTR)
            return -1;
        have += n > 0 ? (size_t)n : 0;
    }
    return (ssize_t)have;
}

int tr_key_read(struct tr_app *app, const char *path, struct tr_keys **keys)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    enum tr_code code = TR_E_KEY;
    struct tr_err err;
    char *text;
    ssize_t n;
    int sys;

    *keys = NULL;
    if (fd < 0) {
        tr_err_sys(&err, errno == ELOOP ? TR_E_LINK : TR_E_OPEN, path);
        return tr_app_fail(app, &err);
    }
    tr_key_guard();
    code = judge_key_file(fd, path);
    text = tr_secret_alloc(KEY_FILE_MAX);
    *keys = tr_keys_new();
    n = text && *keys && code == TR_OK ? read_whole(fd, text, KEY_FILE_MAX) : 0;
    sys = errno;
    close(fd);
    if (!text || !*keys)
        code = TR_E_MEMORY;
    else if (n < 0)
        code = TR_E_READ;
    else if (code == TR_OK && !tr_keys_parse((struct tr_str){text, (size_t)n}, *keys))
        code = TR_E_KEY;
    tr_secret_free(text);
    if (code == TR_OK)
        return 0;
    tr_keys_free(*keys);
    *keys = NULL;
    tr_err_set(&err, code, NULL, NULL, NULL);
    err.source = path;
    err.sys = code == TR_E_READ ? sys : 0;
    return tr_app_fail(app, &err);
}

/* Where the key lies that a register of this name goes by, which is not beside it. -1: said. */
static int find_key(struct tr_app *app, const char *name, char *out, size_t size)
{
    struct tr_register r = {.app = app};
    struct tr_err err;
    int rc;

    r.store = tr_store_open(name, TR_STORE_READ, TIMEOUT, &err);
    rc = r.store ? tr_register_key_home(&r, out, size) : tr_app_fail(app, &err);
    tr_register_close(&r);
    return rc;
}

int tr_key_read_for(struct tr_app *app, const char *path, enum tr_secret secret,
                    struct tr_keys **keys)
{
    char name[4096], home[4096] = "";
    struct tr_err err;

    *keys = NULL;
    if (tr_key_of_register(path, name, sizeof name)) {
        if (find_key(app, name, home, sizeof home) < 0)
            return -1;
        path = *home ? home : path;
    }
    if (tr_key_read(app, path, keys) < 0)
        return -1;
    if ((*keys)->has[secret])
        return 0;
    tr_err_set(&err, TR_E_KEY_PURPOSE, tr_secret_names[secret], NULL, NULL);
    err.source = path;
    return tr_app_fail(app, &err);
}

/* ---- the keys of a register ---- */

/* What the store says of keys is about the key file. */
static int fail_key(struct tr_register *r, struct tr_err *err)
{
    if (err->code == TR_E_WRONG_KEY || err->code == TR_E_KEY_RETIRED ||
        err->code == TR_E_KEY_PURPOSE)
        err->source = r->key_path;
    return tr_app_fail(r->app, err);
}

/* Brings it up to date, and says what that does not mend. */
static int migrate(struct tr_register *r)
{
    const struct tr_access line = {.at = tr_str(r->moment), .who = tr_str(r->who)};
    const bool anew = tr_store_version(r->store) == 1; /* else what is sealed stays as it is */
    char number[24];
    uint64_t records;
    bool shrunk;
    struct tr_err err;

    if (tr_store_migrate(r->store, r->keys, &line, tr_register_content_of_old, r, &records, &err) < 0)
        return fail_key(r, &err);
    tr_app_changed(r->app);
    tr_memory_settled();
    if (anew && tr_store_wipe(r->store, &shrunk, &err) < 0)
        return fail_key(r, &err);
    snprintf(number, sizeof number, "%llu", (unsigned long long)records);
    if (anew) {
        tr_app_note(r->app, N_("brought up to version 3: %1 records, sealed anew"), number, NULL);
        tr_app_note(r->app, N_("older copies of this register stay as weak as they were: destroy them"),
                    NULL);
    } else {
        tr_app_note(r->app, N_("brought up to version 3"), NULL);
    }
    return tr_register_check_profile(r, r->app->register_name);
}

static int use(struct tr_register *r, bool whole)
{
    struct tr_err err;

    bool older = tr_store_is_too_old(r->store);
    int rc = older ? migrate(r) : 0;

    if (older)
        tr_memory_unsettled(); /* what is to be done with it is not yet */
    if (rc == 0 && tr_store_use(r->store, r->keys, whole, &err) < 0)
        rc = fail_key(r, &err);
    return rc;
}

int tr_register_key_home(struct tr_register *r, char *out, size_t size)
{
    struct tr_buf id = {0};
    struct tr_err err;
    int rc = tr_store_is_too_old(r->store)
                 ? 0
                 : tr_store_setting(r->store, "register", &id, &err);

    if (rc < 0)
        tr_app_fail(r->app, &err);
    else if (!r->app->key_folder || id.len == 0 || id.failed)
        *out = '\0';
    else
        snprintf(out, size, "%s/%s.key", r->app->key_folder, tr_buf_z(&id));
    tr_buf_clear(&id);
    return rc;
}

/* Where the key is: as given, in the folder of keys, or beside the register. A key that is named as
 * one beside the register and is not there is the register's own. 1: nowhere; then key_path is where
 * it should be. -1: said. */
static int set_key_path(struct tr_register *r, const char *path)
{
    char beside[sizeof r->key_path];

    snprintf(beside, sizeof beside, "%s.key", r->app->register_name);
    r->key_beside = false;
    if (path && (strcmp(path, beside) != 0 || access(beside, F_OK) == 0)) {
        snprintf(r->key_path, sizeof r->key_path, "%s", path);
        return 0;
    }
    if (tr_register_key_home(r, r->key_path, sizeof r->key_path) < 0)
        return -1;
    if (*r->key_path && access(r->key_path, F_OK) == 0)
        return 0;
    if (tr_store_is_server(r->app->register_name)) {
        if (!*r->key_path)
            snprintf(r->key_path, sizeof r->key_path, "%s", "transition/keys");
        return 1;
    }
    if (access(beside, F_OK) == 0) {
        memcpy(r->key_path, beside, sizeof beside);
        r->key_beside = true;
        return 0;
    }
    if (!*r->key_path)
        memcpy(r->key_path, beside, sizeof beside);
    return 1;
}

int tr_register_key(struct tr_register *r, const char *path, bool whole)
{
    int missing = set_key_path(r, path);
    struct tr_err err;

    if (missing > 0) {
        tr_err_set(&err, TR_E_KEY_NONE, r->key_path, NULL, NULL);
        err.source = r->app->register_name;
        return tr_app_fail(r->app, &err);
    }
    return missing < 0 || tr_key_read(r->app, r->key_path, &r->keys) < 0 ? -1 : use(r, whole);
}

int tr_register_key_if_any(struct tr_register *r, const char *path, bool whole)
{
    int missing = set_key_path(r, path);

    return missing ? missing : tr_register_key(r, path, whole);
}

int tr_register_key_at_hand(struct tr_register *r, const char *path)
{
    int missing = tr_register_key_if_any(r, path, true);

    if (missing > 0 && r->app->verbose)
        tr_app_note(r->app, N_("no key: whether somebody changed the register is not checked"),
                    NULL);
    return missing < 0 ? -1 : 0;
}

int tr_register_settle(struct tr_register *r, const char *witness)
{
    struct tr_err err;

    if (tr_store_begin(r->store, &err) == 0 &&
        tr_store_settle(r->store, r->keys, tr_str(r->moment), &err) == 0 &&
        tr_store_set(r->store, "profile", tr_profile_value(&r->app->profile, "name"), &err) == 0 &&
        (!witness || tr_store_set(r->store, "witness", tr_str(witness), &err) == 0))
        return tr_register_commit(r);
    tr_store_rollback(r->store);
    return tr_app_fail(r->app, &err);
}
