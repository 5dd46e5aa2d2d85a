#include "cli/register/doctor.h"

#include <errno.h>
#include <libintl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/app/version.h"

#define _(msgid) gettext(msgid)

struct visit {
    struct tr_app *app;
    struct tr_out *out;
};

/* Adds a line: whether it is well, what was looked at, and what was found. */
static void tell(struct visit *v, bool well, const char *what, const char *found)
{
    tr_out_text(v->out, well ? "ok    " : "BAD   ");
    tr_out_text(v->out, _(what));
    tr_out_text(v->out, ": ");
    tr_text_show(tr_str(found), &v->out->buf);
    tr_out_char(v->out, '\n');
    if (!well)
        tr_app_raise(v->app, TR_EXIT_FOUND);
}

static void see_programs(struct visit *v, const struct tr_program *p)
{
    char folder[PATH_MAX], path[PATH_MAX + 64];
    struct tr_buf missing = {0};

    if (!tr_program_folder(folder, sizeof folder))
        folder[0] = '\0';
    for (; p->name; p++) {
        snprintf(path, sizeof path, "%s%s", folder, p->name);
        if (access(path, X_OK) == 0)
            continue;
        tr_buf_text(&missing, missing.len ? ", " : "");
        tr_buf_text(&missing, p->name);
    }
    if (missing.len > 0)
        tell(v, false, N_("programs that are missing"), tr_buf_z(&missing));
    else
        tell(v, true, N_("all programs are in"), folder);
    v->out->buf.failed |= missing.failed;
    tr_buf_clear(&missing);
}

static void see_profile(struct visit *v)
{
    const struct tr_profile *p = &v->app->profile;
    struct tr_buf text = {0};

    tr_buf_str(&text, tr_profile_value(p, "name"));
    tr_buf_text(&text, ", ");
    tr_buf_str(&text, tr_profile_value(p, "language"));
    tr_buf_text(&text, ", ");
    tr_buf_text(&text, v->app->profile_folder ? v->app->profile_folder : "");
    tell(v, true, N_("profile"), tr_buf_z(&text) ? tr_buf_z(&text) : "");
    v->out->buf.failed |= text.failed;
    tr_buf_clear(&text);
}

static void see_messages(struct visit *v)
{
    char folder[PATH_MAX], path[PATH_MAX + 64];

    if (!tr_program_folder(folder, sizeof folder))
        folder[0] = '\0';
    snprintf(path, sizeof path, "%s../share/locale/nb/LC_MESSAGES/transition.mo", folder);
    tell(v, access(path, R_OK) == 0, N_("messages in Norwegian"), path);
}

/* A folder or file that must be its owner's alone. */
static void see_private(struct visit *v, const char *what, const char *path)
{
    struct stat st;
    bool there = stat(path, &st) == 0;

    if (there || errno != ENOENT)
        tell(v, there && (st.st_mode & (S_IRWXG | S_IRWXO)) == 0 && st.st_uid == geteuid(), what,
             path);
}

static void see_register(struct visit *v, const char *path)
{
    struct tr_register r = {0};
    int missing;

    if (tr_register_open(v->app, &r, path, TR_STORE_READ, NULL) == 0) {
        tell(v, true, N_("the register opens"), path);
        if (!tr_store_is_server(path))
            see_private(v, N_("the register is its owner’s alone"), path);
        missing = tr_register_key_if_any(&r, NULL, false);
        tell(v, missing == 0, N_("its key can be used"), r.key_path);
        if (missing <= 0)
            see_private(v, N_("the key is its owner’s alone"), r.key_path);
    } else {
        tell(v, false, N_("the register opens"), path);
    }
    tr_register_close(&r);
}

void tr_doctor(struct tr_app *app, const struct tr_program *programs, const char *register_path,
               struct tr_out *out)
{
    struct visit v = {app, out};

    tell(&v, true, N_("version"), TR_VERSION);
    see_programs(&v, programs);
    tell(&v, app->share != NULL, N_("shared data"), app->share ? app->share : "-");
    see_profile(&v);
    see_messages(&v);
    if (register_path && app->key_folder)
        see_private(&v, N_("the folder of keys is its owner’s alone"), app->key_folder);
    if (register_path)
        see_register(&v, register_path);
}
