#!/bin/sh
# Plays the same day through the three instrumentations, in turn and several times, and makes the one
# table of it:
#
#	table.sh OTEL-TIDY OUT LIBCTEL-AUTO      OUT: build/lab/shop
#
# Writes OUT/table.md and OUT/table.json; nothing in them is typed in by hand. ROUNDS, ORDERS (of each
# round), RATE and SEED change the days, SLOW_MS what counts as slow, HEAD and TAIL the shares that
# sampling keeps. Where there is a Collector, the traces of right/ go through it as well. Rounds are many
# and short, and each plays all of it in turn, with tracing off and on: whatever else the machine does
# meets all alike.
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
	for name in p50_us p99_us cpu_us; do
		sed -n "s/^$name //p" "$dir/measured.txt" >>"$work/$kind-$mode-$name"
	done
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
median() {
	sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

# Differences and ratios are those of each round: a round that something else disturbed counts as one.
for kind in under right over; do
	for name in p50_us p99_us cpu_us; do
		echo "$kind off_$name $(median <"$work/$kind-off-$name")"
		echo "$kind on_$name $(median <"$work/$kind-on-$name")"
		echo "$kind added_$name $(paste "$work/$kind-off-$name" "$work/$kind-on-$name" |
			awk '{ print $2 - $1 }' | median)"
		echo "$kind ratio_${name%_us} $(paste "$work/right-on-$name" "$work/$kind-on-$name" |
			awk '{ print $2 / $1 }' | median)"
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
		rc=0
		# shellcheck disable=SC2086 # one or two words
		"$program" check --color never $config -p "$out/$kind" >"$work/$kind-findings" || rc=$?
		[ $rc -le 1 ] || fail "otel-tidy check ended with status $rc"
		grep -E '^(No|[0-9]+) findings?' "$work/$kind-findings" |
			sed -e 's/ finding.*//' -e 's/^No$/0/' -e "s/^/$kind findings /"
	done
	# An older one on PATH does not know the names of today.
	if collector=$(cd "$here/../.." && sh lab/collector/build.sh --find 2>/dev/null) &&
		"$collector" validate --config "$here/../collector/local.yaml" >/dev/null 2>&1; then
		SLOW_MS=$slow ROUTINE_PERCENT=$(awk "BEGIN { print $tail * 100 }") "$out/through" "$collector" \
			"$here/../collector/local.yaml" "$work/right.jsonl" "$work/kept.jsonl" ||
			fail "the Collector did not do its part"
		"$out/tally" count all "$slow" "$work/kept.jsonl" |
			sed -nE 's/^kept_(errors|slow|routine) /right collector_\1 /p'
		sh "$here/answer.sh" "$program" "$work/truth" "$work/collector-answer" "$work/kept.jsonl" |
			sed 's/^/right collector_answer /'
	fi
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
