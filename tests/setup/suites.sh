#!/bin/sh
# Runs the test suites one after the other and adds them up.
#
#	suites.sh LOGS MAKE -- test-a test-b …
#
# A suite is a make target. It says how many tests it ran, either as cmocka does or with a line
# "N passed, M failed"; it may say what failed in lines that begin with "FAIL ". One that says
# nothing, or fails without saying what, is a failure itself: silence must never look like success.
set -u
logs=$1
make=$2
shift 3
mkdir -p "$logs"
passed=0
failed=0

# "PASSED FAILED" summed over everything a suite printed.
count() {
	awk '
	/^\[  PASSED  \] .*[0-9]+ test\(s\)/ { sub(/ test\(s\).*/, ""); p += $NF }
	/^\[  FAILED  \] .*[0-9]+ test\(s\), listed below/ { sub(/ test\(s\).*/, ""); f += $NF }
	/^[0-9]+ passed, [0-9]+ failed$/ { p += $1; f += $3 }
	END { print p + 0, f + 0 }' "$1"
}

# The lines that tell what failed; cmocka names its tests once more after the total.
failures() {
	grep '^FAIL ' "$1" && return
	awk -v suite="$2" -v log_file="$1" '
	/^\[  FAILED  \] .* listed below/ { listing = 1; next }
	listing && /^\[  FAILED  \]/ {
		sub(/^\[  FAILED  \] */, "")
		print "FAIL " suite ": " $0 " | again: make " suite " (whole output: " log_file ")"
	}' "$1"
}

for suite in "$@"; do
	log=$logs/$suite.log
	"$make" --no-print-directory "$suite" >"$log" 2>&1
	status=$?
	# shellcheck disable=SC2046 # two numbers
	set -- $(count "$log")
	failures "$log" "$suite"
	if [ $status -ne 0 ] && [ "$2" -eq 0 ] && grep -q '^FAIL ' "$log"; then
		set -- "$1" "$(grep -c '^FAIL ' "$log")"
	elif [ $status -ne 0 ] && [ "$2" -eq 0 ]; then
		tail -n 15 "$log" | sed 's/^/    /'
		echo "FAIL $suite: ended with status $status | again: make $suite (whole output: $log)"
		set -- "$1" 1
	elif [ $(($1 + $2)) -eq 0 ]; then
		echo "FAIL $suite: ran no tests | again: make $suite (whole output: $log)"
		set -- 0 1
	fi
	echo "$suite: $1 passed, $2 failed"
	passed=$((passed + $1))
	failed=$((failed + $2))
done
echo
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
