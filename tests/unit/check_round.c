/* A round before anybody is placed: what a referral comes down to, which rules hold between it and
 * an institution, who stands before whom, and who could go where. */
#include "unit.h"

#include "base/date.h"
#include "domain/placement/certificate.h"
#include "domain/referral/import.h"

static struct tr_profile profile;

static void load(void)
{
    struct tr_err err;

    if (!profile.paths)
        ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
}

static int32_t day_of(int year, int month, int day)
{
    return tr_date_number((struct tr_date){year, month, day});
}

static void fail_on_fault(void *cookie, const struct tr_err *err)
{
    (void)cookie;
    ck_abort_msg("line %llu, %s: %s %s", (unsigned long long)err->line, err->field,
                 tr_code_name(err->code), err->arg[0]);
}

static const struct tr_listener strict = {fail_on_fault, NULL};

static void read_kind(struct tr_records *r, const struct tr_kind *kind, const char *text)
{
    struct tr_err err;
    struct tr_reader *reader =
        tr_reader_open(file_z(text), &(struct tr_reader_options){.no_thread = true}, &err);

    ck_assert_ptr_nonnull(reader);
    ck_assert_int_eq(tr_records_read(r, kind, &profile, reader, &strict), 0);
    tr_reader_close(reader);
    r->source = NULL;
}

/* The rows of a file of referrals as candidates on the day. */
static void read_referrals(struct tr_records *r, const char *text, int32_t as_of)
{
    static struct tr_referral referral;
    struct tr_import *im = tr_import_new(&profile, &(struct tr_scratch){.folder = "/tmp"});
    struct tr_binding binding = {0};
    struct tr_row row;
    struct tr_err err;
    struct tr_reader *reader =
        tr_reader_open(file_z(text), &(struct tr_reader_options){.no_thread = true}, &err);

    ck_assert(reader && im);
    ck_assert_int_eq(tr_import_bind(im, &binding, reader, TR_WANT_ALL, &err), 0);
    tr_records_start(r, &tr_candidate_kind, &profile, NULL);
    referral.binding = NULL;
    while (tr_reader_next(reader, &row, &err) > 0) {
        struct tr_candidate *c;
        int number = (int)r->n;

        ck_assert_msg(
            tr_import_row(im, &binding, &row, TR_WANT_ALL, &referral, &err) == TR_IMPORT_GOOD,
            "%s: %s %s", text, tr_code_name(referral.fault[0].code), referral.fault[0].field);
        c = tr_records_add(r, row.line);
        tr_candidate_from(c, &profile, referral.v, referral.unread, as_of);
        c->id = tr_arena_copy(&r->text, c->id);
        c->municipality = tr_arena_copy(&r->text, c->municipality);
        c->wishes = tr_arena_copy(&r->text, c->wishes);
        ck_assert_int_eq(tr_dict_add(&r->ids, c->id, &number), 0);
    }
    tr_binding_clear(&binding);
    tr_reader_close(reader);
    tr_import_free(im);
}

/* ---- ages ---- */

/* A synthetic identity number of somebody born that day, in the years 1900 to 1999. */
static const char *idnum(int year, int month, int day)
{
    static const int weights[2][10] = {{3, 7, 6, 1, 8, 9, 4, 5, 2, 0},
                                       {5, 4, 3, 2, 7, 6, 5, 4, 3, 2}};
    static char text[40];

    for (int individual = 0; individual < 500; individual++) {
        int bad = 0;

        snprintf(text, sizeof text, "%02d%02d%02d%03d", day, month + 80, year % 100, individual);
        for (int k = 0; k < 2; k++) {
            int sum = 0;

            for (int i = 0; i < 9 + k; i++)
                sum += weights[k][i] * (text[i] - '0');
            sum = (11 - sum % 11) % 11;
            bad |= sum == 10;
            text[9 + k] = (char)('0' + sum % 10);
        }
        text[11] = '\0';
        if (!bad)
            return text;
    }
    ck_abort_msg("no number");
    return "";
}

static const struct {
    int born[3]; /* with an identity number; 0: without */
    const char *year;
    int day[3], from, to;
} ages[] = {
    {{1955, 2, 23}, "", {2026, 2, 22}, 70, 70},
    {{1955, 2, 23}, "", {2026, 2, 23}, 71, 71},
    {{1955, 2, 23}, "1955", {2026, 2, 24}, 71, 71},
    {{1960, 2, 29}, "", {2026, 2, 28}, 65, 65},
    {{1960, 2, 29}, "", {2026, 3, 1}, 66, 66},
    {{1960, 12, 31}, "", {2026, 12, 30}, 65, 65},
    {{1960, 12, 31}, "", {2026, 12, 31}, 66, 66},
    {{0}, "1955", {2026, 2, 23}, 70, 71},
    {{0}, "1955", {2026, 12, 30}, 70, 71}, /* a year alone leaves two */
    {{0}, "1955", {2026, 12, 31}, 71, 71},
    {{0}, "2025", {2026, 6, 1}, 0, 1},
    {{0}, "2026", {2026, 6, 1}, -1, -1},
    {{0}, "2090", {2026, 6, 1}, -1, -1}, /* not born */
    {{1999, 1, 1}, "", {1998, 6, 1}, -1, -1},
    {{0}, "", {2026, 6, 1}, -1, -1},
};

START_TEST(age)
{
    struct tr_records r;
    const struct tr_candidate *c;
    const int *d = ages[_i].day, *b = ages[_i].born;
    char text[256];

    load();
    snprintf(text, sizeof text,
             "referral_id,bydel,person_id,birth_year,rop_group\nR,030101,%s,%s,1\n",
             b[0] ? idnum(b[0], b[1], b[2]) : "", ages[_i].year);
    read_referrals(&r, text, day_of(d[0], d[1], d[2]));
    c = tr_candidate(&r, 0);
    ck_assert_msg(c->age_from == ages[_i].from && c->age_to == ages[_i].to, "%s: %d to %d", text,
                  c->age_from, c->age_to);
    tr_records_clear(&r);
    read_referrals(&r, text, TR_NO_DAY);
    ck_assert_int_eq(tr_candidate(&r, 0)->age_from, -1);
    tr_records_clear(&r);
}
END_TEST

/* A pseudonym tells nothing, though it may look like a number. */
START_TEST(age_of_pseudonym)
{
    struct tr_records r;

    load();
    read_referrals(&r, "referral_id,bydel,person_id,birth_year,rop_group\nR,030101,p-1955,1955,1\n",
                   day_of(2026, 6, 1));
    ck_assert_int_eq(tr_candidate(&r, 0)->age_from, 70);
    ck_assert_int_eq(tr_candidate(&r, 0)->age_to, 71);
    tr_records_clear(&r);
}
END_TEST

/* ---- what a referral comes down to ---- */

START_TEST(candidate)
{
    struct tr_records r;
    const struct tr_candidate *c;

    load();
    read_referrals(
        &r,
        "referral_id,received,bydel,sex,municipality,service_level,stay_type,substance_policy,"
        "wishes,"
        "urgency,housing_status,wheelchair,somatic,rop_group,rop_possible\n"
        "R-1,2.1.2026,030101,Kvinne,0301,mestring,lang,rusfritt,B|A,1,uten_bolig,ja,2,3,3\n"
        "R-2,,030101,,,,,,,,,nei,0,,2|5|7\n"
        "R-3,,030101,,,,,,,,,ukjent,,,\n"
        "R-4,,030101,,,,,,,,,,,1,1|2\n",
        day_of(2026, 6, 1));
    c = tr_candidate(&r, 0);
    ck_slice_eq(c->id, "R-1");
    ck_assert_int_eq(c->received, day_of(2026, 1, 2));
    ck_assert_int_eq(c->urgency, 0);
    ck_assert_int_eq(c->sex, 0);
    ck_slice_eq(c->municipality, "0301");
    ck_slice_eq(c->wishes, "B|A");
    ck_assert_int_eq(c->wheelchair, 1);
    ck_assert_int_eq(c->somatic, 2);
    ck_assert_uint_eq(c->rop_groups, 1 << 2);
    c = tr_candidate(&r, 1);
    ck_assert_int_eq(c->received, TR_NO_DAY);
    ck_assert_int_eq(c->urgency, -1);
    ck_assert_int_eq(c->sex, -1);
    ck_assert_int_eq(c->service_level, -1);
    ck_assert_int_eq(c->wheelchair, 0);
    ck_assert_int_eq(c->somatic, 0);
    ck_assert_msg(c->rop_groups == (1 << 1 | 1 << 4 | 1 << 6), "every group possible counts: %llx",
                  (unsigned long long)c->rop_groups);
    c = tr_candidate(&r, 2);
    ck_assert_int_eq(c->wheelchair, -1);
    ck_assert_int_eq(c->somatic, -1);
    ck_assert_uint_eq(c->rop_groups, 0);
    ck_assert_int_eq(c->ended, -1);
    ck_slice_eq(c->held, "");
    ck_assert_uint_eq(tr_candidate(&r, 3)->rop_groups,
                      1); /* what is certain, whatever else stands there */
    tr_records_clear(&r);
}
END_TEST

/* ---- rules ---- */

#define HOLDS TR_HOLDS
#define BROKEN TR_BROKEN
#define UNKNOWN TR_NOT_KNOWN
#define UNSAID TR_NOT_SAID

/* Cells of an institution, and of a referral. */
static const struct {
    enum tr_rule_of_place rule;
    const char *institution, *referral;
    enum tr_place_verdict verdict;
} rules[] = {
    {TR_R_DATES, "", "received=2026-06-01", HOLDS},
    {TR_R_DATES, "", "received=2026-06-02", BROKEN},
    {TR_R_DATES, "", "", UNKNOWN},
    {TR_R_SERVICE_LEVEL, "service_level=mestring", "service_level=mestring", HOLDS},
    {TR_R_SERVICE_LEVEL, "service_level=mestring", "service_level=omsorg", BROKEN},
    {TR_R_SERVICE_LEVEL, "service_level=mestring", "", UNKNOWN},
    {TR_R_STAY_TYPE, "", "stay_type=lang", HOLDS},
    {TR_R_STAY_TYPE, "", "", HOLDS},
    {TR_R_STAY_TYPE, "stay_types=kort|lang", "stay_type=lang", HOLDS},
    {TR_R_STAY_TYPE, "stay_types=kort|lang", "stay_type=akutt", BROKEN},
    {TR_R_STAY_TYPE, "stay_types=kort|lang", "", UNKNOWN},
    {TR_R_STAY_TYPE, "stay_types=akutt|kort|lang", "", HOLDS},
    {TR_R_SUBSTANCE_POLICY, "", "", HOLDS},
    {TR_R_SUBSTANCE_POLICY, "substance_policy=rus", "", UNKNOWN},
    {TR_R_SUBSTANCE_POLICY, "substance_policy=rus_og_rusfritt", "", HOLDS},
    {TR_R_SUBSTANCE_POLICY, "substance_policy=rus", "substance_policy=rus", HOLDS},
    {TR_R_SUBSTANCE_POLICY, "substance_policy=rus", "substance_policy=rusfritt", BROKEN},
    {TR_R_SUBSTANCE_POLICY, "substance_policy=rusfritt", "substance_policy=rus", BROKEN},
    {TR_R_SUBSTANCE_POLICY, "substance_policy=rus_og_rusfritt", "substance_policy=rus", HOLDS},
    {TR_R_SUBSTANCE_POLICY, "substance_policy=rus_og_rusfritt", "substance_policy=rusfritt", HOLDS},
    {TR_R_SUBSTANCE_POLICY, "substance_policy=rusfritt", "substance_policy=rus_og_rusfritt", HOLDS},
    {TR_R_SEX, "", "", HOLDS},
    {TR_R_SEX, "sexes=kvinne", "", UNKNOWN},
    {TR_R_SEX, "sexes=kvinne|mann", "", HOLDS}, /* whatever the answer */
    {TR_R_SEX, "sexes=kvinne", "sex=kvinne", HOLDS},
    {TR_R_SEX, "sexes=kvinne", "sex=mann", BROKEN},
    {TR_R_AGE, "", "", HOLDS},
    {TR_R_AGE, "min_age=18", "", UNKNOWN},
    {TR_R_AGE, "max_age=90", "", UNKNOWN},
    {TR_R_AGE, "min_age=18", "birth_year=2007", HOLDS},  /* 18 or 19 */
    {TR_R_AGE, "min_age=18", "birth_year=2008", UNKNOWN}, /* 17 or 18 */
    {TR_R_AGE, "min_age=18", "birth_year=2009", BROKEN},
    {TR_R_AGE, "max_age=40", "birth_year=1986", HOLDS},
    {TR_R_AGE, "max_age=40", "birth_year=1985", UNKNOWN},
    {TR_R_AGE, "max_age=40", "birth_year=1984", BROKEN},
    {TR_R_AGE, "min_age=39;max_age=40", "birth_year=1986", HOLDS},
    {TR_R_AGE, "min_age=40;max_age=40", "birth_year=1986", UNKNOWN},
    {TR_R_AGE, "min_age=0", "", HOLDS},
    {TR_R_AGE, "min_age=0", "birth_year=2025", HOLDS},
    {TR_R_WHEELCHAIR, "", "", UNKNOWN},
    {TR_R_WHEELCHAIR, "", "wheelchair=nei", HOLDS},
    {TR_R_WHEELCHAIR, "", "wheelchair=ja", UNSAID},
    {TR_R_WHEELCHAIR, "wheelchair=nei", "wheelchair=nei", HOLDS},
    {TR_R_WHEELCHAIR, "wheelchair=nei", "wheelchair=ja", BROKEN},
    {TR_R_WHEELCHAIR, "wheelchair=nei", "", UNKNOWN},
    {TR_R_WHEELCHAIR, "wheelchair=ja", "", HOLDS},
    {TR_R_WHEELCHAIR, "wheelchair=ja", "wheelchair=ja", HOLDS},
    {TR_R_SOMATIC, "", "", HOLDS},
    {TR_R_SOMATIC, "somatic_max=1", "", UNKNOWN},
    {TR_R_SOMATIC, "somatic_max=1", "somatic=0", HOLDS},
    {TR_R_SOMATIC, "somatic_max=1", "somatic=1", HOLDS},
    {TR_R_SOMATIC, "somatic_max=1", "somatic=2", BROKEN},
    {TR_R_SOMATIC, "somatic_max=0", "somatic=0", HOLDS},
    {TR_R_SOMATIC, "somatic_max=2", "", HOLDS},
    {TR_R_ROP_GROUP, "", "", HOLDS},
    {TR_R_ROP_GROUP, "rop_groups=1|2|3", "", UNKNOWN},
    {TR_R_ROP_GROUP, "rop_groups=1|2|3", "rop_group=3", HOLDS},
    {TR_R_ROP_GROUP, "rop_groups=1|2|3", "rop_group=4", BROKEN},
    {TR_R_ROP_GROUP, "rop_groups=1|2|3", "rop_possible=1|3", HOLDS},
    {TR_R_ROP_GROUP, "rop_groups=1|2|3", "rop_possible=3|4", UNKNOWN},
    {TR_R_ROP_GROUP, "rop_groups=1|2|3", "rop_possible=4|3", UNKNOWN},
    {TR_R_ROP_GROUP, "rop_groups=1|2|3", "rop_possible=4|5", BROKEN},
    {TR_R_ROP_GROUP, "rop_groups=1|2|3|4|5|6|7", "", HOLDS},
    {TR_R_ROP_GROUP, "rop_groups=1|2|3|4|5|6|7", "rop_possible=1|2|3|4|5|6|7", HOLDS},
    {TR_R_ROP_GROUP, "rop_groups=1|2|3", "rop_basis=rules", BROKEN}, /* of no group: nothing to ask */
    {TR_R_ROP_GROUP, "rop_groups=1|2|3", "rop_possible=1|2;rop_basis=judged", BROKEN},
    {TR_R_ROP_GROUP, "rop_groups=1|2|3", "rop_group=3;rop_basis=judged", HOLDS},
    {TR_R_ROP_GROUP, "rop_groups=1|2|3", "rop_possible=1|2;rop_basis=judged;housing_type=ordinaer", HOLDS},
    {TR_R_ROP_GROUP, "", "rop_basis=rules", HOLDS},
    {TR_R_ROP_GROUP, "rop_groups=1|2|3|4|5|6|7", "rop_basis=rules", HOLDS},
    {TR_R_MUNICIPALITY, "", "", HOLDS},
    {TR_R_MUNICIPALITY, "municipality=0301", "bydel=030101", HOLDS}, /* its district lies there */
    {TR_R_MUNICIPALITY, "municipality=3024", "bydel=030101", BROKEN},
    {TR_R_MUNICIPALITY, "municipality=3024", "bydel=030101;municipality=3024", HOLDS},
    {TR_R_MUNICIPALITY, "municipality=0301", "", UNKNOWN},
    {TR_R_MUNICIPALITY, "municipality=0301", "municipality=0301", HOLDS},
    {TR_R_MUNICIPALITY, "municipality=0301", "municipality=3024", BROKEN},
    {TR_R_DECLINED, "", "", HOLDS},
    {TR_R_DECLINED, "", "declined=A", BROKEN},
    {TR_R_DECLINED, "", "declined=B|A", BROKEN},
    {TR_R_DECLINED, "", "declined=B|AA", HOLDS},
};

/* Writes a file of one row from cells name=value;... besides the first. */
static const char *one_row(const char *names, const char *values, const char *cells)
{
    static char text[520];
    char head[256], row[256];
    int h = snprintf(head, sizeof head, "%s", names), r = snprintf(row, sizeof row, "%s", values);

    while (*cells) {
        size_t name = strcspn(cells, "="), value = strcspn(cells + name + 1, ";");

        h += snprintf(head + h, sizeof head - (size_t)h, ",%.*s", (int)name, cells);
        r += snprintf(row + r, sizeof row - (size_t)r, ",%.*s", (int)value, cells + name + 1);
        cells += name + 1 + value;
        cells += *cells == ';';
    }
    snprintf(text, sizeof text, "%s\n%s\n", head, row);
    return text;
}

START_TEST(rule)
{
    struct tr_place_rules only;
    bool declined = strncmp(rules[_i].referral, "declined=", 9) == 0,
         has_district = strncmp(rules[_i].referral, "bydel=", 6) == 0;
    const char *level = strstr(rules[_i].institution, "service_level") ? "" : ",service_level";
    struct tr_records places, referrals;
    struct tr_candidate *c;
    char names[64], values[64];
    uint32_t bit = UINT32_C(1) << rules[_i].rule;

    load();
    tr_place_rules_init(&only, &profile, day_of(2026, 6, 1));
    snprintf(names, sizeof names, "institution_id,capacity%s", level);
    snprintf(values, sizeof values, "A,1%s", *level ? ",mestring" : "");
    read_kind(&places, &tr_institution_kind, one_row(names, values, rules[_i].institution));
    read_referrals(&referrals,
                   one_row(has_district ? "referral_id,rop_rule" : "referral_id,bydel,rop_rule",
                           has_district ? "R,X" : "R,030101,X", declined ? "" : rules[_i].referral),
                   only.as_of);
    c = tr_candidate(&referrals, 0);
    if (declined)
        c->declined = tr_str(rules[_i].referral + 9);
    if (!*rules[_i].referral)
        c->municipality = (struct tr_str){"", 0}; /* as where the district does not tell */
    for (int applies = 0; applies < 2; applies++)
        for (int lenient = 0; lenient < 2; lenient++) {
            enum tr_place_verdict want =
                !applies || (rules[_i].verdict == TR_NOT_KNOWN && lenient) ? TR_HOLDS
                                                                           : rules[_i].verdict;
            struct tr_place_answer all;

            only.applies = applies ? bit : ~bit & ((UINT32_C(1) << TR_N_PLACE_RULES) - 1);
            only.lenient = lenient ? bit : 0;
            ck_assert_msg(
                tr_place_rule_judge(&only, rules[_i].rule, c, tr_institution(&places, 0)) == want,
                "%s: %s, %s", tr_place_rule_names[rules[_i].rule], rules[_i].institution,
                rules[_i].referral);
            all = tr_place_rules_judge(&only, c, tr_institution(&places, 0));
            ck_assert_int_eq(!(all.broken & bit), want != TR_BROKEN);
            ck_assert_int_eq(!(all.not_known & bit), want != TR_NOT_KNOWN);
            ck_assert_int_eq(!(all.not_said & bit), want != TR_NOT_SAID);
        }
    tr_records_clear(&places);
    tr_records_clear(&referrals);
}
END_TEST

START_TEST(rules_of_the_profile)
{
    struct tr_place_rules r;
    struct tr_err err;

    load();
    ck_assert_int_eq(tr_place_rules_load(&r, &profile, TR_NO_DAY, &err), 0);
    ck_assert_uint_eq(r.applies, (UINT32_C(1) << TR_N_PLACE_RULES) - 1);
    ck_assert_uint_eq(r.lenient, UINT32_C(1) << TR_R_WHEELCHAIR | UINT32_C(1) << TR_R_SOMATIC);
    for (int i = 0; i < TR_N_PLACE_RULES; i++)
        ck_assert_ptr_nonnull(tr_place_rule_names[i]);
}
END_TEST

/* ---- order ---- */

static const struct {
    const char *text;
    int keys; /* -1: refused */
} orders[] = {
    {"referral_id", 1},
    {"urgency|received|referral_id", 3},
    {"-urgency|-received|referral_id", 3},
    {"urgency|received|referral_id|sex|somatic|age_from|wishes|rop_groups", 8},
    {"urgency|received|referral_id|sex|somatic|age_from|wishes|rop_groups|age_to", -1},
    {"urgency|nothing", -1},
    {"urgency||received", -1},
    {"--urgency", -1},
    {"-", -1},
    {"Urgency", -1},
    {" urgency", -1},
    {"declined", -1}, /* what stays say is no reason to stand in front */
    {"name", -1},
};

START_TEST(order)
{
    struct tr_priority p;
    int rc = tr_priority_parse(&p, tr_str(orders[_i].text));

    ck_assert_msg(rc == (orders[_i].keys < 0 ? -1 : 0), "%s: %d", orders[_i].text, rc);
    if (rc == 0)
        ck_assert_int_eq(p.n, orders[_i].keys);
}
END_TEST

static void random_candidate(struct tr_candidate *c, struct tr_arena *text)
{
    static const char *const ids[] = {"A", "B", "AA", "Z", "a", "\xC3\x85", "A-10", "A-9"};

    tr_kind_init(&tr_candidate_kind, c);
    c->id = tr_arena_copy(text, tr_str(ids[random_below(COUNT(ids))]));
    c->received = random_below(3) ? 700000 + (int32_t)random_below(4) : TR_NO_DAY;
    c->urgency = (int32_t)random_below(4) - 1;
    c->rop_groups = random_below(4);
    c->municipality = random_below(2) ? tr_arena_copy(text, tr_str(ids[random_below(3)]))
                                      : (struct tr_str){"", 0};
}

static int sign(int n)
{
    return (n > 0) - (n < 0);
}

/* It is an order; what is not known stands last, up or down. */
START_TEST(order_of_any)
{
    static const char *const keys[] = {"urgency", "received", "rop_groups", "municipality",
                                       "referral_id"};
    struct tr_candidate c[3];
    struct tr_arena text = {0};

    for (int round = 0; round < 20000; round++) {
        char name[2][80];
        struct tr_priority up, down;
        const char *key = keys[random_below(COUNT(keys))], *then = keys[random_below(COUNT(keys))];
        int ab, bc, ac;

        snprintf(name[0], sizeof name[0], "%s|%s", key, then);
        snprintf(name[1], sizeof name[1], "-%s|-%s", key, then);
        ck_assert_int_eq(tr_priority_parse(&up, tr_str(name[0])), 0);
        ck_assert_int_eq(tr_priority_parse(&down, tr_str(name[1])), 0);
        for (int i = 0; i < 3; i++)
            random_candidate(&c[i], &text);
        ab = sign(tr_priority_compare(&up, &c[0], &c[1]));
        bc = sign(tr_priority_compare(&up, &c[1], &c[2]));
        ac = sign(tr_priority_compare(&up, &c[0], &c[2]));
        ck_assert_int_eq(ab, -sign(tr_priority_compare(&up, &c[1], &c[0])));
        ck_assert_int_eq(tr_priority_compare(&up, &c[0], &c[0]), 0);
        if (ab <= 0 && bc <= 0)
            ck_assert_int_le(ac, ab < bc ? ab : bc);
        if (strcmp(key, "urgency") == 0 && (c[0].urgency < 0) != (c[1].urgency < 0)) {
            ck_assert_int_eq(ab, c[0].urgency < 0 ? 1 : -1);
            ck_assert_int_eq(sign(tr_priority_compare(&down, &c[0], &c[1])), ab);
        }
        if (strcmp(key, "urgency") == 0 && c[0].urgency >= 0 && c[1].urgency >= 0 &&
            c[0].urgency != c[1].urgency) {
            ck_assert_int_eq(ab, c[0].urgency < c[1].urgency ? -1 : 1);
            ck_assert_int_eq(sign(tr_priority_compare(&down, &c[0], &c[1])), -ab);
        }
        if (strcmp(key, "received") == 0 &&
            (c[0].received == TR_NO_DAY) != (c[1].received == TR_NO_DAY))
            ck_assert_int_eq(ab, c[0].received == TR_NO_DAY ? 1 : -1);
        if (strcmp(key, "municipality") == 0 && !c[0].municipality.len != !c[1].municipality.len)
            ck_assert_int_eq(ab, c[0].municipality.len ? -1 : 1);
        if (strcmp(key, "rop_groups") == 0 && !c[0].rop_groups != !c[1].rop_groups)
            ck_assert_int_eq(ab, c[0].rop_groups ? -1 : 1);
    }
    tr_arena_clear(&text);
}
END_TEST

/* ---- a round ---- */

#define PLACES_HEAD "institution_id,service_level,capacity,vacant,as_of,sexes,min_age\n"
#define REFERRALS_HEAD                                                                             \
    "referral_id,received,bydel,service_level,urgency,sex,birth_year,wishes,rop_group\n"

static void start_round(struct tr_round *r, const char *places, const char *referrals)
{
    struct tr_err err;

    load();
    *r = (struct tr_round){.as_of = TR_NO_DAY};
    read_kind(&r->places, &tr_vacancy_kind, places);
    ck_assert_int_eq(tr_round_start(r, &profile, &err), 0);
    read_referrals(&r->referrals, referrals, r->as_of);
}

static void stays_say(struct tr_round *r, const char *text)
{
    struct tr_records stays;
    struct tr_span *holds;
    struct tr_err err;

    read_kind(&stays, &tr_stay_kind, text);
    ck_assert_int_eq(tr_stays_settle(&stays, &r->places, r->as_of, &strict), 0);
    holds = calloc(stays.n + 1, sizeof *holds);
    for (uint32_t k = 0; k < stays.n; k++)
        holds[k] = tr_stay_span(tr_stay(&stays, k), 7);
    ck_assert_int_eq(tr_round_stays(r, &stays, holds, &err), 0);
    free(holds);
    tr_records_clear(&stays);
}

static const struct tr_candidate *named(const struct tr_round *r, const char *id)
{
    int i = tr_records_find(&r->referrals, tr_str(id));

    ck_assert_int_ge(i, 0);
    return tr_candidate(&r->referrals, (uint32_t)i);
}

START_TEST(days_differ)
{
    struct tr_round r = {.as_of = TR_NO_DAY};
    struct tr_err err;

    load();
    read_kind(
        &r.places, &tr_vacancy_kind,
        PLACES_HEAD
        "B,mestring,1,1,2026-06-01,,\nC,mestring,1,1,2026-06-02,,\nA,mestring,1,1,2026-06-01,,\n");
    ck_assert_int_eq(tr_round_start(&r, &profile, &err), -1);
    ck_assert_str_eq(tr_code_name(err.code), "as-of");
    ck_assert_str_eq(err.field, "as_of");
    ck_assert_uint_eq(err.line, 3);
    ck_assert_str_eq(err.arg[0], "2026-06-01");
    ck_assert_str_eq(err.arg[1], "2026-06-02");
    tr_round_clear(&r);
}
END_TEST

START_TEST(what_stays_say)
{
    struct tr_round r;
    struct tr_err err;

    start_round(&r, PLACES_HEAD "B,mestring,1,1,2026-06-10,,\nA,mestring,1,1,2026-06-10,,\n",
                REFERRALS_HEAD
                "H,,030101,mestring,1,,,,1\nO,,030101,mestring,1,,,,1\nX,,030101,mestring,1,,,,1\n"
                "D,,030101,mestring,1,,,,1\nE,,030101,mestring,1,,,,1\nF,,030101,mestring,1,,,,1\n"
                "B,,030101,mestring,1,,,,1\nK,,030101,mestring,1,,,,1\n");
    stays_say(&r, "stay_id,referral_id,institution_id,from,to_expected,to,status\n"
                  "1,H,A,2026-01-01,2026-02-01,,moved_in\n" /* past expected, and still there */
                  "2,O,A,2026-06-04,,,offered\n"            /* the offer stands until the 11th */
                  "3,X,A,2026-06-03,,,offered\n"            /* it stood until the 10th */
                  "4,D,B,2026-02-01,,,declined\n"
                  "5,D,A,2026-03-01,,,declined\n"
                  "6,D,B,2026-04-01,,,declined\n"
                  "7,E,A,2026-01-01,,2026-06-10,moved_out\n" /* the last night is over */
                  "8,F,A,2026-06-11,,,moved_in\n"            /* to come */
                  "9,B,B,2026-06-01,,,accepted\n"
                  "10,B,A,2026-06-01,,,accepted\n"
                  "11,K,A,2026-06-01,2026-06-10,,kept\n" /* no longer kept, and never lived in */
                  "12,stranger,A,2026-01-01,,,moved_in\n");
    ck_slice_eq(named(&r, "H")->held, "A");
    ck_slice_eq(named(&r, "O")->held, "A");
    ck_slice_eq(named(&r, "X")->held, "");
    ck_slice_eq(named(&r, "D")->held, "");
    ck_slice_eq(named(&r, "D")->declined, "A|B"); /* by name, whatever the order of rows */
    ck_assert_int_eq(named(&r, "E")->ended, 1);
    ck_slice_eq(named(&r, "E")->held, "");
    ck_slice_eq(named(&r, "F")->held, "");
    ck_assert_int_eq(named(&r, "F")->ended, -1);
    ck_slice_eq(named(&r, "B")->held, "A"); /* the first by name, whatever the order of rows */
    ck_slice_eq(named(&r, "K")->held, "");
    ck_assert_int_eq(named(&r, "K")->ended, -1);
    ck_assert_int_eq(tr_round_order(&r, &err), 0);
    ck_assert_uint_eq(r.n_seeking, 4); /* D F K X */
    ck_slice_eq(tr_candidate(&r.referrals, 0)->id, "D");
    ck_slice_eq(tr_candidate(&r.referrals, 3)->id, "X");
    ck_slice_eq(tr_candidate(&r.referrals, 4)->id, "B");
    tr_round_clear(&r);
}
END_TEST

/* Two that are equal to the end of the order: refused, unless only one of them seeks a place. */
START_TEST(tie)
{
    struct tr_round r;
    struct tr_err err;

    start_round(&r, PLACES_HEAD "A,mestring,1,1,2026-06-10,,\n",
                REFERRALS_HEAD
                "Q,2026-01-01,030101,mestring,1,,,,1\nP,2026-01-01,030101,mestring,1,,,,1\n");
    ck_assert_int_eq(tr_round_order(&r, &err), 0);
    ck_slice_eq(tr_candidate(&r.referrals, 0)->id, "P");
    ck_assert_int_eq(tr_priority_parse(&r.priority, TR_STR("urgency|received")), 0);
    ck_assert_int_eq(tr_round_order(&r, &err), -1);
    ck_assert_str_eq(tr_code_name(err.code), "priority-tie");
    ck_assert(strcmp(err.arg[0], err.arg[1]) != 0);
    stays_say(&r, "stay_id,referral_id,institution_id,from,status\n1,Q,A,2026-01-01,moved_in\n");
    ck_assert_int_eq(tr_round_order(&r, &err), 0);
    ck_assert_uint_eq(r.n_seeking, 1);
    tr_round_clear(&r);
}
END_TEST

/* A queue is in the order that its neighbours are compared by: up or down, 0 is no unknown. */
START_TEST(order_of_queue)
{
    static const char *const keys[] = {"urgency", "-urgency", "wheelchair|-queue_number",
                                       "-wheelchair|received", "-queue_number|-wheelchair"};
    struct tr_round r;
    struct tr_err err;
    char text[80];

    start_round(&r, PLACES_HEAD "A,mestring,1,1,2026-06-10,,\n",
                REFERRALS_HEAD
                "A,2026-05-01,030101,mestring,1,,,,1\nB,2026-01-01,030101,mestring,1,,,,1\n"
                "C,2026-05-01,030101,mestring,1,,,,1\nD,2026-02-01,030101,mestring,1,,,,1\n"
                "E,2026-05-01,030101,mestring,1,,,,1\n");
    for (size_t k = 0; k < COUNT(keys); k++) {
        for (uint32_t i = 0; i < r.referrals.n; i++) {
            struct tr_candidate *c = tr_candidate(&r.referrals, i);

            c->wheelchair = (int32_t)(*c->id.p - 'A' + 2) % 3 - 1; /* 1 -1 0 1 -1 */
            c->queue_number = (int32_t)(*c->id.p - 'A') % 3 - 1; /* -1 0 1 -1 0 */
            c->urgency = (int32_t)(*c->id.p - 'A' + 1) % 3 - 1; /* 0 1 -1 0 1 */
        }
        snprintf(text, sizeof text, "%s|referral_id", keys[k]);
        ck_assert_int_eq(tr_priority_parse(&r.priority, tr_str(text)), 0);
        ck_assert_int_eq(tr_round_order(&r, &err), 0);
        for (uint32_t i = 1; i < r.referrals.n; i++)
            ck_assert_int_lt(tr_priority_compare(&r.priority, tr_candidate(&r.referrals, i - 1),
                                                 tr_candidate(&r.referrals, i)), 0);
        if (strncmp(keys[k], "-wheelchair", 11) == 0)
            ck_slice_eq(tr_candidate(&r.referrals, 2)->id, "C"); /* 0: before B, who came first */
    }
    tr_round_clear(&r);
}
END_TEST

/* Options and wishes, against asking for every pair. */
/* All institutions at once, as pair by pair. */
static void same_rulings(struct tr_rulings *all, const struct tr_round *r, uint32_t p)
{
    const struct tr_candidate *c = tr_candidate(&r->referrals, p);
    struct tr_outlook one = tr_round_outlook(r, p), got;
    uint32_t broken = 0;

    ck_assert_int_eq(tr_rulings_ask(all, c), 0);
    for (uint32_t i = 0; i < r->places.n; i++) {
        struct tr_place_answer a =
            tr_place_rules_judge(&r->rules, c, tr_institution(&r->places, i));

        broken |= a.broken;
        ck_assert(tr_rulings_option(all, i) == !(a.broken | a.not_known | a.not_said));
    }
    ck_assert_uint_eq(all->broken, broken);
    got = tr_rulings_outlook(all);
    ck_assert_uint_eq(got.n_open, one.n_open);
    ck_assert_uint_eq(got.not_known, one.not_known);
    ck_assert_uint_eq(got.not_said, one.not_said);
    ck_assert_uint_eq(got.openers, one.openers);
    ck_assert_uint_eq(got.decides, one.decides);
    if (got.n_open > 0)
        ck_assert(tr_place_answer_open(
            tr_place_rules_judge(&r->rules, c, tr_institution(&r->places, got.first_open))));
}

START_TEST(links)
{
    enum { INSTITUTIONS = 70, PEOPLE = 60 };
    static const char *const sexes[] = {"", "kvinne", "mann", "kvinne|mann"};
    struct tr_buf places = {0}, referrals = {0};
    struct tr_round r;
    struct tr_rulings all;
    struct tr_err err;
    char line[256];

    random_state += (uint64_t)_i * 101;
    tr_buf_text(&places, PLACES_HEAD);
    for (int i = 0; i < INSTITUTIONS; i++) {
        snprintf(line, sizeof line, "I-%d,%s,9,%u,2026-06-01,%s,%s\n", i,
                 random_below(4) ? "mestring" : "omsorg", random_below(3), sexes[random_below(4)],
                 random_below(3) ? "" : "40");
        tr_buf_text(&places, line);
    }
    tr_buf_text(&referrals, REFERRALS_HEAD);
    for (int p = 0; p < PEOPLE; p++) {
        snprintf(line, sizeof line,
                 "R-%d,2026-0%u-01,030101,%s,%u,%s,%u,I-%u|I-%u|nowhere|I-%u,1\n", p,
                 1 + random_below(9), random_below(5) ? "mestring" : "omsorg", 1 + random_below(3),
                 sexes[random_below(3)], 1950 + random_below(50), random_below(INSTITUTIONS),
                 random_below(9), random_below(9));
        tr_buf_text(&referrals, line);
    }
    tr_buf_char(&places, '\0');
    tr_buf_char(&referrals, '\0');
    start_round(&r, places.p, referrals.p);
    ck_assert_int_eq(tr_round_order(&r, &err), 0);
    ck_assert_int_eq(tr_round_link(&r, &err), 0);
    ck_assert_uint_eq(r.graph.n_people, PEOPLE);
    ck_assert_uint_eq(r.graph.n_institutions, INSTITUTIONS);
    ck_assert_int_eq(tr_rulings_init(&all, &r.rules, &r.places), 0);
    for (uint32_t p = 0; p < PEOPLE; p++) {
        const struct tr_candidate *c = tr_candidate(&r.referrals, p);
        uint32_t e = r.from[p], w = r.wish_from[p], n = 0;
        struct tr_str rest = c->wishes, id;

        for (uint32_t i = 0; i < INSTITUTIONS; i++)
            if (tr_place_rules_hold(&r.rules, c, tr_institution(&r.places, i))) {
                ck_assert_uint_lt(e, r.from[p + 1]);
                ck_assert_uint_eq(r.option[e], i);
                e++;
            }
        ck_assert_uint_eq(e, r.from[p + 1]);
        same_rulings(&all, &r, p);
        while (tr_str_part(&rest, '|', &id)) {
            int i = tr_records_find(&r.places, id);

            n++;
            if (i < 0 ||
                !tr_place_rules_hold(&r.rules, c, tr_institution(&r.places, (uint32_t)i)) ||
                tr_list_place(c->wishes, id) != (int32_t)n) /* not the first time */
                continue;
            ck_assert_uint_lt(w, r.wish_from[p + 1]);
            ck_assert_uint_eq(r.wish[w], (uint32_t)i);
            w++;
        }
        ck_assert_uint_eq(w, r.wish_from[p + 1]);
    }
    tr_rulings_clear(&all);
    tr_round_clear(&r);
    tr_buf_clear(&places);
    tr_buf_clear(&referrals);
}
END_TEST

START_TEST(openers)
{
    struct tr_outlook got;
    struct tr_round r;

    /* A lacks the level and the sex, B the sex alone, C the age alone. */
    start_round(&r,
                PLACES_HEAD "A,omsorg,1,1,2026-06-01,mann,\nB,mestring,1,1,2026-06-01,mann,\n"
                            "C,mestring,1,1,2026-06-01,kvinne,60\n",
                REFERRALS_HEAD "R,2026-01-01,030101,mestring,1,kvinne,1980,,1\n");
    got = tr_round_outlook(&r, 0);
    ck_assert_uint_eq(got.openers, UINT32_C(1) << TR_R_SEX | UINT32_C(1) << TR_R_AGE);
    ck_assert_uint_eq(got.decides, UINT32_C(1) << TR_R_SEX | UINT32_C(1) << TR_R_AGE);
    ck_assert_uint_eq(got.n_open, 0);
    tr_round_clear(&r);

    /* The sex is wrong everywhere, and at A the level too: it decides by itself. */
    start_round(&r,
                PLACES_HEAD "A,omsorg,1,1,2026-06-01,mann,\nB,mestring,1,1,2026-06-01,mann,\n",
                REFERRALS_HEAD "R,2026-01-01,030101,mestring,1,kvinne,1980,,1\n");
    got = tr_round_outlook(&r, 0);
    ck_assert_uint_eq(got.decides, UINT32_C(1) << TR_R_SEX);
    tr_round_clear(&r);

    /* Both are wrong everywhere: neither does. */
    start_round(&r, PLACES_HEAD "A,omsorg,1,1,2026-06-01,mann,\nB,omsorg,1,1,2026-06-01,mann,\n",
                REFERRALS_HEAD "R,2026-01-01,030101,mestring,1,kvinne,1980,,1\n");
    got = tr_round_outlook(&r, 0);
    ck_assert_uint_eq(got.decides, UINT32_C(1) << TR_R_SERVICE_LEVEL | UINT32_C(1) << TR_R_SEX);
    ck_assert_uint_eq(got.openers, 0);
    tr_round_clear(&r);

    /* The level alone at A; at C the sex and the age, of which neither is alone anywhere. */
    start_round(&r,
                PLACES_HEAD "A,omsorg,1,1,2026-06-01,kvinne,\nB,omsorg,1,1,2026-06-01,mann,60\n"
                            "C,mestring,1,1,2026-06-01,mann,60\n",
                REFERRALS_HEAD "R,2026-01-01,030101,mestring,1,kvinne,1980,,1\n");
    got = tr_round_outlook(&r, 0);
    ck_assert_uint_eq(got.decides, UINT32_C(1) << TR_R_SERVICE_LEVEL | UINT32_C(1) << TR_R_SEX |
                                       UINT32_C(1) << TR_R_AGE);
    tr_round_clear(&r);

    /* Received after the day, which counts before all else. */
    start_round(&r, PLACES_HEAD "A,omsorg,1,1,2026-06-01,mann,\n",
                REFERRALS_HEAD "R,2026-07-01,030101,mestring,1,kvinne,1980,,1\n");
    got = tr_round_outlook(&r, 0);
    ck_assert_uint_eq(got.decides, UINT32_C(1) << TR_R_DATES);
    tr_round_clear(&r);

    /* Nobody knows the sex: A lacks the level, B takes an answer, and C the age besides. */
    start_round(&r,
                PLACES_HEAD "A,omsorg,1,1,2026-06-01,mann,\nB,mestring,1,1,2026-06-01,mann,\n"
                            "C,mestring,1,1,2026-06-01,kvinne,60\n",
                REFERRALS_HEAD "R,2026-01-01,030101,mestring,1,,1980,,1\n");
    got = tr_round_outlook(&r, 0);
    ck_assert_uint_eq(got.n_open, 1);
    ck_assert_uint_eq(got.not_known, UINT32_C(1) << TR_R_SEX);
    ck_assert_uint_eq(got.not_said, 0);
    ck_assert_uint_eq(got.openers, 0); /* that sex would fit is not certain */
    tr_round_clear(&r);
}
END_TEST

/* ---- the institutions' own orders ---- */

START_TEST(own_orders)
{
    struct tr_round r;
    struct tr_records own;
    struct tr_err err;

    start_round(
        &r, PLACES_HEAD "A,mestring,1,1,2026-06-01,,\nB,mestring,1,1,2026-06-01,mann,\n",
        REFERRALS_HEAD
        "P,2026-01-01,030101,mestring,1,kvinne,,,1\nQ,2026-01-02,030101,mestring,1,mann,,,1\n");
    read_kind(&own, &tr_own_order_kind,
              "institution_id,referral_id,rank\nB,Q,7\nB,P,1\nA,Q,3\nC,Q,1\nA,nobody,1\nA,P,3\n");
    ck_assert_int_eq(tr_own_orders_sort(&own, &err), 0);
    ck_assert_int_eq(tr_round_order(&r, &err), 0);
    ck_assert_int_eq(tr_round_link(&r, &err), 0);
    ck_assert_int_eq(tr_round_own(&r, &own, &err), 0);
    for (uint32_t i = 0; i < own.n; i++) {
        static const char *const sorted[] = {"A P 3", "A Q 3", "A nobody 1",
                                             "B P 1", "B Q 7", "C Q 1"};
        const struct tr_own_order *o = (const struct tr_own_order *)(void *)own.record + i;
        char text[64];

        snprintf(text, sizeof text, "%s %s %d", show(o->institution_id), show(o->referral_id),
                 o->rank);
        ck_assert_str_eq(text, sorted[i]);
    }
    ck_assert_uint_eq(r.from[1], 1); /* B takes men */
    ck_assert_uint_eq(r.graph.own[0], 3);
    ck_assert_uint_eq(r.graph.own[1], 3);
    ck_assert_uint_eq(r.graph.own[2], 7);
    tr_records_clear(&own);
    /* A pair twice is nobody's order. */
    read_kind(&own, &tr_own_order_kind, "institution_id,referral_id,rank\nA,Q,3\nB,Q,3\nA,Q,4\n");
    ck_assert_int_eq(tr_own_orders_sort(&own, &err), -1);
    ck_assert_str_eq(tr_code_name(err.code), "id-double");
    tr_records_clear(&own);
    tr_round_clear(&r);
}
END_TEST

/* ---- what if ---- */

START_TEST(what_if)
{
    struct tr_round r;
    struct tr_records changes;
    struct tr_err err;

    start_round(
        &r,
        PLACES_HEAD
        "A,mestring,9,1,2026-06-01,,\nB,mestring,9,2,2026-06-01,,\nC,mestring,9,0,2026-06-01,,\n",
        REFERRALS_HEAD);
    read_kind(&changes, &tr_what_if_kind,
              "institution_id,add,close\nA,2,\nA,3,\nB,1,\nB,,ja\nC,,nei\n");
    ck_assert_int_eq(tr_what_if_apply(&r.places, &changes, &err), 0);
    ck_assert_int_eq(tr_institution(&r.places, 0)->vacant, 6);
    ck_assert_int_eq(tr_institution(&r.places, 1)->vacant, 0);
    ck_assert_int_eq(tr_institution(&r.places, 2)->vacant, 0);
    tr_records_clear(&changes);
    read_kind(&changes, &tr_what_if_kind, "institution_id,add\nD,2\n");
    ck_assert_int_eq(tr_what_if_apply(&r.places, &changes, &err), -1);
    ck_assert_str_eq(tr_code_name(err.code), "institution-unknown");
    ck_assert_str_eq(err.arg[0], "D");
    tr_records_clear(&changes);
    tr_round_clear(&r);
}
END_TEST

/* ---- lists ---- */

static const struct {
    const char *list, *id;
    int32_t place;
} lists[] = {
    {"", "A", 0},   {"A", "A", 1},    {"A|B", "B", 2},  {"A|B|A", "A", 1},
    {"AB", "A", 0}, {"A|BC", "C", 0}, {"A||B", "B", 3}, {"Å|Ø", "Ø", 2},
};

/* Closing an institution takes back what was known of it, and of no other: ids may hold =, and begin alike. The
 * strictest of several closings counts. */
START_TEST(closing)
{
    struct tr_arena text = {0};
    struct tr_candidate c;
    const int32_t day = day_of(2026, 12, 1);

    tr_kind_init(&tr_candidate_kind, &c);
    c.declined = c.again = (struct tr_str){"", 0};
    tr_candidate_close(&c, TR_STR("A=B"), day, &text);
    tr_candidate_close(&c, TR_STR("AB"), day + 1, &text);
    tr_candidate_close(&c, TR_STR("A"), day + 2, &text);
    ck_slice_eq(c.declined, "A|A=B|AB");
    ck_slice_eq(c.again, "A=2026-12-03|A=B=2026-12-01|AB=2026-12-02");
    ck_assert_int_eq(tr_candidate_again(&c, TR_STR("A")), day + 2);
    ck_assert_int_eq(tr_candidate_again(&c, TR_STR("A=B")), day);
    ck_assert_int_eq(tr_candidate_again(&c, TR_STR("B")), TR_NO_DAY);
    tr_candidate_close(&c, TR_STR("A"), day + 1, &text); /* the later day counts */
    ck_assert_int_eq(tr_candidate_again(&c, TR_STR("A")), day + 2);
    tr_candidate_close(&c, TR_STR("A"), day + 9, &text);
    ck_assert_int_eq(tr_candidate_again(&c, TR_STR("A")), day + 9);
    tr_candidate_close(&c, TR_STR("A"), TR_NO_DAY, &text); /* for good */
    tr_candidate_close(&c, TR_STR("A"), day, &text);
    ck_slice_eq(c.declined, "A|A=B|AB");
    ck_slice_eq(c.again, "A=B=2026-12-01|AB=2026-12-02");
    tr_candidate_close(&c, TR_STR("A=2026-12-01"), day, &text);
    tr_candidate_close(&c, TR_STR("A"), TR_NO_DAY, &text);
    ck_assert_int_eq(tr_candidate_again(&c, TR_STR("A=2026-12-01")), day);
    tr_arena_clear(&text);
}
END_TEST

START_TEST(list_place)
{
    ck_assert_int_eq(tr_list_place(tr_str(lists[_i].list), tr_str(lists[_i].id)), lists[_i].place);
}
END_TEST

/* A number of vacant places below none is no input's fault: whoever made the table must never. */
START_TEST(broken_invariant)
{
    struct tr_round r;
    struct tr_err err;

    start_round(&r, PLACES_HEAD "I-1,mestring,9,1,2026-06-01,,\n",
                REFERRALS_HEAD "R-1,2026-01-01,030101,mestring,1,,1980,I-1,1\n");
    ck_assert_int_eq(tr_round_order(&r, &err), 0);
    tr_institution(&r.places, 0)->vacant = -1;
    ck_assert_int_eq(tr_round_link(&r, &err), -1);
    ck_assert_int_eq(err.code, TR_E_INTERNAL);
    ck_assert_int_eq(tr_code_class(err.code), TR_CLASS_MEMORY);
    ck_assert(strstr(err.arg[0], "vacant >= 0") && strstr(err.arg[1], "round.c"));
    tr_round_clear(&r);
}
END_TEST

MAIN("round", {broken_invariant}, {age, COUNT(ages)}, {age_of_pseudonym}, {candidate}, {rule, COUNT(rules)},
     {rules_of_the_profile}, {order, COUNT(orders)}, {order_of_any}, {days_differ}, {order_of_queue},
     {what_stays_say}, {tie}, {closing}, {links, 10}, {openers}, {own_orders}, {what_if},
     {list_place, COUNT(lists)})
