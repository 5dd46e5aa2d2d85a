/* Who delivered to a count by district: an input delivers for each district of whom it counts
 * anybody. A district of the profile that nobody delivered for is missing, and one that came in two
 * inputs may stand twice. */
#ifndef TR_DOMAIN_SURVEY_DELIVERIES_H
#define TR_DOMAIN_SURVEY_DELIVERIES_H

#include "domain/profile/kind.h"
#include "domain/survey/needs.h"

struct tr_deliveries {
    const struct tr_needs *needs;
    const char *by[TR_LIST_MAX];   /* of each district: the first input that delivered */
    uint64_t counted[TR_LIST_MAX]; /* before the input in hand */
    bool missing[TR_LIST_MAX], twice[TR_LIST_MAX];
    int n_missing, n_twice;
};

/* Whether a count is by district at all. */
bool tr_deliveries_known(const struct tr_needs *needs);

void tr_deliveries_start(struct tr_deliveries *d, const struct tr_needs *needs);

/* Notes what source, which is borrowed, has delivered since the last call, and tells of districts
 * that came before. Persons must not have been taken back yet. */
void tr_deliveries_note(struct tr_deliveries *d, const char *source,
                        const struct tr_listener *listener);

/* The only district that was counted since the last tr_deliveries_note, or -1: the rows of that
 * input are most likely all its. */
int tr_deliveries_only(const struct tr_deliveries *d);

/* Which districts are looked for: when half of them or more are missing, the count is of some, and
 * misses none but these (bit: code). */
struct tr_deliveries_awaited {
    bool all;
    uint64_t districts;
};

/* Tells of districts that are missing, those that a table says have not delivered among them. */
void tr_deliveries_end(struct tr_deliveries *d, struct tr_deliveries_awaited awaited,
                       const struct tr_listener *listener);

/* The districts of whom an earlier count counts anybody. */
uint64_t tr_deliveries_of(const struct tr_needs *earlier);

/* Tells of the districts of which an earlier count tells nothing. */
void tr_deliveries_lacking(const struct tr_needs_year *earlier, const struct tr_listener *listener);

/* The same, of those that the count in hand counts: what changed there is not known. */
void tr_deliveries_untold(const struct tr_deliveries *d, const struct tr_needs_year *earlier,
                          const struct tr_listener *listener);

#endif
