/* Rows that are no record: what adds up others, and remarks such as the number of a page. */
#include "base/text.h"
#include "domain/profile/reading.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Letters of any alphabet are at least a byte of these. */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xC3;
}

static bool has_letters(struct tr_str s)
{
    size_t i = 0;

    while (i < s.len && !is_letter(s.p[i]))
        i++;
    return i < s.len;
}

/* What stands between marks such as "** Sum: **" or dashes. */
static struct tr_str unmark(struct tr_str s)
{
    static const char marks[] = " *:=._-#<>[]|~'\"";
    static const struct tr_str dashes[] = {{"–", 3}, {"—", 3}};
    size_t before;

    do {
        before = s.len;
        s = tr_text_trim(s);
        while (s.len > 0 && memchr(marks, *s.p, sizeof marks - 1))
            s = tr_str_from(s, 1);
        while (s.len > 0 && memchr(marks, s.p[s.len - 1], sizeof marks - 1))
            s.len--;
        for (int i = 0; i < 2; i++) {
            if (s.len >= dashes[i].len && memcmp(s.p, dashes[i].p, dashes[i].len) == 0)
                s = tr_str_from(s, dashes[i].len);
            if (s.len >= dashes[i].len &&
                memcmp(s.p + s.len - dashes[i].len, dashes[i].p, dashes[i].len) == 0)
                s.len -= dashes[i].len;
        }
    } while (s.len < before);
    return s;
}

/* A formula whose result was not kept: =SUM(A2:A9). */
static bool is_formula(struct tr_str s)
{
    size_t n = 1;

    if (s.len < 4 || *s.p != '=' || s.p[s.len - 1] != ')')
        return false;
    while (n < s.len && (is_letter(s.p[n]) || s.p[n] == '.'))
        n++;
    return n > 1 && s.p[n] == '(';
}

/* Whether text behind a word for a sum can be more of it, such as a number or a name of what is added
 * up. A number joined to another by a stroke is that of a case. */
static bool goes_on(struct tr_str rest)
{
    for (size_t i = 1; i < rest.len; i++)
        if ((memchr("-/_", rest.p[i], 3) && is_digit(rest.p[i - 1])) ||
            (is_digit(rest.p[i]) && is_letter(rest.p[i - 1]) && *rest.p != '('))
            return false;
    return true;
}

/* "Sum 12", "Totalt: 3 personer", "I alt (3)". */
static bool begins_total(const struct tr_words *total, struct tr_str s)
{
    for (size_t i = 1; i < s.len; i++)
        if (memchr(" :(=", s.p[i], 4) && tr_words_are(total, tr_text_trim((struct tr_str){s.p, i})) &&
            goes_on(tr_str_from(s, i)))
            return true;
    return false;
}

/* "Bydel totalt", "Plasser i alt". A number before it is that of a case. */
static bool ends_total(const struct tr_words *total, struct tr_str s)
{
    for (size_t i = 0; i < s.len && !is_digit(s.p[i]); i++)
        if (i > 0 && s.p[i] == ' ' && tr_words_are(total, tr_str_from(s, i + 1)))
            return true;
    return false;
}

enum reach { WORD, PHRASE };

static bool is_total(const struct tr_words *total, struct tr_str cell, enum reach reach)
{
    struct tr_str s = tr_text_trim(cell);

    if (s.len == 0 || (reach == WORD && is_digit(s.p[s.len - 1])))
        return false;
    if (reach == PHRASE && is_formula(s))
        return true;
    s = unmark(s);
    return tr_words_are(total, s) || (reach == PHRASE && (begins_total(total, s) || ends_total(total, s)));
}

/* A sentence, however short: no id has two spaces in it. */
static bool is_sentence(struct tr_str s)
{
    int spaces = 0, letters = 0;

    for (size_t i = 0; i < s.len; i++) {
        spaces += s.p[i] == ' ';
        letters += is_letter(s.p[i]);
    }
    return spaces >= 2 && letters >= 3;
}

/* Whether the row has a sentence in its first cell, and nothing else. */
static bool is_note(const struct tr_row *row)
{
    if (row->n < 3 || !is_sentence(tr_text_trim(tr_row_cell(row, 0))))
        return false;
    for (uint32_t c = 1; c < row->n; c++)
        if (tr_text_trim(tr_row_cell(row, c)).len > 0)
            return false;
    return true;
}

/* "* = anslag", "¹ Foreløpig": the text that a mark of a foot-note refers to. */
static bool is_footnote(struct tr_str s)
{
    size_t mark = 0, letters = 0;

    while (mark < s.len && (s.p[mark] == '*' || s.p[mark] == ')'))
        mark++;
    if (mark == 0 && s.len > 2 && *s.p == '\xC2' && strchr("\xB9\xB2\xB3", s.p[1]))
        mark = 2;
    for (size_t i = mark; i < s.len; i++)
        letters += is_letter(s.p[i]);
    return mark > 0 && letters > 0;
}

/* Whether the text begins with a word of the list, or with several: "Side 1/3", "Skrevet ut av:
 * KT"; a number may stand before what it counts: "(2 rader)". */
static bool begins_remark(const struct tr_list *remarks, struct tr_str s)
{
    size_t words = 0, digits = 0;

    while (s.len > 0 && *s.p == '(')
        s = tr_str_from(s, 1);
    while (digits < s.len && is_digit(s.p[digits]))
        digits++;
    if (digits > 0 && digits < s.len && s.p[digits] == ' ')
        s = tr_str_from(s, digits + 1);
    for (size_t i = 1; i <= s.len && words < 4 && remarks; i++) {
        if (i < s.len && !memchr(" :;=)", s.p[i], 5))
            continue;
        words++;
        if (tr_list_spells(remarks, (struct tr_str){s.p, i}))
            return true;
    }
    return false;
}

/* Whether the text is the name of a place, with a word such as Bydel beside it or, of one that
 * stands where an id belongs, without. A number may be an id. */
static bool names_place(const struct tr_list *places, struct tr_str s, bool as_id)
{
    bool beside = false;
    size_t word = 0;

    if (!places || s.len == 0 || tr_str_digits(s) == s.len || tr_list_read(places, s, &beside) < 0)
        return false;
    while (word < s.len && s.p[word] != ' ')
        word++;
    return as_id || beside ||
           (word < s.len && places->beside &&
            tr_list_spells(places->beside, (struct tr_str){s.p, word}));
}

/* The name of a place with a word for a sum before or behind it, as spreadsheets write below the rows of each. */
static bool sums_place(const struct tr_words *total, struct tr_str s)
{
    const char *first, *last;
    struct tr_str before, behind;

    s = unmark(s);
    first = s.len ? memchr(s.p, ' ', s.len) : NULL;
    if (!first)
        return false;
    for (last = s.p + s.len; *--last != ' ';)
        ;
    before = (struct tr_str){s.p, (size_t)(last - s.p)};
    behind = tr_str_from(s, (size_t)(first - s.p) + 1);
    return (tr_words_are(total, tr_str_from(s, before.len + 1)) && names_place(total->places, unmark(before), true)) ||
           (tr_words_are(total, unmark((struct tr_str){s.p, (size_t)(first - s.p)})) &&
            names_place(total->places, unmark(behind), true));
}

/* Whether the row says something in words elsewhere, as a record does; a sum has numbers, and "3 rows". An id
 * such as R-12 has letters. */
static bool says_more(const struct tr_row *row, const struct tr_words *total, uint32_t but)
{
    for (uint32_t c = 0; c < row->n; c++) {
        struct tr_str s = tr_text_trim(tr_row_cell(row, c));

        if (c != but && has_letters(s) && !is_digit(*s.p) && !is_total(total, s, PHRASE))
            return true;
    }
    return false;
}

/* "Sum", "I alt (3)", "Totalt: 3 personer": nobody is called so. */
static bool is_bare_total(const struct tr_words *total, struct tr_str cell)
{
    struct tr_str s = unmark(cell);
    size_t n = 0;

    while (n < s.len && !is_digit(s.p[n]))
        n++;
    for (s.len = n; s.len > 0 && memchr(" :(=", s.p[s.len - 1], 4);)
        s.len--;
    return tr_words_are(total, s);
}

/* Whether the cell says that its row is a sum. What has more letters may be a name that begins so, if the row says
 * more, or ends so, if it is not the id. */
static bool is_total_row(const struct tr_row *row, const struct tr_words *total, uint32_t column, uint32_t id_column)
{
    struct tr_str cell = tr_text_trim(tr_row_cell(row, column));

    return is_total(total, cell, PHRASE) &&
           (is_formula(cell) || is_bare_total(total, cell) || sums_place(total, cell) ||
            (column == id_column && ends_total(total, unmark(cell))) || !says_more(row, total, column));
}

static uint32_t first_filled(const struct tr_row *row)
{
    uint32_t c = 0;

    while (c + 1 < row->n && tr_text_trim(tr_row_cell(row, c)).len == 0)
        c++;
    return c;
}

/* Whether a row that can be read adds up others. */
static bool adds_up(const struct tr_row *row, const struct tr_words *total, uint32_t id_column)
{
    struct tr_str first = tr_row_cell(row, 0), id = tr_text_trim(tr_row_cell(row, id_column));
    bool counted = tr_str_digits(id) == id.len; /* how many, in the place of an id */

    if (is_total_row(row, total, id_column, id_column))
        return true;
    if (id.len == 0)
        return is_total_row(row, total, first_filled(row), id_column) || (id_column > 0 && sums_place(total, first));
    return id_column > 0 && ((is_total(total, first, WORD) && !says_more(row, total, 0)) ||
                             (counted && sums_place(total, first)));
}

/* Whether the row is a remark as those at the end of a print-out: the only cell that is filled
 * begins like one, or of two the first is the word and the other what it says, or a place of which
 * it is said. A record has more, or another id. */
static bool is_remark(const struct tr_row *row, const struct tr_words *total, uint32_t id_column)
{
    const struct tr_list *remarks = total->remarks;
    struct tr_str first = {"", 0};
    struct tr_str id = tr_text_trim(tr_row_cell(row, id_column)), place = {"", 0};
    uint32_t filled = 0, at = 0;

    for (uint32_t c = 0; c < row->n && filled < 3; c++) {
        struct tr_str s = tr_text_trim(tr_row_cell(row, c));

        if (s.len > 0 && filled++ == 0) {
            first = s;
            at = c;
        }
        place = s.len > 0 && c != id_column ? s : place;
    }
    if (row->n < 2 || filled == 0 || filled > 2)
        return false;
    if (filled == 1)
        return begins_remark(remarks, first) || (is_footnote(first) && (at == 0 || at == id_column));
    return row->n > 2 &&
           (((at == 0 || at == id_column) && remarks && tr_list_spells(remarks, first)) ||
            (begins_remark(remarks, id) && names_place(total->places, place, true)));
}

/* Whether the row is a heading above those of a district: nothing else stands in it. */
static bool is_heading(const struct tr_row *row, const struct tr_list *places, uint32_t id_column)
{
    uint32_t filled = row->n;

    for (uint32_t c = 0; places && c < row->n; c++) {
        if (tr_text_trim(tr_row_cell(row, c)).len == 0)
            continue;
        if (filled < row->n)
            return false;
        filled = c;
    }
    return row->n > 1 && filled < row->n &&
           names_place(places, tr_text_trim(tr_row_cell(row, filled)), filled == id_column);
}

/* Whether each cell is the header's. The mark of a file's own beginning may stand before the first. */
static bool is_header(const struct tr_row *row, const struct tr_str *header, uint32_t n)
{
    for (uint32_t c = 0; c < n; c++) {
        struct tr_str cell = tr_text_trim(tr_row_cell(row, c));

        if (c == 0 && cell.len > 3 && memcmp(cell.p, "\xEF\xBB\xBF", 3) == 0)
            cell = tr_text_trim(tr_str_from(cell, 3));
        if (!tr_str_eq(cell, header[c]))
            return false;
    }
    return n > 0;
}

enum tr_code tr_row_look_aside(const struct tr_row *row, const struct tr_words *total,
                               char delimiter, uint32_t id_column, const struct tr_str *header,
                               uint32_t n)
{
    struct tr_str rest = row->raw, first;

    if (!row->bad)
        return adds_up(row, total, id_column)                    ? TR_W_ROW_TOTAL
               : is_note(row) || is_remark(row, total, id_column) ? TR_W_ROW_NOTE
               : is_header(row, header, n)                        ? TR_W_ROW_HEADER
               : is_heading(row, total->places, id_column)        ? TR_W_ROW_HEADING
                                                                  : TR_OK;
    if ((row->bad != TR_E_ROW_SHORT && row->bad != TR_E_ROW_LONG) || !delimiter)
        return TR_OK;
    tr_str_part(&rest, delimiter, &first);
    if (first.len > 1 && *first.p == '"' && first.p[first.len - 1] == '"')
        first = (struct tr_str){first.p + 1, first.len - 2};
    return is_total(total, first, id_column > 0 ? WORD : PHRASE) && (id_column == 0 || !has_letters(rest))
               ? TR_W_ROW_TOTAL
           : row->bad == TR_E_ROW_SHORT &&
                   (is_sentence(tr_text_trim(first)) || is_footnote(tr_text_trim(first)) ||
                    begins_remark(total->remarks, tr_text_trim(first))) &&
                   tr_text_trim(rest.p ? rest : (struct tr_str){"", 0}).len == 0
               ? TR_W_ROW_NOTE
           : row->bad == TR_E_ROW_SHORT && names_place(total->places, tr_text_trim(first), id_column == 0) &&
                   tr_text_trim(rest.p ? rest : (struct tr_str){"", 0}).len == 0
               ? TR_W_ROW_HEADING
               : TR_OK;
}
