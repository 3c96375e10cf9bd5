#!/bin/sh
# Runs bench and, where opentelemetry-cpp can be had, the same spans through its OTLP path, and prints
# the goals beside what was measured: run.sh OUT [PAGE]. With a page, they go there, too, between its
# two marks.
set -u
out=$1
page=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
"$out/bench" >"$out/bench.txt" || { echo "bench failed" >&2; exit 1; }
: >"$out/peer.txt"
if [ -f "$here/peer.sh" ] && sh "$here/peer.sh" "$here/peer.cc" "$out/peer" 2>"$out/peer.log"; then
	"$out/peer" >"$out/peer.txt"
else
	echo "without opentelemetry-cpp: $(tail -n 1 "$out/peer.log" 2>/dev/null || echo 'no peer.sh')"
fi
awk '
	FNR == NR { own[$1] = $2; next }
	{ peer[$1] = $2 }
	function line(what, goal, is_met, measured, verdict) {
		printf "| %-38s | %-42s | %-34s | %s |\n", what, goal, measured,
			verdict ? verdict : is_met ? "met" : "not met"
	}
	END {
		line("what", "goal", 1, "measured", "outcome")
		print "|---|---|---|---|"
		ratio = own["start_end"] / own["floor"]
		line("start and end, no attributes", "<= 1.6 x two clock reads and ids", ratio <= 1.6,
			sprintf("%.1f ns, %.2f x %.1f ns", own["start_end"], ratio, own["floor"]))
		if (peer["six_attributes"]) {
			ratio = peer["six_attributes"] / own["six_attributes"]
			line("six attributes, on the caller", ">= 12 x faster than opentelemetry-cpp", ratio >= 12,
				sprintf("%.0f ns, %.1f x (%.0f ns)", own["six_attributes"], ratio, peer["six_attributes"]))
			also = sprintf("Beside opentelemetry-cpp also: start and end %.1f x, encoding %.1f x, unsampled %.1f x faster.",
				peer["start_end"] / own["start_end"], peer["encode"] / own["encode"],
				peer["unsampled"] / own["unsampled"])
		} else
			also = sprintf("Six attributes: %.0f ns.", own["six_attributes"])
		line("unsampled span", "<= 25 ns, no allocation",
			own["unsampled"] <= 25 && own["allocations_unsampled"] <= 1,
			sprintf("%.1f ns, %d allocations", own["unsampled"], own["allocations_unsampled"]))
		line("SDK not configured", "<= 4 ns", own["not_configured"] <= 4,
			sprintf("%.1f ns", own["not_configured"]))
		line("allocations per span, steady state", "0", own["allocations_per_span"] < 0.0005,
			own["allocations_per_span"])
		line("encode to OTLP", "<= 60 ns a span", own["encode"] <= 60,
			sprintf("%.1f ns, %.0f bytes", own["encode"], own["bytes_per_span"]))
		ratio = own["two_threads"] / own["one_thread"]
		line("two threads", ">= 1.9 x one thread", ratio >= 1.9, sprintf("%.2f x", ratio))
		print "\n" also
		if (own["dropped"] != 0)
			print "spans were dropped: these numbers are worth nothing"
	}' "$out/bench.txt" "$out/peer.txt" | tee "$out/bench.md"
[ -z "$page" ] || {
	sed '/^<!-- bench -->/q' "$page"
	echo
	cat "$out/bench.md"
	echo
	sed -n '/^<!-- \/bench -->/,$p' "$page"
} >"$out/page" && { [ -z "$page" ] || cp "$out/page" "$page"; }
