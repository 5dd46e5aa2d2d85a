/* Documents: the tree that is built, and what every writer makes of empty and odd trees. */
#include "document.h"

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

MAIN("document", {tree}, {texts_are_kept}, {foot}, {formats}, {odd_trees, COUNT(odd)}, {languages})
