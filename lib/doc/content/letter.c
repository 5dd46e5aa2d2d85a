#include "doc/content/letter_own.h"

#include "doc/text/show.h"

/* ---- texts ---- */

struct tr_str tr_letter_next_part(struct tr_str *rest, struct tr_str *name)
{
    const char *open = rest->len ? memchr(rest->p, '{', rest->len) : NULL;
    const char *close = open ? memchr(open, '}', rest->len - (size_t)(open - rest->p)) : NULL;
    struct tr_str before = *rest;

    *name = (struct tr_str){NULL, 0};
    if (close) {
        before.len = (size_t)(open - rest->p);
        *name = (struct tr_str){open + 1, (size_t)(close - open) - 1};
    }
    rest->len -= close ? (size_t)(close + 1 - rest->p) : rest->len;
    rest->p = close ? close + 1 : rest->p;
    return before;
}

/* Adds the text with every name filled in. -1: a name that is not known. */
static int fill(const struct tr_letter_source *s, struct tr_str text, struct tr_buf *out,
                struct tr_err *err)
{
    struct tr_str name, value;

    while (text.len > 0) {
        size_t from;

        tr_buf_str(out, tr_letter_next_part(&text, &name));
        if (!name.p)
            continue;
        from = out->len;
        tr_letter_add(s, tr_letter_find(s->profile, name, &value), value, out);
        if (out->len == from)
            return tr_letter_unknown(name, err);
    }
    return 0;
}

bool tr_letter_next_condition(struct tr_str *rest, struct tr_letter_condition *c)
{
    struct tr_str one;

    if (rest->len == 0 || !tr_str_part(rest, '&', &one))
        return false;
    c->not = one.len > 0 && *one.p == '!';
    if (c->not )
        one = tr_str_from(one, 1);
    tr_str_part(&one, '=', &c->name);
    c->code = one;
    return true;
}

/* Whether the condition holds but for its "not". */
static bool holds(const struct tr_letter_source *s, const struct tr_letter_condition *c)
{
    struct tr_str value = {0};
    const struct tr_letter_fact *fact = tr_letter_find(s->profile, c->name, &value);
    struct tr_buf text = {0};
    bool is;

    if (fact && fact->has && c->code.p)
        return fact->has(s, c->code);
    tr_letter_add(s, fact, value, &text);
    is = c->code.p ? tr_str_eq(tr_buf_slice(&text), c->code) : text.len > 0;
    tr_buf_clear(&text);
    return is;
}

/* Whether the row is part of this letter: its conditions hold, and all that it claims is known. */
static bool applies(const struct tr_letter_source *s, const struct tr_table *t, uint32_t row)
{
    struct tr_str decisions = tr_table_cell(t, row, tr_table_column(t, "decision"));
    struct tr_str when = tr_table_cell(t, row, tr_table_column(t, "when"));
    struct tr_str needs = tr_table_cell(t, row, tr_table_column(t, "needs")), name;
    struct tr_letter_condition c;

    if (tr_list_place(decisions, s->letter->says) == 0)
        return false;
    while (tr_letter_next_condition(&when, &c))
        if (holds(s, &c) == c.not )
            return false;
    while (needs.len > 0 && tr_str_part(&needs, '|', &name))
        if (!tr_letter_knows(s, name))
            return false;
    return true;
}

/* ---- blocks ---- */

/* Opens or closes the list, so that items that follow one another are in one. */
static void set_list(struct tr_document *d, bool *open, bool wanted)
{
    if (wanted && !*open)
        tr_document_open(d, TR_D_LIST, 0, TR_STR(""));
    if (!wanted && *open)
        tr_document_close(d);
    *open = wanted;
}

/* Adds a line as a paragraph; lines that begin with a dash as the items of a list. */
static void add_lines(struct tr_document *d, struct tr_str text, bool *list)
{
    struct tr_str line;

    while (text.len > 0 && tr_str_part(&text, '\n', &line)) {
        bool item = line.len > 2 && line.p[0] == '-' && line.p[1] == ' ';

        if (line.len == 0)
            continue;
        set_list(d, list, item);
        if (item)
            line = (struct tr_str){line.p + 2, line.len - 2};
        tr_document_say(d, item ? TR_D_ITEM : TR_D_PARAGRAPH, 0, line);
    }
}

/* Adds the head of the letter: who writes, to whom, when, about which case, and that it is not
 * public. */
static void add_head(struct tr_document *d, const struct tr_letter *letter)
{
    struct tr_buf day = {0}, to = {0};

    tr_show_date(d->day, d->lang, &day);
    tr_letter_add_name(d->profile, letter->name, &to);
    if (letter->name.len > 0 && letter->address.len > 0)
        tr_buf_text(&to, "\n");
    tr_buf_str(&to, letter->address);
    const struct {
        const char *key;
        struct tr_str text;
    } rows[] = {{"letter.to", tr_buf_slice(&to)},
                {"letter.office", d->author},
                {"letter.municipality", tr_profile_value(d->profile, "name")},
                {"letter.case_worker", letter->case_worker},
                {"letter.day", tr_buf_slice(&day)},
                {"letter.reference", d->reference},
                {"letter.exempt", tr_document_word(d, "letter.exempt.law")}};

    tr_document_open(d, TR_D_PAIRS, 0, TR_STR(""));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].text.len == 0)
            continue;
        tr_document_open(d, TR_D_PAIR, 0, tr_document_word(d, rows[i].key));
        tr_document_run(d, TR_D_TEXT, 0, rows[i].text);
        tr_document_close(d);
    }
    tr_document_close(d);
    d->failed |= day.failed | to.failed;
    tr_buf_clear(&day);
    tr_buf_clear(&to);
}

static void put_title(struct tr_document *d, const struct tr_letter_source *s, struct tr_str text,
                      bool *list)
{
    (void)list;
    tr_document_say(d, TR_D_HEADING, 1, text);
    add_head(d, s->letter);
}

static void put_heading(struct tr_document *d, const struct tr_letter_source *s, struct tr_str text,
                        bool *list)
{
    (void)s, (void)list;
    tr_document_say(d, TR_D_HEADING, 2, text);
}

static void put_paragraph(struct tr_document *d, const struct tr_letter_source *s,
                          struct tr_str text, bool *list)
{
    (void)s, (void)list;
    tr_document_say(d, TR_D_PARAGRAPH, 0, text);
}

static void put_item(struct tr_document *d, const struct tr_letter_source *s, struct tr_str text,
                     bool *list)
{
    (void)s, (void)list;
    tr_document_say(d, TR_D_ITEM, 0, text);
}

static void put_frame(struct tr_document *d, const struct tr_letter_source *s, struct tr_str text,
                      bool *list)
{
    (void)s, (void)list;
    tr_document_open(d, TR_D_FRAME, 0, TR_STR(""));
    tr_document_say(d, TR_D_PARAGRAPH, 0, text);
    tr_document_close(d);
}

static void put_explanation(struct tr_document *d, const struct tr_letter_source *s,
                            struct tr_str text, bool *list)
{
    (void)text;
    add_lines(d, s->letter->explanation, list);
}

/* The questions, an item each. */
static void put_questions(struct tr_document *d, const struct tr_letter_source *s,
                          struct tr_str text, bool *list)
{
    struct tr_str rest = tr_letter_asked(s), question;

    (void)text;
    while (tr_letter_next_question(s, &rest, &question)) {
        set_list(d, list, true);
        tr_document_say(d, TR_D_ITEM, 0, question);
    }
}

static const struct tr_letter_block blocks[] = {
    {.name = "title", .put = put_title},
    {.name = "heading", .put = put_heading},
    {.name = "paragraph", .put = put_paragraph},
    {.name = "item", .put = put_item, .item = true},
    {.name = "frame", .put = put_frame},
    {.name = "explain", .put = put_explanation, .empty = true},
    {.name = "reasons", .put = put_explanation, .empty = true, .shows = "explanation"},
    {.name = "questions", .put = put_questions, .empty = true, .shows = "questions"},
};

const struct tr_letter_block *tr_letter_find_block(struct tr_str name)
{
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (tr_str_is(name, blocks[i].name))
            return &blocks[i];
    return NULL;
}

static int add_block(struct tr_document *d, const struct tr_letter_source *s,
                     const struct tr_letter_block *block, struct tr_str text, bool *list,
                     struct tr_err *err)
{
    struct tr_buf filled = {0};
    int rc = block->shows && !tr_letter_knows(s, tr_str(block->shows))
                 ? tr_letter_unknown(tr_str(block->shows), err)
                 : fill(s, text, &filled, err);

    set_list(d, list, block->item);
    if (rc == 0)
        block->put(d, s, tr_buf_slice(&filled), list);
    d->failed |= filled.failed;
    tr_buf_clear(&filled);
    return rc;
}

int tr_letter_make(struct tr_document *d, const struct tr_letter *letter, struct tr_err *err)
{
    const struct tr_letter_source s = {letter, d->profile, d->lang};
    const struct tr_table *t = &d->profile->table[TR_T_LETTERS];
    bool list = false;
    int rc = 0;

    for (uint32_t r = 0; rc == 0 && r < t->n_rows; r++) {
        const struct tr_letter_block *block =
            tr_letter_find_block(tr_table_cell(t, r, tr_table_column(t, "block")));

        if (!applies(&s, t, r))
            continue;
        if (!block)
            return tr_table_fault(t, r, tr_table_column(t, "block"), TR_E_TABLE_CELL,
                                  N_("no such code"), err);
        rc = add_block(d, &s, block, tr_table_cell(t, r, tr_lang_column(t, "text", d->lang)), &list,
                       err);
    }
    set_list(d, &list, false);
    if (rc == 0 && d->n == 0 && !d->failed)
        return tr_letter_unknown(TR_STR("decision"), err); /* nobody gets an empty letter */
    return rc;
}
