/* Which indicator to ask for next, so that few questions lead to a certain group.
 *
 * Problem. Each answer rules out some of the rules that are possible (rop.h). Which question is best
 * depends on those that will follow it: the one that rules out most now can leave two that each need
 * three more.
 *
 * Idea. A form is a state: each indicator has a value or is unknown. Its cost is the expected number of
 * questions until it is settled (decided, outside or for a professional), and the next question is the
 * one with the least: cost(s) = 1 + min over unknown i of the mean over answers a of cost(s, i = a).
 * States are numbered in mixed radix, and each cost is worked out once, when it is first needed.
 *
 * How likely an answer is depends on those before it: of people with serious illness more are
 * vulnerable. So what is weighed is whole forms: every one alike, or each as often as it came up among
 * forms that were answered (tr_questions_learn). A blank in such a form gives equal parts to its answers,
 * and one empty form is always among them, so that what nobody answered yet is asked about well, too.
 *
 * Invariant. Costs are kept multiplied by the weight of the state, which is a whole number, so that ties
 * are ties; they go to the indicator whose name sorts first.
 *
 * Example. With rules a=0: 1; a=1, b=0: 2; a=1, b=1: 3, asking a first costs 1 + (0 + 1)/2 = 1.5,
 * asking b first 1 + (1 + 1)/2 = 2.
 *
 * Cost. 364,500 states with the shipped rules, 3 MB, 30 ms from an empty form; a form with few
 * blanks needs few of them. Tables with more than TR_QUESTION_STATES are asked in their own order.
 *
 * When the group is settled, what is asked for next decides the somatic extension, in the same way. */
#ifndef TR_DOMAIN_SURVEY_QUESTIONS_H
#define TR_DOMAIN_SURVEY_QUESTIONS_H

#include "domain/survey/rop.h"

enum { TR_QUESTION_STATES = 1 << 23 };

struct tr_questions;

/* Every form is as likely as any other. rop must outlive it. NULL when memory runs out. */
struct tr_questions *tr_questions_new(const struct tr_rop *rop);

/* A form that was answered: others like it are likelier by one. Before anything is asked. -1 when memory
 * runs out. */
int tr_questions_learn(struct tr_questions *q, const struct tr_value v[]);
void tr_questions_free(struct tr_questions *q);

/* The indicator (enum tr_field) to ask for next, or -1 when no answer is needed. result: what
 * tr_rop_decide and tr_rop_extend say of v. */
int tr_questions_next(struct tr_questions *q, const struct tr_value v[],
                      const struct tr_rop_result *result);

/* The questions in the order in which they settle most, if each answer leaves as much open as it
 * can: fills order and returns how many. Answers that settle the matter end it sooner. */
enum { TR_QUESTIONS_MAX = 2 * TR_CONDITIONS_MAX };
int tr_questions_order(struct tr_questions *q, const struct tr_value v[],
                       enum tr_field order[TR_QUESTIONS_MAX]);

/* The expected number of questions until the group is settled; -1 if the table is too large. */
double tr_questions_expected(struct tr_questions *q, const struct tr_value v[]);

#endif
