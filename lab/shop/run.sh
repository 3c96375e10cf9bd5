#!/bin/sh
# Plays the same day through each instrumentation and prints what it cost:
# run.sh OUT SEED ORDERS KIND…
set -eu
out=$1 seed=$2 orders=$3
shift 3

first=
for kind; do
	rm -f "$out/$kind.jsonl"
	OTEL_BSP_MAX_QUEUE_SIZE=65536 CTEL_FILE="$out/$kind.jsonl" "$out/checkout-$kind" --seed "$seed" --orders "$orders" \
		--db :memory: > "$out/$kind.summary"
	if [ -z "$first" ]; then
		first=$kind
		cat "$out/$kind.summary"
		printf '\n%-10s %10s %18s %18s\n' '' spans 'spans/checkout' 'bytes/checkout'
	elif ! cmp -s "$out/$first.summary" "$out/$kind.summary"; then
		echo "run.sh: $kind did other business than $first: see diff $out/$first.summary $out/$kind.summary" >&2
		exit 1
	fi
	spans=$(grep -o '"spanId":"' "$out/$kind.jsonl" | wc -l)
	bytes=$(wc -c < "$out/$kind.jsonl")
	awk -v kind="$kind" -v spans="$spans" -v bytes="$bytes" -v orders="$orders" 'BEGIN {
		printf "%-10s %10d %18.1f %18.0f\n", kind, spans, spans / orders, bytes / orders }'
done
