/* What the unit tests share. Programs run from the project's root. */
#ifndef UNIT_H
#define UNIT_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <check.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"

/* Check writes where it is to a file at each assertion that holds: most of the time of tests with many. */
#define _mark_point(file, line) ((void)0)

/* Tables leave out what is zero. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define PROFILE "share/profiles/oslo"
#define TEXTS "share/texts.csv"

/* A slice's text, for messages; valid until four more have been shown. */
static inline const char *show(struct tr_str s)
{
    static char text[4][256];
    static int at;
    char *to = text[at++ % 4];

    tr_err_copy(to, sizeof text[0], s);
    return to;
}

#define ck_slice_eq(slice, expected)                                                                     \
    do {                                                                                                 \
        struct tr_str got_ = (slice);                                                                    \
        ck_assert_msg(tr_str_is(got_, (expected)), "%s is \"%s\", not \"%s\"", #slice, show(got_),      \
                      (expected));                                                                       \
    } while (0)

/* A file in memory with this content; its path, valid until 16 more are made. */
static inline const char *file_of(const void *p, size_t n)
{
    static char path[16][40];
    static int fds[16], at;
    int i = at++ % 16, fd = memfd_create("unit", 0);

    if (at > 16)
        close(fds[i]);
    fds[i] = fd;
    ck_assert_int_ge(fd, 0);
    while (n > 0) {
        ssize_t w = write(fd, p, n);

        ck_assert_int_gt(w, 0);
        p = (const char *)p + w;
        n -= (size_t)w;
    }
    snprintf(path[i], sizeof path[i], "/proc/self/fd/%d", fd);
    return path[i];
}

static inline const char *file_z(const char *z)
{
    return file_of(z, strlen(z));
}

/* The same numbers on every run. */
static uint64_t random_state;

static inline void random_again(void)
{
    random_state = 88172645463325252ULL;
}

static inline uint32_t random_below(uint32_t n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return n ? (uint32_t)(random_state >> 11) % n : 0;
}

/* A test, and how often it runs with _i counting up when it is a loop. */
struct unit_case {
    const TTest *test;
    size_t times; /* 0: once */
};

/* Runs the tests, which end with a NULL, as one suite. */
static inline int run_tests(const char *name, const struct unit_case *tests)
{
    Suite *suite = suite_create(name);
    TCase *all = tcase_create(name);
    SRunner *runner;
    int failed;

    tcase_set_timeout(all, 600);
    tcase_add_checked_fixture(all, random_again, NULL);
    for (; tests->test; tests++)
        if (tests->times)
            tcase_add_loop_test(all, tests->test, 0, (int)tests->times);
        else
            tcase_add_test(all, tests->test);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
#ifdef __SANITIZE_ADDRESS__ /* a process for each test takes most of the time, and looks for no leaks */
    srunner_set_fork_status(runner, CK_NOFORK);
#endif
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define MAIN(name, ...)                                                                                  \
    int main(void)                                                                                       \
    {                                                                                                    \
        return run_tests(name, (const struct unit_case[]){__VA_ARGS__, {NULL}});                         \
    }

#endif
