# Build farms: what ninja makes of `otel-tidy ninja` is what `otel-tidy check` says. make test-ninja
.PHONY: test-ninja
test-ninja: $(BUILD)/otel-tidy
	@python3 tests/ninja/run.py $(BUILD)/otel-tidy
