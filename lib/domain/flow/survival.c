#include "domain/flow/survival.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/chance.h"

static int by_days(const void *a, const void *b)
{
    const struct tr_watch *x = a, *y = b;

    if (x->days != y->days)
        return x->days < y->days ? -1 : 1;
    return (int)y->reached - (int)x->reached; /* who left on a day was watched on it */
}

static void set_limits(struct tr_curve_point *p, double greenwood, double z)
{
    double width = z * sqrt(greenwood);

    p->low = p->share > 0 ? p->share * exp(-width) : NAN;
    p->high = p->share > 0 ? fmin(1, p->share * exp(width)) : NAN;
}

int tr_curve_make(struct tr_curve *c, struct tr_watch *watch, uint32_t n, double confidence)
{
    double share = 1, greenwood = 0, z = tr_normal_quantile(0.5 + confidence / 2);
    uint32_t censored = 0;

    *c = (struct tr_curve){.watched = n};
    c->point = calloc(n + (size_t)1, sizeof *c->point);
    if (!c->point)
        return -1;
    qsort(watch, n, sizeof *watch, by_days);
    for (uint32_t i = 0; i < n;) {
        uint32_t risk = n - i, reached = 0, end = i;

        while (end < n && watch[end].days == watch[i].days) {
            reached += watch[end].reached;
            censored += !watch[end].reached;
            end++;
        }
        c->reached += reached;
        if (reached > 0 || end == n) {
            struct tr_curve_point *p = &c->point[c->n++];

            share *= 1 - (double)reached / risk;
            greenwood += reached < risk ? (double)reached / ((double)risk * (risk - reached)) : 0;
            *p = (struct tr_curve_point){watch[i].days, risk, reached, censored, share, 0, 0};
            set_limits(p, greenwood, z);
            censored = 0;
        }
        c->longest = watch[i].days;
        i = end;
    }
    return 0;
}

void tr_curve_clear(struct tr_curve *c)
{
    free(c->point);
    *c = (struct tr_curve){0};
}

/* Where the value at the offset falls to the level. */
static double falls_to(const struct tr_curve *c, size_t offset, double level)
{
    const double rounding = 1.5e-8;

    for (uint32_t i = 0; i < c->n; i++) {
        double here = *(const double *)(const void *)((const char *)&c->point[i] + offset);

        if (isnan(here)) /* of share 0 */
            return offset == offsetof(struct tr_curve_point, share) ? NAN : c->point[i].days;
        if (here > level + rounding)
            continue;
        if (here >= level - rounding) {
            uint32_t next = i + 1;

            while (next < c->n && c->point[next].reached == 0)
                next++;
            return (c->point[i].days + (double)(next < c->n ? c->point[next].days : c->longest)) / 2;
        }
        return c->point[i].days;
    }
    return NAN;
}

double tr_curve_quantile(const struct tr_curve *c, double p)
{
    return falls_to(c, offsetof(struct tr_curve_point, share), 1 - p);
}

void tr_curve_quantile_interval(const struct tr_curve *c, double p, double *low, double *high)
{
    *low = falls_to(c, offsetof(struct tr_curve_point, low), 1 - p);
    *high = falls_to(c, offsetof(struct tr_curve_point, high), 1 - p);
    if (c->n > 0 && isnan(c->point[c->n - 1].high) && !isnan(*high) &&
        *high >= c->point[c->n - 1].days)
        *high = NAN; /* the end of the curve is no limit */
}
