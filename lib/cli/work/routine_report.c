#include "cli/work/routine_report.h"

#include <stdio.h>

#include "cli/writing/reporting.h"
#include "domain/flow/duties.h"

const char *const tr_routine_report_names[] = {
    [TR_REPORT_DUTIES] = "duties",
    [TR_REPORT_WAITS] = "waits",
    [TR_REPORT_CURVE] = "curve",
    [TR_REPORT_LONGEST] = "longest",
    NULL,
};

/* What count_case needs. */
struct counting {
    const struct tr_cases *cases;
    struct tr_routine routine;
    struct tr_duties duties;
};

static int count_case(void *cookie, struct tr_records *deadlines)
{
    struct counting *k = cookie;

    tr_cases_deadlines(k->cases, &k->routine, TR_DUTIES_COUNTED, deadlines);
    return tr_duties_take(&k->duties, deadlines);
}

/* Counts the duties, as deadline-list --all has them. */
static int count_duties(struct tr_app *app, struct tr_records *events, struct tr_routine_report *r,
                        struct tr_flow_groups *groups, struct tr_figures *out)
{
    const struct tr_listener listener = tr_app_listener(app);
    const struct tr_duties_choice choice = {r->since, r->as_of, tr_app_language(app, r->lang),
                                            r->whole};
    struct counting k = {.cases = &r->cases.cases,
                         .duties = {.routine = &k.routine, .groups = groups, .choice = &choice}};
    const struct tr_deadline_taker taker = {count_case, &k};
    struct tr_err err;
    int rc = tr_routine_load(&k.routine, &app->profile, &err);

    if (rc == 0 && tr_deadlines_each(&k.routine, events, r->as_of, TR_DUTIES_COUNTED, &listener,
                                     &taker) < 0)
        rc = tr_err_memory(&err);
    if (rc == 0)
        rc = tr_duties_count(out, &k.duties, &err);
    tr_duties_clear(&k.duties);
    tr_routine_clear(&k.routine);
    return rc < 0 ? tr_app_fail(app, &err) : 0;
}

/* A wait is of a referral, so that who has two of them may wait twice: said, as elsewhere one of them counts. */
static void say_persons(const struct tr_app *app, const struct tr_cases *cases)
{
    char number[16];
    uint32_t n = 0;

    for (uint32_t i = 0; i < cases->n; i++)
        n += cases->at[i].person != (int32_t)i;
    snprintf(number, sizeof number, "%lu", (unsigned long)n);
    if (n > 0)
        tr_app_note(app, N_("further referrals of persons who have one, each with waits of its own: %1"), number,
                    NULL);
}

static int tell_waits(struct tr_app *app, const struct tr_records *events,
                      struct tr_routine_report *r, struct tr_flow_groups *groups,
                      struct tr_figures *out)
{
    struct tr_err err;
    uint32_t few = 0;
    int rc;

    r->waits.cases = &r->cases.cases;
    rc = r->what == TR_REPORT_WAITS ? tr_waits_table(out, events, groups, &r->waits, &few, &err)
         : r->what == TR_REPORT_CURVE
             ? tr_waits_curves(out, events, groups, &r->waits, &few, &err)
             : tr_waits_longest(out, events, groups, &r->waits, &err);

    if (rc < 0)
        return tr_app_fail(app, &err);
    tr_report_say_few(app, few);
    say_persons(app, &r->cases.cases);
    return 0;
}

static void report(struct tr_app *app, struct tr_records *events, struct tr_routine_report *r)
{
    struct tr_figures out = {0};
    struct tr_flow_groups groups;

    if (tr_flow_groups_init(&groups, (enum tr_flow_by)r->by, &r->cases.referrals, &r->stays) < 0)
        tr_app_no_memory(app);
    else if ((r->what == TR_REPORT_DUTIES ? count_duties(app, events, r, &groups, &out)
                                          : tell_waits(app, events, r, &groups, &out)) == 0)
        tr_report_write(app, &out, (enum tr_format)r->format, r->path);
    tr_figures_clear(&out);
    tr_flow_groups_clear(&groups);
}

/* The one wait asked for, or those of the profile; ends the process on wrong usage. -1: said. */
static int choose_waits(struct tr_app *app, struct tr_routine_report *r)
{
    struct tr_err err;

    if (!r->from != !r->to || (r->from && r->what == TR_REPORT_DUTIES))
        tr_app_usage(app, N_("--from and --to go together, and with waits"), NULL, NULL);
    r->waits.since = r->since;
    r->waits.as_of = r->as_of;
    r->waits.whole = r->whole;
    if (tr_waits_load(&r->waits, &app->profile, &err) < 0)
        return tr_app_fail(app, &err);
    if (r->from) {
        r->waits.n = 1;
        r->waits.pair[0] = (struct tr_wait_pair){tr_app_code(app, "event_type", r->from),
                                                 tr_app_code(app, "event_type", r->to)};
    }
    return 0;
}

void tr_routine_report_run(struct tr_app *app, struct tr_routine_report *r)
{
    struct tr_records events = {0};

    r->log.until = r->as_of;
    r->log.kept_stays = &r->stays;
    r->log.history = true;
    r->log.fields = r->by == TR_FLOW_BYDEL ? UINT64_C(1) << TR_F_BYDEL : 0;
    if (choose_waits(app, r) == 0 && tr_caselog_read(app, &r->log, &r->cases, &events, r->as_of) == 0 &&
        tr_caselog_keep(app, &r->log, &r->cases, &events, r->as_of) == 0)
        report(app, &events, r);
    tr_casefile_clear(&r->cases);
    tr_records_clear(&r->stays);
    tr_records_clear(&events);
}
