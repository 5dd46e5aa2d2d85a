#!/usr/bin/env bash
# A letter that begins "15. mars 2026 er det møte" has its meeting on 1 March, when it is written in Markdown.
#
# Where:   Markdown 1.0.1, python3-markdown 3.4.1 and python3-markdown2 2.4.1 (Debian 12); beside them cmark 0.30.2 (Debian 12), marked
#          18.2.1 and markdown-it 15.0.3 (npm). The page is shown as text by w3m 0.5.3.
# Guess:   a number and a full stop make a list only where there is a list; or the list begins with that number.
# Seen:    a paragraph whose first word is such a number is a list of one point in all of them. In three the list begins with 1 whatever
#          the number was, as the first Markdown had it, so the reader sees "1. mars 2026"; nothing is left of the 15. The others begin
#          it with 15, which looks right. These break a sentence in two where a line happens to begin with "1. april", and only
#          there: a list that begins with 15 may not interrupt a paragraph.
# For us:  a number and a full stop at the start of a paragraph are escaped (15\. mars) in what is written as Markdown.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get marked@18.2.1 markdown-it@15.0.3
deb_get markdown=1.0.1-12 python3-markdown=3.4.1-2+deb12u1 python3-markdown2=2.4.1-1 cmark=0.30.2-6 w3m=0.5.3+git20230121-2
export PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages
html() { # WHO: standard input as HTML
	case $1 in
	Markdown) perl "$root/usr/bin/markdown" ;;
	markdown | markdown2) /usr/bin/python3 -c "import sys, $1; print($1.markdown(sys.stdin.read()))" ;;
	cmark) cmark ;;
	marked) node -e "console.log(require('marked').parse(require('fs').readFileSync(0, 'utf8')))" ;;
	markdown-it) node -e "console.log(require('markdown-it')().render(require('fs').readFileSync(0, 'utf8')))" ;;
	esac
}
page() { html "$1" | w3m -dump -T text/html -I UTF-8 -O UTF-8 | sed 's/^ *//; s/ *$//' | sed '/^$/d' | paste -sd '/'; }
for who in Markdown markdown markdown2; do
	seen "$who" '1. mars 2026 er det møte.' "$(echo '15. mars 2026 er det møte.' | page $who)"
done
for who in cmark marked markdown-it; do
	seen "$who" '15. mars 2026 er det møte.' "$(echo '15. mars 2026 er det møte.' | page $who)"
	seen '  a line in the middle begins with 1. april' '<p> Møtet er den </p> <ol> <li> april. </li> </ol>' \
		"$(printf 'Møtet er den\n1. april.\n' | html $who | sed 's/<[^>]*>/ & /g' | tr -s ' \n' ' ' | sed 's/^ //; s/ $//')"
	seen '  with 15. april' 'Møtet er den 15. april.' "$(printf 'Møtet er den\n15. april.\n' | page $who)"
done
finish
