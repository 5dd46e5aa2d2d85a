/* profile-new: tables to begin with, for a municipality that has none. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/app/output.h"
#include "cli/input/inputs.h"

static const struct tr_example examples[] = {
    {"profile-new Fjordby", N_("a folder Fjordby, with tables that pass profile-check")},
    {"profile-new --output=lia 'Lia kommune'", N_("a folder with another name")},
    {NULL},
};

static int cannot(struct tr_app *app, enum tr_code code, const char *path)
{
    struct tr_err err;

    tr_err_sys(&err, code, path);
    return tr_app_fail(app, &err);
}

/* A new folder, or one that is there and holds nothing. */
static int open_folder(struct tr_app *app, const char *path)
{
    if (tr_output_folder(path, 0777, false) == 0 ||
        (errno == EEXIST && rmdir(path) == 0 && tr_output_folder(path, 0777, false) == 0))
        return 0;
    return cannot(app, TR_E_CREATE, path);
}

/* Copies a file, but for a line "name,..." of profile.csv. */
static int copy(struct tr_app *app, const char *from, const char *to, const char *name)
{
    struct tr_buf text = {0};
    struct tr_str rest, line;
    struct tr_output output;
    struct tr_err err;
    int rc = tr_read_text(from, &text, &err);

    if (rc < 0)
        tr_app_fail(app, &err);
    else if ((rc = tr_output_open(app, &output, to, true)) == 0) {
        rest = tr_buf_slice(&text);
        while (rest.len > 0 && tr_str_part(&rest, '\n', &line)) {
            bool named = strstr(to, "/profile.csv") && line.len > 5 && !memcmp(line.p, "name,", 5);

            tr_out_str(&output.out, named ? TR_STR("name,") : line);
            if (named)
                tr_csv_cell(&output.out, tr_str(name), ',');
            tr_out_char(&output.out, '\n');
        }
        rc = tr_output_close(app, &output, true);
    }
    tr_buf_clear(&text);
    return rc;
}

static void copy_all(struct tr_app *app, const char *to, const char *name)
{
    char source[4096], from[8192], into[8192];
    struct dirent **entry = NULL;
    int n, rc = 0;

    snprintf(source, sizeof source, "%s/skeleton", app->share ? app->share : ".");
    n = scandir(source, &entry, NULL, alphasort);
    if (n < 0)
        cannot(app, TR_E_OPEN, source);
    for (int i = 0; i < n; free(entry[i++])) {
        snprintf(from, sizeof from, "%s/%s", source, entry[i]->d_name);
        snprintf(into, sizeof into, "%s/%s", to, entry[i]->d_name);
        if (rc == 0 && *entry[i]->d_name != '.')
            rc = copy(app, from, into, name);
    }
    free(entry);
}

int main(int argc, char **argv)
{
    const char *path = NULL, *name;
    const struct tr_option options[] = {
        {"output", .letter = 'o', .arg = "DIR", .text = &path,
         .help = N_("write to the folder DIR instead of one named after the municipality")},
        {NULL},
    };
    struct tr_app app = {
        .name = "profile-new",
        .purpose = N_("make the first tables of a new municipality"),
        .arguments = "name",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
        .no_profile = true,
    };

    tr_app_start(&app, argc, argv);
    name = app.n_arguments ? app.arguments_given[0] : "";
    if (!*name)
        tr_app_usage(&app, N_("name the municipality"), NULL, NULL);
    if (!path && strchr(name, '/'))
        tr_app_usage(&app, N_("‘%1’ cannot be the name of a folder: use --output=DIR"), name, NULL);
    path = path ? path : name;
    if (open_folder(&app, path) == 0)
        copy_all(&app, path, name);
    return tr_app_end(&app);
}
