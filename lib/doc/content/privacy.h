/* Documents for who answers for the register: the record of processing, the impact assessment, and
 * where requirements are met. A template, a table of blocks, says what they consist of; what the
 * profile and the kinds of records know is filled in, the rest is left to write in. Described in
 * privacy-export(1). */
#ifndef TR_DOC_CONTENT_PRIVACY_H
#define TR_DOC_CONTENT_PRIVACY_H

#include "doc/document/document.h"
#include "domain/profile/kind.h"

/* A kind of records that the register keeps, beside referrals, whose fields are shown by what they
 * tell. */
struct tr_privacy_kind {
    const char *name;
    const struct tr_kind *kind;
};

struct tr_privacy {
    const struct tr_table *template;
    const struct tr_privacy_kind *kinds; /* ends with a row without a name */
};

/* Adds all blocks of the template to d, which was started. -1 with err: a row of it is unfit, or
 * the template is silent about a kind or a sort of fields while it names others. */
int tr_privacy_make(struct tr_document *d, const struct tr_privacy *p, struct tr_err *err);

#endif
