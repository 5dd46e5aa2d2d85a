#include "cli/app.h"

#include <stdlib.h>

#include "cli/app_own.h"

void tr_app_start(struct tr_app *app, int argc, char **argv)
{
    tr_start_language();
    tr_start_options(app, argc, argv);
    app->share = tr_start_share();
    if (!app->no_profile)
        tr_start_profile(app);
}

int tr_app_end(struct tr_app *app)
{
    tr_say_end_progress(app);
    tr_profile_clear(&app->profile);
    free(app->share);
    return app->status;
}
