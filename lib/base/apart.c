#include "base/apart.h"

#include <dlfcn.h>

/* The one of the same version: beside the programs (their RUNPATH), or where the system has its own. What is
 * open already is found by this name, without looking into any folder. */
static void *open_library(void)
{
    return dlopen(TR_LIBRARY, RTLD_NOW | RTLD_LOCAL);
}

void tr_apart_open(void)
{
    (void)open_library();
}

void *tr_apart_find(const char *name)
{
    void *library = open_library();

    return library ? dlsym(library, name) : NULL;
}

int tr_apart_missing(struct tr_err *err)
{
    const char *why = open_library() ? NULL : dlerror();

    return tr_err_set(err, TR_E_LIBRARY, TR_LIBRARY, why ? why : "", NULL);
}

void *tr_apart_other(const char *name, struct tr_err *err)
{
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    const char *why = library ? NULL : dlerror();

    if (!library)
        tr_err_set(err, TR_E_LIBRARY, name, why ? why : "", NULL);
    return library;
}

void *tr_apart_look(void *library, const char *name)
{
    return dlsym(library, name);
}
