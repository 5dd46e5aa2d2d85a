/* register-key: hand out keys of a register by purpose, list and retire them, and seal all anew. */
#include <stdio.h>
#include <unistd.h>

#include "cli/register/register.h"

static const struct tr_example examples[] = {
    {"register-key --name=import --purpose=put make reg.db import.key",
     N_("a key for the job that puts referrals in, which cannot read names")},
    {"register-key --name=north --purpose=read --office=3 make reg.db north.key",
     N_("a key for a district, which opens what is about its own cases alone")},
    {"register-key list reg.db", N_("who was given a key")},
    {"register-key survey survey.key", N_("a key for tables of numbers, of no register")},
    {NULL},
};

enum command { LIST, MAKE, RETIRE, ROTATE, RESEAL, MIGRATE, WITNESS, SURVEY, PATH, N_COMMANDS };
static const char *const commands[N_COMMANDS + 1] = {
    [LIST] = "list",       [MAKE] = "make",       [RETIRE] = "retire",
    [ROTATE] = "rotate",   [RESEAL] = "reseal",   [MIGRATE] = "migrate",
    [WITNESS] = "witness", [SURVEY] = "survey",   [PATH] = "path"};

/* What was asked for. */
struct asked {
    struct tr_register r;
    const char *name, *file;
    enum tr_purpose purpose;
    struct tr_str office; /* empty: all */
};

/* A copy of the keys in use, to be changed. NULL: said. */
static struct tr_keys *copy_keys(struct asked *a)
{
    struct tr_keys *keys = tr_keys_new();

    if (keys)
        *keys = *a->r.keys;
    else
        tr_app_no_memory(a->r.app);
    return keys;
}

/* Ends a transaction, which also goes into the log: the same for all that change keys. */
static int finish(struct asked *a, const char *command, int rc, struct tr_err *err)
{
    char why[160];

    snprintf(why, sizeof why, "%s%s%s", command, a->name ? " " : "", a->name ? a->name : "");
    if (rc < 0)
        rc = tr_app_fail(a->r.app, err);
    else if ((rc = tr_register_log(&a->r, "key", why, (struct tr_str){NULL, 0})) == 0 &&
             tr_register_commit(&a->r) < 0)
        return -1;
    if (rc < 0)
        tr_store_rollback(a->r.store);
    return rc;
}

static int make(struct asked *a)
{
    struct tr_keys *made = NULL;
    struct tr_err err;
    int rc = 0;

    for (int s = 0; s < TR_N_SECRETS && rc == 0; s++)
        if (!a->r.keys->has[s])
            rc = tr_err_set(&err, TR_E_KEY_PURPOSE, tr_secret_names[s], NULL, NULL);
    if (rc == 0 && a->r.keys->derived)
        rc = tr_err_set(&err, TR_E_KEY_DERIVED, NULL, NULL, NULL);
    err.source = a->r.key_path;
    if (rc < 0)
        return tr_app_fail(a->r.app, &err);
    made = copy_keys(a);
    if (!made)
        return -1;
    if (tr_keys_make(made, 1U << TR_SECRET_READ) < 0)
        rc = tr_app_no_memory(a->r.app);
    else if ((rc = tr_key_create(a->r.app, a->file, made, a->purpose)) == 0) {
        rc = tr_store_begin(a->r.store, &err);
        if (rc == 0)
            rc = tr_store_key_add(a->r.store, tr_str(a->name), a->purpose, a->office,
                                  tr_str(a->r.moment), made, &err);
        rc = finish(a, "make", rc, &err);
        if (rc < 0)
            unlink(a->file);
    }
    tr_keys_free(made);
    return rc < 0 ? rc : tr_register_tell_witness(&a->r, NULL);
}

static int retire(struct asked *a)
{
    struct tr_err err;
    int rc = tr_store_begin(a->r.store, &err);

    if (rc == 0)
        rc = tr_store_key_retire(a->r.store, tr_str(a->name), tr_str(a->r.moment), &err);
    rc = finish(a, "retire", rc, &err);
    return rc < 0 ? rc : tr_register_tell_witness(&a->r, NULL);
}

/* Seals all anew; with fresh secrets, everybody else's key ends. */
static int reseal(struct asked *a, struct tr_keys *fresh)
{
    struct tr_err err;
    int rc = tr_store_begin(a->r.store, &err);

    if (rc == 0)
        rc = tr_store_whole(a->r.store, &err);
    if (rc == 0 && fresh != a->r.keys)
        rc = tr_store_key_retire_others(a->r.store, tr_str(a->r.moment), &err);
    if (rc == 0)
        rc = tr_store_reseal(a->r.store, fresh, &err);
    return finish(a, fresh == a->r.keys ? "reseal" : "rotate", rc, &err);
}

static int rotate(struct asked *a)
{
    const bool derived = a->r.keys->derived;
    const unsigned set =
        1U << TR_SECRET_BIND | 1U << TR_SECRET_READ | (derived ? 1U << TR_SECRET_LOG : 0);
    struct tr_keys *fresh = copy_keys(a);
    struct tr_err err;
    bool shrunk;
    int rc = -1;

    if (!fresh)
        return -1;
    if (tr_keys_make(fresh, set) < 0)
        tr_app_no_memory(a->r.app);
    else if ((rc = tr_key_create(a->r.app, a->file, fresh, TR_PURPOSE_ALL)) == 0 &&
             (rc = reseal(a, fresh)) < 0)
        unlink(a->file);
    if (rc == 0 && tr_store_wipe(a->r.store, &shrunk, &err) < 0)
        rc = tr_app_fail(a->r.app, &err);
    if (rc == 0) {
        tr_app_note(a->r.app, N_("the key is now %1; all others are retired"), a->file, NULL);
        rc = tr_register_tell_witness(&a->r, derived ? "anew" : NULL);
    }
    tr_register_close(&a->r);
    tr_keys_free(fresh);
    return rc;
}

static int reseal_same(struct asked *a)
{
    struct tr_err err;
    bool shrunk;
    int rc = reseal(a, a->r.keys);

    if (rc == 0 && tr_store_wipe(a->r.store, &shrunk, &err) < 0)
        rc = tr_app_fail(a->r.app, &err);
    return rc < 0 ? rc : tr_register_tell_witness(&a->r, NULL);
}

static int set_witness(struct asked *a)
{
    struct tr_buf witness = {0};
    struct tr_err err;
    int rc = tr_register_make_witness(a->r.app, a->file, &witness);

    if (rc == 0) {
        rc = tr_store_begin(a->r.store, &err);
        if (rc == 0)
            rc = tr_store_set(a->r.store, "witness", tr_buf_slice(&witness), &err);
        rc = finish(a, "witness", rc, &err);
    }
    tr_buf_clear(&witness);
    return rc < 0 ? rc : tr_register_tell_witness(&a->r, NULL);
}

static int done(struct asked *a) /* opening it was all */
{
    (void)a;
    return 0;
}

static void show(void *cookie, const struct tr_store_key *key)
{
    const struct tr_str cells[] = {key->name, key->purpose, key->made, key->retired};

    tr_writer_row(cookie, cells);
}

static int list(struct asked *a)
{
    static const struct tr_column columns[] = {{.name = {"name", 4}},
                                               {.name = {"purpose", 7}},
                                               {.name = {"made", 4}},
                                               {.name = {"retired", 7}}};
    struct tr_output output;
    struct tr_writer writer;
    struct tr_err err;
    int rc = tr_output_open(a->r.app, &output, NULL, false);

    if (rc < 0)
        return rc;
    tr_writer_start(&writer, &output.out, TR_FORMAT_CSV, columns, 4);
    if (tr_store_key_list(a->r.store, show, &writer, &err) < 0)
        rc = tr_app_fail(a->r.app, &err);
    return tr_output_close(a->r.app, &output, rc == 0);
}

/* A key of no register: it makes pseudonyms, and all who count for one survey share it. */
static int make_survey(struct tr_app *app, const char *file)
{
    struct tr_keys *made = tr_keys_new();
    int rc = made && tr_keys_make(made, 1U << TR_SECRET_PSEUDONYM) == 0
                 ? tr_key_create(app, file, made, TR_PURPOSE_PUT)
                 : tr_app_no_memory(app);

    tr_keys_free(made);
    return rc;
}

/* Writes where the key is. */
static int show_path(struct asked *a)
{
    struct tr_output output;

    if (tr_output_open(a->r.app, &output, NULL, false) < 0)
        return -1;
    tr_out_str(&output.out, tr_str(a->r.key_path));
    tr_out_char(&output.out, '\n');
    return tr_output_close(a->r.app, &output, true);
}

static const struct work {
    bool name, file;
    int (*run)(struct asked *a);
} works[N_COMMANDS] = {
    [LIST] = {.run = list},
    [MAKE] = {.name = true, .file = true, .run = make},
    [RETIRE] = {.name = true, .run = retire},
    [ROTATE] = {.file = true, .run = rotate},
    [RESEAL] = {.run = reseal_same},
    [MIGRATE] = {.run = done},
    [WITNESS] = {.file = true, .run = set_witness},
    [SURVEY] = {0}, /* no register */
    [PATH] = {.run = show_path},
};

int main(int argc, char **argv)
{
    const char *key_path = NULL, *timeout = NULL, *office = NULL, *command;
    struct asked a = {.purpose = TR_PURPOSE_ALL};
    int purpose = TR_PURPOSE_ALL, which = 0;
    const struct tr_option options[] = {
        {"key", .arg = "FILE", .text = &key_path,
         .help = N_("the register’s key, with all secrets")},
        {"name", .arg = "NAME", .text = &a.name,
         .help = N_("what the key to make or retire is called")},
        {"office", .arg = "NAME", .text = &office,
         .help = N_("make a key that opens records of this district alone")},
        {"purpose", .choice = &purpose, .choices = tr_purpose_names,
         .help = N_("what the key to make is for")},
        {"timeout", .arg = "SECONDS", .text = &timeout,
         .help = N_("how long to wait for other programs; 10 by default")},
        {NULL},
    };
    struct tr_app app = {
        .name = "register-key",
        .purpose = N_("hand out keys of a register by purpose, retire them, and seal all anew"),
        .arguments = "command register [file]",
        .options = options,
        .examples = examples,
        .max_arguments = 3,
        .writes_file = true,
    };

    tr_app_start(&app, argc, argv);
    if (app.n_arguments < 2)
        tr_app_usage(&app, N_("name the command and the register"), NULL, NULL);
    command = tr_app_choice(&app, commands, app.arguments_given[0]);
    while (strcmp(commands[which], command) != 0)
        which++;
    if (works[which].name != (a.name && *a.name))
        tr_app_usage(&app, N_("--name goes with make and retire, and they with it"), NULL, NULL);
    if (works[which].file != (app.n_arguments == 3))
        tr_app_usage(&app, N_("make, rotate and witness want a file, the others none"), NULL, NULL);
    if (office && (which != MAKE || purpose != TR_PURPOSE_READ))
        tr_app_usage(&app, N_("--office goes with make and --purpose=read"), NULL, NULL);
    if (which == SURVEY) {
        make_survey(&app, app.arguments_given[1]);
        return tr_app_end(&app);
    }
    a.file = app.n_arguments == 3 ? app.arguments_given[2] : NULL;
    a.purpose = (enum tr_purpose)purpose;
    a.office = tr_app_district(&app, office);
    tr_register_check_reason(&app, a.name);
    if (tr_register_open(&app, &a.r, app.arguments_given[1], TR_STORE_WRITE, timeout) == 0 &&
        tr_register_key(&a.r, key_path, true) == 0 &&
        (which == WITNESS ? tr_register_leave_witness(&a.r) : tr_register_ask_witness(&a.r)) == 0)
        works[which].run(&a);
    tr_register_close(&a.r);
    return tr_app_end(&app);
}
