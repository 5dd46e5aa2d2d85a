/* Kinds of decision, the profile's decisions.csv: who decides, by which law, how long a complaint
 * can be made, and who decides on it. A kind is a row of the table, and an entry of the list
 * decision_kind. */
#ifndef TR_DOMAIN_ROUTINE_DECISION_H
#define TR_DOMAIN_ROUTINE_DECISION_H

#include "base/calendar.h"
#include "domain/profile/profile.h"

/* The one kind of decision made about a place in one of these service levels (bit: entry of the
 * list; 0: any level at all). -1: there is none, or it depends on which of them. */
int tr_decision_kind(const struct tr_profile *p, uint64_t service_levels);

/* Whether an event of the type tells of an answer that decides nothing: that the person waits, or
 * what must be known first. */
bool tr_decision_is_interim(const struct tr_profile *p, int kind, struct tr_str event_type);

/* Whether an event of the type tells of decisions of the kind: it starts one of the kind's steps. */
bool tr_decision_is_of(const struct tr_profile *p, int kind, struct tr_str event_type);

/* The cell in `column`, or, when lang is not -1, in column_lang; empty when kind is -1. */
struct tr_str tr_decision_cell(const struct tr_profile *p, int kind, const char *column, int lang);

/* How long after the decision a complaint can be made. False: the table does not say. */
bool tr_decision_within(const struct tr_profile *p, int kind, struct tr_duration *within);

/* The last day to complain about a decision of the day: the time of the law, or the first working
 * day after it. TR_NO_DAY: not known. */
int32_t tr_decision_complaint_by(const struct tr_profile *p, int kind, int32_t day);

/* How many kinds no lawyer has read yet. */
uint32_t tr_decision_unread(const struct tr_profile *p);

#endif
