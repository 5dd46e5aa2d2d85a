/* What a site must have, point by point: site_points.csv of the profile. */
#ifndef TR_DOMAIN_HOMES_SITE_POINT_H
#define TR_DOMAIN_HOMES_SITE_POINT_H

#include "base/arena.h"
#include "domain/homes/site_rule.h"

struct tr_site_point {
    struct tr_str code, text, source;
    bool doubtful; /* the source contradicts itself */
};

enum { TR_SITE_POINTS_MAX = 64 };
struct tr_site_points {
    struct tr_site_point at[TR_SITE_POINTS_MAX];
    int n;
};

/* The points of a site of this housing type and standard (entries; standard -1: not told, then that
 * of the rule). Without the table, the sentences of the rule's requirements are points, called s1,
 * s2 and so on; text holds their codes. Other texts are borrowed from the profile. */
void tr_site_points_find(struct tr_site_points *out, const struct tr_site_rules *rules, int type,
                         int standard, enum tr_lang lang, struct tr_arena *text);

/* The place of the point called so, or -1. */
int tr_site_point_find(const struct tr_site_points *points, struct tr_str code);

#endif
