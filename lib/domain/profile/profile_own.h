/* What the parts of a profile share: profile.c loads it, profile_find.c looks things up in it,
 * spelling.c says what cells spell. Not for
 * others. */
#ifndef TR_DOMAIN_PROFILE_PROFILE_OWN_H
#define TR_DOMAIN_PROFILE_PROFILE_OWN_H

#include "domain/profile/profile.h"

/* The key of a spelling: folded, or the text itself when it is punctuation alone, such as "-". Signs of
 * doubt and of limits stay, and numbers that something parts stay apart: "3?" is not 3, nor 1.5 15. */
void tr_spelling_key(struct tr_str spelling, struct tr_buf *key);

/* That of a header, where a question mark means nothing. */
void tr_header_key(struct tr_str header, struct tr_buf *key);

/* Whether the cell is words with boxes to tick. *entry: of the word whose box is the only one that is
 * ticked, when each is a word of the list; else -1. */
bool tr_list_boxes(const struct tr_list *list, struct tr_str cell, int *entry);

/* Notes the outlines of all its spellings, when these are complete. */
void tr_list_outline(struct tr_list *list);

/* A code without its leading zeros, which spreadsheets drop. */
struct tr_str tr_without_zeros(struct tr_str code);

#endif
