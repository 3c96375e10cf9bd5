#!/bin/sh
# The pictures of docs/lab.md, drawn from runs of the exercises.
#
#	pictures.sh            writes docs/lab/*.svg; from the top of the checkout, BUILD says where the tools are
#	pictures.sh --check    fails when one of them shows something else than a run does, but for times
set -u
LC_ALL=C
export LC_ALL
top=$PWD
out=docs/lab
check=no
[ "${1:-}" = --check ] && check=yes
tools=${BUILD:-build}
case $tools in /*) ;; *) tools=$top/$tools ;; esac
scratch=$(cd "$(mktemp -d)" && pwd -P)
trap 'rm -rf "$scratch"' EXIT
. tests/exercises/checkout.sh
fresh_checkout
mkdir -p "$scratch/now" $out
unset NO_COLOR
export CLICOLOR_FORCE=1
passed=0
failed=0

# The words of a picture, but for times, ids, and bars whose lengths are times.
blur() {
	sed 's/<[^>]*>//g' "$1" | tr ' ' '\n' | grep -v -e '^[-=|0-9.]*$' -e '^[mun]*s,*$' -e '^[0-9a-f]\{32\}$'
}

picture() { # name, title; what to draw on the standard input
	python3 "$top/tests/exercises/picture.py" "$2" >"$scratch/now/$1.svg" || exit 1
	if [ $check = no ]; then
		cp "$scratch/now/$1.svg" "$top/$out/$1.svg"
		return
	fi
	blur "$top/$out/$1.svg" >"$scratch/before" 2>/dev/null
	blur "$scratch/now/$1.svg" >"$scratch/after"
	if cmp -s "$scratch/before" "$scratch/after"; then
		passed=$((passed + 1))
	else
		echo "FAIL exercises: $out/$1.svg does not show what a run shows | again: make lab-pictures, and look"
		diff "$scratch/before" "$scratch/after" | head -n 6 | sed 's/^/    /'
		failed=$((failed + 1))
	fi
}

# The trace with a span that has this text in it.
trace_of() { # exercise, text, options of otel-tidy trace
	file=lab/work/$1/build/trace.jsonl
	id=$(tr '{' '\n' <"$file" | awk -v text="$2" '
		match($0, /"traceId":"[0-9a-f]*"/) { id = substr($0, RSTART + 11, RLENGTH - 12) }
		index($0, text) { print id; exit }')
	# shellcheck disable=SC2086 # options are words
	build/otel-tidy trace "$file" --trace "$id" ${3:---color always} | sed '/^$/,$d'
}

cd "$scratch/checkout" || exit 1
lab/lab solve 1 >/dev/null
lab/lab run >/dev/null
trace_of 01-auto '"stringValue":"402"' >"$scratch/raw"
picture auto "What auto-instrumentation gives: five spans, four of them named POST" <"$scratch/raw"
lab/lab check 6 >"$scratch/raw"
picture leak "otel-tidy shows the path on which a span is not ended" <"$scratch/raw"
lab/lab solve 7 >/dev/null
lab/lab run >/dev/null
trace_of 07-baggage '"stringValue":"globex"' >"$scratch/raw"
picture baggage "One trace across two services" <"$scratch/raw"
lab/lab run 9 >/dev/null
trace_of 09-agent-trap '"stringValue":"o-1003"' --tree >"$scratch/raw"
picture agent-before "One order, fourteen spans" <"$scratch/raw"
lab/lab solve 9 >/dev/null
lab/lab run >/dev/null
trace_of 09-agent-trap '"stringValue":"o-1003"' --tree >"$scratch/raw"
picture agent-after "The same order, two spans" <"$scratch/raw"
lab/lab run 12 >"$scratch/raw"
picture metrics "Metrics that were counted after sampling, and what really happened" <"$scratch/raw"
if [ $check = yes ]; then
	echo "$passed passed, $failed failed"
	[ $failed -eq 0 ]
fi
