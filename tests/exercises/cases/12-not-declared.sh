sed -i.bak 's/exporters: \[file\/traces, span_metrics\]/exporters: [span_metrics, forward]/' collector.yaml && rm collector.yaml.bak
