/* Decision tables whose rules are boxes: for each indicator a set of values, empty meaning any.
 *
 * A sound table covers every combination of values exactly once (tr_rules_check). Then a rule is
 * possible for a person if and only if every known indicator has a value that the rule allows:
 * whatever the unknown ones are, some possible rule decides, and each possible rule decides in some
 * completion. So what all possible rules agree on is certain, and it costs one AND an indicator. */
#ifndef TR_DOMAIN_SURVEY_RULES_H
#define TR_DOMAIN_SURVEY_RULES_H

#include "domain/profile/profile.h"

enum { TR_RULES_MAX = 64, TR_CONDITIONS_MAX = 16, TR_OUTCOMES_MAX = 4 };

/* The indicator's value is one of many (bit i: entry i of its list); all bits: unknown. */
#define TR_ANY UINT64_MAX

enum { TR_DIFFERENT = -2 };

struct tr_rules {
    const struct tr_table *table;
    int n, n_conditions, n_outcomes;
    struct tr_str id[TR_RULES_MAX];
    enum tr_field condition[TR_CONDITIONS_MAX];
    const struct tr_list *values[TR_CONDITIONS_MAX];       /* of each condition */
    uint64_t box[TR_RULES_MAX][TR_CONDITIONS_MAX];         /* values a rule allows */
    uint64_t allowing[TR_CONDITIONS_MAX][TR_LIST_MAX + 1]; /* rules that allow value v: at v + 1;
                                                              at 0, for unknown: all rules */
    enum tr_field outcome[TR_OUTCOMES_MAX];
    int result[TR_RULES_MAX][TR_OUTCOMES_MAX];         /* entry of the field's list; -1: none */
    uint64_t giving[TR_OUTCOMES_MAX][TR_LIST_MAX + 1]; /* rules whose result is r: at r + 1 */
};

/* Reads a table of the profile. outcomes: the fields that it decides (n of them); every other
 * column that is called as a coded field is an indicator. */
int tr_rules_load(struct tr_rules *rules, const struct tr_profile *p, enum tr_profile_table table,
                  const enum tr_field *outcomes, int n, struct tr_err *err);

/* The rules possible (bit i: rule i) when the indicators are known as far as known[] says. */
uint64_t tr_rules_possible(const struct tr_rules *rules, const uint64_t known[]);

/* The same for a person's values, indexed by enum tr_field. except: a condition to leave open, or
 * -1. */
uint64_t tr_rules_match(const struct tr_rules *rules, const struct tr_value v[], int except);

/* What all of these rules (at least one) give, or TR_DIFFERENT. */
int tr_rules_agreed(const struct tr_rules *rules, uint64_t possible, int outcome);

/* Walks every combination of values. Each gap, as a box that no rule touches, and each two rules
 * that overlap, with the box where they do, are given to say; returns their number. */
int tr_rules_check(const struct tr_rules *rules,
                   void (*say)(void *cookie, const struct tr_err *err), void *cookie);

#endif
