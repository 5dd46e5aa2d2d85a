/* register-init: make an empty register and its key. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/app/memory.h"
#include "cli/register/register.h"

static const struct tr_example examples[] = {
    {"register-init reg.db", N_("a register, with its key in your folder of keys")},
    {NULL},
};

/* Makes the folder of keys, for its owner alone, and those that it lies in. What is wrong with it,
 * the making of the key says. */
static void make_folder(const char *path)
{
    char part[4096];

    snprintf(part, sizeof part, "%s", path);
    for (char *p = part + 1; *p; p++)
        if (*p == '/') {
            *p = '\0';
            mkdir(part, 0700);
            *p = '/';
        }
    mkdir(part, 0700);
}

/* Keys with all secrets, new ones. */
static int make_keys(struct tr_register *r)
{
    tr_key_guard();
    r->keys = tr_keys_new();
    return r->keys && tr_keys_make(r->keys, ~0U) == 0 ? 0 : tr_app_no_memory(r->app);
}

/* Keeps the key in the file given, or where it is looked for by default; then reads it as others
 * will.
 */
static int keep_key(struct tr_register *r, const char *given)
{
    struct tr_keys *read = NULL;
    int rc;

    if (given)
        snprintf(r->key_path, sizeof r->key_path, "%s", given);
    else if (tr_register_key_home(r, r->key_path, sizeof r->key_path) < 0)
        return -1;
    if (tr_key_create(r->app, r->key_path, r->keys, TR_PURPOSE_ALL) < 0) {
        r->key_path[0] = '\0'; /* it is not ours */
        return -1;
    }
    rc = tr_key_read(r->app, r->key_path, &read);
    tr_keys_free(read);
    return rc;
}

/* Makes an empty register where nobody else can replace it. -1: said. */
static int create(struct tr_app *app, const char *path)
{
    struct tr_err err;

    if (!tr_store_is_server(path) && tr_output_place(app, path) < 0)
        return -1;
    return tr_store_create(path, &err) < 0 ? tr_app_fail(app, &err) : 0;
}

/* Opens the register, as others will, and makes it and its key know each other. */
static int settle(struct tr_register *r, const char *path, const char *key_path,
                  const char *witness, struct tr_buf *told)
{
    struct tr_app *app = r->app;

    if (witness && tr_register_make_witness(app, witness, told) < 0)
        return -1;
    if (tr_register_open(app, r, path, TR_STORE_WRITE, NULL) < 0 || make_keys(r) < 0 ||
        tr_register_settle(r, witness ? tr_buf_z(told) : NULL) < 0)
        return -1;
    tr_memory_unsettled(); /* without its key it is none */
    if (keep_key(r, key_path) < 0)
        return -1;
    return tr_register_tell_witness(r, NULL);
}

/* Half of a register is none. */
static void remove_both(const struct tr_register *r, const char *path)
{
    if (r->key_path[0])
        unlink(r->key_path);
    tr_store_remove(path);
}

int main(int argc, char **argv)
{
    const char *key_path = NULL, *witness = NULL, *path;
    bool made = false;
    const struct tr_option options[] = {
        {"key", .arg = "FILE", .writes = true, .text = &key_path,
         .help = N_("write the key to FILE instead of your folder of keys")},
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
        .makes_key = true,
    };
    struct tr_register r = {0};
    struct tr_buf told = {0};

    tr_app_start(&app, argc, argv);
    tr_memory_remember(); /* until half of it is away again */
    if (app.n_arguments != 1)
        tr_app_usage(&app, N_("name the register to make"), NULL, NULL);
    path = app.arguments_given[0];
    tr_register_init(&app, &r);
    if (!key_path && !app.key_folder)
        tr_app_usage(&app, N_("no folder for keys is known: name the key with --key"), NULL, NULL);
    if (!key_path)
        make_folder(app.key_folder);
    if (create(&app, path) == 0) {
        made = settle(&r, path, key_path, witness, &told) == 0;
        tr_register_close(&r); /* with its journal */
        made = made && !tr_memory_out();
        if (made)
            tr_memory_settled();
        else
            remove_both(&r, path);
    }
    if (made && !key_path && app.status == TR_EXIT_DONE)
        tr_app_note(&app, N_("its key is %1: keep a copy in a safe place"), r.key_path, NULL);
    tr_buf_clear(&told);
    tr_memory_forget();
    return tr_app_end(&app);
}
