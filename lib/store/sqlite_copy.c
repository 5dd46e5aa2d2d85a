#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/sqlite_own.h"

/* Says in the copy that it is one. */
static int mark_copy(struct tr_store *target, struct tr_str at, struct tr_err *err)
{
    int rc = tr_store_set(target, "copy", at, err);

    sqlite3_finalize(target->statement[Q_setting_set]);
    return rc;
}

int tr_store_copy(struct tr_store *s, const char *to, struct tr_str at, struct tr_err *err)
{
    struct tr_store target = {.path = to};
    sqlite3_backup *backup;
    int rc, fd = open(to, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0)
        return tr_err_sys(err, TR_E_CREATE, to);
    close(fd);
    rc = sqlite3_open_v2(to, &target.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc != SQLITE_OK) {
        tr_sqlite_failed(&target, rc, err);
    } else {
        backup = sqlite3_backup_init(target.db, "main", s->db, "main");
        rc = backup ? sqlite3_backup_step(backup, -1) : SQLITE_ERROR;
        sqlite3_backup_finish(backup);
        if (rc != SQLITE_DONE)
            tr_sqlite_failed(&target, rc, err);
        else if (tr_sqlite_run(&target, "PRAGMA journal_mode = DELETE", err) == 0 &&
                 mark_copy(&target, at, err) == 0)
            rc = SQLITE_OK;
    }
    sqlite3_close(target.db);
    if (rc == SQLITE_OK && tr_store_tidy(to, err) == 0)
        return 0;
    tr_store_remove(to);
    return -1;
}

int tr_store_image(struct tr_store *s, struct tr_buf *out, struct tr_err *err)
{
    sqlite3_int64 size = 0;
    unsigned char *image = sqlite3_serialize(s->db, "main", &size, 0);

    if (!image)
        return tr_sqlite_refuse(s->path, TR_E_MEMORY, NULL, NULL, err);
    tr_buf_add(out, image, (size_t)size);
    sqlite3_free(image);
    return out->failed ? tr_sqlite_refuse(s->path, TR_E_MEMORY, NULL, NULL, err) : 0;
}

/* ---- sealed ---- */

/* A sealed copy: these words, how many read it, the key of the copy sealed for each, the register.
 */
static const char words[] = "transition-sealed 2\n";
enum { WORDS_LEN = sizeof words - 1 };

/* Adds the key for all who may read now. */
static int add_readers(struct tr_store *s, const struct tr_key *key, struct tr_buf *out,
                       struct tr_err *err)
{
    sqlite3_stmt *st = tr_sqlite_ready(s, Q_key_all, err);
    size_t count = out->len;
    unsigned n = 0;
    int rc = st ? 1 : -1;

    tr_buf_char(out, '\0');
    while (rc > 0 && (rc = tr_sqlite_next(s, st, err)) > 0) {
        struct tr_str public = tr_sqlite_blob(st, 5);

        if (public.len != TR_KEY_LEN || tr_sqlite_text(st, 4).len > 0)
            continue;
        if (n == 255 || tr_buf_room(out, TR_KEY_SEALED_LEN) < 0 ||
            tr_key_seal((const unsigned char *)public.p, key, (unsigned char *)out->p + out->len) <
                0) {
            sqlite3_reset(st);
            return tr_err_memory(err);
        }
        out->len += TR_KEY_SEALED_LEN;
        n++;
    }
    if (rc == 0 && out->failed)
        rc = tr_err_memory(err);
    if (rc == 0)
        out->p[count] = (char)n;
    return rc;
}

int tr_store_image_seal(struct tr_store *s, struct tr_str image, struct tr_buf *out,
                        struct tr_err *err)
{
    struct tr_key *key = tr_secret_alloc(sizeof *key);
    uint64_t count = 0;
    int rc = key && tr_key_make(key) == 0 ? 0 : tr_err_memory(err);

    tr_buf_text(out, words);
    if (rc == 0)
        rc = add_readers(s, key, out, err);
    if (rc == 0 && tr_seal(key, &count, TR_STR("transition copy"), image, out) < 0)
        rc = tr_err_memory(err);
    tr_secret_free(key);
    return rc;
}

int tr_store_image_unseal(const struct tr_keys *keys, struct tr_str sealed, struct tr_buf *out,
                          struct tr_err *err)
{
    struct tr_key *key;
    unsigned n;
    int rc = -1;

    if (sealed.len <= WORDS_LEN || memcmp(sealed.p, words, WORDS_LEN) != 0) {
        if (keys->has[TR_SECRET_PSEUDONYM])
            rc = tr_unseal_old(&keys->secret[TR_SECRET_PSEUDONYM], sealed, out);
        return rc < 0 ? tr_err_set(err, TR_E_SEALED, NULL, NULL, NULL) : 0;
    }
    if (!keys->has[TR_SECRET_READ])
        return tr_err_set(err, TR_E_KEY_PURPOSE, tr_secret_names[TR_SECRET_READ], NULL, NULL);
    key = tr_secret_alloc(sizeof *key);
    if (!key)
        return tr_err_memory(err);
    n = (unsigned char)sealed.p[WORDS_LEN];
    sealed.p += WORDS_LEN + 1;
    sealed.len -= WORDS_LEN + 1;
    for (unsigned i = 0; i < n && rc < 0 && sealed.len > (size_t)n * TR_KEY_SEALED_LEN; i++)
        if (tr_key_unseal(&keys->secret[TR_SECRET_READ],
                          (const unsigned char *)sealed.p + (size_t)i * TR_KEY_SEALED_LEN,
                          key) == 0)
            rc = tr_unseal(key, TR_STR("transition copy"),
                           (struct tr_str){sealed.p + (size_t)n * TR_KEY_SEALED_LEN,
                                           sealed.len - (size_t)n * TR_KEY_SEALED_LEN},
                           out);
    tr_secret_free(key);
    return rc < 0 ? tr_err_set(err, TR_E_SEALED, NULL, NULL, NULL) : 0;
}
