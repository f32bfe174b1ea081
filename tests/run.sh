#!/bin/bash
# Runs the tests that `make test` has built and counts them; the last line is "N passed, N failed".
# T=word picks those whose name contains the word; --update rewrites the transcripts instead.
# What each kind is, is told in the functions list_jobs and run_job.
set -u
cd "$(dirname "$0")/.." || exit 2
build=${BUILD:-build}
logs=$build/test-log
limit=${TEST_SECONDS:-150} # for one test program
prog=$PWD/rasad
[ "$build" = build ] || prog=$PWD/$build/release/rasad
asan=$PWD/$build/asan/rasad

# Every test program sees the same environment, whoever runs it.
fixed_env() { # TMP COMMAND...
    local tmp=$1
    shift
    env -i PATH="$PATH" HOME="$tmp" TMPDIR="$tmp" TERM=dumb LC_ALL=C.UTF-8 COLUMNS=80 LINES=24 \
        TZ=UTC OMP_NUM_THREADS=2 OMP_WAIT_POLICY=passive RASAD="$prog" RASAD_ASAN="$asan" \
        CMOCKA_MESSAGE_OUTPUT=TAP UBSAN_OPTIONS=print_stacktrace=1 \
        ASAN_OPTIONS="allocator_may_return_null=1:detect_leaks=${leaks:-1}" \
        LSAN_OPTIONS="suppressions=$PWD/tests/tools/lsan.supp:print_suppressions=0" "$@"
}

# One line a job: KIND NAME PROGRAM ARGUMENT
list_jobs() {
    local f n
    for f in tests/unit/*/*_test.c; do
        n=${f#tests/}
        echo "tap ${n%.c} $build/asan/tests/${n%.c} -"
    done
    for f in tests/golden/*_test.c tests/pty/*_test.c; do
        n=${f#tests/}
        echo "tap ${n%.c} $build/release/tests/${n%.c} -"
    done
    for f in tests/fuzz/*_fuzz.c; do
        n=$(basename "$f" _fuzz.c)
        echo "plain fuzz/$n $build/asan/tests/fuzz/${n}_fuzz tests/fuzz/corpus/$n"
    done
    for f in tests/script/*.lua; do
        [ "$f" = tests/script/tap.lua ] && continue
        n=${f#tests/}
        echo "script ${n%.lua} $prog $f"
        echo "script ${n%.lua}(asan) $asan $f"
    done
    for f in tests/browser/*.py tests/python/*.py; do
        [ "$f" = tests/browser/driver.py ] && continue
        n=${f#tests/}
        echo "python ${n%.py} $prog $f"
    done
    for f in tests/record/*.rec; do
        n=${f#tests/}
        echo "record ${n%.rec} $prog $f"
    done
    list_transcripts | while read -r f; do
        n=${f#"$build/"}
        n=${n#tests/}
        echo "transcript ${n%.t} $prog $f"
        echo "transcript ${n%.t}(asan) $asan $f"
    done
}

list_transcripts() {
    find tests/transcript -name '*.t' | LC_ALL=C sort
    [ ! -e README.md ] || tests/tools/readme.sh README.md "$build/readme"
}

# Writes the results of one TAP log: a line "ok|fail|skip NAME TEXT" for each test in it.
count_tap() { # NAME LOG STATUS
    awk -v name="$1" -v status="$3" '
    /^1\.\.[0-9]+$/ { planned += substr($0, 4); plans++; next }
    /^# skipped: / { if (!said[$0]++) print "note", name, substr($0, 12) } # a part of a test
    /^#/ { next }
    /(not )?ok [0-9]+ (- |# SKIP)/ {
        match($0, /(not )?ok [0-9]+ /)
        head = substr($0, RSTART, RLENGTH)
        text = substr($0, RSTART + RLENGTH)
        sub(/^- /, "", text)
        seen++
        kind = text ~ /# SKIP/ ? "skip" : head ~ /^not/ ? "fail" : "ok"
        sub(/^# SKIP /, "", text)
        if (kind == "fail") failed++
        print kind, name, text
    }
    END {
        if (!plans && !seen) print "fail", name, "ended without a result (exit status " status ")"
        else if (seen != planned)
            print "fail", name, "only " seen + 0 " of " planned + 0 " results (exit status " status ")"
        else if (status != 0 && !failed) print "fail", name, "exit status " status
    }' "$2"
}

run_job() { # KIND NAME PROGRAM ARGUMENT
    local kind=$1 name=$2 program=$3 arg=$4 status tmp
    local log=$logs/${name//\//.}.log result=$logs/${name//\//.}.result
    if [ ! -x "$program" ]; then
        echo "$program was not built" >"$log"
        if [ ! -e src/main.c ] && [[ $program == */rasad ]]; then
            echo "skip $name the program is not there yet" >"$result"
        else
            echo "fail $name $program was not built" >"$result"
        fi
        return
    fi
    tmp=$(mktemp -d)
    case $kind in
    tap) set -- "$program" ;;
    plain) set -- "$program" "$arg" ;;
    script) set -- "$program" -q -n -l "$arg" ;;
    python) set -- tests/tools/python.sh "$program" "$arg" ;;
    record) set -- "$program" -q -n -c "replay $arg" ;;
    transcript) set -- "$build/release/tests/transcript" "$program" "$arg" ;;
    esac
    fixed_env "$tmp" timeout -k 5 "$limit" "$@" >"$log" 2>&1 </dev/null
    status=$?
    if grep -q 'LeakSanitizer has encountered a fatal error' "$log"; then
        # Leak checks need ptrace, which some containers refuse.
        leaks=0 fixed_env "$tmp" timeout -k 5 "$limit" "$@" >"$log" 2>&1 </dev/null
        status=$?
        touch "$logs/no-leak-check"
    fi
    rm -rf "$tmp"
    [ $status -ne 124 ] || echo "stopped after $limit seconds" >>"$log"
    case $kind in
    tap | script | python) count_tap "$name" "$log" "$status" >"$result" ;;
    *)
        case $status in
        0) echo "ok $name" ;;
        77) echo "skip $name $(sed -n 's/^SKIP //p' "$log" | head -n 1)" ;;
        *) echo "fail $name exit status $status" ;;
        esac >"$result"
        ;;
    esac
    if grep -q '^fail ' "$result"; then
        # One at a time, or the logs of jobs that run together would mix.
        flock "$logs/lock" sh -c 'sed -n "s/^fail /FAIL  /p" "$1"
            tail -n 60 "$2" | cut -c 1-400 | sed "s/^/      /"' sh "$result" "$log"
    fi
}

if [ "${1-}" = --job ]; then
    read -r kind name program arg <<<"$2"
    run_job "$kind" "$name" "$program" "$arg"
    exit 0
fi

shopt -s nullglob
if [ "${1-}" = --update ]; then
    tmp=$(mktemp -d)
    find tests/transcript -name '*.t' | LC_ALL=C sort | while read -r f; do
        [[ -n ${T-} && $f != *"$T"* ]] ||
            fixed_env "$tmp" "$build/release/tests/transcript" --update "$prog" "$f"
    done
    rm -rf "$tmp"
    exit 0
fi

rm -rf "$logs"
mkdir -p "$logs"
list_jobs | awk -v word="${T-}" 'word == "" || index($2, word)' >"$logs/jobs"
xargs -r -d '\n' -P "${JOBS:-$(nproc)}" -n 1 "$0" --job <"$logs/jobs"

find "$logs" -name '*.result' -exec cat {} + >"$logs/results"
sed -n 's/^skip /SKIP  /p; s/^note /PART  /p' "$logs/results" | LC_ALL=C sort
[ ! -e "$logs/no-leak-check" ] || echo "note: leaks were not checked; this container refuses ptrace"
passed=$(grep -c '^ok ' "$logs/results")
failed=$(grep -c '^fail ' "$logs/results")
skipped=$(grep -c '^skip ' "$logs/results")
jobs=$(wc -l <"$logs/jobs")
ran=$(find "$logs" -name '*.result' | wc -l)
if [ "$ran" -ne "$jobs" ]; then
    echo "FAIL  $((jobs - ran)) of $jobs test programs left no result"
    failed=$((failed + jobs - ran))
fi
if [ "$skipped" -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ] && [ $((passed + skipped)) -gt 0 ]
