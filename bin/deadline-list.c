/* deadline-list: what is due in each case, when, and by whom. */
#include "cli/register/register.h"
#include "cli/work/deadlines.h"

static const struct tr_example examples[] = {
    {"deadline-list --as-of=2026-11-21 events.csv",
     N_("what is overdue, due and upcoming on a day")},
    {"deadline-list --as-of=2026-11-21 --format=text events.csv",
     N_("the same as text, with what is overdue first")},
    {"deadline-list --register=reg.db --bydel=3 --format=ics > frister.ics",
     N_("a district’s deadlines as a calendar")},
    {"deadline-list --as-of=2026-11-21 --plans=plan.json events.csv",
     N_("with the tasks of a move-out plan")},
    {"deadline-list --as-of=2026-11-21 --case=C-2026-014 --all events.csv",
     N_("one case from its beginning")},
    {"deadline-list --as-of=2026-11-21 --consents --referrals=cases.csv events.csv",
     N_("which consents are missing, for what, and since when")},
    {NULL},
};

int main(int argc, char **argv)
{
    struct tr_reader_options reading = {0};
    const char *as_of = NULL, *bydel = NULL, *reg_path = NULL, *role = NULL;
    struct tr_deadline_work w = {.responsible = -1, .log = {.bydel = -1, .until = TR_NO_DAY}};
    int lang = -1;
    const struct tr_option options[] = {
        {"all", .flag = &w.all, .help = N_("also list what is done, missed, passed or moot")},
        {"as-of", .arg = "DATE", .text = &as_of, .help = N_("the day of the list")},
        {"bydel", .arg = "NAME", .text = &bydel,
         .help = N_("only cases of this district; needs the referrals or the register")},
        {"case", .arg = "ID", .text = &w.log.case_id, .help = N_("only this case")},
        {"consents", .flag = &w.consents,
         .help = N_("list instead which consents are missing, and for what")},
        {"format", .choice = &w.format, .choices = tr_deadline_formats,
         .help = N_("write a table, a calendar or a document")},
        {"identity", .arg = "FILE", .text = &w.names,
         .help = N_("identities from referral-anonymise: puts names in documents and calendars")},
        {"lang", .choice = &lang, .choices = tr_lang_names,
         .help = N_("Bokmål, Nynorsk or English; by default the language of the profile")},
        {"links", .arg = "FILE", .text = &w.log.links,
         .help = N_("referrals decided to be of one person; needs the referrals")},
        {"no-cancelled", .flag = &w.no_cancelled,
         .help = N_("leave what is over out of a calendar")},
        {"output", .letter = 'o', .arg = "FILE", .text = &w.path,
         .help = N_("write to FILE instead of standard output")},
        {"plans", .arg = "FILE", .text = &w.plans,
         .help = N_("move-out plans: their tasks are listed as well")},
        {"referrals", .arg = "FILE", .text = &w.log.referrals,
         .help = N_("the referrals, for the district of each case and the day it was received")},
        {"register", .arg = "REGISTER", .text = &reg_path,
         .help = N_("take what no file is given for from the register; the default day is today")},
        {"responsible", .arg = "ROLE", .text = &role,
         .help = N_("only what this role is responsible for")},
        {NULL},
    };
    struct tr_app app = {
        .name = "deadline-list",
        .purpose = N_("list what is due in each case, when, and who is responsible"),
        .arguments = "[file]",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
        .reading = &reading,
    };
    const tr_wanted_tables wanted = {
        [TR_RECORD_REFERRAL] = &w.log.referrals, [TR_RECORD_INSTITUTION] = &w.log.institutions,
        [TR_RECORD_STAY] = &w.log.stays,         [TR_RECORD_EVENT] = &w.log.events,
        [TR_RECORD_LINK] = &w.log.links,         [TR_RECORD_PLAN] = &w.plans,
        [TR_RECORD_STAY_PLAN] = &w.stay_plans,   [TR_RECORD_MINUTES] = &w.minutes,
    };
    struct tr_register reg = {0};

    tr_app_start(&app, argc, argv);
    if (bydel && !w.log.referrals && !reg_path)
        tr_app_usage(&app, N_("--bydel needs --referrals=FILE or --register=REGISTER"), NULL, NULL);
    if (bydel)
        w.log.bydel = tr_app_code(&app, "bydel", bydel);
    if (w.log.links && !w.log.referrals && !reg_path)
        tr_app_usage(&app, N_("--links needs --referrals=FILE or --register=REGISTER"), NULL, NULL);
    if (w.consents && w.format >= TR_DEADLINE_ICS)
        tr_app_usage(&app, N_("--consents writes a table: CSV, JSON Lines, JSON or a workbook"),
                     NULL, NULL);
    if (role)
        w.responsible = tr_app_code(&app, "role", role);
    if (app.n_arguments || !reg_path)
        w.log.events = app.n_arguments ? app.arguments_given[0] : "-";
    w.plans_given = w.plans != NULL;
    w.log.hides = !w.log.referrals; /* in the office's own file the district stands for all to read */
    if (reg_path && tr_register_tables(&app, &reg, reg_path, wanted) < 0)
        goto out;
    w.as_of = tr_app_day(&app, "as-of", as_of || !reg_path ? as_of : reg.day);
    if (reg_path && as_of && !app.n_arguments)
        w.log.until = w.as_of; /* the register knows of days behind it */
    w.lang = tr_app_language(&app, lang);
    tr_deadlines_work(&app, &w);
out:
    tr_register_close(&reg);
    return tr_app_end(&app);
}
