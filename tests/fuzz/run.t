#!/bin/bash
# Builds every fuzz target with ASan and UBSan and runs each for a while: with libFuzzer where clang has
# it, else with driver.c. FUZZ_SECONDS: for all targets together (default 24). Findings are kept in
# build/fuzz/, and with FUZZ_SIZES=small, which gives the library sizes of a few bytes, in build/fuzz-small/.
set -u
cd "$(dirname "$0")/../.." || exit 1
targets=(reader import needs jsonl certificate kinds plan events)
seconds=$((${FUZZ_SECONDS:-24} / ${#targets[@]}))
[ "$seconds" -ge 1 ] || seconds=1
out=${BUILD:-build}/fuzz
flags=(-std=gnu17 -g -O1 -pthread -Ilib -Itests/fuzz '-fsanitize=address,undefined' -fno-sanitize-recover=undefined)
if [ "${FUZZ_SIZES-}" = small ]; then
    flags+=(-DTR_SMALL)
    out+=-small
fi
read -ra doc_flags < <(pkg-config --cflags pangocairo)
read -ra doc_libs < <(pkg-config --libs pangocairo)
flags+=("${doc_flags[@]}")
libs=(-lcsv -ljansson -lpcre2-8 -lsodium -lsqlite3 -lunistring "${doc_libs[@]}" -lqpdf -lzip -lexpat -lglpk -lpq -lm)
export FUZZ_ROOT=$PWD
mkdir -p "$out/obj"

if echo 'int LLVMFuzzerTestOneInput(const unsigned char *p, unsigned long n) { return p && n > 9 ? -1 : 0; }' |
    clang -x c -fsanitize=fuzzer,address - -o "$out/probe" 2>"$out/probe.log"; then
    cc=clang engine=libFuzzer
    flags+=(-fsanitize=fuzzer-no-link)
    link=(-fsanitize=fuzzer)
else
    cc=${CC:-cc} engine=driver
    link=(tests/fuzz/driver.c)
fi

# Four at a time; any change of the library builds all anew.
build_library() {
    local source sources pids=0
    mapfile -t sources < <(find lib/base lib/record lib/domain lib/doc -name '*.c')
    [ -e "$out/obj/done-$engine" ] && [ -z "$(find lib -name '*.[ch]' -newer "$out/obj/done-$engine")" ] && return 0
    rm -f "$out"/obj/*
    for source in "${sources[@]}"; do
        "$cc" "${flags[@]}" -c -o "$out/obj/$(echo "${source%.c}" | tr / -).o" "$source" &
        pids=$((pids + 1))
        [ $((pids % 4)) -ne 0 ] || wait
    done
    wait
    for source in "${sources[@]}"; do
        [ -s "$out/obj/$(echo "${source%.c}" | tr / -).o" ] || return 1
    done
    touch "$out/obj/done-$engine"
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
    if [ $engine = libFuzzer ]; then
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
build_library 2>"$out/build.log" || { echo "Bail out! the library does not build: $out/build.log"; exit 1; }
failed=0 n=0
for target in "${targets[@]}"; do
    n=$((n + 1))
    if "$cc" "${flags[@]}" "${link[@]}" -o "$out/$target" "tests/fuzz/$target.c" "$out"/obj/*.o "${libs[@]}" \
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
