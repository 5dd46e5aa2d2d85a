#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "record/sheet_own.h"

/* How many digits a code of zeros shows at least, such as 0000 or, of an identity number, 000000\ 00000; 0:
 * there is something else in it. */
static int zeros_of(const char *code)
{
    int n = 0;

    for (const char *p = code; *p && *p != ';'; p++) {
        n += *p == '0';
        if (*p != '0' && *p != '\\' && *p != '"' && *p != ' ' && *p != '-')
            return 0;
    }
    return n;
}

struct tr_number_style tr_number_style_of(const char *code)
{
    struct tr_number_style style = {TR_FORM_PLAIN, 0};
    bool day = false, month = false, time = false;

    for (const char *p = code; *p && *p != ';'; p++) { /* the first part: what is above zero */
        const char *end;

        switch (*p) {
        case '"':
            end = strchr(p + 1, '"');
            p = end ? end : p + strlen(p) - 1;
            break;
        case '\\':
        case '_':
        case '*':
            if (p[1])
                p++;
            break;
        case '[': /* a colour, a condition, a language - or hours that go on */
            time |= p[1] == 'h' || p[1] == 'm' || p[1] == 's';
            end = strchr(p, ']');
            p = end ? end : p + strlen(p) - 1;
            break;
        case 'G': /* General */
            if (strncmp(p, "General", 7) == 0)
                p += 6;
            break;
        case 'd':
        case 'D':
        case 'y':
        case 'Y':
            day = true;
            break;
        case 'm':
        case 'M':
            month = true;
            break;
        case 'h':
        case 'H':
        case 's':
        case 'S':
            time = true;
            break;
        default:
            break;
        }
    }
    day |= month && !time; /* beside hours, m are minutes */
    if (zeros_of(code) > 1)
        style = (struct tr_number_style){TR_FORM_ZEROS, zeros_of(code)};
    else if (day || time)
        style.form = day && time ? TR_FORM_BOTH : day ? TR_FORM_DATE : TR_FORM_TIME;
    return style;
}

struct tr_number_style tr_number_style_known(int number)
{
    enum tr_number_form form = TR_FORM_PLAIN;

    if ((number >= 14 && number <= 17) || (number >= 27 && number <= 31) || number == 36 ||
        (number >= 50 && number <= 58))
        form = TR_FORM_DATE;
    else if ((number >= 18 && number <= 21) || (number >= 32 && number <= 35) ||
             (number >= 45 && number <= 47))
        form = TR_FORM_TIME;
    else if (number == 22)
        form = TR_FORM_BOTH;
    return (struct tr_number_style){form, 0};
}

/* A number that counts days, the rest of a day as time. False: it is no day. */
static bool show_day(double value, struct tr_number_style style, bool from_1904, struct tr_buf *out)
{
    const int32_t start = tr_date_number((struct tr_date){1899, 12, 30});
    double whole = floor(value + 0.5 / 86400);
    long seconds = lround((value - whole) * 86400);
    char text[64], iso[TR_DATE_LEN];
    bool first = style.form != TR_FORM_TIME || whole >= 1;

    if (!(value >= 0 && whole < 2958466)) /* 31 December 9999 */
        return false;
    if (seconds < 0)
        seconds = 0;
    if (first && style.form == TR_FORM_TIME) { /* hours that go on beyond a day */
        tr_buf_add(out, text,
                   (size_t)snprintf(text, sizeof text, "%ld:%02ld:%02ld",
                                    (long)whole * 24 + seconds / 3600, seconds / 60 % 60,
                                    seconds % 60));
        return true;
    }
    if (first) {
        /* Excel counts a 29 February 1900 that never was. */
        int32_t day = start + (int32_t)whole + (from_1904 ? 1462 : whole < 60);

        tr_date_iso(tr_date_of(day), iso);
        tr_buf_add(out, iso, sizeof iso);
    }
    if (style.form == TR_FORM_TIME || (seconds > 0 && first))
        tr_buf_add(out, text,
                   (size_t)snprintf(text, sizeof text, "%s%02ld:%02ld:%02ld", first ? "T" : "",
                                    seconds / 3600, seconds / 60 % 60, seconds % 60));
    return true;
}

static bool is_digits(struct tr_str s)
{
    return s.len > 0 && tr_str_digits(s) == s.len;
}

void tr_number_show(struct tr_str number, struct tr_number_style style, bool from_1904,
                    struct tr_buf *out)
{
    char text[64], *end;
    double value;

    if (number.len >= sizeof text || (style.form == TR_FORM_PLAIN && is_digits(number))) {
        tr_buf_str(out, number);
        return;
    }
    memcpy(text, number.p, number.len);
    text[number.len] = '\0';
    value = strtod(text, &end);
    if (end == text || *end || !isfinite(value)) {
        tr_buf_str(out, number); /* whatever it is, it is told where it is read */
        return;
    }
    if (style.form != TR_FORM_PLAIN && style.form != TR_FORM_ZEROS &&
        show_day(value, style, from_1904, out))
        return;
    if (style.form == TR_FORM_ZEROS && value >= 0 && value < 1e15 && value == floor(value)) {
        int n = snprintf(text, sizeof text, "%.0f", value);

        for (; n < style.digits; n++)
            tr_buf_char(out, '0');
        tr_buf_text(out, text);
        return;
    }
    if (is_digits(number)) {
        tr_buf_str(out, number);
        return;
    }
    if (value == floor(value) && fabs(value) < 1e15)
        snprintf(text, sizeof text, "%.0f", value);
    else
        snprintf(text, sizeof text, "%.15g", value);
    tr_buf_text(out, strcmp(text, "-0") == 0 ? "0" : text);
}

struct tr_str tr_iso_day(struct tr_str s)
{
    static const char midnight[] = "T00:00:00";
    enum { DAY = 10, AT = DAY + sizeof midnight - 1 };
    size_t n = AT;

    if (s.len < AT || s.p[DAY] != 'T')
        return s;
    if (n < s.len && s.p[n] == '.')
        for (n++; n < s.len && s.p[n] == '0'; n++)
            ;
    n += n < s.len && s.p[n] == 'Z';
    if (n < s.len)
        return s;
    return (struct tr_str){s.p, memcmp(s.p + DAY, midnight, sizeof midnight - 1) == 0 ? DAY : AT};
}
