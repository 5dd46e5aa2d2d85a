#include "domain/placement/match_own.h"

#include <stdlib.h>

enum { NONE = TR_NOWHERE };

uint32_t tr_graph_wish(const struct tr_graph *graph, uint32_t person, uint32_t institution)
{
    for (uint32_t w = graph->wish_from[person]; w < graph->wish_from[person + 1]; w++)
        if (graph->wish[w] == institution)
            return w - graph->wish_from[person];
    return NONE;
}

/* How many people have each institution as an option: it never takes more. NULL: memory. */
static uint32_t *count_asking(const struct tr_graph *graph)
{
    uint32_t *asking = calloc(graph->n_institutions + (size_t)1, sizeof *asking);

    for (uint32_t e = 0; asking && e < graph->from[graph->n_people]; e++)
        asking[graph->option[e]]++;
    return asking;
}

size_t *tr_match_share_list(const struct tr_graph *graph)
{
    uint32_t *asking = count_asking(graph);
    size_t *at = malloc((graph->n_institutions + (size_t)1) * sizeof *at), total = 0;

    for (uint32_t institution = 0; at && asking && institution < graph->n_institutions;
         institution++) {
        at[institution] = total;
        total += graph->room[institution] < asking[institution] ? graph->room[institution]
                                                                : asking[institution];
    }
    if (at && asking)
        at[graph->n_institutions] = total;
    if (!asking) {
        free(at);
        at = NULL;
    }
    free(asking);
    return at;
}

uint32_t tr_graph_option_at(const struct tr_graph *graph, uint32_t person, uint32_t institution)
{
    uint32_t low = graph->from[person], high = graph->from[person + 1];

    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;

        if (graph->option[middle] <= institution)
            low = middle;
        else
            high = middle;
    }
    return low;
}

bool tr_graph_is_option(const struct tr_graph *graph, uint32_t person, uint32_t institution)
{
    return graph->from[person] < graph->from[person + 1] &&
           graph->option[tr_graph_option_at(graph, person, institution)] == institution;
}

uint32_t tr_match_free_option(const struct tr_graph *graph, const uint32_t *room, uint32_t person)
{
    for (uint32_t w = graph->wish_from[person]; w < graph->wish_from[person + 1]; w++)
        if (room[graph->wish[w]] > 0)
            return graph->wish[w];
    for (uint32_t e = graph->from[person]; e < graph->from[person + 1]; e++)
        if (room[graph->option[e]] > 0)
            return graph->option[e];
    return NONE;
}
