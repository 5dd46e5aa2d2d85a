/* Any bytes as move-out plans: each is refused, with its place, or read; what was read is written so
 * that it reads in again as itself, what is missing is said, and it becomes a document in which nothing
 * is more than text. */
#include "fuzz_document.h"

#include "doc/content/checklist.h"

static struct tr_plan_form form;

static void load(void)
{
    struct tr_err err;

    load_profile();
    if (!form.profile)
        CLAIM(tr_plan_form_load(&form, &profile, TR_PAPER_PLAN, &err) == 0);
}

static void write_plan(const struct tr_plan *p, struct tr_buf *to)
{
    struct tr_out out;

    tr_out_init(&out, -1, "plan");
    tr_plan_write(p, &out);
    CLAIM(!out.buf.failed);
    tr_buf_str(to, tr_buf_slice(&out.buf));
    tr_buf_clear(&out.buf);
}

/* What was said first of the plan in hand, and whether anything was. */
struct said {
    struct tr_err err;
    uint64_t line, last; /* of the plan, and of the text */
    bool any;
};

static void hear(void *cookie, const struct tr_err *err)
{
    struct said *said = cookie;

    said->any = true;
    CLAIM(err->code > TR_OK && err->code < TR_N_CODES && err->source);
    CLAIM(err->code == TR_E_MEMORY ||
          (err->line >= said->line && err->line <= said->last && err->col >= 1));
}

static int read_plan(struct tr_plan *p, const struct tr_json *document,
                     const struct tr_json_stream *stream, uint64_t line, struct said *said)
{
    const struct tr_plan_source from = {stream->path, stream->object, line};

    *said = (struct said){.line = line, .last = stream->line};
    return tr_plan_read(p, &form, document, &from, &(struct tr_listener){hear, said});
}

static void again(const struct tr_plan *p)
{
    struct tr_buf once = {0}, twice = {0};
    struct tr_json_stream stream;
    struct tr_json *document;
    struct tr_plan q;
    struct said said;
    struct tr_err err;
    uint64_t line;

    write_plan(p, &once);
    stream = (struct tr_json_stream){tr_buf_slice(&once), 1, "again"};
    CLAIM(tr_json_next(&stream, &document, &line, &err) == 1 && line == 1);
    CLAIM(read_plan(&q, document, &stream, line, &said) == 0);
    tr_json_free(document);
    CLAIM(tr_json_next(&stream, &document, &line, &err) == 0);
    write_plan(&q, &twice);
    CLAIM(tr_str_eq(tr_buf_slice(&once), tr_buf_slice(&twice)));
    tr_plan_clear(&q);
    tr_buf_clear(&once);
    tr_buf_clear(&twice);
}

static void make_document(const struct tr_plan *p, enum tr_lang lang)
{
    struct tr_records missing;
    struct tr_document d;

    tr_records_start(&missing, &tr_missing_kind, &profile, "plan");
    CLAIM(tr_plan_missing(p, lang, &missing) == 0);
    for (uint32_t i = 0; i < missing.n; i++)
        CLAIM(((const struct tr_missing *)(const void *)missing.record + i)->text.len > 0);
    tr_document_start(&d, &profile, lang, tr_plan_head(p)->case_id, TR_STR("Etaten"), TR_STR("2026-11-21"));
    tr_checklist_make(&d, p, &missing, 0, lang == TR_NB);
    check_document(&d);
    tr_records_clear(&missing);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tr_json_stream stream = {{(const char *)data, size}, 1, "fuzz"};
    uint64_t lines = 1, line = 0, before = 1;
    struct tr_json *document;
    struct tr_err err = {.source = "nobody has said"};
    int rc, n = 0;

    load();
    for (size_t i = 0; i < size; i++)
        lines += data[i] == '\n';
    while ((rc = tr_json_next(&stream, &document, &line, &err)) > 0) {
        struct tr_plan p;

        CLAIM(line >= before && line <= lines);
        before = line;
        struct said said;

        if (read_plan(&p, document, &stream, line, &said) < 0) {
            CLAIM(said.any);
        } else {
            again(&p);
            make_document(&p, (enum tr_lang)(n++ % TR_N_LANGS));
        }
        tr_plan_clear(&p);
        tr_json_free(document);
    }
    if (rc < 0) {
        CLAIM(err.code == TR_E_DOCUMENT && strcmp(err.source, "fuzz") == 0);
        CLAIM(err.line >= before && err.line <= lines && err.col >= 1);
    }
    return 0;
}
