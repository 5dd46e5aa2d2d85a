/* Whose addresses are protected. A mark on one referral protects the person: the strictest of all that
 * are known to be of one person holds for each of them, also where another delivery has none. They are
 * one by referral, by number or pseudonym, or by decision. Few are protected, so that memory grows with
 * them alone. */
#ifndef TR_DOMAIN_REFERRAL_GUARDED_H
#define TR_DOMAIN_REFERRAL_GUARDED_H

#include "domain/referral/import.h"
#include "domain/referral/link.h"

struct tr_guarded {
    const struct tr_list *codes;         /* of protection, the least strict first */
    const struct tr_link_groups *linked; /* NULL: nothing was decided */
    struct tr_dict keys;                 /* to numbers */
    struct tr_buf marks;                 /* int32_t, entries of codes, by number */
};

/* linked is borrowed; it may be NULL. */
void tr_guarded_start(struct tr_guarded *g, const struct tr_profile *profile,
                      const struct tr_link_groups *linked);
void tr_guarded_clear(struct tr_guarded *g);

/* Takes a referral and whom it is about (empty: nobody knows) with its own mark, an entry of the list
 * or -1. Only those with a mark need be taken, once each; where decisions count, all, until nothing is
 * new. 1: something was new; -1: memory. */
int tr_guarded_add(struct tr_guarded *g, struct tr_str id, struct tr_str person, int32_t mark);

/* The strictest mark that protects the person of the referral; -1: none does. */
int32_t tr_guarded_of(const struct tr_guarded *g, struct tr_str id, struct tr_str person);

/* Its code; empty: none does. */
struct tr_str tr_guarded_code(const struct tr_guarded *g, struct tr_str id, struct tr_str person);

/* What free texts say of an address is looked for in every referral, so that few of their words may cost much. */
enum { TR_GUARDED_PAIRS = 256 };
struct tr_guarded_words {
    const struct tr_list *list; /* NULL: none */
    uint64_t shape[256]; /* bit n of [c]: a spelling that says so has n letters and digits of ASCII, the first c */
    uint64_t second[256]; /* bit d of [c]: one begins with c and d, letters of ASCII or digits */
    uint64_t third[TR_GUARDED_PAIRS]; /* bit d of a pair of letters: one begins with them and d */
    bool parts[256];      /* the byte stands between words */
    bool latin;           /* a spelling has a letter such as å */
};

void tr_guarded_words_start(struct tr_guarded_words *w, const struct tr_profile *p);

/* What the name, the contact or the comment says of the address, where no column does: the strictest code that two to
 * four words in a row, or one with a number in it, are in the list's spellings, an entry of it, and the field; -1:
 * nothing. One word alone says nothing: who seeks a quiet place seeks one that is skjermet. */
int32_t tr_guarded_said(const struct tr_guarded_words *w, const struct tr_value v[], enum tr_field *field);

/* Whether what begins at from may be such a spelling. */
bool tr_guarded_may_begin(const struct tr_guarded_words *w, struct tr_str name, size_t from);

/* A glance at a name: false: nothing in it says so. */
static inline bool tr_guarded_may_name(const struct tr_guarded_words *w, struct tr_str name)
{
    if (name.len == 0)
        return false;
    for (size_t i = 1; i < name.len; i++)
        if (w->parts[(unsigned char)name.p[i - 1]] && tr_guarded_may_begin(w, name, i))
            return true;
    return tr_guarded_may_begin(w, name, 0);
}

/* The same of a name, which in one word or more may say nothing else: then *whole. A word in brackets says so, too.
 */
int32_t tr_guarded_named(const struct tr_guarded_words *w, const struct tr_profile *p, struct tr_str name, bool *whole);

/* Takes that for the mark of the referral: true, with what to say of it. */
bool tr_guarded_hear(const struct tr_guarded_words *w, const struct tr_binding *b, const struct tr_row *row,
                     struct tr_value v[], struct tr_err *err);

#endif
