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
pages=(build/html/behov.html build/html/ledig.html)

# document NAME COMMAND...: what is missing in a plan is no fault here
document() {
	local name=build/html/$1.html status=0
	shift
	"build/bin/$1" --format=html --output="$name" "${@:2}" 2>build/html/said || status=$?
	((status <= 1)) || {
		cat build/html/said
		echo "Bail out! $1 failed"
		exit 1
	}
	pages+=("$name")
}
day=--as-of=2026-11-21
build/bin/checklist-export --template=C-2026-014 --output=build/html/tom.json
printf '%s\n' referral_id,decision,institution_id,wish_rank,priority,reason,detail R-2026-0001,ineligible,,,1,municipality, \
	>build/html/avslag.csv
document plan checklist-export $day share/demo/plan.json
document tom-plan checklist-export $day build/html/tom.json
document skjema checklist-export $day --form share/demo/plan.json
document avslag letter-export $day build/html/avslag.csv
document tjenester service-list --as-of=2026-11-20T10:30 --group=4
document frister deadline-list $day share/demo/events.csv
exec node tests/html/inspect.js "$axe" "$chromium" "${pages[@]}"
