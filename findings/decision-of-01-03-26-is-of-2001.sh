#!/usr/bin/env bash
# A decision of 01.03.26 is of 26 March 2001, one of 01.03.2026 of 1 March; case H-301 is a day in October, and so is a street.
#
# Where:   Ruby 3.1.2 (Debian 12), Date.parse and Time.parse, and DuckDB 1.5.6 (npm), which finds by itself which columns of a table are days.
# Guess:   points mean day, month and year, as they do with four digits; two digits are refused or are those of the century. What is no
#          day is an error, as the manual of Date.parse has it.
# Seen:    with two digits the year comes first: 01.03.26 is 2001, 31.12.26 is 2031. DuckDB does so for a whole column without a word; a
#          column in which one row ends in 32 or more, as days of birth do, is right. Ruby takes the first English or whole month it finds: mars and juli
#          are known, mai, oktober and desember are errors. A street that begins with Sun is a Sunday, Marie 12, Ås is 12 March, and a
#          number of three digits is a day of this year (H-301). Time.parse makes 3 March of 31.02.2026, which Date.parse refuses,
#          and today, 24 seconds past midnight, of 24. desember.
# For us:  referral-import reads two digits of a year as those of 1970 to 2069, behind day and month, and tells of it (date-century); nothing is a day
#          but in a field for days.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get @duckdb/node-api@1.5.6-r.1
deb_get ruby3.1=3.1.7+really3.1.2-0+deb12u1 libruby3.1=3.1.7+really3.1.2-0+deb12u1
machine=$(uname -m)-linux-gnu
export RUBYLIB=$root/usr/lib/ruby/3.1.0:$root/usr/lib/$machine/ruby/3.1.0:$root/usr/lib/ruby/vendor_ruby
ruby_reads() { "$root/usr/bin/ruby3.1" --disable-gems -rtime -e 'def day; yield.strftime(ARGV[1] || "%F"); rescue Date::Error, ArgumentError; "refused"; end
puts day { '"$2"' }' "$1" "${3-%F}"; }
by_date() { ruby_reads "$1" 'Date.parse(ARGV[0])' "${2-%F}"; }
by_time() { ruby_reads "$1" 'Time.parse(ARGV[0], Time.new(2026, 6, 20))' '%F %T'; }
cat >table.mjs <<'JS'
import { DuckDBInstance } from '@duckdb/node-api'
const connection = await (await DuckDBInstance.create()).connect()
const rows = (await connection.runAndReadAll("select day, typeof(day) from 'table.csv'")).getRowsJson()
console.log(rows.map((row) => row[0]).join(' '), rows[0][1])
JS
column() { printf '%s\n' day "$@" >table.csv; node table.mjs; }

seen 'Ruby: 01.03.2026' 2026-03-01 "$(by_date 01.03.2026)"
seen 'Ruby: 01.03.26' 2001-03-26 "$(by_date 01.03.26)"
seen 'Ruby: 31.12.26' 2031-12-26 "$(by_date 31.12.26)"
seen 'Ruby: 1. mars, 1. mai, 1. juli, 1. oktober 2026' '2026-03-01 refused 2026-07-01 refused' "$(for month in mars mai juli oktober; do by_date "1. $month 2026"; done | paste -sd ' ')"
seen 'Ruby: Sundveien 4, weekday' Sunday "$(by_date 'Sundveien 4' %A)"
seen 'Ruby: Marie 12, Ås' 03-12 "$(by_date 'Marie 12, Ås' %m-%d)"
seen 'Ruby: H-301, day of the year' 301 "$(by_date H-301 %j)"
seen 'Ruby: 31.02.2026' refused "$(by_date 31.02.2026)"
seen 'Ruby, Time: 31.02.2026' '2026-03-03 00:00:00' "$(by_time 31.02.2026)"
seen 'Ruby, Time, on 20 June: 24. desember' '2026-06-20 00:00:24' "$(by_time '24. desember')"
seen 'DuckDB: 01.03.2026 28.04.2026' '2026-03-01 2026-04-28 DATE' "$(column 01.03.2026 28.04.2026)"
seen 'DuckDB: 01.03.85 28.04.26' '1985-03-01 2026-04-28 DATE' "$(column 01.03.85 28.04.26)"
seen 'DuckDB: 01.03.26 28.04.26' '2001-03-26 2028-04-26 DATE' "$(column 01.03.26 28.04.26)"
finish
