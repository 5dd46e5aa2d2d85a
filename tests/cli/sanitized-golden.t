#!/usr/bin/env bash
# The golden cases again, watched for memory faults and undefined behaviour.
# One in eight, which change with the commit; scripts/fault-test small runs all.
cd "${0%/*}/../.." || exit
export SAMPLE=${SAMPLE-8} BIN=build/san/bin LSAN_OPTIONS=suppressions=tests/cli/leaks.supp:print_suppressions=0 UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=detect_stack_use_after_return=1
exec tests/golden/run.t
