#!/bin/sh
# Runs bench and, where opentelemetry-cpp can be had, the same spans through its OTLP path, several
# times by turns, and prints the goals beside what was measured: run.sh OUT [PAGE]. With a page, they
# go there, too, between its two marks.
#
# Times are the least of all runs, which is what the code costs when nobody disturbs it; ratios are
# the median of the runs' own ratios, whose two parts were measured within the same second, and beside
# it stands the ratio of the two least times. Instructions are counted by valgrind, where there is
# one: no noise at all.
set -u
out=$1
page=${2:-}
runs=${RUNS:-9}
here=$(cd "$(dirname "$0")" && pwd)
peer=
if [ -f "$here/peer.sh" ] && sh "$here/peer.sh" "$here/peer.cc" "$out/peer" 2>"$out/peer.log"; then
	peer=$out/peer
else
	echo "without opentelemetry-cpp: $(tail -n 1 "$out/peer.log" 2>/dev/null || echo 'no peer.sh')"
fi
: >"$out/bench.txt"
run=1
while [ "$run" -le "$runs" ]; do
	"$out/bench" 101 >"$out/run.txt" || { echo "bench failed" >&2; exit 1; }
	sed "s/^/own $run /" "$out/run.txt" >>"$out/bench.txt"
	[ -z "$peer" ] || "$peer" 101 | sed "s/^/peer $run /" >>"$out/bench.txt"
	run=$((run + 1))
done
# Of the functions that are counted the whole is counted, from their first instruction to their last.
if command -v valgrind >/dev/null; then
	for name in plain six_attributes unsampled; do
		function=$name
		[ $name = unsampled ] && function=plain
		valgrind --tool=callgrind --toggle-collect=$function --callgrind-out-file=/dev/null \
			"$out/bench" count $name 2>&1 |
			sed -n "s/.*Collected : \([0-9]*\)/count 1 $name \1/p" >>"$out/bench.txt"
	done
fi
awk '
	$1 == "own" { own[$3, $2] = $4; if (!($3 in least) || $4 < least[$3]) least[$3] = $4; nr = $2 }
	$1 == "peer" { peer[$3, $2] = $4; if (!($3 in their) || $4 < their[$3]) their[$3] = $4 }
	$1 == "count" { count[$3] = $4 / 1000 } # calls: see bench.c
	function median(n,    i, j, t) {
		for (i = 2; i <= n; i++)
			for (j = i; j > 1 && r[j] < r[j - 1]; j--) { t = r[j]; r[j] = r[j - 1]; r[j - 1] = t }
		return n % 2 ? r[(n + 1) / 2] : (r[n / 2] + r[n / 2 + 1]) / 2
	}
	function line(what, goal, is_met, measured) {
		printf "| %-38s | %-42s | %-48s | %s |\n", what, goal, measured, is_met ? "met" : "not met"
	}
	END {
		printf "| %-38s | %-42s | %-48s | outcome |\n|---|---|---|---|\n", "what", "goal", "measured"
		for (i = 1; i <= nr; i++) r[i] = own["start_end_ratio", i]
		ratio = median(nr)
		line("start and end, no attributes", "<= 1.6 x two clock reads and ids", ratio <= 1.6,
			sprintf("%.2f x; %.1f ns, %.2f x %.1f ns", ratio, least["start_end"],
				least["start_end"] / least["floor"], least["floor"]))
		if ("six_attributes" in their) {
			for (i = 1; i <= nr; i++) r[i] = peer["six_attributes_batched", i] / own["six_attributes", i]
			ratio = median(nr)
			line("six attributes, on the caller", ">= 12 x faster than opentelemetry-cpp", ratio >= 12,
				sprintf("%.1f x; %.0f ns, %.1f x (%.0f ns)", ratio, least["six_attributes"],
					their["six_attributes_batched"] / least["six_attributes"],
					their["six_attributes_batched"]))
			for (i = 1; i <= nr; i++) r[i] = peer["six_attributes", i] / own["six_attributes", i]
			bare = sprintf("%.1f x (%.0f ns)", median(nr), their["six_attributes"])
		}
		line("unsampled span", "<= 25 ns, no allocation",
			least["unsampled"] <= 25 && least["allocations_unsampled"] <= 1,
			sprintf("%.1f ns, %d allocations", least["unsampled"], least["allocations_unsampled"]))
		line("SDK not configured", "<= 4 ns", least["not_configured"] <= 4,
			sprintf("%.1f ns", least["not_configured"]))
		line("allocations per span, steady state", "0", least["allocations_per_span"] < 0.0005,
			sprintf("%.4f", least["allocations_per_span"]))
		line("encode to OTLP", "<= 60 ns a span", least["encode"] <= 60,
			sprintf("%.1f ns, %.0f bytes", least["encode"], least["bytes_per_span"]))
		for (i = 1; i <= nr; i++) r[i] = own["two_threads_ratio", i]
		ratio = median(nr)
		for (i = 1; i <= nr; i++) r[i] = own["two_threads_cpu_ratio", i]
		line("two threads", ">= 1.9 x one thread", ratio >= 1.9,
			sprintf("%.2f x; %.2f x by processor time", ratio, median(nr)))
		printf "\nThe least of %d runs, ratios: the median of theirs, and that of the two least times.", nr
		if ("six_attributes" in their)
			printf " Both\nwith their batch processors; opentelemetry-cpp without its own, its spans freed at no cost: %s. Start and\nend %.1f x, encoding %.1f x, unsampled %.1f x faster.",
				bare, their["start_end"] / least["start_end"], their["encode"] / least["encode"],
				their["unsampled"] / least["unsampled"]
		if ("plain" in count)
			printf "\nInstructions: start and end %.0f, with six attributes %.0f, unsampled %.0f.",
				count["plain"], count["six_attributes"], count["unsampled"]
		print ""
		for (i = 1; i <= nr; i++)
			if (own["dropped", i] != 0)
				print "spans were dropped: these numbers are worth nothing"
	}' "$out/bench.txt" | tee "$out/bench.md"
[ -z "$page" ] || {
	sed '/^<!-- bench -->/q' "$page"
	echo
	cat "$out/bench.md"
	echo
	sed -n '/^<!-- \/bench -->/,$p' "$page"
} >"$out/page" && { [ -z "$page" ] || cp "$out/page" "$page"; }
