#define _GNU_SOURCE
#include <stdlib.h>

#include "base/utf8.h"
#include "record/json/jsonl.h"
#include "record/reader_own.h"

int tr_batch_room(struct tr_batch *b, size_t cap)
{
    size_t n = cap + 3 * TR_SCAN_PAD;
    char *text = realloc(b->text ? b->text - TR_SCAN_PAD : NULL, n);
    uint32_t *sep, *row, *soft;

    if (text)
        b->text = text + TR_SCAN_PAD; /* the byte before a cell may be looked at */
    sep = realloc(b->index.sep, n * sizeof *sep);
    if (sep)
        b->index.sep = sep;
    row = realloc(b->index.row, n * sizeof *row);
    if (row)
        b->index.row = row;
    soft = realloc(b->index.soft, n * sizeof *soft);
    if (soft)
        b->index.soft = soft;
    if (!text || !sep || !row || !soft)
        return tr_err_set(&b->err, TR_E_MEMORY, NULL, NULL, NULL);
    b->cap = cap;
    return 0;
}

void tr_batch_clear(struct tr_batch *b)
{
    if (b->text)
        free(b->text - TR_SCAN_PAD);
    free(b->index.sep);
    free(b->index.row);
    free(b->index.soft);
    tr_buf_clear(&b->plain);
    tr_buf_clear(&b->plain_seps);
    tr_buf_clear(&b->rows);
    tr_buf_clear(&b->slots);
}

void tr_batch_turn_returns(struct tr_batch *b, size_t at)
{
    for (char *p = b->text + at, *end = b->text + b->len; p < end; p++)
        if (*p == '\r')
            *p = '\n';
}

/* Reads until the batch is full or the input ends, and closes a last line that has no line feed. */
int tr_batch_fill(struct tr_reader *r, struct tr_batch *b)
{
    size_t good, from = b->len;

    while (!r->at_end && b->len + 8 < b->cap) {
        size_t n;

        if (tr_source_read(r->source, b->text + b->len, b->cap - b->len, &n, &b->err) < 0)
            return -1;
        b->len += n;
        r->at_end = n == 0;
    }
    if (r->dialect.cr)
        tr_batch_turn_returns(b, from);
    if (r->at_end && b->len > 0 && b->text[b->len - 1] == '\x1A')
        b->len--; /* how files of DOS end */
    if (r->at_end && b->len > 0 && b->text[b->len - 1] != '\n') {
        b->text[b->len++] = '\n'; /* the pad has room */
        r->bare_end = true;
    }
    memset(b->text + b->len, 0, TR_SCAN_PAD);
    b->marks = false;
    good = tr_utf8_valid(b->text, b->len, &(bool){false}, &b->marks);
    b->encoding = tr_source_encoding(r->source);
    b->encoding_name = tr_source_encoding_name(r->source);
    b->doubt = tr_source_doubt(r->source);
    b->guessed = r->options.encoding.encoding == TR_ENCODING_AUTO;
    b->spoilt = good < b->len && (r->at_end || tr_utf8_step(b->text + good, b->len - good) == 0);
    return 0;
}

/* Where a row of a Windows-1252 file is UTF-8 all the same: its letters then come out as a capital
 * A with tilde and something that is not ASCII, which no word has. row.len when it is not. */
static size_t disguised(struct tr_str row)
{
    const char *p = row.p, *end = row.p + row.len;

    while (p + 2 < end && (p = memmem(p, (size_t)(end - p), "\xC3\x83", 2))) {
        if (p + 2 < end && (unsigned char)p[2] >= 0x80)
            return (size_t)(p - row.p);
        p += 2;
    }
    return row.len;
}

static void add_row(struct tr_batch *b, struct tr_split row)
{
    struct tr_str raw = {b->text + row.raw, row.raw_len};
    size_t good = raw.len;

    if (b->spoilt)
        good = tr_utf8_valid(raw.p, raw.len, &(bool){false}, &b->marks); /* which ended at the first fault */
    if (b->guessed && b->encoding == TR_ENCODING_WINDOWS1252 && good == raw.len)
        good = disguised(raw);
    if (good < raw.len && !row.bad) {
        row.bad = TR_E_ENCODING_MIXED;
        row.bad_at = (uint32_t)good;
    }
    row.nth = b->nth++;
    tr_buf_add(&b->rows, &row, sizeof row);
    b->n_rows++;
}

/* Length of the line at text[from..end) without CR LF, where text[end] is its line feed. */
static uint32_t without_end(const struct tr_batch *b, uint32_t from, uint32_t end)
{
    return end - from - (end > from && b->text[end - 1] == '\r');
}

static bool blank(const struct tr_batch *b, uint32_t from, uint32_t to)
{
    while (from < to && (b->text[from] == ' ' || b->text[from] == '\t' || b->text[from] == '\r'))
        from++;
    return from == to;
}

/* Lines that begin in text[from..to). */
static uint32_t count_lines(const struct tr_batch *b, uint32_t from, uint32_t to)
{
    uint32_t lines = 0;
    const char *p = b->text + from, *end = b->text + to;

    for (; p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
        lines++;
    return lines;
}

/* Whether a line with so many separators, in a cell, is too much for chance: prose has commas. */
static bool is_telling(uint32_t seps, char delimiter)
{
    return seps + 1 >= (delimiter == ',' ? 4U : 3U);
}

/* Where in a row of several lines the quoted cell begins that swallowed other rows, since its closing mark is
 * missing; text.len: none did. A line of the cell then has as many separators as the row, and none with a space
 * behind it; or its last line, up to the next mark, has as many as stand before the cell. */
static size_t swallowing(struct tr_str text, char delimiter, uint32_t cells)
{
    uint32_t before = 0, seps = 0;
    bool quoted = false, whole = false; /* whole: the line in hand began within the cell */
    size_t opened = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.p[i], next = i + 1 < text.len ? text.p[i + 1] : '\0';

        if (c == '"' && quoted && next == '"') {
            i++;
        } else if (c == '"') {
            if (quoted && whole && seps == before && is_telling(seps, delimiter))
                return opened;
            quoted = !quoted;
            whole = false;
            opened = quoted ? i : opened;
        } else if (!quoted) {
            before += c == delimiter;
        } else if (c == '\n') {
            if (whole && seps + 1 == cells && is_telling(seps, delimiter))
                return opened;
            whole = true;
            seps = 0;
        } else if (c == delimiter) {
            whole &= next != ' ';
            seps++;
        }
    }
    return text.len;
}

/* Whether a line of the row, up to a mark that closes, has separators enough to come from another row. Few lines of text
 * have, so that the row need not be looked at byte by byte. */
static bool may_swallow(struct tr_str text, char delimiter)
{
    const char *end = text.p + text.len, *p = text.p;

    while ((p = memchr(p, '\n', (size_t)(end - p)))) {
        uint32_t seps = 0;

        for (p++; p < end && *p != '\n'; p++) {
            if (*p == '"' && (p + 1 == end || *++p != '"'))
                break;
            seps += *p == delimiter;
        }
        if (is_telling(seps, delimiter))
            return true;
    }
    return false;
}

/* The same of text[from..end); a sheet's cells are whole. */
static bool swallows(const struct tr_reader *r, const struct tr_batch *b, uint32_t from, uint32_t end,
                     uint32_t cells, size_t *at)
{
    const struct tr_str text = {b->text + from, end - from};
    size_t begins;

    if (tr_source_sheet(r->source))
        return false;
    begins = may_swallow(text, r->dialect.delimiter) ? swallowing(text, r->dialect.delimiter, cells) : text.len;
    if (begins == text.len)
        return false;
    *at = begins;
    return true;
}

/* Takes the rows that the scanner is sure of, from *at on; *at becomes the place behind them. false: the
 * next one is there, and for the judge. */
static bool take_plain_rows(const struct tr_reader *r, struct tr_batch *b, uint32_t *at,
                            uint32_t *line)
{
    struct tr_index *index = &b->index;
    uint32_t row = index->n_row, first = index->n_sep, soft = 0;
    bool all;

    index->n_soft = 0;
    tr_scan(b->text, *at, (uint32_t)b->len, r->dialect.delimiter, index);
    for (; row < index->n_row; row++) {
        uint32_t last = index->row[row], end = index->sep[last];

        if (end >= index->ill || end - *at > TR_CELL_MAX)
            break;
        if (soft < index->n_soft && index->soft[soft] < end &&
            swallows(r, b, *at, end, last - first + 1, &(size_t){0}))
            break;
        if (last > first || !blank(b, *at, end))
            add_row(b, (struct tr_split){.raw = *at,
                                         .raw_len = without_end(b, *at, end),
                                         .start = *at,
                                         .first_sep = first,
                                         .n = last - first + 1,
                                         .line = *line});
        else
            b->nth++;
        for (; soft < index->n_soft && index->soft[soft] < end; soft++)
            ++*line;
        ++*line;
        first = last + 1;
        *at = end + 1;
    }
    all = row == index->n_row;
    index->n_row = row;
    index->n_sep = first;
    return all;
}

enum step { STEP_TAKEN, STEP_MORE, STEP_FAILED };

/* Gives the row at *at to the judge. A row that it refuses ends at the end of its first physical
 * line: what follows may well be good rows. */
static enum step take_judged_row(struct tr_reader *r, struct tr_batch *b, uint32_t *at,
                                 uint32_t *line)
{
    struct tr_str rest = {b->text + *at, b->len - *at};
    uint32_t first = (uint32_t)(b->plain_seps.len / sizeof(uint32_t));
    uint32_t start = (uint32_t)b->plain.len;
    struct tr_split row = {
        .raw = *at, .line = *line, .start = start, .first_sep = first, .judged = true};
    struct tr_verdict v = tr_judge_row(r->judge, rest, r->at_end, &b->plain, &b->plain_seps);
    const char *feed = memchr(rest.p, '\n', rest.len);
    uint32_t end;

    if (v.code == TR_OK && v.used > 0 && feed < rest.p + v.used - 1 &&
        swallows(r, b, *at, *at + (uint32_t)v.used - 1, v.cells, &v.at)) {
        v.code = TR_E_QUOTE_ROWS;
        v.cells = 0;
        b->plain.len = start;
        b->plain_seps.len = first * sizeof(uint32_t);
    }
    if (v.code == TR_OK && v.used == 0)
        return STEP_MORE;
    if (v.code == TR_E_LINE_SIZE || v.code == TR_E_MEMORY || (!feed && rest.len > TR_LINE_MAX)) {
        tr_err_num(&b->err, v.code == TR_E_MEMORY ? v.code : TR_E_LINE_SIZE, TR_LINE_MAX);
        b->err.source = tr_source_name(r->source);
        b->err.line = b->line + *line;
        return STEP_FAILED;
    }
    if (!feed)
        return STEP_MORE;
    end = v.code ? (uint32_t)(feed - b->text) : *at + (uint32_t)v.used - 1;
    row.raw_len = without_end(b, *at, end);
    row.n = v.cells;
    row.bad = v.code;
    row.bad_at = (uint32_t)v.at;
    if (v.code || v.cells > 1 || (v.cells == 1 && !blank(b, *at, end)))
        add_row(b, row);
    else
        b->nth++;
    *line += count_lines(b, *at, end + 1);
    *at = end + 1;
    return STEP_TAKEN;
}

static enum step take_json_row(struct tr_reader *r, struct tr_batch *b, uint32_t *at,
                               uint32_t *line)
{
    const char *feed = memchr(b->text + *at, '\n', b->len - *at);
    struct tr_split row = {.raw = *at, .line = *line, .judged = true};
    struct tr_err why;
    int n;

    if (!feed && b->len - *at <= TR_LINE_MAX)
        return STEP_MORE;
    if (!feed) {
        tr_err_num(&b->err, TR_E_LINE_SIZE, TR_LINE_MAX);
        b->err.source = tr_source_name(r->source);
        b->err.line = b->line + *line;
        return STEP_FAILED;
    }
    row.raw_len = without_end(b, *at, (uint32_t)(feed - b->text));
    row.start = (uint32_t)b->plain.len;
    row.first_sep = (uint32_t)(b->plain_seps.len / sizeof(uint32_t));
    if (!blank(b, *at, *at + row.raw_len)) {
        n = tr_jsonl_row((struct tr_str){b->text + *at, row.raw_len}, r->keys, r->n_header,
                         &b->plain, &b->plain_seps, &why);
        if (n < 0) {
            row.bad = why.code;
            row.bad_at = why.col ? why.col - 1 : 0;
            b->plain.len = row.start;
            b->plain_seps.len = row.first_sep * sizeof(uint32_t);
        }
        row.n = n < 0 ? 0 : (uint32_t)n;
        add_row(b, row);
    }
    ++*line;
    *at = (uint32_t)(feed - b->text) + 1;
    return STEP_TAKEN;
}

int tr_batch_split(struct tr_reader *r, struct tr_batch *b, uint32_t at)
{
    uint32_t line = 0;
    enum step step = STEP_TAKEN;

    b->index.n_sep = b->index.n_row = 0;
    b->plain.len = b->plain_seps.len = b->rows.len = 0;
    b->n_rows = b->next = 0;
    b->state = TR_BATCH_SPLIT;
    b->line = r->line;
    b->nth = r->blocks.nth;
    while (at < b->len && step == STEP_TAKEN) {
        if (r->dialect.format == TR_FORMAT_JSONL) {
            step = take_json_row(r, b, &at, &line);
            continue;
        }
        if (!r->options.judge_all) {
            bool all = take_plain_rows(r, b, &at, &line);

            if (at == b->len ||
                (all && b->index.ill == TR_SCAN_WELL && b->len - at <= TR_CELL_MAX && !r->at_end))
                break;
        }
        step = take_judged_row(r, b, &at, &line);
    }
    if (step == STEP_FAILED)
        return -1;
    r->line += line;
    r->blocks.nth = b->nth;
    r->tail.len = 0;
    tr_buf_add(&r->tail, b->text + at, b->len - at);
    b->last = r->at_end;
    tr_blocks_settle(r, b);
    if (b->plain.len > 0)
        (void)tr_buf_room(&b->plain, TR_CELL_SLACK);
    if (r->tail.failed || b->rows.failed || b->plain.failed || b->plain_seps.failed)
        return tr_err_set(&b->err, TR_E_MEMORY, NULL, NULL, NULL);
    return 0;
}

int tr_batch_make(struct tr_reader *r, struct tr_batch *b)
{
    size_t want = TR_SIZE_BATCH;

    do {
        while (want < 2 * r->tail.len || want < r->tail.len + 16) /* room to read on */
            want *= 2;
        if (b->cap != want && tr_batch_room(b, want) < 0)
            return -1;
        b->len = r->tail.len;
        if (b->len > 0)
            memcpy(b->text, r->tail.p, b->len);
        if (tr_batch_fill(r, b) < 0 || tr_batch_split(r, b, 0) < 0)
            return -1;
    } while (b->n_rows == 0 && !b->last);
    return 0;
}
