#include "domain/routine/event.h"

#include <stdlib.h>

#include "domain/places/stay.h"
#include "domain/referral/identity.h"

#define AT(member) offsetof(struct tr_event, member)

static const struct tr_member members[] = {
    {"case_id", TR_M_ID, .at = AT(case_id), .needed = true, .filled = true},
    {"date", TR_M_DATE, .at = AT(date), .needed = true, .filled = true},
    {"type", TR_M_CODE, .at = AT(type), .list = "event_type", .needed = true, .filled = true},
    {"detail", TR_M_CODE, .at = AT(detail), .list = "event_detail"},
    {"until", TR_M_DATE, .at = AT(until)},
    {"by", TR_M_TEXT, .at = AT(by)},
    {"note", TR_M_TEXT, .at = AT(note)},
};

static enum tr_code check(const void *record, const char **member)
{
    const struct tr_event *e = record;

    *member = "until";
    return e->until != TR_NO_DAY && e->until < e->date ? TR_E_REVERSED : TR_OK;
}

const struct tr_kind tr_event_kind = {
    .name = "event",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_event),
    .check = check,
};

#undef AT
#define AT(member) offsetof(struct tr_case, member)

static const struct tr_member case_members[] = {
    {"referral_id", TR_M_ID, .at = AT(id), .needed = true, .filled = true},
    {"received", TR_M_DATE, .at = AT(received), .vague = true},
    {"bydel", TR_M_CODE, .at = AT(bydel), .list = "bydel", .needed = true},
    {"service_level", TR_M_CODE, .at = AT(service_level), .list = "service_level"},
    {"stay_type", TR_M_CODE, .at = AT(stay_type), .list = "stay_type"},
    {"queue_number", TR_M_NUMBER, .at = AT(queue_number), .most = TR_NUMBER_MOST},
    {"available_from", TR_M_DATE, .at = AT(available_from), .vague = true},
    {"consent", TR_M_CODE, .at = AT(consent), .list = "bool"},
    {"consent_kind", TR_M_CODE, .at = AT(consent_kind), .list = "consent_kind"},
    {"consent_on", TR_M_DATE, .at = AT(consent_on)},
    {"consent_by", TR_M_TEXT, .at = AT(consent_by)},
    {"person_id", TR_M_TEXT, .at = AT(person_id)},
    {"wishes", TR_M_LIST, .at = AT(wishes), .by_people = true},
    {"protection", TR_M_CODE, .at = AT(protection), .list = "protection"},
    {"judged_on", TR_M_DATE, .at = AT(judged_on)},
};

const struct tr_kind tr_case_kind = {
    .name = "case",
    .member = case_members,
    .n_members = sizeof case_members / sizeof *case_members,
    .size = sizeof(struct tr_case),
    .keyed = true,
};

static bool is_of(const struct tr_records *cases, struct tr_str id, int32_t bydel)
{
    int i = tr_records_find(cases, id);

    return i >= 0 && ((struct tr_case *)(void *)cases->record + i)->bydel == bydel;
}

void tr_events_keep(struct tr_records *events, const struct tr_records *cases, int32_t bydel,
                    struct tr_str id, int32_t until)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < events->n; i++) {
        struct tr_str about = tr_event(events, i)->case_id;

        if ((until != TR_NO_DAY && tr_event(events, i)->date > until) ||
            (id.len > 0 && !tr_str_eq(about, id)) || (bydel >= 0 && !is_of(cases, about, bydel)))
            continue;
        *tr_event(events, n) = *tr_event(events, i);
        events->line[n++] = events->line[i];
    }
    events->n = n;
}

enum { EXPECTED = 16 }; /* events ahead, for which what is in far memory starts on its way */

/* Puts events in their places. Each visit puts one where it belongs, so that a pass leaves at most
 * half of what it found out of place. Following one event after another would take no passes, but
 * then each look into memory waits for the one before. */
static void move(struct tr_records *events, uint32_t *place)
{
    bool moved = true;

    while (moved) {
        moved = false;
        for (uint32_t i = 0; i < events->n; i++) {
            uint32_t to = place[i];
            struct tr_event other;
            uint64_t line;

            if (to == i)
                continue;
            other = *tr_event(events, to);
            line = events->line[to];
            *tr_event(events, to) = *tr_event(events, i);
            *tr_event(events, i) = other;
            events->line[to] = events->line[i];
            events->line[i] = line;
            place[i] = place[to];
            place[to] = to;
            moved = true;
        }
    }
}

int tr_events_deal(struct tr_records *events)
{
    struct tr_dict cases = {0};
    uint32_t *place =
        malloc((events->n + (size_t)1) * sizeof *place);          /* first the case of each event */
    uint32_t *next = calloc(events->n + (size_t)1, sizeof *next); /* place of a case */
    struct tr_buf ids = {0}; /* of each case, the text of its first event: near each other in memory */
    int rc = place && next ? 0 : -1;

    for (uint32_t i = 0; rc == 0 && i < events->n; i++) {
        int number = (int)cases.n;
        struct tr_str *id = &tr_event(events, i)->case_id;

        if (i + EXPECTED < events->n)
            tr_dict_expect(&cases, tr_event(events, i + EXPECTED)->case_id);
        rc = tr_dict_add(&cases, *id, &number);
        if (rc == 0)
            tr_buf_add(&ids, id, sizeof *id);
        if (rc < 0 || ids.failed)
            break;
        rc = 0;
        *id = ((const struct tr_str *)(const void *)ids.p)[number];
        place[i] = (uint32_t)number;
        next[number]++;
    }
    rc = ids.failed ? -1 : rc;
    for (uint32_t c = 0, from = 0, n; rc == 0 && c < cases.n; c++, from += n) {
        n = next[c];
        next[c] = from;
    }
    for (uint32_t i = 0; rc == 0 && i < events->n; i++)
        place[i] = next[place[i]]++;
    if (rc == 0)
        move(events, place);
    tr_dict_clear(&cases);
    tr_buf_clear(&ids);
    free(place);
    free(next);
    return rc;
}

int32_t tr_event_taken_from(const struct tr_profile *p, const char *fact)
{
    const struct tr_table *t = &p->table[TR_T_EVENT_TYPES];
    int column = tr_table_column(t, "taken_from");

    for (uint32_t r = 0; r < t->n_rows; r++)
        if (tr_str_is(tr_table_cell(t, r, column), fact))
            return (int32_t)r;
    return -1;
}

/* What the log has already: cases and types. */
struct logged {
    struct tr_records *events;
    struct tr_dict cases;                         /* to a number */
    uint64_t *types;                              /* of each: bit: event type */
    int32_t moved_in, moved_out, kept, day_place; /* event types */
    bool failed;
};

static int number_of(struct logged *l, struct tr_str id, int next)
{
    int number = next;

    l->failed |= tr_dict_add(&l->cases, id, &number) < 0;
    return number;
}

/* The event added; NULL when the log has one of the type already, or memory is out. */
static struct tr_event *add_event(struct logged *l, struct tr_str id, const struct tr_event *about)
{
    int32_t type = about->type;
    int at = tr_dict_find(&l->cases, id);
    struct tr_event *e;

    if (type < 0 || about->date == TR_NO_DAY || (at >= 0 && l->types[at] >> type & 1))
        return NULL;
    e = tr_records_add(l->events, 0);
    if (!e) {
        l->failed = true;
        return NULL;
    }
    *e = *about;
    e->case_id = tr_arena_copy(&l->events->text, id);
    return e;
}

/* What the referral says of consent. */
static void add_consent(struct logged *l, const struct tr_profile *p, const struct tr_case *c)
{
    static const char *const facts[] = {[TR_CONSENT_UNKNOWN] = "consent_missing",
                                        [TR_CONSENT_REFUSED] = "consent_refused",
                                        [TR_CONSENT_GIVEN] = "consent_given"};
    const struct tr_list *details = tr_profile_list(p, "event_detail");
    const struct tr_list *kinds = tr_profile_list(p, "consent_kind");
    enum tr_consent consent = tr_consent_of(p, c->consent, c->consent_kind);
    int32_t detail = consent == TR_CONSENT_GIVEN && details && kinds && c->consent_kind >= 0
                         ? tr_list_code(details, kinds->entry[c->consent_kind].code)
                         : -1;
    int32_t given = tr_event_taken_from(p, facts[TR_CONSENT_GIVEN]);
    int at = tr_dict_find(&l->cases, c->id);
    struct tr_event *e = NULL, about = {.detail = detail, .until = TR_NO_DAY};

    about.type = tr_event_taken_from(p, facts[consent]);
    about.date = tr_case_consent_day(c);
    /* what the log has answers what the referral leaves open */
    if (consent != TR_CONSENT_UNKNOWN || given < 0 || at < 0 || !(l->types[at] >> given & 1))
        e = add_event(l, c->id, &about);
    if (e)
        e->by = tr_arena_copy(&l->events->text, c->consent_by);
}

/* The detail with the same code as the type of stay that the referral asked for. */
static int32_t detail_of(const struct tr_profile *p, const struct tr_records *cases,
                         struct tr_str id)
{
    const struct tr_list *details = tr_profile_list(p, "event_detail");
    int i = cases ? tr_records_find(cases, id) : -1;
    int32_t type = i < 0 ? -1 : ((struct tr_case *)(void *)cases->record + i)->stay_type;

    return type < 0 || !details
               ? -1
               : tr_list_code(details, tr_profile_list(p, "stay_type")->entry[type].code);
}

static int note_log(struct logged *l)
{
    uint32_t n = l->events->n;
    int cases = 0;

    l->types = calloc(n + (size_t)1, sizeof *l->types);
    for (uint32_t i = 0; l->types && i < n && !l->failed; i++) {
        int number = number_of(l, tr_event(l->events, i)->case_id, cases);

        cases += number == cases;
        l->types[number] |= UINT64_C(1) << tr_event(l->events, i)->type;
    }
    return l->types && !l->failed ? 0 : -1;
}

/* What a stay tells. */
static void add_stay(struct logged *l, const struct tr_records *cases, const struct tr_stay *s)
{
    struct tr_event about = {.date = s->from, .detail = -1, .until = TR_NO_DAY};

    if (tr_stay_lived(s)) {
        about.type = l->moved_in;
        about.detail = detail_of(l->events->profile, cases, s->referral_id);
        add_event(l, s->referral_id, &about);
        about.type = l->moved_out;
        about.detail = -1;
        about.date = s->to;
        add_event(l, s->referral_id, &about);
    } else if (s->status == TR_STAY_KEPT || s->status == TR_STAY_DAY_PLACE) {
        about.type = s->status == TR_STAY_KEPT ? l->kept : l->day_place;
        about.until = s->to != TR_NO_DAY ? s->to : s->to_expected;
        add_event(l, s->referral_id, &about);
    }
}

int tr_events_add_known(struct tr_records *events, const struct tr_records *cases,
                        const struct tr_records *stays)
{
    const struct tr_profile *p = events->profile;
    struct tr_event about = {
        .type = tr_event_taken_from(p, "received"), .detail = -1, .until = TR_NO_DAY};
    struct logged l = {.events = events,
                       .moved_in = tr_event_taken_from(p, "moved_in"),
                       .moved_out = tr_event_taken_from(p, "moved_out"),
                       .kept = tr_event_taken_from(p, "kept"),
                       .day_place = tr_event_taken_from(p, "day_place")};
    bool any = (cases && cases->n > 0) || (stays && stays->n > 0);
    int rc = any ? note_log(&l) : 0;

    for (uint32_t i = 0; rc == 0 && cases && i < cases->n; i++) {
        about.date = tr_case(cases, i)->received;
        add_event(&l, tr_case(cases, i)->id, &about);
        add_consent(&l, p, tr_case(cases, i));
    }
    for (uint32_t i = 0; rc == 0 && stays && i < stays->n; i++)
        add_stay(&l, cases, tr_stay(stays, i));
    free(l.types);
    tr_dict_clear(&l.cases);
    return rc < 0 || l.failed || events->text.failed ? -1 : 0;
}

int32_t tr_case_district(const struct tr_records *cases, uint32_t i)
{
    const struct tr_case *c = tr_case(cases, i);

    return tr_protects(cases->profile, c->protection) ? -1 : c->bydel;
}
