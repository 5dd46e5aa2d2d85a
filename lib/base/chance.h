/* Distributions of chance: gamma, Poisson, beta, binomial and normal; exact intervals from them.
 * Relative error some 1e-12.
 *
 * Sources. Incomplete gamma and beta functions: Press et al., Numerical Recipes, 3rd ed., 6.2 and
 * 6.4 (series and continued fractions). Interval of a Poisson count: Garwood, Biometrika 28 (1936)
 * 437. Interval of a proportion: Clopper and Pearson, Biometrika 26 (1934) 404. Ratio of two rates:
 * given their sum, one count is binomial; Lehmann and Romano, Testing Statistical Hypotheses, 4.5.
 * Normal quantile: Wichura, algorithm AS 241, Applied Statistics 37 (1988) 477. */
#ifndef TR_BASE_CHANCE_H
#define TR_BASE_CHANCE_H

#include <stdint.h>

/* From lowest to highest, both limits included. high may be infinite. */
struct tr_interval {
    double low, high;
};

/* The part of a gamma distribution of this shape and scale 1 below x; of a beta distribution. */
double tr_gamma_below(double shape, double x);
double tr_beta_below(double a, double b, double x);

/* The value below which the part p of it lies, 0 < p < 1. */
double tr_gamma_quantile(double shape, double p);
double tr_beta_quantile(double a, double b, double p);
double tr_normal_quantile(double p);

/* The expected number of a Poisson count that was seen to be n, with this confidence (0.95). */
struct tr_interval tr_poisson_interval(uint64_t n, double confidence);

/* The chance of something that happened in k of n cases. */
struct tr_interval tr_binomial_interval(uint64_t k, uint64_t n, double confidence);

/* The ratio of two rates, of one over that of other: counts, and how long was watched. 0 to infinity
 * when nothing was counted. */
struct tr_interval tr_rate_ratio_interval(uint64_t one, double one_time, uint64_t other,
                                          double other_time, double confidence);

/* The chance of a result at least as unlikely, if both rates were the same: the binomial test, two
 * sides, by the probability of each result. */
double tr_rate_ratio_chance(uint64_t one, double one_time, uint64_t other, double other_time);

#endif
