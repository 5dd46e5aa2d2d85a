/* register-check: whether the register is whole. */
#include "cli/register/register.h"

static const struct tr_example examples[] = {
    {"register-check reg.db", N_("no output, and status 0, if the register is intact")},
    {NULL},
};

static void say(void *cookie, const struct tr_err *err)
{
    tr_app_say(cookie, err);
}

/* With a key if there is one; else only what needs none. */
static void check(struct tr_register *r, const char *key_path)
{
    struct tr_err err;
    uint64_t faults;
    char home[4096];
    int keyless = tr_register_key_if_any(r, key_path, false);

    if (keyless < 0)
        return;
    if (keyless)
        tr_app_note(r->app, N_("no key: whether somebody changed the register is not checked"),
                    NULL);
    if (r->key_beside && r->app->verbose && tr_register_key_home(r, home, sizeof home) == 0 &&
        *home)
        tr_app_note(r->app,
                    N_("the key lies beside the register, where a backup takes both: move it "
                       "to %1"),
                    home, NULL);
    if (tr_store_check(r->store, say, r->app, &faults, &err) < 0)
        tr_app_say(r->app, &err);
}

int main(int argc, char **argv)
{
    const char *key_path = NULL, *timeout = NULL;
    const struct tr_option options[] = {
        {"key", .arg = "FILE", .text = &key_path,
         .help = N_("a key of the register, to find also what was changed on purpose")},
        {"timeout", .arg = "SECONDS", .text = &timeout,
         .help = N_("how long to wait for other programs; 10 by default")},
        {NULL},
    };
    struct tr_app app = {
        .name = "register-check",
        .purpose = N_("check that the register is intact"),
        .arguments = "register",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
    };
    struct tr_register r = {0};

    tr_app_start(&app, argc, argv);
    if (app.n_arguments != 1)
        tr_app_usage(&app, N_("name the register"), NULL, NULL);
    if (tr_register_open(&app, &r, app.arguments_given[0], TR_STORE_READ, timeout) == 0)
        check(&r, key_path);
    tr_register_close(&r);
    return tr_app_end(&app);
}
