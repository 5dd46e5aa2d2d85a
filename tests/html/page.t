#!/usr/bin/env bash
# The page in a browser: accessible, self-contained; its picture stays in build/html.
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
exec node tests/html/inspect.js "$axe" "$chromium" build/html/behov.html build/html/behov.png
