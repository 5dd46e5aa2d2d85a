#define _GNU_SOURCE
#include <stdlib.h>
#include <strings.h>

#include "base/text.h"
#include "record/json/jsonl.h"
#include "record/reader_own.h"

enum { CANDIDATES = 4, SAMPLE_ROWS = 40 };
static const char candidates[CANDIDATES + 1] = ";,\t|";
static const unsigned char place[256] = {[';'] = 1, [','] = 2, ['\t'] = 3, ['|'] = 4}; /* there, from 1 */

/* How often each candidate stands in the line that begins at *at, outside quotes; *at becomes the
 * next line's beginning. Line ends inside quotes end no line here. */
static void count_delimiters(struct tr_str text, size_t *at, size_t count[CANDIDATES])
{
    size_t found[CANDIDATES + 1] = {0}; /* and of all else, first */
    bool quoted = false;
    size_t i = *at;

    for (; i < text.len && (quoted || text.p[i] != '\n'); i++) {
        quoted ^= text.p[i] == '"';
        found[quoted ? 0 : place[(unsigned char)text.p[i]]]++;
    }
    memcpy(count, found + 1, CANDIDATES * sizeof *count);
    *at = i + 1;
}

/* The delimiter of the table whose header begins the text: the one that stands most often in it,
 * unless another one also stands in the rows below, as often as in the header, and that one does
 * not. A bar parts lists within cells, too, and counts only where no other stands; a semicolon when
 * none does. */
static char find_delimiter(struct tr_str text, bool *by_rows)
{
    size_t header[CANDIDATES], row[CANDIDATES], agree[CANDIDATES] = {0}, rows = 0, at = 0;
    size_t best = 0, other;

    count_delimiters(text, &at, header);
    for (size_t i = 1; i < CANDIDATES - 1; i++)
        if (header[i] > header[best])
            best = i;
    if (header[best] == 0)
        return candidates[header[CANDIDATES - 1] > 0 ? CANDIDATES - 1 : best];
    for (; rows < SAMPLE_ROWS && at < text.len; rows++) {
        count_delimiters(text, &at, row);
        for (size_t i = 0; i < CANDIDATES - 1; i++)
            agree[i] += header[i] > 0 && row[i] == header[i];
    }
    other = best;
    for (size_t i = 0; i < CANDIDATES - 1; i++)
        if (agree[i] > agree[other])
            other = i;
    *by_rows = other != best && agree[best] == 0 && 2 * agree[other] > rows;
    return candidates[*by_rows ? other : best];
}

/* The text from at on. */
static struct tr_str text_from(const struct tr_batch *b, uint32_t at)
{
    return (struct tr_str){b->text + at, b->len - at};
}

static struct tr_str first_line(const struct tr_batch *b, uint32_t at)
{
    const char *p = b->text + at, *feed = memchr(p, '\n', b->len - at);

    return (struct tr_str){p, feed ? (size_t)(feed - p) : b->len - at};
}

/* Leaves the line at *at behind. */
static void next_line(struct tr_reader *r, const struct tr_batch *b, uint32_t *at)
{
    *at += (uint32_t)first_line(b, *at).len + 1;
    if (*at > b->len)
        *at = (uint32_t)b->len;
    r->line++;
}

/* Leaves blank lines at *at behind; false at the end of the text. */
static bool skip_blank(struct tr_reader *r, const struct tr_batch *b, uint32_t *at)
{
    while (*at < b->len && tr_text_trim(first_line(b, *at)).len == 0)
        next_line(r, b, at);
    return *at < b->len;
}

/* Reads a first line sep=; with or without quotes around it. */
static bool read_sep(struct tr_dialect *d, struct tr_str line)
{
    if (line.len > 0 && line.p[line.len - 1] == '\r')
        line.len--;
    if (line.len >= 2 && line.p[0] == '"' && line.p[line.len - 1] == '"')
        line = (struct tr_str){line.p + 1, line.len - 2};
    if (line.len != 5 || strncasecmp(line.p, "sep=", 4) != 0)
        return false;
    d->delimiter = line.p[4];
    return true;
}

static void choose_delimiter(struct tr_reader *r, struct tr_str text)
{
    if (r->options.delimiter)
        r->dialect.delimiter = r->options.delimiter;
    else if (!r->dialect.sep_line)
        r->dialect.delimiter = find_delimiter(text, &r->dialect.by_rows);
}

/* Recognises the dialect from the first batch's text; r->top is where the header begins. */
static void recognise(struct tr_reader *r, const struct tr_batch *b)
{
    struct tr_dialect *d = &r->dialect;
    struct tr_str line = first_line(b, 0);
    uint32_t at = 0;

    d->crlf = line.len > 0 && line.p[line.len - 1] == '\r';
    for (uint32_t i = 0; i < r->options.skip && at < b->len; i++)
        next_line(r, b, &at);
    d->sep_line = read_sep(d, first_line(b, at));
    if (d->sep_line)
        next_line(r, b, &at);
    skip_blank(r, b, &at);
    line = first_line(b, at);
    if (line.len > 0 && tr_text_trim(line).len > 0 && *tr_text_trim(line).p == '{')
        d->format = TR_FORMAT_JSONL;
    choose_delimiter(r, text_from(b, at));
    r->top = at;
    r->top_line = r->line;
}

/* Cuts text into n slices of the given ends. */
static struct tr_str *cut_text(const struct tr_buf *text, const size_t ends[], uint32_t n)
{
    struct tr_str *slices = calloc(n, sizeof *slices);
    size_t from = 0;

    for (uint32_t i = 0; slices && i < n; from = ends[i++])
        slices[i] = (struct tr_str){text->p ? text->p + from : "", ends[i] - from};
    return slices;
}

/* What ends lines elsewhere, and not here. */
static const char *const other_ends[] = {"\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9", "\v", "\f", "\x1E"};

/* Makes what ends lines elsewhere into blanks: where a table has no rows, its header would be taken for many lines. */
static void blank_other_ends(char *p, size_t n)
{
    bool any = false;

    for (size_t i = 0; i < n; i++)
        any |= (unsigned char)p[i] < ' ' || p[i] == '\xC2' || p[i] == '\xE2';
    if (!any)
        return; /* as good as always */
    for (size_t i = 0; i < sizeof other_ends / sizeof *other_ends; i++) {
        size_t len = strlen(other_ends[i]);
        char *at;

        while ((at = memmem(p, n, other_ends[i], len)))
            memset(at, ' ', len);
    }
}

/* Adds the name trimmed, composed and without what ends lines. */
static void add_name(struct tr_buf *text, struct tr_str name)
{
    size_t from = text->len;

    tr_text_compose(tr_text_trim(name), text);
    if (text->failed || text->len == from)
        return;
    blank_other_ends(text->p + from, text->len - from);
    name = tr_text_trim((struct tr_str){text->p + from, text->len - from});
    memmove(text->p + from, name.p, name.len);
    text->len = from + name.len;
}

/* Keeps the names of the columns, trimmed and composed, and as they are. */
static int keep_header(struct tr_reader *r, const struct tr_row *row, struct tr_err *err)
{
    size_t *ends = calloc(2 * (size_t)row->n, sizeof *ends), *key_ends = ends + row->n;

    for (uint32_t i = 0; ends && i < row->n; i++) {
        struct tr_str name = tr_row_cell(row, i);

        add_name(&r->header_text, name);
        tr_buf_str(&r->key_text, name);
        ends[i] = r->header_text.len;
        key_ends[i] = r->key_text.len;
    }
    if (ends && !r->header_text.failed && !r->key_text.failed) {
        r->header = cut_text(&r->header_text, ends, row->n);
        r->keys = cut_text(&r->key_text, key_ends, row->n);
    }
    free(ends);
    if (!r->header || !r->keys)
        return tr_err_memory(err);
    r->n_header = row->n;
    return 0;
}

static void forget_header(struct tr_reader *r)
{
    r->header_text.len = r->key_text.len = 0;
    free(r->header);
    free(r->keys);
    r->header = r->keys = NULL;
}

/* How many cells every row in hand has beyond the header, 0 when they differ. Rows that are shorter
 * say nothing: they are cut off, or no records. */
static uint32_t common_tail(const struct tr_reader *r)
{
    const struct tr_batch *b = &r->first;
    const struct tr_split *split = (const struct tr_split *)(const void *)b->rows.p;
    uint32_t tail = 0;

    for (size_t i = b->next; i < b->n_rows; i++) {
        if (split[i].bad || split[i].n < r->n_header)
            continue;
        if (split[i].n == r->n_header || (tail && split[i].n != r->n_header + tail))
            return 0;
        tail = split[i].n - r->n_header;
    }
    return tail;
}

/* Whether what the rows in hand have beyond the header is empty. */
static bool tails_are_empty(struct tr_reader *r)
{
    struct tr_row row;

    for (size_t i = 0; tr_reader_sample(r, i, &row); i++)
        if (row.bad == TR_E_ROW_LONG)
            return false;
    return true;
}

/* Leaves out what a separator at the end of lines makes: names at the header's end that are empty,
 * and cells beyond the header, when nothing stands there in the rows in hand. A single row with
 * such a cell is another thing: its cells may have moved. */
static void settle_ends(struct tr_reader *r)
{
    uint32_t all = r->n_header, n = all;

    while (n > 1 && r->header[n - 1].len == 0)
        n--;
    r->n_header = r->n_named = n;
    r->tail_cells = n < all ? all - n : common_tail(r);
    r->dialect.header_ends = n < all;
    if (r->tail_cells > 0 && tails_are_empty(r))
        return;
    r->n_header = all;
    r->tail_cells = 0;
    r->dialect.header_ends = false;
}

/* A header that cannot be read makes the whole file unusable. The first argument is what is wrong,
 * and may have %1 and %2 in it: those are the others. */
static int bad_header(const struct tr_err *why, struct tr_err *err)
{
    if (why->code == TR_E_JSON)
        tr_err_set(err, TR_E_HEADER_BAD, why->arg[0], NULL, NULL);
    else
        tr_err_set(err, TR_E_HEADER_BAD, tr_code_text(why->code), why->arg[0], why->arg[1]);
    err->line = why->line;
    err->col = why->col;
    return -1;
}

/* Whether the text is a JSON document of several lines, or of objects in brackets, which other programs write. */
static bool is_document(const struct tr_reader *r, struct tr_str text)
{
    struct tr_str rest = tr_text_trim(text), line;

    if (rest.len > 0 && *rest.p == '[') {
        rest = tr_text_trim(tr_str_from(rest, 1));
        return rest.len == 0 || *rest.p == '{' || *rest.p == ']';
    }
    if (rest.len == 0 || *rest.p != '{' || !(r->at_end || memchr(rest.p, '\n', rest.len)))
        return false;
    tr_str_part(&rest, '\n', &line);
    line = tr_text_trim(line);
    return line.p[line.len - 1] != '}';
}

static int refuse_document(const struct tr_reader *r, struct tr_err *err)
{
    tr_err_set(err, TR_E_HEADER_BAD,
               N_("this is one JSON document: save it as JSON Lines, with an object on each line"), NULL, NULL);
    err->line = r->top_line;
    return -1;
}

static int read_json_header(struct tr_reader *r, struct tr_batch *b, uint32_t at,
                            struct tr_err *err)
{
    struct tr_buf plain = {0}, seps = {0};
    struct tr_row row = {.scratch = &r->scratch};
    int n = tr_jsonl_row(first_line(b, at), NULL, 0, &plain, &seps, err), rc = -1;

    if (n < 0) {
        struct tr_err why = *err;

        why.line = r->top_line;
        bad_header(&why, err);
    } else {
        row.base = plain.p;
        row.sep = (const uint32_t *)(const void *)seps.p;
        row.n = (uint32_t)n;
        row.raw = tr_buf_slice(&plain);
        rc = keep_header(r, &row, err);
    }
    tr_buf_clear(&plain);
    tr_buf_clear(&seps);
    return rc;
}

/* Whether the text in hand holds so many whole lines. */
static bool has_lines(const struct tr_batch *b, uint32_t lines)
{
    const char *p = b->text, *end = b->text + b->len;

    for (; lines > 0 && p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
        lines--;
    return lines == 0;
}

/* Makes carriage returns into line feeds when they are all the line ends that the text in hand has.
 * The last byte may be the line feed that was added, or the half of CR LF. */
static void find_bare_returns(struct tr_reader *r, struct tr_batch *b)
{
    if (b->len < 3 || memchr(b->text, '\n', b->len - 1) || !memchr(b->text, '\r', b->len - 2))
        return;
    r->dialect.cr = true;
    tr_batch_turn_returns(b, 0);
}

/* Fills the first batch until the header's line is in hand. All of a small file needs no more room. */
static int fill_first(struct tr_reader *r, struct tr_batch *b)
{
    size_t most = tr_source_most(r->source) + 16, room = most > 16 && most < TR_SIZE_FIRST ? most : TR_SIZE_FIRST;

    do {
        if (tr_batch_room(b, b->cap ? 2 * b->cap : room) < 0 || tr_batch_fill(r, b) < 0)
            return -1;
        if (!r->dialect.cr)
            find_bare_returns(r, b);
    } while (!has_lines(b, r->options.skip + 1) && !r->at_end && b->cap < TR_LINE_MAX);
    return 0;
}

/* Whether each name stands between apostrophes, as some write what others put in quotation marks: a
 * separator in such a cell would part it, and ids would keep one of them. */
static bool in_apostrophes(const struct tr_reader *r)
{
    for (uint32_t i = 0; i < r->n_header; i++) {
        struct tr_str s = r->header[i];

        if (s.len < 2 || *s.p != '\'' || s.p[s.len - 1] != '\'')
            return false;
    }
    return r->n_header > 1;
}

/* Whether the text is one line, by line feeds, and holds what ends lines elsewhere: U+0085, U+2028,
 * U+2029, a vertical tab, a form feed or a record separator. */
static bool ends_otherwise(struct tr_str text)
{
    const char *feed = memchr(text.p, '\n', text.len);

    if (feed && feed + 1 < text.p + text.len)
        return false;
    for (size_t i = 0; i < sizeof other_ends / sizeof *other_ends; i++)
        if (memmem(text.p, text.len, other_ends[i], strlen(other_ends[i])))
            return true;
    return false;
}

/* Why what was read as a header is none; NULL: it is one. */
static const char *why_none(const struct tr_reader *r, uint32_t at)
{
    if (in_apostrophes(r))
        return N_("cells stand between apostrophes: save the table with quotation marks");
    if (r->first.last && ends_otherwise(text_from(&r->first, at)))
        return N_("lines end with characters such as U+2028 or U+0085: save the table with ordinary line ends");
    return NULL;
}

static int split_first(struct tr_reader *r, uint32_t at, struct tr_err *err)
{
    struct tr_batch *b = &r->first;

    tr_judge_free(r->judge);
    r->judge = tr_judge_new(r->dialect.delimiter);
    if (!r->judge)
        return tr_err_memory(err);
    memset(&r->blocks, 0, sizeof r->blocks);
    r->blocks.nth = (uint32_t)r->line - 1; /* each title line was a row */
    if (tr_batch_split(r, b, at) < 0) {
        *err = b->err;
        return -1;
    }
    return 0;
}

/* Splits the first batch from the line at on, and takes that line for the header. */
static int take_header(struct tr_reader *r, uint32_t at, struct tr_err *err)
{
    const char *why;
    struct tr_row row;
    int rc;

    forget_header(r);
    r->tail_cells = 0;
    r->header_line = r->line;
    r->n_header = UINT32_MAX;
    if (split_first(r, at, err) < 0)
        return -1;
    /* A line that the text in hand cuts off is no header below others: it stays in hand. */
    if (r->header_index > 0 && r->first.n_rows == 0)
        return tr_err_set(err, TR_E_FILE_EMPTY, NULL, NULL, NULL);
    if ((rc = tr_reader_next(r, &row, err)) < 0)
        return -1;
    if (rc == 0)
        return tr_err_set(err, TR_E_FILE_EMPTY, NULL, NULL, NULL);
    if (row.bad)
        return bad_header(&row.fault, err);
    if (keep_header(r, &row, err) < 0)
        return -1;
    settle_ends(r);
    tr_blocks_settle(r, &r->first);
    if (r->first.plain.failed || r->first.plain_seps.failed || r->tail.failed)
        return tr_err_memory(err);
    why = why_none(r, at);
    if (!why)
        return 0;
    tr_err_set(err, TR_E_HEADER_BAD, why, NULL, NULL);
    err->line = r->header_line;
    return -1;
}

void tr_header_told(struct tr_reader *r, const struct tr_batch *b)
{
    r->dialect.encoding = b->encoding;
    r->dialect.encoding_name = b->encoding_name;
    r->dialect.doubt = b->doubt;
}

int tr_header_read(struct tr_reader *r, struct tr_err *err)
{
    struct tr_batch *b = &r->first;

    r->current = b;
    if (fill_first(r, b) < 0) {
        *err = b->err;
        return -1;
    }
    r->dialect.bom = tr_source_bom(r->source);
    tr_header_told(r, b);
    recognise(r, b);
    r->fresh = true;
    if (is_document(r, text_from(b, r->top)))
        return refuse_document(r, err);
    if (r->dialect.format == TR_FORMAT_CSV)
        return take_header(r, r->top, err);
    r->header_line = r->line;
    return read_json_header(r, b, r->top, err) < 0 ? -1 : split_first(r, r->top, err);
}

/* Goes to the k-th line from the top that is not blank; false when there is none. */
static bool find_line(struct tr_reader *r, const struct tr_batch *b, uint32_t k, uint32_t *at)
{
    *at = r->top;
    r->line = r->top_line;
    for (uint32_t i = 0; i < k && *at < b->len; i++) {
        next_line(r, b, at);
        if (!skip_blank(r, b, at))
            return false;
    }
    return *at < b->len;
}

int tr_reader_seek_header(struct tr_reader *r, uint32_t k, struct tr_err *err)
{
    const struct tr_batch *b = &r->first;
    uint64_t was = r->line;
    uint32_t at;

    if (r->dialect.format != TR_FORMAT_CSV || !r->fresh || k > TR_TITLE_LINES)
        return 0;
    if (!find_line(r, b, k, &at)) {
        r->line = was;
        return 0;
    }
    choose_delimiter(r, text_from(b, at));
    r->header_index = k;
    if (take_header(r, at, err) == 0)
        return 1;
    if (err->code == TR_E_MEMORY || k == 0)
        return -1;
    return tr_reader_seek_header(r, 0, err) < 0 ? -1 : 0;
}

int tr_reader_find_header(struct tr_reader *r, const struct tr_sought *sought, bool *below,
                          struct tr_err *err)
{
    int rc = 1;

    for (uint32_t k = 0; rc > 0; k++) {
        *below = k > 0;
        if (!sought->fits || sought->fits(sought->cookie, r->header, r->n_header))
            return 1;
        rc = tr_reader_seek_header(r, k + 1, err);
    }
    *below = false;
    return rc < 0 || tr_reader_seek_header(r, 0, err) < 0 ? -1 : 0;
}

bool tr_reader_sample(struct tr_reader *r, size_t i, struct tr_row *row)
{
    const struct tr_batch *b = r->current;

    if (!r->fresh || b->next + i >= b->n_rows)
        return false;
    tr_batch_row(r, b, b->next + i, &r->scratch, row);
    return true;
}

struct tr_reader *tr_reader_again(const struct tr_reader *r)
{
    struct tr_reader_options options = r->options;
    struct tr_reader *again;
    struct tr_err err; /* whatever it says, it is said of the first */

    if (!r->fresh || r->current->last || !tr_source_is_file(r->source))
        return NULL;
    options.no_thread = true;
    again = tr_reader_open(tr_source_path(r->source), &options, &err);
    if (!again || r->header_index == 0 || tr_reader_seek_header(again, r->header_index, &err) > 0)
        return again;
    tr_reader_close(again);
    return NULL;
}
