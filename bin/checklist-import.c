/* checklist-import: a move-out plan out of the document that was filled in. */
#include "cli/input/inputs.h"
#include "cli/input/records.h"
#include "cli/work/plans.h"
#include "doc/content/checklist_read.h"

static const struct tr_example examples[] = {
    {"checklist-import plan.docx > plan.json", N_("the plan as it was filled in")},
    {"checklist-import --onto=plan.json filled.odt > new.json",
     N_("with what the document does not show")},
    {NULL},
};

struct import {
    struct tr_app *app;
    struct tr_paper_forms forms;
    struct tr_kept_plans onto;
    struct tr_output output;
    bool written;
};

/* A document that is wrong is told, and nothing of it written; the next is read. */
static int take(struct import *m, const char *path)
{
    const struct tr_listener listener = tr_app_listener(m->app);
    struct tr_filled filled;
    struct tr_plan plan = {0};
    struct tr_err err;
    int fd = tr_file_open(path, &err), rc;

    if (fd < 0)
        return tr_app_fail(m->app, &err);
    tr_app_await(m->app, path);
    rc = tr_filled_read(&filled, fd, &err);
    if (rc < 0) {
        err.source = path;
        tr_app_fail(m->app, &err);
    } else if (tr_checklist_read(&plan, tr_checklist_find_form(&m->forms, &filled), &filled,
                                 m->onto.n > 0 ? m->onto.plan : NULL, path,
                                 &listener) < 0) {
        tr_app_raise(m->app, TR_EXIT_DATA);
    } else {
        tr_plan_write(&plan, &m->output.out);
        m->written = true;
    }
    tr_plan_clear(&plan);
    tr_filled_clear(&filled);
    tr_file_close(fd);
    return m->app->status >= TR_EXIT_INTERNAL ? -1 : 0;
}

int main(int argc, char **argv)
{
    const char *path = NULL, *onto = NULL;
    const struct tr_option options[] = {
        {"onto", .arg = "FILE", .text = &onto,
         .help = N_("the plan before: what the document does not show is taken from it")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {NULL},
    };
    struct tr_app app = {
        .name = "checklist-import",
        .purpose = N_("read a paper of the routine from the document that was filled in"),
        .arguments = "[file ...]",
        .options = options,
        .examples = examples,
        .reads_forms = true,
        .max_arguments = -1,
    };
    struct import m = {.app = &app, .onto = {.bydel = -1}};
    struct tr_err err;
    int rc = 0;

    tr_app_start(&app, argc, argv);
    if (onto && app.n_arguments > 1)
        tr_app_usage(&app, N_("--onto is the plan of one document"), NULL, NULL);
    if (tr_paper_forms_load(&m.forms, &app.profile, &err) < 0)
        rc = tr_app_fail(&app, &err);
    if (rc == 0 && (rc = tr_plans_keep(&app, &m.onto, onto)) == 0)
        rc = tr_output_open(&app, &m.output, path, false);
    for (int i = 0; rc == 0 && (i == 0 || i < app.n_arguments); i++)
        rc = take(&m, app.n_arguments ? app.arguments_given[i] : "-");
    if (m.output.file)
        tr_output_close(&app, &m.output, rc == 0 && m.written);
    tr_plans_let_go(&m.onto);
    tr_paper_forms_clear(&m.forms);
    return tr_app_end(&app);
}
