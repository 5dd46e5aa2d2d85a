/* Who gets which place: against every assignment there is, where they can be counted; against what
 * the levels prove, where they cannot. */
#include "unit.h"

#include "domain/placement/match.h"

enum { NONE = TR_NOWHERE, MOST_INSTITUTIONS = 64 };

/* ---- graphs ---- */

struct made {
    struct tr_graph g;
    uint32_t *from, *option, *wish_from, *wish, *room, *own;
};

static void *allocated(size_t n, size_t size)
{
    void *p = malloc(n * size);

    ck_assert(p != NULL || n == 0);
    return p;
}

/* A graph with nobody in it, and space for this much. */
static struct made begin(uint32_t institutions, size_t people, size_t options)
{
    struct made m = {
        .g.n_institutions = institutions,
        .from = allocated(people + 1, sizeof *m.from),
        .option = allocated(options, sizeof *m.option),
        .wish_from = allocated(people + 1, sizeof *m.wish_from),
        .wish = allocated(options, sizeof *m.wish),
        .room = allocated(institutions, sizeof *m.room),
        .own = allocated(options, sizeof *m.own),
    };

    m.from[0] = m.wish_from[0] = 0;
    for (uint32_t i = 0; i < institutions; i++)
        m.room[i] = 1;
    return m;
}

static void add(struct made *m, const uint32_t *option, uint32_t options, const uint32_t *wish,
                uint32_t wishes)
{
    uint32_t p = m->g.n_people++;

    m->from[p + 1] = m->from[p];
    m->wish_from[p + 1] = m->wish_from[p];
    for (uint32_t k = 0; k < options; k++)
        m->option[m->from[p + 1]++] = option[k];
    for (uint32_t k = 0; k < wishes; k++)
        m->wish[m->wish_from[p + 1]++] = wish[k];
}

/* Gives back what space is left, so that reading too far is seen. */
static uint32_t *exact(uint32_t *p, size_t n)
{
    uint32_t *q = allocated(n, sizeof *q);

    if (n > 0)
        memcpy(q, p, n * sizeof *q);
    free(p);
    return q;
}

static void end(struct made *m, bool own)
{
    uint32_t n = m->g.n_people;
    uint32_t options = m->from[n], wishes = m->wish_from[n];

    m->from = exact(m->from, (size_t)n + 1);
    m->option = exact(m->option, options);
    m->wish_from = exact(m->wish_from, (size_t)n + 1);
    m->wish = exact(m->wish, wishes);
    if (own) {
        m->own = exact(m->own, options);
    } else {
        free(m->own);
        m->own = NULL;
    }
    m->g = (struct tr_graph){
        n, m->g.n_institutions, m->from, m->option, m->wish_from, m->wish, m->room, m->own};
}

static void made_clear(struct made *m)
{
    free(m->from);
    free(m->option);
    free(m->wish_from);
    free(m->wish);
    free(m->room);
    free(m->own);
}

static void shuffle(uint32_t *a, uint32_t n)
{
    for (uint32_t k = n; k > 1; k--) {
        uint32_t other = random_below(k), x = a[k - 1];

        a[k - 1] = a[other];
        a[other] = x;
    }
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* At most this many of each; for wishes and options, of each person. */
struct shape {
    uint32_t people, institutions, room, options, wishes;
    bool own;
};

/* A graph with this many people and institutions, and room, options and wishes up to the shape. */
static struct made random_graph(const struct shape *s, uint32_t people, uint32_t institutions)
{
    struct made m = begin(institutions, people, (size_t)people * s->options);
    uint32_t option[MOST_INSTITUTIONS], wish[MOST_INSTITUTIONS];
    uint32_t most_room = 1 + random_below(s->room), most = 1 + random_below(s->options);
    uint32_t orders = 1 + random_below(4);

    for (uint32_t i = 0; i < institutions; i++)
        m.room[i] = random_below(most_room + 1);
    for (uint32_t p = 0; p < people; p++) {
        uint32_t options = random_below((most < institutions ? most : institutions) + 1);
        uint32_t wishes = random_below((options < s->wishes ? options : s->wishes) + 1);

        for (uint32_t i = 0; i < institutions; i++)
            option[i] = i;
        shuffle(option, institutions);
        memcpy(wish, option, sizeof wish[0] * options); /* in any order, as they come */
        qsort(option, options, sizeof *option, ascending);
        add(&m, option, options, wish, wishes);
    }
    for (uint32_t e = 0; e < m.from[people]; e++)
        m.own[e] = random_below(16) ? random_below(orders) : UINT32_MAX;
    end(&m, s->own);
    return m;
}

/* The graph in words, as far as there is space. */
static const char *shown(const struct tr_graph *g)
{
    static char text[1024];
    size_t n = 0;

#define SAY(...)                                                                                   \
    (n += n < sizeof text ? (size_t)snprintf(text + n, sizeof text - n, __VA_ARGS__) : 0)
    SAY("%u people, room", g->n_people);
    for (uint32_t i = 0; i < g->n_institutions; i++)
        SAY(" %u", g->room[i]);
    for (uint32_t p = 0; p < g->n_people && n < sizeof text; p++) {
        SAY("; %u:", p);
        for (uint32_t e = g->from[p]; e < g->from[p + 1]; e++)
            SAY(g->own ? " %u(%u)" : " %u", g->option[e], g->own ? g->own[e] : 0);
        SAY(", wishes");
        for (uint32_t w = g->wish_from[p]; w < g->wish_from[p + 1]; w++)
            SAY(" %u", g->wish[w]);
    }
#undef SAY
    return text;
}

static void expect(const struct tr_graph *g, const char *wrong)
{
    if (wrong)
        ck_abort_msg("%s: %s", wrong, shown(g));
}

/* ---- what a graph says, in the plainest way ---- */

static bool may_go(const struct tr_graph *g, uint32_t p, uint32_t i)
{
    for (uint32_t e = g->from[p]; e < g->from[p + 1]; e++)
        if (g->option[e] == i)
            return true;
    return false;
}

static uint32_t n_wishes(const struct tr_graph *g, uint32_t p)
{
    return g->wish_from[p + 1] - g->wish_from[p];
}

/* How good institution i is for p: the place of the wish, or past the last one. */
static uint32_t rank_of(const struct tr_graph *g, uint32_t p, uint32_t i)
{
    uint32_t w = 0;

    while (w < n_wishes(g, p) && g->wish[g->wish_from[p] + w] != i)
        w++;
    return w;
}

/* The same where the other options follow the wishes, the lowest number first, and then nothing. */
static uint32_t strict_rank(const struct tr_graph *g, uint32_t p, uint32_t i)
{
    uint32_t rank = rank_of(g, p, i);

    if (rank == n_wishes(g, p))
        for (uint32_t e = g->from[p]; e < g->from[p + 1] && g->option[e] != i; e++)
            rank += rank_of(g, p, g->option[e]) == n_wishes(g, p);
    return rank;
}

static uint32_t *free_room(const struct tr_graph *g, const uint32_t *where)
{
    uint32_t *room = allocated((size_t)g->n_institutions + 1, sizeof *room);

    memcpy(room, g->room, sizeof *room * g->n_institutions);
    for (uint32_t p = 0; p < g->n_people; p++)
        if (where[p] != NONE)
            room[where[p]]--;
    return room;
}

static uint32_t n_placed(const struct tr_graph *g, const uint32_t *where)
{
    uint32_t n = 0;

    for (uint32_t p = 0; p < g->n_people; p++)
        n += where[p] != NONE;
    return n;
}

static const char *valid(const struct tr_graph *g, const uint32_t *where)
{
    uint32_t *held = allocated((size_t)g->n_institutions + 1, sizeof *held);
    const char *wrong = NULL;

    memset(held, 0, sizeof *held * g->n_institutions);
    for (uint32_t p = 0; !wrong && p < g->n_people; p++)
        if (where[p] == NONE)
            continue;
        else if (where[p] >= g->n_institutions || !may_go(g, p, where[p]))
            wrong = "somebody stands where they may not go";
        else if (++held[where[p]] > g->room[where[p]])
            wrong = "more people than there is room for";
    free(held);
    return wrong;
}

static struct tr_match placed_by(const struct tr_graph *g, enum tr_policy policy)
{
    struct tr_match m;
    struct tr_err err;

    if (tr_match_run(g, policy, &m, &err))
        ck_abort_msg("%s", tr_code_name(err.code));
    expect(g, valid(g, m.where));
    return m;
}

static struct tr_match only_placed(const struct tr_graph *g)
{
    struct tr_match m;
    struct tr_err err;

    if (tr_match_place(g, &m, &err))
        ck_abort_msg("%s", tr_code_name(err.code));
    expect(g, valid(g, m.where));
    return m;
}

/* What is wrong with a match, or NULL. */
typedef const char *checker(const struct tr_graph *g, const struct tr_match *m);

static void try_one(const struct tr_graph *g, enum tr_policy policy, checker *check)
{
    struct tr_match m = placed_by(g, policy);

    expect(g, check(g, &m));
    tr_match_clear(&m);
}

/* Many graphs; the people grow in number, so that the first to fail is small. */
static void try_many(uint32_t times, struct shape s, enum tr_policy policy, checker *check)
{
    for (uint32_t t = 0; t < times; t++) {
        uint32_t people = 1 + (uint32_t)((uint64_t)s.people * t / times);
        struct made m = random_graph(&s, people, 1 + random_below(s.institutions));

        try_one(&m.g, policy, check);
        made_clear(&m);
    }
}

static const struct shape few = {7, 4, 3, 4, 4, false}, few_own = {5, 4, 3, 4, 4, true},
                          some = {40, 8, 8, 8, 8, false}, some_own = {40, 8, 8, 8, 8, true};

/* ---- every assignment ---- */

typedef void visitor(const struct tr_graph *g, const uint32_t *where, void *to);

static void from_person(const struct tr_graph *g, uint32_t p, uint32_t *room, uint32_t *where,
                        visitor *visit, void *to)
{
    if (p == g->n_people) {
        visit(g, where, to);
        return;
    }
    where[p] = NONE;
    from_person(g, p + 1, room, where, visit, to);
    for (uint32_t e = g->from[p]; e < g->from[p + 1]; e++) {
        uint32_t i = g->option[e];

        if (room[i] == 0)
            continue;
        room[i]--;
        where[p] = i;
        from_person(g, p + 1, room, where, visit, to);
        room[i]++;
    }
}

static void each_assignment(const struct tr_graph *g, visitor *visit, void *to)
{
    uint32_t *room = allocated(g->n_institutions, sizeof *room);
    uint32_t *where = allocated(g->n_people, sizeof *where);

    memcpy(room, g->room, sizeof *room * g->n_institutions);
    from_person(g, 0, room, where, visit, to);
    free(room);
    free(where);
}

/* One digit a person, the first in priority leading: so numbers compare as the people do. */
struct score {
    uint32_t set;   /* 1 placed: the greater the better */
    uint32_t ranks; /* of those placed: the less the better */
    uint32_t size;
};

static struct score score_of(const struct tr_graph *g, const uint32_t *where)
{
    struct score s = {0};

    for (uint32_t p = 0; p < g->n_people; p++) {
        bool placed = where[p] != NONE;

        s.set = s.set << 1 | placed;
        s.ranks = s.ranks << 3 | (placed ? rank_of(g, p, where[p]) : 0);
        s.size += placed;
    }
    return s;
}

struct best {
    struct score best;
    uint32_t most;
};

static void keep_best(const struct tr_graph *g, const uint32_t *where, void *to)
{
    struct best *b = to;
    struct score s = score_of(g, where);

    if (s.set > b->best.set || (s.set == b->best.set && s.ranks < b->best.ranks))
        b->best = s;
    if (s.size > b->most)
        b->most = s.size;
}

static const char *best_of_all(const struct tr_graph *g, const struct tr_match *m)
{
    struct best b = {.best.ranks = UINT32_MAX};
    struct score s = score_of(g, m->where);

    each_assignment(g, keep_best, &b);
    return s.set != b.best.set       ? "not the best set"
           : s.size != b.most        ? "not the largest set"
           : s.ranks > b.best.ranks  ? "wishes could be met better"
           : s.ranks != b.best.ranks ? "better than the best"
                                     : NULL;
}

START_TEST(placed_first_is_best_of_all_assignments)
{
    struct shape tight = few;

    try_many(40000, few, TR_PLACED_FIRST, best_of_all);
    tight.room = 1;
    try_many(20000, tight, TR_PLACED_FIRST, best_of_all);
}
END_TEST

/* ---- what placed first guarantees, one by one ---- */

static const char *none_passed_over(const struct tr_graph *g, const struct tr_match *m)
{
    uint32_t *last = allocated((size_t)g->n_institutions + 1, sizeof *last);
    const char *wrong = NULL;

    for (uint32_t i = 0; i < g->n_institutions; i++)
        last[i] = 0;
    for (uint32_t p = 0; p < g->n_people; p++)
        if (m->where[p] != NONE)
            last[m->where[p]] = p;
    for (uint32_t p = 0; p < g->n_people; p++)
        for (uint32_t e = g->from[p]; m->where[p] == NONE && e < g->from[p + 1]; e++)
            if (last[g->option[e]] > p)
                wrong = "an option of somebody unplaced is held by one of lower priority";
    free(last);
    return wrong;
}

START_TEST(nobody_is_passed_over)
{
    try_many(4000, some, TR_PLACED_FIRST, none_passed_over);
}
END_TEST

static const char *none_could_enter(const struct tr_graph *g, const struct tr_match *m)
{
    uint32_t *room = free_room(g, m->where);
    const char *wrong = NULL;

    for (uint32_t p = 0; p < g->n_people; p++)
        for (uint32_t e = g->from[p]; m->where[p] == NONE && e < g->from[p + 1]; e++)
            if (room[g->option[e]] > 0)
                wrong = "there is room for somebody unplaced";
    free(room);
    return wrong;
}

START_TEST(no_room_is_left_that_somebody_could_take)
{
    try_many(4000, some, TR_PLACED_FIRST, none_could_enter);
}
END_TEST

/* Places p, moving others if need be: by depth, each time over all people, no memory of earlier
 * searches. */
static bool settle(const struct tr_graph *g, uint32_t p, uint32_t *where, uint32_t *room,
                   bool *seen)
{
    for (uint32_t e = g->from[p]; e < g->from[p + 1]; e++) {
        uint32_t i = g->option[e];
        bool open = room[i] > 0;

        if (seen[i])
            continue;
        seen[i] = true;
        if (open)
            room[i]--;
        for (uint32_t q = 0; !open && q < g->n_people; q++)
            open = where[q] == i && settle(g, q, where, room, seen);
        if (open) {
            where[p] = i;
            return true;
        }
    }
    return false;
}

/* Everybody in order of priority, or in the reverse of it. */
static void settle_all(const struct tr_graph *g, bool reverse, uint32_t *where)
{
    uint32_t room[MOST_INSTITUTIONS];
    bool seen[MOST_INSTITUTIONS];

    memcpy(room, g->room, sizeof *room * g->n_institutions);
    for (uint32_t p = 0; p < g->n_people; p++)
        where[p] = NONE;
    for (uint32_t k = 0; k < g->n_people; k++) {
        memset(seen, 0, sizeof seen);
        settle(g, reverse ? g->n_people - 1 - k : k, where, room, seen);
    }
}

static const char *most_placed(const struct tr_graph *g, const struct tr_match *m)
{
    uint32_t *where = allocated((size_t)g->n_people + 1, sizeof *where);
    const char *wrong = NULL;

    settle_all(g, true, where);
    if (n_placed(g, where) != n_placed(g, m->where))
        wrong = "not as many as can be placed";
    free(where);
    return wrong;
}

START_TEST(as_many_as_possible_are_placed)
{
    try_many(4000, some, TR_PLACED_FIRST, most_placed);
}
END_TEST

static bool same_set(const struct tr_graph *g, const uint32_t *a, const uint32_t *b)
{
    for (uint32_t p = 0; p < g->n_people; p++)
        if ((a[p] == NONE) != (b[p] == NONE))
            return false;
    return true;
}

static const char *set_by_priority(const struct tr_graph *g, const struct tr_match *m)
{
    uint32_t *where = allocated((size_t)g->n_people + 1, sizeof *where);
    const char *wrong = NULL;

    settle_all(g, false, where);
    if (!same_set(g, where, m->where))
        wrong = "not the set that is best in order of priority";
    free(where);
    return wrong;
}

START_TEST(those_placed_are_the_first_in_priority)
{
    try_many(4000, some, TR_PLACED_FIRST, set_by_priority);
}
END_TEST

/* ---- the levels as proof ---- */

/* The highest level among the options of p, or among those not wished; 0 when there are none. */
static uint32_t highest_option(const struct tr_graph *g, const struct tr_match *m, uint32_t p,
                               bool unwished)
{
    uint32_t highest = 0;

    for (uint32_t e = g->from[p]; e < g->from[p + 1]; e++) {
        uint32_t i = g->option[e];

        if (m->level_of[i] > highest && !(unwished && rank_of(g, p, i) < n_wishes(g, p)))
            highest = m->level_of[i];
    }
    return highest;
}

/* Whether somebody at or below boundary x, which is between the levels x and x + 1, is bound to
 * stay there: nobody may leave who has not had their turn when the search failed; those who had,
 * and got a wish, hold that; the rest may only go where they did not wish to. */
static bool bound(const struct tr_graph *g, const struct tr_match *m, uint32_t p, uint32_t x)
{
    bool had_turn = !m->level[x].placing && p < m->level[x].since;

    if (had_turn && rank_of(g, p, m->where[p]) < n_wishes(g, p))
        return true;
    return highest_option(g, m, p, had_turn) <= x;
}

/* That p, who is placed, missed no wish for nothing: a boundary stands between. */
static bool missed_for_a_reason(const struct tr_graph *g, const struct tr_match *m, uint32_t p)
{
    for (uint32_t w = 0; w < rank_of(g, p, m->where[p]); w++) {
        uint32_t x = m->level_of[g->wish[g->wish_from[p] + w]], here = m->level_of[m->where[p]];

        while (x < here && !m->level[x].placing && m->level[x].since > p)
            x++;
        if (x >= here)
            return false;
    }
    return true;
}

static const char *boundaries_hold(const struct tr_graph *g, const struct tr_match *m)
{
    uint32_t *room = free_room(g, m->where), last = m->n_levels - 1;
    const char *wrong = NULL;

    for (uint32_t i = 0; i < g->n_institutions; i++)
        if (m->level_of[i] > last)
            wrong = "a level that is not there";
        else if (m->level_of[i] < last && room[i] > 0)
            wrong = "room below a boundary";
    free(room);
    for (uint32_t x = 0; !wrong && x < last; x++) {
        struct tr_level l = m->level[x];

        if (l.since >= g->n_people)
            wrong = "a boundary since nobody";
        else if (l.placing != (m->where[l.since] == NONE))
            wrong = "a search failed for the wrong person";
        else if (!l.placing && m->level_of[m->where[l.since]] <= x)
            wrong = "somebody below the boundary that stopped them";
    }
    return wrong;
}

/* first[x]: the first person to fail at a boundary at or above x, while placing. */
static const char *people_are_bound(const struct tr_graph *g, const struct tr_match *m,
                                    const uint32_t *first)
{
    for (uint32_t p = 0; p < g->n_people; p++) {
        uint32_t i = m->where[p];

        if (i == NONE) {
            for (uint32_t e = g->from[p]; e < g->from[p + 1]; e++)
                if (first[m->level_of[g->option[e]]] > p)
                    return "an option of somebody unplaced was not closed";
            continue;
        }
        if (p >= first[m->level_of[i]])
            return "somebody came in after it was closed";
        /* a boundary at or above all options binds anyhow */
        for (uint32_t x = m->level_of[i]; x < highest_option(g, m, p, false); x++)
            if (!bound(g, m, p, x))
                return "somebody below a boundary could leave";
    }
    return NULL;
}

static const char *proved(const struct tr_graph *g, const struct tr_match *m, bool wishes)
{
    uint32_t *first;
    const char *wrong;

    if (m->n_levels == 0 || m->n_levels > g->n_institutions + 1 || !m->level)
        return "no levels, or too many";
    wrong = boundaries_hold(g, m);
    if (wrong)
        return wrong;
    first = allocated(m->n_levels, sizeof *first);
    first[m->n_levels - 1] = NONE;
    for (uint32_t x = m->n_levels - 1; x-- > 0;) {
        first[x] = first[x + 1];
        if (m->level[x].placing && m->level[x].since < first[x])
            first[x] = m->level[x].since;
        else if (m->level[x].placing)
            wrong = "a wider boundary since somebody earlier";
    }
    if (!wrong)
        wrong = people_are_bound(g, m, first);
    free(first);
    for (uint32_t p = 0; !wrong && wishes && p < g->n_people; p++)
        if (m->where[p] != NONE && !missed_for_a_reason(g, m, p))
            wrong = "a wish was missed for no reason";
    return wrong;
}

static const char *levels_prove(const struct tr_graph *g, const struct tr_match *m)
{
    return proved(g, m, true);
}

START_TEST(levels_prove_why)
{
    try_many(10000, few, TR_PLACED_FIRST, levels_prove);
    try_many(5000, some, TR_PLACED_FIRST, levels_prove);
}
END_TEST

/* Three want the first institution. The second person's wish fails inside what placing closed. */
START_TEST(levels_of_a_case)
{
    static const uint32_t both[] = {0, 1};
    struct made made = begin(3, 3, 6);
    struct tr_match m;

    add(&made, both, 2, both, 1);
    add(&made, both, 2, both, 1);
    add(&made, both, 1, both, 1);
    end(&made, false);
    m = placed_by(&made.g, TR_PLACED_FIRST);
    expect(&made.g, proved(&made.g, &m, true));
    ck_assert_uint_eq(m.where[0], 0);
    ck_assert_uint_eq(m.where[1], 1);
    ck_assert_uint_eq(m.where[2], NONE);
    ck_assert_uint_eq(m.n_levels, 3);
    ck_assert_uint_eq(m.level_of[0], 0);
    ck_assert_uint_eq(m.level_of[1], 1);
    ck_assert_uint_eq(m.level_of[2], 2);
    ck_assert(!m.level[0].placing && m.level[0].since == 1);
    ck_assert(m.level[1].placing && m.level[1].since == 2);
    tr_match_clear(&m);
    made_clear(&made);
}
END_TEST

/* ---- placing alone ---- */

static const char *placed_the_same(const struct tr_graph *g, const struct tr_match *m)
{
    struct tr_match only = only_placed(g);
    const char *wrong = proved(g, &only, false);

    if (!same_set(g, m->where, only.where))
        wrong = "placing alone places others";
    for (uint32_t x = 0; x + 1 < only.n_levels; x++)
        if (!only.level[x].placing)
            wrong = "a boundary of wishes while placing";
    tr_match_clear(&only);
    return wrong;
}

START_TEST(placing_alone_places_the_same)
{
    try_many(5000, few, TR_PLACED_FIRST, placed_the_same);
    try_many(3000, some, TR_PLACED_FIRST, placed_the_same);
}
END_TEST

/* ---- wish first ---- */

static const char *each_chose(const struct tr_graph *g, const struct tr_match *m)
{
    uint32_t room[MOST_INSTITUTIONS];
    const char *wrong = NULL;

    memcpy(room, g->room, sizeof *room * g->n_institutions);
    for (uint32_t p = 0; p < g->n_people; p++) {
        uint32_t best = NONE;

        for (uint32_t i = 0; i < g->n_institutions; i++)
            if (room[i] > 0 && may_go(g, p, i) &&
                (best == NONE || strict_rank(g, p, i) < strict_rank(g, p, best)))
                best = i;
        if (m->where[p] != best)
            wrong = "not the best that was free";
        if (best != NONE)
            room[best]--;
    }
    return wrong;
}

START_TEST(wish_first_is_one_after_another)
{
    try_many(5000, few, TR_WISH_FIRST, each_chose);
    try_many(2000, some, TR_WISH_FIRST, each_chose);
    try_many(1000, some_own, TR_WISH_FIRST, each_chose); /* which it does not look at */
}
END_TEST

/* ---- own priorities ---- */

static uint32_t own_order(const struct tr_graph *g, uint32_t p, uint32_t i)
{
    for (uint32_t e = g->from[p]; e < g->from[p + 1]; e++)
        if (g->option[e] == i)
            return g->own ? g->own[e] : 0;
    return NONE;
}

/* Whether institution i, to which both may go, would rather have p than q. */
static bool rather(const struct tr_graph *g, uint32_t i, uint32_t p, uint32_t q)
{
    uint32_t a = own_order(g, p, i), b = own_order(g, q, i);

    return a != b ? a < b : p < q;
}

static uint32_t got(const struct tr_graph *g, uint32_t p, uint32_t i)
{
    return i == NONE ? NONE : strict_rank(g, p, i);
}

/* No person and institution would both gain by leaving what they have for each other. */
static bool stable(const struct tr_graph *g, const uint32_t *where)
{
    for (uint32_t p = 0; p < g->n_people; p++)
        for (uint32_t e = g->from[p]; e < g->from[p + 1]; e++) {
            uint32_t i = g->option[e], held = 0;
            bool gains = false;

            if (strict_rank(g, p, i) >= got(g, p, where[p]))
                continue;
            for (uint32_t q = 0; q < g->n_people; q++)
                if (where[q] == i) {
                    held++;
                    gains = gains || rather(g, i, p, q);
                }
            if (gains || held < g->room[i])
                return false;
        }
    return true;
}

static const char *is_stable(const struct tr_graph *g, const struct tr_match *m)
{
    return stable(g, m->where) ? NULL : "not stable";
}

START_TEST(own_priorities_are_stable)
{
    try_many(5000, few_own, TR_OWN_PRIORITIES, is_stable);
    try_many(1000, some_own, TR_OWN_PRIORITIES, is_stable);
}
END_TEST

struct rival {
    const uint32_t *where;
    uint32_t stable;
    bool better;
};

static void compare_stable(const struct tr_graph *g, const uint32_t *where, void *to)
{
    struct rival *r = to;

    if (!stable(g, where))
        return;
    r->stable++;
    for (uint32_t p = 0; p < g->n_people; p++)
        r->better = r->better || got(g, p, where[p]) < got(g, p, r->where[p]);
}

static const char *best_stable(const struct tr_graph *g, const struct tr_match *m)
{
    struct rival r = {.where = m->where};

    each_assignment(g, compare_stable, &r);
    return r.stable == 0 ? "nothing is stable"
           : r.better    ? "somebody has it better in another stable assignment"
                         : NULL;
}

START_TEST(own_priorities_are_best_of_all_stable)
{
    struct shape tight = few_own;

    try_many(15000, few_own, TR_OWN_PRIORITIES, best_stable);
    tight.room = 1;
    try_many(15000, tight, TR_OWN_PRIORITIES, best_stable);
}
END_TEST

/* Given what comes of wish first. */
static const char *own_is_the_same(const struct tr_graph *g, const struct tr_match *m)
{
    struct tr_graph plain = *g;
    struct tr_match own;
    uint32_t others = 0;

    plain.own = NULL;
    own = placed_by(&plain, TR_OWN_PRIORITIES);
    for (uint32_t p = 0; p < g->n_people; p++)
        others += own.where[p] != m->where[p];
    tr_match_clear(&own);
    return others ? "without orders of their own, not as wish first" : NULL;
}

START_TEST(no_own_priorities_is_wish_first)
{
    try_many(5000, few, TR_WISH_FIRST, own_is_the_same);
    try_many(2000, some, TR_WISH_FIRST, own_is_the_same);
}
END_TEST

/* ---- the edges ---- */

START_TEST(the_place_of_a_wish)
{
    struct made m = random_graph(&some, 1000, 8);
    uint32_t wrong = 0;

    for (uint32_t p = 0; p < 1000; p++)
        for (uint32_t i = 0; i <= 8; i++) {
            uint32_t rank = rank_of(&m.g, p, i);

            wrong += tr_graph_wish(&m.g, p, i) != (rank < n_wishes(&m.g, p) ? rank : NONE);
        }
    ck_assert_uint_eq(wrong, 0);
    made_clear(&m);
}
END_TEST

/* By every policy, how many people are placed; ends the graph. */
static void expect_placed(struct made *made, uint32_t expected)
{
    struct tr_match m;

    end(made, false);
    for (int policy = 0; policy < TR_N_POLICIES; policy++) {
        m = placed_by(&made->g, (enum tr_policy)policy);
        ck_assert_uint_eq(n_placed(&made->g, m.where), expected);
        if (policy == TR_PLACED_FIRST)
            expect(&made->g, proved(&made->g, &m, true));
        tr_match_clear(&m);
        tr_match_clear(&m); /* harmless */
    }
    m = only_placed(&made->g);
    ck_assert_uint_eq(n_placed(&made->g, m.where), expected);
    expect(&made->g, proved(&made->g, &m, false));
    tr_match_clear(&m);
    made_clear(made);
}

static const uint32_t numbers[] = {0, 1, 2, 3, 4}, backwards[] = {4, 3, 2, 1, 0};

START_TEST(policies_have_names)
{
    ck_assert_str_eq(tr_policy_names[TR_PLACED_FIRST], "placed-first");
    ck_assert_str_eq(tr_policy_names[TR_WISH_FIRST], "wish-first");
    ck_assert_str_eq(tr_policy_names[TR_OWN_PRIORITIES], "own-priorities");
    ck_assert_ptr_null(tr_policy_names[TR_N_POLICIES]);
}
END_TEST

START_TEST(nobody_and_nowhere)
{
    struct made m = begin(0, 0, 0);

    expect_placed(&m, 0);
    m = begin(3, 0, 0);
    expect_placed(&m, 0);
    m = begin(0, 2, 0);
    add(&m, NULL, 0, NULL, 0);
    add(&m, NULL, 0, NULL, 0);
    expect_placed(&m, 0);
}
END_TEST

START_TEST(no_options)
{
    struct made m = begin(2, 3, 1);

    add(&m, NULL, 0, NULL, 0);
    add(&m, numbers, 1, NULL, 0);
    add(&m, NULL, 0, NULL, 0);
    expect_placed(&m, 1);
}
END_TEST

START_TEST(no_room)
{
    struct made m = begin(5, 3, 15);

    memset(m.room, 0, sizeof *m.room * 5);
    add(&m, numbers, 5, backwards, 5);
    add(&m, numbers, 5, numbers, 2);
    add(&m, numbers, 5, NULL, 0);
    expect_placed(&m, 0);
}
END_TEST

START_TEST(room_without_end)
{
    struct made m = begin(5, 100, 500);

    for (uint32_t i = 0; i < 5; i++)
        m.room[i] = UINT32_MAX - 1;
    for (uint32_t p = 0; p < 100; p++)
        add(&m, numbers, 1 + p % 5, backwards + 4 - p % 5, p % 3 % (1 + p % 5));
    expect_placed(&m, 100);
}
END_TEST

START_TEST(one_who_wishes_all)
{
    for (uint32_t room = 1; room < 32; room++) {
        struct made made = begin(5, 1, 5);
        uint32_t best = 4;

        for (uint32_t i = 0; i < 5; i++)
            made.room[i] = room >> i & 1;
        while (made.room[best] == 0)
            best--;
        add(&made, numbers, 5, backwards, 5);
        end(&made, false);
        for (int policy = 0; policy < TR_N_POLICIES; policy++) {
            struct tr_match m = placed_by(&made.g, (enum tr_policy)policy);

            ck_assert_uint_eq(m.where[0], best);
            tr_match_clear(&m);
        }
        made_clear(&made);
    }
}
END_TEST

/* ---- the large ---- */

enum { CHAIN = 20000 };

/* Institutions in a row, each with room for one; each person may go to their own and the next, and
 * wishes for some of the two. Then comes one who can only go to the first, so that all must shift;
 * and if asked, one more, for whom there is nothing. */
static struct made chain(uint32_t first_wish, uint32_t wishes, bool one_more)
{
    struct made m = begin(CHAIN + 1, CHAIN + 2, 2 * CHAIN + 2);

    for (uint32_t k = 0; k < CHAIN; k++) {
        uint32_t two[] = {k, k + 1};

        add(&m, two, 2, two + first_wish, wishes);
    }
    add(&m, numbers, 1, NULL, 0);
    if (one_more)
        add(&m, (const uint32_t[]){CHAIN / 2}, 1, NULL, 0);
    end(&m, false);
    return m;
}

static const struct {
    uint32_t first_wish, wishes;
    bool one_more;
} chains[] = {{0, 0}, {0, 0, true}, {0, 1}, {1, 1}, {0, 2, true}};

START_TEST(a_chain_shifts)
{
    struct made made = chain(chains[_i].first_wish, chains[_i].wishes, chains[_i].one_more);
    struct tr_match m = placed_by(&made.g, TR_PLACED_FIRST);
    uint32_t wrong = 0;

    for (uint32_t k = 0; k < CHAIN; k++)
        wrong += m.where[k] != k + 1;
    ck_assert_uint_eq(wrong, 0);
    ck_assert_uint_eq(m.where[CHAIN], 0);
    if (chains[_i].one_more)
        ck_assert_uint_eq(m.where[CHAIN + 1], NONE);
    expect(&made.g, proved(&made.g, &m, true));
    tr_match_clear(&m);
    made_clear(&made);
}
END_TEST

/* A ring: each may go to their own institution and to the next, and takes their own. The last
 * wishes for the next, which can only be when all move. */
START_TEST(a_ring_turns)
{
    struct made made = begin(CHAIN, CHAIN, 2 * CHAIN);
    struct tr_match m;
    uint32_t wrong = 0;

    for (uint32_t k = 0; k < CHAIN; k++) {
        uint32_t next = (k + 1) % CHAIN, two[] = {k < next ? k : next, k < next ? next : k};

        add(&made, two, 2, &next, next == 0);
    }
    end(&made, false);
    m = placed_by(&made.g, TR_PLACED_FIRST);
    for (uint32_t k = 0; k < CHAIN; k++)
        wrong += m.where[k] != (k + 1) % CHAIN;
    ck_assert_uint_eq(wrong, 0);
    expect(&made.g, proved(&made.g, &m, true));
    tr_match_clear(&m);
    made_clear(&made);
}
END_TEST

/* A city: some institutions are sought after more than others; and in all there is room for so many
 * percent of the people. */
static struct made city(uint32_t people, uint32_t institutions, uint32_t percent)
{
    struct made m = begin(institutions, people, (size_t)people * 8);

    for (uint32_t i = 0; i < institutions; i++)
        m.room[i] = 0;
    for (uint32_t k = 0; k < people * percent / 100; k++)
        m.room[random_below(institutions)]++;
    for (uint32_t p = 0; p < people; p++) {
        uint32_t option[8], wish[8], n = 0;

        for (uint32_t k = 1 + random_below(8); k > 0; k--) {
            uint32_t a = random_below(institutions), b = random_below(institutions), old = 0;

            a = a < b ? a : b;
            while (old < n && option[old] != a)
                old++;
            if (old == n)
                option[n++] = a;
        }
        memcpy(wish, option, sizeof *wish * n);
        qsort(option, n, sizeof *option, ascending);
        add(&m, option, n, wish, random_below((n < 3 ? n : 3) + 1));
    }
    for (uint32_t e = 0; e < m.from[people]; e++)
        m.own[e] = random_below(5);
    end(&m, true);
    return m;
}

START_TEST(a_city)
{
    static const struct {
        enum tr_policy policy;
        checker *check;
    } tries[] = {
        {TR_PLACED_FIRST, levels_prove},     {TR_PLACED_FIRST, none_passed_over},
        {TR_PLACED_FIRST, none_could_enter}, {TR_PLACED_FIRST, most_placed},
        {TR_PLACED_FIRST, set_by_priority},  {TR_PLACED_FIRST, placed_the_same},
        {TR_WISH_FIRST, each_chose},         {TR_WISH_FIRST, own_is_the_same},
        {TR_OWN_PRIORITIES, is_stable},
    };
    struct made m;

    random_state += (uint64_t)_i * 7919;
    m = city(2000, 60, 85 + 10 * (uint32_t)_i);
    for (size_t t = 0; t < COUNT(tries); t++)
        try_one(&m.g, tries[t].policy, tries[t].check);
    made_clear(&m);
}
END_TEST

MAIN("match", {placed_first_is_best_of_all_assignments}, {nobody_is_passed_over},
     {no_room_is_left_that_somebody_could_take}, {as_many_as_possible_are_placed},
     {those_placed_are_the_first_in_priority}, {levels_prove_why}, {levels_of_a_case},
     {placing_alone_places_the_same}, {wish_first_is_one_after_another},
     {own_priorities_are_stable}, {own_priorities_are_best_of_all_stable},
     {no_own_priorities_is_wish_first}, {the_place_of_a_wish}, {policies_have_names},
     {nobody_and_nowhere}, {no_options}, {no_room}, {room_without_end}, {one_who_wishes_all},
     {a_chain_shifts, COUNT(chains)}, {a_ring_turns}, {a_city, 5})
