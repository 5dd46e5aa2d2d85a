/* What the tests of documents share: building one, writing it in every format, and what must hold of any
 * output. */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include "unit.h"

#include "base/utf8.h"
#include "doc/document/document_writer.h"

/* The library of fonts keeps what it has read until the program ends. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}

static struct tr_profile profile;
static struct tr_document d;

/* Starts a document; the profile is loaded once. */
static inline void start(void)
{
    struct tr_err err;

    if (!profile.paths)
        ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
    tr_document_start(&d, &profile, TR_NB, TR_STR("C-1"), TR_STR("Etaten"), TR_STR("2026-11-21"));
}

static inline void open_node(enum tr_node_kind kind, int level, const char *text)
{
    tr_document_open(&d, kind, level, tr_str(text));
}

static inline void run(enum tr_node_kind kind, int level, const char *text)
{
    tr_document_run(&d, kind, level, tr_str(text));
}

static inline void say(enum tr_node_kind kind, int level, const char *text)
{
    tr_document_say(&d, kind, level, tr_str(text));
}

static inline void end_node(void)
{
    tr_document_close(&d);
}

static inline void write_as(enum tr_lang lang, int format, struct tr_buf *to)
{
    struct tr_out out;
    struct tr_err err;

    d.lang = lang;
    tr_out_init(&out, -1, "text");
    if (tr_document_formats[format].write(&d, &out, &err) < 0)
        ck_abort_msg("%s: %s %s", tr_document_formats[format].name, tr_code_name(err.code), err.arg[1]);
    ck_assert(!out.buf.failed);
    to->len = 0;
    tr_buf_str(to, tr_buf_slice(&out.buf));
    out.buf.len = 0;
    ck_assert_int_eq(tr_out_close(&out, &err), 0);
    ck_assert(!to->failed);
}

/* ---- what must hold of any output ---- */

/* Well-formed UTF-8 without control characters but line ends, or marks that turn text around. */
static inline void expect_plain(struct tr_str s, const char *what)
{
    static const char *const turns[] = {"\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E",
                                        "\u2066", "\u2067", "\u2068", "\u2069", "\uFEFF"};
    bool wide = false, marks = false;

    ck_assert_msg(tr_utf8_valid(s.p, s.len, &wide, &marks) == s.len, "%s is no UTF-8", what);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];

        ck_assert_msg((c >= ' ' || c == '\n') && c != 0x7F && !(c == 0xC2 && (unsigned char)s.p[i + 1] < 0xA0),
                      "%s holds the byte %02x at %zu", what, c, i);
    }
    for (size_t i = 0; s.len > 0 && i < COUNT(turns); i++)
        ck_assert_msg(!memmem(s.p, s.len, turns[i], strlen(turns[i])), "%s holds mark %zu", what, i);
}

enum { DEPTH = 64 };

/* Takes <name ...> or </name> at p. */
static inline const char *take_tag(const char *p, const char **name, size_t *len, bool *closing)
{
    char quote = 0;

    *closing = p[1] == '/';
    *name = p += 1 + *closing;
    while ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9'))
        p++;
    *len = (size_t)(p - *name);
    for (; *p && (quote || *p != '>'); p++) {
        ck_assert_msg(*p != '<', "a < within a tag: %.60s", *name);
        ck_assert_msg(quote || (strncmp(p, " on", 3) != 0 && strncmp(p, "src=", 4) != 0 &&
                                strncmp(p, "href=", 5) != 0),
                      "%.80s", *name);
        quote = *p == '"' ? (quote ? 0 : '"') : quote;
    }
    ck_assert_msg(*p == '>', "a tag without end: %.60s", *name);
    return p + 1;
}

/* Every tag is one that the writer uses, and is closed in turn; nothing is asked for or run. */
static inline void expect_html(const char *html)
{
    static const char *const known[] = {
        "html", "head", "title", "style", "body", "main", "footer", "h1",     "h2",   "h3",  "p",     "ul",  "li",
        "dl",   "dt",   "dd",    "div",   "table", "colgroup", "thead", "tbody", "tr", "th", "td", "span", "strong",
        "small"};
    static const char *const empty[] = {"meta", "br", "col"};
    struct tr_str open[DEPTH];
    int depth = 0;

    ck_assert(strncmp(html, "<!DOCTYPE html>\n<html lang=\"", 28) == 0);
    for (const char *p = strchr(html + 1, '<'); p; p = strchr(p, '<')) {
        const char *from = p, *name;
        bool closing, found = false, single = false;
        size_t len;

        p = take_tag(p, &name, &len, &closing);
        for (size_t i = 0; i < COUNT(known); i++)
            found |= len == strlen(known[i]) && memcmp(known[i], name, len) == 0;
        for (size_t i = 0; i < COUNT(empty); i++)
            single |= len == strlen(empty[i]) && memcmp(empty[i], name, len) == 0;
        ck_assert_msg(found || (single && !closing), "no such tag: %.60s", from);
        if (single)
            continue;
        if (!closing) {
            ck_assert_int_lt(depth, DEPTH);
            open[depth++] = (struct tr_str){name, len};
        } else {
            ck_assert_msg(depth > 0 && tr_str_eq(open[depth - 1], (struct tr_str){name, len}),
                          "closed out of turn: %.60s", from);
            depth--;
        }
    }
    ck_assert_int_eq(depth, 0);
    open[0].p = strstr(html, "<style>");
    open[0].len = (size_t)(strstr(html, "</style>") - open[0].p);
    ck_assert(!memmem(open[0].p, open[0].len, "url(", 4) && !memmem(open[0].p, open[0].len, "@import", 7));
}

/* Whether the mark stands somewhere without a backslash before it. */
static inline bool unescaped(const char *text, const char *mark)
{
    for (const char *p = text; (p = strstr(p, mark)); p++)
        if (p == text || p[-1] != '\\')
            return true;
    return false;
}

/* No HTML but <br> and <strong>; no mark that is not escaped, where text from outside could stand. */
static inline void expect_markdown(const char *text)
{
    static const char *const marks[] = {"](", "]:", "][", "`", "~", "$", "@"};

    for (const char *p = text; (p = strchr(p, '<')); p++)
        ck_assert_msg(strncmp(p, "<br>", 4) == 0 || strncmp(p, "<strong>", 8) == 0 ||
                          strncmp(p, "</strong>", 9) == 0,
                      "%.60s", p);
    for (size_t i = 0; i < COUNT(marks); i++)
        ck_assert_msg(!unescaped(text, marks[i]), "%s", marks[i]);
}

static inline void expect_written(int format, const struct tr_buf *b)
{
    const char *name = tr_document_formats[format].name;
    struct tr_str s = tr_buf_slice(b);

    if (!tr_document_formats[format].binary)
        expect_plain(s, name);
    switch (format) {
    case TR_DOCUMENT_HTML:
        expect_html(s.p);
        break;
    case TR_DOCUMENT_MARKDOWN:
        if (s.len > 0)
            expect_markdown(s.p);
        break;
    case TR_DOCUMENT_PDF:
        ck_assert(s.len > 100 && memcmp(s.p, "%PDF-", 5) == 0 && memmem(s.p + s.len - 10, 10, "%%EOF", 5));
        break;
    case TR_DOCUMENT_ODT:
        ck_assert(s.len > 100 && memcmp(s.p, "PK\x03\x04", 4) == 0 &&
                  memcmp(s.p + 30, "mimetypeapplication/vnd.oasis.opendocument.text", 47) == 0);
        break;
    case TR_DOCUMENT_DOCX:
        ck_assert(s.len > 100 && memcmp(s.p, "PK\x03\x04", 4) == 0 && memcmp(s.p + 30, "[Content_Types].xml", 19) == 0);
        break;
    default:
        break;
    }
}

/* In every format, twice; then it is cleared. */
static inline void write_all(void)
{
    struct tr_buf once = {0}, twice = {0};

    ck_assert_int_eq(d.depth, 0);
    for (int f = 0; f < TR_N_DOCUMENT_FORMATS; f++) {
        write_as(TR_NB, f, &once);
        if (f == TR_DOCUMENT_HTML || f == TR_DOCUMENT_MARKDOWN)
            ck_assert_ptr_nonnull(tr_buf_z(&once));
        expect_written(f, &once);
        write_as(TR_NB, f, &twice);
        ck_assert_msg(tr_str_eq(tr_buf_slice(&once), tr_buf_slice(&twice)), "%s", tr_document_formats[f].name);
    }
    tr_buf_clear(&once);
    tr_buf_clear(&twice);
    tr_document_clear(&d);
}

#endif
