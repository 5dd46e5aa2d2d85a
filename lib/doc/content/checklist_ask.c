#include "doc/content/checklist_ask.h"

#include "base/text.h"
#include "doc/content/checklist_own.h"

enum { CHOICES_MOST = 8 }; /* that are read out before every answer */

static const struct tr_missing *missing_at(const struct tr_records *missing, uint32_t at)
{
    return (const struct tr_missing *)(const void *)missing->record + at;
}

/* The item; form->n: it is of the head. */
static uint32_t item_of(const struct tr_plan *p, const struct tr_missing *m)
{
    uint32_t i = 0;

    while (i < p->form->n && !(m->point.len > 0 && tr_str_eq(p->form->item[i].point, m->point) &&
                               tr_str_eq(p->form->item[i].item, m->item)))
        i++;
    return i;
}

/* The field of the head, which each form has of its own; NULL: it has none of that name. */
static const struct tr_member *member_of(const struct tr_plan *p, const struct tr_missing *m)
{
    int at = tr_kind_member(p->form->head, m->item);

    return at < 0 ? NULL : &p->form->head->member[at];
}

/* How a thing that is missing is answered. */
enum form { WORDS, DAY, TIME, YES_NO, CHOICE };

static enum form form_of(const struct tr_plan *p, const struct tr_missing *m,
                         const struct tr_list **list)
{
    uint32_t i = item_of(p, m);

    *list = NULL;
    if (i == p->form->n) {
        const struct tr_member *member = member_of(p, m);

        if (member && member->kind == TR_M_CODE)
            *list = tr_profile_list(p->form->profile, member->list);
        return member && member->kind == TR_M_DATE ? DAY : *list ? CHOICE : WORDS;
    }
    if (tr_str_is(m->what, "due") || p->form->item[i].kind == TR_ITEM_DATE)
        return DAY;
    if (tr_str_is(m->what, "responsible"))
        *list = p->form->roles;
    else if (tr_str_is(m->what, "status") || p->form->item[i].kind == TR_ITEM_TASK)
        *list = p->form->statuses;
    else
        *list = p->form->item[i].list;
    return *list                                     ? CHOICE
           : p->form->item[i].kind == TR_ITEM_YESNO ? YES_NO
           : p->form->item[i].kind == TR_ITEM_TIME  ? TIME
                                                    : WORDS;
}

bool tr_checklist_choices(const struct tr_plan *p, const struct tr_missing *m, enum tr_lang lang,
                          struct tr_buf *out)
{
    const struct tr_list *list;
    enum form form = form_of(p, m, &list);

    if (form == YES_NO) {
        tr_buf_str(out, tr_profile_text(p->form->profile, "plan.yes", lang));
        tr_buf_text(out, ", ");
        tr_buf_str(out, tr_profile_text(p->form->profile, "plan.no", lang));
    }
    for (int i = 0; form == CHOICE && i < list->n; i++) {
        tr_buf_text(out, i > 0 ? ", " : "");
        tr_buf_str(out, list->entry[i].label[lang]);
    }
    return form == YES_NO || form == CHOICE;
}

void tr_checklist_question(const struct tr_plan *p, const struct tr_missing *m, enum tr_lang lang,
                           struct tr_buf *out)
{
    const struct tr_list *list;
    enum form form = form_of(p, m, &list);

    tr_buf_str(out, m->text);
    if (form == WORDS || (form == CHOICE && list->n > CHOICES_MOST))
        return;
    tr_buf_text(out, " (");
    if (!tr_checklist_choices(p, m, lang, out))
        tr_buf_str(out, tr_profile_text(p->form->profile,
                                        form == TIME ? "plan.ask.time" : "plan.ask.day", lang));
    tr_buf_char(out, ')');
}

/* ---- answers ---- */

struct answered {
    struct tr_str text;
    int32_t number;
};

/* What the words mean. -1 with err. */
static int read_answer(struct tr_plan *p, const struct tr_missing *m, enum tr_lang lang,
                       struct answered *a, struct tr_err *err)
{
    struct tr_reading in = {.p = p, .form = p->form, .lang = lang};
    const struct tr_list *list;
    enum form form = form_of(p, m, &list);
    bool good = true;

    if (form == DAY)
        good = tr_reading_day(&in, a->text, &a->number, err) && a->number != TR_NO_DAY;
    else if (form == TIME)
        good = tr_reading_time(a->text, &a->number, err) && a->number >= 0;
    else if (form == CHOICE)
        good = tr_reading_code(list, a->text, &a->number, err, lang) && a->number >= 0;
    else if (form == YES_NO) {
        bool yes = tr_reading_same(&in, a->text, tr_reading_word(&in, "plan.yes"));

        good = yes || tr_reading_same(&in, a->text, tr_reading_word(&in, "plan.no"));
        a->number = yes;
    } else {
        a->text = tr_arena_copy(&p->text, a->text);
    }
    if (!good && form == YES_NO)
        tr_err_set(err, TR_E_FILLED_CHOICE, NULL, NULL, NULL);
    tr_buf_clear(&in.one);
    tr_buf_clear(&in.other);
    return p->text.failed ? tr_err_memory(err) : good ? 0 : -1;
}

/* Whether the task lacks it. */
static bool lacks(const struct tr_plan *p, const struct tr_task *t, struct tr_str what)
{
    return tr_str_is(what, "status")        ? t->status < 0
           : tr_str_is(what, "responsible") ? t->status == p->form->open && t->responsible < 0
           : tr_str_is(what, "due")         ? t->status == p->form->open && t->due == TR_NO_DAY
                                            : t->task.len == 0;
}

/* The task that is asked about: as many of its item lack the same before it as were told before. NULL:
 * there is none. */
static struct tr_task *task_of(const struct tr_plan *p, const struct tr_records *missing,
                               uint32_t at, uint32_t item)
{
    const struct tr_missing *m = missing_at(missing, at);
    const struct tr_plan_value *v = &p->value[item];
    uint32_t before = 0;

    for (uint32_t i = 0; i < at; i++) {
        const struct tr_missing *other = missing_at(missing, i);

        before += tr_str_eq(other->point, m->point) && tr_str_eq(other->item, m->item) &&
                  tr_str_eq(other->what, m->what);
    }
    for (uint32_t k = 0; k < v->n_tasks; k++)
        if (lacks(p, tr_task(p, v->first_task + k), m->what) && before-- == 0)
            return tr_task(p, v->first_task + k);
    return NULL;
}

/* A task more, of an item that had none; somebody has it to do. */
static struct tr_task *add_task(struct tr_plan *p, uint32_t item)
{
    struct tr_task *t = tr_records_add(&p->tasks, 0);

    if (!t)
        return NULL;
    tr_kind_init(&tr_task_kind, t);
    t->status = p->form->open;
    p->value[item].first_task = p->tasks.n - 1;
    p->value[item].n_tasks = 1;
    return t;
}

static int set_task(struct tr_plan *p, const struct tr_records *missing, uint32_t at, uint32_t item,
                    const struct answered *a, struct tr_err *err)
{
    struct tr_str what = missing_at(missing, at)->what;
    struct tr_task *t = task_of(p, missing, at, item);

    t = t ? t : add_task(p, item);
    if (!t)
        return tr_err_memory(err);
    if (tr_str_is(what, "responsible"))
        t->responsible = a->number;
    else if (tr_str_is(what, "due"))
        t->due = a->number;
    else if (tr_str_is(what, "status") || p->form->item[item].kind == TR_ITEM_TASK)
        t->status = a->number;
    else
        t->task = a->text;
    return 0;
}

int tr_checklist_answer(struct tr_plan *p, const struct tr_records *missing, uint32_t at,
                        enum tr_lang lang, struct tr_str answer, struct tr_err *err)
{
    const struct tr_missing *m = missing_at(missing, at);
    struct answered a = {.text = answer};
    uint32_t item = item_of(p, m);

    if (read_answer(p, m, lang, &a, err) < 0)
        return -1;
    if (item == p->form->n) {
        const struct tr_member *member = member_of(p, m);
        char *to;

        if (tr_must(member, err) < 0)
            return -1;
        to = (char *)tr_plan_head(p) + member->at;
        if (tr_member_is_text(member))
            *(struct tr_str *)(void *)to = a.text;
        else
            *(int32_t *)(void *)to = a.number;
    } else if (p->form->item[item].kind >= TR_ITEM_TASK) {
        return set_task(p, missing, at, item, &a, err);
    } else if (tr_plan_item_is_text(&p->form->item[item])) {
        p->value[item].text = a.text;
    } else {
        p->value[item].number = a.number;
    }
    return 0;
}
