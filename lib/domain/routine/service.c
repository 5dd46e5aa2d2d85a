#include "domain/routine/service.h"

#include <stdio.h>

#include "base/text.h"

#define AT(member) offsetof(struct tr_service, member)

static const struct tr_member members[] = {
    {"service", TR_M_ID, .at = AT(id)},
    {"service_name", TR_M_TEXT, .at = AT(name)},
    {"provider", TR_M_CODE, .at = AT(provider), .list = "provider"},
    {"groups", TR_M_CODES, .at = AT(groups), .list = "rop_group"},
    {"needs", TR_M_CODES, .at = AT(needs), .list = "need"},
    {"scope", TR_M_TEXT, .at = AT(scope)},
    {"who", TR_M_TEXT, .at = AT(who)},
    {"apply", TR_M_TEXT, .at = AT(apply)},
    {"place", TR_M_TEXT, .at = AT(place)},
    {"phone", TR_M_TEXT, .at = AT(phone)},
    {"email", TR_M_TEXT, .at = AT(email)},
    {"price", TR_M_TEXT, .at = AT(price)},
    {"limit", TR_M_TEXT, .at = AT(limit)},
    {"hours", TR_M_TEXT, .at = AT(hours)},
    {"open", TR_M_BOOL, .at = AT(open)},
    {"after_hours", TR_M_TEXT, .at = AT(after_hours)},
    {"call_back", TR_M_DATE, .at = AT(call_back)},
};

const struct tr_kind tr_service_kind = {
    .name = "service",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_service),
    .keyed = true,
};

/* ---- time ---- */

/* hh:mm, 00:00 to 24:00, off the front. */
static bool read_time(struct tr_str *s, int32_t *minute)
{
    static const char shape[] = "dd:dd";

    for (int i = 0; i < 5; i++)
        if ((size_t)i >= s->len ||
            (shape[i] == 'd' ? s->p[i] < '0' || s->p[i] > '9' : s->p[i] != shape[i]))
            return false;
    *minute =
        ((s->p[0] - '0') * 10 + (s->p[1] - '0')) * 60 + (s->p[3] - '0') * 10 + (s->p[4] - '0');
    if (s->p[3] > '5' || *minute > 24 * 60)
        return false;
    *s = (struct tr_str){s->p + 5, s->len - 5};
    return true;
}

bool tr_moment_parse(struct tr_str s, struct tr_moment *out)
{
    struct tr_str day = s;
    struct tr_date date;

    *out = (struct tr_moment){TR_NO_DAY, -1};
    if (s.len > TR_DATE_LEN && s.p[TR_DATE_LEN] == 'T') {
        struct tr_str time = {s.p + TR_DATE_LEN + 1, s.len - TR_DATE_LEN - 1};

        if (!read_time(&time, &out->minute) || time.len > 0)
            return false;
        day.len = TR_DATE_LEN;
    }
    if (!tr_date_parse(day, &date))
        return false;
    out->day = tr_date_number(date);
    return true;
}

const char tr_hours_days[] = "MoTuWeThFrSaSu";

/* Mo … Su off the front. */
static bool read_weekday(struct tr_str *s, int *day)
{
    for (*day = 0; *day < 7 && s->len >= 2; ++*day)
        if (memcmp(s->p, tr_hours_days + 2 * *day, 2) == 0) {
            *s = (struct tr_str){s->p + 2, s->len - 2};
            return true;
        }
    return false;
}

static bool skip_char(struct tr_str *s, char c)
{
    if (s->len == 0 || *s->p != c)
        return false;
    *s = (struct tr_str){s->p + 1, s->len - 1};
    return true;
}

/* Mo-Fr,Su: bit 0 is Monday. */
static bool read_weekdays(struct tr_str *s, unsigned *days)
{
    int from, to;

    *days = 0;
    do {
        if (!read_weekday(s, &from))
            return false;
        to = from;
        if (skip_char(s, '-') && !read_weekday(s, &to))
            return false;
        for (int d = from;; d = (d + 1) % 7) {
            *days |= 1u << d;
            if (d == to)
                break;
        }
    } while (skip_char(s, ','));
    return true;
}

/* 09:00-15:00,18:00-20:00; *open: one of them has the minute; without a minute, any will do. */
static bool read_times(struct tr_str *s, int32_t minute, bool *open)
{
    int32_t from, to;

    *open = false;
    do {
        if (!read_time(s, &from) || !skip_char(s, '-') || !read_time(s, &to) || to <= from)
            return false;
        *open |= minute < 0 || (minute >= from && minute < to);
    } while (skip_char(s, ','));
    return true;
}

int tr_hours_open(struct tr_str hours, struct tr_moment at)
{
    bool open = false, in_time, holiday = tr_holiday(at.day), closed = false;
    struct tr_str part;
    unsigned days;

    if (hours.len == 0)
        return -1;
    while (tr_str_part(&hours, ';', &part)) {
        part = tr_text_trim(part);
        if (tr_str_is(part, "24/7")) {
            open = true;
        } else if (tr_str_is(part, "PH off")) {
            closed = holiday;
        } else {
            if (!read_weekdays(&part, &days) || !skip_char(&part, ' ') ||
                !read_times(&part, at.minute, &in_time) || part.len > 0)
                return -2;
            if (days >> tr_weekday(at.day) & 1)
                open = in_time; /* a later part replaces what was said of its days */
        }
    }
    return open && !closed;
}

int tr_hours_named_twice(struct tr_str hours)
{
    unsigned named = 0, twice = 0, days;
    struct tr_str part;

    while (hours.len > 0 && tr_str_part(&hours, ';', &part)) {
        part = tr_text_trim(part);
        days = 0;
        if (tr_str_is(part, "24/7"))
            days = (1u << 7) - 1;
        else if (!tr_str_is(part, "PH off") && !read_weekdays(&part, &days))
            return -1;
        twice |= named & days;
        named |= days;
    }
    return twice ? __builtin_ctz(twice) : -1;
}

/* ---- hours in words ---- */

static struct tr_str word(const struct tr_profile *p, enum tr_lang lang, const char *what)
{
    char key[40];

    snprintf(key, sizeof key, "service.hours.%s", what);
    return tr_profile_text(p, key, lang);
}

/* Mo-Fr,Su 09:00-15:00: names for the days, dashes for the rest. */
static void say_part(const struct tr_profile *p, enum tr_lang lang, struct tr_str part,
                     struct tr_buf *out)
{
    static const char *const names[] = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
    int day;

    while (part.len > 0) {
        if (read_weekday(&part, &day)) {
            tr_buf_str(out, word(p, lang, names[day]));
            continue;
        }
        if (*part.p == '-')
            tr_buf_text(out, "–");
        else if (*part.p == ',')
            tr_buf_text(out, ", ");
        else
            tr_buf_char(out, *part.p);
        part = (struct tr_str){part.p + 1, part.len - 1};
    }
}

void tr_hours_say(const struct tr_profile *p, enum tr_lang lang, struct tr_str hours,
                  struct tr_buf *out)
{
    struct tr_str part;
    bool first = true;

    while (hours.len > 0 && tr_str_part(&hours, ';', &part)) {
        part = tr_text_trim(part);
        tr_buf_text(out, first ? "" : "; ");
        if (tr_str_is(part, "24/7"))
            tr_buf_str(out, word(p, lang, "always"));
        else if (tr_str_is(part, "PH off"))
            tr_buf_str(out, word(p, lang, "holidays"));
        else
            say_part(p, lang, part, out);
        first = false;
    }
}

/* ---- the catalogue ---- */

struct row {
    const struct tr_profile *profile;
    const struct tr_table *t;
    uint32_t n;
    enum tr_lang lang;
    struct tr_err *err;
};

static struct tr_str cell(const struct row *row, const char *column)
{
    return tr_table_cell(row->t, row->n, tr_table_column(row->t, column));
}

static struct tr_str said(const struct row *row, const char *column)
{
    return tr_table_cell(row->t, row->n, tr_lang_column(row->t, column, row->lang));
}

static int fault(const struct row *row, const char *column, const char *why)
{
    return tr_table_fault(row->t, row->n, tr_table_column(row->t, column), TR_E_TABLE_CELL, why,
                          row->err);
}

static int read_codes(const struct row *row, const char *column, const char *list_name,
                      uint64_t *out)
{
    const struct tr_list *list = tr_profile_list(row->profile, list_name);

    return tr_list_codes(list, cell(row, column), out) ? 0 : fault(row, column, N_("no such code"));
}

/* The first working day after, so long after the day asked for. */
static int read_call_back(const struct row *row, struct tr_moment at, int32_t *out)
{
    struct tr_str text = cell(row, "call_back");
    struct tr_duration span;

    *out = TR_NO_DAY;
    if (text.len == 0)
        return 0;
    if (!tr_duration_parse(text, &span))
        return fault(row, "call_back", N_("not a duration such as P3M, P4W, P14D or 3wd"));
    if (at.day != TR_NO_DAY)
        *out = tr_day_plus(at.day, span);
    return 0;
}

static int read_row(const struct row *row, struct tr_moment at, struct tr_service *s)
{
    uint64_t provider;

    s->id = cell(row, "service");
    s->name = said(row, "label");
    s->scope = said(row, "scope");
    s->who = said(row, "who");
    s->apply = said(row, "apply");
    s->place = cell(row, "place");
    s->phone = cell(row, "phone");
    s->email = cell(row, "email");
    s->price = said(row, "price");
    s->limit = said(row, "limit");
    s->hours = cell(row, "hours");
    s->after_hours = cell(row, "after_hours");
    if (read_codes(row, "provider", "provider", &provider) < 0 ||
        read_codes(row, "groups", "rop_group", &s->groups) < 0 ||
        read_codes(row, "needs", "need", &s->needs) < 0 ||
        read_call_back(row, at, &s->call_back) < 0)
        return -1;
    for (s->provider = 0; s->provider < 63 && !(provider >> s->provider & 1); s->provider++)
        ;
    s->open = tr_hours_open(s->hours, (struct tr_moment){at.day < 0 ? 0 : at.day, at.minute});
    if (s->open == -2 || !(provider >> s->provider & 1))
        return fault(row, s->open == -2 ? "hours" : "provider",
                     s->open == -2 ? N_("not hours such as Mo-Fr 09:00-15:00; PH off")
                                   : N_("no such code"));
    if (at.day == TR_NO_DAY)
        s->open = -1;
    if (s->open != 0)
        s->call_back = TR_NO_DAY;
    return 0;
}

int tr_services_load(struct tr_records *out, const struct tr_profile *profile, enum tr_lang lang,
                     struct tr_moment at, struct tr_err *err)
{
    struct row row = {profile, &profile->table[TR_T_SERVICES], 0, lang, err};

    tr_records_start(out, &tr_service_kind, profile, row.t->source);
    for (; row.n < row.t->n_rows; row.n++) {
        struct tr_service *s = tr_records_add(out, row.t->lines[row.n]);
        int number = (int)row.n;

        if (!s)
            return tr_err_memory(err);
        if (read_row(&row, at, s) < 0)
            return -1;
        if (tr_dict_add(&out->ids, s->id, &number) < 0)
            return tr_err_memory(err);
        if (number != (int)row.n)
            return fault(&row, "service", N_("two rows have the same spelling"));
    }
    for (row.n = 0; row.n < row.t->n_rows; row.n++) {
        struct tr_str other = tr_service(out, row.n)->after_hours;

        if (other.len > 0 && tr_records_find(out, other) < 0)
            return fault(&row, "after_hours", N_("no such code"));
    }
    return 0;
}
