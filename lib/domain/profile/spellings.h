/* Spellings that were met in cells and are to be told of, by column: each is remembered once, and how
 * often it came. No more than some are, whatever an input holds. */
#ifndef TR_DOMAIN_PROFILE_SPELLINGS_H
#define TR_DOMAIN_PROFILE_SPELLINGS_H

#include "base/sizes.h"
#include "domain/profile/profile.h"

enum { TR_SPELLINGS_MAX = 500, TR_SPELLING_LEN = 96 };

struct tr_spellings {
    struct tr_dict seen; /* column and text to number */
    struct tr_buf met, text; /* opaque */
    uint32_t n[64];      /* of each column, at most TR_SPELLINGS_MAX */
    bool failed;         /* memory is out */
};

void tr_spellings_clear(struct tr_spellings *s);

/* Notes a spelling of a column, 0 to 63. */
void tr_spellings_add(struct tr_spellings *s, int column, struct tr_str text);

/* Notes it as one that the list does not have, and fills err with what is wrong: as tr_list_fault, which
 * is asked once for each spelling; of one too many, all labels. */
void tr_spellings_fault(struct tr_spellings *s, int column, const struct tr_list *list, struct tr_str cell,
                        struct tr_err *err);

/* Adds those of other that s does not have. */
void tr_spellings_join(struct tr_spellings *s, const struct tr_spellings *other);

/* The spellings of a column in alphabetical order, with semicolons between them, as many as there is room
 * for. */
void tr_spellings_text(const struct tr_spellings *s, int column, size_t room, struct tr_buf *out);

#endif
