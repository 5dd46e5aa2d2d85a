#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/register/register.h"

int tr_key_create(struct tr_app *app, const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    char text[TR_KEY_TEXT_LEN + 1];
    struct tr_key key;
    struct tr_err err;

    if (fd < 0) {
        tr_err_sys(&err, TR_E_CREATE, path);
        return tr_app_fail(app, &err);
    }
    if (tr_key_make(&key) < 0) {
        close(fd);
        return tr_app_no_memory(app);
    }
    tr_key_text(&key, text);
    text[TR_KEY_TEXT_LEN] = '\n';
    tr_key_clear(&key);
    errno = 0;
    if (write(fd, text, sizeof text) != (ssize_t)sizeof text || fsync(fd) < 0 || close(fd) < 0) {
        tr_err_sys(&err, TR_E_WRITE, path);
        unlink(path);
        return tr_app_fail(app, &err);
    }
    memset(text, 0, sizeof text);
    return 0;
}

int tr_key_read(struct tr_app *app, const char *path, struct tr_key *key)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    char text[TR_KEY_TEXT_LEN + 2];
    struct tr_err err;
    struct stat st;
    ssize_t n;

    if (fd < 0 || fstat(fd, &st) < 0) {
        tr_err_sys(&err, TR_E_OPEN, path);
        return tr_app_fail(app, &err);
    }
    n = read(fd, text, sizeof text);
    close(fd);
    tr_err_set(&err, st.st_mode & 077 ? TR_E_KEY_MODE : TR_E_KEY, NULL, NULL, NULL);
    err.source = path;
    if (n > 0 && text[n - 1] == '\n')
        n--;
    if ((st.st_mode & 077) || n < 0 || !tr_key_parse((struct tr_str){text, (size_t)n}, key))
        return tr_app_fail(app, &err);
    memset(text, 0, sizeof text);
    return 0;
}

/* What the key makes of a word of ours: the register keeps it, to know its key again. */
static struct tr_str key_check(const struct tr_key *key, char out[TR_PSEUDONYM_LEN])
{
    tr_pseudonym(key, TR_STR("transition"), out);
    return (struct tr_str){out, TR_PSEUDONYM_LEN};
}

static int check_key(struct tr_register *r, const struct tr_key *key)
{
    struct tr_buf kept = {0};
    char check[TR_PSEUDONYM_LEN];
    struct tr_err err;
    int rc = tr_store_setting(r->store, "key_check", &kept, &err);

    if (rc == 0 && !tr_str_eq(tr_buf_slice(&kept), key_check(key, check))) {
        tr_err_set(&err, TR_E_WRONG_KEY, NULL, NULL, NULL);
        err.source = r->key_path;
        rc = -1;
    }
    tr_buf_clear(&kept);
    return rc < 0 ? tr_app_fail(r->app, &err) : 0;
}

int tr_register_settle(struct tr_register *r, const char *key_path)
{
    char check[TR_PSEUDONYM_LEN];
    struct tr_key key;
    struct tr_err err;
    int rc = tr_key_read(r->app, key_path, &key);

    if (rc == 0 &&
        (tr_store_set(r->store, "profile", tr_profile_value(&r->app->profile, "name"), &err) < 0 ||
         tr_store_set(r->store, "key_check", key_check(&key, check), &err) < 0))
        rc = tr_app_fail(r->app, &err);
    tr_key_clear(&key);
    return rc;
}

int tr_register_key(struct tr_register *r, const char *register_path, const char *path,
                    struct tr_key *key)
{
    if (path)
        snprintf(r->key_path, sizeof r->key_path, "%s", path);
    else
        snprintf(r->key_path, sizeof r->key_path, "%s.key", register_path);
    return tr_key_read(r->app, r->key_path, key) < 0 ? -1 : check_key(r, key);
}
