/* The multiplier is a price of homes. Give each district as many homes as it likes best, if each
 * home beyond its need earns the price and each one short of it pays the price: that costs no more
 * than any plan, as the prices cancel out in a plan. What a plan costs more than this bound is its
 * excess, a sum of what each district departs from its own best. So a plan better than the one
 * known has a smaller excess, and each district departs by less than the known excess: few choices
 * are left, and they are tried in all ways.
 *
 * Homes that are counted in a district: 0 to need + max - 1. A site that is filled by incomers
 * alone would be better where one of them is from, so no best plan has more. */
#include "domain/homes/bound.h"

#include <stdlib.h>

enum { PERSONS_MAX = 1000000 };

struct costs {
    const struct tr_site_bound *b;
    int64_t site, outside; /* what each costs; squares cost 1 */
};

/* Whether sites can hold so many homes, and what they cost in a district of that need. */
static bool price(const struct costs *c, int64_t homes, int64_t need, int64_t *out)
{
    int64_t max = c->b->max, sites = homes / max + (homes % max > 0), size, more;

    if (sites * c->b->min > homes)
        return false;
    *out = sites * c->site + (homes > need ? (homes - need) * c->outside : 0);
    size = sites > 0 ? homes / sites : 0;
    more = sites > 0 ? homes % sites : 0;
    *out += more * (size + 1) * (size + 1) + (sites - more) * size * size;
    *out -= c->b->multiplier * (homes - need);
    return true;
}

/* The excesses of all choices of a district, from its own best. */
struct departures {
    int64_t *excess; /* of 0 homes and more; -1: no site holds so many */
    uint32_t n;
    int64_t best;
};

static void depart(const struct costs *c, uint32_t need, struct departures *d)
{
    bool any = false;

    d->n = need + c->b->max;
    for (uint32_t h = 0; h < d->n; h++) {
        int64_t cost;

        if (price(c, h, need, &cost) && (!any || cost < d->best)) {
            d->best = cost;
            any = true;
        }
    }
    for (uint32_t h = 0; h < d->n; h++) {
        int64_t cost;

        d->excess[h] = price(c, h, need, &cost) ? cost - d->best : -1;
    }
}

/* Least excess at each balance from low on; -1: not within the limit. */
struct front {
    int64_t *at;
    int64_t low, n;
};

static int advance(struct front *f, const struct departures *d, uint32_t need, int64_t limit)
{
    struct front g = {.low = f->low - need, .n = f->n + d->n};

    g.at = malloc((size_t)g.n * sizeof *g.at);
    if (!g.at)
        return -1;
    for (int64_t i = 0; i < g.n; i++)
        g.at[i] = -1;
    for (uint32_t h = 0; h < d->n; h++)
        for (int64_t i = 0; d->excess[h] >= 0 && d->excess[h] <= limit && i < f->n; i++) {
            int64_t sum = f->at[i] < 0 ? -1 : f->at[i] + d->excess[h];

            if (sum >= 0 && sum <= limit && (g.at[i + h] < 0 || sum < g.at[i + h]))
                g.at[i + h] = sum;
        }
    while (g.n > 0 && g.at[g.n - 1] < 0)
        g.n--;
    for (int64_t skip = 0; skip < g.n; skip++)
        if (g.at[skip] >= 0) {
            memmove(g.at, g.at + skip, (size_t)(g.n - skip) * sizeof *g.at);
            g.low += skip;
            g.n -= skip;
            break;
        }
    free(f->at);
    *f = g;
    return 0;
}

/* Tries every way whose excess is at most limit: 1 when none reaches the balance wanted. */
static int try_all(const struct costs *c, struct departures *d, int64_t wanted, int64_t limit)
{
    struct front f = {.at = calloc(1, sizeof *f.at), .n = 1};
    int rc = f.at ? 0 : -1;

    for (uint32_t i = 0; i < c->b->n && rc == 0; i++) {
        depart(c, c->b->need[i], d);
        rc = advance(&f, d, c->b->need[i], limit);
    }
    if (rc == 0)
        rc = !(wanted >= f.low && wanted < f.low + f.n && f.at[wanted - f.low] >= 0);
    free(f.at);
    return rc;
}

int tr_site_bound_holds(const struct tr_site_bound *b, struct tr_err *err)
{
    struct tr_site_bound clamped = *b; /* the multiplier may be anybody's */
    struct costs c = {.b = &clamped, .site = (int64_t)(b->housed * b->max) + 1};
    struct departures d = {0};
    int64_t persons = 0, least = 0, wanted, known, largest = 0;
    int rc = 1;

    c.outside = c.site * (int64_t)(b->housed / b->min + 2);
    for (uint32_t i = 0; i < b->n; i++) {
        persons += b->need[i];
        largest = b->need[i] > largest ? b->need[i] : largest;
    }
    if (tr_must(persons <= PERSONS_MAX && c.outside < INT64_MAX / 4 / (persons + 1), err) < 0)
        return -1;
    if (clamped.multiplier < 0 || clamped.multiplier > 2 * c.outside)
        clamped.multiplier = c.outside / 2;
    for (int64_t more = persons; more > (int64_t)b->housed; more--)
        if ((more + b->max - 1) / b->max * b->min <= more)
            return 0; /* more persons can be housed */
    d.excess = malloc((size_t)(largest + b->max) * sizeof *d.excess);
    if (!d.excess)
        return tr_err_memory(err);
    wanted = (int64_t)b->housed - persons;
    for (uint32_t i = 0; i < b->n; i++) {
        depart(&c, b->need[i], &d);
        least += d.best;
    }
    known = (int64_t)b->outside * c.outside + (int64_t)b->sites * c.site + (int64_t)b->squares -
            clamped.multiplier * wanted;
    if (known > least) /* else nothing can be below it */
        rc = try_all(&c, &d, wanted, known - least - 1);
    free(d.excess);
    return rc < 0 ? tr_err_memory(err) : rc;
}
