/* What the programs of a plan of homes share: rules, districts, tables of needs, sites under way.
 */
#ifndef TR_CLI_PLANNING_H
#define TR_CLI_PLANNING_H

#include "cli/app/app.h"
#include "domain/homes/conflict.h"
#include "domain/homes/prices.h"
#include "domain/homes/underway.h"
#include "domain/homes/years.h"

struct tr_planning {
    struct tr_site_rules rules;
    struct tr_table own; /* districts that were given; empty: those of the profile */
    const struct tr_table *districts;
    struct tr_demand needs, earlier; /* of an earlier survey, when pace has it */
    struct tr_records under_way, prices;
    struct tr_homes_choice choice;
    struct tr_homes_pace pace;                             /* per_year 0: no years */
    bool sheets, tell_options, tell_gains, tell_conflicts; /* what is asked for */

    /* of tr_planning_make */
    struct tr_homes plan;
    struct tr_records sums, options, gains, years,
        conflicts; /* empty when they were not asked for */
    int32_t met;
};

/* Reads rules and districts into p, zeroed; districts NULL: those of the profile. -1 in this and
 * the others: said, status raised. */
int tr_planning_start(struct tr_app *app, struct tr_planning *p, const char *districts);
void tr_planning_clear(struct tr_planning *p);

/* Lets a table of shares of one-room homes count; path NULL: there is none. */
int tr_planning_rooms(struct tr_app *app, struct tr_planning *p, const char *path);

/* Adds a table of needs to d, which is started. */
int tr_planning_needs(struct tr_app *app, struct tr_demand *d, const char *path);

/* Reads the needs from the arguments, and those of an earlier year, or NULL. standard: as if those who
 * need one type needed another, FROM:TO, a usage error when they are none. */
int tr_planning_read(struct tr_app *app, struct tr_planning *p, const struct tr_texts *standard,
                     const char *earlier);

/* Sites under way from a file, or NULL, without those that are closed, and with those added. */
int tr_planning_sites(struct tr_app *app, struct tr_planning *p, const char *path,
                      const struct tr_texts *add, const struct tr_texts *close);

/* The rules of the types asked for; by default of those with a base. */
uint64_t tr_planning_types(struct tr_app *app, const struct tr_site_rules *rules,
                           const struct tr_texts *types);

/* Makes the plan, and what is asked for beside it. */
int tr_planning_make(struct tr_app *app, struct tr_planning *p);

/* Says who has no site, and that the need is never met: something was found. */
void tr_planning_say_waiting(struct tr_app *app, const struct tr_planning *p);

/* Writes the report, or the sheets, in a format of documents. */
int tr_planning_report(struct tr_app *app, const struct tr_planning *p, const char *format,
                       const char *path);

#endif
