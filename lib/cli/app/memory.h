/* When memory runs out: the one place that decides.
 *
 * Problem: hundreds of places allocate, ours and those of libraries, and each could conclude
 * something from what it did not get: a finding that is none, a row less, a message lost. Idea: no
 * allocation fails unseen. allocate.c, which is part of each program, stands before the system's
 * allocator and reports here what failed, whoever asked.
 *
 *   from the start       the program ends at once: TR_EXIT_INTERNAL, one line, no temporary file left
 *   tr_memory_remember   the failure is remembered and the call gets NULL: a register is open, and
 *                        SQLite must roll back. Until tr_memory_forget, whoever is about to say,
 *                        keep or commit something asks tr_memory_out first.
 *   tr_memory_settled    all is done: what fails now changes nothing, and is not reported
 *
 * The library itself, for those who embed it, has no such watch: there a function that can fail
 * gives TR_E_MEMORY, and buffers remember (base/buf.h). */
#ifndef TR_CLI_MEMORY_H
#define TR_CLI_MEMORY_H

#include <stdbool.h>

/* Prepares what will be said, in the language that is chosen. */
void tr_memory_prepare(const char *program);

/* Said too, from now on, by a program that ends: a line about what was done before, or "". */
void tr_memory_add(const char *line);

/* Called before the process ends: may only do what a signal handler may. */
void tr_memory_at_end(void (*clean)(void));

/* From now on failures are remembered; from now on they end the program again, at once when there
 * was one. Calls nest. */
void tr_memory_remember(void);
void tr_memory_forget(void);

/* One was remembered, and nothing is settled yet. */
bool tr_memory_out(void);

/* All that was to be done is done; or, after a commit that is not the last thing, is not. */
void tr_memory_settled(void);
void tr_memory_unsettled(void);
bool tr_memory_is_settled(void);

/* An allocation failed after that. */
bool tr_memory_failed_late(void);

/* An allocation failed. For allocate.c. */
void tr_memory_failed(void);

/* From now on this process holds secrets: what is freed is wiped, whoever frees it. A name passes
 * through buffers of many libraries, and none of them wipes. */
void tr_memory_hold_secrets(void);

/* Last of all: wipes what calls have left on the stack and in wide registers, when it holds some. */
void tr_memory_wipe_stack(void);
bool tr_memory_holds_secrets(void);

#endif
