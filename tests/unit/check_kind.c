/* Records of any kind: what is read from a row or an object, what is wrong with it and where, and
 * that what is written reads in again as itself. */
#include "unit.h"

#include "base/date.h"
#include "base/out.h"
#include "domain/profile/kind.h"
#include "domain/referral/identity.h"

/* One of each kind of member. */
struct thing {
    struct tr_str id, text, list;
    int32_t day, number, yes, code;
    uint64_t codes;
};

enum { ID, TEXT, LIST, DAY, NUMBER, YES, CODE, CODES, N_MEMBERS, MOST = 100 };

#define AT(member) offsetof(struct thing, member)

static const struct tr_member members[N_MEMBERS] = {
    [ID] = {"stay_id", TR_M_ID, .at = AT(id), .needed = true, .filled = true},
    [TEXT] = {"name", TR_M_TEXT, .at = AT(text)},
    [LIST] = {"wishes", TR_M_LIST, .at = AT(list)},
    [DAY] = {"from", TR_M_DATE, .at = AT(day)},
    [NUMBER] = {"capacity", TR_M_NUMBER, .at = AT(number), .most = MOST, .needed = true},
    [YES] = {"wheelchair", TR_M_BOOL, .at = AT(yes)},
    [CODE] = {"sex", TR_M_CODE, .at = AT(code), .list = "sex"},
    [CODES] = {"stay_types", TR_M_CODES, .at = AT(codes), .list = "stay_type"},
};

/* Thirteen contradicts itself. */
static enum tr_code check(const void *record, const char **member)
{
    *member = "from";
    return ((const struct thing *)record)->number == 13 ? TR_E_REVERSED : TR_OK;
}

static const struct tr_kind kind = {.name = "thing",
                                    .member = members,
                                    .n_members = N_MEMBERS,
                                    .size = sizeof(struct thing),
                                    .keyed = true,
                                    .check = check};
static const struct tr_kind unkeyed = {
    .name = "unkeyed", .member = members, .n_members = N_MEMBERS, .size = sizeof(struct thing)};

#define HEAD "stay_id,name,wishes,from,capacity,wheelchair,sex,stay_types\n"

static struct tr_profile profile;

/* What was said. */
static struct tr_err heard[64];
static size_t n_heard;

static void hear(void *cookie, const struct tr_err *err)
{
    (void)cookie;
    if (err->code == TR_W_YEAR) /* random days are of any year */
        return;
    ck_assert_uint_lt(n_heard, COUNT(heard));
    heard[n_heard++] = *err;
}

static const struct tr_listener listener = {hear, NULL};

static void load(void)
{
    struct tr_err err;

    if (!profile.paths)
        ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
    n_heard = 0;
}

static int read_as(const struct tr_kind *as, struct tr_records *r, const void *text, size_t n)
{
    const char *path = file_of(text, n);
    struct tr_err err;
    struct tr_reader *reader =
        tr_reader_open(path, &(struct tr_reader_options){.no_thread = true}, &err);
    int rc;

    ck_assert_msg(reader != NULL, "%.200s: %s", (const char *)text, tr_code_name(err.code));
    rc = tr_records_read(r, as, &profile, reader, &listener);
    tr_reader_close(reader);
    r->source = "the file";
    for (size_t i = 0; i < n_heard; i++)
        heard[i].source = "the file"; /* it was the reader's */
    return rc;
}

static int read_text(struct tr_records *r, const char *text)
{
    return read_as(&kind, r, text, strlen(text));
}

static struct thing *thing(const struct tr_records *r, uint32_t i)
{
    ck_assert_uint_lt(i, r->n);
    return (struct thing *)(void *)r->record + i;
}

/* ---- what is read ---- */

static int code(const char *list, const char *name)
{
    int c = tr_list_code(tr_profile_list(&profile, list), tr_str(name));

    ck_assert_int_ge(c, 0);
    return c;
}

static void is_full(const struct thing *t)
{
    ck_slice_eq(t->id, "S-1");
    ck_slice_eq(t->text, "Åse, den \"gamle\"");
    ck_slice_eq(t->list, "A|B");
    ck_assert_int_eq(t->day, tr_date_number((struct tr_date){2024, 2, 29}));
    ck_assert_int_eq(t->number, MOST);
    ck_assert_int_eq(t->yes, 1);
    ck_assert_int_eq(t->code, code("sex", "mann"));
    ck_assert_uint_eq(t->codes, UINT64_C(1) << code("stay_type", "akutt") |
                                    UINT64_C(1) << code("stay_type", "lang"));
}

static void is_empty(const struct thing *t, const char *id)
{
    ck_slice_eq(t->id, id);
    ck_slice_eq(t->text, "");
    ck_slice_eq(t->list, "");
    ck_assert_int_eq(t->day, TR_NO_DAY);
    ck_assert_int_eq(t->number, -1);
    ck_assert_int_eq(t->yes, -1);
    ck_assert_int_eq(t->code, -1);
    ck_assert_uint_eq(t->codes, 0);
}

START_TEST(every_member)
{
    struct tr_records r;

    load();
    ck_assert_int_eq(
        read_text(&r, HEAD
                  "S-1,\"Åse, den \"\"gamle\"\"\",A|B,2024-02-29,100,ja,mann,akutt|lang\n"
                  "S-2,,,,,,,\n"
                  "  S-3  ,\"  \",\t,29.2.2024 , 007 , nei , KVINNE , Langtidsplass | kort \n"),
        0);
    ck_assert_uint_eq(n_heard, 0);
    ck_assert_uint_eq(r.n, 3);
    ck_assert_uint_eq(r.present, (UINT64_C(1) << N_MEMBERS) - 1);
    is_full(thing(&r, 0));
    is_empty(thing(&r, 1), "S-2");
    ck_slice_eq(thing(&r, 2)->id, "S-3");
    ck_slice_eq(thing(&r, 2)->text, "");
    ck_assert_int_eq(thing(&r, 2)->day, thing(&r, 0)->day);
    ck_assert_int_eq(thing(&r, 2)->number, 7);
    ck_assert_int_eq(thing(&r, 2)->yes, 0);
    ck_assert_int_eq(thing(&r, 2)->code, code("sex", "kvinne"));
    ck_assert_uint_eq(thing(&r, 2)->codes, UINT64_C(1) << code("stay_type", "lang") |
                                               UINT64_C(1) << code("stay_type", "kort"));
    ck_assert_uint_eq(r.line[0], 2);
    ck_assert_uint_eq(r.line[2], 4);
    ck_assert_int_eq(tr_records_find(&r, TR_STR("S-3")), 2);
    ck_assert_int_eq(tr_records_find(&r, TR_STR("S-4")), -1);
    tr_records_clear(&r);
}
END_TEST

/* The words of the profile for what is not known hold for every kind of member. */
START_TEST(words_for_unknown)
{
    struct tr_records r;

    load();
    ck_assert_int_eq(read_text(&r, HEAD "S-1,Ukjent,N/A,NULL,-,ukjent,Ukjent,UKJENT\n"), 0);
    ck_slice_eq(thing(&r, 0)->text, "");
    ck_slice_eq(thing(&r, 0)->list, "");
    ck_assert_int_eq(thing(&r, 0)->day, TR_NO_DAY);
    ck_assert_int_eq(thing(&r, 0)->number, -1);
    ck_assert_int_eq(thing(&r, 0)->yes, -1);
    ck_assert_int_eq(thing(&r, 0)->code, -1);
    ck_assert_uint_eq(thing(&r, 0)->codes, 0);
    tr_records_clear(&r);
}
END_TEST

/* A row that adds up others is told and is no record, also when it is short. */
START_TEST(total_rows)
{
    struct tr_records r;

    load();
    ck_assert_int_eq(read_text(&r, HEAD "S-1,,,,1,,,\nSum:,,,,1,,,\nI alt,,,,1\nSommer,,,,1,,,\n"), 0);
    ck_assert_uint_eq(r.n, 2);
    ck_slice_eq(thing(&r, 1)->id, "Sommer");
    ck_assert_uint_eq(n_heard, 2);
    for (unsigned i = 0; i < 2; i++) {
        ck_assert_int_eq(heard[i].code, TR_W_ROW_TOTAL);
        ck_assert_uint_eq(heard[i].line, 3 + i);
    }
    tr_records_clear(&r);
}
END_TEST

/* Ids are what was meant, however they are dressed; texts lose no more than a guard. */
START_TEST(dressed)
{
    struct tr_records r;

    load();
    ck_assert_int_eq(read_text(&r, HEAD "'S-1,'=1+1,,'01.02.2024,\"=\"\"7\"\"\",,,\n"
                                        "\xEF\xBB\xBF" "S\xC2\xAD-2\xE2\x80\x8B,'t Hooft,,,\xC2\xA0" "5,,,\n"), 0);
    ck_assert_int_eq(tr_records_find(&r, TR_STR("S-1")), 0);
    ck_assert_int_eq(tr_records_find(&r, TR_STR("S-2")), 1);
    ck_slice_eq(thing(&r, 0)->text, "=1+1");
    ck_slice_eq(thing(&r, 1)->text, "'t Hooft");
    ck_assert_int_eq(thing(&r, 0)->number, 7);
    ck_assert_int_eq(thing(&r, 1)->number, 5);
    ck_assert_int_eq(thing(&r, 0)->day, tr_date_number((struct tr_date){2024, 2, 1}));
    tr_records_clear(&r);
}
END_TEST

/* Blank rows are no rows, wherever they stand, and count as lines. */
START_TEST(blank_rows)
{
    struct tr_records r;

    load();
    ck_assert_int_eq(
        read_text(&r, HEAD ",,,,,,,\nS-1,,,,1,,,\n , ,\t,\xC2\xA0,,,,\n\nS-2,,,,2,,,\n,,,,,,,\n"),
        0);
    ck_assert_uint_eq(n_heard, 0);
    ck_assert_uint_eq(r.n, 2);
    ck_assert_uint_eq(r.line[0], 3);
    ck_assert_uint_eq(r.line[1], 6);
    tr_records_clear(&r);
    ck_assert_int_eq(read_text(&r, HEAD), 0);
    ck_assert_uint_eq(r.n, 0);
    tr_records_clear(&r);
}
END_TEST

/* ---- headers ---- */

static const struct {
    const char *header;
    enum tr_code code;
    const char *field, *arg[2];
} headers[] = {
    {"stay_id,capacity", TR_OK},
    {"Opphold-ID;Plasser", TR_OK},
    {"Plasser;noe annet;opphold id", TR_OK},
    {"capacity,stay_id,,", TR_OK},
    {"stay_id,capacity,x,x", TR_OK},
    {"stay_id,name", TR_E_COLUMN_MISSING, "capacity", {NULL}},
    {"stay_id,capasity", TR_E_COLUMN_MISSING, "capacity", {"capasity"}},
    {"stayid2,capacity", TR_E_COLUMN_MISSING, "stay_id", {"stayid2"}},
    {"stay_id,capacity,stay_id", TR_E_COLUMN_DOUBLE, "stay_id", {"stay_id", "stay_id"}},
    {"stay_id,capacity,Plasser", TR_E_COLUMN_DOUBLE, "capacity", {"capacity", "Plasser"}},
    {"Opphold-ID,capacity,name,stay_id", TR_E_COLUMN_DOUBLE, "stay_id", {"Opphold-ID", "stay_id"}},
};

START_TEST(header)
{
    struct tr_records r;
    int rc;

    load();
    rc = read_text(&r, headers[_i].header);
    ck_assert_msg(rc == (headers[_i].code ? -1 : 0), "%s: %d", headers[_i].header, rc);
    if (headers[_i].code) {
        ck_assert_uint_eq(n_heard, 1);
        ck_assert_str_eq(tr_code_name(heard[0].code), tr_code_name(headers[_i].code));
        ck_assert_str_eq(heard[0].field, headers[_i].field);
        ck_assert_uint_eq(heard[0].line, 1);
        for (int a = 0; a < 2; a++)
            if (headers[_i].arg[a])
                ck_assert_str_eq(heard[0].arg[a], headers[_i].arg[a]);
    } else {
        ck_assert_uint_eq(n_heard, 0);
    }
    tr_records_clear(&r);
}
END_TEST

START_TEST(headers_all_faults)
{
    struct tr_records r;

    load();
    ck_assert_int_eq(read_text(&r, "name,navn,from,from\nx,,,\n"), -1);
    ck_assert_uint_eq(n_heard, 4); /* two double, two missing */
    tr_records_clear(&r);
}
END_TEST

/* ---- faults ---- */

static const struct {
    const char *row;
    enum tr_code code;
    const char *field;
    uint32_t col; /* of the cell, from 1 */
    const char *arg;
} faults[] = {
    {"S-9,,,,1,,,", TR_OK},
    {",,,,1,,,", TR_E_VALUE_MISSING, "stay_id", 1},
    {"  ,x,,,1,,,", TR_E_VALUE_MISSING, "stay_id", 3}, /* where its comma stands */
    {"1234567890123456789012345678901234567890123456789012345678901234,,,,1,,,", TR_OK},
    {"S-9,,,2023-02-29,1,,,", TR_E_DATE, "from", 7},
    {"S-9,,,2024-2-29,1,,,", TR_E_DATE, "from", 7},
    {"S-9,,,29/2/2024,1,,,", TR_OK},
    {"S-9,,,2024-02-29 00:00,1,,,", TR_OK},
    {"S-9,,,,101,,,", TR_E_NUMBER, "capacity", 8, "100"},
    {"S-9,,,,-1,,,", TR_E_NUMBER, "capacity", 8},
    {"S-9,,,,+1,,,", TR_OK},
    {"S-9,,,,1.0,,,", TR_OK},
    {"S-9,,,,1.5,,,", TR_E_NUMBER, "capacity", 8},
    {"S-9,,,,1 0,,,", TR_E_NUMBER, "capacity", 8},
    {"S-9,,,,99999999999999999999999999,,,", TR_E_NUMBER, "capacity", 8},
    {"S-9,,,,ukjent,,,", TR_OK},
    {"Ukjent,,,,1,,,", TR_E_VALUE_MISSING, "stay_id", 1},
    {"S-9,,,,1,kanskje,,", TR_E_CODE, "wheelchair", 10},
    {"S-9,,,,1,,annet,", TR_E_CODE, "sex", 11},
    {"S-9,,,,1,,kvinn,", TR_E_CODE_NEAR, "sex", 11},
    {"S-9,,,,1,,,lang|sommer", TR_E_CODE, "stay_types", 12},
    {"S-9,,,,1,,,lang|ukjent", TR_E_CODE, "stay_types", 12},
    {"S-9,Å Æ Ø,,,1,,annet,", TR_E_CODE, "sex", 16},   /* characters, not bytes */
    {"S-9,\"a,b\",,,1,,annet,", TR_E_CODE, "sex", 16}, /* as it stands in the file */
    {"S-9,,,2024-01-01,13,,,", TR_E_REVERSED, "from", 7},
    {"S-9,,,,13,,,", TR_E_REVERSED, "from", 7},
    {"S-1,,,,1,,,", TR_E_ID_DOUBLE, "stay_id", 1, "2"},
    {"S-9,,,,1,,", TR_E_ROW_SHORT, "", 0},
    {"S-9,,,,1,,,,", TR_E_ROW_LONG, "", 0},
    {"S-9,\"a\"b,,,1,,,", TR_E_QUOTE_STRAY, "", 0},
};

/* A fault among good rows: it is said with its place, the file is refused, and the rows before and
 * behind are read as they are. */
START_TEST(fault)
{
    struct tr_records r;
    char text[512];
    int rc;

    load();
    snprintf(text, sizeof text, HEAD "S-1,,,,1,,,\n\n%s\nS-2,,,,2,,,\n", faults[_i].row);
    rc = read_text(&r, text);
    ck_assert_msg(rc == (faults[_i].code ? -1 : 0), "%s: %d", faults[_i].row, rc);
    if (faults[_i].code) {
        ck_assert_uint_eq(n_heard, 1);
        ck_assert_msg(heard[0].code == faults[_i].code, "%s: %s", faults[_i].row,
                      tr_code_name(heard[0].code));
        ck_assert_str_eq(heard[0].field, faults[_i].field);
        ck_assert_uint_eq(heard[0].line, 4);
        if (faults[_i].col)
            ck_assert_msg(heard[0].col == faults[_i].col, "%s: column %u", faults[_i].row,
                          heard[0].col);
        if (faults[_i].arg)
            ck_assert_str_eq(heard[0].arg[0], faults[_i].arg);
        ck_assert_uint_eq(r.n, 2);
    } else {
        ck_assert_uint_eq(r.n, 3);
    }
    ck_slice_eq(thing(&r, 0)->id, "S-1");
    ck_slice_eq(thing(&r, r.n - 1)->id, "S-2");
    tr_records_clear(&r);
}
END_TEST

START_TEST(all_faults_at_once)
{
    struct tr_records r;

    load();
    ck_assert_int_eq(
        read_text(&r,
                  HEAD ",,,annet,1000,annet,annet,annet\nS-1,,,,1,,,\nS-1,,,,2,,,\nS-1,,,,3,,,\n"),
        -1);
    ck_assert_uint_eq(n_heard, 8);
    for (uint32_t i = 0; i < 6; i++)
        ck_assert_uint_eq(heard[i].line, 2);
    ck_assert_uint_eq(heard[6].line, 4);
    ck_assert_uint_eq(heard[7].line, 5);
    ck_assert_str_eq(heard[7].arg[0], "3"); /* the first that had it */
    tr_records_clear(&r);
}
END_TEST

/* Without a key, the same id may stand twice. */
START_TEST(without_key)
{
    static const char text[] = HEAD "S-1,,,,1,,,\nS-1,,,,13,,,\n";
    struct tr_records r;

    load();
    ck_assert_int_eq(read_as(&unkeyed, &r, text, sizeof text - 1), 0);
    ck_assert_uint_eq(r.n, 2);
    ck_assert_int_eq(tr_records_find(&r, TR_STR("S-1")), -1);
    tr_records_clear(&r);
}
END_TEST

/* A month and a day to come are no fault where a record may say so; what else is no day is one. */
START_TEST(vague_days)
{
    static const struct tr_member vague[] = {
        {"stay_id", TR_M_ID, .at = AT(id)},
        {"from", TR_M_DATE, .at = AT(day), .vague = true},
    };
    static const struct tr_kind vague_kind = {
        .name = "vague", .member = vague, .n_members = 2, .size = sizeof(struct thing)};
    static const char text[] =
        "stay_id,from\nS-1,2027-02\nS-2,senere\nS-3,2026-12-31\nS-4,31.12.2026\nS-5,etter jul\n";
    struct tr_records r;
    int32_t day = tr_date_number((struct tr_date){2026, 12, 31});

    load();
    ck_assert_int_eq(read_as(&vague_kind, &r, text, sizeof text - 1), -1);
    ck_assert_uint_eq(n_heard, 1);
    ck_assert_uint_eq(heard[0].line, 6);
    ck_assert_int_eq(thing(&r, 0)->day, TR_NO_DAY);
    ck_assert_int_eq(thing(&r, 1)->day, TR_NO_DAY);
    ck_assert_int_eq(thing(&r, 2)->day, day);
    ck_assert_int_eq(thing(&r, 3)->day, day);
    tr_records_clear(&r);
}
END_TEST

START_TEST(long_ids)
{
    struct tr_records r;
    char id[TR_ID_MAX + 2], text[2 * TR_ID_MAX + 256];

    load();
    memset(id, 'x', sizeof id);
    for (int more = 0; more < 2; more++) {
        id[TR_ID_MAX + more] = '\0';
        snprintf(text, sizeof text, HEAD "%s,,,,1,,,\n", id);
        ck_assert_int_eq(read_text(&r, text), more ? -1 : 0);
        tr_records_clear(&r);
        id[TR_ID_MAX + more] = 'x';
    }
    ck_assert_uint_eq(n_heard, 1);
    ck_assert_str_eq(tr_code_name(heard[0].code), "id-size");
}
END_TEST

/* A profile without a list that is needed. */
START_TEST(missing_list)
{
    static const struct tr_member odd[] = {
        {"stay_id", TR_M_ID, .at = AT(id)},
        {"sex", TR_M_CODE, .at = AT(code), .list = "no_such_list"},
    };
    static const struct tr_kind odd_kind = {
        .name = "odd", .member = odd, .n_members = 2, .size = sizeof(struct thing)};
    struct tr_records r;

    load();
    ck_assert_int_eq(read_as(&odd_kind, &r, "stay_id,sex\n", 12), -1);
    ck_assert_uint_eq(n_heard, 1);
    ck_assert_str_eq(tr_code_name(heard[0].code), "table-cell");
    tr_records_clear(&r);
}
END_TEST

/* ---- other encodings and formats ---- */

static const struct {
    const char *bytes;
    size_t n;
} dialects[] = {
#define BYTES(text)                                                                                \
    {                                                                                              \
        text, sizeof(text) - 1                                                                     \
    }
    BYTES("\xEF\xBB\xBFstay_id;name;capacity\r\nS-1;\xC3\x85se;1\r\n"),
    BYTES("stay_id;name;capacity\r\nS-1;\xC5se;1\r\n"),
    BYTES("sep=;\r\nstay_id;name;capacity\r\nS-1;\xC5se;1\r\n"),
    BYTES("stay_id\tname\tcapacity\nS-1\t\xC3\x85se\t1"),
    BYTES("{\"stay_id\":\"S-1\",\"name\":\"\\u00c5se\",\"capacity\":1}\n"),
    BYTES("{\"capacity\":\"1\",\"name\":\"\xC3\x85se\",\"stay_id\":\"S-1\"}\n"),
};

START_TEST(dialect)
{
    struct tr_records r;

    load();
    ck_assert_int_eq(read_as(&kind, &r, dialects[_i].bytes, dialects[_i].n), 0);
    ck_assert_uint_eq(r.n, 1);
    ck_slice_eq(thing(&r, 0)->id, "S-1");
    ck_slice_eq(thing(&r, 0)->text, "Åse");
    ck_assert_int_eq(thing(&r, 0)->number, 1);
    tr_records_clear(&r);
}
END_TEST

START_TEST(json_lines)
{
    struct tr_records r;

    load();
    ck_assert_int_eq(
        read_text(
            &r, "{\"stay_id\":\"S-1\",\"name\":\"Åse, den \\\"gamle\\\"\",\"wishes\":[\"A\",\"B\"],"
                "\"from\":\"2024-02-29\",\"capacity\":100,\"wheelchair\":true,\"sex\":\"mann\","
                "\"stay_types\":[\"akutt\",\"lang\"]}\n"
                "{\"stay_id\":\"S-2\",\"name\":null,\"wishes\":[],\"from\":\"\",\"capacity\":null,"
                "\"wheelchair\":null,\"sex\":null,\"stay_types\":[]}\n"),
        0);
    is_full(thing(&r, 0));
    is_empty(thing(&r, 1), "S-2");
    tr_records_clear(&r);
    ck_assert_int_eq(
        read_text(
            &r, "{\"stay_id\":\"S-1\",\"capacity\":1}\n{\"stay_id\":\"S-2\",\"capacity\":1000}\n"),
        -1);
    ck_assert_uint_eq(n_heard, 1);
    ck_assert_uint_eq(heard[0].line, 2);
    ck_assert_str_eq(heard[0].field, "capacity");
    tr_records_clear(&r);
}
END_TEST

/* ---- from a document ---- */

static int from_json(struct tr_records *r, const char *array, struct tr_err *err)
{
    struct tr_buf text = {0};
    struct tr_json *d;
    struct tr_json_values values = {0};
    int rc;

    tr_buf_text(&text, "{\"a\":");
    tr_buf_text(&text, array);
    tr_buf_text(&text, "}");
    d = tr_json_parse(tr_buf_slice(&text), "document", err);
    ck_assert_msg(d != NULL, "%s", array);
    values.array = tr_json_member(d, TR_STR("a"));
    rc = tr_records_from_json(r, &kind, &profile, &values, "document", err);
    tr_json_free(d);
    tr_buf_clear(&text);
    return rc;
}

START_TEST(document)
{
    struct tr_records r;
    struct tr_err err;

    load();
    ck_assert_int_eq(
        from_json(
            &r,
            "[{\"stay_id\":\"S-1\",\"name\":\"Åse, den \\\"gamle\\\"\",\"wishes\":[\"A\",\"B\"],"
            "\"from\":\"2024-02-29\",\"capacity\":100,\"wheelchair\":true,\"sex\":\"mann\","
            "\"stay_types\":[\"akutt\",\"lang\"],\"more\":1},"
            "{\"stay_id\":\"S-2\",\"name\":null,\"capacity\":null}]",
            &err),
        0);
    ck_assert_uint_eq(r.n, 2);
    is_full(thing(&r, 0));
    is_empty(thing(&r, 1), "S-2");
    ck_assert_int_eq(tr_records_find(&r, TR_STR("S-2")), 1);
    tr_records_clear(&r);
}
END_TEST

static const struct {
    const char *array;
    enum tr_code code;
    const char *field;
} bad_documents[] = {
    {"[]", TR_OK},
    {"null", TR_OK}, /* nothing is in it */
    {"[1]", TR_E_VALUE_MISSING, "stay_id"},
    {"[null]", TR_E_VALUE_MISSING, "stay_id"},
    {"[[]]", TR_E_VALUE_MISSING, "stay_id"},
    {"[{}]", TR_E_VALUE_MISSING, "stay_id"},
    {"[{\"stay_id\":{}}]", TR_E_JSON_NESTED, "stay_id"},
    {"[{\"stay_id\":\"S-1\",\"wishes\":[[\"A\"]]}]", TR_E_JSON_NESTED, "wishes"},
    {"[{\"stay_id\":\"S-1\",\"from\":2024022}]", TR_E_DATE, "from"},
    {"[{\"stay_id\":\"S-1\",\"from\":\"2024-02-30\"}]", TR_E_DATE, "from"},
    {"[{\"stay_id\":\"S-1\",\"capacity\":-1}]", TR_E_NUMBER, "capacity"},
    {"[{\"stay_id\":\"S-1\",\"capacity\":101}]", TR_E_NUMBER, "capacity"},
    {"[{\"stay_id\":\"S-1\",\"capacity\":1.5}]", TR_E_NUMBER, "capacity"},
    {"[{\"stay_id\":\"S-1\",\"capacity\":1e300}]", TR_E_NUMBER, "capacity"},
    {"[{\"stay_id\":\"S-1\",\"capacity\":true}]", TR_E_NUMBER, "capacity"},
    {"[{\"stay_id\":\"S-1\",\"wheelchair\":\"kanskje\"}]", TR_E_CODE, "wheelchair"},
    {"[{\"stay_id\":\"S-1\",\"sex\":[\"mann\",\"kvinne\"]}]", TR_E_CODE_NEAR, "sex"},
    {"[{\"stay_id\":\"S-1\",\"stay_types\":[\"lang\",\"x\"]}]", TR_E_CODE, "stay_types"},
    {"[{\"stay_id\":\"S-1\",\"capacity\":13}]", TR_E_REVERSED, "from"},
    {"[{\"stay_id\":\"S-1\"},{\"stay_id\":\"S-1\"}]", TR_E_ID_DOUBLE, "stay_id"},
};

START_TEST(bad_document)
{
    struct tr_records r;
    struct tr_err err;
    int rc;

    load();
    rc = from_json(&r, bad_documents[_i].array, &err);
    ck_assert_msg(rc == (bad_documents[_i].code ? -1 : 0), "%s: %d", bad_documents[_i].array, rc);
    if (rc < 0) {
        ck_assert_msg(err.code == bad_documents[_i].code, "%s: %s", bad_documents[_i].array,
                      tr_code_name(err.code));
        ck_assert_str_eq(err.field, bad_documents[_i].field);
        ck_assert_str_eq(err.source, "document");
    } else {
        ck_assert_uint_eq(r.n, 0);
    }
    tr_records_clear(&r);
}
END_TEST

/* ---- records made, moved and written ---- */

static struct tr_str random_text(struct tr_records *r, bool empty)
{
    static const char *const parts[] = {"a", "Å", ",",    "\"",  "\n",  "é",
                                        "|", ";", "=1+1", "x y", "<&>", "\\"};
    struct tr_buf text = {0};
    struct tr_str s;
    bool word = false;

    for (uint32_t n = random_below(6) + !empty; n > 0; n--)
        tr_buf_text(&text, parts[random_below(COUNT(parts))]);
    while (text.len > 0 && text.p[text.len - 1] == '\n')
        text.len--; /* cells are read without what stands around them */
    s = tr_buf_slice(&text);
    while (s.len > 0 && *s.p == '\n')
        s = (struct tr_str){s.p + 1, s.len - 1};
    for (size_t i = 0; i < s.len && !word; i++)
        word = !strchr(",;\"\n ", s.p[i]);
    s = tr_arena_copy(&r->text, word || s.len == 0 ? s : TR_STR("a")); /* marks alone are read as unknown */
    tr_buf_clear(&text);
    return s;
}

static void make_random(struct tr_records *r, uint32_t n)
{
    char id[24];

    tr_records_start(r, &kind, &profile, NULL);
    for (uint32_t i = 0; i < n; i++) {
        struct thing *t = tr_records_add(r, i);

        ck_assert_ptr_nonnull(t);
        is_empty(t, "");
        snprintf(id, sizeof id, "S-%u", i);
        t->id = tr_arena_copy(&r->text, tr_str(id));
        t->text = random_text(r, true);
        t->list = random_text(r, true);
        t->day = random_below(3)
                     ? tr_date_number((struct tr_date){1, 1, 1}) + (int32_t)random_below(3650000)
                     : TR_NO_DAY;
        t->number = (int32_t)random_below(MOST + 2) - 1;
        if (t->number == 13)
            t->number = 14;
        t->yes = (int32_t)random_below(3) - 1;
        t->code = (int32_t)random_below(3) - 1;
        t->codes = random_below(8);
    }
}

static void same_records(const struct tr_records *a, const struct tr_records *b)
{
    ck_assert_uint_eq(a->n, b->n);
    for (uint32_t i = 0; i < a->n; i++) {
        const struct thing *x = thing(a, i), *y = thing(b, i);

        ck_assert_msg(tr_str_eq(x->id, y->id) && tr_str_eq(x->text, y->text) &&
                          tr_str_eq(x->list, y->list),
                      "%s: %s %s, %s %s", show(x->id), show(x->text), show(y->text), show(x->list),
                      show(y->list));
        ck_assert_int_eq(x->day, y->day);
        ck_assert_int_eq(x->number, y->number);
        ck_assert_int_eq(x->yes, y->yes);
        ck_assert_int_eq(x->code, y->code);
        ck_assert_uint_eq(x->codes, y->codes);
    }
}

/* What is written reads in again as itself. _i: the format. */
START_TEST(again)
{
    load();
    for (int round = 0; round < 40; round++) {
        struct tr_records r, s;
        struct tr_out out;

        make_random(&r, 1 + random_below(40));
        tr_out_init(&out, -1, "again");
        tr_kind_write(&kind, &profile, r.record, r.n, (enum tr_format)_i, &out);
        ck_assert_int_eq(read_as(&kind, &s, out.buf.p, out.buf.len), 0);
        same_records(&r, &s);
        tr_buf_clear(&out.buf);
        tr_records_clear(&r);
        tr_records_clear(&s);
    }
}
END_TEST

START_TEST(permuted)
{
    uint32_t order[50];
    struct tr_records r, was;
    char id[24];

    load();
    make_random(&r, COUNT(order));
    make_random(&was, COUNT(order));
    for (uint32_t i = 0; i < COUNT(order); i++)
        order[i] = i;
    for (uint32_t i = COUNT(order) - 1; i > 0; i--) {
        uint32_t j = random_below(i + 1), t = order[i];

        order[i] = order[j];
        order[j] = t;
    }
    ck_assert_int_eq(tr_records_permute(&r, order), 0);
    for (uint32_t i = 0; i < COUNT(order); i++) {
        ck_slice_eq(thing(&r, i)->id, (snprintf(id, sizeof id, "S-%u", order[i]), id));
        ck_assert_uint_eq(r.line[i], order[i]);
        ck_assert_int_eq(tr_records_find(&r, tr_str(id)), (int)i);
    }
    for (uint32_t i = 0; i < 100; i++) /* there is room for more of them */
        ck_assert_ptr_nonnull(tr_records_add(&r, 1000 + i));
    ck_slice_eq(thing(&r, 0)->id, (snprintf(id, sizeof id, "S-%u", order[0]), id));
    ck_assert_uint_eq(r.line[COUNT(order) + 99], 1099);
    tr_records_clear(&r);
    tr_records_clear(&was);
    tr_records_start(&r, &kind, &profile, NULL);
    ck_assert_int_eq(tr_records_permute(&r, order), 0);
    tr_records_clear(&r);
}
END_TEST

/* Of many rows, cells are remembered: each means what it means in a row of its own, and what is wrong is told
 * each time. */
START_TEST(repeated)
{
    static const char *const days[] = {"2026-01-05", "2026-02-29", "5.1.2026", "", "ukjent", "2026-01-06"};
    static const char *const answers[] = {"ja", "nei", "", "Ja ", "kanskje"};
    static const char *const numbers[] = {"7", "07", "", "-", "ti"};
    enum { ROWS = 4000 };
    const int32_t fifth = tr_date_number((struct tr_date){2026, 1, 5});
    char row[200];

    load();
    for (int wrong = 0; wrong < 2; wrong++) {
        struct tr_buf text = {0};
        struct tr_records r;
        uint32_t told = 0;

        tr_buf_text(&text, HEAD);
        for (uint32_t i = 0; i < ROWS; i++) {
            size_t d = (i * 5) % COUNT(days), y = (i * 3) % COUNT(answers), c = i % COUNT(numbers);
            bool bad = wrong && i > ROWS - 20;

            d += !bad && d == 1;
            y -= !bad && y == 4;
            c -= !bad && c == 4;
            told += (d == 1) + (y == 4) + (c == 4);
            snprintf(row, sizeof row, "S-%u,,,%s,%s,%s,,\n", i, days[d], numbers[c], answers[y]);
            tr_buf_text(&text, row);
        }
        n_heard = 0;
        ck_assert_int_eq(read_as(&unkeyed, &r, text.p, text.len), wrong ? -1 : 0);
        ck_assert_uint_eq(n_heard, told);
        for (uint32_t i = 0; !wrong && i < ROWS; i++) {
            const struct thing *t = thing(&r, i);
            size_t d = (i * 5) % COUNT(days), y = (i * 3) % COUNT(answers), c = i % COUNT(numbers);

            d += d == 1;
            ck_assert_int_eq(t->day, d == 0 || d == 2 ? fifth : d == 5 ? fifth + 1 : TR_NO_DAY);
            ck_assert_int_eq(t->yes, y == 0 || y >= 3 ? 1 : y == 1 ? 0 : -1);
            ck_assert_int_eq(t->number, c < 2 ? 7 : -1);
        }
        tr_records_clear(&r);
        tr_buf_clear(&text);
    }
}
END_TEST

/* The identity part has the fields that are kept, each under its name, and its own two keys. */
START_TEST(identity_part)
{
    struct tr_identity who;
    uint32_t kept = 0;

    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        int m = tr_kind_member(&tr_identity_kind, tr_str(tr_fields[f].name));

        if (f != TR_F_REFERRAL_ID)
            ck_assert_msg(tr_field_is_kept(f) == (m >= 0), "%s", tr_fields[f].name);
        kept += tr_field_is_kept(f);
    }
    ck_assert_uint_eq(tr_identity_kind.n_members, kept + 2);
    tr_kind_init(&tr_identity_kind, &who);
    who.name = TR_STR("Ada");
    who.comment = TR_STR("x");
    ck_slice_eq(tr_identity_value(&who, TR_F_NAME), "Ada");
    ck_slice_eq(tr_identity_value(&who, TR_F_COMMENT), "x");
    ck_slice_eq(tr_identity_value(&who, TR_F_PERSON_ID_KIND), "");
    ck_slice_eq(tr_identity_value(&who, TR_F_BYDEL), "");
}
END_TEST

/* What is sealed, in this order, is a format: registers hold it. */
START_TEST(sealed_fields)
{
    static const enum tr_field sealed[] = {
        TR_F_PERSON_ID,     TR_F_PERSON_ID_KIND, TR_F_NAME,   TR_F_CONTACT_NAME,
        TR_F_CONTACT_PHONE, TR_F_CONTACT_EMAIL,  TR_F_COMMENT};
    size_t n = 0;

    for (int f = 0; f < TR_N_FIELDS; f++)
        if (tr_field_is_sealed(f)) {
            ck_assert_uint_lt(n, COUNT(sealed));
            ck_assert_int_eq((int)sealed[n++], f);
        }
    ck_assert_uint_eq(n, COUNT(sealed));
}
END_TEST

MAIN("kind", {identity_part}, {sealed_fields}, {every_member}, {words_for_unknown}, {total_rows}, {dressed}, {blank_rows}, {vague_days},
     {header, COUNT(headers)}, {headers_all_faults}, {fault, COUNT(faults)}, {all_faults_at_once},
     {without_key}, {long_ids}, {missing_list}, {dialect, COUNT(dialects)}, {json_lines},
     {document}, {bad_document, COUNT(bad_documents)}, {again, 2}, {permuted}, {repeated})
