/* The answer to a referral as a letter: the profile's letters.csv, filled in. A letter has no hole:
 * where a text that applies names something that is not known, there is no letter. */
#ifndef TR_DOC_CONTENT_LETTER_H
#define TR_DOC_CONTENT_LETTER_H

#include "doc/document/document.h"
#include "domain/places/institution.h"
#include "domain/placement/placement.h"

struct tr_letter {
    const struct tr_placement *placement;
    const struct tr_institution *institution; /* NULL when there is none */
    struct tr_str name;                       /* of the person; empty when not known */
    int32_t day, from, to;                    /* of the letter, and of the stay; or TR_NO_DAY */
    struct tr_str
        explanation; /* paragraphs, see domain/placement/placement_explain.h; may be empty */
};

/* Fills a started document. -1 with err (TR_E_LETTER) when something is not known, or memory is
 * out. */
int tr_letter_make(struct tr_document *d, const struct tr_letter *letter, struct tr_err *err);

/* Says every fault of the profile's letters: what they cannot know, blocks that do not exist, a
 * decision without a letter. Gives their number. */
int tr_letters_check(const struct tr_profile *p, const struct tr_listener *listener);

/* Whether text, or condition, names nothing but what a letter may know; else -1 with the name in
 * err's first argument. For checking a profile. */
int tr_letter_check_text(const struct tr_profile *p, struct tr_str text, struct tr_err *err);
int tr_letter_check_when(const struct tr_profile *p, struct tr_str when, struct tr_err *err);

/* The blocks a letter may be made of: title heading …, and NULL. */
extern const char *const tr_letter_blocks[];

#endif
