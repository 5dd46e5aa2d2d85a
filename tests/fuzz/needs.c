/* Any bytes as a table of needs: what is taken is written so that it reads in again as itself. */
#include "fuzz_profile.h"

#include "domain/survey/needs.h"

/* 0 when the file was added, -1 when it is refused, 1 when it is no table of needs. */
static int add(struct tr_needs *n, const char *path)
{
    static const struct tr_reader_options options = {.no_thread = true};
    struct tr_table t;
    struct tr_err err;
    int rc;

    if (tr_table_load(&t, path, &options, &err) < 0) {
        CLAIM(err.code > TR_OK && err.code < TR_N_CODES);
        return -1;
    }
    if (tr_needs_recognise(n, t.header, t.n_columns) == TR_NEEDS_TABLE)
        rc = tr_needs_add_table(n, &t, &err);
    else
        rc = 1;
    if (rc < 0)
        CLAIM(err.code > TR_OK && err.code < TR_N_CODES);
    tr_table_clear(&t);
    return rc;
}

/* Writes the table and reads it in again: the same counts. */
static void again(const struct tr_needs *n, int row, int column, bool as_long)
{
    static const struct tr_needs_beside nothing;
    size_t cells = (size_t)n->n_rows * (size_t)n->n_columns;
    struct tr_needs m;
    struct tr_err err;
    struct tr_out out;
    struct memory_file f;

    tr_out_init(&out, -1, "again");
    tr_needs_write(n, &nothing, as_long, TR_FORMAT_CSV, &out);
    f = memory_file(out.buf.p, out.buf.len);
    CLAIM(tr_needs_init(&m, &profile, (enum tr_field)row, column, &err) == 0);
    CLAIM(add(&m, f.path) == 0);
    CLAIM(memcmp(m.count, n->count, cells * sizeof *n->count) == 0);
    for (int i = 0; !as_long && i < n->n_rows * profile.n_measures; i++)
        CLAIM(!(n->rows_known >> (i % profile.n_measures) & 1) || m.of_row[i] == n->of_row[i]);
    close(f.fd);
    tr_buf_clear(&out.buf);
    tr_needs_clear(&m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int shapes[][2] = {{TR_F_BYDEL, TR_F_HOUSING_TYPE}, {TR_F_BYDEL, -1}, {TR_F_BYDEL, TR_F_URGENCY}};
    struct memory_file f = memory_file(data, size);

    load_profile();
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        struct tr_needs n;
        struct tr_err err;
        struct tr_doubles d;
        uint64_t sum = 0;

        CLAIM(tr_needs_init(&n, &profile, (enum tr_field)shapes[s][0], shapes[s][1], &err) == 0);
        tr_doubles_start(&d, NULL);
        n.doubles = &d;
        if (add(&n, f.path) == 0) {
            CLAIM(tr_doubles_settle(&d, n.count, (size_t)n.n_rows * (size_t)n.n_columns, tr_needs_persons(&n)) == 0);
            CLAIM(d.persons <= d.more && d.more < d.in_tables + 1);
            for (int i = 0; i < n.n_rows * n.n_columns; i++)
                sum += n.count[i];
            if (sum < 1000000000) { /* a larger sum cannot be read in again */
                again(&n, shapes[s][0], shapes[s][1], false);
                again(&n, shapes[s][0], shapes[s][1], true);
            }
        }
        tr_doubles_clear(&d);
        tr_needs_clear(&n);
    }
    close(f.fd);
    return 0;
}
