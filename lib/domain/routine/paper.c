#include "domain/routine/paper.h"

#include "base/date.h"
#include "base/secret.h"
#include "domain/routine/plan_own.h"

#define AT(member) offsetof(struct tr_paper_record, member)

static const struct tr_member members[] = {
    {"paper_id", TR_M_TEXT, .at = AT(id), .filled = true},
    {"case_id", TR_M_ID, .at = AT(case_id), .filled = true},
    {"date", TR_M_DATE, .at = AT(date)},
    {"bydel", TR_M_CODE, .at = AT(bydel), .list = "bydel"},
    {"document", TR_M_TEXT, .at = AT(document), .filled = true},
};

const struct tr_kind tr_paper_kind = {
    .name = "paper",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_paper_record),
};

/* ---- forms ---- */

int tr_paper_forms_load(struct tr_paper_forms *f, const struct tr_profile *profile,
                        struct tr_err *err)
{
    *f = (struct tr_paper_forms){0};
    for (int i = 0; i < TR_N_PAPERS; i++)
        if (tr_plan_form_load(&f->form[i], profile, (enum tr_paper)i, err) < 0)
            return -1;
    return 0;
}

void tr_paper_forms_clear(struct tr_paper_forms *f)
{
    for (int i = 0; i < TR_N_PAPERS; i++)
        tr_plan_form_clear(&f->form[i]);
}

bool tr_paper_is_there(const struct tr_plan_form *form, struct tr_err *err)
{
    if (form->n > 0 && form->title[TR_NB].len > 0)
        return true;
    tr_err_set(err, TR_E_PAPER_FORM, tr_paper_names[form->paper], NULL, NULL);
    return false;
}

static int find_paper(struct tr_str name)
{
    for (int i = 0; i < TR_N_PAPERS; i++)
        if (tr_str_is(name, tr_paper_names[i]))
            return i;
    return -1;
}

const struct tr_plan_form *tr_paper_form_of(const struct tr_paper_forms *f,
                                            const struct tr_json *document, struct tr_err *err)
{
    const struct tr_json *named = tr_json_member(document, TR_STR("paper"));
    struct tr_str name = tr_json_text(named);
    int i = named ? find_paper(name) : TR_PAPER_PLAN;
    char text[64];

    if (i < 0) {
        tr_err_copy(text, sizeof text, tr_plan_told_code(name));
        tr_err_set(err, TR_E_PAPER_FORM, text, NULL, NULL);
        tr_err_value(err, name);
        return NULL;
    }
    return i == TR_PAPER_PLAN || tr_paper_is_there(&f->form[i], err) ? &f->form[i] : NULL;
}

/* ---- later from earlier ---- */

static bool same_case(const struct tr_plan *a, const struct tr_plan *b)
{
    return tr_str_eq(tr_plan_head(a)->case_id, tr_plan_head(b)->case_id);
}

static bool is_empty(const struct tr_plan_value *v)
{
    return v->text.len == 0 && v->number < 0;
}

/* Whether other holds rather than the paper before it, on the day of p: the later one in the order
 * in which they were written; of what there is one a day of, that of the latest day up to p's. */
static bool holds(const struct tr_plan *p, const struct tr_plan *before, const struct tr_plan *other)
{
    int32_t day = tr_plan_day(p);

    if (!other->form->a_day)
        return true;
    return (day == TR_NO_DAY || tr_plan_day(other) <= day) &&
           (!before || tr_plan_day(other) >= tr_plan_day(before));
}

static bool says_anything(const struct tr_plan *p, struct tr_str point)
{
    for (uint32_t i = 0; i < p->form->n; i++)
        if (tr_str_eq(p->form->item[i].point, point) && !is_empty(&p->value[i]))
            return true;
    return false;
}

/* What the earlier papers say to the item paper.point.item on the day of p; NULL: nothing. The last that
 * says anything to the point says all of it: the name of one is never put to the address of another. */
static const struct tr_plan_value *find_value(const struct tr_plan *p, const struct tr_plan *earlier,
                                              uint32_t n, struct tr_str from)
{
    const struct tr_plan *in = NULL;
    struct tr_str paper = {0}, point = {0};
    int of, item;

    tr_str_part(&from, '.', &paper);
    tr_str_part(&from, '.', &point);
    of = find_paper(paper);
    for (uint32_t i = 0; of >= 0 && i < n; i++)
        if ((int)earlier[i].form->paper == of && same_case(p, &earlier[i]) &&
            holds(p, in, &earlier[i]) && says_anything(&earlier[i], point))
            in = &earlier[i];
    item = in ? tr_plan_item_find(in->form, point, from) : -1;
    return item < 0 || is_empty(&in->value[item]) ? NULL : &in->value[item];
}

/* The point from which the item begins: paper.point, of the first where there are several. */
static struct tr_str begins_at(const struct tr_plan_item *item)
{
    struct tr_str at = item->begins;

    for (size_t i = 0, dots = 0; i < at.len; i++)
        if (at.p[i] == '.' && ++dots == 2)
            at.len = i;
    return at;
}

/* Whether both are lines of a point that begin at the same point: a name, and its telephone. */
static bool go_together(const struct tr_plan_item *a, const struct tr_plan_item *b)
{
    return a->kind == TR_ITEM_LINE && b->kind == TR_ITEM_LINE && a->begins.len > 0 &&
           tr_str_eq(a->point, b->point) && tr_str_eq(begins_at(a), begins_at(b));
}

/* Whether p says anything to the item, or to a line that goes together with it. */
static bool says_itself(const struct tr_plan *p, uint32_t item)
{
    for (uint32_t i = 0; i < p->form->n; i++)
        if (!is_empty(&p->value[i]) &&
            (i == item || go_together(&p->form->item[i], &p->form->item[item])))
            return true;
    return false;
}

static void begin_item(struct tr_plan *p, uint32_t item, const struct tr_plan *earlier, uint32_t n)
{
    struct tr_str rest = p->form->item[item].begins, from;

    while (is_empty(&p->value[item]) && rest.len > 0 && tr_str_part(&rest, '|', &from)) {
        const struct tr_plan_value *v = find_value(p, earlier, n, from);

        if (v)
            p->value[item].text = tr_arena_copy(&p->text, v->text);
        if (v)
            p->value[item].number = v->number;
    }
}

/* The institution, which is of all papers: what the latest up to the day of p says. */
static void begin_institution(struct tr_plan *p, const struct tr_plan *earlier, uint32_t n)
{
    struct tr_plan_head *head = tr_plan_head(p);
    const struct tr_plan *in = NULL;
    const int32_t day = tr_plan_day(p);

    if (head->institution.len > 0)
        return;
    for (uint32_t i = 0; i < n; i++)
        if (tr_plan_head(&earlier[i])->institution.len > 0 && same_case(p, &earlier[i]) &&
            (day == TR_NO_DAY || tr_plan_day(&earlier[i]) <= day) &&
            (!in || tr_plan_day(&earlier[i]) >= tr_plan_day(in)))
            in = &earlier[i];
    if (in)
        head->institution = tr_arena_copy(&p->text, tr_plan_head(in)->institution);
}

void tr_paper_begin(struct tr_plan *p, const struct tr_plan *earlier, uint32_t n)
{
    const struct tr_plan_item *item = p->form->item;

    begin_institution(p, earlier, n);
    for (uint32_t i = 0; i < p->form->n; i++) {
        if (says_itself(p, i))
            continue;
        for (uint32_t j = i; j < p->form->n; j++)
            if (j == i || go_together(&item[i], &item[j]))
                begin_item(p, j, earlier, n);
    }
}

bool tr_paper_may_begin(const struct tr_paper_forms *f, struct tr_str kind, struct tr_str from)
{
    struct tr_str paper = {0}, point = {0};
    struct tr_plan_item wanted = {.kind = TR_ITEM_POINT};
    const struct tr_plan_item *given;
    int of, item;

    tr_str_part(&from, '.', &paper);
    tr_str_part(&from, '.', &point);
    of = find_paper(paper);
    item = of < 0 || from.len == 0 ? -1 : tr_plan_item_find(&f->form[of], point, from);
    if (item < 0 || !tr_plan_item_kind(kind, &wanted.kind))
        return false;
    given = &f->form[of].item[item];
    return tr_plan_item_is_text(&wanted) ? tr_plan_item_is_text(given)
                                         : given->kind == wanted.kind && wanted.kind < TR_ITEM_TASK;
}

/* ---- as a register keeps them ---- */

void tr_paper_id(const struct tr_plan *p, struct tr_buf *out)
{
    char iso[TR_DATE_LEN];

    tr_buf_str(out, tr_plan_head(p)->case_id);
    if (!p->form->a_day || tr_plan_day(p) == TR_NO_DAY)
        return;
    tr_date_iso(tr_date_of(tr_plan_day(p)), iso);
    tr_buf_char(out, '/');
    tr_buf_add(out, iso, sizeof iso);
}

void tr_paper_strip(struct tr_plan *p)
{
    static const struct tr_str nothing = {"", 0};
    struct tr_plan_head *h = tr_plan_head(p);

    h->name = h->institution = h->home = h->remarks = nothing;
    if (tr_plan_is_protected(p))
        h->bydel = -1;
    for (uint32_t i = 0; i < p->form->n; i++)
        if (tr_plan_item_is_text(&p->form->item[i]))
            p->value[i].text = nothing;
    for (uint32_t i = 0; i < p->tasks.n; i++)
        tr_task(p, i)->task = tr_task(p, i)->note = nothing;
}

void tr_paper_line(const struct tr_plan *p, struct tr_buf *out)
{
    struct tr_out laid = {.fd = -1};
    bool margin = false;

    tr_plan_write(p, &laid);
    for (size_t i = 0; i < laid.buf.len; i++) { /* in a string there is no line feed */
        char c = laid.buf.p[i];

        margin = c == '\n' || (margin && c == ' ');
        if (!margin)
            tr_buf_char(out, c);
    }
    out->failed |= laid.buf.failed;
    tr_buf_wipe(&laid.buf);
}
