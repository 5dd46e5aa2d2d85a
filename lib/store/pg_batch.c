/* Many records at once, as arrays: one way to the server for a thousand of them. */
#include <stddef.h>

#include "store/batch_own.h"
#include "store/pg_own.h"

/* The server's numbers for types never change. */
enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25 };

/* An array as the server reads it in binary: dimensions, whether there are NULLs, the type, how
 * many, the first index; then each with its length. All numbers have their highest byte first. */
static void add_big(struct tr_buf *out, uint64_t number, int bytes)
{
    while (bytes-- > 0)
        tr_buf_char(out, (char)(number >> 8 * bytes & 0xFF));
}

static void start_array(struct tr_buf *out, uint32_t type, uint32_t n)
{
    const uint32_t head[] = {1, 1, type, n, 1};

    out->len = 0;
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        add_big(out, head[i], 4);
}

static void add_number(struct tr_buf *out, int64_t number)
{
    add_big(out, 8, 4);
    add_big(out, (uint64_t)number, 8);
}

/* Empty is NULL, unless there must be text. */
static void add_text(struct tr_buf *out, struct tr_str text, bool must)
{
    add_big(out, text.len || must ? text.len : UINT32_MAX, 4);
    tr_buf_str(out, text);
}

/* ---- columns ---- */

/* A member of the records in a batch. */
struct column {
    uint32_t type;
    size_t at; /* in an item */
    bool must; /* a text is never NULL */
};

#define OF(type, member, must)                                                                     \
    {                                                                                              \
        type, offsetof(struct tr_batch_item, member), must                                         \
    }

enum { COLUMNS_MAX = 14 };

/* Binds the columns of the items that come in, or of all. *n: how many. */
static int bind_columns(struct tr_rows *st, const struct tr_batch *b, bool all,
                        const struct column *column, int columns, struct tr_buf array[COLUMNS_MAX])
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < b->n; i++)
        n += all || b->item[i].is == TR_STORE_NEW;
    for (int c = 0; c < columns; c++) {
        start_array(&array[c], column[c].type, n);
        for (uint32_t i = 0; i < b->n; i++) {
            const char *at = (const char *)&b->item[i] + column[c].at;

            if (!all && b->item[i].is != TR_STORE_NEW)
                continue;
            if (column[c].type == OID_INT8)
                add_number(&array[c], *(const int64_t *)(const void *)at);
            else
                add_text(&array[c], *(const struct tr_str *)(const void *)at, column[c].must);
        }
        if (array[c].failed)
            return -1;
        tr_rows_bind_blob(st, c + 1, array[c].p, array[c].len);
    }
    return (int)n;
}

/* ---- what the engine does ---- */

int tr_pg_reserve(struct tr_store *s, uint32_t n, int64_t *first, struct tr_err *err)
{
    struct tr_rows *st = tr_rows_ready(s, Q_record_numbers, err);

    if (!st)
        return -1;
    tr_rows_bind_number(st, 1, n);
    return tr_pg_add(s, st, first, err);
}

int tr_pg_find_many(struct tr_store *s, struct tr_batch *b, struct tr_err *err)
{
    static const struct column ids[] = {OF(OID_TEXT, r.kind, true), OF(OID_TEXT, r.id, true)};
    struct tr_rows *st = tr_rows_ready(s, Q_records_known, err);
    struct tr_buf array[COLUMNS_MAX] = {0};
    int rc = st ? 1 : -1;

    if (rc > 0 && bind_columns(st, b, true, ids, 2, array) < 0)
        rc = tr_err_memory(err);
    while (rc > 0 && (rc = tr_rows_next(s, st, err)) > 0) {
        int64_t at = tr_rows_number(st, 0);
        struct tr_batch_item *item = at >= 1 && at <= (int64_t)b->n ? &b->item[at - 1] : NULL;

        if (!item) { /* a server that was changed counts as it likes */
            rc = tr_store_changed(s, "record", at, err);
            break;
        }
        item->old = tr_rows_number(st, 1);
        item->joined = tr_rows_number(st, 3);
        item->is = tr_rows_is_blob(st, 2, item->content) ? TR_STORE_SAME : TR_STORE_CHANGED;
    }
    for (int c = 0; c < COLUMNS_MAX; c++)
        tr_buf_clear(&array[c]);
    return rc;
}

/* While the server works, the next are read. */
int tr_pg_add_many(struct tr_store *s, const struct tr_batch *b, struct tr_err *err)
{
    static const struct column columns[COLUMNS_MAX] = {
        OF(OID_INT8, r.record, true),   OF(OID_TEXT, r.kind, true),
        OF(OID_TEXT, r.id, true),       OF(OID_INT8, r.layout, true),
        OF(OID_INT8, r.put, true),      OF(OID_TEXT, r.about, false),
        OF(OID_TEXT, r.bydel, false),   OF(OID_TEXT, r.day, false),
        OF(OID_TEXT, r.person, false),  OF(OID_TEXT, r.body, true),
        OF(OID_BYTEA, r.content, true), OF(OID_BYTEA, marked, true),
        OF(OID_BYTEA, r.sealed, false), OF(OID_INT8, guarded, true)};
    struct tr_rows *st = tr_rows_ready(s, Q_records_add, err);
    struct tr_buf array[COLUMNS_MAX] = {0};
    int n = st ? bind_columns(st, b, false, columns, COLUMNS_MAX, array) : 0, rc = st ? 0 : -1;

    if (n < 0)
        rc = tr_err_memory(err);
    else if (n > 0)
        rc = tr_pg_send(s, st, err);
    for (int c = 0; c < COLUMNS_MAX; c++)
        tr_buf_clear(&array[c]);
    return rc;
}
