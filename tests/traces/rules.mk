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

# Fuzzing, as of the SDK: `make test` tries the committed inputs and changes of them, with AddressSanitizer
# and UBSan; `make fuzz-traces SECONDS=60` lets libFuzzer look for more.
TRACES_FUZZED := tests/traces/fuzz.c $(wildcard analyzer/base/*.c analyzer/traces/*.c) \
	$(addprefix analyzer/report/,pen.c utf8.c jsonout.c columns.c) $(BUILD)/gen/embedded.c
.PHONY: test-traces-fuzz fuzz-traces
$(TRACES_OUT)/replay: $(TRACES_FUZZED) tests/sdk/fuzz/replay.c $(wildcard analyzer/base/*.h analyzer/traces/*.h)
	@mkdir -p $(@D)
	@$(CC) -std=c11 -D_GNU_SOURCE -g -O1 -Wall -Wextra -fsanitize=address,undefined -fno-sanitize-recover=all \
		-Ianalyzer -I$(BUILD)/gen $(PACKAGE_CFLAGS) -o $@ $(TRACES_FUZZED) tests/sdk/fuzz/replay.c $(ALL_LIBS)

test-traces-fuzz: $(TRACES_OUT)/replay
	@timeout 600 $(TRACES_OUT)/replay tests/traces/seeds/* || \
		{ echo "FAIL traces-fuzz | again: make test-traces-fuzz"; exit 1; }

fuzz-traces: $(BUILD)/gen/embedded.c
	@mkdir -p $(TRACES_OUT)/corpus $(TRACES_OUT)/found
	$(shell sh tests/setup/llvm.sh clang) -std=c11 -D_GNU_SOURCE -g -O1 -w -Ianalyzer -I$(BUILD)/gen $(PACKAGE_CFLAGS) \
		-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -o $(TRACES_OUT)/fuzz $(TRACES_FUZZED) $(ALL_LIBS)
	$(TRACES_OUT)/fuzz -max_total_time=$(SECONDS) -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
		-artifact_prefix=$(TRACES_OUT)/found/ $(TRACES_OUT)/corpus tests/traces/seeds
