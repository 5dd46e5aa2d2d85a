#include "base/buf.h"

#include <stdint.h>
#include <stdlib.h>

void tr_buf_clear(struct tr_buf *b)
{
    if (!b->fixed)
        free(b->p);
    *b = TR_BUF_INIT;
}

int tr_buf_room(struct tr_buf *b, size_t n)
{
    size_t cap = b->cap ? b->cap : 64;
    char *p;

    if (b->failed || n > SIZE_MAX / 2 - b->len) {
        b->failed = true;
        return -1;
    }
    if (b->len + n <= b->cap)
        return 0;
    if (b->fixed) {
        b->failed = true;
        return -1;
    }
    while (cap < b->len + n)
        cap *= 2;
    p = realloc(b->p, cap);
    if (!p) {
        b->failed = true;
        return -1;
    }
    b->p = p;
    b->cap = cap;
    return 0;
}

void tr_buf_add_more(struct tr_buf *b, const void *p, size_t n)
{
    if (n == 0 || tr_buf_room(b, n) < 0)
        return;
    memcpy(b->p + b->len, p, n);
    b->len += n;
}

void tr_buf_char(struct tr_buf *b, char c)
{
    tr_buf_add(b, &c, 1);
}

void tr_buf_character(struct tr_buf *b, uint32_t c)
{
    if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        c = 0xFFFD;
    if (c < 0x80) {
        tr_buf_char(b, (char)c);
        return;
    }
    if (c < 0x800) {
        tr_buf_char(b, (char)(0xC0 | c >> 6));
    } else if (c < 0x10000) {
        tr_buf_char(b, (char)(0xE0 | c >> 12));
        tr_buf_char(b, (char)(0x80 | (c >> 6 & 0x3F)));
    } else {
        tr_buf_char(b, (char)(0xF0 | c >> 18));
        tr_buf_char(b, (char)(0x80 | (c >> 12 & 0x3F)));
        tr_buf_char(b, (char)(0x80 | (c >> 6 & 0x3F)));
    }
    tr_buf_char(b, (char)(0x80 | (c & 0x3F)));
}

void tr_buf_str(struct tr_buf *b, struct tr_str s)
{
    tr_buf_add(b, s.p, s.len);
}

void tr_buf_text(struct tr_buf *b, const char *z)
{
    tr_buf_add(b, z, strlen(z));
}

void tr_buf_num(struct tr_buf *b, long long n)
{
    unsigned long long rest = n < 0 ? 0ULL - (unsigned long long)n : (unsigned long long)n;
    char text[24], *p = text + sizeof text;

    do
        *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (n < 0)
        *--p = '-';
    tr_buf_add(b, p, (size_t)(text + sizeof text - p));
}

const char *tr_buf_z(struct tr_buf *b)
{
    if (b->len == 0 && !b->p)
        return b->failed ? NULL : "";
    if (tr_buf_room(b, 1) < 0)
        return NULL;
    b->p[b->len] = '\0';
    return b->p;
}
