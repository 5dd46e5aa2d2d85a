/* UTF-8 and what people's text needs. */
#include "unit.h"

#include <unistr.h>

#include "base/text.h"
#include "base/utf8.h"

/* ---- utf8, with libunistring as the judge ---- */

/* Asserts only on failure: an assertion costs more than the check. */
static void check_sequence(const uint8_t *p, size_t n)
{
    const uint8_t *bad = u8_check(p, n);
    bool wide = false, marks = false;
    size_t expected = bad ? (size_t)(bad - p) : n, good = tr_utf8_valid((const char *)p, n, &wide, &marks);
    int step = tr_utf8_step((const char *)p, n);
    bool right = good > 0 ? step == (p[0] ? u8_mblen(p, n) : 1) : step <= 0;

    for (size_t i = 0; i < good; i++)
        right &= wide || p[i] < 0x80;
    if (good != expected || !right)
        ck_abort_msg("%02x %02x %02x of %zu: valid to %zu, step %d", p[0], p[1], p[2], n, good, step);
}

START_TEST(sequences_of_one_to_three_bytes)
{
    for (unsigned a = 0; a < 256; a++)
        for (unsigned b = 0; b < 256; b++)
            for (unsigned c = 0; c < 256; c++) {
                const uint8_t p[4] = {(uint8_t)a, (uint8_t)b, (uint8_t)c};

                if (c == 0)
                    check_sequence(p, 2);
                if (c == 0 && b == 0)
                    check_sequence(p, 1);
                check_sequence(p, 3);
            }
}
END_TEST

START_TEST(sequences_of_four_bytes)
{
    static const uint8_t edges[] = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xF4, 0xFF};

    for (unsigned a = 0xE0; a < 256; a++)
        for (unsigned b = 0; b < 256; b++)
            for (size_t c = 0; c < sizeof edges; c++)
                for (size_t d = 0; d < sizeof edges; d++)
                    check_sequence((const uint8_t[]){(uint8_t)a, (uint8_t)b, edges[c], edges[d]}, 4);
}
END_TEST

/* A character cut off is told from one that is wrong. */
START_TEST(cut_or_wrong)
{
    static const struct {
        const char *text;
        int step;
    } table[] = {{"\xC3", -1},         {"\xE2\x82", -1}, {"\xF0\x9F\x98", -1}, {"\xC3(", 0},    {"\xE2(", 0},
                 {"\xED\xA0", 0},      {"\xE0\x80", 0},  {"\xF4\x90", 0},      {"\xC0\x80", 0}, {"\x80", 0},
                 {"\xF0\x9F\x98\x80", 4}, {"\xF5", 0}};

    for (size_t i = 0; i < COUNT(table); i++)
        ck_assert_int_eq(tr_utf8_step(table[i].text, strlen(table[i].text)), table[i].step);
}
END_TEST

/* Something wide or wrong at each place of runs of ASCII of each length. */
START_TEST(runs)
{
    char text[200];

    for (size_t n = 0; n < 150; n++)
        for (size_t at = 0; at <= n; at++) {
            bool wide = false, marks = false;

            memset(text, 'x', sizeof text);
            text[at] = (char)0xFF;
            ck_assert_uint_eq(tr_utf8_valid(text, n, &wide, &marks), at);
            ck_assert(!wide && !marks);
            memcpy(text + at, "\xCC\x8A", 2);
            ck_assert_uint_eq(tr_utf8_valid(text, n, &wide, &marks), at + 1 >= n && at < n ? at : n);
            ck_assert_int_eq(wide, at + 1 < n);
            ck_assert_int_eq(marks, at + 1 < n);
        }
}
END_TEST

START_TEST(counting)
{
    ck_assert_uint_eq(tr_utf8_count(TR_STR("")), 0);
    ck_assert_uint_eq(tr_utf8_count(TR_STR("a\xC3\xA5\xE2\x82\xAC\xF0\x9F\x98\x80")), 4);
    ck_assert_uint_eq(tr_utf8_count(TR_STR("a\xFF\xC3")), 3);
}
END_TEST

/* ---- text ---- */

static void check_text(void (*work)(struct tr_str, struct tr_buf *), const char *const table[][2], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct tr_buf out = {0};

        work(tr_str(table[i][0]), &out);
        ck_assert_msg(strcmp(tr_buf_z(&out), table[i][1]) == 0, "%s becomes %s, not %s", table[i][0], tr_buf_z(&out),
                      table[i][1]);
        tr_buf_clear(&out);
    }
}

static void trim_to(struct tr_str s, struct tr_buf *out)
{
    tr_buf_str(out, tr_text_trim(s));
}

START_TEST(trim)
{
    static const char *const table[][2] = {
        {" a b ", "a b"}, {"\t\r\na\n", "a"}, {"\xC2\xA0\xE2\x80\xAF" "a\xE2\x80\xAF \xC2\xA0", "a"},
        {" \xC2\xA0", ""}, {"\xEF\xBB\xBF" "a\xE2\x80\x8B", "a"}, {"", ""}, {"\xC2\xB0", "\xC2\xB0"}, {"\xA0" "a", "\xA0" "a"}};

    check_text(trim_to, table, COUNT(table));
}
END_TEST

static void code_of(struct tr_str s, struct tr_buf *out)
{
    struct tr_buf scratch = {0};

    tr_buf_str(out, tr_text_code(s, &scratch));
    tr_buf_clear(&scratch);
}

START_TEST(code)
{
    static const char *const table[][2] = {
        {"S-2", "S-2"}, {" 'S-2 ", "S-2"}, {"'' S-2", "S-2"}, {"S'2", "S'2"}, {"'", ""}, {"", ""},
        {"\xEF\xBB\xBF" "S-2", "S-2"}, {"S\xC2\xAD-\xE2\x80\x8B" "2", "S-2"}, {"\xE2\x80\x8B' S-2", "S-2"},
        {"\xE2\x80\xAAS-2\xE2\x80\xAC", "S-2"}, {"S\xC2\xA0" "2", "S\xC2\xA0" "2"}, {"\xC3\x85-1", "\xC3\x85-1"},
        {"S\u20112", "S-2"}, {"S\u2013\u22122", "S--2"}, {"S\u20142", "S\u20142"}};

    check_text(code_of, table, COUNT(table));
    for (size_t i = 0; i < COUNT(table); i++) { /* what was read reads again as itself */
        struct tr_buf scratch = {0};

        ck_slice_eq(tr_text_code(tr_str(table[i][1]), &scratch), table[i][1]);
        tr_buf_clear(&scratch);
    }
}
END_TEST

START_TEST(guard)
{
    static const struct {
        const char *text, *bare;
        bool formula;
    } table[] = {{"'=1", "=1", true},    {"''=1", "=1", true},  {"'+47 9", "+47 9", true}, {"' -", "-", true},
                 {"'t Hooft", "'t Hooft", false}, {"'", "'", false}, {"a'=1", "a'=1", false}, {"=1", "=1", true},
                 {"'@x", "@x", true},    {"", "", false},       {"'\t1", "1", true},
                 {"\uFF1D1", "\uFF1D1", true}, {"'\uFF0B1", "\uFF0B1", true}, {"\uFF0D", "\uFF0D", true},
                 {"\uFF201", "\uFF201", true}, {"\u200E=1", "\u200E=1", true}, {"\u2060 @", "\u2060 @", true},
                 {"\x01x", "\x01x", true}, {"\u00E5=1", "\u00E5=1", false}};

    for (size_t i = 0; i < COUNT(table); i++) {
        ck_slice_eq(tr_text_unguard(tr_str(table[i].text)), table[i].bare);
        ck_assert_msg(tr_text_is_formula(tr_str(table[i].text)) == table[i].formula, "%s", table[i].text);
        ck_slice_eq(tr_text_unguard(tr_str(table[i].bare)), table[i].bare);
    }
}
END_TEST

START_TEST(compose)
{
    static const char *const table[][2] = {{"a\xCC\x8A", "\xC3\xA5"}, {"O\xCC\x88x", "\xC3\x96x"}, {"abc", "abc"},
                                           {"a\xCC\x8A\xFF", "a\xCC\x8A\xFF"}, {"", ""}};

    check_text(tr_text_compose, table, COUNT(table));
}
END_TEST

START_TEST(fold)
{
    static const char *const table[][2] = {
        {"Henvisnings-ID ", "henvisningsid"}, {"\xC3\x85", "\xC3\xA5"},   {"A\xCC\x8A", "\xC3\xA5"},
        {"HF 1-3", "hf13"},                   {"\xC3\x98STENSJ\xC3\x98", "\xC3\xB8stensj\xC3\xB8"},
        {" .,-_/()", ""},                     {"\xFF", ""},               {"", ""}};

    check_text(tr_text_fold, table, COUNT(table));
}
END_TEST

START_TEST(bare)
{
    static const char *const table[][2] = {
        {"Andr\xC3\xA9", "andre"},          {"\xC3\x85se", "ase"},        {"Aase", "ase"},    {"\xC3\x98yvind", "oyvind"},
        {"Oeyvind", "oyvind"},              {"\xC5\x81ukasz", "lukasz"},  {"Bj\xC3\xB6rn", "bjorn"}, {"A\xCC\x8A", "a"},
        {"\xC5\x9E" "ahin", "sahin"},       {"I\xC5\x8B" "g\xC3\xA1", "inga"}, {"Al-Masri 7", "almasri"}, {"\xFF", ""}, {"", ""}};

    check_text(tr_text_bare, table, COUNT(table));

    struct tr_buf words = {0};

    tr_text_bare(tr_str("Anna"), &words);
    tr_text_bare(tr_str("Eide"), &words); /* the e is no part of the word before */
    ck_slice_eq(tr_buf_slice(&words), "annaeide");
    tr_buf_clear(&words);
}
END_TEST

START_TEST(kinds_of_characters)
{
    static const struct {
        const char *text;
        size_t len;
        enum tr_char kind;
    } table[] = {{"a", 1, TR_CHAR_LETTER}, {"A", 1, TR_CHAR_UPPER}, {"7", 1, TR_CHAR_DIGIT}, {"-", 1, TR_CHAR_OTHER}, {"\xC3\x85", 2, TR_CHAR_UPPER},
                 {"\xC3\xA5", 2, TR_CHAR_LETTER}, {"\xCC\x8A", 2, TR_CHAR_LETTER}, {"\xE2\x80\x99", 3, TR_CHAR_OTHER}, {"\xFF", 1, TR_CHAR_OTHER}};
    enum tr_char kind;

    for (size_t i = 0; i < COUNT(table); i++) {
        ck_assert_uint_eq(tr_text_char(tr_str(table[i].text), &kind), table[i].len);
        ck_assert_msg(kind == table[i].kind, "%zu", i);
    }
}
END_TEST

START_TEST(show_safely)
{
    static const char *const table[][2] = {
        {"a\x1B[31m", "a\\x1B[31m"}, {"\n\t\x7F", "\\x0A\\x09\\x7F"}, {"\xE2\x80\xAE" "x", "\\u{202E}x"},
        {"\xC2\x9B", "\\u{009B}"},   {"\xFF\xC3", "\\xFF\\xC3"},      {"\xC3\xA5\xF0\x9F\x98\x80", "\xC3\xA5\xF0\x9F\x98\x80"}};

    check_text(tr_text_show, table, COUNT(table));
}
END_TEST

START_TEST(width)
{
    ck_assert_uint_eq(tr_text_width(TR_STR("")), 0);
    ck_assert_uint_eq(tr_text_width(TR_STR("\xC3\xA5" "bc")), 3);
    ck_assert_uint_eq(tr_text_width(TR_STR("a\xCC\x8A")), 1);
    ck_assert_uint_eq(tr_text_width(TR_STR("\xE6\xBC\xA2")), 2);
}
END_TEST

START_TEST(distance)
{
    static const struct {
        const char *a, *b;
        size_t d;
    } table[] = {{"", "", 0},       {"a", "", 1},      {"", "abc", 3},      {"abc", "abc", 0}, {"abc", "axc", 1},
                 {"abc", "acb", 1}, {"abc", "bc", 1},  {"kitten", "sitting", 3}, {"\xC3\xA5", "a", 1}, {"ca", "abc", 3}};

    for (size_t i = 0; i < COUNT(table); i++) {
        ck_assert_msg(tr_text_distance(tr_str(table[i].a), tr_str(table[i].b)) == table[i].d, "%s %s", table[i].a,
                      table[i].b);
        ck_assert_uint_eq(tr_text_distance(tr_str(table[i].b), tr_str(table[i].a)), table[i].d);
    }
}
END_TEST

/* In this order, each before all that follow. */
START_TEST(norwegian_order)
{
    static const char *const words[] = {
        "", "10", "2", "Abel", "abel", "Aker", "And", "\u00C1nde", "Angell", "Bjerke", "bjerke",
        "Dahl", "\u0110ahl", "Dale", "Ek", "\u00C9k", "Eke", "Gamle Oslo", "Gamlebyen", "Lund",
        "\u0141und", "Lunde", "Muller", "My", "M\u00FC", "Myhre", "M\u00FCller", "Myrvold",
        "Ness", "Nilsen", "\u014Ailsen", "Solberg", "\u0160olberg", "St. Hanshaugen",
        "Stra\u00DFe", "Yssen", "z", "Zimmer", "\u00C6rlig", "\u00E6rlig", "\u00C4rlig",
        "\u00C6rt", "\u00D8st", "\u00F8st", "\u00D6st", "\u00D8sv", "\u00C5by", "Aaby", "aaby",
        "\u00C5s", "\u00E5s", "Aas", "A\u030Asen", "\u00C5sen", "AASEN", "Aasen",
        "\u00C5sg\u00E5rd", "Aasgaard",
    };

    for (size_t i = 0; i < COUNT(words); i++)
        for (size_t j = 0; j < COUNT(words); j++) {
            int order = tr_text_order(tr_str(words[i]), tr_str(words[j]));

            ck_assert_msg((i < j) == (order < 0) && (i > j) == (order > 0), "\"%s\" and \"%s\": %d", words[i], words[j],
                          order);
        }
}
END_TEST

START_TEST(fill)
{
    static const struct tr_fill fills[] = {{"a", {"1", 1}}, {"bb", {"", 0}}, {NULL}};
    static const char *const table[][2] = {{"x{a}y{bb}z", "x1yz"}, {"{c}{a", "{c}{a"}, {"{}", "{}"},
                                           {"{{a}}", "{1}"},       {"", ""},           {"{a}{a}", "11"}};

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_buf out = {0};

        tr_text_fill(tr_str(table[i][0]), fills, &out);
        ck_assert_str_eq(tr_buf_z(&out), table[i][1]);
        tr_buf_clear(&out);
    }
}
END_TEST

START_TEST(near)
{
    static const struct {
        const char *wanted, *best;
    } table[] = {{"Sagen", "Sagene"}, {"sagnee", "Sagene"}, {"Frogne", "Frogner"}, {"Berlin by night", NULL}, {"xyz", NULL}};
    static const char *const offers[] = {"Frogner", "Sagene", "Ullern"};

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_near n = {.wanted = tr_str(table[i].wanted)};

        ck_assert(!tr_near_found(&n));
        for (size_t k = 0; k < COUNT(offers); k++)
            tr_near_offer(&n, tr_str(offers[k]));
        ck_assert_msg(tr_near_found(&n) == (table[i].best != NULL), "%s", table[i].wanted);
        if (table[i].best)
            ck_slice_eq(n.best, table[i].best);
    }
}
END_TEST

MAIN("text", {sequences_of_one_to_three_bytes}, {sequences_of_four_bytes}, {cut_or_wrong}, {runs}, {counting}, {trim}, {code}, {guard}, {compose}, {fold}, {bare}, {kinds_of_characters},
     {show_safely}, {width}, {distance}, {norwegian_order}, {fill}, {near})
