/* What the policies share: match_graph.c looks at the graph; match.c has all policies but placed
 * first, which is in match_placed.c. */
#ifndef TR_DOMAIN_PLACEMENT_MATCH_OWN_H
#define TR_DOMAIN_PLACEMENT_MATCH_OWN_H

#include <stddef.h>

#include "domain/placement/match.h"

/* One list for the people of all institutions, one institution after another: where the part of
 * each begins, and after the last the length of the list. A part is as long as the institution has
 * room, or people who could go there, whichever is less. NULL: memory. */
size_t *tr_match_share_list(const struct tr_graph *graph);

/* Where in option the person's last option stands that is not numbered above the institution. The
 * person has options. */
uint32_t tr_graph_option_at(const struct tr_graph *graph, uint32_t person, uint32_t institution);

/* The person's first wish with room left, else the first option with room left, or TR_NOWHERE. */
uint32_t tr_match_free_option(const struct tr_graph *graph, const uint32_t *room, uint32_t person);

/* Placed first, into a started match. wishes: meet wishes after that. -1: memory. */
int tr_match_placed_first(const struct tr_graph *graph, bool wishes, struct tr_match *out);

#endif
