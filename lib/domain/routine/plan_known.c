#include "domain/routine/plan_known.h"

#include "domain/referral/identity.h"

enum { FOLLOW_UP_DAYS = 28 };

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
static struct tr_str last_institution(const struct tr_known_cases *k, struct tr_str case_id)
{
    const struct tr_stay *last = NULL;

    for (uint32_t i = 0; i < k->stays.n; i++) {
        const struct tr_stay *stay = tr_stay(&k->stays, i);

        if (tr_str_eq(stay->referral_id, case_id) && tr_stay_lived(stay) &&
            (!last || stay->from >= last->from))
            last = stay;
    }
    return last && last->institution >= 0 ? tr_institution(&k->institutions, (uint32_t)last->institution)->name
                : (struct tr_str){"", 0};
}

bool tr_plan_head_fill(struct tr_plan_head *head, const struct tr_profile *p,
                       const struct tr_known_cases *k)
{
    int i = tr_records_find(&k->cases, head->case_id);
    const struct tr_case *c;

    if (i < 0)
        return false;
    c = tr_case(&k->cases, (uint32_t)i);
    head->protection = c->protection;
    if (!tr_protects(p, c->protection))
        head->bydel = c->bydel;
    head->institution = last_institution(k, head->case_id);
    head->home_from = event_day(p, &k->events, head->case_id, "plan_home_from");
    head->meeting = event_day(p, &k->events, head->case_id, "plan_meeting");
    head->follow_up_meeting = event_day(p, &k->events, head->case_id, "plan_follow_up_meeting");
    if (head->follow_up_meeting == TR_NO_DAY && head->home_from != TR_NO_DAY)
        head->follow_up_meeting = tr_working_day_from(
            head->home_from + tr_profile_number(p, "follow_up_days", FOLLOW_UP_DAYS));
    return true;
}
