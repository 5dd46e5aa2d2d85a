#!/usr/bin/env bash
# The five minutes of transition-postgresql(7): its commands, word for word, on a fresh server, by somebody who may make
# roles and databases and nothing else.
. "${0%/*}/tap.sh"
at_postgresql
psql -qX "$S" -c 'DROP DATABASE IF EXISTS none' -c "CREATE ROLE anna LOGIN CREATEDB CREATEROLE" 2>/dev/null
psql -qX "${S/transition?/postgres?}" -c 'DROP DATABASE transition'
export PGHOST=$T/pg PGUSER=anna

# The blocks of commands in the section, as groff and a shell read them.
awk '/^\.Sh/ { in_section = /FIVE MINUTES/ } in_section && /^\.Bd -literal/ { file = ++n; next } /^\.Ed/ { file = 0 }
	in_section && file { gsub(/\\e/, "\\"); print > (dir "/block" file) }' dir="$T" man/transition-postgresql.7
is 'four blocks of commands' "$(cd "$T" && echo block*)" 'block1 block2 block3 block4'
like 'the first is for root, and makes such a user' "$(<"$T/block1")" 'createuser --createdb --createrole'
ln -s "$PWD/share/demo/exports" "$T/exports"
ok 'a register with an intake and two offices, and keys' env -C "$T" bash -e block2
(cd "$T" && bash block3) >"$T/out" 2>"$T/said"
like 'the intake puts in' "$(<"$T/said")" 'new [1-9]'
is 'and the office sees its own, and who they are' "$(grep -c ,030105, "$T/out")" \
	"$(($(register-get --bydel=Frogner postgresql:///transition referral | grep -c ,030105,) * 2))"
is 'the log knows that' "$(register-log postgresql:///transition | grep -c 'offer of a place')" 1
register-put postgresql:///transition share/demo/institutions.csv 2>/dev/null
whom=$(register-get --bydel=Frogner postgresql:///transition referral | sed -n '2s/,.*//p')
printf '%s\n' stay_id,referral_id,institution_id,from,to_expected,to,status "O-1,$whom,I-04,2026-02-05,,,moved_in" |
	register-put postgresql:///transition - 2>/dev/null
(cd "$T" && bash -e block4) >"$T/out" 2>"$T/said"
is 'an institution sees its own case, and who it is' "$(sed '1,/^referral_id/d' "$T/out" | cut -d, -f1) $(sed '1,/^referral_id/d' "$T/out" | grep -c pseudonym)" "$whom 0"
is 'as was passed on to it' "$(register-log postgresql:///transition | grep -c ',pass-on,I-04')" 1
finish
