#!/usr/bin/env bash
# Every program: help, version, misuse.
. "${0%/*}/tap.sh"

version=$(sed -n 's/.*TR_VERSION "\(.*\)"/\1/p' lib/cli/app/version.h)
for program in $SOME_PROGRAMS; do
	status "$program --version" 0 "$program" --version
	is 'is name and version' "$(<"$T/out")" "$program $version"
	status "$program --help" 0 "$program" --help
	like 'begins with the usage' "$(head -n 1 "$T/out")" "^Usage: $program "
	like 'has examples' "$(<"$T/out")" $'\nExamples:\n  '
	is 'says nothing on standard error' "$(<"$T/err")" ''
	is 'fits into 100 columns' "$(awk 'length($0) > 100' "$T/out")" ''
	"$program" --list-options >"$T/options"
	for option in --help --version --verbose --profile --show-values; do
		ok "$program takes $option" grep -q -- "^$option\(=.*\)\?$" "$T/options"
	done
	while IFS='=' read -r option _; do
		ok "$program --help tells of $option" grep -q -- "$option" "$T/out"
	done <"$T/options"
	while IFS='=' read -r option choices; do
		[[ -n $choices ]] || continue
		status "$program $option takes its choices only" 2 "$program" "$option=${choices%%|*}x"
	done <"$T/options"
	while IFS='=' read -r option _; do
		status "$program $option misspelt" 2 "$program" "${option}x"
		like 'is understood' "$(<"$T/err")" "did you mean ‘--"
	done <"$T/options"
	status "$program: an unknown option" 2 "$program" --qqqqqqqq
	like 'gets no silly suggestion' "$(<"$T/err")" "no option ‘--qqqqqqqq’"$'\n'
	is 'and nothing is written' "$(<"$T/out")" ''
	status "$program -h" 0 "$program" -h
	status "$program: help wins over a missing profile" 0 "$program" --profile=olso --help
done
status '--delimiter takes one character' 2 referral-import --delimiter=ab
status '--delimiter is not a quotation mark' 2 referral-import --delimiter='"'
status '--encoding is one of some' 2 referral-import --encoding=klingon
status '--by takes fields with codes' 2 needs-aggregate --by=name
status '--by takes two fields at most' 2 needs-aggregate --by=sex,bydel,rop_group
status '--width is a number' 2 table-render --width=x
status '--width has bounds' 2 table-render --width=5
status '--excel is CSV' 2 table-render --excel --format=html
status 'table-render draws one table' 2 table-render a b

finish
