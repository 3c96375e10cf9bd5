# Head sampling is judged by what is left of the failed payments.
steps='builds tidy kept behaviour'
edits=otel.env

title_kept() {
	echo "no failed payment is missing from the traces"
}

left() {
	if [ -s build/trace.jsonl ]; then
		awk -f "$from/common/kept.awk" build/trace.jsonl
	else
		echo 0 0 0 0
	fi
}

report() {
	# shellcheck disable=SC2046 # four numbers
	set -- $(left)
	printf '    %-22s %8s %8s\n' '' 'real day' 'in traces'
	printf '    %-22s %8d %8d\n' orders 400 "$1" 'failed payments' 14 "$2" 'slow orders' 9 "$3"
}

step_kept() {
	run_program || return 1
	# shellcheck disable=SC2046
	set -- $(left)
	[ "$2" -eq 14 ] && return
	report
	echo
	echo "Payments failed, and their traces were thrown away before anybody knew."
	return 1
}

show_run() {
	run_program || return 1
	cat build/out.txt
	echo
	report
}
