/* Letters in answer to referrals: what is known for each, which may go, and where they are written. */
#ifndef TR_CLI_LETTERS_H
#define TR_CLI_LETTERS_H

#include "cli/input/casefile.h"
#include "doc/content/letter.h"
#include "doc/document/document_writer.h"
#include "domain/placement/certificate.h"

/* The files that letters are made from; all but the placements, or the events, may be NULL. */
struct tr_letters_files {
    const char *certificate, *events, *identities, *institutions, *links, *placements, *referrals,
        *stays;
    const char *before; /* the placements that were known before a day */
};

struct tr_letters {
    struct tr_app *app;
    const struct tr_document_format *format;
    enum tr_lang lang;
    const char *path;  /* of a file or a folder; NULL: standard output */
    struct tr_folder *folder; /* while letters are written */
    const char *case_worker;
    bool draft;        /* letters are marked as drafts */
    bool named;        /* each letter must have a name */
    int32_t decision;  /* entry of the list: letters of this one only; -1: all */
    int logged;        /* see doc/content/letter.h */
    int32_t day, from; /* of the letters; from which the places are theirs, or TR_NO_DAY */
    bool since;        /* no letters of placements that were the same before; else they are counted */
    uint32_t known;    /* so many were */

    /* What was read: placements, or with logged what the log says was decided; all but these may be
     * empty. */
    struct tr_records placements, institutions, stays, identities, before;
    struct tr_certificate_read certificate; /* sealed false: there is none */
    struct tr_casefile cases;
    struct tr_span *holds; /* what each stay holds */
    int32_t *persons;      /* whose it is: the first case of the person */
    struct tr_again again;
};

/* Reads what letters are made from; -1: said. */
int tr_letters_read(struct tr_letters *w, const struct tr_letters_files *files);

/* A letter for each placement that was decided in this round, in one file or in a folder. Faults are
 * said. */
void tr_letters_write(struct tr_letters *w);
void tr_letters_clear(struct tr_letters *w);

#endif
