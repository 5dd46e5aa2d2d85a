/* profile-check: whether a municipality's tables are whole, and fit each other. */
#include <stdio.h>

#include "cli/app/app.h"
#include "doc/content/letter_check.h"
#include "domain/check/check.h"
#include "domain/routine/decision.h"

enum { PATH_BYTES = 4096 };

static const struct tr_example examples[] = {
    {"profile-check profiles/ours", N_("faults, and law that no lawyer has read")},
    {NULL},
};

static void say(void *cookie, const struct tr_err *err)
{
    struct tr_err placed = *err;

    tr_profile_fault_place(&placed);
    tr_app_say(cookie, &placed);
}

/* Law that no lawyer has read is no fault, but whoever signs must know. */
static void say_unread(const struct tr_app *app, const struct tr_profile *profile, const char *dir)
{
    uint32_t n = tr_decision_unread(profile);
    char number[24];

    snprintf(number, sizeof number, "%u", n);
    if (n > 0)
        tr_app_note(app, N_("%1/decisions.csv: not yet read by a lawyer: %2 (reviewed is empty)"),
                    dir, number, NULL);
}

/* The number of faults, or -1. */
static int check(struct tr_app *app, const struct tr_profile_check *what)
{
    const struct tr_listener listener = {say, app};
    struct tr_profile profile = {0};
    struct tr_err err;
    int faults = tr_profile_check_tables(what, &listener, &err);

    if (faults < 0)
        return tr_app_fail(app, &err);
    if (faults > 0)
        return faults; /* meaning is looked for in sound tables only */
    if (tr_profile_load(&profile, what->dir, what->texts, &err) < 0) {
        if (tr_err_is_system(&err))
            return tr_app_fail(app, &err);
        say(app, &err);
        faults = 1;
    } else {
        faults =
            tr_profile_check_meaning(&profile, &listener) + tr_letter_check_profile(&profile, &listener);
        say_unread(app, &profile, what->dir);
    }
    tr_profile_clear(&profile);
    return faults;
}

int main(int argc, char **argv)
{
    const struct tr_option options[] = {{NULL}};
    struct tr_app app = {
        .name = "profile-check",
        .purpose = N_("check that a municipality’s tables are complete and consistent"),
        .arguments = "directory ...",
        .options = options,
        .examples = examples,
        .max_arguments = -1,
        .no_profile = true,
    };
    char texts[PATH_BYTES], schema[PATH_BYTES], codes[PATH_BYTES];

    tr_app_start(&app, argc, argv);
    if (app.n_arguments == 0)
        tr_app_usage(&app, N_("name the folder of a profile"), NULL, NULL);
    snprintf(texts, sizeof texts, "%s/texts.csv", app.share);
    snprintf(schema, sizeof schema, "%s/schema/profile.csv", app.share);
    snprintf(codes, sizeof codes, "%s/schema/profile_codes.csv", app.share);
    for (int i = 0; i < app.n_arguments; i++) {
        const struct tr_profile_check what = {app.arguments_given[i], texts, schema, codes};
        int before = app.status;

        if (check(&app, &what) > 0) {
            app.status = before; /* whatever it is, it is what the program is to find */
            tr_app_raise(&app, TR_EXIT_FOUND);
        }
    }
    return tr_app_end(&app);
}
