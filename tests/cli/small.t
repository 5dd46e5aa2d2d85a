#!/usr/bin/env bash
# The golden cases again, with sizes of a few bytes: what happens where one piece ends and the next begins happens in each.
cd "${0%/*}/../.." || exit
export BIN=build/small/bin
exec tests/golden/run.t
