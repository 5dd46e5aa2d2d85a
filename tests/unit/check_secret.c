/* What needs a key: pseudonyms that are stable and keyed, seals that show every change, nonces that
 * never come again, chains; and rows of CSV that are cut where they were joined. */
#include "unit.h"

#include "base/out.h"
#include "base/secret.h"
#include "record/writer.h"

static const struct tr_str number = {"10839421953", 11};

static struct tr_key key_of(int n)
{
    struct tr_key key;
    char text[TR_KEY_TEXT_LEN + 1];

    snprintf(text, sizeof text, "%064x", (unsigned)n);
    ck_assert(tr_key_parse(tr_str(text), &key));
    return key;
}

START_TEST(keys)
{
    static const char *const bad[] = {
        "",
        "0",
        "000000000000000000000000000000000000000000000000000000000000000",
        "00000000000000000000000000000000000000000000000000000000000000000",
        "g000000000000000000000000000000000000000000000000000000000000000",
        " 000000000000000000000000000000000000000000000000000000000000000",
        "00:00000000000000000000000000000000000000000000000000000000000000"};
    struct tr_key key, again;
    char text[TR_KEY_TEXT_LEN];

    ck_assert_int_eq(tr_key_make(&key), 0);
    tr_key_text(&key, text);
    ck_assert(tr_key_parse((struct tr_str){text, sizeof text}, &again));
    ck_assert_mem_eq(key.bytes, again.bytes, TR_KEY_LEN);
    ck_assert_int_eq(tr_key_make(&again), 0);
    ck_assert_mem_ne(key.bytes, again.bytes, TR_KEY_LEN);
    tr_key_clear(&key);
    for (size_t i = 0; i < TR_KEY_LEN; i++)
        ck_assert_int_eq(key.bytes[i], 0);
    for (size_t i = 0; i < COUNT(bad); i++)
        ck_assert_msg(!tr_key_parse(tr_str(bad[i]), &key), "%s", bad[i]);
}
END_TEST

/* The pseudonyms of a register must never change from one version of the programs to the next. */
START_TEST(pseudonyms)
{
    struct tr_key key = key_of(7), other = key_of(8);
    char p[3][TR_PSEUDONYM_LEN], many[2000][TR_PSEUDONYM_LEN];

    tr_pseudonym(&key, number, p[0]);
    ck_slice_eq(((struct tr_str){p[0], sizeof p[0]}), "p-glbncxsfsvcfdanfvqzecnkl");
    tr_pseudonym(&key, number, p[1]);
    ck_assert_mem_eq(p[0], p[1], sizeof p[0]);
    tr_pseudonym(&other, number, p[2]);
    ck_assert_mem_ne(p[0], p[2], sizeof p[0]);
    for (size_t i = 0; i < COUNT(many); i++) {
        char text[16];
        int n = snprintf(text, sizeof text, "%011zu", i);

        tr_pseudonym(&key, (struct tr_str){text, (size_t)n}, many[i]);
        ck_assert(memcmp(many[i], "p-", 2) == 0);
        for (size_t c = 2; c < TR_PSEUDONYM_LEN; c++)
            ck_assert(many[i][c] != '\0' && strchr("abcdefghijklmnopqrstuvwxyz234567", many[i][c]));
        for (size_t j = 0; j < i; j++)
            ck_assert_mem_ne(many[i], many[j], TR_PSEUDONYM_LEN);
    }
}
END_TEST

static const size_t lengths[] = {0, 1, 15, 16, 17, 100, 70000};

START_TEST(seals)
{
    struct tr_key key = key_of(7), other = key_of(8);
    struct tr_nonces nonces = {.started = false};
    struct tr_buf text = {0}, sealed = {0}, out = {0};

    for (size_t i = 0; i < lengths[_i]; i++)
        tr_buf_char(&text, (char)random_below(256));
    tr_buf_text(&sealed, "before");
    ck_assert_int_eq(tr_seal(&key, &nonces, tr_buf_slice(&text), &sealed), 0);
    ck_assert_mem_eq(sealed.p, "before", 6);

    struct tr_str all = {sealed.p + 6, sealed.len - 6};

    ck_assert_uint_eq(all.len, text.len + 40);
    tr_buf_text(&out, "here ");
    ck_assert_int_eq(tr_unseal(&key, all, &out), 0);
    ck_assert_uint_eq(out.len, text.len + 5);
    ck_assert_mem_eq(out.p, "here ", 5);
    if (text.len)
        ck_assert_mem_eq(out.p + 5, text.p, text.len);
    out.len = 0;
    ck_assert_int_eq(tr_unseal(&other, all, &out), -1);
    for (size_t i = 0; i < all.len; i += 1 + all.len / 200) {
        sealed.p[6 + i] = (char)(sealed.p[6 + i] ^ (1 << random_below(8)));
        ck_assert_msg(tr_unseal(&key, all, &out) == -1, "byte %zu", i);
        sealed.p[6 + i] = 0;
        ck_assert_int_eq(tr_seal(&key, &nonces, tr_buf_slice(&text), &out), 0);
        memcpy(sealed.p + 6, out.p, out.len);
        out.len = 0;
    }
    for (size_t i = 0; i < all.len; i += 1 + all.len / 200)
        ck_assert_msg(tr_unseal(&key, (struct tr_str){all.p, i}, &out) == -1, "cut at %zu", i);
    ck_assert_uint_eq(out.len, 0);
    ck_assert_int_eq(tr_unseal(&key, all, &out), 0);
    tr_buf_clear(&text);
    tr_buf_clear(&sealed);
    tr_buf_clear(&out);
}
END_TEST

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, 24);
}

START_TEST(nonces_once)
{
    enum { SEALS = 3000, STARTS = 20 };
    static char seen[STARTS * SEALS][24];
    struct tr_key key = key_of(7);
    struct tr_buf out = {0};

    for (size_t s = 0; s < STARTS; s++) {
        struct tr_nonces nonces = {.started = false};

        for (size_t i = 0; i < SEALS; i++) {
            out.len = 0;
            ck_assert_int_eq(tr_seal(&key, &nonces, TR_STR("x"), &out), 0);
            memcpy(seen[s * SEALS + i], out.p, 24);
        }
    }
    qsort(seen, COUNT(seen), sizeof *seen, by_bytes);
    for (size_t i = 1; i < COUNT(seen); i++)
        ck_assert_mem_ne(seen[i - 1], seen[i], 24);
    tr_buf_clear(&out);
}
END_TEST

START_TEST(chains)
{
    struct tr_key key = key_of(7), other = key_of(8);
    unsigned char zero[TR_CHAIN_LEN] = {0}, a[TR_CHAIN_LEN], b[TR_CHAIN_LEN], c[TR_CHAIN_LEN];

    tr_chain(&key, zero, TR_STR("one"), a);
    tr_chain(&key, zero, TR_STR("one"), b);
    ck_assert_mem_eq(a, b, TR_CHAIN_LEN);
    tr_chain(&key, zero, TR_STR("onf"), b);
    ck_assert_mem_ne(a, b, TR_CHAIN_LEN);
    tr_chain(&other, zero, TR_STR("one"), b);
    ck_assert_mem_ne(a, b, TR_CHAIN_LEN);
    tr_chain(&key, a, TR_STR("two"), b);
    a[TR_CHAIN_LEN - 1] ^= 1;
    tr_chain(&key, a, TR_STR("two"), c);
    ck_assert_mem_ne(b, c, TR_CHAIN_LEN);
    tr_chain(&key, a, TR_STR(""), a); /* in its own place */
    ck_assert_mem_ne(a, c, TR_CHAIN_LEN);
}
END_TEST

/* Rows of random cells come back as they were. */
START_TEST(cut_again)
{
    static const char *const parts[] = {",", "\"", "\n", "\r", " ", "a", "\"\"", ";", "å", "\"\n,"};
    enum { MOST = 12 };

    for (int round = 0; round < 20000; round++) {
        struct tr_buf cell[MOST] = {{0}};
        struct tr_str cut[MOST + 2];
        struct tr_out out = {.fd = -1};
        size_t n = 1 + random_below(MOST), got = MOST + 2;

        for (size_t i = 0; i < n; i++) {
            for (uint32_t k = random_below(6); k > 0; k--)
                tr_buf_text(&cell[i], parts[random_below(COUNT(parts))]);
            if (i > 0)
                tr_out_char(&out, ',');
            tr_csv_cell(&out, tr_buf_slice(&cell[i]), ',');
        }
        tr_csv_cut(out.buf.p, out.buf.len, cut, &got);
        ck_assert_uint_eq(got, n);
        for (size_t i = 0; i < n; i++) {
            ck_assert_uint_eq(cut[i].len, cell[i].len);
            if (cut[i].len)
                ck_assert_mem_eq(cut[i].p, cell[i].p, cut[i].len);
            tr_buf_clear(&cell[i]);
        }
        tr_buf_clear(&out.buf);
    }
}
END_TEST

/* No more cells than there is room for. */
START_TEST(cut_short)
{
    char row[] = "a,\"b,\"\"c\",d,";
    struct tr_str cut[4];
    size_t n = 2;

    tr_csv_cut(row, strlen(row), cut, &n);
    ck_assert_uint_eq(n, 2);
    ck_slice_eq(cut[0], "a");
    ck_slice_eq(cut[1], "b,\"c");
}
END_TEST

MAIN("secret", {keys}, {pseudonyms}, {seals, COUNT(lengths)}, {nonces_once}, {chains}, {cut_again}, {cut_short})
