#include "cli/input/rejects.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "record/writer.h"

enum { N_OWN = 4 };
static const char *const own_columns[N_OWN] = {"reject_rest", "reject_source", "reject_line",
                                               "reject_reason"};

enum { COLUMN_LEAST = 12, COLUMN_MOST = 30, REASON_WIDTH = 48 };

/* The next cell of a row; look: of a workbook. */
static void put(struct tr_rejects *r, struct tr_str cell, bool first, enum tr_book_look look)
{
    if (r->is_book) {
        tr_book_text(&r->book, look, cell);
        return;
    }
    if (!first)
        tr_out_char(&r->output.out, ';');
    tr_sheet_cell(&r->output.out, cell, ';');
}

static void start_row(struct tr_rejects *r)
{
    if (r->is_book)
        tr_book_row(&r->book, 0);
}

static void end_row(struct tr_rejects *r)
{
    if (!r->is_book)
        tr_out_text(&r->output.out, "\r\n");
}

/* Columns meet by the field that they mean, else by their name. */
static struct tr_str column_key(const struct tr_binding *b, uint32_t c)
{
    return b->field[c] >= 0 ? tr_str(tr_fields[b->field[c]].name) : b->header[c];
}

/* Gives every column of the inputs its place, and adds their headers to *headers, borrowed. */
static int place_columns(struct tr_rejects *r, const struct tr_binding *bindings, int n,
                         struct tr_buf *headers)
{
    for (int i = 0; i < n; i++)
        for (uint32_t c = 0; c < bindings[i].n_columns; c++) {
            int column = r->n_columns;

            if (bindings[i].field[c] == TR_COLUMN_SKIP || bindings[i].field[c] == TR_COLUMN_REST ||
                bindings[i].field[c] == TR_COLUMN_LEFT ||
                tr_dict_add(&r->columns, column_key(&bindings[i], c), &column) != 0)
                continue;
            tr_buf_add(headers, &bindings[i].header[c], sizeof bindings[i].header[c]);
            r->n_columns++;
        }
    for (int i = 0; i < N_OWN; i++) {
        const struct tr_str own = tr_str(own_columns[i]);

        tr_buf_add(headers, &own, sizeof own);
    }
    return headers->failed ? -1 : 0;
}

static void start_book(struct tr_rejects *r, const struct tr_str *header, size_t n)
{
    const struct tr_profile *p = &r->app->profile;
    enum tr_lang lang = tr_app_language(r->app, -1);
    struct tr_str title = tr_profile_text(p, "rejects.title", lang);
    struct tr_book_sheet *sheet = tr_book_sheet(&r->book, title);

    tr_buf_str(&r->book.title, title);
    tr_buf_str(&r->book.author, tr_profile_value(p, "name"));
    tr_buf_str(&r->book.page, tr_profile_text(p, "document.page", lang));
    r->book.language = tr_lang_tags[lang];
    r->book.english = lang == TR_EN;
    sheet->head = 1;
    sheet->across = true;
    sheet->pages_across = (int)(n + 9) / 10;
    for (size_t i = 0; i < n; i++) {
        int width = (int)tr_text_width(header[i]) + 3;

        width = width < COLUMN_LEAST ? COLUMN_LEAST : width > COLUMN_MOST ? COLUMN_MOST : width;
        tr_book_width(&r->book, i + 1 == n ? REASON_WIDTH : width);
    }
}

int tr_rejects_open(struct tr_app *app, struct tr_rejects *r, const char *path,
                    const struct tr_binding *bindings, int n)
{
    struct tr_buf headers = {0};
    const struct tr_str *header;

    *r = (struct tr_rejects){.open = path != NULL, .app = app};
    if (!path)
        return 0;
    r->is_book = tr_output_is_book(path);
    if (tr_output_open(app, &r->output, path, false) < 0) {
        r->open = false;
        return -1;
    }
    r->output.out.buf.failed |= place_columns(r, bindings, n, &headers) < 0;
    header = (const void *)headers.p;
    n = (int)(headers.len / sizeof *header);
    if (r->is_book)
        start_book(r, header, (size_t)n);
    else
        tr_out_text(&r->output.out, "\xEF\xBB\xBF");
    start_row(r);
    for (int i = 0; i < n; i++)
        put(r, header[i], i == 0, TR_LOOK_HEAD);
    end_row(r);
    tr_buf_clear(&headers);
    return 0;
}

/* The cells of a row that cannot be read: cut at every delimiter, quotes or not. */
static uint32_t cut(const struct tr_binding *b, struct tr_str raw, struct tr_str **cells)
{
    uint32_t n = 1, i = 0;

    for (size_t k = 0; k < raw.len; k++)
        n += raw.p[k] == b->delimiter;
    *cells = calloc(n, sizeof **cells);
    while (*cells && i < n)
        if (!tr_str_part(&raw, b->delimiter, &(*cells)[i++]))
            break;
    return *cells ? n : 0;
}

static uint32_t read_cells(const struct tr_binding *b, const struct tr_row *row,
                           struct tr_str **cells)
{
    if (row->bad)
        return cut(b, row->raw, cells);
    *cells = calloc(row->n, sizeof **cells);
    for (uint32_t c = 0; *cells && c < row->n; c++)
        (*cells)[c] = tr_row_cell(row, c);
    return *cells ? row->n : 0;
}

static void add_reasons(const struct tr_referral *referral, struct tr_buf *out)
{
    for (int i = 0; i < referral->n_faults; i++) {
        const struct tr_err *e = &referral->fault[i];

        tr_buf_text(out, i ? ", " : "");
        tr_buf_text(out, e->field);
        tr_buf_text(out, e->field[0] ? ": " : "");
        tr_buf_text(out, tr_code_name(e->code));
    }
}

/* Adds the sentences about the faults of a column, a line each; column -1: about no column that is there.
 * False: there are none. */
static bool add_sentences(const struct tr_rejects *r, const struct tr_referral *referral, int column,
                          struct tr_buf *out)
{
    out->len = 0;
    for (int i = 0; r->is_book && i < referral->n_faults; i++) {
        const struct tr_err *e = &referral->fault[i];
        int at = e->field[0] ? tr_dict_find(&r->columns, tr_str(e->field)) : -1;

        if (tr_code_class(e->code) != TR_CLASS_WARN && at == column) {
            tr_buf_text(out, out->len > 0 ? "\n" : "");
            tr_app_sentence(r->app, e, out);
        }
    }
    return out->len > 0;
}

/* A cell that is coloured, with a remark, when something is wrong with it. */
static void put_judged(struct tr_rejects *r, const struct tr_referral *referral, int column,
                       struct tr_str cell, struct tr_buf *text)
{
    bool bad = add_sentences(r, referral, column, text);

    put(r, cell, column == 0, bad ? TR_LOOK_BAD : TR_LOOK_PLAIN);
    if (bad)
        tr_book_remark(&r->book, tr_buf_slice(text));
}

void tr_rejects_add(struct tr_rejects *r, const struct tr_binding *b, const struct tr_row *row,
                    const struct tr_referral *referral)
{
    struct tr_str *place, *cells = NULL;
    struct tr_buf text = {0}, said = {0};
    char line[24];
    uint32_t n;

    if (!r->open)
        return;
    n = read_cells(b, row, &cells);
    place = calloc((size_t)r->n_columns + 1, sizeof *place);
    for (uint32_t c = 0; place && c < n && c < b->n_columns; c++) {
        int column = tr_dict_find(&r->columns, column_key(b, c));

        if (column >= 0 && b->field[c] != TR_COLUMN_SKIP && b->field[c] != TR_COLUMN_LEFT)
            place[column] = cells[c];
        else if (b->field[c] == TR_COLUMN_REST)
            tr_buf_str(&text, cells[c]);
    }
    for (uint32_t c = b->n_columns; c < n; c++) { /* beyond the header */
        if (text.len)
            tr_buf_char(&text, ';');
        tr_buf_str(&text, cells[c]);
    }
    if (row->bad && text.len == 0)
        tr_buf_text(&text, "..."); /* unmended, what may not be its cells must not pass for them */
    start_row(r);
    for (int c = 0; place && c < r->n_columns; c++)
        put_judged(r, referral, c, place[c], &said);
    put(r, tr_buf_slice(&text), r->n_columns == 0, TR_LOOK_PLAIN);
    put(r, tr_str(b->source), false, TR_LOOK_PLAIN);
    snprintf(line, sizeof line, "%llu", (unsigned long long)row->line);
    put(r, tr_str(line), false, TR_LOOK_PLAIN);
    text.len = 0;
    add_reasons(referral, &text);
    put_judged(r, referral, -1, tr_buf_slice(&text), &said);
    end_row(r);
    if (text.failed || said.failed || !place || !cells)
        r->output.out.buf.failed = true;
    tr_buf_clear(&text);
    tr_buf_clear(&said);
    free(place);
    free(cells);
}

int tr_rejects_close(struct tr_app *app, struct tr_rejects *r, bool keep)
{
    struct tr_err err;
    int rc = 0;

    tr_dict_clear(&r->columns);
    if (r->open && keep && r->is_book && tr_book_write(&r->book, &r->output.out, &err) < 0)
        rc = tr_app_fail(app, &err);
    tr_book_clear(&r->book);
    return r->open ? tr_output_close(app, &r->output, keep && rc == 0) | rc : 0;
}
