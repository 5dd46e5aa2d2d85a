/* The reader: scanner and judge, with and without its thread, give the same rows, cells, faults and
 * places; every place points at what it names; and no byte of the input is lost. */
#include "fuzz.h"

#include "base/sizes.h"
#include "base/utf8.h"
#include "record/reader.h"

enum { BORDER = 1 << 18 }; /* the reader's batch */

/* The input as a file. A control character as first byte sets it behind so many rows that it crosses
 * the border of a batch at a place that the second byte tells. */
static void make_file(const uint8_t *data, size_t size, struct tr_buf *file)
{
    static const char filler[] = "12345;abcdefgh;\"i j\"\n";
    size_t n = sizeof filler - 1, start;

    if (size < 2 || data[0] >= 8) {
        tr_buf_add(file, data, size);
        return;
    }
    start = BORDER - 8 - data[1];
    tr_buf_text(file, "a;b;c\n");
    while (file->len + n <= start)
        tr_buf_add(file, filler, n);
    while (file->len < start)
        tr_buf_char(file, '\n');
    tr_buf_add(file, data + 2, size - 2);
}

/* Whether the encoding shows in the first piece that is read. How far a later one goes depends on who reads, and so
 * does what is known when the first byte that is no ASCII comes. */
static bool shows_at_once(const struct tr_buf *file)
{
    size_t at = 0;

    while (at < file->len && (unsigned char)file->p[at] < 0x80)
        at++;
    return at == file->len || file->len <= TR_SIZE_RAW || at + 4 <= TR_SIZE_RAW;
}

/* The input as the source decodes it, and where its lines begin. */
struct text {
    struct tr_buf b;
    size_t *line;
    size_t n_lines;
};

static void decode(const char *path, struct tr_buf *text)
{
    struct tr_err err;
    struct tr_source *s = tr_source_open(path, path, (struct tr_encoding_choice){0}, &(struct tr_sheet_options){0}, NULL, &err);
    size_t n = 1;

    CLAIM(s);
    while (n > 0) {
        CLAIM(tr_buf_room(text, 4096) == 0);
        CLAIM(tr_source_read(s, text->p + text->len, 4096, &n, &err) == 0);
        text->len += n;
    }
    tr_source_close(s);
    if (text->len > 0 && text->p[text->len - 1] == '\x1A')
        text->len--; /* how files of DOS end */
}

/* ---- places ---- */

static void find_lines(struct text *t)
{
    CLAIM((t->line = malloc((t->b.len + 2) * sizeof *t->line)));
    t->line[t->n_lines++] = 0;
    for (size_t i = 0; i < t->b.len; i++)
        if (t->b.p[i] == '\n')
            t->line[t->n_lines++] = i + 1;
}

static size_t line_at(const struct text *t, uint64_t line)
{
    CLAIM(line > 0 && line <= t->n_lines);
    return t->line[line - 1];
}

/* The offset that line and character mean. */
static size_t offset_of(const struct text *t, uint64_t line, uint32_t col)
{
    const struct tr_buf *text = &t->b;
    size_t at = line_at(t, line);

    CLAIM(col > 0);
    for (; col > 1; col--) {
        int step;

        CLAIM(at < text->len && text->p[at] != '\n');
        step = tr_utf8_step(text->p + at, text->len - at);
        at += step > 0 ? (size_t)step : 1;
    }
    return at;
}

static void check_places(const struct text *t, const struct tr_row *row, char delimiter)
{
    const struct tr_buf *text = &t->b;

    for (uint32_t i = 0; i < row->n; i++) {
        struct tr_str cell = tr_row_cell(row, i);
        uint64_t line;
        uint32_t col;
        size_t at;

        tr_row_place(row, i, delimiter, &line, &col);
        at = offset_of(t, line, col);
        if (at < text->len && (text->p[at] == '"' || (text->p[at] == '=' && at + 1 < text->len && text->p[at + 1] == '"')))
            continue; /* what is quoted stands otherwise, ="..." too */
        CLAIM(at + cell.len <= text->len && memcmp(text->p + at, cell.p ? cell.p : "", cell.len) == 0);
        at += cell.len;
        while (at < text->len && text->p[at] != delimiter && strchr(" \t", text->p[at]))
            at++;
        CLAIM(at == text->len || text->p[at] == delimiter || text->p[at] == '\r' || text->p[at] == '\n');
    }
}

/* ---- nothing lost ---- */

static size_t skip_blank(const struct tr_buf *text, size_t at)
{
    for (;;) {
        size_t i = at;

        while (i < text->len && text->p[i] && strchr(" \t\r", text->p[i]))
            i++;
        if (i == text->len)
            return i;
        if (text->p[i] != '\n')
            return at;
        at = i + 1;
    }
}

/* The padding of lines above the header may be of more kinds. */
static size_t skip_above(const struct tr_buf *text, size_t at)
{
    for (;;) {
        size_t i = at;

        while (i < text->len && (strchr(" \t\r", text->p[i]) || memcmp(text->p + i, "\xC2\xA0", 2) == 0 ||
                                 memcmp(text->p + i, "\xE2\x80\xAF", 3) == 0))
            i += text->p[i] == '\xC2' ? 2 : text->p[i] == '\xE2' ? 3 : 1;
        if (i >= text->len)
            return text->len;
        if (text->p[i] != '\n')
            return at;
        at = i + 1;
    }
}

static size_t skip_line(const struct tr_buf *text, size_t at)
{
    const char *feed = memchr(text->p + at, '\n', text->len - at);

    return feed ? (size_t)(feed - text->p) + 1 : text->len;
}

static size_t skip_header(const struct tr_buf *text, const struct tr_dialect *d)
{
    size_t at = d->sep_line ? skip_line(text, 0) : 0;
    bool quoted = false;

    at = skip_above(text, at);
    if (d->format == TR_FORMAT_JSONL)
        return at;
    for (; at < text->len && (quoted || text->p[at] != '\n'); at++)
        quoted ^= text->p[at] == '"';
    return at < text->len ? at + 1 : at;
}

/* The row stands at at, perhaps behind blank lines; returns the place behind it. */
static size_t account(const struct text *t, size_t at, const struct tr_row *row)
{
    const struct tr_buf *text = &t->b;
    size_t raw = line_at(t, row->line);

    CLAIM(raw >= at);
    while (at < raw) { /* only blank lines between */
        CLAIM(text->p[at] && strchr(" \t\r\n", text->p[at]));
        at++;
    }
    CLAIM(at + row->raw.len <= text->len && memcmp(text->p + at, row->raw.p, row->raw.len) == 0);
    at += row->raw.len;
    if (at < text->len && text->p[at] == '\r')
        at++;
    if (at < text->len) {
        CLAIM(text->p[at] == '\n');
        at++;
    }
    return at;
}

/* ---- four readers side by side ---- */

enum { READERS = 4 };

static void same_row(const struct tr_row *a, const struct tr_row *b)
{
    CLAIM(a->line == b->line && a->bad == b->bad && a->n == b->n && a->marks == b->marks);
    CLAIM(tr_str_eq(a->raw, b->raw));
    if (a->bad)
        CLAIM(same_error(&a->fault, &b->fault));
    for (uint32_t i = 0; i < a->n; i++)
        CLAIM(tr_str_eq(tr_row_cell(a, i), tr_row_cell(b, i)));
}

/* t: what the rows are held against, or NULL. */
static void check_rows(struct tr_reader *r[], const struct text *t)
{
    const struct tr_dialect *d = tr_reader_dialect(r[0]);
    size_t at = t ? skip_header(&t->b, d) : 0;
    struct tr_row row[READERS];
    struct tr_err err[READERS];
    uint32_t n;

    tr_reader_header(r[0], &n);
    for (;;) {
        int rc = tr_reader_next(r[0], &row[0], &err[0]);

        for (int i = 1; i < READERS; i++) {
            CLAIM(tr_reader_next(r[i], &row[i], &err[i]) == rc);
            if (rc > 0)
                same_row(&row[0], &row[i]);
        }
        if (rc <= 0) {
            CLAIM(rc == 0);
            break;
        }
        if (!t)
            continue;
        at = account(t, at, &row[0]);
        if (row[0].bad) {
            CLAIM(row[0].n == 0 && row[0].fault.code == row[0].bad);
            offset_of(t, row[0].fault.line, row[0].fault.col);
        } else {
            CLAIM(row[0].n == n);
            if (d->format == TR_FORMAT_CSV)
                check_places(t, &row[0], d->delimiter);
        }
    }
    CLAIM(!t || skip_blank(&t->b, at) == t->b.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct tr_reader_options options[READERS] = {
        {0}, {.judge_all = true}, {.no_thread = true}, {.judge_all = true, .no_thread = true}};
    struct tr_reader *r[READERS];
    struct tr_err err[READERS];
    struct tr_buf file = {0};
    struct text text = {0};
    struct memory_file f;

    make_file(data, size, &file);
    f = memory_file(file.p, file.len);
    for (int i = 0; i < READERS; i++) {
        r[i] = tr_reader_open(f.path, &options[i], &err[i]);
        CLAIM(!r[i] == !r[0]);
        if (!r[i])
            CLAIM(err[i].code != TR_OK && same_error(&err[i], &err[0]));
    }
    if (r[0] && !shows_at_once(&file)) {
        check_rows(r, NULL);
    } else if (r[0]) {
        decode(f.path, &text.b);
        for (size_t i = 0; tr_reader_dialect(r[0])->cr && i < text.b.len; i++)
            if (text.b.p[i] == '\r')
                text.b.p[i] = '\n';
        find_lines(&text);
        check_rows(r, &text);
    }
    for (int i = 0; i < READERS; i++)
        tr_reader_close(r[i]);
    tr_buf_clear(&file);
    tr_buf_clear(&text.b);
    free(text.line);
    close(f.fd);
    return 0;
}
