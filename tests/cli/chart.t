#!/usr/bin/env bash
# Charts as files of their own: whole SVG and PNG of the size that was asked for, and nothing of what is hidden.
. "${0%/*}/tap.sh"

needs-aggregate share/demo/exports/*.csv >"$T/needs.csv" 2>"$T/err"
table-suppress "$T/needs.csv" >"$T/hidden.csv" 2>"$T/err"
size() { perl -e 'local $/; open my $in, "<:raw", $ARGV[0]; printf "%s %d %d", unpack "x A3 x12 N N", <$in>' "$1"; }
for chart in bar line share map; do
	status "$chart as SVG" 0 table-render --format=svg --chart=$chart -o "$T/$chart.svg" "$T/hidden.csv"
	is 'is a whole picture' "$(xmllint --noout "$T/$chart.svg" 2>&1)" ''
	like 'with title, words in its place and size' "$(<"$T/$chart.svg")" '<svg xmlns="http://www.w3.org/2000/svg" [^>]*width="1600" height="[0-9]+"[^>]* role="img"[^>]*>.*<title [^>]*>Boligbehov etter bydel.*<desc [^>]*>[A-Z]'
	like 'and source' "$(<"$T/$chart.svg")" '>Kilde: '
	status "$chart as PNG" 0 table-render --format=png --chart=$chart --size=800x450 -o "$T/$chart.png" "$T/hidden.csv"
	is 'has the size' "$(size "$T/$chart.png")" 'PNG 800 450'
	table-render --format=png --chart=$chart --size=800x450 "$T/hidden.csv" >"$T/again.png"
	ok 'the same table, the same bytes' cmp "$T/$chart.png" "$T/again.png"
done

# Where a cell is hidden, what it holds must not matter: two tables that differ in hidden numbers alone.
printf '%s\n' bydel,ordinaer,smaahus_uten_base,total,outside,persons 030103,4,:,:,0,: 030112,10,20,30,0,30 >"$T/one.csv"
for chart in bar line share map; do
	table-render --format=svg --chart=$chart "$T/one.csv" >"$T/$chart.svg" 2>"$T/err"
done
is 'a row of which something is hidden has no shares' "$(grep -c 'fill="url' "$T/share.svg")" 4
is 'a bar has the pieces that are told' "$(grep -c 'fill="url' "$T/bar.svg")" 5
like 'and the sign behind them' "$(<"$T/bar.svg")" 'font-weight="700">:</text>'
like 'a tile has the sign' "$(<"$T/map.svg")" '>:</text>'
is 'steps are told from and to' "$(grep -oE '>[0-9]+–[0-9]+</text>' "$T/map.svg" | tr -d '\n')" \
	'>0–5</text>>6–11</text>>12–17</text>>18–23</text>>24–30</text>'
is 'a line has the points that are told' "$(grep -c '<rect x="[0-9.]*" y="[0-9.]*" width="6"' "$T/line.svg")" 3

# Bars that stand beside each other differ in lightness by themselves, without their colour.
table-render --format=svg "$T/needs.csv" 2>"$T/err" >"$T/bar.svg"
is 'neighbours differ in grey' "$(grep -oE 'height="8" fill="#[0-9a-f]{6}' "$T/bar.svg" | sed 's/.*#//' | perl -ne '
	my ($r, $g, $b) = map { ($_ / 255) ** 2.2 } map hex, /(..)(..)(..)/; my $l = 0.2126 * $r + 0.7152 * $g + 0.0722 * $b;
	print "$. " if defined $before && ($l > $before ? ($l + 0.05) / ($before + 0.05) : ($before + 0.05) / ($l + 0.05)) < 1.2; $before = $l')" ''

printf '%s\n' bydel,name 030103,x >"$T/words.csv"
status 'a table of words is not drawn' 65 table-render --format=svg "$T/words.csv"
like 'which is said' "$(<"$T/err")" ': chart: nothing in the table can be drawn as bar'
printf '%s\n' sector,total a,1 b,2 >"$T/sector.csv"
status 'nor a map of what is no district' 65 table-render --format=svg --chart=map "$T/sector.csv"
printf '%s\n' bydel,housing_type,persons 030103,ordinaer,8 030103,smaahus,9 >"$T/two.csv"
status 'nor of districts with several rows each' 65 table-render --format=svg --chart=map "$T/two.csv"

# A curve of many rows ends where its last row stands: what is rounded does not add up.
perl -e 'print "wait_from,wait_to,days,share_waiting,share_low,share_high,caution\n";
	printf "referral_received,moved_in,%d,%.4f,0,1,\n", $_, 1 - $_ / 1200 for 1 .. 900' >"$T/curve.csv"
like 'the end of a long curve' "$(table-render --format=html "$T/curve.csv" 2>"$T/err" | grep 'd="M')" ' d="M60,10 [^"]* L920,280"'

# Numbers at the ends of lines stand apart, above the axis, and no two in the same place.
perl -e 'print "wait_from,wait_to,bydel,days,share_waiting,share_low,share_high,caution\n";
	for my $b (1 .. 12) { printf "referral_received,moved_in,0301%02d,%d,%.2f,0,1,\n", $b, 60 + $b % 3, 0.05 + $b / 1000 }' >"$T/curves.csv"
printf '%s\n' year,ordinaer,smaahus_uten_base,samlok_doegn_ordinaer,total 2020,10,20,31,61 2021,20,20,21,61 2022,40,40,41,121 >"$T/years.csv"
# shellcheck disable=SC2016 # Perl's variables
apart='while (/<text x="([\d.]+)" y="([\d.]+)"[^>]*font-weight="700"[^>]*>(\d+)<\/text>/g) { push @at, [$1, $2, length $3] if $1 > 80 && $2 < ($ENV{foot} || 1e9) }
	for my $i (0 .. $#at) { for my $j (0 .. $i - 1) { my ($p, $q) = @at[$i, $j]; print "$i $j\n" if abs($p->[1] - $q->[1]) < 12 && abs($p->[0] - $q->[0]) < 8 * $p->[2] } } print scalar @at'
is 'the numbers of twelve curves' "$(table-render --format=html "$T/curves.csv" 2>"$T/err" | foot=380 perl -0777 -ne "$apart")" 12
is 'of three lines' "$(table-render --format=svg --chart=line "$T/years.csv" 2>"$T/err" | foot=600 perl -0777 -ne "$apart")" 3

status '--chart goes with a picture' 2 table-render --chart=map "$T/needs.csv"
status '--size is a size' 2 table-render --format=svg --size=16x "$T/needs.csv"
status 'and has bounds' 2 table-render --format=png --size=20000 "$T/needs.csv"
status 'a table that tells of a few is not published as a picture' 1 table-render --format=svg --publish "$T/needs.csv"
is 'and nothing is written' "$(<"$T/out")" ''
finish
