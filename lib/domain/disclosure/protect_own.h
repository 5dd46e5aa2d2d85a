/* What the parts of protection share: protect.c hides and shows again, protect_whole.c answers what the
 * search does not find, with whole numbers, and protect_least.c looks for less. */
#ifndef TR_DOMAIN_DISCLOSURE_PROTECT_OWN_H
#define TR_DOMAIN_DISCLOSURE_PROTECT_OWN_H

#include "domain/disclosure/protect.h"

/* One way in which a small cell must be open: it might as well be so much more, or less. */
struct tr_need {
    uint32_t cell;
    int64_t by;
    uint32_t *used; /* cells that tables which show it move; n_used of them */
    size_t n_used, room;
    bool met;
};

struct tr_whole; /* see protect_whole.c */
struct tr_least; /* see protect_least.c */

struct tr_protector {
    struct tr_cells *c;
    struct tr_protect_choice choice;
    struct tr_shifter shifter;
    struct tr_whole *whole; /* NULL until it is asked for */
    struct tr_least *least; /* NULL until it is looked for */
    bool cutting;           /* a wish that does not come true becomes a row of it */
    struct tr_need *need;
    size_t n_needs;
    uint32_t *mark; /* of each cell: the number of the last need that it was noted for */
    uint32_t marks;
    struct tr_move *step; /* what was found last */
    size_t n_steps, room;
    struct tr_wish failed; /* the last that did not come true, whatever was hidden */
    bool sure; /* ask integer programming too before it is said that there is no table */
    bool no_memory;
};

/* Finds a table in which the wish comes true and hides what it moves; cost 0: moves hidden cells only. */
bool tr_protector_find(struct tr_protector *p, const struct tr_wish *wish, bool hide);

/* The same by integer programming. */
bool tr_whole_find(struct tr_protector *p, const struct tr_wish *wish, bool hide);
void tr_whole_free(struct tr_whole *w);

/* Says who works out what failed, and from what. */
void tr_protector_explain(const struct tr_protector *p, struct tr_protected *out);

/* Whether the need is met, by everybody that must not know. */
bool tr_protector_meets(struct tr_protector *p, struct tr_need *need, bool hide);

/* Looks for the least that can be hidden, within so much work; sets hidden, and bound and exact. */
void tr_protect_least(struct tr_protector *p, struct tr_protected *out);

/* Adds a row that every safe choice keeps and this one breaks; false: real numbers do not tell why. */
bool tr_least_cut(struct tr_protector *p, const struct tr_wish *wish);
void tr_least_free(struct tr_least *l);

/* Hides what the needs lack, and shows again what they do not need. false: one cannot be met. */
bool tr_protector_mend(struct tr_protector *p);
uint64_t tr_protector_cost(const struct tr_cells *c);

/* Sets small, more and cost. */
void tr_protector_count(const struct tr_cells *c, struct tr_protected *out);

#endif
