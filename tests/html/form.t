#!/usr/bin/env bash
# A plan filled in by keyboard alone, in a browser: saved as a file, and read as it was filled in.
set -euo pipefail
cd "${0%/*}/../.."
export LC_ALL=C PATH=$PWD/build/bin:$PATH
if ! chromium=$(command -v chromium || command -v chromium-browser) || ! command -v node >/dev/null; then
	echo '1..0 # SKIP no Chromium or no node here: scripts/check --full installs them'
	exit 0
fi
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
checklist-export --template C-1 >"$T/plan.json"
checklist-export --lang=nb --form --format=html -o "$T/page.html" "$T/plan.json" 2>"$T/said" || true # it lacks all
node tests/html/form.js "$chromium" "$T/page.html" "$T" | grep -v '^1\.\.'
n=11
is() { # WHAT PATTERN
	n=$((n + 1))
	if grep -q "$2" "$T/came.json"; then echo "ok $n - $1"; else echo "not ok $n - $1"; fi
}
checklist-import -o "$T/came.json" "$T/saved.html"
is 'what was typed is in the plan' '"home": "Testveien 1"'
is 'as is a choice' '"bydel": "030103"'
is 'and an answer of a task, with its day' '"electricity": {"responsible":"person","due":"2026-12-24","status":"open","follow_up":"closed"'
echo 1..$n
