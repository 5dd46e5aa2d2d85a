/* register-key: hand out keys of a register by purpose, list and retire them, and seal all anew. */
#include <stdio.h>

#include "cli/register/key_work.h"
#include "cli/register/register_passing.h"

static const struct tr_example examples[] = {
    {"register-key --name=import --purpose=put make reg.db import.key",
     N_("a key for the job that puts referrals in, which cannot read names")},
    {"register-key --name=north --purpose=read --office=3 make reg.db north.key",
     N_("a key for a district, which opens what is about its own cases alone")},
    {"register-key --name=home --purpose=read --institution=I-04 make reg.db home.key",
     N_("a key for an institution, which opens who has a place there")},
    {"register-key list reg.db", N_("who was given a key")},
    {"register-key survey survey.key", N_("a key for tables of numbers, of no register")},
    {NULL},
};

enum command { LIST, MAKE, RETIRE, ROTATE, RESEAL, MIGRATE, WITNESS, SURVEY, PATH, PASS_ON, N_COMMANDS };
static const char *const commands[N_COMMANDS + 1] = {
    [LIST] = "list",       [MAKE] = "make",       [RETIRE] = "retire",
    [ROTATE] = "rotate",   [RESEAL] = "reseal",   [MIGRATE] = "migrate",
    [WITNESS] = "witness", [SURVEY] = "survey",   [PATH] = "path",
    [PASS_ON] = "pass-on"};

static int done(struct tr_key_work *w) /* opening it was all */
{
    (void)w;
    return 0;
}

static const struct work {
    bool name, file, whole; /* what it wants: of the last, a key with all secrets */
    int (*run)(struct tr_key_work *w);
} works[N_COMMANDS] = {
    [LIST] = {.run = tr_key_list},
    [MAKE] = {.name = true, .file = true, .whole = true, .run = tr_key_make_another},
    [RETIRE] = {.name = true, .whole = true, .run = tr_key_retire},
    [ROTATE] = {.file = true, .whole = true, .run = tr_key_rotate},
    [RESEAL] = {.whole = true, .run = tr_key_reseal},
    [MIGRATE] = {.run = done},
    [WITNESS] = {.file = true, .whole = true, .run = tr_key_set_witness},
    [SURVEY] = {0}, /* no register */
    [PATH] = {.run = tr_key_show_path},
    [PASS_ON] = {.run = tr_key_pass_on},
};

int main(int argc, char **argv)
{
    const char *key_path = NULL, *timeout = NULL, *office = NULL, *institution = NULL, *command;
    char name[TR_INSTITUTION_OFFICE];
    struct tr_key_work w = {.purpose = TR_PURPOSE_ALL};
    int purpose = TR_PURPOSE_ALL, which = 0;
    const struct tr_option options[] = {
        {"institution", .arg = "ID", .text = &institution,
         .help = N_("make a key that opens who has a place at this institution alone")},
        {"key", .arg = "FILE", .text = &key_path,
         .help = N_("the register’s key, with all secrets")},
        {"name", .arg = "NAME", .text = &w.name,
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
    if (works[which].name != (w.name && *w.name))
        tr_app_usage(&app, N_("--name goes with make and retire, and they with it"), NULL, NULL);
    if (works[which].file != (app.n_arguments == 3))
        tr_app_usage(&app, N_("make, rotate and witness want a file, the others none"), NULL, NULL);
    if (office && (which != MAKE || purpose != TR_PURPOSE_READ))
        tr_app_usage(&app, N_("--office goes with make and --purpose=read"), NULL, NULL);
    if (institution && (which != MAKE || purpose != TR_PURPOSE_READ || office || !*institution ||
                        strlen(institution) > TR_ID_MAX))
        tr_app_usage(&app, N_("--institution=ID goes with make and --purpose=read, without --office"), NULL, NULL);
    if (which == SURVEY) {
        tr_key_make_survey(&app, app.arguments_given[1]);
        return tr_app_end(&app);
    }
    w.file = app.n_arguments == 3 ? app.arguments_given[2] : NULL;
    w.purpose = (enum tr_purpose)purpose;
    w.office = tr_app_district(&app, office);
    w.institution = tr_str(institution);
    if (institution) {
        snprintf(name, sizeof name, TR_INSTITUTION_SIGN "%s", institution);
        w.office = tr_str(name);
        tr_register_check_reason(&app, institution);
    }
    tr_register_check_reason(&app, w.name);
    if (tr_register_open(&app, &w.r, app.arguments_given[1], TR_STORE_WRITE, timeout) == 0 &&
        tr_register_key(&w.r, key_path, true) == 0 &&
        (!works[which].whole || tr_key_is_whole(&w, which == ROTATE) == 0) &&
        (which == WITNESS ? tr_register_leave_witness(&w.r) : tr_register_ask_witness(&w.r)) == 0)
        works[which].run(&w);
    tr_register_close(&w.r);
    return tr_app_end(&app);
}
