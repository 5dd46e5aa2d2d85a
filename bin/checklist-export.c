/* checklist-export: a move-out plan to edit, to check, and as a document. */
#include "cli/draft.h"
#include "cli/plans.h"

static const struct tr_example examples[] = {
    {"checklist-export --template C-2026-014 > plan.json", N_("an empty plan to edit")},
    {"checklist-export --template C-2026-014 --register=reg.db > plan.json",
     N_("with what the register knows")},
    {"checklist-export --check plan.json", N_("what is missing; exit status 1 when something is")},
    {"checklist-export --format=odt -o utflyttingsplan.odt plan.json",
     N_("a document to fill in together")},
    {"checklist-export --format=pdf -o planer/ plans.jsonl", N_("one file a case")},
    {NULL},
};

int main(int argc, char **argv)
{
    const char *as_of = NULL, *case_id = NULL, *reg_path = NULL;
    struct tr_plans p = {0};
    char day[TR_DATE_LEN + 1];
    int format = 0, lang = -1;
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &as_of, .help = N_("the day that the document bears")},
        {"check", .flag = &p.check, .help = N_("list what is missing, as CSV")},
        {"format", .choice = &format, .choices = tr_document_names,
         .help = N_("write the document so; text by default")},
        {"lang", .choice = &lang, .choices = tr_lang_names,
         .help = N_("in Bokmål, Nynorsk or English; the profile’s by default")},
        {"output", .letter = 'o', .arg = "FILE", .text = &p.path,
         .help = N_("write to FILE instead of standard output; to DIR/ a file for each case")},
        {"register", .arg = "REGISTER", .text = &reg_path,
         .help = N_("with --template: fill in what the register knows")},
        {"template", .arg = "CASE", .text = &case_id,
         .help = N_("write a plan to edit for this case")},
        {"with-identity", .flag = &p.name,
         .help = N_("the person’s name, too, where the plan has it")},
        {NULL},
    };
    struct tr_app app = {
        .name = "checklist-export",
        .purpose = N_("a move-out plan to edit, to check, and as a document"),
        .arguments = "[file ...]",
        .options = options,
        .examples = examples,
        .max_arguments = -1,
    };
    struct tr_err err;

    tr_app_start(&app, argc, argv);
    p.app = &app;
    if (reg_path && !case_id)
        tr_app_usage(&app, N_("--register goes with --template"), NULL, NULL);
    if (case_id && (p.check || app.n_arguments))
        tr_app_usage(&app, N_("--template makes a plan, and reads none"), NULL, NULL);
    if (case_id && tr_is_folder(p.path))
        tr_app_usage(&app, N_("--template writes one plan: name a file"), NULL, NULL);
    p.day = tr_app_iso_day(&app, "as-of", as_of, day);
    p.lang = tr_app_language(&app, lang);
    p.format = &tr_document_formats[format];
    if (tr_plan_form_load(&p.form, &app.profile, &err) < 0)
        tr_app_fail(&app, &err);
    else if (case_id)
        tr_draft_put(&app, &p.form, case_id, reg_path, p.path);
    else
        tr_plans_run(&p);
    tr_plan_form_clear(&p.form);
    return tr_app_end(&app);
}
