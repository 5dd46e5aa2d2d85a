#include "doc/content/insight.h"

#include <stdio.h>

#include "base/secret.h"
#include "base/text.h"
#include "doc/text/show.h"

/* Adds a paragraph of texts.csv with its blanks filled. */
static void say(struct tr_document *d, enum tr_node_kind block, int level, const char *key,
                const struct tr_fill *fills)
{
    struct tr_buf text = {0};

    tr_text_fill(tr_document_word(d, key), fills, &text);
    if (text.len > 0)
        tr_document_say(d, block, level, tr_buf_slice(&text));
    d->failed |= text.failed;
    tr_buf_wipe(&text);
}

static void say_plain(struct tr_document *d, enum tr_node_kind block, int level, const char *key)
{
    tr_document_say(d, block, level, tr_document_word(d, key));
}

void tr_insight_start(struct tr_document *d, struct tr_str reason)
{
    const struct tr_fill fills[] = {{"reference", d->reference}, {"reason", reason}, {NULL}};

    say(d, TR_D_HEADING, 1, "insight.title", fills);
    say(d, TR_D_PARAGRAPH, 0, "insight.intro", fills);
    say(d, TR_D_PARAGRAPH, 0, "insight.reason", fills);
}

/* ---- records ---- */

/* The codes that a column holds; NULL: it holds none. */
static const struct tr_list *list_of(const struct tr_profile *p, struct tr_str column)
{
    const struct tr_table *t = &p->table[TR_T_FIELDS];
    const int field = tr_field_find(column);
    int name = tr_table_column(t, "field"), list = tr_table_column(t, "list");

    if (field >= 0)
        return tr_fields[field].list ? tr_profile_list(p, tr_fields[field].list) : NULL;
    for (uint32_t r = 0; r < t->n_rows; r++)
        for (int i = 0; i < p->n_lists && tr_str_eq(tr_table_cell(t, r, name), column); i++)
            if (tr_str_eq(p->list[i].name, tr_table_cell(t, r, list)))
                return &p->list[i];
    return NULL;
}

/* A cell as people read it: labels of codes, days in their own way. */
static void add_value(struct tr_document *d, struct tr_str column, struct tr_str cell)
{
    const struct tr_list *list = list_of(d->profile, column);
    struct tr_buf text = {0};
    uint64_t codes;

    if (list && tr_list_codes(list, cell, &codes) && codes)
        tr_show_labels(list, codes, d->lang, &text);
    else if (tr_show_is_date(cell))
        tr_show_date(cell, d->lang, &text);
    else
        tr_buf_str(&text, cell);
    tr_document_run(d, TR_D_TEXT, 0, tr_buf_slice(&text));
    d->failed |= text.failed;
    tr_buf_wipe(&text);
}

static void add_cells(struct tr_document *d, const struct tr_insight_form *form)
{
    tr_document_open(d, TR_D_PAIRS, 0, TR_STR(""));
    for (size_t i = 0; i < form->n; i++) {
        struct tr_str label = tr_profile_label(d->profile, form->column[i], d->lang);

        if (form->cell[i].len == 0)
            continue;
        if (tr_str_is(form->column[i], "other"))
            label = tr_document_word(d, "insight.other");
        tr_document_open(d, TR_D_PAIR, 0, label.len ? label : form->column[i]);
        add_value(d, form->column[i], form->cell[i]);
        tr_document_close(d);
    }
    tr_document_close(d);
}

/* A task in a line: what, who, by when, and how it stands. */
static void add_task(const struct tr_document *d, const struct tr_plan *p, const struct tr_task *t,
                     struct tr_buf *out)
{
    const struct tr_plan_form *f = p->form;
    const struct {
        const struct tr_list *list;
        int32_t code;
    } codes[] = {{f->roles, t->responsible}, {f->statuses, t->status}, {f->follow_ups, t->follow_up}};

    tr_buf_str(out, t->task);
    for (int i = 0; i < 3; i++)
        if (codes[i].code >= 0) {
            tr_buf_text(out, out->len ? ", " : "");
            tr_buf_str(out, codes[i].list->entry[codes[i].code].label[d->lang]);
        }
    if (t->due != TR_NO_DAY) {
        tr_buf_text(out, out->len ? ", " : "");
        tr_show_day(t->due, d->lang, out);
    }
    if (t->note.len > 0) {
        tr_buf_text(out, out->len ? ": " : "");
        tr_buf_str(out, t->note);
    }
}

static void add_answer(const struct tr_document *d, const struct tr_plan *p, uint32_t i,
                       struct tr_buf *out)
{
    const struct tr_plan_value *v = &p->value[i];

    if (p->form->item[i].kind == TR_ITEM_YESNO && v->number >= 0)
        tr_buf_str(out, tr_document_word(d, v->number ? "plan.yes" : "plan.no"));
    else if (p->form->item[i].kind == TR_ITEM_DATE)
        tr_show_day(v->number, d->lang, out);
    else if (p->form->item[i].kind == TR_ITEM_TIME)
        tr_show_time(v->number, d->lang, out);
    else if (p->form->item[i].list && v->number >= 0)
        tr_buf_str(out, p->form->item[i].list->entry[v->number].label[d->lang]);
    else
        tr_buf_str(out, v->text);
    for (uint32_t k = 0; k < v->n_tasks; k++) {
        tr_buf_text(out, k ? "; " : "");
        add_task(d, p, tr_task(p, v->first_task + k), out);
    }
}

static void add_pair(struct tr_document *d, struct tr_str label, struct tr_str text)
{
    if (text.len == 0)
        return;
    tr_document_open(d, TR_D_PAIR, 0, label);
    tr_document_run(d, TR_D_TEXT, 0, text);
    tr_document_close(d);
}

/* What stands in a paper, as it is asked there. */
static void add_paper(struct tr_document *d, const struct tr_plan *p)
{
    const struct tr_plan_form *f = p->form;
    struct tr_str cells[TR_MEMBERS_MAX], point = {0};
    struct tr_buf text = {0}, label = {0};

    d->failed |= tr_kind_cells(f->head, f->profile, tr_plan_head(p), cells, &text) < 0;
    tr_document_open(d, TR_D_PAIRS, 0, TR_STR(""));
    for (uint32_t m = 0; !d->failed && m < f->head->n_members; m++)
        if (!tr_str_is(tr_str(f->head->member[m].name), "paper") && cells[m].len > 0) {
            tr_document_open(d, TR_D_PAIR, 0, tr_plan_head_label(f->profile, f->head->member[m].name, d->lang));
            add_value(d, tr_str(f->head->member[m].name), cells[m]);
            tr_document_close(d);
        }
    for (uint32_t i = 0; i < f->n; i++) {
        if (f->item[i].kind == TR_ITEM_POINT)
            point = f->item[i].label[d->lang];
        text.len = label.len = 0;
        add_answer(d, p, i, &text);
        tr_buf_str(&label, point);
        tr_buf_text(&label, ": ");
        tr_buf_str(&label, f->item[i].label[d->lang]);
        add_pair(d, tr_buf_slice(&label), tr_buf_slice(&text));
    }
    tr_document_close(d);
    d->failed |= text.failed | label.failed;
    tr_buf_wipe(&text);
    tr_buf_wipe(&label);
}

void tr_insight_form(struct tr_document *d, const struct tr_insight_form *form, struct tr_str last)
{
    const struct tr_fill fills[] = {{"id", form->id},
                                    {"case", form->about},
                                    {"at", form->at},
                                    {"who", form->who},
                                    {"day", form->day},
                                    {"gone", form->gone},
                                    {NULL}};
    char key[48], kind[24];

    if (!tr_str_eq(form->about, last))
        say(d, TR_D_HEADING, 2, "insight.case", fills);
    tr_err_copy(kind, sizeof kind, form->kind);
    snprintf(key, sizeof key, "insight.kind.%s", kind);
    say(d, TR_D_HEADING, 3, key, fills);
    say(d, TR_D_PARAGRAPH, 0, form->gone.len ? "insight.was" : "insight.is", fills);
    if (form->paper)
        add_paper(d, form->paper);
    else
        add_cells(d, form);
}

/* ---- who looked ---- */

static const char *const heads[] = {"insight.log.line", "insight.log.at", "insight.log.who",
                                    "insight.log.what", "insight.log.why"};
enum { N_HEADS = sizeof heads / sizeof *heads };

static void add_looks(struct tr_document *d, const struct tr_insight_look *look, size_t n)
{
    tr_document_open(d, TR_D_TABLE, 0, TR_STR("1|4|2|2|6"));
    tr_document_open(d, TR_D_ROW, 1, TR_STR(""));
    for (int i = 0; i < N_HEADS; i++)
        say_plain(d, TR_D_CELL, 0, heads[i]);
    tr_document_close(d);
    for (size_t i = 0; i < n; i++) {
        const struct tr_str cell[N_HEADS] = {look[i].line, look[i].at, look[i].who, look[i].what,
                                             look[i].why};

        tr_document_open(d, TR_D_ROW, 0, TR_STR(""));
        for (int c = 0; c < N_HEADS; c++)
            tr_document_say(d, TR_D_CELL, 0, cell[c]);
        tr_document_close(d);
    }
    tr_document_close(d);
}

void tr_insight_end(struct tr_document *d, const struct tr_insight_look *look, size_t n,
                    uint64_t left_out)
{
    static const char *const rights[] = {"insight.purpose", "insight.source", "insight.receivers",
                                         "insight.kept",    "insight.rights", "insight.complain"};
    char number[24];
    const struct tr_fill fills[] = {
        {"count", {number, 0}},
        {"days", tr_profile_value(d->profile, "retention_days")},
        {"municipality", tr_profile_value(d->profile, "name")},
        {"agency", tr_profile_value(d->profile, "agency")},
        {NULL},
    };
    struct tr_fill filled[sizeof fills / sizeof *fills];

    snprintf(number, sizeof number, "%llu", (unsigned long long)left_out);
    memcpy(filled, fills, sizeof fills);
    filled[0].text = tr_str(number);
    if (left_out > 0)
        say(d, TR_D_PARAGRAPH, 0, "insight.left_out", filled);
    say_plain(d, TR_D_HEADING, 2, "insight.log");
    say_plain(d, TR_D_PARAGRAPH, 0, "insight.log.how");
    add_looks(d, look, n);
    say_plain(d, TR_D_HEADING, 2, "insight.more");
    for (size_t i = 0; i < sizeof rights / sizeof *rights; i++)
        say(d, TR_D_PARAGRAPH, 0, rights[i], filled);
}
