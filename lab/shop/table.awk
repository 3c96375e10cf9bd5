# Makes table.md and table.json of what table.sh collected.
#	-v numbers=FILE      "kind name value"
#	-v markdown=FILE -v json=FILE

function row(title, u, r, o) {
	print "| " title " | " u " | " r " | " o " |" > markdown
}

function each(title, format, name,    k, cell) {
	for (k = 1; k <= 3; k++)
		cell[k] = sprintf(format, value[kinds[k], name])
	row(title, cell[1], cell[2], cell[3])
}

function micros(us) {
	return sprintf("%+.2f ms", us / 1000)
}

function against(kind) {
	return sprintf("%.2f x, %.2f x, %.1f x", value[kind, "ratio_p50"], value[kind, "ratio_cpu"], value[kind, "ratio_bytes"])
}

# The baselines are the same work three times: what they differ by is the machine's noise.
function noise(name,    k, least, most) {
	least = most = value["under", name]
	for (k = 2; k <= 3; k++) {
		if (value[kinds[k], name] < least)
			least = value[kinds[k], name]
		if (value[kinds[k], name] > most)
			most = value[kinds[k], name]
	}
	return (most - least) / 1000
}

function kept(class,    k, cell) {
	for (k = 1; k <= 3; k++)
		cell[k] = value[kinds[k], "kept_" class] " of " value[kinds[k], class]
	row("kept of the " (class == "errors" ? "traces with errors" : class " traces"), cell[1], cell[2], cell[3])
}

function way(text) {
	if (text == "all")
		return "none"
	return substr(text, 1, 4) ", " substr(text, 6) * 100 " %"
}

function set(kind, name, x) {
	value[kind, name] = x
}

BEGIN {
	while ((getline line < numbers) > 0) {
		split(line, f, " ")
		value[f[1], f[2]] = f[3]
	}
	split("under right over", kinds, " ")
	rounds = value["all", "rounds"]
	orders = value["all", "orders"]
	month = 100 * 86400 * 30
	for (i = 1; i <= 3; i++) {
		k = kinds[i]
		set(k, "spans_per_checkout", value[k, "spans"] / orders)
		set(k, "bytes_per_checkout", value[k, "bytes"] / orders)
		set(k, "ratio_bytes", value[k, "bytes"] / value["right", "bytes"])
		set(k, "ratio_spans", value[k, "spans"] / value["right", "spans"])
		set(k, "month_sent_gb", value[k, "bytes"] / orders * month / 1e9)
		set(k, "month_kept_gb", value[k, "kept_bytes"] / orders * month / 1e9)
	}
	printf "" > markdown
	row("", "under", "right", "over")
	row("---", "---", "---", "---")
	each("spans per checkout", "%.1f", "spans_per_checkout")
	each("bytes per checkout, as OTLP JSON", "%.0f", "bytes_per_checkout")
	row("added latency, p50", micros(value["under", "added_p50_us"]), \
		micros(value["right", "added_p50_us"]), micros(value["over", "added_p50_us"]))
	row("added latency, p99", micros(value["under", "added_p99_us"]), \
		micros(value["right", "added_p99_us"]), micros(value["over", "added_p99_us"]))
	row("added CPU per request", micros(value["under", "added_cpu_us"]), \
		micros(value["right", "added_cpu_us"]), micros(value["over", "added_cpu_us"]))
	row("against right/: p50, CPU, bytes", against("under"), "1", against("over"))
	row("sampling", way(value["under", "sampling"]), way(value["right", "sampling"]), way(value["over", "sampling"]))
	kept("errors")
	kept("slow")
	kept("routine")
	if (("right", "collector_errors") in value)
		row("the same by a Collector that runs: errors, slow, routine", "", value["right", "collector_errors"] ", " \
			value["right", "collector_slow"] ", " value["right", "collector_routine"], "")
	each("failed payments: which tenants, under which flag?", "%s", "answer")
	if (("right", "collector_answer") in value)
		row("the same, asked of what the Collector kept", "", value["right", "collector_answer"], "")
	each("otel-tidy findings", "%d", "findings")
	each("a month at 100 requests/s, exported", "%.0f GB", "month_sent_gb")
	each("a month at 100 requests/s, kept", "%.0f GB", "month_kept_gb")
	print "" > markdown
	printf "%d orders at %d a second, in %d rounds (seed %d), each with tracing off and on in turn; the medians\n" \
		"of the rounds. Slow is %d ms and more; what sampling keeps is worked out over the exported files. With\n" \
		"tracing off: p50 %.2f ms, p99 %.2f ms, CPU %.2f ms a request; the three baselines differ by %.2f, %.2f\n" \
		"and %.2f ms, and smaller differences mean nothing.\n", value["all", "measured"], value["all", "rate"], \
		rounds, value["all", "seed"], value["all", "slow_ms"], value["right", "off_p50_us"] / 1000, \
		value["right", "off_p99_us"] / 1000, value["right", "off_cpu_us"] / 1000, noise("off_p50_us"), \
		noise("off_p99_us"), noise("off_cpu_us") > markdown

	nr = split("spans_per_checkout bytes_per_checkout added_p50_us added_p99_us added_cpu_us off_p50_us " \
		"off_p99_us off_cpu_us on_p50_us on_p99_us on_cpu_us spans error_spans bytes traces errors slow routine kept_errors " \
		"kept_slow kept_routine kept_bytes sampling answer collector_errors collector_slow " \
		"collector_routine collector_answer findings month_sent_gb month_kept_gb ratio_p50 " \
		"ratio_p99 ratio_cpu ratio_bytes ratio_spans", names, " ")
	printf "{\n\t\"day\": {\"orders\": %d, \"measured\": %d, \"rate\": %d, \"rounds\": %d, \"seed\": %d, \"slow_ms\": %d}", \
		orders, value["all", "measured"], value["all", "rate"], rounds, value["all", "seed"], value["all", "slow_ms"] > json
	for (i = 1; i <= 3; i++) {
		printf ",\n\t\"%s\": {", kinds[i] > json
		comma = ""
		for (n = 1; n <= nr; n++)
			if ((kinds[i], names[n]) in value) {
				x = value[kinds[i], names[n]]
				printf "%s\n\t\t\"%s\": %s", comma, names[n], \
					x ~ /^[-+0-9.e]+$/ ? sprintf("%.10g", x) : "\"" x "\"" > json
				comma = ","
			}
		printf "\n\t}" > json
	}
	print "\n}" > json
}
