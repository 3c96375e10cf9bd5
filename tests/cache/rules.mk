# The cache: identical bytes from it, nothing stale, nothing broken. make bench-warm [FILES=1000] times a run in
# which nothing changed.
.PHONY: test-cache bench-warm
test-cache: $(BUILD)/otel-tidy
	@python3 tests/cache/run.py $(BUILD)/otel-tidy $(ONLY:%=--only %)

bench-warm: $(BUILD)/otel-tidy
	@python3 tests/cache/warm.py $(BUILD)/otel-tidy $(or $(FILES),1000)
