/* Windows-1252 as UTF-8, beside what the C library makes of it. */
#include "unit.h"

#include <iconv.h>

#include "record/windows.h"

/* What iconv makes of a byte; one that it refuses is FF. */
static size_t by_iconv(iconv_t decoder, char byte, char out[8])
{
    char *from = &byte, *to = out;
    size_t left = 1, room = 8;

    if (iconv(decoder, &from, &left, &to, &room) == (size_t)-1)
        *to++ = (char)0xFF;
    return (size_t)(to - out);
}

/* Bytes of all kinds, a run of ASCII of each length between them. */
static size_t make_text(char *text)
{
    size_t n = 0;

    for (int c = 0; c < 256; c++) {
        text[n++] = (char)c;
        for (int i = 0; i < c % 19; i++)
            text[n++] = (char)('a' + i);
    }
    return n;
}

START_TEST(is_what_the_library_makes_of_it_wherever_it_is_cut)
{
    static char text[256 * 20], wanted[sizeof text * 3], out[sizeof wanted];
    iconv_t decoder = iconv_open("UTF-8", "WINDOWS-1252");
    size_t n = make_text(text), want = 0;

    ck_assert(decoder != (iconv_t)-1);
    for (size_t i = 0; i < n; i++)
        want += by_iconv(decoder, text[i], wanted + want);
    iconv_close(decoder);
    for (size_t room = 3; room < 200; room += room < 40 ? 1 : 37) {
        size_t at = 0, len = 0, given;

        while (at < n) {
            out[len + room] = '!';
            at += tr_windows1252(text + at, n - at, out + len, room, &given);
            ck_assert(given > 0 && given <= room && out[len + room] == '!');
            len += given;
        }
        ck_assert(len == want && memcmp(out, wanted, want) == 0);
    }
}
END_TEST

START_TEST(takes_no_letter_that_there_is_no_room_for)
{
    char out[8];
    size_t n;

    ck_assert_uint_eq(tr_windows1252("a\x80z", 3, out, 3, &n), 1);
    ck_assert_uint_eq(n, 1);
    ck_assert_uint_eq(tr_windows1252("a\x80z", 3, out, 4, &n), 2);
    ck_assert_uint_eq(n, 4);
}
END_TEST

MAIN("windows", {is_what_the_library_makes_of_it_wherever_it_is_cut}, {takes_no_letter_that_there_is_no_room_for})
