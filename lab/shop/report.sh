#!/bin/sh
# What was measured last, as a page: report.sh OUT (build/lab/shop), after table.sh and tests/lab/down.py.
set -eu
out=$1
cpu=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)
cat <<-HEAD
	# The lab's numbers

	Written by \`make lab-report\`, on ${cpu:-a processor without a name}, $(getconf _NPROCESSORS_ONLN) processors, $(uname -s) $(uname -m). \`make demo\` measures
	the same table on your machine; [tests/collector/PROOF.md](../tests/collector/PROOF.md) has what tail sampling keeps under load.

	## One day, three instrumentations

HEAD
cat "$out/table.md"
awk -v json="$out/table.json" 'BEGIN {
	while ((getline line < json) > 0) {
		if (match(line, /"(under|right|over)": \{/))
			split(line, part, "\"")
		else if (match(line, /"ratio_spans": [0-9.]+/)) {
			split(substr(line, RSTART), f, ": ")
			ratio[part[2]] = f[2] + 0
		}
	}
	printf "\n`over/` makes %.1f times the spans of `right/`.\n", ratio["over"]
}'
cat <<-'DOWN'

	## Without its Collector

	`right/`, with tracing off; with a receiver; with none (connections are refused); with one that takes
	connections and never answers. The answers of the shop are the same, order by order.

	```
DOWN
cat "$out/down.txt"
echo '```'
