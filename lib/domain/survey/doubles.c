#include "domain/survey/doubles.h"

#include <stdlib.h>

const char tr_hashes_name[] = "hashes";

/* What short pseudonyms are made for. */
static const char for_persons[] = "transition double", for_nobody[] = "transition nobody";
static const char for_keys[] = "transition doubles key";

/* A cell: these letters and what tells the key, then a space and a hash a person. */
static const char form[] = "h1-";
enum { FORM_LEN = sizeof form - 1, HEAD_LEN = FORM_LEN + TR_SHORT_LEN };

void tr_doubles_start(struct tr_doubles *d, const struct tr_key *key)
{
    *d = (struct tr_doubles){.key = key};
}

void tr_doubles_clear(struct tr_doubles *d)
{
    tr_buf_clear(&d->own);
    tr_buf_clear(&d->all);
    tr_buf_clear(&d->without);
}

int tr_doubles_person(struct tr_doubles *d, struct tr_str number)
{
    char hash[TR_SHORT_LEN];

    if (!d->key || number.len == 0)
        return 0;
    tr_short_pseudonym(d->key, for_persons, number, hash);
    tr_buf_add(&d->own, hash, sizeof hash);
    return d->own.failed ? -1 : 0;
}

/* ---- tables ---- */

static void key_code(const struct tr_key *key, char out[TR_SHORT_LEN])
{
    tr_short_pseudonym(key, for_keys, TR_STR(""), out);
}

static bool is_hash(struct tr_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '2' && s.p[i] <= '7'))
            return false;
    return s.len == TR_SHORT_LEN;
}

/* Adds the hashes of a cell to all; how many, or -1 when it is none. */
static int64_t take_cell(struct tr_doubles *d, struct tr_str cell, struct tr_str *made_with)
{
    struct tr_str hash;
    int64_t n = 0;

    if (!tr_str_part(&cell, ' ', made_with) || made_with->len != HEAD_LEN ||
        memcmp(made_with->p, form, FORM_LEN) != 0)
        return -1;
    *made_with = tr_str_from(*made_with, FORM_LEN);
    for (; cell.p && tr_str_part(&cell, ' ', &hash); n++) {
        if (!is_hash(hash))
            return -1;
        tr_buf_str(&d->all, hash);
    }
    return is_hash(*made_with) ? n : -1;
}

/* All tables, and what is made here, are of one key. */
static int check_key(struct tr_doubles *d, const struct tr_table *t, struct tr_str made_with,
                     int column, struct tr_err *err)
{
    char own[TR_SHORT_LEN];

    if (d->first && memcmp(made_with.p, d->made_with, TR_SHORT_LEN) != 0)
        return tr_table_fault(t, t->n_rows - 1, column, TR_E_HASHES_KEY, d->first, err);
    if (d->key)
        key_code(d->key, own);
    if (d->key && memcmp(made_with.p, own, sizeof own) != 0)
        return tr_table_fault(t, t->n_rows - 1, column, TR_E_HASHES_KEY, "--doubles", err);
    d->first = d->first ? d->first : t->source;
    memcpy(d->made_with, made_with.p, TR_SHORT_LEN);
    return 0;
}

int tr_doubles_without(struct tr_doubles *d, const char *source)
{
    tr_buf_add(&d->without, &source, sizeof source);
    return d->without.failed ? -1 : 0;
}

int tr_doubles_table(struct tr_doubles *d, const struct tr_table *t, uint64_t persons,
                     struct tr_err *err)
{
    int column = tr_table_column(t, tr_hashes_name);
    struct tr_str made_with = {0};
    uint32_t row = 0;

    d->in_tables += persons;
    while (column >= 0 && row < t->n_rows && tr_table_cell(t, row, column).len == 0)
        row++;
    if ((column < 0 || row == t->n_rows) && persons == 0)
        return 0;
    if (column < 0)
        return tr_doubles_without(d, t->source) < 0 ? tr_err_memory(err) : 0;
    if (row == t->n_rows || take_cell(d, tr_table_cell(t, row, column), &made_with) !=
                                (int64_t)persons)
        return tr_table_fault(t, row, column, TR_E_HASHES, NULL, err);
    for (uint32_t r = row + 1; r < t->n_rows; r++)
        if (tr_table_cell(t, r, column).len > 0)
            return tr_table_fault(t, r, column, TR_E_HASHES, NULL, err);
    if (d->all.failed)
        return tr_err_memory(err);
    return check_key(d, t, made_with, column, err);
}

bool tr_doubles_known(const struct tr_doubles *d)
{
    return d->first != NULL;
}

bool tr_doubles_complete(const struct tr_doubles *d)
{
    return d->key && d->without.len == 0;
}

/* ---- the end ---- */

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, TR_SHORT_LEN);
}

static void sort(struct tr_buf *hashes)
{
    if (hashes->len > 0)
        qsort(hashes->p, hashes->len / TR_SHORT_LEN, TR_SHORT_LEN, by_bytes);
}

/* A person counted from records is counted once, whatever comes again. */
static void drop_repeated(struct tr_buf *hashes)
{
    size_t kept = 0;

    for (size_t at = 0; at < hashes->len; at += TR_SHORT_LEN)
        if (kept == 0 || by_bytes(hashes->p + at, hashes->p + kept - TR_SHORT_LEN) != 0) {
            memmove(hashes->p + kept, hashes->p + at, TR_SHORT_LEN);
            kept += TR_SHORT_LEN;
        }
    hashes->len = kept;
}

/* Adds n hashes of nobody: other ones for every table, the same for the same. */
static void add_nobody(struct tr_doubles *d, const uint64_t *counted, size_t n_counted, uint64_t n)
{
    struct tr_parts parts = {.n = 0};
    unsigned char text[TR_MARK_LEN + sizeof(uint64_t)];
    struct tr_buf numbers = {0};
    char hash[TR_SHORT_LEN];

    for (size_t i = 0; i < n_counted; i++) {
        tr_buf_num(&numbers, (int64_t)counted[i]);
        tr_buf_char(&numbers, ' ');
    }
    tr_parts_text(&parts, tr_buf_slice(&d->own));
    tr_parts_text(&parts, tr_buf_slice(&numbers));
    tr_mac(d->key, for_nobody, &parts, text, TR_MARK_LEN);
    d->all.failed |= numbers.failed;
    tr_buf_clear(&numbers);
    for (uint64_t i = 0; i < n; i++) {
        for (size_t b = 0; b < sizeof i; b++)
            text[TR_MARK_LEN + b] = (unsigned char)(i >> 8 * b);
        tr_short_pseudonym(d->key, for_nobody, (struct tr_str){(const char *)text, sizeof text},
                           hash);
        tr_buf_add(&d->all, hash, sizeof hash);
    }
}

int tr_doubles_settle(struct tr_doubles *d, const uint64_t *counted, size_t n, uint64_t persons)
{
    uint64_t known;

    sort(&d->own);
    drop_repeated(&d->own);
    tr_buf_str(&d->all, tr_buf_slice(&d->own));
    known = d->all.len / TR_SHORT_LEN;
    if (tr_doubles_complete(d) && known < persons)
        add_nobody(d, counted, n, persons - known);
    sort(&d->all);
    for (size_t at = 0, to; at < d->all.len && !d->all.failed; at = to) {
        for (to = at + TR_SHORT_LEN;
             to < d->all.len && by_bytes(d->all.p + at, d->all.p + to) == 0;)
            to += TR_SHORT_LEN;
        d->persons += to - at > TR_SHORT_LEN;
        d->more += (to - at) / TR_SHORT_LEN - 1;
    }
    return d->all.failed ? -1 : 0;
}

void tr_doubles_cell(const struct tr_doubles *d, struct tr_buf *out)
{
    char own[TR_SHORT_LEN];

    key_code(d->key, own);
    tr_buf_text(out, form);
    tr_buf_add(out, own, sizeof own);
    for (size_t at = 0; at < d->all.len; at += TR_SHORT_LEN) {
        tr_buf_char(out, ' ');
        tr_buf_add(out, d->all.p + at, TR_SHORT_LEN);
    }
}
