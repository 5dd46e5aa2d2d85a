/* Acting on a register: all that is known of places and cases on a day, looked at and changed in
 * one transaction, so that of two who want the same bed one comes first and the other sees it. */
#ifndef TR_CLI_REGISTER_DESK_H
#define TR_CLI_REGISTER_DESK_H

#include "cli/input/casefile.h"
#include "cli/register/register.h"
#include "domain/cases/act.h"

struct tr_register_desk {
    struct tr_register r;
    struct tr_records institutions, stays, made;
    struct tr_casefile cases;
    struct tr_span *holds;
    struct tr_vacancies vacancies;
    struct tr_again again;
    struct tr_desk desk;
    char day[TR_DATE_LEN + 1];
    bool begun;
};

/* Where the register is, and the day: options as given. */
struct tr_desk_options {
    const char *path, *key, *timeout, *as_of;
};

/* Opens the register, takes its write lock, and looks. -1 in this and the next: said, status
 * raised.
 */
int tr_desk_open(struct tr_app *app, struct tr_register_desk *d, const struct tr_desk_options *o);

/* Puts what was made, and ends the transaction; nothing is done when nothing was made. */
int tr_desk_commit(struct tr_register_desk *d);

/* Takes back what was not committed. */
void tr_desk_close(struct tr_register_desk *d);

#endif
