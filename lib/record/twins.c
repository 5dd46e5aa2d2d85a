#include "record/twins.h"

#include <stdlib.h>

#include "base/hash.h"

void tr_twins_clear(struct tr_twins *t)
{
    free(t->slot);
    tr_buf_clear(&t->ids);
    *t = (struct tr_twins){0};
}

/* The same number for twins: of the id in small letters, without spaces and the zeros in front of a
 * number. Bytes that are no ASCII are small letters of Latin-1, or stay. */
static uint64_t loose_hash(struct tr_str id)
{
    uint64_t h = 0;
    bool digits = false;

    for (size_t i = 0; i < id.len; i++) {
        unsigned char c = (unsigned char)id.p[i], before = i > 0 ? (unsigned char)id.p[i - 1] : 0;
        unsigned char next = i + 1 < id.len ? (unsigned char)id.p[i + 1] : 0;
        bool digit = c >= '0' && c <= '9';

        if (c == ' ' || (c == 0xC2 && next == 0xA0) || (before == 0xC2 && c == 0xA0) ||
            (c == '0' && !digits && next >= '0' && next <= '9'))
            continue;
        if ((c >= 'A' && c <= 'Z') || (before == 0xC3 && c >= 0x80 && c <= 0x9E && c != 0x97))
            c += 0x20;
        h = tr_hash_mix(h ^ c, 0xe7037ed1a0b428dbULL) + 1;
        digits = digit;
    }
    return h ? h : 1;
}

bool tr_twins_are(struct tr_str a, struct tr_str b)
{
    return !tr_str_eq(a, b) && loose_hash(a) == loose_hash(b);
}

static int grow(struct tr_twins *t)
{
    struct tr_twins_slot *was = t->slot;
    size_t n = t->slots, slots = n ? 2 * n : 256;
    struct tr_twins_slot *slot = calloc(slots, sizeof *slot);

    if (!slot)
        return -1;
    for (size_t i = 0; i < n; i++) {
        size_t at = was[i].loose & (slots - 1);

        while (was[i].id && slot[at].id)
            at = (at + 1) & (slots - 1);
        if (was[i].id)
            slot[at] = was[i];
    }
    free(was);
    t->slot = slot;
    t->slots = slots;
    return 0;
}

static struct tr_str id_at(const struct tr_twins *t, uint32_t at)
{
    uint16_t len;

    memcpy(&len, t->ids.p + at - sizeof len, sizeof len);
    return (struct tr_str){t->ids.p + at, len};
}

/* Nothing is compared with them any more. */
static void forget_all(struct tr_twins *t)
{
    size_t n = t->n;

    tr_twins_clear(t);
    t->n = n;
}

int tr_twins_add(struct tr_twins *t, struct tr_str id, struct tr_str *twin)
{
    uint16_t len = (uint16_t)id.len;
    uint64_t loose;
    size_t i;

    if (t->n >= TR_TWINS_MAX && t->slot)
        forget_all(t);
    if (t->n >= TR_TWINS_MAX || id.len == 0 || id.len > UINT16_MAX)
        return 0;
    if (2 * t->n >= t->slots && grow(t) < 0)
        return -1;
    loose = loose_hash(id);
    for (i = loose & (t->slots - 1); t->slot[i].id; i = (i + 1) & (t->slots - 1)) {
        if (t->slot[i].loose != (uint32_t)loose)
            continue;
        *twin = id_at(t, t->slot[i].id);
        if (tr_str_eq(*twin, id))
            return 0;
        if (loose_hash(*twin) == loose)
            return 1;
    }
    tr_buf_add(&t->ids, &len, sizeof len);
    t->slot[i] = (struct tr_twins_slot){(uint32_t)loose, (uint32_t)t->ids.len};
    tr_buf_str(&t->ids, id);
    t->n++;
    return t->ids.failed ? -1 : 0;
}

void tr_twins_fault(struct tr_str id, struct tr_str twin, struct tr_err *err)
{
    char one[sizeof err->arg[0]], other[sizeof err->arg[0]];

    tr_err_copy(one, sizeof one, id);
    tr_err_copy(other, sizeof other, twin);
    tr_err_set(err, TR_W_ID_NEAR, one, other, NULL);
}
