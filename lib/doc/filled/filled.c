#include "doc/filled/filled.h"

#include <stdlib.h>

#include "base/archive.h"
#include "base/xml.h"

enum { DEPTH = 256, BYTES_MOST = 64 << 20 };

/* What an element means, in either format. */
enum means {
    NOTHING,
    PARAGRAPH,
    TABLE,
    ROW,
    CELL,
    TEXT,     /* .docx: only what is in such an element is text */
    BREAK,
    SPACE,
    IGNORED,  /* with all that is in it */
    CONTROL,
    PROMPT,   /* .docx: the control around it shows words of its own */
    ROW_LOOKS,
    REMOVED,  /* .docx: what is in it was deleted, and that was tracked; in ROW_LOOKS, the row */
    AUTHOR,   /* of a comment */
    COMMENT,
    FORM      /* a property of the document */
};

struct element {
    const char *name;
    enum means means;
};

static const struct element docx[] = {
    {"p", PARAGRAPH},      {"tbl", TABLE},         {"tr", ROW},          {"tc", CELL},
    {"t", TEXT},           {"br", BREAK},          {"cr", BREAK},        {"tab", SPACE},
    {"moveFrom", IGNORED}, {"Fallback", IGNORED},  {"instrText", IGNORED}, {"delText", IGNORED},
    {"sdt", CONTROL},      {"showingPlcHdr", PROMPT}, {"del", REMOVED},  {"comment", COMMENT},
    {"property", FORM},    {"trPr", ROW_LOOKS},     {NULL, NOTHING},
};

static const struct element odt[] = {
    {"p", PARAGRAPH},   {"h", PARAGRAPH},    {"table", TABLE},          {"table-row", ROW},
    {"table-cell", CELL}, {"covered-table-cell", CELL}, {"line-break", BREAK}, {"s", SPACE},
    {"tab", SPACE},     {"tracked-changes", IGNORED}, {"content-control", CONTROL},
    {"annotation", COMMENT}, {"user-defined", FORM}, {"note", IGNORED}, {"sequence-decls", IGNORED},
    {"creator", AUTHOR}, {"date", AUTHOR},
    {NULL, NOTHING},
};

struct reading {
    struct tr_filled *f;
    const struct element *elements;
    bool marked; /* text is in elements of its own */
    enum means stack[DEPTH];
    bool prompts[DEPTH]; /* of a control: it shows words of its own */
    int depth, ignored, tables, prompting, texts;
    struct tr_buf text;  /* of the cell or paragraph in hand */
    struct tr_buf comment, form;
    struct tr_buf row;   /* struct tr_str */
    int comments;        /* around what is in hand */
    bool in_form, removed, failed;
};

static void add_block(struct reading *in, enum tr_filled_kind kind, const struct tr_str *cells,
                      uint32_t n)
{
    struct tr_filled_block block = {
        .kind = kind, .first = (uint32_t)(in->f->cells.len / sizeof *cells), .n = n};

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
        if (in->tables++ == 0)
            in->text.len = 0;
        break;
    case ROW:
        if (in->tables == 1) {
            in->row.len = 0;
            in->removed = false;
        }
        break;
    case CELL:
        if (in->tables == 1)
            in->text.len = 0;
        break;
    case PARAGRAPH:
        if (to->len > 0)
            tr_buf_char(to, '\n');
        break;
    case BREAK:
    case SPACE:
        if (in->prompting == 0)
            tr_buf_char(to, means == BREAK ? '\n' : ' ');
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

static void on_start(void *cookie, const char *name, const char *const *a)
{
    struct reading *in = cookie;
    enum means means = in->ignored > 0 ? NOTHING : meaning(in, name);

    if (in->depth + 1 >= DEPTH) {
        in->failed = true;
        return;
    }
    means = look_closer(in, means, a);
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

static void finish(struct reading *in, enum means means)
{
    struct tr_str cell;

    switch (means) {
    case PARAGRAPH:
        if (in->tables == 0 && in->comments == 0)
            add_text(in, TR_FILLED_PARAGRAPH, &in->text);
        break;
    case CELL:
        if (in->tables != 1)
            break;
        cell = tr_arena_copy(&in->f->text, tr_buf_slice(&in->text));
        tr_buf_add(&in->row, &cell, sizeof cell);
        in->text.len = 0;
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

static void on_end(void *cookie, const char *name)
{
    struct reading *in = cookie;

    (void)name;
    if (in->failed)
        return;
    in->depth--;
    finish(in, in->stack[in->depth]);
}

static void on_text(void *cookie, struct tr_str text)
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
        .start = on_start, .end = on_end, .text = on_text, .cookie = in};
    int status = tr_archive_part(archive, name, err);
    struct tr_xml *xml = status > 0 ? tr_xml_new(&found) : NULL;
    size_t all = 0;
    char piece[16384];

    if (status <= 0)
        return status;
    if (!xml)
        return tr_err_memory(err);
    in->text.len = in->comment.len = 0;
    in->depth = in->ignored = in->tables = in->prompting = in->texts = in->comments = 0;
    for (ssize_t n = 1; n > 0 && status > 0;) {
        n = tr_archive_read(archive, piece, sizeof piece, err);
        all += n > 0 ? (size_t)n : 0;
        if (all > BYTES_MOST)
            status = tr_err_num(err, TR_E_SHEET_SIZE, BYTES_MOST >> 20);
        else if (n < 0 || tr_xml_feed(xml, piece, (size_t)n, n == 0, err) < 0)
            status = -1;
        else if (in->failed)
            status = tr_err_set(err, TR_E_SHEET, name, NULL, NULL);
    }
    tr_xml_free(xml);
    return status;
}

static int read_parts(struct reading *in, struct tr_archive *archive, struct tr_err *err)
{
    int status;

    in->elements = docx;
    in->marked = true;
    status = read_part(in, archive, "word/document.xml", err);
    if (status > 0 && (status = read_part(in, archive, "word/comments.xml", err)) >= 0)
        status = read_part(in, archive, "docProps/custom.xml", err);
    else if (status == 0) {
        in->elements = odt;
        in->marked = false;
        status = read_part(in, archive, "content.xml", err);
        if (status == 0)
            return tr_err_set(err, TR_E_FILLED_KIND, NULL, NULL, NULL);
        in->marked = true; /* other text of meta.xml says nothing */
        if (status > 0)
            status = read_part(in, archive, "meta.xml", err);
    }
    return status < 0 ? -1 : 0;
}

int tr_filled_read(struct tr_filled *f, int fd, struct tr_err *err)
{
    struct tr_archive *archive = tr_archive_open(fd, TR_STR(""), err);
    struct reading *in = calloc(1, sizeof *in);
    int status = -1;

    *f = (struct tr_filled){0};
    if (!in) {
        tr_err_memory(err);
    } else if (!archive) {
        if (err->code == TR_E_SHEET) /* no archive at all */
            tr_err_set(err, TR_E_FILLED_KIND, NULL, NULL, NULL);
    } else {
        in->f = f;
        status = read_parts(in, archive, err);
        f->form = tr_arena_copy(&f->text, tr_buf_slice(&in->form));
        if (status == 0 && (f->text.failed || f->blocks.failed || f->cells.failed ||
                            in->text.failed || in->comment.failed || in->form.failed || in->row.failed))
            status = tr_err_memory(err);
        tr_buf_clear(&in->text);
        tr_buf_clear(&in->comment);
        tr_buf_clear(&in->form);
        tr_buf_clear(&in->row);
    }
    free(in);
    tr_archive_close(archive);
    return status;
}

void tr_filled_clear(struct tr_filled *f)
{
    tr_buf_clear(&f->blocks);
    tr_buf_clear(&f->cells);
    tr_arena_clear(&f->text);
    *f = (struct tr_filled){0};
}
