#include "domain/survey/questions.h"

#include <stdlib.h>

/* The states of one table of rules. Digit 0 of a state is unknown, v + 1 is entry v of the list. */
struct tree {
    const struct tr_rules *rules;
    const uint64_t *alike;         /* [rule]: those that end the same */
    bool askable[TR_CONDITIONS_MAX];
    size_t stride[TR_CONDITIONS_MAX], states;
    double completions;            /* of an empty form */
    double *weight;                /* [state]: of its completions; NULL: each weighs 1 */
    double *cost;                  /* [state]: 0 while it is not known, else cost + 1 */
    bool learning;                 /* forms stand in weight as they came */
};

struct tr_questions {
    const struct tr_rop *rop;
    uint64_t alike[TR_RULES_MAX]; /* of the somatic rules */
    struct tree groups, somatic;
};

/* false when memory runs out. */
static bool plant(struct tree *t, const struct tr_rules *rules, const uint64_t *alike)
{
    *t = (struct tree){.rules = rules, .alike = alike, .states = 1, .completions = 1};
    for (int c = 0; c < rules->n_conditions; c++) {
        t->askable[c] = rules->condition[c] < TR_N_REFERRAL_FIELDS;
        t->stride[c] = t->states;
        t->completions *= rules->values[c]->n;
        if (t->states <= TR_QUESTION_STATES)
            t->states *= (size_t)rules->values[c]->n + 1;
    }
    if (t->states > TR_QUESTION_STATES)
        return true; /* too large: asked in its own order */
    t->cost = calloc(t->states, sizeof *t->cost);
    return t->cost != NULL;
}

struct tr_questions *tr_questions_new(const struct tr_rop *rop)
{
    struct tr_questions *q = calloc(1, sizeof *q);
    const struct tr_rules *somatic = &rop->somatic;

    if (!q)
        return NULL;
    q->rop = rop;
    for (int a = 0; a < somatic->n; a++)
        for (int b = 0; b < somatic->n; b++)
            if (memcmp(somatic->result[a], somatic->result[b], sizeof somatic->result[a]) == 0)
                q->alike[a] |= UINT64_C(1) << b;
    if (plant(&q->groups, &rop->groups, rop->alike) && plant(&q->somatic, somatic, q->alike))
        return q;
    tr_questions_free(q);
    return NULL;
}

void tr_questions_free(struct tr_questions *q)
{
    if (!q)
        return;
    free(q->groups.weight);
    free(q->groups.cost);
    free(q->somatic.weight);
    free(q->somatic.cost);
    free(q);
}

/* A form as a state: its number, the rules it leaves possible, its completions, and which conditions
 * are unknown. */
struct form {
    size_t number;
    uint64_t possible;
    double completions;
    uint32_t unknown;
};

static struct form read_form(const struct tree *t, const struct tr_value v[])
{
    const struct tr_rules *rules = t->rules;
    struct form f = {.possible = tr_rules_match(rules, v, -1), .completions = 1};

    for (int c = 0; c < rules->n_conditions; c++) {
        int num = v[rules->condition[c]].num;

        if (num >= 0) {
            f.number += (size_t)(num + 1) * t->stride[c];
        } else if (t->askable[c]) {
            f.unknown |= 1u << c;
            f.completions *= rules->values[c]->n;
        }
    }
    return f;
}

static struct form answered(const struct tree *t, const struct form *f, int c, int v)
{
    return (struct form){.number = f->number + (size_t)(v + 1) * t->stride[c],
                         .possible = f->possible & t->rules->allowing[c][v + 1],
                         .completions = f->completions / t->rules->values[c]->n,
                         .unknown = f->unknown & ~(1u << c)};
}

/* ---- how forms are answered ---- */

/* One form more, which weighs as much as the empty one that each tree begins with. */
static int learn(struct tree *t, const struct tr_value v[])
{
    if (!t->cost)
        return 0;
    if (!t->weight) {
        if (!(t->weight = calloc(t->states, sizeof *t->weight)))
            return -1;
        t->weight[0] = t->completions;
        t->learning = true;
    }
    t->weight[read_form(t, v).number] += t->completions;
    return 0;
}

int tr_questions_learn(struct tr_questions *q, const struct tr_value v[])
{
    struct tr_value known[TR_N_FIELDS];
    struct tr_rop_result r;

    tr_rop_decide(q->rop, v, &r);
    memcpy(known, v, sizeof known);
    known[TR_F_ROP_GROUP] = (struct tr_value){.num = r.group};
    return learn(&q->groups, known) < 0 || learn(&q->somatic, known) < 0 ? -1 : 0;
}

/* Gives what a form leaves open to its completions, in equal parts, and each state the sum of its
 * completions: condition by condition, both at once. */
static void spread(struct tree *t)
{
    for (int c = 0; c < t->rules->n_conditions; c++) {
        size_t n = (size_t)t->rules->values[c]->n;

        for (size_t s = 0; s < t->states; s++) {
            double sum = 0;

            if (s / t->stride[c] % (n + 1) != 0)
                continue;
            for (size_t v = 1; v <= n; v++)
                sum += t->weight[s + v * t->stride[c]] += t->weight[s] / (double)n;
            t->weight[s] = sum;
        }
    }
    t->learning = false;
}

static double weight_of(struct tree *t, const struct form *f)
{
    if (t->learning)
        spread(t);
    return t->weight ? t->weight[f->number] : f->completions;
}

/* ---- the best question ---- */

static bool settled(const struct tree *t, uint64_t possible)
{
    return !possible || !(possible & ~t->alike[__builtin_ctzll(possible)]);
}

static bool sorts_before(const struct tree *t, int a, int b)
{
    return strcmp(tr_fields[t->rules->condition[a]].name, tr_fields[t->rules->condition[b]].name) < 0;
}

static double cost_of(struct tree *t, const struct form *f);

/* The best condition to ask for, and what it costs; -1 and 0 when nothing is to be asked. */
static int best_question(struct tree *t, const struct form *f, double *cost)
{
    double weight = weight_of(t, f);
    int best = -1;

    *cost = 0;
    if (settled(t, f->possible))
        return -1;
    for (int c = 0; c < t->rules->n_conditions; c++) {
        double sum = weight;
        bool matters = false;

        if (!(f->unknown >> c & 1))
            continue;
        for (int v = 0; v < t->rules->values[c]->n; v++)
            matters |= (f->possible & t->rules->allowing[c][v + 1]) != f->possible;
        for (int v = 0; v < t->rules->values[c]->n && matters; v++) {
            struct form then = answered(t, f, c, v);

            sum += cost_of(t, &then);
        }
        if (matters && (best < 0 || sum < *cost || (sum == *cost && sorts_before(t, c, best)))) {
            best = c;
            *cost = sum;
        }
    }
    return best;
}

static double cost_of(struct tree *t, const struct form *f)
{
    double cost;

    if (t->cost[f->number] > 0)
        return t->cost[f->number] - 1;
    best_question(t, f, &cost);
    t->cost[f->number] = cost + 1;
    return cost;
}

/* In the order of the table: the first unknown condition whose answer rules something out. */
static int first_question(const struct tree *t, const struct form *f)
{
    for (int c = 0; c < t->rules->n_conditions && !settled(t, f->possible); c++)
        for (int v = 0; f->unknown >> c & 1 && v < t->rules->values[c]->n; v++)
            if ((f->possible & t->rules->allowing[c][v + 1]) != f->possible)
                return c;
    return -1;
}

static int ask(struct tree *t, const struct tr_value v[])
{
    struct form f = read_form(t, v);
    double cost;
    int c = t->cost ? best_question(t, &f, &cost) : first_question(t, &f);

    return c < 0 ? -1 : (int)t->rules->condition[c];
}

int tr_questions_next(struct tr_questions *q, const struct tr_value v[],
                      const struct tr_rop_result *result)
{
    struct tr_value known[TR_N_FIELDS];

    if (result->outside || result->judge)
        return -1;
    if (result->basis == TR_ROP_JUDGED && result->housing_type < 0)
        return tr_rop_ask_type(q->rop, v, result);
    if (result->basis == TR_ROP_JUDGED && result->group < 0)
        return -1;
    if (result->group < 0 || result->housing_type < 0)
        return ask(&q->groups, v);
    if (!result->extension_open)
        return -1;
    memcpy(known, v, sizeof known);
    known[TR_F_ROP_GROUP] = (struct tr_value){.num = result->group};
    return ask(&q->somatic, known);
}

/* Answers the question so that most is left to ask; false when every answer settles the matter. */
static bool answer_most_open(struct tr_questions *q, struct tr_value v[], int field)
{
    const struct tr_list *list = q->rop->profile->of_field[field];
    int best = -1;
    double most = 0;

    for (int code = 0; code < list->n; code++) {
        struct tr_rop_result r;
        double left;

        v[field] = (struct tr_value){.text = list->entry[code].code, .num = code};
        tr_rop_decide(q->rop, v, &r);
        tr_rop_extend(q->rop, v, &r);
        if (tr_questions_next(q, v, &r) < 0)
            continue;
        left = 1 + (q->groups.cost ? tr_questions_expected(q, v) : 0);
        if (left > most) {
            most = left;
            best = code;
        }
    }
    if (best < 0)
        return false;
    v[field] = (struct tr_value){.text = list->entry[best].code, .num = best};
    return true;
}

int tr_questions_order(struct tr_questions *q, const struct tr_value v[],
                       enum tr_field order[TR_QUESTIONS_MAX])
{
    struct tr_value known[TR_N_FIELDS];
    int n = 0;

    memcpy(known, v, sizeof known);
    while (n < TR_QUESTIONS_MAX) {
        struct tr_rop_result r;
        int ask;

        tr_rop_decide(q->rop, known, &r);
        tr_rop_extend(q->rop, known, &r);
        if ((ask = tr_questions_next(q, known, &r)) < 0)
            break;
        order[n++] = (enum tr_field)ask;
        if (!answer_most_open(q, known, ask))
            break;
    }
    return n;
}

double tr_questions_expected(struct tr_questions *q, const struct tr_value v[])
{
    struct form f = read_form(&q->groups, v);

    return q->groups.cost ? cost_of(&q->groups, &f) / weight_of(&q->groups, &f) : -1;
}
