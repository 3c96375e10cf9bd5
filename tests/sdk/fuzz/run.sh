#!/bin/sh
# Lets libFuzzer look for inputs that break the SDK: each harness in turn, with AddressSanitizer and
# UBSan. What it finds is kept in DIR and printed with the command that shows it again.
#
#	run.sh DIR SECONDS HARNESS…
set -u
cd "$(dirname "$0")/../../.."
dir=$1
seconds=$2
shift 2
clang=$(sh tests/setup/llvm.sh clang) || { echo "fuzz-sdk: no clang" >&2; exit 2; }
options=
libs=
for p in libcurl:CURL zlib:ZLIB libfyaml:FYAML; do
	pkg-config --exists "${p%:*}" || continue
	options="$options -DCTEL_HAS_${p#*:} $(pkg-config --cflags "${p%:*}")"
	libs="$libs $(pkg-config --libs "${p%:*}")"
done
failed=0
for name in "$@"; do
	program=$dir/$name
	mkdir -p "$dir/corpus-$name" "$dir/found-$name"
	sources=$(ls lab/sdk/src/*.c)
	[ "$name" = response ] && sources=$(echo "$sources" | grep -v /exporter_http.c)
	# shellcheck disable=SC2086 # lists of words
	"$clang" -std=c11 -D_GNU_SOURCE -g -O1 -w $options -Ilab/sdk/include -Ilab/sdk/src \
		-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -o "$program" \
		tests/sdk/fuzz/$name.c $sources $libs -lpthread -lm || exit 2
	# Time is the clock's: where others want the processor, too, a thread may wait for long.
	# A provider lives as long as the process: configurations are tried in several processes.
	left=$seconds
	took=0
	runs=0
	round=600
	[ "$name" = configuration ] && round=60
	while [ "$left" -gt 0 ]; do
		[ "$left" -lt "$round" ] && round=$left
		ASAN_OPTIONS=detect_leaks=$([ "$name" = configuration ] && echo 0 || echo 1) \
			timeout $((round + 120)) nice "$program" -max_total_time="$round" -timeout=60 \
			-rss_limit_mb=4096 -print_final_stats=1 -artifact_prefix="$dir/found-$name/" \
			"$dir/corpus-$name" "tests/sdk/fuzz/seeds/$name" >"$dir/$name.log" 2>&1 || {
			echo "FAIL fuzz-sdk $name: $(grep -m 1 -E 'SUMMARY|ERROR|fuzz ' "$dir/$name.log")"
			echo "    again: $program $(ls -t "$dir/found-$name"/* | head -n 1)   (whole output: $dir/$name.log)"
			failed=1
			left=0
		}
		[ "$left" -gt 0 ] && took=$((took + round))
		left=$((left - round))
		ran=$(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/$name.log")
		runs=$((runs + ${ran:-0}))
	done
	echo "$name: $took s, $runs inputs, $(ls "$dir/corpus-$name" | wc -l) kept"
done
echo "over lab/sdk/src, whose checksum is $(cat lab/sdk/src/*.[ch] | sha256sum | cut -c1-16)"
exit $failed
