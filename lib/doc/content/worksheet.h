/* A page about one person whose group is not settled: what is known, what the rules say, what to ask
 * in which order, and room for a professional's judgement. */
#ifndef TR_DOC_CONTENT_WORKSHEET_H
#define TR_DOC_CONTENT_WORKSHEET_H

#include "doc/document/document.h"
#include "domain/survey/questions.h"

/* Adds the page to a document that was started. v, result: the person, grouped. */
void tr_worksheet_make(struct tr_document *d, const struct tr_rop *rop, struct tr_questions *q,
                       const struct tr_value v[], const struct tr_rop_result *result);

#endif
