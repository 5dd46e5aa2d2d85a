#!/usr/bin/env bash
# House numbers 2D and 4H are two days and four hours in a sorted table, one child is "True", and who is called Na has no name.
#
# Where:   csvkit 1.0.7 (csvsort, csvjson, csvstat) with agate 1.6.3 (Debian 12), with no options, on a table of addresses.
# Guess:   what sorts a table leaves its cells as they are; what is made JSON or summed up keeps codes as text, as csvkit is known
#          to find numbers and dates.
# Seen:    a column in which each cell is a number and one of d, h, m, s is lengths of time: 2D is "2 days, 0:00:00", and csvstat adds
#          the house numbers up. Visiting from 9:30 is "0:09:30", minutes and seconds. A column of 0 and 1 alone is True and False,
#          so is one of y and n. 0301 is 301. "Na", "Null", "None" and "." become empty cells, and so does the name of a person who
#          is called Na. One other cell in the column, such as 12 without a letter, and all of it stays as it was.
# For us:  what is to be sorted with csvkit gets --no-inference; our programs know the type of a column from the profile, never from
#          its cells.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get csvkit=1.0.7-1 python3-agate=1.6.3-2
export PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages
kit() { /usr/bin/python3 "$root/usr/bin/$1" "${@:2}"; }
rows() { printf '%s\n' "$@"; }
seen 'csvsort, house number' '"2 days, 0:00:00" 4:00:00' "$(rows name,number Anne,2D Bo,4H | kit csvsort | sed 1d | cut -d, -f2- | paste -sd ' ')"
seen '  --no-inference' '2D 4H' "$(rows name,number Anne,2D Bo,4H | kit csvsort --no-inference | sed 1d | cut -d, -f2 | paste -sd ' ')"
seen '  with a 12 among them' '2D 4H 12' "$(rows name,number Anne,2D Bo,4H Kim,12 | kit csvsort | sed 1d | cut -d, -f2 | paste -sd ' ')"
seen 'csvstat --sum of house numbers' '2 days, 4:00:00' "$(rows name,number Anne,2D Bo,4H | kit csvstat -c number --sum)"
seen 'csvsort, visiting from' '0:09:30 0:11:00' "$(rows name,from Anne,9:30 Bo,11:00 | kit csvsort | sed 1d | cut -d, -f2 | paste -sd ' ')"
seen 'csvsort, children' 'True False' "$(rows name,children Anne,1 Bo,0 | kit csvsort | sed 1d | cut -d, -f2 | paste -sd ' ')"
seen 'csvjson, children and municipality' '[{"children": true, "municipality": 301.0}]' \
	"$(rows children,municipality 1,0301 | kit csvjson)"
seen 'csvsort, persons Li, Na and Null' 'Li,1975 ,1980 ,1990' "$(rows name,born Na,1980 Li,1975 Null,1990 | kit csvsort | sed 1d | paste -sd ' ')"
finish
