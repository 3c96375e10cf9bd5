# What otel-tidy says of configurations, against a running Collector: make test-pipeline ONLY=part-of-a-name
.PHONY: test-pipeline
test-pipeline: $(BUILD)/otel-tidy
	@otelcol=$$(sh lab/collector/build.sh) && \
		python3 tests/pipeline/run.py "$$otelcol" $(BUILD)/otel-tidy $(BUILD)/tests/pipeline $(ONLY)
