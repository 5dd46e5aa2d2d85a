/* checklist-export: a move-out plan to edit, to check, and as a document. */
#include "cli/plans.h"
#include "cli/records.h"
#include "cli/register/register.h"
#include "domain/routine/plan_known.h"

static const struct tr_example examples[] = {
    {"checklist-export --template C-2026-014 > plan.json", N_("an empty plan to edit")},
    {"checklist-export --template C-2026-014 --register=reg.db > plan.json",
     N_("filled in from the register")},
    {"checklist-export --check plan.json", N_("what is missing; exit status 1 if anything is")},
    {"checklist-export --format=odt -o utflyttingsplan.odt plan.json",
     N_("a document to fill in together")},
    {"checklist-export --format=pdf -o planer/ plans.jsonl", N_("one file per case")},
    {NULL},
};

static int read_known(struct tr_app *app, struct tr_register *reg, const char *path,
                      struct tr_known_cases *k)
{
    const char *referrals = NULL, *institutions = NULL, *stays = NULL, *events = NULL;
    const tr_wanted_tables wanted = {
        [TR_RECORD_REFERRAL] = &referrals,
        [TR_RECORD_INSTITUTION] = &institutions,
        [TR_RECORD_STAY] = &stays,
        [TR_RECORD_EVENT] = &events,
    };

    return tr_register_tables(app, reg, path, wanted) < 0 ||
                   tr_app_records(app, &tr_case_kind, referrals, &k->cases) < 0 ||
                   tr_app_records(app, &tr_institution_kind, institutions, &k->institutions) < 0 ||
                   tr_app_stays(app, stays, &k->institutions, &k->stays) < 0 ||
                   tr_app_records(app, &tr_event_kind, events, &k->events) < 0
               ? -1
               : 0;
}

/* Writes an empty plan of the case, or one with what the register knows. */
static int write_template(struct tr_app *app, const struct tr_plan_form *form, const char *case_id,
                          const char *register_path, const char *path)
{
    struct tr_register reg = {0};
    struct tr_plan_head head;
    struct tr_plan plan = {0};
    struct tr_known_cases k = {0};
    struct tr_output output;
    struct tr_err err;
    int rc = 0;

    tr_kind_init(&tr_plan_head_kind, &head);
    head.case_id = tr_str(case_id);
    if (head.case_id.len == 0 || head.case_id.len > TR_ID_MAX)
        tr_app_usage(app, N_("‘%1’ is not the id of a case"), case_id, NULL);
    if (register_path && (rc = read_known(app, &reg, register_path, &k)) == 0 &&
        !tr_plan_head_fill(&head, &app->profile, &k)) {
        tr_err_set(&err, TR_E_NOT_IN_REGISTER, case_id, NULL, NULL);
        rc = tr_app_fail(app, &err);
    }
    if (rc == 0 && (rc = tr_plan_template(&plan, form, &head, &err)) < 0)
        tr_app_fail(app, &err);
    if (rc == 0 && (rc = tr_output_open(app, &output, path, false)) == 0) {
        tr_plan_write(&plan, &output.out);
        rc = tr_output_close(app, &output, true);
    }
    tr_plan_clear(&plan);
    tr_records_clear(&k.events);
    tr_records_clear(&k.stays);
    tr_records_clear(&k.institutions);
    tr_records_clear(&k.cases);
    tr_register_close(&reg);
    return rc;
}

int main(int argc, char **argv)
{
    const char *as_of = NULL, *case_id = NULL, *reg_path = NULL;
    struct tr_plans p = {0};
    char day[TR_DATE_LEN + 1];
    int format = 0, lang = -1;
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &as_of, .help = N_("the date of the document")},
        {"check", .flag = &p.check, .help = N_("list what is missing, as CSV")},
        {"form", .flag = &p.fields, .help = N_("with fields to fill in; HTML and PDF only")},
        {"format", .choice = &format, .choices = tr_document_names,
         .help = N_("format of the document; text by default")},
        {"lang", .choice = &lang, .choices = tr_lang_names,
         .help = N_("Bokmål, Nynorsk or English; by default the language of the profile")},
        {"output", .letter = 'o', .arg = "FILE", .text = &p.path,
         .help = N_("write to FILE instead of standard output; with DIR/, one file per case")},
        {"register", .arg = "REGISTER", .text = &reg_path,
         .help = N_("with --template: fill in what the register knows")},
        {"template", .arg = "CASE", .text = &case_id,
         .help = N_("write a plan to edit for this case")},
        {"with-identity", .flag = &p.name,
         .help = N_("also show the person’s name, if the plan has it")},
        {NULL},
    };
    struct tr_app app = {
        .name = "checklist-export",
        .purpose = N_("make a move-out plan, check it, and write it as a document"),
        .arguments = "[file ...]",
        .options = options,
        .examples = examples,
        .max_arguments = -1,
    };
    struct tr_err err;

    tr_app_start(&app, argc, argv);
    p.app = &app;
    if (reg_path && !case_id)
        tr_app_usage(&app, N_("--register is only used with --template"), NULL, NULL);
    if (case_id && (p.check || app.n_arguments))
        tr_app_usage(&app, N_("--template makes a plan and reads none"), NULL, NULL);
    if (p.fields && format != TR_DOCUMENT_HTML && format != TR_DOCUMENT_PDF)
        tr_app_usage(&app, N_("--form is for HTML and PDF; ODT and Word always have fields"), NULL,
                     NULL);
    if (case_id && tr_is_folder(p.path))
        tr_app_usage(&app, N_("--template writes one plan: name a file"), NULL, NULL);
    p.day = tr_app_iso_day(&app, "as-of", as_of, day);
    p.lang = tr_app_language(&app, lang);
    p.format = &tr_document_formats[format];
    if (tr_plan_form_load(&p.form, &app.profile, &err) < 0)
        tr_app_fail(&app, &err);
    else if (case_id)
        write_template(&app, &p.form, case_id, reg_path, p.path);
    else
        tr_plans_run(&p);
    tr_plan_form_clear(&p.form);
    return tr_app_end(&app);
}
