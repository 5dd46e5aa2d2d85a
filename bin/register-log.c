/* register-log: who looked at whom in the register, and why. */
#include <stdio.h>

#include "cli/register/register.h"

static const struct tr_example examples[] = {
    {"register-log reg.db", N_("every time an identity was read, and every purge")},
    {"register-log --verify reg.db", N_("no output if no line was changed, removed or moved")},
    {NULL},
};

struct reading {
    struct tr_app *app;
    struct tr_writer writer;
    bool verifying;
};

static int take(void *cookie, const struct tr_access *line, bool broken)
{
    struct reading *g = cookie;
    char number[24];
    struct tr_err err;
    const struct tr_str cells[] = {
        {number, (size_t)snprintf(number, sizeof number, "%lld", (long long)line->line)},
        line->at,
        line->who,
        line->what,
        line->why};

    if (broken) {
        tr_err_set(&err, TR_E_LOG_BROKEN, number, NULL, NULL);
        tr_app_say(g->app, &err);
    }
    if (!g->verifying)
        tr_writer_row(&g->writer, cells);
    return 0;
}

/* What no line can tell: that the state is another, and what a witness knows. */
static void verify_rest(struct tr_register *r, const char *witness)
{
    struct tr_err err;

    if (tr_store_use(r->store, r->keys, true, &err) < 0)
        tr_app_say(r->app, &err);
    else if (witness)
        tr_register_compare_witness(r, witness);
    else
        tr_register_ask_witness(r);
}

int main(int argc, char **argv)
{
    static const struct tr_column columns[] = {{.name = {"line", 4}, .shape = TR_SHAPE_NUMBER},
                                               {.name = {"at", 2}},
                                               {.name = {"who", 3}},
                                               {.name = {"what", 4}},
                                               {.name = {"why", 3}}};
    const char *person = NULL, *key_path = NULL, *path = NULL, *timeout = NULL, *witness = NULL;
    int format = TR_FORMAT_CSV;
    struct reading g = {0};
    const struct tr_option options[] = {
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"key", .arg = "FILE", .text = &key_path, .help = N_("the register’s key")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"person", .arg = "PSEUDONYM", .text = &person,
         .help = N_("who has looked at one person, for that person to see")},
        {"timeout", .arg = "SECONDS", .text = &timeout,
         .help = N_("how long to wait for other programs; 10 by default")},
        {"verify", .flag = &g.verifying,
         .help = N_("write nothing; report every line that does not follow from the one before")},
        {"witness", .arg = "FILE", .text = &witness,
         .help = N_("with --verify: compare with all that this file of a witness knows")},
        {NULL},
    };
    struct tr_app app = {
        .name = "register-log",
        .purpose = N_("show who looked at whom in the register, and why"),
        .arguments = "register",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
    };
    struct tr_register r = {0};
    struct tr_output output = {0};
    struct tr_err err;
    int rc;

    tr_app_start(&app, argc, argv);
    g.app = &app;
    if (app.n_arguments != 1)
        tr_app_usage(&app, N_("name the register"), NULL, NULL);
    if (g.verifying && (person || path))
        tr_app_usage(&app, N_("--verify checks the whole log and writes nothing"), NULL, NULL);
    if (witness && !g.verifying)
        tr_app_usage(&app, N_("--witness goes with --verify"), NULL, NULL);
    tr_register_check_person(&app, person);
    if (tr_register_open(&app, &r, app.arguments_given[0], TR_STORE_READ, timeout) < 0 ||
        (g.verifying && tr_register_key(&r, key_path, false) < 0) ||
        (!g.verifying && tr_output_table(&app, &output, path, false, (enum tr_format)format) < 0))
        goto out;
    if (!g.verifying)
        tr_writer_start(&g.writer, &output.out, (enum tr_format)format, columns, 5);
    rc = tr_store_log_read(r.store, g.verifying, tr_str(person), take, &g, &err);
    if (rc < 0)
        tr_app_say(&app, &err);
    if (!g.verifying)
        tr_output_close(&app, &output, rc == 0);
    else if (rc == 0 && app.status == TR_EXIT_DONE)
        verify_rest(&r, witness);
out:
    tr_register_close(&r);
    return tr_app_end(&app);
}
