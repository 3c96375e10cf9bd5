# How many orders the metrics know: reads OTLP JSON lines of metrics and adds up the newest counts of
# calls of "place order". Prints "CALLS FAILED".
/calls"/ {
	gsub(/[{]"attributes":\[/, "\n&")
	n = split($0, part, "\n")
	nr = failed = 0
	for (i = 2; i <= n; i++)
		if (part[i] ~ /"place order"/ && match(part[i], /"asInt":"[0-9]+"/)) {
			calls = substr(part[i], RSTART + 9, RLENGTH - 10) + 0
			nr += calls
			if (part[i] ~ /STATUS_CODE_ERROR/)
				failed += calls
		}
	if (nr) {
		last_nr = nr
		last_failed = failed
	}
}
END { print last_nr + 0, last_failed + 0 }
