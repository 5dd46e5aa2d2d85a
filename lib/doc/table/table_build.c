#define _GNU_SOURCE
#include "doc/table/table_build.h"

#include <stdlib.h>

#include "base/text.h"
#include "doc/table/table_order.h"
#include "domain/disclosure/disclosure.h"
#include "domain/profile/plain.h"

/* The key of a row of totals, and the name of a column of totals. */
static const struct tr_str total_name = {"total", 5};

/* ---- columns ---- */

static struct tr_doc_column *find_named(const struct tr_doc_table *doc, struct tr_str name)
{
    for (uint32_t c = 0; c < doc->n_columns; c++)
        if (tr_str_eq(doc->column[c].name, name))
            return &doc->column[c];
    return NULL;
}

static const struct tr_list *field_list(const struct tr_profile *p, int field)
{
    return field >= 0 && tr_fields[field].list ? tr_profile_list(p, tr_fields[field].list) : NULL;
}

/* The list that fields.csv names for the column, or NULL: for columns other than the fields of a
 * referral, such as those of vacancies. */
static const struct tr_list *named_list(const struct tr_profile *p, struct tr_str column)
{
    const struct tr_table *t = &p->table[TR_T_FIELDS];
    int field = tr_table_column(t, "field"), list = tr_table_column(t, "list");

    for (uint32_t r = 0; r < t->n_rows; r++)
        if (tr_str_eq(tr_table_cell(t, r, field), column))
            for (int i = 0; i < p->n_lists; i++)
                if (tr_str_eq(p->list[i].name, tr_table_cell(t, r, list)))
                    return &p->list[i];
    return NULL;
}

/* The code that the header of a count names, or NULL. A housing type is written by itself, any
 * other code as field=code. */
static const struct tr_list_entry *header_code(const struct tr_profile *p, struct tr_str header)
{
    const struct tr_list *list = tr_profile_list(p, tr_fields[TR_F_HOUSING_TYPE].list);
    const char *sign = header.len > 0 ? memchr(header.p, '=', header.len) : NULL;
    int field, code;

    if (sign) {
        field = tr_field_find((struct tr_str){header.p, (size_t)(sign - header.p)});
        list = field_list(p, field);
        header = tr_str_from(header, (size_t)(sign + 1 - header.p));
    }
    code = list ? tr_list_code(list, header) : -1;
    return code < 0 ? NULL : &list->entry[code];
}

/* The group of codes whose sum the column is, or NULL. */
static const struct tr_list_entry *header_group(const struct tr_profile *p, struct tr_str header)
{
    for (int g = 0; g < p->n_groups; g++) {
        struct tr_str rest = header, field;

        tr_str_part(&rest, '=', &field);
        if (tr_str_eq(p->group[g].entry->code,
                      rest.p && tr_field_find(field) == (int)p->group[g].field ? rest : header))
            return p->group[g].entry;
    }
    return NULL;
}

/* A label made of several; false when the name has one word. */
static bool made_label(struct tr_doc_table *doc, struct tr_str name, bool brief, struct tr_str *out)
{
    struct tr_buf text = {0};
    bool made = tr_plain_beside(doc->profile, name, doc->lang, brief, &text);

    if (made)
        *out = tr_arena_copy(&doc->text, tr_buf_slice(&text));
    doc->text.failed |= text.failed;
    tr_buf_clear(&text);
    return made;
}

/* What the column is called in fields.csv. A name may mean something else beside another column. */
static struct tr_str known_as(const struct tr_doc_table *doc, struct tr_str name)
{
    if (tr_str_is(name, "needed") && find_named(doc, TR_STR("lacking")))
        return TR_STR("needed_in_all");
    return name;
}

static void name_column(struct tr_doc_table *doc, struct tr_doc_column *column)
{
    const struct tr_list_entry *code = header_code(doc->profile, column->name),
                               *group = header_group(doc->profile, column->name);

    if (code || group) {
        column->role = code ? TR_DOC_PART : TR_DOC_SUBTOTAL;
        code = code ? code : group;
        column->label = code->label[doc->lang];
        column->head = code->short_label[doc->lang];
    } else if (made_label(doc, column->name, false, &column->label)) {
        column->role = TR_DOC_OTHER;
        made_label(doc, column->name, true, &column->head);
    } else {
        column->role = tr_str_eq(column->name, total_name) ? TR_DOC_TOTAL : TR_DOC_OTHER;
        column->label = tr_profile_label(doc->profile, known_as(doc, column->name), doc->lang);
        if (column->label.len == 0)
            column->label = column->name;
        column->head = column->label;
    }
}

/* Whether some cell of the column holds one of the list's codes. */
static bool holds(const struct tr_doc_table *doc, uint32_t c, const struct tr_list *list)
{
    for (uint32_t r = 0; r < doc->n_rows; r++)
        if (tr_doc_codes(list, doc->row[r].cell[c]))
            return true;
    return false;
}

/* Whether the list is of one kind of what the column is called: deadline_status for status. */
static bool is_kind_of(const struct tr_list *list, struct tr_str name)
{
    return list->name.len > name.len + 1 && list->name.p[list->name.len - name.len - 1] == '_' &&
           memcmp(list->name.p + list->name.len - name.len, name.p, name.len) == 0;
}

/* The list whose codes the column holds, or NULL. Columns of different tables may share a name, so
 * a list that fields.csv names counts only when some cell holds one of its codes; else one of its kinds
 * may. */
static const struct tr_list *choose_list(const struct tr_doc_table *doc, uint32_t c)
{
    const struct tr_profile *p = doc->profile;
    struct tr_str name = doc->column[c].name;
    const struct tr_list *list = field_list(p, tr_field_find(name));

    if (list || !(list = named_list(p, name)) || holds(doc, c, list))
        return list;
    for (int i = 0; i < p->n_lists; i++)
        if (is_kind_of(&p->list[i], name) && holds(doc, c, &p->list[i]))
            return &p->list[i];
    return NULL;
}

/* Columns that count people who fit in no other column. They are not drawn when they count nobody.
 */
static bool is_rest(struct tr_str name)
{
    return tr_str_is(name, "undecided") || tr_str_is(name, "unknown");
}

static bool is_date(const struct tr_doc_table *doc, uint32_t c)
{
    bool filled = false;

    for (uint32_t r = 0; r < doc->n_rows; r++) {
        struct tr_str cell = doc->row[r].cell[c];

        if (cell.len > 0 && !tr_show_is_date(cell))
            return false;
        filled |= cell.len > 0;
    }
    return filled;
}

/* Finds out from the cells which columns hold codes, numbers or days, and so which are keys. */
static void judge_columns(struct tr_doc_table *doc)
{
    bool key = true;

    for (uint32_t c = 0; c < doc->n_columns; c++) {
        struct tr_doc_column *column = &doc->column[c];
        bool filled = column->role == TR_DOC_PART || column->role == TR_DOC_TOTAL, some = false;
        int field = tr_field_find(column->name);

        column->list = choose_list(doc, c);
        /* text fields may look like numbers and are none: telephones, identity numbers */
        column->numeric = !column->list && (field < 0 || tr_fields[field].shape == TR_SHAPE_NUMBER);
        for (uint32_t r = 0; r < doc->n_rows && column->numeric; r++) {
            struct tr_str cell = doc->row[r].cell[c];

            filled |= cell.len > 0;
            some |= cell.len > 0 && !tr_str_is(cell, "0");
            column->numeric = cell.len == 0 || tr_doc_is_hidden(cell) || tr_show_is_number(cell);
        }
        column->numeric &= filled;
        key &= !column->numeric;
        if (key || c == 0)
            column->role = TR_DOC_KEY;
        column->date = !column->list && is_date(doc, c);
        if (!is_rest(column->name) || !column->numeric || some)
            doc->drawn[doc->n_drawn++] = c;
    }
}

/* Draws sums of some codes behind the last code, wherever the table has them. */
static void move_subtotals(struct tr_doc_table *doc)
{
    uint32_t parts = 0, n = 0, *moved = calloc(doc->n_drawn + 1, sizeof *moved);

    for (uint32_t i = 0; i < doc->n_drawn; i++)
        parts = doc->column[doc->drawn[i]].role == TR_DOC_PART ? i + 1 : parts;
    for (uint32_t i = 0; moved && i < parts; i++)
        if (doc->column[doc->drawn[i]].role != TR_DOC_SUBTOTAL)
            moved[n++] = doc->drawn[i];
    for (uint32_t i = 0; moved && i < doc->n_drawn; i++)
        if (doc->column[doc->drawn[i]].role == TR_DOC_SUBTOTAL)
            moved[n++] = doc->drawn[i];
    for (uint32_t i = parts; moved && i < doc->n_drawn; i++)
        if (doc->column[doc->drawn[i]].role != TR_DOC_SUBTOTAL)
            moved[n++] = doc->drawn[i];
    if (moved)
        memcpy(doc->drawn, moved, doc->n_drawn * sizeof *moved);
    doc->text.failed |= !moved;
    free(moved);
}

/* Without the keyed hashes of persons, which stand last: they are for adding up tables, and do not
 * go into what people are shown. */
static uint32_t shown_columns(const struct tr_table *t)
{
    return t->n_columns - (t->n_columns > 1 && tr_str_is(t->header[t->n_columns - 1], "hashes"));
}

/* Whether the row called key sums up rows of codes. */
static bool is_subtotal(const struct tr_profile *p, struct tr_str key)
{
    return tr_str_is(key, "all_types") ||
           tr_list_code(tr_profile_list(p, "column_group"), key) >= 0;
}

static int add_columns(struct tr_doc_table *doc, const struct tr_table *t, struct tr_err *err)
{
    if (t->n_columns == 0)
        return tr_err_set(err, TR_E_HEADER_BAD, N_("no columns"), NULL, NULL);
    doc->column = calloc(t->n_columns, sizeof *doc->column);
    doc->drawn = calloc(t->n_columns, sizeof *doc->drawn);
    doc->row = calloc((size_t)t->n_rows + 1, sizeof *doc->row);
    if (!doc->column || !doc->drawn || !doc->row)
        return tr_err_memory(err);
    doc->n_columns = shown_columns(t);
    doc->n_rows = t->n_rows;
    for (uint32_t c = 0; c < doc->n_columns; c++)
        doc->column[c].name = t->header[c];
    for (uint32_t c = 0; c < doc->n_columns; c++)
        name_column(doc, &doc->column[c]);
    for (uint32_t r = 0; r < t->n_rows; r++) {
        doc->row[r].cell = t->cells + (size_t)r * t->n_columns;
        doc->row[r].total = tr_str_eq(tr_table_cell(t, r, 0), total_name);
        doc->row[r].subtotal = is_subtotal(doc->profile, tr_table_cell(t, r, 0));
    }
    judge_columns(doc);
    move_subtotals(doc);
    return 0;
}

/* ---- which columns are drawn ---- */

static void set_aside(struct tr_doc_table *doc, uint32_t c)
{
    if (doc->column[c].role != TR_DOC_KEY)
        doc->column[c].role = TR_DOC_ASIDE;
}

/* Leaves out the named columns, keys excepted. */
static void leave_out(struct tr_doc_table *doc, struct tr_str aside)
{
    struct tr_str name;
    uint32_t n = 0;

    while (tr_str_part(&aside, '|', &name)) {
        const struct tr_doc_column *column = find_named(doc, name);

        if (column)
            set_aside(doc, (uint32_t)(column - doc->column));
    }
    for (uint32_t i = 0; i < doc->n_drawn; i++)
        if (doc->column[doc->drawn[i]].role != TR_DOC_ASIDE)
            doc->drawn[n++] = doc->drawn[i];
    doc->n_drawn = n;
    for (uint32_t c = 0; c < doc->n_columns; c++)
        if (doc->column[c].role == TR_DOC_ASIDE)
            doc->drawn[n++] = c;
    doc->n_aside = n - doc->n_drawn;
}

static bool is_drawn(const struct tr_doc_table *doc, uint32_t c)
{
    for (uint32_t i = 0; i < doc->n_drawn; i++)
        if (doc->drawn[i] == c)
            return true;
    return false;
}

/* Whether no row has anything in the column. */
static bool is_empty(const struct tr_doc_table *doc, uint32_t c)
{
    for (uint32_t r = 0; r < doc->n_rows; r++)
        if (doc->row[r].cell[c].len > 0)
            return false;
    return doc->n_rows > 0;
}

/* Draws exactly the named columns, in this order, without those that are missing, and those that are
 * empty unless they are kept. */
static void choose(struct tr_doc_table *doc, struct tr_str show, bool empty)
{
    struct tr_str name;

    doc->n_drawn = doc->n_aside = 0;
    while (tr_str_part(&show, '|', &name)) {
        const struct tr_doc_column *column = find_named(doc, name);
        uint32_t c = (uint32_t)(column ? column - doc->column : 0);

        if (column && (empty || !is_empty(doc, c)) && !is_drawn(doc, c))
            doc->drawn[doc->n_drawn++] = c;
    }
    for (uint32_t c = 0; c < doc->n_columns; c++)
        if (!is_drawn(doc, c))
            set_aside(doc, c);
    if (doc->n_drawn == 0)
        doc->drawn[doc->n_drawn++] = 0;
}

/* ---- what the profile knows of the table ---- */

/* Takes the text before the next sep off *rest, and sep with it. */
static struct tr_str before(struct tr_str *rest, struct tr_str sep)
{
    struct tr_str part = *rest;
    const char *at = part.len ? memmem(part.p, part.len, sep.p, sep.len) : NULL;

    if (at) {
        part.len = (size_t)(at - part.p);
        *rest = tr_str_from(*rest, part.len + sep.len);
    } else {
        *rest = (struct tr_str){0};
    }
    return part;
}

/* The row whose cell a sentence quotes. For a number, the row of totals; for any other column, any
 * row, provided that all rows say the same. -1: no row. */
static int64_t speaker(const struct tr_doc_table *doc, uint32_t c)
{
    int64_t row = -1;

    for (uint32_t r = 0; r < doc->n_rows; r++) {
        if (doc->row[r].total != doc->column[c].numeric)
            continue;
        if (doc->column[c].numeric)
            return r;
        if (row >= 0 && !tr_str_eq(doc->row[r].cell[c], doc->row[row].cell[c]))
            return -1;
        row = r;
    }
    return row;
}

/* Adds what {column} stands for, or {column?}, which stands for a number above 0 only. */
static void add_cell(struct tr_doc_table *doc, struct tr_str name)
{
    bool positive = name.len > 0 && name.p[name.len - 1] == '?';
    const struct tr_doc_column *column;
    struct tr_str cell;
    uint32_t c;
    int64_t r;

    name.len -= positive;
    column = find_named(doc, name);
    c = (uint32_t)(column ? column - doc->column : 0);
    r = column ? speaker(doc, c) : -1;
    if (r < 0)
        return;
    cell = doc->row[r].cell[c];
    if (tr_doc_is_hidden(cell)) /* a sentence without its number says nothing */
        return;
    if (!positive || (tr_show_is_number(cell) && tr_show_number_of(cell) > 0))
        tr_doc_show_cell(doc, &doc->row[r], c, &doc->notes);
}

/* Adds what {percent.column} stands for: the column's part of `total`, in the row of totals, in whole
 * per cent. */
static void add_percent(struct tr_doc_table *doc, struct tr_str name)
{
    const struct tr_doc_column *part = find_named(doc, name), *all = find_named(doc, total_name);
    int64_t r = part && all && part->numeric ? speaker(doc, (uint32_t)(part - doc->column)) : -1;
    double whole = r < 0 ? 0 : tr_show_number_of(doc->row[r].cell[all - doc->column]);

    if (whole > 0)
        tr_buf_num(&doc->notes,
                   (long long)(100 * tr_show_number_of(doc->row[r].cell[part - doc->column]) / whole +
                               0.5));
}

/* Adds what {by.column} stands for: each row but the total in which the number is above 0, with it.
 */
static void add_rows(struct tr_doc_table *doc, struct tr_str name)
{
    const struct tr_doc_column *column = find_named(doc, name);
    size_t start = doc->notes.len;

    for (uint32_t r = 0; column && column->numeric && r < doc->n_rows; r++) {
        uint32_t c = (uint32_t)(column - doc->column);

        if (doc->row[r].total || doc->row[r].subtotal || tr_show_number_of(doc->row[r].cell[c]) <= 0)
            continue;
        tr_buf_text(&doc->notes, doc->notes.len > start ? ", " : "");
        tr_doc_show_cell(doc, &doc->row[r], 0, &doc->notes);
        tr_buf_char(&doc->notes, ' ');
        tr_doc_show_cell(doc, &doc->row[r], c, &doc->notes);
    }
}

/* Adds what {name} stands for. When it adds nothing, the whole sentence is left out. */
static void fill_in(struct tr_doc_table *doc, struct tr_str name)
{
    struct tr_str kind = before(&name, TR_STR("."));

    if (name.len == 0) {
        add_cell(doc, kind);
    } else if (tr_str_is(kind, "profile")) {
        struct tr_buf key = {0};

        tr_buf_str(&key, name);
        tr_show_text(key.failed ? name : tr_profile_value(doc->profile, tr_buf_z(&key)),
                     &doc->notes);
        doc->notes.failed |= key.failed;
        tr_buf_clear(&key);
    } else if (tr_str_is(kind, "percent")) {
        add_percent(doc, name);
    } else if (tr_str_is(kind, "by")) {
        add_rows(doc, name);
    } else if (tr_str_is(kind, "head")) {
        const struct tr_doc_column *column = find_named(doc, name);

        if (column && is_drawn(doc, (uint32_t)(column - doc->column)))
            tr_show_text(column->head, &doc->notes);
    }
}

static bool ends_with(const struct tr_buf *b, const char *end)
{
    size_t n = strlen(end);

    return b->len >= n && memcmp(b->p + b->len - n, end, n) == 0;
}

/* Adds the sentence with its names filled in; an empty one starts a paragraph. */
static void add_sentence(struct tr_doc_table *doc, struct tr_str sentence)
{
    struct tr_buf *notes = &doc->notes;
    struct tr_str rest = tr_text_trim(sentence);
    size_t start = notes->len;

    if (rest.len == 0 && (start == 0 || ends_with(notes, "\n\n")))
        return;
    while (rest.len > 0) {
        size_t filled;

        tr_show_text(before(&rest, TR_STR("{")), notes);
        if (rest.len == 0)
            break;
        filled = notes->len;
        fill_in(doc, before(&rest, TR_STR("}")));
        if (notes->len == filled) {
            notes->len = start;
            return;
        }
    }
    tr_buf_char(notes, '\n');
}

/* Whether the table has all the columns that a row of tables.csv requires. */
static bool fits(const struct tr_doc_table *doc, struct tr_str required)
{
    struct tr_str name;

    while (tr_str_part(&required, '|', &name))
        if (!find_named(doc, name))
            return false;
    return true;
}

/* What a chart shows. The numbers that the row requires are the parts of its bars, or what its curves
 * are drawn from: see enum tr_doc_curve. */
static void set_chart(struct tr_doc_table *doc, struct tr_str chart, struct tr_str required)
{
    struct tr_str name;
    uint32_t n = 0;

    doc->curves = tr_str_is(chart, "curve");
    doc->chart = doc->curves || tr_str_is(chart, "stacked") || tr_str_is(chart, "bars");
    if (tr_str_is(chart, "stacked"))
        return;
    while (doc->chart && tr_str_part(&required, '|', &name)) {
        struct tr_doc_column *column = find_named(doc, name);

        if (!column->numeric)
            continue;
        if (!doc->curves)
            column->role = TR_DOC_PART;
        else if (n < TR_N_CURVE)
            doc->curve[n++] = (uint32_t)(column - doc->column);
    }
    doc->chart &= !doc->curves || n == TR_N_CURVE;
}

/* Applies row r of tables.csv; empty: columns stay though nothing is in them. */
static void apply(struct tr_doc_table *doc, const struct tr_table *known, uint32_t r, bool empty)
{
    struct tr_str show = tr_table_cell(known, r, tr_table_column(known, "show"));
    struct tr_str notes = tr_table_cell(known, r, tr_lang_column(known, "note", doc->lang));

    doc->title = tr_table_cell(known, r, tr_lang_column(known, "title", doc->lang));
    doc->source = tr_table_cell(known, r, tr_lang_column(known, "source", doc->lang));
    set_chart(doc, tr_table_cell(known, r, tr_table_column(known, "chart")),
              tr_table_cell(known, r, tr_table_column(known, "requires")));
    leave_out(doc, tr_table_cell(known, r, tr_table_column(known, "aside")));
    if (show.len > 0)
        choose(doc, show, empty);
    while (notes.len > 0)
        add_sentence(doc, before(&notes, TR_STR("||")));
}

/* Says why numbers are hidden, when some are. */
static void tell_hidden(struct tr_doc_table *doc)
{
    bool some = false;

    for (uint32_t r = 0; r < doc->n_rows; r++)
        for (uint32_t c = 0; c < doc->n_columns; c++)
            some |= doc->column[c].numeric && tr_doc_is_hidden(doc->row[r].cell[c]);
    if (!some)
        return;
    tr_show_text(tr_doc_text(doc, "table.hidden"), &doc->notes);
    tr_buf_char(&doc->notes, ' ');
    tr_show_text(tr_disclosure_text(doc->profile, "smallest_shown", doc->lang), &doc->notes);
    tr_buf_char(&doc->notes, ' ');
    tr_show_text(tr_doc_text(doc, "table.hidden_more"), &doc->notes);
    tr_buf_char(&doc->notes, '\n');
}

int tr_doc_table_build(struct tr_doc_table *doc, const struct tr_table *t,
                       const struct tr_profile *p, const struct tr_doc_choice *choice,
                       struct tr_err *err)
{
    const struct tr_table *known = &p->table[TR_T_TABLES];
    int required = tr_table_column(known, "requires");
    uint32_t r = 0;

    *doc = (struct tr_doc_table){.profile = p, .lang = choice->lang};
    if (add_columns(doc, t, err) < 0)
        goto failed;
    while (r < known->n_rows && !fits(doc, tr_table_cell(known, r, required)))
        r++;
    if (r < known->n_rows)
        apply(doc, known, r, choice->empty);
    tell_hidden(doc);
    if (choice->title)
        doc->title = tr_str(choice->title);
    if (choice->source)
        doc->source = tr_str(choice->source);
    if (choice->note) {
        tr_show_text(tr_str(choice->note), &doc->notes);
        tr_buf_char(&doc->notes, '\n');
    }
    doc->chart &= !choice->no_chart;
    if (doc->notes.failed || doc->text.failed) {
        tr_err_memory(err);
        goto failed;
    }
    if (tr_doc_order(doc, choice->sort, err) == 0)
        return 0;
failed:
    tr_doc_table_clear(doc);
    return -1;
}
