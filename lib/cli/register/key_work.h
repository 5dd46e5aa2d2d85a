/* What is done with the keys of a register that is open with its key, and whose witness was asked. Each
 * is one transaction with a line of the log, of which the witness is told. -1: said. */
#ifndef TR_CLI_REGISTER_KEY_WORK_H
#define TR_CLI_REGISTER_KEY_WORK_H

#include "cli/register/register.h"

struct tr_key_work {
    struct tr_register r;
    const char *name;        /* of the key to make or to retire */
    const char *file;        /* to make: of a key, or of the witness */
    enum tr_purpose purpose; /* of the key to make */
    struct tr_str office;    /* whose cases alone it opens; empty: all */
    struct tr_str institution; /* the same, when it is one: office is its name */
};

/* Whether the key in use has all secrets, as whoever changes keys must have; to rotate keys of before
 * anybody vouched for them, it may lack what vouches. */
int tr_key_is_whole(struct tr_key_work *w, bool rotating);

/* Makes the file of a key of this name, with what its purpose needs of the key in use. */
int tr_key_make_another(struct tr_key_work *w);

/* Nothing that is put from now on is sealed for the key of this name. */
int tr_key_retire(struct tr_key_work *w);

/* Goes over to a key in the file, with fresh secrets to read and to bind: seals and binds all anew, and
 * retires all other keys. The register is closed then. */
int tr_key_rotate(struct tr_key_work *w);

/* Seals all anew, for those who may read now. */
int tr_key_reseal(struct tr_key_work *w);

/* Passes on to institutions who has a place there: see register_passing.h. */
int tr_key_pass_on(struct tr_key_work *w);

/* From now on the witness is told in the file, or in the system's log. */
int tr_key_set_witness(struct tr_key_work *w);

/* Write to standard output: who was given a key; where the key in use is. */
int tr_key_list(struct tr_key_work *w);
int tr_key_show_path(struct tr_key_work *w);

/* Makes a key of no register: it makes pseudonyms, and all who count for one survey share it. */
int tr_key_make_survey(struct tr_app *app, const char *file);

#endif
