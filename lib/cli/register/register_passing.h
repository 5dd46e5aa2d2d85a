/* Passing on to institutions who their cases are about.
 *
 * Problem: an institution has some cases of many districts, each for a time, and a key of a district opens all of
 * that district. Idea: what an institution needs of a case is a record of its own beside the case, sealed as if the
 * institution were a district of its own; so its key is made, kept, retired and sealed for anew as that of a
 * district is, and opens these records alone. Only who may read can make them. */
#ifndef TR_CLI_REGISTER_REGISTER_PASSING_H
#define TR_CLI_REGISTER_REGISTER_PASSING_H

#include "base/dict.h"
#include "cli/register/register.h"
#include "domain/profile/field.h"

/* What an institution is called where a district has its code: a sign that no code begins with, and its id. */
#define TR_INSTITUTION_SIGN "@"
enum { TR_INSTITUTION_OFFICE = TR_ID_MAX + 2 }; /* with its end */

struct tr_passing {
    uint64_t waiting; /* the key does not read */
    uint64_t unasked; /* an offer, and nobody knows whether the person consents */
};

/* Passes on to each institution that has a key in use what it does not have yet, or has of before a referral was put
 * in anew: of those who have a place there now, and of offers to who consents. With a line of the log for each
 * institution. Part of a transaction. -1: said. */
int tr_register_pass_on(struct tr_register *r, struct tr_passing *out);

/* Says what was not, after the commit. */
void tr_register_tell_passing(const struct tr_register *r, const struct tr_passing *p);

/* ---- what was passed on: register_passed.c ---- */

/* The id of what is passed on of a referral: with the institution behind it. */
void tr_passed_id(struct tr_buf *id, struct tr_str referral, struct tr_str institution);

/* Whether the key in use is an institution's. */
bool tr_register_is_institution(const struct tr_register *r);

/* Who the referrals are about that were passed on to it. Starts zeroed. */
struct tr_passed_on {
    struct tr_dict referrals; /* to numbers */
    struct tr_buf list, text;
};

/* Reads them; referral: of this alone, unless it is empty. -1 with err. */
int tr_passed_on_read(struct tr_register *r, struct tr_str referral, struct tr_passed_on *out, struct tr_err *err);

/* Adds what is sealed of the referral, as it was passed on; false: it was not. */
bool tr_passed_on_find(const struct tr_passed_on *all, struct tr_str referral, struct tr_buf *out);
void tr_passed_on_clear(struct tr_passed_on *all);

#endif
