#!/usr/bin/env bash
# Pages in a browser: accessible, self-contained; their pictures stay in build/html.
set -euo pipefail
cd "${0%/*}/../.."
export LC_ALL=C
chromium=$(command -v chromium || command -v chromium-browser) || {
	echo 'Bail out! no Chromium here: scripts/check --full installs it'
	exit 1
}
axe=build/html/node_modules/axe-core/axe.min.js
[[ -e $axe ]] || {
	echo 'Bail out! no axe-core here: scripts/check --full installs it'
	exit 1
}
build/bin/table-render --format=html --output=build/html/behov.html share/demo/needs-2022.csv
build/bin/vacancy-list --institutions=share/demo/institutions.csv --stays=share/demo/stays.csv \
	--referrals=share/demo/waiting.csv --as-of=2026-11-21 --public |
	build/bin/table-render --format=html --output=build/html/ledig.html
exec node tests/html/inspect.js "$axe" "$chromium" build/html/behov.html build/html/ledig.html
