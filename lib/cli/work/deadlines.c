#include "cli/work/deadlines.h"

#include "doc/content/agenda.h"
#include "doc/content/ics.h"
#include "domain/cases/consents.h"
#include "domain/referral/identity.h"
#include "domain/routine/plan_due.h"
#include "cli/app/output.h"
#include "cli/writing/behind.h"
#include "cli/writing/documents.h"

enum { ICS = TR_DEADLINE_ICS, DOCUMENT /* and on */ };

const char *const tr_deadline_formats[] = {
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

/* The first day of what a calendar still tells to be over. */
static int32_t over_since(const struct tr_app *app, const struct tr_deadline_work *w)
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
                           const struct tr_routine *routine, const struct tr_deadline_work *w)
{
    struct tr_document d;
    char iso[TR_DATE_LEN];

    tr_date_iso(tr_date_of(w->as_of), iso);
    tr_document_start(&d, &app->profile, w->lang, (struct tr_str){0},
                      tr_profile_value(&app->profile, "agency"), (struct tr_str){iso, sizeof iso});
    tr_agenda_make(&d, deadlines, routine, &w->identities, w->as_of);
    tr_document_put(app, &d, tr_document_format_find(tr_deadline_formats[w->format]), w->path,
                    false);
    tr_document_clear(&d);
}

static void write_list(struct tr_app *app, const struct tr_records *deadlines,
                       const struct tr_routine *routine, const struct tr_deadline_work *w)
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
static int find(struct tr_app *app, struct tr_records *events, struct tr_deadline_work *w,
                const struct tr_routine *routine, struct tr_records *deadlines)
{
    const struct tr_listener listener = tr_app_listener(app);
    int rc = 0;

    for (uint32_t i = 0; rc == 0 && i < w->kept.n; i++)
        rc = tr_plan_events(events, &w->kept.plan[i]);
    if (rc < 0)
        return tr_app_no_memory(app);
    if (tr_caselog_keep(app, &w->log, &w->cases, events, w->as_of) < 0)
        return -1;
    /* In some states of a case what is open is moot, so it must be known. */
    if (rc == 0)
        rc = tr_deadlines_find(deadlines, routine, events, w->as_of, w->statuses | TR_DEADLINE_OPEN,
                               &listener);
    for (uint32_t i = 0; rc == 0 && i < w->kept.n; i++)
        rc = tr_plan_deadlines(deadlines, &w->kept.plan[i], routine, w->as_of);
    if (rc < 0)
        return tr_app_no_memory(app);
    tr_cases_deadlines(&w->cases.cases, routine, w->statuses, deadlines);
    tr_deadlines_keep(deadlines, w->responsible, w->format == ICS, over_since(app, w));
    if (w->kept.n > 0)
        tr_deadlines_sort(deadlines);
    return 0;
}

/* Instead of the deadlines: what waits for consent. */
static void write_consents(struct tr_app *app, const struct tr_records *deadlines,
                           const struct tr_routine *routine, const struct tr_deadline_work *w)
{
    struct tr_records rows = {0};
    struct tr_err err;

    if (tr_consents_find(&rows, &w->cases.cases, routine, deadlines, &err) < 0)
        tr_app_fail(app, &err);
    else
        tr_app_put_records(app, &rows, (enum tr_format)w->format, w->path);
    tr_records_clear(&rows);
}

/* A table of which each case is written when it is found, so that the deadlines of all are never in
 * memory. */
struct listing {
    const struct tr_deadline_work *w;
    const struct tr_routine *routine;
    struct tr_behind behind;
};

static int write_case(void *cookie, struct tr_records *deadlines)
{
    struct listing *l = cookie;

    tr_cases_deadlines(&l->w->cases.cases, l->routine, l->w->statuses, deadlines);
    tr_deadlines_keep(deadlines, l->w->responsible, false, 0);
    tr_behind_put(&l->behind, deadlines->record, deadlines->n);
    return 0;
}

static void write_each(struct tr_app *app, struct tr_records *events, struct tr_deadline_work *w,
                       const struct tr_routine *routine)
{
    const struct tr_listener listener = tr_app_listener(app);
    struct listing l = {.w = w, .routine = routine};
    const struct tr_deadline_taker taker = {write_case, &l};
    struct tr_output output;
    int rc;

    if (tr_caselog_keep(app, &w->log, &w->cases, events, w->as_of) < 0 ||
        tr_output_table(app, &output, w->path, false, (enum tr_format)w->format) < 0)
        return;
    tr_behind_start(&l.behind, &tr_deadline_kind, &app->profile, (enum tr_format)w->format,
                    &output.out);
    rc = tr_deadlines_each(routine, events, w->as_of, w->statuses | TR_DEADLINE_OPEN, &listener, &taker);
    tr_behind_end(&l.behind);
    if (rc < 0)
        tr_app_no_memory(app);
    tr_output_close(app, &output, rc == 0);
}

static void find_and_write(struct tr_app *app, struct tr_records *events,
                           struct tr_deadline_work *w)
{
    struct tr_records deadlines = {0};
    struct tr_routine routine;
    struct tr_err err;

    if (tr_routine_load(&routine, &app->profile, &err) < 0)
        tr_app_fail(app, &err);
    else if (w->format < ICS && !w->consents && w->kept.n == 0)
        write_each(app, events, w, &routine);
    else if (find(app, events, w, &routine, &deadlines) == 0)
        (w->consents ? write_consents : write_list)(app, &deadlines, &routine, w);
    tr_records_clear(&deadlines);
    tr_routine_clear(&routine);
}

/* Keeps the plans, given as a file or out of the register like the papers that have tasks as well.
 */
static int keep_papers(struct tr_app *app, struct tr_deadline_work *w)
{
    struct tr_kept_plans *k = &w->kept;

    k->bydel = w->log.bydel;
    k->case_id = w->log.case_id;
    k->registered = !w->plans_given;
    if (tr_plans_keep(app, k, w->plans) < 0)
        return -1;
    k->registered = true;
    return tr_plans_keep(app, k, w->stay_plans) < 0 ? -1 : tr_plans_keep(app, k, w->minutes);
}

static int read_all(struct tr_app *app, struct tr_deadline_work *w, struct tr_records *events)
{
    const struct tr_listener heard = tr_app_listener(app);

    tr_records_start(&w->identities, &tr_identity_kind, &app->profile, NULL);
    w->log.identities = &w->identities;
    w->log.each = true;
    w->log.fields = UINT64_C(1) << TR_F_PROTECTION | UINT64_C(1) << TR_F_CONSENT_BY |
                    (w->log.bydel >= 0 ? UINT64_C(1) << TR_F_BYDEL : 0);
    if (w->names && tr_app_records(app, &tr_identity_kind, w->names, &w->identities) < 0)
        return -1;
    tr_identities_hear(&w->identities, &heard);
    return tr_caselog_read(app, &w->log, &w->cases, events, w->as_of) < 0 ? -1 : keep_papers(app, w);
}

void tr_deadlines_work(struct tr_app *app, struct tr_deadline_work *w)
{
    struct tr_records events = {0};

    if (w->all || w->format == ICS) /* a calendar must be told what is over */
        w->statuses = UINT32_MAX;
    else
        w->statuses = TR_DEADLINE_OPEN;
    if (read_all(app, w, &events) == 0)
        find_and_write(app, &events, w);
    tr_casefile_clear(&w->cases);
    tr_plans_let_go(&w->kept);
    tr_records_clear(&w->identities);
    tr_records_clear(&events);
}
