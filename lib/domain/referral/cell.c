#include "base/hash.h"
#include "base/idnum.h"
#include "base/text.h"
#include "domain/referral/import_own.h"

enum { MEMO_WAYS = 2, MEMO_LEN = 32 };

static const struct tr_value unknown = {.num = -1};

static const struct tr_str id_kinds[8] = {
    {"fnr", 3},      {"dnr", 3},      {"fnr_syntetisk", 13},      {"dnr_syntetisk", 13},
    {"fnr_2032", 8}, {"dnr_2032", 8}, {"fnr_syntetisk_2032", 18}, {"dnr_syntetisk_2032", 18},
};

/* Without padding; a glance at the ends settles nearly every cell. */
static struct tr_str trim(struct tr_str s)
{
    unsigned char first, last;

    if (s.len == 0)
        return s;
    first = (unsigned char)s.p[0];
    last = (unsigned char)s.p[s.len - 1];
    if (first > ' ' && last > ' ' && first != 0xC2 && first != 0xE2 && last != 0xA0 && last != 0xAF)
        return s;
    return tr_text_trim(s);
}

static struct tr_str compose(struct tr_import *im, const struct tr_row *row, struct tr_str s)
{
    size_t from = im->composed.len;

    if (!row->marks)
        return s;
    /* Room for the whole row at once: earlier cells of the row must not move. */
    if (from == 0 && tr_buf_room(&im->composed, 3 * row->raw.len + 64) < 0)
        return s;
    tr_text_compose(s, &im->composed);
    return (struct tr_str){im->composed.p + from, im->composed.len - from};
}

/* Cuts off a time of day, hh:mm or hh:mm:ss, that a spreadsheet has added to a date. */
static struct tr_str without_time(struct tr_str s)
{
    size_t at = s.len > TR_DATE_LEN ? s.len - 1 : 0;

    while (at > 0 && ((s.p[at] >= '0' && s.p[at] <= '9') || s.p[at] == ':'))
        at--;
    if (at > 0 && (s.p[at] == ' ' || s.p[at] == 'T') && (s.len - at == 6 || s.len - at == 9) &&
        s.p[at + 3] == ':')
        s.len = at;
    return s;
}

static enum tr_code read_date(struct tr_str cell, char own[TR_DATE_LEN], struct tr_memo *memo)
{
    struct tr_str s = without_time(trim(cell));
    struct tr_date date;

    memo->text = (struct tr_str){0};
    memo->num = -1;
    if (s.len == 0)
        return TR_OK;
    if (!tr_date_parse(s, &date))
        return TR_E_DATE;
    tr_date_iso(date, own);
    memo->text = (struct tr_str){own, TR_DATE_LEN};
    memo->num = 0;
    return TR_OK;
}

static enum tr_code read_year(struct tr_str cell, char own[TR_DATE_LEN], struct tr_memo *memo)
{
    struct tr_str s = trim(cell);
    int year = 0;

    memo->text = (struct tr_str){0};
    memo->num = -1;
    if (s.len == 0)
        return TR_OK;
    if (s.len != 4)
        return TR_E_YEAR;
    for (size_t i = 0; i < 4; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return TR_E_YEAR;
        year = year * 10 + (s.p[i] - '0');
    }
    if (year < 1850 || year > 2100)
        return TR_E_YEAR;
    memcpy(own, s.p, 4);
    memo->text = (struct tr_str){own, 4};
    memo->num = year;
    return TR_OK;
}

static enum tr_code read_code(const struct tr_import *im, const struct tr_list *list,
                              struct tr_str cell, struct tr_memo *memo)
{
    int code = tr_list_find(list, cell);

    memo->num = code;
    memo->text = code < 0 ? (struct tr_str){0} : list->entry[code].code;
    if (code >= 0 || trim(cell).len == 0)
        return TR_OK;
    return im->unknown && tr_list_find(im->unknown, cell) >= 0 ? TR_OK : TR_E_CODE;
}

/* The bytes of a cell of at most MEMO_LEN bytes as numbers. Up to 16 there is no branch on the
 * length, which in columns of codes is as good as random. Reads MEMO_LEN bytes from the cell's
 * start. */
static inline void make_key(struct tr_str cell, uint64_t key[4])
{
    size_t n = cell.len < 16 ? cell.len : 16;

    key[0] = tr_hash_load(cell.p, 8) & tr_hash_keep[n][0];
    key[1] = tr_hash_load(cell.p + 8, 8) & tr_hash_keep[n][1];
    if (cell.len > 16) {
        key[2] = tr_hash_load(cell.p + 16, 8) & tr_hash_keep[cell.len - 16][0];
        key[3] = tr_hash_load(cell.p + 24, 8) & tr_hash_keep[cell.len - 16][1];
    }
}

static inline bool is_memo_of(const struct tr_memo *m, const uint64_t key[4], size_t len)
{
    return m->used == len + 1 && m->key[0] == key[0] && m->key[1] == key[1] &&
           (len <= 16 || (m->key[2] == key[2] && m->key[3] == key[3]));
}

/* Where the cell is remembered, or is to be: the same short run of places each time, the first of
 * them that is free or, when none is, the one that the key picks. */
static inline struct tr_memo *find_memo(struct tr_memo table[TR_MEMOS], const uint64_t key[4],
                                        size_t len)
{
    uint64_t hash = (key[0] + len + key[1] * 0xE7037ED1A0B428DBULL) * 0x9E3779B97F4A7C15ULL;
    struct tr_memo *run = &table[hash >> 56 << 1]; /* 256 runs of MEMO_WAYS */

    if (is_memo_of(run, key, len))
        return run;
    for (int i = 0; i < MEMO_WAYS; i++)
        if (is_memo_of(&run[i], key, len) || run[i].used == 0)
            return &run[i];
    run += hash >> 40 & (MEMO_WAYS - 1);
    run->used = 0;
    return run;
}

/* Finds out what a cell means and remembers it. */
static enum tr_code read_afresh(const struct tr_import *im, const struct tr_row_step *step,
                                struct tr_str cell, struct tr_memo *memo)
{
    struct tr_memory *m = step->memory;
    char *own = m->own[memo >= m->table && memo < m->table + TR_MEMOS ? memo - m->table : TR_MEMOS];
    enum tr_code code = step->kind == TR_KIND_DATE   ? read_date(cell, own, memo)
                        : step->kind == TR_KIND_YEAR ? read_year(cell, own, memo)
                                                     : read_code(im, step->list, cell, memo);

    if (code)
        return code;
    memo->hash = step->kind == TR_KIND_CODE ? (uint64_t)(memo->num + 1) * step->salt
                 : memo->text.len > 0       ? tr_hash(memo->text.p, memo->text.len, step->salt)
                                            : 0;
    memo->used = (uint32_t)cell.len + 1;
    return TR_OK;
}

/* Reads a cell of a kind that repeats itself. */
static inline enum tr_code read_memo(const struct tr_import *im, const struct tr_row_step *step,
                                     struct tr_str cell, struct tr_referral *out)
{
    struct tr_memory *m = step->memory;
    struct tr_memo *memo;
    uint64_t key[4];

    if (cell.len <= MEMO_LEN) {
        make_key(cell, key);
        memo = find_memo(m->table, key, cell.len);
    } else {
        memo = &m->last;
        memo->used = 0;
    }
    if (memo->used == 0) {
        enum tr_code code = read_afresh(im, step, cell, memo);

        if (code) {
            memo->used = 0;
            return code;
        }
        if (cell.len <= MEMO_LEN)
            memcpy(memo->key, key, sizeof key);
    }
    out->v[step->field].text = memo->text;
    out->v[step->field].num = memo->num;
    out->content += memo->hash;
    return TR_OK;
}

static bool is_pseudonym(struct tr_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];

        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
              c == '-' || c == '_'))
            return false;
    }
    return s.len > 0 && s.len <= TR_ID_MAX;
}

/* Whether s is written as a number: digits, and between them spaces, no-break spaces, points and
 * hyphens. The digits go to im->digits, at most one more than belong there; *n counts them all. */
static bool is_number(struct tr_import *im, struct tr_str s, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];

        if (c >= '0' && c <= '9') {
            if (*n < sizeof im->digits)
                im->digits[*n] = c;
            ++*n;
        } else if (c == '\xC2' && i + 1 < s.len && s.p[i + 1] == '\xA0') {
            i++;
        } else if (c != ' ' && c != '-' && c != '.') {
            return false;
        }
    }
    return *n > 0;
}

/* An identity number or a pseudonym. */
static enum tr_code read_idnum(struct tr_import *im, struct tr_str cell, struct tr_referral *out)
{
    struct tr_str s = trim(cell);
    struct tr_value *id = &out->v[TR_F_PERSON_ID];
    struct tr_idnum number = {0};
    enum tr_code code;
    size_t n;

    *id = unknown;
    if (s.len == 0)
        return TR_OK;
    if (is_number(im, s, &n)) {
        if (n != 11)
            return n == 10 ? TR_E_IDNUM_ZERO : TR_E_IDNUM_LENGTH;
        s = (struct tr_str){im->digits, n};
        code = tr_idnum_parse(s, &number);
        if (code)
            return code;
        out->v[TR_F_PERSON_ID_KIND].text =
            id_kinds[number.d_number | number.synthetic << 1 | number.reform << 2];
    } else if (is_pseudonym(s)) {
        out->v[TR_F_PERSON_ID_KIND].text = TR_STR("pseudonym");
    } else {
        return TR_E_PSEUDONYM;
    }
    *id = (struct tr_value){.text = s, .num = number.birth_year};
    out->content += tr_hash(s.p, s.len, im->salt[TR_F_PERSON_ID]);
    return TR_OK;
}

static enum tr_code read_text(struct tr_import *im, const struct tr_row_step *step,
                              const struct tr_row *row, struct tr_str cell, struct tr_referral *out)
{
    struct tr_value *v = &out->v[step->field];

    v->text = compose(im, row, trim(cell));
    v->num = 0;
    if (v->text.len > 0)
        out->content += tr_hash_near(v->text.p, v->text.len, step->salt);
    if (step->kind == TR_KIND_TEXT)
        return TR_OK;
    out->id = tr_seen_hash(v->text);
    if (im->seen)
        tr_seen_expect(im->seen, out->id);
    return v->text.len <= TR_ID_MAX ? TR_OK : TR_E_ID_SIZE;
}

static inline enum tr_code read_cell(struct tr_import *im, const struct tr_row_step *step,
                                     const struct tr_row *row, struct tr_str cell,
                                     struct tr_referral *out)
{
    enum tr_code code;

    switch (step->kind) {
    case TR_KIND_TEXT:
    case TR_KIND_ID:
        code = read_text(im, step, row, cell, out);
        break;
    case TR_KIND_IDNUM:
        code = read_idnum(im, cell, out);
        break;
    default:
        code = read_memo(im, step, cell, out);
        break;
    }
    if (code)
        out->v[step->field] = unknown;
    else if (step->required && out->v[step->field].text.len == 0)
        code = TR_E_VALUE_MISSING;
    return code;
}

/* Whether a row's reading looks at the column at all. The kind of the person's number is derived
 * anew from the number. */
static bool is_read(const struct tr_binding *b, uint32_t column, uint64_t wanted)
{
    int field = b->field[column];

    return field >= 0 ? wanted >> field & 1 && field != TR_F_PERSON_ID_KIND
                      : field != TR_COLUMN_SKIP;
}

static void make_plan(const struct tr_import *im, const struct tr_binding *b, uint64_t wanted)
{
    b->plan->wanted = wanted;
    b->plan->n = 0;
    for (uint32_t c = 0; c < b->n_columns; c++) {
        struct tr_row_step *step = &b->plan->step[b->plan->n];
        int field = b->field[c];

        if (!is_read(b, c, wanted))
            continue;
        b->plan->n++;
        *step = (struct tr_row_step){.column = c, .field = field, .salt = (uint64_t)b->extra[c]};
        if (field < 0)
            continue;
        step->kind = tr_fields[field].kind;
        step->required = tr_fields[field].required;
        step->salt = im->salt[field];
        step->memory = &im->memory[field];
        step->list = im->profile->of_field[field];
    }
}

void tr_cells_read(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                   uint64_t wanted, struct tr_referral *out)
{
    const struct tr_row_step *step = b->plan->step;

    if (b->plan->wanted != wanted)
        make_plan(im, b, wanted);
    for (; step < b->plan->step + b->plan->n; step++) {
        struct tr_str cell = tr_row_cell(row, step->column);
        enum tr_code code;

        if (step->field >= 0) {
            code = read_cell(im, step, row, cell, out);
            if (code)
                tr_fault_cell(im, b, row, step->column, code, cell, out);
        } else if (step->field == TR_COLUMN_EXTRA) {
            if (cell.len > 0)
                out->content += tr_hash(cell.p, cell.len, step->salt);
        } else if (tr_text_trim(cell).len > 0) {
            tr_fault_add(b, row, (int)step->column,
                         step->field == TR_COLUMN_REST ? TR_E_ROW_LONG : TR_E_CELL_UNNAMED, out);
        }
    }
}
