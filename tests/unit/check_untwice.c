/* Text that was encoded twice, and what it was before. */
#include "unit.h"

#include <iconv.h>

#include "record/untwice.h"

/* All of in, given in pieces of at most so many bytes, as a reader would. */
static size_t turn(const char *in, size_t n, size_t piece, char *out)
{
    char hand[1024];
    size_t held = 0, len = 0, used;

    for (size_t at = 0; at < n || held > 0;) {
        size_t more = n - at < piece ? n - at : piece;

        memcpy(hand + held, in + at, more);
        held += more;
        at += more;
        len += tr_untwice(hand, held, at == n, out + len, &used);
        ck_assert(at < n || used == held);
        memmove(hand, hand + used, held - used);
        held -= used;
    }
    return len;
}

START_TEST(examples)
{
    static const char *const table[][2] = {
        {"Bj\u00C3\u00B8rg", "Bj\u00F8rg"},
        {"\u00C3\u2026se", "\u00C5se"},         /* what Windows-1252 has at 0x85 */
        {"\u00C3\xC2\x81", "\u00C1"},             /* and at 0x81, nothing */
        {"\u00E2\u20AC\u201C", "\u2013"},
        {"Bj\u00F8rg", "Bj\u00F8rg"},           /* once */
        {"\u2192 \u00C3\u00A6", "\u2192 \u00E6"}, /* no letter of Windows-1252 */
        {"\u20AC", "\u20AC"},
        {"a;b", "a;b"},
        {"", ""},
    };

    for (size_t i = 0; i < COUNT(table); i++) {
        char out[256];
        size_t n = turn(table[i][0], strlen(table[i][0]), 1 + i % 3, out);

        ck_slice_eq(((struct tr_str){out, n}), table[i][1]);
    }
}
END_TEST

/* Whatever was encoded twice comes back, wherever it is cut. */
START_TEST(comes_back)
{
    static const char *const parts[] = {"a", "b;", "\n", "\u00E6", "\u00F8", "\u00E5", "\u00C6", "\u00D8",
                                        "\u00C5", "\u00E9", "\u00FC", "\u2013", "\u00AB", "\u20AC"};
    unsigned random = 1;

    for (int round = 0; round < 2000; round++) {
        char text[64] = "", twice[256], out[256], *from = text, *to = twice;
        size_t left, room = sizeof twice, n;
        iconv_t again = iconv_open("UTF-8", "WINDOWS-1252");

        for (int i = 0; i < 12; i++) {
            random = random * 1664525 + 1013904223;
            strcat(text, parts[(random >> 16) % COUNT(parts)]);
        }
        left = strlen(text);
        ck_assert(iconv(again, &from, &left, &to, &room) != (size_t)-1);
        iconv_close(again);
        n = turn(twice, (size_t)(to - twice), 1 + (unsigned)round % 17, out);
        ck_slice_eq(((struct tr_str){out, n}), text);
    }
}
END_TEST

MAIN("untwice", {examples}, {comes_back})
