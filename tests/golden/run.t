#!/usr/bin/env bash
# Runs the cases beside it. A case is a folder: cmd (bash, run in the project's root), and what it must
# give: out, err (both empty when absent) and rc (0 when absent); `in`, when there, is its input. $T is a
# scratch folder, and is written so in out and err. $REGISTER is a name for a register, of a file; with
# TRANSITION_TEST_POSTGRESQL, the name of an administrator at a server, cases that have one are run there instead, and must
# give the same. With SAMPLE=N and no case named, one in N is run: tests/seed says which.
#
#   run.t [CASE ...]            compare
#   run.t --bless [CASE ...]    take what comes as what must come; read the diff before you commit it
set -uo pipefail

cd "$(dirname "$0")/../.." || exit
export LC_ALL=C NO_COLOR=1 TZ=UTC TRANSITION_SHARE=$PWD/share
unset LANGUAGE LC_MESSAGES LANG TRANSITION_PROFILE
BIN=${BIN:-build/bin}
case $BIN in /*) ;; *) BIN=$PWD/$BIN ;; esac
export PATH=$BIN:$PATH
cases=tests/golden

bless=
[[ ${1-} == --bless ]] && bless=yes && shift
if [[ $# == 0 ]]; then
	i=$(tests/seed)
	for folder in "$cases"/*/; do ((i++ % ${SAMPLE:-1})) || set -- "$@" "$(basename "$folder")"; done
fi
got=$(mktemp -d)
trap 'rm -rf "$got"' EXIT

server=${TRANSITION_TEST_POSTGRESQL-}
on_server() { psql -qX "$server" -c "$1 DATABASE ${2}golden" >/dev/null || exit; }

run() { # CASE ENGINE: leaves out, err and rc in $got
	local dir=$cases/$1 input=/dev/null
	[[ -e $dir/in ]] && input=$dir/in
	export T=$got/scratch TRANSITION_KEYS=$got/scratch/keys REGISTER=$got/scratch/reg.db
	rm -rf "${got:?}"/*
	mkdir "$T"
	if [[ $2 == server ]]; then
		REGISTER=${server/transition?/golden?}
		on_server DROP 'IF EXISTS ' 2>&1
		on_server CREATE ''
	fi
	bash -o pipefail "$dir/cmd" <"$input" >"$got/out" 2>"$got/err"
	echo $? >"$got/rc"
	sed -i -e "s|$REGISTER|\$REGISTER|g" -e "s|$T|\$T|g" "$got/out" "$got/err"
	sed -i -E '/: runs without (Landlock|seccomp)/d' "$got/err" # with --verbose, on an older kernel
}

accept() { # CASE
	local part
	for part in out err rc; do
		if ! cmp -s "$got/$part" <([[ $part != rc ]] || echo 0); then
			cp "$got/$part" "$cases/$1/$part"
		else
			rm -f "$cases/$1/$part"
		fi
	done
}

expected() { # CASE PART
	if [[ -e $cases/$1/$2 ]]; then
		cat "$cases/$1/$2"
	elif [[ $2 == rc ]]; then
		echo 0
	fi
}

n=0 failed=0
judge() { # CASE ENGINE
	local case=$1 part verdict=ok differences=
	n=$((n + 1))
	run "$case" "$2"
	[[ -z $bless ]] || accept "$case"
	for part in out err rc; do
		expected "$case" $part >"$got/expected"
		cmp -s "$got/expected" "$got/$part" && continue
		verdict='not ok' failed=1
		differences+=$(diff --text -u --label "$case/$part" "$got/expected" --label got "$got/$part" | head -n 40)$'\n'
	done
	echo "$verdict $n - $case${2:+ on a $2}"
	[[ -z $differences ]] || printf '%s' "$differences" | sed 's/^/# /'
}

for case; do
	case=${case%/} case=${case##*/}
	engine=''
	# shellcheck disable=SC2016 # a pattern
	[[ $server && -z $bless ]] && grep -q '\$REGISTER' "$cases/$case/cmd" && engine=server
	judge "$case" "$engine"
done
echo "1..$n"
exit $failed
