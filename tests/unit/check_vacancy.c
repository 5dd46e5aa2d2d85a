/* Vacant places, against a simulation that goes day by day and asks every stay; and stays that
 * overlap, against all pairs. */
#include "unit.h"

#include "base/date.h"
#include "domain/places/vacancy.h"

enum { PLACES = 6, STAYS = 90, OFFER_DAYS = 7, HORIZON = 500 };

static struct tr_profile profile;
static struct tr_records places, stays;

/* What was said. */
static struct tr_err heard[64];
static size_t n_heard;

static void hear(void *cookie, const struct tr_err *err)
{
    (void)cookie;
    if (n_heard < COUNT(heard))
        heard[n_heard] = *err;
    n_heard++;
}

static const struct tr_listener listener = {hear, NULL};

static void load(void)
{
    struct tr_err err;

    if (!profile.paths)
        ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
    n_heard = 0;
}

static int read_kind(struct tr_records *r, const struct tr_kind *kind, struct tr_buf *text)
{
    const char *path = file_of(text->p, text->len);
    struct tr_err err;
    struct tr_reader *reader =
        tr_reader_open(path, &(struct tr_reader_options){.no_thread = true}, &err);
    int rc;

    ck_assert_ptr_nonnull(reader);
    rc = tr_records_read(r, kind, &profile, reader, &listener);
    tr_reader_close(reader);
    tr_buf_clear(text);
    return rc;
}

static int32_t day_of(int year, int month, int day)
{
    return tr_date_number((struct tr_date){year, month, day});
}

static void add_day(struct tr_buf *text, int32_t day)
{
    char iso[TR_DATE_LEN];

    if (day == TR_NO_DAY)
        return;
    tr_date_iso(tr_date_of(day), iso);
    tr_buf_add(text, iso, sizeof iso);
}

/* ---- stays made up ---- */

/* A stay as the simulation has it. */
struct sim {
    int place, status;
    int32_t from, expected, to;
};

static const char *const names[] = {"offered",  "accepted",  "declined", "expired",
                                    "moved_in", "moved_out", "kept",     "day_place"};

enum { OFFERED, ACCEPTED, DECLINED, EXPIRED, MOVED_IN, MOVED_OUT, KEPT, DAY_PLACE };

static struct sim sim[STAYS];
static int capacity[PLACES];
static const char *const levels[PLACES] = {"akutt",  "mestring", "mestring",
                                           "omsorg", "akutt",    "omsorg"};

static void make_up(void)
{
    int32_t begin = day_of(2025, 6, 1);
    struct tr_buf text = {0};
    char line[128];

    tr_buf_text(&text, "institution_id,service_level,owner,stay_types,capacity\n");
    for (int i = 0; i < PLACES; i++) {
        capacity[i] = (int)random_below(12);
        snprintf(line, sizeof line, "P%d,%s,%s,%s,%d\n", i, levels[i], i % 2 ? "kommunal" : "",
                 i % 3 ? "lang" : "kort|lang", capacity[i]);
        tr_buf_text(&text, line);
    }
    ck_assert_int_eq(read_kind(&places, &tr_institution_kind, &text), 0);
    tr_buf_text(&text, "stay_id,referral_id,institution_id,status,from,to_expected,to\n");
    for (int k = 0; k < STAYS; k++) {
        struct sim *s = &sim[k];

        s->place = (int)random_below(PLACES);
        s->status = (int)random_below(COUNT(names));
        s->from = begin + (int32_t)random_below(600);
        s->expected = random_below(3) ? s->from + (int32_t)random_below(200) : TR_NO_DAY;
        s->to = random_below(3) == 0 || s->status == MOVED_OUT
                    ? s->from + (int32_t)random_below(250)
                    : TR_NO_DAY;
        snprintf(line, sizeof line, "S%d,R%d,P%d,%s,", k, k, s->place, names[s->status]);
        tr_buf_text(&text, line);
        add_day(&text, s->from);
        tr_buf_char(&text, ',');
        add_day(&text, s->expected);
        tr_buf_char(&text, ',');
        add_day(&text, s->to);
        tr_buf_char(&text, '\n');
    }
    ck_assert_int_eq(read_kind(&stays, &tr_stay_kind, &text), 0);
    ck_assert_int_eq(tr_stays_settle(&stays, &places, TR_NO_DAY, &listener), 0);
    ck_assert_uint_eq(n_heard, 0);
}

static void forget(void)
{
    tr_records_clear(&places);
    tr_records_clear(&stays);
}

/* ---- the simulation ---- */

/* Whether the stay holds anything on the day. */
static bool holds(const struct sim *s, int32_t day)
{
    if (day < s->from)
        return false;
    if (s->to != TR_NO_DAY)
        return day < s->to;
    switch (s->status) {
    case OFFERED:
    case EXPIRED:
        return day < s->from + OFFER_DAYS;
    case DECLINED:
        return false;
    case KEPT:
    case DAY_PLACE:
        return s->expected == TR_NO_DAY || day < s->expected;
    default:
        return true;
    }
}

static bool is_bed(const struct sim *s)
{
    return s->status != DAY_PLACE;
}

static bool is_lived_in(const struct sim *s)
{
    return s->status == MOVED_IN || s->status == MOVED_OUT || s->status == KEPT;
}

/* Whether, seen from the day now, the stay is expected to have its bed on a later day: who lives
 * there is expected to leave as agreed, or never when that day has passed; offers stand. */
static bool expected_to_hold(const struct sim *s, int32_t now, int32_t day)
{
    bool held = holds(s, now);

    if (!is_bed(s) || (!held && s->from <= now) || day < s->from)
        return false;
    if (!is_lived_in(s)) /* what is to come lasts at least a day */
        return held || (s->to != TR_NO_DAY ? s->to > s->from : s->status != DECLINED);
    if (s->to != TR_NO_DAY)
        return day < s->to;
    if (s->expected != TR_NO_DAY && s->expected > now)
        return day < s->expected;
    return true;
}

static struct tr_institution simulate(int place, int32_t now)
{
    struct tr_institution at = {.next_vacant = TR_NO_DAY, .next_places = -1};
    int beds = capacity[place];

    for (int k = 0; k < STAYS; k++) {
        const struct sim *s = &sim[k];

        if (s->place != place || !holds(s, now) || !is_bed(s))
            continue;
        at.occupied += is_lived_in(s);
        at.reserved += !is_lived_in(s);
        at.past_expected += is_lived_in(s) && s->expected != TR_NO_DAY && s->expected <= now;
        beds--;
    }
    at.vacant = beds > 0 ? beds : 0;
    at.over = beds < 0 ? -beds : 0;
    for (int32_t day = now + 1; day < now + HORIZON + 400; day++) {
        int later = capacity[place];

        for (int k = 0; k < STAYS; k++)
            later -= sim[k].place == place && expected_to_hold(&sim[k], now, day);
        if (later > at.vacant) {
            at.next_vacant = day;
            at.next_places = later - at.vacant;
            break;
        }
    }
    return at;
}

static void same_counts(const struct tr_institution *got, const struct tr_institution *want,
                        const char *what, int32_t day)
{
    const struct {
        const char *name;
        int32_t got, want;
    } parts[] = {
        {"occupied", got->occupied, want->occupied},
        {"reserved", got->reserved, want->reserved},
        {"vacant", got->vacant, want->vacant},
        {"over", got->over, want->over},
        {"past_expected", got->past_expected, want->past_expected},
        {"next_vacant", got->next_vacant, want->next_vacant},
        {"next_places", got->next_places, want->next_places},
    };

    for (size_t i = 0; i < COUNT(parts); i++)
        ck_assert_msg(parts[i].got == parts[i].want, "%s on day %d: %s is %d, not %d", what, day,
                      parts[i].name, parts[i].got, parts[i].want);
}

static int count(struct tr_vacancies *v, enum tr_vacancy_by by, int32_t day)
{
    struct tr_span *holds = calloc(stays.n + 1, sizeof *holds);
    struct tr_err err;
    int rc;

    for (uint32_t i = 0; i < stays.n; i++)
        holds[i] = tr_stay_span(tr_stay(&stays, i), OFFER_DAYS);
    rc = tr_vacancies_count(v, &places, &stays, holds, by, day, &err);
    free(holds);
    return rc;
}

START_TEST(every_day)
{
    int32_t first = day_of(2026, 1, 1);

    load();
    random_state += (uint64_t)_i * 977;
    make_up();
    for (int32_t day = first; day < first + 365; day++) {
        struct tr_vacancies v;

        ck_assert_int_eq(count(&v, TR_BY_INSTITUTION, day), 0);
        ck_assert_uint_eq(v.n, PLACES);
        for (int i = 0; i < PLACES; i++) {
            const struct tr_institution *got = &v.row[i];
            struct tr_institution want = simulate(i, day);

            ck_assert_uint_eq(v.row_of[i], (uint32_t)i);
            same_counts(got, &want, show(got->id), day);
            ck_assert_int_eq(got->capacity, capacity[i]);
            ck_assert_int_eq(got->occupied + got->reserved + got->vacant - got->over, capacity[i]);
            ck_assert(got->vacant == 0 || got->over == 0);
            ck_assert_int_eq(got->as_of, day);
            ck_assert_int_eq(got->waiting, -1);
        }
        tr_vacancies_clear(&v);
    }
    forget();
}
END_TEST

/* Rows that sum up institutions add up what those have, by whatever they are grouped. */
START_TEST(grouped)
{
    int32_t first = day_of(2026, 1, 1);

    load();
    random_state += (uint64_t)_i * 1979;
    make_up();
    for (int32_t day = first; day < first + 365; day += 7)
        for (int by = TR_BY_SERVICE_LEVEL; by < TR_N_BY; by++) {
            struct tr_institution sum[PLACES];
            bool seen[PLACES] = {false};
            struct tr_vacancies v;

            ck_assert_int_eq(count(&v, (enum tr_vacancy_by)by, day), 0);
            ck_assert_uint_le(v.n, PLACES);
            for (int i = 0; i < PLACES; i++)
                sum[i] = (struct tr_institution){.next_vacant = TR_NO_DAY, .next_places = -1};
            for (int i = 0; i < PLACES; i++) {
                const struct tr_institution *p = tr_institution(&places, (uint32_t)i),
                                            *row = &v.row[v.row_of[i]];
                struct tr_institution one = simulate(i, day), *s = &sum[v.row_of[i]];

                seen[v.row_of[i]] = true;
                s->institutions++;
                s->capacity += capacity[i];
                s->occupied += one.occupied;
                s->reserved += one.reserved;
                s->vacant += one.vacant;
                s->over += one.over;
                s->past_expected += one.past_expected;
                if (one.next_vacant != TR_NO_DAY && one.next_vacant == s->next_vacant) {
                    s->next_places += one.next_places;
                } else if (one.next_vacant != TR_NO_DAY &&
                           (s->next_vacant == TR_NO_DAY || one.next_vacant < s->next_vacant)) {
                    s->next_vacant = one.next_vacant;
                    s->next_places = one.next_places;
                }
                ck_assert(by != TR_BY_SERVICE_LEVEL || p->service_level == row->service_level);
                ck_assert(by != TR_BY_STAY_TYPE || p->stay_types == row->stay_types);
                ck_assert(by != TR_BY_OWNER || p->owner == row->owner);
            }
            for (uint32_t x = 0; x < v.n; x++) {
                ck_assert(seen[x]);
                same_counts(&v.row[x], &sum[x], tr_vacancy_by_names[by], day);
                ck_assert_int_eq(v.row[x].institutions, sum[x].institutions);
                ck_assert_int_eq(v.row[x].capacity, sum[x].capacity);
                ck_assert_int_eq(v.row[x].occupied + v.row[x].reserved + v.row[x].vacant -
                                     v.row[x].over,
                                 v.row[x].capacity);
            }
            tr_vacancies_clear(&v);
        }
    forget();
}
END_TEST

/* Each wish counts once a row, unknown institutions not at all. */
START_TEST(wishes)
{
    struct tr_vacancies v;

    load();
    make_up();
    ck_assert_int_eq(count(&v, TR_BY_SERVICE_LEVEL, day_of(2026, 1, 1)), 0);
    ck_assert_uint_eq(v.n, 3);
    for (uint32_t i = 0; i < v.n; i++)
        v.row[i].waiting = 0;
    tr_vacancies_wish(&v, &places, TR_STR("P0|P4|P1")); /* akutt twice, mestring */
    tr_vacancies_wish(&v, &places, TR_STR("P1|P9|P1")); /* mestring */
    tr_vacancies_wish(&v, &places, TR_STR(""));
    tr_vacancies_wish(&v, &places, TR_STR("P9"));
    tr_vacancies_wish(&v, &places, TR_STR("|P3||P5|P0|")); /* omsorg, akutt */
    ck_assert_int_eq(v.row[v.row_of[0]].waiting, 2);
    ck_assert_int_eq(v.row[v.row_of[1]].waiting, 2);
    ck_assert_int_eq(v.row[v.row_of[3]].waiting, 1);
    tr_vacancies_clear(&v);
    forget();
}
END_TEST

/* ---- stays that overlap ---- */

enum { LIVED = 24, PEOPLE = 4 };

/* One referral has one bed at a time: each stay that begins while one before it goes on is told,
 * with the line of one that does. What takes no bed, or lasts no day, is in nobody's way. */
START_TEST(overlap)
{
    struct {
        int person, status;
        int32_t from, to;
    } s[LIVED];
    static const int statuses[] = {MOVED_IN, MOVED_OUT, MOVED_OUT, MOVED_OUT,
                                   KEPT,     ACCEPTED,  DAY_PLACE};
    int32_t first = day_of(2026, 1, 1);
    struct tr_buf text = {0};
    size_t want = 0;
    char line[128];
    int rc;

    load();
    random_state += (uint64_t)_i * 7919;
    tr_buf_text(&text, "institution_id,service_level,capacity\nA,mestring,100\n");
    ck_assert_int_eq(read_kind(&places, &tr_institution_kind, &text), 0);
    tr_buf_text(&text, "stay_id,referral_id,institution_id,status,from,to\n");
    for (int k = 0; k < LIVED; k++) {
        s[k].person = (int)random_below(PEOPLE + (uint32_t)_i);
        s[k].status = statuses[random_below(COUNT(statuses))];
        s[k].from = first + (int32_t)random_below(400);
        s[k].to = s[k].status == MOVED_OUT || random_below(2)
                      ? s[k].from + (int32_t)random_below(40)
                      : TR_NO_DAY;
        snprintf(line, sizeof line, "S%d,R%d,A,%s,", k, s[k].person, names[s[k].status]);
        tr_buf_text(&text, line);
        add_day(&text, s[k].from);
        tr_buf_char(&text, ',');
        add_day(&text, s[k].to);
        tr_buf_char(&text, '\n');
    }
    ck_assert_int_eq(read_kind(&stays, &tr_stay_kind, &text), 0);
    rc = tr_stays_settle(&stays, &places, TR_NO_DAY, &listener);
    for (int k = 0; k < LIVED; k++) {
        bool in_the_way = false, told = false;

        for (int j = 0; j < LIVED; j++) {
            bool before = s[j].from < s[k].from || (s[j].from == s[k].from && j < k);
            bool lived =
                (s[j].status == MOVED_IN || s[j].status == MOVED_OUT) && s[j].to != s[j].from;

            in_the_way |= before && lived && s[j].person == s[k].person &&
                          (s[j].to == TR_NO_DAY || s[j].to > s[k].from);
        }
        in_the_way &= (s[k].status == MOVED_IN || s[k].status == MOVED_OUT) && s[k].to != s[k].from;
        for (size_t h = 0; h < n_heard; h++) {
            int other = atoi(heard[h].arg[0]) - 2;

            ck_assert_str_eq(tr_code_name(heard[h].code), "stay-overlap");
            if (heard[h].line != (uint64_t)k + 2)
                continue;
            told = true;
            ck_assert(other >= 0 && other < LIVED && other != k && s[other].person == s[k].person &&
                      s[other].from <= s[k].from &&
                      (s[other].to == TR_NO_DAY || s[other].to > s[k].from));
        }
        ck_assert_msg(told == in_the_way, "stay %d: %d", k, told);
        want += in_the_way;
    }
    ck_assert_uint_eq(n_heard, want);
    ck_assert_int_eq(rc, want > 0 ? -1 : 0);
    forget();
}
END_TEST

/* ---- what is wrong with a stay ---- */

static const struct {
    const char *row;
    enum tr_code code;
    const char *field;
} bad[] = {
    {"S,R,A,2026-01-01,2026-01-01,2026-01-01,moved_out", TR_OK},
    {"S,R,A,2026-01-02,2026-01-01,,moved_in", TR_E_REVERSED, "to_expected"},
    {"S,R,A,2026-01-02,,2026-01-01,moved_out", TR_E_REVERSED, "to"},
    {"S,R,A,2026-01-02,,,moved_out", TR_E_VALUE_MISSING, "to"},
    {"S,R,B,2026-01-02,,,moved_in", TR_E_INSTITUTION, "institution_id"},
    {"S,,A,2026-01-02,,,moved_in", TR_E_VALUE_MISSING, "referral_id"},
    {"S,R,A,,,,moved_in", TR_E_VALUE_MISSING, "from"},
    {"S,R,A,2026-01-02,,,", TR_E_VALUE_MISSING, "status"},
    {"S,R,A,2026-01-02,,,gone", TR_E_CODE, "status"},
    {"S,R,A,2026-01-02,,,Innflyttet", TR_OK},
};

/* A house that is not listed is no fault of a stay that has ended by the day. */
static const struct {
    const char *row;
    bool ended; /* on the last day of October; otherwise refused */
} gone[] = {
    {"S,R,B,2026-01-02,,2026-10-31,moved_in", true},
    {"S,R,B,2026-01-02,,2026-11-01,moved_in", false},
    {"S,R,B,2026-01-02,,2026-10-31,moved_out", true},
    {"S,R,B,2026-01-02,,2026-11-01,moved_out", false},
    {"S,R,B,2026-01-02,2026-02-01,,moved_in", false},
    {"S,R,B,2026-12-02,,,declined", true},
    {"S,R,B,2026-10-30,,,expired", true},
    {"S,R,B,2026-01-02,,,offered", false},
};

START_TEST(gone_house)
{
    struct tr_buf text = {0};
    int rc;

    load();
    tr_buf_text(&text, "institution_id,service_level,capacity\nA,mestring,1\n");
    ck_assert_int_eq(read_kind(&places, &tr_institution_kind, &text), 0);
    tr_buf_text(&text, "stay_id,referral_id,institution_id,from,to_expected,to,status\n");
    tr_buf_text(&text, gone[_i].row);
    ck_assert_int_eq(read_kind(&stays, &tr_stay_kind, &text), 0);
    rc = tr_stays_settle(&stays, &places, day_of(2026, 10, 31), &listener);
    ck_assert_int_eq(rc, gone[_i].ended ? 0 : -1);
    ck_assert_uint_eq(n_heard, 1);
    ck_assert_int_eq(heard[0].code, gone[_i].ended ? TR_W_INSTITUTION_GONE : TR_E_INSTITUTION);
    forget();
}
END_TEST

START_TEST(bad_stay)
{
    struct tr_buf text = {0};
    int rc;

    load();
    tr_buf_text(&text, "institution_id,service_level,capacity\nA,mestring,1\n");
    ck_assert_int_eq(read_kind(&places, &tr_institution_kind, &text), 0);
    tr_buf_text(&text, "stay_id,referral_id,institution_id,from,to_expected,to,status\n");
    tr_buf_text(&text, bad[_i].row);
    rc = read_kind(&stays, &tr_stay_kind, &text);
    if (rc == 0)
        rc = tr_stays_settle(&stays, &places, TR_NO_DAY, &listener);
    ck_assert_int_eq(rc, bad[_i].code ? -1 : 0);
    ck_assert_uint_eq(n_heard, bad[_i].code != TR_OK);
    if (bad[_i].code) {
        ck_assert_str_eq(tr_code_name(heard[0].code), tr_code_name(bad[_i].code));
        ck_assert_str_eq(heard[0].field, bad[_i].field);
        ck_assert_uint_eq(heard[0].line, 2);
    }
    forget();
}
END_TEST

MAIN("vacancy", {every_day, 6}, {grouped, 4}, {wishes}, {overlap, 40},
     {bad_stay, COUNT(bad)}, {gone_house, COUNT(gone)})
