#include "cli/draft.h"

#include "cli/records.h"
#include "cli/register/register.h"
#include "domain/routine/event.h"

enum { FOLLOW_UP_DAYS = 28 };

struct known {
    struct tr_records cases, institutions, stays, events;
};

/* The day of the case's last event of a type; the types that the profile has under key are tried in
 * turn. */
static int32_t event_day(const struct tr_profile *p, const struct tr_records *events,
                         struct tr_str case_id, const char *key)
{
    const struct tr_list *types = tr_profile_list(p, "event_type");
    struct tr_str rest = tr_profile_value(p, key), name;
    int32_t day = TR_NO_DAY;

    while (day == TR_NO_DAY && rest.len > 0 && tr_str_part(&rest, '|', &name))
        for (uint32_t i = 0; i < events->n; i++) {
            const struct tr_event *e = tr_event(events, i);

            if (e->date > day && e->type == tr_list_code(types, name) &&
                tr_str_eq(e->case_id, case_id))
                day = e->date;
        }
    return day;
}

/* The name of the institution in which the person has lived last. */
static struct tr_str last_institution(const struct known *k, struct tr_str case_id)
{
    const struct tr_stay *last = NULL;

    for (uint32_t i = 0; i < k->stays.n; i++) {
        const struct tr_stay *stay = tr_stay(&k->stays, i);

        if (tr_str_eq(stay->referral_id, case_id) && tr_stay_lived(stay) &&
            (!last || stay->from >= last->from))
            last = stay;
    }
    return last ? tr_institution(&k->institutions, (uint32_t)last->institution)->name
                : (struct tr_str){"", 0};
}

static int read_known(struct tr_app *app, struct tr_register *reg, const char *path,
                      struct known *k)
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

static int fill(struct tr_app *app, const struct known *k, struct tr_plan_head *head)
{
    const struct tr_profile *p = &app->profile;
    int i = tr_records_find(&k->cases, head->case_id);

    if (i < 0) {
        struct tr_err err;
        char id[TR_ID_MAX + 1];

        tr_err_copy(id, sizeof id, head->case_id);
        tr_err_set(&err, TR_E_NOT_IN_REGISTER, id, NULL, NULL);
        return tr_app_fail(app, &err);
    }
    head->bydel = ((const struct tr_case *)(const void *)k->cases.record + i)->bydel;
    head->institution = last_institution(k, head->case_id);
    head->home_from = event_day(p, &k->events, head->case_id, "plan_home_from");
    head->meeting = event_day(p, &k->events, head->case_id, "plan_meeting");
    head->follow_up_meeting = event_day(p, &k->events, head->case_id, "plan_follow_up_meeting");
    if (head->follow_up_meeting == TR_NO_DAY && head->home_from != TR_NO_DAY)
        head->follow_up_meeting = tr_working_day_from(
            head->home_from + tr_profile_number(p, "follow_up_days", FOLLOW_UP_DAYS));
    return 0;
}

int tr_draft_put(struct tr_app *app, const struct tr_plan_form *form, const char *case_id,
                 const char *register_path, const char *path)
{
    struct tr_register reg = {0};
    struct tr_plan_head head;
    struct tr_plan plan = {0};
    struct known k = {0};
    struct tr_output output;
    struct tr_err err;
    int rc = 0;

    tr_kind_init(&tr_plan_head_kind, &head);
    head.case_id = tr_str(case_id);
    if (head.case_id.len == 0 || head.case_id.len > TR_ID_MAX)
        tr_app_usage(app, N_("‘%1’ is no id of a case"), case_id, NULL);
    if (register_path && (rc = read_known(app, &reg, register_path, &k)) == 0)
        rc = fill(app, &k, &head);
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
