/* Parting referrals in what may travel and what stays: what is asked for, and the work. */
#ifndef TR_CLI_REGISTER_ANONYMISING_H
#define TR_CLI_REGISTER_ANONYMISING_H

#include "cli/register/register.h"
#include "cli/work/parting.h"
#include "cli/work/reviewing.h"
#include "domain/cases/cases.h"
#include "domain/cases/consent_log.h"
#include "domain/referral/guarded.h"
#include "domain/referral/link.h"

/* Where things come from and go to; NULL: not given, or standard output. */
struct tr_anonymising_paths {
    const char *key, *events, *links, *to_send, *identity, *combinations;
    enum tr_format format;
};

struct tr_anonymising {
    struct tr_parting_options how;
    struct tr_reviewing review;

    /* Of the work itself. */
    struct tr_app *app;
    struct tr_referrals referrals;
    struct tr_consent_log consents;
    struct tr_masks masks;
    struct tr_keys *keys;
    struct tr_part_cells cells;
    struct tr_parting parting;
    struct tr_guarded guarded;
    struct tr_guarded_words words;
    struct tr_records events;      /* of the log; empty without one */
    struct tr_link_groups linked;  /* what was decided of persons */
    struct tr_records whose;       /* whom each row is about, when something was */
    struct tr_buf rows;            /* uint32_t: which of these each referral is that may go */
    struct tr_case_states states;
    struct tr_cases cases;         /* as the log alone tells them */
    uint64_t n_protected, n_held, n_over;
};

/* Reads the referrals of the arguments, holds back what has no consent, and writes both parts. What
 * is wrong is said, and the status raised. */
void tr_anonymising_run(struct tr_app *app, struct tr_anonymising *a,
                        const struct tr_anonymising_paths *paths);

#endif
