#include "domain/routine/invitation.h"

#include "base/text.h"
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

int32_t tr_invitation_which(const struct tr_plan *paper)
{
    return number(paper, "which");
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

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_same_address(struct tr_str a, struct tr_str b)
{
    bool same = a.len == b.len;

    for (size_t i = 0; same && i < a.len; i++)
        same = small(a.p[i]) == small(b.p[i]);
    return same;
}

/* Who has two roles is asked once. */
static void add_invited(struct tr_invitation *v, const struct tr_plan_item *point)
{
    int item = item_at(v->paper, point->point, "email");
    struct tr_str email = tr_text_trim(text(v->paper, point->point, "email"));
    uint64_t role = point->responsible < 0 ? 0 : UINT64_C(1) << point->responsible;

    if (!role || email.len == 0)
        return;
    for (int i = 0; i < v->n; i++)
        if (is_same_address(v->invited[i].email, email)) {
            v->invited[i].roles |= role;
            return;
        }
    if (v->n < TR_INVITED_MAX)
        v->invited[v->n++] = (struct tr_invited){point->responsible, role, item,
                                                 text(v->paper, point->point, "name"), email};
}

/* One @ with something on both sides, and nothing that ends an address or begins another. */
static bool is_address(struct tr_str s)
{
    size_t at = 0, n = 0;

    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.p[i] <= ' ' || strchr(",;<>", s.p[i]))
            return false;
        if (s.p[i] == '@') {
            at = i;
            n++;
        }
    }
    return n == 1 && at > 0 && at + 1 < s.len;
}

/* Whether both are the same meeting at the same time, with the same people. */
static bool is_same(const struct tr_invitation *a, const struct tr_invitation *b)
{
    bool same = a->which == b->which && a->day == b->day && a->starts == b->starts &&
                a->ends == b->ends && a->cancelled == b->cancelled && a->caller == b->caller &&
                a->n == b->n && tr_str_eq(a->place, b->place);

    for (int i = 0; same && i < a->n; i++)
        same = a->invited[i].roles == b->invited[i].roles &&
               tr_str_eq(a->invited[i].name, b->invited[i].name) &&
               tr_str_eq(a->invited[i].email, b->invited[i].email);
    return same;
}

const struct tr_invited *tr_invitation_caller(const struct tr_invitation *v)
{
    for (int i = 0; i < v->n; i++)
        if (v->caller >= 0 && v->invited[i].roles >> v->caller & 1)
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

static const struct tr_invited *wrong_address(const struct tr_invitation *v)
{
    for (int i = 0; i < v->n; i++)
        if (!is_address(v->invited[i].email))
            return &v->invited[i];
    return NULL;
}

static bool can_be_sent(const struct tr_invitation *v)
{
    return !lacking(v) && !wrong_address(v) && v->n > 1;
}

void tr_invitation_read(struct tr_invitation *v, const struct tr_plan *paper,
                        const struct tr_routine *routine, const struct tr_invitation *before)
{
    struct tr_invitation read = {.paper = paper,
                                 .which = tr_invitation_which(paper),
                                 .day = number(paper, "day"),
                                 .starts = number(paper, "starts"),
                                 .ends = number(paper, "ends"),
                                 .place = text(paper, meeting, "place"),
                                 .cancelled = number(paper, "cancelled") == 1,
                                 .hidden = tr_plan_is_protected(paper),
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
        read.changes = before->changes;
    if (before && can_be_sent(before))
        read.changes += (uint32_t)!is_same(before, &read) + (before->hidden != read.hidden);
    *v = read;
}

void tr_invitation_hide(struct tr_invitation *v)
{
    v->changes += !v->hidden;
    v->hidden = true;
}

/* What people call the item, after the name of whose it is. */
static void name_item(const struct tr_plan *p, int item, bool whose, enum tr_lang lang,
                      struct tr_buf *out)
{
    int point = item_at(p, p->form->item[item].point, "");

    if (whose) {
        tr_buf_str(out, p->form->item[point].label[lang]);
        tr_buf_text(out, ": ");
    }
    tr_buf_str(out, p->form->item[item].label[lang]);
}

bool tr_invitation_is_ready(const struct tr_invitation *v, enum tr_lang lang, struct tr_err *err)
{
    const struct tr_invited *wrong = wrong_address(v);
    const char *lacks = lacking(v);
    int item = lacks ? item_at(v->paper, meeting, lacks) : wrong ? wrong->item : -1;
    struct tr_buf id = {0}, label = {0};

    if (can_be_sent(v))
        return true;
    if (item >= 0)
        name_item(v->paper, item, !lacks, lang, &label);
    else if (lacks)
        tr_buf_text(&label, lacks);
    tr_paper_id(v->paper, &id);
    tr_err_set(err,
               lacks   ? TR_E_INVITE_LACKS
               : wrong ? TR_E_INVITE_ADDRESS
                       : TR_E_INVITE_ALONE,
               tr_buf_z(&id), lacks || wrong ? tr_buf_z(&label) : NULL, NULL);
    tr_buf_clear(&id);
    tr_buf_clear(&label);
    return false;
}
