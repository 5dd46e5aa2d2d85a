/* Questions at the terminal, and their answers out of standard input: one line each, as screen readers
 * want it, and as a script can give them. Nothing is drawn, moved or coloured. */
#ifndef TR_CLI_DIALOGUE_H
#define TR_CLI_DIALOGUE_H

#include "cli/app/app.h"

struct tr_dialogue {
    struct tr_app *app;
    enum tr_lang lang; /* of what is said of a line that is no answer */
    char held[4096]; /* read, and not yet taken */
    size_t n, at;
};

/* Writes a line to standard error. */
void tr_tell(struct tr_dialogue *a, struct tr_str line);

/* Asks, and puts the answer into answer, without padding. A line that is no text, or longer than
 * 64 KiB, is told of, and the question comes again. 1; 0: there are no more. -1: said, status raised. */
int tr_ask(struct tr_dialogue *a, struct tr_str question, struct tr_buf *answer);

#endif
