/* How referrals are read fast: a block of rows, one column after another.
 *
 * Problem. An export of a million rows has 25 million cells. Row by row, each cell is of another kind than
 * the one before, and time goes into what a processor cannot foresee: what kind comes next, whether a cell
 * is quoted, how long it is.
 *
 * Idea. Take up to 64 rows, a bit each, and one column at a time. Kind, list and salt are then the same for
 * 64 cells, and so is nearly always the way they are read. cut() finds where the cells of the column lie,
 * quoted or bare, without a branch on which; a glance() of the column's kind settles those that look as
 * nearly all do, and gives back the bits of the others; one() reads these as cell.c reads any cell. The bytes
 * of a code are the key of a perfect hash over the cells that were met before: one multiplication finds the
 * place, two comparisons settle it. Digits are looked at eight at a time, text is hashed in vector registers.
 *
 * Invariants.
 * - A row is plainly good or it is left. One that has a fault, a warning or an odd shape is left as if nobody
 *   had looked at it, and is read in its turn by tr_import_row, which tells everything in order of columns.
 *   So no diagnostic is made here, and none can differ.
 * - A glance says yes only where tr_cell_read would come to the same value and hash and to no fault.
 * - What comes out of a row depends on no other row of its block. Memos may be replaced while a column is
 *   read, so texts that they own are copied to k->own. What is known of a column is only added to, and only
 *   what may stand bare, so that it is the same within quotation marks.
 * - Nothing that a value points to moves while the block is used: scratch and im->composed have room for the
 *   needs of all rows before the first cell is read.
 * tests/fuzz/import.c holds all of this against tr_import_fields, row by row.
 *
 * Figures. Counted by callgrind over 92,266 rows of 25 cells: wrong guesses in cells went from 8.5 a row to
 * one, instructions stayed at 2,100, of which codes take 60 each and a text 170; without AVX2, 250. A block of
 * 64 rows fits the inner caches with its values (90 KiB) and makes sets of rows single numbers; what was tried
 * and did not pay is in tests/bench/remarks.md.
 */
#include "domain/referral/block.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/idnum.h"
#include "base/number.h"
#include "base/text.h"
#include "domain/referral/import_own.h"
#include "domain/referral/plain_own.h"

_Static_assert(TR_PREPARE_ROWS <= 64, "a bit a row");
_Static_assert(sizeof(struct tr_known_cell) == 64, "a shift finds it");
_Static_assert((int)TR_HASH_SLACK <= (int)TR_CELL_SLACK, "as much may be read behind a cell");

#define INLINE static inline __attribute__((always_inline))

static const struct tr_value unknown = {.num = -1};

struct tr_block *tr_block_new(void)
{
    return calloc(1, sizeof(struct tr_block)); /* zeros that nobody touches cost nothing */
}

static uint64_t bit(uint32_t i, bool set)
{
    return (uint64_t)set << i;
}

/* Leaves cells of the column to be read by tr_row_cell, whatever they are. */
static void cut_slowly(struct tr_block *k, uint32_t column, uint64_t rows)
{
    for (; rows; rows &= rows - 1) {
        int i = __builtin_ctzll(rows);

        k->cell[i] = tr_row_cell(k->row[i], column);
    }
}

/* Where in a row the column is; each loop over its cells is compiled for each of these. */
enum where { FIRST, BETWEEN, LAST };

INLINE enum where where_is(const struct tr_block *k, uint32_t column)
{
    return column == 0 ? FIRST : column + 1 == k->binding->n_columns ? LAST : BETWEEN;
}

/* The cell as it stands, without the quotation marks around it, and without half a line end. */
INLINE struct tr_str cell_of(const struct tr_block *k, uint32_t i, uint32_t column, enum where where,
                             bool *quoted)
{
    const uint32_t *sep = k->row[i]->sep;
    const char *base = k->row[i]->base;
    uint32_t from = where == FIRST ? k->row[i]->start : sep[column - 1] + 1, to = sep[column];
    const char *p = base + from;

    if (where == LAST)
        to -= (base[to - 1] == '\r') & (to > from);
    *quoted = *p == '"';
    return (struct tr_str){p + *quoted, to - from - 2 * (size_t)*quoted};
}

INLINE void cut_where(struct tr_block *k, uint32_t column, enum where where)
{
    uint64_t quoted = 0, odd = 0;

    for (uint32_t i = 0; i < k->n; i++) {
        bool q;
        struct tr_str s = cell_of(k, i, column, where, &q);

        k->cell[i] = s;
        quoted |= bit(i, q);
        odd |= bit(i, (!q) & (((unsigned char)*s.p < '"') | ((unsigned char)s.p[s.len - (s.len > 0)] <= ' ')));
    }
    for (uint64_t rows = quoted; rows; rows &= rows - 1) {
        struct tr_str cell = k->cell[__builtin_ctzll(rows)];

        if (memchr(cell.p, '"', cell.len))
            odd |= rows & -rows;
    }
    cut_slowly(k, column, odd);
}

/* Whether the column's cells come again and again: codes, and lists of a few of them. */
INLINE bool is_known(const struct tr_row_step *step)
{
    return step->repeats || step->shape == TR_SHAPE_LIST;
}

/* Finds the column's cells. */
static void cut(struct tr_block *k, uint32_t column)
{
    switch (where_is(k, column)) {
    case FIRST:
        cut_where(k, column, FIRST);
        break;
    case BETWEEN:
        cut_where(k, column, BETWEEN);
        break;
    case LAST:
        cut_where(k, column, LAST);
        break;
    }
}

/* ---- glances: each gives back the rows whose cells it did not settle ---- */

/* Texts that the memory of a column owns may go with the next cell. */
static void keep_own(struct tr_block *k, int field, uint32_t i)
{
    struct tr_value *v = &k->v[i][field];

    if (v->text.len == 0)
        return;
    memcpy(k->own[field][i], v->text.p, v->text.len);
    v->text.p = k->own[field][i];
}

INLINE void make_short_key(const char *p, size_t len, uint64_t key[2])
{
    key[0] = tr_hash_load(p, 8) & tr_hash_keep[len][0];
    key[1] = tr_hash_load(p + 8, 8) & tr_hash_keep[len][1];
}

INLINE size_t place_of(const uint64_t key[2], uint64_t factor)
{
    return (key[0] ^ (key[1] << 7 | key[1] >> 57)) * factor >> (64 - TR_KNOWN_BITS);
}

INLINE bool is_it(const struct tr_known_cell *c, const uint64_t key[2], size_t len)
{
    return ((c->key[0] ^ key[0]) | (c->key[1] ^ key[1]) | (c->len ^ (len + 1))) == 0;
}

INLINE uint64_t codes_where(struct tr_block *k, const struct tr_row_step *step, enum where where)
{
    const struct tr_known *known = &k->known[step->field];
    uint64_t odd = 0;

    for (uint32_t i = 0; i < k->n; i++) {
        bool quoted;
        struct tr_str cell = cell_of(k, i, step->column, where, &quoted);
        const struct tr_known_cell *c;
        uint64_t key[2];

        make_short_key(cell.p, cell.len < 16 ? cell.len : 16, key);
        c = &known->cell[known->at[place_of(key, known->factor)]];
        if (!is_it(c, key, cell.len)) {
            odd |= bit(i, true);
            continue;
        }
        k->v[i][step->field] = c->value;
        k->mark[i].content += c->hash;
    }
    cut_slowly(k, step->column, odd);
    return odd;
}

static uint64_t glance_at_codes(struct tr_block *k, const struct tr_row_step *step)
{
    switch (where_is(k, step->column)) {
    case FIRST:
        return codes_where(k, step, FIRST);
    case LAST:
        return codes_where(k, step, LAST);
    default:
        return codes_where(k, step, BETWEEN);
    }
}

/* Gives each cell a place of its own; false: none of the factors tried does. */
static bool find_factor(struct tr_known *known)
{
    uint64_t factor = known->factor;

    for (int tries = 0; tries < 256; tries++) {
        bool taken[1 << TR_KNOWN_BITS] = {false}, alone = true;

        for (uint32_t i = 0; alone && i < known->n; i++) {
            bool *place = &taken[place_of(known->cell[i].key, factor)];

            alone = !*place;
            *place = true;
        }
        if (alone) {
            known->factor = factor;
            memset(known->at, 0, sizeof known->at);
            for (uint32_t i = 0; i < known->n; i++)
                known->at[place_of(known->cell[i].key, factor)] = (uint8_t)i;
            return true;
        }
        factor = tr_hash_mix(factor + 0x9E3779B97F4A7C15ULL, 0xE7037ED1A0B428DBULL) | 1;
    }
    return false;
}

/* Remembers what a bare cell means, or one that is the same within quotation marks. */
static void remember(struct tr_block *k, const struct tr_row_step *step, struct tr_str cell,
                     const struct tr_value *v, uint64_t hash)
{
    struct tr_known *known = &k->known[step->field];
    struct tr_known_cell *c = &known->cell[known->n];

    if (cell.len > 16 || v->text.len > sizeof c->own || known->n == TR_KNOWN_CELLS || known->full ||
        (cell.len > 0 && ((unsigned char)*cell.p <= '"' || (unsigned char)cell.p[cell.len - 1] <= ' ' ||
                          memchr(cell.p, '"', cell.len))))
        return;
    *c = (struct tr_known_cell){.hash = hash, .value = *v};
    make_short_key(cell.p, cell.len, c->key);
    if (is_it(&known->cell[known->at[place_of(c->key, known->factor)]], c->key, cell.len))
        return; /* it came before in this block */
    if (step->kind != TR_KIND_CODE && v->text.len > 0) {
        memcpy(c->own, v->text.p, v->text.len);
        c->value.text.p = c->own;
    }
    c->len = (uint8_t)(cell.len + 1);
    known->n++;
    if (find_factor(known))
        return;
    *c = (struct tr_known_cell){.len = 0}; /* then those before keep their places, and no more come */
    known->n--;
    known->full = true;
}

static uint64_t glance_at_dates(struct tr_block *k, const struct tr_row_step *step)
{
    uint64_t odd = 0;

    for (uint32_t i = 0; i < k->n; i++)
        odd |= bit(i, !tr_plain_date(step, k->cell[i], k->own[step->field][i],
                                     &k->v[i][step->field], &k->mark[i].content));
    return odd;
}

/* Whether text may begin or end with what is taken off it: padding, or an apostrophe. */
static bool is_dressed(unsigned char first, unsigned char last)
{
    return (first <= ' ') | (last <= ' ') | (first == '\'') | (first == 0xC2) | (first == 0xE2) |
           (first == 0xEF) | (last == 0xA0) | (last == 0xAF) | (last == 0x8B) | (last == 0xBF);
}

INLINE uint64_t texts_of(struct tr_block *k, const struct tr_import *im, const struct tr_row_step *step)
{
    uint64_t odd = 0;

    for (uint32_t i = 0; i < k->n; i++) {
        struct tr_str s = k->cell[i];
        bool some = s.len > 0;
        unsigned char first = (unsigned char)*s.p, last = (unsigned char)s.p[s.len - some];

        odd |= bit(i, some & (is_dressed(first, last) | k->row[i]->marks | tr_words_are(&im->unknown, s)));
        k->v[i][step->field] = (struct tr_value){.text = s};
        k->mark[i].content += some ? tr_hash_text(s.p, s.len, step->salt) : 0;
    }
    return odd;
}

#ifdef __x86_64__
/* The compiler has the hash in a register of eight numbers, or in two of four. */
__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,prefer-vector-width=512"))) static uint64_t
texts_wide(struct tr_block *k, const struct tr_import *im, const struct tr_row_step *step)
{
    return texts_of(k, im, step);
}

__attribute__((target("avx2"))) static uint64_t
texts_vector(struct tr_block *k, const struct tr_import *im, const struct tr_row_step *step)
{
    return texts_of(k, im, step);
}
#endif

static uint64_t glance_at_texts(struct tr_block *k, const struct tr_import *im,
                                const struct tr_row_step *step)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl"))
        return texts_wide(k, im, step);
    if (__builtin_cpu_supports("avx2"))
        return texts_vector(k, im, step);
#endif
    return texts_of(k, im, step);
}

static uint64_t glance_at_ids(struct tr_block *k, const struct tr_import *im,
                              const struct tr_row_step *step)
{
    uint64_t odd = 0;

    for (uint32_t i = 0; i < k->n; i++) {
        struct tr_str s = k->cell[i];
        unsigned char first = (unsigned char)*s.p, last = (unsigned char)s.p[s.len - (s.len > 0)];

        if (s.len == 0 || s.len > TR_ID_MAX || is_dressed(first, last) || !tr_plain_ascii(s) ||
            tr_words_may_be(&im->unknown, s) || tr_number_is_rounded(s) || tr_idnum_is_in(s)) {
            odd |= bit(i, true);
            continue;
        }
        k->v[i][step->field] = (struct tr_value){.text = s};
        k->mark[i].content += tr_hash_text(s.p, s.len, step->salt);
        k->mark[i].id = tr_seen_hash(s);
    }
    return k->binding->delivery.len > 0 ? UINT64_MAX : odd;
}

static uint64_t glance_at_persons(struct tr_block *k, const struct tr_row_step *step)
{
    uint64_t odd = 0;

    for (uint32_t i = 0; i < k->n; i++) {
        struct tr_str s = k->cell[i];
        struct tr_idnum number;

        k->v[i][TR_F_PERSON_ID] = unknown;
        if (s.len == 0)
            continue;
        if (!tr_plain_digits(s, 11) || *s.p >= '8' || tr_idnum_read(s.p, &number) != TR_OK) {
            odd |= bit(i, true);
            continue;
        }
        k->v[i][TR_F_PERSON_ID] = (struct tr_value){.text = s, .num = number.birth_year};
        k->v[i][TR_F_PERSON_ID_KIND].text =
            tr_id_kinds[number.d_number | number.synthetic << 1 | number.reform << 2];
        k->mark[i].content += tr_hash(s.p, 11, step->salt);
    }
    return odd;
}

/* Cells of a column that is mostly empty. */
static uint64_t glance_at_empty(struct tr_block *k, const struct tr_row_step *step)
{
    uint64_t odd = 0;

    for (uint32_t i = 0; i < k->n; i++) {
        odd |= bit(i, k->cell[i].len > 0);
        k->v[i][step->field] = unknown;
    }
    return odd;
}

static uint64_t glance(struct tr_block *k, const struct tr_import *im, const struct tr_row_step *step)
{
    if (is_known(step))
        return glance_at_codes(k, step);
    switch (step->kind) {
    case TR_KIND_TEXT:
        return glance_at_texts(k, im, step);
    case TR_KIND_ID:
        return glance_at_ids(k, im, step);
    case TR_KIND_IDNUM:
        return glance_at_persons(k, step);
    case TR_KIND_DATE:
        return glance_at_dates(k, step);
    default:
        return glance_at_empty(k, step);
    }
}

/* ---- what a glance did not settle ---- */

/* Keeps a text of im->digits, which the next row needs. */
static void keep_digits(struct tr_import *im, struct tr_value *v)
{
    size_t from = im->composed.len;

    if (v->text.p != im->digits)
        return;
    tr_buf_str(&im->composed, v->text);
    v->text.p = im->composed.p + from;
}

static bool is_odd_day(const struct tr_row_step *step, const struct tr_value *v)
{
    return step->kind == TR_KIND_DATE && v->num > 0 && tr_year_is_odd(v->num);
}

/* Reads a cell as cell.c does; a row with something to be said of it is left. */
static void one(struct tr_block *k, struct tr_import *im, const struct tr_row_step *step, uint32_t i)
{
    struct tr_referral *one = &k->one;
    struct tr_value *v = &k->v[i][step->field];

    one->content = one->id = 0;
    if (step->kind == TR_KIND_IDNUM)
        one->v[TR_F_PERSON_ID_KIND] = unknown;
    if (tr_cell_read(im, step, k->row[i], k->cell[i], one) != TR_OK ||
        is_odd_day(step, &one->v[step->field])) {
        k->left |= bit(i, true);
        return;
    }
    *v = one->v[step->field];
    if (is_known(step) && (v->text.len > 0 || !step->required))
        remember(k, step, k->cell[i], v, one->content);
    if (step->kind == TR_KIND_DATE || step->kind == TR_KIND_YEAR || step->kind == TR_KIND_MUNICIPALITY)
        keep_own(k, step->field, i);
    if (step->kind == TR_KIND_IDNUM) {
        keep_digits(im, v);
        k->v[i][TR_F_PERSON_ID_KIND] = one->v[TR_F_PERSON_ID_KIND];
    }
    k->mark[i].content += one->content;
    if (step->kind == TR_KIND_ID)
        k->mark[i].id = one->id;
}

/* A glance has added a hash to rows that one() is to read anew: then it is taken back. */
static void unsettle(struct tr_block *k, const struct tr_row_step *step, uint32_t i)
{
    struct tr_str s = k->cell[i];

    if (step->kind == TR_KIND_TEXT && !is_known(step) && s.len > 0)
        k->mark[i].content -= tr_hash_text(s.p, s.len, step->salt);
}

/* Leaves the rows in which a name says of the address what is to be told. */
static void leave_names(struct tr_block *k, const struct tr_import *im)
{
    bool whole;

    for (uint32_t i = 0; i < k->n; i++)
        if (tr_plain_may_name(&im->guarded, k->v[i][TR_F_NAME].text))
            k->left |= bit(i, tr_guarded_named(&im->guarded, im->profile, k->v[i][TR_F_NAME].text, &whole) >= 0);
}

static void read_column(struct tr_block *k, struct tr_import *im, const struct tr_row_step *step)
{
    const uint64_t all = k->n == 64 ? UINT64_MAX : (UINT64_C(1) << k->n) - 1;

    for (uint64_t odd = glance(k, im, step) & all & ~k->left; odd; odd &= odd - 1) {
        uint32_t i = (uint32_t)__builtin_ctzll(odd);

        unsettle(k, step, i);
        one(k, im, step, i);
    }
    if (step->field == TR_F_NAME)
        leave_names(k, im);
    for (uint32_t i = 0; step->required && i < k->n; i++)
        k->left |= bit(i, k->v[i][step->field].text.len == 0);
}

/* A column that no field claims: its cells are part of what a row says, or should not be there. */
static void read_other(struct tr_block *k, const struct tr_import *im, const struct tr_row_step *step)
{
    bool whole;

    for (uint32_t i = 0; i < k->n; i++) {
        struct tr_str s = k->cell[i];

        if (step->field == TR_COLUMN_LEFT)
            k->left |= bit(i, tr_guarded_named(&im->guarded, im->profile, tr_text_trim(s), &whole) >= 0);
        if (step->field != TR_COLUMN_EXTRA && step->field != TR_COLUMN_LEFT)
            k->left |= bit(i, tr_text_trim(s).len > 0);
        else if (s.len > 0)
            k->mark[i].content += tr_hash_text(s.p, s.len, step->salt);
    }
}

/* ---- rows ---- */

/* Takes the rows that can be looked at, and what is to be known of all their cells. */
static int take_rows(struct tr_block *k, struct tr_import *im, const struct tr_row row[], size_t n)
{
    const struct tr_binding *b = k->binding;
    size_t room = 0;

    k->n = 0;
    k->left = 0;
    im->composed.len = 0;
    for (size_t i = 0; i < n; i++) {
        if (row[i].bad || tr_row_aside(&row[i], &im->total, b->delimiter, (uint32_t)b->id_column,
                                       b->header, b->n_columns))
            continue;
        room += tr_cells_room(&row[i]) + b->delivery.len + 1;
        k->v[k->n][TR_F_PERSON_ID_KIND] = k->v[k->n][TR_F_BIRTH_YEAR] = unknown;
        k->mark[k->n] = (struct tr_mark){0};
        k->row[k->n++] = &row[i];
    }
    return tr_buf_room(&im->composed, room);
}

static void turn_to(struct tr_block *k, const struct tr_binding *b)
{
    if (k->binding == b)
        return;
    k->binding = k->one.binding = b;
    for (uint32_t i = 0; i < TR_PREPARE_ROWS; i++)
        for (int f = 0; f < TR_N_FIELDS; f++)
            k->v[i][f] = unknown;
}

/* Takes the year of birth from the number, and leaves the rows of which something is to be said. */
static void settle_births(struct tr_block *k, const struct tr_import *im, uint64_t wanted)
{
    if (!(wanted >> TR_F_BIRTH_YEAR & 1))
        return;
    for (uint32_t i = 0; i < k->n; i++) {
        struct tr_value *v = k->v[i];

        if (tr_birth_told(v, k->own[TR_F_BIRTH_YEAR][i]))
            k->mark[i].content += tr_hash(v[TR_F_BIRTH_YEAR].text.p, 4, im->salt[TR_F_BIRTH_YEAR]);
        k->left |= bit(i, tr_birth_contradicts(v) ||
                              (wanted >> TR_F_RECEIVED & 1 && tr_birth_is_odd(v)));
    }
}

/* Leaves the rows in which consent is said in two ways. */
static void leave_consents(struct tr_block *k)
{
    for (uint32_t i = 0; i < k->n; i++)
        k->left |= bit(i, tr_consent_may_differ(k->binding, k->v[i]));
}

uint64_t tr_block_read(struct tr_block *k, struct tr_import *im, const struct tr_binding *b,
                       const struct tr_row row[], size_t n, uint64_t wanted)
{
    turn_to(k, b);
    tr_cells_start(im, b, wanted);
    if (take_rows(k, im, row, n) < 0 || k->n == 0)
        return 0;
    for (const struct tr_row_step *step = b->plan->step; step < b->plan->step + b->plan->n; step++) {
        if (!is_known(step))
            cut(k, step->column);
        if (step->field >= 0)
            read_column(k, im, step);
        else
            read_other(k, im, step);
    }
    settle_births(k, im, wanted);
    if (wanted >> TR_F_CONSENT & wanted >> TR_F_CONSENT_KIND & 1)
        leave_consents(k);
    if (im->composed.failed)
        return 0;
    return ~k->left & (k->n == 64 ? UINT64_MAX : (UINT64_C(1) << k->n) - 1);
}
