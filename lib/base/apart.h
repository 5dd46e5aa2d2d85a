/* What stands apart, in the shared library alone: functions that need libraries which take longer to load
 * than most programs to run. Laying out pages draws in sixty of them, a register on a server
 * twenty.
 *
 * Programs are linked without them. When one is wanted, the whole of libtransition is opened, and
 * the function taken from there; the program goes on with its own copies of all others, which
 * differ in nothing, and keep nothing. Where such a function is linked in, as in tests and in the
 * shared library itself, it is called directly.
 *
 * The file that wants one says `#pragma weak NAME`, or else it would be linked in. */
#ifndef TR_BASE_APART_H
#define TR_BASE_APART_H

#include "base/err.h"

/* The function or object of this name, as it is declared; NULL: the library cannot be opened. */
#define TR_APART(name) ((__typeof__(&(name)))(&(name) ? (void *)&(name) : tr_apart_find(#name)))

void *tr_apart_find(const char *name);

/* Why it was not found; -1. */
int tr_apart_missing(struct tr_err *err);

/* A library of others that programs are linked without, by the name that the loader knows; NULL with err:
 * it cannot be opened. The name of its function that is weak here; NULL: there is none. */
void *tr_apart_other(const char *library, struct tr_err *err);
#define TR_APART_OTHER(library, name) \
    ((__typeof__(&(name)))(&(name) ? (void *)&(name) : tr_apart_look(library, #name)))
void *tr_apart_look(void *library, const char *name);

/* Opens the library ahead of need: before a sandbox closes. When it fails, whoever needs it tells.
 */
void tr_apart_open(void);

#endif
