/* deadline-list: what is due in each case, when, and by whom. */
#include "cli/casefile.h"
#include "cli/caselog.h"
#include "cli/plans.h"
#include "cli/records.h"
#include "cli/register/register.h"
#include "doc/content/agenda.h"
#include "doc/content/ics.h"
#include "domain/cases/consents.h"
#include "domain/referral/identity.h"
#include "domain/routine/plan_due.h"

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

enum { ICS = TR_N_FORMATS, DOCUMENT /* and on */ };
static const char *const formats[] = {
    [TR_FORMAT_CSV] = "csv",
    [TR_FORMAT_JSONL] = "jsonl",
    [TR_FORMAT_JSON] = "json",
    [TR_FORMAT_XLSX] = "xlsx",
    [ICS] = "ics",
    [DOCUMENT] = "text",
    "markdown",
    "html",
    "odt",
    "docx",
    "pdf",
    NULL,
};

struct list {
    enum tr_lang lang;
    int format;
    int32_t as_of;
    int32_t responsible;          /* entry of the list role; -1: any */
    uint32_t statuses;            /* bit: enum tr_deadline_status */
    const char *path;             /* NULL: standard output */
    bool consents;                /* list the consents that are missing */
    bool no_cancelled;            /* a calendar holds what is open alone */
    struct tr_records identities; /* names for documents and calendars; may be empty */
    struct tr_kept_plans plans;
    struct tr_caselog log;
    struct tr_casefile cases;
};

/* The first day of what a calendar still tells to be over. */
static int32_t over_since(const struct tr_app *app, const struct list *w)
{
    struct tr_str span = tr_profile_value(&app->profile, "calendar_over");
    struct tr_duration d = {.days = 30};

    if (w->no_cancelled)
        return INT32_MAX;
    if (span.len > 0)
        (void)tr_duration_parse(span, &d); /* profile-check tells of a wrong one */
    return tr_day_plus(w->as_of, (struct tr_duration){-d.months, -d.days, -d.working_days});
}

static void write_document(struct tr_app *app, const struct tr_records *deadlines,
                           const struct tr_routine *routine, const struct list *w)
{
    struct tr_document d;
    char iso[TR_DATE_LEN];

    tr_date_iso(tr_date_of(w->as_of), iso);
    tr_document_start(&d, &app->profile, w->lang, (struct tr_str){0},
                      tr_profile_value(&app->profile, "agency"), (struct tr_str){iso, sizeof iso});
    tr_agenda_make(&d, deadlines, routine, &w->identities, w->as_of);
    tr_document_put(app, &d, tr_document_format_find(formats[w->format]), w->path, false);
    tr_document_clear(&d);
}

static void write_list(struct tr_app *app, const struct tr_records *deadlines,
                       const struct tr_routine *routine, const struct list *w)
{
    const struct tr_calendar calendar = {w->lang, w->as_of, over_since(app, w)};
    struct tr_output output;

    if (w->format >= DOCUMENT)
        write_document(app, deadlines, routine, w);
    else if (w->format != ICS)
        tr_app_put_records(app, deadlines, (enum tr_format)w->format, w->path);
    else if (tr_output_open(app, &output, w->path, false) == 0) {
        tr_ics_write(deadlines, routine, &w->identities, &calendar, &output.out);
        tr_output_close(app, &output, true);
    }
}

/* The deadlines of the events and the plans, in order; -1: said. */
static int find(struct tr_app *app, struct tr_records *events, struct list *w,
                const struct tr_routine *routine, struct tr_records *deadlines)
{
    const struct tr_listener listener = tr_app_listener(app);
    int rc = 0;

    for (uint32_t i = 0; rc == 0 && i < w->plans.n; i++)
        rc = tr_plan_events(events, &w->plans.plan[i]);
    if (rc < 0)
        return tr_app_no_memory(app);
    if (tr_caselog_keep(app, &w->log, &w->cases, events, w->as_of) < 0)
        return -1;
    /* In some states of a case what is open is moot, so it must be known. */
    if (rc == 0)
        rc = tr_deadlines_find(deadlines, routine, events, w->as_of, w->statuses | TR_DEADLINE_OPEN,
                               &listener);
    for (uint32_t i = 0; rc == 0 && i < w->plans.n; i++)
        rc = tr_plan_deadlines(deadlines, &w->plans.plan[i], routine, w->as_of);
    if (rc < 0)
        return tr_app_no_memory(app);
    tr_cases_deadlines(&w->cases.cases, routine, w->statuses, deadlines);
    tr_deadlines_keep(deadlines, w->responsible, w->format == ICS, over_since(app, w));
    if (w->plans.n > 0)
        tr_deadlines_sort(deadlines);
    return 0;
}

/* Instead of the deadlines: what waits for consent. */
static void write_consents(struct tr_app *app, const struct tr_records *deadlines,
                           const struct tr_routine *routine, const struct list *w)
{
    struct tr_records rows = {0};
    struct tr_err err;

    if (tr_consents_find(&rows, &w->cases.cases, routine, deadlines, &err) < 0)
        tr_app_fail(app, &err);
    else
        tr_app_put_records(app, &rows, (enum tr_format)w->format, w->path);
    tr_records_clear(&rows);
}

static void find_and_write(struct tr_app *app, struct tr_records *events, struct list *w)
{
    struct tr_records deadlines = {0};
    struct tr_routine routine;
    struct tr_err err;

    if (tr_routine_load(&routine, &app->profile, &err) < 0)
        tr_app_fail(app, &err);
    else if (find(app, events, w, &routine, &deadlines) == 0)
        (w->consents ? write_consents : write_list)(app, &deadlines, &routine, w);
    tr_records_clear(&deadlines);
    tr_routine_clear(&routine);
}

/* Keeps the plans, given as a file or out of the register like the papers that have tasks as well. */
static int keep_papers(struct tr_app *app, struct tr_kept_plans *k, const char *plans, bool given,
                       const char *stay_plans, const char *minutes)
{
    k->registered = !given;
    if (tr_plans_keep(app, k, plans) < 0)
        return -1;
    k->registered = true;
    return tr_plans_keep(app, k, stay_plans) < 0 ? -1 : tr_plans_keep(app, k, minutes);
}

int main(int argc, char **argv)
{
    struct tr_reader_options reading = {0};
    const char *as_of = NULL, *bydel = NULL, *reg_path = NULL, *role = NULL;
    const char *identities = NULL, *plans = NULL, *minutes = NULL, *stay_plans = NULL;
    struct list w = {.responsible = -1, .log = {.bydel = -1, .until = TR_NO_DAY}};
    bool all = false, given;
    int lang = -1;
    const struct tr_option options[] = {
        {"all", .flag = &all, .help = N_("also list what is done, missed, passed or moot")},
        {"as-of", .arg = "DATE", .text = &as_of, .help = N_("the day of the list")},
        {"bydel", .arg = "NAME", .text = &bydel,
         .help = N_("only cases of this district; needs the referrals or the register")},
        {"case", .arg = "ID", .text = &w.log.case_id, .help = N_("only this case")},
        {"consents", .flag = &w.consents,
         .help = N_("list instead which consents are missing, and for what")},
        {"format", .choice = &w.format, .choices = formats,
         .help = N_("write a table, a calendar or a document")},
        {"identity", .arg = "FILE", .text = &identities,
         .help = N_("identities from referral-anonymise: puts names in documents and calendars")},
        {"lang", .choice = &lang, .choices = tr_lang_names,
         .help = N_("Bokmål, Nynorsk or English; by default the language of the profile")},
        {"links", .arg = "FILE", .text = &w.log.links,
         .help = N_("referrals decided to be of one person; needs the referrals")},
        {"no-cancelled", .flag = &w.no_cancelled,
         .help = N_("leave what is over out of a calendar")},
        {"output", .letter = 'o', .arg = "FILE", .text = &w.path,
         .help = N_("write to FILE instead of standard output")},
        {"plans", .arg = "FILE", .text = &plans,
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
        [TR_RECORD_LINK] = &w.log.links,         [TR_RECORD_PLAN] = &plans,
        [TR_RECORD_STAY_PLAN] = &stay_plans,     [TR_RECORD_MINUTES] = &minutes,
    };
    struct tr_records events = {0};
    struct tr_register reg = {0};

    tr_app_start(&app, argc, argv);
    if (bydel && !w.log.referrals && !reg_path)
        tr_app_usage(&app, N_("--bydel needs --referrals=FILE or --register=REGISTER"), NULL, NULL);
    if (bydel)
        w.log.bydel = tr_app_code(&app, "bydel", bydel);
    if (w.log.links && !w.log.referrals && !reg_path)
        tr_app_usage(&app, N_("--links needs --referrals=FILE or --register=REGISTER"), NULL, NULL);
    if (w.consents && w.format >= ICS)
        tr_app_usage(&app, N_("--consents writes a table: CSV, JSON Lines, JSON or a workbook"), NULL,
                     NULL);
    if (role)
        w.responsible = tr_app_code(&app, "role", role);
    if (app.n_arguments || !reg_path)
        w.log.events = app.n_arguments ? app.arguments_given[0] : "-";
    given = plans != NULL;
    if (reg_path && tr_register_tables(&app, &reg, reg_path, wanted) < 0)
        goto out;
    w.as_of = tr_app_day(&app, "as-of", as_of || !reg_path ? as_of : reg.day);
    if (reg_path && as_of && !app.n_arguments)
        w.log.until = w.as_of; /* the register knows of days behind it */
    w.lang = tr_app_language(&app, lang);
    w.statuses = TR_DEADLINE_OPEN;
    if (all || w.format == ICS) /* a calendar must be told what is over */
        w.statuses = UINT32_MAX;
    tr_records_start(&w.identities, &tr_identity_kind, &app.profile, NULL);
    w.log.identities = &w.identities;
    w.plans.bydel = w.log.bydel;
    w.plans.case_id = w.log.case_id;
    if ((!identities || tr_app_records(&app, &tr_identity_kind, identities, &w.identities) == 0) &&
        tr_caselog_read(&app, &w.log, &w.cases, &events) == 0 &&
        keep_papers(&app, &w.plans, plans, given, stay_plans, minutes) == 0)
        find_and_write(&app, &events, &w);
out:
    tr_casefile_clear(&w.cases);
    tr_plans_let_go(&w.plans);
    tr_records_clear(&w.identities);
    tr_records_clear(&events);
    tr_register_close(&reg);
    return tr_app_end(&app);
}
