/* A workbook: on the first sheet, which has the title's name, the table as a table of the
 * spreadsheet; on others the picture, and what there is to know about the table. Nothing stands
 * above the heads, so that programs read the sheet as they read CSV.
 *
 * A sum is a formula where its parts are in sight and make it; else it is the number that the table
 * has, so that nothing is worked out anew from hidden numbers or from roundings. */
#include <stdlib.h>

#include "base/number.h"
#include "base/text.h"
#include "doc/table/table_own.h"
#include "record/book/book.h"

/* Rows, from 0. */
enum { HEAD_ROW, FIRST_ROW };
enum { NARROWEST = 9, WIDEST = 42, KEY_NARROWEST = 14, ABOUT_WIDTH = 90, PAGE_WIDTH = 95, ACROSS_WIDTH = 260 };

struct sheet {
    const struct tr_doc_table *doc;
    struct tr_book book;
    const struct tr_doc_column **column; /* as they stand in the sheet */
    struct tr_str *name;
    int *decimals;
    uint32_t n;
    struct tr_arena text;
    struct tr_buf scratch, formula;
    uint32_t rows;       /* that are no totals: they stand first */
    uint32_t written;    /* rows of either kind */
    bool sums_undecided; /* the total column counts those that fit in no column, too */
};

static uint32_t number_of(const struct sheet *s, const struct tr_doc_column *c)
{
    return (uint32_t)(c - s->doc->column);
}

static struct tr_str cell_of(const struct sheet *s, uint32_t row, uint32_t i)
{
    return s->doc->row[row].cell[number_of(s, s->column[i])];
}

/* A number of per cent, by the first word of its name. */
static bool is_percent(const struct tr_doc_column *c)
{
    struct tr_str rest = c->name, word = {0};

    tr_str_part(&rest, '.', &word);
    return c->numeric && word.len >= 7 && memcmp(word.p + word.len - 7, "percent", 7) == 0;
}

/* ---- columns ---- */

/* Whether another column before has this name, but for case and signs. */
static bool is_taken(struct sheet *s, struct tr_str name, uint32_t before)
{
    struct tr_buf one = {0}, other = {0};
    bool taken = false;

    tr_text_fold(name, &one);
    for (uint32_t i = 0; i < before && !taken; i++) {
        other.len = 0;
        tr_text_fold(s->name[i], &other);
        taken = tr_str_eq(tr_buf_slice(&one), tr_buf_slice(&other));
    }
    taken &= !one.failed && !other.failed;
    s->text.failed |= one.failed | other.failed;
    tr_buf_clear(&one);
    tr_buf_clear(&other);
    return taken;
}

/* A spreadsheet's table has no two columns of one name: the second is called with its number. */
static void name_column(struct sheet *s, uint32_t i)
{
    const struct tr_doc_column *c = s->column[i];
    bool taken;

    s->scratch.len = 0;
    tr_show_text(c->head.len > 0 ? c->head : c->name, &s->scratch);
    taken = s->scratch.len == 0 || is_taken(s, tr_buf_slice(&s->scratch), i);
    if (taken) {
        tr_buf_text(&s->scratch, " [");
        tr_buf_num(&s->scratch, i + 1);
        tr_buf_text(&s->scratch, "]");
    }
    s->name[i] = tr_arena_copy(&s->text, tr_buf_slice(&s->scratch));
}

static int decimals_of(const struct sheet *s, uint32_t i)
{
    size_t most = 0;

    for (uint32_t r = 0; s->column[i]->numeric && r < s->doc->n_rows; r++) {
        struct tr_str cell = cell_of(s, r, i);
        const char *point = cell.len > 0 ? memchr(cell.p, '.', cell.len) : NULL;
        size_t n = point ? cell.len - (size_t)(point + 1 - cell.p) : 0;

        most = n > most ? n : most;
    }
    return most > TR_BOOK_DECIMALS ? TR_BOOK_DECIMALS : (int)most;
}

static size_t longest_word(struct tr_str s)
{
    size_t most = 0;
    struct tr_str word;

    while (tr_str_part(&s, ' ', &word))
        most = tr_text_width(word) > most ? tr_text_width(word) : most;
    return most;
}

/* In letters: heads break between words, cells do not. The arrow of a filter takes two. */
static int width_of(struct sheet *s, uint32_t i)
{
    size_t width = longest_word(s->name[i]) + 3;
    size_t least = s->column[i]->role == TR_DOC_KEY ? KEY_NARROWEST : NARROWEST;

    for (uint32_t r = 0; r < s->doc->n_rows; r++) {
        size_t n;

        s->scratch.len = 0;
        tr_doc_show_cell(s->doc, &s->doc->row[r], number_of(s, s->column[i]), &s->scratch);
        n = tr_text_width(tr_buf_slice(&s->scratch)) + 1;
        width = n > width ? n : width;
    }
    width = width < least ? least : width;
    return (int)(width > WIDEST ? WIDEST : width);
}

/* How many lines the heads take. */
static int lines_of_heads(const struct sheet *s, const int *width)
{
    size_t most = 1;

    for (uint32_t i = 0; i < s->n; i++) {
        struct tr_str rest = s->name[i], word;
        size_t lines = 1, used = 0, room = (size_t)width[i] - 2;

        while (tr_str_part(&rest, ' ', &word)) {
            size_t n = tr_text_width(word);

            lines += used > 0 && used + 1 + n > room;
            used = used > 0 && used + 1 + n > room ? n : used + (used > 0) + n;
        }
        most = lines > most ? lines : most;
    }
    return (int)most;
}

/* ---- sums ---- */

/* Adds the cell, a whole number, to *sum; false: it is hidden or none. */
static bool add_to(struct tr_str cell, long long *sum)
{
    long long n = 0;

    if (cell.len > 0 && !tr_number_read(cell, &n))
        return false;
    *sum += n;
    return true;
}

static bool is_sum(struct tr_str cell, long long sum)
{
    long long n;

    return cell.len > 0 && tr_number_read(cell, &n) && n == sum;
}

static void add_range(struct sheet *s, uint32_t row, uint32_t column, uint32_t last_row,
                      uint32_t last_column)
{
    tr_buf_text(&s->formula, "SUM(");
    tr_book_place(&s->formula, row, column);
    tr_buf_text(&s->formula, ":");
    tr_book_place(&s->formula, last_row, last_column);
    tr_buf_text(&s->formula, ")");
}

/* The rows above make the total of this column. */
static bool sum_of_rows(struct sheet *s, uint32_t row, uint32_t i)
{
    long long sum = 0;

    for (uint32_t r = 0; r < s->rows; r++)
        if (!add_to(cell_of(s, r, i), &sum))
            return false;
    if (s->rows == 0 || !is_sum(cell_of(s, row, i), sum))
        return false;
    add_range(s, FIRST_ROW, i, FIRST_ROW + s->rows - 1, i);
    return true;
}

static bool is_undecided(const struct tr_doc_column *c)
{
    return c->role == TR_DOC_OTHER && tr_str_is(c->name, "undecided");
}

/* Whether the column is one of those that make the column i. */
static bool is_addend(const struct sheet *s, uint32_t i, uint32_t k)
{
    const struct tr_profile *p = s->doc->profile;
    const struct tr_doc_column *c = s->column[k];

    if (s->column[i]->role == TR_DOC_TOTAL)
        return c->role == TR_DOC_PART || (s->sums_undecided && is_undecided(c));
    for (int g = 0; g < p->n_groups; g++) {
        const struct tr_list *list = p->of_field[p->group[g].field];

        for (int e = 0; list && e < list->n; e++)
            if (p->group[g].codes >> e & 1 && tr_str_eq(list->entry[e].code, c->name) &&
                tr_str_eq(p->group[g].entry->code, s->column[i]->name))
                return true;
    }
    return false;
}

/* Other columns of the row make the cell: those that stand together as a range. */
static bool sum_of_columns(struct sheet *s, uint32_t row, uint32_t i)
{
    long long sum = 0;
    uint32_t at = FIRST_ROW + row, k = 0;

    while (k < s->n) {
        uint32_t from = k;

        for (; k < s->n && k != i && is_addend(s, i, k); k++)
            if (!add_to(cell_of(s, row, k), &sum))
                return false;
        if (k > from) {
            tr_buf_text(&s->formula, s->formula.len > 0 ? "+" : "");
            add_range(s, at, from, at, k - 1);
        }
        k += k == from;
    }
    return s->formula.len > 0 && is_sum(cell_of(s, row, i), sum);
}

/* Makes the formula of a cell; false: it has none. */
static bool find_formula(struct sheet *s, uint32_t row, uint32_t i)
{
    enum tr_doc_role role = s->column[i]->role;

    s->formula.len = 0;
    if (!s->column[i]->numeric || role == TR_DOC_KEY || s->decimals[i] > 0)
        return false;
    if (s->doc->row[row].total)
        return sum_of_rows(s, row, i);
    return (role == TR_DOC_TOTAL || role == TR_DOC_SUBTOTAL) && sum_of_columns(s, row, i);
}

/* Looks whether some total is the sum of its row only when the undecided are counted. */
static void judge_totals(struct sheet *s)
{
    for (uint32_t i = 0; i < s->n; i++)
        for (uint32_t r = 0; s->column[i]->role == TR_DOC_TOTAL && r < s->rows; r++) {
            s->formula.len = 0;
            if (sum_of_columns(s, r, i))
                continue;
            s->formula.len = 0;
            s->sums_undecided = true;
            s->sums_undecided = sum_of_columns(s, r, i);
            if (s->sums_undecided)
                return;
        }
}

/* ---- cells ---- */

static void write_cell(struct sheet *s, uint32_t row, uint32_t i)
{
    const struct tr_doc_column *c = s->column[i];
    struct tr_str cell = cell_of(s, row, i);
    bool sum = s->doc->row[row].total;
    enum tr_book_look look = sum ? TR_LOOK_SUM : TR_LOOK_PLAIN;

    if (c->numeric && tr_doc_is_hidden(cell)) {
        tr_book_text(&s->book, sum ? TR_LOOK_SUM_RIGHT : TR_LOOK_RIGHT, cell);
    } else if (find_formula(s, row, i)) {
        tr_book_formula(&s->book, look, 0, tr_buf_slice(&s->formula), cell);
    } else if (is_percent(c)) {
        tr_book_percent(&s->book, look, cell);
    } else if (c->numeric) {
        tr_book_number(&s->book, look, s->decimals[i], cell);
    } else if (c->date && cell.len > 0) {
        tr_book_day(&s->book, look, cell);
    } else {
        s->scratch.len = 0;
        tr_doc_show_cell(s->doc, &s->doc->row[row], number_of(s, c), &s->scratch);
        tr_book_text(&s->book, look, tr_buf_slice(&s->scratch));
    }
}

static void write_heads(struct sheet *s, const int *width)
{
    tr_book_row(&s->book, lines_of_heads(s, width));
    for (uint32_t i = 0; i < s->n; i++)
        tr_book_text(&s->book, s->column[i]->numeric ? TR_LOOK_HEAD_RIGHT : TR_LOOK_HEAD,
                     s->name[i]);
}

/* The next row: the workbook asks for it when it comes to be written. */
static bool write_row(void *cookie)
{
    struct sheet *s = cookie;

    if (s->written == s->doc->n_rows)
        return false;
    tr_book_row(&s->book, 0);
    for (uint32_t i = 0; i < s->n; i++)
        write_cell(s, s->written, i);
    s->written++;
    return true;
}

static void draw_chart(struct sheet *s, struct tr_str title)
{
    struct tr_book_chart chart = {
        .title = title,
        .text = tr_doc_text(s->doc, "table.chart_text"),
        .axis = tr_profile_label(s->doc->profile, TR_STR("count"), s->doc->lang),
        .head = HEAD_ROW,
        .first = FIRST_ROW,
        .last = FIRST_ROW + s->rows - 1,
    };
    uint32_t *parts = malloc(s->n * sizeof *parts);

    for (uint32_t i = 0; parts && i < s->n; i++) {
        chart.keys += s->column[i]->role == TR_DOC_KEY && chart.keys == i;
        if (s->column[i]->role == TR_DOC_PART && s->column[i]->numeric)
            parts[chart.n++] = i;
    }
    chart.column = parts;
    if (parts && chart.n > 0 && chart.keys > 0) {
        tr_book_sheet(&s->book, tr_doc_text(s->doc, "table.chart"))->across = true;
        tr_book_draw(&s->book, &chart);
    }
    s->book.failed |= !parts;
    free(parts);
}

static void write_table(struct sheet *s, struct tr_str title, int *width)
{
    struct tr_book_sheet *sheet = tr_book_sheet(&s->book, title);
    int across = 0;

    for (uint32_t i = 0; i < s->n; i++) {
        width[i] = width_of(s, i);
        tr_book_width(&s->book, width[i]);
        across += width[i];
    }
    sheet->across = across > PAGE_WIDTH;
    sheet->pages_across = (across + ACROSS_WIDTH - 1) / ACROSS_WIDTH;
    sheet->head = HEAD_ROW + 1;
    write_heads(s, width);
    tr_book_later(&s->book, write_row, s);
    if (s->rows > 0)
        tr_book_table(&s->book, HEAD_ROW, FIRST_ROW + s->rows - 1, s->name, s->n);
    if (s->rows > 0 && tr_doc_has_chart(s->doc))
        draw_chart(s, title);
}

static void write_about(struct sheet *s, struct tr_str title)
{
    struct tr_str notes = tr_buf_slice(&s->doc->notes), paragraph, line;

    if (notes.len == 0 && s->doc->source.len == 0)
        return;
    tr_book_sheet(&s->book, tr_doc_text(s->doc, "table.about"));
    tr_book_width(&s->book, ABOUT_WIDTH);
    tr_book_row(&s->book, 0);
    tr_book_text(&s->book, TR_LOOK_TITLE, title);
    while (tr_doc_paragraph(&notes, &paragraph))
        while (tr_str_part(&paragraph, '\n', &line))
            if (line.len > 0) {
                tr_book_row(&s->book, (int)(tr_text_width(line) / ABOUT_WIDTH) + 1);
                tr_book_text(&s->book, TR_LOOK_NOTE, line);
            }
    s->scratch.len = 0;
    tr_show_text(s->doc->source, &s->scratch);
    tr_book_row(&s->book, (int)(tr_text_width(tr_buf_slice(&s->scratch)) / ABOUT_WIDTH) + 1);
    tr_book_text(&s->book, TR_LOOK_NOTE, tr_buf_slice(&s->scratch));
}

static void start(struct sheet *s, struct tr_str *title)
{
    const struct tr_doc_table *doc = s->doc;

    for (uint32_t i = 0; i < doc->n_drawn + doc->n_aside; i++)
        s->column[s->n++] = &doc->column[doc->drawn[i]];
    while (s->rows < doc->n_rows && !doc->row[s->rows].total)
        s->rows++;
    for (uint32_t i = 0; i < s->n; i++) {
        name_column(s, i);
        s->decimals[i] = decimals_of(s, i);
    }
    judge_totals(s);
    s->scratch.len = 0;
    tr_show_text(doc->title.len > 0 ? doc->title : tr_doc_text(doc, "table.table"), &s->scratch);
    *title = tr_arena_copy(&s->text, tr_buf_slice(&s->scratch));
    tr_buf_str(&s->book.title, *title);
    tr_buf_str(&s->book.author, tr_profile_value(doc->profile, "name"));
    tr_buf_str(&s->book.page, tr_doc_text(doc, "document.page"));
    s->book.language = tr_lang_tags[doc->lang];
    s->book.english = doc->lang == TR_EN;
}

int tr_doc_pack_xlsx(const struct tr_doc_table *doc, struct tr_out *out, struct tr_err *err)
{
    size_t n = doc->n_drawn + doc->n_aside + (size_t)1;
    struct sheet s = {.doc = doc,
                      .column = malloc(n * sizeof *s.column),
                      .name = calloc(n, sizeof *s.name),
                      .decimals = calloc(n, sizeof *s.decimals)};
    int *width = calloc(n, sizeof *width), status = -1;
    struct tr_str title;

    if (!s.column || !s.name || !s.decimals || !width) {
        tr_err_memory(err);
        goto out;
    }
    start(&s, &title);
    write_table(&s, title, width);
    write_about(&s, title);
    status = tr_book_write(&s.book, out, err);
    out->buf.failed |= s.text.failed | s.scratch.failed | s.formula.failed;
out:
    tr_book_clear(&s.book);
    tr_arena_clear(&s.text);
    tr_buf_clear(&s.scratch);
    tr_buf_clear(&s.formula);
    free(s.column);
    free(s.name);
    free(s.decimals);
    free(width);
    return status;
}
