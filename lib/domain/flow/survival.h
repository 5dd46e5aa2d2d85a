/* How long until something happens, when some have not seen it yet: the estimator of Kaplan and Meier,
 * J. Am. Stat. Assoc. 53 (1958) 457. Who is still waiting, or left before, counts as long as they
 * were watched, and is not dropped. */
#ifndef TR_DOMAIN_FLOW_SURVIVAL_H
#define TR_DOMAIN_FLOW_SURVIVAL_H

#include <stdbool.h>

#include "base/err.h"

/* A curve, or a rate, of fewer is not told without a warning. */
enum { TR_CURVE_FEW = 10 };

/* One who was watched. */
struct tr_watch {
    int32_t days; /* 0 or more */
    bool reached; /* it happened then; else nothing is known of later */
};

/* A day on which it happened to somebody, or on which the last one was watched. */
struct tr_curve_point {
    int32_t days;
    uint32_t at_risk;  /* watched until then, and not reached before */
    uint32_t reached;  /* on this day */
    uint32_t censored; /* since the point before, up to and with this day */
    double share;      /* of all, not reached after this day */
    double low, high;  /* its interval: Greenwood's error of log share; NAN where share is 0 */
};

struct tr_curve {
    struct tr_curve_point *point;
    uint32_t n;
    uint32_t watched, reached;
    int32_t longest; /* that anybody was watched */
};

/* Sorts the watches. -1: memory. */
int tr_curve_make(struct tr_curve *c, struct tr_watch *watch, uint32_t n, double confidence);
void tr_curve_clear(struct tr_curve *c);

/* The day by which the part p has reached it; between the days when exactly that part has from one
 * to the other. NAN: so many have not. */
double tr_curve_quantile(const struct tr_curve *c, double p);

/* The interval of the same. NAN: no limit on that side. */
void tr_curve_quantile_interval(const struct tr_curve *c, double p, double *low, double *high);

#endif
