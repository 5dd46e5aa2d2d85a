/* Any bytes as an export: every fault points into the file, the numbers add up, and what was kept
 * reads in again as itself. */
#include "fuzz_profile.h"

#include "domain/referral/import.h"
#include "record/writer.h"

static void check_fault(const struct tr_err *e, const struct tr_row *row)
{
    uint64_t lines = 0;

    for (size_t i = 0; i < row->raw.len; i++)
        lines += row->raw.p[i] == '\n';
    CLAIM(e->code > TR_OK && e->code < TR_N_CODES);
    CLAIM(e->line >= row->line);
    if (!row->bad) /* a bad row ends at its first line, its fault may stand below */
        CLAIM(e->line <= row->line + lines);
    for (int i = 0; i < 3; i++)
        CLAIM(memchr(e->arg[i], '\0', sizeof e->arg[i]));
    CLAIM(memchr(e->value, '\0', sizeof e->value) && memchr(e->field, '\0', sizeof e->field));
}

/* Imports the file as referral-import does; the records are added to out. Returns the rows rejected,
 * or -1 when the file is refused. */
static int import(const char *path, struct tr_out *out, int rows[TR_IMPORT_REJECTED + 1])
{
    static const struct tr_reader_options options = {.no_thread = true};
    static struct tr_referral referral;
    struct tr_err err;
    struct tr_reader *reader = tr_reader_open(path, &options, &err);
    struct tr_import *im = tr_import_new(&profile, &(struct tr_scratch){.folder = "/tmp"});
    struct tr_binding b = {0};
    struct tr_writer w;
    struct tr_row row;
    const struct tr_str *names;
    struct tr_column *columns = NULL;
    struct tr_str *cells = NULL;
    size_t extras;
    int rc;

    CLAIM(im);
    memset(rows, 0, (TR_IMPORT_REJECTED + 1) * sizeof *rows);
    referral.binding = NULL;
    if (!reader || tr_import_bind(im, &b, reader, TR_WANT_REFERRAL, &err) < 0) {
        CLAIM(err.code > TR_OK && err.code < TR_N_CODES);
        rc = -1;
        goto out;
    }
    extras = tr_import_extras(im, &names);
    columns = calloc(TR_N_REFERRAL_FIELDS + extras, sizeof *columns);
    cells = calloc(TR_N_REFERRAL_FIELDS + extras, sizeof *cells);
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        columns[f] = tr_field_column((enum tr_field)f);
    for (size_t i = 0; i < extras; i++)
        columns[TR_N_REFERRAL_FIELDS + i] = (struct tr_column){.name = names[i]};
    tr_writer_start(&w, out, TR_FORMAT_CSV, columns, TR_N_REFERRAL_FIELDS + extras);
    while ((rc = tr_reader_next(reader, &row, &err)) > 0) {
        int unread = 0; /* cells of a good row that nobody could read */

        rc = tr_import_row(im, &b, &row, TR_WANT_REFERRAL, &referral, &err);
        CLAIM(rc >= TR_IMPORT_GOOD && rc <= TR_IMPORT_REJECTED);
        rows[rc]++;
        CLAIM(rc != TR_IMPORT_REJECTED || referral.n_faults > 0);
        for (int i = 0; i < referral.n_faults; i++) {
            bool warns = tr_code_class(referral.fault[i].code) == TR_CLASS_WARN;

            unread += !warns;
            if (rc == TR_IMPORT_REJECTED || !warns)
                check_fault(&referral.fault[i], &row);
        }
        CLAIM(rc != TR_IMPORT_GOOD || unread <= __builtin_popcountll(referral.unread));
        if (rc != TR_IMPORT_GOOD)
            continue;
        for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
            cells[f] = referral.v[f].text;
        for (size_t i = 0; i < extras; i++)
            cells[TR_N_REFERRAL_FIELDS + i] = tr_row_cell(&row, (uint32_t)b.extra_column[i]);
        tr_writer_row(&w, cells);
    }
    CLAIM(rc == 0);
out:
    free(columns);
    free(cells);
    tr_binding_clear(&b);
    tr_import_free(im);
    tr_reader_close(reader);
    return rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory_file f = memory_file(data, size), again;
    struct tr_out once, twice;
    int rows[TR_IMPORT_REJECTED + 1], rows2[TR_IMPORT_REJECTED + 1];

    load_profile();
    tr_out_init(&once, -1, "once");
    tr_out_init(&twice, -1, "twice");
    if (import(f.path, &once, rows) == 0) {
        again = memory_file(once.buf.p, once.buf.len);
        CLAIM(import(again.path, &twice, rows2) == 0);
        CLAIM(rows2[TR_IMPORT_GOOD] == rows[TR_IMPORT_GOOD] && rows2[TR_IMPORT_BLANK] == 0 &&
              rows2[TR_IMPORT_TWICE] == 0 && rows2[TR_IMPORT_REJECTED] == 0);
        CLAIM(tr_str_eq(tr_buf_slice(&once.buf), tr_buf_slice(&twice.buf)));
        close(again.fd);
    }
    tr_buf_clear(&once.buf);
    tr_buf_clear(&twice.buf);
    close(f.fd);
    return 0;
}
