/* Shared by the files of a simulation: who waits, and one match of them with what is free. */
#ifndef TR_DOMAIN_FLOW_SIMULATE_OWN_H
#define TR_DOMAIN_FLOW_SIMULATE_OWN_H

#include "domain/flow/simulate.h"

enum { TR_SIM_NOBODY = UINT32_MAX };

/* One who waits. */
struct tr_sim_seeker {
    uint64_t options, wishes;
    double since;
    uint32_t number;
    uint32_t turn; /* of one rank, lower ones are placed first */
    uint32_t stay; /* the chance that decides how long */
    uint32_t next; /* behind in the line */
    uint16_t type, offers;
};

/* People of one rank who may go to the same houses, by turn: where the first finds no place, nobody in
 * the line does. Who has declined something may go to fewer, and stands in a line of the rank where each
 * is asked. */
struct tr_sim_line {
    uint64_t options;
    uint32_t rank, first, last; /* last: only where first is somebody, and not of a mixed line */
    bool mixed;
};

struct tr_sim_queue {
    bool last_first;
    struct tr_sim_seeker *at;
    uint32_t room, unused; /* unused: a line of its own */
    uint32_t n;            /* who waits */
    struct tr_sim_line *line; /* by rank; then one of those who have declined all they could have */
    uint32_t n_lines;
    uint32_t *line_of; /* of each type */
    struct tr_sim_front *front; /* scratch: of the lines of a rank, who stands in front */
};

/* Lines for the types. -1: memory. */
int tr_sim_queue_start(struct tr_sim_queue *q, const struct tr_sim *sim);
void tr_sim_queue_clear(struct tr_sim_queue *q);

/* Nobody waits any more. */
void tr_sim_queue_empty(struct tr_sim_queue *q);

/* Room for somebody, to be filled in; TR_SIM_NOBODY: memory. */
uint32_t tr_sim_queue_room(struct tr_sim_queue *q);

/* The person comes, behind all of the line, or before them with last_first; or whose options are not those
 * of the type, by turn. */
void tr_sim_queue_come(struct tr_sim_queue *q, uint32_t person);

/* Somebody who has got a place, and still stands in no line: goes, or waits again. */
void tr_sim_queue_go(struct tr_sim_queue *q, uint32_t person);
void tr_sim_queue_again(struct tr_sim_queue *q, uint32_t person);

/* Takes out of the lines those who are placed. */
void tr_sim_queue_match(struct tr_sim_queue *q, struct tr_sim_match *m);

#endif
