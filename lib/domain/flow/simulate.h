/* What if: people arrive, wait, get places by the rules, stay and leave, again and again with other
 * chances, so that one can see how waits and houses would be with more beds, fewer, or shorter stays.
 *
 * Time is in days, with fractions. People of several types arrive at random (a Poisson process); a type
 * says where its people may go, as the rules of placement say. Every so many days, those who wait are
 * matched with what is free: by rank, then by time (last_first: from the last), nobody being left out who could be placed without
 * putting out somebody before them. These are the people whom placement-match places under
 * placed-first (match.h). In which house is simpler here: the first that is free in the type's order,
 * and people move in the search only where it lets another one in. A place that is declined stays free
 * until the next time, and is not offered to that person again.
 *
 * Chance is counted, not drawn in turn (base/philox.h): every person has numbers of their own, by seed,
 * run and number. So the same seed gives the same result with any number of threads, and the same
 * person arrives on the same day, with the same length of stay, in every scenario. */
#ifndef TR_DOMAIN_FLOW_SIMULATE_H
#define TR_DOMAIN_FLOW_SIMULATE_H

#include <stdbool.h>
#include <stdint.h>

enum { TR_SIM_HOUSES = 64, TR_SIM_GROUPS = 64, TR_SIM_DAYS = 4096 };

/* A kind of people. */
struct tr_sim_type {
    uint64_t options;     /* bit: house that the rules allow */
    uint64_t wishes;      /* of these, what is looked at first */
    uint32_t rank;        /* lower ones are placed first */
    uint32_t group;       /* for the figures */
    uint32_t stay;        /* number of the lengths of stay */
};

/* Lengths of stay: the quantile function in even steps, from the shortest to the longest. One step: an
 * exponential distribution of that mean. */
struct tr_sim_stay {
    const double *quantile;
    uint32_t n;
    double error; /* of the lengths, relative: each run has them so much longer or shorter; 0: none */
};

/* How it stands when the simulation begins: who lives where, and who waits. */
struct tr_sim_resident {
    uint32_t house, stay; /* stay: as of a type */
    double days;          /* so far */
    double until;         /* leaves in so many days for certain; below 0: as others do */
};
struct tr_sim_waiting {
    uint64_t options, wishes;
    double since;    /* 0 or before */
    uint32_t number; /* 0 to n_waiting - 1: the person, in every scenario */
    uint16_t type;
};
struct tr_sim_start {
    const struct tr_sim_resident *resident;
    const struct tr_sim_waiting *waiting; /* by rank, then by time */
    uint32_t n_residents, n_waiting;
    double *placed; /* NULL, or for each run and person: the day of moving in, INFINITY: none */
};

struct tr_sim {
    const struct tr_sim_start *start; /* NULL: houses are empty, nobody waits */
    const uint32_t *beds; /* of each house */
    uint32_t n_houses;
    const struct tr_sim_type *type; /* equally likely */
    uint32_t n_types, n_groups;
    const struct tr_sim_stay *stay;
    double arrivals; /* a day */
    double arrivals_error; /* the same of them */
    double every;    /* days between matches; 0: whenever something happens */
    double declined; /* the part of offers that are */
    double shorter;  /* days by which stays are, down to one day */
    bool loss;       /* who gets no place at once leaves */
    bool last_first; /* of those of one rank, who came last is placed first */
    double warm_up, days; /* what is not counted first, and what is */
    uint64_t seed;
    uint32_t runs, threads;
};

enum tr_sim_measure {
    TR_SIM_WAIT_MEAN,   /* days, of those placed */
    TR_SIM_WAIT_MEDIAN,
    TR_SIM_WAITING,     /* persons, on average over time */
    TR_SIM_PLACED,      /* persons a year */
    TR_SIM_OCCUPANCY,   /* persons in beds on average; of all groups together */
    TR_SIM_LOST,        /* the part that left at once */
    TR_N_SIM_MEASURES
};

/* result: a number for each run, group and measure, in this order; group n_groups is everybody. NAN:
 * nobody was placed. -1: memory, or no thread. */
int tr_sim_run(const struct tr_sim *sim, double *result);

static inline uint32_t tr_sim_results(const struct tr_sim *sim)
{
    return (sim->n_groups + 1) * TR_N_SIM_MEASURES;
}

/* One match: people are given to it in their order, and who has a place keeps one. */
struct tr_sim_placed {
    uint64_t options;
    uint32_t person, after; /* after: the next one in the same house */
    uint8_t house;
};
struct tr_sim_match {
    uint32_t *room;                /* beds left of each house; used up */
    uint64_t open;                 /* houses with room; none: nobody else can be placed */
    uint64_t closed;               /* houses from which no search leads to room */
    uint64_t reach[TR_SIM_HOUSES]; /* where those placed in a house could go */
    uint32_t first[TR_SIM_HOUSES]; /* of those placed in a house */
    struct tr_sim_placed *placed;  /* in the order in which they were; with room for all beds */
    uint32_t n_placed;
};

void tr_sim_match_start(struct tr_sim_match *m, uint32_t *room, uint32_t n_houses,
                        struct tr_sim_placed *placed);

/* Places the person, perhaps by moving others. false: there is no place, nor will there be one in this match
 * for anybody with the same options. */
bool tr_sim_match_take(struct tr_sim_match *m, uint32_t person, uint64_t options, uint64_t wishes);

#endif
