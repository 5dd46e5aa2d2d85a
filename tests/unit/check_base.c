/* Errors, buffers, output, dictionaries, hashes: the ground that all stands on. */
#include "unit.h"

#include <errno.h>

#include "base/dict.h"
#include "base/uuid.h"
#include "base/hash.h"
#include "base/out.h"

/* ---- err ---- */

START_TEST(every_code_has_a_name_and_a_text)
{
    for (int c = TR_OK + 1; c < TR_N_CODES; c++) {
        ck_assert_msg(tr_code_name((enum tr_code)c) && tr_code_name((enum tr_code)c)[0], "code %d", c);
        ck_assert_msg(tr_code_text((enum tr_code)c) && tr_code_text((enum tr_code)c)[0], "code %d", c);
    }
    ck_assert_int_eq(tr_code_class(TR_E_DATE), TR_CLASS_ROW);
    ck_assert_int_eq(tr_code_class(TR_W_HF), TR_CLASS_WARN);
    ck_assert_int_eq(tr_code_class(TR_E_OPEN), TR_CLASS_INPUT);
}
END_TEST

START_TEST(err_copy_cuts_between_characters)
{
    static const struct {
        const char *from, *to;
    } table[] = {{"abc", "abc"}, {"abcd", "abc"}, {"ab\xC3\xA5", "ab"}, {"a\xC3\xA5", "a\xC3\xA5"},
                 {"a\xE2\x82\xAC", "a"}, {"\xF0\x9F\x98\x80", ""}, {"", ""}};
    char to[4];

    for (size_t i = 0; i < COUNT(table); i++) {
        memset(to, 'x', sizeof to);
        tr_err_copy(to, sizeof to, tr_str(table[i].from));
        ck_assert_str_eq(to, table[i].to);
    }
    tr_err_copy(to, sizeof to, (struct tr_str){0});
    ck_assert_str_eq(to, "");
}
END_TEST

START_TEST(err_starts_afresh)
{
    struct tr_err err;

    memset(&err, 'x', sizeof err);
    ck_assert_int_eq(tr_err_set(&err, TR_E_DATE, "a", NULL, "c"), -1);
    ck_assert(err.code == TR_E_DATE && err.sys == 0 && !err.source && !err.line && !err.col);
    ck_assert_str_eq(err.arg[0], "a");
    ck_assert_str_eq(err.arg[1], "");
    ck_assert_str_eq(err.arg[2], "c");
    ck_assert_str_eq(err.field, "");
    ck_assert_str_eq(err.value, "");
    tr_err_num(&err, TR_E_TOTAL, 18446744073709551615ULL);
    ck_assert_str_eq(err.arg[0], "18446744073709551615");
    errno = ENOSPC;
    ck_assert_int_eq(tr_err_sys(&err, TR_E_WRITE, "file"), -1);
    ck_assert_int_eq(err.sys, ENOSPC);
    ck_assert_str_eq(err.source, "file");
}
END_TEST

/* ---- str, buf ---- */

START_TEST(parts)
{
    static const struct {
        const char *joined, *parts;
    } table[] = {{"a|b", "[a][b]"}, {"", "[]"}, {"|", "[][]"}, {"a", "[a]"}, {"a||b|", "[a][][b][]"}};

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_str rest = tr_str(table[i].joined), part;
        struct tr_buf b = {0};

        while (tr_str_part(&rest, '|', &part)) {
            tr_buf_char(&b, '[');
            tr_buf_str(&b, part);
            tr_buf_char(&b, ']');
        }
        ck_assert_str_eq(tr_buf_z(&b), table[i].parts);
        tr_buf_clear(&b);
    }
}
END_TEST

START_TEST(buf)
{
    struct tr_buf b = TR_BUF_INIT;

    ck_assert_str_eq(tr_buf_z(&b), "");
    tr_buf_add(&b, NULL, 0);
    tr_buf_num(&b, -9223372036854775807LL - 1);
    ck_assert_str_eq(tr_buf_z(&b), "-9223372036854775808");
    for (int i = 0; i < 100000; i++)
        tr_buf_char(&b, 'x');
    ck_assert_uint_eq(b.len, 100020);
    ck_assert_uint_eq(strlen(tr_buf_z(&b)), 100020);
    ck_assert_int_eq(tr_buf_room(&b, SIZE_MAX), -1);
    ck_assert(b.failed);
    tr_buf_text(&b, "dropped");
    ck_assert_uint_eq(b.len, 100020);
    ck_assert_ptr_null(tr_buf_z(&b));
    tr_buf_clear(&b);
    ck_assert(!b.failed && !b.p);
}
END_TEST

/* ---- out ---- */

START_TEST(out_to_a_full_device)
{
    int fd = open("/dev/full", O_WRONLY);
    struct tr_out out;
    struct tr_err err;

    ck_assert_int_ge(fd, 0);
    for (int n = 1; n <= 1000001; n += 1000000) { /* at the end, and in between */
        tr_out_init(&out, fd, "full");
        for (int i = 0; i < n; i++)
            tr_out_char(&out, 'x');
        ck_assert_int_eq(tr_out_close(&out, &err), -1);
        ck_assert_int_eq(err.code, TR_E_WRITE);
        ck_assert_int_eq(err.sys, ENOSPC);
        ck_assert_str_eq(err.source, "full");
    }
    close(fd);
}
END_TEST

START_TEST(out_to_a_closed_file)
{
    struct tr_out out;
    struct tr_err err;
    int fd = dup(1);

    close(fd);
    tr_out_init(&out, fd, "closed");
    tr_out_text(&out, "x");
    ck_assert_int_eq(tr_out_close(&out, &err), -1);
    ck_assert_int_eq(err.sys, EBADF);
    tr_out_init(&out, fd, "closed");
    ck_assert_int_eq(tr_out_close(&out, &err), 0); /* nothing to write, nothing wrong */
}
END_TEST

START_TEST(out_keeps_all_bytes)
{
    enum { N = 3 * TR_SIZE_OUT + 7 };
    struct tr_out out;
    struct tr_err err;
    char *back = malloc(N);
    int fd = memfd_create("out", 0);

    tr_out_init(&out, fd, "memory");
    for (int i = 0; i < N; i++)
        tr_out_char(&out, (char)(i * 7));
    ck_assert_int_eq(tr_out_close(&out, &err), 0);
    ck_assert_int_eq(pread(fd, back, N, 0), N);
    for (int i = 0; i < N; i++)
        ck_assert_int_eq(back[i], (char)(i * 7));
    close(fd);
    free(back);
}
END_TEST

/* What lacks something in the middle is not written, not even its beginning. */
START_TEST(out_without_memory)
{
    struct tr_out out;
    struct tr_err err;
    int fd = memfd_create("out", 0);
    volatile size_t too_much = SIZE_MAX / 2; /* not for the compiler to see */

    tr_out_init(&out, fd, "memory");
    tr_out_text(&out, "id,name\n");
    tr_out_add(&out, "", too_much); /* refused before anything of it is read */
    tr_out_text(&out, "R-1,x\n");
    ck_assert_int_eq(tr_out_close(&out, &err), -1);
    ck_assert_int_eq(err.code, TR_E_MEMORY);
    ck_assert_int_eq(lseek(fd, 0, SEEK_END), 0);
    close(fd);
}
END_TEST

/* ---- dict, hash ---- */

START_TEST(dict)
{
    enum { N = 20000 };
    struct tr_dict d = {0};
    char key[32];

    ck_assert_int_eq(tr_dict_find(&d, TR_STR("x")), -1);
    for (int i = 0; i < N; i++) {
        int value = i;
        struct tr_str k = {key, (size_t)snprintf(key, sizeof key, "%d", i * 3)};

        ck_assert_int_eq(tr_dict_add(&d, k, &value), 0);
        value = -7;
        ck_assert_int_eq(tr_dict_add(&d, k, &value), 1);
        ck_assert_int_eq(value, i);
    }
    for (int i = 0; i < 3 * N; i++) {
        struct tr_str k = {key, (size_t)snprintf(key, sizeof key, "%d", i)};

        ck_assert_int_eq(tr_dict_find(&d, k), i % 3 ? -1 : i / 3);
    }
    ck_assert_int_eq(tr_dict_find(&d, TR_STR("")), -1);
    ck_assert_int_eq(tr_dict_add(&d, TR_STR(""), &(int){5}), 0);
    ck_assert_int_eq(tr_dict_find(&d, (struct tr_str){0}), 5);
    tr_dict_clear(&d);
    tr_dict_clear(&d);
}
END_TEST

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

START_TEST(hash)
{
    enum { N = 200000 };
    uint64_t *h = malloc(N * sizeof *h);
    char key[40], moved[48];
    int bit[64] = {0};

    for (int i = 0; i < N; i++) {
        size_t n = (size_t)snprintf(key, sizeof key, "%.*s%d", i % 23, "abcdefghijklmnopqrstuvw", i);

        h[i] = tr_hash(key, n, 0);
        memcpy(moved + i % 8, key, n);
        ck_assert_uint_eq(tr_hash(moved + i % 8, n, 0), h[i]);
        ck_assert_uint_ne(tr_hash(key, n, 1), h[i]);
        ck_assert_uint_ne(tr_hash(key, n - 1, 0), h[i]);
        for (int b = 0; b < 64; b++)
            bit[b] += (int)(h[i] >> b & 1);
    }
    for (int b = 0; b < 64; b++)
        ck_assert_msg(abs(bit[b] - N / 2) < N / 50, "bit %d is set %d times of %d", b, bit[b], N);
    qsort(h, N, sizeof *h, by_number);
    for (int i = 1; i < N; i++)
        ck_assert_uint_ne(h[i], h[i - 1]);
    free(h);
}
END_TEST

START_TEST(uuid)
{
    /* the space of domain names, and the example of RFC 9562, A.4 */
    static const unsigned char space[TR_UUID_BYTES] = {0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1,
                                                       0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};
    /* names of so many letters a, about the ends of blocks; by Python's uuid5 */
    static const struct {
        size_t n;
        const char *is;
    } names[] = {
        {0, "4ebd0208-8328-5d69-8c44-ec50939c0967"},
        {39, "5824f981-4282-59d4-9716-acb6d741350e"},
        {40, "39f39c20-db47-5131-8879-62f8f67f9014"},
        {47, "660c273c-8a00-5941-b6f4-8d0afed88966"},
        {48, "7280cc42-274a-5c4a-91fc-ae23f853eeb7"},
        {200, "fe30bfa6-ef90-59b3-b108-118411d0f0ab"},
    };
    char name[200], got[TR_UUID_LEN + 1] = "";

    tr_uuid_of_name(space, TR_STR("www.example.com"), got);
    ck_assert_str_eq(got, "2ed6657d-e927-568b-95e1-2665a8aea6a2");
    memset(name, 'a', sizeof name);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        tr_uuid_of_name(space, (struct tr_str){name, names[i].n}, got);
        ck_assert_str_eq(got, names[i].is);
    }
}
END_TEST

MAIN("base", {every_code_has_a_name_and_a_text}, {err_copy_cuts_between_characters}, {err_starts_afresh}, {parts}, {buf},
     {out_to_a_full_device}, {out_to_a_closed_file}, {out_keeps_all_bytes}, {out_without_memory}, {dict}, {hash}, {uuid})
