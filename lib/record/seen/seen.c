#include "record/seen/seen.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/sizes.h"
#include "record/seen/sieve.h"

enum {
    HELD = TR_SIZE_SEEN, /* entries kept in memory */
    SLOTS = 2 * HELD, /* at most; half of them are taken at most */
    BUCKETS = 1 << 11,     /* of a run */
    FAN = 8,               /* runs of one size become one that is larger */
    PIECE = TR_SIZE_SEEN_PIECE, /* entries that are read or written at once */
    EXPECTED = 16,         /* entries ahead, whose memory starts on its way */
    PLACE = 2 * HELD - 1,  /* the bits of a slot that hold the place */
    FILTER_FIRST = TR_SIZE_SEEN / 2, /* words of the filter that are used, for IDS_A_WORD each, up to: */
    FILTER_MOST = 1 << 19,           /* 4 MiB */
    IDS_A_WORD = 4
};

struct entry {
    uint64_t id; /* hash */
    struct tr_sighting sighting;
};

/* Entries in the file, in order of their buckets: HELD of them, FAN times as many for each level. An id that
 * the filter cannot tell to be new is looked for in each run, so there are few: at most FAN - 1 of a level. */
struct run {
    uint64_t at; /* of the first, in entries */
    int level;
    uint32_t start[BUCKETS + 1];
};

struct tr_seen {
    struct tr_scratch *scratch;
    int fd;
    struct entry *held;
    uint32_t *slot; /* place in held, plus one, and above it bits of the hash; 0: free */
    uint32_t slots; /* of them, a power of two */
    uint32_t n;
    struct tr_sieve filter; /* over what is in the file */
    struct run *run;
    size_t n_runs;
    uint64_t written; /* entries in the file, with those of runs that were merged */
    uint64_t ids;     /* those of runs */
    struct entry *page; /* room for one bucket */
    size_t page_cap;
};

struct tr_seen *tr_seen_new(struct tr_scratch *scratch)
{
    struct tr_seen *s = calloc(1, sizeof *s);

    if (!s)
        return NULL;
    s->scratch = scratch;
    s->fd = -1;
    s->held = malloc(HELD * sizeof *s->held);
    s->slots = TR_SIZE_SEEN_FIRST;
    s->slot = calloc(s->slots, sizeof *s->slot);
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
        tr_scratch_take_back(s->scratch, s->fd);
    free(s->held);
    free(s->slot);
    free(s->filter.word);
    free(s->run);
    free(s->page);
    free(s);
}

uint64_t tr_seen_hash(struct tr_str id)
{
    return tr_hash(id.p, id.len, 0);
}

static uint32_t bucket_of(uint64_t hash)
{
    return (uint32_t)(hash >> 53);
}

static int fail(const struct tr_seen *s, enum tr_code code, struct tr_err *err)
{
    return tr_err_sys(err, code, s->scratch->folder);
}

static int open_file(struct tr_seen *s, struct tr_err *err)
{
    s->fd = tr_scratch_file(s->scratch, err);
    if (s->fd < 0)
        return -1;
    s->filter = (struct tr_sieve){calloc(FILTER_MOST, sizeof *s->filter.word), FILTER_FIRST};
    return s->filter.word ? 0 : tr_err_memory(err);
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

/* Writes what is held in the order of its buckets, behind the runs before. The slots, which are to
 * be emptied anyhow, hold the order: entries are moved once, and from far memory many at a time. */
static int put_by_bucket(struct tr_seen *s, const uint32_t start[BUCKETS + 1], struct tr_err *err)
{
    struct entry piece[PIECE];
    uint32_t next[BUCKETS], *order = s->slot;
    off_t at = (off_t)(s->written * sizeof *s->held);

    memcpy(next, start, sizeof next);
    for (uint32_t i = 0; i < s->n; i++)
        order[next[bucket_of(s->held[i].id)]++] = i;
    for (uint32_t i = 0, n = 0; i < s->n; i++) {
        if (i + EXPECTED < s->n)
            __builtin_prefetch(&s->held[order[i + EXPECTED]]);
        piece[n++] = s->held[order[i]];
        if (n < PIECE && i + 1 < s->n)
            continue;
        if (put(s, (const char *)piece, n * sizeof *piece, at, err) < 0)
            return -1;
        at += (off_t)(n * sizeof *piece);
        n = 0;
    }
    return 0;
}

/* Room for n entries in the page. */
static int make_room(struct tr_seen *s, uint32_t n, struct tr_err *err)
{
    struct entry *page;

    if (n <= s->page_cap)
        return 0;
    page = realloc(s->page, n * sizeof *page);
    if (!page)
        return tr_err_memory(err);
    s->page = page;
    s->page_cap = n;
    return 0;
}

/* Reads n entries of a run, from the first-th on, into the page from its at-th on, where there is room. */
static int get(const struct tr_seen *s, const struct run *run, uint32_t first, uint32_t n, uint32_t at,
               struct tr_err *err)
{
    char *to = (char *)(s->page + at);
    off_t from = (off_t)((run->at + first) * sizeof *s->page);
    size_t want = n * sizeof *s->page, done = 0;

    while (done < want) {
        ssize_t got = pread(s->fd, to + done, want - done, from + (off_t)done);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return fail(s, TR_E_READ, err);
        done += (size_t)got;
    }
    return 0;
}

/* Entries in buckets from to to of the last FAN runs. */
static uint32_t count(const struct tr_seen *s, uint32_t from, uint32_t to)
{
    uint32_t n = 0;

    for (size_t r = s->n_runs - FAN; r < s->n_runs; r++)
        n += s->run[r].start[to] - s->run[r].start[from];
    return n;
}

/* Reads the n entries in these buckets of the last FAN runs to the page's second half, run by run, and brings them to
 * its first half, bucket by bucket. */
static int gather(struct tr_seen *s, uint32_t from, uint32_t to, uint32_t n, struct tr_err *err)
{
    const struct run *run = s->run + s->n_runs - FAN;
    struct entry *out;
    uint32_t next[FAN], at = n;

    if (make_room(s, 2 * n, err) < 0)
        return -1;
    for (int r = 0; r < FAN; r++) {
        uint32_t first = run[r].start[from], more = run[r].start[to] - first;

        next[r] = at;
        if (more > 0 && get(s, &run[r], first, more, at, err) < 0)
            return -1;
        at += more;
    }
    out = s->page;
    for (uint32_t b = from; b < to; b++)
        for (int r = 0; r < FAN; r++) {
            uint32_t more = run[r].start[b + 1] - run[r].start[b];

            memcpy(out, s->page + next[r], more * sizeof *out);
            out += more;
            next[r] += more;
        }
    return 0;
}

/* Makes the last FAN runs one, behind them in the file: their buckets one after another, as many at a time as make a
 * piece. */
static int merge(struct tr_seen *s, struct tr_err *err)
{
    size_t first = s->n_runs - FAN;
    struct run merged = {.at = s->written, .level = s->run[first].level + 1};
    uint32_t n;

    for (uint32_t b = 0; b < BUCKETS; b++)
        merged.start[b + 1] = merged.start[b] + count(s, b, b + 1);
    for (uint32_t from = 0, to; from < BUCKETS; from = to) {
        for (to = from + 1; to < BUCKETS && merged.start[to + 1] - merged.start[from] <= PIECE;)
            to++;
        n = merged.start[to] - merged.start[from];
        if (n > 0 && (gather(s, from, to, n, err) < 0 ||
                      put(s, (const char *)s->page, n * sizeof *s->page,
                          (off_t)((s->written + merged.start[from]) * sizeof *s->page), err) < 0))
            return -1;
    }
    s->written += merged.start[BUCKETS];
    s->run[first] = merged;
    s->n_runs = first + 1;
    return 0;
}

/* Uses twice as much of the filter, and makes it anew out of what is in the file. */
static int widen(struct tr_seen *s, struct tr_err *err)
{
    if (make_room(s, PIECE, err) < 0)
        return -1;
    tr_sieve_widen(&s->filter);
    for (size_t r = 0; r < s->n_runs; r++)
        for (uint32_t first = 0, n; first < s->run[r].start[BUCKETS]; first += n) {
            uint32_t left = s->run[r].start[BUCKETS] - first;

            n = left < PIECE ? left : PIECE;
            if (get(s, &s->run[r], first, n, 0, err) < 0) {
                memset(s->filter.word, 0xFF, s->filter.words * sizeof *s->filter.word); /* then it tells of none that it is new */
                return -1;
            }
            for (uint32_t i = 0; i < n; i++) {
                if (i + EXPECTED < n)
                    tr_sieve_expect(&s->filter, s->page[i + EXPECTED].id);
                tr_sieve_add(&s->filter, s->page[i].id);
            }
        }
    return 0;
}

/* Moves all that is held to the file. */
static int spill(struct tr_seen *s, struct tr_err *err)
{
    struct run *run = realloc(s->run, (s->n_runs + 1) * sizeof *run);

    if (!run)
        return tr_err_memory(err);
    s->run = run;
    if (s->fd < 0 && open_file(s, err) < 0)
        return -1;
    if (s->ids + s->n > s->filter.words * IDS_A_WORD && s->filter.words < FILTER_MOST && widen(s, err) < 0)
        return -1;
    run += s->n_runs;
    *run = (struct run){.at = s->written};
    for (uint32_t i = 0; i < s->n; i++) {
        if (i + EXPECTED < s->n)
            tr_sieve_expect(&s->filter, s->held[i + EXPECTED].id);
        tr_sieve_add(&s->filter, s->held[i].id);
        run->start[bucket_of(s->held[i].id) + 1]++;
    }
    for (int b = 0; b < BUCKETS; b++)
        run->start[b + 1] += run->start[b];
    if (put_by_bucket(s, run->start, err) < 0)
        return -1;
    s->written += s->n;
    s->ids += s->n;
    s->n_runs++;
    s->n = 0;
    memset(s->slot, 0, s->slots * sizeof *s->slot);
    while (s->n_runs >= FAN && s->run[s->n_runs - FAN].level == s->run[s->n_runs - 1].level)
        if (merge(s, err) < 0)
            return -1;
    return 0;
}

static int find_in_file(struct tr_seen *s, uint64_t id, struct tr_sighting *sighting,
                        struct tr_err *err)
{
    uint32_t bucket = bucket_of(id);

    if (!tr_sieve_has(&s->filter, id))
        return 0;
    for (size_t r = 0; r < s->n_runs; r++) {
        uint32_t first = s->run[r].start[bucket], n = s->run[r].start[bucket + 1] - first;

        if (n > 0 && (make_room(s, n, err) < 0 || get(s, &s->run[r], first, n, 0, err) < 0))
            return -1;
        for (uint32_t i = 0; i < n; i++)
            if (s->page[i].id == id) {
                *sighting = s->page[i].sighting;
                return 1;
            }
    }
    return 0;
}

void tr_seen_expect(const struct tr_seen *s, uint64_t hash)
{
    __builtin_prefetch(&s->slot[hash & (s->slots - 1)]);
    if (s->filter.word)
        tr_sieve_expect(&s->filter, hash);
}

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 24) & ~(uint32_t)PLACE;
}

/* Makes twice as many slots, until there are enough for all that is held. */
static int grow(struct tr_seen *s, struct tr_err *err)
{
    uint32_t slots = 2 * s->slots, *slot = calloc(slots, sizeof *slot);

    if (!slot)
        return tr_err_memory(err);
    for (uint32_t n = 0; n < s->n; n++) {
        uint64_t hash = s->held[n].id;
        uint32_t i = (uint32_t)hash & (slots - 1);

        while (slot[i])
            i = (i + 1) & (slots - 1);
        slot[i] = (n + 1) | tag_of(hash);
    }
    free(s->slot);
    s->slot = slot;
    s->slots = slots;
    return 0;
}

int tr_seen_add(struct tr_seen *s, uint64_t hash, struct tr_sighting *sighting, struct tr_err *err)
{
    uint32_t i, tag = tag_of(hash);
    int rc;

    if (s->n == HELD && spill(s, err) < 0) /* it failed before, and fails again or is mended */
        return -1;
    if (2 * s->n == s->slots && s->slots < SLOTS && grow(s, err) < 0)
        return -1;
    for (i = (uint32_t)hash & (s->slots - 1); s->slot[i]; i = (i + 1) & (s->slots - 1)) {
        const struct entry *e = &s->held[(s->slot[i] & PLACE) - 1];

        if ((s->slot[i] & ~(uint32_t)PLACE) == tag && e->id == hash) {
            *sighting = e->sighting;
            return 1;
        }
    }
    rc = s->n_runs ? find_in_file(s, hash, sighting, err) : 0;
    if (rc != 0)
        return rc;
    s->held[s->n] = (struct entry){hash, *sighting};
    s->slot[i] = ++s->n | tag;
    return s->n == HELD ? spill(s, err) : 0;
}
