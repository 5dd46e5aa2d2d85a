#!/usr/bin/env bash
# Each assertion that holds is written to a file: loops over all there is spend their time in the kernel.
#
# Where:   Check 0.15.2 (Debian 12), counted by strace 6.1.
# Guess:   an assertion that holds is a comparison; only a failure, and the end of a test, are written.
# Seen:    a thousand that hold are a thousand calls of write(), to an unlinked file, whatever is compared, with a
#          process for each test or without: where the test is, should it crash. Nothing turns it off.
# For us:  a test over every state of the matrix, 116 s where memory is watched, took 4 s when tests/unit/unit.h had
#          made the function that writes a macro of nothing. What crashed is told by the name of the test.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get check=0.15.2-2+b1 libsubunit-dev=1.4.0-3 libsubunit0=1.4.0-3 strace=6.1-0.1
cat >unit.c <<'C'
#include <check.h>
#include <stdlib.h>
START_TEST(all_there_is)
{
    for (int i = 0; i < atoi(getenv("TIMES")); i++)
        HOLDS;
}
END_TEST
int main(void)
{
    Suite *suite = suite_create("all");
    TCase *cases = tcase_create("all");
    SRunner *runner;

    tcase_add_test(cases, all_there_is);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_SILENT);
    srunner_free(runner);
}
C
check=$(find "$root" -name libcheck_pic.a)
built() { # FLAG...: the program
	cc "$@" -I"$root/usr/include" unit.c -o unit "$check" -lsubunit -lm -lrt -lpthread -L"$root/usr/lib/$(uname -m)-linux-gnu"
}
writes() { # TIMES: how often that test writes
	TIMES=$1 strace -f -qq -e trace=write -e signal=none -o trace ./unit
	grep -c 'write(' trace || true
}
more() { echo $(($(writes 1000) - $(writes 0))); } # for a thousand assertions
for holds in 'ck_assert(i >= 0)' 'ck_assert_int_eq(i, i)' 'ck_assert_str_eq("a", "a")'; do
	built -DHOLDS="$holds"
	seen "$holds, 1,000 times: writes more" 1000 "$(more)"
	seen "$holds: the same without a process of its own" 1000 "$(CK_FORK=no more)"
done
built -DHOLDS='if (i < 0) ck_abort()'
seen 'an if, and ck_abort in it: writes more' 0 "$(more)"
finish
