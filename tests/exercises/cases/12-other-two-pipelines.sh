awk '/pipelines:/ { in_pipelines = 1 }
in_pipelines && /^    metrics:/ {
	print "    traces/counted:\n      receivers: [otlp]\n      processors: [memory_limiter]\n      exporters: [span_metrics]"
}
{ sub(/exporters: \[file\/traces, span_metrics\]/, "exporters: [file/traces]"); print }' collector.yaml >now && mv now collector.yaml
