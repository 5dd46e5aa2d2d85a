/* Consent: every combination of the two fields that tell of it, and what the log says later, in all three
 * sets of tables. */
#include "made.h"

#include "domain/cases/consent_log.h"

static const char *const folders[] = {PROFILE, "share/profiles/sandnes", "share/skeleton"};

static const struct {
    const char *consent, *kind; /* codes; empty: unknown */
    enum tr_consent want;
} cases[] = {
    {"", "", TR_CONSENT_UNKNOWN},       {"ja", "", TR_CONSENT_GIVEN},
    {"nei", "", TR_CONSENT_REFUSED},    {"", "oral", TR_CONSENT_GIVEN},
    {"", "written", TR_CONSENT_GIVEN},  {"", "none", TR_CONSENT_REFUSED},
    {"ja", "oral", TR_CONSENT_GIVEN},   {"ja", "written", TR_CONSENT_GIVEN},
    {"ja", "none", TR_CONSENT_REFUSED}, {"nei", "oral", TR_CONSENT_REFUSED},
    {"nei", "written", TR_CONSENT_REFUSED}, {"nei", "none", TR_CONSENT_REFUSED},
};

static int code(const struct tr_profile *p, const char *list, const char *of)
{
    return *of ? tr_list_code(tr_profile_list(p, list), tr_str(of)) : -1;
}

START_TEST(all)
{
    for (size_t f = 0; f < COUNT(folders); f++) {
        struct tr_profile p;
        struct tr_err err;

        ck_assert_int_eq(tr_profile_load(&p, folders[f], TEXTS, &err), 0);
        for (size_t i = 0; i < COUNT(cases); i++)
            ck_assert_msg(tr_consent_of(&p, code(&p, "bool", cases[i].consent),
                                        code(&p, "consent_kind", cases[i].kind)) == cases[i].want,
                          "%s: ‘%s’, ‘%s’", folders[f], cases[i].consent, cases[i].kind);
        tr_profile_clear(&p);
    }
}
END_TEST

static const struct {
    const char *id;
    int32_t after; /* 10 November, by so many days */
    const char *type;
} told[] = {
    {"withdrawn", 0, "consent_withdrawn"}, {"given", 0, "consent_given"},
    {"again", 2, "consent_given"},         {"again", 0, "consent_withdrawn"},
    {"both", 0, "consent_given"},          {"both", 0, "consent_withdrawn"},
    {"back", 0, "consent_withdrawn"},      {"back", 0, "consent_given"},
    {"asked", 0, "consent_given"},         {"asked", 0, "consent_missing"},
    {"missing", 0, "consent_missing"},     {"refused", 0, "consent_refused"},
    {"other", 0, "parked"},
};

static void tell(struct tr_records *events, const struct tr_profile *p, int32_t day)
{
    tr_records_start(events, &tr_event_kind, p, "events");
    for (size_t i = 0; i < COUNT(told); i++) {
        struct tr_event *e = tr_records_add(events, i + 2);

        e->case_id = tr_str(told[i].id);
        e->date = day + told[i].after;
        e->type = code(p, "event_type", told[i].type);
        ck_assert_int_ge(e->type, 0);
    }
}

static const struct {
    const char *id;
    enum tr_consent said;
    int32_t before; /* how many days before 10 November the referral said so; -1: no day */
    enum tr_consent want;
} words[] = {
    {"withdrawn", TR_CONSENT_GIVEN, 5, TR_CONSENT_REFUSED},
    {"withdrawn", TR_CONSENT_GIVEN, 0, TR_CONSENT_REFUSED},
    {"withdrawn", TR_CONSENT_GIVEN, -1, TR_CONSENT_REFUSED},
    {"withdrawn", TR_CONSENT_UNKNOWN, 5, TR_CONSENT_REFUSED},
    {"withdrawn", TR_CONSENT_GIVEN, -4, TR_CONSENT_GIVEN},
    {"withdrawn", TR_CONSENT_UNKNOWN, -4, TR_CONSENT_REFUSED},
    {"given", TR_CONSENT_REFUSED, 5, TR_CONSENT_GIVEN},
    {"given", TR_CONSENT_UNKNOWN, 5, TR_CONSENT_GIVEN},
    {"given", TR_CONSENT_REFUSED, -4, TR_CONSENT_REFUSED},
    {"again", TR_CONSENT_REFUSED, 5, TR_CONSENT_GIVEN},
    {"both", TR_CONSENT_GIVEN, 5, TR_CONSENT_REFUSED},
    {"back", TR_CONSENT_GIVEN, 5, TR_CONSENT_REFUSED},
    {"back", TR_CONSENT_GIVEN, 0, TR_CONSENT_REFUSED},
    {"asked", TR_CONSENT_REFUSED, 5, TR_CONSENT_GIVEN},
    {"asked", TR_CONSENT_REFUSED, 0, TR_CONSENT_REFUSED},
    {"missing", TR_CONSENT_GIVEN, 5, TR_CONSENT_REFUSED},
    {"missing", TR_CONSENT_GIVEN, 0, TR_CONSENT_GIVEN},
    {"missing", TR_CONSENT_UNKNOWN, 5, TR_CONSENT_REFUSED},
    {"refused", TR_CONSENT_GIVEN, 5, TR_CONSENT_REFUSED},
    {"other", TR_CONSENT_GIVEN, 5, TR_CONSENT_GIVEN},
    {"nobody", TR_CONSENT_UNKNOWN, 5, TR_CONSENT_UNKNOWN},
};

/* What the log says is not older counts, whatever the order of its lines; on one day, a no does. */
START_TEST(last_word)
{
    const int32_t day = tr_date_number((struct tr_date){2026, 11, 10});

    for (size_t f = 0; f < COUNT(folders); f++) {
        struct tr_profile p;
        struct tr_routine routine;
        struct tr_records events;
        struct tr_consent_log log;
        struct tr_err err;

        ck_assert_int_eq(tr_profile_load(&p, folders[f], TEXTS, &err), 0);
        ck_assert_int_eq(tr_routine_load(&routine, &p, &err), 0);
        tell(&events, &p, day);
        ck_assert_int_eq(tr_consent_log_read(&log, &routine, &events), 0);
        tr_records_clear(&events);
        for (size_t i = 0; i < COUNT(words); i++)
            ck_assert_msg(tr_consent_holds(&log, tr_str(words[i].id), words[i].said,
                                           words[i].before == -1 ? TR_NO_DAY : day - words[i].before) ==
                              words[i].want,
                          "%s: %s, row %zu", folders[f], words[i].id, i);
        tr_consent_log_clear(&log);
        tr_routine_clear(&routine);
        tr_profile_clear(&p);
    }
}
END_TEST

MAIN("consent", {all}, {last_word})
