#!/bin/sh
# What `make demo` shows once everything is built: the same checkout service with two
# instrumentations, what each costs, and what otel-tidy says about it.
#
#	demo.sh OTEL-TIDY OUT      OUT: build/lab/shop
set -u
program=$1 out=$2
lines() { printf '%s\n' "$@"; }

lines '' \
	'One checkout service, instrumented twice. The business code of the two is the same line for' \
	'line; only the tracing differs:' \
	'' \
	'  right/  spans on the critical paths only, with the attributes one would ask a trace about' \
	'  over/   what a coding agent commits when it is told to "add OpenTelemetry tracing"' \
	'' \
	'Both play the same day (200 orders, seed 42):' ''
sh "$(dirname "$0")/run.sh" "$out" 42 200 right over >"$out/run.txt" || exit 1
sed -n '/spans\/checkout/,$p' "$out/run.txt" | sed 's/^/  /'

lines '' '== right/' "\$ otel-tidy check -p $out/right"
"$program" check -p "$out/right"
[ $? -eq 0 ] || { echo "demo.sh: right/ is expected to be clean" >&2; exit 1; }
lines '' \
	'Nothing to say: each span is on a critical path or does what leaves the process, all are ended on' \
	'every path, and no order can end without its tenant.'

lines '' '== over/' "\$ otel-tidy check -p $out/over"
"$program" check --color never -p "$out/over" >"$out/over.txt"
[ $? -eq 1 ] || { cat "$out/over.txt"; echo "demo.sh: over/ is expected to have findings" >&2; exit 1; }
lines '' "One finding of each rule (all of them: $out/over.txt):" ''
# findings are blocks of lines with a blank line behind; the rule stands in brackets
awk -v RS= '
	match($0, /\[[a-z-]+\]\n/) {
		rule = substr($0, RSTART, RLENGTH)
		count[rule]++
		if (count[rule] == 1)
			print $0 "\n"
		else if (rule == "[trivial-span]\n" || rule == "[accessor-span]\n")
			more = more "  " substr($0, 1, index($0, "\n") - 1) "\n"
		next
	}
	/The Fine Line/ { rest = $0 }
	END { printf "And %s", "the other spans that nobody needs:\n\n" more "\n" rest "\n" }
' "$out/over.txt"
tail -n 1 "$out/over.txt"
lines '' \
	'How to read it: the bar shows where the program stands between too little (-) and too much (+).' \
	'The spans over the line are short functions in the process: they cost more than they measure, and' \
	'they bury the ones that matter. Spans that reach the database or the network are not touched, and' \
	'what cannot be known for sure is left alone and counted as undecided.' \
	'' \
	"Next: $program explain trivial-span" \
	"      $program check -p DIRECTORY-OF-YOUR-compile_commands.json"
