#include "domain/referral/unread.h"

#include <stdio.h>

#include "base/text.h"
#include "base/utf8.h"

enum { WORDS_MIN = 3, ROWS_MAX = 200, LETTERS_MAX = 40 };

/* Whether the header is one that our programs write. */
static bool is_own(const struct tr_binding *b)
{
    static const char *const names[] = {"referral_id", "person_id_kind", "excluded_low_threshold"};
    size_t found = 0;

    for (uint32_t c = 0; c < b->n_columns; c++)
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            found += tr_str_is(b->header[c], names[i]);
    return found == sizeof names / sizeof *names;
}

/* Fields that the header has, whether they are wanted or not (bit: field). */
static uint64_t fields_of(const struct tr_profile *p, const struct tr_binding *b)
{
    uint64_t fields = 0;

    for (uint32_t c = 0; c < b->n_columns; c++) {
        int field = b->field[c] >= 0 ? b->field[c] : tr_header_meant(p, b->header, b->n_columns, c);

        if (field >= 0)
            fields |= UINT64_C(1) << field;
    }
    return fields;
}

/* A spelling of a field, folded, in the text of all. */
struct spelling {
    size_t from, len, letters;
    int field;
};

static void add_spelling(struct tr_unread_look *look, struct tr_str spelling, int field)
{
    struct spelling s = {look->text.len, 0, 0, field};

    tr_text_fold(spelling, &look->text);
    s.len = look->text.len - s.from;
    if (look->text.failed || s.len == 0)
        return;
    s.letters = tr_utf8_count((struct tr_str){look->text.p + s.from, s.len});
    tr_buf_add(&look->spellings, &s, sizeof s);
}

/* The spellings of the fields that the header lacks; made when a column is compared with them, which
 * most headers have none of. */
static void add_spellings(struct tr_unread_look *look)
{
    const struct tr_table *t = &look->profile->table[TR_T_FIELDS];
    int aliases = tr_table_column(t, "aliases");

    if (look->spelt)
        return;
    look->spelt = true;
    for (uint32_t r = 0; r < t->n_rows; r++) {
        int field = tr_field_find(tr_table_cell(t, r, tr_table_column(t, "field")));
        struct tr_str rest = tr_table_cell(t, r, aliases), part;

        if (field < 0 || field >= TR_N_REFERRAL_FIELDS || look->present >> field & 1)
            continue;
        for (int l = 0; l < TR_N_LANGS; l++)
            add_spelling(look, tr_table_cell(t, r, tr_lang_column(t, "label", (enum tr_lang)l)),
                         field);
        while (rest.len > 0 && tr_str_part(&rest, '|', &part))
            add_spelling(look, part, field);
    }
}

void tr_unread_start(struct tr_unread_look *look, const struct tr_profile *p,
                    const struct tr_binding *b, struct tr_reader *reader)
{
    *look = (struct tr_unread_look){.profile = p, .binding = b, .reader = reader};
    look->present = fields_of(p, b);
    look->hidden = tr_header_is_data(b->header, b->n_columns);
}

int tr_unread_end(struct tr_unread_look *look)
{
    int rc = look->text.failed || look->spellings.failed ? -1 : 0;

    tr_buf_clear(&look->text);
    tr_buf_clear(&look->spellings);
    return rc;
}

/* The field of which a spelling is nearest; -1: none is near. */
static int nearest_field(struct tr_unread_look *look, struct tr_str header)
{
    const struct spelling *all;
    struct tr_buf fold = {0};
    struct tr_near near;
    size_t letters, n;
    int field = -1;

    add_spellings(look);
    all = (const struct spelling *)(const void *)look->spellings.p;
    n = look->spellings.len / sizeof *all;
    tr_text_fold(header, &fold);
    near = (struct tr_near){.wanted = tr_buf_slice(&fold), .best = {"", 0}};
    near.distance = 2 + fold.len / 4; /* what is no nearer is not near */
    letters = tr_utf8_count(near.wanted);
    for (size_t i = 0; i < n; i++) {
        size_t was = near.distance;

        if (letters < LETTERS_MAX &&
            (letters + was <= all[i].letters || all[i].letters + was <= letters))
            continue; /* too long or too short: most are */
        tr_near_offer(&near, (struct tr_str){look->text.p + all[i].from, all[i].len});
        if (near.distance < was)
            field = all[i].field;
    }
    tr_buf_clear(&fold);
    return field;
}

/* How many cells below a column, in the rows in hand, are words of a list. Given up when more than so many are
 * none. */
static struct tr_unread count_words(const struct tr_list *list, struct tr_reader *reader,
                                    uint32_t c, size_t others)
{
    struct tr_unread n = {0};
    struct tr_row row;
    bool beside;

    for (size_t i = 0; i < ROWS_MAX && n.cells - n.known <= others && tr_reader_sample(reader, i, &row); i++) {
        struct tr_str cell = row.bad ? (struct tr_str){"", 0} : tr_text_trim(tr_row_cell(&row, c));

        n.cells += cell.len > 0;
        n.known += cell.len > 0 && tr_list_read(list, cell, &beside) >= 0;
    }
    return n;
}

/* The one coded field, among those that the header lacks, whose words at least three in four
 * of the cells below the column are; -1 when there is none, or several. */
static int field_of_words(const struct tr_profile *p, uint64_t present, struct tr_reader *reader,
                          uint32_t c, struct tr_unread *words)
{
    bool several = false;
    size_t rows = 0;
    struct tr_row row;
    int found = -1;

    while (rows < ROWS_MAX && tr_reader_sample(reader, rows, &row))
        rows++;
    *words = (struct tr_unread){0};
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        struct tr_unread n;

        if (!p->of_field[f] || present >> f & 1)
            continue;
        n = count_words(p->of_field[f], reader, c, rows / 4);
        if (n.known < WORDS_MIN || 4 * n.known < 3 * n.cells || n.known < words->known)
            continue;
        several = n.known == words->known;
        *words = n;
        found = f;
    }
    return several ? -1 : found;
}

struct tr_unread tr_unread_column(struct tr_unread_look *look, uint32_t column)
{
    const struct tr_profile *p = look->profile;
    struct tr_unread u;
    int field = field_of_words(p, look->present, look->reader, column, &u);

    u.code = TR_W_COLUMN_WORDS;
    if (field < 0) {
        field = nearest_field(look, look->binding->header[column]);
        if (field >= 0 && p->of_field[field])
            u = count_words(p->of_field[field], look->reader, column, ROWS_MAX);
        u.code = field < 0 ? TR_W_COLUMN : u.known > 0 ? TR_W_COLUMN_BOTH : TR_W_COLUMN_NEAR;
    }
    u.field = field;
    return u;
}

static void say(const struct tr_unread_look *look, struct tr_unread u, struct tr_str name,
                const struct tr_listener *listener)
{
    struct tr_err err;
    char share[48];

    snprintf(share, sizeof share, "%zu/%zu", u.known, u.cells);
    tr_err_set(&err, u.code, NULL, u.field < 0 ? NULL : tr_fields[u.field].name, share);
    tr_err_copy(err.arg[0], sizeof err.arg[0], look->hidden ? TR_STR("…") : name);
    err.source = look->binding->source;
    err.line = look->binding->header_line;
    listener->say(listener->cookie, &err);
}

/* Whether the name was said before; it is now. -1: memory. */
static int said(struct tr_dict *told, struct tr_str name)
{
    return tr_dict_add(told, name, &(int){0});
}

/* Says what column c is, unless its name was said before. -1: memory. */
static int say_column(struct tr_unread_look *look, uint32_t c, bool all, struct tr_dict *told,
                      const struct tr_listener *listener)
{
    struct tr_str name = look->binding->header[c];
    int rc = said(told, name);
    struct tr_unread u;

    if (rc != 0)
        return rc;
    u = tr_unread_column(look, c);
    if (u.field >= 0 || all)
        say(look, u, name, listener);
    return 0;
}

int tr_unread_columns(const struct tr_profile *p, const struct tr_binding *b,
                      struct tr_reader *reader, bool all, struct tr_dict *told,
                      const struct tr_listener *listener)
{
    uint64_t indicators = ((UINT64_C(1) << (TR_F_SOMATIC - TR_F_HF + 1)) - 1) << TR_F_HF;
    struct tr_unread_look look;
    bool any = false;
    int rc = 0;

    if (is_own(b))
        return 0;
    tr_unread_start(&look, p, b, reader);
    for (uint32_t c = 0; c < b->n_columns && rc >= 0; c++) {
        if (b->field[c] == TR_COLUMN_LEFT && (rc = said(told, b->header[c])) == 0)
            say(&look, (struct tr_unread){.code = TR_W_COLUMN_LEFT, .field = -1}, b->header[c], listener);
        if (b->field[c] != TR_COLUMN_EXTRA || tr_header_meant(p, b->header, b->n_columns, c) >= 0)
            continue;
        any = true;
        rc = say_column(&look, c, all, told, listener);
    }
    if (rc >= 0 && any && !(look.present & indicators))
        say(&look, (struct tr_unread){.code = TR_W_NO_INDICATOR, .field = -1},
            (struct tr_str){"", 0}, listener);
    return tr_unread_end(&look) < 0 || rc < 0 ? -1 : 0;
}
