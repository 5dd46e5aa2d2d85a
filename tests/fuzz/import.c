/* Any bytes as an export: every fault points into the file, the numbers add up, what was kept reads in
 * again as itself, and rows read column by column are as those that are read one by one. */
#include "fuzz_profile.h"

#include "domain/referral/block.h"
#include "domain/referral/import.h"
#include "record/writer.h"

/* One for all inputs: it keeps the files that were given back, and they are many. */
static struct tr_scratch scratch = {.folder = "/tmp"};

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
    struct tr_import *im = tr_import_new(&profile, &scratch);
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

/* ---- blocks ---- */

static void same_referral(const struct tr_value v[], struct tr_mark mark, const struct tr_referral *one)
{
    CLAIM(one->n_faults == 0 && one->unread == 0);
    CLAIM(mark.id == one->id && mark.content == one->content);
    for (int f = 0; f < TR_N_FIELDS; f++) {
        CLAIM(v[f].num == one->v[f].num && v[f].text.len == one->v[f].text.len);
        CLAIM(v[f].text.len == 0 || memcmp(v[f].text.p, one->v[f].text.p, v[f].text.len) == 0);
    }
}

/* Rows of the first batch, as a block and one by one. Each has a scratch of its own. */
static void check_blocks(const char *path)
{
    static const struct tr_reader_options options = {.no_thread = true};
    static struct tr_referral referral;
    struct tr_err err;
    struct tr_reader *reader = tr_reader_open(path, &options, &err);
    struct tr_import *im[2] = {tr_import_new(&profile, &scratch), tr_import_new(&profile, &scratch)};
    struct tr_binding b[2] = {0};
    struct tr_block *block = tr_block_new();
    struct tr_buf texts[TR_PREPARE_ROWS] = {0};
    struct tr_row row[TR_PREPARE_ROWS];
    size_t at = 0, n;
    bool bound = reader != NULL;

    CLAIM(im[0] && im[1] && block);
    for (int i = 0; i < 2 && bound; i++)
        bound = tr_import_bind(im[i], &b[i], reader, TR_WANT_REFERRAL, &err) == 0;
    referral.binding = NULL;
    for (; bound; at += n) {
        uint64_t good;

        for (n = 0; n < TR_PREPARE_ROWS && tr_reader_sample(reader, at + n, &row[n]); n++) {
            texts[n].len = 0;
            row[n].scratch = &texts[n];
        }
        if (n == 0)
            break;
        good = tr_block_read(block, im[0], &b[0], row, n, TR_WANT_REFERRAL);
        for (uint32_t i = 0; i < block->n; i++) {
            struct tr_row again = *block->row[i];

            if (!(good >> i & 1))
                continue;
            CLAIM(tr_import_fields(im[1], &b[1], &again, TR_WANT_REFERRAL, &referral) == TR_IMPORT_GOOD);
            same_referral(block->v[i], block->mark[i], &referral);
        }
    }
    for (int i = 0; i < 2; i++) {
        tr_binding_clear(&b[i]);
        tr_import_free(im[i]);
    }
    for (int i = 0; i < TR_PREPARE_ROWS; i++)
        tr_buf_clear(&texts[i]);
    free(block);
    tr_reader_close(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory_file f = memory_file(data, size), again;
    struct tr_out once, twice;
    int rows[TR_IMPORT_REJECTED + 1], rows2[TR_IMPORT_REJECTED + 1];

    load_profile();
    check_blocks(f.path);
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
