#include "domain/homes/demand.h"

#include <stdlib.h>

#include "base/number.h"
#include "domain/homes/siting.h"
#include "domain/profile/reading.h"

static struct tr_str cell_of(const struct tr_demand *d, uint32_t district, const char *column)
{
    return tr_table_cell(d->districts, district, tr_table_column(d->districts, column));
}

struct tr_str tr_demand_district(const struct tr_demand *d, uint32_t district)
{
    return tr_table_cell(d->districts, district, d->code);
}

int tr_demand_find(const struct tr_demand *d, struct tr_str code)
{
    return tr_dict_find(&d->number, code);
}

/* Of a table with one column, the separator may not be what it was taken for. */
static int column_missing(const struct tr_table *t, struct tr_str name, struct tr_err *err)
{
    tr_err_set(err, t->n_columns > 1 ? TR_E_COLUMN_MISSING : TR_E_COLUMN_ONE, NULL, NULL, NULL);
    err->source = t->source;
    err->line = t->header_line;
    tr_err_field(err, name);
    return -1;
}

int tr_demand_start(struct tr_demand *d, const struct tr_site_rules *rules,
                    const struct tr_table *districts, struct tr_err *err)
{
    int code = tr_table_column(districts, "code");

    *d = (struct tr_demand){
        .rules = rules, .districts = districts, .code = code, .n = districts->n_rows};
    if (code < 0)
        return column_missing(districts, TR_STR("code"), err);
    d->need = calloc((size_t)d->n * (size_t)rules->n + 1, sizeof *d->need);
    d->somatic = calloc((size_t)d->n * (size_t)rules->n + 1, sizeof *d->somatic);
    d->missing = calloc((size_t)d->n + 1, sizeof *d->missing);
    d->somatic_known = true;
    if (!d->need || !d->somatic || !d->missing)
        return tr_err_memory(err);
    for (uint32_t i = 0; i < d->n; i++) {
        int value = (int)i, rc = tr_dict_add(&d->number, tr_demand_district(d, i), &value);

        if (rc < 0)
            return tr_err_memory(err);
        if (rc > 0 || tr_demand_district(d, i).len == 0)
            return tr_table_fault(
                districts, i, code, TR_E_TABLE_CELL,
                rc > 0 ? N_("two rows have the same spelling") : N_("the cell is empty"), err);
    }
    return 0;
}

void tr_demand_clear(struct tr_demand *d)
{
    free(d->need);
    free(d->somatic);
    free(d->missing);
    tr_dict_clear(&d->number);
    *d = (struct tr_demand){0};
}

/* ---- a table of needs ---- */

struct reading {
    struct tr_demand *d;
    const struct tr_table *t;
    const struct tr_list *types;
    struct tr_words total, unknown;
    int district, type, count;      /* columns; type -1: a wide table */
    int somatic;                    /* column of a long table, or -1 */
    int undecided, not_delivered;   /* columns of a wide table */
    int of_rule[TR_SITE_RULES_MAX]; /* columns of a wide table */
};

/* The column of the measure that plan_somatic of the profile names. */
static int find_somatic(const struct reading *r)
{
    struct tr_str name = tr_profile_value(r->d->rules->profile, "plan_somatic");

    return name.len > 0 ? tr_table_column_str(r->t, name) : -1;
}

static int find_columns(struct reading *r, struct tr_err *err)
{
    const struct tr_site_rules *rules = r->d->rules;

    r->district = tr_table_column(r->t, "bydel");
    r->type = tr_table_column(r->t, "housing_type");
    r->count = tr_table_column(r->t, "count");
    r->undecided = tr_table_column(r->t, "undecided");
    r->not_delivered = tr_table_column(r->t, "not_delivered");
    if (r->count < 0)
        r->count = tr_table_column(r->t, "lacking");
    if (r->district < 0)
        return column_missing(r->t, TR_STR("bydel"), err);
    r->somatic = r->type < 0 ? -1 : find_somatic(r);
    if (r->type >= 0)
        return r->count < 0 ? column_missing(r->t, TR_STR("count"), err) : 0;
    for (int i = 0; i < rules->n; i++) {
        struct tr_str code = r->types->entry[rules->rule[i].type].code;
        struct tr_buf name = {0};

        tr_buf_str(&name, code);
        r->of_rule[i] = name.failed ? -1 : tr_table_column(r->t, tr_buf_z(&name));
        tr_buf_clear(&name);
        if (r->of_rule[i] < 0)
            return column_missing(r->t, code, err);
    }
    return 0;
}

/* Points at a cell, also by the letter of its column. */
static int cell_fault(const struct reading *r, uint32_t row, int column, enum tr_code code,
                      struct tr_err *err)
{
    tr_table_fault(r->t, row, column, code, NULL, err);
    tr_err_value(err, tr_table_cell(r->t, row, column));
    tr_err_column(err, (uint32_t)column, r->t->header[column]);
    return -1;
}

static int read_count(const struct reading *r, uint32_t row, int column, uint32_t *out,
                      struct tr_err *err)
{
    struct tr_str cell = tr_table_cell(r->t, row, column);
    long long n;

    if (tr_str_is(cell, TR_HIDDEN))
        return cell_fault(r, row, column, TR_E_HIDDEN, err);
    if (!tr_number_read(cell, &n) || n < 0 || n > TR_SITING_PERSONS_MAX)
        return cell_fault(r, row, column, TR_E_COUNT, err);
    *out = (uint32_t)n;
    return 0;
}

/* The district of a row that gives no code; -1 with err; n: of none that is known, which is told so. */
static int64_t find_named(const struct reading *r, uint32_t row, struct tr_err *err)
{
    const struct tr_list *list = tr_profile_list(r->d->rules->profile, "bydel");
    struct tr_str cell = tr_table_cell(r->t, row, r->district);
    int entry = tr_list_find(list, cell);
    int found = entry < 0 ? -1 : tr_demand_find(r->d, list->entry[entry].code);
    struct tr_err named;

    if (found >= 0)
        return found;
    if (tr_str_is(cell, "unknown") || tr_words_have(&r->unknown, cell))
        return r->d->n;
    tr_list_fault(list, cell, &named);
    cell_fault(r, row, r->district, named.code, err);
    memcpy(err->arg, named.arg, sizeof err->arg);
    return -1;
}

static void add(struct tr_demand *d, uint32_t district, int rule, uint32_t persons)
{
    if (district == d->n)
        d->nowhere += persons;
    else
        *tr_demand_cell(d, district, rule) += persons;
}

/* Of the persons of a row, those with a somatic extension: no more than there are. */
static int add_somatic(const struct reading *r, uint32_t row, uint32_t district, int rule,
                       uint32_t persons, struct tr_err *err)
{
    struct tr_demand *d = r->d;
    uint32_t n = 0;

    if (r->somatic < 0 || tr_table_cell(r->t, row, r->somatic).len == 0) {
        d->somatic_known = false;
        return 0;
    }
    if (read_count(r, row, r->somatic, &n, err) < 0)
        return -1;
    if (n > persons)
        return cell_fault(r, row, r->somatic, TR_E_COUNT, err);
    if (district < d->n)
        d->somatic[(size_t)district * (size_t)d->rules->n + (size_t)rule] += n;
    return 0;
}

static int add_row(const struct reading *r, uint32_t row, int code, struct tr_err *err)
{
    struct tr_demand *d = r->d;
    struct tr_str type = tr_table_cell(r->t, row, r->type);
    int64_t district = code >= 0 ? code : find_named(r, row, err);
    uint32_t persons;
    long long missing = 0;

    if (district < 0)
        return -1;
    if (tr_number_read(tr_table_cell(r->t, row, r->not_delivered), &missing) && missing > 0)
        d->missing[district] = true;
    for (int i = 0; i < d->rules->n; i++) {
        if (r->type >= 0 && !tr_str_eq(type, r->types->entry[d->rules->rule[i].type].code))
            continue;
        if (read_count(r, row, r->type >= 0 ? r->count : r->of_rule[i], &persons, err) < 0)
            return -1;
        add(d, (uint32_t)district, i, persons);
        if (add_somatic(r, row, (uint32_t)district, i, persons, err) < 0)
            return -1;
    }
    if (r->type >= 0 ? tr_str_is(type, "undecided") : r->undecided >= 0) {
        if (read_count(r, row, r->type >= 0 ? r->count : r->undecided, &persons, err) < 0)
            return -1;
        d->undecided += persons;
    }
    return 0;
}

int tr_demand_add(struct tr_demand *d, const struct tr_table *t, struct tr_err *err)
{
    struct reading r = {
        .d = d, .t = t, .types = tr_profile_list(d->rules->profile, "housing_type")};

    tr_words_start(&r.total, d->rules->profile, "total");
    tr_words_start(&r.unknown, d->rules->profile, "unknown");
    if (find_columns(&r, err) < 0)
        return -1;
    for (uint32_t row = 0; row < t->n_rows; row++) {
        struct tr_str cell = tr_table_cell(t, row, r.district);
        int district = tr_demand_find(d, cell);
        bool sum = district < 0 && (tr_str_is(cell, "total") || tr_words_have(&r.total, cell));

        if (!sum && add_row(&r, row, district, err) < 0)
            return -1;
    }
    return 0;
}

bool tr_demand_untold(const struct tr_demand *d, uint32_t district)
{
    bool anybody = false;

    for (int i = 0; i < d->rules->n; i++)
        anybody |= *tr_demand_cell(d, district, i) > 0;
    return d->missing[district] && !anybody;
}

void tr_demand_move(struct tr_demand *d, int from, int to)
{
    for (uint32_t i = 0; i < d->n && from != to; i++) {
        uint32_t *persons = tr_demand_cell(d, i, from);
        uint32_t *somatic = &d->somatic[(size_t)i * (size_t)d->rules->n];

        *tr_demand_cell(d, i, to) += *persons;
        d->blended |= *persons > 0 ? UINT64_C(1) << to : 0;
        *persons = 0;
        somatic[to] += somatic[from];
        somatic[from] = 0;
    }
}

/* ---- which may be joined ---- */

/* Columns of districts whose cells are alike in districts that may be joined. */
static const char *const column[TR_N_JOINS] = {
    [TR_JOIN_SECTOR] = "sector", [TR_JOIN_NEIGHBOURS] = "neighbourhood"};

bool tr_demand_has_join(const struct tr_demand *d, enum tr_join join)
{
    for (uint32_t i = 0; i < d->n; i++)
        if (!column[join] || cell_of(d, i, column[join]).len > 0)
            return true;
    return false;
}

int tr_demand_groups(const struct tr_demand *d, enum tr_join join, uint32_t *group,
                     struct tr_err *err)
{
    struct tr_dict seen = {0};
    struct tr_buf key = {0};
    int rc = 0;

    for (uint32_t i = 0; i < d->n && rc == 0; i++) {
        struct tr_str shared = column[join] ? cell_of(d, i, column[join]) : TR_STR("");
        int first = (int)i;

        group[i] = i;
        if (join == TR_JOIN_ALONE || (column[join] && shared.len == 0))
            continue;
        key.len = 0;
        tr_buf_str(&key, cell_of(d, i, "municipality"));
        tr_buf_char(&key, '\n');
        tr_buf_str(&key, shared);
        rc = key.failed || tr_dict_add(&seen, tr_buf_slice(&key), &first) < 0 ? tr_err_memory(err)
                                                                              : 0;
        group[i] = (uint32_t)first;
    }
    tr_buf_clear(&key);
    tr_dict_clear(&seen);
    return rc;
}
