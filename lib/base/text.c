#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

#include "base/utf8.h"

static const uint8_t *u8(struct tr_str s)
{
    return (const uint8_t *)(s.p ? s.p : "");
}

/* Neither padding nor part of a letter beyond ASCII: what nearly every cell begins and ends with.
 */
static bool is_plain(char c)
{
    return c > ' ' && c < 0x7F;
}

static bool is_ascii(struct tr_str s)
{
    unsigned char all = 0;

    for (size_t i = 0; i < s.len; i++)
        all |= (unsigned char)s.p[i];
    return all < 0x80;
}

/* Length of the padding character that s starts with (at_end: ends with), 0 when there is none. */
static size_t padding(struct tr_str s, bool at_end)
{
    static const struct tr_str pads[] = {
        {" ", 1},        {"\t", 1},           {"\r", 1},           {"\n", 1},
        {"\xC2\xA0", 2}, {"\xE2\x80\xAF", 3}, {"\xE2\x80\x8B", 3}, {"\xEF\xBB\xBF", 3},
    };

    if (s.len > 0 && is_plain(s.p[at_end ? s.len - 1 : 0]))
        return 0;
    for (size_t i = 0; i < sizeof pads / sizeof *pads; i++)
        if (s.len >= pads[i].len &&
            memcmp(at_end ? s.p + s.len - pads[i].len : s.p, pads[i].p, pads[i].len) == 0)
            return pads[i].len;
    return 0;
}

struct tr_str tr_text_trim(struct tr_str s)
{
    size_t n;

    while ((n = padding(s, false)) > 0) {
        s.p += n;
        s.len -= n;
    }
    while ((n = padding(s, true)) > 0)
        s.len -= n;
    return s;
}

struct tr_str tr_text_unguard(struct tr_str s)
{
    if (s.len == 0 || *s.p != '\'' || !tr_text_is_formula(s))
        return s;
    while (s.len > 0 && *s.p == '\'')
        s = tr_text_trim((struct tr_str){s.p + 1, s.len - 1});
    return s;
}

void tr_text_compose(struct tr_str s, struct tr_buf *out)
{
    size_t n = 0;
    uint8_t *composed = is_ascii(s) || u8_check(u8(s), s.len)
                            ? NULL
                            : u8_normalize(UNINORM_NFC, u8(s), s.len, NULL, &n);

    if (composed)
        tr_buf_add(out, composed, n);
    else
        tr_buf_str(out, s);
    free(composed);
}

/* As below for letters up to U+00FF, but ß, without asking a library; false: there are others, and
 * nothing was added. */
static bool fold_near(struct tr_str s, struct tr_buf *out)
{
    size_t from = out->len;

    if (tr_buf_room(out, s.len) < 0)
        return true;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i],
                      next = i + 1 < s.len ? (unsigned char)s.p[i + 1] : 0;

        if (c < 0x80) { /* no branches: what comes next cannot be guessed */
            bool letter = (unsigned char)((c | 0x20) - 'a') < 26;

            out->p[out->len] = (char)(letter ? c | 0x20 : c);
            out->len += letter | ((unsigned char)(c - '0') < 10);
        } else if (c == 0xC3 && next >= 0x80 && next <= 0xBF && next != 0x97 && next != 0x9F &&
                   next != 0xB7) {
            out->p[out->len++] = (char)c;
            out->p[out->len++] = (char)(next | 0x20);
            i++;
        } else {
            out->len = from;
            return false;
        }
    }
    return true;
}

void tr_text_fold(struct tr_str s, struct tr_buf *out)
{
    size_t n = 0;
    uint8_t *folded;

    if (fold_near(s, out))
        return;
    folded = u8_check(u8(s), s.len) ? NULL : u8_casefold(u8(s), s.len, NULL, UNINORM_NFC, NULL, &n);

    for (size_t i = 0; folded && i < n;) {
        ucs4_t c;
        int len = u8_mbtouc(&c, folded + i, n - i);

        if (uc_is_alnum(c))
            tr_buf_add(out, folded + i, (size_t)len);
        i += (size_t)len;
    }
    free(folded);
}

/* Adds the letter as it is without its marks; two letters of a word, which begins at from, that stand
 * for one become that one. */
static void add_bare(ucs4_t c, size_t from, struct tr_buf *out)
{
    static const struct {
        ucs4_t letter;
        const char *bare;
    } others[] = {{0xE6, "a"},  {0xF8, "o"},  {0xF0, "d"},  {0x111, "d"}, {0x127, "h"},
                  {0x131, "i"}, {0x142, "l"}, {0x14B, "n"}, {0x167, "t"}, {0xFE, "t"}};
    const char last = out->len > from ? out->p[out->len - 1] : '\0';

    if (c == 'e' && (last == 'a' || last == 'o'))
        return; /* ae, oe: as æ, ø */
    if (c == 'a' && last == 'a')
        return;
    if (c < 0x80) {
        if (c >= 'a' && c <= 'z')
            tr_buf_char(out, (char)c);
        return;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].letter == c) {
            tr_buf_text(out, others[i].bare);
            return;
        }
    if (uc_is_alpha(c) && !uc_is_general_category(c, UC_CATEGORY_M)) {
        uint8_t bytes[6];
        int n = u8_uctomb(bytes, c, sizeof bytes);

        tr_buf_add(out, bytes, n > 0 ? (size_t)n : 0);
    }
}

void tr_text_bare(struct tr_str s, struct tr_buf *out)
{
    const size_t from = out->len;
    size_t n = s.len, ascii = 0;
    uint8_t *folded = NULL;

    while (ascii < s.len && (unsigned char)s.p[ascii] < 0x80)
        ascii++;
    if (ascii < s.len && !u8_check(u8(s), s.len))
        folded = u8_casefold(u8(s), s.len, NULL, UNINORM_NFD, NULL, &n);
    for (size_t i = 0; i < (folded ? n : ascii);) {
        ucs4_t c;

        if (!folded) {
            c = (unsigned char)s.p[i++];
            add_bare(c >= 'A' && c <= 'Z' ? c + 32 : c, from, out);
            continue;
        }
        i += (size_t)u8_mbtouc(&c, folded + i, n - i);
        add_bare(c, from, out);
    }
    free(folded);
}

size_t tr_text_char(struct tr_str s, enum tr_char *kind)
{
    const unsigned char first = (unsigned char)*s.p;
    ucs4_t c;
    int n;

    if (first < 0x80) {
        const unsigned char lower = first | 0x20;

        *kind = first >= '0' && first <= '9' ? TR_CHAR_DIGIT
                : lower < 'a' || lower > 'z' ? TR_CHAR_OTHER
                : first < 'a'                ? TR_CHAR_UPPER
                                             : TR_CHAR_LETTER;
        return 1;
    }
    n = u8_mbtouc(&c, u8(s), s.len);
    *kind = c == 0xFFFD                                                  ? TR_CHAR_OTHER
            : uc_is_upper(c)                                             ? TR_CHAR_UPPER
            : uc_is_alpha(c) || uc_is_general_category(c, UC_CATEGORY_M) ? TR_CHAR_LETTER
            : uc_is_general_category(c, UC_CATEGORY_N)                   ? TR_CHAR_DIGIT
                                                                         : TR_CHAR_OTHER;
    return n > 0 ? (size_t)n : 1;
}

size_t tr_text_width(struct tr_str s)
{
    int w = u8_width(u8(s), s.len, "UTF-8");

    return w > 0 ? (size_t)w : 0;
}

enum { NEAR_MAX = 48 };

static size_t characters(struct tr_str s, ucs4_t *out)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len && n < NEAR_MAX; n++)
        i += (size_t)u8_mbtouc(&out[n], u8(s) + i, s.len - i);
    return n;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t tr_text_distance(struct tr_str a, struct tr_str b)
{
    ucs4_t x[NEAR_MAX], y[NEAR_MAX];
    size_t n = characters(a, x), m = characters(b, y);
    size_t row[3][NEAR_MAX + 1]; /* the rows before last, last, and now */

    for (size_t j = 0; j <= m; j++)
        row[1][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *was = row[(i + 2) % 3], *last = row[i % 3], *now = row[(i + 1) % 3];

        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            now[j] = least(last[j - 1] + (x[i - 1] != y[j - 1]), least(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                now[j] = least(now[j], was[j - 2] + 1);
        }
    }
    return row[(n + 1) % 3][m];
}

/* ---- Norwegian order ---- */

/* What a letter weighs: its place in the alphabet; and what marks it off from others in the same
 * place, 0 for the letter itself. */
struct weight {
    uint32_t place, variant;
};

/* Letters whose place does not follow from their parts. Source: CLDR, the collation of "no". */
static const struct {
    ucs4_t letter, like;
} like[] = {
    {0xFC, 'y'},  {0x171, 'y'},                              /* ü ű */
    {0xF0, 'd'},  {0x111, 'd'},                              /* ð đ */
    {0x127, 'h'}, {0x142, 'l'},  {0x14B, 'n'},  {0xDF, 's'}, /* ħ ł ŋ ß */
    {0x167, 't'}, {0xE4, 0xE6},  {0x119, 0xE6},              /* ŧ; ä ę as æ */
    {0xF6, 0xF8}, {0x151, 0xF8}, {0x153, 0xF8},              /* ö ő œ as ø */
};

/* Other characters stand by number, digits before letters; æ ø å behind z. */
static uint32_t place_of(ucs4_t c)
{
    return c == 0xE6   ? 'z' + 1
           : c == 0xF8 ? 'z' + 2
           : c == 0xE5 ? 'z' + 3
           : c <= 'z'  ? (uint32_t)c
                       : (uint32_t)c + 3;
}

static struct weight weight_of(ucs4_t c)
{
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    struct weight w = {0, 0};

    if (c == 0xE5) /* å is a letter, not an a with a ring */
        return (struct weight){place_of(c), 0};
    for (size_t i = 0; i < sizeof like / sizeof *like; i++)
        if (c == like[i].letter)
            return (struct weight){place_of(like[i].like), c};
    if (c >= 0x80)
        w.variant = uc_canonical_decomposition(c, parts) > 0 ? c : 0;
    while (c >= 0x80 && uc_canonical_decomposition(c, parts) > 0)
        c = parts[0];
    w.place = place_of(c);
    return w;
}

/* The next character, small, with the marks behind it that it can be written with. */
static ucs4_t next_letter(struct tr_str s, size_t *i)
{
    ucs4_t c, mark, one;

    *i += (size_t)u8_mbtouc(&c, u8(s) + *i, s.len - *i);
    while (*i < s.len && (unsigned char)s.p[*i] >= 0x80) {
        int n = u8_mbtouc(&mark, u8(s) + *i, s.len - *i);

        one = uc_combining_class(mark) > 0 ? uc_composition(c, mark) : 0;
        if (!one)
            break;
        c = one;
        *i += (size_t)n;
    }
    return uc_tolower(c);
}

/* Takes what counts as one letter off the rest at *i; false at the end. aa is å, written as of old.
 * A mark that cannot be part of a letter has no place of its own. */
static bool next_weight(struct tr_str s, size_t *i, struct weight *out)
{
    size_t next;
    ucs4_t c;

    do {
        if (*i >= s.len)
            return false;
        c = next_letter(s, i);
    } while (uc_combining_class(c) > 0);
    next = *i;
    if (c == 'a' && next < s.len && next_letter(s, &next) == 'a') {
        *i = next;
        *out = (struct weight){place_of(0xE5), 1};
    } else {
        *out = weight_of(c);
    }
    return true;
}

int tr_text_order(struct tr_str a, struct tr_str b)
{
    size_t i = 0, j = 0;
    int variant = 0, bytes;

    for (;;) {
        struct weight x, y;
        bool more = next_weight(a, &i, &x), other = next_weight(b, &j, &y);

        if (!more || !other) {
            if (more != other)
                return more ? 1 : -1;
            break;
        }
        if (x.place != y.place)
            return x.place < y.place ? -1 : 1;
        if (!variant)
            variant = x.variant < y.variant ? -1 : x.variant > y.variant;
    }
    if (variant)
        return variant;
    bytes = memcmp(u8(a), u8(b), least(a.len, b.len));
    return bytes ? bytes : (a.len > b.len) - (a.len < b.len);
}

/* Control and format characters, separators of lines, and what no text may hold. */
static bool is_hidden(ucs4_t c)
{
    if (c < 0x80)
        return c < 0x20 || c == 0x7F;
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF) ||
           uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Cc |
                                                   UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp);
}

/* Without padding and apostrophes in front. */
static struct tr_str bare(struct tr_str s)
{
    s = tr_text_trim(s);
    while (s.len > 0 && *s.p == '\'')
        s = tr_text_trim((struct tr_str){s.p + 1, s.len - 1});
    return s;
}

/* The two marks that override the order of letters do not merely hide: who put one into an id meant
 * another one to be read. They stay, and are refused where an id is made a name. */
static bool is_dropped(ucs4_t c)
{
    return is_hidden(c) && c != 0x202D && c != 0x202E;
}

/* Whether a program has put it in place of a hyphen: a dash, a minus, a hyphen that does not break. */
static bool is_hyphen(ucs4_t c)
{
    return (c >= 0x2010 && c <= 0x2013) || c == 0x2212;
}

/* Leaves behind what a spreadsheet passes over, or does not show, before a formula. */
static struct tr_str uncover(struct tr_str s)
{
    ucs4_t c;
    int n;

    for (s = tr_text_trim(s); s.len > 0; s = tr_text_trim(s)) {
        n = u8_mbtouc(&c, u8(s), s.len);
        if (!is_hidden(c))
            break;
        s = (struct tr_str){s.p + n, s.len - (size_t)n};
    }
    return s;
}

bool tr_text_is_formula(struct tr_str s)
{
    static const char *const wide[] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};

    while (s.len > 0 && *s.p == '\'')
        s = (struct tr_str){s.p + 1, s.len - 1};
    if (s.len > 0 && (unsigned char)*s.p < ' ')
        return true;
    s = uncover(s);
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (s.len >= 3 && memcmp(s.p, wide[i], 3) == 0)
            return true;
    return s.len > 0 && memchr("=+-@", *s.p, 4);
}

struct tr_str tr_text_code(struct tr_str s, struct tr_buf *out)
{
    size_t from = out->len, i = 0;
    bool hidden = false;
    ucs4_t c;

    s = bare(s);
    while (i < s.len && (unsigned char)s.p[i] < 0x80)
        i++;
    for (; i < s.len && !hidden; i += (size_t)u8_mbtouc(&c, u8(s) + i, s.len - i))
        hidden = u8_mbtouc(&c, u8(s) + i, s.len - i) > 0 && c >= 0x80 && (is_dropped(c) || is_hyphen(c));
    if (!hidden)
        return s;
    for (i = 0; i < s.len;) {
        int len = u8_mbtouc(&c, u8(s) + i, s.len - i);

        if (is_hyphen(c))
            tr_buf_char(out, '-');
        else if (c < 0x80 || !is_dropped(c))
            tr_buf_add(out, s.p + i, (size_t)len);
        i += (size_t)len;
    }
    return bare((struct tr_str){out->p ? out->p + from : "", out->len - from});
}

void tr_text_show(struct tr_str s, struct tr_buf *out)
{
    for (size_t i = 0; i < s.len;) {
        int len = tr_utf8_step(s.p + i, s.len - i);
        ucs4_t c = (unsigned char)s.p[i];
        char text[16];

        if (len > 0)
            u8_mbtouc(&c, u8(s) + i, s.len - i);
        if (len <= 0 || c < 0x20 || c == 0x7F)
            tr_buf_add(out, text, (size_t)snprintf(text, sizeof text, "\\x%02X", (unsigned)c));
        else if (is_hidden(c))
            tr_buf_add(out, text, (size_t)snprintf(text, sizeof text, "\\u{%04X}", (unsigned)c));
        else
            tr_buf_add(out, s.p + i, (size_t)len);
        i += len > 0 ? (size_t)len : 1;
    }
}

void tr_text_fill(struct tr_str template, const struct tr_fill *fills, struct tr_buf *out)
{
    for (size_t i = 0; i < template.len; i++) {
        const char *end =
            template.p[i] == '{' ? memchr(template.p + i, '}', template.len - i) : NULL;
        struct tr_str name = {template.p + i + 1, end ? (size_t)(end - template.p) - i - 1 : 0};
        const struct tr_fill *fill = fills;

        while (end && fill->name && !tr_str_is(name, fill->name))
            fill++;
        if (end && fill->name) {
            tr_buf_str(out, fill->text);
            i += name.len + 1;
        } else {
            tr_buf_char(out, template.p[i]);
        }
    }
}

/* The letters, as bits: some share one. */
static uint64_t letters_of(const ucs4_t *letters, size_t n)
{
    uint64_t bits = 0;

    for (size_t i = 0; i < n; i++)
        bits |= UINT64_C(1) << (letters[i] & 63);
    return bits;
}

static size_t count_bits(uint64_t bits)
{
    return (size_t)__builtin_popcountll(bits);
}

/* The distance is no less than this: each step takes one letter away, adds one, or both. */
static size_t apart_at_least(struct tr_str a, struct tr_str b)
{
    ucs4_t x[NEAR_MAX], y[NEAR_MAX];
    const size_t n = characters(a, x), m = characters(b, y);
    const uint64_t of_a = letters_of(x, n), of_b = letters_of(y, m);
    const size_t gone = count_bits(of_a & ~of_b), come = count_bits(of_b & ~of_a);
    const size_t most = gone > come ? gone : come, longer = n > m ? n - m : m - n;

    return most > longer ? most : longer;
}

void tr_near_offer(struct tr_near *near, struct tr_str candidate)
{
    size_t d;

    if (near->best.p && apart_at_least(near->wanted, candidate) >= near->distance)
        return;
    d = tr_text_distance(near->wanted, candidate);
    if (!near->best.p || d < near->distance) {
        near->best = candidate;
        near->distance = d;
    }
}

bool tr_near_found(const struct tr_near *near)
{
    return near->best.p && near->distance <= 1 + near->wanted.len / 3 &&
           near->distance < tr_utf8_count(near->wanted);
}
