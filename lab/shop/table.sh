#!/bin/sh
# Plays the same day through the three instrumentations, in turn and several times, and makes the one
# table of it:
#
#	table.sh OTEL-TIDY OUT LIBCTEL-AUTO      OUT: build/lab/shop
#
# Writes OUT/table.md and OUT/table.json; nothing in them is typed in by hand. ROUNDS, ORDERS (of each
# round), RATE and SEED change the days, SLOW_MS what counts as slow, HEAD and TAIL the shares that
# sampling keeps. Rounds are many and short, and each plays all of it in turn, with tracing off and on:
# whatever else the machine does meets all alike.
set -eu
LC_ALL=C
export LC_ALL
program=$1 out=$2 auto=$3
here=$(dirname "$0")
rounds=${ROUNDS:-16} orders=${ORDERS:-120} rate=${RATE:-300} seed=${SEED:-42} warmup=30
slow=${SLOW_MS:-60} head=${HEAD:-0.1} tail=${TAIL:-0.05}
work=$out/table
rm -rf "$work"
mkdir -p "$work"

fail() {
	echo "table.sh: $*" >&2
	exit 1
}

# Once through the shop: KIND, and "on" or "off" for its tracing. The baseline is the same program.
play() {
	kind=$1 mode=$2 dir=$work/day
	rm -rf "$dir"
	mkdir -p "$dir"
	set -- --kind "$kind" --bin "$out" --dir "$dir" --seed $((seed + round)) --orders "$orders" \
		--rate "$rate" --warmup "$warmup"
	[ "$mode" = off ] || set -- "$@" --spans
	[ "$kind-$mode" != under-on ] || set -- "$@" --preload "$auto"
	# A queue that holds what a burst makes: over/ loses spans with the default one.
	OTEL_BSP_MAX_QUEUE_SIZE=65536 SHOP_STATS=$dir/stats "$out/day" "$@" || fail "$kind ($mode) failed"
	! grep -q 'dropped [1-9]' "$dir/stats" 2>/dev/null || fail "$kind lost spans: see $dir/stats"
	cut -f1-5 "$dir/truth.tsv" >"$dir/business"
	[ -f "$work/business-$round" ] || cp "$dir/business" "$work/business-$round"
	cmp "$work/business-$round" "$dir/business" || fail "$kind did other business"
	sed -n 's/^cpu_us //p' "$dir/measured.txt" >>"$work/$kind-$mode-cpu"
	# Latency is that of orders whose goods are near: the wait for the others is the shop's own.
	awk -F '\t' -v warmup=$warmup 'NR > warmup && $5 == "near" { print $6 }' "$dir/truth.tsv" \
		>>"$work/$kind-$mode-latency"
	[ "$mode" = off ] || cat "$dir"/*.jsonl >>"$work/$kind.jsonl"
}

round=1
while [ $round -le "$rounds" ]; do
	for kind in under right over; do
		if [ $((round % 2)) -eq 1 ]; then
			play $kind off
			play $kind on
		else
			play $kind on
			play $kind off
		fi
	done
	round=$((round + 1))
done
for kind in under right over; do
	for mode in off on; do
		sort -n "$work/$kind-$mode-latency" | awk -v kind=$kind -v mode=$mode '
			{ v[NR] = $1 }
			END {
				print kind, mode "_p50_us", v[int((NR - 1) * 0.5 + 1.5)]
				print kind, mode "_p99_us", v[int((NR - 1) * 0.99 + 1.5)]
			}'
		sort -n "$work/$kind-$mode-cpu" | awk -v kind=$kind -v mode=$mode '
			{ v[NR] = $1 }
			END { print kind, mode "_cpu_us", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
	done
done >"$work/times"

# What the days know of the answer.
awk -F '\t' '$4 == "provider_error" { n[$2 " " $3]++ } END { for (k in n) print n[k], k }' \
	"$work"/business-* | sort >"$work/truth"

{
	for kind in under right over; do
		case $kind in
		under) sampling=head:$head ;;
		right) sampling=tail:$tail ;;
		over) sampling=all ;;
		esac
		"$out/tally" count $sampling "$slow" "$work/$kind.jsonl" | sed "s/^/$kind /"
		echo "$kind sampling $sampling"
		sh "$here/answer.sh" "$program" "$work/truth" "$work/$kind-answer" "$work/$kind.jsonl" |
			sed "s/^/$kind answer /"
		config=--no-config
		[ $kind != under ] || config="--config $here/checkout/under/otel-tidy.json"
		# shellcheck disable=SC2086 # one or two words
		rc=0
		"$program" check --color never $config -p "$out/$kind" >"$work/$kind-findings" || rc=$?
		[ $rc -le 1 ] || fail "otel-tidy check ended with status $rc"
		grep -E '^(No|[0-9]+) findings?' "$work/$kind-findings" |
			sed -e 's/ finding.*//' -e 's/^No$/0/' -e "s/^/$kind findings /"
	done
	cat "$work/times"
	echo "all orders $(((orders + warmup) * rounds))"
	echo "all measured $((orders * rounds))"
	echo "all rate $rate"
	echo "all rounds $rounds"
	echo "all seed $seed"
	echo "all slow_ms $slow"
} >"$work/numbers"
rm -f "$work/under.jsonl" "$work/over.jsonl"

awk -f "$here/table.awk" -v numbers="$work/numbers" -v markdown="$out/table.md" -v json="$out/table.json"
