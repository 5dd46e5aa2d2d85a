#!/usr/bin/env bash
# The vectors of a processor that this machine is not, where it can be imitated: they find what the portable scanner finds.
. "${0%/*}/tap.sh"

if ! command -v aarch64-linux-gnu-gcc >/dev/null || ! command -v qemu-aarch64 >/dev/null; then
	lacks 'the scanner on ARM' 'there is no compiler for it, or nothing that runs what it makes'
else
	ok 'the scanner builds for ARM' aarch64-linux-gnu-gcc -std=gnu17 -O2 -Wall -Wextra -Werror -static -Ilib -o "$T/scan" tests/cli/arm-scan.c lib/record/scan.c
	is 'its vectors find what the portable version finds' "$(qemu-aarch64 "$T/scan")" '12040 texts'
	sed 's/{1, 2, 4, 8, 16,/{1, 2, 4, 16, 8,/' lib/record/scan.c >"$T/wrong.c"
	ok '(it builds with a fault)' aarch64-linux-gnu-gcc -std=gnu17 -O2 -static -Ilib -o "$T/wrong" tests/cli/arm-scan.c "$T/wrong.c"
	like 'a fault in them is found' "$(qemu-aarch64 "$T/wrong")" 'text [0-9]+ differs'
fi

finish
