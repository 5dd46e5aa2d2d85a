/* The log of cases, with what referrals and stays tell besides. */
#ifndef TR_CLI_CASELOG_H
#define TR_CLI_CASELOG_H

#include "cli/input/casefile.h"

struct tr_caselog {
    const char *events, *referrals, *institutions,
        *stays, *links;  /* files; all but the first may be NULL */
    int32_t bydel;       /* cases of this district only; -1: of any */
    bool hides;          /* whose address is protected is found by no district */
    const char *case_id; /* this case only; NULL: all */
    int32_t until;       /* what a register learned later is left out; TR_NO_DAY: nothing is */
    uint64_t fields; /* of the referrals, besides what states need (bit: enum tr_field) */
    bool each;    /* each case stands for itself: see tr_casefile.bad */
    bool history; /* stays are read for figures of the past, by tr_app_stays_history */
    struct tr_records *kept_stays; /* gets the stays, for the caller to clear; NULL: nobody asks */
    struct tr_records *identities; /* learns which addresses the referrals protect; NULL: nobody asks */
};

/* Reads the events of all cases, and into cases which of them are of one person; what stays tell, as of the
 * day. -1: said, status raised. */
int tr_caselog_read(struct tr_app *app, const struct tr_caselog *files, struct tr_casefile *cases,
                    struct tr_records *events, int32_t as_of);

/* Derives the state of every case on the day, and then leaves the events that are asked for. What no
 * state allows is told of these. -1: said. */
int tr_caselog_keep(struct tr_app *app, const struct tr_caselog *files, struct tr_casefile *cases,
                    struct tr_records *events, int32_t as_of);

/* Adds to identities which addresses the referrals, of tr_case_kind, protect. */
int tr_app_protect(struct tr_app *app, const struct tr_records *cases,
                   struct tr_records *identities);

#endif
