#include "domain/routine/plan_own.h"

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

static void write_time(struct tr_out *out, int32_t minutes)
{
    char text[TR_TIME_LEN];

    if (minutes >= 0)
        tr_time_text(minutes, ':', text);
    write_text(out, (struct tr_str){text, minutes < 0 ? 0 : sizeof text});
}

static void write_task(const struct tr_plan *p, uint32_t task, bool named, struct tr_out *out)
{
    struct tr_column columns[TR_MEMBERS_MAX];
    struct tr_str cells[TR_MEMBERS_MAX];
    struct tr_buf text = {0};
    uint32_t from = named ? 0 : 1; /* the form has the names of all other tasks */

    tr_kind_columns(&tr_task_kind, columns);
    tr_kind_cells(&tr_task_kind, p->form->profile, tr_task(p, task), cells, &text);
    tr_json_object(out, columns + from, tr_task_kind.n_members - from, cells + from);
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
    case TR_ITEM_TIME:
        write_time(out, v->number);
        break;
    case TR_ITEM_MEETING:
    case TR_ITEM_ROLE:
        write_text(out, v->number < 0 ? TR_STR("") : p->form->item[i].list->entry[v->number].code);
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
    struct tr_str cells[TR_MEMBERS_MAX];
    struct tr_buf text = {0};
    uint32_t i = 0;

    tr_kind_cells(f->head, f->profile, tr_plan_head(p), cells, &text);
    tr_out_char(out, '{');
    write_key(out, 1, true, TR_STR("schema"));
    tr_json_string(out, tr_str(tr_plan_schema(f)));
    for (uint32_t m = 0; m < f->head->n_members; m++) {
        write_key(out, 1, false, tr_str(f->head->member[m].name));
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
