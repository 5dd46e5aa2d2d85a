/* register-backup: copy the register while others use it, sealed if asked; and back. */
#include "cli/inputs.h"
#include "cli/memory.h"
#include "cli/register/register.h"

static const struct tr_example examples[] = {
    {"register-backup reg.db copy.db", N_("a consistent copy of the register")},
    {"register-backup --sealed reg.db copy.sealed", N_("encrypted with the register’s key")},
    {NULL},
};

/* Writes the whole register, sealed for all who may read it. */
static int seal(struct tr_register *r, const char *to)
{
    struct tr_buf image = {0}, sealed = {0};
    struct tr_output output;
    struct tr_err err;
    int rc = tr_store_image(r->store, &image, &err);

    if (rc == 0)
        rc = tr_store_image_seal(r->store, tr_buf_slice(&image), &sealed, &err);
    if (rc < 0)
        tr_app_say(r->app, &err);
    else if ((rc = tr_output_open(r->app, &output, to, false)) == 0) {
        tr_out_str(&output.out, tr_buf_slice(&sealed));
        rc = tr_output_close(r->app, &output, true);
    }
    tr_buf_clear(&image);
    tr_buf_clear(&sealed);
    return rc;
}

/* Writes down in the register, and at its witness, that it was put back. */
static int note_restored(struct tr_app *app, const char *path, const char *key_path)
{
    struct tr_register r;
    struct tr_err err;
    int rc;

    tr_memory_remember(); /* until it is away again, if it must */
    rc = tr_register_open(app, &r, path, TR_STORE_WRITE, NULL);

    if (rc == 0 && (rc = tr_register_key(&r, key_path, true)) == 0) {
        rc = tr_store_begin(r.store, &err) < 0 ? tr_app_fail(app, &err) : 0;
        if (rc == 0)
            rc = tr_register_log(&r, "restore", "", (struct tr_str){NULL, 0});
        if (rc == 0)
            rc = tr_register_commit(&r);
        if (rc == 0)
            rc = tr_register_tell_witness(&r, "restored");
    }
    tr_register_close(&r);
    if (rc < 0)
        tr_store_remove(path); /* it was not there before */
    tr_memory_forget();
    return rc;
}

/* Makes a register of what was sealed. */
static int restore(struct tr_app *app, const char *key_path, const char *from, const char *to)
{
    struct tr_keys *keys = NULL;
    struct tr_buf sealed = {0}, image = {0};
    struct tr_output output;
    struct tr_err err;
    int rc = tr_key_read(app, key_path, &keys);

    if (rc < 0)
        return rc;
    if ((rc = tr_read_all(from, &sealed, &err)) == 0 &&
        (rc = tr_store_image_unseal(keys, tr_buf_slice(&sealed), &image, &err)) < 0)
        err.source = from;
    if (rc == 0) /* what is there may be in use, with a journal beside it */
        rc = tr_store_place(to, &err);
    if (rc < 0)
        tr_app_say(app, &err);
    else if ((rc = tr_output_open(app, &output, to, false)) == 0) {
        output.at_once = true;
        tr_out_str(&output.out, tr_buf_slice(&image));
        rc = tr_output_close(app, &output, true);
    }
    tr_keys_free(keys);
    tr_buf_clear(&image);
    tr_buf_clear(&sealed);
    return rc < 0 ? -1 : note_restored(app, to, key_path);
}

/* Copies between a file and a server, or two servers, row by row; restoring: it is the register from
 * now on. */
static void move(struct tr_register *r, const char *to, const char *key_path, bool restoring)
{
    struct tr_app *app = r->app;
    struct tr_store *target;
    struct tr_err err;
    int rc;

    if (!tr_store_is_server(to) && tr_output_place(app, to) < 0)
        return;
    if (tr_store_create(to, &err) < 0) {
        tr_app_say(app, &err);
        return;
    }
    target = tr_store_open(to, TR_STORE_WRITE, 10000, &err);
    rc = target ? tr_store_move(r->store, target, tr_str(restoring ? "" : r->moment), &err) : -1;
    tr_store_close(target);
    if (rc < 0) {
        tr_app_say(app, &err);
        tr_store_remove(to);
        return;
    }
    tr_register_done(r);
    if (restoring)
        note_restored(app, to, key_path);
}

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
    struct tr_err err;
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
    if (server) {
        if (tr_register_open(&app, &r, from, TR_STORE_READ, timeout) == 0)
            move(&r, to, key_path, restoring);
    } else if (restoring) {
        restore(&app, key_path, from, to);
    } else if (tr_register_open(&app, &r, from, TR_STORE_READ, timeout) == 0) {
        if (!sealed && tr_output_place(&app, to) < 0)
            ; /* said */
        else if (!sealed && tr_store_copy(r.store, to, tr_str(r.moment), &err) < 0)
            tr_app_say(&app, &err);
        else if (!sealed && tr_memory_out())
            tr_store_remove(to);
        else if (!sealed)
            tr_memory_settled();
        else if (tr_register_key(&r, key_path, true) == 0)
            seal(&r, to);
    }
    tr_register_close(&r);
    return tr_app_end(&app);
}
