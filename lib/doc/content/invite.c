#include "doc/content/invite.h"

#include "base/text.h"
#include "doc/content/ics_own.h"
#include "doc/text/show.h"

enum { MINUTES_OF_HOUR = 60, MINUTES_OF_DAY = 24 * MINUTES_OF_HOUR };

struct inviting {
    const struct tr_invitation *v;
    const struct tr_profile *profile;
    enum tr_lang lang;
    struct tr_out *out;
    struct tr_buf line;
};

static struct tr_str word(const struct inviting *c, const char *key)
{
    return tr_profile_text(c->profile, key, c->lang);
}

static const struct tr_list_entry *kind_of_meeting(const struct inviting *c)
{
    return &tr_profile_list(c->profile, "meeting")->entry[c->v->which];
}

/* As invitations have it: a telephone that shows it tells nobody what the person needs, or where they live. */
static struct tr_str role(const struct inviting *c, int32_t entry)
{
    return c->v->paper->form->roles->entry[entry].calendar[c->lang];
}

/* The UID depends on municipality, case, kind of meeting and the day of the first invitation, not on when
 * the meeting is. */
static void add_uid(struct inviting *c)
{
    char iso[TR_DATE_LEN];
    int32_t day = tr_plan_day(c->v->paper);

    tr_date_iso(tr_date_of(day == TR_NO_DAY ? 0 : day), iso);
    tr_ics_uid(&c->line, c->out,
               (struct tr_str[]){tr_profile_value(c->profile, "municipality"),
                                 tr_plan_head(c->v->paper)->case_id, TR_STR("invitation"),
                                 {iso, day == TR_NO_DAY ? 0 : sizeof iso},
                                 kind_of_meeting(c)->code},
               5);
}

/* A moment of UTC: all calendars understand it alike, without a zone of their own. */
static void add_moment(struct inviting *c, const char *name, int32_t minutes)
{
    int32_t day = c->v->day, utc;
    char text[TR_TIME_LEN];

    utc = minutes - MINUTES_OF_HOUR * tr_norwegian_hours(day, minutes / MINUTES_OF_HOUR - 1);
    if (utc < 0) {
        utc += MINUTES_OF_DAY;
        day--;
    }
    tr_time_text(utc, ':', text);
    tr_buf_text(&c->line, name);
    tr_buf_char(&c->line, ':');
    tr_ics_day(&c->line, day);
    tr_buf_char(&c->line, 'T');
    tr_buf_add(&c->line, text, 2);
    tr_buf_add(&c->line, text + 3, 2);
    tr_buf_text(&c->line, "00Z");
    tr_ics_fold(&c->line, c->out);
}

/* A parameter in quotes, which can hold neither quotes nor what ends a line. Some readers end it at a
 * semicolon all the same, and take a caret for the start of another character (RFC 6868). */
static void add_name(struct inviting *c, struct tr_str name)
{
    static const char *const not_these = "\";^", *const but_these = "', ";
    struct tr_buf shown = {0};

    tr_show_text(name, &shown);
    tr_buf_text(&c->line, ";CN=\"");
    for (size_t i = 0; i < shown.len; i++) {
        const char *at = strchr(not_these, shown.p[i]);

        tr_buf_char(&c->line, at ? but_these[at - not_these] : shown.p[i]);
    }
    tr_buf_char(&c->line, '"');
    c->line.failed |= shown.failed;
    tr_buf_clear(&shown);
}

/* An address as a URI: what it may not hold is written as its bytes. */
static void add_address(struct inviting *c, struct tr_str email)
{
    static const char hex[] = "0123456789ABCDEF";

    tr_buf_text(&c->line, ":mailto:");
    for (size_t i = 0; i < email.len; i++) {
        unsigned char byte = (unsigned char)email.p[i];

        if (byte > ' ' && byte < 0x7F && !strchr("\"%<>\\^`{|}?#", byte)) {
            tr_buf_char(&c->line, (char)byte);
        } else {
            tr_buf_char(&c->line, '%');
            tr_buf_char(&c->line, hex[byte >> 4]);
            tr_buf_char(&c->line, hex[byte & 0xF]);
        }
    }
    tr_ics_fold(&c->line, c->out);
}

static void add_invited(struct inviting *c, const struct tr_invited *who, const char *property)
{
    tr_buf_text(&c->line, property);
    add_name(c, who->name.len > 0 ? who->name : role(c, who->role));
    add_address(c, who->email);
}

static void add_attendees(struct inviting *c)
{
    const struct tr_invited *caller = tr_invitation_caller(c->v);

    add_invited(c, caller, "ORGANIZER");
    for (int i = 0; i < c->v->n; i++) {
        const struct tr_invited *who = &c->v->invited[i];

        add_invited(c, who,
                    who == caller ? "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=CHAIR;PARTSTAT=ACCEPTED;RSVP=FALSE"
                    : c->v->must == 0 || c->v->must & who->roles
                        ? "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
                        : "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE");
    }
}

/* Which meeting, in which case; that it is cancelled in words as well, as not every program knows STATUS. */
static void add_summary(struct inviting *c)
{
    struct tr_buf summary = {0};

    if (c->v->cancelled) {
        tr_buf_str(&summary, word(c, "deadline.cancelled"));
        tr_buf_text(&summary, ": ");
    }
    tr_buf_str(&summary, kind_of_meeting(c)->label[c->lang]);
    tr_buf_text(&summary, " – ");
    tr_buf_str(&summary, tr_plan_head(c->v->paper)->case_id);
    tr_ics_property(c->out, &c->line, "SUMMARY", tr_buf_slice(&summary));
    c->line.failed |= summary.failed;
    tr_buf_clear(&summary);
}

/* Whether a role before it in the list, of those in mask, is called the same. */
static bool is_named_before(const struct inviting *c, uint64_t mask, int32_t entry)
{
    for (int32_t i = 0; i < entry; i++)
        if (mask >> i & 1 && tr_str_eq(role(c, i), role(c, entry)))
            return true;
    return false;
}

/* The roles in mask, each name once. */
static void add_roles(const struct inviting *c, uint64_t mask, struct tr_buf *out)
{
    for (int32_t i = 0; i < c->v->paper->form->roles->n; i++)
        if (mask >> i & 1 && !is_named_before(c, mask, i)) {
            tr_buf_text(out, out->len > 0 ? ", " : "");
            tr_buf_str(out, role(c, i));
        }
}

/* Who calls, and who is called in by role: also those who have no address here. */
static void add_description(struct inviting *c)
{
    uint64_t roles = c->v->must;
    struct tr_buf all = {0}, said = {0};

    for (int i = 0; i < c->v->n; i++)
        roles |= c->v->invited[i].roles;
    add_roles(c, roles, &all);
    const struct tr_fill fills[] = {{"role", role(c, c->v->caller)},
                                    {"roles", tr_buf_slice(&all)},
                                    {NULL, {0}}};
    tr_text_fill(word(c, "invite.caller"), fills, &said);
    tr_buf_char(&said, ' ');
    tr_text_fill(word(c, "deadline.attend"), fills, &said);
    if (c->v->hidden) {
        tr_buf_char(&said, ' ');
        tr_buf_str(&said, word(c, "invite.place"));
    }
    tr_ics_property(c->out, &c->line, "DESCRIPTION", tr_buf_slice(&said));
    c->line.failed |= all.failed || said.failed;
    tr_buf_clear(&all);
    tr_buf_clear(&said);
}

/* SEQUENCE and DTSTAMP: they follow from the papers, whatever the day of writing. */
static void add_version(struct inviting *c)
{
    int32_t day = tr_plan_day(c->v->paper);

    tr_buf_text(&c->line, "DTSTAMP:");
    tr_ics_day(&c->line, day == TR_NO_DAY ? c->v->day : day);
    tr_buf_text(&c->line, "T000000Z");
    tr_ics_fold(&c->line, c->out);
    tr_buf_text(&c->line, "SEQUENCE:");
    tr_buf_num(&c->line, c->v->changes);
    tr_ics_fold(&c->line, c->out);
}

static void add_event(struct inviting *c)
{
    tr_ics_plain(c->out, "BEGIN:VEVENT");
    add_uid(c);
    add_version(c);
    add_moment(c, "DTSTART", c->v->starts);
    if (c->v->ends >= 0)
        add_moment(c, "DTEND", c->v->ends);
    add_summary(c);
    if (c->v->place.len > 0 && !c->v->hidden)
        tr_ics_property(c->out, &c->line, "LOCATION", c->v->place);
    add_description(c);
    add_attendees(c);
    tr_ics_plain(c->out, c->v->cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
    tr_ics_plain(c->out, "TRANSP:OPAQUE");
    tr_ics_plain(c->out, "CLASS:CONFIDENTIAL");
    tr_ics_plain(c->out, "END:VEVENT");
}

void tr_invite_write(const struct tr_invitation *invitation, enum tr_lang lang, struct tr_out *out)
{
    struct inviting c = {.v = invitation,
                         .profile = invitation->paper->form->profile,
                         .lang = lang,
                         .out = out};

    tr_ics_plain(out, "BEGIN:VCALENDAR");
    tr_ics_plain(out, "VERSION:2.0");
    tr_ics_plain(out, "PRODID:-//transition//meeting-invite//EN");
    tr_ics_plain(out, "CALSCALE:GREGORIAN");
    tr_ics_plain(out, invitation->cancelled ? "METHOD:CANCEL" : "METHOD:REQUEST");
    add_event(&c);
    tr_ics_plain(out, "END:VCALENDAR");
    tr_buf_clear(&c.line);
}
