/* The answer to a referral as a letter: the rows of the profile's letters.csv that apply, filled
 * in. A row names what it claims of the case, and is left out when that is not known. A letter has
 * no holes: when a row that applies shows something that is not known, there is no letter. */
#ifndef TR_DOC_CONTENT_LETTER_H
#define TR_DOC_CONTENT_LETTER_H

#include "doc/document/document.h"
#include "domain/cases/cases.h"
#include "domain/places/again.h"
#include "domain/places/institution.h"
#include "domain/placement/placement.h"

struct tr_letter {
    const struct tr_placement *placement;
    struct tr_str says; /* whose rows of letters.csv it has: the decision, or what became of the offer, a code of
                         * status */
    const struct tr_institution *institution; /* NULL when there is none */
    struct tr_str name;                       /* of the person; empty when not known */
    struct tr_str address; /* of the person, lines; empty when not known, or protected */
    struct tr_str case_worker;                /* who answers for the letter; may be empty */
    int32_t day, from, to;                    /* of the letter, and of the stay; or TR_NO_DAY */
    int32_t received;                         /* of the referral; or TR_NO_DAY */
    int32_t answer_by; /* the last day on which the offer of the place can, or could, be answered; TR_NO_DAY: it
                        * was accepted */
    uint64_t service_levels; /* that the referral asks for (bit: entry of the list); 0: not known */
    struct tr_str
        explanation; /* paragraphs, see domain/placement/placement_explain.h; may be empty */
    const struct tr_records *stays; /* settled: what was declined before; NULL: nobody knows */
    const struct tr_records *institutions; /* those of the stays */
    const struct tr_again *again;          /* NULL without stays */
    const struct tr_cases *cases;          /* which referrals are of one person; NULL: nobody knows */
    int logged; /* the kind of decision, a row of decisions.csv, and 1 more: the log tells of it, and the
                 * decision is a detail of its event. 0: the decision is about a place */
};

/* The reason of an answer that decides nothing. */
#define TR_LETTER_INTERIM "interim"

/* Adds to answers, of tr_placement_kind, the decisions of the kind that a log has of the day, and the
 * answers meanwhile: the detail of the event as the decision, its note as the detail. -1: memory. */
int tr_letter_logged(struct tr_records *answers, const struct tr_records *events, int kind,
                     int32_t day);

/* What of a cell is the person's name: without remarks in brackets, and without a number or an address
 * behind it. Empty when there is no more. */
struct tr_str tr_letter_person(struct tr_str cell);

/* Fills a started document. -1 with err (TR_E_LETTER) when something is not known, or memory is
 * out. */
int tr_letter_make(struct tr_document *d, const struct tr_letter *letter, struct tr_err *err);

/* The kind of decision that it tells of: a row of decisions.csv, or -1. */
int tr_letter_kind(const struct tr_profile *p, const struct tr_letter *letter);

/* -1 with TR_E_LETTER: the fact of this name is not known. */
int tr_letter_unknown(struct tr_str name, struct tr_err *err);

#endif
