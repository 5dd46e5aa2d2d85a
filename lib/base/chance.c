#define _DEFAULT_SOURCE
#include "base/chance.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

enum { ROUNDS = 100000 };

/* lgamma sets a global; this does not. */
static double log_gamma(double x)
{
    int sign;

    return lgamma_r(x, &sign);
}

/* ---- gamma ---- */

static double gamma_series(double a, double x)
{
    double term = 1 / a, sum = term;

    for (int i = 1; i < ROUNDS && fabs(term) > fabs(sum) * DBL_EPSILON / 4; i++) {
        term *= x / (a + i);
        sum += term;
    }
    return sum * exp(a * log(x) - x - log_gamma(a));
}

/* The part above x; Lentz's way through the continued fraction. */
static double gamma_fraction(double a, double x)
{
    double b = x + 1 - a, c = 1 / DBL_MIN, d = 1 / b, h = d;

    for (int i = 1; i < ROUNDS; i++) {
        double an = -i * (i - a), step;

        b += 2;
        d = an * d + b;
        d = fabs(d) < DBL_MIN ? DBL_MIN : d;
        c = b + an / c;
        c = fabs(c) < DBL_MIN ? DBL_MIN : c;
        d = 1 / d;
        step = d * c;
        h *= step;
        if (fabs(step - 1) <= DBL_EPSILON)
            break;
    }
    return h * exp(a * log(x) - x - log_gamma(a));
}

double tr_gamma_below(double a, double x)
{
    if (x <= 0)
        return 0;
    return x < a + 1 ? gamma_series(a, x) : 1 - gamma_fraction(a, x);
}

/* ---- beta ---- */

static double beta_fraction(double a, double b, double x)
{
    double c = 1, d = 1 - (a + b) * x / (a + 1), h;

    d = 1 / (fabs(d) < DBL_MIN ? DBL_MIN : d);
    h = d;
    for (int m = 1; m < ROUNDS; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), step;

        d = 1 + even * d;
        c = 1 + even / c;
        d = 1 / (fabs(d) < DBL_MIN ? DBL_MIN : d);
        c = fabs(c) < DBL_MIN ? DBL_MIN : c;
        h *= d * c;
        d = 1 + odd * d;
        c = 1 + odd / c;
        d = 1 / (fabs(d) < DBL_MIN ? DBL_MIN : d);
        c = fabs(c) < DBL_MIN ? DBL_MIN : c;
        step = d * c;
        h *= step;
        if (fabs(step - 1) <= DBL_EPSILON)
            break;
    }
    return h;
}

double tr_beta_below(double a, double b, double x)
{
    double front;

    if (x <= 0 || x >= 1)
        return x <= 0 ? 0 : 1;
    front = exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log1p(-x));
    return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a
                                     : 1 - front * beta_fraction(b, a, 1 - x) / b;
}

/* ---- quantiles ---- */

/* Halves [low, high], in which below(x) rises, until nothing is left between: slow, and cannot fail.
 */
struct shape {
    double a, b;
    bool beta;
};

static double below(const struct shape *s, double x)
{
    return s->beta ? tr_beta_below(s->a, s->b, x) : tr_gamma_below(s->a, x);
}

static double find(const struct shape *s, double p, double low, double high)
{
    for (;;) {
        double middle = low + (high - low) / 2;

        if (middle <= low || middle >= high)
            return middle;
        *(below(s, middle) < p ? &low : &high) = middle;
    }
}

double tr_gamma_quantile(double shape, double p)
{
    const struct shape s = {.a = shape};
    double high = shape + 1;

    while (below(&s, high) < p)
        high *= 2;
    return find(&s, p, 0, high);
}

double tr_beta_quantile(double a, double b, double p)
{
    const struct shape s = {.a = a, .b = b, .beta = true};

    return find(&s, p, 0, 1);
}

double tr_normal_quantile(double p)
{
    /* AS 241, PPND16: numerators and denominators, lowest power first. */
    static const double a[] = {3.3871328727963666080e0, 1.3314166789178437745e+2,
                               1.9715909503065514427e+3, 1.3731693765509461125e+4,
                               4.5921953931549871457e+4, 6.7265770927008700853e+4,
                               3.3430575583588128105e+4, 2.5090809287301226727e+3},
                        b[] = {1, 4.2313330701600911252e+1, 6.8718700749205790830e+2,
                               5.3941960214247511077e+3, 2.1213794301586595867e+4,
                               3.9307895800092710610e+4, 2.8729085735721942674e+4,
                               5.2264952788528545610e+3},
                        c[] = {1.42343711074968357734e0, 4.63033784615654529590e0,
                               5.76949722146069140550e0, 3.64784832476320460504e0,
                               1.27045825245236838258e0, 2.41780725177450611770e-1,
                               2.27238449892691845833e-2, 7.74545014278341407640e-4},
                        d[] = {1, 2.05319162663775882187e0, 1.67638483018380384940e0,
                               6.89767334985100004550e-1, 1.48103976427480074590e-1,
                               1.51986665636164571966e-2, 5.47593808499534494600e-4,
                               1.05075007164441684324e-9},
                        e[] = {6.65790464350110377720e0, 5.46378491116411436990e0,
                               1.78482653991729133580e0, 2.96560571828504891230e-1,
                               2.65321895265761230930e-2, 1.24266094738807843860e-3,
                               2.71155556874348757815e-5, 2.01033439929228813265e-7},
                        f[] = {1, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
                               1.48753612908506148525e-2, 7.86869131145613259100e-4,
                               1.84631831751005468180e-5, 1.42151175831644588870e-7,
                               2.04426310338993978564e-15};
    double q = p - 0.5, r = fabs(q) <= 0.425 ? 0.180625 - q * q : sqrt(-log(q < 0 ? p : 1 - p));
    const double *over = fabs(q) <= 0.425 ? a : r <= 5 ? c : e;
    const double *under = over == a ? b : over == c ? d : f;
    double n = 0, m = 0;

    r -= over == a ? 0 : over == c ? 1.6 : 5;
    for (int i = 7; i >= 0; i--) {
        n = n * r + over[i];
        m = m * r + under[i];
    }
    return over == a ? q * n / m : q < 0 ? -n / m : n / m;
}

/* ---- intervals ---- */

struct tr_interval tr_poisson_interval(uint64_t n, double confidence)
{
    double tail = (1 - confidence) / 2;

    return (struct tr_interval){n ? tr_gamma_quantile((double)n, tail) : 0,
                                tr_gamma_quantile((double)n + 1, 1 - tail)};
}

struct tr_interval tr_binomial_interval(uint64_t k, uint64_t n, double confidence)
{
    double tail = (1 - confidence) / 2, yes = (double)k, no = (double)(n - k);

    return (struct tr_interval){k ? tr_beta_quantile(yes, no + 1, tail) : 0,
                                k < n ? tr_beta_quantile(yes + 1, no, 1 - tail) : 1};
}

struct tr_interval tr_rate_ratio_interval(uint64_t one, double one_time, uint64_t other,
                                          double other_time, double confidence)
{
    struct tr_interval part = {0, 1};
    double times = other_time / one_time;

    if (one + other > 0)
        part = tr_binomial_interval(one, one + other, confidence);
    return (struct tr_interval){part.low / (1 - part.low) * times,
                                part.high < 1 ? part.high / (1 - part.high) * times : INFINITY};
}

double tr_rate_ratio_chance(uint64_t one, double one_time, uint64_t other, double other_time)
{
    double p = one_time / (one_time + other_time), n = (double)(one + other), sum = 0, seen;
    double choose = log_gamma(n + 1);

    seen = choose - log_gamma((double)one + 1) - log_gamma((double)other + 1) +
           (double)one * log(p) + (double)other * log1p(-p);
    for (double k = 0; k <= n; k++) {
        double here = choose - log_gamma(k + 1) - log_gamma(n - k + 1) + k * log(p) +
                      (n - k) * log1p(-p);

        if (here <= seen + 1e-7) /* equal but for rounding */
            sum += exp(here);
    }
    return sum < 1 ? sum : 1;
}
