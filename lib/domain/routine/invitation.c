#include "domain/routine/invitation.h"

#include "domain/routine/plan_own.h"

static const struct tr_str meeting = {"meeting", 7};

static int item_at(const struct tr_plan *p, struct tr_str point, const char *item)
{
    return tr_plan_item_find(p->form, point, tr_str(item));
}

static int32_t number(const struct tr_plan *p, const char *item)
{
    int i = item_at(p, meeting, item);

    return i < 0 ? -1 : p->value[i].number;
}

static struct tr_str text(const struct tr_plan *p, struct tr_str point, const char *item)
{
    int i = item_at(p, point, item);

    return i < 0 ? (struct tr_str){"", 0} : p->value[i].text;
}

/* The step that the meeting completes: the event that is noted when it was held has its code. */
static const struct tr_step *step_of(const struct tr_routine *r, const struct tr_plan *p,
                                     int32_t which)
{
    int i = item_at(p, meeting, "which");
    int32_t type = which < 0 ? -1 : tr_list_code(r->types, p->form->item[i].list->entry[which].code);

    for (uint32_t s = 0; type >= 0 && s < r->n_steps; s++)
        if (r->step[s].done_by.types >> type & 1)
            return &r->step[s];
    return NULL;
}

static void add_invited(struct tr_invitation *v, const struct tr_plan_item *point)
{
    struct tr_str email = text(v->paper, point->point, "email");

    if (point->responsible >= 0 && email.len > 0 && v->n < TR_INVITED_MAX)
        v->invited[v->n++] = (struct tr_invited){
            point->responsible, text(v->paper, point->point, "name"), email};
}

/* Whether both are the same meeting at the same time, with the same people. */
static bool is_same(const struct tr_invitation *a, const struct tr_invitation *b)
{
    bool same = a->which == b->which && a->day == b->day && a->starts == b->starts &&
                a->ends == b->ends && a->cancelled == b->cancelled && a->caller == b->caller &&
                a->n == b->n && tr_str_eq(a->place, b->place);

    for (int i = 0; same && i < a->n; i++)
        same = a->invited[i].role == b->invited[i].role &&
               tr_str_eq(a->invited[i].name, b->invited[i].name) &&
               tr_str_eq(a->invited[i].email, b->invited[i].email);
    return same;
}

void tr_invitation_read(struct tr_invitation *v, const struct tr_plan *paper,
                        const struct tr_routine *routine, const struct tr_invitation *before)
{
    struct tr_invitation read = {.paper = paper,
                                 .which = number(paper, "which"),
                                 .day = number(paper, "day"),
                                 .starts = number(paper, "starts"),
                                 .ends = number(paper, "ends"),
                                 .place = text(paper, meeting, "place"),
                                 .cancelled = number(paper, "cancelled") == 1,
                                 .caller = number(paper, "caller")};
    const struct tr_step *step = step_of(routine, paper, read.which);

    if (step)
        read.must = step->attendees;
    if (step && read.caller < 0)
        read.caller = step->responsible;
    for (uint32_t i = 0; i < paper->form->n; i++)
        if (paper->form->item[i].kind == TR_ITEM_POINT)
            add_invited(&read, &paper->form->item[i]);
    if (before)
        read.changes = before->changes + !is_same(before, &read);
    *v = read;
}

const struct tr_invited *tr_invitation_caller(const struct tr_invitation *v)
{
    for (int i = 0; i < v->n; i++)
        if (v->invited[i].role == v->caller)
            return &v->invited[i];
    return NULL;
}

/* The first thing that is not there. */
static const char *lacking(const struct tr_invitation *v)
{
    return v->which < 0                   ? "which"
           : v->day == TR_NO_DAY          ? "day"
           : v->starts < 0                ? "starts"
           : !tr_invitation_caller(v)     ? "caller"
           : v->ends >= 0 && v->ends <= v->starts ? "ends"
                                          : NULL;
}

bool tr_invitation_is_ready(const struct tr_invitation *v, enum tr_lang lang, struct tr_err *err)
{
    const char *item = lacking(v);
    int i = item ? item_at(v->paper, meeting, item) : -1;
    struct tr_buf id = {0};
    char label[128];

    if (!item && v->n > 1)
        return true;
    if (item)
        tr_err_copy(label, sizeof label,
                    i < 0 ? tr_str(item) : v->paper->form->item[i].label[lang]);
    tr_paper_id(v->paper, &id);
    tr_err_set(err, item ? TR_E_INVITE_LACKS : TR_E_INVITE_ALONE, tr_buf_z(&id), item ? label : NULL,
               NULL);
    tr_buf_clear(&id);
    return false;
}
