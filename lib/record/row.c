#include <stdio.h>

#include "base/date.h"
#include "base/idnum.h"
#include "base/text.h"
#include "base/utf8.h"
#include "record/json/jsonl.h"
#include "record/reader_own.h"

/* Line and character of offset at in the row as it stood. */
static void place(const struct tr_row *row, size_t at, uint64_t *line, uint32_t *col)
{
    size_t from = 0;

    while (at > 0 && at < row->raw.len && ((unsigned char)row->raw.p[at] & 0xC0) == 0x80)
        at--; /* to the first byte of the character */
    *line = row->line;
    *col = 0;
    if (row->sheet) /* whose text nobody sees */
        return;
    for (size_t i = 0; i < at; i++) /* a fault may lie in a line after the row's first */
        if (row->raw.p[i] == '\n') {
            ++*line;
            from = i + 1;
        }
    *col = 1 + (uint32_t)tr_utf8_count((struct tr_str){row->raw.p + from, at - from});
}

void tr_row_place(const struct tr_row *row, uint32_t i, char delimiter, uint64_t *line,
                  uint32_t *col)
{
    bool quoted = false;
    size_t at = 0;

    if (row->sheet) {
        *line = row->line;
        *col = TR_COL_SHEET | tr_sheet_column(row->sheet, i);
        return;
    }
    for (; at < row->raw.len && i > 0; at++) {
        quoted ^= row->raw.p[at] == '"';
        i -= !quoted && row->raw.p[at] == delimiter;
    }
    while (at < row->raw.len && row->raw.p[at] != delimiter &&
           (row->raw.p[at] == ' ' || row->raw.p[at] == '\t'))
        at++;
    place(row, at, line, col);
}

/* Reads a bad JSON line once more, for the sake of its message. */
static void json_fault(const struct tr_reader *r, struct tr_row *row)
{
    struct tr_buf plain = {0}, seps = {0};

    tr_jsonl_row(row->raw, r->keys, r->n_header, &plain, &seps, &row->fault);
    tr_buf_clear(&plain);
    tr_buf_clear(&seps);
}

static void row_fault(const struct tr_reader *r, const struct tr_batch *b, const struct tr_split *s,
                      struct tr_row *row)
{
    char cells[16], columns[16];

    snprintf(cells, sizeof cells, "%u", s->n);
    snprintf(columns, sizeof columns, "%u", r->n_header);
    if (row->bad == TR_E_ROW_SHORT || row->bad == TR_E_ROW_LONG)
        tr_err_set(&row->fault, row->bad, cells, columns, NULL);
    else if (row->bad == TR_E_FIELD_SIZE)
        tr_err_num(&row->fault, row->bad, TR_CELL_MAX);
    else if (row->bad == TR_E_ENCODING_MIXED)
        tr_err_set(&row->fault, row->bad, b->encoding_name, NULL, NULL);
    else if (s->judged && r->dialect.format == TR_FORMAT_JSONL)
        json_fault(r, row);
    else
        tr_err_set(&row->fault, row->bad, NULL, NULL, NULL);
    row->fault.source = tr_source_name(r->source);
    if (row->fault.line == 0)
        place(row, s->bad_at, &row->fault.line, &row->fault.col);
    row->n = 0;
}

/* A row of another length than the header: separators at its end, with nothing between them, hold
 * nothing, where there are as many in all rows, or in all of a block. */
static void settle_length(uint32_t n, uint32_t tail, struct tr_row *row)
{
    uint32_t c = n;

    while ((row->cut || row->n <= n + tail) && c < row->n && tr_text_trim(tr_row_cell(row, c)).len == 0)
        c++;
    row->ends = row->n > n && c == row->n;
    if (row->ends)
        row->n = n;
    else
        row->bad = row->n < n ? TR_E_ROW_SHORT : TR_E_ROW_LONG;
}

void tr_batch_row(const struct tr_reader *r, const struct tr_batch *b, size_t i,
                  struct tr_buf *scratch, struct tr_row *row)
{
    const struct tr_split *s = (const struct tr_split *)(const void *)b->rows.p + i;

    scratch->len = 0;
    row->scratch = scratch;
    row->base = tr_split_base(b, s);
    row->sep = tr_split_seps(b, s);
    row->start = s->start;
    row->n = s->n;
    row->marks = b->marks;
    row->raw = (struct tr_str){b->text + s->raw, s->raw_len};
    row->sheet = tr_source_sheet(r->source);
    row->line = row->sheet ? tr_sheet_row(row->sheet, b->line + s->line) : b->line + s->line;
    row->slot = NULL;
    row->bad = s->bad;
    row->ends = false;
    row->cut = s->cut;
    if (!row->bad && s->n != r->n_header && r->n_header != UINT32_MAX)
        settle_length(r->n_header, r->tail_cells, row);
    if (row->bad)
        row_fault(r, b, s, row);
}

/* Text with its doubled quotation marks made single, in scratch. */
static struct tr_str halve(struct tr_buf *scratch, size_t row_len, struct tr_str cell)
{
    size_t from = scratch->len;
    const char *quote;

    /* Room for the whole row at once: earlier cells of the row must not move. */
    if (from == 0 && tr_buf_room(scratch, 3 * row_len + 2 * TR_CELL_SLACK) < 0)
        return (struct tr_str){"", 0};
    while (cell.len > 0 && (quote = memchr(cell.p, '"', cell.len))) {
        size_t n = (size_t)(quote - cell.p) + 1;

        tr_buf_add(scratch, cell.p, n);
        cell.p += n + 1;
        cell.len -= n + 1;
    }
    tr_buf_str(scratch, cell);
    return (struct tr_str){scratch->p + from, scratch->len - from};
}

/* Whether the cell is a formula that stands for a text and nothing else: ="0123". Systems write
 * such cells so that a spreadsheet keeps leading zeros. */
static bool is_text_formula(struct tr_str cell)
{
    if (cell.len < 3 || cell.p[0] != '=' || cell.p[1] != '"' || cell.p[cell.len - 1] != '"')
        return false;
    for (size_t i = 2; i < cell.len - 1; i++)
        if (cell.p[i] == '"' && (++i == cell.len - 1 || cell.p[i] != '"'))
            return false;
    return true;
}

/* A quoted cell without its quotes, doubled ones made single; of ="…", the text. */
static struct tr_str unquote(struct tr_buf *scratch, size_t row_len, struct tr_str cell)
{
    cell = (struct tr_str){cell.p + 1, cell.len - 2};
    if (cell.len > 0 && memchr(cell.p, '"', cell.len))
        cell = halve(scratch, row_len, cell);
    while (is_text_formula(cell)) {
        cell = (struct tr_str){cell.p + 2, cell.len - 3};
        if (memchr(cell.p, '"', cell.len))
            cell = halve(scratch, row_len, cell);
    }
    return cell;
}

struct tr_str tr_row_strip(const struct tr_row *row, uint32_t from, uint32_t to, bool last)
{
    const char *p = row->base + from, *end = row->base + to;

    if (last && p < end && end[-1] == '\r')
        end--;
    if (p < end && *p == '"')
        return unquote(row->scratch, row->raw.len, (struct tr_str){p, (size_t)(end - p)});
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    while (p < end && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    return (struct tr_str){p, (size_t)(end - p)};
}

/* One to 18 digits. */
static bool read_count(struct tr_str s, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        *out = *out * 10 + (uint64_t)(s.p[i] - '0');
    }
    return s.len > 0 && s.len <= 18;
}

bool tr_row_is_end(const struct tr_row *row, struct tr_end *told)
{
    size_t n = strlen(TR_END_MARKER);
    struct tr_str rest, rows;

    *told = (struct tr_end){0};
    if (row->raw.len <= n || row->raw.len > n + 37 || memcmp(row->raw.p, TR_END_MARKER, n) != 0)
        return false;
    rest = (struct tr_str){row->raw.p + n, row->raw.len - n};
    tr_str_part(&rest, ' ', &rows);
    return read_count(rows, &told->rows) && (!rest.p || read_count(rest, &told->refused));
}

enum { PERSON_DIGITS = 11 };

/* Whether the cell is rather somebody's than a column's name. */
static bool is_data(struct tr_str s)
{
    struct tr_date day;
    size_t digits = 0;

    s = tr_text_trim(s);
    for (size_t i = 0; i < s.len && digits < PERSON_DIGITS; i++)
        digits = s.p[i] >= '0' && s.p[i] <= '9' ? digits + 1 : 0;
    return digits == PERSON_DIGITS || tr_idnum_is_one(s) || tr_date_parse(s, &day) ||
           (s.len > 0 && memchr(s.p, '@', s.len));
}

bool tr_header_is_data(const struct tr_str *header, uint32_t n)
{
    for (uint32_t c = 0; c < n; c++)
        if (is_data(header[c]))
            return true;
    return false;
}

struct tr_str tr_header_shown(const struct tr_str *header, uint32_t n, struct tr_str cell)
{
    return tr_header_is_data(header, n) ? TR_STR("…") : cell;
}

int tr_row_check_end(const struct tr_reader *reader, const struct tr_row *row, uint64_t rows,
                     const struct tr_end *told, struct tr_err *err)
{
    char text[2][24];

    if (rows == told->rows)
        return 0;
    snprintf(text[0], sizeof text[0], "%llu", (unsigned long long)rows);
    snprintf(text[1], sizeof text[1], "%llu", (unsigned long long)told->rows);
    tr_err_set(err, TR_E_CUT_OFF, text[0], text[1], NULL);
    err->source = tr_reader_name(reader);
    err->line = row->line;
    return -1;
}
