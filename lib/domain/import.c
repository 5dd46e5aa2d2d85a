#include "domain/import.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/hash.h"
#include "base/idnum.h"
#include "base/text.h"
#include "record/seen.h"

enum { ID_MAX = 64, MEMOS = 128, MEMO_WAYS = 4, MEMO_LEN = 32 };

/* A short cell of a coded or dated field and what it turned out to mean: exports repeat themselves. */
struct memo {
    uint64_t key[4]; /* the cell's bytes, then zeros */
    uint32_t used;   /* its length, plus one; 0: free */
    int num;
    struct tr_str text;
    uint64_t hash; /* what the value adds to the hash of its row */
};

/* A field's memos, and a place for the cell in hand when it is too long to be remembered. */
struct memory {
    struct memo table[MEMOS];
    struct memo last;
    char own[MEMOS + 1][TR_DATE_LEN]; /* texts that no list holds, for table and last */
};

/* How to read a column; all that the innermost loop needs, in one place. */
struct tr_step {
    int field; /* enum tr_field, or TR_COLUMN_* */
    enum tr_field_kind kind;
    bool required;
    uint64_t salt; /* for the hash of its values */
    struct memory *memory;
    const struct tr_list *list;
};

struct tr_import {
    const struct tr_profile *profile;
    const struct tr_list *unknown; /* words that mean: not known */
    struct memory *memory;         /* of each field */
    const char *folder;
    struct tr_seen *seen; /* made when the first referral is to be remembered */
    const char **sources; /* names of the inputs bound */
    uint32_t n_sources;
    struct tr_str *extra; /* names of the extra columns */
    size_t n_extras;
    struct tr_buf composed; /* text of the row in hand that had to be composed */
    char digits[12], year[4];
    uint64_t salt[TR_N_FIELDS]; /* of each field, for hashing codes */
};

static const struct tr_value unknown = {.num = -1};

static const struct tr_str id_kinds[8] = {
    {"fnr", 3},           {"dnr", 3},           {"fnr_syntetisk", 13},      {"dnr_syntetisk", 13},
    {"fnr_2032", 8},      {"dnr_2032", 8},      {"fnr_syntetisk_2032", 18}, {"dnr_syntetisk_2032", 18},
};

struct tr_import *tr_import_new(const struct tr_profile *p, const char *folder)
{
    struct tr_import *im = calloc(1, sizeof *im);

    if (!im)
        return NULL;
    im->profile = p;
    im->unknown = tr_profile_list(p, "unknown");
    for (int f = 0; f < TR_N_FIELDS; f++)
        im->salt[f] = tr_hash((const char *)&f, sizeof f, 0) | 1;
    im->memory = calloc(TR_N_FIELDS, sizeof *im->memory);
    im->folder = folder;
    if (im->memory)
        return im;
    tr_import_free(im);
    return NULL;
}

void tr_import_free(struct tr_import *im)
{
    if (!im)
        return;
    for (size_t i = 0; i < im->n_extras; i++)
        free((void *)(uintptr_t)im->extra[i].p);
    free(im->extra);
    free(im->sources);
    free(im->memory);
    tr_seen_free(im->seen);
    tr_buf_clear(&im->composed);
    free(im);
}

/* ---- headers ---- */

void tr_binding_clear(struct tr_binding *b)
{
    free(b->field);
    free(b->extra);
    free(b->extra_column);
    free(b->step);
    *b = (struct tr_binding){0};
}

/* What a column is that no field claims; referral-import itself adds some to rejected rows. */
static int other_column(struct tr_str name)
{
    if (tr_str_is(name, "reject_rest"))
        return TR_COLUMN_REST;
    if (name.len == 0)
        return TR_COLUMN_UNNAMED;
    if (tr_str_is(name, "reject_source") || tr_str_is(name, "reject_line") ||
        tr_str_is(name, "reject_reason"))
        return TR_COLUMN_SKIP;
    return TR_COLUMN_EXTRA;
}

/* The number of the extra column called name, added when it is new; -1 when memory is out. */
static int extra_named(struct tr_import *im, struct tr_str name)
{
    struct tr_str *extra;
    char *own;

    for (size_t i = 0; i < im->n_extras; i++)
        if (tr_str_eq(im->extra[i], name))
            return (int)i;
    extra = realloc(im->extra, (im->n_extras + 1) * sizeof *extra);
    if (extra)
        im->extra = extra;
    own = malloc(name.len + 1);
    if (!extra || !own) {
        free(own);
        return -1;
    }
    memcpy(own, name.p, name.len);
    im->extra[im->n_extras] = (struct tr_str){own, name.len};
    return (int)im->n_extras++;
}

static int column_double(const struct tr_binding *b, int a, uint32_t c, const char *field,
                         struct tr_err *err)
{
    char name[2][64];

    tr_err_copy(name[0], sizeof name[0], b->header[a]);
    tr_err_copy(name[1], sizeof name[1], b->header[c]);
    tr_err_set(err, TR_E_COLUMN_DOUBLE, name[0], name[1], NULL);
    err->source = b->source;
    err->line = 1;
    tr_err_field(err, tr_str(field));
    return -1;
}

/* The header nearest to any spelling of a field, among the columns that mean nothing else. */
static struct tr_str nearest_header(const struct tr_import *im, const struct tr_binding *b, int field)
{
    const struct tr_table *t = &im->profile->table[TR_T_FIELDS];
    int name = tr_table_column(t, "field"), aliases = tr_table_column(t, "aliases");
    struct tr_near best = {0};

    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_str rest = tr_table_cell(t, r, aliases), part;

        if (!tr_str_is(tr_table_cell(t, r, name), tr_fields[field].name))
            continue;
        while (tr_str_part(&rest, '|', &part)) {
            struct tr_near near = {.wanted = part};

            for (uint32_t c = 0; c < b->n_columns; c++)
                if (b->field[c] < 0 && b->header[c].len > 0)
                    tr_near_offer(&near, b->header[c]);
            if (near.best.p && (!best.best.p || near.distance < best.distance))
                best = near;
        }
    }
    return best.best;
}

static int check_required(const struct tr_import *im, const struct tr_binding *b, struct tr_err *err)
{
    for (int f = 0; f < TR_N_FIELDS; f++) {
        bool there = !tr_fields[f].required;
        char near[128];

        for (uint32_t c = 0; c < b->n_columns && !there; c++)
            there = b->field[c] == f;
        if (there)
            continue;
        tr_err_copy(near, sizeof near, nearest_header(im, b, f));
        tr_err_set(err, TR_E_COLUMN_MISSING, near, NULL, NULL);
        err->source = b->source;
        err->line = 1;
        tr_err_field(err, tr_str(tr_fields[f].name));
        return -1;
    }
    return 0;
}

/* The extra column for column c; when the header has the name before, "name (2)" and so on. */
static int extra_column(struct tr_import *im, const struct tr_binding *b, uint32_t c)
{
    struct tr_buf name = {0};
    int extra = extra_named(im, b->header[c]), again = 1;

    for (uint32_t i = 0; i < c && extra >= 0; i++) {
        if (b->extra[i] != extra)
            continue;
        name.len = 0;
        tr_buf_str(&name, b->header[c]);
        tr_buf_text(&name, " (");
        tr_buf_num(&name, ++again);
        tr_buf_char(&name, ')');
        extra = name.failed ? -1 : extra_named(im, tr_buf_slice(&name));
        i = UINT32_MAX; /* from the start: that name may be taken as well */
    }
    tr_buf_clear(&name);
    return extra;
}

/* The field of a header: by any spelling for a referral's own, by its exact name for those that
 * grouping adds. -1: none of the wanted. */
static int field_of_header(const struct tr_import *im, struct tr_str header, uint64_t wanted)
{
    int field = tr_field_find(header);

    if (field < 0) {
        field = tr_profile_header(im->profile, header);
        if (field >= TR_N_REFERRAL_FIELDS)
            field = -1;
    }
    return field >= 0 && wanted >> field & 1 ? field : -1;
}

static int bind_columns(struct tr_import *im, struct tr_binding *b, uint64_t wanted, struct tr_err *err)
{
    int column_of[TR_N_FIELDS];

    memset(column_of, -1, sizeof column_of);
    for (uint32_t c = 0; c < b->n_columns; c++) {
        int field = field_of_header(im, b->header[c], wanted);

        b->field[c] = field >= 0 ? field : other_column(b->header[c]);
        b->extra[c] = -1;
        if (field >= 0 && column_of[field] >= 0)
            return column_double(b, column_of[field], c, tr_fields[field].name, err);
        if (field >= 0)
            column_of[field] = (int)c;
        if (b->field[c] == TR_COLUMN_EXTRA && (b->extra[c] = extra_column(im, b, c)) < 0)
            return tr_err_set(err, TR_E_MEMORY, NULL, NULL, NULL);
    }
    return check_required(im, b, err);
}

static void make_step(struct tr_import *im, const struct tr_binding *b, uint32_t column)
{
    struct tr_step *step = &b->step[column];
    int field = b->field[column];

    *step = (struct tr_step){.field = field, .salt = field < 0 ? (uint64_t)b->extra[column] : im->salt[field]};
    if (field == TR_F_PERSON_ID_KIND)
        step->field = TR_COLUMN_SKIP; /* derived anew from the number */
    if (field < 0)
        return;
    step->kind = tr_fields[field].kind;
    step->required = tr_fields[field].required;
    step->memory = &im->memory[field];
    step->list = im->profile->of_field[field];
}

int tr_import_bind(struct tr_import *im, struct tr_binding *b, const struct tr_reader *reader,
                   uint64_t wanted, struct tr_err *err)
{
    const struct tr_dialect *dialect = tr_reader_dialect(reader);
    const char **sources = realloc(im->sources, (im->n_sources + 1) * sizeof *sources);

    *b = (struct tr_binding){.source = tr_reader_name(reader), .number = im->n_sources};
    b->delimiter = dialect->format == TR_FORMAT_JSONL ? '\0' : dialect->delimiter;
    b->header = tr_reader_header(reader, &b->n_columns);
    b->field = calloc(b->n_columns, sizeof *b->field);
    b->extra = calloc(b->n_columns, sizeof *b->extra);
    b->step = calloc(b->n_columns, sizeof *b->step);
    if (sources)
        im->sources = sources;
    if (!sources || !b->field || !b->extra || !b->step)
        return tr_err_set(err, TR_E_MEMORY, NULL, NULL, NULL);
    im->sources[im->n_sources++] = b->source;
    if (bind_columns(im, b, wanted, err) < 0)
        return -1;
    b->n_extras = im->n_extras;
    b->extra_column = calloc(b->n_extras + 1, sizeof *b->extra_column);
    if (!b->extra_column)
        return tr_err_set(err, TR_E_MEMORY, NULL, NULL, NULL);
    memset(b->extra_column, -1, b->n_extras * sizeof *b->extra_column);
    for (uint32_t c = 0; c < b->n_columns; c++) {
        make_step(im, b, c);
        if (b->extra[c] >= 0)
            b->extra_column[b->extra[c]] = (int)c;
    }
    return 0;
}

size_t tr_import_extras(const struct tr_import *im, const struct tr_str **names)
{
    *names = im->extra;
    return im->n_extras;
}

/* ---- cells ---- */

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

static enum tr_code read_date(struct tr_str cell, char own[TR_DATE_LEN], struct memo *memo)
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

static enum tr_code read_year(struct tr_str cell, char own[TR_DATE_LEN], struct memo *memo)
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
                              struct tr_str cell, struct memo *memo)
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
    static const uint64_t keep[17][2] = {
        {0, 0},
        {0xFF, 0},
        {0xFFFF, 0},
        {0xFFFFFF, 0},
        {0xFFFFFFFF, 0},
        {0xFFFFFFFFFF, 0},
        {0xFFFFFFFFFFFF, 0},
        {0xFFFFFFFFFFFFFF, 0},
        {UINT64_MAX, 0},
        {UINT64_MAX, 0xFF},
        {UINT64_MAX, 0xFFFF},
        {UINT64_MAX, 0xFFFFFF},
        {UINT64_MAX, 0xFFFFFFFF},
        {UINT64_MAX, 0xFFFFFFFFFF},
        {UINT64_MAX, 0xFFFFFFFFFFFF},
        {UINT64_MAX, 0xFFFFFFFFFFFFFF},
        {UINT64_MAX, UINT64_MAX},
    };
    size_t n = cell.len < 16 ? cell.len : 16;

    key[0] = tr_hash_load(cell.p, 8) & keep[n][0];
    key[1] = tr_hash_load(cell.p + 8, 8) & keep[n][1];
    if (cell.len > 16) {
        key[2] = tr_hash_load(cell.p + 16, 8) & keep[cell.len - 16][0];
        key[3] = tr_hash_load(cell.p + 24, 8) & keep[cell.len - 16][1];
    }
}

static inline bool is_memo_of(const struct memo *m, const uint64_t key[4], size_t len)
{
    return m->used == len + 1 && m->key[0] == key[0] && m->key[1] == key[1] &&
           (len <= 16 || (m->key[2] == key[2] && m->key[3] == key[3]));
}

/* Where the cell is remembered, or is to be: the same short run of places each time, the first of
 * them that is free or, when none is, the one that the key picks. */
static inline struct memo *find_memo(struct memo table[MEMOS], const uint64_t key[4], size_t len)
{
    uint64_t hash = (key[0] + len + key[1] * 0xE7037ED1A0B428DBULL) * 0x9E3779B97F4A7C15ULL;
    struct memo *run = &table[hash >> 59 << 2]; /* 32 runs of MEMO_WAYS */

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
static enum tr_code read_afresh(const struct tr_import *im, const struct tr_step *step,
                                struct tr_str cell, struct memo *memo)
{
    struct memory *m = step->memory;
    char *own = m->own[memo >= m->table && memo < m->table + MEMOS ? memo - m->table : MEMOS];
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
static inline enum tr_code read_memo(const struct tr_import *im, const struct tr_step *step,
                                     struct tr_str cell, struct tr_referral *out)
{
    struct memory *m = step->memory;
    struct memo *memo;
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

        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
              c == '_'))
            return false;
    }
    return s.len > 0 && s.len <= ID_MAX;
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

static enum tr_code read_text(struct tr_import *im, const struct tr_step *step,
                              const struct tr_row *row, struct tr_str cell, struct tr_referral *out)
{
    struct tr_value *v = &out->v[step->field];

    v->text = compose(im, row, trim(cell));
    v->num = 0;
    if (v->text.len > 0)
        out->content += tr_hash(v->text.p, v->text.len, step->salt);
    if (step->kind == TR_KIND_TEXT)
        return TR_OK;
    out->id = tr_seen_hash(v->text);
    if (im->seen)
        tr_seen_expect(im->seen, out->id);
    return v->text.len <= ID_MAX ? TR_OK : TR_E_ID_SIZE;
}

static inline enum tr_code read_cell(struct tr_import *im, const struct tr_step *step,
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

/* ---- faults ---- */

static struct tr_err *add_fault(const struct tr_binding *b, const struct tr_row *row, int column,
                                enum tr_code code, struct tr_referral *out)
{
    struct tr_err *err = &out->fault[out->n_faults < TR_FAULTS_MAX - 1 ? out->n_faults++
                                                                       : TR_FAULTS_MAX - 1];

    tr_err_set(err, code, NULL, NULL, NULL);
    err->source = b->source;
    err->line = row->line;
    if (column >= 0 && b->delimiter)
        tr_row_place(row, (uint32_t)column, b->delimiter, &err->line, &err->col);
    return err;
}

static void cell_fault(const struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                       uint32_t column, enum tr_code code, struct tr_str cell, struct tr_referral *out)
{
    int field = b->field[column];
    struct tr_err *err = add_fault(b, row, (int)column, code, out), text;

    if (code == TR_E_CODE)
        tr_list_fault(im->profile->of_field[field], tr_text_trim(cell), &text);
    else if (code == TR_E_ID_SIZE)
        tr_err_num(&text, code, ID_MAX);
    else if (code == TR_E_IDNUM_LENGTH) {
        unsigned long long digits = 0;

        for (size_t i = 0; i < cell.len; i++)
            digits += cell.p[i] >= '0' && cell.p[i] <= '9';
        tr_err_num(&text, code, digits);
    } else
        tr_err_set(&text, code, NULL, NULL, NULL);
    err->code = text.code;
    memcpy(err->arg, text.arg, sizeof err->arg);
    tr_err_field(err, tr_str(tr_fields[field].name));
    tr_err_value(err, tr_text_trim(cell));
}

/* ---- rows ---- */

static bool is_blank(const struct tr_row *row)
{
    for (uint32_t c = 0; c < row->n; c++)
        if (tr_text_trim(tr_row_cell(row, c)).len > 0)
            return false;
    return true;
}

/* The year of birth that the identity number tells, held against the one given. */
static void settle_birth_year(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                              struct tr_referral *out)
{
    struct tr_value *year = &out->v[TR_F_BIRTH_YEAR];
    int told = out->v[TR_F_PERSON_ID].num;

    if (told <= 0)
        return;
    if (year->text.len == 0) {
        for (int i = 3, rest = told; i >= 0; i--, rest /= 10)
            im->year[i] = (char)('0' + rest % 10);
        *year = (struct tr_value){.text = {im->year, 4}, .num = told};
        out->content += tr_hash(im->year, 4, im->salt[TR_F_BIRTH_YEAR]);
        return;
    }
    for (uint32_t c = 0; c < b->n_columns && year->num != told; c++)
        if (b->field[c] == TR_F_BIRTH_YEAR)
            cell_fault(im, b, row, c, TR_E_BIRTH_YEAR, tr_row_cell(row, c), out);
}

/* Empties what the columns of b will not set anew. */
static void forget(const struct tr_binding *b, struct tr_referral *out)
{
    out->v[TR_F_PERSON_ID_KIND] = out->v[TR_F_BIRTH_YEAR] = unknown;
    if (out->binding == b)
        return;
    out->binding = b;
    for (int f = 0; f < TR_N_FIELDS; f++)
        out->v[f] = unknown;
}

int tr_import_fields(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                     uint64_t wanted, struct tr_referral *out)
{
    out->n_faults = 0;
    out->content = 0;
    im->composed.len = 0;
    if (row->bad) {
        out->fault[out->n_faults++] = row->fault;
        return TR_IMPORT_REJECTED;
    }
    if (tr_row_cell(row, 0).len == 0 && is_blank(row))
        return TR_IMPORT_BLANK;
    forget(b, out);
    for (uint32_t c = 0, from = row->start; c < b->n_columns; from = row->sep[c++] + 1) {
        const struct tr_step *step = &b->step[c];
        enum tr_code code;
        struct tr_str cell;

        if (step->field >= 0 ? !(wanted >> step->field & 1) : step->field == TR_COLUMN_SKIP)
            continue;
        cell = tr_row_slice(row, c, from);
        if (step->field >= 0) {
            code = read_cell(im, step, row, cell, out);
            if (code)
                cell_fault(im, b, row, c, code, cell, out);
        } else if (step->field == TR_COLUMN_EXTRA) {
            if (cell.len > 0)
                out->content += tr_hash(cell.p, cell.len, step->salt);
        } else if (tr_text_trim(cell).len > 0) {
            add_fault(b, row, (int)c, step->field == TR_COLUMN_REST ? TR_E_ROW_LONG : TR_E_CELL_UNNAMED, out);
        }
    }
    if (wanted >> TR_F_BIRTH_YEAR & 1)
        settle_birth_year(im, b, row, out);
    return out->n_faults ? TR_IMPORT_REJECTED : TR_IMPORT_GOOD;
}

/* As tr_seen_add, for the row in hand. */
static int remember(struct tr_import *im, struct tr_mark mark, struct tr_sighting *sight,
                    struct tr_err *err)
{
    if (!im->seen && !(im->seen = tr_seen_new(im->folder)))
        return tr_err_set(err, TR_E_MEMORY, NULL, NULL, NULL);
    return tr_seen_add(im->seen, mark.id, sight, err);
}

struct tr_mark tr_import_mark(const struct tr_referral *referral)
{
    return (struct tr_mark){referral->id, referral->content};
}

int tr_import_first(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                    struct tr_mark mark, struct tr_err *err)
{
    struct tr_sighting sight = {mark.content, b->number, (uint32_t)row->line};
    int rc = remember(im, mark, &sight, err);

    return rc < 0 ? -1 : !rc;
}

int tr_import_row(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                  uint64_t wanted, struct tr_referral *out, struct tr_err *err)
{
    struct tr_sighting sight;
    struct tr_err *fault;
    char line[24];
    int rc = tr_import_fields(im, b, row, wanted, out);

    if (im->composed.failed)
        return tr_err_set(err, TR_E_MEMORY, NULL, NULL, NULL);
    if (rc != TR_IMPORT_GOOD)
        return rc;
    sight = (struct tr_sighting){out->content, b->number, (uint32_t)row->line};
    rc = remember(im, tr_import_mark(out), &sight, err);
    if (rc <= 0)
        return rc < 0 ? -1 : TR_IMPORT_GOOD;
    if (sight.content == out->content)
        return TR_IMPORT_TWICE;
    for (uint32_t c = 0; c < b->n_columns; c++)
        if (b->field[c] == TR_F_REFERRAL_ID) {
            snprintf(line, sizeof line, "%u", sight.line);
            fault = add_fault(b, row, (int)c, TR_E_ID_TWICE, out);
            tr_err_copy(fault->arg[0], sizeof fault->arg[0], tr_str(im->sources[sight.source]));
            tr_err_copy(fault->arg[1], sizeof fault->arg[1], tr_str(line));
            tr_err_field(fault, TR_STR("referral_id"));
            tr_err_value(fault, out->v[TR_F_REFERRAL_ID].text);
        }
    return TR_IMPORT_REJECTED;
}
