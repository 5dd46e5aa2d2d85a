/* The ROP group of a person, given if and only if it is certain.
 *
 * Problem. Referrals leave indicators out. A guess at what is missing would put people into homes on
 * facts that nobody stated; a refusal to group them would leave out most of them.
 *
 * Idea. A group is certain when every completion of the unknown indicators gives that group. A
 * profile's rules are boxes: for each indicator the values they allow. They cover every combination
 * of values exactly once (rules.h), so the completions need not be walked: a rule is possible if and
 * only if every known value is one that it allows, and what all possible rules give is certain.
 *
 * Invariant. Each person is in exactly one of four states (tr_rop_check proves it for every
 * combination of values known and unknown):
 *   decided   all possible rules give one group and one housing type;
 *   outside   all possible rules say that the matrix is not about this person;
 *   judge     no possible rule gives a group: a professional chooses between those they name;
 *   ask       otherwise, and there is an unknown indicator whose answer rules something out.
 *
 * Example. Serious substance use, serious mental illness, no challenging behaviour, no safety risk;
 * all else unknown. G4C (vulnerable), G2A (not vulnerable, autonomous) and G4D (neither) are
 * possible: 2 or 4, ask. Autonomous = no leaves G4C and G4D, which both give 4: decided, though it is
 * not known whether the person is vulnerable.
 *
 * Cost. One AND of 64 bits an indicator; nothing is allocated.
 *
 * Source. The ROP matrix and its somatic extension, as the profile's rop_rules.csv, rop_somatic.csv
 * and rop_matrix.csv state them. */
#ifndef TR_DOMAIN_SURVEY_ROP_H
#define TR_DOMAIN_SURVEY_ROP_H

#include "domain/survey/rules.h"

/* Who decided: nobody yet, the rules, or a professional. */
enum tr_rop_basis { TR_ROP_UNDECIDED, TR_ROP_BY_RULES, TR_ROP_JUDGED, TR_ROP_BASES };

struct tr_rop {
    const struct tr_profile *profile;
    struct tr_rules groups;            /* indicators -> group, housing type, standard, location */
    struct tr_rules somatic;           /* indicators and group -> extension, standard, location */
    int group_condition;               /* which condition of somatic is the group; -1: none */
    uint64_t open_rules;               /* rules of groups that ask for judgement */
    uint64_t candidates[TR_RULES_MAX]; /* groups that a rule leaves possible: its own, or rop_possible */
    uint64_t alike[TR_RULES_MAX];      /* rules that end the same: same group and type, or no group */
    uint64_t giving[TR_LIST_MAX];      /* rules that give each group */
    uint64_t groups_of[TR_LIST_MAX];   /* groups of each housing type */
    int judged[TR_LIST_MAX];           /* the group that each entry of judged_group is; -1: outside */
    int basis[TR_ROP_BASES];           /* entries of rop_basis */
    bool judgement_counts;             /* also where the rules decide otherwise */
    uint64_t pathways[TR_LIST_MAX];    /* hf values of each group */
    uint64_t somatic_pathways[TR_LIST_MAX];
};

/* Places of the outcomes in the results of struct tr_rules. */
enum { TR_ROP_GROUP, TR_ROP_TYPE, TR_ROP_STANDARD, TR_ROP_LOCATION };
enum { TR_ROP_EXTENSION, TR_ROP_EXTENSION_STANDARD, TR_ROP_EXTENSION_LOCATION };

struct tr_rop_result {
    uint64_t rules;                  /* possible rules of groups */
    uint64_t base;                   /* those that standard and location come from */
    uint64_t somatic_rules;          /* possible rules of somatic, for some possible group */
    uint64_t possible;               /* groups still possible */
    uint64_t judge;                  /* groups between which a professional chooses; 0: no need */
    int group, housing_type;         /* entry of the list; -1: none or open */
    int somatic, standard, location; /* the same, after tr_rop_extend */
    bool extension_open;             /* after tr_rop_extend: some answer would change somatic */
    bool outside;                    /* certain: the matrix is not about this person */
    enum tr_rop_basis basis;
    bool judgement_differs;     /* the rules decide, and a professional judged otherwise */
    bool judgement_contradicts; /* the judged housing type is none of the judged group's; left out */
    bool hf_contradicts;
};

int tr_rop_load(struct tr_rop *rop, const struct tr_profile *p, struct tr_err *err);

/* Finds group and housing type, and whether hf contradicts. v: the person's values, indexed by enum
 * tr_field. A judgement (judged_group, judged_housing_type) decides where the rules do not; where
 * they do and it differs, the profile's judgement_counts says which of them counts. rules, possible
 * stay what the rules say. */
void tr_rop_decide(const struct tr_rop *rop, const struct tr_value v[], struct tr_rop_result *out);

/* Finds the somatic extension as well, and with it standard and location. They are the stricter of
 * the group's own and the extension's: lists of standards and locations go from mild to strict. */
void tr_rop_extend(const struct tr_rop *rop, const struct tr_value v[], struct tr_rop_result *out);

/* Sets the coded fields of v from TR_F_ROP_GROUP on, as records write them. */
void tr_rop_codes(const struct tr_rop *rop, const struct tr_rop_result *result,
                  struct tr_value v[]);

/* Groups a person: all three of the above. extend false: without the somatic extension, for those who
 * ask for nothing that it finds. */
void tr_rop_group(const struct tr_rop *rop, struct tr_value v[], bool extend,
                  struct tr_rop_result *out);

/* The fields that a group depends on (bit: enum tr_field). */
uint64_t tr_rop_wanted(const struct tr_rop *rop);

/* Sets the others: the deciding rule, possible groups, the question to ask (enum tr_field, or -1),
 * and the groups to judge between. They point into text, which is emptied first. */
void tr_rop_texts(const struct tr_rop *rop, const struct tr_rop_result *result, int ask,
                  struct tr_value v[], struct tr_buf *text);

/* Whether there is something to warn of: see tr_rop_warn. */
static inline bool tr_rop_warns(const struct tr_rop_result *result)
{
    return result->hf_contradicts || result->judgement_differs || result->judgement_contradicts;
}

/* Gives to say each warning of the result, with the field that it is about. */
void tr_rop_warn(const struct tr_rop *rop, const struct tr_rop_result *result,
                 const struct tr_value v[],
                 void (*say)(void *cookie, enum tr_field field, struct tr_err *err), void *cookie);

/* In words, in lang: which rule decided or between which groups to judge, which rules came close,
 * what an answer to the question ask would change. */
void tr_rop_explain(const struct tr_rop *rop, const struct tr_value v[],
                    const struct tr_rop_result *result, int ask, enum tr_lang lang,
                    struct tr_buf *out);

/* The part of it that says what is decided, and by whom. */
void tr_rop_explain_result(const struct tr_rop *rop, const struct tr_value v[],
                           const struct tr_rop_result *result, enum tr_lang lang,
                           struct tr_buf *out);

/* Gives to say every gap and overlap of both tables, every rule whose housing type, standard or
 * location does not agree with its group, and every combination of known and unknown values that is
 * in none of the four states. Returns their number. */
int tr_rop_check(const struct tr_rop *rop, void (*say)(void *cookie, const struct tr_err *err),
                 void *cookie);

/* A judged group whose housing type is open: the indicator (enum tr_field) that tells the types of
 * that group apart, or -1. */
int tr_rop_ask_type(const struct tr_rop *rop, const struct tr_value v[],
                    const struct tr_rop_result *result);

#endif
