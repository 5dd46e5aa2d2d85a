/* The reader: dialects, encodings, faults and their places, and rows across the borders of its
 * batches; threaded or not, judged or not, always the same. */
#include "unit.h"

#include "base/sizes.h"
#include "record/judge.h"
#include "record/reader.h"

enum { BORDER = 1 << 18 }; /* the reader's batch */

static const struct tr_reader_options modes[] = {
    {0}, {.judge_all = true}, {.no_thread = true}, {.judge_all = true, .no_thread = true}};

static struct tr_reader *open_file(const char *path, const struct tr_reader_options *options)
{
    struct tr_err err;
    struct tr_reader *r = tr_reader_open(path, options, &err);

    ck_assert_msg(r != NULL, "%s: %s", path, tr_code_name(err.code));
    return r;
}

/* Everything that was read, in one text: the cells in [ ], a row a line; faults as line:col:code. */
static void read_all(const char *path, const struct tr_reader_options *options, struct tr_buf *out)
{
    struct tr_reader *r = open_file(path, options);
    const struct tr_str *header;
    struct tr_row row;
    struct tr_err err;
    uint32_t n;
    int rc;

    header = tr_reader_header(r, &n);
    for (uint32_t i = 0; i < n; i++) {
        tr_buf_char(out, '[');
        tr_buf_str(out, header[i]);
        tr_buf_char(out, ']');
    }
    tr_buf_char(out, '\n');
    while ((rc = tr_reader_next(r, &row, &err)) > 0) {
        tr_buf_num(out, (long long)row.line);
        for (uint32_t i = 0; i < row.n; i++) {
            tr_buf_char(out, '[');
            tr_buf_str(out, tr_row_cell(&row, i));
            tr_buf_char(out, ']');
        }
        if (row.bad) {
            ck_assert_uint_eq(row.n, 0);
            ck_assert_int_eq(row.bad, row.fault.code);
            ck_assert_str_eq(row.fault.source, path);
            tr_buf_char(out, '!');
            tr_buf_num(out, (long long)row.fault.line);
            tr_buf_char(out, ':');
            tr_buf_num(out, row.fault.col);
            tr_buf_char(out, ':');
            tr_buf_text(out, tr_code_name(row.bad));
        }
        tr_buf_char(out, '\n');
    }
    if (rc < 0) {
        tr_buf_text(out, "failed: ");
        tr_buf_text(out, tr_code_name(err.code));
    }
    tr_reader_close(r);
}

static void check_all_modes(const void *p, size_t n, const char *expected)
{
    for (size_t m = 0; m < COUNT(modes); m++) {
        struct tr_buf out = {0};

        read_all(file_of(p, n), &modes[m], &out);
        ck_assert_msg(strcmp(tr_buf_z(&out), expected) == 0, "mode %zu of \"%.60s\":\n%s\nnot:\n%s", m,
                      (const char *)p, out.p, expected);
        tr_buf_clear(&out);
    }
}

/* ---- dialects ---- */

static const struct {
    const char *text, *rows;
    char delimiter;
    bool sep, crlf, bom;
    enum tr_encoding encoding;
    size_t n; /* of text, when it holds NUL bytes */
} dialects[] = {
    {"a;b\n1;2\n", "[a][b]\n2[1][2]\n", ';'},
    {"a,b\n1,2\n", "[a][b]\n2[1][2]\n", ','},
    {"a\tb\n1\t2\n", "[a][b]\n2[1][2]\n", '\t'},
    {"a\tb\tc\n\t\t3\n", "[a][b][c]\n2[][][3]\n", '\t'},
    {"a\tb\n\t\n", "[a][b]\n2[][]\n", '\t'},
    {"a;b\r\n1;2\r\n", "[a][b]\n2[1][2]\n", ';', .crlf = true},
    {"a;b\r\n1;2\n3;4\r\n", "[a][b]\n2[1][2]\n3[3][4]\n", ';', .crlf = true},
    {"a;b\n1;2", "[a][b]\n2[1][2]\n", ';'},
    {"a;b\r\n1;2\r", "[a][b]\n2[1][2]\n", ';', .crlf = true},
    {"a;b", "[a][b]\n", ';'},
    {"a\nx\n\ny\n", "[a]\n2[x]\n4[y]\n", ';'},
    {"sep=,\na,b;c\n1,2;3\n", "[a][b;c]\n3[1][2;3]\n", ',', .sep = true},
    {"sep=;\r\na;b\r\n1;2\r\n", "[a][b]\n3[1][2]\n", ';', .sep = true, .crlf = true},
    {"\"sep=;\"\na;b\n1;2\n", "[a][b]\n3[1][2]\n", ';', .sep = true},
    {"sep=\t\na\tb\n1\t2\n", "[a][b]\n3[1][2]\n", '\t', .sep = true},
    {"SEP=,\na,b;c\n1,2;3\n", "[a][b;c]\n3[1][2;3]\n", ',', .sep = true},
    {"a|b|c\n1|2|3\n", "[a][b][c]\n2[1][2][3]\n", '|'},
    {"a|b;c\n1;2\n", "[a|b][c]\n2[1][2]\n", ';'},
    {"a;b\r1;2\r3;4\r", "[a][b]\n2[1][2]\n3[3][4]\n", ';'},
    {"a;b\r1;2\r3;4", "[a][b]\n2[1][2]\n3[3][4]\n", ';'},
    {"a;b\r\n", "[a][b]\n", ';', .crlf = true},
    {"a\0;\0b\0\n\0\xE5\0;\0" "2\0\n\0", "[a][b]\n2[\xC3\xA5][2]\n", ';', .encoding = TR_ENCODING_UTF16LE, .n = 16},
    {"\0a\0;\0b\0\n\0\xE5\0;\0" "2", "[a][b]\n2[\xC3\xA5][2]\n", ';', .encoding = TR_ENCODING_UTF16BE, .n = 14},
    {"\xFF\xFE\0\0a\0\0\0\n\0\0\0\xE5\0\0\0" "2\0\0\0\n\0\0\0", "[a]\n2[\xC3\xA5" "2]\n", ';', .bom = true,
     .encoding = TR_ENCODING_UTF32LE, .n = 24},
    {"\0\0\xFE\xFF\0\0\0a\0\0\0\n\0\1\xF6\0\0\0\0\n", "[a]\n2[\xF0\x9F\x98\x80]\n", ';', .bom = true,
     .encoding = TR_ENCODING_UTF32BE, .n = 20},
    {"a\0\0\0;\0\0\0b\0\0\0\n\0\0\0\xE5\0\0\0;\0\0\0", "[a][b]\n2[\xC3\xA5][]\n", ';',
     .encoding = TR_ENCODING_UTF32LE, .n = 24},
    {"\0\0\0a\0\0\0;\0\0\0b\0\0\0\n\0\0\0\xE5\0\0\0;", "[a][b]\n2[\xC3\xA5][]\n", ';',
     .encoding = TR_ENCODING_UTF32BE, .n = 24},
    /* separators at the ends of lines */
    {"a;b\n1;2;\n3;4;\n7;8; \n", "[a][b]\n2[1][2]\n3[3][4]\n4[7][8]\n", ';'},
    {"a;b\n1;2;;\nx\n3;4;;\n", "[a][b]\n2[1][2]\n3!3:1:row-short\n4[3][4]\n", ';'},
    {"a;b\n1;2;\n3;4\n", "[a][b]\n2!2:1:row-long\n3[3][4]\n", ';'},
    {"a;b\n1;2;\n3;4;5\n", "[a][b]\n2!2:1:row-long\n3!3:1:row-long\n", ';'},
    {"a;b;;\n1;2\n3;4;\n", "[a][b]\n2[1][2]\n3[3][4]\n", ';'},
    {"a;b;\n1;2;\n3;4;\n", "[a][b]\n2[1][2]\n3[3][4]\n", ';'},
    {"a;b;\n1;2;3\n", "[a][b][]\n2[1][2][3]\n", ';'},
    {"a;b;;\n1;2\n3;4;;x\n\"5\";6;\n7\n", "[a][b][][]\n2[1][2][][]\n3[3][4][][x]\n4[5][6][][]\n5!5:1:row-short\n", ';'},
    {";\n1;2\n", "[][]\n2[1][2]\n", ';'},
    {"sep=|\na|b\n1|2\n", "[a][b]\n3[1][2]\n", '|', .sep = true},
    {"\n \n\r\na;b\n\n1;2\n \t\n3;4\n\n", "[a][b]\n6[1][2]\n8[3][4]\n", ';'},
    {"\xEF\xBB\xBF" "a;b\n1;\xC3\xA5\n", "[a][b]\n2[1][\xC3\xA5]\n", ';', .bom = true,
     .encoding = TR_ENCODING_UTF8},
    {"\xEF\xBB\xBFsep=;\n\"a;b\"\n1\n", "[a;b]\n3[1]\n", ';', .bom = true, .sep = true,
     .encoding = TR_ENCODING_UTF8},
    {"a;b\n\xE5;\x80\n", "[a][b]\n2[\xC3\xA5][\xE2\x82\xAC]\n", ';', .encoding = TR_ENCODING_WINDOWS1252},
    {"a;b\n\xE5\xA5;\xC3\n", "[a][b]\n2[\xC3\xA5\xC2\xA5][\xC3\x83]\n", ';',
     .encoding = TR_ENCODING_WINDOWS1252},
    {"a;b\n1;\xE5", "[a][b]\n2[1][\xC3\xA5]\n", ';', .encoding = TR_ENCODING_WINDOWS1252},
    {"\xFF\xFE" "a\0;\0b\0\n\0\xE5\0;\0\x3D\xD8\x00\xDE\n\0", "[a][b]\n2[\xC3\xA5][\xF0\x9F\x98\x80]\n", ';',
     .bom = true, .encoding = TR_ENCODING_UTF16LE, .n = 20},
    {"\xFE\xFF\0a\0;\0b\0\r\0\n\0\"\0\n\0\"\0;\0\xF8", "[a][b]\n2[\n][\xC3\xB8]\n", ';', .bom = true, .crlf = true,
     .encoding = TR_ENCODING_UTF16BE, .n = 22},
    /* decomposed headers are composed, padding of all kinds goes */
    {"\xC2\xA0" "A\xCC\x8A ;\" b \"\n1;2\n", "[\xC3\x85][b]\n2[1][2]\n", ';', .encoding = TR_ENCODING_UTF8},
    {"{\"a\":1,\"b\":\"x\"}\n{\"b\":true,\"a\":null}\n{}\n\n{\"a\":[\"x\",2,false]}\n",
     "[a][b]\n1[1][x]\n2[][ja]\n3[][]\n5[x|2|nei][]\n", ';'},
};

/* The header is looked for below; every try leaves the reader as if it had been opened so. */
START_TEST(header_below)
{
    static const char text[] = "Uttrekk\n\n\"Skrevet ut\n21.11.\"\na,b\n1,2\n";

    for (size_t m = 0; m < COUNT(modes); m++) {
        struct tr_reader *r = open_file(file_of(text, sizeof text - 1), &modes[m]);
        struct tr_row row;
        struct tr_err err;
        uint32_t n;

        ck_slice_eq(tr_reader_header(r, &n)[0], "Uttrekk");
        ck_assert_int_eq(tr_reader_seek_header(r, 3, &err), 1);
        ck_assert_uint_eq(tr_reader_header_line(r), 5);
        ck_slice_eq(tr_reader_header(r, &n)[1], "b");
        ck_assert_int_eq(tr_reader_seek_header(r, 5, &err), 0);
        ck_assert_uint_eq(tr_reader_header_line(r), 5);
        ck_assert_int_eq(tr_reader_seek_header(r, 0, &err), 1);
        ck_slice_eq(tr_reader_header(r, &n)[0], "Uttrekk");
        ck_assert_int_eq(tr_reader_seek_header(r, 3, &err), 1);
        ck_assert(tr_reader_sample(r, 0, &row) && row.line == 6 && !tr_reader_sample(r, 1, &row));
        ck_assert_int_eq(tr_reader_next(r, &row, &err), 1);
        ck_slice_eq(tr_row_cell(&row, 1), "2");
        ck_assert_uint_eq(row.line, 6);
        ck_assert_int_eq(tr_reader_next(r, &row, &err), 0);
        tr_reader_close(r);
    }
}
END_TEST

START_TEST(skipped_lines)
{
    static const char text[] = "x;y;z\nsep=,\na,b\n1,2\n";
    struct tr_reader_options o = {.skip = 1};
    struct tr_reader *r = open_file(file_of(text, sizeof text - 1), &o);
    struct tr_err err;
    struct tr_row row;
    uint32_t n;

    ck_slice_eq(tr_reader_header(r, &n)[1], "b");
    ck_assert_int_eq(tr_reader_next(r, &row, &err), 1);
    ck_assert_uint_eq(row.line, 4);
    tr_reader_close(r);
    o.skip = 9;
    ck_assert_ptr_null(tr_reader_open(file_of(text, sizeof text - 1), &o, &err));
    ck_assert_int_eq(err.code, TR_E_FILE_EMPTY);
}
END_TEST

/* A name with what ends lines elsewhere would be many lines where it is all there is to read. */
START_TEST(names_end_no_lines)
{
    static const char text[] = "\va\vb\v,c\xE2\x80\xA8" "d,\"e\nf\"\n1,2\v,3\n";
    struct tr_reader *r = open_file(file_of(text, sizeof text - 1), &(struct tr_reader_options){0});
    struct tr_err err;
    struct tr_row row;
    uint32_t n;

    ck_slice_eq(tr_reader_header(r, &n)[0], "a b");
    ck_slice_eq(tr_reader_header(r, &n)[1], "c   d");
    ck_slice_eq(tr_reader_header(r, &n)[2], "e\nf");
    ck_assert_int_eq(tr_reader_next(r, &row, &err), 1);
    ck_slice_eq(tr_row_cell(&row, 1), "2\v");
    tr_reader_close(r);
}
END_TEST

/* Encodings that iconv knows, and doubts about the one that was recognised. */
START_TEST(encodings)
{
    static const struct {
        const char *text, *name, *cell;
        enum tr_doubt doubt;
    } table[] = {
        {"a\nBj\xBFrk\n", "macintosh", "Bj\xC3\xB8rk"},
        {"a\nBj\x9Brk\n", "CP865", "Bj\xC3\xB8rk"},
        {"a\nBj\xBFrk\n", "auto", "Bj\xC3\xB8rk", TR_DOUBT_READ},
        {"a\nBj\x9Brk p\x86\n", "auto", "Bj\xC3\xB8rk p\xC3\xA5", TR_DOUBT_READ},
        {"a\nGr\x81n Bj\x9Brk\n", "auto", "Gr\xC3\xBCn Bj\xC3\xB8rk", TR_DOUBT_READ},
        {"a\np\x8C\n", "auto", "p\xC5\x92", TR_DOUBT_MACINTOSH},
        {"a\np\x86\n", "auto", "p\xE2\x80\xA0", TR_DOUBT_DOS},
        {"a\nBj\xBFrk \xE5\n", "auto", "Bj\xC2\xBFrk \xC3\xA5"},
        {"a\n\x91Sitat\x92 \xBFno?\n", "auto", "\xE2\x80\x98Sitat\xE2\x80\x99 \xC2\xBFno?"},
        {"a\nBj\xC3\x83\xC2\xB8rk\n", "auto", "Bj\xC3\xB8rk", TR_DOUBT_TWICE},
        {"a\nBj\xC3\x83\xC2\xB8rk\n", "utf-8", "Bj\xC3\x83\xC2\xB8rk"},
        {"a\nBj\xC3\x83\xC2\xB8rk \xC3\xA5\n", "auto", "Bj\xC3\x83\xC2\xB8rk \xC3\xA5",
         TR_DOUBT_PARTLY},
        {"a\nBj√∏rk\n", "auto", "Bj√∏rk", TR_DOUBT_PARTLY},
        {"a\nBjÃƒÂ¸rk\n", "auto", "BjÃƒÂ¸rk", TR_DOUBT_PARTLY},
        {"a\nBj\xC3\x83\xC2\x83\xC3\x82\xC2\xB8rk\n", "auto",
         "Bj\xC3\x83\xC2\x83\xC3\x82\xC2\xB8rk", TR_DOUBT_PARTLY},
        {"a\nSÃO\n", "auto", "SÃO", TR_DOUBT_NONE},
    };

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_reader_options o = {0};
        struct tr_reader *r;
        struct tr_row row;
        struct tr_err err;

        ck_assert_int_eq(tr_encoding_find(table[i].name, &o.encoding), 0);
        r = open_file(file_of(table[i].text, strlen(table[i].text)), &o);
        ck_assert_int_eq(tr_reader_next(r, &row, &err), 1);
        ck_slice_eq(tr_row_cell(&row, 0), table[i].cell);
        ck_assert_int_eq(tr_reader_dialect(r)->doubt, table[i].doubt);
        tr_reader_close(r);
    }
    ck_assert_int_eq(tr_encoding_find("no-such-encoding", &(struct tr_encoding_choice){0}), -1);
}
END_TEST

START_TEST(dialect)
{
    size_t n = dialects[_i].n ? dialects[_i].n : strlen(dialects[_i].text);
    const char *path = file_of(dialects[_i].text, n);
    struct tr_reader *r = open_file(path, &modes[0]);
    struct tr_row row;
    struct tr_err err;
    struct tr_dialect d;

    while (tr_reader_next(r, &row, &err) > 0)
        ;
    d = *tr_reader_dialect(r);
    tr_reader_close(r);
    check_all_modes(dialects[_i].text, n, dialects[_i].rows);
    if (d.format == TR_FORMAT_CSV)
        ck_assert_int_eq(d.delimiter, dialects[_i].delimiter);
    ck_assert_int_eq(d.sep_line, dialects[_i].sep);
    ck_assert_int_eq(d.bom, dialects[_i].bom);
    ck_assert_int_eq(d.encoding, dialects[_i].encoding);
    if (!d.sep_line || d.crlf)
        ck_assert_int_eq(d.crlf, dialects[_i].crlf);
}
END_TEST

/* ---- cells, faults and places ---- */

static const struct {
    const char *text, *rows;
    size_t n;
} bodies[] = {
    /* quotes */
    {"\"1\";\"2\"\n", "2[1][2]\n"},
    {"\"a\"\"b\";\"\"\"\"\n", "2[a\"b][\"]\n"},
    {"\"\";\"\"\n", "2[][]\n"},
    {"\"a;b\";\"c\nd\"\n3;4\n", "2[a;b][c\nd]\n4[3][4]\n"},
    {"\"a\r\nb\";\"\n\n\"\r\n3;4\r\n", "2[a\r\nb][\n\n]\n6[3][4]\n"},
    {" 1 ;\t2 \n", "2[1][2]\n"},
    {" \"1\" ; \"2\"\n", "2[1][2]\n"},
    {"\" 1 \";2\n", "2[ 1 ][2]\n"},
    {"\"\";\n", "2[][]\n"},
    {";\n", "2[][]\n"},
    {"1;\r\n", "2[1][]\n"},
    /* too short, too long */
    {"1\n1;2;3\n1;2\n", "2!2:1:row-short\n3!3:1:row-long\n4[1][2]\n"},
    {"\"x\n\"\n3;4\n", "2!2:1:row-short\n4[3][4]\n"},
    /* stray quotes */
    {"1;a\"b\n3;4\n", "2!2:4:quote-stray\n3[3][4]\n"},
    {"1;\"a\"b\n3;4\n", "2!2:6:quote-stray\n3[3][4]\n"},
    {"\xC3\xA5\xC3\xA5;\"a\"b\n3;4\n", "2!2:7:quote-stray\n3[3][4]\n"},
    /* the fault stands on a later line than the row: the row ends at its first line all the same */
    {"1;\"a\nb\"c\n3;4\n", "2!3:3:quote-stray\n3!3:2:quote-stray\n4[3][4]\n"},
    /* unterminated: the next physical line is read afresh */
    {"1;\"a\n3;4\n5;6\n", "2!2:3:quote-open\n3[3][4]\n4[5][6]\n"},
    {"1;\"a\n\n5;6", "2!2:3:quote-open\n4[5][6]\n"},
    {"1;\"a", "2!2:3:quote-open\n"},
    {"\"a\"\"", "2!2:1:quote-open\n"},
    {"\"a\";\"b\"\"\n3;4\n", "2!2:5:quote-open\n3[3][4]\n"},
    {"\"a\nb\";\"c\n3;4\n", "2!3:4:quote-open\n3!3:2:quote-stray\n4[3][4]\n"},
    /* closed by the mark of another row: those in between are rows; few separators may be prose */
    {"1;2;\"x\n3;4\n6;7;8\"\n3;4\n", "2!2:5:quote-rows\n3[3][4]\n4!4:6:quote-stray\n5[3][4]\n"},
    {"1;2;\"x\n3;4;5\nz\"\n3;4\n", "2!2:5:quote-rows\n3!3:1:row-long\n4!4:2:quote-stray\n5[3][4]\n"},
    {"1;\"x\n3;4\n5;6\"\n3;4\n", "2[1][x\n3;4\n5;6]\n5[3][4]\n"},
    {"1;2;\"x\n3; 4; 5\ny\"\n3;4\n", "2!2:1:row-long\n5[3][4]\n"},
    /* bare CR and NUL */
    {"1\r;2\n3;4\n", "2!2:3:cr-bare\n3[3][4]\n"},
    {"1;2\r3;4\n5;6\n", "2!2:5:cr-bare\n3[5][6]\n"},
    {"1;2\r\r\n5;6\n", "2!2:5:cr-bare\n3[5][6]\n"},
    {"1;\"2\r3\"\n5;6\n", "2!2:6:cr-bare\n3[5][6]\n"},
    {"1;\0" "2\n5;6\n", "2!2:3:nul-byte\n3[5][6]\n", 9},
    {"\0\n5;6\n", "2!2:1:nul-byte\n3[5][6]\n", 6},
    {"1;\"\n\0\"\n5;6\n", "2!3:1:nul-byte\n3!3:1:nul-byte\n4[5][6]\n", 11},
    /* a CR at the very end is a line end */
    {"1;2\r", "2[1][2]\n"},
};

START_TEST(body)
{
    size_t n = bodies[_i].n ? bodies[_i].n : strlen(bodies[_i].text);
    struct tr_buf text = {0}, expected = {0};

    tr_buf_text(&text, "a;b\n");
    tr_buf_add(&text, bodies[_i].text, n);
    tr_buf_text(&expected, "[a][b]\n");
    tr_buf_text(&expected, bodies[_i].rows);
    check_all_modes(text.p, text.len, tr_buf_z(&expected));
    tr_buf_clear(&text);
    tr_buf_clear(&expected);
}
END_TEST

/* A row that is not in the encoding does not hide the marks below it, which are composed where they are told of. */
START_TEST(marks_below_another_encoding)
{
    static const char text[] = "\xEF\xBB\xBF" "a;b\n\xC3\xA5;1\n\xE5;2\na\xCC\x8A;3\n";

    for (size_t m = 0; m < COUNT(modes); m++) {
        struct tr_reader *r = open_file(file_of(text, sizeof text - 1), &modes[m]);
        struct tr_row row;
        struct tr_err err;
        int bad = 0;

        while (tr_reader_next(r, &row, &err) > 0)
            bad += row.bad == TR_E_ENCODING_MIXED;
        ck_assert_int_eq(bad, 1);
        ck_assert(row.marks);
        tr_reader_close(r);
    }
}
END_TEST

START_TEST(not_in_the_encoding)
{
    static const char mixed[] = "\xEF\xBB\xBF" "a;b\n\xC3\xA5;2\n3;x\xE5\n5;6\n", c1[] = "a;b\n\xE5;1\n\x81;2\n";
    static const char disguised[] = "a;b\n\xE5;1\nb\xC3\xA5t;2\nb\xE5t;3\n";

    check_all_modes(mixed, sizeof mixed - 1,
                    "[a][b]\n2[\xC3\xA5][2]\n3!3:4:encoding-mixed\n4[5][6]\n");
    check_all_modes(c1, sizeof c1 - 1, "[a][b]\n2[\xC3\xA5][1]\n3!3:1:encoding-mixed\n");
    check_all_modes(disguised, sizeof disguised - 1,
                    "[a][b]\n2[\xC3\xA5][1]\n3!3:2:encoding-mixed\n4[b\xC3\xA5t][3]\n");
}
END_TEST

static const struct {
    const char *text;
    enum tr_code code;
    size_t n;
} refused[] = {
    {"", TR_E_FILE_EMPTY},
    {"\n\n", TR_E_FILE_EMPTY},
    {" \r\n", TR_E_FILE_EMPTY},
    {"\xEF\xBB\xBF", TR_E_FILE_EMPTY},
    {"\xFF\xFE", TR_E_FILE_EMPTY},
    {"sep=;\n", TR_E_FILE_EMPTY},
    {"a\0b;c\n", TR_E_FILE_BINARY, 6},
    {"PK\x03\x04rest", TR_E_SHEET},
    {"\xD0\xCF\x11\xE0\xA1\xB1", TR_E_FILE_WORKBOOK},
    {"a;\"b\n", TR_E_HEADER_BAD},
    {"a;b\"c\n1;2\n", TR_E_HEADER_BAD},
    {"{\"a\":\n", TR_E_HEADER_BAD},
};

START_TEST(refusal)
{
    const char *path = file_of(refused[_i].text, refused[_i].n ? refused[_i].n : strlen(refused[_i].text));

    for (size_t m = 0; m < COUNT(modes); m++) {
        struct tr_err err;

        ck_assert_ptr_null(tr_reader_open(path, &modes[m], &err));
        ck_assert_msg(err.code == refused[_i].code, "%s", tr_code_name(err.code));
        ck_assert_str_eq(err.source, path);
    }
}
END_TEST

START_TEST(no_file)
{
    struct tr_err err;

    ck_assert_ptr_null(tr_reader_open("/nowhere/at/all", &modes[0], &err));
    ck_assert_int_eq(err.code, TR_E_OPEN);
    ck_assert_ptr_null(tr_reader_open("/tmp", &modes[0], &err));
    ck_assert_int_eq(err.code, TR_E_DIRECTORY);
}
END_TEST

/* A file that shrinks while it is read. */
START_TEST(shrinking)
{
    struct tr_buf text = {0};
    const char *path;
    struct tr_reader *r;
    struct tr_row row;
    struct tr_err err;
    int fd, rc, rows = 0;

    tr_buf_text(&text, "a;b\n");
    while (text.len < 4 << 20)
        tr_buf_text(&text, "1;2\n");
    path = file_of(text.p, text.len);
    r = open_file(path, &modes[2]);
    fd = open(path, O_RDWR);
    ck_assert_int_eq(ftruncate(fd, 1 << 20), 0);
    while ((rc = tr_reader_next(r, &row, &err)) > 0)
        rows++;
    ck_assert_int_eq(rc, -1);
    ck_assert_int_eq(err.code, TR_E_FILE_SHRANK);
    ck_assert_int_gt(rows, 1000);
    tr_reader_close(r);
    close(fd);
    tr_buf_clear(&text);
}
END_TEST

START_TEST(choices_override)
{
    struct tr_reader_options o = {.delimiter = ','};
    struct tr_buf out = {0};

    read_all(file_z("a;b,c\n1;2,3\n"), &o, &out);
    ck_assert_str_eq(tr_buf_z(&out), "[a;b][c]\n2[1;2][3]\n");
    o = (struct tr_reader_options){.encoding = {.encoding = TR_ENCODING_WINDOWS1252}};
    out.len = 0;
    read_all(file_z("a;b\n\xC3\xB8\xC3;2\n\xC3;3\n"), &o, &out);
    ck_assert_str_eq(tr_buf_z(&out), "[a][b]\n2[\xC3\x83\xC2\xB8\xC3\x83][2]\n3[\xC3\x83][3]\n");
    o = (struct tr_reader_options){.encoding = {.encoding = TR_ENCODING_UTF8}};
    out.len = 0;
    read_all(file_z("a;b\n\xE5;2\n"), &o, &out);
    ck_assert_str_eq(tr_buf_z(&out), "[a][b]\n2!2:1:encoding-mixed\n");
    tr_buf_clear(&out);
}
END_TEST

/* Where cells begin, by line and character. */
START_TEST(places)
{
    static const struct {
        const char *text;
        struct {
            uint64_t line;
            uint32_t col;
        } cell[3];
    } table[] = {
        {"a;b;c\n1;22;3\n", {{2, 1}, {2, 3}, {2, 6}}},
        {"a;b;c\n 1; 22;\t3\n", {{2, 2}, {2, 5}, {2, 9}}},
        {"a;b;c\n\xC3\xA5;\xE2\x82\xAC;x\n", {{2, 1}, {2, 3}, {2, 5}}},
        {"a;b;c\n\"x\ny;z\";\"2\"\"\";3\n", {{2, 1}, {3, 6}, {3, 12}}},
        {"a;b;c\n;;\n", {{2, 1}, {2, 2}, {2, 3}}},
        {"a\tb\tc\n1\t\t3\n", {{2, 1}, {2, 3}, {2, 4}}},
        {"a\tb\tc\n\t\t3\n", {{2, 1}, {2, 2}, {2, 3}}},
    };

    for (size_t i = 0; i < COUNT(table); i++)
        for (size_t m = 0; m < COUNT(modes); m++) {
            struct tr_reader *r = open_file(file_z(table[i].text), &modes[m]);
            struct tr_row row;
            struct tr_err err;

            ck_assert_int_eq(tr_reader_next(r, &row, &err), 1);
            for (uint32_t c = 0; c < 3; c++) {
                uint64_t line;
                uint32_t col;

                tr_row_place(&row, c, tr_reader_dialect(r)->delimiter, &line, &col);
                ck_assert_msg(line == table[i].cell[c].line && col == table[i].cell[c].col,
                              "cell %u of %s at %d:%u", c, table[i].text, (int)line, col);
            }
            tr_reader_close(r);
        }
}
END_TEST

/* ---- sizes ---- */

static void repeat(struct tr_buf *b, const char *z, size_t n)
{
    while (n-- > 0)
        tr_buf_text(b, z);
}

/* A line that begins in the text in hand and ends beyond it is no header, and nothing is lost with it. */
START_TEST(a_line_cut_off_is_no_header)
{
    struct tr_buf text = {0};
    struct tr_reader *r;
    struct tr_row row;
    struct tr_err err;

    tr_buf_text(&text, "a;b\n1;2\n");
    repeat(&text, "x", 2 * TR_SIZE_FIRST);
    tr_buf_text(&text, ";3\n4;5\n");
    r = open_file(file_of(text.p, text.len), &modes[0]);
    ck_assert_int_eq(tr_reader_seek_header(r, 1, &err), 1);
    ck_assert_int_eq(tr_reader_seek_header(r, 2, &err), 0);
    ck_assert_uint_eq(tr_reader_header_line(r), 1);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(tr_reader_next(r, &row, &err), 1);
        ck_assert_int_eq(row.bad, TR_OK);
        ck_assert_int_eq(row.line, i + 2);
    }
    ck_assert_int_eq(tr_reader_next(r, &row, &err), 0);
    tr_reader_close(r);
    tr_buf_clear(&text);
}
END_TEST

/* One cell of n bytes, quoted or not; then a good row. */
static void check_cell(size_t n, bool quoted, bool fits)
{
    for (size_t m = 0; m < COUNT(modes); m++) {
        struct tr_buf text = {0};
        struct tr_reader *r;
        struct tr_row row;
        struct tr_err err;

        tr_buf_text(&text, quoted ? "a;b\n1;\"" : "a;b\n1;");
        repeat(&text, "x", n);
        tr_buf_text(&text, quoted ? "\"\n\"3\";4\n" : "\n\"3\";4\n");
        r = open_file(file_of(text.p, text.len), &modes[m]);
        ck_assert_int_eq(tr_reader_next(r, &row, &err), 1);
        if (fits) {
            ck_assert_int_eq(row.bad, TR_OK);
            ck_assert_uint_eq(tr_row_cell(&row, 1).len, n);
        } else {
            ck_assert_int_eq(row.bad, TR_E_FIELD_SIZE);
            ck_assert_msg(row.fault.line == 2 && row.fault.col == 3, "%s cell too long told at %d:%u",
                          quoted ? "quoted" : "bare", (int)row.fault.line, row.fault.col);
        }
        ck_assert_int_eq(tr_reader_next(r, &row, &err), 1);
        ck_assert_int_eq(row.bad, TR_OK);
        ck_slice_eq(tr_row_cell(&row, 0), "3");
        ck_assert_uint_eq(row.line, 3);
        ck_assert_int_eq(tr_reader_next(r, &row, &err), 0);
        tr_reader_close(r);
        tr_buf_clear(&text);
    }
}

START_TEST(cell_size)
{
    check_cell(TR_CELL_MAX - 1, false, true);
    check_cell(TR_CELL_MAX, false, true);
    check_cell(TR_CELL_MAX - 1, true, true);
    check_cell(TR_CELL_MAX, true, true);
}
END_TEST

START_TEST(cell_too_long)
{
    check_cell(TR_CELL_MAX + 1, false, false);
    check_cell(TR_CELL_MAX + 1, true, false);
    check_cell(2 * TR_CELL_MAX, true, false);
}
END_TEST

/* A row of many cells is good up to 8 MiB wherever it lies; a longer one ends the reading. */
START_TEST(line_size)
{
    static const size_t before[] = {0, 200000, 5 << 20};

    for (size_t m = 0; m < COUNT(modes); m++)
        for (size_t i = 0; i < COUNT(before); i++)
            for (int over = 0; over < 2; over++) {
                struct tr_buf text = {0};
                size_t start;
                struct tr_reader *r;
                struct tr_row row;
                struct tr_err err;
                int rc, bad = 0, rows = 0;

                tr_buf_text(&text, "a;b\n");
                repeat(&text, "1;2\n", before[i] / 4);
                start = text.len;
                repeat(&text, "1234567;", (TR_LINE_MAX - 8) / 8);
                repeat(&text, "x", start + TR_LINE_MAX - 1 - text.len + (size_t)over);
                tr_buf_char(&text, '\n');
                ck_assert_uint_eq(text.len - start, (size_t)TR_LINE_MAX + (size_t)over);
                repeat(&text, "1;2\n", 3);
                r = open_file(file_of(text.p, text.len), &modes[m]);
                while ((rc = tr_reader_next(r, &row, &err)) > 0) {
                    rows++;
                    bad += row.bad == TR_E_ROW_LONG;
                }
                if (over) {
                    ck_assert_msg(rc == -1, "a line of 8 MiB and 1 byte is taken after %zu bytes", before[i]);
                    ck_assert_int_eq(err.code, TR_E_LINE_SIZE);
                    ck_assert_uint_eq(err.line, 2 + before[i] / 4);
                } else {
                    ck_assert_msg(rc == 0, "a line of 8 MiB is refused after %zu bytes", before[i]);
                    ck_assert_int_eq(bad, 1);
                    ck_assert_uint_eq((size_t)rows, before[i] / 4 + 4);
                }
                tr_reader_close(r);
                tr_buf_clear(&text);
            }
}
END_TEST

/* No line feed for 40 MiB: refused, and not held in memory. */
START_TEST(no_line_at_all)
{
    struct tr_buf text = {0};
    struct tr_err err;
    struct tr_reader *r;
    struct tr_row row;

    tr_buf_text(&text, "a;b\n");
    repeat(&text, "xxxxxxxxx;", 4 << 20);
    for (size_t m = 0; m < COUNT(modes); m += COUNT(modes) - 1) {
        r = open_file(file_of(text.p, text.len), &modes[m]);
        ck_assert_int_eq(tr_reader_next(r, &row, &err), -1);
        ck_assert_int_eq(err.code, TR_E_LINE_SIZE);
        ck_assert_uint_eq(err.line, 2);
        tr_reader_close(r);
    }
    tr_buf_clear(&text);
}
END_TEST

/* ---- the border of a batch ---- */

/* Each kind of row laid over the border, one byte further each time. */
START_TEST(across_the_border)
{
    static const struct {
        const char *text, *shown;
    } rows[] = {
        {"1;2\n", "1[1][2]"},
        {"1;\"2\"\"\r\n\"\r\n", "[1][2\"\r\n]"},
        {"\xC3\xA5;\xF0\x9F\x98\x80\n", "[\xC3\xA5][\xF0\x9F\x98\x80]"},
        {" \"1\" ;2 \n", "[1][2]"},
        {"1;\"2\"x\n", "quote-stray"},
        {"1;2;3\n", "row-long"},
        {"1;2\r3\n", "cr-bare"},
    };

    for (size_t k = 0; k < COUNT(rows); k++) {
        size_t len = strlen(rows[k].text);

        for (size_t back = 0; back <= len + 10; back++) {
            struct tr_buf text = {0}, seen[COUNT(modes)] = {{0}};
            uint64_t line = 1;

            tr_buf_text(&text, "a;b\n");
            while (text.len + 300 < BORDER)
                tr_buf_text(&text, "abcdefgh;\"ijklmnopqrstuvwxyz\"\n");
            tr_buf_char(&text, ';');
            while (text.len < BORDER - back - 1)
                tr_buf_char(&text, 'x');
            tr_buf_char(&text, '\n');
            for (size_t i = 0; i < text.len; i++)
                line += text.p[i] == '\n';
            tr_buf_text(&text, rows[k].text);
            tr_buf_text(&text, "7;8\n");
            for (size_t m = 0; m < COUNT(modes); m++) {
                char place[32], *at;

                read_all(file_of(text.p, text.len), &modes[m], &seen[m]);
                snprintf(place, sizeof place, "\n%d", (int)line);
                at = strstr(tr_buf_z(&seen[m]), place);
                ck_assert_msg(at && strstr(at, rows[k].shown), "row %zu, %zu before the border", k, back);
                ck_assert_ptr_nonnull(strstr(at, "[7][8]"));
                ck_assert(tr_str_eq(tr_buf_slice(&seen[0]), tr_buf_slice(&seen[m])));
            }
            for (size_t m = 0; m < COUNT(modes); m++)
                tr_buf_clear(&seen[m]);
            tr_buf_clear(&text);
        }
    }
}
END_TEST

/* Windows-1252 of which the first buffer ends in the first byte that is not ASCII: å is not the
 * beginning of a character of UTF-8, whatever follows. */
START_TEST(encoding_told_at_the_border)
{
    struct tr_buf text = {0};
    struct tr_reader *r;
    struct tr_row row;
    struct tr_err err;
    int rc, bad = 0;

    tr_buf_text(&text, "a;b\n");
    while (text.len + 3 < BORDER)
        tr_buf_text(&text, text.len + 7 < BORDER ? "1;2\n" : "1;222\n");
    while (text.len < BORDER - 1)
        tr_buf_char(&text, '1');
    tr_buf_text(&text, "\xE5" "rlig;2\nb\xE5t;3\n");
    r = open_file(file_of(text.p, text.len), &modes[0]);
    while ((rc = tr_reader_next(r, &row, &err)) > 0)
        bad += row.bad == TR_E_ENCODING_MIXED;
    ck_assert_int_eq(rc, 0);
    ck_assert_int_eq(bad, 0);
    ck_assert_int_eq(tr_reader_dialect(r)->encoding, TR_ENCODING_WINDOWS1252);
    tr_reader_close(r);
    tr_buf_clear(&text);
}
END_TEST

/* The first letter that is not ASCII may come late. */
START_TEST(encoding_told_late)
{
    static const struct {
        const char *cell;
        enum tr_encoding encoding;
    } late[] = {{"\xC3\xA5", TR_ENCODING_UTF8}, {"\xE5", TR_ENCODING_WINDOWS1252}, {"a", TR_ENCODING_AUTO}};

    for (size_t i = 0; i < COUNT(late); i++)
        for (size_t m = 0; m < COUNT(modes); m++) {
            struct tr_buf text = {0}, last = {0};
            struct tr_reader *r;
            struct tr_row row;
            struct tr_err err;

            tr_buf_text(&text, "a;b\n");
            repeat(&text, "12345;6789012345\n", 100000);
            tr_buf_text(&text, late[i].cell);
            tr_buf_text(&text, ";2\n");
            r = open_file(file_of(text.p, text.len), &modes[m]);
            while (tr_reader_next(r, &row, &err) > 0) {
                ck_assert_int_eq(row.bad, TR_OK);
                last.len = 0;
                tr_buf_str(&last, tr_row_cell(&row, 0));
            }
            ck_assert_str_eq(tr_buf_z(&last), i == 2 ? "a" : "\xC3\xA5");
            ck_assert_int_eq(tr_reader_dialect(r)->encoding, late[i].encoding);
            tr_reader_close(r);
            tr_buf_clear(&text);
            tr_buf_clear(&last);
        }
}
END_TEST

/* Many batches of everything, each way of reading: the same, row by row. */
START_TEST(all_ways_the_same)
{
    static const char *const parts[] = {"1;2\n", "\"x\ny\";\"\"\"\"\n", " \"1\";2\n", "1;2;3\n", "\n",  "1;\"2\"x\n",
                                        "\xC3\xA5;b\r\n", "1\r;2\n", "\"\r\n\r\n\";;\n", "a\xCC\x8A;\n"};
    struct tr_buf text = {0}, seen[COUNT(modes)] = {{0}};

    tr_buf_text(&text, "a;b\n");
    while (text.len < 3 << 20)
        tr_buf_text(&text, parts[random_below(random_below(4) ? 2 : COUNT(parts))]);
    tr_buf_text(&text, "1;\"unclosed\n1;2");
    for (size_t m = 0; m < COUNT(modes); m++) {
        read_all(file_of(text.p, text.len), &modes[m], &seen[m]);
        ck_assert_uint_gt(seen[m].len, 1 << 20);
        ck_assert(tr_str_eq(tr_buf_slice(&seen[0]), tr_buf_slice(&seen[m])));
    }
    for (size_t m = 0; m < COUNT(modes); m++)
        tr_buf_clear(&seen[m]);
    tr_buf_clear(&text);
}
END_TEST

/* ---- blocks of sixteen rows ---- */

/* Rows as Excel writes them: sheet row r has as many cells as the last filled one of its block of sixteen, widths[r / 16];
 * the header is row above. Cells are far apart, so that blocks lie over borders of batches. expected: the cells that the
 * header has names for, as read_all shows them. */
static void add_sheet(struct tr_buf *text, struct tr_buf *expected, const int widths[], uint32_t above, uint32_t rows)
{
    enum { HEADER = 4 };

    for (uint32_t r = 0; r < rows; r++) {
        int width = widths[r / 16];

        if (r >= above)
            tr_buf_num(expected, (long long)r + 1);
        for (int c = 0; c < width || c < HEADER; c++) {
            char cell[16] = "";

            if (r == above && c < HEADER)
                snprintf(cell, sizeof cell, "h%d", c);
            else if (c == 0 || (c + 1 == width && r % 16 == 7))
                snprintf(cell, sizeof cell, "%u", r);
            if (c < width) {
                tr_buf_text(text, c ? ";" : "");
                tr_buf_text(text, cell);
            }
            if (c == 0 && r > above) /* a cell is long, its padding is not shown */
                for (int i = 0; i < 600; i++)
                    tr_buf_char(text, ' ');
            if (r > above && c < HEADER) {
                tr_buf_char(expected, '[');
                tr_buf_text(expected, c < width ? cell : "");
                tr_buf_char(expected, ']');
            }
        }
        tr_buf_text(text, "\r\n");
        if (r >= above)
            tr_buf_char(expected, '\n');
    }
}

/* Whole blocks that are shorter than the header are given their empty cells, wherever the header stands and batches
 * end; the last one may be of a few rows. */
START_TEST(blocks_as_excel_writes_them)
{
    int widths[80] = {4};

    for (size_t i = 1; i < COUNT(widths); i++)
        widths[i] = 2 + (int)(i * i % 3);
    for (uint32_t above = 0; above < 3; above++)
        for (size_t m = 0; m < COUNT(modes); m++) {
            struct tr_reader_options o = modes[m];
            struct tr_buf text = {0}, expected = {0}, seen = {0};
            struct tr_reader *r;
            struct tr_row row;
            struct tr_err err;
            char first[32];
            int short_ones = 0;

            o.skip = above;
            snprintf(first, sizeof first, "%u\n", above + 1);
            add_sheet(&text, &expected, widths, above, 79 * 16 + 9);
            ck_assert_int_eq(strncmp(tr_buf_z(&expected), first, strlen(first)), 0);
            read_all(file_of(text.p, text.len), &o, &seen);
            ck_assert_int_eq(strncmp(tr_buf_z(&seen), "[h0][h1][h2][h3]\n", 17), 0);
            ck_assert_str_eq(seen.p + 17, expected.p + strlen(first));
            r = open_file(file_of(text.p, text.len), &o);
            while (tr_reader_next(r, &row, &err) > 0)
                short_ones += row.cut;
            ck_assert_int_gt(short_ones, 79 * 16 / 3);
            ck_assert_uint_eq(tr_reader_dialect(r)->row_cuts, (uint64_t)short_ones);
            tr_reader_close(r);
            tr_buf_clear(&text);
            tr_buf_clear(&expected);
            tr_buf_clear(&seen);
        }
}
END_TEST

/* What Excel does not write is short or long as anywhere else: from where the table stops being even. */
START_TEST(blocks_that_are_not_excels)
{
    static const struct {
        const char *what, *from, *to; /* the first of text that is made into another */
        uint32_t rows; /* of the sheet */
        int width;     /* of its second block */
        size_t cut_end;
        int bad;
    } table[] = {
        {"as Excel writes it", "", "", 40, 2, 0, 0},
        {"a line broken in two moves all below", "9;;;\r\n", "9\r\n;;;\r\n", 40, 2, 0, 25},
        {"a line broken in two in the block", "20;\r\n", "2\r\n0;\r\n", 40, 2, 0, 25},
        {"a row more", "9;;;\r\n", "9;;;\r\n9;;;\r\n", 40, 2, 0, 24},
        {"a row less", "9;;;\r\n", "", 40, 2, 0, 24},
        {"a blank row is a row", "9;;;\r\n", "\r\n", 40, 2, 0, 0},
        {"nothing at the end of a block", "23;23\r\n", "23;\r\n", 40, 2, 0, 24},
        {"the header's own block is short", "9;;;\r\n", "9;;\r\n", 40, 2, 0, 25},
        {"one row of the block is shorter", "20;\r\n", "20\r\n", 40, 2, 0, 24},
        {"only names of rows", "", "", 40, 1, 0, 24},
        {"a last row without its line feed", "", "", 40, 2, 2, 8},
        {"a last row of its block that is broken in two", "32;\r\n", "3;2\n;2\r\n", 33, 2, 0, 2},
        {"something beyond the header in one row of each block", "", "", 40, 6, 0, 2},
        {"and in one more", "20;;;;;\r\n", "20;;;;;x\r\n", 40, 6, 0, 3},
        {"nothing beyond the header, but separators", "23;;;;;23\r\n", "23;;;;;\r\n", 40, 6, 0, 24},
    };

    for (size_t i = 0; i < COUNT(table); i++)
        for (size_t m = 0; m < COUNT(modes); m++) {
            const int widths[] = {4, table[i].width, table[i].width};
            struct tr_buf sheet = {0}, expected = {0}, text = {0};
            struct tr_reader *r;
            struct tr_row row;
            struct tr_err err;
            const char *at;
            int bad = 0;

            add_sheet(&sheet, &expected, widths, 0, table[i].rows);
            for (size_t k = 0, spaces = 0; k < sheet.len; k++, spaces = 0) { /* without the padding */
                for (; sheet.p[k] == ' '; k++)
                    spaces++;
                tr_buf_char(&text, sheet.p[k]);
            }
            at = strstr(tr_buf_z(&text), table[i].from);
            ck_assert_msg(at != NULL, "%s: no such row", table[i].what);
            sheet.len = 0;
            tr_buf_add(&sheet, text.p, (size_t)(at - text.p));
            tr_buf_text(&sheet, table[i].to);
            tr_buf_text(&sheet, at + strlen(table[i].from));
            sheet.len -= table[i].cut_end;
            r = open_file(file_of(sheet.p, sheet.len), &modes[m]);
            while (tr_reader_next(r, &row, &err) > 0)
                bad += row.bad != TR_OK;
            ck_assert_msg(bad == table[i].bad, "%s, mode %zu: %d bad", table[i].what, m, bad);
            tr_reader_close(r);
            tr_buf_clear(&sheet);
            tr_buf_clear(&expected);
            tr_buf_clear(&text);
        }
}
END_TEST

/* Few cells under a header of very many: what is given to rows does not grow with both. */
START_TEST(blocks_under_a_wide_header)
{
    enum { COLUMNS = 30000, ROWS = 1000 };

    for (size_t m = 0; m < COUNT(modes); m++) {
        struct tr_buf text = {0};
        struct tr_reader *r;
        struct tr_row row;
        struct tr_err err;
        int rows = 0, rc;

        for (int i = 0; i < 16; i++) {
            tr_buf_text(&text, i ? "1;2" : "a;b");
            for (int c = 2; c < COLUMNS; c++)
                tr_buf_text(&text, i ? ";" : ";c");
            tr_buf_text(&text, "\r\n");
        }
        repeat(&text, "3;4\r\n", ROWS);
        r = open_file(file_of(text.p, text.len), &modes[m]);
        while ((rc = tr_reader_next(r, &row, &err)) > 0) {
            ck_assert_int_eq(row.bad, TR_OK);
            ck_assert_uint_eq(row.n, COLUMNS);
            ck_slice_eq(tr_row_cell(&row, 1), rows < 15 ? "2" : "4");
            ck_slice_eq(tr_row_cell(&row, COLUMNS - 1), "");
            ck_assert_uint_eq(row.line, (uint64_t)rows + 2);
            rows++;
        }
        ck_assert_int_eq(rc, 0);
        ck_assert_int_eq(rows, 15 + ROWS);
        tr_reader_close(r);
        tr_buf_clear(&text);
    }
}
END_TEST

START_TEST(closing_early)
{
    struct tr_buf text = {0};

    tr_buf_text(&text, "a;b\n");
    repeat(&text, "1;2\n", 1000000);
    for (int rows = 0; rows < 200000; rows = rows * 3 + 1) {
        struct tr_reader *r = open_file(file_of(text.p, text.len), &modes[0]);
        struct tr_row row;
        struct tr_err err;

        for (int i = 0; i < rows; i++)
            ck_assert_int_eq(tr_reader_next(r, &row, &err), 1);
        tr_reader_close(r);
    }
    tr_reader_close(NULL);
    tr_buf_clear(&text);
}
END_TEST

/* JSON: faults at the character, keys with padding or decomposed letters found in every record. */
START_TEST(json_lines)
{
    static const struct {
        const char *text, *rows;
    } table[] = {
        {"{\"a\":\"1\"}\n{\"a\":\"\xC3\xA5\xC3\xA5\" x}\n{\"a\":2}\n", "[a]\n1[1]\n2!2:11:json\n3[2]\n"},
        {"{\"a\":1}\n{\"b\":1}\n{\"a\":{}}\n[1]\n", "[a]\n1[1]\n2!2:1:json-key\n3!3:1:json-nested\n4!4:1:json\n"},
        {"{\" a \":1}\n{\" a \":2}\n", "[a]\n1[1]\n2[2]\n"},
        {"{\"A\xCC\x8A\":1}\n{\"A\xCC\x8A\":2}\n", "[\xC3\x85]\n1[1]\n2[2]\n"},
        {"{\"a\":\"x\\ny \\\"\"}\r\n \n{\"a\":-1.50}\n", "[a]\n1[x\ny \"]\n3[-1.5]\n"},
    };

    ck_assert_int_lt(_i, (int)COUNT(table));
    check_all_modes(table[_i].text, strlen(table[_i].text), table[_i].rows);
}
END_TEST

/* A first record longer than a batch. */
START_TEST(json_long_first_record)
{
    struct tr_buf text = {0};
    struct tr_reader *r;
    struct tr_row row;
    struct tr_err err;

    tr_buf_text(&text, "{\"a\":\"");
    repeat(&text, "x", 300000);
    tr_buf_text(&text, "\"}\n{\"a\":\"2\"}\n");
    r = open_file(file_of(text.p, text.len), &modes[0]);
    ck_assert_int_eq(tr_reader_next(r, &row, &err), 1);
    ck_assert_uint_eq(tr_row_cell(&row, 0).len, 300000);
    tr_reader_close(r);
    tr_buf_clear(&text);
}
END_TEST

MAIN("reader",
     {dialect, COUNT(dialects)},
     {header_below},
     {skipped_lines}, {names_end_no_lines},
     {encodings},
     {body, COUNT(bodies)},
     {refusal, COUNT(refused)},
     {json_lines, 5},
     {not_in_the_encoding}, {marks_below_another_encoding},
     {no_file},
     {shrinking},
     {choices_override},
     {places},
     {a_line_cut_off_is_no_header},
     {cell_size},
     {cell_too_long},
     {line_size},
     {no_line_at_all},
     {across_the_border},
     {encoding_told_at_the_border},
     {encoding_told_late},
     {all_ways_the_same},
     {blocks_as_excel_writes_them},
     {blocks_that_are_not_excels}, {blocks_under_a_wide_header},
     {closing_early},
     {json_long_first_record})
