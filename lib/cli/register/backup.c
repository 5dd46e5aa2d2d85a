#include "cli/register/backup.h"

#include "cli/app/memory.h"
#include "cli/input/inputs.h"

int tr_backup_copy(struct tr_register *r, const char *to)
{
    struct tr_err err;

    if (tr_output_place(r->app, to) < 0)
        return -1;
    if (tr_store_copy(r->store, to, tr_str(r->moment), &err) < 0)
        return tr_app_fail(r->app, &err);
    if (tr_memory_out()) {
        tr_store_remove(to);
        return -1;
    }
    tr_memory_settled();
    return 0;
}

int tr_backup_seal(struct tr_register *r, const char *to)
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

int tr_backup_restore(struct tr_app *app, const char *key_path, const char *from, const char *to)
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

int tr_backup_move(struct tr_register *r, const char *to, bool restoring, const char *key_path)
{
    struct tr_app *app = r->app;
    struct tr_store *target;
    struct tr_err err;
    int rc;

    if (!tr_store_is_server(to) && tr_output_place(app, to) < 0)
        return -1;
    if (tr_store_create(to, &err) < 0)
        return tr_app_fail(app, &err);
    target = tr_store_open(to, TR_STORE_WRITE, 10000, &err);
    rc = target ? tr_store_move(r->store, target, tr_str(restoring ? "" : r->moment), &err) : -1;
    tr_store_close(target);
    if (rc < 0) {
        tr_store_remove(to);
        return tr_app_fail(app, &err);
    }
    tr_register_done(r);
    return restoring ? note_restored(app, to, key_path) : 0;
}
