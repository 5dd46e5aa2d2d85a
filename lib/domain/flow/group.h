/* By what cases are told apart in a report: the district of the referral, the institution of a stay,
 * the month of a day. */
#ifndef TR_DOMAIN_FLOW_GROUP_H
#define TR_DOMAIN_FLOW_GROUP_H

#include "domain/places/stay.h"
#include "domain/routine/event.h"

enum tr_flow_by { TR_FLOW_ALL, TR_FLOW_BYDEL, TR_FLOW_INSTITUTION, TR_FLOW_MONTH, TR_N_FLOW_BY };
extern const char *const tr_flow_by_names[TR_N_FLOW_BY + 1];   /* and NULL */
extern const char *const tr_flow_by_columns[TR_N_FLOW_BY];     /* empty: no column */

/* The cases, numbered, and their groups, numbered as they are met. */
struct tr_flow_groups {
    enum tr_flow_by by;
    const struct tr_records *referrals; /* of tr_case_kind */
    const struct tr_records *stays;     /* settled */
    struct tr_dict cases, groups;
    struct tr_arena text;
    struct tr_str *name; /* of each group: a code, an id, or yyyy-mm; empty: not known */
    uint32_t *order;     /* groups in the order of their names; since tr_flow_groups_order */
    uint32_t n, room;
    int *of_case; /* by district: the group of each case, as it was met; -1: not yet */
    size_t room_cases;
    struct tr_flow_stay {
        uint32_t of;    /* case */
        int32_t from;
        uint32_t stay;
    } *stay; /* those lived in, by case and day */
    uint32_t n_stays;
};

/* Borrows the records. -1: memory, in this and the others. */
int tr_flow_groups_init(struct tr_flow_groups *g, enum tr_flow_by by,
                        const struct tr_records *referrals, const struct tr_records *stays);
void tr_flow_groups_clear(struct tr_flow_groups *g);

/* The number of the case, new if it must. */
int tr_flow_case(struct tr_flow_groups *g, struct tr_str id);

/* The group of the case with this number: of the month the day lies in, of the stay in which it
 * lies, or the next one after it. */
int tr_flow_group(struct tr_flow_groups *g, int of, struct tr_str id, int32_t day);
int tr_flow_groups_order(struct tr_flow_groups *g);

/* Of the referral; empty: not known. */
struct tr_str tr_flow_bydel(const struct tr_flow_groups *g, struct tr_str id);

#endif
