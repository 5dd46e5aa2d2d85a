/* What numbers in spreadsheets mean, and small workbooks of odd kinds. Whole ones are in cli/workbook.t. */
#include "unit.h"

#include <fcntl.h>
#include "base/archive.h"
#include "record/sheet_own.h"

START_TEST(format_codes)
{
    static const struct {
        const char *code;
        enum tr_number_form form;
        int digits;
    } table[] = {
        {"General", TR_FORM_PLAIN},
        {"0", TR_FORM_PLAIN},
        {"0.00", TR_FORM_PLAIN},
        {"#,##0", TR_FORM_PLAIN},
        {"00000000000", TR_FORM_ZEROS, 11},
        {"0000", TR_FORM_ZEROS, 4},
        {"0000 00", TR_FORM_ZEROS, 6},
        {"000000\\ 00000", TR_FORM_ZEROS, 11},
        {"00\" \"00;-0", TR_FORM_ZEROS, 4},
        {"00.0", TR_FORM_PLAIN},
        {"00%", TR_FORM_PLAIN},
        {"00\" dager\"", TR_FORM_PLAIN},
        {"dd/mm/yyyy", TR_FORM_DATE},
        {"[$-414]d/ mmmm yyyy;@", TR_FORM_DATE},
        {"mmm yy", TR_FORM_DATE},
        {"mmmm", TR_FORM_DATE},
        {"yyyy\\-mm\\-dd\\ hh:mm", TR_FORM_BOTH},
        {"hh:mm:ss", TR_FORM_TIME},
        {"mm:ss", TR_FORM_TIME},
        {"[h]:mm", TR_FORM_TIME},
        {"[Red]0;[Blue]-0", TR_FORM_PLAIN},
        {"0\" dager\"", TR_FORM_PLAIN},
        {"\\d0", TR_FORM_PLAIN},
        {"_-* #,##0.00_-;d", TR_FORM_PLAIN},
        {"\"unfinished d", TR_FORM_PLAIN},
        {"[unfinished d", TR_FORM_PLAIN},
        {"", TR_FORM_PLAIN},
    };

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_number_style style = tr_number_style_of(table[i].code);

        ck_assert_msg(style.form == table[i].form && style.digits == table[i].digits, "%s: %d, %d", table[i].code,
                      (int)style.form, style.digits);
    }
}
END_TEST

START_TEST(numbers)
{
    static const struct {
        const char *number;
        enum tr_number_form form;
        int digits;
        bool from_1904;
        const char *expected;
    } table[] = {
        {"46327", TR_FORM_DATE, 0, false, "2026-11-01"},
        {"44865", TR_FORM_DATE, 0, true, "2026-11-01"},
        {"1", TR_FORM_DATE, 0, false, "1900-01-01"},
        {"59", TR_FORM_DATE, 0, false, "1900-02-28"},
        {"61", TR_FORM_DATE, 0, false, "1900-03-01"},
        {"46327.75", TR_FORM_BOTH, 0, false, "2026-11-01T18:00:00"},
        {"46327", TR_FORM_BOTH, 0, false, "2026-11-01"},
        {"46327.999999999", TR_FORM_BOTH, 0, false, "2026-11-02"},
        {"0.35416666666666669", TR_FORM_TIME, 0, false, "08:30:00"},
        {"1.5", TR_FORM_TIME, 0, false, "36:00:00"},
        {"-1", TR_FORM_DATE, 0, false, "-1"},
        {"99999999", TR_FORM_DATE, 0, false, "99999999"},
        {"8815715218", TR_FORM_ZEROS, 11, false, "08815715218"},
        {"301", TR_FORM_ZEROS, 4, false, "0301"},
        {"1.5", TR_FORM_ZEROS, 4, false, "1.5"},
        {"24", TR_FORM_PLAIN, 0, false, "24"},
        {"24.0", TR_FORM_PLAIN, 0, false, "24"},
        {"1.2345678901E10", TR_FORM_PLAIN, 0, false, "12345678901"},
        {"0.1", TR_FORM_PLAIN, 0, false, "0.1"},
        {"0.30000000000000004", TR_FORM_PLAIN, 0, false, "0.3"},
        {"-0", TR_FORM_PLAIN, 0, false, "0"},
        {"-7", TR_FORM_PLAIN, 0, false, "-7"},
        {"1e999", TR_FORM_PLAIN, 0, false, "1e999"},
        {"what", TR_FORM_DATE, 0, false, "what"},
        {"", TR_FORM_PLAIN, 0, false, ""},
    };

    for (size_t i = 0; i < COUNT(table); i++) {
        struct tr_buf out = {0};
        struct tr_number_style style = {table[i].form, table[i].digits};

        tr_number_show(tr_str(table[i].number), style, table[i].from_1904, &out);
        ck_slice_eq(tr_buf_slice(&out), table[i].expected);
        tr_buf_clear(&out);
    }
}
END_TEST

/* ---- workbooks ---- */

/* Reads the sheet with such a header of an archive with these parts as CSV. The code of what is wrong. */
static enum tr_code read_book(struct tr_archive_part *part, int n, const struct tr_sought *sought, struct tr_buf *csv,
                              struct tr_sheet_facts *facts)
{
    const struct tr_sheet_options options = {.sought = *sought};
    struct tr_sheet *s;
    struct tr_out out = {.fd = -1};
    struct tr_err err = {0};
    char piece[64];
    size_t got = 1;
    int fd;

    ck_assert_int_eq(tr_archive_write(part, n, tr_str("2026-11-29"), &out, &err), 0);
    fd = open(file_of(out.buf.p, out.buf.len), O_RDONLY);
    s = tr_sheet_open(fd, tr_buf_slice(&out.buf), &options, &err);
    csv->len = 0;
    while (s && got > 0 && tr_sheet_read(s, piece, sizeof piece, &got, &err) == 0)
        tr_buf_add(csv, piece, got);
    if (s)
        *facts = *tr_sheet_facts(s);
    facts->name = NULL; /* goes with the sheet */
    tr_sheet_close(s);
    close(fd);
    tr_buf_clear(&out.buf);
    return err.code;
}

static struct tr_archive_part part_of(const char *name, const char *text)
{
    struct tr_archive_part part = {.name = name};

    tr_buf_text(&part.text, text);
    return part;
}

#define MAIN_PART "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='/xl/workbook.xml'/></Relationships>"
#define BOOK "<workbook><sheets><sheet name='Guide' r:id='g'/><sheet name='Ark1' r:id='s'/></sheets></workbook>"
#define RELATED(more)                                                                                                \
    "<Relationships><Relationship Id='s' Type='x/worksheet' Target='../xl/./worksheets/a.xml'/>"                     \
    "<Relationship Id='g' Type='x/worksheet' Target='worksheets/../worksheets/g.xml'/>"                              \
    "<Relationship Id='t' Type='x/sharedStrings' Target='text.xml'/>" more "</Relationships>"
#define ROW(cells) "<row>" cells "</row>"
#define HEAD ROW("<c t='s'><v>0</v></c><c t='s'><v>1</v></c>")
#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"

static bool has_id(const void *cookie, const struct tr_str *cell, uint32_t n)
{
    (void)cookie;
    return n == 2 && tr_str_is(cell[0], "id") && tr_str_is(cell[1], "næste");
}

/* A book of two sheets, of which the second has the header, below a title. */
static enum tr_code read_xlsx(const char *rows, const char *relations, struct tr_buf *csv, struct tr_sheet_facts *facts)
{
    struct tr_archive_part part[] = {part_of("_rels/.rels", MAIN_PART),
                                     part_of("xl/workbook.xml", BOOK),
                                     part_of("xl/_rels/workbook.xml.rels", relations),
                                     part_of("xl/worksheets/a.xml", rows),
                                     part_of("xl/worksheets/g.xml", SHEET(ROW("<c><v>1</v></c>"))),
                                     part_of("xl/text.xml", "<sst><si><t>id</t></si><si><t> n_x00E6_ste</t></si></sst>")};
    const struct tr_sought sought = {has_id, NULL};
    enum tr_code code = read_book(part, COUNT(part), &sought, csv, facts);

    for (size_t i = 0; i < COUNT(part); i++)
        tr_buf_clear(&part[i].text);
    return code;
}

START_TEST(odd_workbooks)
{
    static const struct {
        const char *rows, *csv; /* NULL: the book is damaged */
    } table[] = {
        {SHEET(ROW("<c t='str'><v>a title</v></c>") HEAD), "a title\nid,\" næste\"\n"},
        {SHEET(HEAD ROW("<c t='d'><v>2026-11-02T13:05:00.000</v></c><c t='d'><v>2026-11-02T00:00:00Z</v></c>")),
         "id,\" næste\"\n2026-11-02T13:05:00,2026-11-02\n"},
        {SHEET(HEAD ROW("<c><v>1</v><extLst><ext><y:v>9</y:v><y:c/></ext></extLst></c><c t='e'><v>#N/A</v></c>")),
         "id,\" næste\"\n1,\"#N/A\"\n"},
        {SHEET(HEAD ROW("<c t='s'><v>2</v></c>")), NULL},
        {SHEET(HEAD ROW("<c t='s'><v>99999999999</v></c>")), NULL},
        {SHEET(HEAD ROW("<c t='s'><v>-1</v></c>")), NULL},
    };
    struct tr_sheet_facts facts;
    struct tr_buf csv = {0};

    for (size_t i = 0; i < COUNT(table); i++) {
        enum tr_code code = read_xlsx(table[i].rows, RELATED(""), &csv, &facts);

        ck_assert_int_eq(code, table[i].csv ? TR_OK : TR_E_SHEET);
        if (!table[i].csv)
            continue;
        ck_slice_eq(tr_buf_slice(&csv), table[i].csv);
        ck_assert_int_eq(facts.why, TR_SHEET_FITS);
        ck_assert_int_eq((int)facts.alike.len, 0);
        ck_assert(!facts.macros);
    }
    ck_assert_int_eq(read_xlsx(SHEET(HEAD), RELATED("<Relationship Id='m' Type='x/vbaProject' Target='vba.bin'/>"), &csv, &facts),
                     TR_OK);
    ck_assert(facts.macros);
    ck_assert_int_eq(read_xlsx(SHEET("<row r='1'><c t='str'><v>a title</v></c></row>"
                                     "<row r='3'><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>"
                                     "<row r='4'><c><f>1+1</f><v></v></c><c t='str'><f>x</f><v></v></c></row>"
                                     "<row r='5'><c><v>1</v></c><c><f>1+1</f><v>2</v></c></row>"
                                     "<row r='6' hidden='1'><c><v>1</v></c></row>"
                                     "<row r='7'><c><v>1</v></c></row><row r='9'><c><v>1</v></c></row>"),
                               RELATED(""), &csv, &facts),
                     TR_OK);
    ck_assert_int_eq((int)facts.formulas, 1);
    ck_assert_int_eq((int)facts.gap, 9);
    ck_assert_int_eq((int)facts.hidden_rows, 1);
    tr_buf_clear(&csv);
}
END_TEST

/* What is shown tells an error, which has 0 for its value; what is only read aloud is no text. */
START_TEST(odd_open_document)
{
    static const char content[] =
        "<office:spreadsheet><table:table table:name='Ark1'><table:table-row><table:table-cell office:value-type='string'>"
        "<text:p><text:ruby><text:ruby-base>id</text:ruby-base><text:ruby-text>aloud</text:ruby-text></text:ruby></text:p>"
        "</table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type='float' office:value='0' "
        "calcext:value-type='error'><text:p>Err:502</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>";
    struct tr_archive_part part[] = {part_of("META-INF/manifest.xml", "<manifest/>"), part_of("content.xml", content)};
    struct tr_sheet_facts facts;
    struct tr_buf csv = {0};

    ck_assert_int_eq(read_book(part, COUNT(part), &(struct tr_sought){0}, &csv, &facts), TR_OK);
    ck_slice_eq(tr_buf_slice(&csv), "id\nErr:502\n");
    ck_assert_int_eq(facts.why, TR_SHEET_FIRST);
    for (size_t i = 0; i < COUNT(part); i++)
        tr_buf_clear(&part[i].text);
    tr_buf_clear(&csv);
}
END_TEST

MAIN("sheet", {format_codes}, {numbers}, {odd_workbooks}, {odd_open_document})
