#include "record/writer.h"

#include <stdio.h>

#include "base/text.h"
#include "base/utf8.h"

const char *const tr_format_names[TR_N_FORMATS + 1] = {
    [TR_FORMAT_CSV] = "csv",
    [TR_FORMAT_JSONL] = "jsonl",
    [TR_FORMAT_JSON] = "json",
    [TR_FORMAT_XLSX] = "xlsx",
};

struct tr_writer_format {
    void (*header)(struct tr_writer *w);
    void (*row)(struct tr_writer *w, const struct tr_str *cells);
};

/* Sixteen bytes that are looked at at once, in whatever vectors the processor has. */
typedef signed char bytes16 __attribute__((vector_size(16)));

/* Those with a meaning of their own in CSV; in a JSON string, and there what is no ASCII, which is below 0. */
typedef bytes16 special_bytes(bytes16 v, char delimiter);

static inline bytes16 special_csv(bytes16 v, char delimiter)
{
    return (v == (signed char)delimiter) | (v == '"') | (v == '\n') | (v == '\r');
}

static inline bytes16 special_json(bytes16 v, char delimiter)
{
    (void)delimiter;
    return (v < ' ') | (v == '"') | (v == '\\') | (v == 0x7F);
}

static inline bytes16 load(const char *first, const char *second)
{
    bytes16 v;

    memcpy(&v, first, 8);
    memcpy((char *)&v + 8, second, 8);
    return v;
}

static inline bool any(bytes16 found)
{
    uint64_t half[2];

    memcpy(half, &found, sizeof half);
    return (half[0] | half[1]) != 0;
}

/* Whether a byte of the cell is special: looked at in pieces, of which the last two may overlap. */
static inline __attribute__((always_inline)) bool has_special(struct tr_str cell, char delimiter, special_bytes *special)
{
    const size_t n = cell.len;
    char few[8];

    if (n >= 16) {
        bytes16 found = special(load(cell.p + n - 16, cell.p + n - 8), delimiter);

        for (size_t i = 0; i + 16 < n; i += 16)
            found |= special(load(cell.p + i, cell.p + i + 8), delimiter);
        return any(found);
    }
    if (n >= 8)
        return any(special(load(cell.p, cell.p + n - 8), delimiter));
    if (n >= 4) {
        memcpy(few, cell.p, 4);
        memcpy(few + 4, cell.p + n - 4, 4);
    } else {
        memset(few, cell.p[0], sizeof few);
        few[1] = cell.p[n / 2];
        few[2] = cell.p[n - 1];
    }
    return any(special(load(few, few), delimiter));
}

static bool needs_quotes(struct tr_str cell, char delimiter)
{
    if (cell.len == 0)
        return false;
    return has_special(cell, delimiter, special_csv) || cell.p[0] == ' ' || cell.p[0] == '\t' ||
           cell.p[cell.len - 1] == ' ' || cell.p[cell.len - 1] == '\t';
}

/* Copies a cell, mostly a few bytes, and returns the place behind it. */
static inline char *put(char *to, struct tr_str cell)
{
    size_t n = cell.len;

    if (n > 16) {
        memcpy(to, cell.p, n);
    } else if (n >= 8) {
        memcpy(to, cell.p, 8);
        memcpy(to + n - 8, cell.p + n - 8, 8);
    } else if (n >= 4) {
        memcpy(to, cell.p, 4);
        memcpy(to + n - 4, cell.p + n - 4, 4);
    } else if (n > 0) {
        to[0] = cell.p[0];
        to[n / 2] = cell.p[n / 2];
        to[n - 1] = cell.p[n - 1];
    }
    return to + n;
}

static char *put_quoted(char *to, struct tr_str cell)
{
    const char *quote;

    *to++ = '"';
    while (cell.len > 0 && (quote = memchr(cell.p, '"', cell.len))) {
        size_t n = (size_t)(quote - cell.p) + 1;

        memcpy(to, cell.p, n);
        to += n;
        *to++ = '"';
        cell.p += n;
        cell.len -= n;
    }
    if (cell.len > 0)
        memcpy(to, cell.p, cell.len);
    to += cell.len;
    *to++ = '"';
    return to;
}

void tr_csv_cell(struct tr_out *out, struct tr_str cell, char delimiter)
{
    char *from;

    if (tr_buf_room(&out->buf, 2 * cell.len + 2) < 0)
        return;
    from = out->buf.p + out->buf.len;
    out->buf.len +=
        (size_t)((needs_quotes(cell, delimiter) ? put_quoted(from, cell) : put(from, cell)) - from);
}

/* Whether a spreadsheet would take the text for a number, a date or a time, and give it back
 * otherwise: anything that begins as a number does, but for a short whole number. */
static bool would_change(struct tr_str cell)
{
    size_t sign = cell.len > 0 && memchr("+-.,", *cell.p, 4), digits = sign;

    while (digits < cell.len && cell.p[digits] >= '0' && cell.p[digits] <= '9')
        digits++;
    return digits > sign &&
           (sign || digits < cell.len || digits > 9 || (*cell.p == '0' && digits > 1));
}

void tr_sheet_cell(struct tr_out *out, struct tr_str cell, char delimiter)
{
    struct tr_buf guarded = {0};

    if (would_change(cell)) {
        tr_buf_text(&guarded, "=\"");
        for (size_t i = 0; i < cell.len; i++) {
            tr_buf_text(&guarded, cell.p[i] == '"' ? "\"" : "");
            tr_buf_char(&guarded, cell.p[i]);
        }
        tr_buf_char(&guarded, '"');
    } else if (cell.len > 0 && *cell.p != '\'' && tr_text_is_formula(cell)) {
        tr_buf_char(&guarded, '\'');
        tr_buf_str(&guarded, cell);
    }
    tr_csv_cell(out, guarded.len ? tr_buf_slice(&guarded) : cell, delimiter);
    out->buf.failed |= guarded.failed;
    tr_buf_clear(&guarded);
}

void tr_csv_cut(char *row, size_t len, struct tr_str *cells, size_t *n)
{
    size_t count = 0, i = 0;

    while (count < *n) {
        char *to = row + i, *from = to;

        if (i < len && row[i] == '"') {
            for (i++; i < len && (row[i] != '"' || (i + 1 < len && row[i + 1] == '"')); i++) {
                i += row[i] == '"';
                *to++ = row[i];
            }
            i++;
        } else {
            while (i < len && row[i] != ',')
                *to++ = row[i++];
        }
        cells[count++] = (struct tr_str){from, (size_t)(to - from)};
        if (i >= len)
            break;
        i++; /* the comma */
    }
    *n = count;
}

struct tr_str tr_csv_find(struct tr_str row, int column)
{
    const char *p = row.p, *end = row.p + row.len, *to;

    for (;; p = to + 1) {
        to = p;
        if (p < end && *p == '"')
            for (to++; to < end && (*to != '"' || (to + 1 < end && to[1] == '"')); to++)
                to += *to == '"';
        to = to < end ? memchr(to, ',', (size_t)(end - to)) : NULL;
        if (column-- == 0)
            return (struct tr_str){p, (size_t)((to ? to : end) - p)};
        if (!to)
            return (struct tr_str){"", 0};
    }
}

/* The cells from first to the end of the row, each followed by its comma or line feed. */
static void csv_cells(struct tr_writer *w, const struct tr_str *cells, size_t first)
{
    size_t room = 2 * w->n + 2;
    char *to;

    for (size_t i = first; i < w->n; i++)
        room += 2 * cells[i].len + 2;
    if (tr_buf_room(&w->out->buf, room) < 0)
        return;
    to = w->out->buf.p + w->out->buf.len;
    if (w->n == 1 && cells[0].len == 0) { /* a blank line would be no row */
        *to++ = '"';
        *to++ = '"';
    }
    for (size_t i = first; i < w->n; i++) {
        if (cells[i].len > 0)
            to = !w->columns[i].plain && needs_quotes(cells[i], ',') ? put_quoted(to, cells[i])
                                                                     : put(to, cells[i]);
        *to++ = ',';
    }
    to[-1] = '\n';
    w->out->buf.len = (size_t)(to - w->out->buf.p);
    tr_out_add(w->out, NULL, 0); /* writes when enough has come together */
}

static void csv_row(struct tr_writer *w, const struct tr_str *cells)
{
    csv_cells(w, cells, 0);
}

static void csv_header(struct tr_writer *w)
{
    for (size_t i = 0; i < w->n; i++) {
        if (i > 0)
            tr_out_char(w->out, ',');
        tr_csv_cell(w->out, w->columns[i].name, ',');
    }
    tr_out_char(w->out, '\n');
}

/* So many bytes from the start of s stand in a string as they are. */
static size_t plain_run(struct tr_str s)
{
    size_t i = 0;

    while (i < s.len && s.p[i] >= 0x20 && s.p[i] < 0x7F && s.p[i] != '"' && s.p[i] != '\\')
        i++;
    return i;
}

/* Writes the character at the start of s, which is none of those; returns its length. */
static size_t json_character(struct tr_out *out, struct tr_str s)
{
    int len = tr_utf8_step(s.p, s.len);
    char text[8];

    if (len <= 0)
        tr_out_text(out, "\\ufffd");
    else if (len > 1)
        tr_out_add(out, s.p, (size_t)len);
    else
        tr_out_add(out, text,
                   (size_t)snprintf(text, sizeof text, *s.p == '"' || *s.p == '\\' ? "\\%c" : "\\u%04x", *s.p));
    return len > 0 ? (size_t)len : 1;
}

static bool put_plain_string(struct tr_out *out, struct tr_str s)
{
    char *to;

    if (s.len == 0 || has_special(s, 0, special_json) || tr_buf_room(&out->buf, s.len + 2) < 0)
        return false;
    to = out->buf.p + out->buf.len;
    *to++ = '"';
    to = put(to, s);
    *to++ = '"';
    out->buf.len = (size_t)(to - out->buf.p);
    tr_out_add(out, NULL, 0); /* writes when enough has come together */
    return true;
}

void tr_json_string(struct tr_out *out, struct tr_str s)
{
    if (put_plain_string(out, s))
        return;
    tr_out_char(out, '"');
    while (s.len > 0) {
        size_t run = plain_run(s);

        if (run > 0)
            tr_out_add(out, s.p, run);
        else
            run = json_character(out, s);
        s = tr_str_from(s, run);
    }
    tr_out_char(out, '"');
}

static void json_header(struct tr_writer *w)
{
    (void)w;
}

/* Whether JSON calls the text a number, and whoever reads it as one writes it so again: digits with an optional sign, no
 * leading zero, and perhaps a point with digits behind it, 15 in all, the last of which is no zero. */
static bool is_number(struct tr_str s)
{
    enum { DIGITS = 15, WHOLE = 17, SMALL = 3 }; /* zeros behind the point of what is written without an exponent */
    const size_t sign = s.len > 0 && s.p[0] == '-', whole = tr_str_digits(tr_str_from(s, sign));
    const struct tr_str rest = tr_str_from(s, sign + whole), part = tr_str_from(rest, rest.len > 0);
    size_t zeros = 0;

    if (whole == 0 || whole > WHOLE || (s.p[sign] == '0' && whole > 1))
        return false;
    if (rest.len == 0)
        return s.p[sign] != '0' || !sign;
    while (zeros < part.len && part.p[zeros] == '0')
        zeros++;
    return *rest.p == '.' && part.len > 0 && tr_str_digits(part) == part.len && whole + part.len <= DIGITS &&
           part.p[part.len - 1] != '0' && (s.p[sign] != '0' || zeros <= SMALL);
}

static void json_list(struct tr_out *out, struct tr_str cell)
{
    struct tr_str part;
    bool first = true;

    tr_out_char(out, '[');
    while (tr_str_part(&cell, '|', &part)) {
        if (!first)
            tr_out_char(out, ',');
        tr_json_string(out, part);
        first = false;
    }
    tr_out_char(out, ']');
}

static void json_value(struct tr_out *out, enum tr_shape shape, struct tr_str cell)
{
    if (cell.len == 0)
        tr_out_text(out, "null");
    else if (shape == TR_SHAPE_BOOL && tr_str_is(cell, "ja"))
        tr_out_text(out, "true");
    else if (shape == TR_SHAPE_BOOL && tr_str_is(cell, "nei"))
        tr_out_text(out, "false");
    else if (shape == TR_SHAPE_NUMBER && is_number(cell))
        tr_out_str(out, cell);
    else if (shape == TR_SHAPE_LIST)
        json_list(out, cell);
    else
        tr_json_string(out, cell);
}

void tr_json_object(struct tr_out *out, const struct tr_column *columns, size_t n,
                    const struct tr_str *cells)
{
    for (size_t i = 0; i < n; i++) {
        tr_out_char(out, i ? ',' : '{');
        tr_json_string(out, columns[i].name);
        tr_out_char(out, ':');
        json_value(out, columns[i].shape, cells[i]);
    }
    tr_out_char(out, '}');
}

static void json_row(struct tr_writer *w, const struct tr_str *cells)
{
    tr_json_object(w->out, w->columns, w->n, cells);
    tr_out_char(w->out, '\n');
}

static const struct tr_writer_format formats[] = {
    [TR_FORMAT_CSV] = {csv_header, csv_row},
    [TR_FORMAT_JSONL] = {json_header, json_row},
    [TR_FORMAT_JSON] = {csv_header, csv_row},
    [TR_FORMAT_XLSX] = {csv_header, csv_row},
};

void tr_writer_start(struct tr_writer *w, struct tr_out *out, enum tr_format format,
                     const struct tr_column *columns, size_t n)
{
    *w = (struct tr_writer){.out = out, .format = &formats[format], .columns = columns, .n = n};
    w->format->header(w);
}

void tr_writer_row(struct tr_writer *w, const struct tr_str *cells)
{
    w->format->row(w, cells);
}

void tr_writer_row_after(struct tr_writer *w, struct tr_str raw, size_t n,
                         const struct tr_str *cells)
{
    tr_out_str(w->out, raw);
    tr_out_char(w->out, n < w->n ? ',' : '\n');
    if (n < w->n)
        csv_cells(w, cells, n);
}

void tr_writer_end(struct tr_out *out, uint64_t rows, uint64_t refused)
{
    tr_out_text(out, TR_END_MARKER);
    tr_buf_num(&out->buf, (long long)rows);
    if (refused > 0) {
        tr_out_char(out, ' ');
        tr_buf_num(&out->buf, (long long)refused);
    }
    tr_out_char(out, '\n');
}
