#!/bin/sh
# Runs a test written in Python that prints TAP, or says why not: a line "# needs: PROGRAM..." of
# the test names what must be there besides python3.
# usage: python.sh RASAD TEST.py
for tool in python3 $(sed -n 's/^# needs: //p' "$2"); do
    if ! command -v "$tool" >/dev/null 2>&1; then
        printf '1..1\nok 1 # SKIP no %s here\n' "$tool"
        exit 0
    fi
done
exec python3 -B "$2" "$1"
