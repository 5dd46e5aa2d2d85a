#define _GNU_SOURCE
#include "record/book/book.h"

#include "base/date.h"
#include "base/text.h"
#include "base/utf8.h"
#include "record/book/book_own.h"

enum { ROWS_MOST = 1048576, COLUMNS_MOST = 16384, TEXT_MOST = 32767, DIGITS_MOST = 15 };
enum { NAME_MOST = 31 };

static struct tr_book_sheet *here(struct tr_book *b)
{
    return &b->sheet[b->at];
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

static void end_row(struct tr_book_sheet *s)
{
    if (s->row > 0)
        put(&s->rows, "</row>");
}

/* What a name may not hold becomes a space; it is cut behind a word, at NAME_MOST characters. */
struct tr_book_sheet *tr_book_sheet(struct tr_book *b, struct tr_str name)
{
    struct tr_buf *to;
    size_t characters = 0, i = 0, word = 0;

    b->at = b->n++;
    to = &here(b)->name;
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
    struct tr_book_sheet *s = here(b);
    struct tr_buf *to = &s->rows;

    end_row(s);
    s->column = 0;
    b->full |= s->row == ROWS_MOST;
    s->row++;
    put(to, "<row r=\"");
    tr_buf_num(to, s->row);
    if (lines > 0) {
        put(to, "\" ht=\"");
        tr_buf_num(to, lines * LINE_HEIGHT);
        put(to, "\" customHeight=\"1");
    }
    put(to, "\">");
}

void tr_book_later(struct tr_book *b, bool (*more)(void *cookie), void *cookie)
{
    here(b)->more = more;
    here(b)->cookie = cookie;
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
    struct tr_book_sheet *s = here(b);
    struct tr_buf *to = &s->rows;

    b->full |= s->column >= COLUMNS_MOST;
    put(to, "<c r=\"");
    tr_book_place(to, s->row - 1, s->column++);
    put(to, "\" s=\"");
    tr_buf_num(to, look * TR_N_BOOK_FORMS + form);
}

/* An empty cell is written for its look only. */
static bool is_blank(struct tr_book *b, enum tr_book_look look, struct tr_str s)
{
    if (s.len > 0)
        return false;
    if (look == TR_LOOK_PLAIN) {
        here(b)->column++;
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
    tr_book_place(to, s->row - 1, s->column - 1);
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
    tr_buf_num(to, s->row - 1);
    put(to, "</x:Row><x:Column>");
    tr_buf_num(to, s->column - 1);
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
