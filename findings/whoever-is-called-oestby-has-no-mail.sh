#!/usr/bin/env bash
# Asked for all mail about Østby, an archive has none, whichever way it is asked; about Bø it has Bo's too, and about berge Berg's, but not about Berge.
#
# Where:   mu 1.8.13 (Debian 12 maildir-utils 1.8.14) and notmuch 0.37, which index a mailbox and search it.
# Guess:   the words of the letters are found in small and capital letters alike, either as they are written or without their dots and
#          rings, and other words are not.
# Seen:    mu leaves marks off, so that Bo and Bø, Kare and Kåre are one; but a word with a capital Ø in it is kept in a way that no
#          question reaches: Østby, østby, Ost* and subject:Østby find nothing, nor do Øie and Øs (for which Os comes). The same
#          name in small letters is found, and so are Ås and Ærø, which is why nobody sees it. notmuch takes English endings off
#          every word, so that lund and lunde, berg and berge, plass and plassing are one, unless the question begins with a
#          capital letter: then Berge is Berge alone.
# For us:  what is held about a person is told from the register by id (register-get), not by a search for a name; who has to
#          search mail does so for each way of writing the name, and tries the search on a name that is known to be there.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get maildir-utils=1.8.14-1 notmuch=0.37-1+b1
export HOME=$tmp MUHOME=$tmp/mu NOTMUCH_CONFIG=$tmp/notmuch
mkdir -p mail/cur
n=0
for name in Bø Bo Kåre Kare Østby Øie Øs Os Ås Ærø ørn Berg Berge Lund Lunde plass plassing; do
	n=$((n + 1))
	cat >"mail/cur/$n:2,S" <<-MAIL
		From: a@example.no
		To: b@example.no
		Message-ID: <$n@example.no>
		Date: Sun, 01 Mar 2026 10:00:00 +0100
		Subject: $name
		MIME-Version: 1.0
		Content-Type: text/plain; charset=utf-8
		Content-Transfer-Encoding: 8bit

		Referral of $name.
	MAIL
done
mu init -m "$tmp/mail" >/dev/null && mu index >/dev/null
printf '[database]\npath=%s/mail\n[user]\nname=a\nprimary_email=b@example.no\n[new]\ntags=\n' "$tmp" >notmuch
notmuch new >/dev/null
by_mu() { mu find "$1" --fields s 2>/dev/null | sort | paste -sd' '; }
by_notmuch() { notmuch search --format=text "$1" | sed 's/.*; //; s/ ()$//' | sort | paste -sd' '; }
seen 'mu: Bø' 'Bo Bø' "$(by_mu Bø)"
seen 'mu: Kåre' 'Kare Kåre' "$(by_mu Kåre)"
for question in Østby østby Ostby 'Ost*' subject:Østby Øie; do seen "mu: $question" '' "$(by_mu "$question")"; done
seen 'mu: Øs' Os "$(by_mu Øs)"
seen 'mu: ørn, written small' ørn "$(by_mu Ørn)"
seen 'mu: Ås' Ås "$(by_mu Ås)"
seen 'mu: Ærø' Ærø "$(by_mu Ærø)"
seen 'notmuch: østby' Østby "$(by_notmuch østby)"
seen 'notmuch: bø' Bø "$(by_notmuch bø)"
seen 'notmuch: berge' 'Berg Berge' "$(by_notmuch berge)"
seen 'notmuch: Berge' Berge "$(by_notmuch Berge)"
seen 'notmuch: lund' 'Lund Lunde' "$(by_notmuch lund)"
seen 'notmuch: plass' 'plass plassing' "$(by_notmuch plass)"
finish
