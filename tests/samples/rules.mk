# The samples in seven languages, run against a real Collector: make test-samples is C and C++, which
# `make test` has; make samples-test is all, or LANGS="go rust"; UPDATE=1 writes what was seen.
SAMPLE_LANGS := c cpp go java javascript python rust
SAMPLES_RUN   = collector=$$(sh lab/collector/build.sh) && CC='$(CC)' SAN='$(SAN)' timeout 1200 python3 -B \
	tests/samples/run.py $(UPDATE:1=--update) "$$collector" $(BUILD)/otel-tidy $(abspath $(BUILD))/samples

.PHONY: test-samples samples-test
test-samples: $(BUILD)/otel-tidy
	@$(SAMPLES_RUN) c cpp

samples-test: $(BUILD)/otel-tidy
	@$(SAMPLES_RUN) $(or $(LANGS),$(SAMPLE_LANGS))
