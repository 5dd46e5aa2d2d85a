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

/* A day of a stay for which the log has events of the type, but none on the day itself. */
struct fact {
    int number; /* of the case */
    int32_t type, day;
    int32_t first, last; /* days on which an event may be about it */
    uint32_t stay;
    bool told; /* by an event of another day */
};

/* What the log has already: cases and types. */
struct logged {
    struct tr_records *events;
    struct tr_dict cases;                         /* to a number */
    uint64_t *types;                              /* of each: bit: event type */
    uint32_t *first;                              /* of each: its first event; one more than there are */
    bool *used;                                   /* of each event: a stay has its day */
    struct tr_buf facts;                          /* struct fact, by case, type and day when sorted */
    int32_t moved_in, moved_out, kept, day_place; /* event types */
    int32_t offered;                              /* -1: offers are not asked for */
    bool failed;
};

static int number_of(struct logged *l, struct tr_str id, int next)
{
    int number = next;

    l->failed |= tr_dict_add(&l->cases, id, &number) < 0;
    return number;
}

static bool has_type(const struct logged *l, int number, int32_t type)
{
    return number >= 0 && type >= 0 && l->types[number] >> type & 1;
}

static struct tr_event *put_event(struct logged *l, struct tr_str id, const struct tr_event *about)
{
    struct tr_event *e;

    if (about->type < 0 || about->date == TR_NO_DAY)
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

/* The event added; NULL when the log has one of the type already, or memory is out. */
static struct tr_event *add_event(struct logged *l, struct tr_str id, const struct tr_event *about)
{
    return has_type(l, tr_dict_find(&l->cases, id), about->type) ? NULL : put_event(l, id, about);
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
    if (consent != TR_CONSENT_UNKNOWN || !has_type(l, at, given))
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
    l->first = calloc(n + (size_t)2, sizeof *l->first);
    l->used = calloc(n + (size_t)1, sizeof *l->used);
    if (!l->types || !l->first || !l->used)
        return -1;
    for (uint32_t i = 0; i < n && !l->failed; i++) {
        int number = number_of(l, tr_event(l->events, i)->case_id, cases);

        if (number == cases)
            l->first[cases++] = i;
        l->types[number] |= UINT64_C(1) << tr_event(l->events, i)->type;
    }
    l->first[cases] = n;
    return l->failed ? -1 : 0;
}

/* What a stay tells: at most two events. */
static int tell(const struct logged *l, const struct tr_records *cases, const struct tr_stay *s,
                struct tr_event about[2])
{
    int n = 0;

    about[0] = about[1] = (struct tr_event){.type = -1, .date = s->from, .detail = -1, .until = TR_NO_DAY};
    if (tr_stay_lived(s)) {
        about[n].type = l->moved_in;
        about[n++].detail = detail_of(l->events->profile, cases, s->referral_id);
        about[n].type = l->moved_out;
        about[n++].date = s->to;
    } else if (s->status == TR_STAY_KEPT || s->status == TR_STAY_DAY_PLACE) {
        about[n].type = s->status == TR_STAY_KEPT ? l->kept : l->day_place;
        about[n++].until = s->to != TR_NO_DAY ? s->to : s->to_expected;
    } else if (s->status <= TR_STAY_EXPIRED) {
        about[n++].type = l->offered; /* whatever was answered, it was made on its first day */
    }
    return n;
}

/* Notes a day of a stay that the log does not have, though it has events of the type. */
static void note_fact(struct logged *l, const struct tr_stay *s, uint32_t stay, const struct tr_event *about)
{
    int number = tr_dict_find(&l->cases, s->referral_id);
    struct fact fact = {number, about->type, about->date, INT32_MIN, INT32_MAX, stay, false};
    bool found = false;

    if (about->date == TR_NO_DAY || !has_type(l, number, about->type))
        return;
    for (uint32_t i = l->first[number]; i < l->first[number + 1]; i++) {
        const struct tr_event *e = tr_event(l->events, i);

        if (e->type == about->type && e->date == about->date)
            found = l->used[i] = true;
    }
    if (found)
        return;
    if (about->type == l->moved_in && s->to != TR_NO_DAY)
        fact.last = s->to;
    if (about->type == l->moved_out)
        fact.first = s->from;
    tr_buf_add(&l->facts, &fact, sizeof fact);
}

static int by_case_type_day(const void *a, const void *b)
{
    const struct fact *x = a, *y = b;

    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return (x->day > y->day) - (x->day < y->day);
}

/* Whether the person moved the other way, by the log, between the day of the event and that of the stay: then
 * the two are not of one stay. */
static bool parted(const struct logged *l, int number, const struct tr_event *e, int32_t day)
{
    int32_t other = e->type == l->moved_in ? l->moved_out : e->type == l->moved_out ? l->moved_in : -1;
    int32_t from = day < e->date ? day : e->date, to = day < e->date ? e->date : day;

    for (uint32_t i = l->first[number]; other >= 0 && i < l->first[number + 1]; i++) {
        const struct tr_event *o = tr_event(l->events, i);

        /* who moves on in a day moves out before moving in */
        if (o->type == other && o->date > from && (o->date < to || (o->date == to && other == l->moved_out)))
            return true;
    }
    return false;
}

/* An event of another day tells of the stay that is nearest to it. */
static void find_told(struct logged *l)
{
    struct fact *fact = (void *)l->facts.p;
    size_t n = l->facts.len / sizeof *fact;

    if (n == 0)
        return;
    qsort(fact, n, sizeof *fact, by_case_type_day);
    for (size_t from = 0, to; from < n; from = to) {
        const int number = fact[from].number;
        size_t near = from;

        for (to = from; to < n && fact[to].number == number && fact[to].type == fact[from].type; to++)
            ;
        for (uint32_t i = l->first[number]; i < l->first[number + 1]; i++) {
            const struct tr_event *e = tr_event(l->events, i);

            if (e->type != fact[from].type || l->used[i])
                continue;
            for (size_t k = near = from; k < to; k++)
                if (llabs((int64_t)fact[k].day - e->date) < llabs((int64_t)fact[near].day - e->date))
                    near = k;
            if (e->date >= fact[near].first && e->date <= fact[near].last &&
                !parted(l, number, e, fact[near].day))
                fact[near].told = true;
        }
    }
}

static int by_stay(const void *a, const void *b)
{
    const struct fact *x = a, *y = b;

    if (x->stay != y->stay)
        return x->stay < y->stay ? -1 : 1;
    return (x->day > y->day) - (x->day < y->day);
}

/* Adds what stays tell and the log does not. A case has many stays, and the log may have the days of some. */
static void add_stays(struct logged *l, const struct tr_records *cases, const struct tr_records *stays)
{
    struct tr_event about[2];
    const struct fact *fact;
    size_t n, at = 0;

    for (uint32_t i = 0; i < stays->n && !l->failed; i++) {
        const struct tr_stay *s = tr_stay(stays, i);
        int k = tell(l, cases, s, about);

        while (k-- > 0)
            note_fact(l, s, i, &about[k]);
        l->failed |= l->facts.failed;
    }
    if (l->failed)
        return;
    find_told(l);
    fact = (const void *)l->facts.p;
    n = l->facts.len / sizeof *fact;
    if (n > 0)
        qsort(l->facts.p, n, sizeof *fact, by_stay);
    for (uint32_t i = 0; i < stays->n && !l->failed; i++) {
        const struct tr_stay *s = tr_stay(stays, i);
        int found = tell(l, cases, s, about);

        for (int k = 0; k < found; k++)
            add_event(l, s->referral_id, &about[k]);
        for (; at < n && fact[at].stay == i; at++)
            for (int k = 0; k < found; k++)
                if (!fact[at].told && about[k].type == fact[at].type)
                    put_event(l, s->referral_id, &about[k]);
    }
}

int tr_events_add_known(struct tr_records *events, const struct tr_records *cases,
                        const struct tr_records *stays, bool offers)
{
    const struct tr_profile *p = events->profile;
    struct tr_event about = {
        .type = tr_event_taken_from(p, "received"), .detail = -1, .until = TR_NO_DAY};
    struct logged l = {.events = events,
                       .moved_in = tr_event_taken_from(p, "moved_in"),
                       .moved_out = tr_event_taken_from(p, "moved_out"),
                       .kept = tr_event_taken_from(p, "kept"),
                       .day_place = tr_event_taken_from(p, "day_place"),
                       .offered = offers ? tr_event_taken_from(p, "offered") : -1};
    bool any = (cases && cases->n > 0) || (stays && stays->n > 0);
    int rc = any ? note_log(&l) : 0;

    for (uint32_t i = 0; rc == 0 && cases && i < cases->n; i++) {
        about.date = tr_case(cases, i)->received;
        add_event(&l, tr_case(cases, i)->id, &about);
        add_consent(&l, p, tr_case(cases, i));
    }
    if (rc == 0 && stays)
        add_stays(&l, cases, stays);
    free(l.types);
    free(l.first);
    free(l.used);
    tr_buf_clear(&l.facts);
    tr_dict_clear(&l.cases);
    return rc < 0 || l.failed || events->text.failed ? -1 : 0;
}

int32_t tr_case_district(const struct tr_records *cases, uint32_t i)
{
    const struct tr_case *c = tr_case(cases, i);

    return tr_protects(cases->profile, c->protection) ? -1 : c->bydel;
}
