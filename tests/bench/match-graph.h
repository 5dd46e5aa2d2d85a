/* The graph on which matching is timed, the same in match-graph.c and match-lemon.cpp, in every run
 * and on every machine. Both C and C++. */
#ifndef TESTS_BENCH_MATCH_GRAPH_H
#define TESTS_BENCH_MATCH_GRAPH_H

#include <err.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_WISHES = 4 };

/* As struct tr_graph, whose header is C alone. */
struct made {
    uint32_t n_people, n_institutions;
    uint32_t *from, *option, *wish_from, *wish, *room, *own;
};

static inline double now(void)
{
    struct timespec t;

    if (clock_gettime(CLOCK_MONOTONIC, &t) != 0)
        err(1, "clock_gettime");
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline uint32_t *numbers(size_t n)
{
    uint32_t *p = (uint32_t *)calloc(n + 1, sizeof *p);

    if (!p)
        err(1, "calloc");
    return p;
}

/* SplitMix64: from 0 up to below n. */
static inline uint32_t draw(uint64_t *state, uint64_t n)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15U;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    z ^= z >> 31;
    return (uint32_t)(((z >> 32) * n) >> 32);
}

/* k of the institutions, ascending, each set of k as likely (Floyd's way); `taken` is all false,
 * before and after. */
static inline void draw_options(uint64_t *state, uint32_t *option, uint32_t k, uint32_t n,
                                uint32_t *taken)
{
    uint32_t at = 0;

    for (uint32_t last = n - k; last < n; last++) {
        uint32_t i = draw(state, (uint64_t)last + 1);

        taken[taken[i] ? last : i] = 1;
    }
    for (uint32_t i = 0; i < n; i++)
        if (taken[i]) {
            taken[i] = 0;
            option[at++] = i;
        }
}

/* k neighbours, among n institutions in a row. */
static inline void draw_near(uint64_t *state, uint32_t *option, uint32_t k, uint32_t n)
{
    uint32_t home = draw(state, n), first = home > k / 2 ? home - k / 2 : 0;

    if (first > n - k)
        first = n - k;
    for (uint32_t e = 0; e < k; e++)
        option[e] = first + e;
}

/* Up to `most` of the k options, none twice, the popular ones more often. */
static inline uint32_t draw_wishes(uint64_t *state, const uint32_t *option, uint32_t k,
                                   const uint32_t *popular, uint32_t most, uint32_t *wish)
{
    uint64_t all = 0;
    uint32_t n = 0;

    for (uint32_t e = 0; e < k; e++)
        all += popular[option[e]];
    while (n < most && n < k) {
        uint64_t left = draw(state, all);
        uint32_t e, w;

        for (e = 0;; e++) {
            for (w = 0; w < n && wish[w] != option[e]; w++)
                ;
            if (w < n)
                continue;
            if (left < popular[option[e]])
                break;
            left -= popular[option[e]];
        }
        wish[n++] = option[e];
        all -= popular[option[e]];
    }
    return n;
}

/* PEOPLE INSTITUTIONS OPTIONS ROOM_PERCENT SHAPE, the arguments of both programs. Each person may
 * go to OPTIONS institutions, half of that more or less: any (SHAPE anywhere), or neighbours in a
 * row round a home of their own (near), where somebody may have to move in every institution
 * between one that is asked for and one that has room. Each wishes up to four of them, the r-th
 * most popular institution as often as 1/r. The room of all is ROOM_PERCENT of the people, that of
 * one up to nine times that of another. */
static inline struct made make_graph(int argc, char **argv)
{
    uint32_t n[4], *popular, *taken;
    uint64_t state = 1, weight = 0, so_far = 0, room;
    bool near;
    struct made g;

    if (argc != 6 || (strcmp(argv[5], "anywhere") != 0 && strcmp(argv[5], "near") != 0))
        errx(2, "usage: %s PEOPLE INSTITUTIONS OPTIONS ROOM_PERCENT anywhere|near", argv[0]);
    near = strcmp(argv[5], "near") == 0;
    for (int a = 0; a < 4; a++) {
        char *end;
        unsigned long v = strtoul(argv[a + 1], &end, 10);

        if (*end || v == 0 || v > 100000000)
            errx(2, "%s: a number from 1 to 100000000", argv[a + 1]);
        n[a] = (uint32_t)v;
    }
    g.n_people = n[0];
    g.n_institutions = n[1];
    if ((uint64_t)n[0] * (n[2] + n[2] / 2) > UINT32_MAX)
        errx(2, "too many options");

    g.room = numbers(n[1]);
    popular = numbers(n[1]);
    taken = numbers(n[1]);
    for (uint32_t i = 0; i < n[1]; i++) {
        uint32_t other = draw(&state, (uint64_t)i + 1);

        popular[i] = popular[other];
        popular[other] = 1 + 1000000 / (i + 1);
        g.room[i] = 1 + draw(&state, 9);
        weight += g.room[i];
    }
    room = (uint64_t)n[0] * n[3] / 100;
    for (uint32_t i = 0; i < n[1]; i++) {
        uint64_t before = so_far;

        so_far += g.room[i];
        g.room[i] = (uint32_t)(room * so_far / weight - room * before / weight);
    }

    g.from = numbers(n[0]);
    g.wish_from = numbers(n[0]);
    g.option = numbers((size_t)n[0] * (n[2] + n[2] / 2));
    g.own = numbers((size_t)n[0] * (n[2] + n[2] / 2));
    g.wish = numbers((size_t)n[0] * MOST_WISHES);
    for (uint32_t p = 0; p < n[0]; p++) {
        uint32_t *option = g.option + g.from[p];
        uint32_t k = n[2] - n[2] / 2 + draw(&state, n[2] / 2 * 2 + 1);

        k = k < n[1] ? k : n[1];
        if (near)
            draw_near(&state, option, k, n[1]);
        else
            draw_options(&state, option, k, n[1], taken);
        g.from[p + 1] = g.from[p] + k;
        g.wish_from[p + 1] =
            g.wish_from[p] + draw_wishes(&state, option, k, popular, draw(&state, MOST_WISHES + 1),
                                         g.wish + g.wish_from[p]);
        for (uint32_t e = 0; e < k; e++)
            g.own[g.from[p] + e] = draw(&state, UINT32_MAX);
    }
    free(popular);
    free(taken);
    return g;
}

#endif
