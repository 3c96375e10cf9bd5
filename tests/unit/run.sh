#!/bin/sh
<<<<<<< HEAD
# Runs cmocka programs, all of them even after one that failed; shows the output of those that did.
#
#	run.sh build/tests/test_str …
set -u
passed=0
failed=0
for program in "$@"; do
	name=$(basename "$program")
	again="again: make test-unit ONLY=$name"
	"$program" >"$program.log" 2>&1
	status=$?
	ran=$(sed -n 's/^\[  PASSED  \].*[^0-9]\([0-9][0-9]*\) test(s).*/\1/p' "$program.log" | awk '{ n += $1 } END { print n + 0 }')
	passed=$((passed + ran))
	[ $status -eq 0 ] && [ "$ran" -gt 0 ] && continue
	sed 's/^/    /' "$program.log"
	broken=$(awk '/^\[  FAILED  \] .* listed below/ { listing = 1; next }
		listing && sub(/^\[  FAILED  \] */, "")' "$program.log")
	if [ -z "$broken" ]; then
		echo "FAIL $name: ended with status $status after $ran passed tests | $again"
		failed=$((failed + 1))
		continue
	fi
	failed=$((failed + $(echo "$broken" | wc -l)))
	echo "$broken" | sed "s/^/FAIL $name: /; s/\$/ | $(echo "$again" | sed 's/[&/|]/\\&/g')/"
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
=======
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
		grep '^\[  PASSED  \]' "$out" | sed "s|\$| $(basename "$program")|"
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
>>>>>>> project
