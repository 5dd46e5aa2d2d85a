/* The table of everything that can be said, in err.c; err_set.c makes errors of it. */
#ifndef TR_BASE_ERR_OWN_H
#define TR_BASE_ERR_OWN_H

#include "base/err.h"

struct tr_code_row {
    const char *name;
    const char *text;
    enum tr_class class;
};

extern const struct tr_code_row tr_codes[TR_N_CODES];

#endif
