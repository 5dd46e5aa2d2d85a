/* What a site is like: rooms, staff, modules, areas and requirements, as the tables of the profile
 * say it. Nothing is filled in that they do not say. */
#ifndef TR_DOMAIN_HOMES_BUILDING_H
#define TR_DOMAIN_HOMES_BUILDING_H

#include "domain/homes/homes.h"

struct tr_buildings {
    const struct tr_site_rules *rules;
    enum tr_lang lang;
};

/* Fills what follows from the rule and the number of units. Texts go into the arena, which
 * remembers when memory is out. */
void tr_building_describe(const struct tr_buildings *b, const struct tr_site_rule *rule,
                          struct tr_site *site, struct tr_arena *text);

/* Marks, with heap, the sites of districts where more homes than the profile allows lie. */
int tr_buildings_warn(const struct tr_buildings *b, struct tr_records *sites, struct tr_err *err);

#endif
