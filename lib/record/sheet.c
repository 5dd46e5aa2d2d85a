#include "record/sheet.h"

#include <stdlib.h>

#include "base/text.h"
#include "record/reader.h"
#include "record/sheet_own.h"

enum { CHUNK = 1 << 16, CSV_MOST = 1 << 28 };

static const struct tr_sheet_format *const formats[] = {&tr_sheet_xlsx, &tr_sheet_ods};

bool tr_sheet_is(struct tr_str start)
{
    return start.len >= 4 && memcmp(start.p, "PK\x03\x04", 4) == 0;
}

/* ---- from cells to CSV ---- */

void tr_sheet_row_start(struct tr_sheet *s, uint64_t row, bool hidden)
{
    s->cells.len = s->text.len = 0;
    s->row = row > s->rows ? row : s->rows + 1;
    s->row_hidden = hidden;
}

void tr_sheet_cell_add(struct tr_sheet *s, uint32_t column, struct tr_str text, bool is_text)
{
    const struct tr_sheet_cell *last = (const void *)(s->cells.p + s->cells.len);
    struct tr_sheet_cell cell = {column, (uint32_t)s->text.len, (uint32_t)text.len, is_text};

    if (text.len == 0 || column >= TR_SHEET_COLUMNS)
        return;
    if (s->cells.len > 0 && last[-1].column >= column) {
        s->failed = true;
        return;
    }
    tr_buf_add(&s->cells, &cell, sizeof cell);
    tr_buf_str(&s->text, text);
    s->failed |= s->text.len > CSV_MOST;
}

static bool is_hidden(const struct tr_sheet *s, uint32_t column)
{
    return !s->options.hidden && s->column_hidden[column / 8] >> column % 8 & 1;
}

/* How wide rows must be: as the header, which may stand under lines of titles. It is text in every
 * cell. */
static void widen(struct tr_sheet *s, const struct tr_sheet_cell *cell, size_t n)
{
    bool header = n > 0;

    if (s->looked == TR_TITLE_LINES)
        return;
    s->looked++;
    for (size_t i = 0; i < n; i++)
        header &= cell[i].text;
    if (header && cell[n - 1].column + 1 > s->width)
        s->width = cell[n - 1].column + 1;
}

/* Adds a cell, quoted where it must be; line ends in it become line feeds. How many there are. */
static uint64_t add_cell(struct tr_buf *csv, struct tr_str s)
{
    bool quoted = s.len > 0 && (*s.p == ' ' || *s.p == '\t' || s.p[s.len - 1] == ' ' ||
                                s.p[s.len - 1] == '\t' || *s.p == '#' || *s.p == '{');
    uint64_t lines = 0;

    for (size_t i = 0; i < s.len && !quoted; i++)
        quoted = s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r';
    if (!quoted) {
        tr_buf_str(csv, s);
        return 0;
    }
    tr_buf_char(csv, '"');
    for (size_t i = 0; i < s.len; i++) {
        bool feed = s.p[i] == '\n' || (s.p[i] == '\r' && (i + 1 == s.len || s.p[i + 1] != '\n'));

        if (s.p[i] == '"')
            tr_buf_char(csv, '"');
        if (feed)
            tr_buf_char(csv, '\n');
        else if (s.p[i] != '\r')
            tr_buf_char(csv, s.p[i]);
        lines += feed;
    }
    tr_buf_char(csv, '"');
    return lines;
}

static void write_row(struct tr_sheet *s)
{
    const struct tr_sheet_cell *cell = (const void *)s->cells.p;
    size_t n = s->cells.len / sizeof *cell, i = 0;
    uint32_t columns = cell[n - 1].column + 1;
    uint64_t more = 0;
    bool first = true;

    for (; s->rows + 1 < s->row; s->rows++, s->lines++)
        tr_buf_char(&s->csv, '\n');
    widen(s, cell, n);
    for (uint32_t c = 0; c < columns || c < s->width; c++) {
        bool filled = i < n && cell[i].column == c;

        if (is_hidden(s, c)) {
            s->facts.hidden_columns += filled && !(s->column_told[c / 8] >> c % 8 & 1);
            s->column_told[c / 8] |= (uint8_t)(filled << c % 8);
            i += filled;
            continue;
        }
        if (!first)
            tr_buf_char(&s->csv, ',');
        first = false;
        if (filled)
            more += add_cell(&s->csv, (struct tr_str){s->text.p + cell[i].from, cell[i].len});
        i += filled;
    }
    tr_buf_char(&s->csv, '\n');
    s->rows = s->row;
    s->lines += 1 + more;
    if (more > 0) {
        uint64_t shift[2] = {s->lines + 1, s->lines - s->rows};

        tr_buf_add(&s->shifts, shift, sizeof shift);
    }
    s->failed |= s->csv.len > CSV_MOST;
}

/* Whether the row in hand is the header that is sought. */
static bool is_sought(struct tr_sheet *s)
{
    const struct tr_sheet_cell *cell = (const void *)s->cells.p;
    size_t n = s->cells.len / sizeof *cell, from = 0, shown = 0;
    struct tr_str *name = calloc(n, sizeof *name);

    s->heading.len = s->ends.len = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_hidden(s, cell[i].column))
            tr_text_compose(tr_text_trim((struct tr_str){s->text.p + cell[i].from, cell[i].len}), &s->heading);
        tr_buf_add(&s->ends, &s->heading.len, sizeof s->heading.len);
    }
    s->heading.failed |= !name || s->ends.failed;
    for (size_t i = 0; !s->heading.failed && i < n; i++) {
        size_t end = ((const size_t *)(const void *)s->ends.p)[i];

        if (end > from)
            name[shown++] = (struct tr_str){s->heading.p + from, end - from};
        from = end;
    }
    shown = shown > 0 && s->options.sought.fits(s->options.sought.cookie, name, (uint32_t)shown);
    free(name);
    return shown;
}

/* Whether the row in hand is the header, while that is sought; later, whether a gap is above it: what
 * follows may be another table. */
static void look_at(struct tr_sheet *s)
{
    struct tr_sheet_entry *e = &s->sheet[s->chosen];

    if (s->choosing && s->options.sought.fits && !e->fits && is_sought(s)) {
        e->fits = true;
        e->header = s->row;
    }
    if (!s->choosing && e->fits && s->filled > e->header && s->row > s->filled + 1 && s->facts.gap == 0)
        s->facts.gap = s->row;
}

void tr_sheet_row_end(struct tr_sheet *s)
{
    const struct tr_sheet_cell *cell = (const void *)s->cells.p;
    size_t n = s->cells.len / sizeof *cell, shown = 0;

    if (n == 0)
        return;
    s->sheet[s->chosen].filled = true;
    if (s->row_hidden && !s->options.hidden) {
        s->facts.hidden_rows++;
        s->filled = s->row;
        return;
    }
    for (size_t i = 0; i < n; i++)
        shown += !is_hidden(s, cell[i].column);
    if (shown > 0) {
        look_at(s);
        write_row(s);
    }
    s->filled = s->row;
    s->cells.len = 0;
}

uint64_t tr_sheet_row(const struct tr_sheet *s, uint64_t line)
{
    const uint64_t(*shift)[2] = (const void *)s->shifts.p;
    size_t low = 0, high = s->shifts.len / sizeof *shift;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (shift[middle][0] <= line)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? line - shift[low - 1][1] : line;
}

uint32_t tr_sheet_column(const struct tr_sheet *s, uint32_t i)
{
    uint32_t c = 0;

    while (c < TR_SHEET_COLUMNS && (is_hidden(s, c) || i-- > 0))
        c++;
    return c + 1;
}

/* ---- reading ---- */

/* The next piece of the part in hand to the parser: 1, or 0 at its end; -1 with err. */
static int feed(struct tr_sheet *s, struct tr_xml *xml, struct tr_err *err)
{
    char piece[CHUNK];
    ssize_t n = tr_archive_read(s->archive, piece, sizeof piece, err);

    if (n < 0 || tr_xml_feed(xml, piece, (size_t)n, n == 0, err) < 0)
        return -1;
    if (s->csv.failed || s->cells.failed || s->text.failed || s->shifts.failed || s->names.failed ||
        s->heading.failed)
        return tr_err_memory(err);
    return s->failed ? tr_err_set(err, TR_E_SHEET, "sheetData", NULL, NULL) : n > 0;
}

int tr_sheet_parse(struct tr_sheet *s, const char *part, const struct tr_xml_found *found,
                   struct tr_err *err)
{
    int rc = tr_archive_part(s->archive, part, err);
    struct tr_xml *xml = rc > 0 ? tr_xml_new(found) : NULL;

    if (rc <= 0)
        return rc;
    if (!xml)
        return tr_err_memory(err);
    while ((rc = feed(s, xml, err)) > 0)
        ;
    tr_xml_free(xml);
    return rc < 0 ? -1 : 1;
}

/* The next piece of the sheet. */
static int go_on(struct tr_sheet *s, struct tr_err *err)
{
    int rc = feed(s, s->xml, err);

    s->at_end |= rc == 0;
    return rc < 0 ? -1 : 0;
}

int tr_sheet_read(struct tr_sheet *s, char *p, size_t size, size_t *n, struct tr_err *err)
{
    *n = 0;
    while (s->csv.len == s->given) {
        s->csv.len = s->given = 0;
        if (s->at_end)
            return 0;
        if (go_on(s, err) < 0)
            return -1;
    }
    *n = s->csv.len - s->given < size ? s->csv.len - s->given : size;
    memcpy(p, s->csv.p + s->given, *n);
    s->given += *n;
    return 0;
}

/* ---- which sheet ---- */

void tr_sheet_begin(struct tr_sheet *s, int i)
{
    s->csv.len = s->given = s->shifts.len = 0;
    s->rows = s->lines = s->width = 0;
    s->filled = s->facts.gap = s->facts.formulas = 0;
    s->looked = 0;
    s->at_end = false;
    s->facts.hidden_rows = s->facts.hidden_columns = 0;
    memset(s->column_hidden, 0, sizeof s->column_hidden);
    memset(s->column_told, 0, sizeof s->column_told);
    s->chosen = i;
}

bool tr_sheet_settled(const struct tr_sheet *s)
{
    const struct tr_sheet_entry *e = &s->sheet[s->chosen];

    return e->filled && (e->fits || !s->options.sought.fits || s->looked == TR_TITLE_LINES);
}

/* Begins a sheet anew. */
static int start(struct tr_sheet *s, int i, struct tr_err *err)
{
    struct tr_xml_found found = s->format->found;

    tr_sheet_begin(s, i);
    found.cookie = s;
    tr_xml_free(s->xml);
    s->xml = tr_xml_new(&found);
    if (!s->xml)
        return tr_err_memory(err);
    return s->format->start(s, i, err);
}

/* Whether sheet i holds something, and what is sought: read until it is found. */
static int look(struct tr_sheet *s, int i, struct tr_err *err)
{
    int rc = start(s, i, err);

    while (rc == 0 && !tr_sheet_settled(s) && !s->at_end)
        rc = go_on(s, err);
    return rc;
}

/* Whether the options let a sheet be the one. */
static bool may_be(const struct tr_sheet *s, const struct tr_sheet_entry *e)
{
    return s->options.name ? strcmp(s->options.name, e->name) == 0 : !e->hidden || s->options.hidden;
}

static bool is_any(const struct tr_sheet *s, const struct tr_sheet_entry *e)
{
    return s && e;
}

static bool is_alike(const struct tr_sheet *s, const struct tr_sheet_entry *e)
{
    return e != &s->sheet[s->chosen] && e->fits && s->sheet[s->chosen].fits && may_be(s, e);
}

static bool is_other(const struct tr_sheet *s, const struct tr_sheet_entry *e)
{
    return e != &s->sheet[s->chosen] && e->filled && !is_alike(s, e);
}

/* The names of such sheets, with commas. */
static struct tr_str names(struct tr_sheet *s, bool (*such)(const struct tr_sheet *, const struct tr_sheet_entry *))
{
    struct tr_buf out = {0};
    struct tr_str kept;

    for (int i = 0; i < s->n; i++) {
        if (!such(s, &s->sheet[i]))
            continue;
        tr_buf_text(&out, out.len ? ", " : "");
        tr_buf_text(&out, s->sheet[i].name);
    }
    tr_buf_char(&out, '\0');
    kept = tr_arena_copy(&s->names, tr_buf_slice(&out));
    s->names.failed |= out.failed;
    tr_buf_clear(&out);
    return kept.len > 0 ? (struct tr_str){kept.p, kept.len - 1} : kept;
}

static int none(struct tr_sheet *s, struct tr_err *err)
{
    if (!s->options.name)
        return tr_err_set(err, TR_E_FILE_EMPTY, NULL, NULL, NULL);
    return tr_err_set(err, TR_E_SHEET_NONE, s->options.name, names(s, is_any).p, NULL);
}

/* The sheet by its name; else the first that is shown and has the header, or at least holds something. */
static int choose(struct tr_sheet *s, struct tr_err *err)
{
    int chosen = -1;

    for (int i = 0; i < s->n; i++) {
        const struct tr_sheet_entry *e = &s->sheet[i];

        if (!s->format->tells_filled && look(s, i, err) < 0)
            return -1;
        if (may_be(s, e) && e->filled && (chosen < 0 || (e->fits && !s->sheet[chosen].fits)))
            chosen = i;
    }
    if (chosen < 0)
        return none(s, err);
    s->chosen = chosen;
    s->choosing = false;
    s->facts.name = s->sheet[chosen].name;
    s->facts.why = s->options.name         ? TR_SHEET_NAMED
                   : s->sheet[chosen].fits ? TR_SHEET_FITS
                                           : TR_SHEET_FIRST;
    s->facts.alike = names(s, is_alike);
    s->facts.other = names(s, is_other);
    return s->names.failed ? tr_err_memory(err) : start(s, chosen, err);
}

struct tr_sheet *tr_sheet_open(int fd, struct tr_str first, const struct tr_sheet_options *options,
                               struct tr_err *err)
{
    struct tr_sheet *s = calloc(1, sizeof *s);
    int rc = s ? 0 : tr_err_memory(err);

    if (rc == 0) {
        s->options = *options;
        s->choosing = true;
        s->archive = tr_archive_open(fd, first, err);
        rc = s->archive ? 0 : -1;
    }
    for (size_t i = 0; rc == 0 && i < sizeof formats / sizeof *formats; i++) {
        s->format = formats[i];
        rc = s->format->open(s, err);
        if (rc == 0)
            s->format->clear(s);
    }
    if (rc == 0)
        rc = tr_err_set(err, TR_E_FILE_WORKBOOK, "zip", NULL, NULL);
    if (rc > 0)
        rc = choose(s, err);
    if (rc == 0)
        return s;
    tr_sheet_close(s);
    return NULL;
}

void tr_sheet_close(struct tr_sheet *s)
{
    if (!s)
        return;
    tr_xml_free(s->xml);
    if (s->format)
        s->format->clear(s);
    tr_archive_close(s->archive);
    tr_arena_clear(&s->names);
    tr_buf_clear(&s->cells);
    tr_buf_clear(&s->text);
    tr_buf_clear(&s->heading);
    tr_buf_clear(&s->ends);
    tr_buf_clear(&s->csv);
    tr_buf_clear(&s->shifts);
    free(s);
}

const struct tr_sheet_facts *tr_sheet_facts(const struct tr_sheet *s)
{
    return &s->facts;
}
