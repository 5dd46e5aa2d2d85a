/* Where people are, where they could move to, and searches from institution to institution: what
 * match_placed.c and match_more.c share. The idea is at the top of match_placed.c. */
#ifndef TR_DOMAIN_PLACEMENT_MATCH_SEARCH_OWN_H
#define TR_DOMAIN_PLACEMENT_MATCH_SEARCH_OWN_H

#include "domain/placement/match_own.h"

/* Institutions with no boundary between them yet. */
struct tr_block {
    uint32_t above, below; /* the next blocks up and down, or TR_NOWHERE */
    struct tr_level level;
    uint32_t first, n_words; /* its institutions: so many of search.words from there */
};

/* 64 institutions, of which those of one block. */
struct tr_word {
    uint32_t at; /* the first of them, divided by 64 */
    uint64_t bits;
};

/* Where the people at an institution could go: how many have each as an option. Few are kept in a
 * list, ascending by `to`; as soon as they are more than one in DENSE of all institutions, the list
 * becomes a row with a number for each. Either takes memory in proportion to the options of the
 * people there, and gives the same in the same order. */
struct tr_ways {
    struct tr_way {
        uint32_t to, n;  /* n may be 0 */
        uint32_t looked; /* nobody in the first so many slots has it as an option */
    } * list;
    uint32_t n, room;
    uint32_t *n_to, *looked; /* the row; NULL as long as there is a list */
    uint64_t *to;            /* bits: those with n_to > 0 */
};

/* Sets of institutions are rows of bits, `words` words each. */
struct tr_search {
    const struct tr_graph *graph;
    size_t words;
    bool failed;            /* memory; then nothing is searched any more */
    uint32_t *where, *room; /* at this moment */
    uint64_t *roomy;        /* those with room > 0 */
    uint32_t *block_of;     /* of each institution */
    struct tr_block *block;
    uint32_t n_blocks;
    struct tr_word *word, *spare; /* of all blocks, one after another; a block has room there for as
                                  many as it has institutions */

    /* The people at an institution who may still move, each in a slot, the latest last; the slot of
     * somebody who left holds TR_NOWHERE. There are twice as many slots as there can be people, so
     * that slots need closing up seldom. */
    size_t *at; /* of each institution: its first slot; n_institutions + 1 */
    uint32_t *slot, *n_slots;
    uint32_t *slot_of;    /* of each person, counted from the first of the institution */
    struct tr_ways *ways; /* of each institution */

    /* the current search */
    uint64_t *left, *wanted;  /* institutions not reached yet; those that end it */
    uint32_t *queue, n_queue; /* institutions reached */
    uint32_t *by; /* of an institution reached: the institution that somebody would come from, or
                     TR_NOWHERE */
};

enum { TR_SEARCH_BITS = 64 };

static inline void tr_search_set(uint64_t *row, uint32_t institution)
{
    row[institution / TR_SEARCH_BITS] |= UINT64_C(1) << institution % TR_SEARCH_BITS;
}

static inline void tr_search_unset(uint64_t *row, uint32_t institution)
{
    row[institution / TR_SEARCH_BITS] &= ~(UINT64_C(1) << institution % TR_SEARCH_BITS);
}

static inline bool tr_search_is_set(const uint64_t *row, uint32_t institution)
{
    return row[institution / TR_SEARCH_BITS] >> institution % TR_SEARCH_BITS & 1;
}

/* Nobody is anywhere; where: of each person, TR_NOWHERE at first; borrowed. -1: memory. Needs
 * tr_search_clear in either case. */
int tr_search_init(struct tr_search *search, const struct tr_graph *graph, uint32_t *where);
void tr_search_clear(struct tr_search *search);

/* A person comes to an institution, or leaves theirs: search->where keeps it until they enter
 * another. Memory that runs out is noted in search->failed. */
void tr_search_enter(struct tr_search *search, uint32_t person, uint32_t institution);
void tr_search_leave(struct tr_search *search, uint32_t person);

/* Reaches the institution, to which somebody would come from another (by), or from outside:
 * TR_NOWHERE. */
void tr_search_reach(struct tr_search *search, uint32_t institution, uint32_t by);

/* Follows the moves that people could make inside search->left, from the institutions reached,
 * until it reaches a wanted one; gives that, or TR_NOWHERE when there is none to reach. */
uint32_t tr_search_follow(struct tr_search *search);

/* Somebody at one institution who has the other as an option; there is somebody. */
uint32_t tr_search_mover(struct tr_search *search, uint32_t from, uint32_t institution);

/* Everybody who can have a place gets one; search is started. */
void tr_search_place_all(struct tr_search *search);

#endif
