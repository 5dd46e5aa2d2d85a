/* The state of cases: each source by itself, what overlaps, what contradicts, and every history of
 * two stays and an event. */
#include "made.h"

#include "domain/cases/cases.h"
#include "domain/places/vacancy.h"

static struct tr_profile profile;
static struct tr_case_states states;
static struct tr_records referrals, stays, events, institutions;
static int told;

static void count_told(void *cookie, const struct tr_err *err)
{
    (void)cookie;
    ck_assert_int_eq(err->code, TR_W_CASE_STATE);
    told++;
}
static const struct tr_listener listener = {count_told, NULL};

static void setup(void)
{
    struct tr_err err;

    ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
    ck_assert_int_eq(tr_case_states_load(&states, &profile, &err), 0);
    tr_records_start(&referrals, &tr_case_kind, &profile, "referrals");
    tr_records_start(&stays, &tr_stay_kind, &profile, "stays");
    tr_records_start(&events, &tr_event_kind, &profile, "events");
    tr_records_start(&institutions, &tr_institution_kind, &profile, "institutions");
    told = 0;
}

static void teardown(void)
{
    tr_records_clear(&institutions);
    tr_records_clear(&events);
    tr_records_clear(&stays);
    tr_records_clear(&referrals);
    tr_profile_clear(&profile);
}

static void refer(const char *id, int32_t received, const char *person, int32_t available_from)
{
    struct tr_case *c = tr_records_add(&referrals, referrals.n + 2);

    c->id = tr_str(id);
    c->received = received;
    c->available_from = available_from;
    c->person_id = tr_str(person);
}

static void stay(const char *id, enum tr_stay_status status, int32_t from, int32_t to)
{
    struct tr_stay *s = tr_records_add(&stays, stays.n + 2);

    s->referral_id = tr_str(id);
    s->institution_id = TR_STR("I-1");
    s->institution = 0;
    s->status = (int32_t)status;
    s->from = from;
    s->to = to;
}

static void event(const char *id, const char *type, int32_t date, int32_t until)
{
    struct tr_event *e = tr_records_add(&events, events.n + 2);

    e->case_id = tr_str(id);
    e->date = date;
    e->until = until;
    e->type = tr_list_code(states.types, tr_str(type));
    ck_assert_int_ge(e->type, 0);
}

static void find(struct tr_cases *cases, int32_t as_of)
{
    const struct tr_case_sources in = {.referrals = &referrals, .stays = &stays, .events = &events};
    struct tr_err err;

    ck_assert_int_eq(tr_cases_find(cases, &states, &in, as_of, &listener, &err), 0);
}

static void ck_state(int32_t as_of, const char *id, const char *expected)
{
    struct tr_cases cases;
    struct tr_str code;

    find(&cases, as_of);
    code = tr_cases_state(&cases, tr_str(id))->code;
    ck_assert_msg(tr_str_is(code, expected), "day %d: %s, not %s", as_of, show(code), expected);
    tr_cases_clear(&cases);
}

/* ---- each source ---- */

START_TEST(nothing_known)
{
    setup();
    ck_state(100, "R-1", "waiting");
    teardown();
}
END_TEST

/* One stay of each kind: the state day by day. */
static const struct {
    enum tr_stay_status status;
    int32_t from, to;
    const char *before, *on, *later; /* the day before it, its first day, thirty days later */
} one[] = {
    {TR_STAY_OFFERED, 100, TR_NO_DAY, "waiting", "offered", "waiting"}, /* offers stand a week */
    {TR_STAY_OFFERED, 100, 110, "waiting", "offered", "waiting"},
    {TR_STAY_ACCEPTED, 100, TR_NO_DAY, "waiting", "accepted", "accepted"},
    {TR_STAY_DECLINED, 100, TR_NO_DAY, "waiting", "waiting", "waiting"},
    {TR_STAY_DECLINED, 100, 103, "waiting", "offered", "waiting"},
    {TR_STAY_EXPIRED, 100, TR_NO_DAY, "waiting", "offered", "waiting"},
    {TR_STAY_MOVED_IN, 100, TR_NO_DAY, "waiting", "living", "living"},
    {TR_STAY_MOVED_OUT, 100, 120, "waiting", "living", "left"},
    {TR_STAY_KEPT, 100, 120, "waiting", "kept", "left"},
    {TR_STAY_DAY_PLACE, 100, 120, "waiting", "kept", "left"},
    {TR_STAY_SELF_AGREED, 100, 120, "waiting", "waiting", "waiting"},
    {TR_STAY_SELF_REFERRED, 100, 120, "waiting", "waiting", "waiting"},
};

START_TEST(one_stay)
{
    setup();
    refer("R-1", 50, "", TR_NO_DAY);
    stay("R-1", one[_i].status, one[_i].from, one[_i].to);
    ck_state(one[_i].from - 1, "R-1", one[_i].before);
    ck_state(one[_i].from, "R-1", one[_i].on);
    ck_state(one[_i].from + 30, "R-1", one[_i].later);
    ck_assert_int_eq(told, 0);
    teardown();
}
END_TEST

START_TEST(parked)
{
    struct tr_cases cases;

    setup();

    refer("R-1", 50, "", 80);        /* not available before day 80 */
    refer("R-2", 50, "", TR_NO_DAY); /* parked by an event, until a day */
    event("R-2", "parked", 60, 90);
    refer("R-3", 50, "", TR_NO_DAY); /* until further notice */
    event("R-3", "parked", 60, TR_NO_DAY);
    event("R-3", "resumed", 75, TR_NO_DAY);
    refer("R-4", 50, "", TR_NO_DAY); /* keeps what is held, and is parked when that is gone */
    event("R-4", "parked", 60, 90);
    stay("R-4", TR_STAY_OFFERED, 55, 70);
    ck_state(50, "R-1", "parked");
    ck_state(79, "R-1", "parked");
    ck_state(80, "R-1", "waiting");
    ck_state(59, "R-2", "waiting");
    ck_state(89, "R-2", "parked");
    ck_state(90, "R-2", "waiting");
    ck_state(74, "R-3", "parked");
    ck_state(75, "R-3", "waiting");
    ck_state(65, "R-4", "offered");
    ck_state(70, "R-4", "parked");
    ck_state(90, "R-4", "waiting");
    find(&cases, 70);
    ck_assert_int_eq(tr_cases_of(&cases, TR_STR("R-1"))->until, 80);
    ck_assert_int_eq(tr_cases_of(&cases, TR_STR("R-3"))->until, TR_NO_DAY); /* not known yet */
    tr_cases_clear(&cases);
    ck_assert_int_eq(told, 0);
    teardown();
}
END_TEST

START_TEST(the_log)
{
    setup();
    refer("R-1", 50, "", TR_NO_DAY);
    event("R-1", "withdrawn", 60, TR_NO_DAY);
    event("R-1", "closed", 61, TR_NO_DAY);
    event("R-1", "reopened", 90, TR_NO_DAY);
    ck_state(59, "R-1", "waiting");
    ck_state(60, "R-1", "withdrawn");
    ck_state(61, "R-1", "closed");
    ck_state(90, "R-1", "waiting");
    ck_assert_int_eq(told, 0);
    teardown();
}
END_TEST

/* A new referral in a case that was closed, or whose stay has ended, waits. */
START_TEST(referred_again)
{
    setup();
    refer("R-1", 50, "", TR_NO_DAY);
    event("R-1", "closed", 60, TR_NO_DAY);
    event("R-1", "referral_received", 90, TR_NO_DAY);
    event("R-1", "withdrawn", 95, TR_NO_DAY);
    ck_state(89, "R-1", "closed");
    ck_state(90, "R-1", "waiting");
    ck_state(95, "R-1", "withdrawn");
    ck_assert_int_eq(told, 0);
    teardown();
}
END_TEST

/* What a state does not allow is told, and changes nothing. */
START_TEST(not_allowed)
{
    setup();
    refer("R-1", 50, "", TR_NO_DAY);
    event("R-1", "closed", 60, TR_NO_DAY);
    event("R-1", "home_lost", 70, TR_NO_DAY);
    ck_state(80, "R-1", "closed");
    ck_assert_int_eq(told, 1);
    teardown();
}
END_TEST

/* ---- what overlaps ---- */

START_TEST(strongest)
{
    setup();
    refer("R-1", 50, "", TR_NO_DAY);
    stay("R-1", TR_STAY_MOVED_OUT, 100, 109); /* at one place, while another is offered */
    stay("R-1", TR_STAY_DECLINED, 105, 112);
    ck_state(106, "R-1", "living");
    ck_state(109, "R-1", "offered");
    ck_state(112, "R-1", "waiting"); /* who declined an offer waits again */
    ck_assert_int_eq(told, 0);
    teardown();
}
END_TEST

START_TEST(transfer)
{
    setup();
    refer("R-1", 50, "", TR_NO_DAY);
    stay("R-1", TR_STAY_MOVED_OUT, 100, 109);
    stay("R-1", TR_STAY_MOVED_IN, 109, TR_NO_DAY);
    event("R-1", "moved_out", 109, TR_NO_DAY);
    event("R-1", "moved_in", 109, TR_NO_DAY);
    ck_state(108, "R-1", "living");
    ck_state(109, "R-1", "living");
    teardown();
}
END_TEST

/* Two events of day 60, in either order of lines, after one of day 40, or none. */
static const struct {
    const char *before, *one, *other, *expected;
} same_day[] = {
    {"", "place_offered", "place_declined", "waiting"},
    {"", "place_accepted", "place_declined", "waiting"},
    {"", "place_offered", "offer_expired", "waiting"},
    {"place_offered", "place_offered", "place_declined", "offered"}, /* the one of before was declined */
    {"place_accepted", "place_offered", "place_declined", "offered"},
    {"parked", "place_offered", "place_declined", "waiting"},
    {"", "moved_in", "moved_out", "left"},
    {"withdrawn", "moved_in", "moved_out", "withdrawn"},
    {"moved_in", "moved_in", "moved_out", "living"}, /* from one place to another */
    {"moved_in", "place_kept", "moved_out", "kept"},
    {"moved_in", "place_kept", "place_given_up", "left"},
    {"place_kept", "place_kept", "place_given_up", "kept"},
    {"place_kept", "moved_in", "place_given_up", "living"},
    {"", "consent_given", "consent_withdrawn", "no_consent"},
    {"", "consent_given", "consent_refused", "no_consent"},
    {"consent_refused", "consent_given", "consent_withdrawn", "no_consent"},
    {"moved_in", "consent_given", "consent_withdrawn", "living"},
};

START_TEST(on_one_day)
{
    for (int turned = 0; turned < 2; turned++) {
        setup();
        refer("R-1", 30, "", TR_NO_DAY);
        if (*same_day[_i].before)
            event("R-1", same_day[_i].before, 55, TR_NO_DAY); /* an offer still stands */
        event("R-1", turned ? same_day[_i].other : same_day[_i].one, 60, TR_NO_DAY);
        event("R-1", turned ? same_day[_i].one : same_day[_i].other, 60, TR_NO_DAY);
        ck_state(60, "R-1", same_day[_i].expected);
        teardown();
    }
}
END_TEST

/* Who moves in and out on one day, and is referred again, waits. */
START_TEST(in_and_out)
{
    setup();
    refer("R-1", 30, "", TR_NO_DAY);
    event("R-1", "moved_in", 60, TR_NO_DAY);
    event("R-1", "moved_out", 60, TR_NO_DAY);
    event("R-1", "reopened", 70, TR_NO_DAY);
    ck_state(70, "R-1", "waiting");
    ck_assert_int_eq(told, 0);
    teardown();
}
END_TEST

/* What the referral says of consent on its day does not outlast a withdrawal of that day. */
START_TEST(consent_on_its_day)
{
    setup();
    refer("R-1", 50, "", TR_NO_DAY);
    tr_case(&referrals, 0)->consent = tr_list_code(tr_profile_list(&profile, "bool"), TR_STR("ja"));
    tr_case(&referrals, 0)->consent_kind = -1;
    tr_case(&referrals, 0)->consent_on = 50;
    ck_state(50, "R-1", "waiting");
    event("R-1", "consent_withdrawn", 50, TR_NO_DAY);
    ck_state(50, "R-1", "no_consent");
    teardown();
}
END_TEST

START_TEST(kept_after_home)
{
    setup();
    refer("R-1", 50, "", TR_NO_DAY);
    stay("R-1", TR_STAY_MOVED_OUT, 100, 118);
    stay("R-1", TR_STAY_KEPT, 118, 146);
    event("R-1", "moved_out", 118, TR_NO_DAY);
    ck_state(118, "R-1", "kept");
    event("R-1", "moved_into_home", 115, TR_NO_DAY);
    ck_state(116, "R-1", "housed");
    ck_state(118, "R-1", "housed");
    ck_state(150, "R-1", "housed");
    event("R-1", "home_lost", 200, TR_NO_DAY);
    ck_state(200, "R-1", "left");
    ck_assert_int_eq(told, 0);
    teardown();
}
END_TEST

/* ---- referrals of one person ---- */

START_TEST(one_person)
{
    struct tr_cases cases;

    setup();

    refer("A-1", 50, "12838510068", TR_NO_DAY);
    refer("B-7", 90, "12838510068", TR_NO_DAY);
    refer("C-3", 50, "04838512076", TR_NO_DAY);
    refer("D-1", 50, "", TR_NO_DAY);
    refer("D-2", 50, "", TR_NO_DAY); /* unknown is nobody's number */
    stay("A-1", TR_STAY_MOVED_IN, 70, TR_NO_DAY);
    stay("D-1", TR_STAY_MOVED_IN, 70, TR_NO_DAY);
    ck_state(100, "B-7", "living");
    ck_state(100, "C-3", "waiting");
    ck_state(100, "D-2", "waiting");
    find(&cases, 100);
    ck_assert_int_eq(tr_cases_of(&cases, TR_STR("B-7"))->through, 0);
    ck_assert_int_eq(tr_cases_of(&cases, TR_STR("A-1"))->through, -1);
    tr_cases_clear(&cases);
    teardown();
}
END_TEST

/* Who was housed before the newer referral came needs what that one asks for. */
START_TEST(housed_before)
{
    setup();
    refer("A-1", 50, "12838510068", TR_NO_DAY);
    event("A-1", "moved_into_home", 80, TR_NO_DAY);
    refer("B-7", 90, "12838510068", TR_NO_DAY);
    ck_state(100, "B-7", "waiting");
    event("A-1", "home_lost", 110, TR_NO_DAY);
    event("A-1", "moved_into_home", 120, TR_NO_DAY);
    ck_state(130, "B-7", "housed");
    teardown();
}
END_TEST

/* ---- every history ---- */

/* Each state by each event: legal or told, never two states, and never out of the queue without an
 * event that says why. */
START_TEST(every_move)
{
    setup();
    for (int type = 0; type < states.types->n; type++) {
        if (!(states.moving >> type & 1))
            continue;
        for (int s = 0; s < states.n; s++) {
            int to = states.state[s].to[type];

            ck_assert_int_lt(to, states.n);
            if (to >= 0 && states.state[s].queue != TR_QUEUE_OUT &&
                states.state[to].queue == TR_QUEUE_OUT)
                ck_assert_msg(type != states.type_of[TR_FACT_RECEIVED] &&
                                  type != states.type_of[TR_FACT_EXPIRED] &&
                                  type != states.type_of[TR_FACT_DECLINED] &&
                                  type != states.type_of[TR_FACT_RESUMED],
                              "%s takes %s out of the queue", show(states.types->entry[type].code),
                              show(states.state[s].code));
        }
    }
    for (int s = 0; s < states.n; s++) {
        ck_assert(tr_case_states_from(&states, 0) >> s & 1);
        ck_assert(tr_case_states_from(&states, s) & 1); /* back to the queue */
    }
    teardown();
}
END_TEST

static const struct {
    enum tr_stay_status status;
    int32_t from, to;
} all[] = {
    {TR_STAY_OTHER, 1, TR_NO_DAY}, /* none */
    {TR_STAY_OFFERED, 10, TR_NO_DAY},  {TR_STAY_OFFERED, 12, 14},  {TR_STAY_ACCEPTED, 10, TR_NO_DAY},
    {TR_STAY_ACCEPTED, 12, 15},        {TR_STAY_DECLINED, 10, 13}, {TR_STAY_EXPIRED, 11, TR_NO_DAY},
    {TR_STAY_MOVED_IN, 10, TR_NO_DAY}, {TR_STAY_MOVED_IN, 13, 16}, {TR_STAY_MOVED_OUT, 9, 14},
    {TR_STAY_MOVED_OUT, 11, 13},       {TR_STAY_KEPT, 14, 17},     {TR_STAY_DAY_PLACE, 10, 16},
};
static const char *const happens[] = {NULL,        "withdrawn", "closed",
                                      "parked",    "resumed",   "moved_into_home",
                                      "moved_out", "home_lost"};

static void ck_invariants(int32_t as_of)
{
    struct tr_cases cases;
    const struct tr_case_standing *at;
    const struct tr_case_state *state;
    struct tr_span *beds;
    struct tr_vacancies v;
    struct tr_err err;
    bool holds = false, lives = false;

    find(&cases, as_of);
    at = tr_cases_of(&cases, TR_STR("R-1"));
    state = tr_cases_state(&cases, TR_STR("R-1"));
    for (uint32_t i = 0; i < stays.n; i++) {
        struct tr_span span = tr_stay_span(tr_stay(&stays, i), states.offer_days);

        if (!tr_span_has(span, as_of) || span.hold == TR_HOLD_DAY)
            continue;
        holds = true;
        lives |= span.hold == TR_HOLD_OCCUPIED;
    }
    if (state->queue != TR_QUEUE_OUT)
        ck_assert_msg(!holds, "waits on day %d, and holds a place", as_of);
    else
        ck_assert_int_ge(at->because, 0);
    if (at->because >= 0)
        ck_assert(at->since <= as_of);
    beds = tr_cases_holds(&cases, &stays);
    ck_assert_ptr_nonnull(beds);
    ck_assert_int_eq(tr_vacancies_count(&v, &institutions, &stays, beds, TR_BY_INSTITUTION, as_of,
                                        &err),
                     0);
    ck_assert_int_le(v.row[0].occupied + v.row[0].reserved, 1);
    ck_assert_int_eq(v.row[0].occupied, lives); /* nobody sleeps in a bed that is shown vacant */
    tr_vacancies_clear(&v);
    free(beds);
    tr_cases_clear(&cases);
}

/* A stay that the state of its case does not allow is told, and moves nothing; what somebody lives in
 * is kept, however old. */
START_TEST(stays_not_allowed)
{
    static const struct {
        const char *event;
        enum tr_stay_status status;
        const char *state;
        int told;
        bool old;
    } cases_of[] = {
        {"closed", TR_STAY_MOVED_IN, "closed", 1, false},
        {"closed", TR_STAY_OFFERED, "closed", 1, true},
        {"closed", TR_STAY_SELF_REFERRED, "closed", 0, false},
        {"withdrawn", TR_STAY_KEPT, "withdrawn", 1, false},
        {"withdrawn", TR_STAY_ACCEPTED, "withdrawn", 1, true},
        {"moved_into_home", TR_STAY_OFFERED, "housed", 1, true},
        {"withdrawn", TR_STAY_SELF_REFERRED, "withdrawn", 0, false},
    };

    setup();
    for (size_t i = 0; i < COUNT(cases_of); i++) {
        struct tr_cases cases;

        told = 0;
        refer("R-1", 50, "", TR_NO_DAY);
        event("R-1", cases_of[i].event, 60, TR_NO_DAY);
        stay("R-1", cases_of[i].status, 70, TR_NO_DAY);
        find(&cases, 5000);
        ck_assert_msg(tr_str_is(tr_cases_state(&cases, TR_STR("R-1"))->code, cases_of[i].state),
                      "case %zu", i);
        ck_assert_msg(told == cases_of[i].told, "case %zu: told %d", i, told);
        ck_assert_msg(tr_case_is_old(&cases, tr_cases_of(&cases, TR_STR("R-1")), 4000) ==
                          cases_of[i].old,
                      "case %zu", i);
        tr_cases_clear(&cases);
        referrals.n = stays.n = events.n = 0;
    }
    told = 0;
    teardown();
}
END_TEST

START_TEST(every_history)
{
    struct tr_institution *i;

    setup();
    i = tr_records_add(&institutions, 2);
    i->id = TR_STR("I-1");
    i->capacity = 3;
    for (size_t a = 0; a < COUNT(all); a++)
        for (size_t h = 0; h < COUNT(happens); h++)
            for (int32_t day = 9; day <= 15; day += happens[h] ? 2 : 7) {
                refer("R-1", 5, "", TR_NO_DAY);
                stay("R-1", all[_i].status, all[_i].from, all[_i].to);
                stay("R-1", all[a].status, all[a].from, all[a].to);
                if (happens[h])
                    event("R-1", happens[h], day, TR_NO_DAY);
                for (int32_t as_of = 8; as_of <= 18; as_of++)
                    ck_invariants(as_of);
                referrals.n = stays.n = events.n = 0;
            }
    teardown();
}
END_TEST

MAIN("cases", {nothing_known}, {one_stay, COUNT(one)}, {parked}, {the_log}, {referred_again}, {not_allowed}, {stays_not_allowed},
     {strongest}, {transfer}, {on_one_day, COUNT(same_day)}, {in_and_out}, {consent_on_its_day}, {kept_after_home}, {one_person}, {housed_before}, {every_move},
     {every_history, COUNT(all)})
