#include "domain/homes/homes_verify.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "domain/homes/bound.h"

/* Persons of one district and housing type, by the certificate. */
struct cell {
    uint32_t proof;
    int64_t need, planned;
};

/* What the plan's rows add up to, of each proof. */
struct sum {
    int64_t housed, outside, sites, squares;
};

struct check {
    const struct tr_homes_claim *claim;
    const struct tr_listener *listener;
    struct tr_dict district, cells, groups; /* groups: type and what joins, to a proof */
    struct tr_dict covered;                 /* type and district, to a number of under_way */
    struct tr_buf under_way;                /* int64_t: persons who get a home in sites under way */
    struct tr_buf cell;                     /* struct cell */
    struct sum *sum;
    int faults;
};

static void say(struct check *c, const struct tr_err *err)
{
    c->faults++;
    c->listener->say(c->listener->cookie, err);
}

static void fault(struct check *c, const struct tr_records *r, uint32_t i, const char *member,
                  enum tr_code code, const char *a, const char *b)
{
    struct tr_err err;

    tr_records_fault(r, i, member, code, a, b, &err);
    say(c, &err);
}

/* Two numbers that should be one. */
static void differ(struct check *c, const struct tr_records *r, uint32_t i, const char *member,
                   enum tr_code code, long long there, long long right)
{
    char a[24], b[24];

    snprintf(a, sizeof a, "%lld", there);
    snprintf(b, sizeof b, "%lld", right);
    fault(c, r, i, member, code, a, b);
}

static const struct tr_site_proof *proof_at(const struct check *c, uint32_t i)
{
    return (const struct tr_site_proof *)(const void *)c->claim->proofs->record + i;
}

static struct cell *cell_at(const struct check *c, int i)
{
    return (struct cell *)(void *)c->cell.p + i;
}

/* ---- sites under way ---- */

/* Persons of a district and type who get a home in sites under way. NULL: memory. */
static int64_t *covered_at(struct check *c, int32_t type, struct tr_str district)
{
    int value = (int)(c->under_way.len / sizeof(int64_t)), rc;
    struct tr_buf key = {0};
    int64_t none = 0;

    tr_buf_num(&key, type);
    tr_buf_char(&key, '\n');
    tr_buf_str(&key, district);
    rc = key.failed ? -1 : tr_dict_add(&c->covered, tr_buf_slice(&key), &value);
    tr_buf_clear(&key);
    if (rc == 0)
        tr_buf_add(&c->under_way, &none, sizeof none);
    return rc < 0 || c->under_way.failed ? NULL : (int64_t *)(void *)c->under_way.p + value;
}

static bool has_status(const struct check *c, const struct tr_site *s, const char *code)
{
    return s->status ==
           tr_list_code(tr_profile_list(c->claim->sites->profile, "site_status"), tr_str(code));
}

static bool is_under_way(const struct check *c, uint32_t i)
{
    return has_status(c, (const struct tr_site *)(const void *)c->claim->sites->record + i,
                      "under_way");
}

/* Notes whom they house; no more than they have homes for. */
static int take_under_way(struct check *c, uint32_t i)
{
    const struct tr_site *s = (const struct tr_site *)(const void *)c->claim->sites->record + i;
    struct tr_str from = s->from, part, code;
    int64_t total = 0, outside = 0;

    while (from.len > 0 && tr_str_part(&from, '|', &part)) {
        long long n;
        int64_t *covered;

        if (!tr_str_part(&part, ':', &code) || !part.p || !tr_number_read(part, &n) || n < 1 ||
            n > 1000000) {
            fault(c, c->claim->sites, i, "from_districts", TR_E_COUNT, NULL, NULL);
            return 0;
        }
        if (!(covered = covered_at(c, s->housing_type, code)))
            return -1;
        *covered += n;
        total += n;
        outside += tr_str_eq(code, s->bydel) ? 0 : n;
    }
    if (total != s->residents)
        differ(c, c->claim->sites, i, "residents", TR_E_SITE_WRONG, s->residents, total);
    if (outside != (s->outside < 0 ? 0 : s->outside))
        differ(c, c->claim->sites, i, "outside_district", TR_E_SITE_WRONG, s->outside, outside);
    if (total > s->units)
        differ(c, c->claim->sites, i, "units", TR_E_SITE_WRONG, s->units, total);
    return 0;
}

/* ---- the certificate ---- */

/* The cell of a district and type, -1: the certificate has none. -2: memory. */
static int find_cell(struct check *c, int32_t type, struct tr_str district, int add)
{
    struct tr_buf key = {0};
    int value = add, found;

    tr_buf_num(&key, type);
    tr_buf_char(&key, '\n');
    tr_buf_str(&key, district);
    if (key.failed)
        found = -2;
    else if (add < 0)
        found = tr_dict_find(&c->cells, tr_buf_slice(&key));
    else {
        int rc = tr_dict_add(&c->cells, tr_buf_slice(&key), &value);

        found = rc < 0 ? -2 : rc > 0 ? -1 : value;
    }
    tr_buf_clear(&key);
    return found;
}

/* What districts of a group have in common, by the way of joining; no two groups have the same. */
static int check_group(struct check *c, uint32_t i, struct tr_str code, uint32_t row)
{
    const struct tr_site_proof *p = proof_at(c, i);
    const struct tr_table *t = c->claim->districts;
    struct tr_str join = tr_profile_list(c->claim->proofs->profile, "join")->entry[p->join].code;
    bool by_sector = tr_str_is(join, "sector"), by_place = tr_str_is(join, "neighbours");
    struct tr_str shared =
        tr_table_cell(t, row, tr_table_column(t, by_sector ? "sector" : "neighbourhood"));
    struct tr_buf key = {0};
    int value = (int)i, rc;

    tr_buf_num(&key, p->housing_type);
    tr_buf_char(&key, '\n');
    tr_buf_str(&key, tr_table_cell(t, row, tr_table_column(t, "municipality")));
    tr_buf_char(&key, '\n');
    if (tr_str_is(join, "alone") || ((by_sector || by_place) && shared.len == 0)) {
        tr_buf_char(&key, '=');
        tr_buf_str(&key, code);
    } else if (by_sector || by_place)
        tr_buf_str(&key, shared);
    rc = key.failed ? -1 : tr_dict_add(&c->groups, tr_buf_slice(&key), &value);
    tr_buf_clear(&key);
    return rc < 0 ? -1 : rc > 0 && value != (int)i;
}

/* One district of a proof, with its need. -1: memory. */
static int take_district(struct check *c, uint32_t i, struct tr_str code, struct tr_str need)
{
    const struct tr_records *r = c->claim->proofs;
    struct cell cell = {.proof = i};
    int row = tr_dict_find(&c->district, code), at;
    long long n;

    if (row < 0 || !tr_number_read(need, &n) || n < 1 || n > 1000000) {
        fault(c, r, i, row < 0 ? "group_districts" : "group_needs",
              row < 0 ? TR_E_CODE : TR_E_COUNT, NULL, NULL);
        return 0;
    }
    cell.need = n;
    at = find_cell(c, proof_at(c, i)->housing_type, code, (int)(c->cell.len / sizeof cell));
    if (at == -2)
        return -1;
    if (at < 0) {
        fault(c, r, i, "group_districts", TR_E_SITE_GROUP, NULL, NULL);
        return 0;
    }
    tr_buf_add(&c->cell, &cell, sizeof cell);
    at = check_group(c, i, code, (uint32_t)row);
    if (at > 0)
        fault(c, r, i, "group_districts", TR_E_SITE_GROUP, NULL, NULL);
    if (c->claim->needs) {
        const struct tr_demand *d = c->claim->needs;
        const struct tr_site_rule *rule =
            tr_site_rule_of(c->claim->rules, proof_at(c, i)->housing_type);
        int of = tr_demand_find(d, code);
        long long real = rule && of >= 0
                             ? *tr_demand_cell(d, (uint32_t)of, (int)(rule - c->claim->rules->rule))
                             : 0;

        int64_t *covered = covered_at(c, proof_at(c, i)->housing_type, code);

        if (!covered)
            return -1;
        if (real != n + *covered)
            differ(c, r, i, "group_needs", TR_E_SITE_NEED, n + *covered, real);
    }
    return at < 0 || c->cell.failed ? -1 : 0;
}

static int take_proof(struct check *c, uint32_t i)
{
    const struct tr_site_proof *p = proof_at(c, i);
    const struct tr_site_rule *rule = tr_site_rule_of(c->claim->rules, p->housing_type);
    struct tr_str districts = p->districts, needs = p->needs, district, need;

    if (!rule || p->units_min != (int32_t)rule->min)
        differ(c, c->claim->proofs, i, "units_min", TR_E_SITE_RULES, p->units_min,
               rule ? rule->min : 0);
    if (rule && p->units_max != (int32_t)rule->max)
        differ(c, c->claim->proofs, i, "units_max", TR_E_SITE_RULES, p->units_max, rule->max);
    while (tr_str_part(&districts, '|', &district)) {
        if (!tr_str_part(&needs, '|', &need)) {
            fault(c, c->claim->proofs, i, "group_needs", TR_E_COUNT, NULL, NULL);
            return 0;
        }
        if (take_district(c, i, district, need) < 0)
            return -1;
    }
    if (needs.p)
        fault(c, c->claim->proofs, i, "group_needs", TR_E_COUNT, NULL, NULL);
    return 0;
}

/* ---- the rows of the plan ---- */

/* One district of a row's residents. */
static int take_residents(struct check *c, uint32_t i, struct tr_str part, uint32_t proof,
                          int64_t *total, int64_t *outside)
{
    const struct tr_site *s = (const struct tr_site *)(const void *)c->claim->sites->record + i;
    struct tr_str rest = part, code;
    long long n;
    int at;

    if (!tr_str_part(&rest, ':', &code) || !rest.p || !tr_number_read(rest, &n) || n < 1 ||
        n > 1000000) {
        fault(c, c->claim->sites, i, "from_districts", TR_E_COUNT, NULL, NULL);
        return 0;
    }
    at = find_cell(c, s->housing_type, code, -1);
    if (at == -2)
        return -1;
    if (at < 0 || cell_at(c, at)->proof != proof) {
        fault(c, c->claim->sites, i, "from_districts", TR_E_SITE_JOIN, NULL, NULL);
        return 0;
    }
    cell_at(c, at)->planned += n;
    *total += n;
    *outside += tr_str_eq(code, s->bydel) ? 0 : n;
    return 0;
}

static int take_site(struct check *c, uint32_t i)
{
    const struct tr_records *r = c->claim->sites;
    const struct tr_site *s = (const struct tr_site *)(const void *)r->record + i;
    const struct tr_site_rule *rule = tr_site_rule_of(c->claim->rules, s->housing_type);
    bool is_new = has_status(c, s, "new");
    int at = find_cell(c, s->housing_type, s->bydel, -1);
    struct tr_str from = s->from, part;
    int64_t total = 0, outside = 0;
    struct sum *sum;

    if (at == -2)
        return -1;
    if (at < 0 || !rule) {
        fault(c, r, i, "bydel", TR_E_SITE_JOIN, NULL, NULL);
        return 0;
    }
    while (tr_str_part(&from, '|', &part))
        if (take_residents(c, i, part, cell_at(c, at)->proof, &total, &outside) < 0)
            return -1;
    if (total != s->residents)
        differ(c, r, i, "residents", TR_E_SITE_WRONG, s->residents, total);
    if (s->units != (is_new ? s->residents : 0))
        differ(c, r, i, "units", TR_E_SITE_WRONG, s->units, is_new ? s->residents : 0);
    if (outside != (s->outside < 0 ? 0 : s->outside))
        differ(c, r, i, "outside_district", TR_E_SITE_WRONG, s->outside, outside);
    if (!is_new)
        return 0;
    if (s->units < (int32_t)rule->min || s->units > (int32_t)rule->max)
        differ(c, r, i, "units", TR_E_SITE_SIZE, rule->min, rule->max);
    sum = &c->sum[cell_at(c, at)->proof];
    sum->housed += total;
    sum->outside += outside;
    sum->sites++;
    sum->squares += (int64_t)s->units * s->units;
    return 0;
}

/* ---- what both add up to ---- */

static void check_cells(struct check *c)
{
    for (size_t i = 0; i < c->cell.len / sizeof(struct cell); i++) {
        const struct cell *cell = cell_at(c, (int)i);

        if (cell->planned != cell->need)
            differ(c, c->claim->proofs, cell->proof, "group_needs", TR_E_SITE_NEED, cell->planned,
                   cell->need);
    }
}

/* All who need such a home are in the certificate. */
static int check_all_needs(struct check *c)
{
    const struct tr_demand *d = c->claim->needs;

    for (uint32_t i = 0; d && i < d->n; i++)
        for (int k = 0; k < d->rules->n; k++) {
            int32_t type = d->rules->rule[k].type;
            bool planned = false;
            int64_t *covered;

            if (*tr_demand_cell(d, i, k) == 0 ||
                find_cell(c, type, tr_demand_district(d, i), -1) >= 0)
                continue;
            for (uint32_t p = 0; p < c->claim->proofs->n; p++)
                planned |= proof_at(c, p)->housing_type == type;
            if (!(covered = covered_at(c, type, tr_demand_district(d, i))))
                return -1;
            if (planned && *covered != *tr_demand_cell(d, i, k))
                differ(c, c->claim->proofs, 0, "group_needs", TR_E_SITE_NEED, *covered,
                       *tr_demand_cell(d, i, k));
        }
    return 0;
}

static bool check_sums(struct check *c, uint32_t i)
{
    const struct tr_site_proof *p = proof_at(c, i);
    const struct sum *s = &c->sum[i];
    long long squares = -1;
    int before = c->faults;

    if (p->housed != s->housed)
        differ(c, c->claim->proofs, i, "housed", TR_E_SITE_WRONG, p->housed, s->housed);
    if (p->outside != s->outside)
        differ(c, c->claim->proofs, i, "outside_district", TR_E_SITE_WRONG, p->outside, s->outside);
    if (p->sites != s->sites)
        differ(c, c->claim->proofs, i, "sites", TR_E_SITE_WRONG, p->sites, s->sites);
    if (!tr_number_read(p->squares, &squares) || squares != s->squares)
        differ(c, c->claim->proofs, i, "squares", TR_E_SITE_WRONG, squares, s->squares);
    return c->faults == before;
}

/* Cells of a proof stand one after another from *at on. */
static int check_bound(struct check *c, uint32_t i, size_t *at, struct tr_err *err)
{
    size_t n = c->cell.len / sizeof(struct cell), from = *at;
    const struct tr_site_rule *rule =
        tr_site_rule_of(c->claim->rules, proof_at(c, i)->housing_type);
    const struct sum *s = &c->sum[i];
    struct tr_site_bound b = {.housed = (uint64_t)s->housed,
                              .outside = (uint64_t)s->outside,
                              .sites = (uint64_t)s->sites,
                              .squares = (uint64_t)s->squares};
    long long multiplier = 0;
    uint32_t *need;
    int rc;

    while (*at < n && cell_at(c, (int)*at)->proof == i)
        ++*at;
    if (!check_sums(c, i) || !rule || c->faults > 0)
        return 0;
    b.n = (uint32_t)(*at - from);
    need = malloc((b.n + (size_t)1) * sizeof *need);
    if (!need)
        return tr_err_memory(err);
    for (uint32_t d = 0; d < b.n; d++)
        need[d] = (uint32_t)cell_at(c, (int)(from + d))->need;
    tr_number_read(proof_at(c, i)->multiplier, &multiplier);
    b.need = need;
    b.min = rule->min;
    b.max = rule->max;
    b.multiplier = multiplier;
    rc = tr_site_bound_holds(&b, err);
    free(need);
    if (rc == 0)
        fault(c, c->claim->proofs, i, "housing_type", TR_E_SITE_BEATEN, NULL, NULL);
    return rc < 0 ? -1 : 0;
}

static int check_all(struct check *c, struct tr_err *err)
{
    const struct tr_table *t = c->claim->districts;
    size_t at = 0;

    for (uint32_t i = 0; i < t->n_rows; i++) {
        int value = (int)i;

        if (tr_dict_add(&c->district, tr_table_cell(t, i, tr_table_column(t, "code")), &value) < 0)
            return tr_err_memory(err);
    }
    for (uint32_t i = 0; i < c->claim->sites->n; i++)
        if (is_under_way(c, i) && take_under_way(c, i) < 0)
            return tr_err_memory(err);
    for (uint32_t i = 0; i < c->claim->proofs->n; i++)
        if (take_proof(c, i) < 0)
            return tr_err_memory(err);
    for (uint32_t i = 0; i < c->claim->sites->n; i++)
        if (!is_under_way(c, i) && take_site(c, i) < 0)
            return tr_err_memory(err);
    check_cells(c);
    if (check_all_needs(c) < 0)
        return tr_err_memory(err);
    for (uint32_t i = 0; i < c->claim->proofs->n; i++)
        if (check_bound(c, i, &at, err) < 0)
            return -1;
    return 0;
}

int tr_homes_verify(const struct tr_homes_claim *claim, const struct tr_listener *listener,
                    struct tr_err *err)
{
    struct check c = {.claim = claim, .listener = listener};
    int rc;

    c.sum = calloc(claim->proofs->n + (size_t)1, sizeof *c.sum);
    rc = c.sum ? check_all(&c, err) : tr_err_memory(err);
    tr_dict_clear(&c.district);
    tr_dict_clear(&c.cells);
    tr_dict_clear(&c.groups);
    tr_dict_clear(&c.covered);
    tr_buf_clear(&c.under_way);
    tr_buf_clear(&c.cell);
    free(c.sum);
    return rc < 0 ? -1 : c.faults;
}
