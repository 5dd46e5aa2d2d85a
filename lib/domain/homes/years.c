#include "domain/homes/years.h"

#include <stdio.h>
#include <stdlib.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { YEARS_SHOWN = 20, YEARS_MAX = 100 };

static const struct tr_member year_members[] = {
    {"year", TR_M_NUMBER, .at = offsetof(struct tr_homes_year, year)},
    {"housing_type", TR_M_TEXT, .at = offsetof(struct tr_homes_year, housing_type)},
    {"persons", TR_M_NUMBER, .at = offsetof(struct tr_homes_year, persons)},
    {"persons_more", TR_M_TEXT, .at = offsetof(struct tr_homes_year, more)},
    {"built", TR_M_NUMBER, .at = offsetof(struct tr_homes_year, built)},
    {"remaining", TR_M_NUMBER, .at = offsetof(struct tr_homes_year, remaining)},
    {"remaining_expected", TR_M_NUMBER, .at = offsetof(struct tr_homes_year, remaining_expected)},
};

const struct tr_kind tr_homes_year_kind = {
    .name = "homes_year",
    .member = year_members,
    .n_members = COUNT(year_members),
    .size = sizeof(struct tr_homes_year),
};

/* One housing type, from year to year. */
struct line {
    int type;
    int64_t persons, more, built, remaining;
    int64_t growth, over; /* so many more came to need one in so many years */
    int64_t doubt;        /* hundredths of homes that stand with a chance only */
};

struct calendar {
    struct tr_homes *plan;
    const struct tr_homes_pace *pace;
    struct line line[TR_SITE_RULES_MAX];
    int n;
    int64_t
        *waits; /* of each site that is new: persons of its district and type without a home yet */
    int is_new, is_under_way;
    int64_t saved; /* homes that may be built and were not */
};

static struct tr_site *site_at(const struct calendar *c, uint32_t i)
{
    return (struct tr_site *)(void *)c->plan->sites.record + i;
}

/* Rounded to the nearest, halves up, also below zero. */
static int64_t divide(int64_t n, int64_t by)
{
    int64_t twice = 2 * n + by, q = twice / (2 * by);

    return q - (twice % (2 * by) < 0);
}

static int64_t sum_of(const struct tr_demand *d, int rule)
{
    int64_t sum = 0;

    for (uint32_t i = 0; i < d->n; i++)
        sum += *tr_demand_cell(d, i, rule);
    return sum;
}

static struct line *line_of(struct calendar *c, int type)
{
    for (int i = 0; i < c->n; i++)
        if (c->line[i].type == type)
            return &c->line[i];
    return NULL;
}

/* How many more need a home than earlier, in districts of which both tables tell. */
static int64_t growth_of(const struct calendar *c, const struct tr_demand *needs, int64_t remaining, int rule)
{
    const struct tr_demand *then = c->pace->earlier;
    int64_t growth = remaining - sum_of(then, rule);

    for (uint32_t i = 0; i < needs->n; i++)
        if (tr_demand_untold(needs, i) || tr_demand_untold(then, i))
            growth -= (int64_t)*tr_demand_cell(needs, i, rule) - *tr_demand_cell(then, i, rule);
    return growth;
}

static void start_lines(struct calendar *c, const struct tr_demand *needs, uint64_t rules)
{
    const struct tr_site_rules *r = needs->rules;

    for (int i = 0; i < r->n; i++) {
        struct line *l = &c->line[c->n];

        if (!(rules >> i & 1))
            continue;
        *l = (struct line){.type = r->rule[i].type, .over = 1};
        for (uint32_t s = 0; s < c->plan->sites.n; s++)
            if (site_at(c, s)->housing_type == l->type)
                l->remaining += site_at(c, s)->residents;
        if (c->pace->earlier) {
            l->growth = growth_of(c, needs, l->remaining, i);
            l->over = c->pace->from - c->pace->earlier_year;
        }
        c->n++;
    }
}

static void count_waits(struct calendar *c)
{
    for (uint32_t i = 0; i < c->plan->sites.n; i++)
        for (uint32_t j = 0; j < c->plan->sites.n; j++) {
            const struct tr_site *a = site_at(c, i), *b = site_at(c, j);

            if (b->status == c->is_new && b->year < 0 && a->housing_type == b->housing_type &&
                tr_str_eq(a->bydel, b->bydel))
                c->waits[i] += b->residents;
        }
}

/* The next site to build: where most wait, of equals the first; NULL: none that the homes allow. */
static struct tr_site *next_site(struct calendar *c, int64_t homes)
{
    uint32_t n = c->plan->sites.n, best = n;

    for (uint32_t i = 0; i < n; i++)
        if (site_at(c, i)->status == c->is_new && site_at(c, i)->year < 0 &&
            (best == n || c->waits[i] > c->waits[best]))
            best = i;
    if (best == n || site_at(c, best)->units > homes)
        return NULL;
    for (uint32_t i = 0; i < n; i++)
        if (site_at(c, i)->housing_type == site_at(c, best)->housing_type &&
            tr_str_eq(site_at(c, i)->bydel, site_at(c, best)->bydel))
            c->waits[i] -= site_at(c, best)->residents;
    return site_at(c, best);
}

static bool all_stand(const struct calendar *c)
{
    for (uint32_t i = 0; i < c->plan->sites.n; i++)
        if (site_at(c, i)->status == c->is_new && site_at(c, i)->year < 0)
            return false;
    return true;
}

static void build(struct calendar *c, int32_t year)
{
    struct tr_site *s;

    for (uint32_t i = 0; i < c->plan->sites.n; i++) {
        struct line *l = line_of(c, site_at(c, i)->housing_type);

        s = site_at(c, i);
        if (!l || s->status != c->is_under_way ||
            (s->year > c->pace->from ? s->year : c->pace->from + 1) != year)
            continue;
        l->built += s->units;
        l->doubt += (int64_t)s->units * (100 - (s->chance < 0 ? 100 : s->chance));
    }
    c->saved += c->pace->per_year;
    while ((s = next_site(c, c->saved))) {
        s->year = year;
        c->saved -= s->units;
        line_of(c, s->housing_type)->built += s->units;
    }
    if (!all_stand(c))
        return;
    for (int i = 0; i < c->n; i++) { /* sites that no plan has yet: those who came later */
        struct line *l = &c->line[i];
        int64_t lack = l->remaining + l->more - l->built, more = lack < c->saved ? lack : c->saved;

        l->built += more > 0 ? more : 0;
        c->saved -= more > 0 ? more : 0;
    }
}

static int write_line(struct tr_records *out, const struct line *l, struct tr_str name,
                      int32_t year, struct tr_err *err)
{
    struct tr_homes_year *y = tr_records_add(out, 0);
    char more[24];

    if (!y)
        return tr_err_memory(err);
    snprintf(more, sizeof more, "%lld", (long long)l->more);
    y->year = year;
    y->housing_type = name;
    y->persons = (int32_t)l->persons;
    y->more = tr_arena_copy(&out->text, tr_str(more));
    y->built = (int32_t)l->built;
    y->remaining = (int32_t)l->remaining;
    y->remaining_expected = (int32_t)(l->remaining + divide(l->doubt, 100));
    return 0;
}

/* A year; gives how many remain. -1 with err. */
static int64_t pass(struct calendar *c, struct tr_records *out, int32_t k, bool show,
                    struct tr_err *err)
{
    const struct tr_list *types = tr_profile_list(out->profile, "housing_type");
    int32_t year = c->pace->from + k;
    struct line all = {0};

    for (int i = 0; i < c->n; i++) {
        struct line *l = &c->line[i];

        l->persons = l->remaining;
        l->more = divide(l->growth * k, l->over) - divide(l->growth * (k - 1), l->over);
        l->more = l->persons + l->more < 0 ? -l->persons : l->more;
        l->built = 0;
    }
    build(c, year);
    for (int i = 0; i < c->n; i++) {
        struct line *l = &c->line[i];
        int64_t left = l->persons + l->more - l->built;

        l->remaining = left > 0 ? left : 0;
        all.persons += l->persons;
        all.more += l->more;
        all.built += l->built;
        all.remaining += l->remaining;
        all.doubt += l->doubt;
        if (show && write_line(out, l, types->entry[l->type].code, year, err) < 0)
            return -1;
    }
    if (show && write_line(out, &all, TR_STR("total"), year, err) < 0)
        return -1;
    return all.remaining;
}

int tr_homes_years(struct tr_records *out, struct tr_homes *plan, const struct tr_demand *needs,
                   uint64_t rules, const struct tr_homes_pace *pace, int32_t *met,
                   struct tr_err *err)
{
    struct calendar c = {.plan = plan, .pace = pace};
    const struct tr_list *status = tr_profile_list(plan->sites.profile, "site_status");
    int64_t remaining = 1;

    *met = 0;
    tr_records_start(out, &tr_homes_year_kind, plan->sites.profile, NULL);
    c.is_new = tr_list_code(status, TR_STR("new"));
    c.is_under_way = tr_list_code(status, TR_STR("under_way"));
    c.waits = calloc(plan->sites.n + (size_t)1, sizeof *c.waits);
    if (!c.waits)
        return tr_err_memory(err);
    start_lines(&c, needs, rules);
    count_waits(&c);
    for (int32_t k = 1; k <= YEARS_MAX && remaining > 0; k++) {
        remaining = pass(&c, out, k, k <= YEARS_SHOWN, err);
        if (remaining == 0)
            *met = pace->from + k;
    }
    free(c.waits);
    if (remaining < 0)
        return -1;
    return out->text.failed ? tr_err_memory(err) : 0;
}
