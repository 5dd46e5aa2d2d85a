# Sourced by the tests in this folder: TAP, a scratch folder $T, and the programs in the PATH.
# shellcheck shell=bash

# Under nohup HUP is ignored, and a shell hands that on and cannot take it back. Tests send signals and wait
# for who dies of them: begin again with signals as they are by default.
if [[ -n $(trap -p HUP INT TERM PIPE) ]]; then
	exec perl -e '$SIG{$_} = "DEFAULT" for qw(HUP INT TERM PIPE); exec @ARGV or die "$ARGV[0]: $!\n"' "$0" "$@"
fi

cd "${BASH_SOURCE[0]%/*}/../.." || exit
export LC_ALL=C NO_COLOR=1 TRANSITION_SHARE=$PWD/share
unset LANGUAGE LC_MESSAGES LANG TRANSITION_PROFILE
BIN=${BIN:-build/bin}
case $BIN in /*) ;; *) BIN=$PWD/$BIN ;; esac
PATH=$BIN:$PATH
# shellcheck disable=SC2034 # for those who source this
PROGRAMS=$(for f in bin/*.c; do basename "$f" .c; done | xargs)
# sampled THING...: a line each; with SAMPLE=N one in N of them, which tests/seed chooses.
sampled() {
	if [[ ${SAMPLE-} ]]; then
		printf '%s\n' "$@" | awk -v n="$SAMPLE" -v seed="$(tests/seed)" '(NR + seed) % n == 0'
	else
		printf '%s\n' "$@"
	fi
}
# shellcheck disable=SC2034,SC2086 # for those who source this; words
SOME_PROGRAMS=$(sampled $PROGRAMS)
T=$(mktemp -d)
export TRANSITION_KEYS=$T/keys
trap 'rm -rf "$T"' EXIT

tests=0 failures=0

result() { # STATUS NAME
	tests=$((tests + 1))
	if [[ $1 == 0 ]]; then
		echo "ok $tests - $2"
	else
		echo "not ok $tests - $2"
		failures=$((failures + 1))
	fi
}

comment() { printf '#   %s\n' "${1//$'\n'/$'\n'#   }"; }

# ok NAME COMMAND...: it succeeds; what it prints is shown when it does not.
ok() {
	local name=$1 said status=0
	shift
	said=$("$@" 2>&1) || status=$?
	result $status "$name"
	[[ $status == 0 ]] || comment "$said"
}

# is NAME GOT EXPECTED
is() {
	if [[ $2 == "$3" ]]; then
		result 0 "$1"
	else
		result 1 "$1"
		diff <(printf '%s\n' "$3") <(printf '%s\n' "$2") | sed -e 's/^</# expected:/; s/^>/# got:     /; /^[0-9-]/d' | head -n 40
	fi
}

# status NAME EXPECTED COMMAND...: its exit status; its output is in $T/out and $T/err.
status() {
	local name=$1 expected=$2 got=0
	shift 2
	"$@" >"$T/out" 2>"$T/err" || got=$?
	is "$name" "$got" "$expected"
}

# like NAME TEXT PATTERN (extended regular expression)
like() {
	if [[ $2 =~ $3 ]]; then
		result 0 "$1"
	else
		result 1 "$1"
		comment "$2"
		echo "# does not match: $3"
	fi
}

# await WHAT COMMAND...: waits until it succeeds. No test has a clock as its judge: the bound is for what hangs.
AWAIT_SECONDS=600
await() {
	local what=$1 until=$((SECONDS + AWAIT_SECONDS))
	shift
	until "$@" >/dev/null 2>&1; do
		if ((SECONDS > until)); then
			result 1 "$what: not within $AWAIT_SECONDS seconds"
			return 1
		fi
		sleep 0.05
	done
}

# has_postgresql: whether there is a server to start.
has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && command -v psql >/dev/null; }

# Leaves out the whole file where there is none.
needs_postgresql() {
	compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || leave_out 'PostgreSQL is not installed'
	needs psql
}

# at_postgresql: a private server, which stops at the end. S: its name for the keeper.
at_postgresql() {
	needs_postgresql
	chmod 755 "$T"
	trap 'scripts/try-postgresql stop "$T/pg"; rm -rf "$T"' EXIT
	S=$(scripts/try-postgresql start "$T/pg") || exit 1
}
as() { echo "${S/keeper@/$1@}"; } # as LOGIN: its name for that login
sql() { psql -qXAt "$S" -c "$1"; }

# new_register NAME: the name of a register that is not there yet. It is a file; where TRANSITION_TEST_POSTGRESQL names an
# administrator at a server, a database there: so a test runs on both engines.
new_register() {
	if [[ ${TRANSITION_TEST_POSTGRESQL-} ]]; then
		psql -qX "$TRANSITION_TEST_POSTGRESQL" -c "DROP DATABASE IF EXISTS \"$1\"" -c "CREATE DATABASE \"$1\"" >/dev/null 2>&1
		echo "${TRANSITION_TEST_POSTGRESQL/transition?/$1?}"
	else
		echo "$T/$1.db"
	fi
}

# all_of REGISTER: its bytes, or what the server has of it.
all_of() {
	if [[ $1 == postgresql:* ]]; then pg_dump "$1"; else cat "$1"; fi
}

# skip NAME WHY: what this machine does not let anybody do.
skip() {
	tests=$((tests + 1))
	echo "ok $tests - $1 # SKIP $2"
}

# lacks NAME WHY: what needs something that is not installed. Where all has been (TRANSITION_TEST_ALL), that is a
# failure: a test that nobody can run proves nothing.
lacks() {
	if [[ ${TRANSITION_TEST_ALL-} ]]; then
		result 1 "$1: $2"
	else
		skip "$@"
	fi
}

# leave_out WHY: the same for the rest of a file, or all of it.
leave_out() {
	if [[ ${TRANSITION_TEST_ALL-} ]] || ((tests)); then
		lacks 'the rest' "$1"
		finish
	fi
	echo "1..0 # SKIP $1"
	exit 0
}

# needs COMMAND...: leaves out the whole file where one is not installed.
needs() {
	local command
	for command; do
		command -v "$command" >/dev/null || leave_out "$command is not installed"
	done
}

# python_with MODULE: the Python that has it, as the package may be that of the system alone; leaves the file out.
python_with() {
	for python in python3 /usr/bin/python3; do
		"$python" -c "import $1" 2>/dev/null && return
	done
	leave_out "no Python has $1"
}

finish() {
	echo "1..$tests"
	exit $((failures > 0))
}
