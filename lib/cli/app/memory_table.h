/* Tables that live in memory and open by name, as files do. What is said of one names where it
 * comes from, not the file. */
#ifndef TR_CLI_MEMORY_TABLE_H
#define TR_CLI_MEMORY_TABLE_H

#include "base/err.h"

/* Makes an empty one. Gives the descriptor to write to, and the path under which it opens while
 * that descriptor is; the caller frees the path. label: for debuggers. -1: it cannot be made. */
int tr_memory_table_new(const char *label, char **path);

/* The same, filled with the text. -1 with err: memory. */
int tr_memory_table_of(const char *label, struct tr_str text, char **path, struct tr_err *err);

bool tr_memory_table_is(const char *path);

/* Whether nothing was written to it. */
bool tr_memory_table_is_empty(const char *path);

#endif
