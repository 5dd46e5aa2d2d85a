#define _GNU_SOURCE
#include <fcntl.h>
#include <unistd.h>

#include "store/sqlite_own.h"

/* ---- taking away ---- */

int tr_store_purge(struct tr_store *s, struct tr_str person, struct tr_str before, uint64_t *n,
                   struct tr_err *err)
{
    sqlite3_stmt *st;

    *n = 0;
    if (tr_sqlite_run(s, "CREATE TEMP TABLE purge (record INTEGER PRIMARY KEY)", err) < 0)
        return -1;
    st = tr_sqlite_ready(s, person.len ? PURGE_PERSON : PURGE_OLDER, err);
    if (!st)
        return -1;
    tr_sqlite_bind_text(st, 1, person.len ? person : before);
    if (tr_sqlite_finish(s, st, err) < 0)
        return -1;
    for (enum statement which = PURGE_IDENTITY; which <= PURGE_END; which++) {
        st = tr_sqlite_ready(s, which, err);
        if (!st || tr_sqlite_finish(s, st, err) < 0)
            return -1;
        if (which == PURGE_RECORD)
            *n = (uint64_t)sqlite3_changes64(s->db);
    }
    return 0;
}

/* Brings the journal into the file and empties it; others who read keep it from that. */
static int checkpoint(struct tr_store *s, struct tr_err *err)
{
    int busy;

    if (tr_sqlite_number(s, "PRAGMA wal_checkpoint(TRUNCATE)", &busy, err) < 0)
        return -1;
    return busy ? tr_sqlite_refuse(s->path, TR_E_BUSY, NULL, NULL, err) : 0;
}

int tr_store_wipe(struct tr_store *s, struct tr_err *err)
{
    return checkpoint(s, err) < 0 || tr_sqlite_run(s, "VACUUM", err) < 0 ? -1 : checkpoint(s, err);
}

/* ---- looking after ---- */

int tr_store_check(struct tr_store *s, void (*say)(void *cookie, const struct tr_err *err),
                   void *cookie, uint64_t *n, struct tr_err *err)
{
    sqlite3_stmt *st = NULL;
    struct tr_err fault;
    char text[160];
    int rc = sqlite3_prepare_v2(s->db, "PRAGMA integrity_check(20)", -1, &st, NULL);

    *n = 0;
    while (rc == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
        if (!tr_str_is(tr_sqlite_text(st, 0), "ok")) {
            tr_err_copy(text, sizeof text, tr_sqlite_text(st, 0));
            tr_sqlite_refuse(s->path, TR_E_REGISTER_DAMAGED, text, NULL, &fault);
            say(cookie, &fault);
            ++*n;
        }
    sqlite3_finalize(st);
    if (rc != SQLITE_OK)
        return tr_sqlite_failed(s, rc, err);
    for (enum statement which = CHECK_IDENTITY; which <= CHECK_LAYOUT; which++) {
        st = tr_sqlite_ready(s, which, err);
        if (!st || tr_sqlite_next(s, st, err) < 0)
            return -1;
        if (sqlite3_column_int64(st, 0) > 0) {
            tr_sqlite_refuse(s->path, TR_E_REGISTER_DAMAGED, tr_sqlite_names[which], NULL, &fault);
            say(cookie, &fault);
            ++*n;
        }
        sqlite3_reset(st);
    }
    return 0;
}

int tr_store_copy(struct tr_store *s, const char *to, struct tr_err *err)
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
        else if (tr_sqlite_run(&target, "PRAGMA journal_mode = DELETE", err) == 0)
            rc = SQLITE_OK;
    }
    sqlite3_close(target.db);
    if (rc == SQLITE_OK)
        return 0;
    unlink(to);
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
