#include "domain/placement/rulings.h"

#include <stdlib.h>

/* Values whose answers are kept; when there are more, all are worked out anew. */
enum { KEPT_MAX = 1 << 14, SLOTS = 2 * KEPT_MAX, BITS = 64 };

enum { BROKEN, NOT_KNOWN, NOT_SAID, AGAINST, N_SETS }; /* against: any of the others */

/* Of one value. */
struct tr_ruling {
    enum tr_rule_of_place rule;
    uint64_t hash;
    const struct tr_candidate *like; /* one that has the value */
    bool breaks;                     /* it is broken somewhere */
    uint64_t *set[N_SETS];           /* NULL: the slot is free */
};

struct tr_ruling_table {
    size_t n;
    struct tr_ruling slot[SLOTS];
};

int tr_rulings_init(struct tr_rulings *a, const struct tr_place_rules *rules,
                    const struct tr_records *places)
{
    *a = (struct tr_rulings){.rules = rules, .places = places, .words = places->n / BITS + 1};
    a->table = calloc(1, sizeof *a->table);
    a->options = malloc(a->words * sizeof *a->options);
    a->scratch = malloc(4 * a->words * sizeof *a->scratch);
    return a->table && a->options && a->scratch ? 0 : -1;
}

static void forget(struct tr_ruling_table *t)
{
    for (size_t s = 0; t->n > 0 && s < SLOTS; s++)
        free(t->slot[s].set[0]);
    memset(t, 0, sizeof *t);
}

void tr_rulings_clear(struct tr_rulings *a)
{
    if (a->table)
        forget(a->table);
    free(a->table);
    free(a->options);
    free(a->scratch);
    *a = (struct tr_rulings){0};
}

static void judge_all(const struct tr_rulings *a, struct tr_ruling *answer)
{
    for (uint32_t i = 0; i < a->places->n; i++) {
        enum tr_place_verdict v =
            tr_place_rule_judge(a->rules, answer->rule, answer->like, tr_institution(a->places, i));
        int set = v == TR_BROKEN ? BROKEN : v == TR_NOT_KNOWN ? NOT_KNOWN : NOT_SAID;

        if (v == TR_HOLDS)
            continue;
        answer->breaks |= set == BROKEN;
        answer->set[set][i / BITS] |= UINT64_C(1) << i % BITS;
        answer->set[AGAINST][i / BITS] |= UINT64_C(1) << i % BITS;
    }
}

/* The answers of the rule for the candidate's value; NULL: memory. */
static const struct tr_ruling *find(struct tr_rulings *a, enum tr_rule_of_place rule,
                                    const struct tr_candidate *c)
{
    uint64_t hash = tr_place_rule_value(rule, c);
    struct tr_ruling *s;

    for (size_t at = hash & (SLOTS - 1);; at = (at + 1) & (SLOTS - 1)) {
        s = &a->table->slot[at];
        if (!s->set[0])
            break;
        if (s->hash == hash && s->rule == rule && tr_place_rule_same(rule, s->like, c))
            return s;
    }
    *s = (struct tr_ruling){rule, hash, c, false, {calloc(N_SETS * a->words, sizeof **s->set)}};
    if (!s->set[0])
        return NULL;
    for (int set = 1; set < N_SETS; set++)
        s->set[set] = s->set[0] + (size_t)set * a->words;
    a->table->n++;
    judge_all(a, s);
    return s;
}

int tr_rulings_ask(struct tr_rulings *a, const struct tr_candidate *c)
{
    if (a->table->n + TR_N_PLACE_RULES > KEPT_MAX)
        forget(a->table);
    a->broken = 0;
    memset(a->options, 0, a->words * sizeof *a->options);
    for (uint32_t i = 0; i < a->places->n / BITS; i++)
        a->options[i] = UINT64_MAX;
    if (a->places->n % BITS)
        a->options[a->places->n / BITS] = (UINT64_C(1) << a->places->n % BITS) - 1;
    for (int rule = 0; rule < TR_N_PLACE_RULES; rule++) {
        const struct tr_ruling *answer = NULL;

        if (a->rules->applies >> rule & 1 && !(answer = find(a, (enum tr_rule_of_place)rule, c)))
            return -1;
        a->answer[rule] = answer;
        if (!answer)
            continue;
        a->broken |= (uint32_t)answer->breaks << rule;
        for (size_t w = 0; w < a->words; w++)
            a->options[w] &= ~answer->set[AGAINST][w];
    }
    return 0;
}

static bool meet(const uint64_t *a, const uint64_t *b, size_t words)
{
    uint64_t all = 0;

    for (size_t w = 0; w < words; w++)
        all |= a[w] & b[w];
    return all != 0;
}

/* Adds to *alone the rules that are the only one broken somewhere, once: where only one is; and to *rest
 * those of institutions where none of them is. uncovered: scratch. */
static void add_deciding(const struct tr_rulings *a, const uint64_t *once, const uint64_t *broken,
                         uint64_t *uncovered, uint32_t *alone, uint32_t *rest)
{
    memcpy(uncovered, broken, a->words * sizeof *uncovered);
    for (int rule = 0; rule < TR_N_PLACE_RULES; rule++) {
        const struct tr_ruling *one = a->answer[rule];

        if (!one || !meet(one->set[BROKEN], once, a->words))
            continue;
        *alone |= UINT32_C(1) << rule;
        for (size_t w = 0; w < a->words; w++)
            uncovered[w] &= ~one->set[BROKEN][w];
    }
    for (int rule = 0; rule < TR_N_PLACE_RULES; rule++)
        if (a->answer[rule])
            *rest |= (uint32_t)meet(a->answer[rule]->set[BROKEN], uncovered, a->words) << rule;
}

struct tr_outlook tr_rulings_outlook(struct tr_rulings *a)
{
    uint64_t *broken = a->scratch, *twice = broken + a->words, *lacking = twice + a->words,
             *open = lacking + a->words, *once = twice;
    struct tr_outlook all = {.n_open = 0};
    uint32_t alone = 0, rest = 0;

    memset(a->scratch, 0, 4 * a->words * sizeof *a->scratch);
    for (int rule = 0; rule < TR_N_PLACE_RULES; rule++) {
        const struct tr_ruling *one = a->answer[rule];

        for (size_t w = 0; one && w < a->words; w++) {
            twice[w] |= one->set[BROKEN][w] & broken[w];
            broken[w] |= one->set[BROKEN][w];
            lacking[w] |= one->set[NOT_KNOWN][w] | one->set[NOT_SAID][w];
        }
    }
    for (size_t w = 0; w < a->words; w++)
        once[w] = broken[w] & ~twice[w];
    add_deciding(a, once, broken, open, &alone, &rest);
    all.decides = tr_outlook_decides(alone, rest);
    for (size_t w = 0; w < a->words; w++) {
        open[w] = lacking[w] & ~broken[w];
        if (open[w] && all.n_open == 0)
            all.first_open = (uint32_t)(w * BITS) + (uint32_t)__builtin_ctzll(open[w]);
        all.n_open += (uint32_t)__builtin_popcountll(open[w]);
        once[w] &= ~lacking[w]; /* by one rule alone, for certain */
    }
    for (int rule = 0; rule < TR_N_PLACE_RULES; rule++) {
        const struct tr_ruling *one = a->answer[rule];

        if (!one)
            continue;
        all.not_known |= (uint32_t)meet(one->set[NOT_KNOWN], open, a->words) << rule;
        all.not_said |= (uint32_t)meet(one->set[NOT_SAID], open, a->words) << rule;
        all.openers |= (uint32_t)meet(one->set[BROKEN], once, a->words) << rule;
    }
    return all;
}
