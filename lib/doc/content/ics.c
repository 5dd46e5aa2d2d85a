#include "doc/content/ics.h"

#include <stdio.h>

#include "base/text.h"
#include "doc/content/agenda.h"
#include "doc/content/ics_own.h"
#include "doc/content/letter.h"
#include "doc/text/show.h"
#include "domain/referral/identity.h"

enum { ALARM_HOUR = 8 };

/* A version has a number, which only grows. Each event of the log that changes an entry adds
 * PER_CHANGE. Between, the days of an entry that is late, as it moves each day, or LEFT for one
 * that another role has now, which may come back. OVER is more than all of these, as what ended it
 * may be dated before the last change. A case that is closed, and one that is opened again, add
 * PER_TURN. */
enum {
    PER_CHANGE = 10000,
    LATE_MAX = PER_CHANGE - 2,
    LEFT = PER_CHANGE - 1,
    CHANGES_MAX = 9998,
    OVER = 100000000,
    PER_TURN = 2 * OVER
};

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
    struct tr_buf instance = {0};

    tr_buf_num(&instance, d->instance);
    tr_ics_uid(&c->line, c->out,
               (struct tr_str[]){tr_profile_value(c->profile, "municipality"), d->case_id, d->step,
                                 tr_buf_slice(&instance)},
               4);
    c->line.failed |= instance.failed;
    tr_buf_clear(&instance);
}

static bool is_open(enum tr_deadline_status status)
{
    return TR_DEADLINE_OPEN >> status & 1;
}

/* Open, and its last day is behind. */
static bool is_past(const struct calendar *c, const struct tr_deadline *d)
{
    return is_open(d->is) && c->as_of > d->due_working_day;
}

static struct tr_str role(const struct calendar *c, int32_t entry)
{
    return entry < 0 ? (struct tr_str){"", 0} : c->routine->roles->entry[entry].label[c->lang];
}

/* The sentences of a description, one per line. */
enum sentence { WAS, LATE, WHO, ATTEND, WORKING_DAY, WORKING_DAY_BEFORE, SOURCE, N_SENTENCES };

static void add_description(struct calendar *c, const struct tr_deadline *d)
{
    static const char *const keys[N_SENTENCES] = {
        [WAS] = "deadline.was",
        [WHO] = "deadline.who",
        [ATTEND] = "deadline.attend",
        [WORKING_DAY] = "deadline.working_day",
        [WORKING_DAY_BEFORE] = "deadline.working_day_before",
        [SOURCE] = "deadline.source",
    };
    const bool applies[N_SENTENCES] = {
        [WAS] = is_past(c, d),
        [LATE] = d->late >= 0,
        [WHO] = d->responsible >= 0,
        [ATTEND] = d->attendees != 0,
        [WORKING_DAY] =
            d->due<d->due_working_day, [WORKING_DAY_BEFORE] = d->due> d->due_working_day,
        [SOURCE] = d->source.len > 0,
    };
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
    for (int i = 0; i < N_SENTENCES; i++) {
        if (!applies[i])
            continue;
        said.len = 0;
        if (i == LATE) {
            tr_agenda_late(c->profile, d, c->lang, &said);
            tr_buf_char(&said, '.');
        } else {
            tr_text_fill(tr_profile_text(c->profile, keys[i], c->lang), fills, &said);
        }
        if (!first)
            tr_buf_text(&c->line, "\\n");
        first = false;
        tr_ics_text(&c->line, tr_buf_slice(&said));
    }
    c->line.failed |= said.failed || roles.failed || day[0].failed || day[1].failed;
    tr_buf_clear(&said);
    tr_buf_clear(&roles);
    tr_buf_clear(&day[0]);
    tr_buf_clear(&day[1]);
    tr_ics_fold(&c->line, c->out);
}

/* An alarm at eight o'clock in Norway, as a moment of UTC: libraries do not agree on hours after a
 * whole day. */
static void add_alarm(struct calendar *c, int32_t day, struct tr_str summary)
{
    int hour = ALARM_HOUR - tr_norwegian_hours(day, ALARM_HOUR - 2);

    tr_ics_plain(c->out, "BEGIN:VALARM");
    tr_ics_plain(c->out, "ACTION:DISPLAY");
    tr_buf_text(&c->line, "TRIGGER;VALUE=DATE-TIME:");
    tr_ics_day(&c->line, day);
    tr_buf_text(&c->line, "T0");
    tr_buf_num(&c->line, hour);
    tr_buf_text(&c->line, "0000Z");
    tr_ics_fold(&c->line, c->out);
    tr_ics_property(c->out, &c->line, "DESCRIPTION", summary);
    tr_ics_plain(c->out, "END:VALARM");
}

static uint32_t no_more_than(uint32_t most, uint32_t n)
{
    return n < most ? n : most;
}

/* SEQUENCE and DTSTAMP: they follow from the log, whatever the day of writing. */
static void add_version(struct calendar *c, const struct tr_deadline *d)
{
    uint32_t late = is_past(c, d) ? (uint32_t)(c->as_of - d->due_working_day) : 0;
    int32_t stamp = is_past(c, d)                ? c->as_of
                    : d->over_on > d->changed_on ? d->over_on
                                                 : d->changed_on;

    tr_buf_text(&c->line, "DTSTAMP:");
    tr_ics_day(&c->line, stamp);
    tr_buf_text(&c->line, "T000000Z");
    tr_ics_fold(&c->line, c->out);
    tr_buf_text(&c->line, "SEQUENCE:");
    tr_buf_num(&c->line, (long long)d->turns * PER_TURN +
                             (long long)no_more_than(CHANGES_MAX, d->changes) * PER_CHANGE +
                             (d->left           ? LEFT
                              : !is_open(d->is) ? OVER
                                                : no_more_than(LATE_MAX, late)));
    tr_ics_fold(&c->line, c->out);
}

/* What it is, in words as well: not every program knows STATUS. */
static void add_prefix(const struct calendar *c, const struct tr_deadline *d,
                       struct tr_buf *summary)
{
    const char *key = !is_open(d->is)                ? "deadline.cancelled"
                      : d->is == TR_DEADLINE_OVERDUE ? "deadline.overdue"
                                                     : NULL;

    if (!key)
        return;
    tr_buf_str(summary, tr_profile_text(c->profile, key, c->lang));
    tr_buf_text(summary, ": ");
}

static void add_summary(const struct calendar *c, const struct tr_deadline *d,
                        struct tr_buf *summary)
{
    struct tr_str name = tr_letter_person(tr_identity_name(c->identities, d->case_id));
    struct tr_str protection = tr_identity_protection(c->identities, d->case_id, c->lang);

    add_prefix(c, d, summary);
    if (protection.len > 0) {
        tr_buf_str(summary, protection);
        tr_buf_text(summary, ": ");
    }
    tr_buf_str(summary, d->label[c->lang]);
    tr_buf_text(summary, " – ");
    tr_buf_str(summary, d->case_id);
    if (name.len > 0) {
        tr_buf_text(summary, ", ");
        tr_buf_str(summary, name);
    }
}

static void add_event(struct calendar *c, const struct tr_deadline *d)
{
    /* On its old day nobody would see what is late. */
    int32_t day = is_past(c, d) ? c->as_of : d->due_working_day;
    struct tr_buf summary = {0};

    add_summary(c, d, &summary);
    tr_ics_plain(c->out, "BEGIN:VEVENT");
    add_uid(c, d);
    add_version(c, d);
    tr_buf_text(&c->line, "DTSTART;VALUE=DATE:");
    tr_ics_day(&c->line, day);
    tr_ics_fold(&c->line, c->out);
    tr_ics_property(c->out, &c->line, "SUMMARY", tr_buf_slice(&summary));
    add_description(c, d);
    tr_ics_plain(c->out, is_open(d->is) ? "STATUS:CONFIRMED" : "STATUS:CANCELLED");
    tr_ics_plain(c->out, "TRANSP:TRANSPARENT");
    tr_ics_plain(c->out, "CLASS:CONFIDENTIAL");
    if (is_open(d->is) && day == d->due_working_day && d->notice_on != TR_NO_DAY &&
        d->notice_on < day)
        add_alarm(c, d->notice_on, tr_buf_slice(&summary));
    if (is_open(d->is))
        add_alarm(c, day, tr_buf_slice(&summary));
    tr_ics_plain(c->out, "END:VEVENT");
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
        tr_ics_plain(out, lines[i]);
}

/* What has no day yet cannot stand in a calendar; what was over long ago has gone out of it. */
static bool is_in(const struct tr_calendar *calendar, const struct tr_deadline *d)
{
    return d->due_working_day != TR_NO_DAY &&
           (is_open(d->is) || d->over_on >= calendar->over_since);
}

void tr_ics_write(const struct tr_records *deadlines, const struct tr_routine *routine,
                  const struct tr_records *identities, const struct tr_calendar *calendar,
                  struct tr_out *out)
{
    struct calendar c = {.deadlines = deadlines,
                         .routine = routine,
                         .identities = identities,
                         .profile = routine->profile,
                         .lang = calendar->lang,
                         .as_of = calendar->as_of,
                         .out = out};
    uint32_t n = 0;

    tr_ics_plain(out, "BEGIN:VCALENDAR");
    tr_ics_plain(out, "VERSION:2.0");
    tr_ics_plain(out, "PRODID:-//transition//deadline-list//EN");
    tr_ics_plain(out, "CALSCALE:GREGORIAN");
    tr_ics_plain(out, "METHOD:PUBLISH");
    tr_ics_property(out, &c.line, "X-WR-CALNAME",
             tr_profile_text(c.profile, "deadline.calendar", calendar->lang));
    for (uint32_t i = 0; i < deadlines->n; i++)
        if (is_in(calendar, tr_deadline(deadlines, i))) {
            add_event(&c, tr_deadline(deadlines, i));
            n++;
        }
    if (n == 0)
        add_nothing(out);
    tr_ics_plain(out, "END:VCALENDAR");
    tr_buf_clear(&c.line);
}
