#!/bin/sh
# The shop over HTTP, with each instrumentation: test_day.sh OTEL-TIDY OUT LIBCTEL-AUTO
# (OUT: build/lab/shop)
#
# The same seed is the same day, with tracing off and on; the services end with status 0 and leave nobody
# behind; what the exported traces say of failed payments is compared with what the day knows, and the
# spans of one order make one trace across all services.
set -eu
program=$1 out=$2 auto=$3
work=$out/test
rm -rf "$work"
mkdir -p "$work"
passed=0 failed=0

check() { # what, command…
	what=$1
	shift
	if "$@" >"$work/check.log" 2>&1; then
		passed=$((passed + 1))
	else
		tail -n 12 "$work/check.log"
		echo "FAIL lab: $what | again: make test-lab"
		failed=$((failed + 1))
	fi
}

play() { # name kind options…
	name=$1 kind=$2
	shift 2
	mkdir -p "$work/$name"
	OTEL_BSP_MAX_QUEUE_SIZE=65536 SHOP_STATS=$work/$name/stats "$out/day" --kind "$kind" --bin "$out" \
		--dir "$work/$name" --seed 7 --orders 300 "$@"
}

has_answer() { # yes, buried, no; name
	awk -F '\t' '$4 == "provider_error" { n[$2 " " $3]++ } END { for (k in n) print n[k], k }' \
		"$work/$2/truth.tsv" | sort >"$work/truth"
	found=$(sh lab/shop/answer.sh "$program" "$work/truth" "$work/answer" "$work/$2"/*.jsonl)
	cat "$work/answer"
	[ "$found" = "$1" ]
}

same_business() {
	cut -f1-5 "$work/$1/truth.tsv" >"$work/a"
	cut -f1-5 "$work/$2/truth.tsv" >"$work/b"
	diff "$work/a" "$work/b"
}

# A trace for each order, with one root, across all services.
one_trace_each() {
	"$out/tally" count all 60 "$work/$1"/*.jsonl | tee "$work/count"
	grep -qx 'traces 300' "$work/count" && grep -qx 'roots 300' "$work/count"
}

# What the storefront and the checkout know stands on each span of the services behind them.
carries_baggage() {
	for route in charge:payment reserve:inventory; do
		"$program" trace --color never "$work/$1/${route#*:}.jsonl" \
			--query "http.route=/${route%:*} group by tenant.id, app.feature.payment_v2"
	done >"$work/carried"
	cat "$work/carried"
	grep -q '^globex  *true ' "$work/carried" && ! grep -Eq '^-|[a-z]  *-' "$work/carried"
}

nobody_left() {
	! pgrep -f "$out/(checkout|storefront|payment|inventory)-.*$work"
}

check 'under runs' play under under --spans --preload "$auto"
check 'right runs' play right right --spans
check 'over runs' play over over --spans
check 'right runs without tracing' play off right
check 'right again' play again right --spans --concurrency 1
check 'the same day under and right' same_business under right
check 'the same day over and right' same_business over right
check 'the same day with tracing off' same_business off right
check 'the same day with one customer at a time' same_business again right
check 'the answer of under' has_answer no under
check 'the answer of right' has_answer yes right
check 'the answer of over' has_answer buried over
check 'one trace for each order' one_trace_each right
check 'tenant and flag in every service' carries_baggage right
check 'nothing dropped' grep -q 'dropped 0' "$work/right/stats"
check 'no process left' nobody_left
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
