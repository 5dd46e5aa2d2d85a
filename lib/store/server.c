/* Alone, as every program asks: it must not bring the engines with it. */
#include "store/store.h"

bool tr_store_is_server(const char *path)
{
    static const char *const starts[] = {"postgresql://", "postgres://", "service="};

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncmp(path, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}
