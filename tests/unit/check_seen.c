/* Ids seen before, in memory and beyond it. */
#include "unit.h"

#include <malloc.h>
#include <sys/stat.h>

#include "record/seen/seen.h"

static char id_text[32];

static uint64_t id_of(int i)
{
    size_t n = (size_t)snprintf(id_text, sizeof id_text, "R-2022-%07d", i);

    return tr_seen_hash((struct tr_str){id_text, n});
}

static struct tr_sighting sighting_of(int i)
{
    return (struct tr_sighting){(uint64_t)i * 3, (uint32_t)i % 7, (uint32_t)i + 2};
}

static int add(struct tr_seen *seen, int i, struct tr_sighting *s)
{
    struct tr_err err;

    *s = sighting_of(i);
    s->line += 1000000000; /* another place: must not come back */
    return tr_seen_add(seen, id_of(i), s, &err);
}

START_TEST(a_few)
{
    struct tr_seen *seen = tr_seen_new(&(struct tr_scratch){.folder = "/nowhere"});
    struct tr_sighting s = {1, 2, 3};
    struct tr_err err;

    ck_assert_ptr_nonnull(seen);
    ck_assert_int_eq(tr_seen_add(seen, tr_seen_hash(TR_STR("a")), &s, &err), 0);
    s = (struct tr_sighting){9, 9, 9};
    ck_assert_int_eq(tr_seen_add(seen, tr_seen_hash(TR_STR("A")), &s, &err), 0);
    ck_assert_int_eq(tr_seen_add(seen, tr_seen_hash(TR_STR("")), &s, &err), 0);
    ck_assert_int_eq(tr_seen_add(seen, tr_seen_hash(TR_STR("a")), &s, &err), 1);
    ck_assert(s.content == 1 && s.source == 2 && s.line == 3);
    ck_assert_int_eq(tr_seen_add(seen, tr_seen_hash(TR_STR("")), &s, &err), 1);
    ck_assert(s.content == 9);
    tr_seen_free(seen);
    tr_seen_free(NULL);
}
END_TEST

/* A million ids, so several runs in the file; then each is found again in whatever part it is. */
START_TEST(a_million)
{
    enum { N = 1000000 };
    struct tr_seen *seen = tr_seen_new(&(struct tr_scratch){.folder = "/tmp"});
    struct tr_sighting s;
    struct tr_err err;
    int wrong = 0;

    for (int i = 0; i < N; i++) {
        s = sighting_of(i);
        wrong += tr_seen_add(seen, id_of(i), &s, &err) != 0;
    }
    ck_assert_int_eq(wrong, 0);
    for (int i = 0; i < N; i += 17) {
        struct tr_sighting first = sighting_of(i);

        wrong += add(seen, i, &s) != 1 || s.content != first.content || s.source != first.source ||
                 s.line != first.line;
    }
    ck_assert_int_eq(wrong, 0);
    for (int i = N; i < N + 1000; i++)
        wrong += add(seen, i, &s) != 0;
    for (int i = N; i < N + 1000; i++)
        wrong += add(seen, i, &s) != 1;
    ck_assert_int_eq(wrong, 0);
    tr_seen_free(seen);
}
END_TEST

#if !defined(__SANITIZE_ADDRESS__)
START_TEST(memory_is_bounded)
{
    struct mallinfo2 before = mallinfo2(), after;
    struct tr_seen *seen = tr_seen_new(&(struct tr_scratch){.folder = "/tmp"});
    size_t used;

    for (int i = 0; i < 3000000; i++) {
        struct tr_sighting s;

        add(seen, i, &s);
    }
    after = mallinfo2();
    used = after.uordblks + after.hblkhd - before.uordblks - before.hblkhd;
    ck_assert_msg(used < 13 << 20, "%zu bytes", used);
    tr_seen_free(seen);
}
END_TEST
#endif

/* A folder that cannot be written to is told when memory is full; and told again, not forgotten. */
START_TEST(no_folder)
{
    static const char *const folders[] = {"/nowhere/at/all", "/proc"};

    for (size_t f = 0; f < COUNT(folders); f++) {
        struct tr_seen *seen = tr_seen_new(&(struct tr_scratch){.folder = folders[f]});
        struct tr_sighting s = {0};
        struct tr_err err = {0};
        int rc = 0, i = 0;

        for (; rc == 0 && i < 1000000; i++)
            rc = tr_seen_add(seen, id_of(i), &s, &err);
        ck_assert_int_eq(rc, -1);
        ck_assert_int_eq(err.code, TR_E_CREATE);
        ck_assert_str_eq(err.source, folders[f]);
        ck_assert_int_ne(err.sys, 0);
        ck_assert_int_eq(tr_seen_add(seen, id_of(i), &s, &err), -1);
        tr_seen_free(seen);
    }
}
END_TEST

START_TEST(nothing_is_left_in_the_folder)
{
    char folder[] = "/tmp/unit-seen-XXXXXX";
    struct tr_seen *seen;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    seen = tr_seen_new(&(struct tr_scratch){.folder = folder});
    for (int i = 0; i < 600000; i++) {
        struct tr_sighting s;

        ck_assert_int_eq(add(seen, i, &s), 0);
    }
    ck_assert_int_eq(rmdir(folder), 0); /* fails when anything is in it, even while in use */
    tr_seen_free(seen);
}
END_TEST

MAIN("seen", {a_few}, {a_million},
#if !defined(__SANITIZE_ADDRESS__)
     {memory_is_bounded},
#endif
     {no_folder}, {nothing_is_left_in_the_folder})
