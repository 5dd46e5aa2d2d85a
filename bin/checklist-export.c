/* checklist-export: a move-out plan to edit, to check, and as a document. */
#include "cli/register/register_template.h"

static const struct tr_example examples[] = {
    {"checklist-export --template C-2026-014 > plan.json", N_("an empty plan to edit")},
    {"checklist-export --template C-2026-014 --register=reg.db > plan.json",
     N_("filled in from the register")},
    {"checklist-export --paper=assessment --template C-2026-014 > assessment.json",
     N_("another paper of the routine")},
    {"checklist-export --check plan.json", N_("what is missing; exit status 1 if anything is")},
    {"checklist-export --format=odt -o utflyttingsplan.odt plan.json",
     N_("a document to fill in together")},
    {"checklist-export --format=pdf -o planer/ plans.jsonl", N_("one file per case")},
    {NULL},
};

/* Writes a paper to fill in. */
static void make_template(struct tr_app *app, const struct tr_template *t, bool opened)
{
    size_t length = strlen(t->case_id);

    if (length == 0 || length > TR_ID_MAX)
        tr_app_usage(app, N_("‘%1’ is not the id of a case"), t->case_id, NULL);
    if (opened != (t->reason && *t->reason) || (opened && !t->register_path))
        tr_app_usage(app, N_("--with-identity and --reason are used together, with --register"), NULL,
                     NULL);
    tr_register_check_reason(app, t->reason);
    tr_template_write(app, t);
}

int main(int argc, char **argv)
{
    struct tr_template t = {.paper = TR_PAPER_PLAN};
    struct tr_plans p = {0};
    int format = -1, lang = -1, paper = -1;
    const char *as_of = NULL;
    char day[TR_DATE_LEN + 1];
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &as_of, .help = N_("the date of the document")},
        {"begin", .arg = "FILE", .text = &t.begin,
         .help = N_("with --template: papers from which it begins")},
        {"check", .flag = &p.check, .help = N_("list what is missing, as CSV")},
        {"form", .flag = &p.fields, .help = N_("with fields to fill in; HTML and PDF only")},
        {"format", .choice = &format, .choices = tr_document_names,
         .help = N_("format of the document; text by default")},
        {"key", .arg = "FILE", .text = &t.key_path, .help = N_("the register’s key")},
        {"lang", .choice = &lang, .choices = tr_lang_names,
         .help = N_("Bokmål, Nynorsk or English; by default the language of the profile")},
        {"output", .letter = 'o', .arg = "FILE", .text = &p.path,
         .help = N_("write to FILE instead of standard output; with DIR/, one file per case")},
        {"paper", .choice = &paper, .choices = tr_paper_names,
         .help = N_("with --template: which paper of the routine; the move-out plan by default")},
        {"reason", .arg = "TEXT", .text = &t.reason, .help = N_("the reason, which is logged")},
        {"register", .arg = "REGISTER", .text = &t.register_path,
         .help = N_("with --template: fill in what the register knows")},
        {"template", .arg = "CASE", .text = &t.case_id,
         .help = N_("write a plan to edit for this case")},
        {"with-identity", .flag = &p.name,
         .help = N_("also show the person’s name, if the plan has it; with --template, begin from what "
                    "the register has under seal")},
        {NULL},
    };
    struct tr_app app = {
        .name = "checklist-export",
        .purpose = N_("make a paper of the routine, check it, and write it as a document"),
        .arguments = "[file ...]",
        .options = options,
        .examples = examples,
        .max_arguments = -1,
    };
    struct tr_err err;

    tr_app_start(&app, argc, argv);
    p.app = &app;
    if ((t.register_path || t.begin || paper >= 0 || t.reason || t.key_path) && !t.case_id)
        tr_app_usage(&app, N_("--paper, --begin and --register are only used with --template"), NULL,
                     NULL);
    if (t.case_id && (p.check || app.n_arguments))
        tr_app_usage(&app, N_("--template makes a plan and reads none"), NULL, NULL);
    if (t.case_id && format >= 0)
        tr_app_usage(&app, N_("--template writes JSON; --format is for documents"), NULL, NULL);
    if (p.fields && (p.check || t.case_id))
        tr_app_usage(&app, N_("--form is for documents, not for --check or --template"), NULL, NULL);
    if (p.fields)
        tr_app_form_format(&app, format < 0 ? "" : tr_document_names[format]);
    if (t.case_id && tr_is_folder(p.path))
        tr_app_usage(&app, N_("--template writes one plan: name a file"), NULL, NULL);
    p.day = tr_app_iso_day(&app, "as-of", as_of, day);
    p.lang = tr_app_language(&app, lang);
    p.format = &tr_document_formats[format < 0 ? TR_DOCUMENT_TEXT : format];
    t.forms = &p.forms;
    t.path = p.path;
    t.day = p.day;
    if (paper >= 0)
        t.paper = (enum tr_paper)paper;
    if (tr_paper_forms_load(&p.forms, &app.profile, &err) < 0)
        tr_app_fail(&app, &err);
    else if (t.case_id)
        make_template(&app, &t, p.name);
    else
        tr_plans_run(&p);
    tr_paper_forms_clear(&p.forms);
    return tr_app_end(&app);
}
