#include "cli/register/key_work.h"
#include "cli/register/register_passing.h"

#include <stdio.h>
#include <unistd.h>

/* A copy of the keys in use, to be changed. NULL: said. */
static struct tr_keys *copy_keys(struct tr_key_work *w)
{
    struct tr_keys *keys = tr_keys_new();

    if (keys)
        *keys = *w->r.keys;
    else
        tr_app_no_memory(w->r.app);
    return keys;
}

/* Ends a transaction, which also goes into the log: the same for all that change keys. */
static int finish(struct tr_key_work *w, const char *command, int rc, struct tr_err *err)
{
    char why[160];

    snprintf(why, sizeof why, "%s%s%s%s%.*s", command, w->name ? " " : "", w->name ? w->name : "",
             w->office.len ? " " : "", (int)w->office.len, w->office.len ? w->office.p : "");
    if (rc < 0)
        rc = tr_app_fail(w->r.app, err);
    else if ((rc = tr_register_log(&w->r, "key", why, (struct tr_str){NULL, 0})) == 0 &&
             tr_register_commit(&w->r) < 0)
        return -1;
    if (rc < 0)
        tr_store_rollback(w->r.store);
    return rc;
}

/* Whether nobody has vouched for the list of keys yet: they are of before. -1 with err. */
static int is_unvouched(struct tr_key_work *w, struct tr_err *err)
{
    struct tr_buf voucher = {0};
    int rc = tr_store_setting(w->r.store, "vouched", &voucher, err);

    rc = rc < 0 ? -1 : voucher.failed ? tr_err_memory(err) : voucher.len == 0;
    tr_buf_clear(&voucher);
    return rc;
}

int tr_key_is_whole(struct tr_key_work *w, bool rotating)
{
    struct tr_err err;
    int missing = 0, rc;

    while (missing < TR_N_SECRETS && w->r.keys->has[missing])
        missing++;
    if (missing == TR_N_SECRETS)
        return 0;
    rc = rotating && missing == TR_SECRET_VOUCH ? is_unvouched(w, &err) : 0;
    if (rc != 0)
        return rc < 0 ? tr_app_fail(w->r.app, &err) : 0;
    tr_err_set(&err, TR_E_KEY_PURPOSE, tr_secret_names[missing], NULL, NULL);
    err.source = w->r.key_path;
    return tr_app_fail(w->r.app, &err);
}

/* Tells of records that an office's new key does not open, and what to do. -1: said. */
static int tell_closed(struct tr_key_work *w)
{
    struct tr_err err;
    char number[24];
    uint64_t n;

    if (w->office.len == 0)
        return 0;
    if (tr_store_closed_to(w->r.store, w->office, &n, &err) < 0)
        return tr_app_fail(w->r.app, &err);
    snprintf(number, sizeof number, "%llu", (unsigned long long)n);
    if (n > 0)
        tr_app_note(w->r.app,
                    N_("records of this district that were sealed before districts had keys, and stay closed to "
                       "this one: %1; ‘register-key reseal’ seals them for it"),
                    number, NULL);
    return 0;
}

static int is_there(void *cookie, const struct tr_store_found *found)
{
    (void)found;
    *(bool *)cookie = true;
    return -1; /* there is but one */
}

/* Whether the register has the institution that the key is for. -1: said. */
static int check_institution(struct tr_key_work *w)
{
    const struct tr_store_query query = {
        .kind = tr_str(tr_record_kind_names[TR_RECORD_INSTITUTION]), .id = w->institution, .whole = true};
    bool found = w->institution.len == 0;
    char id[TR_ID_MAX + 1];
    struct tr_err err;

    if (!found && tr_store_get(w->r.store, &query, is_there, &found, &err) < 0)
        return tr_app_fail(w->r.app, &err);
    if (found)
        return 0;
    tr_err_copy(id, sizeof id, w->institution);
    tr_err_set(&err, TR_E_INSTITUTION, id, NULL, NULL);
    err.source = w->r.app->register_name;
    return tr_app_fail(w->r.app, &err);
}

static int give_up(struct tr_key_work *w)
{
    tr_store_rollback(w->r.store);
    return -1;
}

int tr_key_make_another(struct tr_key_work *w)
{
    struct tr_passing passing = {0};
    struct tr_keys *made = NULL;
    struct tr_err err;
    int rc = 0;

    if (w->r.keys->derived) {
        tr_err_set(&err, TR_E_KEY_DERIVED, NULL, NULL, NULL);
        err.source = w->r.key_path;
        return tr_app_fail(w->r.app, &err);
    }
    if (check_institution(w) < 0)
        return -1;
    made = copy_keys(w);
    if (!made)
        return -1;
    if (tr_keys_make(made, 1U << TR_SECRET_READ) < 0)
        rc = tr_app_no_memory(w->r.app);
    else if ((rc = tr_key_create(w->r.app, w->file, made, w->purpose)) == 0) {
        rc = tr_store_begin(w->r.store, &err);
        if (rc == 0)
            rc = tr_store_key_add(w->r.store, tr_str(w->name), w->purpose, w->office,
                                  tr_str(w->r.moment), made, &err);
        if (rc == 0 && w->institution.len > 0 && tr_register_pass_on(&w->r, &passing) < 0)
            rc = give_up(w);
        else
            rc = finish(w, "make", rc, &err);
        if (rc < 0)
            unlink(w->file);
    }
    tr_keys_free(made);
    if (rc == 0)
        tr_register_tell_passing(&w->r, &passing);
    return rc < 0 || tr_register_tell_witness(&w->r, NULL) < 0 ? -1 : tell_closed(w);
}

int tr_key_retire(struct tr_key_work *w)
{
    struct tr_err err;
    int rc = tr_store_begin(w->r.store, &err);

    if (rc == 0)
        rc = tr_store_key_retire(w->r.store, tr_str(w->name), tr_str(w->r.moment), &err);
    rc = finish(w, "retire", rc, &err);
    return rc < 0 ? rc : tr_register_tell_witness(&w->r, NULL);
}

/* Seals all anew; with fresh secrets, everybody else's key ends. */
static int reseal(struct tr_key_work *w, struct tr_keys *fresh)
{
    struct tr_err err;
    int rc = tr_store_begin(w->r.store, &err);

    if (rc == 0)
        rc = tr_store_whole(w->r.store, &err);
    if (rc == 0 && fresh != w->r.keys)
        rc = tr_store_key_retire_others(w->r.store, tr_str(w->r.moment), &err);
    if (rc == 0)
        rc = tr_store_reseal(w->r.store, fresh, &err);
    return finish(w, fresh == w->r.keys ? "reseal" : "rotate", rc, &err);
}

int tr_key_rotate(struct tr_key_work *w)
{
    const bool derived = w->r.keys->derived;
    const unsigned set =
        1U << TR_SECRET_BIND | 1U << TR_SECRET_READ | 1U << TR_SECRET_VOUCH | (derived ? 1U << TR_SECRET_LOG : 0);
    struct tr_keys *fresh = copy_keys(w);
    struct tr_err err;
    bool shrunk;
    int rc = -1;

    if (!fresh)
        return -1;
    if (tr_keys_make(fresh, set) < 0)
        tr_app_no_memory(w->r.app);
    else if ((rc = tr_key_create(w->r.app, w->file, fresh, TR_PURPOSE_ALL)) == 0 &&
             (rc = reseal(w, fresh)) < 0)
        unlink(w->file);
    if (rc == 0 && tr_store_wipe(w->r.store, &shrunk, &err) < 0)
        rc = tr_app_fail(w->r.app, &err);
    if (rc == 0) {
        tr_app_note(w->r.app, N_("the key is now %1; all others are retired"), w->file, NULL);
        rc = tr_register_tell_witness(&w->r, derived ? "anew" : NULL);
    }
    tr_register_close(&w->r);
    tr_keys_free(fresh);
    return rc;
}

int tr_key_reseal(struct tr_key_work *w)
{
    struct tr_err err;
    bool shrunk;
    int rc = reseal(w, w->r.keys);

    if (rc == 0 && tr_store_wipe(w->r.store, &shrunk, &err) < 0)
        rc = tr_app_fail(w->r.app, &err);
    return rc < 0 ? rc : tr_register_tell_witness(&w->r, NULL);
}

/* Whether the key in use opens what is to be passed on. */
static int is_reader(struct tr_key_work *w)
{
    const bool of_institution = tr_register_is_institution(&w->r);
    struct tr_err err;

    if (w->r.keys->has[TR_SECRET_READ] && !of_institution)
        return 0;
    tr_err_set(&err, of_institution ? TR_E_OTHER_OFFICE : TR_E_KEY_PURPOSE,
               tr_secret_names[TR_SECRET_READ], NULL, NULL);
    err.source = w->r.key_path;
    return tr_app_fail(w->r.app, &err);
}

int tr_key_pass_on(struct tr_key_work *w)
{
    struct tr_passing passing;
    struct tr_err err;
    int rc = is_reader(w);

    if (rc < 0)
        return rc;
    if (tr_store_begin(w->r.store, &err) < 0)
        return tr_app_fail(w->r.app, &err);
    if (tr_register_pass_on(&w->r, &passing) < 0 || tr_register_commit(&w->r) < 0)
        return give_up(w);
    tr_register_tell_passing(&w->r, &passing);
    return tr_register_tell_witness(&w->r, NULL);
}

int tr_key_set_witness(struct tr_key_work *w)
{
    struct tr_buf witness = {0};
    struct tr_err err;
    int rc = tr_register_make_witness(w->r.app, w->file, &witness);

    if (rc == 0) {
        rc = tr_store_begin(w->r.store, &err);
        if (rc == 0)
            rc = tr_store_set(w->r.store, "witness", tr_buf_slice(&witness), &err);
        rc = finish(w, "witness", rc, &err);
    }
    tr_buf_clear(&witness);
    return rc < 0 ? rc : tr_register_tell_witness(&w->r, NULL);
}

static void show(void *cookie, const struct tr_store_key *key)
{
    const struct tr_str cells[] = {key->name, key->purpose, key->made, key->retired};

    tr_writer_row(cookie, cells);
}

int tr_key_list(struct tr_key_work *w)
{
    static const struct tr_column columns[] = {{.name = {"name", 4}},
                                               {.name = {"purpose", 7}},
                                               {.name = {"made", 4}},
                                               {.name = {"retired", 7}}};
    struct tr_output output;
    struct tr_writer writer;
    struct tr_err err;
    int rc = tr_output_open(w->r.app, &output, NULL, false);

    if (rc < 0)
        return rc;
    tr_writer_start(&writer, &output.out, TR_FORMAT_CSV, columns, 4);
    if (tr_store_key_list(w->r.store, show, &writer, &err) < 0)
        rc = tr_app_fail(w->r.app, &err);
    return tr_output_close(w->r.app, &output, rc == 0);
}

int tr_key_make_survey(struct tr_app *app, const char *file)
{
    struct tr_keys *made = tr_keys_new();
    int rc = made && tr_keys_make(made, 1U << TR_SECRET_PSEUDONYM) == 0
                 ? tr_key_create(app, file, made, TR_PURPOSE_PUT)
                 : tr_app_no_memory(app);

    tr_keys_free(made);
    return rc;
}

int tr_key_show_path(struct tr_key_work *w)
{
    struct tr_output output;

    if (tr_output_open(w->r.app, &output, NULL, false) < 0)
        return -1;
    tr_out_str(&output.out, tr_str(w->r.key_path));
    tr_out_char(&output.out, '\n');
    return tr_output_close(w->r.app, &output, true);
}
