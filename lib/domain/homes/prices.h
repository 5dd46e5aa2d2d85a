/* What a plan costs, from prices that somebody gives. Nothing is assumed. */
#ifndef TR_DOMAIN_HOMES_PRICES_H
#define TR_DOMAIN_HOMES_PRICES_H

#include "domain/homes/homes.h"

/* A row of needs-plan --costs. */
struct tr_price {
    int32_t item;         /* entry of price_item: area_m2, bra_m2, bta_m2, home, site, staff_year */
    int32_t housing_type; /* -1: all */
    int32_t price;        /* kroner */
    int32_t number;       /* staff_year: how many a site; -1: one */
    int32_t year;         /* of the price */
};
extern const struct tr_kind tr_price_kind;

/* Fills cost, cost_year and price_year of all new sites. A site whose area the profile does not
 * tell has no cost when a price goes by it. TR_E_YEAR: prices of several years. */
int tr_prices_apply(struct tr_homes *plan, const struct tr_records *prices, struct tr_err *err);

#endif
