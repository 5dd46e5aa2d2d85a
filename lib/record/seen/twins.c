#include "record/seen/twins.h"

#include <stdlib.h>

#include "base/hash.h"

/* Where an id is in ids, half of its hash, and the caller's note. */
struct place {
    uint32_t at, loose;
    uint64_t note;
};

enum {
    WAIT_MAX = sizeof((struct tr_twins_wait *)0)->loose / sizeof(uint64_t),
    NUMBER = 2 * TR_TWINS_MAX - 1, /* the bits of a slot that hold the number */
    EXPECTED = 16                  /* places ahead, whose slots start on their way from far memory */
};

void tr_twins_clear(struct tr_twins *t)
{
    free(t->slot);
    free(t->filter.word);
    tr_buf_clear(&t->ids);
    tr_buf_clear(&t->places);
    *t = (struct tr_twins){0};
}

/* How many bytes of the id at i are a sign that people put between letters and numbers, or leave out: a hyphen, also
 * the longer ones that Word makes of it, or one of the others. */
static size_t sign_at(struct tr_str id, size_t i)
{
    const unsigned char *p = (const unsigned char *)id.p + i;

    if (*p == '-' || *p == '_' || *p == '/' || *p == '.')
        return 1;
    if (i + 2 < id.len && p[0] == 0xE2 &&
        ((p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0x95) || (p[1] == 0x88 && p[2] == 0x92)))
        return 3;
    return 0;
}

/* A hash of the bytes that count, eight at a time. */
#define HASH_BY 0xe7037ed1a0b428dbULL
struct loose {
    uint64_t h, last; /* last: bytes that wait */
    unsigned n;       /* of them all */
};

static inline void add_byte(struct loose *l, unsigned char c)
{
    l->last = l->last << 8 | c;
    if (++l->n % 8)
        return;
    l->h = tr_hash_mix(l->h ^ l->last, HASH_BY) + 1;
    l->last = 0;
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* The byte before i, or 0. */
static unsigned char before(struct tr_str id, size_t i)
{
    return i > 0 ? (unsigned char)id.p[i - 1] : 0;
}

/* Whether the byte at i is a space, or half of one that does not break. */
static bool is_space(struct tr_str id, size_t i)
{
    unsigned char c = (unsigned char)id.p[i];

    return c == ' ' || (c == 0xC2 && i + 1 < id.len && (unsigned char)id.p[i + 1] == 0xA0) ||
           (c == 0xA0 && before(id, i) == 0xC2);
}

/* The byte at i in small letters, also of Latin-1. */
static unsigned char small_at(struct tr_str id, size_t i)
{
    unsigned char c = (unsigned char)id.p[i];
    bool capital = (c >= 'A' && c <= 'Z') || (c >= 0x80 && c <= 0x9E && c != 0x97 && before(id, i) == 0xC3);

    return capital ? c + 0x20 : c;
}

/* The same number for twins: of the id in small letters, without spaces, the zeros in front of a number and signs,
 * but one sign, whichever, between two numbers. Bytes that are no ASCII are small letters of Latin-1, or stay. */
static uint64_t loose_hash(struct tr_str id)
{
    struct loose l = {0};
    bool digits = false, number = false, sign = false; /* number: what was taken last ends with one */

    for (size_t i = 0; i < id.len; i++) {
        unsigned char c = (unsigned char)id.p[i];
        bool digit = is_digit(c);
        size_t n;

        if (digit) { /* first, as most are */
            if (c == '0' && !digits && i + 1 < id.len && is_digit((unsigned char)id.p[i + 1]))
                continue;
            if (sign && number)
                add_byte(&l, '-');
        } else if ((n = sign_at(id, i)) > 0) {
            sign = true;
            digits = false;
            i += n - 1;
            continue;
        } else if (is_space(id, i)) {
            continue;
        }
        add_byte(&l, digit ? c : small_at(id, i));
        digits = number = digit;
        sign = false;
    }
    l.h = tr_hash_mix(l.h ^ l.last, HASH_BY ^ l.n);
    return l.h ? l.h : 1;
}

bool tr_twins_are(struct tr_str a, struct tr_str b)
{
    return !tr_str_eq(a, b) && loose_hash(a) == loose_hash(b);
}

static const struct place *place_at(const struct tr_twins *t, size_t number)
{
    return (const struct place *)(const void *)t->places.p + number;
}

static struct tr_str id_at(const struct tr_twins *t, size_t number)
{
    const char *p = t->ids.p + place_at(t, number)->at;
    uint16_t len;

    memcpy(&len, p - sizeof len, sizeof len);
    return (struct tr_str){p, len};
}

/* What the filter knows of a hash, of which half is kept. */
static uint64_t sifted(uint64_t loose)
{
    return tr_hash_mix(loose & UINT32_MAX, HASH_BY);
}

static void put_slot(struct tr_twins *t, uint32_t loose, size_t number)
{
    size_t i = loose & (t->slots - 1);

    while (t->slot[i])
        i = (i + 1) & (t->slots - 1);
    t->slot[i] = (uint32_t)(number + 1) | (loose & ~(uint32_t)NUMBER);
}

/* Gives slots to the ids that wait. */
static void settle(struct tr_twins *t)
{
    uint32_t n = t->wait.n;

    for (uint32_t i = 0; i < n; i++)
        __builtin_prefetch(&t->slot[t->wait.loose[i] & (t->slots - 1)], 1);
    for (uint32_t i = 0; i < n; i++)
        put_slot(t, (uint32_t)t->wait.loose[i], t->n - n + i);
    t->wait.n = 0;
}

/* Makes twice as many slots, for all ids so far. */
static int grow(struct tr_twins *t)
{
    size_t slots = t->slots ? 2 * t->slots : 256;
    uint32_t *slot = calloc(slots, sizeof *slot);
    uint64_t *filter = calloc(slots / 8, sizeof *filter);

    if (!slot || !filter) {
        free(slot);
        free(filter);
        return -1;
    }
    free(t->slot);
    free(t->filter.word);
    t->slot = slot;
    t->filter = (struct tr_sieve){filter, slots / 8};
    t->slots = slots;
    t->wait.n = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (i + EXPECTED < t->n)
            __builtin_prefetch(&slot[place_at(t, i + EXPECTED)->loose & (slots - 1)], 1);
        put_slot(t, place_at(t, i)->loose, i);
        tr_sieve_add(&t->filter, sifted(place_at(t, i)->loose));
    }
    return 0;
}

/* Nothing is compared with them any more. */
static void forget_all(struct tr_twins *t)
{
    size_t n = t->n;

    tr_twins_clear(t);
    t->n = n;
}

/* Looks for an id of the same hash; false: there is none. */
static bool find(struct tr_twins *t, struct tr_str id, uint64_t loose, struct tr_str *found,
                 uint64_t *note)
{
    settle(t);
    for (size_t i = loose & (t->slots - 1); t->slot[i]; i = (i + 1) & (t->slots - 1)) {
        if ((t->slot[i] ^ (uint32_t)loose) & ~(uint32_t)NUMBER)
            continue;
        *found = id_at(t, (t->slot[i] & NUMBER) - 1);
        if (tr_str_eq(*found, id) || loose_hash(*found) == loose) {
            *note = place_at(t, (t->slot[i] & NUMBER) - 1)->note;
            return true;
        }
    }
    return false;
}

int tr_twins_add(struct tr_twins *t, struct tr_str id, struct tr_str *twin)
{
    return tr_twins_note(t, id, twin, &(uint64_t){0});
}

int tr_twins_note(struct tr_twins *t, struct tr_str id, struct tr_str *twin, uint64_t *note)
{
    struct place place;
    uint16_t len = (uint16_t)id.len;
    uint64_t loose, hash;

    if (t->n >= TR_TWINS_MAX && t->slot)
        forget_all(t);
    if (t->n >= TR_TWINS_MAX || id.len == 0 || id.len > UINT16_MAX)
        return 0;
    if (2 * t->n >= t->slots && grow(t) < 0)
        return -1;
    loose = loose_hash(id);
    hash = sifted(loose);
    if (tr_sieve_has(&t->filter, hash) && find(t, id, loose, twin, note))
        return !tr_str_eq(*twin, id);
    tr_sieve_add(&t->filter, hash);
    tr_buf_add(&t->ids, &len, sizeof len);
    place = (struct place){(uint32_t)t->ids.len, (uint32_t)loose, *note};
    tr_buf_str(&t->ids, id);
    tr_buf_add(&t->places, &place, sizeof place);
    if (t->ids.failed || t->places.failed)
        return -1;
    t->wait.loose[t->wait.n++] = loose;
    t->n++;
    if (t->wait.n == WAIT_MAX)
        settle(t);
    return 0;
}

void tr_twins_fault(struct tr_str id, struct tr_str twin, struct tr_err *err)
{
    char one[sizeof err->arg[0]], other[sizeof err->arg[0]];

    tr_err_copy(one, sizeof one, id);
    tr_err_copy(other, sizeof other, twin);
    tr_err_set(err, TR_W_ID_NEAR, one, other, NULL);
}
