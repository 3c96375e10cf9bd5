#!/bin/sh
# The judging phase under valgrind: it never loads libclang, so every error is ours.
#
#	valgrind.sh build/otel-tidy
set -eu
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
nr=0
for rule in rules/*/*/; do
	# one of each rule is enough: valgrind is slow
	file=$(ls "$rule"bad_*.c 2>/dev/null | head -n 1)
	[ -n "$file" ] || continue
	nr=$((nr + 1))
	"$program" collect "$file" -o "$work/$nr.facts" -- -std=gnu17 -D_GNU_SOURCE -Itests/include -Ilab/sdk/include -Ianalyzer/include
done
[ $nr -gt 0 ] || { echo "valgrind: no fixtures"; exit 1; }
status=0
valgrind -q --error-exitcode=99 --leak-check=full "$program" link "$work"/*.facts >"$work/out" 2>"$work/err" || status=$?
cat "$work/err"
# 0 and 1 are verdicts, anything else is an error.
[ $status -le 1 ] || { echo "valgrind: exit $status"; exit 1; }
echo "valgrind: link of $nr facts files is clean"
