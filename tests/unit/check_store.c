/* The register behind its functions: what is put, put again and changed; what was known when; what is
 * given, and what is gone. */
#include "unit.h"

#include <sys/stat.h>

#include "cli/register/register.h"
#include "store/store_own.h"

static char folder[] = "/tmp/check_store.XXXXXX", path[256];
static struct tr_store *s;
static struct tr_err err;
static int64_t layout;
static struct tr_keys *keys;

#define ok(call) ck_assert_msg((call) == 0, #call ": %s %s", tr_code_name(err.code), err.arg[0])

/* The engines. A server is one that tests/cli/postgresql.t started: without it, its cases are passed
 * over. */
enum { SQLITE, POSTGRESQL, N_ENGINES };
static int engine;

static bool has_engine(int which)
{
    engine = which;
    return which == SQLITE || getenv("TRANSITION_TEST_POSTGRESQL");
}

/* Cases run in processes of their own: each makes its register, and removes it. */
static void set_up(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    if (engine == SQLITE)
        snprintf(path, sizeof path, "%s/r.db", folder);
    else
        snprintf(path, sizeof path, "%s", getenv("TRANSITION_TEST_POSTGRESQL"));
    keys = tr_keys_new();
    ck_assert_ptr_nonnull(keys);
    ck_assert_int_eq(tr_keys_make(keys, ~0U), 0);
    ok(tr_store_create(path, &err));
    s = tr_store_open(path, TR_STORE_WRITE, 1000, &err);
    ck_assert_msg(s != NULL, "%s", tr_code_name(err.code));
    ok(tr_store_begin(s, &err));
    ok(tr_store_settle(s, keys, TR_STR("2026-01-01T00:00:00Z"), &err));
    ok(tr_store_commit(s, &err));
}

static void tear_down(void)
{
    static const char *const ends[] = {"r.db", "r.db-wal", "r.db-shm", "c.db"};
    char name[80];

    tr_store_close(s);
    tr_keys_free(keys);
    for (size_t i = 0; i < COUNT(ends); i++) {
        snprintf(name, sizeof name, "%s/%s", folder, ends[i]);
        unlink(name);
    }
    ck_assert_int_eq(rmdir(folder), 0);
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    if (engine == POSTGRESQL)
        ck_assert_int_eq(system("psql -qX -c 'SET client_min_messages = error; DROP SCHEMA transition CASCADE' "
                                "\"$TRANSITION_TEST_POSTGRESQL\""),
                         0);
}

static void start(const char *day)
{
    const struct tr_store_put put = {tr_str(day), TR_STR("2026-01-01T00:00:00Z"), TR_STR("me"),
                                     TR_STR("referral")};

    ok(tr_store_begin(s, &err));
    ok(tr_store_put_start(s, &put, &err));
    ok(tr_store_layout(s, TR_STR("referral"), TR_STR("id,text"), &layout, &err));
}

static enum tr_store_news put(const char *id, uint64_t content, const char *person, const char *body)
{
    const struct tr_store_record r = {.kind = TR_STR("referral"), .id = tr_str(id), .content = {(unsigned char)content},
                                      .layout = layout, .bydel = TR_STR("b1"), .day = TR_STR("2026-01-01"),
                                      .person = tr_str(person), .body = tr_str(body),
                                      .open = tr_str(*person ? "who it is" : "")};
    uint64_t news[TR_N_STORE_NEWS] = {0};

    ok(tr_store_put(s, &r, news, &err));
    ok(tr_store_put_end(s, &err));
    return news[TR_STORE_NEW] ? TR_STORE_NEW : news[TR_STORE_SAME] ? TR_STORE_SAME : TR_STORE_CHANGED;
}

/* What is given, as body|body|; no more than most. */
struct taken {
    char text[256];
    int n, most;
};

static int take(void *cookie, const struct tr_store_found *found)
{
    struct taken *t = cookie;
    size_t at = strlen(t->text);

    snprintf(t->text + at, sizeof t->text - at, "%.*s|", (int)found->body.len, found->body.p);
    return ++t->n == t->most ? -1 : 0;
}

static const char *got(struct tr_store_query q, int most)
{
    static struct taken t;

    t = (struct taken){.most = most};
    if (!q.kind.len)
        q.kind = TR_STR("referral");
    ok(tr_store_get(s, &q, take, &t, &err));
    return t.text;
}

static const char *now(void)
{
    return got((struct tr_store_query){.id = {"", 0}}, 0);
}

static const char *as_of(const char *day)
{
    return got((struct tr_store_query){.as_of = tr_str(day)}, 0);
}

static struct tr_buf marks; /* of what was purged last */

START_TEST(same_and_changed)
{
    if (!has_engine(_i))
        return;
    set_up();
    start("2026-01-01");
    ck_assert_int_eq(put("a", 1, "", "a1"), TR_STORE_NEW);
    ck_assert_int_eq(put("b", 1, "", "b1"), TR_STORE_NEW);
    ck_assert_int_eq(put("a", 1, "", "a1"), TR_STORE_SAME);
    ok(tr_store_commit(s, &err));
    start("2026-02-01");
    ck_assert_int_eq(put("a", UINT64_MAX, "", "a2"), TR_STORE_CHANGED);
    ck_assert_int_eq(put("a", UINT64_MAX, "", "a2"), TR_STORE_SAME);
    ck_assert_int_eq(put("b", 1, "", "b1"), TR_STORE_SAME);
    ok(tr_store_commit(s, &err));
    ck_assert_str_eq(now(), "b1|a2|");
    ck_assert_str_eq(as_of("2025-12-31"), "");
    ck_assert_str_eq(as_of("2026-01-01"), "a1|b1|");
    ck_assert_str_eq(as_of("2026-01-31"), "a1|b1|");
    ck_assert_str_eq(as_of("2026-02-01"), "b1|a2|");
    ck_assert_str_eq(as_of("9999-12-31"), now());
    tear_down();
}
END_TEST

static void none(void *cookie, const struct tr_err *fault)
{
    (void)cookie;
    ck_abort_msg("%s %s", tr_code_name(fault->code), fault->arg[0]);
}

/* Puts n records in, of which every third says something else than the time before, and every 500th comes twice. */
static void put_many(int n, int turn, uint64_t *news)
{
    struct tr_buf text = {0};

    for (int i = 0; i < n; i++) {
        char id[16];
        const int said = i % 3 ? 0 : turn;

        snprintf(id, sizeof id, "m%d", i % 500 ? i : 7);
        text.len = 0;
        tr_buf_text(&text, id);
        tr_buf_num(&text, said);
        ok(tr_store_put(s, &(struct tr_store_record){.kind = TR_STR("referral"), .id = tr_str(id),
                                                     .content = {(unsigned char)(said + 1)}, .layout = layout,
                                                     .body = tr_buf_slice(&text), .open = TR_STR("who it is")},
                        news, &err));
    }
    tr_buf_clear(&text);
}

static int take_number(void *cookie, const struct tr_store_found *found)
{
    int64_t *last = cookie;

    ck_assert_int_gt(found->record, *last);
    *last = found->record;
    return 0;
}

START_TEST(many_at_once)
{
    enum { N = 2600 };
    uint64_t news[TR_N_STORE_NEWS] = {0}, n;
    int64_t seen = 0;

    if (!has_engine(_i))
        return;
    set_up();
    start("2026-01-01");
    put_many(N, 0, news);
    ok(tr_store_put_end(s, &err));
    ck_assert_uint_eq(news[TR_STORE_NEW], N - 6);
    ck_assert_uint_eq(news[TR_STORE_SAME], 6);
    ok(tr_store_commit(s, &err));
    ok(tr_store_get(s, &(struct tr_store_query){.kind = TR_STR("referral")}, take_number, &seen, &err));
    ck_assert_int_eq(seen, N - 6); /* no number is left out, however many go in together */
    seen = 0;
    start("2026-01-02");
    memset(news, 0, sizeof news);
    put_many(N, 1, news);
    ok(tr_store_commit(s, &err));
    ck_assert_uint_eq(news[TR_STORE_NEW], 0);
    ck_assert_uint_eq(news[TR_STORE_CHANGED], 869);
    ck_assert_uint_eq(news[TR_STORE_SAME], N - 869);
    ok(tr_store_get(s, &(struct tr_store_query){.kind = TR_STR("referral")}, take_number, &seen, &err));
    ok(tr_store_check(s, none, NULL, &n, &err));
    ck_assert_uint_eq(n, 0);
    start("2026-01-03");
    put_many(N, 2, news);
    tr_store_rollback(s); /* what waits is forgotten */
    ok(tr_store_check(s, none, NULL, &n, &err));
    ck_assert_uint_eq(n, 0);
    tear_down();
}
END_TEST

/* A register that has a1, and a put in hand that makes a2 of it. */
static void in_the_middle(void)
{
    set_up();
    start("2026-01-01");
    put("a", 1, "", "a1");
    ok(tr_store_commit(s, &err));
    start("2026-01-02");
    put("a", 2, "", "a2");
}

START_TEST(rolled_back)
{
    if (!has_engine(_i))
        return;
    in_the_middle();
    put("b", 1, "", "b1");
    tr_store_rollback(s);
    ck_assert_str_eq(now(), "a1|");
    ck_assert_str_eq(as_of("2026-01-03"), "a1|");
    tr_store_rollback(s); /* nothing in hand: no harm */
    tr_store_close(s);
    s = tr_store_open(path, TR_STORE_WRITE, 1000, &err);
    ok(tr_store_use(s, keys, true, &err));
    start("2026-01-02");
    put("c", 1, "", "c1");
    tr_store_close(s); /* without a commit */
    s = tr_store_open(path, TR_STORE_READ, 1000, &err);
    ck_assert_str_eq(now(), "a1|");
    tear_down();
}
END_TEST

/* Want of memory or disk makes SQLite end a transaction: what comes then would be kept, each by itself. */
START_TEST(ended_by_the_engine)
{
    const struct tr_store_record b = {.kind = TR_STR("referral"), .id = TR_STR("b"), .content = {1},
                                      .layout = 1, .bydel = TR_STR("b1"), .day = TR_STR("2026-01-01"),
                                      .body = TR_STR("b1")};
    uint64_t news[TR_N_STORE_NEWS] = {0};

    ck_assert(has_engine(SQLITE));
    in_the_middle();
    s->engine->rollback(s);
    ck_assert_int_lt(tr_store_put(s, &b, news, &err) < 0 ? -1 : tr_store_put_end(s, &err), 0);
    ck_assert_int_eq(err.code, TR_E_REGISTER);
    ck_assert_int_lt(tr_store_set(s, "x", TR_STR("y"), &err), 0);
    ck_assert_int_lt(tr_store_commit(s, &err), 0);
    tr_store_rollback(s);
    ck_assert_str_eq(now(), "a1|");
    start("2026-01-02"); /* the next one is as any other */
    put("b", 1, "", "b1");
    ok(tr_store_commit(s, &err));
    ck_assert_str_eq(now(), "a1|b1|");
    tear_down();
}
END_TEST

START_TEST(chosen)
{
    if (!has_engine(_i))
        return;
    set_up();
    start("2026-01-01");
    put("a", 1, "", "a1");
    put("b", 1, "", "");
    put("c';--", 1, "", "c1");
    ok(tr_store_commit(s, &err));
    ck_assert_str_eq(now(), "a1||c1|");
    ck_assert_str_eq(got((struct tr_store_query){.id = TR_STR("c';--")}, 0), "c1|");
    ck_assert_str_eq(got((struct tr_store_query){.id = TR_STR("A")}, 0), "");
    ck_assert_str_eq(got((struct tr_store_query){.bydel = TR_STR("b1")}, 0), "a1||c1|");
    ck_assert_str_eq(got((struct tr_store_query){.bydel = TR_STR("b2")}, 0), "");
    ck_assert_str_eq(got((struct tr_store_query){.since = TR_STR("2026-01-01")}, 0), "a1||c1|");
    ck_assert_str_eq(got((struct tr_store_query){.since = TR_STR("2026-01-02")}, 0), "");
    ck_assert_str_eq(got((struct tr_store_query){.kind = TR_STR("stay")}, 0), "");
    ck_assert_str_eq(got((struct tr_store_query){.id = {"", 0}}, 2), "a1||"); /* stops */
    ck_assert_str_eq(now(), "a1||c1|");                                       /* and can begin again */
    tear_down();
}
END_TEST

START_TEST(layouts)
{
    int64_t first, second, again;
    struct tr_buf columns = {0};

    if (!has_engine(_i))
        return;
    set_up();
    start("2026-01-01");
    ok(tr_store_layout(s, TR_STR("stay"), TR_STR("a,b"), &first, &err));
    ok(tr_store_layout(s, TR_STR("stay"), TR_STR("a,b,c"), &second, &err));
    ok(tr_store_layout(s, TR_STR("stay"), TR_STR("a,b"), &again, &err));
    ck_assert_int_eq(first, again);
    ck_assert_int_ne(first, second);
    ck_assert_int_ne(first, layout);
    ok(tr_store_commit(s, &err));
    tr_buf_text(&columns, ">");
    ok(tr_store_columns(s, second, &columns, &err));
    ck_assert_str_eq(tr_buf_z(&columns), ">a,b,c");
    columns.len = 0;
    ok(tr_store_columns(s, 99, &columns, &err));
    ck_assert_uint_eq(columns.len, 0);
    tr_buf_clear(&columns);
    tear_down();
}
END_TEST

START_TEST(purged)
{
    uint64_t n;
    bool shrunk, was;

    if (!has_engine(_i))
        return;
    set_up();
    start("2026-01-01");
    put("a", 1, "", "a1");
    put("b", 1, "p-two", "b1");
    ok(tr_store_commit(s, &err));
    start("2026-01-02");
    put("a", 2, "p-one", "a2");
    put("c", 1, "p-one", "c1");
    ok(tr_store_commit(s, &err));
    ok(tr_store_begin(s, &err));
    ok(tr_store_purge_begin(s, &err));
    ok(tr_store_purge_person(s, TR_STR("p-one"), &err));
    ok(tr_store_purge_end(s, &marks, &n, &err));
    tr_store_rollback(s);
    marks.len = 0;
    ck_assert_str_eq(now(), "b1|a2|c1|");
    ok(tr_store_begin(s, &err));
    ok(tr_store_purge_begin(s, &err));
    ok(tr_store_purge_person(s, TR_STR("p-one"), &err));
    ok(tr_store_purge_end(s, &marks, &n, &err));
    ok(tr_store_commit(s, &err));
    ck_assert_uint_eq(n, 3);
    ok(tr_store_wipe(s, &shrunk, &err));
    ck_assert(shrunk);
    ck_assert_str_eq(now(), "b1|");
    ck_assert_str_eq(as_of("2026-01-01"), "b1|");
    ok(tr_store_was_purged(s, TR_STR("a"), &was, &err)); /* the marks were not written down */
    ck_assert(!was);
    tr_register_order(&marks);
    ok(tr_store_begin(s, &err));
    ok(tr_store_log(s, &(struct tr_access){.what = TR_STR("purge")}, tr_buf_slice(&marks), &err));
    ok(tr_store_commit(s, &err));
    ok(tr_store_was_purged(s, TR_STR("a"), &was, &err));
    ck_assert(was);
    ok(tr_store_was_purged(s, TR_STR("b"), &was, &err));
    ck_assert(!was);
    ok(tr_store_begin(s, &err));
    ok(tr_store_purge_begin(s, &err));
    ok(tr_store_purge_case(s, TR_STR("b"), &err));
    ok(tr_store_purge_recent(s, TR_STR("2026-01-02"), &err));
    ok(tr_store_purge_end(s, &marks, &n, &err));
    ok(tr_store_commit(s, &err));
    ck_assert_uint_eq(n, 1);
    ck_assert_str_eq(now(), "");
    tear_down();
}
END_TEST

START_TEST(looked_after)
{
    struct tr_buf value = {0};
    char copy[80];
    uint64_t n;
    struct stat st;
    struct tr_store *other;

    if (!has_engine(_i))
        return;
    set_up();
    start("2026-01-01");
    put("a", 1, "p-one", "a1");
    ok(tr_store_commit(s, &err));
    ok(tr_store_begin(s, &err));
    ok(tr_store_set(s, "x", TR_STR("1"), &err));
    ok(tr_store_set(s, "x", TR_STR(""), &err));
    ok(tr_store_set(s, "y", TR_STR("2"), &err));
    ok(tr_store_commit(s, &err));
    ok(tr_store_setting(s, "x", &value, &err));
    ok(tr_store_setting(s, "none", &value, &err));
    ck_assert_uint_eq(value.len, 0);
    ok(tr_store_setting(s, "y", &value, &err));
    ck_assert_str_eq(tr_buf_z(&value), "2");
    ok(tr_store_check(s, none, NULL, &n, &err));
    ck_assert_uint_eq(n, 0);
    snprintf(copy, sizeof copy, "%s/c.db", folder);
    if (engine == POSTGRESQL) { /* which pg_dump does */
        ck_assert_int_eq(tr_store_copy(s, copy, TR_STR("2026-01-01T00:00:00Z"), &err), -1);
        ck_assert_int_eq(err.code, TR_E_SERVER_LACKS);
        goto writers;
    }
    ok(tr_store_copy(s, copy, TR_STR("2026-01-01T00:00:00Z"), &err));
    ck_assert_int_eq(stat(copy, &st), 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0600);
    ck_assert_int_eq(tr_store_copy(s, copy, TR_STR("2026-01-01T00:00:00Z"), &err), -1);
    ck_assert_int_eq(err.code, TR_E_CREATE);
    value.len = 0;
    ok(tr_store_image(s, &value, &err));
    ck_assert_mem_eq(value.p, "SQLite format 3", 16);

writers: /* one at a time */
    other = tr_store_open(path, TR_STORE_WRITE, 0, &err);
    ck_assert_ptr_nonnull(other);
    ok(tr_store_begin(s, &err));
    ck_assert_int_eq(tr_store_begin(other, &err), -1);
    ck_assert_int_eq(err.code, TR_E_BUSY);
    ok(tr_store_commit(s, &err));
    ok(tr_store_begin(other, &err));
    tr_store_close(other);
    tr_buf_clear(&value);
    tear_down();
}
END_TEST

static const struct bad {
    const char *path;
    enum tr_code code;
} bad[] = {
    {"/nowhere/r.db", TR_E_OPEN}, {"share", TR_E_DIRECTORY}, {"share/texts.csv", TR_E_NO_REGISTER},
    {"share/profiles/default", TR_E_LINK}, {"/dev/null", TR_E_NO_REGISTER},
};

START_TEST(refused)
{
    ck_assert_ptr_null(tr_store_open(bad[_i].path, TR_STORE_READ, 0, &err));
    ck_assert_int_eq(err.code, bad[_i].code);
    ck_assert_str_eq(err.source, bad[_i].path);
    ck_assert_int_eq(tr_store_create(bad[_i].path, &err), -1);
    ck_assert_int_eq(err.code, TR_E_CREATE);
}
END_TEST

/* What was sealed comes back, to who may read, and only in its place. */
struct opened {
    char text[256];
    int n, failed;
};

static int open_it(void *cookie, const struct tr_store_found *found)
{
    struct opened *o = cookie;
    struct tr_buf out = {0};
    size_t at = strlen(o->text);

    if (tr_store_unseal(s, found, &out, &err) < 0)
        o->failed++;
    else
        snprintf(o->text + at, sizeof o->text - at, "%.*s|", (int)out.len, out.p ? out.p : "");
    tr_buf_clear(&out);
    o->n++;
    return 0;
}

START_TEST(unsealed)
{
    const struct tr_store_query all = {.kind = TR_STR("referral")};
    struct tr_keys *put_key = tr_keys_new(), *other = tr_keys_new();
    struct opened o = {.n = 0};

    if (!has_engine(_i))
        return;
    set_up();
    start("2026-01-01");
    put("a", 1, "p-one", "a1");
    put("b", 1, "", "b1");
    ok(tr_store_commit(s, &err));
    ok(tr_store_get(s, &all, open_it, &o, &err));
    ck_assert_str_eq(o.text, "who it is||");

    for (int i = 0; i < TR_N_SECRETS; i++)
        if ((put_key->has[i] = tr_purpose_has(TR_PURPOSE_PUT, (enum tr_secret)i)))
            put_key->secret[i] = keys->secret[i];
    ok(tr_store_use(s, put_key, true, &err));
    start("2026-01-02");
    ck_assert_int_eq(put("c", 1, "p-one", "c1"), TR_STORE_NEW);
    ck_assert_int_eq(put("a", 2, "p-one", "a2"), TR_STORE_CHANGED);
    ok(tr_store_commit(s, &err));
    o = (struct opened){.n = 0};
    ok(tr_store_get(s, &all, open_it, &o, &err));
    ck_assert_int_eq(o.failed, 2);
    ck_assert_int_eq(err.code, TR_E_KEY_PURPOSE);

    ok(tr_store_use(s, keys, true, &err));
    o = (struct opened){.n = 0};
    ok(tr_store_get(s, &all, open_it, &o, &err));
    ck_assert_str_eq(o.text, "|who it is|who it is|");
    ck_assert_int_eq(tr_keys_make(other, ~0U), 0);
    ck_assert_int_eq(tr_store_use(s, other, true, &err), -1);
    ck_assert_int_eq(err.code, TR_E_WRONG_KEY);
    tr_keys_free(put_key);
    tr_keys_free(other);
    tear_down();
}
END_TEST

/* A purge of cases that somebody else chose. */
START_TEST(purged_cases)
{
    uint64_t n;

    if (!has_engine(_i))
        return;
    set_up();
    start("2026-01-01");
    put("a", 1, "p-one", "a1");
    put("b", 1, "p-two", "b1");
    put("c", 1, "", "c1");
    ok(tr_store_commit(s, &err));
    ok(tr_store_begin(s, &err));
    ok(tr_store_purge_begin(s, &err));
    ok(tr_store_purge_case(s, TR_STR("a"), &err));
    ok(tr_store_purge_case(s, TR_STR("c"), &err));
    ok(tr_store_purge_case(s, TR_STR("nobody"), &err));
    ok(tr_store_purge_end(s, &marks, &n, &err));
    ok(tr_store_commit(s, &err));
    ck_assert_uint_eq(n, 2);
    ck_assert_str_eq(now(), "b1|");
    ok(tr_store_check(s, none, NULL, &n, &err));
    tear_down();
}
END_TEST

MAIN("store", {same_and_changed, N_ENGINES}, {many_at_once, N_ENGINES}, {rolled_back, N_ENGINES}, {ended_by_the_engine, 1}, {chosen, N_ENGINES},
     {layouts, N_ENGINES}, {purged, N_ENGINES}, {looked_after, N_ENGINES}, {refused, COUNT(bad)},
     {unsealed, N_ENGINES}, {purged_cases, N_ENGINES})
