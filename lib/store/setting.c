#include "store/store_own.h"

int tr_store_setting_by(struct tr_store *s, enum tr_query which, const char *name,
                        struct tr_buf *out, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, which, err);
    int rc;

    if (!st)
        return -1;
    tr_rows_bind_text(st, 1, tr_str(name));
    rc = tr_rows_next(s, st, err);
    if (rc > 0)
        tr_buf_str(out, tr_rows_text(st, 0));
    tr_rows_reset(st);
    return rc < 0 ? -1 : 0;
}

int tr_store_setting(struct tr_store *s, const char *name, struct tr_buf *out, struct tr_err *err)
{
    return tr_store_setting_by(s, Q_setting, name, out, err);
}

int tr_store_set(struct tr_store *s, const char *name, struct tr_str value, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_setting_set, err);

    if (!st)
        return -1;
    s->set = true;
    tr_rows_bind_text(st, 1, tr_str(name));
    tr_rows_bind_text(st, 2, value);
    return tr_rows_finish(s, st, err);
}

/* ---- marks among them ---- */

int tr_store_set_mark(struct tr_store *s, const char *name, const unsigned char mark[TR_MARK_LEN],
                      struct tr_err *err)
{
    const bool set = s->set;
    char text[2 * TR_MARK_LEN];
    int rc;

    tr_hex(mark, TR_MARK_LEN, text);
    rc = tr_store_set(s, name, (struct tr_str){text, sizeof text}, err);
    s->set = set;
    return rc;
}

int tr_store_is_mark(struct tr_store *s, const char *name, const unsigned char mark[TR_MARK_LEN],
                     bool *same, struct tr_err *err)
{
    char text[2 * TR_MARK_LEN];
    struct tr_buf kept = {0};
    int rc = tr_store_setting(s, name, &kept, err);

    tr_hex(mark, TR_MARK_LEN, text);
    *same = kept.len == sizeof text && tr_same_bytes(kept.p, text, sizeof text);
    tr_buf_clear(&kept);
    return rc;
}
