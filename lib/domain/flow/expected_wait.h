/* How long each of those who wait today may still wait: the days by which they have a place in many
 * runs of what may happen from today on. */
#ifndef TR_DOMAIN_FLOW_EXPECTED_WAIT_H
#define TR_DOMAIN_FLOW_EXPECTED_WAIT_H

#include "domain/flow/scenario.h"
#include "domain/placement/placement_explain.h"

/* The days of which stays must tell before anything is made of how many people moved in. */
enum { TR_ARRIVALS_DAYS = 90 };

/* The people a day who move in, by the stays of the last year: as many come, as long as the queue
 * neither grows nor shrinks. 0: nobody did. known: the days, up to a year, of which the stays tell;
 * people are counted as of TR_ARRIVALS_DAYS where that is less. */
double tr_expected_arrivals(const struct tr_records *stays, int32_t as_of, int32_t *known);

/* A range for each of s->start.n_waiting, by their numbers, into room for as many: in eight of ten
 * runs the wait lies in it, in one it is shorter. -1: memory. */
int tr_expected_waits(struct tr_scenario *s, struct tr_expected_wait *range);

#endif
