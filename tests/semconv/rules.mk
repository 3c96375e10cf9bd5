# The registry of attributes, each of them set once.
.PHONY: test-semconv
test-semconv: $(BUILD)/otel-tidy
	@python3 tests/semconv/deprecated.py $(BUILD)/otel-tidy
