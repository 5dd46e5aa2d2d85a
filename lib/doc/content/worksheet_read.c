#include "doc/content/worksheet_read.h"

#include "base/date.h"
#include "base/text.h"
#include "doc/content/form_mark_own.h"

struct reading {
    const struct tr_profile *profile;
    const struct tr_filled *f;
    const struct tr_listener *listener;
    struct tr_table *t;
    struct tr_buf cells, lines; /* of the table: struct tr_str, uint64_t */
    struct tr_str id;           /* whose sheet it is; empty: not said yet */
    struct tr_str made_for;     /* whose it was when it was made; empty: nobody wrote that down */
    uint64_t seen;              /* bit: field, answered on that sheet */
    struct tr_buf one, other;
    uint32_t page; /* of the block in hand; 0: not known */
    bool asked;    /* below the heading of what to settle */
    int faults;
};

/* Tells something of a field of the sheet in hand; field -1: of none. */
static void say(struct reading *in, struct tr_err *err, int field)
{
    struct tr_buf name = {0};

    tr_buf_str(&name, in->id);
    tr_buf_text(&name, field >= 0 ? "." : "");
    tr_buf_text(&name, field >= 0 ? tr_fields[field].name : "");
    err->source = in->t->source;
    err->line = in->page;
    tr_err_field(err, tr_buf_slice(&name));
    in->faults += tr_code_class(err->code) != TR_CLASS_WARN;
    in->listener->say(in->listener->cookie, err);
    tr_buf_clear(&name);
}

static void say_code(struct reading *in, enum tr_code code, int field, struct tr_str text)
{
    struct tr_err err;

    tr_err_set(&err, code, NULL, NULL, NULL);
    tr_err_value(&err, text);
    say(in, &err, field);
}

static bool is_word(struct reading *in, struct tr_str s, const char *key)
{
    return tr_form_is_word(in->profile, s, key, &in->one, &in->other);
}

/* A tidy copy, which lives as long as the table. */
static struct tr_str keep(struct reading *in, struct tr_str s)
{
    struct tr_buf tidy = {0};
    struct tr_str kept = tr_arena_copy(&in->t->more, tr_filled_tidy(s, &tidy));

    in->one.failed |= tidy.failed;
    tr_buf_clear(&tidy);
    return kept;
}

/* ---- answers ---- */

/* Whether the text can stand in the field; what cannot is told. */
static bool fits(struct reading *in, int field, struct tr_str text)
{
    const struct tr_list *list = in->profile->of_field[field];
    struct tr_date date;
    struct tr_err err;

    if (tr_fields[field].kind == TR_KIND_CODE && tr_list_find(list, text) < 0)
        tr_list_fault(list, text, &err);
    else if (tr_fields[field].kind == TR_KIND_DATE && !tr_date_parse(text, &date))
        tr_err_set(&err, TR_E_DATE, NULL, NULL, NULL);
    else
        return true;
    tr_err_value(&err, text);
    say(in, &err, field);
    return false;
}

static void take_answer(struct reading *in, int field, struct tr_str text)
{
    const uint64_t line = in->page;
    struct tr_str row[3];

    if (field < TR_F_HF || field > TR_F_JUDGED_REASON) {
        say_code(in, TR_W_FILLED_UNREAD, -1, text);
    } else if (in->seen >> field & 1) {
        say_code(in, TR_E_FILLED_TWO, field, text);
    } else if (fits(in, field, text)) {
        row[0] = in->id;
        row[1] = tr_str(tr_fields[field].name);
        row[2] = text;
        tr_buf_add(&in->cells, row, sizeof row);
        tr_buf_add(&in->lines, &line, sizeof line);
        in->seen |= UINT64_C(1) << field;
    }
}

/* Where the next box is; its length: there is none. */
static size_t next_box(struct tr_str s, bool *ticked)
{
    size_t at = 0;

    while (at < s.len && !tr_filled_box(tr_str_from(s, at), ticked))
        at++;
    return at;
}

/* The words behind a ticked box are the answer. What stands before the boxes, or behind one that is not
 * ticked and is no choice, was written beside. */
static void take_boxes(struct reading *in, int field, struct tr_str text)
{
    const struct tr_list *list = field < 0 ? NULL : in->profile->of_field[field];
    bool ticked = false;
    size_t at = next_box(text, &ticked);
    struct tr_str words = tr_text_trim((struct tr_str){text.p, at});

    if (words.len > 0)
        say_code(in, TR_W_FILLED_UNREAD, -1, words);
    while (at < text.len) {
        bool chosen = ticked;

        text = tr_str_from(text, at + TR_FILLED_BOX_LEN);
        at = next_box(text, &ticked);
        words = tr_text_trim((struct tr_str){text.p, at});
        if (chosen)
            take_answer(in, field, words);
        else if (words.len > 0 && !(list && tr_list_find(list, words) >= 0))
            say_code(in, TR_W_FILLED_UNREAD, -1, words);
    }
}

/* A question, or who judged, when and why; pairs above the questions are what was known. Beneath a box
 * that is ticked, text is a remark. */
static void take_pair(struct reading *in, const struct tr_filled_block *b)
{
    int field = tr_profile_header(in->profile, tr_text_trim(tr_filled_cell(in->f, b, 0)));
    struct tr_str rest = tr_filled_cell(in->f, b, 1), line, text;
    const uint64_t before = in->seen;
    struct tr_buf all = {0};
    bool ticked;

    while (in->asked && tr_str_part(&rest, '\n', &line)) {
        line = keep(in, line);
        if (next_box(line, &ticked) < line.len) {
            take_boxes(in, field, line);
        } else if (line.len > 0 && !is_word(in, line, "document.blank") &&
                   (field < 0 || tr_profile_header(in->profile, line) != field)) {
            tr_buf_text(&all, all.len > 0 ? " " : "");
            tr_buf_str(&all, line);
        }
    }
    text = tr_arena_copy(&in->t->more, tr_buf_slice(&all));
    if (text.len > 0 && in->seen != before)
        say_code(in, TR_W_FILLED_UNREAD, -1, text);
    else if (text.len > 0)
        take_answer(in, field, text);
    in->one.failed |= all.failed;
    tr_buf_clear(&all);
}

/* ---- blocks ---- */

/* Whether a sheet of the same person came before. */
static bool came_before(const struct reading *in)
{
    const struct tr_str *row = (const struct tr_str *)(const void *)in->cells.p;

    for (size_t r = 1; r < in->cells.len / sizeof *row / 3; r++) /* below the header */
        if (tr_str_eq(row[3 * r], in->id))
            return true;
    return false;
}

/* Takes what stands in a title for the id of the sheet. Of the document that was made for somebody it is
 * the id that was put there, which a title shows tidied; what stands behind it was written beside. */
static void take_id(struct reading *in, struct tr_str text)
{
    struct tr_buf tidy = {0};
    struct tr_str shown = tr_filled_tidy(in->made_for, &tidy), beside = {"", 0};
    bool same = shown.len > 0 && text.len >= shown.len && memcmp(text.p, shown.p, shown.len) == 0;

    if (same)
        beside = tr_str_from(text, shown.len);
    same = same && (beside.len == 0 || memchr(" ,;:(", *beside.p, 5));
    in->id = same ? in->made_for : text;
    in->one.failed |= tidy.failed;
    tr_buf_clear(&tidy);
    if (same && beside.len > 0)
        say_code(in, TR_W_FILLED_UNREAD, -1, tr_text_trim(beside));
}

/* A title begins the sheet of a person. */
static bool take_title(struct reading *in, struct tr_str text)
{
    for (int l = 0; l < TR_N_LANGS; l++) {
        struct tr_str title = tr_profile_text(in->profile, "worksheet.title", (enum tr_lang)l), before;

        if (!tr_str_part(&title, '{', &before) || before.len == 0 ||
            text.len <= before.len || memcmp(text.p, before.p, before.len) != 0)
            continue;
        take_id(in, tr_str_from(text, before.len));
        in->seen = 0;
        in->asked = false;
        if (came_before(in))
            say_code(in, TR_E_FILLED_TWO, -1, in->id);
        return true;
    }
    return false;
}

static void take_paragraph(struct reading *in, struct tr_str text)
{
    static const char *const own[] = {"worksheet.ask.how", "worksheet.judge.how", "document.blank"};
    bool ticked;

    if (text.len == 0 || take_title(in, text))
        return;
    if (in->asked && is_word(in, text, "worksheet.known")) { /* another sheet, and whose is gone */
        in->id = (struct tr_str){0};
        in->asked = false;
        say_code(in, TR_E_FILLED_NONE, -1, TR_STR(""));
        return;
    }
    if (is_word(in, text, "worksheet.ask") || is_word(in, text, "worksheet.judge")) {
        in->asked = true;
        return;
    }
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (is_word(in, text, own[i]))
            return;
    if (next_box(text, &ticked) < text.len) /* the groups to choose between */
        take_boxes(in, TR_F_JUDGED_GROUP, text);
    else if (in->asked)
        say_code(in, TR_W_FILLED_UNREAD, -1, text);
}

static void take_blocks(struct reading *in)
{
    for (uint32_t i = 0; i < tr_filled_count(in->f); i++) {
        const struct tr_filled_block *b = tr_filled_block(in->f, i);
        struct tr_str rest = tr_filled_cell(in->f, b, 0), line;

        in->page = b->page;
        if (b->kind == TR_FILLED_ROW)
            take_pair(in, b);
        else
            while (tr_str_part(&rest, '\n', &line))
                take_paragraph(in, keep(in, line));
    }
    in->page = 0;
    if (in->id.len == 0)
        say_code(in, TR_E_FILLED_NONE, -1, TR_STR(""));
}

/* ---- which form ---- */

void tr_worksheet_mark(const struct tr_profile *p, enum tr_lang lang, struct tr_buf *out)
{
    struct tr_buf all = {0};

    for (int f = TR_F_HF; f < TR_N_REFERRAL_FIELDS; f++) {
        const struct tr_list *list = p->of_field[f];

        tr_buf_text(&all, tr_fields[f].name);
        tr_buf_char(&all, '\t');
        tr_buf_str(&all, tr_profile_label(p, tr_str(tr_fields[f].name), lang));
        for (int i = 0; list && i < list->n; i++) {
            tr_buf_char(&all, '\t');
            tr_buf_str(&all, list->entry[i].label[lang]);
        }
        tr_buf_char(&all, '\n');
    }
    tr_form_mark(p, lang, tr_buf_slice(&all), out);
    out->failed |= all.failed;
    tr_buf_clear(&all);
}

/* Gives the rows to the table, whose cells stand behind its header. */
static void put_rows(struct reading *in)
{
    struct tr_table *t = in->t;

    t->header = (struct tr_str *)(void *)in->cells.p;
    t->n_columns = 3;
    t->cells = t->header + t->n_columns;
    t->n_rows = (uint32_t)(in->lines.len / sizeof *t->lines);
    t->lines = (uint64_t *)(void *)in->lines.p;
    in->cells = in->lines = TR_BUF_INIT;
}

int tr_worksheet_read(struct tr_table *answers, const struct tr_profile *p, const struct tr_filled *f,
                      const char *source, const struct tr_listener *listener)
{
    const struct tr_str header[] = {TR_STR("referral_id"), TR_STR("field"), TR_STR("answer")};
    struct reading in = {.profile = p, .f = f, .listener = listener, .t = answers};
    struct tr_err err;

    *answers = (struct tr_table){.source = source};
    tr_buf_add(&in.cells, header, sizeof header);
    if (!tr_form_known(p, f->form, tr_worksheet_mark, &in.made_for, &err))
        say(&in, &err, -1);
    else {
        in.made_for = tr_arena_copy(&answers->more, in.made_for); /* ids live as long as the table */
        take_blocks(&in);
    }
    if (in.cells.failed || in.lines.failed || in.one.failed || in.other.failed || answers->more.failed) {
        tr_err_memory(&err);
        say(&in, &err, -1);
    } else {
        put_rows(&in);
    }
    tr_buf_clear(&in.cells);
    tr_buf_clear(&in.lines);
    tr_buf_clear(&in.one);
    tr_buf_clear(&in.other);
    return in.faults ? -1 : 0;
}
