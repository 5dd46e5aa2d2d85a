#!/usr/bin/env bash
# A date that is typed in Norwegian braille arrives as letters; the same dots in Danish arrive as the date.
#
# Where:   liblouis 3.24.0 (Debian 12 liblouis-bin, liblouis-data), lou_translate, six dots without contractions
#          (no-no-g0, da-dk-g16, de-g0) and Norwegian eight dots (no-no-8dot). Screen readers put what is typed on
#          a braille display through the same tables.
# Guess:   what a table wrote, it reads back: a date stays a date, an interval keeps its dash.
# Seen:    for 12.03.2026 the three tables write the very same dots. Danish and German read them back as the date;
#          Norwegian takes the number for ended at the full stop and gives "12.jc.bjbf". So with a time of day
#          ("08.cj"), a decimal number ("2,gf"), a paragraph of a law ("§ 7-e"), an ISO date ("2026-jc–12").
#          A month in letters comes through. Eight dots, made one to one, read a dash back as the control
#          character U+0096, and the Sami Č as Î.
# For us:  a form that is filled in with a braille display can hold letters for digits. A date that is no date is
#          refused by field name, never mended by a guess.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"
deb_get liblouis-bin=3.24.0-1 liblouis-data=3.24.0-1 liblouis20=3.24.0-1

tables=$root/usr/share/liblouis/tables
dots() { printf '%s' "$2" | LOUIS_TABLEPATH=$tables lou_translate -f "unicode.dis,$1"; }
back() { printf '%s' "$2" | LOUIS_TABLEPATH=$tables lou_translate -b "unicode.dis,$1"; }
through() { back "$1" "$(dots "$1" "$2")"; }

for table in no-no-g0.utb da-dk-g16.ctb de-g0.utb; do
	seen "$table writes 12.03.2026" '⠼⠁⠃⠄⠚⠉⠄⠃⠚⠃⠋' "$(dots $table 12.03.2026)"
done
seen 'da-dk-g16 reads it back' 12.03.2026 "$(through da-dk-g16.ctb 12.03.2026)"
seen 'de-g0 reads it back' 12.03.2026 "$(through de-g0.utb 12.03.2026)"
seen 'no-no-g0 reads it back' 12.jc.bjbf "$(through no-no-g0.utb 12.03.2026)"
seen 'no-no-g0: 08.30' 08.cj "$(through no-no-g0.utb 08.30)"
seen 'no-no-g0: 2,76' 2,gf "$(through no-no-g0.utb 2,76)"
seen 'no-no-g0: § 7-5' '§ 7-e' "$(through no-no-g0.utb '§ 7-5')"
seen 'no-no-g0: 2026-03-12' '2026-jc–12' "$(through no-no-g0.utb 2026-03-12)"
seen 'no-no-g0: 12. mars 2026' '12. mars 2026' "$(through no-no-g0.utb '12. mars 2026')"
seen 'no-no-8dot: gruppe 5–7' 'gruppe 5\u00967' "$(through no-no-8dot.utb 'gruppe 5–7' | sed 's/\xc2\x96/\\u0096/')"
seen 'no-no-8dot: Čohkka' 'Îohkka' "$(through no-no-8dot.utb Čohkka)"
finish
