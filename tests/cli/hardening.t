#!/usr/bin/env bash
# How the programs are built: what makes a fault hard to use is there in each of them.
. "${0%/*}/tap.sh"
if ! command -v readelf >/dev/null; then
	echo '1..0 # SKIP readelf is not installed'
	exit 0
fi

here=$PWD
for program in $PROGRAMS; do
	file=$BIN/$program
	lacking=
	readelf -hW "$file" | grep -q 'Type: *DYN' || lacking+=' pie'
	readelf -lW "$file" | grep -q GNU_RELRO || lacking+=' relro'
	readelf -dW "$file" | grep -qE 'BIND_NOW|FLAGS.*NOW' || lacking+=' now'
	readelf -lW "$file" | grep -q 'GNU_STACK.* RW ' || lacking+=' stack-not-executable'
	readelf -sW --dyn-syms "$file" | grep -q __stack_chk_fail || lacking+=' stack-protector'
	readelf -sW --dyn-syms "$file" | grep -q '_chk@' || lacking+=' fortify'
	# Where calls may land is marked; the C library's own start files decide whether the system checks it.
	[[ $(uname -m) != x86_64 || $(grep -oaP '\xf3\x0f\x1e\xfa' "$file" | wc -l) -gt 100 ]] || lacking+=' cet'
	! grep -qaF "$here/lib/" "$file" || lacking+=' no-path-of-this-machine'
	is "$program lacks nothing" "$lacking" ''
done

finish
