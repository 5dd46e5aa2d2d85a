#define _GNU_SOURCE
#include "record/book.h"

#include <stdio.h>

#include "base/date.h"
#include "base/text.h"
#include "base/utf8.h"
#include "record/book_own.h"

enum { ROWS_MOST = 1048576, COLUMNS_MOST = 16384, TEXT_MOST = 32767, DIGITS_MOST = 15 };
enum { NAME_MOST = 31 };

static struct tr_book_sheet *here(struct tr_book *b)
{
    return &b->sheet[b->n - 1];
}

void tr_book_clear(struct tr_book *b)
{
    for (int i = 0; i < b->n; i++) {
        struct tr_book_sheet *s = &b->sheet[i];

        tr_buf_clear(&s->name);
        tr_buf_clear(&s->rows);
        tr_buf_clear(&s->columns);
        tr_buf_clear(&s->rules);
        tr_buf_clear(&s->remarks);
        tr_buf_clear(&s->remark_shapes);
        tr_buf_clear(&s->table);
        tr_buf_clear(&s->drawing);
        tr_buf_clear(&s->chart);
    }
    tr_buf_clear(&b->title);
    tr_buf_clear(&b->author);
    tr_buf_clear(&b->page);
    *b = (struct tr_book){0};
}

static void end_row(struct tr_book *b)
{
    if (b->row > 0)
        put(&here(b)->rows, "</row>");
}

/* What a name may not hold becomes a space; it is cut behind a word, at NAME_MOST characters. */
struct tr_book_sheet *tr_book_sheet(struct tr_book *b, struct tr_str name)
{
    struct tr_buf *to;
    size_t characters = 0, i = 0, word = 0;

    if (b->n > 0)
        end_row(b);
    to = &b->sheet[b->n++].name;
    b->row = b->column = 0;
    for (size_t step; i < name.len && characters < NAME_MOST; characters++, i += step) {
        int n = tr_utf8_step(name.p + i, name.len - i);
        bool bad = n <= 0 || strchr("[]:*?/\\' ", name.p[i]);

        step = n > 0 ? (size_t)n : 1;
        word = bad ? to->len : word;
        tr_buf_add(to, bad ? " " : name.p + i, bad ? 1 : step);
    }
    if (i < name.len && word > 0 && name.p[i] != ' ' && !to->failed)
        to->len = word;
    return here(b);
}

void tr_book_column(struct tr_book *b, int letters, enum tr_book_form form)
{
    struct tr_book_sheet *s = here(b);

    s->n_columns++;
    put(&s->columns, "<col min=\"");
    tr_buf_num(&s->columns, s->n_columns);
    put(&s->columns, "\" max=\"");
    tr_buf_num(&s->columns, s->n_columns);
    put(&s->columns, "\" width=\"");
    tr_buf_num(&s->columns, letters);
    put(&s->columns, ".7\" customWidth=\"1\"");
    if (form != TR_BOOK_AS_ANY) {
        put(&s->columns, " style=\"");
        tr_buf_num(&s->columns, TR_LOOK_PLAIN * TR_N_BOOK_FORMS + form);
        put(&s->columns, "\"");
    }
    put(&s->columns, "/>");
}

void tr_book_row(struct tr_book *b, int lines)
{
    enum { LINE_HEIGHT = 15 };
    struct tr_buf *to = &here(b)->rows;

    end_row(b);
    b->column = 0;
    b->full |= b->row == ROWS_MOST;
    b->row++;
    put(to, "<row r=\"");
    tr_buf_num(to, b->row);
    if (lines > 0) {
        put(to, "\" ht=\"");
        tr_buf_num(to, lines * LINE_HEIGHT);
        put(to, "\" customHeight=\"1");
    }
    put(to, "\">");
}

static void put_letters(struct tr_buf *to, uint32_t column)
{
    char letters[8];
    size_t at = sizeof letters;

    for (uint32_t c = column + 1; c > 0; c = (c - 1) / 26)
        letters[--at] = (char)('A' + (c - 1) % 26);
    tr_buf_add(to, letters + at, sizeof letters - at);
}

void tr_book_place(struct tr_buf *to, uint32_t row, uint32_t column)
{
    put_letters(to, column);
    tr_buf_num(to, row + 1);
}

static void put_fixed(struct tr_buf *to, uint32_t row, uint32_t column)
{
    put(to, "$");
    put_letters(to, column);
    put(to, "$");
    tr_buf_num(to, row + 1);
}

void tr_book_range(struct tr_book *b, int sheet, struct tr_buf *to, uint32_t row, uint32_t column,
                   uint32_t last_row, uint32_t last_column)
{
    put(to, "'");
    tr_buf_str(to, tr_buf_slice(&b->sheet[sheet].name));
    put(to, "'!");
    put_fixed(to, row, column);
    if (row == last_row && column == last_column)
        return;
    put(to, ":");
    put_fixed(to, last_row, last_column);
}

static void start_cell(struct tr_book *b, enum tr_book_look look, int form)
{
    struct tr_buf *to = &here(b)->rows;

    b->full |= b->column >= COLUMNS_MOST;
    put(to, "<c r=\"");
    tr_book_place(to, b->row - 1, b->column++);
    put(to, "\" s=\"");
    tr_buf_num(to, look * TR_N_BOOK_FORMS + form);
}

/* An empty cell is written for its look only. */
static bool is_blank(struct tr_book *b, enum tr_book_look look, struct tr_str s)
{
    if (s.len > 0)
        return false;
    if (look == TR_LOOK_PLAIN) {
        b->column++;
    } else {
        start_cell(b, look, TR_BOOK_AS_ANY);
        put(&here(b)->rows, "\"/>");
    }
    return true;
}

/* Whether a workbook takes these for a character given by its number: _x000D_. */
static bool is_escape(const char *p, size_t n)
{
    return n >= 7 && p[1] == 'x' && p[6] == '_' && strspn(p + 2, "0123456789abcdefABCDEF") >= 4;
}

/* Text of a cell. A control character, which XML does not allow, is given by its number. */
static void put_string(struct tr_buf *to, struct tr_str s)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t from = 0;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];
        char number[] = "_x0000_";

        if ((c >= 32 || c == '\n' || c == '\t') && !(c == '_' && is_escape(s.p + i, s.len - i)))
            continue;
        number[4] = hex[c >> 4];
        number[5] = hex[c & 15];
        tr_xml_put(to, (struct tr_str){s.p + from, i - from});
        put(to, number);
        from = i + 1;
    }
    tr_xml_put(to, (struct tr_str){s.p + from, s.len - from});
}

void tr_book_text(struct tr_book *b, enum tr_book_look look, struct tr_str text)
{
    struct tr_buf *to = &here(b)->rows;

    if (is_blank(b, look, text))
        return;
    b->full |= text.len > TEXT_MOST && tr_utf8_count(text) > TEXT_MOST;
    if (look == TR_LOOK_PLAIN && tr_text_is_formula(text))
        look = TR_LOOK_QUOTED;
    start_cell(b, look, TR_BOOK_AS_TEXT);
    put(to, "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    put_string(to, text);
    put(to, "</t></is></c>");
}

static size_t count_digits(struct tr_str number)
{
    size_t n = 0;

    for (size_t i = 0; i < number.len; i++)
        n += number.p[i] >= '0' && number.p[i] <= '9';
    return n;
}

static void put_value(struct tr_book *b, struct tr_str value)
{
    put(&here(b)->rows, "<v>");
    tr_buf_str(&here(b)->rows, value);
    put(&here(b)->rows, "</v></c>");
}

/* A workbook keeps 15 digits: a longer number is a text. */
void tr_book_number(struct tr_book *b, enum tr_book_look look, int decimals, struct tr_str number)
{
    if (is_blank(b, look, number))
        return;
    if (count_digits(number) > DIGITS_MOST) {
        tr_book_text(b, look == TR_LOOK_SUM ? TR_LOOK_SUM_RIGHT : TR_LOOK_RIGHT, number);
        return;
    }
    decimals = decimals < TR_BOOK_DECIMALS ? decimals : TR_BOOK_DECIMALS;
    start_cell(b, look, TR_BOOK_AS_NUMBER + decimals);
    put(&here(b)->rows, "\">");
    put_value(b, number);
}

/* A hundredth of it: the point goes two digits to the left. */
void tr_book_percent(struct tr_book *b, enum tr_book_look look, struct tr_str number)
{
    bool minus = number.len > 0 && number.p[0] == '-';
    struct tr_str digits = tr_str_from(number, minus);
    const char *point = digits.len > 0 ? memchr(digits.p, '.', digits.len) : NULL;
    size_t whole = point ? (size_t)(point - digits.p) : digits.len;
    struct tr_buf *to = &here(b)->rows;

    if (is_blank(b, look, number))
        return;
    start_cell(b, look, TR_BOOK_AS_PERCENT);
    put(to, "\"><v>");
    put(to, minus ? "-" : "");
    tr_buf_str(to, (struct tr_str){digits.p, whole > 2 ? whole - 2 : 0});
    put(to, whole > 2 ? "." : whole == 2 ? "0." : "0.0");
    tr_buf_str(to, (struct tr_str){digits.p + (whole > 2 ? whole - 2 : 0), whole > 2 ? 2 : whole});
    if (point)
        tr_buf_str(to, tr_str_from(digits, whole + 1));
    put(to, "</v></c>");
}

/* Days are counted from 30 December 1899; before March 1900 workbooks disagree on the count. */
void tr_book_day(struct tr_book *b, enum tr_book_look look, struct tr_str day)
{
    const int32_t zero = tr_date_number((struct tr_date){1899, 12, 30});
    struct tr_date date;

    if (!tr_date_parse(day, &date) || date.year < 1901) {
        tr_book_text(b, look, day);
        return;
    }
    start_cell(b, look, TR_BOOK_AS_DAY);
    put(&here(b)->rows, "\"><v>");
    tr_buf_num(&here(b)->rows, tr_date_number(date) - zero);
    put(&here(b)->rows, "</v></c>");
}

void tr_book_formula(struct tr_book *b, enum tr_book_look look, int decimals, struct tr_str formula,
                     struct tr_str value)
{
    start_cell(b, look, TR_BOOK_AS_NUMBER + decimals);
    put(&here(b)->rows, "\"><f>");
    tr_xml_put(&here(b)->rows, formula);
    put(&here(b)->rows, "</f>");
    put_value(b, value);
}

/* A remark is two things: its text, and the shape that a program shows it in. */
void tr_book_remark(struct tr_book *b, struct tr_str text)
{
    struct tr_book_sheet *s = here(b);
    struct tr_buf *to = &s->remarks;

    put(to, "<comment ref=\"");
    tr_book_place(to, b->row - 1, b->column - 1);
    put(to, "\" authorId=\"0\"><text><t xml:space=\"preserve\">");
    put_string(to, text);
    put(to, "</t></text></comment>");
    to = &s->remark_shapes;
    put(to, "<v:shape id=\"_x0000_s");
    tr_buf_num(to, 1025 + s->n_remarks++);
    put(to, "\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:80pt;margin-top:2pt;"
            "width:190pt;height:60pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" "
            "o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:path o:connecttype=\"none\"/>"
            "<v:textbox style=\"mso-direction-alt:auto\"/><x:ClientData ObjectType=\"Note\">"
            "<x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>");
    tr_buf_num(to, b->row - 1);
    put(to, "</x:Row><x:Column>");
    tr_buf_num(to, b->column - 1);
    put(to, "</x:Column></x:ClientData></v:shape>");
}

/* The first characters of s. */
static struct tr_str first(struct tr_str s, size_t most)
{
    size_t at = 0;

    for (size_t n = 0; n < most && at < s.len; n++) {
        int step = tr_utf8_step(s.p + at, s.len - at);

        at += step > 0 ? (size_t)step : 1;
    }
    return (struct tr_str){s.p, at};
}

static void put_words(struct tr_buf *to, const char *name, struct tr_str words, size_t most)
{
    if (words.len == 0)
        return;
    put(to, " ");
    put(to, name);
    put(to, "=\"");
    put_string(to, first(words, most));
    put(to, "\"");
}

void tr_book_rule(struct tr_book_sheet *sheet, uint32_t row, uint32_t column,
                  const struct tr_book_rule *rule)
{
    enum { TITLE_MOST = 32, HINT_MOST = 255, FAULT_MOST = 225 };
    struct tr_buf *to = &sheet->rules;
    bool strict = rule->day || rule->list.len > 0;

    put(to, "<dataValidation");
    if (strict)
        put(to, rule->day ? " type=\"date\" operator=\"greaterThan\"" : " type=\"list\"");
    if (strict && rule->asks)
        put(to, " errorStyle=\"warning\"");
    put(to, " allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\"");
    put_words(to, "errorTitle", rule->title, TITLE_MOST);
    put_words(to, "error", rule->hint, FAULT_MOST);
    put_words(to, "promptTitle", rule->title, TITLE_MOST);
    put_words(to, "prompt", rule->hint, HINT_MOST);
    put(to, " sqref=\"");
    tr_book_place(to, row, column);
    put(to, ":");
    tr_book_place(to, ROWS_MOST - 1, column);
    put(to, strict ? "\"><formula1>" : "\"/>");
    if (!strict)
        return;
    tr_xml_put(to, rule->day ? TR_STR("366") : rule->list); /* 366: the last day of 1900 */
    put(to, "</formula1></dataValidation>");
}

void tr_book_table(struct tr_book *b, uint32_t head, uint32_t last, const struct tr_str *names,
                   uint32_t n)
{
    struct tr_buf *to = &here(b)->table, range = {0};

    tr_book_place(&range, head, 0);
    put(&range, ":");
    tr_book_place(&range, last, n - 1);
    put(to, BOOK_DECLARATION "<table xmlns=\"" BOOK_MAIN "\" id=\"");
    tr_buf_num(to, b->n);
    put(to, "\" name=\"Table");
    tr_buf_num(to, b->n);
    put(to, "\" displayName=\"Table");
    tr_buf_num(to, b->n);
    put(to, "\" ref=\"");
    tr_buf_str(to, tr_buf_slice(&range));
    put(to, "\" totalsRowShown=\"0\"><autoFilter ref=\"");
    tr_buf_str(to, tr_buf_slice(&range));
    put(to, "\"/><tableColumns count=\"");
    tr_buf_num(to, n);
    put(to, "\">");
    for (uint32_t c = 0; c < n; c++) {
        put(to, "<tableColumn id=\"");
        tr_buf_num(to, c + 1);
        put(to, "\" name=\"");
        put_string(to, names[c]);
        put(to, "\"/>");
    }
    put(to, "</tableColumns><tableStyleInfo name=\"TableStyleLight1\" showFirstColumn=\"0\" "
            "showLastColumn=\"0\" showRowStripes=\"1\" showColumnStripes=\"0\"/></table>\n");
    b->failed |= range.failed;
    tr_buf_clear(&range);
}

/* ---- the package ---- */

struct package {
    struct tr_archive_part part[8 + 7 * TR_BOOK_SHEETS];
    char names[7 * TR_BOOK_SHEETS][48];
    int n, n_names;
};

static struct tr_buf *add_part(struct package *p, const char *name)
{
    p->part[p->n].name = name;
    return &p->part[p->n++].text;
}

/* A part of a sheet, in which text stands; none without. The text goes over into the package. */
static void add_sheet_part(struct package *p, const char *before, int i, const char *after,
                           struct tr_buf *text)
{
    char *name = p->names[p->n_names++];

    if (text->len == 0 && !text->failed)
        return;
    snprintf(name, sizeof p->names[0], "%s%d%s", before, i + 1, after);
    *add_part(p, name) = *text;
    *text = (struct tr_buf){0};
}

static void wrap(struct tr_buf *b, const char *before, const char *after)
{
    struct tr_buf all = {0};

    if (b->len == 0)
        return;
    put(&all, before);
    tr_buf_str(&all, tr_buf_slice(b));
    put(&all, after);
    all.failed |= b->failed;
    tr_buf_clear(b);
    *b = all;
}

static void add_sheet(struct tr_book *b, struct package *p, int i)
{
    struct tr_book_sheet *s = &b->sheet[i];
    struct tr_buf sheet = {0}, relations = {0}, drawing = {0};

    tr_book_sheet_part(b, i, &sheet);
    tr_book_sheet_relations(b, i, &relations);
    if (s->chart.len > 0) {
        put(&drawing, BOOK_DECLARATION "<Relationships xmlns=\"http://schemas.openxmlformats.org/"
                                       "package/2006/relationships\"><Relationship Id=\"rId1\" Type=\""
                BOOK_RELATIONS "/chart\" Target=\"../charts/chart");
        tr_buf_num(&drawing, i + 1);
        put(&drawing, ".xml\"/></Relationships>\n");
    }
    wrap(&s->remarks,
         BOOK_DECLARATION "<comments xmlns=\"" BOOK_MAIN
                          "\"><authors><author></author></authors><commentList>",
         "</commentList></comments>\n");
    wrap(&s->remark_shapes,
         "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:"
         "office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><v:shapetype "
         "id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,"
         "xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" "
         "o:connecttype=\"rect\"/></v:shapetype>",
         "</xml>\n");
    add_sheet_part(p, "xl/worksheets/sheet", i, ".xml", &sheet);
    add_sheet_part(p, "xl/worksheets/_rels/sheet", i, ".xml.rels", &relations);
    add_sheet_part(p, "xl/tables/table", i, ".xml", &s->table);
    add_sheet_part(p, "xl/comments", i, ".xml", &s->remarks);
    add_sheet_part(p, "xl/drawings/vmlDrawing", i, ".vml", &s->remark_shapes);
    add_sheet_part(p, "xl/drawings/drawing", i, ".xml", &s->drawing);
    add_sheet_part(p, "xl/drawings/_rels/drawing", i, ".xml.rels", &drawing);
}

int tr_book_write(struct tr_book *b, struct tr_out *out, struct tr_err *err)
{
    struct package p = {0};
    char charts[TR_BOOK_SHEETS][32];
    int status;

    end_row(b);
    b->row = 0;
    if (b->full)
        return tr_err_set(err, TR_E_BOOK_FULL, NULL, NULL, NULL);
    tr_book_content_types(b, add_part(&p, "[Content_Types].xml"));
    put(add_part(&p, "_rels/.rels"),
        BOOK_DECLARATION
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"rId1\" Type=\"" BOOK_RELATIONS "/officeDocument\" "
        "Target=\"xl/workbook.xml\"/><Relationship Id=\"rId2\" "
        "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
        "core-properties\" Target=\"docProps/core.xml\"/></Relationships>\n");
    tr_book_core(b, add_part(&p, "docProps/core.xml"));
    tr_book_workbook(b, add_part(&p, "xl/workbook.xml"));
    tr_book_workbook_relations(b, add_part(&p, "xl/_rels/workbook.xml.rels"));
    tr_book_styles(b, add_part(&p, "xl/styles.xml"));
    for (int i = 0; i < b->n; i++) {
        add_sheet(b, &p, i);
        if (b->sheet[i].chart.len > 0) {
            snprintf(charts[i], sizeof charts[i], "xl/charts/chart%d.xml", i + 1);
            *add_part(&p, charts[i]) = b->sheet[i].chart;
            b->sheet[i].chart = (struct tr_buf){0};
        }
    }
    status = tr_archive_write(p.part, p.n, TR_STR(""), out, err);
    out->buf.failed |= b->failed;
    for (int i = 0; i < p.n; i++) {
        out->buf.failed |= p.part[i].text.failed;
        tr_buf_clear(&p.part[i].text);
    }
    return status < 0 && !out->buf.failed ? -1 : 0;
}
