#include "cli/work/counting.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "cli/input/records.h"
#include "cli/input/referrals.h"
#include "record/seen/seen.h"

/* ---- what is asked for ---- */

static int coded_field(const struct tr_app *app, struct tr_str name)
{
    struct tr_near near;
    int field = tr_field_find_coded(name, &near);
    char given[64], best[64];

    if (field >= 0)
        return field;
    if (tr_str_is(name, "sector") && app->profile.has_sectors)
        return TR_NEEDS_SECTOR;
    if (tr_str_is(name, "sector"))
        tr_app_usage(app, N_("the profile has no sectors to count by"), NULL, NULL);
    tr_err_copy(given, sizeof given, name);
    tr_err_copy(best, sizeof best, near.best);
    tr_app_usage(app,
                 N_("‘%1’ cannot be counted by: it is not a field with codes; the nearest is ‘%2’"),
                 given, best);
}

/* Reads "row,column" or "row". */
static void read_by(const struct tr_app *app, const char *by, int *row, int *column)
{
    struct tr_str rest = tr_str(by), part;

    tr_str_part(&rest, ',', &part);
    *row = coded_field(app, part);
    *column = -1;
    if (tr_str_part(&rest, ',', &part))
        *column = coded_field(app, part);
    if (*column == TR_NEEDS_SECTOR)
        tr_app_usage(app, N_("sectors are rows: --by=sector,FIELD"), NULL, NULL);
    if (*row == TR_NEEDS_SECTOR && *column == TR_F_BYDEL)
        tr_app_usage(app, N_("--by takes sectors or districts, not both"), NULL, NULL);
    if (rest.p || *row == *column)
        tr_app_usage(app, N_("--by takes one field, or two different fields separated by a comma"),
                     NULL, NULL);
}

/* The districts that are chosen (bit: code). */
static uint64_t read_only(const struct tr_app *app, const char *only)
{
    struct tr_str rest = tr_str(only), part;
    uint64_t chosen = 0;
    char given[64];
    int code;

    while (tr_str_part(&rest, ',', &part)) {
        code = tr_list_find(app->profile.of_field[TR_F_BYDEL], part);
        tr_err_copy(given, sizeof given, part);
        if (code < 0)
            tr_app_usage(app, N_("--only: the profile has no district ‘%1’"), given, NULL);
        chosen |= UINT64_C(1) << code;
    }
    return only ? chosen : TR_ANY;
}

int tr_counting_start(struct tr_app *app, struct tr_counting *c, const char *by, const char *only,
                      bool complete, const struct tr_key *key)
{
    struct tr_err err;
    int row, column;

    read_by(app, by, &row, &column);
    if (tr_rop_load(&c->rop, &app->profile, &err) < 0 ||
        tr_needs_init(&c->needs, &app->profile, row, column, &err) < 0)
        return tr_app_fail(app, &err);
    if (complete && !tr_deliveries_known(&c->needs))
        tr_app_usage(app, N_("--complete goes with rows that are districts"), NULL, NULL);
    c->needs.only = read_only(app, only);
    tr_deliveries_start(&c->deliveries, &c->needs);
    tr_doubles_start(&c->doubles, key);
    c->needs.doubles = &c->doubles;
    return 0;
}

int tr_counting_cases(struct tr_app *app, struct tr_counting *c, const struct tr_case_paths *paths,
                      int32_t as_of)
{
    struct tr_records institutions = {0}, stays = {0};
    struct tr_case_paths also = *paths;
    int rc;

    also.alike = true; /* when they are counted */
    rc = tr_casefile_read(app, &c->cases, &also, &institutions, &stays, as_of);
    c->cases_known = true;
    tr_records_clear(&stays);
    tr_records_clear(&institutions);
    return rc;
}

int tr_counting_beside(struct tr_app *app, struct tr_counting *c, const char *stock,
                       const struct tr_texts *years)
{
    if ((stock && tr_survey_read(app, &c->needs, stock, &c->stock) < 0) ||
        tr_surveys_read(app, &c->needs, years, &c->years) < 0)
        return -1;
    c->beside.stock = stock ? &c->stock : NULL;
    c->beside.year = c->years.year;
    c->beside.n_years = c->years.n;
    return 0;
}

/* ---- counting ---- */

/* What the callbacks of reading work on. */
struct count {
    struct tr_referrals referrals;
    const struct tr_rop *rop;
    struct tr_needs *needs;
    const struct tr_cases *cases; /* NULL: nothing is known of them */
    uint64_t settled;             /* referrals whose case says that there is no need */
    int32_t settled_until; /* so much another case of the person in hand says of theirs */
    bool speaker_told;     /* that nothing is left of the person in hand */
    bool guarded;          /* a referral of the person in hand says that the address is protected */
    struct tr_deliveries *deliveries;
    uint64_t nowhere; /* rows of the input in hand that were rejected, and do not tell their row */
    struct tr_doubles *doubles;
    struct tr_stray_marks strays; /* of rejected rows */
    bool failed;
};

/* The row of a place where nobody is counted. */
enum { NOWHERE = 255 };

/* Where the referral is counted: nowhere when the state of its case has no need. */
static struct tr_needs_place place_of(const struct count *k, const struct tr_value v[], bool unread,
                                      bool outside)
{
    struct tr_needs_place place;

    if (k->cases && !tr_cases_state(k->cases, v[TR_F_REFERRAL_ID].text)->need)
        return (struct tr_needs_place){
            .row = NOWHERE, .asides = tr_is_protected(v) ? 1u << TR_ASIDE_PROTECTED : 0};
    place = tr_needs_find(k->needs, v, outside);
    place.asides |= unread ? 1u << TR_ASIDE_UNREAD : 0;
    return place;
}

/* A place in few bytes, so that it can be taken back. */
static uint32_t pack(struct tr_needs_place place)
{
    _Static_assert(TR_LIST_MAX + TR_NEEDS_EXTRA < TR_NEEDS_ELSEWHERE &&
                       TR_NEEDS_ELSEWHERE + 1 == (int)NOWHERE && TR_MEASURES_MAX <= 8 &&
                       TR_N_ASIDES <= TR_ASIDE_PROTECTED && TR_ASIDE_PROTECTED < 8,
                   "a place is packed");
    return (uint32_t)place.row | (uint32_t)place.column << 8 | (uint32_t)place.measures << 16 |
           (uint32_t)place.asides << 24;
}

static struct tr_needs_place unpack(uint32_t place)
{
    return (struct tr_needs_place){place & 255, place >> 8 & 255, place >> 16 & 255, place >> 24};
}

static void take_back(struct count *k, const struct tr_person_at *at)
{
    if ((at->note & 255) == NOWHERE)
        return;
    k->settled += at->person.standing == TR_PERSON_CLOSED;
    tr_needs_take_back(k->needs, unpack(at->note));
}

/* The note of a rejected row that says that the address is protected: it counts nobody. */
static uint32_t stray_note(void)
{
    return pack((struct tr_needs_place){
        .row = NOWHERE, .column = NOWHERE, .asides = 1u << TR_ASIDE_PROTECTED});
}

/* Counts who was counted where they live as one whose district nobody knows. */
static void hide(void *cookie, uint32_t place)
{
    struct count *k = cookie;

    if ((place & 255) == NOWHERE)
        return;
    tr_needs_take_back(k->needs, unpack(place));
    tr_needs_count(k->needs, tr_needs_hidden(k->needs, unpack(place)));
}

/* Finds what the referrals of a person say of the others: who lives in a home seeks none, and whose
 * address is protected by one is protected by all. */
static void meet(void *cookie, const struct tr_person_at *at, bool first)
{
    struct count *k = cookie;
    int32_t until = k->cases ? tr_cases_settled_until(k->cases, at->id) : TR_NO_DAY;

    k->speaker_told &= !first;
    k->guarded &= !first;
    k->guarded |= (unpack(at->note).asides >> TR_ASIDE_PROTECTED & 1) ||
                  tr_stray_marks_meet(&k->strays, tr_seen_hash(at->id));
    if (first || until > k->settled_until)
        k->settled_until = until;
}

static void judge(void *cookie, struct tr_person_at *at)
{
    const struct count *k = cookie;
    const int32_t n = at->person.received;
    const struct tr_date day = {n / 10000, n / 100 % 100, n % 100};

    if (k->settled_until != TR_NO_DAY && tr_cases_state(k->cases, at->id)->queue != TR_QUEUE_OUT &&
        (day.day == 0 || tr_date_number(day) <= k->settled_until))
        at->person.standing = TR_PERSON_CLOSED;
}

/* Another referral speaks for the person; where it is settled, too, nobody is counted. */
static void same_person(void *cookie, const struct tr_person_at *other,
                        const struct tr_person_at *speaks)
{
    struct count *k = cookie;

    take_back(k, other);
    if (speaks->person.standing == TR_PERSON_CLOSED && !k->speaker_told)
        take_back(k, speaks);
    else if (k->guarded && !k->speaker_told)
        hide(k, speaks->note);
    k->speaker_told = true;
}

static void count_at(struct count *k, struct tr_needs_place place)
{
    k->referrals.closed = place.row == NOWHERE;
    if (k->referrals.closed)
        k->settled++;
    else
        tr_needs_count(k->needs, place);
    k->referrals.note = pack(place);
}

/* Counts the referral in hand, and notes whom it is about. */
static int count_person(struct count *k, struct tr_needs_place place)
{
    count_at(k, place);
    if (place.row != NOWHERE && place.row != TR_NEEDS_ELSEWHERE &&
        tr_doubles_person(k->doubles, k->referrals.referral.v[TR_F_PERSON_ID].text) < 0)
        return tr_app_no_memory(k->referrals.app);
    return 0;
}

/* Counts the current referral, which rop-group has grouped before. */
static int count_grouped(void *cookie, const struct tr_row *row)
{
    struct count *k = cookie;
    const struct tr_value *v = k->referrals.referral.v;

    (void)row;
    return count_person(k, place_of(k, v, k->referrals.referral.unread, tr_needs_outside(v, k->referrals.referral.unread)));
}

/* Groups the current referral and counts it. */
static int group_and_count(void *cookie, const struct tr_row *row)
{
    struct count *k = cookie;
    struct tr_rop_result result;

    tr_referrals_group(&k->referrals, k->rop, row, &result);
    return count_person(k, place_of(k, k->referrals.referral.v, k->referrals.referral.unread, result.outside));
}

/* The same in two steps, the first of them ahead of the row's turn; see tr_digest. */
static bool find_place(void *cookie, int worker, const struct tr_binding *b, const struct tr_row *row,
                       struct tr_value v[], void *digest)
{
    const struct count *k = cookie;
    struct tr_needs_place *place = digest;
    struct tr_rop_result result;

    tr_rop_group(k->rop, v, k->needs->needs_extension, &result);
    *place = place_of(k, v, false, result.outside);
    (void)worker;
    (void)b;
    (void)row;
    return !tr_rop_warns(&result); /* warnings come in the row's turn */
}

/* The same of a referral that was grouped before. */
static bool find_grouped(void *cookie, int worker, const struct tr_binding *b, const struct tr_row *row,
                         struct tr_value v[], void *digest)
{
    struct tr_needs_place *place = digest;

    *place = place_of(cookie, v, false, tr_needs_outside(v, 0));
    (void)worker;
    (void)b;
    (void)row;
    return true;
}

static int count_place(void *cookie, const void *digest)
{
    struct count *k = cookie;
    const struct tr_needs_place *place = digest;

    count_at(k, *place);
    return 0;
}

/* A rejected row counts in its district, too, so that the table tells of it. Its mark of protection is
 * that of the person, whom another row counts. */
static void note_rejected(void *cookie, const struct tr_value v[])
{
    struct count *k = cookie;
    enum tr_field field = k->needs->row_field;

    if (v && tr_is_protected(v))
        k->failed |= tr_referrals_note_stray(&k->referrals, v) < 0;
    if (v && field < TR_N_REFERRAL_FIELDS && v[field].num >= 0 && !tr_is_protected(v))
        tr_needs_reject(k->needs, v[field].num, 1);
    else
        k->nowhere++;
}

/* How an input of referrals is read, by whether they were grouped before. */
static const struct {
    struct tr_digest ahead;
    int (*take)(void *cookie, const struct tr_row *row);
} counted[] = {
    {{sizeof(struct tr_needs_place), true, find_place, count_place}, group_and_count},
    {{sizeof(struct tr_needs_place), true, find_grouped, count_place}, count_grouped},
};

static int read_input(struct tr_app *app, struct count *k, int i, enum tr_needs_kind kind)
{
    const char *source = tr_reader_name(k->referrals.inputs.reader[i]);
    bool grouped = kind == TR_NEEDS_GROUPED;
    uint64_t wanted = grouped ? tr_needs_wanted(k->needs) | TR_WANT_PERSON : TR_WANT_REFERRAL;

    if (kind == TR_NEEDS_TABLE) {
        struct tr_reader *reader = k->referrals.inputs.reader[i];

        k->referrals.inputs.reader[i] = NULL;
        return tr_survey_add(app, k->needs, reader);
    }
    if (!k->doubles->key && tr_doubles_without(k->doubles, source) < 0)
        return tr_app_no_memory(app);
    if (k->doubles->key)
        return tr_referrals_read(&k->referrals, i, wanted, true, counted[grouped].take, k);
    return tr_referrals_digest(&k->referrals, i, wanted, true, &counted[grouped].ahead, counted[grouped].take, k);
}

/* Understands every header first, then reads every input. */
static int read_all(struct tr_app *app, struct count *k)
{
    const struct tr_listener listener = tr_app_listener(app);
    int n = k->referrals.inputs.n, rc = 0;
    enum tr_needs_kind *kind = calloc((size_t)n, sizeof *kind);

    for (int i = 0; kind && i < n; i++) {
        struct tr_reader *reader = k->referrals.inputs.reader[i];
        uint32_t columns;
        const struct tr_str *header = tr_reader_header(reader, &columns);

        if (!tr_needs_fits(&app->profile, header,
                           columns)) { /* below a title a table may stand, or an export */
            rc = tr_app_find_header(app, reader,
                                    &(struct tr_sought){tr_needs_table_fits, &app->profile});
            header = tr_reader_header(reader, &columns);
            if (rc < 0)
                break;
        }
        kind[i] = tr_needs_recognise(k->needs, header, columns);
        if (kind[i] != TR_NEEDS_TABLE &&
            tr_referrals_bind(&k->referrals, i,
                              kind[i] == TR_NEEDS_GROUPED ? TR_WANT_ALL : TR_WANT_REFERRAL) < 0)
            rc = -1;
    }
    for (int i = 0; kind && i < n && rc == 0; i++) {
        const char *source = tr_reader_name(k->referrals.inputs.reader[i]);
        uint64_t before = k->referrals.inputs.refused;

        rc = read_input(app, k, i, kind[i]);
        k->nowhere += k->referrals.inputs.refused - before;
        tr_needs_reject(k->needs, tr_deliveries_only(k->deliveries), k->nowhere);
        k->nowhere = 0;
        tr_deliveries_note(k->deliveries, source, &listener);
    }
    free(kind);
    return kind ? rc : -1;
}

/* ---- what is said when all is read ---- */

static void say_settled(const struct tr_app *app, uint64_t n)
{
    char number[24];

    snprintf(number, sizeof number, "%llu", (unsigned long long)n);
    tr_app_note(app, N_("not counted, as their cases are settled: %1"), number, NULL);
}

/* Says who has not delivered, or twice; complete: then something was found. */
static void end_deliveries(struct tr_app *app, struct tr_counting *c, bool complete)
{
    const struct tr_listener listener = tr_app_listener(app);
    struct tr_deliveries_awaited awaited = {.all = complete};

    for (int y = 0; y < c->years.n; y++) {
        tr_deliveries_untold(&c->deliveries, &c->years.year[y], &listener);
        awaited.districts |= tr_deliveries_of(&c->years.year[y].needs);
    }
    tr_deliveries_end(&c->deliveries, awaited, &listener);
    if (c->deliveries.n_missing + c->deliveries.n_twice == 0)
        return;
    c->beside.deliveries = &c->deliveries;
    if (complete)
        tr_app_raise(app, TR_EXIT_FOUND);
}

/* Finds who is counted in more than one input, and says how many, where hashes tell. */
static int end_doubles(struct tr_app *app, struct tr_counting *c)
{
    const struct tr_needs *needs = &c->needs;
    struct tr_doubles *d = &c->doubles;
    const char *const *without = (const char *const *)(const void *)d->without.p;
    char number[2][24];
    struct tr_err err;

    if (tr_doubles_settle(d, needs->count, (size_t)needs->n_rows * (size_t)needs->n_columns,
                          tr_needs_persons(needs)) < 0)
        return tr_app_no_memory(app);
    c->beside.doubles = needs->only == TR_ANY ? d : NULL;
    for (size_t i = 0; (d->key || tr_doubles_known(d)) && i < d->without.len / sizeof *without;
         i++) {
        tr_err_set(&err, TR_W_HASHES_MISSING, NULL, NULL, NULL);
        err.source = without[i];
        tr_app_say(app, &err);
    }
    if (d->persons == 0)
        return 0;
    snprintf(number[0], sizeof number[0], "%llu", (unsigned long long)d->persons);
    snprintf(number[1], sizeof number[1], "%llu", (unsigned long long)d->more);
    tr_err_set(&err, TR_W_DOUBLES, number[0], number[1], NULL);
    tr_app_say(app, &err);
    return 0;
}

/* When all is read: who is of one person, and what rejected rows say of those who are counted. */
static int settle(struct tr_app *app, struct count *k)
{
    struct tr_err err;

    if (k->failed || tr_referrals_settle(&k->referrals, same_person, k) < 0)
        return -1;
    return tr_stray_marks_rest(&k->strays, hide, k, &err) < 0 ? tr_app_fail(app, &err) : 0;
}

int tr_counting_read(struct tr_app *app, struct tr_counting *c, const struct tr_counted *what)
{
    struct count k = {.rop = &c->rop,
                      .needs = &c->needs,
                      .cases = c->cases_known ? &c->cases.cases : NULL,
                      .deliveries = &c->deliveries,
                      .doubles = &c->doubles};
    int rc = tr_referrals_seek(app, &k.referrals, what->referrals,
                               &(struct tr_sought){tr_needs_fits, &app->profile});

    tr_stray_marks_start(&k.strays, app->scratch);
    k.referrals.strays = &k.strays;
    k.referrals.silent = stray_note();
    k.referrals.rejected = note_rejected;
    k.referrals.rejected_cookie = &k;
    k.referrals.meet = meet;
    k.referrals.judge = k.cases ? judge : NULL;
    k.referrals.judge_cookie = &k;
    if (rc == 0)
        rc = tr_referrals_name_ids(&k.referrals, what->ids) < 0 ||
                     tr_referrals_persons(&k.referrals) < 0 ||
                     tr_referrals_links(&k.referrals, what->links) < 0 || read_all(app, &k) < 0
                 ? -1
                 : settle(app, &k);
    tr_referrals_close(&k.referrals, rc == 0);
    tr_stray_marks_clear(&k.strays);
    if (k.settled > 0)
        say_settled(app, k.settled);
    if (rc == 0)
        rc = end_doubles(app, c);
    if (rc == 0)
        end_deliveries(app, c, what->complete);
    return rc;
}

void tr_counting_clear(struct tr_counting *c)
{
    tr_doubles_clear(&c->doubles);
    tr_needs_clear(&c->needs);
    tr_needs_clear(&c->stock);
    tr_surveys_clear(&c->years);
    tr_casefile_clear(&c->cases);
}
