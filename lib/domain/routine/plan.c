#include "domain/routine/plan_own.h"

#include <stdlib.h>

#define PAPER_NAME(constant, name) name,
const char *const tr_paper_names[TR_N_PAPERS + 1] = {TR_PAPERS(PAPER_NAME)};

const char *tr_plan_schema(const struct tr_plan_form *f)
{
    return f->paper == TR_PAPER_PLAN ? "urn:transition:schema:plan:1"
                                     : "urn:transition:schema:paper:1";
}

static const char *const item_kinds[TR_N_ITEM_KINDS] = {
    [TR_ITEM_POINT] = "",      [TR_ITEM_LINE] = "line", [TR_ITEM_TEXT] = "text",
    [TR_ITEM_YESNO] = "yesno", [TR_ITEM_DATE] = "date", [TR_ITEM_TIME] = "time",
    [TR_ITEM_MEETING] = "meeting", [TR_ITEM_ROLE] = "role", [TR_ITEM_TASK] = "task",
    [TR_ITEM_TASKS] = "tasks",
};

bool tr_plan_item_kind(struct tr_str name, enum tr_item_kind *kind)
{
    *kind = TR_ITEM_POINT;
    while (*kind < TR_N_ITEM_KINDS && !tr_str_is(name, item_kinds[*kind]))
        ++*kind;
    return *kind < TR_N_ITEM_KINDS;
}

#define AT(member) offsetof(struct tr_plan_head, member)

static const struct tr_member head_members[] = {
    {"case_id", TR_M_ID, .at = AT(case_id), .filled = true},
    {"name", TR_M_TEXT, .at = AT(name)},
    {"protection", TR_M_CODE, .at = AT(protection), .list = "protection"},
    {"bydel", TR_M_CODE, .at = AT(bydel), .list = "bydel"},
    {"institution", TR_M_TEXT, .at = AT(institution)},
    {"home", TR_M_TEXT, .at = AT(home)},
    {"home_from", TR_M_DATE, .at = AT(home_from)},
    {"meeting", TR_M_DATE, .at = AT(meeting)},
    {"follow_up_meeting", TR_M_DATE, .at = AT(follow_up_meeting)},
    {"remarks", TR_M_TEXT, .at = AT(remarks)},
};

const struct tr_kind tr_plan_head_kind = {
    .name = "plan",
    .member = head_members,
    .n_members = sizeof head_members / sizeof *head_members,
    .size = sizeof(struct tr_plan_head),
};

static const struct tr_member paper_members[] = {
    {"paper", TR_M_TEXT, .at = AT(paper), .filled = true},
    {"case_id", TR_M_ID, .at = AT(case_id), .filled = true},
    {"name", TR_M_TEXT, .at = AT(name)},
    {"protection", TR_M_CODE, .at = AT(protection), .list = "protection"},
    {"bydel", TR_M_CODE, .at = AT(bydel), .list = "bydel"},
    {"institution", TR_M_TEXT, .at = AT(institution)},
    {"date", TR_M_DATE, .at = AT(date)},
    {"remarks", TR_M_TEXT, .at = AT(remarks)},
};

static const struct tr_kind paper_head_kind = {
    .name = "paper",
    .member = paper_members,
    .n_members = sizeof paper_members / sizeof *paper_members,
    .size = sizeof(struct tr_plan_head),
};

#undef AT
#define AT(member) offsetof(struct tr_task, member)

static const struct tr_member task_members[] = {
    {"task", TR_M_TEXT, .at = AT(task)},
    {"responsible", TR_M_CODE, .at = AT(responsible), .list = "role"},
    {"due", TR_M_DATE, .at = AT(due)},
    {"status", TR_M_CODE, .at = AT(status), .list = "task_status"},
    {"follow_up", TR_M_CODE, .at = AT(follow_up), .list = "follow_up"},
    {"note", TR_M_TEXT, .at = AT(note)},
};

const struct tr_kind tr_task_kind = {
    .name = "task",
    .member = task_members,
    .n_members = sizeof task_members / sizeof *task_members,
    .size = sizeof(struct tr_task),
};

/* ---- the form ---- */

static int item_fault(const struct tr_table *t, uint32_t row, const char *column, const char *why,
                      struct tr_err *err)
{
    return tr_table_fault(t, row, tr_table_column(t, column), TR_E_TABLE_CELL, why, err);
}

int tr_plan_item_find(const struct tr_plan_form *f, struct tr_str point, struct tr_str item)
{
    for (uint32_t i = 0; i < f->n; i++)
        if (tr_str_eq(f->item[i].point, point) && tr_str_eq(f->item[i].item, item))
            return (int)i;
    return -1;
}

/* item=ja or item=nei, of an item above in the same point. */
static int read_when(struct tr_plan_form *f, struct tr_plan_item *it, const struct tr_table *t,
                     uint32_t row, struct tr_err *err)
{
    struct tr_str rest = tr_table_cell(t, row, tr_table_column(t, "when")), name = {0};

    it->when = -1;
    if (rest.len == 0)
        return 0;
    tr_str_part(&rest, '=', &name);
    it->when = tr_plan_item_find(f, it->point, name);
    it->when_yes = tr_str_is(rest, "ja");
    if (it->when < 0 || f->item[it->when].kind != TR_ITEM_YESNO ||
        (!it->when_yes && !tr_str_is(rest, "nei")))
        return item_fault(t, row, "when", N_("no yesno item of this point, =ja or =nei"), err);
    return 0;
}

static int read_item(struct tr_plan_form *f, const struct tr_table *t, uint32_t row,
                     struct tr_err *err)
{
    struct tr_plan_item *it = &f->item[f->n];
    struct tr_str kind = tr_table_cell(t, row, tr_table_column(t, "kind"));
    struct tr_str role = tr_table_cell(t, row, tr_table_column(t, "responsible"));
    struct tr_str due = tr_table_cell(t, row, tr_table_column(t, "due"));

    it->point = tr_table_cell(t, row, tr_table_column(t, "point"));
    it->item = tr_table_cell(t, row, tr_table_column(t, "item"));
    it->needed = tr_str_is(tr_table_cell(t, row, tr_table_column(t, "needed")), "ja");
    for (int l = 0; l < TR_N_LANGS; l++) {
        it->label[l] = tr_table_cell(t, row, tr_lang_column(t, "label", l));
        it->help[l] = tr_table_cell(t, row, tr_lang_column(t, "help", l));
    }
    if (!tr_plan_item_kind(kind, &it->kind) || (it->kind == TR_ITEM_POINT) != (it->item.len == 0))
        return item_fault(t, row, "kind",
                          N_("not one of: line text yesno date time meeting role task tasks"), err);
    if (it->kind == TR_ITEM_MEETING || it->kind == TR_ITEM_ROLE)
        it->list = tr_profile_list(f->profile, item_kinds[it->kind]);
    if (it->kind == TR_ITEM_MEETING && !it->list)
        return item_fault(t, row, "kind", N_("codes.csv has no list ‘meeting’"), err);
    if (tr_plan_item_find(f, it->point, it->item) >= 0)
        return item_fault(t, row, "item", N_("two rows have the same spelling"), err);
    if (it->kind != TR_ITEM_POINT && (f->n == 0 || !tr_str_eq(it->point, f->item[f->n - 1].point)))
        return item_fault(t, row, "point", N_("an item must come after its point"), err);
    it->responsible = role.len ? tr_list_code(f->roles, role) : -1;
    if (role.len && it->responsible < 0)
        return item_fault(t, row, "responsible", N_("no such code"), err);
    it->begins = tr_table_cell(t, row, tr_table_column(t, "begins"));
    it->has_due = due.len > 0;
    if (due.len && !tr_duration_parse(due, &it->due))
        return item_fault(t, row, "due", N_("not a duration such as P3M, P4W, P14D or 3wd"), err);
    return read_when(f, it, t, row, err);
}

/* What papers.csv says of the paper; a plan is known without it. */
static void read_paper(struct tr_plan_form *f)
{
    const struct tr_table *t = &f->profile->table[TR_T_PAPERS];
    bool plan = f->paper == TR_PAPER_PLAN;

    f->head = plan ? &tr_plan_head_kind : &paper_head_kind;
    f->signers = plan ? TR_STR("person|bydel|institution") : TR_STR("");
    for (int l = 0; plan && l < TR_N_LANGS; l++)
        f->title[l] = tr_profile_text(f->profile, "plan.title", (enum tr_lang)l);
    for (uint32_t row = 0; !plan && row < t->n_rows; row++) {
        if (!tr_str_is(tr_table_cell(t, row, tr_table_column(t, "paper")), tr_paper_names[f->paper]))
            continue;
        f->signers = tr_table_cell(t, row, tr_table_column(t, "signers"));
        f->a_day = tr_str_is(tr_table_cell(t, row, tr_table_column(t, "kept")), "day");
        for (int l = 0; l < TR_N_LANGS; l++)
            f->title[l] = tr_table_cell(t, row, tr_lang_column(t, "label", (enum tr_lang)l));
    }
}

int tr_plan_form_load(struct tr_plan_form *f, const struct tr_profile *profile,
                      enum tr_paper paper, struct tr_err *err)
{
    const struct tr_table *codes = &profile->table[TR_T_CODES],
                          *t = &profile->table[paper == TR_PAPER_PLAN ? TR_T_PLAN_ITEMS
                                                                      : TR_T_PAPER_ITEMS];
    int of = paper == TR_PAPER_PLAN ? -1 : tr_table_column(t, "paper");
    static const char *const names[] = {"role", "task_status", "follow_up", "bool"};
    const struct tr_list **const lists[] = {&f->roles, &f->statuses, &f->follow_ups, &f->bools};

    *f = (struct tr_plan_form){.profile = profile, .paper = paper};
    read_paper(f);
    for (int i = 0; i < 4; i++)
        if (!(*lists[i] = tr_profile_list(profile, names[i])))
            return tr_table_fault(codes, codes->n_rows, tr_table_column(codes, "list"),
                                  TR_E_TABLE_CELL, names[i], err);
    f->open = tr_list_code(f->statuses, TR_STR("open"));
    f->item = calloc(t->n_rows + (size_t)1, sizeof *f->item);
    if (!f->item)
        return tr_err_memory(err);
    for (uint32_t row = 0; row < t->n_rows; row++) {
        if (of >= 0 && !tr_str_is(tr_table_cell(t, row, of), tr_paper_names[paper]))
            continue;
        if (read_item(f, t, row, err) < 0)
            return -1;
        f->n++;
    }
    return 0;
}

void tr_plan_form_clear(struct tr_plan_form *f)
{
    free(f->item);
    *f = (struct tr_plan_form){0};
}

/* ---- a plan ---- */

void tr_plan_head_init(const struct tr_plan_form *form, struct tr_plan_head *head)
{
    tr_kind_init(&tr_plan_head_kind, head);
    head->paper = form->paper == TR_PAPER_PLAN ? TR_STR("") : tr_str(tr_paper_names[form->paper]);
    head->date = TR_NO_DAY;
}

int tr_plan_start(struct tr_plan *p, const struct tr_plan_form *form, const char *source,
                  struct tr_err *err)
{
    *p = (struct tr_plan){.form = form};
    tr_records_start(&p->heads, form->head, form->profile, source);
    tr_records_start(&p->tasks, &tr_task_kind, form->profile, source);
    p->value = calloc(form->n + (size_t)1, sizeof *p->value);
    if (!p->value)
        return tr_err_memory(err);
    for (uint32_t i = 0; i < form->n; i++)
        p->value[i] = (struct tr_plan_value){{"", 0}, -1, 0, 0};
    return 0;
}

void tr_plan_clear(struct tr_plan *p)
{
    tr_records_clear(&p->heads);
    tr_records_clear(&p->tasks);
    tr_arena_clear(&p->text);
    free(p->value);
    *p = (struct tr_plan){0};
}

int tr_plan_template(struct tr_plan *p, const struct tr_plan_form *form,
                     const struct tr_plan_head *head, struct tr_err *err)
{
    int32_t from = form->paper == TR_PAPER_PLAN ? head->home_from : head->date;
    void *copy;

    if (tr_plan_start(p, form, NULL, err) < 0)
        return -1;
    copy = tr_records_add(&p->heads, 0);
    if (!copy)
        return tr_err_memory(err);
    memcpy(copy, head, sizeof *head);
    for (uint32_t i = 0; i < form->n; i++) {
        const struct tr_plan_item *it = &form->item[i];
        struct tr_task *task;

        if (it->kind != TR_ITEM_TASK)
            continue;
        p->value[i].first_task = p->tasks.n;
        p->value[i].n_tasks = 1;
        task = tr_records_add(&p->tasks, 0);
        if (!task)
            return tr_err_memory(err);
        task->responsible = it->responsible;
        task->status = form->open;
        task->due = it->has_due ? tr_day_plus(from, it->due) : TR_NO_DAY;
    }
    return 0;
}
