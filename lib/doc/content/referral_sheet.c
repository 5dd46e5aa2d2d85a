#include "doc/content/referral_sheet.h"

#include "record/book/book.h"
#include "record/writer.h"

enum { HEAD_ROW, FIRST_ROW };
enum { COLUMNS_MOST = TR_N_REFERRAL_FIELDS };
enum { HEAD_LEAST = 12, HEAD_MOST = 26 };

/* A column of the sheet. */
struct column {
    enum tr_field field;
    struct tr_str head;
    const struct tr_list *list; /* to choose from, or NULL */
};

struct sheet {
    const struct tr_referral_sheet *of;
    struct column column[COLUMNS_MOST];
    uint32_t n;
    struct tr_book book;
};

/* What goes into a column, by the kind of its field: the text that says so, and how cells keep it. */
static const struct {
    const char *hint;
    enum tr_book_form form;
    const char *example; /* of a person who is none */
} kinds[] = {
    [TR_KIND_TEXT] = {"sheet.text", TR_BOOK_AS_TEXT, ""},
    [TR_KIND_ID] = {"sheet.id", TR_BOOK_AS_TEXT, "2026-001"},
    [TR_KIND_DATE] = {"sheet.date", TR_BOOK_AS_DAY, "2026-11-21"},
    [TR_KIND_YEAR] = {"sheet.year", TR_BOOK_AS_ANY, "1985"},
    [TR_KIND_MUNICIPALITY] = {"sheet.municipality", TR_BOOK_AS_TEXT, ""},
    [TR_KIND_CODE] = {"sheet.choice", TR_BOOK_AS_ANY, ""},
    [TR_KIND_IDNUM] = {"sheet.idnum", TR_BOOK_AS_TEXT, "07915438185"},
    [TR_KIND_NUMBER] = {"sheet.number", TR_BOOK_AS_ANY, "1"},
    [TR_KIND_BORN] = {"sheet.text", TR_BOOK_AS_TEXT, ""},
};

static struct tr_str text(const struct sheet *s, const char *key)
{
    return tr_profile_text(s->of->profile, key, s->of->lang);
}

static bool is_wish(const struct sheet *s, const struct column *c)
{
    return c->field == TR_F_WISHES && s->of->institutions && s->of->institutions->n > 0;
}

/* How many words there are to choose from. */
static uint32_t count_words(const struct sheet *s, const struct column *c)
{
    return c->list ? (uint32_t)c->list->n : is_wish(s, c) ? s->of->institutions->n : 0;
}

/* How many columns they take: institutions have their names beside them. */
static int width_of_words(const struct sheet *s, const struct column *c)
{
    return count_words(s, c) == 0 ? 0 : is_wish(s, c) ? 2 : 1;
}

static struct tr_str hint(const struct sheet *s, const struct column *c)
{
    const struct tr_field_info *f = &tr_fields[c->field];

    return text(s, is_wish(s, c)              ? "sheet.wishes"
                   : c->list && f->required ? "sheet.choice.needed"
                                              : kinds[f->kind].hint);
}

/* The columns that profile.csv names; of a profile that names none, all fields of a referral. */
static void find_columns(struct sheet *s)
{
    struct tr_str rest = tr_profile_value(s->of->profile, "referral_sheet"), name;
    bool all = rest.len == 0;

    for (int f = 0; s->n < COLUMNS_MOST && (all ? f < TR_N_REFERRAL_FIELDS : tr_str_part(&rest, '|', &name)); f++) {
        int field = all ? f : tr_field_find(name);

        if (field >= 0 && field < TR_N_REFERRAL_FIELDS)
            s->column[s->n++] = (struct column){
                (enum tr_field)field,
                tr_profile_label(s->of->profile, tr_str(tr_fields[field].name), s->of->lang),
                s->of->profile->of_field[field]};
    }
}

/* ---- the sheet to fill in ---- */

static struct tr_book_sheet *write_heads(struct sheet *s)
{
    struct tr_book_sheet *sheet = tr_book_sheet(&s->book, text(s, "sheet.title"));

    sheet->head = HEAD_ROW + 1;
    sheet->across = true;
    sheet->pages_across = (int)(s->n + 9) / 10;
    for (uint32_t i = 0; i < s->n; i++) {
        int width = (int)tr_text_width(s->column[i].head) + 3;

        tr_book_column(&s->book, width < HEAD_LEAST ? HEAD_LEAST : width > HEAD_MOST ? HEAD_MOST : width,
                       kinds[tr_fields[s->column[i].field].kind].form);
    }
    tr_book_row(&s->book, 2);
    for (uint32_t i = 0; i < s->n; i++)
        tr_book_text(&s->book, TR_LOOK_HEAD, s->column[i].head);
    return sheet;
}

/* ---- how to fill it in ---- */

static void write_example(struct sheet *s, const struct column *c)
{
    enum tr_field_kind kind = tr_fields[c->field].kind;
    struct tr_str example = tr_str(kinds[kind].example);

    if (c->list && c->list->n > 0)
        example = c->list->entry[0].label[s->of->lang];
    else if (is_wish(s, c))
        example = tr_institution(s->of->institutions, 0)->id;
    else if (kind == TR_KIND_MUNICIPALITY)
        example = tr_profile_value(s->of->profile, "municipality");
    if (kind == TR_KIND_DATE)
        tr_book_day(&s->book, TR_LOOK_NOTE, example);
    else
        tr_book_text(&s->book, TR_LOOK_NOTE, example);
}

static void write_guide(struct sheet *s)
{
    enum { WHAT_WIDTH = 64, EXAMPLE_WIDTH = 40 };
    static const char *const heads[] = {"sheet.column", "sheet.what", "sheet.example"};

    tr_book_sheet(&s->book, text(s, "sheet.guide"))->across = true;
    tr_book_width(&s->book, 36);
    tr_book_width(&s->book, WHAT_WIDTH);
    tr_book_width(&s->book, EXAMPLE_WIDTH);
    tr_book_row(&s->book, 0);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        tr_book_text(&s->book, TR_LOOK_HEAD, text(s, heads[i]));
    for (uint32_t i = 0; i < s->n; i++) {
        const struct column *c = &s->column[i];
        struct tr_str what = hint(s, c);

        tr_book_row(&s->book, (int)(tr_text_width(what) / WHAT_WIDTH) + 1);
        tr_book_text(&s->book, TR_LOOK_NOTE, c->head);
        tr_book_text(&s->book, TR_LOOK_NOTE, what);
        write_example(s, c);
    }
}

/* ---- what is chosen from ---- */

/* Word number i of a list, in the column at of those that the list takes. */
static struct tr_str word_of(const struct sheet *s, const struct column *c, uint32_t i, int at)
{
    const struct tr_institution *house;

    if (i >= count_words(s, c))
        return TR_STR("");
    if (c->list)
        return c->list->entry[i].label[s->of->lang];
    house = tr_institution(s->of->institutions, i);
    return at == 0 ? house->id : house->name;
}

/* A list a column, under the header of the column that it is for. */
static void write_lists(struct sheet *s)
{
    uint32_t most = 0;

    tr_book_sheet(&s->book, text(s, "sheet.lists"))->head = HEAD_ROW + 1;
    for (uint32_t i = 0; i < s->n; i++) {
        most = count_words(s, &s->column[i]) > most ? count_words(s, &s->column[i]) : most;
        for (int at = 0; at < width_of_words(s, &s->column[i]); at++)
            tr_book_width(&s->book, HEAD_MOST);
    }
    tr_book_row(&s->book, 2);
    for (uint32_t i = 0; i < s->n; i++)
        for (int at = 0; at < width_of_words(s, &s->column[i]); at++)
            tr_book_text(&s->book, TR_LOOK_HEAD, at == 0 ? s->column[i].head : text(s, "sheet.named"));
    for (uint32_t r = 0; r < most; r++) {
        tr_book_row(&s->book, 0);
        for (uint32_t i = 0; i < s->n; i++)
            for (int at = 0; at < width_of_words(s, &s->column[i]); at++)
                tr_book_text(&s->book, TR_LOOK_PLAIN, word_of(s, &s->column[i], r, at));
    }
}

/* Lets each column of the sheet to fill in know its list. */
static void add_rules(struct sheet *s, struct tr_book_sheet *blank)
{
    struct tr_buf list = {0};

    for (uint32_t i = 0, at = 0; i < s->n; i++) {
        const struct column *c = &s->column[i];
        uint32_t words = count_words(s, c);

        list.len = 0;
        if (words > 0)
            tr_book_range(&s->book, s->book.n - 1, &list, FIRST_ROW, at, words, at);
        at += (uint32_t)width_of_words(s, c);
        tr_book_rule(blank, FIRST_ROW, i,
                     &(struct tr_book_rule){.list = tr_buf_slice(&list),
                                            .day = tr_fields[c->field].kind == TR_KIND_DATE,
                                            .asks = tr_fields[c->field].months || !c->list,
                                            .title = c->head,
                                            .hint = hint(s, c)});
    }
    s->book.failed |= list.failed;
    tr_buf_clear(&list);
}

int tr_referral_sheet_book(const struct tr_referral_sheet *of, struct tr_out *out, struct tr_err *err)
{
    struct sheet s = {.of = of};
    struct tr_book_sheet *blank;
    int status;

    find_columns(&s);
    tr_buf_str(&s.book.title, text(&s, "sheet.title"));
    tr_buf_str(&s.book.author, tr_profile_value(of->profile, "name"));
    tr_buf_str(&s.book.page, text(&s, "document.page"));
    s.book.language = tr_lang_tags[of->lang];
    s.book.english = of->lang == TR_EN;
    blank = write_heads(&s);
    write_guide(&s);
    write_lists(&s);
    add_rules(&s, blank);
    status = tr_book_write(&s.book, out, err);
    tr_book_clear(&s.book);
    return status;
}

void tr_referral_sheet_csv(const struct tr_referral_sheet *of, struct tr_out *out)
{
    struct sheet s = {.of = of};

    find_columns(&s);
    tr_out_text(out, "\xEF\xBB\xBF");
    for (uint32_t i = 0; i < s.n; i++) {
        if (i > 0)
            tr_out_char(out, ';');
        tr_sheet_cell(out, s.column[i].head, ';');
    }
    tr_out_text(out, "\r\n");
}
