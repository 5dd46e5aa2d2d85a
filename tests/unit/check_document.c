/* Documents: the tree that is built, what every writer makes of empty and odd trees, and that no text
 * becomes anything but text in any of them. */
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
static void start(void)
{
    struct tr_err err;

    if (!profile.paths)
        ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
    tr_document_start(&d, &profile, TR_NB, TR_STR("C-1"), TR_STR("Etaten"), TR_STR("2026-11-21"));
}

static void open_node(enum tr_node_kind kind, int level, const char *text)
{
    tr_document_open(&d, kind, level, tr_str(text));
}

static void run(enum tr_node_kind kind, int level, const char *text)
{
    tr_document_run(&d, kind, level, tr_str(text));
}

static void say(enum tr_node_kind kind, int level, const char *text)
{
    tr_document_say(&d, kind, level, tr_str(text));
}

static void end_node(void)
{
    tr_document_close(&d);
}

static void write_as(enum tr_lang lang, int format, struct tr_buf *to)
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

/* ---- the tree ---- */

START_TEST(tree)
{
    start();
    say(TR_D_HEADING, 1, "Tittel");
    open_node(TR_D_TABLE, 0, "2|1");
    open_node(TR_D_ROW, 1, "");
    say(TR_D_CELL, 0, "a");
    say(TR_D_CELL, 0, "b");
    end_node();
    end_node();
    open_node(TR_D_PARAGRAPH, 0, "");
    run(TR_D_TEXT, 0, "en\nto\r\n\ntre\n");
    run(TR_D_BOX, 1, "");
    end_node();

    static const struct {
        enum tr_node_kind kind;
        int level;
        uint32_t end;
        const char *text;
    } want[] = {
        {TR_D_HEADING, 1, 2, ""}, {TR_D_TEXT, 0, 2, "Tittel"},
        {TR_D_TABLE, 0, 8, "2|1"}, {TR_D_ROW, 1, 8, ""},
        {TR_D_CELL, 0, 6, ""}, {TR_D_TEXT, 0, 6, "a"},
        {TR_D_CELL, 0, 8, ""}, {TR_D_TEXT, 0, 8, "b"},
        {TR_D_PARAGRAPH, 0, 17, ""}, {TR_D_TEXT, 0, 10, "en"},
        {TR_D_BREAK, 0, 11, ""}, {TR_D_TEXT, 0, 12, "to"},
        {TR_D_BREAK, 0, 13, ""}, {TR_D_BREAK, 0, 14, ""},
        {TR_D_TEXT, 0, 15, "tre"}, {TR_D_BREAK, 0, 16, ""},
        {TR_D_BOX, 1, 17, ""},
    };
    ck_assert_uint_eq(d.n, COUNT(want));
    ck_assert_int_eq(d.depth, 0);
    for (uint32_t i = 0; i < d.n; i++) {
        ck_assert_msg(d.node[i].kind == want[i].kind && d.node[i].level == want[i].level &&
                          d.node[i].end == want[i].end && tr_str_is(d.node[i].text, want[i].text),
                      "node %u: %d, level %d, to %u, '%s'", i, d.node[i].kind, d.node[i].level,
                      d.node[i].end, show(d.node[i].text));
    }
    ck_slice_eq(d.title, "Tittel");
    ck_slice_eq(d.reference, "C-1");
    tr_document_clear(&d);
}
END_TEST

/* Texts belong to the document, and are harmless in it. */
START_TEST(texts_are_kept)
{
    char text[] = "a\x1B[31mb\tc\u202Ed";

    start();
    open_node(TR_D_PARAGRAPH, 0, "");
    run(TR_D_STRONG, 0, text);
    end_node();
    memset(text, 'Z', sizeof text - 1);
    ck_assert_msg(!memchr(d.node[1].text.p, '\x1B', d.node[1].text.len) &&
                      !memchr(d.node[1].text.p, 'Z', d.node[1].text.len) &&
                      !memchr(d.node[1].text.p, '\t', d.node[1].text.len) &&
                      !memmem(d.node[1].text.p, d.node[1].text.len, "\u202E", 3),
                  "%s", show(d.node[1].text));
    tr_document_clear(&d);
}
END_TEST

START_TEST(foot)
{
    struct tr_buf b = {0};

    start();
    tr_document_foot(&d, &b);
    ck_assert_str_eq(tr_buf_z(&b), "Etaten · Referanse: C-1 · 21.11.2026");
    tr_document_clear(&d);
    b.len = 0;
    tr_document_start(&d, &profile, TR_EN, TR_STR(""), TR_STR(""), TR_STR("2026-11-21"));
    tr_document_foot(&d, &b);
    ck_assert_str_eq(tr_buf_z(&b), "21\u00A0November\u00A02026");
    tr_document_clear(&d);
    b.len = 0;
    tr_document_start(&d, &profile, TR_NB, TR_STR(""), TR_STR(""), TR_STR(""));
    tr_document_foot(&d, &b);
    ck_assert_uint_eq(b.len, 0);
    tr_document_clear(&d);
    tr_buf_clear(&b);
}
END_TEST

START_TEST(formats)
{
    for (int f = 0; f < TR_N_DOCUMENT_FORMATS; f++)
        ck_assert_ptr_eq(tr_document_format_find(tr_document_names[f]), &tr_document_formats[f]);
    ck_assert_ptr_null(tr_document_names[TR_N_DOCUMENT_FORMATS]);
    ck_assert_ptr_null(tr_document_format_find("doc"));
    ck_assert_ptr_null(tr_document_format_find(""));
}
END_TEST

/* ---- what must hold of any output ---- */

/* Well-formed UTF-8 without control characters but line ends, or marks that turn text around. */
static void expect_plain(struct tr_str s, const char *what)
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
static const char *take_tag(const char *p, const char **name, size_t *len, bool *closing)
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
static void expect_html(const char *html)
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
static bool unescaped(const char *text, const char *mark)
{
    for (const char *p = text; (p = strstr(p, mark)); p++)
        if (p == text || p[-1] != '\\')
            return true;
    return false;
}

/* No HTML but <br> and <strong>; no mark that is not escaped, where text from outside could stand. */
static void expect_markdown(const char *text)
{
    static const char *const marks[] = {"](", "]:", "][", "`", "~", "$", "@"};

    for (const char *p = text; (p = strchr(p, '<')); p++)
        ck_assert_msg(strncmp(p, "<br>", 4) == 0 || strncmp(p, "<strong>", 8) == 0 ||
                          strncmp(p, "</strong>", 9) == 0,
                      "%.60s", p);
    for (size_t i = 0; i < COUNT(marks); i++)
        ck_assert_msg(!unescaped(text, marks[i]), "%s", marks[i]);
}

static void expect_written(int format, const struct tr_buf *b)
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
    default:
        break;
    }
}

/* In every format, twice; then it is cleared. */
static void write_all(void)
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

/* ---- odd trees ---- */

static void add_table(const char *widths, int heads, int rows, int columns)
{
    open_node(TR_D_TABLE, 0, widths);
    for (int r = 0; r < heads + rows; r++) {
        open_node(TR_D_ROW, r < heads, "");
        for (int c = 0; c < columns + (rows > 2 ? r % 3 - 1 : 0); c++)
            say(TR_D_CELL, 0, c % 2 ? "" : "celle");
        end_node();
    }
    end_node();
}

static void odd_empty(void)
{
}

static void odd_blocks(void)
{
    static const enum tr_node_kind kinds[] = {TR_D_HEADING, TR_D_PARAGRAPH, TR_D_LIST, TR_D_PAIRS,
                                              TR_D_TABLE,   TR_D_FRAME};

    for (size_t i = 0; i < COUNT(kinds); i++) {
        open_node(kinds[i], 1, ""); /* with nothing in it */
        end_node();
    }
    say(TR_D_HEADING, 1, "");
    say(TR_D_HEADING, 3, "tre før to");
    say(TR_D_HEADING, 0, "null");
    say(TR_D_HEADING, 9, "ni");
    say(TR_D_HEADING, -1, "under null");
    say(TR_D_PARAGRAPH, 0, " ");
    say(TR_D_PARAGRAPH, 0, "\n\n\n");
}

static void odd_parts(void)
{
    open_node(TR_D_LIST, 0, "");
    open_node(TR_D_ITEM, 0, "");
    end_node();
    say(TR_D_ITEM, 0, "");
    say(TR_D_ITEM, 0, "en");
    end_node();
    open_node(TR_D_PAIRS, 0, "");
    open_node(TR_D_PAIR, 0, "");
    end_node();
    open_node(TR_D_PAIR, 0, "bare navn");
    end_node();
    open_node(TR_D_PAIR, 0, "");
    run(TR_D_TEXT, 0, "bare verdi");
    end_node();
    end_node();
    open_node(TR_D_TABLE, 0, "");
    open_node(TR_D_ROW, 0, "");
    end_node();
    open_node(TR_D_ROW, 1, "");
    end_node();
    end_node();
}

static void odd_tables(void)
{
    static const char *const widths[] = {"",      "1",       "0|0|0",   "|",  "x|y|z", "999999999999|1|1",
                                         "1|2|3", "1|2|3|4", "-1|2|-3", "||", "1|2|"};

    for (size_t i = 0; i < COUNT(widths); i++) {
        add_table(widths[i], 1, 3, 3);
        add_table(widths[i], 0, 1, 3);
        add_table(widths[i], 2, 0, 2);
    }
    add_table("", 1, 4, 1);
    add_table("", 3, 200, 4); /* several pages */
    add_table("1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1|1", 1, 3, 30);
}

static void odd_blanks(void)
{
    static const int levels[] = {-1, 0, 1, 2, 60, 10000};

    for (size_t i = 0; i < COUNT(levels); i++) {
        open_node(TR_D_PARAGRAPH, 0, "");
        run(TR_D_BLANK, levels[i], "");
        run(TR_D_BLANK, levels[i], "hva");
        run(TR_D_BOX, levels[i], "");
        run(TR_D_BREAK, 0, "");
        run(TR_D_BREAK, 0, "");
        run(TR_D_TEXT, 0, "bak");
        run(TR_D_BOX, 1, "");
        run(TR_D_STRONG, 0, "sterk");
        run(TR_D_BLANK, levels[i], "hva");
        end_node();
        open_node(TR_D_TABLE, 0, "1|1");
        open_node(TR_D_ROW, 0, "");
        open_node(TR_D_CELL, 0, "");
        run(TR_D_BLANK, levels[i], "hva");
        end_node();
        open_node(TR_D_CELL, 0, "");
        run(TR_D_BOX, levels[i], "");
        end_node();
        end_node();
        end_node();
    }
}

static void odd_frames(void)
{
    for (int i = 0; i < TR_DOCUMENT_DEPTH - 2; i++)
        open_node(TR_D_FRAME, 0, "");
    say(TR_D_PARAGRAPH, 0, "innerst");
    open_node(TR_D_LIST, 0, "");
    say(TR_D_ITEM, 0, "en");
    end_node();
    for (int i = 0; i < TR_DOCUMENT_DEPTH - 2; i++)
        end_node();
    open_node(TR_D_FRAME, 0, "");
    add_table("", 1, 120, 3); /* a frame over several pages */
    open_node(TR_D_FRAME, 0, "");
    end_node();
    end_node();
}

static void odd_lengths(void)
{
    struct tr_buf long_text = {0};

    for (int i = 0; i < 10000; i++)
        tr_buf_text(&long_text, i % 7 == 6 ? " " : "å");
    say(TR_D_HEADING, 1, tr_buf_z(&long_text));
    say(TR_D_PARAGRAPH, 0, tr_buf_z(&long_text));
    long_text.len = 0;
    for (int i = 0; i < 10000; i++)
        tr_buf_text(&long_text, "W"); /* and no place to break */
    say(TR_D_PARAGRAPH, 0, tr_buf_z(&long_text));
    say(TR_D_HEADING, 2, tr_buf_z(&long_text));
    open_node(TR_D_TABLE, 0, "1|1|1|1");
    open_node(TR_D_ROW, 1, "");
    say(TR_D_CELL, 0, "hode");
    end_node();
    open_node(TR_D_ROW, 0, "");
    say(TR_D_CELL, 0, "");
    say(TR_D_CELL, 0, tr_buf_z(&long_text));
    end_node();
    end_node();
    open_node(TR_D_PAIRS, 0, "");
    open_node(TR_D_PAIR, 0, tr_buf_z(&long_text));
    run(TR_D_STRONG, 0, tr_buf_z(&long_text));
    end_node();
    end_node();
    open_node(TR_D_LIST, 0, "");
    say(TR_D_ITEM, 0, tr_buf_z(&long_text));
    end_node();
    tr_buf_clear(&long_text);
}

static void (*const odd[])(void) = {odd_empty,  odd_blocks, odd_parts,  odd_tables,
                                    odd_blanks, odd_frames, odd_lengths};

START_TEST(odd_trees)
{
    start();
    odd[_i]();
    write_all();
    if (_i == 0) { /* with nothing at all to say at the foot either */
        tr_document_start(&d, &profile, TR_NB, TR_STR(""), TR_STR(""), TR_STR(""));
        write_all();
    }
}
END_TEST

/* ---- hostile texts ---- */

static const char *const hostile[] = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" onmouseover=\"alert(1)",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<!-- --><![CDATA[ ]]>",
    "&lt;script&gt; &amp; &#60;",
    "content:\"\";} body{background:url(http://example.no/x)}",
    "\x1B[31mrød\x1B[0m",
    "\x1B]0;tittel\x07",
    "\xC2\x9B" "31m",
    "\x7F\x08\x08",
    "a\u202Egpj.exe",
    "\u2066a\u2069\u200E\u200F",
    "linje\u2028linje\u2029",
    "\uFEFFbom",
    "# overskrift",
    "## overskrift ##",
    "- punkt",
    "+ punkt",
    "* punkt",
    "1. punkt",
    "1) punkt",
    "12345. punkt",
    "> sitat",
    "| a | b |",
    "|---|---|",
    "```\nkode\n```",
    "~~~",
    "---",
    "===",
    "***",
    "**fet** _kursiv_ `kode` ~~strek~~",
    "[lenke](javascript:alert(1))",
    "![bilde](http://example.no/x.png)",
    "[x]: http://example.no",
    "[^1]: note",
    "<http://example.no>",
    "@alle #1 $x$ $$y$$",
    "    kode",
    "\tkode",
    "\\",
    "slutter med \\",
    "{{mal}} ${x} %s %n",
    ": definisjon",
    "a\n# b\n- c\n1. d\n> e\n| f |",
    "\r\n\r\nto\r\n",
    "",
    " ",
    "\xC3",
    "\xFF\xFE\xC0\xAF",
    "\xED\xA0\x80",
    "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
    "áčđŋšŧž ÆØÅ æøå",
};

/* The text wherever a document takes one. */
static void add_everywhere(const char *text)
{
    static const enum tr_node_kind runs[] = {TR_D_TEXT, TR_D_STRONG, TR_D_BLANK, TR_D_BOX};

    say(TR_D_HEADING, 1, text);
    say(TR_D_HEADING, 2, text);
    say(TR_D_HEADING, 3, text);
    for (size_t first = 0; first < COUNT(runs); first++)
        for (size_t second = 0; second < COUNT(runs); second++) {
            open_node(TR_D_PARAGRAPH, 0, "");
            run(runs[first], 1, text);
            run(runs[second], 0, text);
            run(TR_D_BREAK, 0, "");
            run(runs[first], 0, text);
            end_node();
        }
    open_node(TR_D_LIST, 0, text);
    say(TR_D_ITEM, 0, text);
    open_node(TR_D_ITEM, 0, text);
    run(TR_D_BOX, 1, "");
    run(TR_D_TEXT, 0, text);
    end_node();
    end_node();
    open_node(TR_D_PAIRS, 0, text);
    open_node(TR_D_PAIR, 0, text);
    run(TR_D_STRONG, 0, text);
    run(TR_D_TEXT, 0, text);
    end_node();
    end_node();
    open_node(TR_D_TABLE, 0, text);
    for (int r = 0; r < 3; r++) {
        open_node(TR_D_ROW, r == 0, text);
        say(TR_D_CELL, 0, text);
        say(TR_D_CELL, 0, "x");
        say(TR_D_CELL, 0, text);
        end_node();
    }
    end_node();
    open_node(TR_D_FRAME, 0, text);
    say(TR_D_HEADING, 2, text);
    say(TR_D_PARAGRAPH, 0, text);
    end_node();
}

START_TEST(hostile_texts)
{
    start();
    tr_document_clear(&d);
    tr_document_start(&d, &profile, (enum tr_lang)(_i % TR_N_LANGS), tr_str(hostile[_i]), tr_str(hostile[_i]),
                      tr_str(hostile[_i]));
    add_everywhere(hostile[_i]);
    write_all();
}
END_TEST

/* In Markdown, what begins a line in the input begins none as markup: each stands in a paragraph of its
 * own, below which another stands. */
START_TEST(inert_in_markdown)
{
    static const char *const begins[] = {"#", "-", "+", "*", "=", ">", "|", "`", "~", ":", "\t", "    ", "<"};
    struct tr_buf b = {0};

    for (size_t i = 0; i < COUNT(hostile); i++) {
        struct tr_str rest, line;

        start();
        say(TR_D_PARAGRAPH, 0, hostile[i]);
        open_node(TR_D_PARAGRAPH, 0, "");
        run(TR_D_TEXT, 0, "foran");
        run(TR_D_BREAK, 0, "");
        run(TR_D_TEXT, 0, hostile[i]);
        end_node();
        d.author = d.reference = d.day = (struct tr_str){"", 0};
        write_as(TR_NB, TR_DOCUMENT_MARKDOWN, &b);
        rest = tr_buf_slice(&b);
        while (tr_str_part(&rest, '\n', &line)) {
            size_t n = 0;

            for (size_t k = 0; k < COUNT(begins); k++)
                ck_assert_msg(line.len < strlen(begins[k]) || memcmp(line.p, begins[k], strlen(begins[k])) != 0,
                              "'%s' begins a line: %.*s", hostile[i], (int)line.len, line.p);
            while (n < line.len && line.p[n] >= '0' && line.p[n] <= '9')
                n++;
            ck_assert_msg(n == 0 || n == line.len || (line.p[n] != '.' && line.p[n] != ')'), "a list: %.*s",
                          (int)line.len, line.p);
        }
        tr_document_clear(&d);
    }
    tr_buf_clear(&b);
}
END_TEST

/* A cell stays a cell, whatever is in it. */
START_TEST(cells_in_markdown)
{
    struct tr_buf b = {0};

    for (size_t i = 0; i < COUNT(hostile); i++) {
        struct tr_str rest, line;

        start();
        open_node(TR_D_TABLE, 0, "");
        for (int r = 0; r < 2; r++) {
            open_node(TR_D_ROW, r == 0, "");
            say(TR_D_CELL, 0, hostile[i]);
            say(TR_D_CELL, 0, hostile[i]);
            end_node();
        }
        end_node();
        d.author = d.reference = d.day = (struct tr_str){"", 0};
        write_as(TR_NB, TR_DOCUMENT_MARKDOWN, &b);
        rest = tr_buf_slice(&b);
        while (tr_str_part(&rest, '\n', &line)) {
            int bars = 0;

            for (size_t k = 0; k < line.len; k++)
                bars += line.p[k] == '|' && (k == 0 || line.p[k - 1] != '\\');
            ck_assert_msg(line.len == 0 || bars == 3, "'%s': %.*s", hostile[i], (int)line.len, line.p);
        }
        tr_document_clear(&d);
    }
    tr_buf_clear(&b);
}
END_TEST

/* ---- any tree ---- */

static const char *any_text(void)
{
    return random_below(3) ? hostile[random_below(COUNT(hostile))] : "Noen ord om noe.";
}

static void add_runs(void)
{
    static const enum tr_node_kind runs[] = {TR_D_TEXT, TR_D_TEXT, TR_D_STRONG, TR_D_BLANK, TR_D_BOX, TR_D_BREAK};

    for (uint32_t n = random_below(5); n > 0; n--)
        run(runs[random_below(COUNT(runs))], (int)random_below(4) - 1, any_text());
}

static void add_block(int depth)
{
    uint32_t kind = random_below(depth < 4 ? 6 : 5), parts = random_below(5);

    switch (kind) {
    case 0:
    case 1:
        open_node(kind ? TR_D_PARAGRAPH : TR_D_HEADING, 1 + (int)random_below(3), any_text());
        add_runs();
        break;
    case 2:
    case 3:
        open_node(kind == 2 ? TR_D_LIST : TR_D_PAIRS, 0, any_text());
        for (; parts > 0; parts--) {
            open_node(kind == 2 ? TR_D_ITEM : TR_D_PAIR, 0, any_text());
            add_runs();
            end_node();
        }
        break;
    case 4:
        open_node(TR_D_TABLE, 0, random_below(2) ? "3|1|2" : any_text());
        for (uint32_t r = 0; r < parts; r++) {
            open_node(TR_D_ROW, (int)random_below(r + 1) == 0, any_text());
            for (uint32_t c = random_below(5); c > 0; c--) {
                open_node(TR_D_CELL, 0, any_text());
                add_runs();
                end_node();
            }
            end_node();
        }
        break;
    default:
        open_node(TR_D_FRAME, 0, any_text());
        for (; parts > 0; parts--)
            add_block(depth + 1);
    }
    end_node();
}

START_TEST(any_trees)
{
    for (int round = 0; round < 150; round++) {
        start();
        for (uint32_t blocks = random_below(12); blocks > 0; blocks--)
            add_block(0);
        write_all();
    }
}
END_TEST

/* What a document says comes out in words in every language's frame. */
START_TEST(languages)
{
    static const char *const tags[TR_N_LANGS] = {"<html lang=\"nb\">", "<html lang=\"nn\">", "<html lang=\"en\">"};
    struct tr_buf b = {0};

    for (int lang = 0; lang < TR_N_LANGS; lang++) {
        start();
        say(TR_D_HEADING, 1, "Čáhppes & ærlig");
        write_as((enum tr_lang)lang, TR_DOCUMENT_HTML, &b);
        ck_assert(strstr(tr_buf_z(&b), tags[lang]));
        ck_assert(strstr(tr_buf_z(&b), "<title>Čáhppes &amp; ærlig</title>"));
        write_as((enum tr_lang)lang, TR_DOCUMENT_TEXT, &b);
        ck_assert(strstr(tr_buf_z(&b), "Čáhppes & ærlig\n"));
        tr_document_clear(&d);
    }
    tr_buf_clear(&b);
}
END_TEST

MAIN("document", {tree}, {texts_are_kept}, {foot}, {formats}, {odd_trees, COUNT(odd)},
     {hostile_texts, COUNT(hostile)}, {inert_in_markdown}, {cells_in_markdown}, {any_trees}, {languages})
