sed -i.bak -e 's/type: probabilistic/type: always_sample/' -e '/probabilistic:/d' -e '/sampling_percentage/d' collector.yaml && rm collector.yaml.bak
