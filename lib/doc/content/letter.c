#include "doc/content/letter_own.h"

#include "base/calendar.h"
#include "base/text.h"
#include "doc/text/show.h"

/* ---- what a letter may tell ---- */

static void add_label(const struct tr_letter_source *s, const char *list_name, struct tr_str code,
                      struct tr_buf *out)
{
    const struct tr_list *list = tr_profile_list(s->profile, list_name);
    int i = list ? tr_list_code(list, code) : -1;

    tr_buf_str(out, i < 0 ? code : list->entry[i].label[s->lang]);
}

/* Adds the sentence for the reason: that of the rule in placement_rules.csv, else of texts.csv. */
static void add_why(const struct tr_letter_source *s, struct tr_buf *out)
{
    const struct tr_table *rules = &s->profile->table[TR_T_PLACEMENT_RULES];
    struct tr_str reason = s->letter->placement->reason;
    struct tr_buf key = {0};
    size_t from = out->len;

    for (uint32_t r = 0; r < rules->n_rows; r++)
        if (tr_str_eq(tr_table_cell(rules, r, tr_table_column(rules, "rule")), reason))
            tr_buf_str(out, tr_table_cell(rules, r, tr_lang_column(rules, "why", s->lang)));
    if (out->len > from)
        return;
    tr_buf_text(&key, "letter.why.");
    tr_buf_str(&key, reason);
    if (tr_buf_z(&key))
        tr_buf_str(out, tr_profile_text(s->profile, tr_buf_z(&key), s->lang));
    tr_buf_clear(&key);
}

static void add_complaint_by(const struct tr_letter_source *s, struct tr_buf *out)
{
    struct tr_str within = tr_profile_value(s->profile, "complaint_within");
    struct tr_duration span;

    if (s->letter->day != TR_NO_DAY && tr_duration_parse(within, &span))
        tr_show_day(tr_working_day_from(tr_day_plus(s->letter->day, span)), s->lang, out);
}

static void add_wish_rank(const struct tr_letter_source *s, struct tr_buf *out)
{
    if (s->letter->placement->wish_rank > 0)
        tr_buf_num(out, s->letter->placement->wish_rank);
}

static void add_referral(const struct tr_letter_source *s, struct tr_buf *out)
{
    tr_buf_str(out, s->letter->placement->id);
}

static void add_day(const struct tr_letter_source *s, struct tr_buf *out)
{
    tr_show_day(s->letter->day, s->lang, out);
}

static void add_decision(const struct tr_letter_source *s, struct tr_buf *out)
{
    add_label(s, "decision", s->letter->placement->decision, out);
}

static void add_reason(const struct tr_letter_source *s, struct tr_buf *out)
{
    add_label(s, "reason", s->letter->placement->reason, out);
}

static void add_from(const struct tr_letter_source *s, struct tr_buf *out)
{
    tr_show_day(s->letter->from, s->lang, out);
}

static void add_to(const struct tr_letter_source *s, struct tr_buf *out)
{
    tr_show_day(s->letter->to, s->lang, out);
}

static void add_person(const struct tr_letter_source *s, struct tr_buf *out)
{
    tr_buf_str(out, s->letter->name);
}

static void add_explanation(const struct tr_letter_source *s, struct tr_buf *out)
{
    tr_buf_str(out, s->letter->explanation);
}

static void add_name(const struct tr_letter_source *s, struct tr_buf *out)
{
    if (s->letter->institution)
        tr_buf_str(out, s->letter->institution->name);
}

static void add_address(const struct tr_letter_source *s, struct tr_buf *out)
{
    if (s->letter->institution)
        tr_buf_str(out, s->letter->institution->address);
}

static void add_phone(const struct tr_letter_source *s, struct tr_buf *out)
{
    if (s->letter->institution)
        tr_buf_str(out, s->letter->institution->phone);
}

static void add_stay_types(const struct tr_letter_source *s, struct tr_buf *out)
{
    if (s->letter->institution)
        tr_show_labels(tr_profile_list(s->profile, "stay_type"), s->letter->institution->stay_types,
                       s->lang, out);
}

/* Adds the places that the person declined, or let an offer of lapse, under this referral and that
 * are closed on the day of the letter: those that open again, each with the day, or those that do
 * not. */
static void add_closed(const struct tr_letter_source *s, bool opens, struct tr_buf *out)
{
    const struct tr_letter *l = s->letter;
    size_t from = out->len;
    int32_t open;

    for (uint32_t i = 0; l->stays && i < l->stays->n; i++) {
        const struct tr_stay *stay = tr_stay(l->stays, i);

        if (!tr_str_eq(stay->referral_id, l->placement->id) ||
            !tr_again_from(l->again, stay, l->day, &open) || (open != TR_NO_DAY) != opens ||
            (opens && open <= l->day))
            continue;
        tr_buf_text(out, out->len > from ? ", " : "");
        tr_buf_str(out, tr_institution(l->institutions, (uint32_t)stay->institution)->name);
        if (opens) {
            tr_buf_char(out, ' ');
            tr_buf_str(out, tr_profile_text(s->profile, "letter.again", s->lang));
            tr_buf_char(out, ' ');
            tr_show_day(open, s->lang, out);
        }
    }
}

static void add_open_again(const struct tr_letter_source *s, struct tr_buf *out)
{
    add_closed(s, true, out);
}

static void add_not_again(const struct tr_letter_source *s, struct tr_buf *out)
{
    add_closed(s, false, out);
}

static bool has_decision(const struct tr_letter_source *s, struct tr_str code)
{
    return tr_str_eq(s->letter->placement->decision, code);
}

static bool has_reason(const struct tr_letter_source *s, struct tr_str code)
{
    return tr_str_eq(s->letter->placement->reason, code);
}

static bool has_stay_type(const struct tr_letter_source *s, struct tr_str code)
{
    int i = tr_list_code(tr_profile_list(s->profile, "stay_type"), code);

    return i >= 0 && s->letter->institution && s->letter->institution->stay_types >> i & 1;
}

static const struct tr_letter_fact facts[] = {
    {.name = "referral_id", .add = add_referral},
    {.name = "day", .add = add_day},
    {.name = "decision", .add = add_decision, .has = has_decision, .list = "decision"},
    {.name = "reason", .add = add_reason, .has = has_reason, .list = "reason"},
    {.name = "why", .add = add_why},
    {.name = "wish_rank",
     .add = add_wish_rank,
     .known = TR_KNOWN_SOMETIMES,
     .also_name = "reason",
     .also_code = "wish"},
    {.name = "institution.name", .add = add_name, .known = TR_KNOWN_WITH_PLACE},
    {.name = "institution.address", .add = add_address, .known = TR_KNOWN_SOMETIMES},
    {.name = "institution.phone", .add = add_phone, .known = TR_KNOWN_SOMETIMES},
    {.name = "institution.stay_types",
     .add = add_stay_types,
     .has = has_stay_type,
     .list = "stay_type",
     .known = TR_KNOWN_SOMETIMES},
    {.name = "from", .add = add_from, .known = TR_KNOWN_WITH_PLACE},
    {.name = "to", .add = add_to, .known = TR_KNOWN_SOMETIMES},
    {.name = "name", .add = add_person, .known = TR_KNOWN_SOMETIMES},
    {.name = "complaint_by", .add = add_complaint_by, .known = TR_KNOWN_WITH_COMPLAINT},
    {.name = "declined.again", .add = add_open_again, .known = TR_KNOWN_SOMETIMES},
    {.name = "declined.never", .add = add_not_again, .known = TR_KNOWN_SOMETIMES},
    {.name = "explanation", .add = add_explanation, .known = TR_KNOWN_SOMETIMES},
};
enum { N_FACTS = sizeof facts / sizeof *facts };

const struct tr_letter_fact *tr_letter_find(const struct tr_profile *p, struct tr_str name,
                                            struct tr_str *value)
{
    static const struct tr_letter_fact of_profile = {.name = "profile."};
    size_t prefix = strlen(of_profile.name);
    char key[64];

    for (int i = 0; i < N_FACTS; i++)
        if (tr_str_is(name, facts[i].name))
            return &facts[i];
    if (name.len <= prefix || memcmp(name.p, of_profile.name, prefix) != 0)
        return NULL;
    tr_err_copy(key, sizeof key, tr_str_from(name, prefix));
    *value = tr_profile_value(p, key);
    return value->len > 0 ? &of_profile : NULL;
}

int tr_letter_unknown(struct tr_str name, struct tr_err *err)
{
    char text[64];

    tr_err_copy(text, sizeof text, name);
    return tr_err_set(err, TR_E_LETTER, text, NULL, NULL);
}

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

/* Adds the fact, if there is one and it is known; value: that of the profile. */
static void add_fact(const struct tr_letter_source *s, const struct tr_letter_fact *fact,
                     struct tr_str value, struct tr_buf *out)
{
    if (fact && fact->add)
        fact->add(s, out);
    else if (fact)
        tr_buf_str(out, value);
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
        add_fact(s, tr_letter_find(s->profile, name, &value), value, out);
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
    add_fact(s, fact, value, &text);
    is = c->code.p ? tr_str_eq(tr_buf_slice(&text), c->code) : text.len > 0;
    tr_buf_clear(&text);
    return is;
}

static bool applies(const struct tr_letter_source *s, struct tr_str when)
{
    struct tr_letter_condition c;

    while (tr_letter_next_condition(&when, &c))
        if (holds(s, &c) == c.not )
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

/* Adds the head of the letter: who writes, when, and about which case. */
static void add_head(struct tr_document *d)
{
    struct tr_buf day = {0};

    tr_show_date(d->day, d->lang, &day);
    const struct {
        const char *key;
        struct tr_str text;
    } rows[] = {{"letter.office", d->author},
                {"letter.day", tr_buf_slice(&day)},
                {"letter.reference", d->reference}};

    tr_document_open(d, TR_D_PAIRS, 0, TR_STR(""));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tr_document_open(d, TR_D_PAIR, 0, tr_document_word(d, rows[i].key));
        tr_document_run(d, TR_D_TEXT, 0, rows[i].text);
        tr_document_close(d);
    }
    tr_document_close(d);
    d->failed |= day.failed;
    tr_buf_clear(&day);
}

static void put_title(struct tr_document *d, const struct tr_letter_source *s, struct tr_str text,
                      bool *list)
{
    (void)s, (void)list;
    tr_document_say(d, TR_D_HEADING, 1, text);
    add_head(d);
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

static const struct tr_letter_block blocks[] = {
    {.name = "title", .put = put_title},
    {.name = "heading", .put = put_heading},
    {.name = "paragraph", .put = put_paragraph},
    {.name = "item", .put = put_item, .item = true},
    {.name = "frame", .put = put_frame},
    {.name = "explain", .put = put_explanation, .empty = true},
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
    int rc = fill(s, text, &filled, err);

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

        if (!tr_str_eq(tr_table_cell(t, r, tr_table_column(t, "decision")),
                       letter->placement->decision) ||
            !applies(&s, tr_table_cell(t, r, tr_table_column(t, "when"))))
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
