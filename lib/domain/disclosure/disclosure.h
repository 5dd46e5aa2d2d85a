/* When a number of persons may be shown: disclosure.csv of the profile. What hides numbers and what
 * tries to work them out both read the rules here, and share nothing else. */
#ifndef TR_DOMAIN_DISCLOSURE_DISCLOSURE_H
#define TR_DOMAIN_DISCLOSURE_DISCLOSURE_H

#include "domain/profile/profile.h"

enum tr_disclosure_totals {
    TR_SHOW_ALL = 1,    /* the sum of everybody */
    TR_SHOW_ROWS = 2,   /* sums of rows */
    TR_SHOW_COLUMNS = 4 /* sums of columns */
};

enum tr_disclosure_cost { TR_COST_CELLS, TR_COST_SUM };

struct tr_disclosure {
    /* Numbers from `least` to smallest_shown - 1 are hidden; least is 1 when zero is shown, else 0.
     * A number of 0 is hidden to protect another only where whole_group or a hidden zero asks for it:
     * so everybody who knows the rules knows that a hidden number is `least` or more. */
    int64_t smallest_shown;
    bool zero_shown;

    /* Of a small hidden number, what can be worked out is a range; this much is left of it between
     * least and smallest_shown - 1, from its lowest number to its highest. */
    int64_t range_width;
    bool whole_group; /* a number that holds everybody of its row is hidden too */
    bool own_row;     /* even for whoever knows all numbers of one row */
    bool own_cell;    /* even for whoever is the only one that a number counts */
    bool rest_counts; /* those whom a measure leaves out are a number too */
    unsigned totals_shown; /* enum tr_disclosure_totals */
    enum tr_disclosure_cost cost;
    struct tr_str keep; /* codes of rows that cost more to hide, joined with | */
};

/* -1 with err when a value contradicts another or cannot be read. A rule without a row, or with an
 * empty value, is as shipped. */
int tr_disclosure_load(struct tr_disclosure *d, const struct tr_profile *p, struct tr_err *err);

/* The lowest number that is hidden as small: see above. */
static inline int64_t tr_disclosure_least(const struct tr_disclosure *d)
{
    return d->zero_shown ? 1 : 0;
}

static inline bool tr_disclosure_is_small(const struct tr_disclosure *d, int64_t count)
{
    return count >= tr_disclosure_least(d) && count < d->smallest_shown;
}

/* The text of a rule in the language; the source that is named for it. Empty when it has no row. */
struct tr_str tr_disclosure_text(const struct tr_profile *p, const char *rule, enum tr_lang lang);
struct tr_str tr_disclosure_source(const struct tr_profile *p, const char *rule);

#endif
