/* The scanner against its portable version, the judge, JSON Lines, the writer and small tables. */
#include "unit.h"

#include "record/json/jsonl.h"
#include "record/judge.h"
#include "record/scan.h"
#include "record/table.h"
#include "record/writer.h"

/* ---- scan ---- */

struct found {
    uint32_t sep[512], row[512], soft[512];
    struct tr_index index;
};

static struct tr_index *fresh(struct found *f)
{
    memset(f, 0xAA, sizeof *f);
    f->index = (struct tr_index){.sep = f->sep, .row = f->row, .soft = f->soft};
    return &f->index;
}

static void same_index(const struct tr_index *a, const struct tr_index *b)
{
    ck_assert_uint_eq(a->n_sep, b->n_sep);
    ck_assert_uint_eq(a->n_row, b->n_row);
    ck_assert_uint_eq(a->n_soft, b->n_soft);
    ck_assert_uint_eq(a->ill, b->ill);
    ck_assert_mem_eq(a->sep, b->sep, a->n_sep * sizeof *a->sep);
    ck_assert_mem_eq(a->row, b->row, a->n_row * sizeof *a->row);
    ck_assert_mem_eq(a->soft, b->soft, a->n_soft * sizeof *a->soft);
}

/* Random text of what matters, at every alignment and of every length, up to the edge of its memory. */
START_TEST(vector_and_portable)
{
    static const char bytes[][9] = {"a;\"\n", "aaaa;;;\n", "\"\"\"\";\na", "a;\"\r\n", "abcdefg;", "a;\"\n\r\0"};
    static const size_t lengths[] = {4, 8, 7, 5, 8, 6};
    static struct found v, p;

    for (int round = 0; round < 40; round++)
        for (uint32_t len = 0; len <= 300; len++) {
            size_t kind = random_below(COUNT(lengths)), from = random_below(64);
            char *text = malloc(from + len + TR_SCAN_PAD);

            for (size_t i = 0; i < from + len + TR_SCAN_PAD; i++) /* what stands behind must not matter */
                text[i] = bytes[kind][random_below((uint32_t)lengths[kind])];
            ck_assert(tr_scan_with(TR_SCAN_PORTABLE, text, (uint32_t)from, (uint32_t)from + len, ';', fresh(&p)));
            for (int version = 1; version < TR_N_SCAN_VERSIONS; version++)
                if (tr_scan_with((enum tr_scan_version)version, text, (uint32_t)from, (uint32_t)from + len, ';', fresh(&v)))
                    same_index(&v.index, &p.index);
            tr_scan(text, (uint32_t)from, (uint32_t)from + len, ';', fresh(&v));
            same_index(&v.index, &p.index);
            for (uint32_t i = 0; i < v.index.n_row; i++)
                ck_assert_int_eq(text[v.sep[v.row[i]]], '\n');
            for (uint32_t i = 0; i < v.index.n_sep; i++)
                ck_assert(text[v.sep[i]] == ';' || text[v.sep[i]] == '\n');
            free(text);
        }
}
END_TEST

/* The first ill byte, wherever it lies in a block. */
START_TEST(ill)
{
    static const struct {
        const char *text;
        int at; /* -1: well */
        size_t n;
    } table[] = {
        {"a;b\n", -1},       {"\"a;\nb\";\"\"\n", -1}, {"a\r\n", -1},         {"\"a\"\r\n", -1}, {"\"\"\"\"\n", -1},
        {"a\"b\n", 1},       {"\"a\"b\n", 3},          {" \"a\"\n", 1},       {"a\rb\n", 2},     {"a\0b\n", 1, 4},
        {"\"a\rb\"\n", 3},   {"\"a\" \n", 3},          {"a;b\nc\"d\n", 5},
    };

    for (size_t i = 0; i < COUNT(table); i++)
        for (uint32_t before = 0; before < 130; before++) {
            static struct found v;
            size_t n = table[i].n ? table[i].n : strlen(table[i].text);
            char text[400] = {0};

            memset(text, 'x', before);
            if (before)
                text[before - 1] = ';';
            memcpy(text + before, table[i].text, n);
            tr_scan(text, 0, (uint32_t)(before + n), ';', fresh(&v));
            ck_assert_msg(v.index.ill == (table[i].at < 0 ? TR_SCAN_WELL : before + (uint32_t)table[i].at),
                          "case %zu after %u", i, before);
        }
}
END_TEST

/* ---- judge ---- */

START_TEST(judge)
{
    static const struct {
        const char *text;
        bool at_end;
        enum tr_code code;
        size_t at, used;
        uint32_t cells;
        const char *plain;
    } table[] = {
        {"a;b\n", .used = 4, .cells = 2, .plain = "\"a\",\"b\","},
        {" a ;\"b\"\"\" \r\nmore", .used = 12, .cells = 2, .plain = "\"a\",\"b\"\"\","},
        {"\"a\nb\"\nc\n", .used = 6, .cells = 1, .plain = "\"a\nb\","},
        {"\n", .used = 1, .cells = 0, .plain = ""},
        {"  \n", .used = 3, .cells = 0, .plain = ""},
        {"a;b", .plain = ""},
        {"\"a\n", .plain = ""},
        {"\"a\n", .at_end = true, .code = TR_E_QUOTE_OPEN, .at = 0, .plain = ""},
        {"a;\"b\nc\n", .at_end = true, .code = TR_E_QUOTE_OPEN, .at = 2, .plain = ""},
        {"a\"b\n", .code = TR_E_QUOTE_STRAY, .at = 1, .plain = ""},
        {"a\rb\n", .code = TR_E_CR_BARE, .at = 2, .plain = ""},
    };
    struct tr_judge *j = tr_judge_new(';');
    struct tr_buf plain = {0}, seps = {0};

    for (int again = 0; again < 2; again++) /* a fault must not disturb the rows behind it */
        for (size_t i = 0; i < COUNT(table); i++) {
            struct tr_verdict v;

            plain.len = seps.len = 0;
            v = tr_judge_row(j, tr_str(table[i].text), table[i].at_end, &plain, &seps);
            ck_assert_msg(v.code == table[i].code && v.used == table[i].used, "case %zu: %s, %zu used", i,
                          tr_code_name(v.code), v.used);
            if (v.code)
                ck_assert_msg(v.at == table[i].at, "case %zu: at %zu", i, v.at);
            else if (v.used)
                ck_assert_uint_eq(v.cells, table[i].cells);
            ck_slice_eq(tr_buf_slice(&plain), table[i].plain);
            ck_assert_uint_eq(seps.len, v.used ? table[i].cells * sizeof(uint32_t) : 0);
        }
    tr_judge_free(j);
    tr_judge_free(NULL);
    tr_buf_clear(&plain);
    tr_buf_clear(&seps);
}
END_TEST

/* ---- jsonl ---- */

START_TEST(jsonl)
{
    static const struct tr_str keys[] = {{"a", 1}, {"b", 1}};
    static const struct {
        const char *line, *plain; /* NULL: refused */
        enum tr_code code;
        const char *field;
    } table[] = {
        {"{\"a\":\"x\",\"b\":2}", "\"x\",\"2\","},
        {"{\"b\":2,\"a\":\"x\"}", "\"x\",\"2\","},
        {"{\"a\":true,\"b\":false}", "\"ja\",\"nei\","},
        {"{\"a\":null}", "\"\",\"\","},
        {"{}", "\"\",\"\","},
        {"{\"a\":[\"x\",1,true,null]}", "\"x|1|ja|\",\"\","},
        {"{\"a\":[]}", "\"\",\"\","},
        {"{\"a\":\"\\\"\\u00e5\\n\"}", "\"\"\"\xC3\xA5\n\",\"\","},
        {"{\"a\":0.1,\"b\":-12}", "\"0.1\",\"-12\","},
        {"{\"a\":{}}", NULL, TR_E_JSON_NESTED, "a"},
        {"{\"a\":[[1]]}", NULL, TR_E_JSON_NESTED, "a"},
        {"{\"a\":1,\"c\":2}", NULL, TR_E_JSON_KEY, "c"},
        {"{\"a\":1,\"a\":2}", NULL, TR_E_JSON, ""},
        {"{\"a\":1", NULL, TR_E_JSON, ""},
        {"[1]", NULL, TR_E_JSON, ""},
        {"", NULL, TR_E_JSON, ""},
        {"{\"a\":\"\xFF\"}", NULL, TR_E_JSON, ""},
        {"{\"a\":\"\\u0000\"}", NULL, TR_E_JSON, ""},
        {"{} {}", NULL, TR_E_JSON, ""},
    };

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_buf plain = {0}, seps = {0};
        struct tr_err err = {0};
        int n = tr_jsonl_row(tr_str(table[i].line), keys, 2, &plain, &seps, &err);

        ck_assert_msg(n == (table[i].plain ? 2 : -1), "%s: %d", table[i].line, n);
        if (n < 0) {
            ck_assert_int_eq(err.code, table[i].code);
            ck_assert_str_eq(err.field, table[i].field);
        } else {
            ck_slice_eq(tr_buf_slice(&plain), table[i].plain);
            ck_assert_uint_eq(seps.len, 2 * sizeof(uint32_t));
        }
        tr_buf_clear(&plain);
        tr_buf_clear(&seps);
    }
}
END_TEST

/* ---- writer ---- */

static const struct tr_column columns[] = {{{"id", 2}, TR_SHAPE_TEXT},
                                           {{"a,b", 3}, TR_SHAPE_TEXT},
                                           {{"n", 1}, TR_SHAPE_NUMBER},
                                           {{"ok", 2}, TR_SHAPE_BOOL},
                                           {{"list", 4}, TR_SHAPE_LIST}};

enum { COLUMNS = COUNT(columns) };

static const char *const rows[][COLUMNS] = {
    {"1", "plain", "12", "ja", "x|y"},
    {"2", "with \"quotes\", commas\nand lines\r\n", "-7", "nei", "x"},
    {"3", " padded ", "", "", ""},
    {"4", "\xC3\xA6\xC3\xB8\xC3\xA5 \xF0\x9F\x98\x80\t", "0", "ja", "a b|c,d|\"e\""},
    {"5", "\"", "007", "kanskje", "|"},
    {"6", "=1+1", "1.5", "", "x"},
};

static void write_rows(struct tr_out *out, enum tr_format format)
{
    struct tr_writer w;

    tr_out_init(out, -1, "test");
    tr_writer_start(&w, out, format, columns, COLUMNS);
    for (size_t r = 0; r < COUNT(rows); r++) {
        struct tr_str cells[COLUMNS];

        for (size_t c = 0; c < COLUMNS; c++)
            cells[c] = tr_str(rows[r][c]);
        tr_writer_row(&w, cells);
    }
}

/* Written as CSV and as JSON Lines, both read as what was written. */
START_TEST(round_trip)
{
    for (int format = TR_FORMAT_CSV; format <= TR_FORMAT_JSONL; format++) {
        struct tr_out out;
        struct tr_table t;
        struct tr_err err;

        write_rows(&out, (enum tr_format)format);
        ck_assert_int_eq(tr_table_load(&t, file_of(out.buf.p, out.buf.len), &(struct tr_reader_options){0}, &err), 0);
        ck_assert_uint_eq(t.n_columns, COLUMNS);
        ck_assert_uint_eq(t.n_rows, COUNT(rows));
        for (uint32_t c = 0; c < COLUMNS; c++) {
            ck_assert(tr_str_eq(t.header[c], columns[c].name));
            for (uint32_t r = 0; r < t.n_rows; r++)
                ck_assert_msg(tr_str_is(tr_table_cell(&t, r, (int)c), rows[r][c]), "format %d: \"%s\" becomes \"%s\"",
                              format, rows[r][c], show(tr_table_cell(&t, r, (int)c)));
        }
        tr_table_clear(&t);
        tr_buf_clear(&out.buf);
    }
}
END_TEST

START_TEST(json_as_written)
{
    struct tr_out out;

    write_rows(&out, TR_FORMAT_JSONL);
    ck_assert_ptr_nonnull(strstr(tr_buf_z(&out.buf),
                                 "{\"id\":\"1\",\"a,b\":\"plain\",\"n\":12,\"ok\":true,\"list\":[\"x\",\"y\"]}\n"));
    ck_assert_ptr_nonnull(strstr(out.buf.p, "\"a,b\":\" padded \",\"n\":null,\"ok\":null,\"list\":null}\n"));
    ck_assert_ptr_nonnull(strstr(out.buf.p, "\"n\":\"007\",\"ok\":\"kanskje\""));
    tr_buf_clear(&out.buf);
}
END_TEST

START_TEST(csv_cell)
{
    static const char *const table[][2] = {{"", ""}, {"a", "a"}, {"a;b", "\"a;b\""}, {"a,b", "a,b"}, {"\"", "\"\"\"\""},
                                           {" a", "\" a\""}, {"a\t", "\"a\t\""}, {"a\nb", "\"a\nb\""}, {"a\rb", "\"a\rb\""}};

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_out out;

        tr_out_init(&out, -1, "test");
        tr_csv_cell(&out, tr_str(table[i][0]), ';');
        ck_slice_eq(tr_buf_slice(&out.buf), table[i][1]);
        tr_buf_clear(&out.buf);
    }
}
END_TEST

/* Each cell as it stands, found where the row is cut. */
START_TEST(csv_find)
{
    static const char *const text[] = {
        "a,b,c", "", ",", "\"a,b\",c", "x,\"\"\"\",\"a\"\",\"\"b\",z,", "\"a", "a\"b,c\"d", "\"\",\"\"\"\"",
    };

    for (size_t r = 0; r < COUNT(text); r++) {
        char own[64];
        struct tr_str cell[8];
        size_t n = COUNT(cell), len = strlen(text[r]), at = 0;

        memcpy(own, text[r], len);
        tr_csv_cut(own, len, cell, &n);
        for (size_t c = 0; c < n; c++) {
            struct tr_str found = tr_csv_find(tr_str(text[r]), (int)c), only = {0};
            char alone[64] = "";

            ck_assert_ptr_eq(found.p, text[r] + at);
            memcpy(alone, found.p, found.len);
            tr_csv_cut(alone, found.len, &only, &(size_t){1});
            ck_assert_msg(tr_str_eq(only, cell[c]), "%s: %zu", text[r], c);
            at += found.len + 1;
        }
        ck_assert_uint_eq(at, len + 1);
        ck_assert_uint_eq(tr_csv_find(tr_str(text[r]), (int)n).len, 0);
    }
}
END_TEST

START_TEST(json_string)
{
    static const char *const table[][2] = {{"", "\"\""}, {"a\"\\", "\"a\\\"\\\\\""}, {"\n\x01", "\"\\u000a\\u0001\""},
                                           {"\xC3\xA5", "\"\xC3\xA5\""}, {"\xFF", "\"\\ufffd\""}};

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_out out;

        tr_out_init(&out, -1, "test");
        tr_json_string(&out, tr_str(table[i][0]));
        ck_slice_eq(tr_buf_slice(&out.buf), table[i][1]);
        tr_buf_clear(&out.buf);
    }
}
END_TEST

/* ---- table ---- */

START_TEST(table)
{
    struct tr_table t;
    struct tr_err err;
    const char *path = file_z("a;b\n1;2\n\n\"3\n\";4\n");

    ck_assert_int_eq(tr_table_load(&t, path, &(struct tr_reader_options){0}, &err), 0);
    ck_assert_int_eq(tr_table_column(&t, "b"), 1);
    ck_assert_int_eq(tr_table_column(&t, "c"), -1);
    ck_slice_eq(tr_table_cell(&t, 1, 0), "3\n");
    ck_slice_eq(tr_table_cell(&t, 1, -1), "");
    tr_table_fault(&t, 1, 1, TR_E_COUNT, "x", &err);
    ck_assert(err.code == TR_E_COUNT && err.line == 4);
    ck_assert_str_eq(err.field, "b");
    ck_assert_str_eq(err.source, path);
    tr_table_clear(&t);
    path = file_z("a;b\n1;2\n1\n");
    ck_assert_int_eq(tr_table_load(&t, path, &(struct tr_reader_options){0}, &err), -1);
    ck_assert(err.code == TR_E_ROW_SHORT && err.line == 3);
    tr_table_clear(&t);
}
END_TEST

MAIN("record", {vector_and_portable}, {ill}, {judge}, {jsonl}, {round_trip}, {json_as_written}, {csv_cell}, {csv_find}, {json_string}, {table})
