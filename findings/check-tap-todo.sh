#!/usr/bin/env bash
# A failed assertion counts as passed when a compared text holds "# TODO".
#
# Where:   Check 0.15.2 (Debian 12), its TAP output read by prove of Perl 5.36 (Test::Harness 3.44).
# Guess:   Check escapes "#" in a message, as TAP asks for, so that a failed assertion is a failed test.
# Seen:    Check writes the assertion as the test's description, unescaped. "# TODO" in it is a TAP
#          directive: prove counts the test as expected to fail and ends with PASS. "# SKIP" is not so
#          taken on a failed test. A line break in a compared text starts a line of TAP of its own.
# For us:  the exit status of a Check program must tell of failures too (tests/unit/unit.h does);
#          prove then says "Dubious".
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get check=0.15.2-2+b1 libsubunit-dev=1.4.0-3 libsubunit0=1.4.0-3
cat >unit.c <<'C'
#include <check.h>
#include <stdlib.h>
static const char *read_back(void) { return "left alone"; }
START_TEST(note) { ck_assert_str_eq(read_back(), NOTE); } END_TEST
int main(void)
{
    Suite *suite = suite_create("notes");
    TCase *cases = tcase_create("notes");
    SRunner *runner;
    int failed;

    tcase_add_test(cases, note);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return getenv("TELL") ? failed : 0;
}
C
check=$(find "$root" -name libcheck_pic.a)
run() { # NOTE: prove's verdict on a test that fails
	cc -DNOTE="\"$1\"" -I"$root/usr/include" unit.c -o unit "$check" -lsubunit -lm -lrt -lpthread -L"$root/usr/lib/$(uname -m)-linux-gnu"
	CK_TAP_LOG_FILE_NAME=- CK_VERBOSITY=silent prove ./unit 2>&1 | sed -n 's/^Result: //p'
}
seen 'compared with "ring back"' FAIL "$(run 'ring back')"
seen 'compared with "# TODO: ring back"' PASS "$(run '# TODO: ring back')"
seen 'compared with "# SKIP ring back"' FAIL "$(run '# SKIP ring back')"
seen 'the same with an exit status' FAIL "$(export TELL=1; run '# TODO: ring back')"
finish
