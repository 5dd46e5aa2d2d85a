/* Copies of a register, plain or sealed, and back. -1: said, and nothing is left of what was begun. */
#ifndef TR_CLI_REGISTER_BACKUP_H
#define TR_CLI_REGISTER_BACKUP_H

#include "cli/register/register.h"

/* Makes a file that is a copy, and says so in itself. */
int tr_backup_copy(struct tr_register *r, const char *to);

/* Writes all of it, sealed for all who may read it. */
int tr_backup_seal(struct tr_register *r, const char *to);

/* Copies between a file and a server, or two servers, row by row, and closes it; restoring: the copy is
 * the register from now on, which is written down with its key. */
int tr_backup_move(struct tr_register *r, const char *to, bool restoring, const char *key_path);

/* Makes the register again of what was sealed, and writes that down in it and at its witness. */
int tr_backup_restore(struct tr_app *app, const char *key_path, const char *from, const char *to);

#endif
