/* register-init: make an empty register and its key. */
#include <stdio.h>
#include <unistd.h>

#include "cli/register/register.h"

static const struct tr_example examples[] = {
    {"register-init reg.db", N_("a register, with its key next to it in reg.db.key")},
    {NULL},
};

/* A file with all secrets, new ones. */
static int make_key(struct tr_app *app, const char *path)
{
    struct tr_keys *keys = tr_keys_new();
    int rc = keys && tr_keys_make(keys, ~0U) == 0 ? tr_key_create(app, path, keys, TR_PURPOSE_ALL)
                                                  : tr_app_no_memory(app);

    tr_keys_free(keys);
    return rc;
}

/* Opens the register with its key, as others will, and makes them know each other. */
static int settle(struct tr_app *app, struct tr_register *r, const char *path, const char *key_path,
                  const char *witness, struct tr_buf *told)
{
    if (witness && tr_register_make_witness(app, witness, told) < 0)
        return -1;
    if (tr_register_open(app, r, path, TR_STORE_WRITE, NULL) < 0 ||
        tr_key_read(app, key_path, &r->keys) < 0 ||
        tr_register_settle(r, witness ? tr_buf_z(told) : NULL) < 0)
        return -1;
    return tr_register_tell_witness(r, NULL);
}

int main(int argc, char **argv)
{
    const char *key_path = NULL, *witness = NULL, *path;
    const struct tr_option options[] = {
        {"key", .arg = "FILE", .writes = true, .text = &key_path,
         .help = N_("write the key to FILE instead of next to the register")},
        {"witness", .arg = "FILE", .writes = true, .text = &witness,
         .help = N_("tell FILE, or syslog, where the log ends, after each look and put")},
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
    struct tr_buf told = {0};
    struct tr_err err;
    char beside[4096];

    tr_app_start(&app, argc, argv);
    if (app.n_arguments != 1)
        tr_app_usage(&app, N_("name the register to make"), NULL, NULL);
    path = app.arguments_given[0];
    tr_register_init(&app, &r);
    snprintf(beside, sizeof beside, "%s.key", path);
    key_path = key_path ? key_path : beside;
    if (tr_store_create(path, &err) < 0)
        tr_app_say(&app, &err);
    else if (make_key(&app, key_path) < 0)
        tr_store_remove(path); /* half of it is none */
    else if (settle(&app, &r, path, key_path, witness, &told) < 0) {
        tr_register_close(&r);
        tr_store_remove(path);
        unlink(key_path);
    }
    tr_buf_clear(&told);
    tr_register_close(&r);
    return tr_app_end(&app);
}
