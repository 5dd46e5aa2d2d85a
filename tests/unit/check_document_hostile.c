/* Documents: no text gets out of its place in any format, and no tree makes a writer fail. */
#include "document.h"

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

MAIN("document_hostile", {hostile_texts, COUNT(hostile)}, {inert_in_markdown}, {cells_in_markdown},
     {any_trees})
