/* Any bytes as a file of records of any kind: every fault points into the file, and what was read
 * is written so that it reads in again as itself, as CSV and as JSON Lines. */
#include "fuzz_profile.h"

#include "domain/placement/certificate.h"

/* Those that are read from files; the others come in certificates. */
static const struct tr_kind *const kinds[] = {
    &tr_institution_kind, &tr_vacancy_kind, &tr_stay_kind, &tr_own_order_kind, &tr_placement_kind,
};

struct heard {
    uint64_t lines; /* of the file */
    int n; /* faults: warnings refuse nothing */
};

static void hear(void *cookie, const struct tr_err *err)
{
    struct heard *h = cookie;

    CLAIM(err->code > TR_OK && err->code < TR_N_CODES);
    CLAIM(err->line <= h->lines);
    for (int i = 0; i < 3; i++)
        CLAIM(memchr(err->arg[i], '\0', sizeof err->arg[i]));
    h->n += tr_code_class(err->code) != TR_CLASS_WARN;
}

/* -1: refused; 1: it is no table at all. */
static int read_kind(struct tr_records *r, const struct tr_kind *kind, const char *path,
                     struct heard *heard)
{
    static const struct tr_reader_options options = {.no_thread = true};
    const struct tr_listener listener = {hear, heard};
    struct tr_err err;
    struct tr_reader *reader = tr_reader_open(path, &options, &err);
    int rc;

    heard->n = 0;
    if (!reader) {
        CLAIM(err.code > TR_OK && err.code < TR_N_CODES);
        return 1;
    }
    rc = tr_records_read(r, kind, &profile, reader, &listener);
    CLAIM(rc == (heard->n ? -1 : 0));
    tr_reader_close(reader);
    return rc;
}

static void again(const struct tr_records *r, enum tr_format format)
{
    struct heard heard = {.lines = UINT64_MAX};
    struct tr_records s;
    struct tr_out once, twice;
    struct memory_file f;

    if (r->n == 0)
        return; /* JSON Lines of nothing are an empty file */
    tr_out_init(&once, -1, "once");
    tr_out_init(&twice, -1, "twice");
    tr_kind_write(r->kind, &profile, r->record, r->n, format, &once);
    f = memory_file(once.buf.p, once.buf.len);
    CLAIM(read_kind(&s, r->kind, f.path, &heard) == 0);
    tr_kind_write(s.kind, &profile, s.record, s.n, format, &twice);
    CLAIM(tr_str_eq(tr_buf_slice(&once.buf), tr_buf_slice(&twice.buf)));
    for (uint32_t i = 0; r->kind->keyed && i < r->n; i++)
        CLAIM(tr_records_find(
                  &s, *(const struct tr_str *)(const void *)(r->record + i * r->kind->size)) ==
              (int)i);
    close(f.fd);
    tr_buf_clear(&once.buf);
    tr_buf_clear(&twice.buf);
    tr_records_clear(&s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory_file f = memory_file(data, size);
    struct heard heard = {.lines = 2};

    load_profile();
    for (size_t i = 0; i < size; i++)
        heard.lines += data[i] == '\n' || data[i] == '\r';
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct tr_records r;
        int rc = read_kind(&r, kinds[k], f.path, &heard);

        if (rc > 0)
            continue;
        if (rc == 0) {
            again(&r, TR_FORMAT_CSV);
            again(&r, TR_FORMAT_JSONL);
        }
        tr_records_clear(&r);
    }
    close(f.fd);
    return 0;
}
