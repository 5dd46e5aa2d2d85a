/* What making letters and checking their texts share. Not for others. */
#ifndef TR_DOC_CONTENT_LETTER_OWN_H
#define TR_DOC_CONTENT_LETTER_OWN_H

#include "doc/content/letter.h"

/* What texts are filled in from. */
struct tr_letter_source {
    const struct tr_letter *letter;
    const struct tr_profile *profile;
    enum tr_lang lang;
};

/* Where a fact is known, without a condition that asks for it. */
enum tr_letter_known {
    TR_KNOWN_ALWAYS,         /* in every letter; or whoever makes the letter must give it */
    TR_KNOWN_WITH_PLACE,     /* where the decision is a place */
    TR_KNOWN_WITH_KIND,      /* where decisions.csv has it for every service level */
    TR_KNOWN_SOMETIMES
};

/* What a row needs that claims nothing of the case at hand: advice, rights, what the office does. */
#define TR_LETTER_GENERAL "general"

/* Something that a letter may tell, written {name} in a text. */
struct tr_letter_fact {
    const char *name;

    /* Adds it; nothing when it is not known. NULL: it is a value of the profile. */
    void (*add)(const struct tr_letter_source *s, struct tr_buf *out);
    const char *cell; /* instead: it is this column of decisions.csv, for the kind of decision */

    /* A condition name=code asks whether it has this code of a list. NULL: whether its text is
     * that. */
    bool (*has)(const struct tr_letter_source *s, struct tr_str code);
    const char *list;
    enum tr_letter_known known;
    const char *also_name, *also_code; /* a condition also_name=also_code says that it is known */
};

/* The fact called so, or NULL. profile.KEY: a value of the profile, which *value then is. */
const struct tr_letter_fact *tr_letter_find(const struct tr_profile *p, struct tr_str name,
                                            struct tr_str *value);

/* Of a name, the one of whom a letter greets: without by whom it is sent on ("v/verge", "c/o"). */
struct tr_str tr_letter_greeted(struct tr_str name);

/* Adds a name as people say it: Gul Dal, of "Dal, Gul" or "Gul Dal (mor)". */
void tr_letter_add_name(const struct tr_profile *p, struct tr_str whole, struct tr_buf *out);

/* Adds the fact, if there is one and it is known; value: that of the profile. */
void tr_letter_add(const struct tr_letter_source *s, const struct tr_letter_fact *fact,
                   struct tr_str value, struct tr_buf *out);

/* Whether the fact of this name is known. */
bool tr_letter_knows(const struct tr_letter_source *s, struct tr_str name);

/* The rules whose facts the placement asks for, joined with |. */
struct tr_str tr_letter_asked(const struct tr_letter_source *s);

/* Takes the next one that the person can answer off *rest, and gives the question for it. False: no more. */
bool tr_letter_next_question(const struct tr_letter_source *s, struct tr_str *rest,
                             struct tr_str *question);

/* Takes the text before the next {name} off *rest, and the name; name->p NULL: there is none. */
struct tr_str tr_letter_next_part(struct tr_str *rest, struct tr_str *name);

struct tr_letter_condition {
    bool not ;          /* written !… */
    struct tr_str name; /* of a fact */
    struct tr_str code; /* p NULL: the condition is that the fact is known */
};

/* Takes the next condition off *rest: [!]name or [!]name=code, with & between them. */
bool tr_letter_next_condition(struct tr_str *rest, struct tr_letter_condition *c);

/* A block of letters.csv. */
struct tr_letter_block {
    const char *name;
    void (*put)(struct tr_document *d, const struct tr_letter_source *s, struct tr_str text,
                bool *list);
    bool item;  /* blocks of this kind that follow one another make a list; *list: one is open */
    bool empty; /* has no text of its own */
    const char *shows; /* a fact that it shows, which must be known; or NULL */
};

/* NULL when there is none of this name. */
const struct tr_letter_block *tr_letter_find_block(struct tr_str name);

#endif
