/* Persons are kept in cells, one for each district and rule of the profile. The certificate fills
 * in who needs a home and which proof has them, the plan who gets one; then both must be the same,
 * cell by cell, and each proof's sums those of its sites. That no plan is better is bound.c's. */
#include "domain/homes/homes_verify.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "domain/homes/bound.h"

enum { PERSONS_MAX = 1000000 };

/* Persons of one district who need one kind of site. */
struct cell {
    int64_t need, planned; /* by the certificate, and by the plan */
    int64_t under_way;     /* who get a home in sites under way */
    uint32_t proof;        /* number + 1; 0: none has them */
};

/* What the plan's rows add up to, of each proof, and the needs of its districts. */
struct part {
    int64_t housed, outside, sites, squares;
    size_t from; /* the first of n in check.need */
    uint32_t n;
};

struct check {
    const struct tr_homes_claim *claim;
    const struct tr_listener *listener;
    struct tr_dict district; /* code to row */
    uint32_t n;              /* of districts */
    struct cell *cell;       /* [district][rule] */
    struct part *part;       /* of each proof */
    struct tr_buf need;      /* uint32_t, of one proof after another */
    uint32_t *group[TR_N_JOINS]; /* of each district the first that it may be joined with; NULL: not
                                    asked for yet */
    uint32_t *owner;         /* [rule][first district of a group]: number of a proof + 1 */
    int join[TR_SITE_RULES_MAX]; /* of each rule; -1: no proof has told it yet */
    int is_new, is_under_way;    /* entries of site_status */
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

static const struct tr_site *site_at(const struct check *c, uint32_t i)
{
    return (const struct tr_site *)(const void *)c->claim->sites->record + i;
}

static struct cell *cell_at(const struct check *c, uint32_t district, int rule)
{
    return &c->cell[(size_t)district * (size_t)c->claim->rules->n + (size_t)rule];
}

/* Number of the rule of a housing type; -1: the profile has none. */
static int rule_of(const struct check *c, int32_t type)
{
    const struct tr_site_rule *rule = tr_site_rule_of(c->claim->rules, type);

    return rule ? (int)(rule - c->claim->rules->rule) : -1;
}

/* The cell of a district's code; NULL: there is no such district, or no such rule. */
static struct cell *find_cell(const struct check *c, struct tr_str code, int rule)
{
    int district = rule < 0 ? -1 : tr_dict_find(&c->district, code);

    return district < 0 ? NULL : cell_at(c, (uint32_t)district, rule);
}

/* Takes "code:persons" off *from. 1: taken; 0: *from is at its end; -1: it is none of that. */
static int take_persons(struct tr_str *from, struct tr_str *code, long long *n)
{
    struct tr_str part;

    if (from->len == 0 || !tr_str_part(from, '|', &part))
        return 0;
    return tr_str_part(&part, ':', code) && part.p && tr_number_read(part, n) && *n >= 1 &&
                   *n <= PERSONS_MAX
               ? 1
               : -1;
}

/* ---- sites under way ---- */

/* Notes whom they house; no more than they have homes for. */
static void take_under_way(struct check *c, uint32_t i)
{
    const struct tr_site *s = site_at(c, i);
    struct tr_str from = s->from, code;
    int64_t total = 0, outside = 0;
    int rule = rule_of(c, s->housing_type), rc;
    long long n;

    while ((rc = take_persons(&from, &code, &n)) > 0) {
        struct cell *cell = find_cell(c, code, rule);

        if (cell)
            cell->under_way += n;
        total += n;
        outside += tr_str_eq(code, s->bydel) ? 0 : n;
    }
    if (rc < 0) {
        fault(c, c->claim->sites, i, "from_districts", TR_E_COUNT, NULL, NULL);
        return;
    }
    if (total != s->residents)
        differ(c, c->claim->sites, i, "residents", TR_E_SITE_WRONG, s->residents, total);
    if (outside != (s->outside < 0 ? 0 : s->outside))
        differ(c, c->claim->sites, i, "outside_district", TR_E_SITE_WRONG, s->outside, outside);
    if (total > s->units)
        differ(c, c->claim->sites, i, "units", TR_E_SITE_WRONG, s->units, total);
}

/* ---- the certificate ---- */

/* Finds which districts may be joined in one way: those with the same municipality and, where the
 * way asks for it, the same sector or neighbourhood. A district without one stands alone. */
static int find_groups(struct check *c, enum tr_join join, struct tr_err *err)
{
    const struct tr_table *t = c->claim->districts;
    int municipality = tr_table_column(t, "municipality");
    int shared = join == TR_JOIN_SECTOR       ? tr_table_column(t, "sector")
                 : join == TR_JOIN_NEIGHBOURS ? tr_table_column(t, "neighbourhood")
                                              : -1;
    uint32_t *group = malloc((c->n + (size_t)1) * sizeof *group);
    struct tr_dict seen = {0};
    struct tr_buf key = {0};
    int rc = group ? 0 : -1;

    for (uint32_t d = 0; d < c->n && rc == 0; d++) {
        struct tr_str common = tr_table_cell(t, d, shared);
        int first = (int)d;

        if (join == TR_JOIN_ANY || common.len > 0) {
            key.len = 0;
            tr_buf_str(&key, tr_table_cell(t, d, municipality));
            tr_buf_char(&key, '\n');
            tr_buf_str(&key, common);
            rc = key.failed || tr_dict_add(&seen, tr_buf_slice(&key), &first) < 0 ? -1 : 0;
        }
        group[d] = (uint32_t)first;
    }
    tr_dict_clear(&seen);
    tr_buf_clear(&key);
    c->group[join] = group;
    return rc < 0 ? tr_err_memory(err) : 0;
}

/* Whether the district belongs to what this proof, and no other, is about. */
static bool is_of_group(struct check *c, uint32_t i, int rule, enum tr_join join, uint32_t district)
{
    uint32_t first = c->group[join][district];
    uint32_t *owner = &c->owner[(size_t)rule * c->n + first];

    if (c->part[i].n == 0 && *owner == 0)
        *owner = i + 1;
    return *owner == i + 1;
}

/* One district of a proof, with its need. */
static void take_district(struct check *c, uint32_t i, int rule, enum tr_join join,
                          struct tr_str code, struct tr_str need)
{
    const struct tr_records *r = c->claim->proofs;
    int row = tr_dict_find(&c->district, code);
    struct cell *cell;
    uint32_t persons;
    long long n;

    if (row < 0 || !tr_number_read(need, &n) || n < 1 || n > PERSONS_MAX) {
        fault(c, r, i, row < 0 ? "group_districts" : "group_needs",
              row < 0 ? TR_E_CODE : TR_E_COUNT, NULL, NULL);
        return;
    }
    cell = cell_at(c, (uint32_t)row, rule);
    if (cell->proof || !is_of_group(c, i, rule, join, (uint32_t)row)) {
        fault(c, r, i, "group_districts", TR_E_SITE_GROUP, NULL, NULL);
        return;
    }
    cell->proof = i + 1;
    cell->need = n;
    persons = (uint32_t)n;
    tr_buf_add(&c->need, &persons, sizeof persons);
    c->part[i].n++;
}

static int take_proof(struct check *c, uint32_t i, struct tr_err *err)
{
    const struct tr_site_proof *p = proof_at(c, i);
    const struct tr_site_rule *rule = tr_site_rule_of(c->claim->rules, p->housing_type);
    struct tr_str name = tr_profile_list(c->claim->proofs->profile, "join")->entry[p->join].code;
    struct tr_str districts = p->districts, needs = p->needs, district, need;
    int k = rule_of(c, p->housing_type), join = 0;

    while (join < TR_N_JOINS && !tr_str_is(name, tr_join_names[join]))
        join++;
    if (!rule || p->units_min != (int32_t)rule->min)
        differ(c, c->claim->proofs, i, "units_min", TR_E_SITE_RULES, p->units_min,
               rule ? rule->min : 0);
    if (rule && p->units_max != (int32_t)rule->max)
        differ(c, c->claim->proofs, i, "units_max", TR_E_SITE_RULES, p->units_max, rule->max);
    if (!rule)
        return 0;
    if (join == TR_N_JOINS || (c->join[k] >= 0 && c->join[k] != join)) {
        fault(c, c->claim->proofs, i, "join", TR_E_SITE_GROUP, NULL, NULL);
        return 0;
    }
    c->join[k] = join;
    if (!c->group[join] && find_groups(c, (enum tr_join)join, err) < 0)
        return -1;
    c->part[i].from = c->need.len / sizeof(uint32_t);
    while (tr_str_part(&districts, '|', &district) && tr_str_part(&needs, '|', &need))
        take_district(c, i, k, (enum tr_join)join, district, need);
    if (districts.p || needs.p)
        fault(c, c->claim->proofs, i, "group_needs", TR_E_COUNT, NULL, NULL);
    return c->need.failed ? tr_err_memory(err) : 0;
}

/* ---- the rows of the plan ---- */

/* Whose homes a row has. */
static void take_residents(struct check *c, uint32_t i, int rule, uint32_t proof, int64_t *total,
                           int64_t *outside)
{
    const struct tr_site *s = site_at(c, i);
    struct tr_str from = s->from, code;
    long long n;
    int rc;

    while ((rc = take_persons(&from, &code, &n)) != 0) {
        struct cell *cell = rc < 0 ? NULL : find_cell(c, code, rule);

        if (!cell || cell->proof != proof) {
            fault(c, c->claim->sites, i, "from_districts", rc < 0 ? TR_E_COUNT : TR_E_SITE_JOIN,
                  NULL, NULL);
            continue;
        }
        cell->planned += n;
        *total += n;
        *outside += tr_str_eq(code, s->bydel) ? 0 : n;
    }
}

static void take_site(struct check *c, uint32_t i)
{
    const struct tr_records *r = c->claim->sites;
    const struct tr_site *s = site_at(c, i);
    int k = rule_of(c, s->housing_type);
    const struct tr_site_rule *rule = k < 0 ? NULL : &c->claim->rules->rule[k];
    const struct cell *home = find_cell(c, s->bydel, k);
    bool is_new = s->status == c->is_new;
    int64_t total = 0, outside = 0;
    struct part *part;

    if (!home || !home->proof) {
        fault(c, r, i, "bydel", TR_E_SITE_JOIN, NULL, NULL);
        return;
    }
    take_residents(c, i, k, home->proof, &total, &outside);
    if (total != s->residents)
        differ(c, r, i, "residents", TR_E_SITE_WRONG, s->residents, total);
    if (s->units != (is_new ? s->residents : 0))
        differ(c, r, i, "units", TR_E_SITE_WRONG, s->units, is_new ? s->residents : 0);
    if (outside != (s->outside < 0 ? 0 : s->outside))
        differ(c, r, i, "outside_district", TR_E_SITE_WRONG, s->outside, outside);
    if (!is_new)
        return;
    if (s->units < (int32_t)rule->min || s->units > (int32_t)rule->max)
        differ(c, r, i, "units", TR_E_SITE_SIZE, rule->min, rule->max);
    part = &c->part[home->proof - 1];
    part->housed += total;
    part->outside += outside;
    part->sites++;
    part->squares += (int64_t)s->units * s->units;
}

/* ---- what both add up to ---- */

/* The plan houses, or leaves waiting, whom the certificate has. */
static void check_cells(struct check *c)
{
    for (uint32_t d = 0; d < c->n; d++)
        for (int k = 0; k < c->claim->rules->n; k++) {
            const struct cell *cell = cell_at(c, d, k);

            if (cell->planned != cell->need)
                differ(c, c->claim->proofs, cell->proof - 1, "group_needs", TR_E_SITE_NEED,
                       cell->planned, cell->need);
        }
}

/* The certificate has all who need such a home, without those who get one in sites under way. */
static void check_needs(struct check *c)
{
    const struct tr_demand *d = c->claim->needs;

    for (uint32_t i = 0; d && i < c->n; i++)
        for (int k = 0; k < c->claim->rules->n; k++) {
            const struct cell *cell = cell_at(c, i, k);
            int64_t real = *tr_demand_cell(d, i, k), told = cell->need + cell->under_way;

            if (c->join[k] >= 0 && real != told)
                differ(c, c->claim->proofs, cell->proof ? cell->proof - 1 : 0, "group_needs",
                       TR_E_SITE_NEED, told, real);
        }
}

static bool check_sums(struct check *c, uint32_t i)
{
    const struct tr_site_proof *p = proof_at(c, i);
    const struct part *s = &c->part[i];
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

static int check_bound(struct check *c, uint32_t i, struct tr_err *err)
{
    const struct tr_site_rule *rule =
        tr_site_rule_of(c->claim->rules, proof_at(c, i)->housing_type);
    const struct part *s = &c->part[i];
    struct tr_site_bound b = {.need = (const uint32_t *)(const void *)c->need.p + s->from,
                              .n = s->n,
                              .housed = (uint64_t)s->housed,
                              .outside = (uint64_t)s->outside,
                              .sites = (uint64_t)s->sites,
                              .squares = (uint64_t)s->squares};
    long long multiplier = 0;
    int rc;

    if (!check_sums(c, i) || !rule || c->faults > 0)
        return 0;
    tr_number_read(proof_at(c, i)->multiplier, &multiplier);
    b.min = rule->min;
    b.max = rule->max;
    b.multiplier = multiplier;
    rc = tr_site_bound_holds(&b, err);
    if (rc == 0)
        fault(c, c->claim->proofs, i, "housing_type", TR_E_SITE_BEATEN, NULL, NULL);
    return rc < 0 ? -1 : 0;
}

static int start(struct check *c, struct tr_err *err)
{
    const struct tr_table *t = c->claim->districts;
    const struct tr_list *status = tr_profile_list(c->claim->sites->profile, "site_status");
    int code = tr_table_column(t, "code");

    c->n = t->n_rows;
    c->is_new = tr_list_code(status, TR_STR("new"));
    c->is_under_way = tr_list_code(status, TR_STR("under_way"));
    c->cell = calloc((size_t)c->n * (size_t)c->claim->rules->n + 1, sizeof *c->cell);
    c->owner = calloc((size_t)c->n * (size_t)c->claim->rules->n + 1, sizeof *c->owner);
    c->part = calloc(c->claim->proofs->n + (size_t)1, sizeof *c->part);
    if (!c->cell || !c->owner || !c->part)
        return tr_err_memory(err);
    for (int k = 0; k < TR_SITE_RULES_MAX; k++)
        c->join[k] = -1;
    for (uint32_t d = 0; d < c->n; d++) {
        int value = (int)d;

        if (tr_dict_add(&c->district, tr_table_cell(t, d, code), &value) < 0)
            return tr_err_memory(err);
    }
    return 0;
}

static int check_all(struct check *c, struct tr_err *err)
{
    if (start(c, err) < 0)
        return -1;
    for (uint32_t i = 0; i < c->claim->proofs->n; i++)
        if (take_proof(c, i, err) < 0)
            return -1;
    for (uint32_t i = 0; i < c->claim->sites->n; i++)
        if (site_at(c, i)->status == c->is_under_way)
            take_under_way(c, i);
        else
            take_site(c, i);
    check_cells(c);
    check_needs(c);
    for (uint32_t i = 0; i < c->claim->proofs->n; i++)
        if (check_bound(c, i, err) < 0)
            return -1;
    return 0;
}

int tr_homes_verify(const struct tr_homes_claim *claim, const struct tr_listener *listener,
                    struct tr_err *err)
{
    struct check c = {.claim = claim, .listener = listener};
    int rc = check_all(&c, err);

    tr_dict_clear(&c.district);
    tr_buf_clear(&c.need);
    for (int j = 0; j < TR_N_JOINS; j++)
        free(c.group[j]);
    free(c.owner);
    free(c.part);
    free(c.cell);
    return rc < 0 ? -1 : c.faults;
}
