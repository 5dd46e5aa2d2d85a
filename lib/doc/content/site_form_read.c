#include "doc/content/site_form_read.h"

#include "base/text.h"
#include "doc/content/form_mark_own.h"

enum { NO_SITE = -1 };
enum { YES = 1, NO, NOTE, COLUMNS }; /* cells of a point's row, behind its words */

struct reading {
    struct tr_records *out;
    const struct tr_records *sites;
    const struct tr_site_rules *rules;
    const struct tr_filled *f;
    const struct tr_listener *listener;
    const char *source;
    int site;                                /* the one in hand, or NO_SITE */
    struct tr_site_points points[TR_N_LANGS]; /* of that site */
    uint64_t seen;                            /* bit: point, under the heading in hand */
    struct tr_buf one, other, tidy, before;
    int sections, faults;
    uint32_t page; /* of the block in hand; 0: not known */
    bool homeless; /* a point stood below no site */
    bool failed;
};

static const struct tr_inspected *site_of(const struct reading *in)
{
    return (const struct tr_inspected *)(const void *)in->sites->record + in->site;
}

/* Tells something of a point of the site in hand. */
static void say(struct reading *in, struct tr_err *err, struct tr_str point)
{
    struct tr_buf field = {0};

    if (in->site != NO_SITE)
        tr_buf_str(&field, site_of(in)->site);
    tr_buf_text(&field, point.len > 0 ? "." : "");
    tr_buf_str(&field, point);
    err->source = in->source;
    err->line = in->page;
    tr_err_field(err, tr_buf_slice(&field));
    in->faults += tr_code_class(err->code) != TR_CLASS_WARN;
    in->listener->say(in->listener->cookie, err);
    tr_buf_clear(&field);
}

/* ---- words ---- */

static bool same(struct reading *in, struct tr_str a, struct tr_str b)
{
    return tr_form_same(a, b, &in->one, &in->other);
}

static bool is_word(struct reading *in, struct tr_str s, const char *key)
{
    return tr_form_is_word(in->rules->profile, s, key, &in->one, &in->other);
}

/* What was typed into a cell: its lines without those that only say what to fill in. */
static struct tr_str answer(struct reading *in, struct tr_str cell)
{
    struct tr_buf all = {0};
    struct tr_str line, kept;

    while (tr_str_part(&cell, '\n', &line)) {
        in->tidy.len = 0;
        line = tr_filled_tidy(line, &in->tidy);
        if (line.len == 0 || is_word(in, line, "document.blank") ||
            is_word(in, line, "homes.sheet.remarks"))
            continue;
        tr_buf_text(&all, all.len > 0 ? " " : "");
        tr_buf_str(&all, line);
    }
    kept = tr_arena_copy(&in->out->text, tr_buf_slice(&all));
    in->failed |= all.failed;
    tr_buf_clear(&all);
    return kept;
}

/* The same of a cell that may be no more than a box that nobody ticked. */
static struct tr_str answer_or_box(struct reading *in, struct tr_str cell)
{
    struct tr_str tidy;
    bool ticked;

    in->tidy.len = 0;
    tidy = tr_filled_tidy(cell, &in->tidy);
    return tidy.len == TR_FILLED_BOX_LEN && tr_filled_box(tidy, &ticked) && !ticked
               ? TR_STR("")
               : answer(in, cell);
}

/* ---- what is kept ---- */

static struct tr_form_point *add(struct reading *in)
{
    struct tr_form_point *p = tr_records_add(in->out, 0);

    if (p)
        *p = (struct tr_form_point){.site = site_of(in)->site, .met = -1};
    in->failed |= !p;
    return p;
}

static void say_beside(struct reading *in, struct tr_str text)
{
    struct tr_err err;

    tr_err_set(&err, TR_W_FILLED_BESIDE, NULL, NULL, NULL);
    tr_err_value(&err, text);
    say(in, &err, TR_STR(""));
}

/* Keeps what was written about the site, with what stands before it. What stands before the first
 * site is told, and waits for that. */
static void remark(struct reading *in, struct tr_str label, struct tr_str text)
{
    struct tr_buf all = {0}, *to = in->site == NO_SITE ? &in->before : &all;
    struct tr_form_point *p;

    if (text.len == 0)
        return;
    if (in->site == NO_SITE)
        say_beside(in, text);
    tr_buf_text(to, to->len > 0 ? "; " : "");
    tr_buf_str(to, label);
    tr_buf_text(to, label.len > 0 ? ": " : "");
    tr_buf_str(to, text);
    if (to == &all && (p = add(in)))
        p->note = tr_arena_copy(&in->out->text, tr_buf_slice(&all));
    in->failed |= all.failed;
    tr_buf_clear(&all);
}

/* Keeps what was written where no field is, and tells it. */
static void remark_beside(struct reading *in, struct tr_str label, struct tr_str text)
{
    if (text.len > 0 && in->site != NO_SITE)
        say_beside(in, text);
    remark(in, label, text);
}

/* ---- a point ---- */

/* Whether the cell of yes, or of no, is ticked: its box, or an x, or the word itself. false: it is
 * something else. */
static bool read_tick(struct reading *in, struct tr_str cell, bool yes, bool *ticked)
{
    static const char *const ticks[] = {"x", "X", "✓", "✔", "√"};
    const struct tr_list *list = tr_profile_list(in->rules->profile, "bool");
    struct tr_buf rest = {0};
    struct tr_str word;
    bool box, good;

    in->tidy.len = 0;
    cell = tr_filled_tidy(cell, &in->tidy);
    *ticked = false;
    for (size_t i = 0; i < cell.len; i++) {
        if (tr_filled_box(tr_str_from(cell, i), &box)) {
            *ticked |= box;
            i += TR_FILLED_BOX_LEN - 1;
        } else {
            tr_buf_char(&rest, cell.p[i]);
        }
    }
    word = tr_text_trim(tr_buf_slice(&rest));
    good = word.len == 0;
    for (size_t t = 0; t < sizeof ticks / sizeof *ticks && !good; t++)
        good = *ticked = tr_str_is(word, ticks[t]);
    if (!good)
        good = *ticked = tr_list_find(list, word) == tr_list_code(list, yes ? TR_STR("ja") : TR_STR("nei"));
    in->failed |= rest.failed;
    tr_buf_clear(&rest);
    return good;
}

/* The point whose words, with their source, stand in the cell, and its number; NULL: none. */
static const struct tr_site_point *find_point(struct reading *in, struct tr_str cell, int *number)
{
    for (int l = 0; l < TR_N_LANGS; l++)
        for (int k = 0; k < in->points[l].n; k++) {
            const struct tr_site_point *p = &in->points[l].at[k];

            *number = k;
            in->tidy.len = 0;
            tr_buf_str(&in->tidy, p->text);
            tr_buf_char(&in->tidy, ' ');
            tr_buf_str(&in->tidy, p->source);
            if (same(in, cell, tr_buf_slice(&in->tidy)) || same(in, cell, p->text))
                return p;
        }
    return NULL;
}

static void take_point(struct reading *in, const struct tr_filled_block *b)
{
    struct tr_str words = tr_filled_cell(in->f, b, 0);
    int number = 0;
    const struct tr_site_point *point = find_point(in, words, &number);
    struct tr_form_point *p;
    struct tr_err err;
    bool yes, no;

    if (is_word(in, words, "site.form.point"))
        return;
    if (!point) {
        struct tr_buf all = {0};

        for (uint32_t c = YES; c < b->n; c++) {
            struct tr_str typed = answer_or_box(in, tr_filled_cell(in->f, b, c));

            tr_buf_text(&all, all.len > 0 && typed.len > 0 ? " " : "");
            tr_buf_str(&all, typed);
        }
        remark_beside(in, answer(in, words), tr_arena_copy(&in->out->text, tr_buf_slice(&all)));
        in->failed |= all.failed;
        tr_buf_clear(&all);
        return;
    }
    if (in->seen >> number & 1) { /* of a site whose heading is gone */
        tr_err_set(&err, TR_E_ROW_TWICE, NULL, NULL, NULL);
        say(in, &err, point->code);
        return;
    }
    in->seen |= UINT64_C(1) << number;
    if (!read_tick(in, tr_filled_cell(in->f, b, YES), true, &yes) ||
        !read_tick(in, tr_filled_cell(in->f, b, NO), false, &no)) {
        tr_err_set(&err, TR_E_FILLED_CHOICE, "☒, x", NULL, NULL);
        say(in, &err, point->code);
        return;
    }
    if (yes && no) {
        tr_err_set(&err, TR_E_FILLED_TWO, NULL, NULL, NULL);
        say(in, &err, point->code);
        return;
    }
    if (!(p = add(in)))
        return;
    p->point = tr_arena_copy(&in->out->text, point->code);
    p->text = point->text;
    p->met = yes ? 1 : no ? 0 : -1;
    p->note = answer(in, tr_filled_cell(in->f, b, NOTE));
}

/* ---- blocks ---- */

/* A heading goes to its site; what the form itself says is nothing; all else was written there. */
static void take_paragraph(struct reading *in, struct tr_str text)
{
    const struct tr_inspected *s;
    int site;

    in->tidy.len = 0;
    site = tr_records_find(in->sites, tr_filled_tidy(text, &in->tidy));
    if (site < 0) {
        if (!is_word(in, text, "site.form"))
            remark(in, TR_STR(""), answer(in, text));
        return;
    }
    in->site = site;
    in->seen = 0;
    in->sections++;
    s = site_of(in);
    for (int l = 0; l < TR_N_LANGS; l++)
        tr_site_points_find(&in->points[l], in->rules, s->housing_type, s->standard,
                            (enum tr_lang)l, &in->out->text);
    remark(in, TR_STR(""), tr_buf_slice(&in->before));
    in->before.len = 0;
}

/* Who carried it out, and when, is kept; the rest of the head is the form's. */
static void take_pair(struct reading *in, const struct tr_filled_block *b)
{
    struct tr_str label = tr_text_trim(tr_filled_cell(in->f, b, 0));

    if (is_word(in, label, "site.form.day") || is_word(in, label, "site.form.by"))
        remark(in, label, answer(in, tr_filled_cell(in->f, b, 1)));
}

/* A point that stands below no heading of a site is of one that nobody can tell. */
static void take_row(struct reading *in, const struct tr_filled_block *b)
{
    struct tr_err err;

    if (in->site != NO_SITE) {
        take_point(in, b);
        return;
    }
    if (in->homeless || is_word(in, tr_filled_cell(in->f, b, 0), "site.form.point"))
        return;
    in->homeless = true; /* one word is enough */
    tr_err_set(&err, TR_E_SITE_UNKNOWN, NULL, NULL, NULL);
    say(in, &err, TR_STR(""));
}

static void take_blocks(struct reading *in)
{
    struct tr_err err;

    in->site = NO_SITE;
    for (uint32_t i = 0; i < tr_filled_count(in->f); i++) {
        const struct tr_filled_block *b = tr_filled_block(in->f, i);

        in->page = b->page;
        if (b->kind != TR_FILLED_ROW)
            take_paragraph(in, tr_filled_cell(in->f, b, 0));
        else if (b->n == 2)
            take_pair(in, b);
        else if (b->n >= COLUMNS - 1)
            take_row(in, b);
    }
    in->page = 0;
    if (in->sections > 0)
        return;
    tr_err_set(&err, TR_E_FILLED_NONE, NULL, NULL, NULL);
    say(in, &err, TR_STR(""));
}

/* ---- which form ---- */

void tr_site_form_mark(const struct tr_profile *p, enum tr_lang lang, struct tr_buf *out)
{
    static const char *const columns[] = {"point", "housing_types", "standards"};
    const struct tr_table *t = &p->table[TR_T_SITE_POINTS];
    struct tr_buf all = {0};

    for (uint32_t r = 0; r < t->n_rows; r++) {
        for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
            tr_buf_str(&all, tr_table_cell(t, r, tr_table_column(t, columns[c])));
            tr_buf_char(&all, '\t');
        }
        tr_buf_str(&all, tr_table_cell(t, r, tr_lang_column(t, "text", lang)));
        tr_buf_char(&all, '\n');
    }
    tr_form_mark(p, lang, tr_buf_slice(&all), out);
    out->failed |= all.failed;
    tr_buf_clear(&all);
}

int tr_site_form_read(struct tr_records *out, const struct tr_records *sites,
                      const struct tr_site_rules *rules, const struct tr_filled *f,
                      const char *source, const struct tr_listener *listener)
{
    struct reading in = {.out = out,
                         .sites = sites,
                         .rules = rules,
                         .f = f,
                         .listener = listener,
                         .source = source,
                         .site = NO_SITE};
    struct tr_str about;
    struct tr_err err;

    tr_records_start(out, &tr_form_point_kind, sites->profile, source);
    if (tr_form_known(rules->profile, f->form, tr_site_form_mark, &about, &err))
        take_blocks(&in);
    else
        say(&in, &err, TR_STR(""));
    if (in.failed || out->text.failed || in.one.failed || in.other.failed || in.tidy.failed ||
        in.before.failed) {
        tr_err_memory(&err);
        say(&in, &err, TR_STR(""));
    }
    tr_buf_clear(&in.one);
    tr_buf_clear(&in.other);
    tr_buf_clear(&in.tidy);
    tr_buf_clear(&in.before);
    return in.faults ? -1 : 0;
}
