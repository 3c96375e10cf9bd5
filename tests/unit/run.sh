#!/bin/sh
# Runs the unit tests given, all of them whatever fails, and says for each failure how to run that
# one again. UNIT_RUN=valgrind puts a program in front of each.
set -u
status=0
out=$(mktemp) || exit 1
trap 'rm -f "$out"' EXIT
for program in "$@"; do
	# shellcheck disable=SC2086 # UNIT_RUN may have options
	${UNIT_RUN:-} "$program" >"$out" 2>&1
	code=$?
	if [ $code -eq 0 ]; then
		grep -E '^\[  (PASSED|SKIPPED) +\]' "$out" | sed "s|\$| $(basename "$program")|"
		continue
	fi
	status=1
	cat "$out"
	failed=$(sed -n 's/^\[  FAILED  \] \([a-zA-Z0-9_]*\)$/\1/p' "$out" | sort -u)
	for test in $failed; do
		echo "FAIL $(basename "$program"): $test | again: $program $test"
	done
	[ -n "$failed" ] || echo "FAIL $(basename "$program"): ended with status $code | again: $program"
done
exit $status
