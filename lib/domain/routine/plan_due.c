#include "domain/routine/plan_due.h"

#include "base/date.h"

/* A task of an item, and its place among those. */
struct at {
    const struct tr_plan *plan;
    const struct tr_plan_item *item;
    struct tr_task *task;
    uint32_t place;
};

static struct tr_str step_of(struct tr_records *deadlines, const struct at *at)
{
    struct tr_buf code = {0};
    char iso[TR_DATE_LEN];
    struct tr_str kept;

    tr_buf_text(&code, tr_paper_names[at->plan->form->paper]);
    if (at->plan->form->a_day && tr_plan_day(at->plan) != TR_NO_DAY) {
        tr_date_iso(tr_date_of(tr_plan_day(at->plan)), iso);
        tr_buf_char(&code, '/');
        tr_buf_add(&code, iso, sizeof iso);
    }
    tr_buf_char(&code, '/');
    tr_buf_str(&code, at->item->point);
    tr_buf_char(&code, '/');
    tr_buf_str(&code, at->item->item);
    if (at->item->kind == TR_ITEM_TASKS) {
        tr_buf_char(&code, '/');
        tr_buf_num(&code, at->place + 1);
    }
    kept = tr_arena_copy(&deadlines->text, tr_buf_slice(&code));
    deadlines->text.failed |= code.failed;
    tr_buf_clear(&code);
    return kept;
}

/* Closed at the follow-up meeting, it is over, done or not. */
static enum tr_deadline_status status_of(const struct at *at, int32_t notice_on, int32_t as_of)
{
    const struct tr_plan_form *form = at->plan->form;
    const struct tr_task *task = at->task;

    if (task->status >= 0 && task->status != form->open)
        return tr_str_is(form->statuses->entry[task->status].code, "done") ? TR_DEADLINE_DONE
                                                                           : TR_DEADLINE_MOOT;
    if (task->follow_up >= 0 && tr_str_is(form->follow_ups->entry[task->follow_up].code, "closed"))
        return TR_DEADLINE_MOOT;
    return tr_deadline_open_status(task->due, notice_on, as_of);
}

static int add(struct tr_records *deadlines, const struct at *at, const struct tr_routine *routine,
               int32_t as_of)
{
    const struct tr_plan_head *head = tr_plan_head(at->plan);
    const struct tr_duration n = routine->notice;
    struct tr_task *task = at->task;
    struct tr_deadline *d;

    if (task->due == TR_NO_DAY && task->status < 0)
        return 0; /* a line of the form that nobody has filled in */
    d = tr_records_add(deadlines, 0);
    if (!d)
        return -1;
    for (int l = 0; l < TR_N_LANGS; l++)
        task->shown[l] = task->task.len > 0 ? task->task : at->item->label[l];
    d->case_id = head->case_id;
    d->step = step_of(deadlines, at);
    d->due = d->due_working_day = task->due;
    d->responsible = task->responsible;
    d->since = tr_plan_day(at->plan);
    d->label = task->shown;
    d->number = routine->n_steps + (uint32_t)(at->item - at->plan->form->item);
    d->instance = at->place + 1;
    d->notice_on =
        tr_day_plus(task->due, (struct tr_duration){-n.months, -n.days, -n.working_days});
    d->is = status_of(at, d->notice_on, as_of);
    d->status = routine->status[d->is];
    d->late = d->is == TR_DEADLINE_OVERDUE ? as_of - task->due : -1;
    d->changes = 1;
    d->changed_on = d->since != TR_NO_DAY ? d->since : task->due;
    d->over_on = TR_DEADLINE_OPEN >> d->is & 1 ? TR_NO_DAY : task->due;
    return 0;
}

int tr_plan_deadlines(struct tr_records *deadlines, struct tr_plan *plan,
                      const struct tr_routine *routine, int32_t as_of)
{
    const struct tr_plan_form *form = plan->form;

    for (uint32_t i = 0; i < form->n; i++)
        for (uint32_t k = 0; k < plan->value[i].n_tasks && tr_plan_applies(plan, i); k++) {
            const struct at at = {plan, &form->item[i],
                                  tr_task(plan, plan->value[i].first_task + k), k};

            if (add(deadlines, &at, routine, as_of) < 0)
                return -1;
        }
    return deadlines->text.failed ? -1 : 0;
}

int tr_plan_events(struct tr_records *events, const struct tr_plan *plan)
{
    const struct tr_plan_head *head = tr_plan_head(plan);
    int32_t type = tr_event_taken_from(events->profile, "home_from");
    struct tr_event *e;

    if (plan->form->paper != TR_PAPER_PLAN || type < 0 || head->home_from == TR_NO_DAY ||
        head->meeting == TR_NO_DAY)
        return 0;
    for (uint32_t i = 0; i < events->n; i++)
        if (tr_event(events, i)->type == type &&
            tr_str_eq(tr_event(events, i)->case_id, head->case_id))
            return 0;
    e = tr_records_add(events, 0);
    if (!e)
        return -1;
    e->case_id = head->case_id;
    e->date = head->meeting;
    e->type = type;
    e->until = head->home_from;
    return 0;
}
