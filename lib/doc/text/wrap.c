#define _GNU_SOURCE
#include "doc/text/wrap.h"

#include <stdint.h>

#include "base/text.h"
#include "base/utf8.h"

/* Text that cannot be broken, and the spaces after it. */
struct piece {
    size_t len, width;
    size_t spaces; /* after it; shown only when the line goes on */
    size_t comma;  /* 1: it ends with a comma, which is left out at the end of a line */
};

static struct tr_str first_character(struct tr_str s)
{
    int n = tr_utf8_step(s.p, s.len);

    return (struct tr_str){s.p, n > 0 ? (size_t)n : 1};
}

static size_t count_spaces(struct tr_str s)
{
    size_t n = 0;

    while (n < s.len && s.p[n] == ' ')
        n++;
    return n;
}

static bool letter(struct tr_str s, size_t i)
{
    unsigned char c = i < s.len ? (unsigned char)s.p[i] : 0;

    return c >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The first piece of s. A piece that is wider than limit is taken in part. */
static struct piece take_piece(struct tr_str s, size_t limit, bool head)
{
    struct piece p = {0};

    while (p.len < s.len && s.p[p.len] != ' ' && (p.width <= limit || p.width - limit <= 1)) {
        size_t i = p.len;
        struct tr_str c = first_character(tr_str_from(s, i));

        p.len += c.len;
        p.width += tr_text_width(c);
        if ((*c.p == '-' || *c.p == '/') && i > 0 && letter(s, i - 1) && letter(s, i + 1))
            return p;
    }
    p.spaces = count_spaces(tr_str_from(s, p.len));
    p.comma = head && p.len > 1 && p.spaces > 0 && s.p[p.len - 1] == ',';
    return p;
}

static bool vowel(struct tr_str s, size_t i)
{
    static const struct tr_str vowels = {"aeiouyæøåäöAEIOUYÆØÅÄÖ", 32};
    struct tr_str c = i < s.len ? first_character(tr_str_from(s, i)) : (struct tr_str){0};

    return c.len > 0 && memmem(vowels.p, vowels.len, c.p, c.len);
}

/* A word reads best when it is cut before a consonant with a vowel after it: skjer-met. Both parts
 * keep two letters or more. */
static bool good_cut(struct tr_str s, size_t i)
{
    return i > 1 && letter(s, i - 2) && letter(s, i - 1) && letter(s, i) && !vowel(s, i) &&
           vowel(s, i + 1);
}

/* Takes as much of a word as fits with a hyphen after it, at least one character. */
static void cut_word(struct tr_str s, size_t limit, struct tr_line *line)
{
    struct tr_line good = *line;
    size_t at;

    while (line->text.len < s.len) {
        struct tr_str c = first_character(tr_str_from(s, line->text.len));
        size_t w = tr_text_width(c);

        if (line->text.len > 0 && line->width + w + 1 > limit)
            break;
        line->text.len += c.len;
        line->width += w;
        if (good_cut(s, line->text.len) && line->width < limit)
            good = *line;
    }
    if (good.text.len > 0)
        *line = good;
    at = line->text.len;
    line->hyphen = line->width < limit && letter(s, at - 1) && letter(s, at);
    line->width += line->hyphen;
}

bool tr_wrap_next(struct tr_str *rest, size_t limit, bool head, struct tr_line *line)
{
    struct tr_str s = tr_str_from(*rest, count_spaces(*rest));
    size_t at = 0, width = 0;

    *line = (struct tr_line){.text = {s.p, 0}};
    if (s.len == 0) {
        *rest = s;
        return false;
    }
    while (at < s.len) {
        struct piece p = take_piece(tr_str_from(s, at), limit, head);

        if (width + p.width - p.comma > limit)
            break;
        line->text.len = at + p.len - p.comma;
        line->width = width + p.width - p.comma;
        at += p.len + p.spaces;
        width += p.width + p.spaces;
    }
    if (at == 0) {
        cut_word(s, limit, line);
        at = line->text.len;
    }
    *rest = tr_str_from(s, at);
    return true;
}

size_t tr_wrap_lines(struct tr_str s, size_t limit, bool head)
{
    struct tr_line line;
    size_t n = 0;

    while (tr_wrap_next(&s, limit, head, &line))
        n++;
    return n;
}

size_t tr_wrap_least(struct tr_str s, bool head)
{
    size_t least = 1;

    for (s = tr_str_from(s, count_spaces(s)); s.len > 0;) {
        struct piece p = take_piece(s, SIZE_MAX, head);

        least = p.width - p.comma > least ? p.width - p.comma : least;
        s = tr_str_from(s, p.len + p.spaces);
    }
    return least;
}
