# Files of traces: memory that does not grow with them. The rest of `otel-tidy trace` is in tests/cases.
TRACES_OUT := $(BUILD)/traces
.PHONY: test-traces-memory bench-traces
# AddressSanitizer keeps what was freed: its peak says nothing about the program's.
test-traces-memory: $(BUILD)/otel-tidy $(TRACES_OUT)/48.jsonl
ifeq ($(SAN),1)
	@for view in "" --tree; do $(BUILD)/otel-tidy trace $(TRACES_OUT)/48.jsonl $$view >/dev/null || exit; done
	@echo "2 passed, 0 failed"
else
	@python3 tests/traces/memory.py $(BUILD)/otel-tidy $(TRACES_OUT)/48.jsonl --check
endif

$(TRACES_OUT)/%.jsonl: tests/traces/generate.py
	@mkdir -p $(@D)
	python3 tests/traces/generate.py $* $@

# A file of 1 GiB, or of MIB=n.
bench-traces: $(BUILD)/otel-tidy $(TRACES_OUT)/$(or $(MIB),1024).jsonl
	@python3 tests/traces/memory.py $(BUILD)/otel-tidy $(TRACES_OUT)/$(or $(MIB),1024).jsonl

# The page of --html in a headless Chromium. PICTURES=1 leaves pictures in build/traces/browser.
.PHONY: test-traces-browser
test-traces-browser: $(BUILD)/otel-tidy
	@python3 tests/traces/browser.py $(BUILD)/otel-tidy $(TRACES_OUT)/browser $(PICTURES:%=--pictures)
