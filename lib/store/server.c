#include <string.h>

/* Alone, as every program asks: it must not bring the engines with it. */
#include "store/store.h"

/* Whether path begins with a setting of libpq, as host=. A name that it does not have is one of a file. */
static bool begins_with_setting(const char *path)
{
    static const char *const names[] = {"service",  "host",     "hostaddr", "port",    "dbname",
                                        "user",     "password", "passfile", "options", "connect_timeout",
                                        "sslmode",  "sslcert",  "sslkey",   "sslrootcert", "application_name",
                                        "target_session_attrs"};
    const size_t len = strcspn(path, " =");

    if (path[len + strspn(path + len, " ")] != '=')
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == len && strncmp(path, names[i], len) == 0)
            return true;
    return false;
}

bool tr_store_is_server(const char *path)
{
    static const char *const starts[] = {"postgresql://", "postgres://"};

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncmp(path, starts[i], strlen(starts[i])) == 0)
            return true;
    return begins_with_setting(path);
}
