#include "domain/homes/prices.h"

#include "base/number.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { PRICE_MAX = 1000000000, STAFF_MAX = 1000, YEAR_MAX = 9999 };

static const struct tr_member members[] = {
    {"price_item", TR_M_CODE, .at = offsetof(struct tr_price, item), .list = "price_item",
     .needed = true, .filled = true},
    {"housing_type", TR_M_CODE, .at = offsetof(struct tr_price, housing_type),
     .list = "housing_type"},
    {"price", TR_M_NUMBER, .at = offsetof(struct tr_price, price), .most = PRICE_MAX,
     .needed = true, .filled = true},
    {"number", TR_M_NUMBER, .at = offsetof(struct tr_price, number), .most = STAFF_MAX},
    {"price_year", TR_M_NUMBER, .at = offsetof(struct tr_price, year), .most = YEAR_MAX,
     .needed = true, .filled = true},
};

const struct tr_kind tr_price_kind = {
    .name = "price",
    .member = members,
    .n_members = COUNT(members),
    .size = sizeof(struct tr_price),
};

/* Tenths of a number with one digit behind the point at most; -1: it is none. */
static int64_t tenths(struct tr_str cell)
{
    struct tr_str whole, part = {0};
    long long n, tenth = 0;

    if (cell.len == 0 || !tr_str_part(&cell, '.', &whole) || !tr_number_read(whole, &n))
        return -1;
    if (cell.p &&
        (!tr_str_part(&cell, '.', &part) || part.len != 1 || !tr_number_read(part, &tenth)))
        return -1;
    return n * 10 + tenth;
}

/* Tenths of what the item counts in a site; -1: not known. */
static int64_t amount(const struct tr_site *s, const struct tr_price *p, struct tr_str item)
{
    if (tr_str_is(item, "area_m2"))
        return tenths(s->area_m2);
    if (tr_str_is(item, "bra_m2"))
        return tenths(s->bra_m2);
    if (tr_str_is(item, "bta_m2"))
        return tenths(s->bta_m2);
    if (tr_str_is(item, "home"))
        return (int64_t)s->units * 10;
    if (tr_str_is(item, "staff_year"))
        return (int64_t)(p->number < 0 ? 1 : p->number) * 10;
    return 10;
}

static void add(int64_t *sum, bool *any, int64_t tenths_of, int32_t price)
{
    *any = true;
    *sum = *sum < 0 || tenths_of < 0 ? -1 : *sum + tenths_of * price / 10;
}

static int32_t known(int64_t sum, bool any)
{
    return any && sum >= 0 && sum < INT32_MAX ? (int32_t)sum : -1;
}

static void price_site(struct tr_site *s, const struct tr_records *prices)
{
    const struct tr_list *items = tr_profile_list(prices->profile, "price_item");
    int64_t once = 0, yearly = 0;
    bool any_once = false, any_yearly = false;

    for (uint32_t i = 0; i < prices->n; i++) {
        const struct tr_price *p = (const struct tr_price *)(const void *)prices->record + i;
        struct tr_str item = items->entry[p->item].code;

        if (p->housing_type >= 0 && p->housing_type != s->housing_type)
            continue;
        if (tr_str_is(item, "staff_year"))
            add(&yearly, &any_yearly, amount(s, p, item), p->price);
        else
            add(&once, &any_once, amount(s, p, item), p->price);
        s->price_year = p->year;
    }
    s->cost = known(once, any_once);
    s->cost_year = known(yearly, any_yearly);
}

int tr_prices_apply(struct tr_homes *plan, const struct tr_records *prices, struct tr_err *err)
{
    int is_new = tr_list_code(tr_profile_list(plan->sites.profile, "site_status"), TR_STR("new"));

    for (uint32_t i = 1; i < prices->n; i++) {
        const struct tr_price *p = (const struct tr_price *)(const void *)prices->record;

        if (p[i].year != p->year)
            return tr_records_fault(prices, i, "price_year", TR_E_SITE_PRICES, NULL, NULL, err);
    }
    for (uint32_t i = 0; i < plan->sites.n; i++) {
        struct tr_site *s = (struct tr_site *)(void *)plan->sites.record + i;

        if (s->status == is_new)
            price_site(s, prices);
    }
    return 0;
}
