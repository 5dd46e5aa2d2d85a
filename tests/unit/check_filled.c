/* What documents of Word and LibreOffice say, however the programs that saved them wrapped it. Whole forms are in
 * cli/filled.t. */
#include "unit.h"

#include <fcntl.h>
#include "base/archive.h"
#include "doc/filled/filled.h"

static void add(struct tr_buf *out, const char *before, struct tr_str s)
{
    tr_buf_text(out, before);
    for (size_t i = 0; i < s.len; i++)
        tr_buf_char(out, (char)(s.p[i] == '\n' ? '/' : s.p[i]));
}

/* The blocks of a document as lines: P, R with a bar before each cell, or C, and what they say. */
static void say(const struct tr_filled *f, struct tr_buf *out)
{
    static const char *const kinds[] = {[TR_FILLED_PARAGRAPH] = "P", [TR_FILLED_ROW] = "R", [TR_FILLED_COMMENT] = "C"};

    out->len = 0;
    for (uint32_t i = 0; i < tr_filled_count(f); i++) {
        const struct tr_filled_block *b = tr_filled_block(f, i);

        tr_buf_text(out, kinds[b->kind]);
        for (uint32_t c = 0; c < b->n; c++)
            add(out, "|", tr_filled_cell(f, b, c));
        tr_buf_char(out, '\n');
    }
}

/* The document with these parts must say this. */
static void reads(const char *const name[], const char *const text[], int n, const char *expected)
{
    struct tr_archive_part part[4] = {0};
    struct tr_filled f;
    struct tr_out out = {.fd = -1};
    struct tr_buf said = {0};
    struct tr_err err;
    int fd;

    for (int i = 0; i < n; i++) {
        part[i].name = name[i];
        tr_buf_text(&part[i].text, text[i]);
    }
    ck_assert_int_eq(tr_archive_write(part, n, tr_str("2026-11-29"), &out, &err), 0);
    fd = open(file_of(out.buf.p, out.buf.len), O_RDONLY);
    ck_assert_int_eq(tr_filled_read(&f, fd, &err), 0);
    say(&f, &said);
    ck_slice_eq(tr_buf_slice(&said), expected);
    close(fd);
    tr_filled_clear(&f);
    for (int i = 0; i < n; i++)
        tr_buf_clear(&part[i].text);
    tr_buf_clear(&out.buf);
    tr_buf_clear(&said);
}

#define T(text) "<w:r><w:t xml:space='preserve'>" text "</w:t></w:r>"
#define P(runs) "<w:p>" runs "</w:p>"
#define SDT(about, content) "<w:sdt><w:sdtPr>" about "</w:sdtPr><w:sdtContent>" content "</w:sdtContent></w:sdt>"
#define PROMPTING "<w:showingPlcHdr/>"
#define TC(blocks) "<w:tc><w:tcPr/>" blocks "</w:tc>"
#define TR(cells) "<w:tr>" cells "</w:tr>"
#define TBL(rows) "<w:tbl><w:tblPr/>" rows "</w:tbl>"

START_TEST(word)
{
    static const struct {
        const char *body, *expected;
    } table[] = {
        /* controls in controls, around runs, blocks, cells and rows */
        {P(T("a ") SDT("", SDT("<w:text/>", T("b")) T(" c"))), "P|a b c\n"},
        {SDT("", P(SDT(PROMPTING, T("Skriv her"))) P(T("under"))), "P|under\n"},
        {SDT("", SDT(PROMPTING, P(T("Skriv her"))) P(SDT("", T("svar")))), "P|svar\n"},
        {TBL(TR(SDT("", TC(P(T("a")))) TC(SDT("", SDT(PROMPTING, P(T("Velg"))))))), "R|a|\n"},
        {TBL(SDT("<w:date w:fullDate='2026-12-24T00:00:00Z'/>", TR(TC(P(T("a"))) TC(P(T("24.12.2026"))))) TR(TC(P(T("b"))))),
         "R|a|24.12.2026\nR|b\n"},
        /* rows that a repeating section added */
        {TBL(SDT("<w15:repeatingSection/>",
                 SDT("<w15:repeatingSectionItem/>", TR(TC(P(T("1"))) TC(P(SDT(PROMPTING, T("Velg"))))))
                     SDT("<w15:repeatingSectionItem/>", TR(TC(P(T("2"))) TC(P(SDT("", T("ja")))))))),
         "R|1|\nR|2|ja\n"},
        /* what Word puts between the letters of a word */
        {P(T("Fr") "<w:proofErr w:type='spellStart'/>" T("og") "<w:bookmarkStart w:id='0'/>" T("ner")), "P|Frogner\n"},
        {P("<w:smartTag w:element='place'><w:smartTagPr/>" T("Oslo") "</w:smartTag>" T(" sentrum")), "P|Oslo sentrum\n"},
        {P("<w:hyperlink r:id='x'>" T("a@example.no") "</w:hyperlink>"), "P|a@example.no\n"},
        {P("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:softHyphen/></w:r>"), "P|a-b c\n"},
        {P("<w:fldSimple w:instr='DATE'>" T("1.1.2026") "</w:fldSimple><w:r><w:instrText>PAGE</w:instrText></w:r>"), "P|1.1.2026\n"},
        {P("<mc:AlternateContent><mc:Choice Requires='wps'><w:r><wps:txbx><w:txbxContent>" P(T("i en boks"))
               "</w:txbxContent></wps:txbx></w:r></mc:Choice><mc:Fallback>" P(T("i en boks")) "</mc:Fallback></mc:AlternateContent>"),
         "P|i en boks\n"},
        /* tracked changes count as accepted */
        {P("<w:ins w:id='1'>" T("ny") "</w:ins><w:del w:id='2'><w:r><w:delText>gammel</w:delText></w:r></w:del>"
           "<w:moveFrom>" T("borte") "</w:moveFrom><w:moveTo>" T(" her") "</w:moveTo>"),
         "P|ny her\n"},
        {TBL("<w:tr><w:trPr><w:del w:id='3'/></w:trPr>" TC(P(T("borte"))) "</w:tr>" TR(TC(P(T("igjen"))))), "R|igjen\n"},
        /* boxes as symbols of a font */
        {P("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>" T(" ja ") "<w:r><w:sym w:font='Wingdings' w:char='F0A8'/></w:r>" T(" nei")),
         "P|\u2611 ja \u2610 nei\n"},
        {P("<w:r><w:sym w:font='MS Gothic' w:char='2612'/><w:sym w:font='Wingdings' w:char='F04A'/></w:r>"), "P|\u2612\n"},
    };
    static const char *const name[] = {"word/document.xml"};

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_buf text = {0};

        tr_buf_text(&text, "<w:document><w:body>");
        tr_buf_text(&text, table[i].body);
        tr_buf_text(&text, "</w:body></w:document>");
        reads(name, (const char *const[]){tr_buf_z(&text)}, 1, table[i].expected);
        tr_buf_clear(&text);
    }
}
END_TEST

/* Comments and notes are told apart from the text that they are about. */
START_TEST(notes)
{
    static const char *const parts[] = {"word/document.xml", "word/comments.xml", "word/footnotes.xml"};
    static const char *const in_word[] = {
        "<w:document><w:body>" P(T("svar") "<w:r><w:footnoteReference w:id='2'/></w:r>") "</w:body></w:document>",
        "<w:comments><w:comment w:id='0' w:author='x'>" P(T("spør henne")) "</w:comment></w:comments>",
        "<w:footnotes><w:footnote w:type='separator'>" P("<w:r><w:separator/></w:r>") "</w:footnote><w:footnote w:id='2'>"
        P("<w:r><w:footnoteRef/></w:r>" T("etter jul")) "</w:footnote></w:footnotes>"};
    static const char *const office[] = {"mimetype", "content.xml"};
    static const char *const in_office[] = {
        "application/vnd.oasis.opendocument.text",
        "<office:document-content><office:body><office:text><text:p>svar<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>etter jul</text:p></text:note-body></text:note>et</text:p></office:text></office:body>"
        "</office:document-content>"};

    reads(parts, in_word, COUNT(parts), "P|svar\nC|spør henne\nC|etter jul\n");
    reads(office, in_office, COUNT(office), "C|etter jul\nP|svaret\n");
}
END_TEST

MAIN("filled", {word}, {notes})
