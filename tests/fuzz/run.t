#!/bin/bash
# Builds every fuzz target with ASan and UBSan and runs each for a while. FUZZ_SECONDS: for all targets together
# (default 16). FUZZ_ENGINE: driver, the default, is driver.c on the library that `make sanitize` builds for other
# tests too; libFuzzer needs clang, and builds a library that tells it which code was reached: for runs of hours, by
# scripts/fault-test fuzz. FUZZ_SIZES=small gives the library sizes of a few bytes. Findings are kept in build/fuzz/,
# or build/fuzz-small/.
set -u
cd "$(dirname "$0")/../.." || exit 1
targets=(reader import needs jsonl certificate kinds plan events)
seconds=$((${FUZZ_SECONDS:-16} / ${#targets[@]}))
[ "$seconds" -ge 1 ] || seconds=1
engine=${FUZZ_ENGINE:-driver}
b=${BUILD:-build} out=${BUILD:-build}/fuzz
flags=(-std=gnu17 -g -O1 -pthread -Ilib -Itests/fuzz '-fsanitize=address,undefined' -fno-sanitize-recover=undefined)
sizes='' watched=''
if [ "${FUZZ_SIZES-}" = small ]; then
    flags+=(-DTR_SMALL)
    sizes=-DTR_SMALL
    out+=-small
fi
case $engine in
driver)
    read -ra cc <<<"${CC:-cc}"
    link=(tests/fuzz/driver.c)
    library=$b/san
    [ "${FUZZ_SIZES-}" != small ] || library=$out/san
    ;;
libFuzzer)
    cc=(clang)
    ! command -v ccache >/dev/null || cc=(ccache clang)
    watched=-fsanitize=fuzzer-no-link
    flags+=("$watched")
    link=(-fsanitize=fuzzer)
    library=$out/clang
    ;;
*) echo "Bail out! no engine '$engine'"; exit 1 ;;
esac
read -ra doc_flags < <(pkg-config --cflags pangocairo)
read -ra doc_libs < <(pkg-config --libs pangocairo)
flags+=("${doc_flags[@]}")
libs=(-lcsv -ljansson -lpcre2-8 -lsodium -lsqlite3 -lunistring "${doc_libs[@]}" -lqpdf -lzip -lexpat -lglpk -lpq -lm)
export FUZZ_ROOT=$PWD
mkdir -p "$out"

# A library that is newer than every source is taken, whatever flags made it.
build_library() {
    local made=$library/lib/libtransition.a
    [ -e "$made" ] && [ -z "$(find lib -name '*.[ch]' -newer "$made" -print -quit)" ] && return 0
    make -s -j"$(nproc)" CC="${cc[*]}" FUZZ_B="$library" FUZZ_WATCHED="$watched" FUZZ_CPPFLAGS="$sizes" fuzz-library
}

seeds_of() {
    case $1 in
    reader | import) ls share/demo/bad/*.csv share/demo/exports/*.csv ;;
    needs) ls share/demo/needs-*.csv share/demo/stock.csv ;;
    kinds) ls share/demo/institutions.csv share/demo/stays.csv share/demo/bad/*.csv ;;
    esac
    find "tests/fuzz/seeds/$1" -type f 2>/dev/null
}

run() {
    local target=$1 seed corpus
    corpus=$(mktemp -d "$out/corpus-XXXXXX") || return 1
    while read -r seed; do
        head -c 4096 "$seed" >"$corpus/$(echo "$seed" | tr / -)"
    done < <(seeds_of "$target")
    if [ "$engine" = libFuzzer ]; then
        "$out/$target" -seed=1 -max_len=4096 -timeout=20 -max_total_time="$seconds" \
            -artifact_prefix="$out/$target-" "$corpus"
    else
        "$out/$target" -n 1000000000 -t "$seconds" -r "$out/$target-crash" "$corpus"/*
    fi >"$out/$target.log" 2>&1
    local rc=$?
    rm -rf "$corpus"
    return $rc
}

echo "1..${#targets[@]}"
echo "# $engine, $seconds seconds each"
build_library >"$out/build.log" 2>&1 || { echo "Bail out! the library does not build: $out/build.log"; exit 1; }
failed=0 n=0
for target in "${targets[@]}"; do
    n=$((n + 1))
    if "${cc[@]}" "${flags[@]}" "${link[@]}" -o "$out/$target" "tests/fuzz/$target.c" "$library/lib/libtransition.a" "${libs[@]}" \
        2>"$out/$target.log" && run "$target"; then
        echo "ok $n - $target: $(grep -aE '^(Done|[0-9]+ inputs)' "$out/$target.log")"
    else
        failed=1
        echo "not ok $n - $target"
        grep -aE 'does not hold|runtime error|ERROR|error:|    #[0-9]+ .*(lib|tests)/|the input is in|Test unit' \
            "$out/$target.log" | head -20 | sed 's/^/# /'
    fi
done
exit $failed
