# The real Collector, for the exercises about it. Sourced by lab/lab; works in the exercise's folder.
# shellcheck shell=sh

collector_pid=

# Ends the one that was started here, and waits for what it still writes.
collector_stop() {
	[ -n "$collector_pid" ] || return 0
	kill "$collector_pid" 2>/dev/null
	wait "$collector_pid" 2>/dev/null
	collector_pid=
}

# Where it is; or 1, and what to do.
collector_find() {
	collector=$(cd "$top" && BUILD=$tools sh lab/collector/build.sh --find 2>/dev/null) && return
	if [ -n "${OTELCOL:-}" ]; then
		echo "OTELCOL=$OTELCOL is no program. Name an OpenTelemetry Collector, or unset OTELCOL."
	else
		echo "This exercise needs the OpenTelemetry Collector, and there is none yet. One of these:"
		echo
		echo "    make collector                builds one, once; some minutes, and Go"
		echo "    PATH=/where/it/is:\$PATH       an otelcol-contrib or otelcol found there is used"
		echo "    OTELCOL=/path/of/otelcol      so is this one"
	fi
	return 1
}

# What it says is wrong with collector.yaml, shortened to what helps.
collector_complaint() {
	sed -n -e 's/^Error: //p' -e 's/^error decoding/&/p' -e 's/^\* //p' -e "s/^'/'/p" "$1" | awk 'NF' |
		sed 's/^.*retrieved value (type=string) cannot be used as a Conf: assuming string type since contents are not valid YAML: //' |
		head -n 4
}

# Starts it with collector.yaml and sets collector_port; or says why not.
collector_start() {
	rm -f build/collector.log build/traces.jsonl build/metrics.jsonl
	if ! "$collector" validate --config collector.yaml >build/collector.log 2>&1; then
		echo "The Collector does not take collector.yaml:"
		echo
		collector_complaint build/collector.log | sed 's/^/    /'
		return 1
	fi
	"$collector" --config collector.yaml >build/collector.log 2>&1 &
	collector_pid=$!
	tries=0
	until grep -q 'Everything is ready' build/collector.log; do
		tries=$((tries + 1))
		if ! kill -0 "$collector_pid" 2>/dev/null || [ $tries -gt 300 ]; then
			collector_stop
			echo "The Collector does not start with collector.yaml:"
			echo
			collector_complaint build/collector.log | sed 's/^/    /'
			return 1
		fi
		sleep 0.1
	done
	collector_port=$(sed -n 's/.*Starting HTTP server.*"endpoint": "127\.0\.0\.1:\([0-9]*\)".*/\1/p' build/collector.log | head -n 1)
	[ -n "$collector_port" ] && return
	collector_stop
	echo "The Collector listens on no HTTP port of 127.0.0.1: the receiver in collector.yaml was changed."
	return 1
}

# Plays the day into it and leaves what came of it in build/. The sender's own words: build/out.txt.
collector_play() {
	(
		clean_environment
		OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:$collector_port
		OTEL_BSP_MAX_QUEUE_SIZE=8192
		export OTEL_EXPORTER_OTLP_ENDPOINT OTEL_BSP_MAX_QUEUE_SIZE
		limited ./build/day 400 42 gateway
	) >build/out.txt 2>build/err.txt || {
		collector_stop
		echo "The shop could not send its spans to the Collector:"
		echo
		head -n 3 build/err.txt | sed 's/^/    /'
		return 1
	}
	sleep 2 # decision_wait, and the second in which decisions are made
	before=
	tries=0
	while [ $tries -lt 8 ]; do # busy machines need longer
		now=$(collector_counts)
		case $now in
		*none*) ;;
		"$before") break ;;
		esac
		before=$now
		tries=$((tries + 1))
		sleep 1
	done
	collector_stop
}

# What has come out so far; has a "none" while something that is to come has not begun.
collector_counts() {
	counts=
	for file in traces metrics; do
		grep -q "build/$file.jsonl" collector.yaml || continue
		case $file in traces) script=kept ;; metrics) script=calls ;; esac
		if [ -s "build/$file.jsonl" ]; then
			counts="$counts $(awk -f "$from/common/$script.awk" "build/$file.jsonl")"
		else
			counts="$counts none"
		fi
	done
	echo "$counts"
}
