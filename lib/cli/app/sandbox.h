/* What a program is left to do, once it knows what it was asked for.
 *
 * Problem: inputs come from strangers, and a fault in a reader, ours or a library's, is a stranger's
 * hand in this process. Idea: before the first foreign byte is read, the process gives up what it
 * does not need, and cannot take it back. Two locks of the kernel, each where there is one:
 *
 * - seccomp: only the calls in sandbox_calls.c. No sockets, no new processes, no other programs.
 * - Landlock: of all files, only those that the command line names, the profile, and what the
 *   system's libraries read while they run. The options say what is named: the tables in sandbox.c.
 *
 * A register names its witness, so its programs lock their files when they have read that.
 *
 * There is no lock where memory or threads are watched by the compiler, which traces its own
 * process; nor after `make SANDBOX=no`, for valgrind. Nothing else turns them off. */
#ifndef TR_CLI_SANDBOX_H
#define TR_CLI_SANDBOX_H

#include "cli/app/app.h"

/* Locks what can be locked now: calls; and files, but for programs of the register. Ends the process
 * when that fails for want of memory or descriptors. */
void tr_sandbox_start(struct tr_app *app);

/* Locks files, if they are not; witness may be read and written as well, NULL: there is none. -1: not
 * locked, for want of memory or descriptors, and said. */
int tr_sandbox_files(struct tr_app *app, const char *witness);

/* Whether key names no file, but is a register's name and .key: then the register's name is put into
 * name, and its key is meant, wherever that lies. */
bool tr_key_of_register(const char *key, char *name, size_t size);

#endif
