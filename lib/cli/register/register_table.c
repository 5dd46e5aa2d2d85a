#include <stdlib.h>

#include "cli/app/memory_table.h"
#include "cli/register/register.h"

const char *tr_register_new_table(struct tr_register *r, const char *label, struct tr_out *out)
{
    char *path = NULL;
    int fd = tr_memory_table_new(label, &path);

    if (fd < 0 || r->n_tables == TR_TABLES_MAX) {
        free(path);
        tr_app_no_memory(r->app);
        return NULL;
    }
    r->table[r->n_tables++] = path;
    tr_out_init(out, fd, path);
    return path;
}

const char *tr_register_table(struct tr_register *r, enum tr_record_kind kind)
{
    return tr_register_table_on(r, kind, NULL);
}

const char *tr_register_table_on(struct tr_register *r, enum tr_record_kind kind, const char *day)
{
    const struct tr_store_query query = {.kind = tr_str(tr_record_kind_names[kind]), .as_of = tr_str(day)};
    struct tr_out out;
    struct tr_err err;
    const char *path = tr_register_new_table(r, tr_record_kind_names[kind], &out);
    int rc;

    if (!path)
        return NULL;
    rc = tr_register_get(r, &query, tr_record_is_paper(kind) ? TR_FORMAT_JSONL : TR_FORMAT_CSV,
                         TR_VIEW_TABLE, NULL, &out);
    if (tr_out_close(&out, &err) < 0)
        rc = tr_app_fail(r->app, &err);
    return rc < 0 ? NULL : path; /* kept open: it is the table */
}

int tr_register_read_tables(struct tr_register *r, const tr_wanted_tables wanted)
{
    for (int k = 0; k < TR_N_RECORD_KINDS; k++) {
        if (!wanted[k] || *wanted[k])
            continue;
        *wanted[k] = tr_register_table(r, (enum tr_record_kind)k);
        if (!*wanted[k])
            return -1;
        if (tr_record_is_paper(k) && tr_memory_table_is_empty(*wanted[k]))
            *wanted[k] = NULL;
    }
    return 0;
}

int tr_register_tables(struct tr_app *app, struct tr_register *r, const char *path,
                       const tr_wanted_tables wanted)
{
    if (tr_register_open(app, r, path, TR_STORE_READ, NULL) < 0 ||
        tr_register_key_at_hand(r, NULL) < 0 || tr_register_read_tables(r, wanted) < 0)
        return -1;
    tr_register_done(r);
    return 0;
}

const char *tr_register_opened_papers(struct tr_register *r, const char *case_id,
                                      enum tr_record_kind first, enum tr_record_kind last,
                                      bool history, const char *reason)
{
    const struct tr_store_query query = {
        .kind = tr_str(tr_record_kind_names[first]), .id = tr_str(case_id), .history = history};
    struct tr_out out;
    struct tr_err err;
    const char *path = tr_register_new_table(r, "papers", &out);
    int rc;

    if (!path)
        return NULL;
    rc = tr_register_look(r, &query, last, TR_FORMAT_JSONL, reason, &out);
    if (tr_out_close(&out, &err) < 0 && rc == 0)
        rc = tr_app_fail(r->app, &err);
    return rc < 0 ? NULL : path;
}
