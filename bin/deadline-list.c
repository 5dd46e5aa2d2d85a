/* deadline-list: what is due in each case, when, and by whom. */
#include "cli/caselog.h"
#include "cli/deadlines.h"
#include "cli/register/register.h"
#include "domain/referral/identity.h"

static const struct tr_example examples[] = {
    {"deadline-list --as-of=2026-11-21 events.csv",
     N_("what is overdue, due and upcoming that day")},
    {"deadline-list --as-of=2026-11-21 --format=text events.csv",
     N_("the same to read, what is overdue first")},
    {"deadline-list --register=reg.db --bydel=3 --format=ics > frister.ics",
     N_("a district’s deadlines as a calendar")},
    {"deadline-list --as-of=2026-11-21 --case=C-2026-014 --all events.csv",
     N_("one case from its beginning")},
    {NULL},
};

int main(int argc, char **argv)
{
    struct tr_reader_options reading = {0};
    const char *as_of = NULL, *bydel = NULL, *reg_path = NULL, *role = NULL;
    const char *identities = NULL;
    struct tr_caselog files = {.bydel = -1, .until = TR_NO_DAY};
    struct tr_deadline_list w = {.responsible = -1};
    bool all = false;
    int lang = -1;
    const struct tr_option options[] = {
        {"all", .flag = &all, .help = N_("what is done, missed or moot, too")},
        {"as-of", .arg = "DATE", .text = &as_of, .help = N_("the day that the list is about")},
        {"bydel", .arg = "NAME", .text = &bydel,
         .help = N_("cases of this district only; wants the referrals or the register")},
        {"case", .arg = "ID", .text = &files.case_id, .help = N_("this case only")},
        {"format", .choice = &w.format, .choices = tr_deadline_formats,
         .help = N_("write CSV, JSON Lines, a calendar, or a document")},
        {"identity", .arg = "FILE", .text = &identities,
         .help =
             N_("who they are, as referral-anonymise keeps it: names in documents and calendars")},
        {"lang", .choice = &lang, .choices = tr_lang_names,
         .help = N_("in Bokmål, Nynorsk or English; the profile’s by default")},
        {"output", .letter = 'o', .arg = "FILE", .text = &w.path,
         .help = N_("write to FILE instead of standard output")},
        {"referrals", .arg = "FILE", .text = &files.referrals,
         .help = N_("the referrals, which tell each case’s district and when it was received")},
        {"register", .arg = "REGISTER", .text = &reg_path,
         .help = N_("take what is not given from the register; the day is today by default")},
        {"responsible", .arg = "ROLE", .text = &role,
         .help = N_("what this role is responsible for only")},
        {NULL},
    };
    struct tr_app app = {
        .name = "deadline-list",
        .purpose = N_("what is due in each case, when, and by whom"),
        .arguments = "[file]",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
        .reading = &reading,
    };
    const tr_wanted_tables wanted = {
        [TR_RECORD_REFERRAL] = &files.referrals,
        [TR_RECORD_INSTITUTION] = &files.institutions,
        [TR_RECORD_STAY] = &files.stays,
        [TR_RECORD_EVENT] = &files.events,
    };
    struct tr_records events = {0};
    struct tr_register reg = {0};

    tr_app_start(&app, argc, argv);
    if (bydel && !files.referrals && !reg_path)
        tr_app_usage(&app, N_("--bydel needs --referrals=FILE or --register=REGISTER"), NULL, NULL);
    if (bydel)
        files.bydel = tr_app_code(&app, "bydel", bydel);
    if (role)
        w.responsible = tr_app_code(&app, "role", role);
    if (app.n_arguments || !reg_path)
        files.events = app.n_arguments ? app.arguments_given[0] : "-";
    if (reg_path && tr_register_tables(&app, &reg, reg_path, wanted) < 0)
        goto out;
    w.as_of = tr_app_day(&app, "as-of", as_of || !reg_path ? as_of : reg.day);
    if (reg_path && as_of && !app.n_arguments)
        files.until = w.as_of; /* the register knows of days behind it */
    w.lang = tr_app_language(&app, lang);
    w.statuses = TR_DEADLINE_OPEN;
    if (all || w.format == TR_DEADLINE_FORMAT_ICS) /* a calendar must be told what is over */
        w.statuses = UINT32_MAX;
    if (tr_caselog_read(&app, &files, &events) == 0 &&
        (!identities || tr_app_records(&app, &tr_identity_kind, identities, &w.identities) == 0))
        tr_deadline_list_put(&app, &events, &w);
out:
    tr_records_clear(&w.identities);
    tr_records_clear(&events);
    tr_register_close(&reg);
    return tr_app_end(&app);
}
