# What is left of a day: reads OTLP JSON lines and counts traces whose root is "place order".
# Prints "TRACES FAILED SLOW SPANS"; a trace counts once, also when it is there twice.
{
	gsub(/[{]"traceId":"/, "\n&")
	n = split($0, part, "\n")
	for (i = 2; i <= n; i++) {
		nr_spans++
		if (part[i] !~ /"name":"place order"/)
			continue
		trace = substr(part[i], 13, 32)
		if (trace in seen)
			continue
		seen[trace] = 1
		nr_traces++
		if (part[i] ~ /"code":2/)
			nr_failed++
		else if (ms(part[i], "endTimeUnixNano") - ms(part[i], "startTimeUnixNano") >= 1000)
			nr_slow++
	}
}
# Milliseconds; the last six digits would be lost in a double anyway.
function ms(text, key, at) {
	at = index(text, "\"" key "\":\"")
	text = substr(text, at + length(key) + 4)
	return substr(text, 6, index(text, "\"") - 12) + 0
}
END { print nr_traces + 0, nr_failed + 0, nr_slow + 0, nr_spans + 0 }
