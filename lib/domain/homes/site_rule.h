/* What the profile says of sites, site_rules.csv and the tables beside it: which housing types are
 * built as sites, of how many homes, for whom, and to which standard. */
#ifndef TR_DOMAIN_HOMES_SITE_RULE_H
#define TR_DOMAIN_HOMES_SITE_RULE_H

#include "domain/profile/kind.h"

/* Which districts may share a site; codes of the list join, and choices of needs-plan. */
enum tr_join { TR_JOIN_ALONE, TR_JOIN_SECTOR, TR_JOIN_NEIGHBOURS, TR_JOIN_ANY, TR_N_JOINS };
extern const char *const tr_join_names[TR_N_JOINS + 1];

struct tr_site_rule {
    int type;          /* entry of housing_type */
    uint32_t row;      /* of site_rules */
    uint32_t min, max; /* units a site */
    int one_room;      /* per cent of the homes that have one room, the rest has two */
    enum tr_join join; /* unless another is asked for */
    bool base;         /* there is a staff base */
    uint64_t groups;   /* bit: entry of rop_group */
    int standard;      /* entry of standard, the strictest of the groups; -1: none is told */
    uint64_t locations;
};

enum { TR_SITE_RULES_MAX = 16 };
struct tr_site_rules {
    const struct tr_profile *profile;
    struct tr_site_rule rule[TR_SITE_RULES_MAX]; /* in the order of site_rules.csv */
    int n;
    uint32_t heap; /* more homes than this in one district heap up; 0: no number is given */
};

/* A share of one-room homes that is given, instead of the rule's. */
struct tr_room_share {
    int32_t housing_type, percent;
};
extern const struct tr_kind tr_room_share_kind;

/* Lets the shares count. */
void tr_site_rules_share(struct tr_site_rules *r, const struct tr_records *shares);

/* -1 with err, at the cell of the profile that is at fault. A profile without the table has no
 * rules. */
int tr_site_rules_load(struct tr_site_rules *r, const struct tr_profile *p, struct tr_err *err);

/* The rule of a housing type, or NULL. */
const struct tr_site_rule *tr_site_rule_of(const struct tr_site_rules *r, int type);

/* The groups that a housing type is meant for (bit: entry of rop_group), and the standard that a
 * group needs (entry; -1: none is told), also where no sites are built. */
uint64_t tr_site_groups(const struct tr_profile *p, int type);
int tr_group_standard(const struct tr_profile *p, int group);

/* A text of a rule's row in a language, or of a table's row. */
struct tr_str tr_site_rule_text(const struct tr_site_rules *r, const struct tr_site_rule *rule,
                                const char *column, enum tr_lang lang);

#endif
