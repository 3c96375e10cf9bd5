sed -i.bak 's/processors: \[memory_limiter, tail_sampling\]/processors: [memory_limiter]/' collector.yaml && rm collector.yaml.bak
