/* Need in the years ahead, with bands that say how unsure it is. Two ways, which both add up: what
 * is expected of a sum is the sum of what is expected.
 *
 * Surveys of several years: through the counts of each district and housing type goes a straight
 * line by least squares, as far as it is not below zero. The counts are taken as quasi-Poisson:
 * their variance is the mean, times one dispersion for the whole table (McCullagh and Nelder,
 * Generalized Linear Models, 2nd edition 1989, chapters 6 and 9). The band is the prediction
 * interval of the line (Draper and Smith, Applied Regression Analysis, 3rd edition 1998): Student's
 * t times the root of variance × (1/n + (t - mean of t)² / sum of squares) + variance of the count
 * to come. From three surveys on, the dispersion is that of the counts about their lines. Two
 * surveys leave nothing about a line: then it is that of the districts' changes about the change of
 * their housing type. It is never below one. The mean of the counts stands for the variance of
 * each: few points tell no more. The line of a district goes through the surveys to which it has
 * delivered: two at least.
 *
 * Flows, as a register sees them: who is in need now, and each year as many more as came in an
 * average year, less those who left. Both are counts of that kind. */
#ifndef TR_DOMAIN_SURVEY_FORECAST_H
#define TR_DOMAIN_SURVEY_FORECAST_H

#include "domain/profile/kind.h"
#include "domain/survey/needs.h"

/* Persons per cent that should come to lie in a band: what the tables of Student's t are for. */
enum { TR_BAND = 80, TR_AHEAD_MAX = 20 };

/* Counts of some years, by rows and columns. */
struct tr_panel {
    int n, rows, columns;
    int year[TR_YEARS_MAX];              /* each once, the earliest first */
    const uint64_t *count[TR_YEARS_MAX]; /* [row][stride] */
    uint64_t untold[TR_YEARS_MAX];       /* bit: row of which the year tells nothing */
    size_t stride;
};

/* What a register saw in some years that follow each other. */
struct tr_flows {
    int n, rows, columns, last; /* years; the last of them */
    uint64_t *came, *left;      /* [year][row][column] */
    uint64_t *now;              /* [row][column] */
};

struct tr_prospect {
    int rows, columns, last;
    struct tr_prospect_cell {
        double middle, slope; /* at the time origin, and a year */
        double noise;         /* persons that vary, a year */
    } * cell;
    struct tr_prospect_line {
        int n;         /* surveys */
        double origin; /* a year */
        double once,
            by_square; /* variance: noise × (once + years from the origin² × by_square) */
    } * line;          /* of each row */
    bool flows;
    double dispersion;
    int freedom; /* degrees of it */
};

/* -1: memory. p has two years at least, of each row that any of them tells of, and f one. */
int tr_prospect_from_panel(struct tr_prospect *o, const struct tr_panel *p);
int tr_prospect_from_flows(struct tr_prospect *o, const struct tr_flows *f);
void tr_prospect_clear(struct tr_prospect *o);

struct tr_band {
    int32_t middle, low, high;
};

/* In a year after the last; row or column -1: the sum of all. */
struct tr_band tr_prospect_at(const struct tr_prospect *o, int row, int column, int year);

/* A row of a forecast. */
struct tr_forecast {
    int32_t year;
    struct tr_str bydel, housing_type; /* total: of all */
    int32_t persons, low, high;
};
extern const struct tr_kind tr_forecast_kind;

/* Adds the rows of the years after the last, for each cell of codes that any count had, and sums.
 * The outlook's rows and columns are those of n. */
int tr_forecast_list(struct tr_records *out, const struct tr_prospect *o, const struct tr_needs *n,
                     int ahead, struct tr_err *err);

/* A table of needs in one year, by the same fields as n, to be planned for. */
void tr_forecast_fill(struct tr_needs *n, const struct tr_prospect *o, int year);

#endif
