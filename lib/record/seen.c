#define _GNU_SOURCE
#include "record/seen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/hash.h"

enum {
    HELD = 1 << 16,       /* entries kept in memory */
    SLOTS = 2 * HELD,
    BUCKETS = 1 << 9,     /* of a run: an average one holds 128 entries, 4 KiB */
    FILTER_WORDS = 1 << 19 /* 4 MiB */
};

/* Ids of up to 16 bytes are kept as they are, longer ones as 128 bits of hash. */
struct entry {
    char id[16];
    struct tr_sighting sighting;
};

/* HELD entries in the file, in order of their buckets. */
struct run {
    uint32_t start[BUCKETS + 1];
};

struct tr_seen {
    const char *folder;
    int fd;
    struct entry *held;
    uint32_t *slot; /* place in held, plus one; 0: free */
    uint32_t n;
    uint64_t *filter; /* over what is in the file */
    struct run *run;
    size_t n_runs;
    struct entry *page; /* room for one bucket */
    size_t page_cap;
};

struct tr_seen *tr_seen_new(const char *folder)
{
    struct tr_seen *s = calloc(1, sizeof *s);

    if (!s)
        return NULL;
    s->folder = folder;
    s->fd = -1;
    s->held = malloc(HELD * sizeof *s->held);
    s->slot = calloc(SLOTS, sizeof *s->slot);
    if (s->held && s->slot)
        return s;
    tr_seen_free(s);
    return NULL;
}

void tr_seen_free(struct tr_seen *s)
{
    if (!s)
        return;
    if (s->fd >= 0)
        close(s->fd);
    free(s->held);
    free(s->slot);
    free(s->filter);
    free(s->run);
    free(s->page);
    free(s);
}

static void make_key(struct tr_str id, char key[16])
{
    uint64_t h[2];

    memset(key, 0, 16);
    if (id.len <= 16) {
        memcpy(key, id.p, id.len);
        return;
    }
    h[0] = tr_hash(id.p, id.len, 1);
    h[1] = tr_hash(id.p, id.len, 2);
    memcpy(key, h, 16);
}

static uint64_t key_hash(const char key[16])
{
    return tr_hash(key, 16, 0);
}

static uint32_t bucket_of(uint64_t hash)
{
    return (uint32_t)(hash >> 55);
}

/* Four bits in one word: one look at memory tells of most new ids that they are new. */
static uint64_t *filter_word(const struct tr_seen *s, uint64_t hash, uint64_t *bits)
{
    *bits = UINT64_C(1) << (hash & 63) | UINT64_C(1) << (hash >> 6 & 63) |
            UINT64_C(1) << (hash >> 12 & 63) | UINT64_C(1) << (hash >> 18 & 63);
    return &s->filter[hash >> 24 & (FILTER_WORDS - 1)];
}

static int fail(const struct tr_seen *s, enum tr_code code, struct tr_err *err)
{
    return tr_err_sys(err, code, s->folder);
}

static int open_file(struct tr_seen *s, struct tr_err *err)
{
    char name[4096];
    int n;

    s->fd = open(s->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (s->fd < 0) { /* not every file system has nameless files */
        n = snprintf(name, sizeof name, "%s/transition-XXXXXX", s->folder);
        if (n < 0 || (size_t)n >= sizeof name)
            errno = ENAMETOOLONG;
        else if ((s->fd = mkostemp(name, O_CLOEXEC)) >= 0)
            unlink(name);
    }
    if (s->fd < 0)
        return fail(s, TR_E_CREATE, err);
    s->filter = calloc(FILTER_WORDS, sizeof *s->filter);
    return s->filter ? 0 : tr_err_set(err, TR_E_MEMORY, NULL, NULL, NULL);
}

static int put(const struct tr_seen *s, const char *p, size_t n, off_t at, struct tr_err *err)
{
    while (n > 0) {
        ssize_t done = pwrite(s->fd, p, n, at);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return fail(s, TR_E_WRITE, err);
        p += done;
        n -= (size_t)done;
        at += done;
    }
    return 0;
}

/* Moves all that is held to the file, sorted by bucket. */
static int spill(struct tr_seen *s, struct tr_err *err)
{
    struct run *runs, *run;
    struct entry *sorted = NULL;
    uint32_t next[BUCKETS];
    int rc = -1;

    if (s->fd < 0 && open_file(s, err) < 0)
        return -1;
    sorted = malloc(HELD * sizeof *sorted);
    runs = realloc(s->run, (s->n_runs + 1) * sizeof *runs);
    if (runs)
        s->run = runs;
    if (!runs || !sorted) {
        tr_err_set(err, TR_E_MEMORY, NULL, NULL, NULL);
        goto out;
    }
    run = &s->run[s->n_runs];
    memset(run, 0, sizeof *run);
    for (uint32_t i = 0; i < s->n; i++)
        run->start[bucket_of(key_hash(s->held[i].id)) + 1]++;
    for (int b = 0; b < BUCKETS; b++) {
        next[b] = run->start[b];
        run->start[b + 1] += run->start[b];
    }
    for (uint32_t i = 0; i < s->n; i++) {
        uint64_t hash = key_hash(s->held[i].id), bits;

        sorted[next[bucket_of(hash)]++] = s->held[i];
        *filter_word(s, hash, &bits) |= bits;
    }
    rc = put(s, (const char *)sorted, s->n * sizeof *sorted, (off_t)(s->n_runs * HELD * sizeof *sorted), err);
    s->n_runs++;
    s->n = 0;
    memset(s->slot, 0, SLOTS * sizeof *s->slot);
out:
    free(sorted);
    return rc;
}

/* Reads entries first to last of a run into the page. */
static int get(struct tr_seen *s, size_t run, uint32_t first, uint32_t n, struct tr_err *err)
{
    off_t at = (off_t)((run * HELD + first) * sizeof *s->page);
    size_t want = n * sizeof *s->page, done = 0;

    if (n > s->page_cap) {
        struct entry *page = realloc(s->page, want);

        if (!page)
            return tr_err_set(err, TR_E_MEMORY, NULL, NULL, NULL);
        s->page = page;
        s->page_cap = n;
    }
    while (done < want) {
        ssize_t got = pread(s->fd, (char *)s->page + done, want - done, at + (off_t)done);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return fail(s, TR_E_READ, err);
        done += (size_t)got;
    }
    return 0;
}

static int find_in_file(struct tr_seen *s, const char key[16], uint64_t hash,
                        struct tr_sighting *sighting, struct tr_err *err)
{
    uint32_t bucket = bucket_of(hash);
    uint64_t bits;

    if ((*filter_word(s, hash, &bits) & bits) != bits)
        return 0;
    for (size_t r = 0; r < s->n_runs; r++) {
        uint32_t first = s->run[r].start[bucket], n = s->run[r].start[bucket + 1] - first;

        if (n > 0 && get(s, r, first, n, err) < 0)
            return -1;
        for (uint32_t i = 0; i < n; i++)
            if (memcmp(s->page[i].id, key, 16) == 0) {
                *sighting = s->page[i].sighting;
                return 1;
            }
    }
    return 0;
}

int tr_seen_add(struct tr_seen *s, struct tr_str id, struct tr_sighting *sighting,
                struct tr_err *err)
{
    char key[16];
    uint64_t hash;
    uint32_t i;
    int rc;

    make_key(id, key);
    hash = key_hash(key);
    for (i = (uint32_t)hash & (SLOTS - 1); s->slot[i]; i = (i + 1) & (SLOTS - 1))
        if (memcmp(s->held[s->slot[i] - 1].id, key, 16) == 0) {
            *sighting = s->held[s->slot[i] - 1].sighting;
            return 1;
        }
    rc = s->n_runs ? find_in_file(s, key, hash, sighting, err) : 0;
    if (rc != 0)
        return rc;
    memcpy(s->held[s->n].id, key, 16);
    s->held[s->n].sighting = *sighting;
    s->slot[i] = ++s->n;
    return s->n == HELD ? spill(s, err) : 0;
}
