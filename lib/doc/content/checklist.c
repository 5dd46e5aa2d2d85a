#include "doc/content/checklist.h"

#include <stdio.h>

#include "domain/referral/identity.h"
#include "doc/text/show.h"

enum { TEXT_LINES = 3, NOTE_LINES = 2, EMPTY_ROWS = 2 };

/* The columns of a table of tasks, and their widths in relation to each other. */
static const char *const columns[] = {"plan.task", "plan.responsible", "plan.due", "plan.status",
                                      "plan.follow_up"};
enum { N_COLUMNS = sizeof columns / sizeof *columns };
static const char widths[] = "38|15|12|13|19";

static void text(struct tr_document *d, struct tr_str s)
{
    tr_document_run(d, TR_D_TEXT, 0, s);
}

static void word(struct tr_document *d, const char *key)
{
    text(d, tr_document_word(d, key));
}

/* The text, or a blank for it; either can be filled in. */
static void text_or_blank(struct tr_document *d, struct tr_str s, struct tr_str what, int lines)
{
    if (d->control == TR_C_NONE)
        tr_document_control(d, lines > 0 ? TR_C_LINES : TR_C_TEXT, NULL);
    if (s.len > 0)
        text(d, s);
    else
        tr_document_run(d, TR_D_BLANK, lines, what);
}

static void day_or_blank(struct tr_document *d, int32_t day, struct tr_str what)
{
    struct tr_buf shown = {0};

    tr_show_day(day, d->lang, &shown);
    tr_document_control_day(d, day);
    text_or_blank(d, tr_buf_slice(&shown), what, 0);
    d->failed |= shown.failed;
    tr_buf_clear(&shown);
}

static void time_or_blank(struct tr_document *d, int32_t minutes, struct tr_str what)
{
    struct tr_buf shown = {0};

    tr_show_time(minutes, d->lang, &shown);
    text_or_blank(d, tr_buf_slice(&shown), what, 0);
    d->failed |= shown.failed;
    tr_buf_clear(&shown);
}

static void code_or_blank(struct tr_document *d, const struct tr_list *list, struct tr_str label,
                          struct tr_str what)
{
    tr_document_control(d, TR_C_CHOICE, list);
    text_or_blank(d, label, what, 0);
}

static struct tr_str code_label(const struct tr_document *d, const struct tr_list *list,
                                int32_t code)
{
    return code < 0 ? (struct tr_str){"", 0} : list->entry[code].label[d->lang];
}

/* ---- what it is about ---- */

static void add_head(struct tr_document *d, const struct tr_plan *p, bool name)
{
    const struct tr_plan_head *h = tr_plan_head(p);
    const struct tr_list *districts = tr_profile_list(d->profile, "bydel");
    const bool hidden = tr_plan_is_protected(p) && !name;
    const struct {
        const char *field;
        struct tr_str text;
        int32_t day;
        bool is_day, left_out;
        int lines;
        const struct tr_list *list;
    } rows[] = {
        {"case_id", .text = h->case_id},
        {"name", .text = h->name, .left_out = !name},
        {"bydel", code_label(d, districts, h->bydel), .left_out = hidden, .list = districts},
        {"institution", .text = h->institution},
        {"home", .text = h->home, .left_out = hidden},
        {"home_from", .day = h->home_from, .is_day = true},
        {"meeting", .day = h->meeting, .is_day = true},
        {"follow_up_meeting", .day = h->follow_up_meeting, .is_day = true},
        {"date", .day = h->date, .is_day = true},
        {"remarks", .text = h->remarks, .lines = TEXT_LINES,
         .left_out = h->remarks.len == 0 && !d->fields},
    };

    tr_document_open(d, TR_D_PAIRS, 0, TR_STR(""));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tr_str label = tr_plan_head_label(d->profile, rows[i].field, d->lang);

        if (rows[i].left_out || tr_kind_member(p->form->head, tr_str(rows[i].field)) < 0)
            continue;
        tr_document_open(d, TR_D_PAIR, 0, label);
        if (rows[i].is_day)
            day_or_blank(d, rows[i].day, label);
        else if (rows[i].list)
            code_or_blank(d, rows[i].list, rows[i].text, label);
        else
            text_or_blank(d, rows[i].text, label, rows[i].lines);
        tr_document_close(d);
    }
    tr_document_close(d);
}

/* That the address is protected, above all else and at the foot of every page. */
static void add_protection(struct tr_document *d, const struct tr_plan *p)
{
    struct tr_str words = tr_protection_words(d->profile, tr_plan_head(p)->protection, d->lang);

    tr_document_mark(d, words);
    tr_document_open(d, TR_D_FRAME, 0, TR_STR(""));
    tr_document_open(d, TR_D_PARAGRAPH, 0, TR_STR(""));
    tr_document_run(d, TR_D_STRONG, 0, words);
    tr_document_run(d, TR_D_BREAK, 0, TR_STR(""));
    tr_document_run(d, TR_D_TEXT, 0, tr_document_word(d, "plan.protected"));
    tr_document_close(d);
    tr_document_close(d);
}

static const struct tr_missing *missing_at(const struct tr_records *missing, uint32_t i)
{
    return (const struct tr_missing *)(const void *)missing->record + i;
}

/* Adds an item for one point: its name, and what is missing in it, each thing once. Returns the
 * first missing thing of the next point. */
static uint32_t add_missing_point(struct tr_document *d, const struct tr_records *missing,
                                  uint32_t from)
{
    struct tr_str of = missing_at(missing, from)->of, before = {0};
    struct tr_buf all = {0};
    uint32_t i = from;

    for (; i < missing->n && tr_str_eq(missing_at(missing, i)->of, of); i++) {
        struct tr_str label = missing_at(missing, i)->label;

        if (i > from && tr_str_eq(label, before))
            continue;
        tr_buf_text(&all, i > from ? "; " : "");
        tr_buf_str(&all, label);
        before = label;
    }
    tr_document_open(d, TR_D_ITEM, 0, TR_STR(""));
    if (of.len > 0) {
        tr_document_run(d, TR_D_STRONG, 0, of);
        text(d, TR_STR(": "));
    }
    text(d, tr_buf_slice(&all));
    tr_document_close(d);
    d->failed |= all.failed;
    tr_buf_clear(&all);
    return i;
}

static void add_missing(struct tr_document *d, const struct tr_records *missing, uint32_t first)
{
    if (first == missing->n)
        return;
    tr_document_open(d, TR_D_FRAME, 0, TR_STR(""));
    tr_document_say(d, TR_D_HEADING, 2, tr_document_word(d, "plan.missing"));
    tr_document_say(d, TR_D_PARAGRAPH, 0, tr_document_word(d, "plan.missing.intro"));
    tr_document_open(d, TR_D_LIST, 0, TR_STR(""));
    while (first < missing->n)
        first = add_missing_point(d, missing, first);
    tr_document_close(d);
    tr_document_close(d);
}

/* ---- items ---- */

static void add_answer(struct tr_document *d, int32_t answer)
{
    tr_document_run(d, TR_D_BOX, answer == 1, TR_STR(""));
    word(d, "plan.yes");
    tr_document_run(d, TR_D_BOX, answer == 0, TR_STR(""));
    word(d, "plan.no");
}

/* An item that is no task, as a pair. */
static void add_pair(struct tr_document *d, const struct tr_plan *p, uint32_t i)
{
    const struct tr_plan_item *it = &p->form->item[i];
    struct tr_str label = it->label[d->lang];

    tr_document_open(d, TR_D_PAIR, 0, label);
    if (it->kind == TR_ITEM_YESNO)
        add_answer(d, p->value[i].number);
    else if (it->kind == TR_ITEM_DATE)
        day_or_blank(d, p->value[i].number, label);
    else if (it->kind == TR_ITEM_TIME)
        time_or_blank(d, p->value[i].number, label);
    else if (it->list)
        code_or_blank(d, it->list, code_label(d, it->list, p->value[i].number), label);
    else {
        if (it->kind == TR_ITEM_TEXT && (p->value[i].text.len == 0 || d->fields))
            text(d, it->help[d->lang]);
        text_or_blank(d, p->value[i].text, label, it->kind == TR_ITEM_TEXT ? TEXT_LINES : 0);
    }
    tr_document_close(d);
}

static void open_cell(struct tr_document *d)
{
    tr_document_open(d, TR_D_CELL, 0, TR_STR(""));
}

/* Boxes to tick at the follow-up meeting: closed, continued … */
static void add_follow_up(struct tr_document *d, const struct tr_list *list, int32_t follow_up)
{
    open_cell(d);
    for (int i = 0; i < list->n; i++) {
        if (i > 0)
            tr_document_run(d, TR_D_BREAK, 0, TR_STR(""));
        tr_document_run(d, TR_D_BOX, follow_up == i, TR_STR(""));
        text(d, list->entry[i].label[d->lang]);
    }
    tr_document_close(d);
}

/* The name, or a field for it when it is the plan's own, and what it means; with fields there is one
 * for a note, else the note takes the place of what it means. */
static void add_name(struct tr_document *d, struct tr_str label, bool own, struct tr_str help,
                     struct tr_str note)
{
    open_cell(d);
    if (label.len > 0 && !(own && d->fields))
        tr_document_run(d, TR_D_STRONG, 0, label);
    else
        text_or_blank(d, label, tr_document_word(d, columns[0]), 0);
    if (note.len > 0 && !d->fields)
        help = note;
    if (help.len > 0) {
        tr_document_run(d, TR_D_BREAK, 0, TR_STR(""));
        text(d, help);
    }
    if (d->fields) {
        tr_document_run(d, TR_D_BREAK, 0, TR_STR(""));
        text_or_blank(d, note, tr_plan_head_label(d->profile, "remarks", d->lang), NOTE_LINES);
    }
    tr_document_close(d);
}

/* A row; task NULL: to be filled in. */
static void add_task(struct tr_document *d, const struct tr_plan *p, const struct tr_plan_item *it,
                     struct tr_str help, const struct tr_task *task)
{
    static const struct tr_task none = {
        .responsible = -1, .due = TR_NO_DAY, .status = -1, .follow_up = -1};
    const struct tr_plan_form *f = p->form;
    bool own = it->kind == TR_ITEM_TASKS, settled;

    task = task ? task : &none;
    settled = !d->fields && task->status >= 0 &&
              task->status != f->open; /* nobody has it to do any more */
    tr_document_open(d, TR_D_ROW, 0, TR_STR(""));
    add_name(d, own ? task->task : it->label[d->lang], own, help, task->note);
    open_cell(d);
    if (settled && task->responsible < 0)
        text(d, TR_STR("–"));
    else
        code_or_blank(d, f->roles, code_label(d, f->roles, task->responsible),
                      tr_document_word(d, columns[1]));
    tr_document_close(d);
    open_cell(d);
    if (settled && task->due == TR_NO_DAY)
        text(d, TR_STR("–"));
    else
        day_or_blank(d, task->due, tr_document_word(d, columns[2]));
    tr_document_close(d);
    open_cell(d);
    code_or_blank(d, f->statuses, code_label(d, f->statuses, task->status),
                  tr_document_word(d, columns[3]));
    tr_document_close(d);
    add_follow_up(d, f->follow_ups, task->follow_up);
    tr_document_close(d);
}

static void add_task_rows(struct tr_document *d, const struct tr_plan *p, uint32_t i)
{
    static const struct tr_str nothing = {"", 0};
    const struct tr_plan_item *it = &p->form->item[i];
    const struct tr_plan_value *v = &p->value[i];
    struct tr_str help = it->help[d->lang];
    int empty = v->n_tasks == 0 ? EMPTY_ROWS : d->fields;

    if (it->kind == TR_ITEM_TASK) {
        add_task(d, p, it, help, v->n_tasks ? tr_task(p, v->first_task) : NULL);
        return;
    }
    for (uint32_t k = 0; k < v->n_tasks; k++)
        add_task(d, p, it, nothing, tr_task(p, v->first_task + k));
    for (int k = 0; k < empty; k++)
        add_task(d, p, it, k ? nothing : help, NULL);
}

/* What to fill in is there, whatever the answer that it depends on. */
static bool is_shown(const struct tr_document *d, const struct tr_plan *p, uint32_t item)
{
    return d->fields || tr_plan_applies(p, item);
}

static bool in_table(const struct tr_plan_item *it)
{
    return it->kind >= TR_ITEM_TASK;
}

/* The end of the block that starts at item from: items of one sort that follow one another. */
static uint32_t block_end(const struct tr_document *d, const struct tr_plan *p, uint32_t from)
{
    const struct tr_plan_form *f = p->form;
    uint32_t i = from;

    while (i < f->n && f->item[i].kind != TR_ITEM_POINT &&
           (in_table(&f->item[i]) == in_table(&f->item[from]) || !is_shown(d, p, i)))
        i++;
    return i;
}

/* Adds a block: a list of pairs, or a table of tasks. */
static void add_block(struct tr_document *d, const struct tr_plan *p, uint32_t from, uint32_t end)
{
    bool table = in_table(&p->form->item[from]);

    tr_document_open(d, table ? TR_D_TABLE : TR_D_PAIRS, 0, table ? tr_str(widths) : TR_STR(""));
    if (table) {
        tr_document_open(d, TR_D_ROW, 1, TR_STR(""));
        for (int c = 0; c < N_COLUMNS; c++)
            tr_document_say(d, TR_D_CELL, 0, tr_document_word(d, columns[c]));
        tr_document_close(d);
    }
    for (uint32_t i = from; i < end; i++) {
        if (!is_shown(d, p, i))
            continue;
        if (table)
            add_task_rows(d, p, i);
        else
            add_pair(d, p, i);
    }
    tr_document_close(d);
}

static uint32_t add_point(struct tr_document *d, const struct tr_plan *p, uint32_t point,
                          int number)
{
    const struct tr_plan_item *it = &p->form->item[point];
    struct tr_buf heading = {0};
    uint32_t i = point + 1, end;

    tr_buf_num(&heading, number);
    tr_buf_text(&heading, ". ");
    tr_buf_str(&heading, it->label[d->lang]);
    tr_document_say(d, TR_D_HEADING, 2, tr_buf_slice(&heading));
    d->failed |= heading.failed;
    tr_buf_clear(&heading);
    if (it->help[d->lang].len > 0)
        tr_document_say(d, TR_D_PARAGRAPH, 0, it->help[d->lang]);
    for (; i < p->form->n && p->form->item[i].kind != TR_ITEM_POINT; i = end) {
        end = i + 1;
        if (!is_shown(d, p, i))
            continue;
        end = block_end(d, p, i);
        add_block(d, p, i, end);
    }
    return i;
}

static void add_signature(struct tr_document *d, struct tr_str label)
{
    tr_document_open(d, TR_D_PAIR, 0, label);
    tr_document_run(d, TR_D_BLANK, 1, label);
    tr_document_close(d);
}

/* What a signer is called: in a plan, as texts.csv has it; else as the role is. */
static struct tr_str signer(const struct tr_document *d, const struct tr_plan_form *f, struct tr_str role)
{
    char key[64], code[32];

    tr_err_copy(code, sizeof code, role);
    snprintf(key, sizeof key, "plan.signed.%s", code);
    return f->paper == TR_PAPER_PLAN ? tr_document_word(d, key)
                                     : code_label(d, f->roles, tr_list_code(f->roles, role));
}

static void add_signatures(struct tr_document *d, const struct tr_plan_form *f)
{
    struct tr_str rest = f->signers, role;

    if (rest.len == 0)
        return;
    tr_document_say(d, TR_D_HEADING, 2, tr_document_word(d, "plan.signatures"));
    tr_document_open(d, TR_D_PAIRS, 0, TR_STR(""));
    add_signature(d, tr_document_word(d, "plan.place_and_date"));
    while (rest.len > 0 && tr_str_part(&rest, '|', &role))
        add_signature(d, signer(d, f, role));
    tr_document_close(d);
}

void tr_checklist_make(struct tr_document *d, const struct tr_plan *plan,
                       const struct tr_records *missing, uint32_t first, bool name)
{
    int number = 0;

    tr_document_say(d, TR_D_HEADING, 1, plan->form->title[d->lang]);
    if (tr_plan_is_protected(plan))
        add_protection(d, plan);
    add_head(d, plan, name);
    add_missing(d, missing, first);
    for (uint32_t i = 0; i < plan->form->n;)
        i = add_point(d, plan, i, ++number);
    add_signatures(d, plan->form);
}
