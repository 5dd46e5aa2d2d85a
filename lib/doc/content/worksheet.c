#include "doc/content/worksheet.h"

#include "base/text.h"
#include "doc/content/form_mark_own.h"
#include "doc/content/worksheet_read.h"

static struct tr_str word(const struct tr_document *d, const char *key)
{
    return tr_document_word(d, key);
}

static struct tr_str label_of(const struct tr_document *d, enum tr_field field)
{
    return tr_profile_label(d->profile, tr_str(tr_fields[field].name), d->lang);
}

static void add_known(struct tr_document *d, const struct tr_value v[])
{
    tr_document_say(d, TR_D_HEADING, 2, word(d, "worksheet.known"));
    tr_document_open(d, TR_D_PAIRS, 0, TR_STR(""));
    for (int f = TR_F_HF; f < TR_N_REFERRAL_FIELDS; f++) {
        const struct tr_list *list = d->profile->of_field[f];

        if (v[f].text.len == 0)
            continue;
        tr_document_open(d, TR_D_PAIR, 0, label_of(d, (enum tr_field)f));
        tr_document_run(d, TR_D_TEXT, 0,
                        list && v[f].num >= 0 ? list->entry[v[f].num].label[d->lang] : v[f].text);
        tr_document_close(d);
    }
    tr_document_close(d);
}

/* The lines of --explain: the first is the referral, and those of what came close are left out. */
static void add_explanation(struct tr_document *d, const struct tr_rop *rop,
                            const struct tr_value v[], const struct tr_rop_result *result)
{
    struct tr_buf text = {0};
    struct tr_str rest, line;

    tr_document_say(d, TR_D_HEADING, 2, word(d, "worksheet.rules"));
    tr_rop_explain_result(rop, v, result, d->lang, &text);
    rest = tr_buf_slice(&text);
    while (rest.len > 0 && tr_str_part(&rest, '\n', &line))
        if (tr_text_trim(line).len > 0)
            tr_document_say(d, TR_D_PARAGRAPH, 0, tr_text_trim(line));
    d->failed |= text.failed;
    tr_buf_clear(&text);
}

/* A box for each answer; what is asked again after none of them is settled by it. */
static void add_question(struct tr_document *d, enum tr_field field)
{
    const struct tr_list *list = d->profile->of_field[field];

    tr_document_open(d, TR_D_PAIR, 0, label_of(d, field));
    for (int code = 0; code < list->n; code++) {
        tr_document_run(d, TR_D_BOX, 0, TR_STR(""));
        tr_document_run(d, TR_D_TEXT, 0, list->entry[code].label[d->lang]);
    }
    tr_document_close(d);
}

static void add_questions(struct tr_document *d, struct tr_questions *q, const struct tr_value v[])
{
    enum tr_field order[TR_QUESTIONS_MAX];
    int n = tr_questions_order(q, v, order);

    if (n == 0)
        return;
    tr_document_say(d, TR_D_HEADING, 2, word(d, "worksheet.ask"));
    tr_document_say(d, TR_D_PARAGRAPH, 0, word(d, "worksheet.ask.how"));
    tr_document_open(d, TR_D_PAIRS, 0, TR_STR(""));
    for (int i = 0; i < n; i++)
        add_question(d, order[i]);
    tr_document_close(d);
}

static void add_blank(struct tr_document *d, enum tr_field field)
{
    tr_document_open(d, TR_D_PAIR, 0, label_of(d, field));
    if (field == TR_F_JUDGED_ON)
        tr_document_control_day(d, TR_NO_DAY);
    else
        tr_document_control(d, field == TR_F_JUDGED_REASON ? TR_C_LINES : TR_C_TEXT, NULL);
    tr_document_run(d, TR_D_BLANK, field == TR_F_JUDGED_REASON ? 2 : 0, label_of(d, field));
    tr_document_close(d);
}

/* Boxes for the groups to choose between, and who judges, when and why. */
static void add_judgement(struct tr_document *d, uint64_t groups)
{
    const struct tr_list *list = d->profile->of_field[TR_F_ROP_GROUP];

    tr_document_say(d, TR_D_HEADING, 2, word(d, "worksheet.judge"));
    tr_document_say(d, TR_D_PARAGRAPH, 0, word(d, "worksheet.judge.how"));
    tr_document_open(d, TR_D_LIST, 0, TR_STR(""));
    for (int i = 0; i < list->n; i++) {
        if (!(groups >> i & 1))
            continue;
        tr_document_open(d, TR_D_ITEM, 0, TR_STR(""));
        tr_document_run(d, TR_D_BOX, 0, TR_STR(""));
        tr_document_run(d, TR_D_TEXT, 0, TR_STR(" "));
        tr_document_run(d, TR_D_TEXT, 0, list->entry[i].label[d->lang]);
        tr_document_close(d);
    }
    tr_document_close(d);
    tr_document_open(d, TR_D_PAIRS, 0, TR_STR(""));
    for (int f = TR_F_JUDGED_BY; f <= TR_F_JUDGED_REASON; f++)
        add_blank(d, (enum tr_field)f);
    tr_document_close(d);
}

void tr_worksheet_make(struct tr_document *d, const struct tr_rop *rop, struct tr_questions *q,
                       const struct tr_value v[], const struct tr_rop_result *result)
{
    struct tr_buf title = {0};

    tr_form_put_mark(d, tr_worksheet_mark, v[TR_F_REFERRAL_ID].text);
    tr_text_fill(word(d, "worksheet.title"),
                 (struct tr_fill[]){{"referral_id", v[TR_F_REFERRAL_ID].text}, {NULL, {0}}}, &title);
    tr_document_say(d, TR_D_HEADING, 1, tr_buf_slice(&title));
    d->failed |= title.failed;
    tr_buf_clear(&title);
    add_known(d, v);
    add_explanation(d, rop, v, result);
    add_questions(d, q, v);
    if (result->judge)
        add_judgement(d, result->judge);
}
