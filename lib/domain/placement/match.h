/* Who gets which place, on a graph of numbers: pure, and the same whatever stands behind the
 * numbers.
 *
 * People are numbered by priority, 0 first; no two are equal. An institution has room for some of
 * them. A person may go to the institutions that are options, and prefers those wished, in the
 * order given; all others are equal to the person, and come after the wishes.
 *
 * Placed first: people are placed in order of priority, each by an augmenting path, along which
 * those placed before may move but are never dropped. The sets of people that can be placed
 * together are the independent sets of a transversal matroid (Edmonds and Fulkerson 1965), where
 * being greedy gives the set that is best in order of priority and also the largest. Then, in order
 * of priority, each gets the best wish that keeps the placed set and what those before have got
 * (rank-maximal in order of priority; each step a path or cycle of moves).
 *
 * A search that fails has reached a closed set of institutions: full, held by people who can go
 * nowhere else. It stays closed whatever happens after. So it is never searched again, and it
 * proves to anybody why the search had to fail. Searches go from institution to institution, not
 * from person to person, so that the work grows with the graph; memory grows with its edges. */
#ifndef TR_DOMAIN_PLACEMENT_MATCH_H
#define TR_DOMAIN_PLACEMENT_MATCH_H

#include "base/err.h"

enum { TR_NOWHERE = UINT32_MAX };

struct tr_graph {
    uint32_t n_people, n_institutions;
    const uint32_t *from;      /* n_people + 1: the options of p are option[from[p] .. from[p+1]) */
    const uint32_t *option;    /* ascending, none twice */
    const uint32_t *wish_from; /* n_people + 1, as from */
    const uint32_t *wish;      /* best first; each one of the person's options, none twice */
    const uint32_t *room;      /* of each institution: how many people it takes */
    const uint32_t *own;       /* parallel to option: the institution's own order of people, lower
                                  first, ties by priority; NULL: by priority alone */
};

/* Institutions in levels, the most closed lowest: match_placed.c says how they arise, verify.c what
 * they prove. At every boundary between two levels, all institutions below are full, of people who
 * cannot go above. */
struct tr_level {
    bool placing;   /* The boundary above the level was found while placing: everybody below stands
                       before since, and has no option above. Else it was found while wishes were
                       met: since and those after have no option above; earlier people had been
                       served, each below the boundary. */
    uint32_t since; /* the person whose search failed; unused in the highest level, which has no
                       boundary above */
};

struct tr_match {
    uint32_t *where;        /* of each person: the institution, or TR_NOWHERE */
    uint32_t *level_of;     /* of each institution: its level; only with placed first */
    struct tr_level *level; /* n_levels, lowest first; may be NULL */
    uint32_t n_levels;
};

enum tr_policy { TR_PLACED_FIRST, TR_WISH_FIRST, TR_OWN_PRIORITIES, TR_N_POLICIES };
extern const char *const tr_policy_names[TR_N_POLICIES + 1]; /* and NULL */

/* Places people by the policy. Wish first: in order of priority each takes the best wish still
 * free, else any option, lowest number first. Own priorities: deferred acceptance, people propose.
 * Both give the only stable outcome that is best for people under these orders. -1: memory. */
int tr_match_run(const struct tr_graph *graph, enum tr_policy policy, struct tr_match *out,
                 struct tr_err *err);

/* Only the first half of placed first: who is placed, with the levels found while placing. */
int tr_match_place(const struct tr_graph *graph, struct tr_match *out, struct tr_err *err);
void tr_match_clear(struct tr_match *m);

/* How many more people would be placed with extra places, up to `most`, at the institutions of a
 * set, wherever among them they help most. NULL: memory; graph is borrowed. */
struct tr_more *tr_more_new(const struct tr_graph *graph, uint32_t most);
void tr_more_free(struct tr_more *more);
int tr_more_find(struct tr_more *m, const bool *in, uint32_t *more); /* -1: memory */

/* The place of the institution among the person's wishes, from 0; TR_NOWHERE when it is not wished.
 */
uint32_t tr_graph_wish(const struct tr_graph *graph, uint32_t person, uint32_t institution);

/* Whether the person may go to the institution. */
bool tr_graph_is_option(const struct tr_graph *graph, uint32_t person, uint32_t institution);

#endif
