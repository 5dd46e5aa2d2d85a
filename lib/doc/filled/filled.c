#include "doc/filled/filled_own.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/archive.h"
#include "base/sizes.h"
#include "base/text.h"
#include "base/xml.h"

/* ---- elements ---- */

static const struct element docx[] = {
    {"p", PARAGRAPH},      {"tbl", TABLE},         {"tr", ROW},          {"tc", CELL},
    {"t", TEXT},           {"br", BREAK},          {"cr", BREAK},        {"tab", SPACE},
    {"moveFrom", IGNORED}, {"Fallback", IGNORED},  {"instrText", IGNORED}, {"delText", IGNORED},
    {"sdt", CONTROL},      {"showingPlcHdr", PROMPT}, {"del", REMOVED},  {"comment", COMMENT},
    {"property", FORM},    {"trPr", ROW_LOOKS},     {"gridSpan", WIDE},  {"vMerge", TALL},
    {"lastRenderedPageBreak", PAGE}, {"sym", SYMBOL}, {"noBreakHyphen", HYPHEN},
    {"footnote", COMMENT}, {"endnote", COMMENT}, {NULL, NOTHING},
};

static const struct element odt[] = {
    {"p", PARAGRAPH},   {"h", PARAGRAPH},    {"table", TABLE},          {"table-row", ROW},
    {"table-cell", CELL}, {"covered-table-cell", CELL}, {"line-break", BREAK}, {"s", SPACE},
    {"tab", SPACE},     {"tracked-changes", IGNORED}, {"content-control", CONTROL},
    {"annotation", COMMENT}, {"user-defined", FORM}, {"note", COMMENT}, {"note-citation", IGNORED}, {"sequence-decls", IGNORED},
    {"creator", AUTHOR}, {"date", AUTHOR}, {"soft-page-break", PAGE},
    {NULL, NOTHING},
};

static void add_block(struct reading *in, enum tr_filled_kind kind, const struct tr_str *cells,
                      uint32_t n)
{
    struct tr_filled_block block = {
        .kind = kind,
        .first = (uint32_t)(in->f->cells.len / sizeof *cells),
        .n = n,
        .page = kind == TR_FILLED_ROW ? in->row_page : in->page};

    tr_buf_add(&in->f->cells, cells, n * sizeof *cells);
    tr_buf_add(&in->f->blocks, &block, sizeof block);
}

static void add_text(struct reading *in, enum tr_filled_kind kind, struct tr_buf *text)
{
    struct tr_str kept = tr_arena_copy(&in->f->text, tr_buf_slice(text));

    if (kept.len > 0)
        add_block(in, kind, &kept, 1);
    text->len = 0;
}

static enum means meaning(const struct reading *in, const char *name)
{
    const struct element *e = in->elements;

    while (e->name && strcmp(e->name, name) != 0)
        e++;
    return e->means;
}

static struct tr_buf *target(struct reading *in)
{
    return in->in_form ? &in->form : in->comments > 0 ? &in->comment : &in->text;
}

static int number(const char *digits)
{
    long n = digits ? strtol(digits, NULL, 10) : 0;

    return n < 0 ? 0 : n > TR_FILLED_COLUMNS ? TR_FILLED_COLUMNS : (int)n;
}

/* How many columns and rows a cell takes; in .docx, elements in the cell tell. */
static void measure_cell(struct reading *in, enum means means, const char *const *a)
{
    const char *val = tr_xml_get(a, "val");

    if (in->tables != 1)
        return;
    if (means == CELL) {
        const char *rows = tr_xml_get(a, "number-rows-spanned");

        rows = rows ? rows : tr_xml_get(a, "rowspan");
        in->wide = number(tr_xml_get(a, "colspan")) - 1;
        in->down = number(rows) - 1;
        in->up = false;
    } else if (means == WIDE) {
        in->wide = number(val) - 1;
    } else if (means == TALL) {
        in->up = !val || strcmp(val, "restart") != 0;
        in->down = in->up ? 0 : TR_FILLED_COLUMNS;
    }
}

/* A character by its number; boxes of the fonts that Word offers for them are those that all fonts have.
 * Others of such fonts are pictures, and say nothing. */
static void add_symbol(struct reading *in, const char *const *a)
{
    static const struct {
        const char *font;
        unsigned long number;
        uint32_t is;
    } boxes[] = {
        {"Wingdings", 0xF06F, 0x2610},   {"Wingdings", 0xF0A8, 0x2610},   {"Wingdings", 0xF0FD, 0x2612},
        {"Wingdings", 0xF0FE, 0x2611},   {"Wingdings 2", 0xF0A3, 0x2610}, {"Wingdings 2", 0xF052, 0x2611},
        {"Wingdings 2", 0xF053, 0x2612}, {"Wingdings 2", 0xF054, 0x2612},
    };
    const char *font = tr_xml_get(a, "font"), *digits = tr_xml_get(a, "char");
    unsigned long number = digits ? strtoul(digits, NULL, 16) : 0;

    for (size_t i = 0; font && i < sizeof boxes / sizeof *boxes; i++)
        if (number == boxes[i].number && strcmp(font, boxes[i].font) == 0)
            number = boxes[i].is;
    if (in->prompting == 0 && number > 0 && !(number >= 0xE000 && number < 0xF900))
        tr_buf_character(target(in), number < 0x110000 ? (uint32_t)number : 0);
}

/* How an attribute of an element changes what it means. */
static enum means look_closer(struct reading *in, enum means means, const char *const *a)
{
    const char *name = tr_xml_get(a, "name"), *prompt = tr_xml_get(a, "showing-place-holder");

    in->prompts[in->depth] = means == CONTROL && prompt && strcmp(prompt, "true") == 0;
    if (means == FORM && (!name || strcmp(name, "transition-form") != 0))
        return NOTHING;
    if (means == REMOVED && (in->depth == 0 || in->stack[in->depth - 1] != ROW_LOOKS))
        return IGNORED;
    if (means == AUTHOR)
        return in->comments > 0 ? IGNORED : NOTHING;
    return means;
}

static void begin(struct reading *in, enum means means)
{
    struct tr_buf *to = target(in);

    switch (means) {
    case TABLE:
        if (in->tables++ == 0) {
            in->text.len = 0;
            memset(in->tall, 0, sizeof in->tall);
        }
        break;
    case ROW:
        if (in->tables == 1) {
            in->row.len = 0;
            in->removed = false;
            in->row_page = 0;
        }
        break;
    case CELL:
        if (in->tables == 1)
            in->text.len = 0;
        break;
    case PAGE:
        in->page++;
        in->has_pages = true;
        break;
    case PARAGRAPH:
        if (to->len > 0)
            tr_buf_char(to, '\n');
        break;
    case BREAK:
    case SPACE:
    case HYPHEN:
        if (in->prompting == 0)
            tr_buf_char(to, means == BREAK ? '\n' : means == SPACE ? ' ' : '-');
        break;
    case PROMPT:
        for (int i = in->depth; i >= 0; i--)
            if (in->stack[i] == CONTROL) {
                in->prompting += !in->prompts[i];
                in->prompts[i] = true;
                break;
            }
        break;
    case REMOVED:
        in->removed = true;
        break;
    default:
        break;
    }
    in->texts += means == TEXT;
    in->comments += means == COMMENT;
    in->in_form |= means == FORM;
    in->ignored += means == IGNORED;
    in->prompting += means == CONTROL && in->prompts[in->depth];
}

void tr_filled_start(void *cookie, const char *name, const char *const *a)
{
    struct reading *in = cookie;
    enum means means = in->ignored > 0 ? NOTHING : meaning(in, name);

    if (in->depth + 1 >= TR_FILLED_DEPTH) {
        in->failed = true;
        return;
    }
    means = look_closer(in, means, a);
    measure_cell(in, means, a);
    if (means == SYMBOL)
        add_symbol(in, a);
    in->stack[in->depth] = means;
    begin(in, means);
    in->depth++;
}

static void end_row(struct reading *in)
{
    if (!in->removed)
        add_block(in, TR_FILLED_ROW, (const struct tr_str *)(const void *)in->row.p,
                  (uint32_t)(in->row.len / sizeof(struct tr_str)));
    in->row.len = 0;
}

static void add_cell(struct reading *in, struct tr_str cell)
{
    tr_buf_add(&in->row, &cell, sizeof cell);
}

/* A cell that goes on with the one above says what that says; one that takes several columns is
 * followed by empty ones. */
static void end_cell(struct reading *in)
{
    size_t at = in->row.len / sizeof(struct tr_str);
    struct tall none = {0}, *tall = at < TR_FILLED_COLUMNS ? &in->tall[at] : &none;
    struct tr_str cell = tr_arena_copy(&in->f->text, tr_buf_slice(&in->text));

    if (tall->rows > 0 && cell.len == 0 && (in->up || in->elements != docx))
        cell = tall->text;
    tall->rows -= tall->rows > 0;
    if (in->down > 0)
        *tall = (struct tall){cell, in->down};
    else if (!in->up && in->elements == docx)
        tall->rows = 0;
    if (at == 0)
        in->row_page = in->row_page ? in->row_page : in->page;
    add_cell(in, cell);
    while (in->wide-- > 0)
        add_cell(in, TR_STR(""));
    in->wide = in->down = 0;
    in->text.len = 0;
}

static void finish(struct reading *in, enum means means)
{
    switch (means) {
    case PARAGRAPH:
        if (in->tables == 0 && in->comments == 0)
            add_text(in, TR_FILLED_PARAGRAPH, &in->text);
        break;
    case CELL:
        if (in->tables == 1)
            end_cell(in);
        break;
    case ROW:
        if (in->tables == 1)
            end_row(in);
        break;
    case COMMENT:
        if (--in->comments == 0)
            add_text(in, TR_FILLED_COMMENT, &in->comment);
        break;
    default:
        break;
    }
    in->tables -= means == TABLE;
    in->texts -= means == TEXT;
    in->ignored -= means == IGNORED;
    in->in_form &= means != FORM;
    in->prompting -= means == CONTROL && in->prompts[in->depth];
}

void tr_filled_end(void *cookie, const char *name)
{
    struct reading *in = cookie;

    (void)name;
    if (in->failed)
        return;
    in->depth--;
    finish(in, in->stack[in->depth]);
}

void tr_filled_text(void *cookie, struct tr_str text)
{
    struct reading *in = cookie;

    if (in->failed || in->ignored > 0 || in->prompting > 0)
        return;
    if (in->in_form || !in->marked || in->texts > 0)
        tr_buf_str(target(in), text);
}

/* Reads a part of the archive: 1, or 0: there is none. -1 with err. */
static int read_part(struct reading *in, struct tr_archive *archive, const char *name,
                     struct tr_err *err)
{
    const struct tr_xml_found found = {
        .start = tr_filled_start, .end = tr_filled_end, .text = tr_filled_text, .cookie = in};
    int status = tr_archive_part(archive, name, err);
    struct tr_xml *xml = status > 0 ? tr_xml_new(&found) : NULL;
    size_t all = 0;
    char piece[16384];

    if (status <= 0)
        return status;
    if (!xml)
        return tr_err_memory(err);
    in->text.len = in->comment.len = 0;
    in->page = 1;
    in->depth = in->ignored = in->tables = in->prompting = in->texts = in->comments = 0;
    for (ssize_t n = 1; n > 0 && status > 0;) {
        n = tr_archive_read(archive, piece, sizeof piece, err);
        all += n > 0 ? (size_t)n : 0;
        if (all > TR_FILLED_BYTES)
            status = tr_err_num(err, TR_E_FILLED_SIZE, TR_FILLED_BYTES >> 20);
        else if (n < 0 || tr_xml_feed(xml, piece, (size_t)n, n == 0, err) < 0)
            status = -1;
        else if (in->failed)
            status = tr_err_set(err, TR_E_SHEET, name, NULL, NULL);
    }
    tr_xml_free(xml);
    return status;
}

/* Whether an archive that is no document of Word is a table of OpenDocument: 1, 0; -1 with err. */
static int is_spreadsheet(struct tr_archive *archive, struct tr_err *err)
{
    static const char type[] = "application/vnd.oasis.opendocument.spreadsheet";
    char found[sizeof type];
    int status = tr_archive_part(archive, "mimetype", err);
    ssize_t n = status > 0 ? tr_archive_read(archive, found, sizeof type - 1, err) : status;

    return n < 0 ? -1 : n == sizeof type - 1 && memcmp(found, type, sizeof type - 1) == 0;
}

/* What a document of Word keeps beside its text; any of it may be missing. */
static int read_beside(struct reading *in, struct tr_archive *archive, struct tr_err *err)
{
    static const char *const parts[] = {"word/comments.xml", "word/footnotes.xml", "word/endnotes.xml",
                                        "docProps/custom.xml"};
    int status = 0;

    for (size_t i = 0; i < sizeof parts / sizeof *parts && status >= 0; i++)
        status = read_part(in, archive, parts[i], err);
    return status;
}

static int read_parts(struct reading *in, struct tr_archive *archive, struct tr_err *err)
{
    int status;

    in->elements = docx;
    in->marked = true;
    status = read_part(in, archive, "word/document.xml", err);
    if (status > 0)
        status = read_beside(in, archive, err);
    else if (status == 0) {
        in->elements = odt;
        in->marked = false;
        status = is_spreadsheet(archive, err);
        if (status == 0)
            status = read_part(in, archive, "content.xml", err);
        else if (status > 0)
            status = 0;
        if (status == 0)
            return tr_err_set(err, TR_E_FILLED_KIND, NULL, NULL, NULL);
        in->marked = true; /* other text of meta.xml says nothing */
        if (status > 0)
            status = read_part(in, archive, "meta.xml", err);
    }
    return status < 0 ? -1 : 0;
}

/* Adds the bytes of fd up to len. -1 with err. */
static int read_bytes(int fd, struct tr_buf *to, size_t len, struct tr_err *err)
{
    ssize_t n = 1;

    while (n > 0 && to->len < len) {
        if (tr_buf_room(to, TR_SIZE_OUT) < 0)
            return tr_err_memory(err);
        n = read(fd, to->p + to->len, to->len + TR_SIZE_OUT < len ? TR_SIZE_OUT : len - to->len);
        if (n < 0 && errno == EINTR)
            n = 1;
        else if (n < 0)
            return tr_err_sys(err, TR_E_READ, NULL);
        else
            to->len += (size_t)n;
    }
    return 0;
}

/* Which kind it is, its first bytes tell. */
static int read_kind(struct reading *in, int fd, struct tr_buf *text, struct tr_err *err)
{
    enum { START = 1024 };
    struct tr_archive *archive;
    bool pdf;
    int status;

    if (read_bytes(fd, text, START, err) < 0)
        return -1;
    pdf = text->len >= 5 && memcmp(text->p, "%PDF-", 5) == 0;
    if (pdf || tr_filled_is_page(tr_buf_slice(text))) {
        if (read_bytes(fd, text, TR_FILLED_BYTES, err) < 0)
            return -1;
        if (text->len == TR_FILLED_BYTES)
            return tr_err_num(err, TR_E_FILLED_SIZE, TR_FILLED_BYTES >> 20);
        if (pdf)
            return tr_filled_pdf(in, tr_buf_slice(text), err);
        tr_filled_page(in, tr_buf_slice(text), NULL);
        return 0;
    }
    archive = tr_archive_open(fd, tr_buf_slice(text), err);
    if (!archive && err->code == TR_E_SHEET) /* no archive at all */
        return tr_err_set(err, TR_E_FILLED_KIND, NULL, NULL, NULL);
    status = archive ? read_parts(in, archive, err) : -1;
    tr_archive_close(archive);
    return status;
}

/* Where no page was seen to begin, nobody knows of any. */
static void forget_pages(struct reading *in)
{
    for (uint32_t i = 0; !in->has_pages && i < tr_filled_count(in->f); i++)
        ((struct tr_filled_block *)(void *)in->f->blocks.p)[i].page = 0;
}

int tr_filled_read(struct tr_filled *f, int fd, struct tr_err *err)
{
    struct reading *in = calloc(1, sizeof *in);
    struct tr_buf text = {0};
    int status;

    *f = (struct tr_filled){0};
    if (!in)
        return tr_err_memory(err);
    in->f = f;
    status = read_kind(in, fd, &text, err);
    if (status == 0 && in->failed) /* nothing is that deep */
        status = tr_err_set(err, TR_E_FILLED_KIND, NULL, NULL, NULL);
    f->form = tr_arena_copy(&f->text, tr_buf_slice(&in->form));
    forget_pages(in);
    if (status == 0 && (f->text.failed || f->blocks.failed || f->cells.failed || in->text.failed ||
                        in->comment.failed || in->form.failed || in->row.failed))
        status = tr_err_memory(err);
    tr_buf_clear(&in->text);
    tr_buf_clear(&in->comment);
    tr_buf_clear(&in->form);
    tr_buf_clear(&in->row);
    tr_buf_clear(&text);
    free(in);
    return status;
}

void tr_filled_clear(struct tr_filled *f)
{
    tr_buf_clear(&f->blocks);
    tr_buf_clear(&f->cells);
    tr_arena_clear(&f->text);
    *f = (struct tr_filled){0};
}

/* ---- what was typed ---- */

bool tr_filled_box(struct tr_str s, bool *ticked)
{
    bool box = s.len >= TR_FILLED_BOX_LEN && (unsigned char)s.p[0] == 0xE2 &&
               (unsigned char)s.p[1] == 0x98 && (unsigned char)s.p[2] >= 0x90 &&
               (unsigned char)s.p[2] <= 0x92; /* U+2610 to U+2612; the first is empty */

    *ticked = box && (unsigned char)s.p[2] != 0x90;
    return box;
}

struct tr_str tr_filled_tidy(struct tr_str line, struct tr_buf *out)
{
    size_t from = out->len;

    for (size_t i = 0; i < line.len; i++) {
        unsigned char c = (unsigned char)line.p[i];
        bool nbsp = c == 0xC2 && i + 1 < line.len && (unsigned char)line.p[i + 1] == 0xA0;
        bool space = nbsp || c == '\t' || (c == '_' && i + 1 < line.len && line.p[i + 1] == '_');

        tr_buf_char(out, space ? ' ' : (char)c);
        i += nbsp;
    }
    return out->failed ? (struct tr_str){"", 0}
                       : tr_text_trim((struct tr_str){out->p + from, out->len - from});
}
