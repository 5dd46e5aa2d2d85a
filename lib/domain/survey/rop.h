/* The ROP group of a person, given if and only if it is certain: if every completion of the unknown
 * indicators gives the same. Source: the ROP matrix and its somatic extension, as the profile's
 * rop_rules.csv, rop_somatic.csv and rop_matrix.csv state them. */
#ifndef TR_DOMAIN_SURVEY_ROP_H
#define TR_DOMAIN_SURVEY_ROP_H

#include "domain/survey/rules.h"

struct tr_rop {
    const struct tr_profile *profile;
    struct tr_rules groups;            /* indicators -> group, housing type, standard, location */
    struct tr_rules somatic;           /* somatic and group -> extension, standard, location */
    int group_condition;               /* which condition of somatic is the group */
    uint64_t candidates[TR_RULES_MAX]; /* groups that a rule leaves possible (rop_possible) */
    uint64_t pathways[TR_LIST_MAX];    /* hf values of each group */
    uint64_t somatic_pathways[TR_LIST_MAX];
};

struct tr_rop_result {
    uint64_t rules;                  /* possible rules of groups */
    uint64_t somatic_rules;          /* possible rules of somatic, for some possible group */
    uint64_t possible;               /* groups still possible */
    int group, housing_type;         /* entry of the list; -1: none or open */
    int somatic, standard, location; /* the same, after tr_rop_extend */
    bool outside;                    /* certain: the matrix is not about this person */
    bool hf_contradicts;
};

int tr_rop_load(struct tr_rop *rop, const struct tr_profile *p, struct tr_err *err);

/* Finds group and housing type, and whether hf contradicts. v: the person's values, indexed by enum
 * tr_field. */
void tr_rop_decide(const struct tr_rop *rop, const struct tr_value v[], struct tr_rop_result *out);

/* Finds the somatic extension besides, and with it standard and location. */
void tr_rop_extend(const struct tr_rop *rop, const struct tr_value v[], struct tr_rop_result *out);

/* The indicator (enum tr_field) to ask for next, or -1 when no answer would settle anything. */
int tr_rop_ask(const struct tr_rop *rop, const struct tr_value v[],
               const struct tr_rop_result *result);

/* Sets the coded fields of v from TR_F_ROP_GROUP on, as records write them. */
void tr_rop_codes(const struct tr_rop *rop, const struct tr_rop_result *result,
                  struct tr_value v[]);

/* Groups a person: all three of the above. extend false: without the somatic extension, for those who
 * ask for nothing that it finds. */
void tr_rop_group(const struct tr_rop *rop, struct tr_value v[], bool extend,
                  struct tr_rop_result *out);

/* The fields that a group depends on (bit: enum tr_field). */
uint64_t tr_rop_wanted(const struct tr_rop *rop);

/* Sets the others: rule, possible groups, what to ask. They point into text, which is emptied
 * first. */
void tr_rop_texts(const struct tr_rop *rop, const struct tr_rop_result *result, struct tr_value v[],
                  struct tr_buf *text);

/* What the warning TR_W_HF says of a result that contradicts hf. */
void tr_rop_hf_fault(const struct tr_rop *rop, const struct tr_rop_result *result,
                     struct tr_value hf, struct tr_err *err);

/* In words, in lang: which rule decided, which came close, what would change it. */
void tr_rop_explain(const struct tr_rop *rop, const struct tr_value v[],
                    const struct tr_rop_result *result, enum tr_lang lang, struct tr_buf *out);

/* Every gap and overlap of both tables; see tr_rules_check. */
int tr_rop_check(const struct tr_rop *rop, void (*say)(void *cookie, const struct tr_err *err),
                 void *cookie);

#endif
