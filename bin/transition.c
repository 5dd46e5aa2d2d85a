/* transition: what programs there are, and whether all is there for them to work. */
#include <libintl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/register/doctor.h"

static const struct tr_program programs[] = {
#include "cli/programs_own.h"
    {NULL, NULL}};

static const struct tr_example examples[] = {
    {"transition help", N_("what programs there are")},
    {"transition help rop-group", N_("how one of them is used")},
    {"transition doctor", N_("whether all is there for them to work")},
    {"transition doctor --register=reg.db", N_("and whether a register can be used")},
    {NULL},
};

static const char *const commands[] = {"help", "doctor", NULL};

static bool is_program(const char *name)
{
    for (const struct tr_program *p = programs; name && p->name; p++)
        if (strcmp(p->name, name) == 0)
            return true;
    return false;
}

/* Becomes the program; comes back when it is not there. */
static void become(char **argv)
{
    char path[PATH_MAX + 64];
    size_t n;

    if (!tr_program_folder(path, PATH_MAX))
        return;
    n = strlen(path);
    snprintf(path + n, sizeof path - n, "%s", argv[0]);
    execv(path, argv);
}

/* Another program that is named, by itself or after help: before anything of this one is locked. */
static void hand_over(int argc, char **argv)
{
    if (argc > 1 && is_program(argv[1]))
        become(argv + 1);
    else if (argc == 3 && strcmp(argv[1], "help") == 0 && is_program(argv[2]))
        become((char *[]){argv[2], (char[]){"--help"}, NULL});
}

static void list_programs(struct tr_out *out)
{
    size_t widest = 0;

    for (const struct tr_program *p = programs; p->name; p++)
        widest = strlen(p->name) > widest ? strlen(p->name) : widest;
    for (const struct tr_program *p = programs; p->name; p++) {
        tr_out_text(out, p->name);
        for (size_t i = strlen(p->name); i < widest + 2; i++)
            tr_out_char(out, ' ');
        tr_out_text(out, gettext(p->purpose));
        tr_out_char(out, '\n');
    }
}

int main(int argc, char **argv)
{
    const char *register_path = NULL, *command;
    const struct tr_option options[] = {
        {"register", .arg = "REGISTER", .text = &register_path,
         .help = N_("doctor: look whether this register can be used, too")},
        {NULL},
    };
    struct tr_app app = {
        .name = "transition",
        .purpose = N_("list the programs, or look whether they have all that they need"),
        .arguments = "[command [program]]",
        .options = options,
        .examples = examples,
        .max_arguments = 2,
    };
    struct tr_output output;

    hand_over(argc, argv);
    tr_app_start(&app, argc, argv);
    command = tr_app_choice(&app, commands, app.n_arguments ? app.arguments_given[0] : "help");
    if (app.n_arguments == 2)
        tr_app_usage(&app, N_("there is no program ‘%1’"), app.arguments_given[1], NULL);
    if (tr_output_open(&app, &output, NULL, false) == 0) {
        if (strcmp(command, "doctor") == 0)
            tr_doctor(&app, programs, register_path, &output.out);
        else
            list_programs(&output.out);
        tr_output_close(&app, &output, true);
    }
    return tr_app_end(&app);
}
