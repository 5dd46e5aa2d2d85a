#!/usr/bin/env bash
# The harness for suites of others runs on a small sample of ours, and finds what is planted in it.
. "${0%/*}/tap.sh"

ok 'the sample passes' tests/suites/run tests/suites/sample
cp -R tests/suites/sample "$T/bad"
printf '[{"first":"John","last":"Doe"}]' >"$T/bad/csv/comma.json"
cp "$T/bad/json/y_object.json" "$T/bad/json/n_taken.json"
sed 's/4,/5,/' "$T/bad/idnums/valid-synthetic.txt" >"$T/bad/idnums/invalid-wrongly.txt"
echo 'separator=;' >"$T/bad/dialects/title.txt.dialect"
printf '#!/bin/sh\necho 0\n' >"$T/bad/calendars/grep"
tests/suites/run "$T/bad" >"$T/out" 2>&1
for kind in csv json idnums calendars dialects; do
	like "a fault in $kind is found" "$(<"$T/out")" "not ok [0-9]+ - $kind"
done
finish
