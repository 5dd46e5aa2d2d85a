#!/usr/bin/env bash
# Of two decisions attached to one mail as vedtak.pdf one is left, and the letter of Åse.pdf is "part1", or UNKNOWN.001, or a remark on another's file.
#
# Where:   munpack of mpack 1.6 and uudeview 0.5.20, beside them ripmime 1.4.0.10 (all Debian 12) and email of Python 3.11.2, which take attachments
#          out of mail, on six files: two with one name, names with æ, ø and å as RFC 2231 has them (filename*), one in two pieces, and
#          one as many mail programs write it (RFC 2047).
# Guess:   each attachment becomes a file, a second one of its name gets a number, and names with Norwegian letters are read or
#          at least made of other letters.
# Seen:    uudeview writes the second vedtak.pdf over the first: five files of six, status 0. munpack keeps both, but knows no filename*: Åse's and Øse's are
#          part1 and part2, and Kari Bø's =Xutf-8XQXKari_B=C3=B8.pdfX=. Sent as text/plain, Åse's letter is no file for munpack but the
#          remark (.desc) on Kari's, and Øse's and Liv's are nowhere. ripmime and Python have all six.
# For us:  our letters have ids for names, each its own; attachments are counted against what the mail says it has.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get mpack=1.6-18+b1 uudeview=0.5.20-14 ripmime=1.4.0.10.debian.1-3+b1
cat >mail.py <<'PY'
import base64, sys
letters = [("filename*=utf-8''%C3%85se.pdf", 'Åse'), ("filename*=utf-8''%C3%98se.pdf", 'Øse'), ('filename="=?utf-8?Q?Kari_B=C3=B8.pdf?="', 'Kari'),
    ('filename="vedtak.pdf"', 'Ali'), ('filename="vedtak.pdf"', 'Bo'), ("filename*0*=utf-8''Vedtak%20om%20; filename*1*=bolig.pdf", 'Liv')]
print('From: office@example.no\nTo: nn@example.no\nSubject: Letters\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b0"\n')
for name, to in letters:
    print('--b0', 'Content-Type: ' + sys.argv[1], 'Content-Disposition: attachment; ' + name, 'Content-Transfer-Encoding: base64', '',
        base64.b64encode(('Letter to %s\n' % to).encode()).decode(), sep='\n')
print('--b0--')
PY
letters() { # TYPE PROGRAM: each file that comes out, with whose letter is in it
	rm -rf out; mkdir out
	/usr/bin/python3 mail.py "$1" >out/mail
	(
		cd out
		case $2 in
			munpack) munpack -q mail ;;
			uudeview) uudeview -i -q mail ;;
			ripmime) ripmime -i mail -d . ;;
		esac >/dev/null 2>&1
		rm mail
		grep -H '^Letter' -- * | sed 's/:Letter to /:/' | sort | paste -sd ';'
	)
}
seen 'munpack, PDF' '=Xutf-8XQXKari_B=C3=B8.pdfX=:Kari;part1:Åse;part2:Øse;part4:Liv;vedtak.pdf.3:Bo;vedtak.pdf:Ali' "$(letters application/pdf munpack)"
seen 'uudeview, PDF' 'Kari_Bø.pdf:Kari;UNKNOWN.001:Åse;UNKNOWN.002:Øse;UNKNOWN.003:Liv;vedtak.pdf:Bo' "$(letters application/pdf uudeview)"
seen 'ripmime, PDF' 'Kari Bø.pdf:Kari;Vedtak om bolig.pdf:Liv;vedtak.pdf:Ali;vedtak_1.pdf:Bo;Åse.pdf:Åse;Øse.pdf:Øse' "$(letters application/pdf ripmime)"
seen 'munpack, text' '=Xutf-8XQXKari_B=C3=B8.desc:Åse;=Xutf-8XQXKari_B=C3=B8.pdfX=:Kari;vedtak.pdf.1:Bo;vedtak.pdf:Ali' "$(letters text/plain munpack)"
seen 'Python, PDF' 'Åse.pdf:Åse;Øse.pdf:Øse;Kari Bø.pdf:Kari;vedtak.pdf:Ali;vedtak.pdf:Bo;Vedtak om bolig.pdf:Liv' "$(/usr/bin/python3 mail.py application/pdf | /usr/bin/python3 -c 'import email, email.policy, sys
print(";".join(part.get_filename() + ":" + part.get_payload(decode=True).decode().split()[-1] for part in email.message_from_string(sys.stdin.read(), policy=email.policy.default).iter_attachments()))')"
finish
