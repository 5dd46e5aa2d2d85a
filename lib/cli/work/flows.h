/* What a register saw from year to year: who came to need a home, whose need ended, and who needs
 * one in another district or of another type than before. */
#ifndef TR_CLI_FLOWS_H
#define TR_CLI_FLOWS_H

#include "cli/input/casefile.h"
#include "domain/survey/forecast.h"

/* A year of one district and housing type. */
struct tr_flow {
    int32_t as_of; /* its last day */
    struct tr_str bydel, housing_type;
    int32_t arrived, moved_here, ended, moved_away;
    int32_t persons; /* in need on the last day */
};
extern const struct tr_kind tr_flow_kind;

struct tr_flows_seen {
    struct tr_flows flows;
    struct tr_records rows; /* tr_flow_kind, the earliest year first */
};

/* Looks at the cases on the day as_of of this and earlier years, for as many whole years as there
 * are since the first referral, or since a day (TR_NO_DAY: none is given). Somebody counts once,
 * where the newest referral of those that are in need says. needs: by which districts and types.
 * -1: said, status raised. */
int tr_flows_see(struct tr_app *app, const struct tr_needs *needs,
                 const struct tr_case_paths *paths, int32_t as_of, int32_t since,
                 struct tr_flows_seen *out);
void tr_flows_clear(struct tr_flows_seen *s);

#endif
