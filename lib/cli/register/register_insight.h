/* All that the register has about one person, as a document: for the right of access. */
#ifndef TR_CLI_REGISTER_REGISTER_INSIGHT_H
#define TR_CLI_REGISTER_REGISTER_INSIGHT_H

#include "cli/register/register.h"
#include "cli/writing/documents.h"

struct tr_person_asked {
    const char *id, *person; /* one of them: a referral of the person, or a pseudonym */
    const char *reason;
    enum tr_lang lang;
    const struct tr_document_format *format;
    const char *path;
};

/* Writes the document, after the log says that it was made. -1: said. */
int tr_register_insight(struct tr_register *r, const struct tr_person_asked *asked);

#endif
