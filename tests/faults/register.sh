#!/usr/bin/env bash
# usage: register.sh [--short]; of scripts/fault-test
# Kills the programs of the register at their system calls, and lets these calls fail, one after another:
# the register must stay whole, and hold what it held before or all of what was put. --short tries some
# calls, not all. Needs strace; what needs a small file system needs root, too.
. "${0%/*}/../cli/tap.sh"

short=
[[ ${1-} == --short ]] && short=yes
exports=(share/demo/exports/*.csv)
head='referral_id,received,bydel,person_id,name,comment'
calls=(pwrite64 fdatasync fsync ftruncate openat unlink) # what writes, or makes and removes files

mounted=
trap '[[ ! $mounted ]] || umount "$T/now"; rm -rf "$T"' EXIT

# A register to start from, and what it becomes.
mkdir "$T/start"
register-init --key="$T/start/r.db.key" "$T/start/r.db"
register-put --as-of=2026-01-01 "$T/start/r.db" "${exports[2]}" 2>/dev/null
{
	printf '%s\n' "$head"
	for n in {255..290}; do echo "R-2022-0$n,2022-08-01,Frogner,10839421953,Kari,endret"; done
	for n in {1..40}; do echo "N-$n,2022-08-01,Frogner,18835345102,Ola,ny"; done
} >"$T/news.csv"
fresh() {
	rm -rf "$T/now"
	cp -a "$T/start" "$T/now"
}
state() { # all of a register: what is now, what was, who they are, the log but for its times
	local kind
	for kind in referral event; do
		register-get "$T/now/r.db" $kind
		register-get --as-of=2026-01-15 "$T/now/r.db" $kind
	done | cksum
	register-log "$T/now/r.db" | cut -d, -f1,3-
	cp "$T/now/r.db" "$T/look.db" && register-get --key="$T/now/r.db.key" --with-identity --reason=state "$T/look.db" referral | cksum
	rm -f "$T"/look.db*
}

# The programs tried, each in a fresh copy. What a dead one leaves, the next one mends.
# shellcheck disable=SC2120 # by name
# shellcheck disable=SC2317 # called by name
put() { "$@" register-put --as-of=2026-02-01 "$T/now/r.db" "$T/news.csv"; }
# shellcheck disable=SC2317 # called by name
purge() { "$@" register-purge --person="$person" --reason=asked "$T/now/r.db"; }
# shellcheck disable=SC2317 # called by name
look() { "$@" register-get --with-identity --reason=asked --bydel=Sagene -o "$T/now/given" "$T/now/r.db" referral; }
person=$(register-get "$T/start/r.db" referral | grep -o 'p-[a-z2-7]*' | head -n 1)
declare -A before after
for work in put purge look; do
	fresh
	before[$work]=$(state)
	$work 2>/dev/null
	after[$work]=$(state)
done

# One verdict for many tries.
tried=0 wrong=
verdict() { # NAME
	[[ $tried -gt 0 ]] || wrong+=$'nothing was tried\n'
	result "$([[ -z $wrong ]]; echo $?)" "$1 ($tried times)"
	[[ -z $wrong ]] || comment "$(head -n 12 <<<"$wrong")"
	tried=0 wrong=
}
complain() { wrong+="$*"$'\n'; }

# The register is whole, and as before or as after.
settled() { # WORK WHAT-HAPPENED
	local now
	register-check "$T/now/r.db" 2>"$T/check" || complain "$2: check: $(<"$T/check")"
	register-log --verify "$T/now/r.db" 2>"$T/check" || complain "$2: log: $(<"$T/check")"
	now=$(state 2>&1)
	if [[ $now == "${after[$1]}" ]]; then
		settled=after
	elif [[ $now == "${before[$1]}" ]]; then
		settled=before
	else
		settled=neither
		complain "$2: neither before nor after: $now"
	fi
}

# The numbers of calls to try, out of N.
points() { # N
	if [[ $short && $1 -gt 3 ]]; then
		printf '%s\n' 1 $((($1 + 1) / 2)) "$1"
	else
		seq 1 "$1"
	fi
}

# ---- killed ----

# At random moments, also where there is no strace.
fresh
begun=${EPOCHREALTIME/./}
register-put --as-of=2026-02-01 "$T/now/r.db" "$T/news.csv" 2>/dev/null
took=$((${EPOCHREALTIME/./} - begun))
tries=60
[[ $short ]] && tries=12
killed=0
for ((try = 1; try <= tries; try++)); do
	fresh
	register-put --as-of=2026-02-01 "$T/now/r.db" "$T/news.csv" 2>/dev/null &
	pid=$!
	printf -v wait '%d.%06d' 0 $((took * try / tries))
	sleep "$wait"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	[[ $? != 137 ]] || killed=$((killed + 1))
	settled put "killed after $wait s"
	tried=$((tried + 1))
done
[[ $killed -gt 0 ]] || complain 'none was hit'
verdict 'register-put, killed at any moment: before or after'

# Whether a program can be traced here.
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
	traced=yes
else
	traced=
fi

if [[ ! $traced ]]; then
	skip 'killed or failing at each system call' 'strace is not installed, or may not trace'
else
	for work in put purge look; do
		# Once more as it is, to learn how often it calls what.
		fresh
		$work strace -o "$T/calls" -e trace="$(IFS=,; echo "${calls[*]}")" 2>/dev/null
		for call in "${calls[@]}"; do
			n=$(grep -c "^$call(" "$T/calls")
			[[ $n -gt 0 ]] || continue
			for at in $(points "$n"); do
				fresh
				got=0
				{ $work strace -o /dev/null -e trace="$call" -e inject="$call:signal=KILL:when=$at"; } 2>/dev/null || got=$?
				[[ $got == 137 ]] || complain "$call $at: not killed, but $got"
				settled $work "killed at $call $at of $n"
				tried=$((tried + 1))
			done
		done 2>/dev/null
		verdict "$work, killed at its system calls: before or after"

		for fault in ENOSPC EIO; do
			for call in pwrite64 fdatasync fsync ftruncate; do
				n=$(grep -c "^$call(" "$T/calls")
				for at in $([[ $n == 0 ]] || points "$n"); do
					fresh
					got=0
					$work strace -o "$T/strace" -e trace="$call" -e inject="$call:error=$fault:when=$at+" 2>"$T/err" || got=$?
					grep -q INJECTED "$T/strace" || complain "$fault at $call $at: it did not happen"
					what="$fault at $call from $at of $n on: $got"
					settled $work "$what"
					case $got in
					0) [[ $settled == after ]] || complain "$what, but nothing done" ;;
					74) grep -qE 'No space left on device|Input/output error' "$T/err" || complain "$what: $(<"$T/err")" ;;
					*) complain "$what: $(<"$T/err")" ;;
					esac
					[[ $settled == before ]] || ! grep -q 'nothing was removed' "$T/err" || complain "$what, but it was removed"
					[[ $settled == after ]] || ! grep -q 'is changed all the same' "$T/err" || complain "$what, but it was not changed"
					[[ $got == 0 || ! -e $T/now/given ]] || complain "$what: a file was given"
					[[ $(grep -cvE ' removed: |: same-person: |: (emptied|seal-emptied|seal-may-be-emptied|other-person|other-case|identity-parted|case-not-there|institution-not-there): |: referrals about persons |: nothing was removed|: .* is changed all the same' "$T/err") -le 1 ]] || complain "$what: $(<"$T/err")"
					tried=$((tried + 1))
				done
			done
			verdict "$work, $fault at its writes: done, or told with status 74"
		done
	done

	# Reading that fails is told, by who checks above all.
	fresh
	strace -o "$T/calls" -e trace=pread64 register-check "$T/now/r.db"
	n=$(grep -c '^pread64(' "$T/calls")
	for at in $(points "$n"); do
		fresh
		got=0
		strace -o "$T/strace" -e trace=pread64 -e inject="pread64:error=EIO:when=$at+" register-check "$T/now/r.db" 2>"$T/err" || got=$?
		# The first reads are the loader's, of its libraries.
		grep INJECTED "$T/strace" | head -n 1 | grep -q ELF && continue
		[[ $got == 74 || $got == 65 || $got == 127 ]] || complain "pread64 fails from $at of $n on: $got $(<"$T/err")"
		tried=$((tried + 1))
	done
	verdict 'register-check that cannot read never finds a register whole'

	# Making one, and copies.
	for call in pwrite64 fsync fdatasync; do
		strace -o "$T/calls" -e trace="write,$call" register-init --key="$T/made.db.key" "$T/made.db"
		n=$(grep -c "^$call(" "$T/calls")
		rm -f "$T"/made.db*
		for at in $([[ $n == 0 ]] || points "$n"); do
			got=0
			strace -o /dev/null -e trace="$call" -e inject="$call:error=ENOSPC:when=$at+" register-init --key="$T/made.db.key" "$T/made.db" 2>"$T/err" || got=$?
			if [[ $got == 0 ]]; then
				register-check "$T/made.db" || complain "init: $call $at: made, but not whole"
			else
				[[ $got == 74 ]] || complain "init: $call $at: $got: $(<"$T/err")"
				[[ ! -e $T/made.db ]] || complain "init: $call $at: half of it is left"
			fi
			rm -f "$T"/made.db*
			tried=$((tried + 1))
		done
		fresh
		strace -o "$T/calls" -e trace="$call" register-backup "$T/now/r.db" "$T/copy.db"
		n=$(grep -c "^$call(" "$T/calls")
		rm -f "$T/copy.db"
		for at in $([[ $n == 0 ]] || points "$n"); do
			got=0
			strace -o /dev/null -e trace="$call" -e inject="$call:error=ENOSPC:when=$at+" register-backup "$T/now/r.db" "$T/copy.db" 2>"$T/err" || got=$?
			if [[ $got == 0 ]]; then
				register-check "$T/copy.db" || complain "backup: $call $at: made, but not whole"
			else
				[[ $got == 74 ]] || complain "backup: $call $at: $got: $(<"$T/err")"
				[[ ! -e $T/copy.db ]] || complain "backup: $call $at: half of it is left"
			fi
			rm -f "$T"/copy.db*
			tried=$((tried + 1))
		done
	done
	verdict 'register-init and register-backup, a full disk: whole or absent'
fi

# ---- no room ----

for program in "register-get $T/now/r.db referral" "register-get --with-identity --reason=x $T/now/r.db referral" "register-log $T/now/r.db"; do
	fresh
	status "$program: a full disk" 74 bash -c "$program >/dev/full"
	like 'has the words of the system' "$(<"$T/err")" 'No space left on device'
done
fresh
status 'a sealed copy that finds no room' 74 bash -c "register-backup --sealed $T/now/r.db /dev/full"

size=$(($(stat -c %s "$T/start/r.db") / 1024))
for limit in 1 16 $((size / 2)) $((size + 8)); do
	for handler in '' 'trap "" XFSZ;'; do
		fresh
		got=0
		{ bash -c "ulimit -c 0; $handler ulimit -f $limit; exec register-put --as-of=2026-02-01 $T/now/r.db $T/news.csv" 2>"$T/err" || got=$?; } 2>/dev/null
		settled put "no file beyond $limit KiB: $got"
		case $got in
		0) [[ $settled == after ]] || complain "$limit KiB: 0, but nothing done" ;;
		74) grep -qE 'File too large|No space' "$T/err" || complain "$limit KiB: $(<"$T/err")" ;;
		153) [[ ! $handler ]] || complain "$limit KiB: killed" ;;
		*) complain "$limit KiB: $got: $(<"$T/err")" ;;
		esac
		tried=$((tried + 1))
	done
done
verdict 'a limit on the size of files'

rm -rf "$T/now"
mkdir "$T/now"
if [[ $(id -u) == 0 ]] && mount -t tmpfs -o size=$((size + 400))k tmpfs "$T/now" 2>/dev/null; then
	mounted=yes
	cp "$T"/start/* "$T/now/"
	free=$(df -k --output=avail "$T/now" | tail -n 1)
	for keep in 4 40 80 120 300; do
		[[ $keep -lt $free ]] || continue
		rm -f "$T"/now/*
		cp "$T"/start/* "$T/now/"
		head -c $(((free - keep) * 1024)) /dev/zero >"$T/now/ballast"
		got=0
		register-put --as-of=2026-02-01 "$T/now/r.db" "$T/news.csv" 2>"$T/err" || got=$?
		rm -f "$T/now/ballast"
		settled put "$keep KiB free: $got"
		case $got in
		0) [[ $settled == after ]] || complain "$keep KiB free: 0, but nothing done" ;;
		74) grep -qE 'No space left on device' "$T/err" || complain "$keep KiB free: $(<"$T/err")" ;;
		*) complain "$keep KiB free: $got: $(<"$T/err")" ;;
		esac
		tried=$((tried + 1))
	done
	verdict 'a file system that fills up'
	umount "$T/now" && mounted=
else
	skip 'a file system that fills up' 'nothing can be mounted here'
fi

finish
