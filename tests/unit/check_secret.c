/* What needs a key: files of keys, pseudonyms that are stable and keyed, seals that show every change and
 * no length, keyed hashes of parts; and rows of CSV that are cut where they were joined. */
#include "unit.h"

#include "base/out.h"
#include "base/secret.h"
#include "record/writer.h"

static const struct tr_str number = {"10839421953", 11};

static struct tr_key key_of(int n)
{
    struct tr_key key = {{0}};

    key.bytes[TR_KEY_LEN - 2] = (unsigned char)(n >> 8);
    key.bytes[TR_KEY_LEN - 1] = (unsigned char)n;
    return key;
}

#define HEX "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

START_TEST(keys)
{
    static const char *const bad[] = {
        "",
        "00",
        "000000000000000000000000000000000000000000000000000000000000000",
        "00000000000000000000000000000000000000000000000000000000000000000",
        "g000000000000000000000000000000000000000000000000000000000000000",
        " 000000000000000000000000000000000000000000000000000000000000000",
        "00:00000000000000000000000000000000000000000000000000000000000000",
        "transition-key 2\n",
        "transition-key 3\nread " HEX "\n",
        "transition-key 2\nread " HEX "\nread " HEX "\n",
        "transition-key 2\nwrite " HEX "\n",
        "transition-key 2\nread" HEX "\n",
        "transition-key 2\nread " HEX "0\n",
        "transition-key 2\nread " HEX "\n\n",
        "transition-key 2\nkeeper " HEX "\nkeeper " HEX "\n",
    };
    struct tr_keys *made = tr_keys_new(), *again = tr_keys_new();
    struct tr_buf text = {0};

    ck_assert_int_eq(tr_keys_make(made, ~0U), 0);
    for (int p = 0; p < TR_N_PURPOSES; p++) {
        text.len = 0;
        tr_keys_text(made, (enum tr_purpose)p, &text);
        ck_assert(tr_keys_parse(tr_buf_slice(&text), again));
        ck_assert(!again->derived);
        ck_assert(again->has_keeper);
        ck_assert_mem_eq(again->keeper, made->keeper, TR_KEY_LEN);
        for (int i = 0; i < TR_N_SECRETS; i++) {
            ck_assert_int_eq(again->has[i], tr_purpose_has((enum tr_purpose)p, (enum tr_secret)i));
            if (again->has[i])
                ck_assert_mem_eq(again->secret[i].bytes, made->secret[i].bytes, TR_KEY_LEN);
        }
    }
    ck_assert(!tr_purpose_has(TR_PURPOSE_PUT, TR_SECRET_READ));
    ck_assert(!tr_purpose_has(TR_PURPOSE_PUT, TR_SECRET_LOG));
    ck_assert(!tr_purpose_has(TR_PURPOSE_AUDIT, TR_SECRET_READ));
    ck_assert(!tr_purpose_has(TR_PURPOSE_AUDIT, TR_SECRET_PSEUDONYM));
    for (int i = 0; i < TR_N_SECRETS; i++)
        for (int k = 0; k < i; k++)
            ck_assert_mem_ne(made->secret[i].bytes, made->secret[k].bytes, TR_KEY_LEN);
    for (size_t i = 0; i < COUNT(bad); i++)
        ck_assert_msg(!tr_keys_parse(tr_str(bad[i]), again), "%s", bad[i]);
    tr_keys_free(made);
    tr_keys_free(again);
    tr_buf_wipe(&text);
}
END_TEST

/* Who has the secret alone vouches, for these bytes; everybody can tell. */
START_TEST(vouched)
{
    struct tr_keys *keeper = tr_keys_new(), *other = tr_keys_new();
    unsigned char voucher[TR_VOUCHER_LEN];
    struct tr_buf text = {0};

    ck_assert_int_eq(tr_keys_make(keeper, ~0U), 0);
    ck_assert_int_eq(tr_keys_make(other, ~0U), 0);
    tr_vouch(&keeper->secret[TR_SECRET_VOUCH], TR_STR("a list"), voucher);
    tr_keys_text(keeper, TR_PURPOSE_PUT, &text);
    ck_assert(tr_keys_parse(tr_buf_slice(&text), other) && !other->has[TR_SECRET_VOUCH]);
    ck_assert(tr_vouched(other->keeper, TR_STR("a list"), voucher));
    ck_assert(!tr_vouched(other->keeper, TR_STR("a lisp"), voucher));
    ck_assert_int_eq(tr_keys_make(other, ~0U), 0);
    ck_assert(!tr_vouched(other->keeper, TR_STR("a list"), voucher));
    voucher[0] ^= 1;
    ck_assert(!tr_vouched(keeper->keeper, TR_STR("a list"), voucher));
    tr_keys_free(keeper);
    tr_keys_free(other);
    tr_buf_wipe(&text);
}
END_TEST

/* One key of the first version: pseudonyms under it itself, the rest derived, for ever the same. */
START_TEST(old_keys)
{
    struct tr_keys *old = tr_keys_new();
    char hex[2 * TR_KEY_LEN + 1] = "";

    ck_assert(tr_keys_parse(TR_STR(HEX "\n"), old));
    ck_assert(old->derived);
    tr_hex(old->secret[TR_SECRET_PSEUDONYM].bytes, TR_KEY_LEN, hex);
    ck_assert_str_eq(hex, HEX);
    for (int i = 0; i < TR_N_SECRETS; i++) {
        ck_assert(old->has[i]);
        for (int k = 0; k < i; k++)
            ck_assert_mem_ne(old->secret[i].bytes, old->secret[k].bytes, TR_KEY_LEN);
    }
    tr_hex(old->secret[TR_SECRET_READ].bytes, TR_KEY_LEN, hex);
    ck_assert_str_eq(hex, "9d8a81d2afeef3c506f07f73611c9fe188e20a31a97b929c6ddae4397e2d3701");
    tr_keys_free(old);
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
    uint64_t count = 0;
    struct tr_buf text = {0}, sealed = {0}, out = {0};
    const struct tr_str about = TR_STR("this record"), what = TR_STR("that record");

    for (size_t i = 0; i < lengths[_i]; i++)
        tr_buf_char(&text, (char)random_below(256));
    tr_buf_text(&sealed, "before");
    ck_assert_int_eq(tr_seal(&key, &count, about, tr_buf_slice(&text), &sealed), 0);
    ck_assert_mem_eq(sealed.p, "before", 6);
    ck_assert_uint_eq(count, 1);

    struct tr_str all = {sealed.p + 6, sealed.len - 6};

    tr_buf_text(&out, "here ");
    ck_assert_int_eq(tr_unseal(&key, about, all, &out), 0);
    ck_assert_uint_eq(out.len, text.len + 5);
    ck_assert_mem_eq(out.p, "here ", 5);
    if (text.len)
        ck_assert_mem_eq(out.p + 5, text.p, text.len);
    out.len = 0;
    ck_assert_int_eq(tr_unseal(&other, about, all, &out), -1);
    ck_assert_int_eq(tr_unseal(&key, what, all, &out), -1);
    for (size_t i = 0; i < all.len; i += 1 + all.len / 200) {
        const char was = sealed.p[6 + i];

        sealed.p[6 + i] = (char)(was ^ (1 << random_below(8)));
        ck_assert_msg(tr_unseal(&key, about, all, &out) == -1, "byte %zu", i);
        sealed.p[6 + i] = was;
    }
    for (size_t i = 0; i < all.len; i += 1 + all.len / 200)
        ck_assert_msg(tr_unseal(&key, about, (struct tr_str){all.p, i}, &out) == -1, "cut at %zu",
                      i);
    ck_assert_uint_eq(out.len, 0);
    ck_assert_int_eq(tr_unseal(&key, about, all, &out), 0);
    tr_buf_clear(&text);
    tr_buf_clear(&sealed);
    tr_buf_clear(&out);
}
END_TEST

/* The length of what is sealed tells the step that its text is in, and no more. */
START_TEST(padded)
{
    struct tr_key key = key_of(7);
    struct tr_buf text = {0}, sealed = {0};
    uint64_t count = 0;

    for (size_t n = 0; n < 5000; n++) {
        size_t step = n < 1024 ? 128 : 1024;

        sealed.len = 0;
        ck_assert_int_eq(tr_seal(&key, &count, TR_STR(""), tr_buf_slice(&text), &sealed), 0);
        ck_assert_uint_eq(sealed.len, 8 + (n / step + 1) * step + 16);
        tr_buf_char(&text, ' ');
    }
    tr_buf_clear(&text);
    tr_buf_clear(&sealed);
}
END_TEST

START_TEST(key_for_a_reader)
{
    struct tr_key reader = key_of(7), other = key_of(8), run = key_of(9), out;
    unsigned char public[TR_KEY_LEN], sealed[TR_KEY_SEALED_LEN], again[TR_KEY_SEALED_LEN];

    tr_key_public(&reader, public);
    ck_assert_mem_ne(public, reader.bytes, TR_KEY_LEN);
    ck_assert_int_eq(tr_key_seal(public, &run, sealed), 0);
    ck_assert_int_eq(tr_key_seal(public, &run, again), 0);
    ck_assert_mem_ne(sealed, again, sizeof sealed); /* nobody sees that they hold the same */
    ck_assert_int_eq(tr_key_unseal(&reader, sealed, &out), 0);
    ck_assert_mem_eq(out.bytes, run.bytes, TR_KEY_LEN);
    ck_assert_int_eq(tr_key_unseal(&other, sealed, &out), -1);
    for (size_t i = 0; i < sizeof sealed; i++) {
        sealed[i] ^= 1;
        ck_assert_int_eq(tr_key_unseal(&reader, sealed, &out), -1);
        sealed[i] ^= 1;
    }
}
END_TEST

/* The same text in other parts is other parts; the word, the key and every part count. */
START_TEST(parts_differ)
{
    static const struct {
        const char *word, *part[3];
        int n, key;
    } made[] = {
        {"w", {"ab", "c"}, 2, 7},  {"w", {"a", "bc"}, 2, 7},   {"w", {"abc", ""}, 2, 7},
        {"w", {"abc"}, 1, 7},      {"w", {"", "abc"}, 2, 7},   {"v", {"ab", "c"}, 2, 7},
        {"w", {"ab", "c"}, 2, 8},  {"w", {"ab", "c", ""}, 3, 7}, {"wab", {"c"}, 1, 7},
    };
    unsigned char mac[COUNT(made)][TR_HASH_LEN], tag[COUNT(made)][TR_MARK_LEN], long_tag[TR_MARK_LEN];
    struct tr_buf text = {0};
    struct tr_parts p;

    for (size_t i = 0; i < COUNT(made); i++) {
        struct tr_key key = key_of(made[i].key);

        p.n = 0;
        for (int k = 0; k < made[i].n; k++)
            tr_parts_text(&p, tr_str(made[i].part[k]));
        tr_mac(&key, made[i].word, &p, mac[i], TR_HASH_LEN);
        tr_tag(&key, made[i].word[0], (int64_t)strlen(made[i].word), &p, tag[i]);
        for (size_t k = 0; k < i; k++) {
            ck_assert_mem_ne(mac[i], mac[k], TR_HASH_LEN);
            ck_assert_mem_ne(tag[i], tag[k], TR_MARK_LEN);
        }
    }
    for (size_t n = 1900; n < 2200; n++) { /* beyond what is laid out in one place, too */
        struct tr_key key = key_of(7);
        unsigned char again[TR_MARK_LEN];

        while (text.len < n)
            tr_buf_char(&text, 'x');
        p.n = 0;
        tr_parts_text(&p, tr_buf_slice(&text));
        tr_tag(&key, 1, 1, &p, long_tag);
        text.p[n / 2] ^= 1;
        tr_tag(&key, 1, 1, &p, again);
        ck_assert_mem_ne(long_tag, again, TR_MARK_LEN);
        tr_mac(&key, "w", &p, mac[0], TR_HASH_LEN);
        text.p[n / 2] ^= 1;
        tr_mac(&key, "w", &p, mac[1], TR_HASH_LEN);
        ck_assert_mem_ne(mac[0], mac[1], TR_HASH_LEN);
    }
    tr_buf_clear(&text);
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

MAIN("secret", {keys}, {vouched}, {old_keys}, {pseudonyms}, {seals, COUNT(lengths)}, {padded}, {key_for_a_reader}, {parts_differ}, {cut_again}, {cut_short})
