/* What the programs that put records into the register share among themselves. */
#ifndef TR_CLI_REGISTER_REGISTER_OWN_H
#define TR_CLI_REGISTER_REGISTER_OWN_H

#include "cli/register/register.h"
#include "domain/referral/mask.h"

/* Hiding in free cells, which are kept in clear, what tells who somebody is: as when they travel,
 * by the profile's masks. Starts zeroed; used goes back to 0 with every record. */
enum { TR_HIDING_MAX = 8 };
struct tr_hiding {
    struct tr_masks masks;
    bool loaded;
    struct tr_buf text[TR_HIDING_MAX];
    int used;
};

/* Puts in place of the cell what may be kept. names: n of them, hidden wherever they stand. -1:
 * said. */
int tr_register_hide(struct tr_app *app, struct tr_hiding *h, struct tr_str *cell,
                     const struct tr_str *names, size_t n);

/* Says how much was hidden, and ends. */
void tr_register_hidden(struct tr_app *app, struct tr_hiding *h);

#endif
