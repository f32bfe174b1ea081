#!/bin/sh
# Runs a test in a real browser, or says why not.
# usage: run.sh PROGRAM TEST.py
for tool in python3 chromium chromedriver; do
    if ! command -v "$tool" >/dev/null 2>&1; then
        printf '1..1\nok 1 # SKIP no %s (Debian: apt-get install chromium chromium-driver python3)\n' "$tool"
        exit 0
    fi
done
exec python3 -B "$2" "$1"
