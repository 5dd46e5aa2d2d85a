#include "base/dict.h"

#include <stdlib.h>

#include "base/hash.h"

void tr_dict_clear(struct tr_dict *d)
{
    tr_buf_clear(&d->keys);
    free(d->slot);
    *d = (struct tr_dict){0};
}

static struct tr_str key_of(const struct tr_dict *d, const struct tr_dict_slot *slot)
{
    return (struct tr_str){slot->len > TR_DICT_HEAD ? d->keys.p + slot->from : slot->head,
                           slot->len};
}

static bool has_key(const struct tr_dict *d, const struct tr_dict_slot *slot, struct tr_str key)
{
    return tr_str_eq(key_of(d, slot), key);
}

static uint32_t hash_of(struct tr_str key)
{
    return (uint32_t)tr_hash(key.p, key.len, 0);
}

/* The slot that holds the key, or the free one where it belongs. */
static struct tr_dict_slot *find(const struct tr_dict *d, struct tr_str key, uint32_t hash)
{
    size_t i = hash & (d->slots - 1);

    while (d->slot[i].value >= 0 && !(d->slot[i].hash == hash && has_key(d, &d->slot[i], key)))
        i = (i + 1) & (d->slots - 1);
    return &d->slot[i];
}

static int grow(struct tr_dict *d)
{
    struct tr_dict was = *d;

    d->slots = was.slots ? 2 * was.slots : 32;
    d->slot = malloc(d->slots * sizeof *d->slot);
    if (!d->slot) {
        d->slot = was.slot;
        d->slots = was.slots;
        return -1;
    }
    for (size_t i = 0; i < d->slots; i++)
        d->slot[i] = (struct tr_dict_slot){.value = -1};
    for (size_t i = 0; i < was.slots; i++) {
        size_t to = was.slot[i].hash & (d->slots - 1);

        if (was.slot[i].value < 0)
            continue;
        while (d->slot[to].value >= 0)
            to = (to + 1) & (d->slots - 1);
        d->slot[to] = was.slot[i];
    }
    free(was.slot);
    return 0;
}

int tr_dict_add(struct tr_dict *d, struct tr_str key, int *value)
{
    struct tr_dict_slot *slot;
    uint32_t hash;

    if (d->n > 0 && has_key(d, &d->last, key)) {
        *value = d->last.value;
        return 1;
    }
    if (2 * d->n >= d->slots && grow(d) < 0)
        return -1;
    hash = hash_of(key);
    slot = find(d, key, hash);
    if (slot->value >= 0) {
        d->last = *slot;
        *value = slot->value;
        return 1;
    }
    if (key.len > UINT32_MAX || d->keys.len > UINT32_MAX)
        return -1;
    slot->from = (uint32_t)d->keys.len;
    slot->len = (uint32_t)key.len;
    slot->hash = hash;
    if (key.len > TR_DICT_HEAD)
        tr_buf_str(&d->keys, key);
    else if (key.len > 0)
        memcpy(slot->head, key.p, key.len);
    if (d->keys.failed)
        return -1;
    slot->value = *value;
    d->last = *slot;
    d->n++;
    return 0;
}

void tr_dict_expect(const struct tr_dict *d, struct tr_str key)
{
    if (d->slots)
        __builtin_prefetch(&d->slot[hash_of(key) & (d->slots - 1)]);
}

int tr_dict_find(const struct tr_dict *d, struct tr_str key)
{
    return d->slots ? find(d, key, hash_of(key))->value : -1;
}

bool tr_dict_next(const struct tr_dict *d, size_t *at, struct tr_str *key, int *value)
{
    while (*at < d->slots) {
        const struct tr_dict_slot *slot = &d->slot[(*at)++];

        if (slot->value < 0)
            continue;
        *key = key_of(d, slot);
        *value = slot->value;
        return true;
    }
    return false;
}
