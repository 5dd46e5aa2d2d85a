#include "doc/content/ics.h"

#include <stdio.h>

#include "base/sha256.h"
#include "base/text.h"
#include "doc/text/show.h"
#include "domain/referral/identity.h"

enum { LINE_MAX_OCTETS = 75, UID_DIGITS = 32, DAY_LEN = 8, EPOCH_YEAR = 2000 };

/* ---- lines ---- */

/* Writes the line, folded: no line is longer than 75 octets, and no character is cut. */
static void fold(struct tr_buf *line, struct tr_out *out)
{
    size_t at = 0, room = LINE_MAX_OCTETS;

    while (line->len - at > room) {
        size_t n = room;

        while (n > 0 && ((unsigned char)line->p[at + n] & 0xC0) == 0x80)
            n--;
        tr_out_add(out, line->p + at, n);
        tr_out_text(out, "\r\n ");
        at += n;
        room = LINE_MAX_OCTETS - 1;
    }
    tr_out_add(out, line->p + at, line->len - at);
    tr_out_text(out, "\r\n");
    out->buf.failed |= line->failed;
    line->len = 0;
}

/* Adds a text value: characters with a meaning in iCalendar are escaped. */
static void add_text(struct tr_buf *line, struct tr_str s)
{
    struct tr_buf shown = {0};

    tr_show_text(s, &shown);
    for (size_t i = 0; i < shown.len; i++) {
        if (strchr("\\;,", shown.p[i]))
            tr_buf_char(line, '\\');
        tr_buf_char(line, shown.p[i]);
    }
    line->failed |= shown.failed;
    tr_buf_clear(&shown);
}

static void plain(struct tr_out *out, const char *line)
{
    tr_out_text(out, line);
    tr_out_text(out, "\r\n");
}

static void property(struct tr_out *out, struct tr_buf *line, const char *name, struct tr_str text)
{
    tr_buf_text(line, name);
    tr_buf_char(line, ':');
    add_text(line, text);
    fold(line, out);
}

/* yyyymmdd */
static void add_day(struct tr_buf *line, int32_t day)
{
    char iso[TR_DATE_LEN];

    tr_date_iso(tr_date_of(day), iso);
    tr_buf_add(line, iso, 4);
    tr_buf_add(line, iso + 5, 2);
    tr_buf_add(line, iso + 8, 2);
}

/* ---- an event ---- */

struct calendar {
    const struct tr_records *deadlines;
    const struct tr_routine *routine;
    const struct tr_records *identities; /* or NULL */
    const struct tr_profile *profile;
    enum tr_lang lang;
    int32_t as_of;
    struct tr_out *out;
    struct tr_buf line;
};

/* The UID depends only on municipality, case, step and instance, so it is the same every time. */
static void add_uid(struct calendar *c, const struct tr_deadline *d)
{
    struct tr_buf about = {0};
    char hash[TR_SHA256_LEN];

    tr_buf_str(&about, tr_profile_value(c->profile, "municipality"));
    tr_buf_char(&about, '\0');
    tr_buf_str(&about, d->case_id);
    tr_buf_char(&about, '\0');
    tr_buf_str(&about, d->step);
    tr_buf_char(&about, '\0');
    tr_buf_num(&about, d->instance);
    tr_sha256(tr_buf_slice(&about), hash);
    c->line.failed |= about.failed;
    tr_buf_clear(&about);
    tr_buf_text(&c->line, "UID:");
    tr_buf_add(&c->line, hash, UID_DIGITS);
    tr_buf_text(&c->line, "@transition");
    fold(&c->line, c->out);
}

static bool is_open(enum tr_deadline_status status)
{
    return status == TR_DEADLINE_OVERDUE || status == TR_DEADLINE_DUE ||
           status == TR_DEADLINE_UPCOMING;
}

static struct tr_str role(const struct calendar *c, int32_t entry)
{
    return c->routine->roles->entry[entry].label[c->lang];
}

/* One sentence per line: that it is overdue, who is responsible, who attends, the day itself, the
 * source. */
static void add_description(struct calendar *c, const struct tr_deadline *d)
{
    static const char *const keys[] = {"deadline.was", "deadline.who", "deadline.attend",
                                       "deadline.working_day", "deadline.source"};
    const bool applies[] = {d->is == TR_DEADLINE_OVERDUE, true, d->attendees != 0,
                            d->due != d->due_working_day, d->source.len > 0};
    bool first = true;
    struct tr_buf said = {0}, roles = {0}, day[2] = {{0}, {0}};

    tr_show_labels(c->routine->roles, d->attendees, c->lang, &roles);
    tr_show_day(d->due, c->lang, &day[0]);
    tr_show_day(d->due_working_day, c->lang, &day[1]);
    const struct tr_fill fills[] = {
        {"role", role(c, d->responsible)},
        {"roles", tr_buf_slice(&roles)},
        {"day", tr_buf_slice(&day[0])},
        {"working_day", tr_buf_slice(&day[1])},
        {"source", d->source},
        {NULL, {0}},
    };
    tr_buf_text(&c->line, "DESCRIPTION:");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!applies[i])
            continue;
        said.len = 0;
        tr_text_fill(tr_profile_text(c->profile, keys[i], c->lang), fills, &said);
        if (!first)
            tr_buf_text(&c->line, "\\n");
        first = false;
        add_text(&c->line, tr_buf_slice(&said));
    }
    c->line.failed |= said.failed || roles.failed || day[0].failed || day[1].failed;
    tr_buf_clear(&said);
    tr_buf_clear(&roles);
    tr_buf_clear(&day[0]);
    tr_buf_clear(&day[1]);
    fold(&c->line, c->out);
}

/* Alarms when the notice begins, and on the day; of what is overdue the day is today. */
static void add_alarms(struct calendar *c, const struct tr_step *s, int32_t day,
                       struct tr_str summary)
{
    const struct tr_duration n = s ? s->notice : (struct tr_duration){0};
    int32_t from = tr_day_plus(day, (struct tr_duration){-n.months, -n.days, -n.working_days});
    char early[24];
    const char *const triggers[] = {early, "TRIGGER:PT8H"};

    snprintf(early, sizeof early, "TRIGGER:-P%dD", (int)(day - from));
    for (int i = from == TR_NO_DAY || from == day; i < 2; i++) {
        plain(c->out, "BEGIN:VALARM");
        plain(c->out, "ACTION:DISPLAY");
        plain(c->out, triggers[i]);
        property(c->out, &c->line, "DESCRIPTION", summary);
        plain(c->out, "END:VALARM");
    }
}

/* A later version has a higher number: by the day it was written, then by the events so far. */
static long long sequence(const struct calendar *c, const struct tr_deadline *d)
{
    int32_t days = c->as_of - tr_date_number((struct tr_date){EPOCH_YEAR, 1, 1});

    return days < 0 ? 0 : days * 1000LL + (d->events < 999 ? d->events : 999);
}

static void add_event(struct calendar *c, const struct tr_deadline *d)
{
    const struct tr_step *s = &c->routine->step[d->number];
    int32_t day = d->due_working_day;
    struct tr_str name = tr_identity_name(c->identities, d->case_id);
    struct tr_str protection = tr_identity_protection(c->identities, d->case_id, c->lang);
    struct tr_buf summary = {0};

    if (day == TR_NO_DAY)
        return;                         /* after the year 9999 */
    if (d->is == TR_DEADLINE_OVERDUE) { /* on its old day nobody would see it */
        day = c->as_of;
        tr_buf_str(&summary, tr_profile_text(c->profile, "deadline.overdue", c->lang));
        tr_buf_text(&summary, ": ");
    }
    if (protection.len > 0) {
        tr_buf_str(&summary, protection);
        tr_buf_text(&summary, ": ");
    }
    tr_buf_str(&summary, s->label[c->lang]);
    tr_buf_text(&summary, " – ");
    tr_buf_str(&summary, d->case_id);
    if (name.len > 0) {
        tr_buf_text(&summary, ", ");
        tr_buf_str(&summary, name);
    }
    plain(c->out, "BEGIN:VEVENT");
    add_uid(c, d);
    tr_buf_text(&c->line, "DTSTAMP:");
    add_day(&c->line, c->as_of);
    tr_buf_text(&c->line, "T000000Z");
    fold(&c->line, c->out);
    tr_buf_text(&c->line, "SEQUENCE:");
    tr_buf_num(&c->line, sequence(c, d));
    fold(&c->line, c->out);
    tr_buf_text(&c->line, "DTSTART;VALUE=DATE:");
    add_day(&c->line, day);
    fold(&c->line, c->out);
    property(c->out, &c->line, "SUMMARY", tr_buf_slice(&summary));
    add_description(c, d);
    plain(c->out, is_open(d->is) ? "STATUS:CONFIRMED" : "STATUS:CANCELLED");
    plain(c->out, "TRANSP:TRANSPARENT");
    plain(c->out, "CLASS:CONFIDENTIAL");
    if (is_open(d->is))
        add_alarms(c, d->is == TR_DEADLINE_OVERDUE ? NULL : s, day, tr_buf_slice(&summary));
    plain(c->out, "END:VEVENT");
    c->line.failed |= summary.failed;
    tr_buf_clear(&summary);
}

/* A calendar must have a component; this one has no effect. */
static void add_nothing(struct tr_out *out)
{
    static const char *const lines[] = {
        "BEGIN:VTIMEZONE",    "TZID:UTC",         "BEGIN:STANDARD", "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD",   "END:VTIMEZONE",
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        plain(out, lines[i]);
}

void tr_ics_write(const struct tr_records *deadlines, const struct tr_routine *routine,
                  const struct tr_records *identities, enum tr_lang lang, int32_t as_of,
                  struct tr_out *out)
{
    struct calendar c = {.deadlines = deadlines,
                         .routine = routine,
                         .identities = identities,
                         .profile = routine->profile,
                         .lang = lang,
                         .as_of = as_of,
                         .out = out};

    plain(out, "BEGIN:VCALENDAR");
    plain(out, "VERSION:2.0");
    plain(out, "PRODID:-//transition//deadline-list//EN");
    plain(out, "CALSCALE:GREGORIAN");
    plain(out, "METHOD:PUBLISH");
    property(out, &c.line, "X-WR-CALNAME", tr_profile_text(c.profile, "deadline.calendar", lang));
    for (uint32_t i = 0; i < deadlines->n; i++)
        add_event(&c, tr_deadline(deadlines, i));
    if (deadlines->n == 0)
        add_nothing(out);
    plain(out, "END:VCALENDAR");
    tr_buf_clear(&c.line);
}
