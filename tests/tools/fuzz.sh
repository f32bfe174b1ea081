#!/bin/bash
# Runs every libFuzzer program for FUZZ_SECONDS on its corpus. New inputs that reach new code stay
# in build/fuzz-corpus; an input that breaks something is left in build/fuzz-crash (worth a place in
# tests/fuzz/corpus/NAME once it is fixed).
set -u
build=${BUILD:-build}
export ASAN_OPTIONS=allocator_may_return_null=1:detect_leaks=${FUZZ_LEAKS:-1}
export UBSAN_OPTIONS=print_stacktrace=1
export OMP_NUM_THREADS=1
mkdir -p "$build/fuzz-crash"
bad=0 ran=0
for src in tests/fuzz/*_fuzz.c; do
    [ -e "$src" ] || continue
    name=$(basename "$src" _fuzz.c)
    [[ -z ${T-} || $src == *"$T"* ]] || continue
    bin=$build/fuzz/tests/fuzz/${name}_fuzz
    mkdir -p "$build/fuzz-corpus/$name"
    seeds=()
    [ -d "tests/fuzz/corpus/$name" ] && seeds=("tests/fuzz/corpus/$name")
    dict=()
    [ -e "tests/fuzz/$name.dict" ] && dict=(-dict="tests/fuzz/$name.dict")
    ran=$((ran + 1))
    if "$bin" -max_total_time="${FUZZ_SECONDS:-20}" -max_len=65536 -rss_limit_mb=2048 -timeout=10 \
        -artifact_prefix="$build/fuzz-crash/$name-" -print_final_stats=1 "${dict[@]}" \
        "$build/fuzz-corpus/$name" "${seeds[@]}" >"$build/fuzz-$name.log" 2>&1; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/fuzz-$name.log")
        echo "  ok    $name ($runs runs)"
    else
        bad=$((bad + 1))
        echo "  FAIL  $name; last lines of $build/fuzz-$name.log:"
        tail -n 40 "$build/fuzz-$name.log" | sed 's/^/        /'
    fi
done
echo "$ran fuzzed, $bad failed"
[ "$bad" -eq 0 ]
