#include "record/judge.h"

#include <csv.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/sizes.h"

struct tr_judge {
    struct csv_parser parser;
    char delimiter;
    bool fresh;                  /* the parser stands at the beginning of a row */
    struct tr_buf *plain, *seps; /* of the row in hand */
    uint32_t cells, long_cell;   /* long_cell: number of the first that is too long */
    bool done, too_long;
    struct tr_buf bare; /* the row with the = of ="…" blanked out */
};

static void take_cell(void *cell, size_t n, void *cookie)
{
    struct tr_judge *j = cookie;
    const char *p = cell, *quote;
    uint32_t end;

    if (n > TR_CELL_MAX && !j->too_long) {
        j->too_long = true;
        j->long_cell = j->cells;
    }
    tr_buf_char(j->plain, '"');
    for (; n > 0 && (quote = memchr(p, '"', n)); n -= (size_t)(quote - p) + 1, p = quote + 1) {
        tr_buf_add(j->plain, p, (size_t)(quote - p) + 1);
        tr_buf_char(j->plain, '"');
    }
    tr_buf_add(j->plain, p, n);
    tr_buf_char(j->plain, '"');
    end = (uint32_t)j->plain->len;
    tr_buf_char(j->plain, ',');
    tr_buf_add(j->seps, &end, sizeof end);
    j->cells++;
}

/* CSV_REPALL_NL makes libcsv report blank lines too, as rows without cells. */
static void take_row(int terminator, void *cookie)
{
    struct tr_judge *j = cookie;

    (void)terminator;
    j->done = true;
}

/* The parser keeps its memory from row to row. */
static void start(struct tr_judge *j)
{
    if (!j->fresh)
        csv_fini(&j->parser, NULL, NULL, NULL);
    j->fresh = true;
}

struct tr_judge *tr_judge_new(char delimiter)
{
    struct tr_judge *j = calloc(1, sizeof *j);

    if (!j)
        return NULL;
    j->delimiter = delimiter;
    if (csv_init(&j->parser, CSV_STRICT | CSV_REPALL_NL) != 0) {
        free(j);
        return NULL;
    }
    csv_set_delim(&j->parser, (unsigned char)delimiter);
    csv_set_blk_size(&j->parser, TR_SIZE_CSV);
    j->fresh = true;
    return j;
}

void tr_judge_free(struct tr_judge *judge)
{
    if (!judge)
        return;
    csv_free(&judge->parser);
    tr_buf_clear(&judge->bare);
    free(judge);
}

/* A NUL byte, or a carriage return that no line feed follows. */
static enum tr_code stray_byte(struct tr_str line, size_t *at)
{
    for (size_t i = 0; i < line.len; i++) {
        if (line.p[i] == '\0' ||
            (line.p[i] == '\r' && (i + 1 == line.len || line.p[i + 1] != '\n'))) {
            *at = i + (line.p[i] == '\r');
            return line.p[i] == '\0' ? TR_E_NUL : TR_E_CR_BARE;
        }
    }
    return TR_OK;
}

/* Offset of the quotation mark that opened the cell in which text ends. */
static size_t opening_quote(struct tr_str text)
{
    size_t opened = 0, closed = SIZE_MAX;
    bool quoted = false;

    for (size_t i = 0; i < text.len; i++) {
        if (text.p[i] != '"')
            continue;
        quoted = !quoted;
        if (!quoted)
            closed = i;
        else if (closed == SIZE_MAX || closed + 1 != i)
            opened = i;
    }
    return opened;
}

/* Offset where cell number cell begins. */
static size_t cell_start(struct tr_str text, char delimiter, uint32_t cell)
{
    bool quoted = false;
    size_t i = 0;

    for (; i < text.len && cell > 0; i++) {
        quoted ^= text.p[i] == '"';
        cell -= !quoted && text.p[i] == delimiter;
    }
    return i;
}

static struct tr_verdict fault(enum tr_code code, size_t at)
{
    return (struct tr_verdict){.code = code, .at = at};
}

static struct tr_verdict read_row(struct tr_judge *j, struct tr_str text, bool at_end)
{
    size_t at = 0;

    while (at < text.len && !j->done) {
        const char *feed = memchr(text.p + at, '\n', text.len - at);
        struct tr_str line = {text.p + at, 0};
        enum tr_code code;
        size_t bad, used;

        if (!feed)
            break;
        line.len = (size_t)(feed - line.p) + 1;
        code = stray_byte(line, &bad);
        if (code)
            return fault(code, at + bad);
        j->fresh = false;
        used = csv_parse(&j->parser, line.p, line.len, take_cell, take_row, j);
        if (used != line.len)
            return csv_error(&j->parser) == CSV_EPARSE ? fault(TR_E_QUOTE_STRAY, at + used)
                                                       : fault(TR_E_MEMORY, at);
        at += line.len;
        if (j->too_long || j->parser.entry_pos > TR_CELL_MAX)
            return fault(TR_E_FIELD_SIZE,
                         cell_start(text, j->delimiter, j->too_long ? j->long_cell : j->cells));
    }
    if (j->done && at > TR_LINE_MAX)
        return fault(TR_E_LINE_SIZE, 0);
    if (j->done) {
        j->fresh = true;
        return (struct tr_verdict){.used = at, .cells = j->cells};
    }
    if (at_end)
        return fault(TR_E_QUOTE_OPEN, opening_quote(text));
    if (text.len > TR_LINE_MAX)
        return fault(TR_E_LINE_SIZE, 0);
    return (struct tr_verdict){0};
}

/* Copies the row at the start of text with the = of each cell ="…" made a space, which may stand
 * before a quotation mark; every offset stays. false: there is no such cell, or no memory. */
static bool blank_formulas(struct tr_judge *j, struct tr_str text)
{
    bool quoted = false, begins = true;
    size_t n = 0, copied = 0;

    j->bare.len = 0;
    for (; n < text.len && (quoted || n == 0 || text.p[n - 1] != '\n'); n++) {
        if (begins && n + 1 < text.len && text.p[n] == '=' && text.p[n + 1] == '"') {
            tr_buf_add(&j->bare, text.p + copied, n - copied);
            tr_buf_char(&j->bare, ' ');
            copied = n + 1;
            continue; /* the mark behind it opens the cell */
        }
        quoted ^= text.p[n] == '"';
        begins = !quoted && text.p[n] == j->delimiter;
    }
    if (copied == 0)
        return false;
    tr_buf_add(&j->bare, text.p + copied, n - copied);
    return !j->bare.failed;
}

static struct tr_verdict try_row(struct tr_judge *j, struct tr_str text, bool at_end)
{
    size_t plain_was = j->plain->len, seps_was = j->seps->len;
    struct tr_verdict v;

    j->cells = 0;
    j->done = j->too_long = false;
    start(j);
    v = read_row(j, text, at_end);
    if (v.code || v.used == 0) {
        j->plain->len = plain_was;
        j->seps->len = seps_was;
    }
    return v;
}

struct tr_verdict tr_judge_row(struct tr_judge *j, struct tr_str text, bool at_end,
                               struct tr_buf *plain, struct tr_buf *seps)
{
    struct tr_verdict v, again;

    j->plain = plain;
    j->seps = seps;
    v = try_row(j, text, at_end);
    if (v.code == TR_E_QUOTE_STRAY && blank_formulas(j, text)) {
        again = try_row(j, tr_buf_slice(&j->bare), at_end);
        if (again.code == TR_OK)
            return again;
    }
    return v;
}
