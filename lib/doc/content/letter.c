#include "doc/content/letter.h"

#include "base/calendar.h"
#include "base/text.h"
#include "doc/text/show.h"

enum {
    BLOCK_TITLE,
    BLOCK_HEADING,
    BLOCK_PARAGRAPH,
    BLOCK_ITEM,
    BLOCK_FRAME,
    BLOCK_EXPLAIN,
    N_BLOCKS
};
const char *const tr_letter_blocks[N_BLOCKS + 1] = {
    [BLOCK_TITLE] = "title", [BLOCK_HEADING] = "heading", [BLOCK_PARAGRAPH] = "paragraph",
    [BLOCK_ITEM] = "item",   [BLOCK_FRAME] = "frame",     [BLOCK_EXPLAIN] = "explain",
};

/* What a text is filled from. */
struct facts {
    const struct tr_letter *letter;
    const struct tr_profile *profile;
    enum tr_lang lang;
};

/* ---- what a letter may know ---- */

static void add_label(const struct facts *f, const char *list_name, struct tr_str code,
                      struct tr_buf *out)
{
    const struct tr_list *list = tr_profile_list(f->profile, list_name);
    int i = list ? tr_list_code(list, code) : -1;

    tr_buf_str(out, i < 0 ? code : list->entry[i].label[f->lang]);
}

/* The sentence for the reason: of a rule of places, or of the toolkit itself. */
static void add_why(const struct facts *f, struct tr_buf *out)
{
    const struct tr_table *rules = &f->profile->table[TR_T_PLACEMENT_RULES];
    struct tr_str reason = f->letter->placement->reason;
    struct tr_buf key = {0};
    size_t from = out->len;

    for (uint32_t r = 0; r < rules->n_rows; r++)
        if (tr_str_eq(tr_table_cell(rules, r, tr_table_column(rules, "rule")), reason))
            tr_buf_str(out, tr_table_cell(rules, r, tr_lang_column(rules, "why", f->lang)));
    if (out->len > from)
        return;
    tr_buf_text(&key, "letter.why.");
    tr_buf_str(&key, reason);
    if (tr_buf_z(&key))
        tr_buf_str(out, tr_profile_text(f->profile, tr_buf_z(&key), f->lang));
    tr_buf_clear(&key);
}

static void add_complaint_by(const struct facts *f, struct tr_buf *out)
{
    struct tr_str within = tr_profile_value(f->profile, "complaint_within");
    struct tr_duration span;

    if (f->letter->day != TR_NO_DAY && tr_duration_parse(within, &span))
        tr_show_day(tr_working_day_from(tr_day_plus(f->letter->day, span)), f->lang, out);
}

static void add_wish_rank(const struct facts *f, struct tr_buf *out)
{
    if (f->letter->placement->wish_rank > 0)
        tr_buf_num(out, f->letter->placement->wish_rank);
}

enum {
    REFERRAL,
    DAY,
    DECISION,
    REASON,
    WHY,
    WISH_RANK,
    NAME,
    ADDRESS,
    PHONE,
    STAY_TYPES,
    FROM,
    TO,
    PERSON,
    COMPLAINT_BY,
    EXPLANATION,
    N_FACTS
};

static const char *const names[N_FACTS] = {
    [REFERRAL] = "referral_id",
    [DAY] = "day",
    [DECISION] = "decision",
    [REASON] = "reason",
    [WHY] = "why",
    [WISH_RANK] = "wish_rank",
    [NAME] = "institution.name",
    [ADDRESS] = "institution.address",
    [PHONE] = "institution.phone",
    [STAY_TYPES] = "institution.stay_types",
    [FROM] = "from",
    [TO] = "to",
    [PERSON] = "name",
    [COMPLAINT_BY] = "complaint_by",
    [EXPLANATION] = "explanation",
};

static void add_fact(const struct facts *f, int fact, struct tr_buf *out)
{
    static const struct tr_institution nowhere = {0};
    const struct tr_letter *l = f->letter;
    const struct tr_institution *i = l->institution ? l->institution : &nowhere;

    switch (fact) {
    case REFERRAL:
        tr_buf_str(out, l->placement->id);
        break;
    case DAY:
        tr_show_day(l->day, f->lang, out);
        break;
    case DECISION:
        add_label(f, "decision", l->placement->decision, out);
        break;
    case REASON:
        add_label(f, "reason", l->placement->reason, out);
        break;
    case WHY:
        add_why(f, out);
        break;
    case WISH_RANK:
        add_wish_rank(f, out);
        break;
    case NAME:
        tr_buf_str(out, i->name);
        break;
    case ADDRESS:
        tr_buf_str(out, i->address);
        break;
    case PHONE:
        tr_buf_str(out, i->phone);
        break;
    case STAY_TYPES:
        tr_show_labels(tr_profile_list(f->profile, "stay_type"), i->stay_types, f->lang, out);
        break;
    case FROM:
        tr_show_day(l->from, f->lang, out);
        break;
    case TO:
        tr_show_day(l->to, f->lang, out);
        break;
    case PERSON:
        tr_buf_str(out, l->name);
        break;
    case COMPLAINT_BY:
        add_complaint_by(f, out);
        break;
    default:
        tr_buf_str(out, l->explanation);
        break;
    }
}

/* The fact called so: its number, N_FACTS for a value of the profile, or -1. */
static int find_fact(const struct tr_profile *p, struct tr_str name, struct tr_str *value)
{
    static const struct tr_str of_profile = TR_STR("profile.");
    char key[64];

    for (int i = 0; i < N_FACTS; i++)
        if (tr_str_is(name, names[i]))
            return i;
    if (name.len <= of_profile.len || memcmp(name.p, of_profile.p, of_profile.len) != 0)
        return -1;
    tr_err_copy(key, sizeof key,
                (struct tr_str){name.p + of_profile.len, name.len - of_profile.len});
    *value = tr_profile_value(p, key);
    return value->len > 0 ? N_FACTS : -1;
}

static int unknown(struct tr_str name, struct tr_err *err)
{
    char text[64];

    tr_err_copy(text, sizeof text, name);
    return tr_err_set(err, TR_E_LETTER, text, NULL, NULL);
}

/* ---- texts ---- */

/* Takes the text before the next {name} off *rest, and the name; name.p NULL: there is none. */
static struct tr_str next_part(struct tr_str *rest, struct tr_str *name)
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

/* Adds the text with every name filled in. */
static int fill(const struct facts *f, struct tr_str text, struct tr_buf *out, struct tr_err *err)
{
    struct tr_str name, value;

    while (text.len > 0) {
        size_t from;
        int fact;

        tr_buf_str(out, next_part(&text, &name));
        if (!name.p)
            continue;
        from = out->len;
        fact = find_fact(f->profile, name, &value);
        if (fact == N_FACTS)
            tr_buf_str(out, value);
        else if (fact >= 0)
            add_fact(f, fact, out);
        if (out->len == from)
            return unknown(name, err);
    }
    return 0;
}

/* Takes the next condition off: [!]name or name=code. */
static bool next_condition(struct tr_str *rest, struct tr_str *name, struct tr_str *code,
                           bool * not )
{
    struct tr_str one;

    if (rest->len == 0 || !tr_str_part(rest, '&', &one))
        return false;
    *not = one.len > 0 && *one.p == '!';
    if (*not )
        one = (struct tr_str){one.p + 1, one.len - 1};
    tr_str_part(&one, '=', name);
    *code = one;
    return true;
}

static bool has_stay_type(const struct facts *f, struct tr_str code)
{
    int i = tr_list_code(tr_profile_list(f->profile, "stay_type"), code);

    return i >= 0 && f->letter->institution && f->letter->institution->stay_types >> i & 1;
}

static bool applies(const struct facts *f, struct tr_str when)
{
    struct tr_str name, code, value;
    bool not, all = true;

    while (all && next_condition(&when, &name, &code, &not )) {
        const struct tr_placement *p = f->letter->placement;
        struct tr_buf text = {0};
        int fact = find_fact(f->profile, name, &value);

        if (fact == DECISION || fact == REASON) /* by their codes */
            tr_buf_str(&text, fact == DECISION ? p->decision : p->reason);
        else if (fact == N_FACTS)
            tr_buf_str(&text, value);
        else if (fact >= 0)
            add_fact(f, fact, &text);
        if (fact == STAY_TYPES && code.p)
            all = has_stay_type(f, code) != not ;
        else
            all = (code.p ? tr_str_eq(tr_buf_slice(&text), code) : text.len > 0) != not ;
        tr_buf_clear(&text);
    }
    return all;
}

int tr_letter_check_text(const struct tr_profile *p, struct tr_str text, struct tr_err *err)
{
    struct tr_str name, value;

    while (text.len > 0) {
        next_part(&text, &name);
        if (name.p && find_fact(p, name, &value) < 0)
            return unknown(name, err);
    }
    return 0;
}

int tr_letter_check_when(const struct tr_profile *p, struct tr_str when, struct tr_err *err)
{
    struct tr_str name, code, value;
    bool not ;

    while (next_condition(&when, &name, &code, &not ))
        if (find_fact(p, name, &value) < 0)
            return unknown(name, err);
    return 0;
}

/* ---- blocks ---- */

/* Items that follow one another make a list. */
static void set_list(struct tr_document *d, bool *open, bool wanted)
{
    if (wanted && !*open)
        tr_document_open(d, TR_D_LIST, 0, TR_STR(""));
    if (!wanted && *open)
        tr_document_close(d);
    *open = wanted;
}

/* Paragraphs, and lines that begin with a dash as items. */
static void add_explanation(struct tr_document *d, struct tr_str text, bool *list)
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

/* Who writes, when, and about what. */
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

static void put_block(struct tr_document *d, const struct facts *f, int block, struct tr_str s,
                      bool *list)
{
    switch (block) {
    case BLOCK_TITLE:
        tr_document_say(d, TR_D_HEADING, 1, s);
        add_head(d);
        break;
    case BLOCK_HEADING:
        tr_document_say(d, TR_D_HEADING, 2, s);
        break;
    case BLOCK_EXPLAIN:
        add_explanation(d, f->letter->explanation, list);
        break;
    case BLOCK_FRAME:
        tr_document_open(d, TR_D_FRAME, 0, TR_STR(""));
        tr_document_say(d, TR_D_PARAGRAPH, 0, s);
        tr_document_close(d);
        break;
    default:
        tr_document_say(d, block == BLOCK_ITEM ? TR_D_ITEM : TR_D_PARAGRAPH, 0, s);
        break;
    }
}

static int add_block(struct tr_document *d, const struct facts *f, int block, struct tr_str text,
                     bool *list, struct tr_err *err)
{
    struct tr_buf filled = {0};
    int rc = fill(f, text, &filled, err);
    struct tr_str s = tr_buf_slice(&filled);

    set_list(d, list, block == BLOCK_ITEM);
    if (rc == 0)
        put_block(d, f, block, s, list);
    d->failed |= filled.failed;
    tr_buf_clear(&filled);
    return rc;
}

static int block_of(struct tr_str name)
{
    int block = 0;

    while (block < N_BLOCKS && !tr_str_is(name, tr_letter_blocks[block]))
        block++;
    return block;
}

int tr_letter_make(struct tr_document *d, const struct tr_letter *letter, struct tr_err *err)
{
    const struct facts f = {letter, d->profile, d->lang};
    const struct tr_table *t = &d->profile->table[TR_T_LETTERS];
    bool list = false;
    int rc = 0;

    for (uint32_t r = 0; rc == 0 && r < t->n_rows; r++) {
        int block = block_of(tr_table_cell(t, r, tr_table_column(t, "block")));

        if (!tr_str_eq(tr_table_cell(t, r, tr_table_column(t, "decision")),
                       letter->placement->decision) ||
            !applies(&f, tr_table_cell(t, r, tr_table_column(t, "when"))))
            continue;
        if (block == N_BLOCKS)
            return tr_table_fault(t, r, tr_table_column(t, "block"), TR_E_TABLE_CELL,
                                  N_("no such code"), err);
        rc = add_block(d, &f, block, tr_table_cell(t, r, tr_lang_column(t, "text", d->lang)), &list,
                       err);
    }
    set_list(d, &list, false);
    if (rc == 0 && d->n == 0 && !d->failed)
        return unknown(TR_STR("decision"), err); /* nobody gets an empty letter */
    return rc;
}

/* ---- checking ---- */

/* A row being checked. */
struct checking {
    const struct tr_profile *p;
    const struct tr_table *t;
    uint32_t row;
    const struct tr_listener *listener;
    int faults;
};

static struct tr_str cell_of(const struct checking *k, const char *column)
{
    return tr_table_cell(k->t, k->row, tr_table_column(k->t, column));
}

static void fault(struct checking *k, int column, enum tr_code code, struct tr_str a,
                  struct tr_str b)
{
    struct tr_err err;

    tr_table_fault(k->t, k->row, column, code, NULL, &err);
    tr_err_copy(err.arg[0], sizeof err.arg[0], a);
    tr_err_copy(err.arg[1], sizeof err.arg[1], b);
    k->listener->say(k->listener->cookie, &err);
    k->faults++;
}

/* What is known in every letter of the decision, or must be given by whoever makes it. */
static bool is_sure(const struct checking *k, int fact)
{
    struct tr_duration span;

    switch (fact) {
    case WISH_RANK:
    case ADDRESS:
    case PHONE:
    case STAY_TYPES:
    case TO:
    case PERSON:
    case EXPLANATION:
        return false;
    case NAME:
    case FROM: /* where there is a place at all */
        return tr_str_is(cell_of(k, "decision"), "placed");
    case COMPLAINT_BY:
        return tr_duration_parse(tr_profile_value(k->p, "complaint_within"), &span);
    default:
        return true;
    }
}

/* Whether the row applies only when the fact is known. */
static bool is_guarded(const struct checking *k, int fact)
{
    struct tr_str when = cell_of(k, "when"), name, code, value;
    bool not ;

    while (next_condition(&when, &name, &code, &not )) {
        int given = find_fact(k->p, name, &value);

        if (!not &&(given == fact ||
                    (fact == WISH_RANK && given == REASON && tr_str_is(code, "wish"))))
            return true;
    }
    return false;
}

static void check_names(struct checking *k, int column)
{
    struct tr_str text = tr_table_cell(k->t, k->row, column), name, value;

    while (text.len > 0) {
        int fact;

        next_part(&text, &name);
        if (!name.p)
            continue;
        fact = find_fact(k->p, name, &value);
        if (fact < 0)
            fault(k, column, TR_E_CHECK_FIELD, name, (struct tr_str){0});
        else if (!is_sure(k, fact) && !is_guarded(k, fact))
            fault(k, column, TR_E_CHECK_GUARD, name, (struct tr_str){0});
    }
}

/* Names of facts, and codes of those that have codes. */
static void check_conditions(struct checking *k)
{
    static const char *const lists[N_FACTS] = {
        [DECISION] = "decision", [REASON] = "reason", [STAY_TYPES] = "stay_type"};
    struct tr_str when = cell_of(k, "when"), name, code, value;
    int column = tr_table_column(k->t, "when");
    bool not ;

    while (next_condition(&when, &name, &code, &not )) {
        int fact = find_fact(k->p, name, &value);

        if (fact < 0)
            fault(k, column, TR_E_CHECK_FIELD, name, (struct tr_str){0});
        else if (code.p && fact < N_FACTS && lists[fact] &&
                 tr_list_code(tr_profile_list(k->p, lists[fact]), code) < 0)
            fault(k, column, TR_E_CHECK_CODE, code, tr_str(lists[fact]));
    }
}

static void check_row(struct checking *k)
{
    int block = block_of(cell_of(k, "block"));

    check_conditions(k);
    if (block == N_BLOCKS)
        fault(k, tr_table_column(k->t, "block"), TR_E_CHECK_KIND,
              TR_STR(N_("title, heading, paragraph, item, frame or explain")), (struct tr_str){0});
    for (int l = 0; l < TR_N_LANGS; l++) {
        int column = tr_lang_column(k->t, "text", l);

        check_names(k, column);
        if (block != BLOCK_EXPLAIN && tr_table_cell(k->t, k->row, column).len == 0)
            fault(k, column, TR_E_CHECK_EMPTY, (struct tr_str){0}, (struct tr_str){0});
    }
}

/* A title that always applies: a document has a name. */
static bool has_title(struct checking *k, struct tr_str decision)
{
    for (k->row = 0; k->row < k->t->n_rows; k->row++)
        if (tr_str_eq(cell_of(k, "decision"), decision) &&
            tr_str_is(cell_of(k, "block"), "title") && cell_of(k, "when").len == 0)
            return true;
    return false;
}

int tr_letters_check(const struct tr_profile *p, const struct tr_listener *listener)
{
    struct checking k = {.p = p, .t = &p->table[TR_T_LETTERS], .listener = listener};
    const struct tr_list *decisions = tr_profile_list(p, "decision");

    for (; k.row < k.t->n_rows; k.row++)
        check_row(&k);
    for (int i = 0; decisions && i < decisions->n; i++)
        if (!has_title(&k, decisions->entry[i].code)) /* k is then behind the last row */
            fault(&k, -1, TR_E_CHECK_LETTER, decisions->entry[i].code, (struct tr_str){0});
    return k.faults;
}
