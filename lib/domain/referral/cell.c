#include <stdio.h>

#include "base/hash.h"
#include "base/idnum.h"
#include "base/number.h"
#include "base/text.h"
#include "domain/profile/values.h"
#include "domain/referral/age.h"
#include "domain/referral/import_own.h"
#include "domain/referral/plain_own.h"

static const struct tr_value unknown = {.num = -1};

/* Without padding; a glance at the ends settles nearly every cell. */
static struct tr_str trim(struct tr_str s)
{
    unsigned char first, last;

    if (s.len == 0)
        return s;
    first = (unsigned char)s.p[0];
    last = (unsigned char)s.p[s.len - 1];
    if (first > ' ' && last > ' ' && first != 0xC2 && first != 0xE2 && first != 0xEF &&
        last != 0xA0 && last != 0xAF && last != 0x8B && last != 0xBF)
        return s;
    return tr_text_trim(s);
}

/* Room for the whole row at once: cells of the row that were written anew must not move. */
static int room_for_row(struct tr_import *im, const struct tr_row *row)
{
    return im->composed.len ? 0 : tr_buf_room(&im->composed, tr_cells_room(row));
}

static struct tr_str compose(struct tr_import *im, const struct tr_row *row, struct tr_str s)
{
    size_t from = im->composed.len;

    if (!row->marks || room_for_row(im, row) < 0)
        return s;
    tr_text_compose(s, &im->composed);
    return (struct tr_str){im->composed.p + from, im->composed.len - from};
}

struct tr_str tr_cell_code(struct tr_import *im, const struct tr_row *row, struct tr_str s)
{
    if (s.len > 0 && tr_plain_ascii(s) && *s.p != '\'') /* nearly every id */
        return s;
    return room_for_row(im, row) < 0 ? s : tr_text_code(s, &im->composed);
}

/* A cell that holds no running text, as it was meant; good until the next one. */
static struct tr_str code_text(struct tr_import *im, struct tr_str cell)
{
    im->scratch.len = 0;
    return tr_text_code(cell, &im->scratch);
}

/* A month may stand for a day of it, where the field says so. */
static enum tr_code read_date(struct tr_date_column *dates, const struct tr_field_info *field, struct tr_str s,
                              char own[TR_DATE_LEN], struct tr_memo *memo)
{
    struct tr_date date;
    bool month = field->months && (tr_month_parse(s, &date) || tr_month_written(s, &date));
    enum tr_code code = month ? TR_OK : tr_dates_read(dates, s, &date);

    if (code)
        return code;
    if (!month && tr_date_is_none(date)) {
        if (field->later && date.year >= TR_YEAR_OPEN)
            return TR_E_DATE;
        dates->forms |= TR_DATE_NONE;
        return TR_OK;
    }
    tr_date_iso(date, own);
    memo->text = (struct tr_str){own, month ? TR_MONTH_LEN : TR_DATE_LEN};
    memo->num = date.year;
    return TR_OK;
}

/* The year of a date, which is certain whatever the order of day and month. */
static bool year_of_date(struct tr_str s, long long *year)
{
    struct tr_date date = {0};
    unsigned forms = 0;
    bool read = tr_date_read(s, TR_ORDER_DAY_FIRST, &date, &forms) ||
                tr_date_read(s, TR_ORDER_MONTH_FIRST, &date, &forms);

    *year = date.year;
    return read && !(forms & TR_DATE_SHORT_YEAR);
}

/* The year that a cell tells: four digits as nearly all do, a number with words beside it, or a date. */
static bool find_year(const struct tr_import *im, struct tr_str s, long long *year)
{
    struct tr_str bare;

    if (s.len == 4 && tr_str_digits(s) == 4) {
        *year = (s.p[0] - '0') * 1000 + (s.p[1] - '0') * 100 + (s.p[2] - '0') * 10 + (s.p[3] - '0');
        return true;
    }
    bare = tr_number_beside(tr_profile_list(im->profile, "beside_birth_year"), s);
    s = bare.len > 0 ? bare : s;
    return tr_number_read(s, year) || year_of_date(s, year);
}

static enum tr_code read_year(const struct tr_import *im, struct tr_str s, char own[TR_DATE_LEN],
                              struct tr_memo *memo)
{
    long long year;

    if (!find_year(im, s, &year) || year < 1850 || year > 2100)
        return TR_E_YEAR;
    for (int i = 3, rest = (int)year; i >= 0; i--, rest /= 10)
        own[i] = (char)('0' + rest % 10);
    memo->text = (struct tr_str){own, 4};
    memo->num = (int)year;
    return TR_OK;
}

static enum tr_code read_municipality(const struct tr_import *im, struct tr_str s,
                                      char own[TR_DATE_LEN], struct tr_memo *memo)
{
    enum tr_code code = tr_read_municipality(im->profile, s, own);

    if (!code && *own) {
        memo->text = (struct tr_str){own, TR_MUNICIPALITY_LEN};
        memo->num = 0;
    }
    return code;
}

/* The code that a word stands for in this field only, as "Muntlig" is a yes to consent and to nothing else:
 * the list also_FIELD. -1: none. */
static int read_also(const struct tr_import *im, const struct tr_row_step *step, struct tr_str s)
{
    const struct tr_list *also;
    char name[64];
    bool beside;
    int word;

    snprintf(name, sizeof name, "also_%s", tr_fields[step->field].name);
    also = tr_profile_list(im->profile, name);
    word = also ? tr_list_read(also, s, &beside) : -1;
    return word < 0 ? -1 : tr_list_code(step->list, also->entry[word].code);
}

static enum tr_code read_code(struct tr_import *im, const struct tr_row_step *step, struct tr_str s,
                              struct tr_memo *memo)
{
    const struct tr_list *list = step->list;
    bool beside;
    int code = tr_list_read(list, s, &beside);

    if (code < 0)
        code = read_also(im, step, s);
    if (code < 0)
        return TR_E_CODE;
    if (beside)
        tr_spellings_add(&im->beside, step->field, s);
    memo->num = code;
    memo->text = list->entry[code].code;
    return TR_OK;
}

/* What a cell means that is no day, where that is not the same as unknown: a word for now says that nobody
 * waits, and what records say of a day that nobody could read is read again. */
static enum tr_code read_later(const struct tr_import *im, const char *later, struct tr_str s,
                               enum tr_code code, struct tr_memo *memo)
{
    if (!code || !later)
        return code;
    if (tr_words_have(&im->now, s))
        return TR_OK;
    if (!tr_str_is(s, later))
        return TR_E_DATE_LATER;
    memo->text = tr_str(later);
    memo->num = 0;
    return TR_OK;
}

/* What a cell of a kind that repeats itself means. A word that means unknown counts only where it
 * is no code. */
static enum tr_code read_kind(struct tr_import *im, const struct tr_row_step *step,
                              struct tr_str cell, char own[TR_DATE_LEN], struct tr_memo *memo)
{
    struct tr_str s = code_text(im, cell);
    enum tr_code code;

    memo->text = (struct tr_str){0};
    memo->num = -1;
    if (s.len == 0)
        return TR_OK;
    code = step->kind == TR_KIND_DATE
               ? read_date(&im->date[step->field], &tr_fields[step->field], s, own, memo)
           : step->kind == TR_KIND_YEAR         ? read_year(im, tr_without_marks(s), own, memo)
           : step->kind == TR_KIND_MUNICIPALITY ? read_municipality(im, s, own, memo)
                                                : read_code(im, step, s, memo);
    code = read_later(im, tr_fields[step->field].later, s, code, memo);
    if (!code || !tr_words_have(&im->unknown, s))
        return code;
    memo->text = (struct tr_str){0};
    memo->num = -1;
    return TR_OK;
}

/* Finds out what a cell means and remembers it. */
static enum tr_code read_afresh(struct tr_import *im, const struct tr_row_step *step,
                                struct tr_str cell, struct tr_memo *memo)
{
    struct tr_memory *m = step->memory;
    char *own = m->own[memo >= m->table && memo < m->table + TR_MEMOS ? memo - m->table : TR_MEMOS];
    enum tr_code code = read_kind(im, step, cell, own, memo);

    m->filled = true;
    if (code)
        return code;
    memo->hash = step->kind == TR_KIND_CODE ? (uint64_t)(memo->num + 1) * step->salt
                 : memo->text.len > 0       ? tr_hash(memo->text.p, memo->text.len, step->salt)
                                            : 0;
    memo->used = (uint16_t)(cell.len < MEMO_LEN ? cell.len + 1 : MEMO_LEN + 1);
    memo->slow = (memo->text.len == 0 && step->required) ||
                 (step->kind == TR_KIND_DATE && memo->num > 0 && tr_year_is_odd(memo->num));
    return TR_OK;
}

/* Reads a cell of a kind that repeats itself. */
static inline enum tr_code read_memo(struct tr_import *im, const struct tr_row_step *step,
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

/* An id that is only a number, with the name of its delivery in front; good as long as the row. */
static struct tr_str with_delivery(struct tr_import *im, const struct tr_row *row,
                                   struct tr_str delivery, struct tr_str id)
{
    size_t from = im->composed.len;

    if (id.len == 0 || tr_str_digits(id) < id.len ||
        (from == 0 && tr_buf_room(&im->composed, tr_cells_room(row) + delivery.len + 1) < 0))
        return id;
    tr_buf_str(&im->composed, delivery);
    tr_buf_char(&im->composed, '-');
    tr_buf_str(&im->composed, id);
    return (struct tr_str){im->composed.p + from, im->composed.len - from};
}

/* Whether a list is joined with | already: nearly all are. */
static bool is_joined(struct tr_str s)
{
    bool value = false;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i], letter = (c | 0x20) - 'a';

        if (c == '|' && value)
            value = false;
        else if (letter < 26 || (unsigned char)(c - '0') < 10 || c == '-' || c == '_')
            value = true;
        else
            return false;
    }
    return value || s.len == 0;
}

/* A list as people write it, joined with |; good as long as the row. */
static struct tr_str as_list(struct tr_import *im, const struct tr_row *row, struct tr_str s)
{
    size_t from = im->composed.len;
    struct tr_str other;

    if (is_joined(s) || room_for_row(im, row) < 0)
        return s;
    tr_values_read(im->profile, s, &tr_value_looks_like_id, &im->composed, &other);
    return (struct tr_str){im->composed.p + from, im->composed.len - from};
}

static enum tr_code read_text(struct tr_import *im, const struct tr_row_step *step,
                              const struct tr_row *row, struct tr_str cell, struct tr_referral *out)
{
    struct tr_value *v = &out->v[step->field];
    struct tr_str s;

    if (cell.len == 0 && step->kind == TR_KIND_TEXT) {
        *v = (struct tr_value){.text = {"", 0}};
        return TR_OK;
    }
    s = trim(cell);
    if (step->kind == TR_KIND_ID || step->shape == TR_SHAPE_LIST)
        s = tr_cell_code(im, row, s);
    else if (s.len > 0 && *s.p == '\'')
        s = tr_text_unguard(s);
    s = compose(im, row, s);
    if (tr_words_are(&im->unknown, s))
        s = (struct tr_str){"", 0};
    if (step->shape == TR_SHAPE_LIST)
        s = as_list(im, row, s);
    if (step->kind == TR_KIND_ID && out->binding->delivery.len > 0)
        s = with_delivery(im, row, out->binding->delivery, s);
    v->text = s;
    v->num = 0;
    if (v->text.len > 0)
        out->content += tr_hash_text(v->text.p, v->text.len, step->salt);
    if (step->kind == TR_KIND_TEXT)
        return TR_OK;
    out->id = tr_seen_hash(v->text);
    if (im->seen)
        tr_seen_expect(im->seen, out->id);
    if (v->text.len > TR_ID_MAX)
        return TR_E_ID_SIZE;
    if (tr_number_is_rounded(v->text))
        return TR_E_ID_ROUNDED;
    return tr_idnum_is_in(v->text) ? TR_E_ID_PERSON : TR_OK;
}

/* A whole number from 1, or the two days between which somebody was born. */
static enum tr_code read_plain(struct tr_import *im, const struct tr_row_step *step,
                               const struct tr_row *row, struct tr_str cell,
                               struct tr_referral *out)
{
    struct tr_str s = tr_cell_code(im, row, trim(cell));
    int32_t first, last;
    long long number = 0;

    out->v[step->field] = unknown;
    if (s.len == 0 || tr_words_have(&im->unknown, s))
        return TR_OK;
    if (step->kind == TR_KIND_BORN && !tr_born_parse(s, &first, &last))
        return TR_E_BORN;
    if (step->kind == TR_KIND_NUMBER && (!tr_number_read(s, &number) || number < 1 ||
                                         number > TR_NUMBER_MOST || tr_str_digits(s) < s.len))
        return TR_E_NUMBER_ONE;
    out->v[step->field] = (struct tr_value){.text = s, .num = (int)number};
    out->content += tr_hash(s.p, s.len, step->salt);
    return TR_OK;
}

enum tr_code tr_cell_read(struct tr_import *im, const struct tr_row_step *step,
                          const struct tr_row *row, struct tr_str cell, struct tr_referral *out)
{
    enum tr_code code;

    switch (step->kind) {
    case TR_KIND_TEXT:
    case TR_KIND_ID:
        code = read_text(im, step, row, cell, out);
        break;
    case TR_KIND_IDNUM:
        code = tr_cell_person(im, row, cell, out);
        break;
    case TR_KIND_NUMBER:
    case TR_KIND_BORN:
        code = read_plain(im, step, row, cell, out);
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
 * anew from the number; a column that no field claims counts where rows are held against each other. */
static bool is_read(const struct tr_import *im, const struct tr_binding *b, uint32_t column, uint64_t wanted)
{
    int field = b->field[column];

    if (field >= 0)
        return wanted >> field & 1 && field != TR_F_PERSON_ID_KIND;
    return field != TR_COLUMN_SKIP && !(im->alone && field == TR_COLUMN_EXTRA);
}

static void make_plan(const struct tr_import *im, const struct tr_binding *b, uint64_t wanted)
{
    b->plan->wanted = wanted;
    b->plan->n = 0;
    for (uint32_t c = 0; c < b->n_columns; c++) {
        struct tr_row_step *step = &b->plan->step[b->plan->n];
        int field = b->field[c];

        if (!is_read(im, b, c, wanted))
            continue;
        b->plan->n++;
        *step = (struct tr_row_step){.column = c, .field = field};
        if (field < 0) { /* by its name: each thread has its own numbers of extras */
            struct tr_str name = b->extra[c] < 0 ? b->header[c] : im->extra[b->extra[c]];

            step->salt = tr_hash(name.p, name.len, 0);
            continue;
        }
        step->kind = tr_fields[field].kind;
        step->shape = tr_fields[field].shape;
        step->required = tr_fields[field].required;
        step->salt = im->salt[field];
        step->memory = &im->memory[field];
        step->list = im->profile->of_field[field];
        step->repeats = step->kind == TR_KIND_CODE || step->kind == TR_KIND_YEAR ||
                        step->kind == TR_KIND_MUNICIPALITY;
    }
    for (uint32_t i = b->plan->n; i-- > 0;)
        if (b->plan->step[i].repeats && i + 1 < b->plan->n)
            b->plan->step[i].repeats += b->plan->step[i + 1].repeats;
}

/* Turns to another input. In each, dates may be written in an order of their own. */
static void start_input(struct tr_import *im, const struct tr_binding *b)
{
    im->input = b->number + 1;
    memcpy(im->date, b->date, sizeof im->date);
    for (int f = 0; f < TR_N_FIELDS; f++)
        if (tr_fields[f].kind == TR_KIND_DATE && im->memory[f].filled)
            memset(&im->memory[f], 0, sizeof im->memory[f]);
}

void tr_cells_start(struct tr_import *im, const struct tr_binding *b, uint64_t wanted)
{
    if (b->plan->wanted != wanted)
        make_plan(im, b, wanted);
    if (im->input != b->number + 1)
        start_input(im, b);
}

/* Whether a fact may be missing without losing sight of the person: it does not tell who somebody is.
 * Where, the district tells, which is required. */
static bool may_be_unknown(const struct tr_row_step *step)
{
    enum tr_identity_mark tells = tr_fields[step->field].tells;

    return !step->required && tells != TR_TELLS_WHO && tells != TR_TELLS_KIND;
}

/* What a cell that cannot be read tells of protection: in its own column, the strictest; where somebody
 * lives, or in place of a number, what its words say. TR_OK: nothing. */
static enum tr_code told_mark(const struct tr_import *im, const struct tr_row_step *step, enum tr_code code,
                              struct tr_str cell, struct tr_referral *out)
{
    enum tr_identity_mark tells = tr_fields[step->field].tells;
    int mark = -1;

    if (tells == TR_TELLS_MARK)
        mark = step->list->n - 1;
    else if ((tells == TR_TELLS_WHERE || step->kind == TR_KIND_IDNUM) && code != TR_E_VALUE_MISSING)
        mark = tr_protection_said(im->profile, cell);
    out->mark = mark > out->mark ? mark : out->mark;
    return mark < 0 ? TR_OK : tells == TR_TELLS_MARK ? TR_E_PROTECTION : TR_E_PROTECTION_HERE;
}

/* Notes a cell that cannot be read. */
static void leave_unread(struct tr_import *im, const struct tr_binding *b,
                         const struct tr_row *row, const struct tr_row_step *step,
                         enum tr_code code, struct tr_str cell, struct tr_referral *out)
{
    enum tr_code told = told_mark(im, step, code, cell, out);

    tr_fault_cell(im, b, row, step->column, told ? told : code, cell, out);
    if (!told && !may_be_unknown(step))
        return;
    out->unread |= UINT64_C(1) << step->field;
    if (tr_fields[step->field].later)
        out->v[step->field] = (struct tr_value){.text = tr_str(tr_fields[step->field].later)};
    out->content += tr_hash(cell.p, cell.len, step->salt); /* rows that differ in it do differ */
}

void tr_cells_read(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                   uint64_t wanted, struct tr_referral *out)
{
    const struct tr_row_step *step = b->plan->step, *end;

    tr_cells_start(im, b, wanted);
    for (end = step + b->plan->n; step < end; step++) {
        struct tr_str cell;
        enum tr_code code;

        if (step->repeats && (step = tr_plain_repeats(step, row, out)) == end)
            break;
        cell = tr_row_cell(row, step->column);
        if (step->field >= 0) {
            if (step->kind == TR_KIND_DATE && tr_plain_date(step, cell, step->memory->own[TR_MEMOS], &out->v[step->field], &out->content))
                continue;
            code = tr_cell_read(im, step, row, cell, out);
            if (code)
                leave_unread(im, b, row, step, code, cell, out);
            else if (step->kind == TR_KIND_DATE && out->v[step->field].num > 0 &&
                     tr_year_is_odd(out->v[step->field].num))
                tr_fault_cell(im, b, row, step->column, TR_W_YEAR, cell, out);
        } else if (step->field == TR_COLUMN_EXTRA || step->field == TR_COLUMN_LEFT) {
            if (cell.len > 0)
                out->content += tr_hash_text(cell.p, cell.len, step->salt);
        } else if (tr_text_trim(cell).len > 0) {
            tr_fault_add(b, row, (int)step->column,
                         step->field == TR_COLUMN_REST ? TR_E_REJECT_REST : TR_E_CELL_UNNAMED, out);
        }
    }
}
