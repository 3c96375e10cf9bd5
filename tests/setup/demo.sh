#!/bin/sh
# `make demo`: lints the same checkout with too little, the right, and too much tracing.
set -u
program=${OTEL_TIDY:-build/otel-tidy}
flags='-std=c17 -Ilab/sdk/include -Ianalyzer/include'

show() { # file, what it is, the exit code it must have
	echo
	echo "== $2"
	echo "\$ otel-tidy check $1 -- $flags"
	# shellcheck disable=SC2086 # flags are words
	"$program" check "$1" -- $flags
	status=$?
	[ $status -eq "$3" ] && return
	echo "demo: $1: exit $status where $3 was expected" >&2
	exit 1
}

echo "The same checkout, three times."
show lab/demo/under.c "too little: the critical path owns no span" 1
show lab/demo/over.c "too much: a span on every function, one of them lost" 1
show lab/demo/right.c "right: one span, with what one would ask it about" 0
echo
echo "Next: otel-tidy explain RULE shows what a rule means; in your own project run"
echo "  $program check -p DIRECTORY-OF-compile_commands.json"
