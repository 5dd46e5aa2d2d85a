#include "base/text.h"
#include "domain/routine/plan_own.h"

enum { DEPTH = 6 };

struct reading {
    struct tr_plan *p;
    const struct tr_plan_source *source;
    const struct tr_listener *listener;
    struct tr_json_step step[DEPTH]; /* to the value in hand */
    size_t depth;
    const struct tr_plan_item *item; /* in hand; NULL: none */
    int faults;
};

static void enter(struct reading *in, struct tr_str key, size_t index)
{
    if (in->depth < DEPTH)
        in->step[in->depth] = (struct tr_json_step){key, index};
    in->depth++;
}

static void leave(struct reading *in)
{
    in->depth--;
}

/* Tells a fault of the value in hand, or of its member called err->field, with the place in the
 * text and as point.item.field. */
static void say(void *cookie, const struct tr_err *err)
{
    struct reading *in = cookie;
    struct tr_err said = *err;
    struct tr_buf place = {0};

    if (in->item) {
        tr_buf_str(&place, in->item->point);
        tr_buf_char(&place, '.');
        tr_buf_str(&place, in->item->item);
        place.len -= in->item->item.len == 0;
        tr_buf_text(&place, err->field[0] ? "." : "");
    }
    tr_buf_text(&place, err->field);
    if (err->field[0])
        enter(in, tr_str(err->field), 0);
    said.source = in->source->name;
    said.line = in->source->line;
    tr_json_place(in->source->text, in->step, in->depth < DEPTH ? in->depth : DEPTH, &said.line,
                  &said.col);
    if (err->field[0])
        leave(in);
    tr_err_field(&said, tr_buf_slice(&place));
    in->listener->say(in->listener->cookie, &said);
    in->faults++;
    tr_buf_clear(&place);
}

static void say_code(struct reading *in, enum tr_code code, const char *a, const char *field)
{
    struct tr_err err;

    tr_err_set(&err, code, a, NULL, NULL);
    tr_err_field(&err, tr_str(field));
    say(in, &err);
}

static void say_choice(struct reading *in, const struct tr_list *list, struct tr_str text)
{
    struct tr_err err = {0};

    tr_list_fault(list, text, &err);
    tr_err_field(&err, TR_STR(""));
    say(in, &err);
}

/* The key leads to nothing; the place is its own. */
static void unknown_key(struct reading *in, struct tr_str key, struct tr_near *near)
{
    char text[2][64];
    struct tr_err err;

    tr_err_copy(text[0], sizeof text[0], key);
    tr_err_copy(text[1], sizeof text[1], tr_near_found(near) ? near->best : (struct tr_str){"", 0});
    tr_err_set(&err, text[1][0] ? TR_E_PLAN_KEY_NEAR : TR_E_PLAN_KEY, text[0], text[1], NULL);
    enter(in, key, 0);
    say(in, &err);
    leave(in);
}

/* Refuses keys other than the names of the members of the kind, from one member on, and others. */
static void check_keys(struct reading *in, const struct tr_json *object, const struct tr_kind *kind,
                       uint32_t from, const char *const *others)
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
        unknown_key(in, key, &near);
    }
}

static void read_task(struct reading *in, const struct tr_plan_item *it,
                      const struct tr_json *object, struct tr_plan_value *v)
{
    static const char *const none[] = {NULL};
    const struct tr_listener listener = {say, in};

    /* A task of the form has its name there: the plan does not give one. */
    check_keys(in, object, &tr_task_kind, it->kind == TR_ITEM_TASK, none);
    if (tr_records_add_json(&in->p->tasks, object, &listener) == 0)
        v->n_tasks++;
}

static void wrong_type(struct reading *in, enum tr_item_kind kind)
{
    static const char *const wanted[TR_N_ITEM_KINDS] = {
        [TR_ITEM_POINT] = "{ … }",       [TR_ITEM_LINE] = "\"…\"",      [TR_ITEM_TEXT] = "\"…\"",
        [TR_ITEM_YESNO] = "true, false", [TR_ITEM_DATE] = "yyyy-mm-dd", [TR_ITEM_TASK] = "{ … }",
        [TR_ITEM_TASKS] = "[{ … }, …]",
        [TR_ITEM_TIME] = "\"hh:mm\"",    [TR_ITEM_MEETING] = "\"…\"",   [TR_ITEM_ROLE] = "\"…\"",
    };

    say_code(in, TR_E_PLAN_TYPE, wanted[kind], "");
}

static void read_scalar(struct reading *in, const struct tr_plan_item *it,
                        const struct tr_json *value, struct tr_plan_value *v)
{
    struct tr_buf cell = {0};
    struct tr_date date;

    tr_json_cell(value, &cell);
    v->text = tr_arena_copy(&in->p->text, tr_text_trim(tr_buf_slice(&cell)));
    if (cell.failed)
        in->p->text.failed = true;
    tr_buf_clear(&cell);
    if (v->text.len == 0)
        return;
    if (it->kind == TR_ITEM_YESNO) {
        v->number = tr_list_find(in->p->form->bools, v->text);
        if (v->number < 0)
            wrong_type(in, it->kind);
        v->number = v->number == tr_list_code(in->p->form->bools, TR_STR("ja"));
    } else if (it->kind == TR_ITEM_DATE) {
        if (tr_date_parse(v->text, &date))
            v->number = tr_date_number(date);
        else
            say_code(in, TR_E_DATE, NULL, "");
    } else if (it->kind == TR_ITEM_TIME) {
        if (!tr_time_parse(v->text, &v->number))
            say_code(in, TR_E_TIME, NULL, "");
    } else if (it->list) {
        v->number = tr_list_find(it->list, v->text);
        if (v->number < 0)
            say_choice(in, it->list, v->text);
    }
}

static void read_tasks(struct reading *in, const struct tr_plan_item *it,
                       const struct tr_json *value, struct tr_plan_value *v)
{
    for (size_t k = 0; k < tr_json_size(value); k++) {
        enter(in, (struct tr_str){NULL, 0}, k);
        if (tr_json_type(tr_json_at(value, k)) == TR_JSON_OBJECT)
            read_task(in, it, tr_json_at(value, k), v);
        else
            wrong_type(in, it->kind);
        leave(in);
    }
}

static void read_value(struct reading *in, uint32_t i, const struct tr_json *value)
{
    const struct tr_plan_item *it = &in->p->form->item[i];
    struct tr_plan_value *v = &in->p->value[i];
    enum tr_json_type type = tr_json_type(value);
    enum tr_json_type wanted = !tr_plan_item_has_tasks(it) ? TR_JSON_SCALAR
                               : it->kind == TR_ITEM_TASK  ? TR_JSON_OBJECT
                                                           : TR_JSON_ARRAY;

    v->first_task = in->p->tasks.n;
    in->item = it;
    if (type != TR_JSON_NULL && type != wanted)
        wrong_type(in, it->kind);
    else if (type == TR_JSON_SCALAR)
        read_scalar(in, it, value, v);
    else if (type == TR_JSON_OBJECT)
        read_task(in, it, value, v);
    else if (type == TR_JSON_ARRAY)
        read_tasks(in, it, value, v);
    in->item = NULL;
}

static bool in_point(const struct tr_plan_form *f, uint32_t i)
{
    return i < f->n && f->item[i].kind != TR_ITEM_POINT;
}

/* Reads the items of a point. Two points may have items of one name: only those that follow the
 * point are looked at. */
static void read_point(struct reading *in, uint32_t point, const struct tr_json *object)
{
    const struct tr_plan_form *f = in->p->form;
    struct tr_json *value;
    struct tr_str key;
    void *place = NULL;

    if (tr_json_type(object) == TR_JSON_NULL)
        return;
    in->item = &f->item[point];
    if (tr_json_type(object) != TR_JSON_OBJECT)
        wrong_type(in, TR_ITEM_POINT);
    while (tr_json_type(object) == TR_JSON_OBJECT && tr_json_each(object, &place, &key, &value)) {
        struct tr_near near = {.wanted = key};
        uint32_t i = point + 1;

        while (in_point(f, i) && !tr_str_eq(f->item[i].item, key))
            i++;
        if (in_point(f, i)) {
            enter(in, key, 0);
            read_value(in, i, value);
            leave(in);
            continue;
        }
        for (i = point + 1; in_point(f, i); i++)
            tr_near_offer(&near, f->item[i].item);
        in->item = &f->item[point];
        unknown_key(in, key, &near);
    }
    in->item = NULL;
}

static void read_points(struct reading *in, const struct tr_json *points)
{
    const struct tr_plan_form *f = in->p->form;
    struct tr_json *value;
    struct tr_str key;
    void *place = NULL;

    if (tr_json_type(points) != TR_JSON_NULL && tr_json_type(points) != TR_JSON_OBJECT)
        say_code(in, TR_E_PLAN_TYPE, "{ … }", "points");
    enter(in, TR_STR("points"), 0);
    while (tr_json_type(points) == TR_JSON_OBJECT && tr_json_each(points, &place, &key, &value)) {
        struct tr_near near = {.wanted = key};
        int i = key.len ? tr_plan_item_find(f, key, (struct tr_str){"", 0}) : -1;

        for (uint32_t k = 0; i < 0 && k < f->n; k++)
            if (f->item[k].kind == TR_ITEM_POINT)
                tr_near_offer(&near, f->item[k].point);
        if (i < 0) {
            unknown_key(in, key, &near);
            continue;
        }
        enter(in, key, 0);
        read_point(in, (uint32_t)i, value);
        leave(in);
    }
    leave(in);
}

/* A document of another kind is not looked at further. */
static int check_schema(struct reading *in, const struct tr_json *document)
{
    struct tr_str given = tr_json_text(tr_json_member(document, TR_STR("schema")));
    char text[64];
    struct tr_err err;

    if (tr_str_is(given, tr_plan_schema(in->p->form)))
        return 0;
    tr_err_copy(text, sizeof text, tr_plan_told_code(given));
    tr_err_set(&err, TR_E_PLAN_SCHEMA, text, tr_plan_schema(in->p->form), NULL);
    tr_err_value(&err, given);
    tr_err_field(&err, TR_STR("schema"));
    say(in, &err);
    return -1;
}

/* A meeting to follow up the move that is not after it is a slip in one of the two days: told, and kept. */
static void doubt_days(const struct reading *in)
{
    const struct tr_plan_head *head = tr_plan_head(in->p);
    struct tr_err err;

    if (head->home_from == TR_NO_DAY || head->follow_up_meeting == TR_NO_DAY ||
        head->follow_up_meeting > head->home_from)
        return;
    tr_err_set(&err, TR_W_PLAN_DAYS, "follow_up_meeting", "home_from", NULL);
    err.source = in->source->name;
    err.line = in->source->line;
    tr_err_field(&err, TR_STR("follow_up_meeting"));
    in->listener->say(in->listener->cookie, &err);
}

int tr_plan_read(struct tr_plan *p, const struct tr_plan_form *form, const struct tr_json *document,
                 const struct tr_plan_source *source, const struct tr_listener *listener)
{
    static const char *const others[] = {"schema", "points", NULL};
    struct reading in = {.p = p, .source = source, .listener = listener};
    const struct tr_listener place = {say, &in};
    struct tr_err err;

    if (tr_plan_start(p, form, source->name, &err) < 0) {
        listener->say(listener->cookie, &err);
        return -1;
    }
    if (check_schema(&in, document) < 0)
        return -1;
    check_keys(&in, document, form->head, 0, others);
    tr_records_add_json(&p->heads, document, &place);
    read_points(&in, tr_json_member(document, TR_STR("points")));
    if (p->text.failed && in.faults == 0) {
        tr_err_memory(&err);
        say(&in, &err);
    }
    if (in.faults == 0 && form->paper == TR_PAPER_PLAN)
        doubt_days(&in);
    return in.faults ? -1 : 0;
}
