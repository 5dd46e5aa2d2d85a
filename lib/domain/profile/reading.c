#include "domain/profile/reading.h"

#include "base/text.h"

static unsigned char other_case(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? c ^ 0x20 : c;
}

static void add_word(struct tr_words *w, struct tr_str word)
{
    unsigned char first, last;

    if (word.len == 0 || word.len >= 32)
        return;
    first = (unsigned char)*word.p;
    w->lengths[first] |= UINT32_C(1) << word.len;
    w->lengths[other_case(first)] |= UINT32_C(1) << word.len;
    last = (unsigned char)word.p[word.len - 1];
    w->ends[last] |= UINT32_C(1) << word.len;
    w->ends[other_case(last)] |= UINT32_C(1) << word.len;
}

void tr_words_start(struct tr_words *w, const struct tr_profile *p, const char *list)
{
    const struct tr_table *t = &p->table[TR_T_CODES];
    int of = tr_table_column(t, "list"), aliases = tr_table_column(t, "aliases");

    *w = (struct tr_words){.list = tr_profile_list(p, list), .remarks = tr_profile_list(p, "remark"), .unknown = strcmp(list, "unknown") == 0};
    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_str joined = tr_table_cell(t, r, aliases), part;

        if (!tr_str_is(tr_table_cell(t, r, of), list))
            continue;
        add_word(w, tr_table_cell(t, r, tr_table_column(t, "code")));
        for (int l = 0; l < TR_N_LANGS; l++)
            add_word(w, tr_table_cell(t, r, tr_lang_column(t, "label", (enum tr_lang)l)));
        while (tr_str_part(&joined, '|', &part))
            add_word(w, part);
    }
}

/* The length of the mark that s begins with, or with at_end ends with, and that says nothing by itself. */
static size_t empty_mark(struct tr_str s, bool at_end)
{
    static const struct tr_str marks[] = {{"–", 3}, {"—", 3}, {"−", 3}, {"…", 3}, {"·", 2}, {"«", 2}, {"»", 2}, {"\xC2\xA0", 2}};
    unsigned char c = s.len == 0 ? 0 : (unsigned char)s.p[at_end ? s.len - 1 : 0];

    if (c < 0x80)
        return c != 0 && strchr(" -_.,;:?!~*<>[]()\"'", c);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (s.len >= marks[i].len &&
            memcmp(s.p + (at_end ? s.len - marks[i].len : 0), marks[i].p, marks[i].len) == 0)
            return marks[i].len;
    return 0;
}

/* Without the marks around it: <ukjent>, ukjent?, or nothing of "- -". */
static struct tr_str without_empty_marks(struct tr_str s)
{
    for (size_t n; (n = empty_mark(s, false)) > 0;)
        s = (struct tr_str){s.p + n, s.len - n};
    for (size_t n; (n = empty_mark(s, true)) > 0;)
        s.len -= n;
    return s;
}

bool tr_words_have(const struct tr_words *w, struct tr_str s)
{
    struct tr_str bare;

    if (w->unknown && tr_str_is(s, "\\N")) /* as databases write it; "N" is a word for no */
        return true;
    if (!w->list || !tr_list_may_spell(w->list, s))
        return false;
    if (tr_list_spells(w->list, s))
        return true;
    if (!w->unknown)
        return false;
    bare = without_empty_marks(s);
    return bare.len == 0 || (bare.len < s.len && *bare.p != '/' && tr_list_spells(w->list, bare)); /* ../.. has no end */
}

/* ---- dates ---- */

/* What the rows tell so far of the order of day and month. */
struct evidence {
    uint64_t day, month; /* line of a cell that has it first; 0: none */
    bool either;
};

static void look_at(struct evidence *e, const struct tr_row *row, uint32_t column)
{
    struct tr_buf scratch = {0};
    struct tr_date date;
    unsigned forms;

    if (row->bad || column >= row->n)
        return;
    tr_date_read(tr_without_marks(tr_text_code(tr_row_cell(row, column), &scratch)), TR_ORDER_NONE, &date, &forms);
    if (forms & TR_DATE_DAY && !e->day)
        e->day = row->line;
    if (forms & TR_DATE_MONTH && !e->month)
        e->month = row->line;
    e->either |= (forms & (TR_DATE_SLASH | TR_DATE_DASH)) != 0;
    tr_buf_clear(&scratch);
}

void tr_dates_look(struct tr_reader *reader, uint32_t column, struct tr_date_column *dates)
{
    struct evidence e = {0};
    struct tr_reader *again;
    struct tr_row row;
    struct tr_err err;

    for (size_t i = 0; tr_reader_sample(reader, i, &row); i++)
        look_at(&e, &row, column);
    again = e.either && !e.day && !e.month ? tr_reader_again(reader) : NULL;
    while (again && !e.day && !e.month && tr_reader_next(again, &row, &err) > 0)
        look_at(&e, &row, column);
    tr_reader_close(again);
    *dates = (struct tr_date_column){
        .order = e.day && e.month ? TR_ORDER_NONE
                 : e.month        ? TR_ORDER_MONTH_FIRST
                                  : TR_ORDER_DAY_FIRST,
        .line = e.month ? e.month : e.day,
    };
}

/* Whether a spreadsheet may have meant a day of the years 1954 to 2118, counted from 1900: its cell
 * was shown as a number. Workbooks of old Macs count from 1904, so that nobody knows which day. */
static bool is_day_number(struct tr_str s)
{
    size_t n = 0;

    while (n < s.len && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    return n == 5 && s.p[0] >= '2' && s.p[0] <= '7' && (n == s.len || s.p[n] == ',' || s.p[n] == '.');
}

bool tr_date_is_none(struct tr_date d)
{
    static const struct tr_date none[] = {{1, 1, 1},      {1753, 1, 1},   {1899, 12, 30},  {1899, 12, 31}, {1900, 1, 1},
                                          {1970, 1, 1},   {2099, 12, 31}, {2999, 12, 31},  {9999, 12, 31}};

    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (d.year == none[i].year && d.month == none[i].month && d.day == none[i].day)
            return true;
    return false;
}

enum tr_code tr_dates_read(struct tr_date_column *dates, struct tr_str s, struct tr_date *out)
{
    unsigned forms;
    bool read;

    s = tr_without_marks(s);
    read = tr_date_read(s, dates->order, out, &forms);
    if (!read && is_day_number(s))
        return TR_E_DATE_NUMBER;
    if (!read)
        return forms & (TR_DATE_DAY | TR_DATE_MONTH | TR_DATE_SLASH | TR_DATE_DASH)
                   ? TR_E_DATE_ORDER
                   : TR_E_DATE;
    dates->forms |= forms;
    return TR_OK;
}

int tr_dates_told(const struct tr_date_column *dates, struct tr_err told[TR_DATES_TOLD])
{
    unsigned either = TR_DATE_SLASH | (dates->order == TR_ORDER_MONTH_FIRST ? TR_DATE_DASH : 0);
    int n = 0;

    if (dates->forms & either && dates->line)
        tr_err_num(&told[n++], dates->order == TR_ORDER_DAY_FIRST ? TR_W_DATE_DAY : TR_W_DATE_MONTH,
                   dates->line);
    else if (dates->forms & TR_DATE_SLASH)
        tr_err_set(&told[n++], TR_W_DATE_GUESS, NULL, NULL, NULL);
    if (dates->forms & TR_DATE_SHORT_YEAR)
        tr_err_set(&told[n++], TR_W_SHORT_YEAR, NULL, NULL, NULL);
    if (dates->forms & TR_DATE_NONE)
        tr_err_set(&told[n++], TR_W_DATE_NONE, NULL, NULL, NULL);
    return n;
}

bool tr_year_is_odd(int year)
{
    return year < 1950 || year > 2100;
}

bool tr_day_is_far(int32_t day, int32_t as_of)
{
    enum { FIVE_YEARS = 5 * 366 }; /* who asks for a day of the past has a log that goes on */

    return day != TR_NO_DAY && as_of != TR_NO_DAY && day > as_of && (int64_t)day - as_of > FIVE_YEARS &&
           !tr_year_is_odd(tr_date_of(day).year);
}

/* ---- lines and numbers ---- */

void tr_title_fault(const struct tr_reader *reader, struct tr_err *err)
{
    tr_err_num(err, TR_W_TITLE, tr_reader_header_line(reader));
    err->source = tr_reader_name(reader);
}

/* Whether a text beside a number is a name, not more of a number. */
static bool is_name(struct tr_str rest)
{
    bool letters = false;

    for (size_t i = 0; i < rest.len; i++) {
        if (rest.p[i] >= '0' && rest.p[i] <= '9')
            return false;
        letters |= (unsigned char)rest.p[i] > '@';
    }
    return letters;
}

bool tr_names_own(const struct tr_profile *p, struct tr_str s)
{
    struct tr_buf fold[2] = {{0}, {0}};
    bool same;

    tr_text_fold(s, &fold[0]);
    tr_text_fold(tr_profile_value(p, "name"), &fold[1]);
    same = fold[1].len > 0 && tr_str_eq(tr_buf_slice(&fold[0]), tr_buf_slice(&fold[1]));
    tr_buf_text(&fold[1], "kommune");
    same |= fold[0].len > 7 && tr_str_eq(tr_buf_slice(&fold[0]), tr_buf_slice(&fold[1]));
    tr_buf_clear(&fold[0]);
    tr_buf_clear(&fold[1]);
    return same;
}

/* In official statistics, 99 stands for the municipality of a county that is not told, 00 for the
 * county. Counties have had the numbers 1 to 56; see Statistics Norway, classification 131. */
static enum tr_code judge_municipality(char out[TR_MUNICIPALITY_LEN])
{
    int county = 10 * (out[0] - '0') + out[1] - '0', of_county = 10 * (out[2] - '0') + out[3] - '0';

    if (of_county == 99 || (county == 0 && of_county == 0)) {
        *out = '\0';
        return TR_OK;
    }
    return county >= 1 && county <= 56 && of_county > 0 ? TR_OK : TR_E_MUNICIPALITY;
}

/* The number of a municipality in s, and the name beside it: "1234 Name", "Name (1234)", "Name 1234". */
static struct tr_str cut_number(struct tr_str s, struct tr_str *name)
{
    size_t from = 0, n;
    struct tr_str rest;

    while (from < s.len && !(s.p[from] >= '0' && s.p[from] <= '9'))
        from++;
    rest = tr_str_from(s, from);
    n = tr_str_digits(rest);
    rest.len = n;
    *name = tr_str_from(s, from + n);
    if (n != TR_MUNICIPALITY_LEN && n != TR_MUNICIPALITY_LEN - 1)
        return (struct tr_str){"", 0};
    if (from == 0)
        return name->len == 0 || strchr(" -,/", *name->p) ? rest : (struct tr_str){"", 0};
    if (from == 1 && *s.p == '(' && name->len > 1 && *name->p == ')')
        *name = tr_text_trim(tr_str_from(*name, 1));
    else if (s.p[from - 1] == '(' ? tr_str_is(*name, ")") : name->len == 0 && strchr(" -,/", s.p[from - 1]))
        *name = tr_text_trim((struct tr_str){s.p, from - 1});
    else
        return (struct tr_str){"", 0};
    while (name->len > 0 && strchr(" -,/", name->p[name->len - 1]))
        name->len--;
    return rest;
}

/* Whether the name is the municipality's of that number, as far as anybody knows here. */
static bool agree(const struct tr_profile *p, struct tr_str name, bool own_number)
{
    bool district = tr_list_find(p->of_field[TR_F_BYDEL], name) >= 0;

    while (name.len > 0 && strchr(" -,/", *name.p))
        name = tr_str_from(name, 1);
    return is_name(name) && (own_number ? tr_names_own(p, name) || district : !tr_names_own(p, name));
}

/* Makes a number that the profile's own municipality had before its number of now. */
static void renumber(const struct tr_profile *p, char out[TR_MUNICIPALITY_LEN])
{
    const struct tr_str own = tr_profile_value(p, "municipality");
    struct tr_str rest = tr_profile_value(p, "municipality_before"), part;

    while (rest.len > 0 && own.len == TR_MUNICIPALITY_LEN && tr_str_part(&rest, '|', &part))
        if (tr_str_eq(part, (struct tr_str){out, TR_MUNICIPALITY_LEN}))
            memcpy(out, own.p, TR_MUNICIPALITY_LEN);
}

enum tr_code tr_read_municipality(const struct tr_profile *p, struct tr_str s,
                                  char out[TR_MUNICIPALITY_LEN])
{
    struct tr_str own = tr_profile_value(p, "municipality"), name = {"", 0}, number;
    struct tr_str bare = tr_number_beside(tr_profile_list(p, "beside_municipality"), s = tr_without_marks(s));
    size_t zeros = 0;

    while (zeros < bare.len && bare.p[bare.len - 1 - zeros] == '0')
        zeros++;
    if (zeros > 0 && zeros + 1 < bare.len && strchr(",.", bare.p[bare.len - 1 - zeros])) /* a number, to a sheet */
        bare.len -= zeros + 1;
    number = cut_number(bare.len > 0 ? bare : s, &name);
    if (number.len == 0) {
        if (own.len != TR_MUNICIPALITY_LEN || !tr_names_own(p, s))
            return TR_E_MUNICIPALITY;
        number = own;
        name.len = 0;
    }
    *out = '0';
    memcpy(out + TR_MUNICIPALITY_LEN - number.len, number.p, number.len);
    renumber(p, out);
    return name.len == 0 || agree(p, name, tr_str_eq((struct tr_str){out, TR_MUNICIPALITY_LEN}, own))
               ? judge_municipality(out)
               : TR_E_MUNICIPALITY;
}
