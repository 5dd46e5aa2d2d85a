#!/usr/bin/env bash
# How the programs are built: what makes a fault hard to use is there in each of them.
. "${0%/*}/tap.sh"
needs readelf

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
	# What draws in dozens of libraries stands apart: lib/base/apart.h.
	! readelf -dW "$file" | grep -qE 'NEEDED.*\[lib(pq|pango|cairo|qpdf)' || lacking+=' a-quick-start'
	is "$program lacks nothing" "$lacking" ''
done

# Other folders, same bytes: what differs would be a path, or chance. A few files are enough, as all are
# made alike; their own objects, as the linker only puts them together.
flags=$(sed "s|-ffile-prefix-map=[^ ]*||; s|^ccache ||" build/flags 2>/dev/null)
sums=
for folder in "$T/one" "$T/two/deeper"; do
	mkdir -p "$folder/build"
	cp -r lib bin "$folder"
	cp -r build/gen "$folder/build"
	# shellcheck disable=SC2086,SC2016 # words; for that shell
	sums+=$(cd "$folder" && for file in lib/cli/app/sandbox.c lib/base/err.c lib/cli/register/register.c bin/table-render.c; do
		$flags -ffile-prefix-map="$folder=." -c -o x.o $file && sha256sum <x.o
	done | xargs)$'\n'
done
is 'built in two folders, the same bytes' "$(sort -u <<<"${sums%$'\n'}" | wc -l)" 1
like 'and built they were' "$sums" '^[0-9a-f]{64}'

finish
