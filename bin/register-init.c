/* register-init: make an empty register and its key. */
#include <stdio.h>
#include <unistd.h>

#include "cli/register/register.h"

static const struct tr_example examples[] = {
    {"register-init reg.db", N_("a register, with its key next to it in reg.db.key")},
    {NULL},
};

int main(int argc, char **argv)
{
    const char *key_path = NULL, *path;
    const struct tr_option options[] = {
        {"key", .arg = "FILE", .text = &key_path,
         .help = N_("write the key to FILE instead of next to the register")},
        {NULL},
    };
    struct tr_app app = {
        .name = "register-init",
        .purpose = N_("make an empty register and its key"),
        .arguments = "register",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
    };
    struct tr_register r = {0};
    struct tr_err err;
    char beside[4096];

    tr_app_start(&app, argc, argv);
    if (app.n_arguments != 1)
        tr_app_usage(&app, N_("name the register to make"), NULL, NULL);
    path = app.arguments_given[0];
    tr_register_init(&app, &r);
    snprintf(beside, sizeof beside, "%s.key", path);
    key_path = key_path ? key_path : beside;
    if (tr_store_create(path, r.sql, &err) < 0)
        tr_app_say(&app, &err);
    else if (tr_key_create(&app, key_path) < 0)
        tr_store_remove(path); /* half of it is none */
    else if (tr_register_open(&app, &r, path, TR_STORE_WRITE, NULL) < 0 ||
             tr_register_settle(&r, key_path) < 0) {
        tr_register_close(&r);
        tr_store_remove(path);
        unlink(key_path);
    }
    tr_register_close(&r);
    return tr_app_end(&app);
}
