#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/text.h"
#include "domain/profile/consent.h"
#include "domain/referral/import_own.h"

static const struct tr_value unknown = {.num = -1};

/* The year in which this was written. Nobody born later is referred for a home before 2044; until
 * then such a year is a slip, whatever the day. */
enum { LAST_BORN = 2026 };

struct tr_import *tr_import_new(const struct tr_profile *p, struct tr_scratch *scratch)
{
    struct tr_import *im = calloc(1, sizeof *im);

    if (!im)
        return NULL;
    im->profile = p;
    tr_words_start(&im->unknown, p, "unknown");
    tr_words_start(&im->now, p, "now");
    tr_words_start(&im->total, p, "total");
    im->total.places = p->of_field[TR_F_BYDEL];
    tr_guarded_words_start(&im->guarded, p);
    im->person_words = tr_profile_list(p, "beside_person_id");
    for (int f = 0; f < TR_N_FIELDS; f++)
        im->salt[f] = tr_hash((const char *)&f, sizeof f, 0) | 1;
    /* Zeros that nobody touches cost nothing: most fields have no column. */
    im->room = calloc(TR_N_FIELDS + 1, sizeof *im->memory);
    im->files = scratch;
    if (im->room && tr_profile_spellings(p, TR_STR("person_id"), 0, &im->person_headers) == 0) {
        im->memory = (struct tr_memory *)(((uintptr_t)im->room + _Alignof(struct tr_memory) - 1) &
                                          ~(uintptr_t)(_Alignof(struct tr_memory) - 1));
        return im;
    }
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
    tr_dict_clear(&im->extra_number);
    tr_dict_clear(&im->person_headers);
    free(im->sources);
    free(im->room);
    tr_seen_free(im->seen);
    tr_buf_clear(&im->composed);
    tr_buf_clear(&im->scratch);
    tr_spellings_clear(&im->beside);
    tr_spellings_clear(&im->unread);
    free(im);
}

void tr_import_end(struct tr_import *im)
{
    tr_seen_free(im->seen);
    im->seen = NULL;
}

const struct tr_spellings *tr_import_beside(const struct tr_import *im)
{
    return &im->beside;
}

const struct tr_spellings *tr_import_unread(const struct tr_import *im)
{
    return &im->unread;
}

void tr_import_join(struct tr_import *im, const struct tr_import *other)
{
    if (other)
        tr_spellings_join(&im->beside, &other->beside);
}

static bool is_blank(const struct tr_row *row)
{
    for (uint32_t c = 0; c < row->n; c++)
        if (tr_text_trim(tr_row_cell(row, c)).len > 0)
            return false;
    return true;
}

bool tr_birth_told(struct tr_value v[], char own[4])
{
    int told = v[TR_F_PERSON_ID].num;

    if (told <= 0 || v[TR_F_BIRTH_YEAR].text.len > 0)
        return false;
    for (int i = 3, rest = told; i >= 0; i--, rest /= 10)
        own[i] = (char)('0' + rest % 10);
    v[TR_F_BIRTH_YEAR] = (struct tr_value){.text = {own, 4}, .num = told};
    return true;
}

bool tr_birth_contradicts(const struct tr_value v[])
{
    int told = v[TR_F_PERSON_ID].num;

    return told > 0 && v[TR_F_BIRTH_YEAR].num != told;
}

bool tr_birth_is_odd(const struct tr_value v[])
{
    struct tr_str received = v[TR_F_RECEIVED].text;
    int born = v[TR_F_BIRTH_YEAR].num, year = 0;

    if (born <= 0 || (received.len == 0 && born <= LAST_BORN))
        return false;
    for (int i = 0; i < 4 && received.len > 0; i++)
        year = year * 10 + (received.p[i] - '0');
    return born > year || born < year - 115;
}

/* The year of birth that the identity number tells, held against the one given. */
static void settle_birth_year(struct tr_import *im, const struct tr_binding *b,
                              const struct tr_row *row, struct tr_referral *out)
{
    int column;

    if (tr_birth_told(out->v, im->year))
        out->content += tr_hash(im->year, 4, im->salt[TR_F_BIRTH_YEAR]);
    if (!tr_birth_contradicts(out->v))
        return;
    column = tr_binding_column(b, TR_F_BIRTH_YEAR);
    tr_fault_cell(im, b, row, (uint32_t)column, TR_E_BIRTH_YEAR, tr_row_cell(row, (uint32_t)column),
                  out);
}

/* Doubts a year of birth that does not go with the day of the referral. */
static void doubt_birth_year(const struct tr_binding *b, const struct tr_row *row,
                             struct tr_referral *out)
{
    int column = tr_binding_column(b, TR_F_BIRTH_YEAR);
    struct tr_err *fault;

    if (!tr_birth_is_odd(out->v))
        return;
    fault = tr_fault_add(b, row, column >= 0 ? column : tr_binding_column(b, TR_F_PERSON_ID),
                         TR_W_BIRTH_YEAR, out);
    tr_err_field(fault, TR_STR("birth_year"));
    tr_err_value(fault, out->v[TR_F_BIRTH_YEAR].text);
}

bool tr_consent_may_differ(const struct tr_binding *b, const struct tr_value v[])
{
    return v[TR_F_CONSENT].num < 0 && v[TR_F_CONSENT_KIND].num >= 0 &&
           tr_binding_column(b, TR_F_CONSENT) >= 0;
}

/* The kind of consent alone tells that it was given where nothing else is said. Beside words that are no yes, or
 * where one of the two cannot be read, nobody knows: it may be a no. */
static void settle_consent(const struct tr_import *im, const struct tr_binding *b,
                           const struct tr_row *row, struct tr_referral *out)
{
    const uint64_t both = UINT64_C(1) << TR_F_CONSENT | UINT64_C(1) << TR_F_CONSENT_KIND;
    struct tr_value *said = &out->v[TR_F_CONSENT], *kind = &out->v[TR_F_CONSENT_KIND];
    bool doubt = (out->unread & both) != 0;

    if (!doubt && tr_consent_may_differ(b, out->v)) {
        const int column = tr_binding_column(b, TR_F_CONSENT);

        doubt = tr_text_trim(tr_row_cell(row, (uint32_t)column)).len > 0;
    }
    if (doubt && tr_consent_of(im->profile, said->num, kind->num) == TR_CONSENT_GIVEN)
        *said = *kind = unknown;
}

/* Empties what the columns of b will not set anew. */
static void forget(const struct tr_binding *b, struct tr_referral *out)
{
    out->v[TR_F_PERSON_ID_KIND] = out->v[TR_F_BIRTH_YEAR] = out->v[TR_F_PROTECTION] = unknown;
    if (out->binding == b)
        return;
    out->binding = b;
    for (int f = 0; f < TR_N_FIELDS; f++)
        out->v[f] = unknown;
}

void tr_import_alone(struct tr_import *im)
{
    im->alone = true;
}

void tr_import_strict(struct tr_import *im)
{
    im->strict = true;
}

void tr_import_by_delivery(struct tr_import *im)
{
    im->by_delivery = true;
}

/* What becomes of a row with these faults. Each field that was not read has one. */
static int judge_faults(const struct tr_import *im, const struct tr_referral *out)
{
    int faults = 0;

    for (int i = 0; i < out->n_faults; i++)
        faults += tr_code_class(out->fault[i].code) != TR_CLASS_WARN;
    return faults > (im->strict ? 0 : __builtin_popcountll(out->unread)) ? TR_IMPORT_REJECTED
                                                                         : TR_IMPORT_GOOD;
}

/* The strictest mark that the row tells is that of the person. */
static void raise_mark(const struct tr_import *im, struct tr_referral *out)
{
    struct tr_value *v = &out->v[TR_F_PROTECTION];

    if (out->mark > v->num)
        *v = (struct tr_value){im->profile->of_field[TR_F_PROTECTION]->entry[out->mark].code, out->mark};
}

/* Where somebody with a protected address lives may be missing: it is left out on purpose. What cannot
 * be read of it is told, and costs no row either. */
static void forgive_hidden(struct tr_referral *out)
{
    int n = 0;

    for (int i = 0; i < out->n_faults; i++) {
        int field = tr_field_find(tr_str(out->fault[i].field));
        bool where = field >= 0 && tr_fields[field].tells == TR_TELLS_WHERE;

        if (where && out->fault[i].code == TR_E_VALUE_MISSING)
            continue;
        if (where && tr_code_class(out->fault[i].code) != TR_CLASS_WARN)
            out->unread |= UINT64_C(1) << field;
        out->fault[n++] = out->fault[i];
    }
    out->n_faults = n;
}

/* Hears what a name, or a part of one, says of the address. The name that says nothing else is not known. */
static void hear_name(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row, uint32_t column,
                      struct tr_str name, struct tr_referral *out)
{
    bool whole;
    int32_t said = tr_guarded_named(&im->guarded, im->profile, name, &whole);

    if (whole && b->field[column] == TR_F_NAME)
        out->v[TR_F_NAME] = unknown;
    if (said <= out->v[TR_F_PROTECTION].num)
        return;
    out->mark = said > out->mark ? said : out->mark;
    tr_fault_cell(im, b, row, column, TR_W_PROTECTION_TEXT, name, out);
}

static void hear_names(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row, uint64_t wanted,
                       struct tr_referral *out)
{
    for (uint32_t i = 0; i < b->plan->n; i++) {
        const struct tr_row_step *step = &b->plan->step[i];

        if (step->field == TR_F_NAME && wanted >> TR_F_NAME & 1)
            hear_name(im, b, row, step->column, out->v[TR_F_NAME].text, out);
        else if (step->field == TR_COLUMN_LEFT)
            hear_name(im, b, row, step->column, tr_text_trim(tr_row_cell(row, step->column)), out);
    }
}

int tr_import_fields(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                     uint64_t wanted, struct tr_referral *out)
{
    enum tr_code aside = tr_row_aside(row, &im->total, b->delimiter, (uint32_t)b->id_column,
                                      b->header, b->n_columns);

    out->n_faults = 0;
    out->content = 0;
    out->unread = 0;
    out->mark = -1;
    im->composed.len = 0;
    if (aside) {
        tr_fault_add(b, row, -1, aside, out);
        return TR_IMPORT_ASIDE;
    }
    if (row->bad) {
        out->fault[out->n_faults++] = row->fault;
        return TR_IMPORT_REJECTED;
    }
    if (tr_row_cell(row, 0).len == 0 && is_blank(row))
        return TR_IMPORT_BLANK;
    forget(b, out);
    tr_cells_read(im, b, row, wanted, out);
    hear_names(im, b, row, wanted, out);
    raise_mark(im, out);
    settle_consent(im, b, row, out);
    if (out->n_faults > 0 && tr_is_protected(out->v))
        forgive_hidden(out);
    if (wanted >> TR_F_BIRTH_YEAR & 1)
        settle_birth_year(im, b, row, out);
    if (wanted >> TR_F_BIRTH_YEAR & wanted >> TR_F_RECEIVED & 1)
        doubt_birth_year(b, row, out);
    return out->n_faults ? judge_faults(im, out) : TR_IMPORT_GOOD;
}

/* As tr_seen_add, for the row in hand. */
static int remember(struct tr_import *im, uint64_t id, struct tr_sighting *sight,
                    struct tr_err *err)
{
    if (!im->seen && !(im->seen = tr_seen_new(im->files)))
        return tr_err_memory(err);
    return tr_seen_add(im->seen, id, sight, err);
}

/* Fills in a fault's place of an earlier row. */
static void tell_place(const struct tr_import *im, const struct tr_sighting *sight,
                       struct tr_err *fault)
{
    char line[24];

    snprintf(line, sizeof line, "%u", sight->line);
    tr_err_copy(fault->arg[0], sizeof fault->arg[0], tr_str(im->sources[sight->source]));
    tr_err_copy(fault->arg[1], sizeof fault->arg[1], tr_str(line));
}

const struct tr_date_column *tr_import_dates(const struct tr_import *im, const struct tr_binding *b)
{
    return im->input == b->number + 1 ? im->date : NULL;
}

struct tr_mark tr_import_mark(const struct tr_referral *referral)
{
    return (struct tr_mark){referral->id, referral->content};
}

void tr_import_expect(const struct tr_import *im, struct tr_mark mark)
{
    if (im->seen)
        tr_seen_expect(im->seen, mark.id);
}

int tr_import_first(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                    struct tr_mark mark, struct tr_err *err)
{
    struct tr_sighting sight = {mark.content, b->number, (uint32_t)row->line};
    int rc = remember(im, mark.id, &sight, err);

    return rc < 0 ? -1 : !rc;
}

/* Whether the id looks like the number of a row. */
static bool is_short_number(const struct tr_referral *referral)
{
    struct tr_str id = referral->v[TR_F_REFERRAL_ID].text;

    for (size_t i = 0; i < id.len; i++)
        if (id.p[i] < '0' || id.p[i] > '9')
            return false;
    return id.len < 6;
}

int tr_import_row(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                  uint64_t wanted, struct tr_referral *out, struct tr_err *err)
{
    struct tr_sighting sight;
    struct tr_err *fault;
    int rc = tr_import_fields(im, b, row, wanted, out);

    if (im->composed.failed)
        return tr_err_memory(err);
    if (rc != TR_IMPORT_GOOD)
        return rc;
    sight = (struct tr_sighting){out->content, b->number, (uint32_t)row->line};
    rc = remember(im, out->id, &sight, err);
    if (rc <= 0)
        return rc < 0 ? -1 : TR_IMPORT_GOOD;
    if (sight.content == out->content)
        return TR_IMPORT_TWICE;
    fault = tr_fault_add(b, row, b->id_column,
                         sight.source != b->number && is_short_number(out) ? TR_E_ID_TWICE_NUMBER
                                                                           : TR_E_ID_TWICE,
                         out);
    tell_place(im, &sight, fault);
    tr_err_field(fault, TR_STR("referral_id"));
    tr_err_value(fault, out->v[TR_F_REFERRAL_ID].text);
    return TR_IMPORT_REJECTED;
}
