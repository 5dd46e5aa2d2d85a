#include <stdio.h>

#include "base/text.h"
#include "domain/routine/plan_own.h"

#include "domain/referral/identity.h"

#define AT(member) offsetof(struct tr_missing, member)

static const struct tr_member missing_members[] = {
    {"case_id", TR_M_ID, .at = AT(case_id)}, {"point", TR_M_TEXT, .at = AT(point)},
    {"item", TR_M_TEXT, .at = AT(item)},     {"what", TR_M_TEXT, .at = AT(what)},
    {"text", TR_M_TEXT, .at = AT(text)},
};

const struct tr_kind tr_missing_kind = {
    .name = "missing",
    .member = missing_members,
    .n_members = sizeof missing_members / sizeof *missing_members,
    .size = sizeof(struct tr_missing),
};

bool tr_plan_applies(const struct tr_plan *p, uint32_t item)
{
    const struct tr_plan_item *it = &p->form->item[item];
    int32_t answer = it->when < 0 ? -1 : p->value[it->when].number;

    return answer < 0 || (answer == 1) == it->when_yes;
}

struct lacking {
    const struct tr_plan *p;
    enum tr_lang lang;
    struct tr_records *out;
    uint32_t point; /* the current point: a number of an item */
    bool failed;
};

/* A sentence such as "4. Before moving in: Order electricity: who does it?" */
static void lack(struct lacking *l, uint32_t item, struct tr_str label, enum tr_lack what)
{
    static const char *const names[TR_N_LACKS] = {"value", "status", "responsible", "due"};
    static const char *const keys[TR_N_LACKS] = {"plan.missing.item", "plan.missing.status",
                                                 "plan.missing.responsible", "plan.missing.due"};
    const struct tr_plan_item *it = &l->p->form->item[item];
    const struct tr_fill fills[] = {
        {"point", l->p->form->item[l->point].label[l->lang]}, {"item", label}, {NULL, {0}}};
    struct tr_missing *m = tr_records_add(l->out, 0);
    struct tr_buf text = {0};

    if (!m) {
        l->failed = true;
        return;
    }
    tr_text_fill(tr_profile_text(l->p->form->profile, keys[what], l->lang), fills, &text);
    m->case_id = tr_arena_copy(&l->out->text, tr_plan_head(l->p)->case_id);
    m->point = it->point;
    m->item = it->item;
    m->what = tr_str(names[what]);
    m->text = tr_arena_copy(&l->out->text, tr_buf_slice(&text));
    m->of = l->p->form->item[l->point].label[l->lang];
    m->label = tr_arena_copy(&l->out->text, label);
    l->failed |= text.failed;
    tr_buf_clear(&text);
}

static void check_task(struct lacking *l, uint32_t item, const struct tr_task *task)
{
    const struct tr_plan_item *it = &l->p->form->item[item];
    struct tr_str label = task->task.len > 0 ? task->task : it->label[l->lang];

    if (it->kind == TR_ITEM_TASKS && task->task.len == 0)
        lack(l, item, label, TR_LACK_VALUE);
    if (task->status < 0)
        lack(l, item, label, TR_LACK_STATUS);
    if (task->status == l->p->form->open && task->responsible < 0)
        lack(l, item, label, TR_LACK_RESPONSIBLE);
    if (task->status == l->p->form->open && task->due == TR_NO_DAY)
        lack(l, item, label, TR_LACK_DUE);
}

static void check_item(struct lacking *l, uint32_t i)
{
    const struct tr_plan_item *it = &l->p->form->item[i];
    const struct tr_plan_value *v = &l->p->value[i];
    bool empty = tr_plan_item_has_tasks(it) ? v->n_tasks == 0
                 : tr_plan_item_is_text(it) ? v->text.len == 0
                                            : v->number < 0;

    if (!tr_plan_applies(l->p, i) || (it->when >= 0 && l->p->value[it->when].number < 0))
        return; /* first the answer on which it depends */
    if (empty && it->needed)
        lack(l, i, it->label[l->lang], TR_LACK_VALUE);
    for (uint32_t k = 0; k < v->n_tasks; k++)
        check_task(l, i, tr_task(l->p, v->first_task + k));
}

struct tr_str tr_plan_head_label(const struct tr_profile *profile, const char *field,
                                 enum tr_lang lang)
{
    char key[64];

    snprintf(key, sizeof key, "plan.%s", field);
    return tr_profile_text(profile, key, lang);
}

bool tr_plan_is_protected(const struct tr_plan *p)
{
    return tr_protects(p->form->profile, tr_plan_head(p)->protection);
}

/* The whole head must be filled in, except the case, without which there is no plan, and what may be
 * left out on purpose: the name, and where somebody with a protected address lives. */
static bool may_be_empty(const struct tr_plan *p, const struct tr_member *m)
{
    return strcmp(m->name, "case_id") == 0 || strcmp(m->name, "name") == 0 ||
           strcmp(m->name, "protection") == 0 || strcmp(m->name, "remarks") == 0 ||
           (tr_plan_is_protected(p) &&
            (strcmp(m->name, "bydel") == 0 || strcmp(m->name, "home") == 0));
}

static void lack_of_head(struct lacking *l, const struct tr_member *m)
{
    struct tr_missing *missing = tr_records_add(l->out, 0);

    if (!missing) {
        l->failed = true;
        return;
    }
    missing->case_id = tr_arena_copy(&l->out->text, tr_plan_head(l->p)->case_id);
    missing->item = tr_str(m->name);
    missing->what = TR_STR("value");
    missing->text = tr_plan_head_label(l->p->form->profile, m->name, l->lang);
    missing->of = (struct tr_str){"", 0};
    missing->label = missing->text;
}

static void check_head(struct lacking *l)
{
    const struct tr_kind *kind = l->p->form->head;
    struct tr_str cells[TR_MEMBERS_MAX];
    struct tr_buf text = {0};

    l->failed |= tr_kind_cells(kind, l->p->form->profile, tr_plan_head(l->p), cells, &text) < 0;
    for (uint32_t m = 0; m < kind->n_members && !l->failed; m++)
        if (cells[m].len == 0 && !may_be_empty(l->p, &kind->member[m]))
            lack_of_head(l, &kind->member[m]);
    tr_buf_clear(&text);
}

int tr_plan_missing(const struct tr_plan *p, enum tr_lang lang, struct tr_records *out)
{
    struct lacking l = {.p = p, .lang = lang, .out = out};

    check_head(&l);
    for (uint32_t i = 0; i < p->form->n && !l.failed; i++) {
        if (p->form->item[i].kind == TR_ITEM_POINT)
            l.point = i;
        else
            check_item(&l, i);
    }
    return l.failed || out->text.failed ? -1 : 0;
}
