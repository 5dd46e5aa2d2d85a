#!/usr/bin/env bash
# The deadline of 1/4 is a quarter, 3/4 is three quarters, and letter (c) of a section is a copyright sign.
#
# Where:   lowdown 1.0.0 and R markdown 1.5 (mark) as they come, markdown-it 15.0.3 (npm) with its typographer, and
#          python3-textile 4.0.2 (Debian 12), which make pages and letters of plain text; beside them cmark 0.30.2 with --smart.
# Guess:   "smart" text means quotation marks and dashes; letters, digits and signs of a sentence stay.
# Seen:    Norwegians write 1 April as 1/4. lowdown and R make ¼ of it, ¾ of 3 April and ½ of 1 February, and of the house number 1/2;
#          R of 1 May, too (⅕), but neither of 2 April (2/4). Letter (c) of a section of a law is
#          © in all four, letter (r) is ®. cmark keeps all of it. Nothing is said.
# For us:  days are written out (1. april 2026) in what goes to people, letters of a section as "bokstav c".
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get markdown-it@15.0.3
deb_get lowdown=1.0.0-2 cmark=0.30.2-6 python3-textile=1:4.0.2-2 r-base-core=4.2.2.20221110-2 r-cran-markdown=1.5+dfsg-1
r_here
export PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages
text() { # WHO TEXT
	echo "$2" >in.md
	case $1 in
	lowdown) lowdown in.md ;;
	R) "$R_HOME/bin/exec/R" --vanilla --no-echo -e 'cat(markdown::mark(file = "in.md", template = FALSE))' ;;
	markdown-it) node -e "console.log(require('markdown-it')({ typographer: true }).render(require('fs').readFileSync('in.md', 'utf8')))" ;;
	textile) /usr/bin/python3 -W ignore -c 'import textile; print(textile.textile(open("in.md").read()))' ;;
	cmark) cmark --smart in.md ;;
	esac | sed 's/<[^>]*>//g; s/&#188;/¼/g; s/&#189;/½/g; s/&#190;/¾/g; s/&#169;/©/g; s/&#174;/®/g; s/&#47;/\//g; s/^[ \t]*//' | paste -sd ' ' | sed 's/ *$//'
}
days='Svar innen 1/4. Leie fra 3/4 og 1/2. Ikke 2/4 eller 1/5.'
letters='Se bokstav (c) og (r).'
seen 'lowdown' 'Svar innen ¼. Leie fra ¾ og ½. Ikke 2/4 eller 1/5.' "$(text lowdown "$days")"
seen 'R markdown' 'Svar innen ¼. Leie fra ¾ og ½. Ikke 2/4 eller ⅕.' "$(text R "$days")"
seen 'markdown-it' "$days" "$(text markdown-it "$days")"
seen 'textile' "$days" "$(text textile "$days")"
seen 'cmark' "$days" "$(text cmark "$days")"
seen 'lowdown' 'Se bokstav © og ®.' "$(text lowdown "$letters")"
seen 'R markdown' 'Se bokstav © og ®.' "$(text R "$letters")"
seen 'markdown-it' 'Se bokstav © og ®.' "$(text markdown-it "$letters")"
seen 'textile' 'Se bokstav © og ®.' "$(text textile "$letters")"
seen 'cmark' "$letters" "$(text cmark "$letters")"
finish
