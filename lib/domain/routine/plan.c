#include "domain/routine/plan.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"

static const char schema[] = "urn:transition:schema:plan:1";

static const char *const item_kinds[TR_N_ITEM_KINDS] = {
    [TR_ITEM_POINT] = "",      [TR_ITEM_LINE] = "line", [TR_ITEM_TEXT] = "text",
    [TR_ITEM_YESNO] = "yesno", [TR_ITEM_DATE] = "date", [TR_ITEM_TASK] = "task",
    [TR_ITEM_TASKS] = "tasks",
};

#define AT(member) offsetof(struct tr_plan_head, member)

static const struct tr_member head_members[] = {
    {"case_id", TR_M_ID, .at = AT(case_id), .filled = true},
    {"name", TR_M_TEXT, .at = AT(name)},
    {"bydel", TR_M_CODE, .at = AT(bydel), .list = "bydel"},
    {"institution", TR_M_TEXT, .at = AT(institution)},
    {"home", TR_M_TEXT, .at = AT(home)},
    {"home_from", TR_M_DATE, .at = AT(home_from)},
    {"meeting", TR_M_DATE, .at = AT(meeting)},
    {"follow_up_meeting", TR_M_DATE, .at = AT(follow_up_meeting)},
};
enum { HEAD_CASE, HEAD_NAME, HEAD_BYDEL, N_HEAD = sizeof head_members / sizeof *head_members };

const struct tr_kind tr_plan_head_kind = {
    .name = "plan",
    .member = head_members,
    .n_members = N_HEAD,
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
enum { N_TASK = sizeof task_members / sizeof *task_members };

const struct tr_kind tr_task_kind = {
    .name = "task",
    .member = task_members,
    .n_members = N_TASK,
    .size = sizeof(struct tr_task),
};

#undef AT
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

/* ---- the form ---- */

static int item_fault(const struct tr_table *t, uint32_t row, const char *column, const char *why,
                      struct tr_err *err)
{
    return tr_table_fault(t, row, tr_table_column(t, column), TR_E_TABLE_CELL, why, err);
}

static int find_item(const struct tr_plan_form *f, struct tr_str point, struct tr_str item)
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
    it->when = find_item(f, it->point, name);
    it->when_yes = tr_str_is(rest, "ja");
    if (it->when < 0 || f->item[it->when].kind != TR_ITEM_YESNO ||
        (!it->when_yes && !tr_str_is(rest, "nei")))
        return item_fault(t, row, "when", N_("no yesno item of this point, =ja or =nei"), err);
    return 0;
}

static int read_item(struct tr_plan_form *f, const struct tr_table *t, uint32_t row,
                     struct tr_err *err)
{
    struct tr_plan_item *it = &f->item[row];
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
    while (it->kind < TR_N_ITEM_KINDS && !tr_str_is(kind, item_kinds[it->kind]))
        it->kind++;
    if (it->kind == TR_N_ITEM_KINDS || (it->kind == TR_ITEM_POINT) != (it->item.len == 0))
        return item_fault(t, row, "kind", N_("not one of: line text yesno date task tasks"), err);
    if (find_item(f, it->point, it->item) >= 0)
        return item_fault(t, row, "item", N_("two rows have the same spelling"), err);
    if (it->kind != TR_ITEM_POINT && (row == 0 || !tr_str_eq(it->point, f->item[row - 1].point)))
        return item_fault(t, row, "point", N_("an item stands behind its point"), err);
    it->responsible = role.len ? tr_list_code(f->roles, role) : -1;
    if (role.len && it->responsible < 0)
        return item_fault(t, row, "responsible", N_("no such code"), err);
    it->has_due = due.len > 0;
    if (due.len && !tr_duration_parse(due, &it->due))
        return item_fault(t, row, "due", N_("no span of time such as P3M, P4W, P14D or 3wd"), err);
    return read_when(f, it, t, row, err);
}

int tr_plan_form_load(struct tr_plan_form *f, const struct tr_profile *profile, struct tr_err *err)
{
    const struct tr_table *t = &profile->table[TR_T_PLAN_ITEMS],
                          *codes = &profile->table[TR_T_CODES];
    static const char *const names[] = {"role", "task_status", "follow_up", "bool"};
    const struct tr_list **const lists[] = {&f->roles, &f->statuses, &f->follow_ups, &f->bools};

    *f = (struct tr_plan_form){.profile = profile};
    for (int i = 0; i < 4; i++)
        if (!(*lists[i] = tr_profile_list(profile, names[i])))
            return tr_table_fault(codes, codes->n_rows, tr_table_column(codes, "list"),
                                  TR_E_TABLE_CELL, names[i], err);
    f->open = tr_list_code(f->statuses, TR_STR("open"));
    f->item = calloc(t->n_rows + (size_t)1, sizeof *f->item);
    if (!f->item)
        return tr_err_memory(err);
    for (uint32_t row = 0; row < t->n_rows; row++, f->n++)
        if (read_item(f, t, row, err) < 0)
            return -1;
    return 0;
}

void tr_plan_form_clear(struct tr_plan_form *f)
{
    free(f->item);
    *f = (struct tr_plan_form){0};
}

/* ---- a plan ---- */

static int start(struct tr_plan *p, const struct tr_plan_form *form, const char *source,
                 struct tr_err *err)
{
    *p = (struct tr_plan){.form = form};
    tr_records_start(&p->heads, &tr_plan_head_kind, form->profile, source);
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
    void *copy;

    if (start(p, form, NULL, err) < 0)
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
        task->due = it->has_due ? tr_day_plus(head->home_from, it->due) : TR_NO_DAY;
    }
    return 0;
}

/* ---- reading ---- */

struct reading {
    struct tr_plan *p;
    const char *source;
    uint64_t line;
    struct tr_err *err;
};

/* Points err to what was read: point.item.field. */
static int at_place(const struct reading *in, const struct tr_plan_item *it)
{
    struct tr_buf place = {0};

    tr_buf_str(&place, it->point);
    if (it->item.len > 0) {
        tr_buf_char(&place, '.');
        tr_buf_str(&place, it->item);
    }
    if (in->err->field[0]) {
        tr_buf_char(&place, '.');
        tr_buf_text(&place, in->err->field);
    }
    in->err->source = in->source;
    in->err->line = in->line;
    tr_err_field(in->err, tr_buf_slice(&place));
    tr_buf_clear(&place);
    return -1;
}

static int unknown_key(const struct reading *in, struct tr_str key, struct tr_near *near)
{
    char text[2][64];

    tr_err_copy(text[0], sizeof text[0], key);
    tr_err_copy(text[1], sizeof text[1], tr_near_found(near) ? near->best : (struct tr_str){"", 0});
    tr_err_set(in->err, text[1][0] ? TR_E_PLAN_KEY_NEAR : TR_E_PLAN_KEY, text[0], text[1], NULL);
    in->err->source = in->source;
    in->err->line = in->line;
    return -1;
}

/* No key but those of the kind, from a member on, and others. */
static int check_keys(const struct reading *in, const struct tr_json *object,
                      const struct tr_kind *kind, uint32_t from, const char *const *others)
{
    struct tr_json *value;
    struct tr_str key;
    void *place = NULL;

    while (tr_json_each(object, &place, &key, &value)) {
        struct tr_near near = {.wanted = key};
        uint32_t m = from;
        int i = 0;

        while (m < kind->n_members && !tr_str_is(key, kind->member[m].name))
            m++;
        while (others[i] && !tr_str_is(key, others[i]))
            i++;
        if (m < kind->n_members || others[i])
            continue;
        for (m = from; m < kind->n_members; m++)
            tr_near_offer(&near, tr_str(kind->member[m].name));
        return unknown_key(in, key, &near);
    }
    return 0;
}

static int read_task(const struct reading *in, const struct tr_plan_item *it,
                     const struct tr_json *object, struct tr_plan_value *v)
{
    static const char *const none[] = {NULL};

    /* The form names a task of its own. */
    if (check_keys(in, object, &tr_task_kind, it->kind == TR_ITEM_TASK, none) < 0 ||
        tr_records_add_json(&in->p->tasks, object, in->err) < 0)
        return at_place(in, it);
    v->n_tasks++;
    return 0;
}

static int wrong_type(const struct reading *in, const struct tr_plan_item *it)
{
    static const char *const wanted[TR_N_ITEM_KINDS] = {
        [TR_ITEM_POINT] = "{ … }",       [TR_ITEM_LINE] = "\"…\"",      [TR_ITEM_TEXT] = "\"…\"",
        [TR_ITEM_YESNO] = "true, false", [TR_ITEM_DATE] = "yyyy-mm-dd", [TR_ITEM_TASK] = "{ … }",
        [TR_ITEM_TASKS] = "[{ … }, …]",
    };

    tr_err_set(in->err, TR_E_PLAN_TYPE, wanted[it->kind], NULL, NULL);
    return at_place(in, it);
}

static int read_scalar(const struct reading *in, const struct tr_plan_item *it,
                       const struct tr_json *value, struct tr_plan_value *v)
{
    struct tr_buf cell = {0};
    struct tr_date date;
    int rc = 0;

    tr_json_cell(value, &cell);
    v->text = tr_arena_copy(&in->p->text, tr_text_trim(tr_buf_slice(&cell)));
    if (cell.failed || in->p->text.failed)
        rc = tr_err_memory(in->err);
    tr_buf_clear(&cell);
    if (rc < 0 || v->text.len == 0)
        return rc;
    if (it->kind == TR_ITEM_YESNO) {
        v->number = tr_list_find(in->p->form->bools, v->text);
        if (v->number < 0)
            return wrong_type(in, it);
        v->number = v->number == tr_list_code(in->p->form->bools, TR_STR("ja"));
    } else if (it->kind == TR_ITEM_DATE) {
        if (!tr_date_parse(v->text, &date)) {
            tr_err_set(in->err, TR_E_DATE, NULL, NULL, NULL);
            return at_place(in, it);
        }
        v->number = tr_date_number(date);
    }
    return 0;
}

static int read_value(const struct reading *in, uint32_t i, const struct tr_json *value)
{
    const struct tr_plan_item *it = &in->p->form->item[i];
    struct tr_plan_value *v = &in->p->value[i];
    enum tr_json_type type = tr_json_type(value);

    v->first_task = in->p->tasks.n;
    if (type == TR_JSON_NULL)
        return 0;
    if (it->kind < TR_ITEM_TASK)
        return type == TR_JSON_SCALAR ? read_scalar(in, it, value, v) : wrong_type(in, it);
    if (it->kind == TR_ITEM_TASK)
        return type == TR_JSON_OBJECT ? read_task(in, it, value, v) : wrong_type(in, it);
    if (type != TR_JSON_ARRAY)
        return wrong_type(in, it);
    for (size_t k = 0; k < tr_json_size(value); k++) {
        if (tr_json_type(tr_json_at(value, k)) != TR_JSON_OBJECT)
            return wrong_type(in, it);
        if (read_task(in, it, tr_json_at(value, k), v) < 0)
            return -1;
    }
    return 0;
}

static bool in_point(const struct tr_plan_form *f, uint32_t i)
{
    return i < f->n && f->item[i].kind != TR_ITEM_POINT;
}

/* The items of a point; an item's name is looked for from the point on. */
static int read_point(const struct reading *in, uint32_t point, const struct tr_json *object)
{
    const struct tr_plan_form *f = in->p->form;
    struct tr_json *value;
    struct tr_str key;
    void *place = NULL;

    if (tr_json_type(object) == TR_JSON_NULL)
        return 0;
    if (tr_json_type(object) != TR_JSON_OBJECT)
        return wrong_type(in, &f->item[point]);
    while (tr_json_each(object, &place, &key, &value)) {
        struct tr_near near = {.wanted = key};
        uint32_t i = point + 1;

        while (in_point(f, i) && !tr_str_eq(f->item[i].item, key))
            i++;
        if (!in_point(f, i)) {
            for (i = point + 1; in_point(f, i); i++)
                tr_near_offer(&near, f->item[i].item);
            unknown_key(in, key, &near);
            return at_place(in, &f->item[point]);
        }
        if (read_value(in, i, value) < 0)
            return -1;
    }
    return 0;
}

static int read_points(const struct reading *in, const struct tr_json *points)
{
    const struct tr_plan_form *f = in->p->form;
    struct tr_json *value;
    struct tr_str key;
    void *place = NULL;

    if (tr_json_type(points) != TR_JSON_NULL && tr_json_type(points) != TR_JSON_OBJECT) {
        tr_err_set(in->err, TR_E_PLAN_TYPE, "{ … }", NULL, NULL);
        tr_err_field(in->err, TR_STR("points"));
        in->err->source = in->source;
        in->err->line = in->line;
        return -1;
    }
    while (tr_json_each(points, &place, &key, &value)) {
        struct tr_near near = {.wanted = key};
        int i = key.len ? find_item(f, key, (struct tr_str){"", 0}) : -1;

        for (uint32_t k = 0; i < 0 && k < f->n; k++)
            if (f->item[k].kind == TR_ITEM_POINT)
                tr_near_offer(&near, f->item[k].point);
        if (i < 0)
            return unknown_key(in, key, &near);
        if (read_point(in, (uint32_t)i, value) < 0)
            return -1;
    }
    return 0;
}

static int check_schema(const struct reading *in, const struct tr_json *document)
{
    struct tr_str given = tr_json_text(tr_json_member(document, TR_STR("schema")));
    char text[64];

    if (tr_str_is(given, schema))
        return 0;
    tr_err_copy(text, sizeof text, given);
    tr_err_set(in->err, TR_E_PLAN_SCHEMA, text, schema, NULL);
    tr_err_field(in->err, TR_STR("schema"));
    in->err->source = in->source;
    in->err->line = in->line;
    return -1;
}

int tr_plan_read(struct tr_plan *p, const struct tr_plan_form *form, const struct tr_json *document,
                 const char *source, uint64_t line, struct tr_err *err)
{
    static const char *const others[] = {"schema", "points", NULL};
    const struct reading in = {p, source, line, err};

    if (start(p, form, source, err) < 0 || check_schema(&in, document) < 0 ||
        check_keys(&in, document, &tr_plan_head_kind, 0, others) < 0)
        return -1;
    if (tr_records_add_json(&p->heads, document, err) < 0) {
        err->line = line;
        return -1;
    }
    return read_points(&in, tr_json_member(document, TR_STR("points")));
}

/* ---- writing ---- */

static void indent(struct tr_out *out, int depth)
{
    tr_out_char(out, '\n');
    for (int i = 0; i < depth; i++)
        tr_out_text(out, "  ");
}

static void write_key(struct tr_out *out, int depth, bool first, struct tr_str key)
{
    tr_out_text(out, first ? "" : ",");
    indent(out, depth);
    tr_json_string(out, key);
    tr_out_text(out, ": ");
}

static void write_text(struct tr_out *out, struct tr_str s)
{
    if (s.len > 0)
        tr_json_string(out, s);
    else
        tr_out_text(out, "null");
}

static void write_day(struct tr_out *out, int32_t day)
{
    char iso[TR_DATE_LEN];

    if (day != TR_NO_DAY)
        tr_date_iso(tr_date_of(day), iso);
    write_text(out, (struct tr_str){iso, day == TR_NO_DAY ? 0 : sizeof iso});
}

static void write_task(const struct tr_plan *p, uint32_t task, bool named, struct tr_out *out)
{
    struct tr_column columns[N_TASK];
    struct tr_str cells[N_TASK];
    struct tr_buf text = {0};
    int from = named ? 0 : 1; /* the form names the others */

    tr_kind_columns(&tr_task_kind, columns);
    tr_kind_cells(&tr_task_kind, p->form->profile, tr_task(p, task), cells, &text);
    tr_json_object(out, columns + from, (size_t)(N_TASK - from), cells + from);
    out->buf.failed |= text.failed;
    tr_buf_clear(&text);
}

static void write_value(const struct tr_plan *p, uint32_t i, struct tr_out *out)
{
    const struct tr_plan_value *v = &p->value[i];

    switch (p->form->item[i].kind) {
    case TR_ITEM_YESNO:
        tr_out_text(out, v->number < 0 ? "null" : v->number ? "true" : "false");
        break;
    case TR_ITEM_DATE:
        write_day(out, v->number);
        break;
    case TR_ITEM_TASK:
        if (v->n_tasks > 0)
            write_task(p, v->first_task, false, out);
        else
            tr_out_text(out, "null");
        break;
    case TR_ITEM_TASKS:
        tr_out_char(out, '[');
        for (uint32_t k = 0; k < v->n_tasks; k++) {
            tr_out_text(out, k ? "," : "");
            indent(out, 4);
            write_task(p, v->first_task + k, true, out);
        }
        if (v->n_tasks > 0)
            indent(out, 3);
        tr_out_char(out, ']');
        break;
    default:
        write_text(out, v->text);
        break;
    }
}

void tr_plan_write(const struct tr_plan *p, struct tr_out *out)
{
    const struct tr_plan_form *f = p->form;
    struct tr_str cells[N_HEAD];
    struct tr_buf text = {0};
    uint32_t i = 0;

    tr_kind_cells(&tr_plan_head_kind, f->profile, tr_plan_head(p), cells, &text);
    tr_out_char(out, '{');
    write_key(out, 1, true, TR_STR("schema"));
    tr_json_string(out, tr_str(schema));
    for (int m = 0; m < N_HEAD; m++) {
        write_key(out, 1, false, tr_str(head_members[m].name));
        write_text(out, cells[m]);
    }
    write_key(out, 1, false, TR_STR("points"));
    tr_out_char(out, '{');
    while (i < f->n) {
        bool first = true;

        write_key(out, 2, i == 0, f->item[i].point);
        tr_out_char(out, '{');
        for (i++; i < f->n && f->item[i].kind != TR_ITEM_POINT; i++, first = false) {
            write_key(out, 3, first, f->item[i].item);
            write_value(p, i, out);
        }
        indent(out, 2);
        tr_out_char(out, '}');
    }
    indent(out, 1);
    tr_out_text(out, "}\n}\n");
    out->buf.failed |= text.failed;
    tr_buf_clear(&text);
}

/* ---- what is missing ---- */

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
    uint32_t point; /* the item that is the point in hand */
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
    bool empty = it->kind >= TR_ITEM_TASK                                ? v->n_tasks == 0
                 : it->kind == TR_ITEM_YESNO || it->kind == TR_ITEM_DATE ? v->number < 0
                                                                         : v->text.len == 0;

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

/* What the plan is about must be said, but for the name. */
static void check_head(struct lacking *l)
{
    const struct tr_profile *profile = l->p->form->profile;
    struct tr_str cells[N_HEAD];
    struct tr_buf text = {0};

    tr_kind_cells(&tr_plan_head_kind, profile, tr_plan_head(l->p), cells, &text);
    for (int m = HEAD_BYDEL; m < N_HEAD; m++) {
        struct tr_missing *missing;

        if (cells[m].len > 0 || !(missing = tr_records_add(l->out, 0)))
            continue;
        missing->case_id = tr_arena_copy(&l->out->text, tr_plan_head(l->p)->case_id);
        missing->item = tr_str(head_members[m].name);
        missing->what = TR_STR("value");
        missing->text = tr_plan_head_label(profile, head_members[m].name, l->lang);
        missing->of = (struct tr_str){"", 0};
        missing->label = missing->text;
    }
    l->failed |= text.failed;
    tr_buf_clear(&text);
}

int tr_plan_missing(const struct tr_plan *p, enum tr_lang lang, struct tr_records *out)
{
    struct lacking l = {.p = p, .lang = lang, .out = out};

    check_head(&l);
    for (uint32_t i = 0; i < p->form->n; i++) {
        if (p->form->item[i].kind == TR_ITEM_POINT)
            l.point = i;
        else
            check_item(&l, i);
    }
    return l.failed || out->text.failed ? -1 : 0;
}
