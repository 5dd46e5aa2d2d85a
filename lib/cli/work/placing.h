/* Taking in a round of placements, and certificates. */
#ifndef TR_CLI_PLACING_H
#define TR_CLI_PLACING_H

#include "cli/input/casefile.h"
#include "domain/placement/certificate.h"

/* Reads the vacancies at path. -1 in this and the others: said, status raised. */
int tr_placing_places(struct tr_app *app, const char *path, struct tr_round *round);

/* The same from the institutions at path, as they are on the day, with nobody in them: for who knows
 * the stays. */
int tr_placing_institutions(struct tr_app *app, const char *path, int32_t day, struct tr_round *round);

/* Reads referrals from path, or from the arguments when it is NULL. Those that rop-group has not
 * grouped are grouped on the way. A wish for an institution that is not among the places is left
 * out; say_wishes: and said. links: what was decided of persons, or NULL. cases is started, and
 * takes the referrals too. */
int tr_placing_referrals(struct tr_app *app, const char *path, const char *links, bool say_wishes,
                         struct tr_casefile *cases, struct tr_round *round);

/* Reads what stays and the log say of the referrals; a path that is NULL: nothing. */
int tr_placing_stays(struct tr_app *app, const char *stays, const char *events,
                     struct tr_casefile *cases, struct tr_round *round);

/* The same for figures, by tr_app_stays_history; keeps the stays, settled, and what each of them holds:
 * the caller clears and frees. */
int tr_placing_stays_history(struct tr_app *app, const char *stays, const char *events,
                             struct tr_casefile *cases, struct tr_round *round,
                             struct tr_records *kept, struct tr_span **holds);

/* Lets one referral of each person speak, when stays have been read; say: tells of the others. */
int tr_placing_persons(struct tr_app *app, bool say, struct tr_round *round);

/* Reads the institutions' own orders. */
int tr_placing_own(struct tr_app *app, const char *path, struct tr_records *own);

/* Puts the round in order and finds who could go where. */
int tr_placing_link(struct tr_app *app, struct tr_certificate *c);

/* Reads the options --add=INSTITUTION:K and --close=INSTITUTION, and changes the places so. */
int tr_placing_what_if(struct tr_app *app, const struct tr_texts *add, const struct tr_texts *close,
                       struct tr_certificate *c);

/* Where a round comes from; NULL: nothing. */
struct tr_placing_inputs {
    const char *places, *referrals, *links, *stays, *events, *priority;
    const struct tr_texts *add, *close;
};

/* All of the above: a round that can be matched. say: warnings about wishes and persons, too. */
int tr_placing_round(struct tr_app *app, const struct tr_placing_inputs *in, bool say,
                     struct tr_certificate *c);

/* Places people, and names the closed sets that prove it. */
int tr_placing_match(struct tr_certificate *c, struct tr_err *err);

/* The inputs taken in anew, without warnings, under the what-ifs of the certificate that is claimed,
 * and, where no stays are given, with what it says of them. */
int tr_placing_again(struct tr_app *app, const struct tr_placing_inputs *in,
                     const struct tr_certificate_read *claimed, struct tr_certificate *c);

/* Says in what a certificate is not about these inputs: what it holds, and the hashes that it states.
 * priority: the institutions' orders were given. The number of faults, or -1. */
int tr_placing_compare(struct tr_app *app, const struct tr_certificate_read *read,
                       const struct tr_certificate *inputs, bool priority);

/* Takes the same round in by the other profile that is named, and tells who would gain or lose, and
 * why, by the change to the round c. */
int tr_placing_against(struct tr_app *app, const char *profile, const struct tr_placing_inputs *in,
                       struct tr_certificate *c, struct tr_records *out);

/* Says how many get a place of whom nobody has written down whether they consent; not where nobody
 * writes that down at all. */
void tr_placing_say_consents(struct tr_app *app, const struct tr_certificate *c);

/* Writes the certificate to path. */
int tr_placing_write(struct tr_app *app, const struct tr_certificate *c, const char *path);

/* Reads a certificate in two steps, see tr_certificate_open. text holds it until the second. */
int tr_placing_claim(struct tr_app *app, const char *path, struct tr_buf *text,
                     struct tr_certificate_read *out);
int tr_placing_claimed(struct tr_app *app, struct tr_certificate *inputs, struct tr_records *result,
                       struct tr_certificate_read *read);

/* Reads one that is sealed and whole, to tell people of it: nobody is told what may be wrong. */
int tr_placing_sealed(struct tr_app *app, const char *path, struct tr_certificate_read *out);

#endif
