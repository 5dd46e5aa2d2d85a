/* What the tests of grouping share: a profile, its rules and questions, and a person's values. */
#ifndef ROP_H
#define ROP_H

#include "unit.h"

#include "domain/survey/questions.h"

static struct tr_profile profile;
static struct tr_rop rop;
static struct tr_questions *questions;

static inline void load_profile(const char *dir)
{
    struct tr_err err;

    ck_assert_msg(tr_profile_load(&profile, dir, TEXTS, &err) == 0, "%s: %s", err.source, err.arg[0]);
    ck_assert_int_eq(tr_rop_load(&rop, &profile, &err), 0);
    questions = tr_questions_new(&rop);
    ck_assert_ptr_nonnull(questions);
}

static inline void load(void)
{
    load_profile(PROFILE);
}

static inline void unload(void)
{
    tr_questions_free(questions);
    tr_profile_clear(&profile);
}

static inline void forget_all(struct tr_value v[])
{
    for (int f = 0; f < TR_N_FIELDS; f++)
        v[f] = (struct tr_value){.num = -1};
}

static inline void set(struct tr_value v[], enum tr_field f, int code)
{
    v[f] = (struct tr_value){.text = profile.of_field[f]->entry[code].code, .num = code};
}

static const enum tr_field indicators[] = {
    TR_F_SUBSTANCE, TR_F_MENTAL, TR_F_BEHAVIOUR, TR_F_SAFETY_RISK, TR_F_VULNERABLE, TR_F_AUTONOMOUS,
    TR_F_VISIBLE_USE, TR_F_PERSONALITY_DISORDER, TR_F_EXCLUDED_LOW_THRESHOLD, TR_F_SCATTERED, TR_F_SOMATIC, TR_F_HF, TR_F_COGNITIVE_DECLINE, TR_F_LOW_SELF_CARE};
enum { N_GROUPING = 10, SOM = 10, HF, COG, LOW }; /* the first ten decide the group */

static inline void find(const struct tr_value v[], struct tr_rop_result *r)
{
    tr_rop_decide(&rop, v, r);
    tr_rop_extend(&rop, v, r);
}

/* Standard and location of groups 1 to 7. */
static const int standards[] = {0, 0, 1, 0, 1, 2, 2}, locations[] = {0, 0, 1, 0, 1, 1, 2};

#endif
