/* What referral-import does with the referrals that it reads: writes them as records. */
#ifndef TR_CLI_IMPORTING_H
#define TR_CLI_IMPORTING_H

#include "cli/input/referrals.h"
#include "cli/work/made.h"

struct tr_importing {
    struct tr_referrals referrals; /* opened and bound by the caller */
    bool no_ahead;                 /* ids are not as they are written */
    uint64_t rows;                 /* written */

    /* own */
    struct tr_maker now, ahead[TR_THREADS_MAX]; /* now: writes to out */
    struct tr_out *out;
};

/* Reads every input and writes its referrals to out; -1: said, or out is to be closed as failed. */
int tr_importing_all(struct tr_importing *m, enum tr_format format, struct tr_out *out);

#endif
