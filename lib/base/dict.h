/* From text to a small number. Keys are copied. A key that comes several times in a row, as the cases
 * of a log do, is looked up once. */
#ifndef TR_BASE_DICT_H
#define TR_BASE_DICT_H

#include <stdint.h>
#include "base/buf.h"

enum { TR_DICT_HEAD = 16 };

struct tr_dict {
    struct tr_buf keys; /* those that are longer than TR_DICT_HEAD */
    struct tr_dict_slot {
        char head[TR_DICT_HEAD]; /* the key, or how it begins: most ids are found without another look into memory */
        uint32_t len, from;      /* of the key; from: where a longer one stands in keys */
        uint32_t hash;           /* of it: keys that differ are hardly ever compared */
        int value;               /* -1: the slot is free, and has no key */
    } * slot, last; /* last: the key asked for last by tr_dict_add, where n > 0 */
    size_t n, slots; /* slots is a power of two, or 0 */
};

void tr_dict_clear(struct tr_dict *d);

/* 0 when added; 1 when the key was there, with *value as its value; -1 when memory is out.
 * *value >= 0. */
int tr_dict_add(struct tr_dict *d, struct tr_str key, int *value);

/* Tells that the key will be asked for soon: what must come from far memory starts on its way. */
void tr_dict_expect(const struct tr_dict *d, struct tr_str key);

/* The key's value, or -1. */
int tr_dict_find(const struct tr_dict *d, struct tr_str key);

/* The next of all keys with its value, in no order; *at is 0 before the first. The key is good until one is
 * added. false: that was all. */
bool tr_dict_next(const struct tr_dict *d, size_t *at, struct tr_str *key, int *value);

#endif
