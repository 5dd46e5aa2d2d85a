#include "doc/content/checklist_own.h"

#include <stdlib.h>

#include "base/text.h"
#include "doc/content/form_mark_own.h"

enum { HEAD = -1, SIGNATURES = -2 }; /* places that are no point */
enum { TASK_COLUMNS = 5, CHOICES_MOST = 16 };

/* A row of a table of tasks. */
struct found {
    uint32_t item;
    struct tr_task task;
};

/* ---- rows ---- */

static void set_item(struct tr_reading *in, uint32_t i, struct tr_str cell)
{
    const struct tr_plan_item *it = &in->form->item[i];
    const struct tr_str labels[] = {tr_reading_word(in, "plan.yes"), tr_reading_word(in, "plan.no")};
    struct tr_plan_value *v = &in->p->value[i];
    struct tr_str label = it->label[in->lang];
    struct tr_err err;
    int32_t choice;

    if (in->seen[i]) {
        tr_err_set(&err, TR_E_FILLED_TWO, NULL, NULL, NULL);
        tr_reading_say_item(in, &err, i, "");
    }
    in->seen[i] = true;
    if (it->kind == TR_ITEM_YESNO) {
        if (!tr_reading_boxes(in, label, cell, labels, 2, &choice)) {
            tr_err_set(&err, TR_E_FILLED_TWO, NULL, NULL, NULL);
            tr_reading_say_item(in, &err, i, "");
        }
        v->number = choice < 0 ? -1 : choice == 0;
        return;
    }
    v->text = tr_reading_answer(in, cell, label, it->help[in->lang]);
    if ((it->kind == TR_ITEM_DATE && !tr_reading_day(in, v->text, &v->number, &err)) ||
        (it->kind == TR_ITEM_TIME && !tr_reading_time(v->text, &v->number, &err)) ||
        (it->list && !tr_reading_code(it->list, v->text, &v->number, &err, in->lang)))
        tr_reading_say_item(in, &err, i, "");
}

/* A row of the head; false: it is none. */
static bool take_head(struct tr_reading *in, struct tr_str label, struct tr_str cell)
{
    for (uint32_t m = 0; m < in->form->head->n_members; m++) {
        const struct tr_member *member = &in->form->head->member[m];
        char *at = (char *)&in->head + member->at;
        struct tr_str shown = tr_plan_head_label(in->form->profile, member->name, in->lang), text;
        struct tr_err err = {0};
        bool good = true;

        if (!tr_reading_same(in, label, shown))
            continue;
        text = tr_reading_answer(in, cell, shown, TR_STR(""));
        if (in->head_seen >> m & 1)
            good = tr_err_set(&err, TR_E_FILLED_TWO, NULL, NULL, NULL) == 0;
        else if (member->kind == TR_M_DATE)
            good = tr_reading_day(in, text, (int32_t *)(void *)at, &err);
        else if (member->kind == TR_M_CODE)
            good = tr_reading_code(tr_profile_list(in->form->profile, member->list), text,
                           (int32_t *)(void *)at, &err, in->lang);
        else
            *(struct tr_str *)(void *)at = text;
        if (!good)
            tr_reading_say(in, &err, TR_STR(""), TR_STR(""), member->name);
        in->head_seen |= UINT64_C(1) << m;
        return true;
    }
    return false;
}

static bool in_point(const struct tr_reading *in, uint32_t i)
{
    return i < in->form->n && in->form->item[i].kind != TR_ITEM_POINT;
}

static void take_pair(struct tr_reading *in, const struct tr_filled_block *b)
{
    struct tr_str label = tr_text_trim(tr_filled_cell(in->f, b, 0)), cell = tr_filled_cell(in->f, b, 1);

    if (in->point == HEAD && take_head(in, label, cell)) {
        in->rows++;
        return;
    }
    for (uint32_t i = (uint32_t)(in->point + 1); in->point >= 0 && in_point(in, i); i++)
        if (in->form->item[i].kind < TR_ITEM_TASK && tr_reading_same(in, label, in->form->item[i].label[in->lang])) {
            in->rows++;
            set_item(in, i, cell);
            return;
        }
    tr_reading_remark(in, tr_arena_copy(&in->p->text, label), tr_reading_answer(in, cell, label, TR_STR("")));
}

/* The item that the row is of: the task of this name, or else the one that takes any. form->n: none. */
static uint32_t item_of(struct tr_reading *in, struct tr_str name)
{
    uint32_t any = in->form->n;

    for (uint32_t i = (uint32_t)(in->point + 1); in->point >= 0 && in_point(in, i); i++) {
        if (in->form->item[i].kind == TR_ITEM_TASK && tr_reading_same(in, name, in->form->item[i].label[in->lang]))
            return i;
        if (in->form->item[i].kind == TR_ITEM_TASKS && any == in->form->n)
            any = i;
    }
    return any;
}

/* The cells behind the name. Says what is wrong. */
static void read_task(struct tr_reading *in, const struct tr_filled_block *b, uint32_t item,
                      struct tr_task *t)
{
    const struct tr_list *lists[] = {in->form->roles, NULL, in->form->statuses};
    static const char *const keys[] = {"plan.responsible", "plan.due", "plan.status"};
    static const char *const names[] = {"responsible", "due", "status"};
    int32_t *values[] = {&t->responsible, &t->due, &t->status};
    struct tr_str labels[CHOICES_MOST];
    struct tr_err err;
    int n = in->form->follow_ups->n < CHOICES_MOST ? in->form->follow_ups->n : CHOICES_MOST;

    for (uint32_t c = 0; c < 3; c++) {
        struct tr_str text = tr_reading_answer(in, tr_filled_cell(in->f, b, c + 1), tr_reading_word(in, keys[c]), TR_STR(""));

        if (lists[c] ? !tr_reading_code(lists[c], text, values[c], &err, in->lang)
                     : !tr_reading_day(in, text, values[c], &err))
            tr_reading_say_item(in, &err, item, names[c]);
    }
    for (int i = 0; i < n; i++)
        labels[i] = in->form->follow_ups->entry[i].label[in->lang];
    if (!tr_reading_boxes(in, t->task, tr_filled_cell(in->f, b, 4), labels, n, &t->follow_up)) {
        tr_err_set(&err, TR_E_FILLED_TWO, NULL, NULL, NULL);
        tr_reading_say_item(in, &err, item, "follow_up");
    }
}

static void take_task(struct tr_reading *in, const struct tr_filled_block *b)
{
    struct tr_str cell = tr_filled_cell(in->f, b, 0), name = {0}, note, all = {0};
    struct found found = {.task = {.responsible = -1, .due = TR_NO_DAY, .status = -1, .follow_up = -1}};
    const struct tr_plan_item *it;
    struct tr_err err;

    while (name.len == 0 && tr_str_part(&cell, '\n', &name))
        name = tr_text_trim(name);
    if (tr_reading_same(in, name, tr_reading_word(in, "plan.task")) && !tr_reading_same(in, name, tr_filled_cell(in->f, b, 1)) &&
        tr_reading_same(in, tr_filled_cell(in->f, b, 1), tr_reading_word(in, "plan.responsible")))
        return; /* the heads */
    found.item = item_of(in, name);
    if (found.item == in->form->n) {
        for (uint32_t c = 0; c < b->n; c++)
            tr_reading_remark(in, all, tr_reading_answer(in, tr_filled_cell(in->f, b, c), TR_STR(""), TR_STR("")));
        return;
    }
    it = &in->form->item[found.item];
    in->rows++;
    if (it->kind == TR_ITEM_TASKS) { /* the first line is its name */
        all = tr_reading_answer(in, tr_filled_cell(in->f, b, 0), tr_reading_word(in, "plan.task"), it->help[in->lang]);
        note = all;
        if (!tr_str_part(&note, '\n', &name))
            name = all;
        found.task.task = name;
        found.task.note = note;
    } else {
        found.task.note = tr_reading_answer(in, cell, tr_reading_word(in, "plan.task"), it->help[in->lang]);
        if (in->seen[found.item]) {
            tr_err_set(&err, TR_E_FILLED_TWO, NULL, NULL, NULL);
            tr_reading_say_item(in, &err, found.item, "");
        }
    }
    in->seen[found.item] = true;
    read_task(in, b, found.item, &found.task);
    if (it->kind == TR_ITEM_TASK || found.task.task.len > 0 || found.task.responsible >= 0 ||
        found.task.due != TR_NO_DAY || found.task.status >= 0 || found.task.follow_up >= 0)
        tr_buf_add(&in->found, &found, sizeof found);
}

/* ---- blocks ---- */

/* The text without a number and a point before it. */
static struct tr_str unnumbered(struct tr_str s)
{
    size_t n = tr_str_digits(s);

    return n > 0 && n < s.len && s.p[n] == '.' ? tr_text_trim(tr_str_from(s, n + 1)) : s;
}

/* A heading goes to its point; what the form itself says is nothing; all else was written beside. */
static void take_paragraph(struct tr_reading *in, struct tr_str text)
{
    struct tr_str bare;

    in->cell.len = 0;
    text = tr_arena_copy(&in->p->text, tr_filled_tidy(text, &in->cell));
    bare = unnumbered(text);
    for (uint32_t i = 0; i < in->form->n; i++) {
        const struct tr_plan_item *it = &in->form->item[i];

        if (it->kind != TR_ITEM_POINT)
            continue;
        if (tr_reading_same(in, bare, it->label[in->lang])) {
            in->point = i;
            in->seen[i] = true;
            return;
        }
        if (tr_reading_same(in, text, it->help[in->lang]))
            return;
    }
    if (tr_reading_same(in, bare, tr_reading_word(in, "plan.signatures"))) {
        in->point = SIGNATURES;
        return;
    }
    if (!tr_reading_same(in, text, in->form->title[in->lang]))
        tr_reading_remark(in, TR_STR(""), text);
}

static void take_blocks(struct tr_reading *in)
{
    in->point = HEAD;
    for (uint32_t i = 0; i < tr_filled_count(in->f); i++) {
        const struct tr_filled_block *b = tr_filled_block(in->f, i);

        in->page = b->page;
        if (b->kind != TR_FILLED_ROW)
            take_paragraph(in, tr_filled_cell(in->f, b, 0));
        else if (b->n == 2)
            take_pair(in, b);
        else if (b->n >= TASK_COLUMNS)
            take_task(in, b);
        else if (b->n > 2)
            for (uint32_t c = 0; c < b->n; c++)
                tr_reading_remark(in, TR_STR(""), tr_reading_answer(in, tr_filled_cell(in->f, b, c), TR_STR(""), TR_STR("")));
        /* a cell of its own is a frame, which the form wrote */
    }
    in->page = 0;
}

/* ---- the plan ---- */

/* The tasks of an item belong together. */
static int keep_tasks(struct tr_reading *in)
{
    const struct found *found = (const void *)in->found.p;
    size_t n = in->found.len / sizeof *found;

    for (uint32_t i = 0; i < in->form->n; i++) {
        struct tr_plan_value *v = &in->p->value[i];

        v->first_task = in->p->tasks.n;
        for (size_t k = 0; k < n; k++) {
            struct tr_task *t = found[k].item == i ? tr_records_add(&in->p->tasks, 0) : NULL;

            if (found[k].item != i)
                continue;
            if (!t)
                return -1;
            *t = found[k].task;
            v->n_tasks++;
        }
    }
    return 0;
}

/* What the document does not show is as it was. */
static void keep_known(struct tr_reading *in, const struct tr_plan *known)
{
    static const char *const hidden[] = {"name", "protection", "bydel", "home", NULL};

    for (uint32_t m = 0; known && m < in->form->head->n_members; m++) {
        const struct tr_member *member = &in->form->head->member[m];
        const char *from = (const char *)tr_plan_head(known) + member->at;
        char *to = (char *)&in->head + member->at;

        for (int i = 0; hidden[i] && !(in->head_seen >> m & 1); i++)
            if (strcmp(hidden[i], member->name) == 0) {
                memcpy(to, from, tr_member_is_text(member) ? sizeof(struct tr_str) : sizeof(int32_t));
                if (tr_member_is_text(member))
                    *(struct tr_str *)(void *)to =
                        tr_arena_copy(&in->p->text, *(const struct tr_str *)(const void *)from);
            }
    }
}

/* Tells the rows that should be there and are not. */
static void say_gone(struct tr_reading *in)
{
    static const char *const may[] = {"paper", "name", "protection", "bydel", "home", "remarks", NULL};
    struct tr_err err;

    for (uint32_t m = 0; m < in->form->head->n_members; m++) {
        const char *name = in->form->head->member[m].name;
        int i = 0;

        while (may[i] && strcmp(may[i], name) != 0)
            i++;
        tr_err_set(&err, TR_W_FILLED_GONE, NULL, NULL, NULL);
        if (!may[i] && !(in->head_seen >> m & 1))
            tr_reading_say(in, &err, TR_STR(""), TR_STR(""), name);
    }
    for (uint32_t i = 0; i < in->form->n; i++) {
        tr_err_set(&err, TR_W_FILLED_GONE, NULL, NULL, NULL);
        if (!in->seen[i] && tr_plan_applies(in->p, i))
            tr_reading_say_item(in, &err, i, "");
    }
}

/* The labels of all items, language by language, folded, each with a NUL behind it. */
static bool fold_labels(const struct tr_reading *in, struct tr_buf *out)
{
    for (int l = 0; l < TR_N_LANGS; l++)
        for (uint32_t i = 0; i < in->form->n; i++) {
            tr_text_fold(in->form->item[i].label[l], out);
            tr_buf_char(out, '\0');
        }
    return !out->failed;
}

/* The language whose labels most rows have. */
static enum tr_lang find_language(struct tr_reading *in)
{
    struct tr_buf labels = {0};
    int rows[TR_N_LANGS] = {0}, best = TR_NB;

    in->p->text.failed |= !fold_labels(in, &labels);
    for (uint32_t b = 0; !labels.failed && b < tr_filled_count(in->f); b++) {
        struct tr_str text = tr_filled_cell(in->f, tr_filled_block(in->f, b), 0), line = {0};
        const char *label = labels.p;

        tr_str_part(&text, '\n', &line);
        in->one.len = 0;
        tr_text_fold(unnumbered(tr_text_trim(line)), &in->one);
        for (int l = 0; in->one.len > 0 && l < TR_N_LANGS; l++)
            for (uint32_t i = 0; i < in->form->n; i++, label += strlen(label) + 1)
                rows[l] += tr_str_eq(tr_buf_slice(&in->one), tr_str(label));
    }
    for (int l = 1; l < TR_N_LANGS; l++)
        best = rows[l] > rows[best] ? l : best;
    tr_buf_clear(&labels);
    return (enum tr_lang)best;
}

void tr_checklist_form(const struct tr_plan_form *form, enum tr_lang lang, struct tr_buf *out)
{
    struct tr_buf all = {0};

    for (uint32_t i = 0; i < form->n; i++) {
        tr_buf_str(&all, form->item[i].point);
        tr_buf_char(&all, '.');
        tr_buf_str(&all, form->item[i].item);
        tr_buf_num(&all, form->item[i].kind);
        tr_buf_str(&all, form->item[i].label[lang]);
        tr_buf_char(&all, '\n');
    }
    tr_form_mark(form->profile, lang, tr_buf_slice(&all), out);
    out->failed |= all.failed;
    tr_buf_clear(&all);
}

/* The form and language that the document names, or whose title is its first paragraph. */
static bool is_form(const struct tr_plan_form *form, enum tr_lang lang, const struct tr_filled *f)
{
    struct tr_buf sum = {0}, has = {0}, title = {0};
    bool same;

    if (f->form.len > 0)
        tr_checklist_form(form, lang, &sum);
    same = f->form.len > 0 && tr_str_eq(f->form, tr_buf_slice(&sum));
    for (uint32_t i = 0; f->form.len == 0 && !same && i < tr_filled_count(f); i++) {
        const struct tr_filled_block *b = tr_filled_block(f, i);

        if (b->kind == TR_FILLED_ROW)
            break;
        has.len = title.len = 0;
        tr_text_fold(tr_filled_cell(f, b, 0), &has);
        tr_text_fold(form->title[lang], &title);
        same = title.len > 0 && tr_str_eq(tr_buf_slice(&has), tr_buf_slice(&title));
    }
    tr_buf_clear(&sum);
    tr_buf_clear(&has);
    tr_buf_clear(&title);
    return same;
}

const struct tr_plan_form *tr_checklist_find_form(const struct tr_paper_forms *forms,
                                                  const struct tr_filled *f)
{
    for (int i = 0; i < TR_N_PAPERS; i++)
        for (int l = 0; l < TR_N_LANGS; l++)
            if (forms->form[i].n > 0 && is_form(&forms->form[i], (enum tr_lang)l, f))
                return &forms->form[i];
    return &forms->form[TR_PAPER_PLAN];
}

/* Whether the document says that it was made from another form; without a word of it, the labels
 * decide. */
static int check_form(struct tr_reading *in)
{
    struct tr_buf now = {0};
    struct tr_err err;

    tr_checklist_form(in->form, in->lang, &now);
    if (in->f->form.len > 0 && !tr_str_eq(in->f->form, tr_buf_slice(&now))) {
        struct tr_buf was = {0};

        tr_text_show(in->f->form, &was);
        tr_err_set(&err, TR_E_FILLED_FORM, tr_buf_z(&was), tr_buf_z(&now), NULL);
        tr_reading_say(in, &err, TR_STR(""), TR_STR(""), "");
        tr_buf_clear(&was);
    }
    tr_buf_clear(&now);
    return in->faults ? -1 : 0;
}

static void check_head(struct tr_reading *in, const struct tr_plan *known)
{
    struct tr_err err;
    char was[TR_ID_MAX + 1], is[TR_ID_MAX + 1];

    if (in->rows == 0 || in->head.case_id.len == 0 || in->head.case_id.len > TR_ID_MAX) {
        tr_err_set(&err, TR_E_FILLED_NONE, NULL, NULL, NULL);
        tr_reading_say(in, &err, TR_STR(""), TR_STR(""), in->rows == 0 ? "" : "case_id");
    } else if (known && !tr_str_eq(in->head.case_id, tr_plan_head(known)->case_id)) {
        tr_err_copy(was, sizeof was, in->head.case_id);
        tr_err_copy(is, sizeof is, tr_plan_head(known)->case_id);
        tr_err_set(&err, TR_E_FILLED_CASE, was, is, NULL);
        tr_reading_say(in, &err, TR_STR(""), TR_STR(""), "case_id");
    }
}

static int finish(struct tr_reading *in, const struct tr_plan *known)
{
    void *head;

    check_head(in, known);
    if (in->faults)
        return 0;
    keep_known(in, known);
    if (in->remarks.len > 0) {
        if (in->head.remarks.len > 0) {
            tr_buf_char(&in->remarks, '\n');
            tr_buf_str(&in->remarks, in->head.remarks);
        }
        in->head.remarks = tr_arena_copy(&in->p->text, tr_buf_slice(&in->remarks));
    }
    head = tr_records_add(&in->p->heads, 0);
    if (!head || keep_tasks(in) < 0)
        return -1;
    memcpy(head, &in->head, sizeof in->head);
    say_gone(in);
    return 0;
}

int tr_checklist_read(struct tr_plan *p, const struct tr_plan_form *form, const struct tr_filled *f,
                      const struct tr_plan *known, const char *source,
                      const struct tr_listener *listener)
{
    struct tr_reading in = {.p = p, .form = form, .f = f, .listener = listener, .source = source};
    struct tr_err err;

    tr_plan_head_init(form, &in.head);
    in.seen = calloc(form->n + (size_t)1, sizeof *in.seen);
    if (tr_plan_start(p, form, source, &err) < 0 || !in.seen) {
        in.p->text.failed = true;
    } else {
        in.lang = find_language(&in);
        if (check_form(&in) == 0) {
            take_blocks(&in);
            p->text.failed |= finish(&in, known) < 0;
        }
    }
    if (p->text.failed || in.found.failed || in.remarks.failed || in.one.failed || in.other.failed ||
        in.cell.failed) {
        tr_err_memory(&err);
        tr_reading_say(&in, &err, TR_STR(""), TR_STR(""), "");
    }
    free(in.seen);
    tr_buf_clear(&in.found);
    tr_buf_clear(&in.remarks);
    tr_buf_clear(&in.one);
    tr_buf_clear(&in.other);
    tr_buf_clear(&in.cell);
    return in.faults ? -1 : 0;
}
