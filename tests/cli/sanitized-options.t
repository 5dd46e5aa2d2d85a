#!/usr/bin/env bash
# options.t again, watched for memory faults and undefined behaviour, of one program in six.
cd "${0%/*}/../.." || exit
export SAMPLE=${SAMPLE-6} BIN=build/san/bin LSAN_OPTIONS=suppressions=tests/cli/leaks.supp:print_suppressions=0 UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=detect_stack_use_after_return=1
exec tests/cli/options.t
