#!/usr/bin/env bash
# The golden cases again, with sizes of a few bytes: what happens where one piece ends and the next begins happens in each.
# One in six, which change with the commit; scripts/fault-test small runs all.
cd "${0%/*}/../.." || exit
export SAMPLE=${SAMPLE-6} BIN=build/small/bin
exec tests/golden/run.t
