#include "domain/placement/verify.h"

#include <stdlib.h>

enum { FAULTS_MAX = 20, NONE = TR_NOWHERE };

/* The claim, as numbers. */
struct claim {
    const struct tr_certificate *c;
    const struct tr_round *r;
    const struct tr_listener *listener;
    int faults;
    uint32_t n, m;     /* who seeks; institutions */
    uint32_t *where;   /* of each referral */
    uint32_t *count;   /* of each institution: who is placed there */
    uint32_t *last;    /* the last of them in the institution's order */
    uint32_t *level;   /* of each institution */
    uint32_t *since;   /* of each level but the highest: from whose turn on it is closed */
    bool *placing;     /* found while placing: closed to all */
    uint32_t *closing; /* of each level: the lowest found placing that is not below it, or NONE */
    uint32_t levels;
    uint32_t *least; /* levels x steps: the least since of 2^step levels from here */
    uint32_t steps;
    struct own_rank {
        uint32_t p, i, rank;
    } * own;
    uint32_t n_own;
    uint32_t *options;   /* of the referral in hand */
    uint32_t *waits_for; /* of each referral: the highest level among its options, when it waits */
};

static void clear(struct claim *k)
{
    uint32_t *each[] = {k->where, k->count,   k->last,      k->level,  k->since,
                        k->least, k->options, k->waits_for, k->closing};

    for (size_t i = 0; i < sizeof each / sizeof *each; i++)
        free(each[i]);
    free(k->placing);
    free(k->own);
}

static const struct tr_candidate *person(const struct claim *k, uint32_t p)
{
    return tr_candidate(&k->r->referrals, p);
}

static const struct tr_institution *institution(const struct claim *k, uint32_t i)
{
    return tr_institution(&k->r->places, i);
}

static void fault(struct claim *k, enum tr_code code, struct tr_str a, struct tr_str b,
                  struct tr_str d)
{
    char text[3][TR_ID_MAX + 32];
    struct tr_err err;

    tr_err_copy(text[0], sizeof text[0], a);
    tr_err_copy(text[1], sizeof text[1], b);
    tr_err_copy(text[2], sizeof text[2], d);
    tr_err_set(&err, code, text[0], text[1], text[2]);
    if (k->faults++ < FAULTS_MAX)
        k->listener->say(k->listener->cookie, &err);
}

static void fault_numbers(struct claim *k, enum tr_code code, struct tr_str a, long long b,
                          long long d)
{
    struct tr_buf text[2] = {{0}, {0}};

    tr_buf_num(&text[0], b);
    tr_buf_num(&text[1], d);
    fault(k, code, a, tr_buf_slice(&text[0]), tr_buf_slice(&text[1]));
    tr_buf_clear(&text[0]);
    tr_buf_clear(&text[1]);
}

static const struct tr_str nothing = {"", 0};

/* ---- the claim as numbers ---- */

static bool seeks(const struct tr_candidate *c)
{
    return c->held.len == 0 && c->ended != 1;
}

static void check_order(struct claim *k)
{
    for (uint32_t p = 1; p < k->r->referrals.n; p++) {
        const struct tr_candidate *a = person(k, p - 1), *b = person(k, p);

        if (seeks(a) != seeks(b) ? seeks(b) : tr_priority_compare(&k->r->priority, a, b) >= 0)
            fault(k, TR_E_ORDER, a->id, b->id, nothing);
    }
}

static void read_placements(struct claim *k)
{
    const struct tr_records *rows = &k->c->placements;

    if (rows->n != k->r->referrals.n)
        fault_numbers(k, TR_E_RESULT_DIFFERS, TR_STR("*"), k->r->referrals.n, rows->n);
    for (uint32_t p = 0; p < k->r->referrals.n; p++)
        k->where[p] = NONE;
    for (uint32_t p = 0; p < k->n; p++) {
        const struct tr_placement *row = p < rows->n ? tr_placement(rows, p) : NULL;
        int i = row && row->institution_id.len ? tr_records_find(&k->r->places, row->institution_id)
                                               : -1;

        k->where[p] = i < 0 ? NONE : (uint32_t)i;
        if (i >= 0)
            k->count[i]++;
    }
}

/* The institutions of each level, each once; the turn at which each boundary was seen. */
static void read_levels(struct claim *k)
{
    const struct tr_records *sets = &k->c->closed_sets;

    for (uint32_t i = 0; i < k->m; i++)
        k->level[i] = NONE;
    for (uint32_t x = 0; x < sets->n; x++) {
        const struct tr_closed_set *set =
            (const struct tr_closed_set *)(const void *)sets->record + x;
        struct tr_str rest = set->institutions, id;
        bool highest = x + 1 == sets->n;
        int since = tr_records_find(&k->r->referrals, set->since);

        while (rest.len > 0 && tr_str_part(&rest, '|', &id)) {
            int i = tr_records_find(&k->r->places, id);

            if (i < 0 || k->level[i] != NONE)
                fault(k, TR_E_RESULT_DIFFERS, id, TR_STR("closed_sets"), nothing);
            else
                k->level[i] = x;
        }
        k->placing[x] = tr_str_is(set->found, "placing");
        k->since[x] = since < 0 ? NONE : (uint32_t)since;
        if (highest ? set->found.len > 0 || set->since.len > 0
                    : since < 0 || (uint32_t)since >= k->n ||
                          (!k->placing[x] && !tr_str_is(set->found, "wishes")))
            fault(k, TR_E_RESULT_DIFFERS, set->since, TR_STR("closed_sets"), nothing);
    }
    for (uint32_t i = 0; i < k->m; i++)
        if (k->level[i] == NONE) {
            fault(k, TR_E_RESULT_DIFFERS, institution(k, i)->id, TR_STR("closed_sets"), nothing);
            k->level[i] = sets->n ? sets->n - 1 : 0;
        }
    k->levels = sets->n ? sets->n : 1;
    k->closing[k->levels - 1] = NONE;
    for (uint32_t x = k->levels - 1; x-- > 0;) {
        uint32_t above = k->closing[x + 1];

        k->closing[x] = k->placing[x] ? x : above;
        if (k->placing[x] && above != NONE && k->since[x] >= k->since[above])
            fault(k, TR_E_RESULT_DIFFERS, TR_STR("closed_sets"), TR_STR("since"), nothing);
    }
}

/* For the least since of any run of levels. */
static void find_least(struct claim *k)
{
    for (uint32_t x = 0; x < k->levels; x++)
        k->least[x] = x + 1 == k->levels ? NONE : k->placing[x] ? 0 : k->since[x];
    for (uint32_t s = 1; s < k->steps; s++)
        for (uint32_t x = 0; x < k->levels; x++) {
            uint32_t half = x + (UINT32_C(1) << (s - 1));
            uint32_t a = k->least[(s - 1) * (size_t)k->levels + x];
            uint32_t b = half < k->levels ? k->least[(s - 1) * (size_t)k->levels + half] : NONE;

            k->least[s * (size_t)k->levels + x] = a < b ? a : b;
        }
}

/* Whether a boundary of levels from a up to b was closed to p by its turn. */
static bool closed_between(const struct claim *k, uint32_t a, uint32_t b, uint32_t p)
{
    uint32_t s = 0, x, y;

    if (a >= b)
        return false;
    while (UINT32_C(2) << s <= b - a)
        s++;
    x = k->least[s * (size_t)k->levels + a];
    y = k->least[s * (size_t)k->levels + b - (UINT32_C(1) << s)];
    return (x < y ? x : y) <= p;
}

static int by_person(const void *a, const void *b)
{
    const struct own_rank *x = a, *y = b;

    return x->p != y->p ? (x->p > y->p) - (x->p < y->p) : (x->i > y->i) - (x->i < y->i);
}

static void read_own(struct claim *k)
{
    for (uint32_t o = 0; o < k->c->own.n; o++) {
        const struct tr_own_order *row =
            (const struct tr_own_order *)(const void *)k->c->own.record + o;
        int p = tr_records_find(&k->r->referrals, row->referral_id);
        int i = tr_records_find(&k->r->places, row->institution_id);

        if (p >= 0 && i >= 0)
            k->own[k->n_own++] = (struct own_rank){(uint32_t)p, (uint32_t)i, (uint32_t)row->rank};
    }
    qsort(k->own, k->n_own, sizeof *k->own, by_person);
}

static uint32_t own_rank(const struct claim *k, uint32_t p, uint32_t i)
{
    const struct own_rank wanted = {p, i, 0}, *found;

    if (k->c->policy != TR_OWN_PRIORITIES)
        return 0;
    found = bsearch(&wanted, k->own, k->n_own, sizeof *k->own, by_person);
    return found ? found->rank : NONE;
}

/* Whether a stands before b in the order of institution i. */
static bool stands_before(const struct claim *k, uint32_t a, uint32_t b, uint32_t i)
{
    uint32_t x = own_rank(k, a, i), y = own_rank(k, b, i);

    return x != y ? x < y : a < b;
}

static void find_last(struct claim *k)
{
    for (uint32_t i = 0; i < k->m; i++)
        k->last[i] = NONE;
    for (uint32_t p = 0; p < k->n; p++) {
        uint32_t i = k->where[p];

        if (i != NONE && (k->last[i] == NONE || stands_before(k, k->last[i], p, i)))
            k->last[i] = p;
    }
}

/* ---- checks ---- */

static void check_room(struct claim *k)
{
    for (uint32_t i = 0; i < k->m; i++)
        if (k->count[i] > (uint32_t)institution(k, i)->vacant)
            fault_numbers(k, TR_E_OVER_FULL, institution(k, i)->id, k->count[i],
                          institution(k, i)->vacant);
    for (uint32_t i = 0; i < k->m; i++)
        if (k->c->policy == TR_PLACED_FIRST && k->level[i] + 1 < k->levels &&
            k->count[i] < (uint32_t)institution(k, i)->vacant)
            fault_numbers(k, TR_E_NOT_FULL, institution(k, i)->id, k->count[i],
                          institution(k, i)->vacant);
}

/* The place among the wishes, as given, or one behind them all. */
static int32_t wish_of(const struct claim *k, uint32_t p, uint32_t i)
{
    int32_t place = tr_list_place(person(k, p)->wishes, institution(k, i)->id);

    return place ? place : INT32_MAX;
}

/* p would rather have option i than what p has, or has nothing: then i must be full, of people who
 * stand before p. */
static void check_rather(struct claim *k, uint32_t p, uint32_t i)
{
    if (k->count[i] < (uint32_t)institution(k, i)->vacant)
        fault(k, TR_E_PLACE_EMPTY, person(k, p)->id, institution(k, i)->id, nothing);
    else if (k->last[i] != NONE && stands_before(k, p, k->last[i], i))
        fault(k, TR_E_PASSED_OVER, person(k, p)->id, person(k, k->last[i])->id,
              institution(k, i)->id);
}

/* Placed first: what option i of p proves or contradicts. */
static void check_closed(struct claim *k, uint32_t p, uint32_t i)
{
    uint32_t here = k->where[p], b = k->level[i], a = here == NONE ? 0 : k->level[here], set;
    int32_t wish = wish_of(k, p, i), now = here == NONE ? INT32_MAX : wish_of(k, p, here);
    bool open;

    if (here == NONE) { /* every option is in a set that was closed by the turn of p */
        check_rather(k, p, i);
        set = k->closing[b];
        open = set == NONE || k->since[set] > p;
    } else { /* whoever is below a boundary cannot go above it */
        set = k->closing[a];
        open = (set != NONE && p >= k->since[set]) ||
               (b > a && (closed_between(k, a, b, p) || (wish == INT32_MAX && now == INT32_MAX)));
    }
    if (open)
        fault(k, TR_E_NOT_CLOSED, person(k, p)->id,
              here == NONE ? TR_STR("-") : institution(k, here)->id, institution(k, i)->id);
    if (wish < now && here != NONE && !closed_between(k, b, a, p))
        fault(k, TR_E_WISH_MISSED, person(k, p)->id, institution(k, i)->id, nothing);
}

/* The other policies: nobody would rather have a place whose institution would rather have them. */
static void check_stable(struct claim *k, uint32_t p, uint32_t i)
{
    uint32_t here = k->where[p];
    int32_t now = here == NONE ? INT32_MAX : wish_of(k, p, here), wish = wish_of(k, p, i);

    if (i != here && (here == NONE || wish < now || (wish == now && i < here)))
        check_rather(k, p, i);
}

static void check_person(struct claim *k, uint32_t p)
{
    uint32_t n = 0, broken = 0, here = k->where[p];

    for (uint32_t i = 0; i < k->m; i++)
        if (tr_place_rules_hold(&k->r->rules, person(k, p), institution(k, i)))
            k->options[n++] = i;
    if (here != NONE)
        broken = tr_place_rules_broken(&k->r->rules, person(k, p), institution(k, here));
    if (broken)
        fault(k, TR_E_NOT_ELIGIBLE, person(k, p)->id, institution(k, here)->id,
              tr_str(tr_place_rule_names[__builtin_ctz(broken)]));
    for (uint32_t o = 0; o < n; o++)
        if (k->c->policy == TR_PLACED_FIRST)
            check_closed(k, p, k->options[o]);
        else
            check_stable(k, p, k->options[o]);
    k->options[k->m] = n;
}

/* ---- rows ---- */

/* Names the member in which two rows differ. */
static void compare_rows(struct claim *k, const struct tr_placement *is,
                         const struct tr_placement *should)
{
    const struct {
        const char *name;
        bool same;
    } parts[] = {
        {"referral_id", tr_str_eq(is->id, should->id)},
        {"decision", tr_str_eq(is->decision, should->decision)},
        {"institution_id", tr_str_eq(is->institution_id, should->institution_id)},
        {"wish_rank", is->wish_rank == should->wish_rank},
        {"priority", is->priority == should->priority},
        {"reason", tr_str_eq(is->reason, should->reason)},
        {"detail", tr_str_eq(is->detail, should->detail)},
    };

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!parts[i].same) {
            fault(k, TR_E_RESULT_DIFFERS, should->id, tr_str(parts[i].name), nothing);
            return;
        }
}

static void check_row(struct claim *k, uint32_t p, uint32_t options)
{
    struct tr_arena text = {0};
    struct tr_placement should;

    if (p >= k->c->placements.n)
        return;
    tr_placement_of(k->r, p, k->where[p], options, &text, &should);
    compare_rows(k, tr_placement(&k->c->placements, p), &should);
    tr_arena_clear(&text);
}

/* Who waits because of which set, as the certificate lists them. */
static void check_unplaced(struct claim *k)
{
    const struct tr_records *sets = &k->c->closed_sets;
    uint32_t listed = 0, waiting = 0;

    for (uint32_t x = 0; x < sets->n; x++) {
        struct tr_str rest =
            ((const struct tr_closed_set *)(const void *)sets->record + x)->unplaced;
        struct tr_str id;

        while (rest.len > 0 && tr_str_part(&rest, '|', &id)) {
            int p = tr_records_find(&k->r->referrals, id);

            listed++;
            if (p < 0 || (uint32_t)p >= k->n || k->where[p] != NONE || k->waits_for[p] != x)
                fault(k, TR_E_RESULT_DIFFERS, id, TR_STR("unplaced"), nothing);
            else
                k->waits_for[p] = NONE; /* each once */
        }
    }
    for (uint32_t p = 0; p < k->n; p++)
        waiting += k->waits_for[p] != NONE;
    if (waiting > 0)
        fault_numbers(k, TR_E_RESULT_DIFFERS, TR_STR("unplaced"), listed + waiting, listed);
}

static void check_all(struct claim *k)
{
    for (uint32_t p = 0; p < k->r->referrals.n; p++) {
        uint32_t highest = NONE;

        if (p < k->n) {
            check_person(k, p);
            for (uint32_t o = 0; o < k->options[k->m] && k->where[p] == NONE; o++)
                if (highest == NONE || k->level[k->options[o]] > highest)
                    highest = k->level[k->options[o]];
            if (highest != NONE && k->c->policy == TR_PLACED_FIRST && k->closing[highest] != NONE)
                highest = k->closing[highest];
            k->waits_for[p] = highest;
        }
        check_row(k, p, p < k->n ? k->options[k->m] : 0);
    }
    if (k->c->policy == TR_PLACED_FIRST)
        check_unplaced(k);
    else if (k->c->closed_sets.n > 0)
        fault(k, TR_E_RESULT_DIFFERS, TR_STR("closed_sets"), nothing, nothing);
}

int tr_verify(const struct tr_certificate *c, const struct tr_listener *listener,
              struct tr_err *err)
{
    struct claim k = {.c = c,
                      .r = &c->round,
                      .listener = listener,
                      .n = c->round.n_seeking,
                      .m = c->round.places.n,
                      .steps = 1};
    size_t people = c->round.referrals.n + (size_t)1, m = k.m + (size_t)1;
    size_t levels = c->closed_sets.n + (size_t)1;

    while (UINT32_C(1) << k.steps <= levels)
        k.steps++;
    k.where = malloc(people * sizeof *k.where);
    k.waits_for = malloc(people * sizeof *k.waits_for);
    k.count = calloc(m, sizeof *k.count);
    k.last = malloc(m * sizeof *k.last);
    k.level = malloc(m * sizeof *k.level);
    k.options = malloc(m * sizeof *k.options);
    k.since = calloc(levels, sizeof *k.since);
    k.placing = calloc(levels, sizeof *k.placing);
    k.closing = calloc(levels, sizeof *k.closing);
    k.least = malloc(levels * k.steps * sizeof *k.least);
    k.own = malloc((c->own.n + (size_t)1) * sizeof *k.own);
    if (k.where && k.waits_for && k.count && k.last && k.level && k.options && k.since &&
        k.placing && k.closing && k.least && k.own) {
        check_order(&k);
        read_placements(&k);
        read_own(&k);
        find_last(&k);
        if (c->policy == TR_PLACED_FIRST) {
            read_levels(&k);
            find_least(&k);
        }
        check_room(&k);
        check_all(&k);
    } else {
        k.faults = tr_err_memory(err);
    }
    clear(&k);
    return k.faults;
}

int tr_verify_result(const struct tr_certificate *c, const struct tr_records *result,
                     const struct tr_listener *listener)
{
    struct claim k = {.c = c, .r = &c->round, .listener = listener};
    uint32_t n = c->placements.n < result->n ? c->placements.n : result->n;

    if (c->placements.n != result->n)
        fault_numbers(&k, TR_E_RESULT_DIFFERS, TR_STR("*"), c->placements.n, result->n);
    for (uint32_t p = 0; p < n; p++)
        compare_rows(&k, tr_placement(result, p), tr_placement(&c->placements, p));
    return k.faults;
}
