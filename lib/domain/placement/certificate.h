/* What a round of placements was made of, what came out, and why it had to: a document that anybody
 * can check without trusting the program that wrote it. Its form is in
 * share/schema/certificate.schema.json and transition-formats(5). */
#ifndef TR_DOMAIN_PLACEMENT_CERTIFICATE_H
#define TR_DOMAIN_PLACEMENT_CERTIFICATE_H

#include "domain/placement/placement.h"

enum { TR_CERTIFICATE_VERSION = 5 };

/* Places added, or an institution closed, to see what would be. */
struct tr_what_if {
    struct tr_str institution_id;
    int32_t add;   /* places */
    int32_t close; /* 1 */
};
extern const struct tr_kind tr_what_if_kind;

/* Changes the vacant places as asked. Rows about institutions that are not there are said through
 * err: -1. */
int tr_what_if_apply(struct tr_records *places, const struct tr_records *what_if,
                     struct tr_err *err);

/* Institutions that stand together in a level, see domain/placement/match.h. */
struct tr_closed_set {
    struct tr_str institutions; /* joined with | */
    struct tr_str found;        /* placing, wishes; empty for the highest, which is not closed */
    struct tr_str since;        /* the referral that could not get in */
    struct tr_str unplaced;     /* found placing: who waits because of this set */
};
extern const struct tr_kind tr_closed_set_kind;

struct tr_certificate {
    struct tr_round round; /* places as they were offered, after what_if */
    enum tr_policy policy;
    struct tr_records what_if, own, placements, closed_sets;
};

/* What the certificate claims about its inputs, a hash each. */
enum tr_certificate_input {
    TR_INPUT_PLACES,
    TR_INPUT_REFERRALS,
    TR_INPUT_STAYS,
    TR_INPUT_RULES,
    TR_INPUT_PRIORITY,
    TR_N_CERTIFICATE_INPUTS
};
extern const char *const tr_certificate_input_names[TR_N_CERTIFICATE_INPUTS];

/* The hash of one input of a certificate in the making, or of one that was read: the same for the
 * same records, whatever their order in the files. */
int tr_certificate_hash(const struct tr_certificate *c, enum tr_certificate_input input,
                        char out[64], struct tr_err *err);

/* Gives the referrals of a person a token to share, and marks the one that counts. The token is
 * made of what the round was made of and of that referral, so that the same round has the same one,
 * and two rounds have nothing in common by which persons could be followed. Call when the round is
 * in order and has its policy; -1: memory. */
int tr_certificate_persons(struct tr_certificate *c, struct tr_err *err);

/* Names the levels of m as closed sets. -1: memory. */
int tr_certificate_close(struct tr_certificate *c, const struct tr_match *m, struct tr_err *err);

/* Adds the document. Memory that runs out marks the buffer. */
void tr_certificate_write(const struct tr_certificate *c, struct tr_buf *out);

/* A certificate read. claimed: the hashes that it states. sealed: its seal is that of its text.
 * hash: of the whole text, by which others name it. */
struct tr_certificate_read {
    struct tr_certificate c;
    struct tr_records standing; /* what it says of stays; referrals borrow from it */
    char hash[64];
    bool sealed;
    char claimed[TR_N_CERTIFICATE_INPUTS][64];
    char found[TR_N_CERTIFICATE_INPUTS][64]; /* of inputs that were taken for what they are, */
    bool same[TR_N_CERTIFICATE_INPUTS];      /* which are these */
    struct tr_certificate_rest *rest;        /* what was opened, and is not finished */
};

/* path is for errors and borrowed. */
int tr_certificate_parse(struct tr_certificate_read *out, const struct tr_profile *profile,
                         struct tr_str text, const char *path, struct tr_err *err);

/* The same in two steps, for those who have what a certificate is said to be about. The first reads all but
 * places, referrals and placements, and borrows text too. The second takes those of inputs and result, where
 * their text is that of the certificate, byte by byte, and parses what is not; both are NULL, or hold copies
 * of records afterwards that live as long as the certificate. */
int tr_certificate_open(struct tr_certificate_read *out, const struct tr_profile *profile, struct tr_str text,
                        const char *path, struct tr_err *err);
int tr_certificate_finish(struct tr_certificate_read *read, struct tr_certificate *inputs,
                          struct tr_records *result, struct tr_err *err);
void tr_certificate_read_clear(struct tr_certificate_read *read);
void tr_certificate_clear(struct tr_certificate *c);

#endif
