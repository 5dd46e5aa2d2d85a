#define _GNU_SOURCE
#include "domain/referral/shares.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"

void tr_shares_start(struct tr_shares *s, const struct tr_travels *travels)
{
    *s = (struct tr_shares){.travels = travels};
}

void tr_shares_clear(struct tr_shares *s)
{
    tr_buf_wipe(&s->text);
    free(s->share);
    free(s->combination);
    *s = (struct tr_shares){0};
}

/* ---- cells in one text: each behind its length, seven bits a byte, the lowest first ---- */

static void put_cell(struct tr_buf *text, struct tr_str cell)
{
    size_t n = cell.len;

    for (; n >= 0x80; n >>= 7)
        tr_buf_char(text, (char)(n | 0x80));
    tr_buf_char(text, (char)n);
    tr_buf_str(text, cell);
}

static struct tr_str get_cell(const char **at)
{
    struct tr_str cell = {NULL, 0};

    for (int shift = 0;; shift += 7) {
        const unsigned char c = (unsigned char)*(*at)++;

        cell.len |= (size_t)(c & 0x7F) << shift;
        if (c < 0x80)
            break;
    }
    cell.p = *at;
    *at += cell.len;
    return cell;
}

static uint64_t hash_of(struct tr_str person)
{
    return person.len > 0 ? tr_hash(person.p, person.len, TR_F_PERSON_ID) | 1 : 0;
}

void tr_shares_join(struct tr_shares *s, uint32_t i, struct tr_str person, struct tr_str known_as)
{
    s->share[i].person = hash_of(person);
    s->share[i].known_as = known_as;
}

int tr_shares_add(struct tr_shares *s, const struct tr_part_cells *cells, size_t n_stays,
                  const struct tr_value v[], const char *source, uint64_t line)
{
    struct tr_share *share;

    if (s->n == s->room) {
        uint32_t room = s->room ? 2 * s->room : 256;
        struct tr_share *longer = realloc(s->share, room * sizeof *longer);

        if (!longer)
            return -1;
        s->share = longer;
        s->room = room;
    }
    share = &s->share[s->n++];
    *share = (struct tr_share){.at = s->text.len, .source = source, .line = line};
    share->person = hash_of(v[TR_F_PERSON_ID].text);
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        put_cell(&s->text, cells->travels[f]);
    for (size_t c = 0; c < n_stays; c++)
        put_cell(&s->text, cells->stays[c]);
    return s->text.failed ? -1 : 0;
}

/* A cell of a field, as far as a protected address lets it go. */
static struct tr_str guarded(const struct tr_share *share, int field, struct tr_str cell)
{
    if (share->mark.len == 0)
        return cell;
    if (field == TR_F_PROTECTION)
        return share->mark;
    return tr_fields[field].tells == TR_TELLS_WHERE ? (struct tr_str){"", 0} : cell;
}

void tr_shares_cells(const struct tr_shares *s, uint32_t i, size_t n_stays,
                     struct tr_part_cells *out)
{
    const struct tr_share *share = &s->share[i];
    const char *at = s->text.p + share->at;

    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        struct tr_str cell = guarded(share, f, get_cell(&at));

        if (f == TR_F_PERSON_ID && share->known_as.len > 0)
            cell = share->known_as;
        out->travels[f] = f == TR_F_REFERRAL_ID
                              ? cell
                              : tr_travels_coarsen(tr_travels_form(s->travels, f, s->step), cell);
    }
    for (size_t c = 0, f = 0; c < n_stays; c++) {
        out->stays[c] = get_cell(&at);
        if (c < TR_PART_CODES)
            continue;
        while (!tr_field_is_kept((int)f))
            f++;
        out->stays[c] = guarded(share, (int)f++, out->stays[c]);
    }
    out->travels[TR_F_QUEUE_NUMBER] = (struct tr_str){
        out->born,
        share->number > 0 ? (size_t)snprintf(out->born, sizeof out->born, "%u", share->number) : 0};
}

/* ---- combinations ---- */

/* A referral among others, by a text that is compared. */
struct ranked {
    struct tr_str key;
    uint64_t person;
    uint32_t share;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    int c = tr_str_cmp(x->key, y->key);

    if (c == 0)
        c = (x->person > y->person) - (x->person < y->person);
    return c ? c : (x->share > y->share) - (x->share < y->share);
}

/* What counts of each referral at the step, in an array that the caller frees. The keys are in
 * keys. NULL: memory. */
static struct ranked *rank(const struct tr_shares *s, int step, struct tr_buf *keys)
{
    struct ranked *list = malloc((s->n + (size_t)1) * sizeof *list);

    keys->len = 0;
    for (uint32_t i = 0; list && i < s->n; i++) {
        const char *at = s->text.p + s->share[i].at;
        size_t from = keys->len;

        for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
            struct tr_str cell = guarded(&s->share[i], f, get_cell(&at));

            if (s->travels->field[f].counts)
                put_cell(keys, tr_travels_coarsen(tr_travels_form(s->travels, f, step), cell));
        }
        list[i] = (struct ranked){{NULL, keys->len - from}, s->share[i].person, i};
    }
    if (!list || keys->failed) {
        free(list);
        return NULL;
    }
    for (size_t i = 0, from = 0; i < s->n; from += list[i++].key.len)
        list[i].key.p = keys->p + from;
    qsort(list, s->n, sizeof *list, compare_ranked);
    return list;
}

/* Counts the combinations of a sorted list, and how many referrals are of fewer than k persons. All
 * that nobody knows the person of are of different ones. */
static uint32_t count(struct tr_shares *s, const struct ranked *list, uint32_t k)
{
    uint32_t few = 0;

    s->n_combinations = 0;
    for (uint32_t i = 0, from = 0; i < s->n; from = i) {
        struct tr_combination *c = &s->combination[s->n_combinations];

        *c = (struct tr_combination){.first = list[from].share};
        for (; i < s->n && tr_str_eq(list[i].key, list[from].key); i++) {
            c->persons += i == from || list[i].person == 0 || list[i].person != list[i - 1].person;
            c->referrals++;
            s->share[list[i].share].combination = s->n_combinations;
        }
        few += c->persons < k ? c->referrals : 0;
        s->n_combinations++;
    }
    return few;
}

/* Counts at a step; -1: memory. */
static int64_t count_at(struct tr_shares *s, int step, uint32_t k)
{
    struct tr_buf keys = {0};
    struct ranked *list = rank(s, step, &keys);
    int64_t few = list ? (int64_t)count(s, list, k) : -1;

    tr_buf_wipe(&keys);
    free(list);
    return few;
}

/* ---- order ---- */

enum { NUMBER_LEN = 9 };

/* Adds a cell and so many spaces that both have the width; before it, so that numbers are in order.
 */
static void put_padded(struct tr_buf *text, struct tr_str cell, size_t width, bool before)
{
    if (!before)
        tr_buf_str(text, cell);
    for (size_t i = cell.len; i < width; i++)
        tr_buf_char(text, ' ');
    if (before)
        tr_buf_str(text, cell);
}

/* Numbers those that go and whose day, as it goes, is another's too: by the day itself, then by
 * a number that they have already, then by their own ids. */
static int give_numbers(struct tr_shares *s)
{
    const enum tr_travel_form form = tr_travels_form(s->travels, TR_F_RECEIVED, s->step);
    struct ranked *list = malloc((s->n + (size_t)1) * sizeof *list);
    struct tr_buf keys = {0};
    uint32_t n = 0;
    int rc = list ? 0 : -1;

    for (uint32_t i = 0; rc == 0 && i < s->n; i++) {
        const char *at = s->text.p + s->share[i].at;
        size_t from = keys.len;
        struct tr_str cell[TR_N_REFERRAL_FIELDS + 2]; /* then the reference code and the own id */

        if (s->share[i].held)
            continue;
        for (int f = 0; f < TR_N_REFERRAL_FIELDS + 2; f++)
            cell[f] = get_cell(&at);
        put_padded(&keys, cell[TR_F_RECEIVED], TR_DATE_LEN, false);
        put_padded(&keys, cell[TR_F_QUEUE_NUMBER], NUMBER_LEN, true);
        tr_buf_str(&keys, cell[TR_N_REFERRAL_FIELDS + 1]);
        list[n++] = (struct ranked){{NULL, keys.len - from}, 0, i};
    }
    for (size_t i = 0, from = 0; i < n && !keys.failed; from += list[i++].key.len)
        list[i].key.p = keys.p + from;
    if (rc == 0 && !keys.failed) {
        const size_t same = form == TR_TRAVELS_NOT     ? 0
                            : form == TR_TRAVELS_MONTH ? TR_MONTH_LEN
                                                       : TR_DATE_LEN;

        qsort(list, n, sizeof *list, compare_ranked);
        for (uint32_t i = 0, of = 0; i < n; i++) {
            if (memcmp(list[of].key.p, list[i].key.p, same) != 0)
                of = i;
            s->share[list[i].share].number = i - of + 1;
        }
        for (uint32_t i = 0; i < n; i++) /* alone with its day */
            if (s->share[list[i].share].number == 1 &&
                (i + 1 == n || s->share[list[i + 1].share].number == 1))
                s->share[list[i].share].number = 0;
    }
    rc = keys.failed ? -1 : rc;
    tr_buf_wipe(&keys);
    free(list);
    return rc;
}

int tr_shares_settle(struct tr_shares *s, uint32_t k)
{
    int64_t least, few = 0;

    s->combination = malloc((s->n + (size_t)1) * sizeof *s->combination);
    least = s->combination ? count_at(s, s->travels->n_steps, k) : -1;
    while (least >= 0 && (few = count_at(s, s->step, k)) > least)
        s->step++;
    if (least < 0 || few < 0)
        return -1;
    for (uint32_t i = 0; i < s->n; i++) {
        s->share[i].held = s->combination[s->share[i].combination].persons < k;
        s->n_held += s->share[i].held;
    }
    return tr_travels_form(s->travels, TR_F_QUEUE_NUMBER, s->step) == TR_TRAVELS_NUMBER
               ? give_numbers(s)
               : 0;
}
