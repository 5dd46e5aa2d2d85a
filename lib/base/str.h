/* A slice of bytes that somebody else owns. Not NUL-terminated; text is UTF-8. */
#ifndef TR_BASE_STR_H
#define TR_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct tr_str {
    const char *p; /* may be NULL when len is 0 */
    size_t len;
};

#define TR_STR(literal) ((struct tr_str){(literal), sizeof(literal) - 1})

static inline struct tr_str tr_str(const char *z)
{
    return (struct tr_str){z, z ? strlen(z) : 0};
}

static inline bool tr_str_eq(struct tr_str a, struct tr_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

static inline bool tr_str_is(struct tr_str a, const char *z)
{
    if (a.len > 0 && z && *a.p != *z)
        return false; /* most names differ here: their lengths need not be known */
    return tr_str_eq(a, tr_str(z));
}

/* The first of n that is the same, or -1. */
static inline int tr_str_among(struct tr_str s, const struct tr_str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (tr_str_eq(list[i], s))
            return (int)i;
    return -1;
}

/* <0, 0, >0: in the order of bytes, a beginning before what it begins. */
static inline int tr_str_cmp(struct tr_str a, struct tr_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.p, b.p, n) : 0;

    return c ? c : (a.len > b.len) - (a.len < b.len);
}

/* The slice without its first n bytes, n <= len. */
static inline struct tr_str tr_str_from(struct tr_str s, size_t n)
{
    return (struct tr_str){s.p + n, s.len - n};
}

/* How many digits it begins with. */
static inline size_t tr_str_digits(struct tr_str s)
{
    size_t n = 0;

    while (n < s.len && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    return n;
}

/* The part of *rest before the next sep; *rest becomes what follows it, with p NULL after the last
 * part. An empty slice has one empty part. */
static inline bool tr_str_part(struct tr_str *rest, char sep, struct tr_str *part)
{
    const char *at;

    if (!rest->p)
        return false;
    at = memchr(rest->p, sep, rest->len);
    part->p = rest->p;
    part->len = at ? (size_t)(at - rest->p) : rest->len;
    rest->p = at ? at + 1 : NULL;
    rest->len = at ? rest->len - part->len - 1 : 0;
    return true;
}

#endif
