/* All that a register has about one person, as a document for that person: the records with their
 * earlier forms, who they are about, and who looked. */
#ifndef TR_DOC_CONTENT_INSIGHT_H
#define TR_DOC_CONTENT_INSIGHT_H

#include "doc/document/document.h"
#include "domain/routine/plan.h"

/* A form of a record: its cells by the names of their columns, and from when to when it held. */
struct tr_insight_form {
    struct tr_str kind, id, about; /* about: the case */
    const struct tr_str *column, *cell;
    size_t n;
    struct tr_str day, at, who; /* known from that day, put in at the moment by somebody */
    const struct tr_plan *paper; /* what a paper says, in place of its cells; NULL: it is none */
    struct tr_str gone;         /* the moment at which another took its place; empty: it holds */
};

/* A line of the access log. */
struct tr_insight_look {
    struct tr_str line, at, who, what, why;
};

/* Begins: what it is, and why it was made. */
void tr_insight_start(struct tr_document *d, struct tr_str reason);

/* Adds a form. Those of a case come one after another; last: the case of the one before, or empty.
 */
void tr_insight_form(struct tr_document *d, const struct tr_insight_form *form, struct tr_str last);

/* Ends with who looked, how many forms are left out as they have another person's number, and the
 * person's rights. */
void tr_insight_end(struct tr_document *d, const struct tr_insight_look *look, size_t n,
                    uint64_t left_out);

#endif
