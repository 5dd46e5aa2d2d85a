/* The papers of the routine: assessment, plan of the stay, report on living support, agreement,
 * minutes, inventory, contacts, and the move-out plan. Each has a form of the profile, and is made,
 * read, checked and written like the plan; see plan.h. Here is what they have among each other: the
 * later ones begin from the earlier, a register keeps them by case and day, and all that anybody
 * wrote freely in them is kept under seal.
 *
 * Which paper a document is, it says itself: by its schema, and by its member `paper`. */
#ifndef TR_DOMAIN_ROUTINE_PAPER_H
#define TR_DOMAIN_ROUTINE_PAPER_H

#include "domain/routine/plan.h"

struct tr_paper_forms {
    struct tr_plan_form form[TR_N_PAPERS];
};

/* -1 with err when a table is wrong. */
int tr_paper_forms_load(struct tr_paper_forms *f, const struct tr_profile *profile,
                        struct tr_err *err);
void tr_paper_forms_clear(struct tr_paper_forms *f);

/* The form of the paper that the document says it is: that of the plan, when it says nothing of
 * it. NULL with err: there is no such paper, or the profile has no form of it. */
const struct tr_plan_form *tr_paper_form_of(const struct tr_paper_forms *f,
                                            const struct tr_json *document, struct tr_err *err);

/* Whether the profile has a form of the paper; else err says so. */
bool tr_paper_is_there(const struct tr_plan_form *form, struct tr_err *err);

/* The form's items that begin from an item of another paper take over what the latest such paper
 * of the same case that says anything to the point says there; of papers of a day, the one that holds on
 * p's day, if it has one. earlier: n of them, in the order in which they were written. What p says already
 * stays, and where it is a line, the lines that begin at the same point are left to p as well. Where p
 * has no institution, it is that of the latest paper up to p's day. */
void tr_paper_begin(struct tr_plan *p, const struct tr_plan *earlier, uint32_t n);

/* Whether an item of the kind, as the profile names it, can begin from paper.point.item. */
bool tr_paper_may_begin(const struct tr_paper_forms *f, struct tr_str kind, struct tr_str from);

/* The id of the paper in a register: its case, and for what there is one a day of, that. */
void tr_paper_id(const struct tr_plan *p, struct tr_buf *out);

/* Takes away all that was written freely, and where somebody with a protected address lives: what
 * stays are codes, days, yes and no. */
void tr_paper_strip(struct tr_plan *p);

/* Adds it as one line, without a line feed. */
void tr_paper_line(const struct tr_plan *p, struct tr_buf *out);

/* A paper as a register keeps it. */
struct tr_paper_record {
    struct tr_str id, case_id;
    int32_t date, bydel;
    struct tr_str document; /* JSON */

    struct tr_str bare; /* the same without what was written freely; see tr_paper_strip */
};
extern const struct tr_kind tr_paper_kind;

static inline struct tr_paper_record *tr_paper(const struct tr_records *r, uint32_t i)
{
    return (struct tr_paper_record *)(void *)r->record + i;
}

#endif
