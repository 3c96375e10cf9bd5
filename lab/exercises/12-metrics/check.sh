# Metrics are made of all traces, before any is dropped; by a real Collector.
steps='builds tidy collector counted kept'
edits=collector.yaml
tidy='pipeline collector.yaml'

title_collector() {
	echo "a real Collector runs with collector.yaml"
}

title_kept() {
	echo "it keeps every failed and every slow order, and a tenth of the rest"
}

step_collector() {
	collector_find && collector_start && collector_play
}

left() {
	if [ -s build/traces.jsonl ]; then
		awk -f "$from/common/kept.awk" build/traces.jsonl
	else
		echo 0 0 0 0
	fi
}

report() {
	# shellcheck disable=SC2046 # four numbers
	set -- $(left)
	printf '    %-22s %8s %8s\n' '' sent kept
	printf '    %-22s %8d %8d\n' 'failed orders' 14 "$2" 'slow orders' 9 "$3" 'all others' 377 $(($1 - $2 - $3))
}

# Of 377 others a tenth: 38; 10 to 65 is within 4.6 standard deviations.
step_kept() {
	# shellcheck disable=SC2046
	set -- $(left)
	others=$(($1 - $2 - $3))
	complaint=
	if [ "$2" -lt 14 ]; then
		complaint="Failed orders are lost: a policy has to keep every trace with an error."
	elif [ "$3" -lt 9 ]; then
		complaint="Slow orders are lost: a policy has to keep every trace of a second or more."
	elif [ $others -gt 65 ]; then
		complaint="Nobody reads this many routine traces: about a tenth is wanted."
	elif [ $others -lt 10 ]; then
		complaint="Without some routine traces nobody knows what normal looks like: about a tenth is wanted."
	fi
	[ -z "$complaint" ] && return
	report
	printf '\n%s\n' "$complaint"
	return 1
}

show_run() {
	collector_find && collector_start && collector_play || return 1
	cat build/out.txt
	echo
	report
}

title_counted() {
	echo "the metrics know every order"
}

counted() {
	if [ -s build/metrics.jsonl ]; then
		awk -f "$from/common/calls.awk" build/metrics.jsonl
	else
		echo 0 0
	fi
}

report_metrics() {
	# shellcheck disable=SC2046 # two numbers
	set -- $(counted)
	printf '    %-22s %8s %8s\n' '' 'real day' metrics
	printf '    %-22s %8d %8d\n' orders 400 "$1" 'failed orders' 14 "$2"
	awk -v nr="$1" -v failed="$2" 'BEGIN {
		printf "    %-22s %7.1f%% %7.1f%%\n", "failure rate", 3.5, nr ? 100 * failed / nr : 0 }'
}

step_counted() {
	# shellcheck disable=SC2046
	set -- $(counted)
	[ "$1 $2" = '400 14' ] && return
	report_metrics
	echo
	if [ "$1" -eq 0 ]; then
		echo "There are no metrics: some pipeline has to export to span_metrics, and one to receive from it."
	elif [ "$1" -lt 400 ]; then
		echo "Counted was what sampling had left: the metrics have to be made before it."
	else
		echo "Orders were counted more than once: one pipeline alone exports to span_metrics."
	fi
	return 1
}

show_run() {
	collector_find && collector_start && collector_play || return 1
	cat build/out.txt
	echo
	report_metrics
	echo
	report
}
