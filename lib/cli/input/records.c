#include "cli/input/records.h"

#include "cli/app/memory_table.h"
#include "cli/app/sandbox.h"
#include "cli/input/inputs.h"

static void say(void *cookie, const struct tr_err *err)
{
    tr_app_say(cookie, err);
}

struct tr_listener tr_app_listener(struct tr_app *app)
{
    return (struct tr_listener){say, app};
}

/* bad: see tr_records_read_each; NULL: a fault refuses the file. */
static int read_records(struct tr_app *app, const struct tr_kind *kind, const char *path,
                        const char *name, struct tr_dict *bad, struct tr_records *out)
{
    const struct tr_listener listener = tr_app_listener(app);
    const struct tr_kind_sought sought = {kind, &app->profile};
    struct tr_reader_options options = {0};
    struct tr_err err;
    struct tr_reader *reader = NULL;
    int rc;

    *out = (struct tr_records){0};
    if (tr_sandbox_files(app, NULL) < 0) /* where a register is named, and is not opened */
        return -1;
    tr_app_await(app, path);
    if (app->reading)
        options = *app->reading;
    options.name = name;
    options.sheet.sought = (struct tr_sought){tr_kind_fits, &sought};
    path = tr_twice_path(app->twice, path, &err);
    if (path)
        reader = tr_reader_open(path, &options, &err);
    if (!reader)
        return tr_app_fail(app, &err);
    rc = tr_records_read_each(out, kind, &app->profile, reader, bad, &listener);
    tr_inputs_say_doubt(app, reader);
    if (app->verbose)
        tr_inputs_say_dialect(app, reader);
    if (rc == 0 && out->n == 0 && !tr_memory_table_is(name) && !(bad && app->status)) {
        tr_err_set(&err, TR_E_FILE_NO_ROWS, NULL, NULL, NULL);
        err.source = name;
        tr_app_say(app, &err);
    }
    tr_reader_close(reader);
    if (rc == 0)
        tr_inputs_say_refused(app, out->refused);
    else
        tr_app_raise(app, TR_EXIT_DATA);
    return rc;
}

int tr_app_records(struct tr_app *app, const struct tr_kind *kind, const char *path,
                   struct tr_records *out)
{
    return tr_app_records_held(app, kind, path, path, out);
}

int tr_app_records_each(struct tr_app *app, const struct tr_kind *kind, const char *path,
                        struct tr_dict *bad, struct tr_records *out)
{
    return read_records(app, kind, path, path, bad, out);
}

int tr_app_records_held(struct tr_app *app, const struct tr_kind *kind, const char *path,
                        const char *name, struct tr_records *out)
{
    return read_records(app, kind, path, name, NULL, out);
}

enum stays { CURRENT, HISTORY, EACH };

static int read_stays(struct tr_app *app, const char *path, const struct tr_records *institutions,
                      int32_t as_of, enum stays how, struct tr_dict *bad, struct tr_records *out)
{
    const struct tr_listener listener = tr_app_listener(app);
    int rc, settled = 0;

    tr_records_start(out, &tr_stay_kind, &app->profile, path);
    if (!path)
        return 0;
    rc = read_records(app, &tr_stay_kind, path, path, bad, out);
    if (out->kind) /* all that is wrong is said at once */
        settled = how == EACH      ? tr_stays_settle_each(out, institutions, as_of, bad, &listener)
                  : how == HISTORY ? tr_stays_settle_history(out, institutions, as_of, &listener)
                                   : tr_stays_settle(out, institutions, as_of, &listener);
    if (rc == 0 && settled == 0)
        return 0;
    tr_app_raise(app, TR_EXIT_DATA);
    return -1;
}

int tr_app_stays(struct tr_app *app, const char *path, const struct tr_records *institutions,
                 int32_t as_of, struct tr_records *out)
{
    return read_stays(app, path, institutions, as_of, CURRENT, NULL, out);
}

int tr_app_stays_history(struct tr_app *app, const char *path,
                         const struct tr_records *institutions, int32_t as_of,
                         struct tr_records *out)
{
    return read_stays(app, path, institutions, as_of, HISTORY, NULL, out);
}

int tr_app_stays_each(struct tr_app *app, const char *path, const struct tr_records *institutions,
                      int32_t as_of, struct tr_dict *bad, struct tr_records *out)
{
    return read_stays(app, path, institutions, as_of, EACH, bad, out);
}

int tr_app_put_records(struct tr_app *app, const struct tr_records *r, enum tr_format format,
                       const char *path)
{
    struct tr_output output;

    if (tr_output_table(app, &output, path, false, format) < 0)
        return -1;
    tr_kind_write(r->kind, &app->profile, r->record, r->n, format, &output.out);
    return tr_output_close(app, &output, true);
}
