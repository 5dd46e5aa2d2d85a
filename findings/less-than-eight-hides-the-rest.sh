#!/usr/bin/env bash
# Of the note "Skår <8: har ikke samtykket" a program that takes markup out leaves "Skår", and of a district with "<5 personer" the rest of the line is gone.
#
# Where:   strip_tags of PHP 8.2.36, HTML::Strip 2.10 of Perl (Debian 12), striptags 3.2.0 and voca 1.4.1 (npm), which make plain text of what was
#          written in a field of a page; beside them sanitize-html 2.18.1 and html-to-text 10.0.1 (npm), python3-django 3.2.25-0+deb12u7 and
#          lxml 4.9.2 (Debian 12).
# Guess:   a tag begins with a letter, as HTML has it, so that <8 and <5 are text, as they are in each browser; where nothing closes it nothing is taken.
# Seen:    the first four take any < without a blank behind it for a tag, HTML::Strip also one with a blank, and what follows up to the next >, which may never
#          come: "har ikke samtykket" is not there any more. "Alder <18 og >16, bor alene" is "Alder 16, bor alene". Nothing is said. The
#          others keep all of it, with &lt; in sanitize-html.
# For us:  text stays text: pages that are made write < as &lt;, and a note is never cleaned; a figure that is held back leaves as its own sign
#          in the table (:), or in words ("fewer than 5").
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get striptags@3.2.0 voca@1.4.1 sanitize-html@2.18.1 html-to-text@10.0.1
deb_get php8.2-cli=8.2.36-1~deb12u1 libhtml-strip-perl=2.10-2+b3 python3-django=3:3.2.25-0+deb12u7 python3-lxml=4.9.2-1+deb12u1
perl=$root/usr/lib/$(uname -m)-linux-gnu/perl5/5.36
by_node() { node -p "$1(process.argv[1])" "$2"; }
by_python() { PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c "import sys
$1" "$2"; }
# shellcheck disable=SC2016 # the dollars are for PHP and Perl
plain() {
	case $1 in
		PHP) "$root/usr/bin/php8.2" -n -r 'echo strip_tags($argv[1]);' -- "$2" ;;
		HTML::Strip) perl -I"$perl" -I"$root/usr/share/perl5" -MHTML::Strip -e 'print HTML::Strip->new->parse($ARGV[0])' "$2" ;;
		striptags) by_node "require('striptags')" "$2" ;;
		voca) by_node "require('voca').stripTags" "$2" ;;
		sanitize-html) by_node "((text) => require('sanitize-html')(text, { allowedTags: [] }))" "$2" ;;
		html-to-text) by_node "require('html-to-text').convert" "$2" ;;
		Django) by_python 'from django.utils.html import strip_tags; print(strip_tags(sys.argv[1]))' "$2" ;;
		lxml) by_python 'import lxml.html; print(lxml.html.fromstring(sys.argv[1]).text_content())' "$2" ;;
	esac
}
for way in PHP HTML::Strip striptags voca; do
	seen "$way: Skår <8: har ikke samtykket." 'Skår ' "$(plain "$way" 'Skår <8: har ikke samtykket.')"
	seen "$way: Bo: <5 personer, Dal: 12" 'Bo: ' "$(plain "$way" 'Bo: <5 personer, Dal: 12')"
	seen "$way: Alder <18 og >16, bor alene." 'Alder 16, bor alene.' "$(plain "$way" 'Alder <18 og >16, bor alene.')"
done
seen 'PHP: Skår < 8: har ikke samtykket.' 'Skår < 8: har ikke samtykket.' "$(plain PHP 'Skår < 8: har ikke samtykket.')"
seen 'HTML::Strip: Skår < 8: har ikke samtykket.' 'Skår ' "$(plain HTML::Strip 'Skår < 8: har ikke samtykket.')"
for way in html-to-text Django lxml; do
	seen "$way: Skår <8: har ikke samtykket." 'Skår <8: har ikke samtykket.' "$(plain "$way" 'Skår <8: har ikke samtykket.')"
done
seen 'sanitize-html: Skår <8: har ikke samtykket.' 'Skår &lt;8: har ikke samtykket.' "$(plain sanitize-html 'Skår <8: har ikke samtykket.')"
finish
