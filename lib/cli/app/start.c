#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/app/app.h"
#include "cli/app/app_own.h"
#include "cli/app/memory.h"
#include "cli/app/output.h"
#include "cli/app/pager.h"
#include "cli/app/sandbox.h"
#include "cli/app/version.h"

bool tr_program_folder(char *folder, size_t size)
{
    ssize_t n = readlink("/proc/self/exe", folder, size - 1);

    if (n <= 0)
        return false;
    folder[n] = '\0';
    strrchr(folder, '/')[1] = '\0';
    return true;
}

/* The folder of shipped data, which the caller frees: beside an installed program
 * ../share/transition, beside one in build/bin the source's share. NULL: there is none. */
static char *find_share(void)
{
    static const char *const places[] = {"../share/transition", "../../share"};
    char here[PATH_MAX], name[PATH_MAX + 32];
    const char *given = getenv("TRANSITION_SHARE");
    struct stat st;

    if (given && *given)
        return strdup(given);
    if (!tr_program_folder(here, sizeof here))
        return NULL;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        snprintf(name, sizeof name, "%s%s/profiles", here, places[i]);
        if (stat(name, &st) == 0) {
            name[strlen(name) - strlen("/profiles")] = '\0';
            return strdup(name);
        }
    }
    return NULL;
}

/* Whether a tag such as nn_NO.UTF-8 is of one of these languages; the list ends with NULL. */
static bool is_of(struct tr_str tag, const char *const languages[])
{
    size_t n = 0;

    while (n < tag.len && !strchr("_.@", tag.p[n]))
        n++;
    for (; *languages; languages++)
        if (n == strlen(*languages) && strncasecmp(tag.p, *languages, n) == 0)
            return true;
    return false;
}

/* Whether Norwegian comes first in LANGUAGE, a list that goes before the locale. */
static bool wants_norwegian(const char *locale)
{
    static const char *const norwegian[] = {"nb",     "nn",      "no", "norwegian",
                                            "bokmal", "nynorsk", NULL};
    static const char *const english[] = {"en", "C", "POSIX", NULL};
    const char *list = getenv("LANGUAGE");
    struct tr_str rest = tr_str(list && *list ? list : locale), tag = {0};

    while (rest.len > 0) {
        tr_str_part(&rest, ':', &tag);
        if (is_of(tag, norwegian))
            return true;
        if (is_of(tag, english))
            return false;
    }
    return false;
}

/* Translations, chosen by LC_MESSAGES. gettext looks for a catalogue by the name of the locale, and
 * only when the system has that locale: nn, no and no_NO.UTF-8 would find nothing. There is one
 * catalogue, Bokmål, for all names of Norwegian. */
static void choose_language(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    char here[PATH_MAX], name[PATH_MAX + 32];
    const char *wanted = NULL;

    for (int i = 0; i < 3 && (!wanted || !*wanted); i++)
        wanted = getenv(variables[i]);
    if (!tr_program_folder(here, sizeof here) || !wanted || strcmp(wanted, "C") == 0 || strcmp(wanted, "POSIX") == 0 ||
        !wants_norwegian(wanted) ||
        (!setlocale(LC_MESSAGES, "C.UTF-8") && !setlocale(LC_MESSAGES, "")))
        return;
    setenv("LANGUAGE", "nb", 1);
    snprintf(name, sizeof name, "%s../share/locale", here);
    bindtextdomain("transition", name);
    bind_textdomain_codeset("transition", "UTF-8");
    textdomain("transition");
}

/* Names of the folders in share/profiles, in order. */
static void list_profiles(const char *share, struct tr_buf *out)
{
    char folder[PATH_MAX];
    struct dirent **entry;
    int n;

    snprintf(folder, sizeof folder, "%s/profiles", share);
    n = scandir(folder, &entry, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        if (entry[i]->d_name[0] != '.') {
            tr_buf_text(out, out->len ? " " : "");
            tr_buf_text(out, entry[i]->d_name);
        }
        free(entry[i]);
    }
    if (n >= 0)
        free(entry);
}

/* The folder of the profile of this name, whether it is there or not; NULL: memory. */
static char *folder_of(const struct tr_app *app, const char *name)
{
    char dir[PATH_MAX];

    if (strchr(name, '/') || !app->share)
        snprintf(dir, sizeof dir, "%s", name);
    else
        snprintf(dir, sizeof dir, "%s/profiles/%s", app->share, name);
    return strdup(dir);
}

/* Finds the folder of the profile that is asked for, whether it is there or not. */
static const char *find_profile(struct tr_app *app)
{
    const char *name = app->profile_name ? app->profile_name : getenv("TRANSITION_PROFILE");

    name = name && *name ? name : "default";
    app->profile_folder = folder_of(app, name);
    return name;
}

static int load(struct tr_app *app, const char *name, const char *dir, struct tr_profile *out)
{
    char texts[PATH_MAX];
    struct tr_buf known = {0};
    struct tr_err err;
    struct stat st;
    int rc = -1;

    snprintf(texts, sizeof texts, "%s/texts.csv", app->share ? app->share : ".");
    if (!dir) {
        tr_err_memory(&err);
    } else if (stat(dir, &st) == 0 && S_ISDIR(st.st_mode)) {
        rc = tr_profile_load(out, dir, texts, &err);
    } else {
        bool here = !strchr(name, '/') && stat(name, &st) == 0 && S_ISDIR(st.st_mode);

        list_profiles(app->share ? app->share : ".", &known);
        tr_err_set(&err, here ? TR_E_PROFILE_HERE : TR_E_PROFILE, name, tr_buf_z(&known), NULL);
        tr_buf_clear(&known);
    }
    if (rc < 0)
        tr_app_say(app, &err);
    return rc;
}

int tr_app_other_profile(struct tr_app *app, const char *name, struct tr_profile *out)
{
    char *dir = folder_of(app, name);
    int rc;

    *out = (struct tr_profile){0};
    rc = load(app, name, dir, out);
    free(dir);
    return rc;
}

/* Loads the profile; ends the process when there is none. */
static void load_profile(struct tr_app *app, const char *name)
{
    if (load(app, name, app->profile_folder, &app->profile) < 0)
        exit(tr_app_end(app));
}

/* Says with what the program works. */
static void say_found(const struct tr_app *app)
{
    char name[128], language[8];

    if (app->no_profile) {
        tr_app_note(app, N_("version %1, without a profile of its own"), TR_VERSION, NULL);
        return;
    }
    tr_err_copy(name, sizeof name, tr_profile_value(&app->profile, "name"));
    tr_err_copy(language, sizeof language, tr_profile_value(&app->profile, "language"));
    tr_app_note(app, N_("the profile is that of %1, its language %2"), name, language, NULL);
}

/* A standard stream that is closed stays unusable: no file of ours may take its number. */
static void hold_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

void tr_app_start(struct tr_app *app, int argc, char **argv)
{
    const char *profile = NULL;

    tr_memory_prepare(app->name);
    hold_streams();
    choose_language();
    tr_memory_prepare(app->name);
    if (app->reading)
        app->reading->names = &app->names;
    tr_start_options(app, argc, argv);
    app->share = find_share();
    if (!app->no_profile)
        profile = find_profile(app);
    if (app->pages)
        tr_pager_start();
    tr_sandbox_start(app);
    if (!app->no_profile)
        load_profile(app, profile);
    if (app->verbose)
        say_found(app);
}

int tr_app_end(struct tr_app *app)
{
    tr_say_end_progress(app);
    tr_memory_settled();
    tr_output_settle(app);
    tr_profile_clear(&app->profile);
    tr_arena_clear(&app->names);
    free(app->profile_folder);
    free(app->share);
    free(app->user);
    free(app->key_folder);
    tr_memory_wipe_stack();
    return app->status;
}
