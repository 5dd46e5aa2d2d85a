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

    tr_sqlite_forget(target);
    return rc;
}

int tr_sqlite_copy(struct tr_store *s, const char *to, struct tr_str at, struct tr_err *err)
{
    struct tr_store target = {.engine = s->engine, .path = to};
    sqlite3 *db = NULL;
    sqlite3_backup *backup;
    int rc, fd = open(to, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0)
        return tr_err_sys(err, TR_E_CREATE, to);
    close(fd);
    rc = sqlite3_open_v2(to, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    target.db = db;
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
    if (rc == SQLITE_OK && tr_sqlite_tidy(to, err) == 0)
        return 0;
    tr_sqlite_remove(to);
    return -1;
}

int tr_sqlite_image(struct tr_store *s, struct tr_buf *out, struct tr_err *err)
{
    sqlite3_int64 size = 0;
    unsigned char *image = sqlite3_serialize(s->db, "main", &size, 0);

    if (!image)
        return tr_store_refuse(s->path, TR_E_MEMORY, NULL, NULL, err);
    tr_buf_add(out, image, (size_t)size);
    sqlite3_free(image);
    return out->failed ? tr_store_refuse(s->path, TR_E_MEMORY, NULL, NULL, err) : 0;
}
