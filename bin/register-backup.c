/* register-backup: copy the register while others use it, sealed if asked; and back. */
#include "cli/register/backup.h"

static const struct tr_example examples[] = {
    {"register-backup reg.db copy.db", N_("a consistent copy of the register")},
    {"register-backup --sealed reg.db copy.sealed", N_("encrypted with the register’s key")},
    {NULL},
};

int main(int argc, char **argv)
{
    const char *key_path = NULL, *timeout = NULL;
    bool sealed = false, restoring = false, server;
    const struct tr_option options[] = {
        {"key", .arg = "FILE", .text = &key_path, .help = N_("the key to encrypt or decrypt with")},
        {"restore", .flag = &restoring, .help = N_("make a register from an encrypted copy")},
        {"sealed", .flag = &sealed, .help = N_("encrypt the copy, so that only the key opens it")},
        {"timeout", .arg = "SECONDS", .text = &timeout,
         .help = N_("how long to wait for other programs; 10 by default")},
        {NULL},
    };
    struct tr_app app = {
        .name = "register-backup",
        .purpose =
            N_("copy the register while others use it, or restore it from an encrypted copy"),
        .arguments = "from to",
        .options = options,
        .examples = examples,
        .max_arguments = 2,
    };
    struct tr_register r = {0};
    const char *from, *to;

    tr_app_start(&app, argc, argv);
    if (app.n_arguments != 2)
        tr_app_usage(&app, N_("name what to copy, and the copy"), NULL, NULL);
    if (restoring && (sealed || !key_path))
        tr_app_usage(&app, N_("--restore needs --key, and is not used with --sealed"), NULL, NULL);
    from = app.arguments_given[0];
    to = app.arguments_given[1];
    server = tr_store_is_server(from) || tr_store_is_server(to);
    if (server && sealed)
        tr_app_usage(&app, N_("--sealed is for registers in files"), NULL, NULL);
    if (restoring && !server)
        tr_backup_restore(&app, key_path, from, to);
    else if (tr_register_open(&app, &r, from, TR_STORE_READ, timeout) < 0)
        ; /* said */
    else if (server)
        tr_backup_move(&r, to, restoring, key_path);
    else if (!sealed)
        tr_backup_copy(&r, to);
    else if (tr_register_key(&r, key_path, true) == 0)
        tr_backup_seal(&r, to);
    tr_register_close(&r);
    return tr_app_end(&app);
}
