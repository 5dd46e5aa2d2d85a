#include "base/text.h"
#include "domain/routine/plan_own.h"

struct reading {
    struct tr_plan *p;
    const char *source;
    uint64_t line;
    struct tr_err *err;
};

/* Makes err point at point.item.field. */
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

/* Refuses keys other than the names of the members of the kind, from one member on, and others. */
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

    /* A task of the form has its name there: the plan does not give one. */
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
    if (!tr_plan_item_has_tasks(it))
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

/* Reads the items of a point. Two points may have items of one name: only those that follow the
 * point are looked at. */
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
        int i = key.len ? tr_plan_item_find(f, key, (struct tr_str){"", 0}) : -1;

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

    if (tr_str_is(given, tr_plan_schema))
        return 0;
    tr_err_copy(text, sizeof text, given);
    tr_err_set(in->err, TR_E_PLAN_SCHEMA, text, tr_plan_schema, NULL);
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

    if (tr_plan_start(p, form, source, err) < 0 || check_schema(&in, document) < 0 ||
        check_keys(&in, document, &tr_plan_head_kind, 0, others) < 0)
        return -1;
    if (tr_records_add_json(&p->heads, document, err) < 0) {
        err->line = line;
        return -1;
    }
    return read_points(&in, tr_json_member(document, TR_STR("points")));
}
