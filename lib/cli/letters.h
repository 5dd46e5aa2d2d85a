/* Writing the answers to referrals as letters. */
#ifndef TR_CLI_LETTERS_H
#define TR_CLI_LETTERS_H

#include "cli/documents.h"
#include "cli/placing.h"

struct tr_letters {
    struct tr_app *app;
    const struct tr_document_format *format;
    enum tr_lang lang;
    const char *path;  /* of a file or a folder; NULL: standard output */
    int32_t decision;  /* entry of the list: letters of this one only; -1: all */
    int32_t day, from; /* of the letters; from which the places are theirs, or TR_NO_DAY */
    struct tr_records placements, institutions, stays,
        identities;                         /* all but the first may be empty */
    struct tr_certificate_read certificate; /* sealed false: there is none */
};

/* A letter for each placement that was decided in this round. */
void tr_letters_write(struct tr_letters *w);
void tr_letters_clear(struct tr_letters *w);

#endif
