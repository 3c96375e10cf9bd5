#!/bin/sh
# `make check`: what a reviewer would otherwise have to look for. Each step is a command that can
# be run alone; its output is shown when it fails.
#
#	run.sh                 every step
#	run.sh layers format   only these
set -u
build=${BUILD:-build}
make=${MAKE:-make}
logs=$build/check
mkdir -p "$logs"
passed=0
failed=0

is_wanted() {
	case " $wanted " in
	"  " | *" $1 "*) return 0 ;;
	esac
	return 1
}

step() { # name, command
	is_wanted "$1" || return
	start=$(date +%s)
	if sh -c "$2" >"$logs/$1.log" 2>&1; then
		echo "ok $1 ($(($(date +%s) - start)) s)"
		passed=$((passed + 1))
	else
		echo "FAIL check $1 | again: $2"
		grep '^FAIL ' "$logs/$1.log" || tail -n 25 "$logs/$1.log"
		failed=$((failed + 1))
	fi
}

wanted="$*"
clang=$(sh tests/setup/llvm.sh clang)

step scripts 'for f in $(find .ci/run tests lab analyzer packaging \( -name "*.sh" -o -name run -o -path lab/lab \) -type f -not -path "*/build/*" -not -path "lab/work/*"); do sh -n "$f" || exit 1; done'
step format 'sh tests/check/format.sh'
step layers 'sh tests/check/layers.sh --self && sh tests/check/layers.sh'
step rules 'sh tests/check/rules.sh --self && sh tests/check/rules.sh'
step index 'sh tests/check/index.sh | diff -u docs/rules/README.md - || { echo "make docs writes it again"; exit 1; }'
step links 'python3 -B tests/docs/links.py --self && python3 -B tests/docs/links.py'
step blocks 'python3 -B tests/docs/blocks.py --self && python3 -B tests/docs/blocks.py'
step reference 'python3 -B tests/docs/reference.py | diff -u docs/configuration-reference.md - || { echo "make docs writes it again"; exit 1; }'
step version 'sh tests/check/version.sh'
step gcc "$make BUILD=build/check-gcc CC=gcc programs"
step symbols 'sh tests/check/symbols.sh --self && sh tests/check/symbols.sh build/check-gcc/libotel-tidy.a'
step clang "$make BUILD=build/check-clang CC=$clang programs"
step install "$make BUILD=build/check-gcc build/check-gcc/otel-tidy && sh tests/check/install.sh build/check-gcc"
step valgrind "$make BUILD=build/check-gcc build/check-gcc/otel-tidy && sh tests/check/valgrind.sh build/check-gcc/otel-tidy"
# libclang keeps what it allocated until the end, and says so itself; its leaks are not ours.
# Without the suites in which nothing of ours that is compiled runs: scripts beside pretended programs,
# texts, and a Collector.
without='test-article test-bench-self test-cases-self test-collector-proof test-corpus-self test-guide'
step sanitizers "LSAN_OPTIONS=suppressions=$PWD/tests/check/lsan.supp:print_suppressions=0 UBSAN_OPTIONS=print_stacktrace=1 $make BUILD=build/san SAN=1 WITHOUT='$without' test"

echo
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
