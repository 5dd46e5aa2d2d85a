/* What the programs of a plan of homes share: rules, districts, tables of needs, sites under way.
 */
#ifndef TR_CLI_PLANNING_H
#define TR_CLI_PLANNING_H

#include "cli/app.h"
#include "domain/homes/underway.h"

struct tr_planning {
    struct tr_site_rules rules;
    struct tr_table own; /* districts that were given; empty: those of the profile */
    const struct tr_table *districts;
    struct tr_demand needs;
    struct tr_records under_way;
};

/* Reads rules and districts; districts NULL: those of the profile. -1 in this and the others: said,
 * status raised. */
int tr_planning_start(struct tr_app *app, struct tr_planning *p, const char *districts);
void tr_planning_clear(struct tr_planning *p);

/* Adds a table of needs to d, which is started. */
int tr_planning_needs(struct tr_app *app, struct tr_demand *d, const char *path);

/* As if those who need one type needed another: FROM:TO, a usage error when they are none. Marks
 * the rules that are blended so. */
void tr_planning_standard(struct tr_app *app, struct tr_demand *d, const struct tr_texts *given);

/* Sites under way from a file, or NULL, without those that are closed, and with those added. */
int tr_planning_sites(struct tr_app *app, struct tr_planning *p, const char *path,
                      const struct tr_texts *add, const struct tr_texts *close);

/* The rules of the types asked for; by default of those with a base. */
uint64_t tr_planning_types(struct tr_app *app, const struct tr_site_rules *rules,
                           const struct tr_texts *types);

#endif
