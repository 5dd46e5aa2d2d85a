#include <stdlib.h>

#include "base/hash.h"
#include "base/idnum.h"
#include "base/number.h"
#include "base/text.h"
#include "domain/profile/kind_own.h"
#include "domain/profile/plain.h"
#include "domain/profile/values.h"

int tr_kind_prepare(struct tr_records *r, struct tr_err *err)
{
    struct tr_kind_reading *reading = r->reading ? r->reading : calloc(1, sizeof *reading);

    if (!reading)
        return tr_err_memory(err);
    if (r->reading)
        return 0;
    r->reading = reading;
    tr_words_start(&reading->unknown, r->profile, "unknown");
    tr_words_start(&reading->total, r->profile, "total");
    tr_words_start(&reading->vacant, r->profile, "vacant");
    for (uint32_t m = 0; m < r->kind->n_members; m++) {
        reading->date[m].order = TR_ORDER_DAY_FIRST;
        reading->labels[m] = tr_plain_list(r->profile, tr_str(r->kind->member[m].name));
    }
    tr_kind_lists(r->kind, r->profile, reading->list);
    return 0;
}

static enum tr_code read_number(const struct tr_profile *p, const struct tr_member *m,
                                struct tr_str cell, int32_t *out)
{
    long long n;

    if (!tr_number_read(cell, &n))
        cell = tr_number_beside(tr_profile_list(p, "beside_number"), cell);
    if (!tr_number_read(cell, &n) || n < 0 || n > m->most)
        return TR_E_NUMBER;
    *out = (int32_t)n;
    return TR_OK;
}

static enum tr_code read_date(struct tr_records *r, const struct tr_member *m, struct tr_str cell, int32_t *out)
{
    struct tr_date_column *dates = &r->reading->date[m - r->kind->member];
    struct tr_date date;
    enum tr_code code = tr_dates_read(dates, cell, &date);

    if (!code && !r->reading->of_document && tr_date_is_none(date) && !(m->vague && date.year >= TR_YEAR_OPEN)) {
        dates->forms |= m->filled ? 0 : TR_DATE_NONE;
        return m->filled ? TR_E_VALUE_MISSING : TR_OK;
    }
    if (!code)
        *out = tr_date_number(date);
    return code;
}

/* Whether a record says so that no day is known: a month, or a day to come. */
static bool is_vague(struct tr_str s)
{
    struct tr_date first;

    return tr_month_parse(s, &first) || tr_str_is(s, TR_LATER);
}

static enum tr_code read_municipality(struct tr_records *r, struct tr_str cell, struct tr_str *out)
{
    char number[TR_MUNICIPALITY_LEN];
    enum tr_code code = tr_read_municipality(r->profile, cell, number);

    if (!code && *number)
        *out = tr_arena_copy(&r->text, (struct tr_str){number, sizeof number});
    return code || *number ? code : TR_E_MUNICIPALITY; /* a limit that nobody knows is none */
}

static enum tr_code read_list(struct tr_records *r, struct tr_str cell, struct tr_str *out)
{
    struct tr_buf joined = {0};
    struct tr_str other;

    tr_values_read(r->profile, cell, &tr_value_looks_like_id, &joined, &other);
    *out = tr_arena_copy(&r->text, tr_buf_slice(&joined));
    r->text.failed |= joined.failed;
    tr_buf_clear(&joined);
    return TR_OK;
}

/* The code of a text that is a label of the list that fields.csv has for the member. */
static struct tr_str as_name(const struct tr_records *r, const struct tr_member *m, struct tr_str s)
{
    const struct tr_list *list = r->reading->labels[m - r->kind->member];
    int code = list && tr_list_code(list, s) < 0 ? tr_plain_code(list, s) : -1;

    return code < 0 ? s : list->entry[code].code;
}

static enum tr_code read_cell(struct tr_records *r, const struct tr_member *m, struct tr_str cell,
                              void *record)
{
    const struct tr_list *list = r->reading->list[m - r->kind->member];
    struct tr_str s;
    bool beside;
    int code;

    r->scratch.len = 0;
    s = m->kind == TR_M_TEXT ? tr_text_unguard(tr_text_trim(cell))
                             : tr_text_code(cell, &r->scratch);
    code = list ? tr_list_read(list, s, &beside) : -1;
    if (s.len == 0 || (code < 0 && tr_words_have(&r->reading->unknown, s)))
        return m->filled ? TR_E_VALUE_MISSING : TR_OK;
    switch (m->kind) {
    case TR_M_ID:
        if (s.len > TR_ID_MAX)
            return TR_E_ID_SIZE;
        if (memchr(s.p, '|', s.len))
            return TR_E_ID_BAR;
        if (tr_number_is_rounded(s))
            return TR_E_ID_ROUNDED;
        if (tr_idnum_is_in(s))
            return TR_E_ID_PERSON;
        /* fall through */
    case TR_M_TEXT:
    case TR_M_LIST:
        if (m->by_people)
            return read_list(r, s, text_at(m, record));
        s = as_name(r, m, s);
        *text_at(m, record) = tr_arena_copy(&r->text, s);
        return TR_OK;
    case TR_M_MUNICIPALITY:
        return read_municipality(r, s, text_at(m, record));
    case TR_M_DATE:
        return m->vague && is_vague(s)
                   ? TR_OK
                   : read_date(r, m, s, number_at(m, record));
    case TR_M_NUMBER:
        return read_number(r->profile, m, s, number_at(m, record));
    case TR_M_CODES:
        return tr_values_codes(r->profile, list, s, codes_at(m, record), &s) ? TR_OK : TR_E_CODE;
    default:
        *number_at(m, record) = code;
        if (m->kind == TR_M_BOOL && *number_at(m, record) >= 0)
            *number_at(m, record) = tr_list_code(list, TR_STR("ja")) == *number_at(m, record);
        return *number_at(m, record) < 0 ? TR_E_CODE : TR_OK;
    }
}

/* Where the cell is remembered, or is to be; NULL: nowhere. Of days only those that a standard
 * writes, which tell nothing of how others are meant. */
static struct tr_known_cell *known_place(const struct tr_records *r, const struct tr_member *m,
                                         uint32_t number, struct tr_str cell)
{
    struct tr_kind_reading *reading = r->reading;

    if (!tr_member_is_number(m) || cell.len > sizeof reading->known->text ||
        (m->kind == TR_M_DATE && (cell.len != TR_DATE_LEN || cell.p[4] != '-')))
        return NULL;
    if (!reading->known && r->n >= TR_KNOWN_FROM)
        reading->known = calloc(TR_KNOWN_CELLS, sizeof *reading->known);
    return reading->known ? &reading->known[tr_hash(cell.p, cell.len, number) % TR_KNOWN_CELLS]
                          : NULL;
}

enum tr_code tr_kind_read_cell(struct tr_records *r, const struct tr_member *m, struct tr_str cell,
                               void *record)
{
    const uint32_t number = (uint32_t)(m - r->kind->member);
    struct tr_known_cell *known;
    enum tr_code code;

    tr_member_clear(m, record);
    if (cell.len == 0)
        return m->filled ? TR_E_VALUE_MISSING : TR_OK;
    known = known_place(r, m, number, cell);
    if (known && known->len == cell.len && known->member == number &&
        memcmp(known->text, cell.p, cell.len) == 0) {
        *number_at(m, record) = known->value;
        return TR_OK;
    }
    code = read_cell(r, m, cell, record);
    if (known && !code) {
        memcpy(known->text, cell.p, cell.len);
        known->len = (unsigned char)cell.len;
        known->member = (unsigned char)number;
        known->value = *number_at(m, record);
    }
    return code;
}

void tr_kind_fault(const struct tr_records *r, const struct tr_member *m, enum tr_code code,
                   struct tr_str cell, struct tr_err *err)
{
    const struct tr_list *list = tr_member_has_codes(m) ? tr_member_list(r->profile, m) : NULL;
    struct tr_str part = tr_text_trim(cell);

    if (code == TR_E_CODE) {
        if (m->kind == TR_M_CODES)
            tr_values_codes(r->profile, list, part, &(uint64_t){0}, &part);
        tr_spellings_fault(&r->reading->unread, (int)(m - r->kind->member), list, part, err);
    } else if (code == TR_E_NUMBER) {
        tr_err_num(err, code, (unsigned long long)m->most);
    } else if (code == TR_E_ID_SIZE) {
        tr_err_num(err, code, TR_ID_MAX);
    } else {
        tr_err_set(err, code, NULL, NULL, NULL);
    }
    err->source = r->source;
    tr_err_field(err, tr_str(m->name));
    tr_err_value(err, tr_text_trim(cell));
}
