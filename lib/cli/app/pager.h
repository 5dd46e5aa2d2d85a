/* A pager for what is longer than the terminal. It is made before the process locks itself, which then can make no
 * other, and waits; when it gets nothing it goes. */
#ifndef TR_CLI_PAGER_H
#define TR_CLI_PAGER_H

#include "cli/app/app.h"

/* When standard output is a terminal: $PAGER, or less(1); an empty one is none. */
void tr_pager_start(void);

/* Shows the text and waits for the pager's end; false: there is none, or the text fits. */
bool tr_pager_show(struct tr_str text);

#endif
