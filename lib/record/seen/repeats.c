#include "record/seen/repeats.h"

#include <stdlib.h>

#include "base/sizes.h"
#include "record/seen/sieve.h"

enum {
    WORDS_FIRST = TR_SIZE_FILTER, /* of the filter that are used, for KEYS_A_WORD keys each, up to: */
    WORDS_MOST = 1 << 18,         /* 2 MiB */
    KEYS_A_WORD = 8,
    AHEAD = 16,             /* keys that wait for their word of the filter; a power of two */
    SUSPECTS = TR_SIZE_SUSPECTS, /* looked for in one reading */
    BLOCK = TR_SIZE_KEYS         /* keys read at once */
};

struct tr_repeats {
    struct tr_spool keys, suspects;
    struct tr_sieve filter;
    uint64_t ring[AHEAD]; /* the last keys, not yet held against the filter */
    uint64_t n;
    struct tr_buf joined; /* struct pair */
};

struct pair {
    uint64_t key, root;
};

/* A key of a suspect and where it was. */
struct match {
    uint64_t key, item;
};

/* Keys, open addressing; 0 is no key. */
struct set {
    uint64_t *slot;
    size_t n, slots; /* a power of two */
};

struct tr_repeats *tr_repeats_new(struct tr_scratch *scratch)
{
    struct tr_repeats *r = calloc(1, sizeof *r);

    if (!r)
        return NULL;
    r->keys.scratch = r->suspects.scratch = scratch;
    r->filter = (struct tr_sieve){calloc(WORDS_MOST, sizeof *r->filter.word), WORDS_FIRST};
    if (r->filter.word)
        return r;
    free(r);
    return NULL;
}

void tr_repeats_free(struct tr_repeats *r)
{
    if (!r)
        return;
    tr_spool_clear(&r->keys);
    tr_spool_clear(&r->suspects);
    tr_buf_clear(&r->joined);
    free(r->filter.word);
    free(r);
}

uint64_t tr_repeats_count(const struct tr_repeats *r)
{
    return r->n;
}

/* Holds a key against the filter. */
static int sift(struct tr_repeats *r, uint64_t key, struct tr_err *err)
{
    if (tr_sieve_has(&r->filter, key))
        return tr_spool_number(&r->suspects, key, err);
    tr_sieve_add(&r->filter, key);
    return 0;
}

/* Uses twice as much of the filter, and makes it anew out of the keys but those in the ring. */
static int grow(struct tr_repeats *r, struct tr_err *err)
{
    uint64_t block[BLOCK], n = r->n > AHEAD ? r->n - AHEAD : 0, at = 0;
    size_t got = sizeof block;

    tr_sieve_widen(&r->filter);
    while (at < n && got == sizeof block) {
        if (tr_spool_read(&r->keys, at * sizeof *block, block, sizeof block, &got, err) < 0)
            return -1;
        for (size_t i = 0; i < got / sizeof *block && at < n; i++, at++)
            tr_sieve_add(&r->filter, block[i]);
    }
    return 0;
}

int tr_repeats_add(struct tr_repeats *r, uint64_t key, struct tr_err *err)
{
    uint64_t *waiting = &r->ring[r->n & (AHEAD - 1)], due = *waiting;

    if (r->n == r->filter.words * KEYS_A_WORD && r->filter.words < WORDS_MOST && grow(r, err) < 0)
        return -1;
    key += !key; /* 0 stands for none */
    tr_sieve_expect(&r->filter, key);
    *waiting = key;
    r->n++;
    if (due && sift(r, due, err) < 0)
        return -1;
    return tr_spool_number(&r->keys, key, err);
}

/* ---- keys that are one ---- */

static uint64_t root_of(const struct tr_repeats *r, uint64_t key)
{
    const struct pair *pair = (const struct pair *)(const void *)r->joined.p;

    for (size_t i = 0; i < r->joined.len / sizeof *pair; i++)
        if (pair[i].key == key)
            return pair[i].root;
    return key;
}

int tr_repeats_join(struct tr_repeats *r, uint64_t a, uint64_t b, struct tr_err *err)
{
    uint64_t from = root_of(r, a += !a), to = root_of(r, b += !b);
    struct pair *pair = (struct pair *)(void *)r->joined.p;

    for (size_t i = 0; i < r->joined.len / sizeof *pair; i++)
        if (pair[i].root == from)
            pair[i].root = to;
    tr_buf_add(&r->joined, &(struct pair){from, to}, sizeof *pair);
    tr_buf_add(&r->joined, &(struct pair){to, to}, sizeof *pair);
    if (tr_spool_number(&r->suspects, from, err) < 0 || tr_spool_number(&r->suspects, to, err) < 0)
        return -1;
    return r->joined.failed ? tr_err_memory(err) : 0;
}

/* ---- the end ---- */

static uint64_t *set_slot(const struct set *s, uint64_t key)
{
    size_t i = key & (s->slots - 1);

    while (s->slot[i] && s->slot[i] != key)
        i = (i + 1) & (s->slots - 1);
    return &s->slot[i];
}

/* Room for n keys at most half full. */
static int set_room(struct set *s, size_t n)
{
    s->n = 0;
    s->slots = 1024;
    while (s->slots < 2 * n)
        s->slots *= 2;
    free(s->slot);
    s->slot = calloc(s->slots, sizeof *s->slot);
    return s->slot ? 0 : -1;
}

/* One reading: the suspects of a part, and the items that they are. */
struct reading {
    struct tr_repeats *r;
    struct set linked; /* keys that are joined with others */
    unsigned bits;     /* a part: keys with the same first bits */
    uint64_t part;
    struct set set;
    uint64_t sieve[1024]; /* a bit for some of the key's: most keys are none of the set */
    struct tr_buf matches;
};

static bool in_part(const struct reading *g, uint64_t key)
{
    return g->bits == 0 || key >> (64 - g->bits) == g->part;
}

/* Calls use with every key of the spool and its number. */
static int each_key(struct reading *g, const struct tr_spool *spool,
                    void (*use)(struct reading *g, uint64_t key, uint64_t number),
                    struct tr_err *err)
{
    uint64_t block[BLOCK], number = 0;
    size_t got = sizeof block;

    while (got == sizeof block) {
        if (tr_spool_read(spool, number * sizeof *block, block, sizeof block, &got, err) < 0)
            return -1;
        for (size_t i = 0; i < got / sizeof *block; i++) {
            bool linked = g->linked.slot && *set_slot(&g->linked, block[i]);

            use(g, linked ? root_of(g->r, block[i]) : block[i], number++);
        }
    }
    return 0;
}

static void count_suspect(struct reading *g, uint64_t key, uint64_t number)
{
    (void)number;
    g->set.n += in_part(g, key);
}

static void take_suspect(struct reading *g, uint64_t key, uint64_t number)
{
    (void)number;
    if (!in_part(g, key))
        return;
    *set_slot(&g->set, key) = key;
    g->sieve[key >> 26 & 1023] |= UINT64_C(1) << (key >> 20 & 63);
}

static void take_match(struct reading *g, uint64_t key, uint64_t number)
{
    if (g->sieve[key >> 26 & 1023] >> (key >> 20 & 63) & 1 && in_part(g, key) &&
        *set_slot(&g->set, key))
        tr_buf_add(&g->matches, &(struct match){key, number}, sizeof(struct match));
}

static int by_key(const void *a, const void *b)
{
    const struct match *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

/* A group: where it begins among the matches. */
struct start {
    uint64_t first;
    size_t from, n;
};

static int by_first(const void *a, const void *b)
{
    const struct start *x = a, *y = b;

    return x->first < y->first ? -1 : x->first > y->first;
}

/* Parts the matches, which are in order, into groups in the order of their first items. */
static void find_groups(const struct match *m, size_t n, struct tr_buf *starts)
{
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && m[to].key == m[from].key;)
            to++;
        if (to - from > 1)
            tr_buf_add(starts, &(struct start){m[from].item, from, to - from},
                       sizeof(struct start));
    }
    if (starts->len)
        qsort(starts->p, starts->len / sizeof(struct start), sizeof(struct start), by_first);
}

static int give_groups(struct reading *g,
                       int (*group)(void *cookie, const uint64_t *item, size_t n,
                                    struct tr_err *err),
                       void *cookie, struct tr_err *err)
{
    struct match *m = (struct match *)(void *)g->matches.p;
    size_t n = g->matches.len / sizeof *m;
    struct tr_buf starts = {0}, items = {0};
    int rc = 0;

    if (n)
        qsort(m, n, sizeof *m, by_key);
    find_groups(m, n, &starts);
    for (size_t i = 0; rc == 0 && !starts.failed && i < starts.len / sizeof(struct start); i++) {
        const struct start *s = (const struct start *)(const void *)starts.p + i;

        items.len = 0;
        for (size_t k = 0; k < s->n; k++)
            tr_buf_add(&items, &m[s->from + k].item, sizeof(uint64_t));
        if (items.failed)
            break;
        rc = group(cookie, (const uint64_t *)(const void *)items.p, s->n, err);
    }
    if (rc == 0 && (starts.failed || items.failed))
        rc = tr_err_memory(err);
    tr_buf_clear(&starts);
    tr_buf_clear(&items);
    return rc;
}

static int link_keys(struct reading *g, struct tr_err *err)
{
    const struct pair *pair = (const struct pair *)(const void *)g->r->joined.p;
    size_t n = g->r->joined.len / sizeof *pair;

    if (n && set_room(&g->linked, n) < 0)
        return tr_err_memory(err);
    for (size_t i = 0; i < n; i++)
        *set_slot(&g->linked, pair[i].key) = pair[i].key;
    return 0;
}

static int read_part(struct reading *g, struct tr_err *err)
{
    g->set.n = 0;
    g->matches.len = 0;
    memset(g->sieve, 0, sizeof g->sieve);
    if (each_key(g, &g->r->suspects, count_suspect, err) < 0)
        return -1;
    if (g->set.n == 0)
        return 0;
    if (set_room(&g->set, g->set.n) < 0)
        return tr_err_memory(err);
    if (each_key(g, &g->r->suspects, take_suspect, err) < 0 ||
        each_key(g, &g->r->keys, take_match, err) < 0)
        return -1;
    return g->matches.failed ? tr_err_memory(err) : 0;
}

int tr_repeats_settle(struct tr_repeats *r,
                      int (*group)(void *cookie, const uint64_t *item, size_t n,
                                   struct tr_err *err),
                      void *cookie, struct tr_err *err)
{
    struct reading g = {.r = r};
    int rc;

    for (int i = 0; i < AHEAD; i++) {
        uint64_t key = r->ring[(r->n + (uint64_t)i) & (AHEAD - 1)];

        if (key && sift(r, key, err) < 0)
            return -1;
        r->ring[(r->n + (uint64_t)i) & (AHEAD - 1)] = 0;
    }
    free(r->filter.word); /* no more keys come */
    r->filter.word = NULL;
    while (tr_spool_size(&r->suspects) / sizeof(uint64_t) >> g.bits > SUSPECTS)
        g.bits++;
    rc = link_keys(&g, err);
    for (; rc == 0 && g.part < UINT64_C(1) << g.bits; g.part++) {
        rc = read_part(&g, err);
        if (rc == 0)
            rc = give_groups(&g, group, cookie, err);
    }
    free(g.set.slot);
    free(g.linked.slot);
    tr_buf_clear(&g.matches);
    return rc;
}
