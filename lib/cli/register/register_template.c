#include "cli/register/register_template.h"

#include "base/date.h"
#include "cli/app/memory_table.h"
#include "cli/input/caselog.h"
#include "cli/input/records.h"
#include "domain/routine/plan_known.h"

/* ---- the register ---- */

/* Opens it: to write, with a key that is needed, when the look at what is under seal is logged. */
static int open_register(struct tr_app *app, const struct tr_template *t, struct tr_register *r)
{
    if (t->reason)
        return tr_register_open_to_look(app, r, t->register_path, t->key_path);
    return tr_register_open(app, r, t->register_path, TR_STORE_READ, NULL) < 0
               ? -1
               : tr_register_key_at_hand(r, t->key_path);
}

static int read_known(struct tr_app *app, struct tr_register *reg, struct tr_known_cases *k)
{
    const char *referrals = NULL, *institutions = NULL, *stays = NULL, *events = NULL;
    const tr_wanted_tables wanted = {
        [TR_RECORD_REFERRAL] = &referrals,
        [TR_RECORD_INSTITUTION] = &institutions,
        [TR_RECORD_STAY] = &stays,
        [TR_RECORD_EVENT] = &events,
    };

    return tr_register_read_tables(reg, wanted) < 0 ||
                   tr_app_records(app, &tr_case_kind, referrals, &k->cases) < 0 ||
                   tr_app_records(app, &tr_institution_kind, institutions, &k->institutions) < 0 ||
                   tr_app_stays(app, stays, &k->institutions, tr_app_day(app, "today", reg->day),
                                &k->stays) < 0 ||
                   tr_app_records(app, &tr_event_kind, events, &k->events) < 0
               ? -1
               : 0;
}

static void clear_known(struct tr_known_cases *k)
{
    tr_records_clear(&k->events);
    tr_records_clear(&k->stays);
    tr_records_clear(&k->institutions);
    tr_records_clear(&k->cases);
}

/* Fills in the head from the records of the case. */
static int know(struct tr_app *app, const struct tr_template *t, struct tr_known_cases *k,
                struct tr_register *reg, struct tr_plan_head *head)
{
    struct tr_err err;

    if (read_known(app, reg, k) < 0)
        return -1;
    if (tr_plan_head_fill(head, &app->profile, k))
        return 0;
    tr_err_set(&err, TR_E_NOT_IN_REGISTER, t->case_id, NULL, NULL);
    return tr_app_fail(app, &err);
}

/* The register, opened once: what it knows of the case, and with a reason its papers, of which there
 * may be none. -1: said. */
static int ask_register(struct tr_app *app, const struct tr_template *t, struct tr_known_cases *k,
                        struct tr_register *reg, struct tr_plan_head *head, const char **papers)
{
    if (open_register(app, t, reg) < 0 || know(app, t, k, reg, head) < 0)
        return -1;
    if (t->reason && !(*papers = tr_register_opened_papers(reg, t->case_id, TR_RECORD_ASSESSMENT,
                                                           TR_RECORD_PLAN, false, t->reason)))
        return -1;
    if (*papers && tr_memory_table_is_empty(*papers))
        *papers = NULL;
    tr_register_done(reg);
    return 0;
}

/* ---- what it begins from ---- */

static int begin_from(struct tr_app *app, const struct tr_template *t, const char *path,
                      bool registered, struct tr_plan *plan)
{
    struct tr_kept_plans earlier = {
        .bydel = -1, .case_id = t->case_id, .registered = registered};
    int rc = tr_plans_keep(app, &earlier, path);

    if (rc == 0)
        tr_paper_begin(plan, earlier.plan, earlier.n);
    tr_plans_let_go(&earlier);
    return rc;
}

int tr_template_write(struct tr_app *app, const struct tr_template *t)
{
    const struct tr_plan_form *form = &t->forms->form[t->paper];
    struct tr_register reg = {0};
    struct tr_known_cases known = {0};
    const char *papers = NULL;
    struct tr_plan plan = {0};
    struct tr_plan_head head;
    struct tr_output output;
    struct tr_err err;
    int rc = tr_paper_is_there(form, &err) ? 0 : tr_app_fail(app, &err);

    tr_plan_head_init(form, &head);
    head.case_id = tr_str(t->case_id);
    if (rc == 0 && t->register_path)
        rc = ask_register(app, t, &known, &reg, &head, &papers);
    if (rc == 0 && t->day)
        head.date = tr_app_day(app, "as-of", t->day);
    if (rc == 0 && (rc = tr_plan_template(&plan, form, &head, &err)) < 0)
        tr_app_fail(app, &err);
    if (rc == 0 && t->begin)
        rc = begin_from(app, t, t->begin, false, &plan);
    if (rc == 0 && papers)
        rc = begin_from(app, t, papers, true, &plan);
    if (rc == 0 && (rc = tr_output_open(app, &output, t->path, false)) == 0) {
        output.secret = t->reason != NULL;
        tr_plan_write(&plan, &output.out);
        rc = tr_output_close(app, &output, true);
    }
    tr_plan_clear(&plan);
    clear_known(&known);
    tr_register_close(&reg);
    return rc;
}
