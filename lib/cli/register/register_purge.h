/* Taking records out of the register without a trace. */
#ifndef TR_CLI_REGISTER_REGISTER_PURGE_H
#define TR_CLI_REGISTER_REGISTER_PURGE_H

#include "cli/register/register.h"

struct tr_purge {
    const char *person, *id, *before; /* one of them: a pseudonym, a case, or a day */
    const char *why;
    uint64_t n;       /* records removed, with their earlier forms */
    uint64_t kept;    /* cases as old, but for their state */
    uint64_t marked;  /* cases as old, but that they alone tell whose address is protected */
    uint64_t undated; /* cases without a day, which have no age */
    uint64_t parted;  /* referrals about others now, of which the forms that were about the person went */
    uint64_t linked;  /* referrals removed as decided to be of the person, without a number */
};

/* Removes and writes it down, in one transaction; then wipes. 0 when it is removed, whatever became of
 * the rest, which is said. -1: said, and nothing was removed. */
int tr_register_purge(struct tr_register *r, struct tr_purge *p);

#endif
