/* What a simulation is made from: the institutions, the people who have sought a place, and the stays
 * that there have been; and its figures as a table. */
#ifndef TR_DOMAIN_FLOW_SCENARIO_H
#define TR_DOMAIN_FLOW_SCENARIO_H

#include "domain/flow/figures.h"
#include "domain/flow/simulate.h"
#include "domain/placement/round.h"

enum tr_scenario_by {
    TR_SCENARIO_ALL,
    TR_SCENARIO_SERVICE_LEVEL,
    TR_SCENARIO_BYDEL,
    TR_SCENARIO_ROP_GROUP,
    TR_N_SCENARIO_BY
};
extern const char *const tr_scenario_by_names[TR_N_SCENARIO_BY + 1]; /* and NULL */

struct tr_scenario_choice {
    enum tr_scenario_by by;
    double arrivals;  /* a day; 0: as in the referrals, by their days of receipt */
    double stay;      /* mean days, exponential; 0: as in the stays */
    double declined;  /* part of offers; below 0: as in the stays */
    double every, warm_up, days;
    uint64_t seed;
    uint32_t runs, threads;
    bool doubts; /* let arrivals and lengths differ from run to run, as they are known from few */
};

/* What it is made from. */
struct tr_scenario_input {
    const struct tr_round *round;     /* places, and referrals: the kinds of people who come; those
                                         received after its day are left out */
    const struct tr_records *cases;   /* of tr_case_kind, for the districts */
    const struct tr_records *stays;   /* settled; may be empty */
    const struct tr_span *holds;      /* of each stay: begin as it stands today; NULL: with empty houses */
    const struct tr_cases *persons;   /* with holds: which referrals are of one person; NULL: none are */
    const struct tr_round *rules;     /* the same referrals under the rules and the order of the other
                                         scenario; NULL: the same rules */
    const struct tr_priority *order;  /* of the other scenario; NULL: that of its rules */
    const struct tr_scenario_choice *choice;
};

/* What else differs in the other scenario. */
struct tr_scenario_change {
    int32_t more[TR_SIM_HOUSES]; /* beds of each place of the round, more or fewer */
    double shorter;              /* days */
};

/* Do not copy it: it points to itself. */
struct tr_scenario {
    struct tr_sim sim;
    uint32_t beds[TR_SIM_HOUSES];
    struct tr_sim_type *type, *other;            /* in this and the other scenario, of the same people */
    bool other_last_first;                       /* last_first of the other */
    struct tr_sim_waiting *waiting, *queue;      /* the same, each in its order */
    uint32_t *person;                            /* the referral of each who waits */
    struct tr_sim_resident *resident;
    struct tr_sim_start start;
    struct tr_sim_stay stay[TR_LIST_MAX + 1]; /* of each service level, and of all */
    double *quantiles;
    struct tr_str group[TR_SIM_GROUPS]; /* codes; empty: not known */
    uint32_t stays, open_stays; /* that the lengths are from; those without an end */
    uint32_t endless; /* of these, longer than any that has ended: perhaps it is not known that they did */
    uint32_t arrived; /* the referrals that tell how many come; 0: it is given */
    bool no_lengths;
    uint32_t levels_few;        /* service levels with too few stays of their own */
    double load;                /* mean persons in beds, if all were placed, over beds */
};

/* -1 with err: memory, or TR_E_SIMULATE with what is missing or too much; no_lengths: that is stays which
 * have ended. */
int tr_scenario_make(struct tr_scenario *s, const struct tr_scenario_input *in, struct tr_err *err);
void tr_scenario_clear(struct tr_scenario *s);

/* Part of it: who lives there and waits. -1: memory. */
int tr_scenario_begin(struct tr_scenario *s, const struct tr_scenario_input *in);

/* Runs it as it is, and with the change unless that is NULL, with the same chances. Rows: scenario (as
 * is, changed, difference), group, measure, mean over all runs, and the band in which nine of ten runs
 * lie. Of a difference, the interval of the mean instead, and whether it is more than chance. -1 with
 * err. */
int tr_scenario_run(struct tr_figures *out, const struct tr_scenario *s,
                    const struct tr_scenario_choice *choice,
                    const struct tr_scenario_change *change, struct tr_err *err);

#endif
