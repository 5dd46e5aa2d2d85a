#include "record/windows.h"

#include <stdint.h>
#include <string.h>

/* What stands at 80 to 9F; all above is as in Latin-1. The Unicode Consortium's CP1252.TXT. */
static const char *const special[32] = {
    "€",    "\xFF", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\xFF", "Ž", "\xFF",
    "\xFF", "‘",    "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\xFF", "ž", "Ÿ",
};

/* Bytes of ASCII at the start, in words of eight; n is how many may be looked at. */
static size_t ascii_words(const char *p, size_t n)
{
    size_t i = 0;

    for (uint64_t word; i + sizeof word <= n; i += sizeof word) {
        memcpy(&word, p + i, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    return i;
}

size_t tr_windows1252(const char *in, size_t len, char *out, size_t size, size_t *n)
{
    size_t i = 0, at = 0;

    while (i < len && at < size) {
        unsigned char c = (unsigned char)in[i];
        char two[3] = {(char)(0xC0 | c >> 6), (char)(0x80 | (c & 0x3F)), '\0'};
        const char *text = c < 0xA0 ? special[c & 0x1F] : two;
        size_t room = size - at, most = len - i < room ? len - i : room, wide;

        if (c < 0x80) {
            size_t plain = ascii_words(in + i, most);

            plain = plain ? plain : 1;
            memcpy(out + at, in + i, plain);
            at += plain;
            i += plain;
            continue;
        }
        wide = strlen(text);
        if (wide > room)
            break;
        memcpy(out + at, text, wide);
        at += wide;
        i++;
    }
    *n = at;
    return i;
}
