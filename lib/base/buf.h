/* A growing run of bytes. A failed allocation marks the buffer and drops what is added from then
 * on, so that a chain of additions is checked once, at its end, with failed. */
#ifndef TR_BASE_BUF_H
#define TR_BASE_BUF_H

#include <stdint.h>
#include "base/str.h"

struct tr_buf {
    char *p; /* NULL until the first byte */
    size_t len;
    size_t cap;
    bool failed;
    bool fixed; /* p is the caller's and holds cap bytes: what does not fit is cut off */
};

#define TR_BUF_INIT ((struct tr_buf){0})
#define TR_BUF_IN(array) ((struct tr_buf){.p = (array), .cap = sizeof(array), .fixed = true})

void tr_buf_clear(struct tr_buf *b); /* frees; ready for use again */

void tr_buf_add_more(struct tr_buf *b, const void *p, size_t n); /* of tr_buf_add: when room is to be made */
static inline void tr_buf_add(struct tr_buf *b, const void *p, size_t n)
{
    if (n == 0 || n > b->cap - b->len || b->failed) {
        tr_buf_add_more(b, p, n);
        return;
    }
    memcpy(b->p + b->len, p, n);
    b->len += n;
}

void tr_buf_char(struct tr_buf *b, char c);
void tr_buf_character(struct tr_buf *b, uint32_t c); /* as UTF-8; U+FFFD for what is none */
void tr_buf_str(struct tr_buf *b, struct tr_str s);
void tr_buf_text(struct tr_buf *b, const char *z);
void tr_buf_num(struct tr_buf *b, long long n);

/* Room for n more bytes at b->p + b->len; -1 when memory is out. */
int tr_buf_room(struct tr_buf *b, size_t n);

/* The content as a C string (a NUL is kept behind it), "" when empty, NULL when memory was out. */
const char *tr_buf_z(struct tr_buf *b);

static inline struct tr_str tr_buf_slice(const struct tr_buf *b)
{
    return (struct tr_str){b->p, b->len};
}

#endif
