#!/bin/sh
# Runs cmocka programs, all of them even after one that failed; shows the output of those that did.
#
#	run.sh build/tests/test_str …
set -u
passed=0
failed=0
for program in "$@"; do
	name=$(basename "$program")
	again="again: make test-unit ONLY=$name"
	# shellcheck disable=SC2086 # UNIT_RUN, valgrind for one, may have options
	${UNIT_RUN:-} "$program" >"$program.log" 2>&1
	status=$?
	ran=$(sed -n 's/^\[  PASSED  \]\(.*[^0-9]\)\{0,1\}\([0-9][0-9]*\) test(s).*/\2/p' "$program.log" | awk '{ n += $1 } END { print n + 0 }')
	passed=$((passed + ran))
	# what the machine has not got, a pseudo-terminal for one, cannot be tested on it
	left_out=$(sed -n 's/^\[  SKIPPED \] \([0-9][0-9]*\) test(s).*/\1/p' "$program.log")
	[ -z "$left_out" ] || echo "$name: $left_out skipped on this machine"
	[ $status -eq 0 ] && [ $((ran + ${left_out:-0})) -gt 0 ] && continue
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
