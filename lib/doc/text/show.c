#include "doc/text/show.h"

#include "base/date.h"
#include "base/text.h"

/* ---- numbers ---- */

bool tr_show_is_number(struct tr_str s)
{
    size_t n;

    if (s.len > 18)
        return false;
    if (s.len > 0 && *s.p == '-')
        s = tr_str_from(s, 1);
    n = tr_str_digits(s);
    if (n == 0 || (n > 1 && *s.p == '0'))
        return false;
    s = tr_str_from(s, n);
    return s.len == 0 || (*s.p == '.' && s.len > 1 && tr_str_digits(tr_str_from(s, 1)) == s.len - 1);
}

double tr_show_number_of(struct tr_str s)
{
    bool minus = s.len > 0 && *s.p == '-';
    double whole = 0, unit = 1;
    bool fraction = false;

    for (size_t i = minus; i < s.len; i++) {
        if (s.p[i] == '.') {
            fraction = true;
            continue;
        }
        whole = whole * 10 + (s.p[i] - '0');
        unit *= fraction ? 10 : 1;
    }
    return (minus ? -whole : whole) / unit;
}

void tr_show_number(struct tr_str s, enum tr_lang lang, struct tr_buf *out)
{
    static const struct {
        const char *group, *point;
    } signs[TR_N_LANGS] = {
        [TR_NB] = {"\u00A0", ","}, [TR_NN] = {"\u00A0", ","}, [TR_EN] = {",", "."}};
    size_t n;

    if (!tr_show_is_number(s)) {
        tr_buf_str(out, s);
        return;
    }
    if (*s.p == '-') {
        tr_buf_text(out, "\u2212");
        s = tr_str_from(s, 1);
    }
    n = tr_str_digits(s);
    for (size_t i = 0; i < n; i++) {
        if (n >= 5 && i > 0 && (n - i) % 3 == 0)
            tr_buf_text(out, signs[lang].group);
        tr_buf_char(out, s.p[i]);
    }
    if (n < s.len) {
        tr_buf_text(out, signs[lang].point);
        tr_buf_str(out, tr_str_from(s, n + 1));
    }
}

/* ---- days ---- */

static bool is_day(struct tr_str s, struct tr_date *day)
{
    return s.len == TR_DATE_LEN && s.p[4] == '-' && tr_date_parse(s, day);
}

bool tr_show_is_date(struct tr_str s)
{
    struct tr_date day;

    return is_day(s, &day);
}

void tr_show_date(struct tr_str s, enum tr_lang lang, struct tr_buf *out)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    struct tr_date day;

    if (!is_day(s, &day)) {
        tr_buf_str(out, s);
    } else if (lang == TR_EN) {
        tr_buf_num(out, day.day);
        tr_buf_text(out, "\u00A0");
        tr_buf_text(out, months[day.month - 1]);
        tr_buf_text(out, "\u00A0");
        tr_buf_num(out, day.year);
    } else {
        tr_buf_add(out, s.p + 8, 2);
        tr_buf_char(out, '.');
        tr_buf_add(out, s.p + 5, 2);
        tr_buf_char(out, '.');
        tr_buf_add(out, s.p, 4);
    }
}

void tr_show_day(int32_t day, enum tr_lang lang, struct tr_buf *out)
{
    char iso[TR_DATE_LEN];

    if (day == TR_NO_DAY)
        return;
    tr_date_iso(tr_date_of(day), iso);
    tr_show_date((struct tr_str){iso, sizeof iso}, lang, out);
}

void tr_show_time(int32_t minutes, enum tr_lang lang, struct tr_buf *out)
{
    char text[TR_TIME_LEN];

    if (minutes < 0)
        return;
    tr_time_text(minutes, lang == TR_EN ? ':' : '.', text);
    tr_buf_add(out, text, sizeof text);
}

void tr_show_labels(const struct tr_list *list, uint64_t mask, enum tr_lang lang,
                    struct tr_buf *out)
{
    bool first = true;

    for (int i = 0; i < list->n; i++)
        if (mask >> i & 1) {
            tr_buf_text(out, first ? "" : ", ");
            tr_buf_str(out, list->entry[i].label[lang]);
            first = false;
        }
}

/* ---- text ---- */

void tr_show_text(struct tr_str s, struct tr_buf *out)
{
    struct tr_str rest = s;
    bool space = false;

    for (size_t i = 0; i < s.len; i++) {
        bool blank = strchr("\r\n\t", s.p[i]) && s.p[i];

        if (blank) {
            tr_text_show((struct tr_str){rest.p, (size_t)(s.p + i - rest.p)}, out);
            if (!space)
                tr_buf_char(out, ' ');
            rest.p = s.p + i + 1;
        }
        space = blank;
    }
    rest.len = (size_t)(s.p + s.len - rest.p);
    tr_text_show(rest, out);
}
