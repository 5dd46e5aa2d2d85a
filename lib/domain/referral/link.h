/* Referrals that are probably of one person though no number says so: told with why, never merged.
 * Somebody decides, and what was decided counts from then on. */
#ifndef TR_DOMAIN_REFERRAL_LINK_H
#define TR_DOMAIN_REFERRAL_LINK_H

#include "base/dict.h"
#include "domain/profile/kind.h"
#include "domain/referral/person.h"

/* Two referrals, and what is thought or was decided about them. */
struct tr_link {
    struct tr_str referral_id, other_id;
    int32_t score;     /* the sum of the weights of why */
    struct tr_str why; /* facts that speak for one person, joined with | */
    int32_t link;      /* entry of the list link; -1: not decided */
    struct tr_str by;
    int32_t date;
};
extern const struct tr_kind tr_link_kind; /* called person_link */

static inline struct tr_link *tr_link(const struct tr_records *r, uint32_t i)
{
    return (struct tr_link *)(void *)r->record + i;
}

/* The referrals that were decided to be of one person: each belongs to a group, which has parts. In a
 * part, there is but one number of a sort; another part has another, as that was decided. Starts zeroed. */
struct tr_link_groups {
    struct tr_dict ids; /* of referrals, to members */
    int *parent;        /* of each member: the first of its group */
    int *part;          /* the first of its part */
};

/* Which rows stand: of those about the same two referrals, the one of the latest day, and of one day the
 * last. To be freed; NULL: memory. */
bool *tr_link_standing(const struct tr_records *decided);

/* decided: of tr_link_kind. -1: memory. */
int tr_link_groups_make(struct tr_link_groups *g, const struct tr_records *decided);
void tr_link_groups_clear(struct tr_link_groups *g);

/* The group of a referral: a number below that of the members; -1 when nothing was decided of it. */
int tr_link_group(const struct tr_link_groups *g, struct tr_str referral);

/* Its part: a number below that of the members; -1. */
int tr_link_part(const struct tr_link_groups *g, struct tr_str referral);

/* Gives referrals the number or pseudonym of the first of their group that has one, and the same to all
 * others that have a number of the group; one whose number contradicts its part keeps its own. Any kind of
 * record: id and person say where in it both texts are. -1: memory. */
int tr_link_groups_number(const struct tr_link_groups *g, struct tr_records *referrals, size_t id,
                          size_t person);

/* What is compared of two referrals. Which facts count and how much is person_links.csv. */
enum tr_link_fact {
    TR_LINK_NAME,       /* the same words, in any order */
    TR_LINK_NAME_NEAR,  /* words that differ in a letter of about every five */
    TR_LINK_BIRTH_YEAR, /* the same */
    TR_LINK_SEX,
    TR_LINK_RECEIVED, /* within so many days of each other */
    TR_N_LINK_FACTS
};
extern const char *const tr_link_fact_names[TR_N_LINK_FACTS + 1]; /* and NULL */

struct tr_link_rules {
    int holds[TR_N_LINK_FACTS], contradicts[TR_N_LINK_FACTS]; /* weights; 0: does not count */
    int threshold, days;                                      /* of profile.csv */
};
int tr_link_rules_load(struct tr_link_rules *rules, const struct tr_profile *p, struct tr_err *err);

/* Referrals to be compared. */
struct tr_linking; /* opaque */

struct tr_linking *tr_linking_new(void); /* NULL when memory is out */
void tr_linking_free(struct tr_linking *l);

/* v: index enum tr_field. -1: memory. */
int tr_linking_add(struct tr_linking *l, const struct tr_value v[]);

/* Fills out with pairs that reach the threshold, the likeliest first, but those of which decided
 * has a row. Two with the same number are known to be one, two with different numbers of one sort to be
 * two, and not listed. Only pairs are compared that have the same words, or the same year of birth and
 * first letters. */
int tr_linking_find(struct tr_linking *l, const struct tr_link_rules *rules,
                    const struct tr_records *decided, struct tr_records *out, struct tr_err *err);

/* Holds decisions against the numbers: one that joins two numbers of one sort, or parts one, is reported. */
void tr_linking_check(struct tr_linking *l, const struct tr_records *decided,
                      const struct tr_listener *listener);

#endif
