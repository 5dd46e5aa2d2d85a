/* JSON Lines: any line is read or refused; what was read is written again and reads as the same. */
#include "fuzz.h"

#include "record/json/jsonl.h"
#include "record/writer.h"

enum { COLUMNS = 3 };

static const struct tr_column columns[COLUMNS] = {
    {.name = {"a", 1}}, {.name = {"b", 1}, .shape = TR_SHAPE_NUMBER}, {.name = {"c", 1}, .shape = TR_SHAPE_BOOL}};

static struct tr_str cell(const struct tr_buf *plain, const struct tr_buf *seps, uint32_t i, char *to)
{
    const uint32_t *sep = (const uint32_t *)(const void *)seps->p;
    uint32_t from = i ? sep[i - 1] + 1 : 0, end = sep[i];
    size_t n = 0;

    CLAIM(end <= plain->len && end >= from + 2 && plain->p[from] == '"' && plain->p[end - 1] == '"');
    for (uint32_t k = from + 1; k < end - 1; k++) {
        to[n++] = plain->p[k];
        if (plain->p[k] == '"')
            CLAIM(plain->p[++k] == '"' && k < end - 1);
    }
    return (struct tr_str){to, n};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct tr_str keys[COLUMNS] = {{"a", 1}, {"b", 1}, {"c", 1}};
    struct tr_buf plain = {0}, seps = {0}, plain2 = {0}, seps2 = {0};
    struct tr_str line = {(const char *)data, size}, cells[COLUMNS];
    struct tr_err err;
    int n;

    n = tr_jsonl_row(line, NULL, 0, &plain, &seps, &err);
    CLAIM(n >= -1 && (n < 0 || seps.len == (size_t)n * sizeof(uint32_t)));
    plain.len = seps.len = 0;
    n = tr_jsonl_row(line, keys, COLUMNS, &plain, &seps, &err);
    if (n < 0) {
        CLAIM(err.code == TR_E_JSON || err.code == TR_E_JSON_KEY || err.code == TR_E_JSON_NESTED ||
              err.code == TR_E_NUL);
    } else {
        struct tr_out out;
        struct tr_writer w;
        char *room = malloc(3 * plain.len);

        CLAIM(n == COLUMNS && room);
        for (uint32_t i = 0; i < COLUMNS; i++)
            cells[i] = cell(&plain, &seps, i, room + i * plain.len);
        tr_out_init(&out, -1, "again");
        tr_writer_start(&w, &out, TR_FORMAT_JSONL, columns, COLUMNS);
        tr_writer_row(&w, cells);
        CLAIM(tr_jsonl_row(tr_buf_slice(&out.buf), keys, COLUMNS, &plain2, &seps2, &err) == COLUMNS);
        CLAIM(tr_str_eq(tr_buf_slice(&plain), tr_buf_slice(&plain2)));
        tr_buf_clear(&out.buf);
        free(room);
    }
    tr_buf_clear(&plain);
    tr_buf_clear(&seps);
    tr_buf_clear(&plain2);
    tr_buf_clear(&seps2);
    return 0;
}
