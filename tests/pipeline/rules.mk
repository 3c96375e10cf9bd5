# What otel-tidy says of configurations, against a running Collector: make test-pipeline ONLY=part-of-a-name
.PHONY: test-pipeline
test-pipeline: $(BUILD)/otel-tidy
	@otelcol=$$(sh lab/collector/build.sh) && \
		python3 tests/pipeline/run.py "$$otelcol" $(BUILD)/otel-tidy $(BUILD)/tests/pipeline $(ONLY)

# Configuration of every kind, cut at every length and with bytes changed, under AddressSanitizer and UBSan; `make
# fuzz-pipeline SECONDS=60` lets libFuzzer look for more.
FUZZ_PIPELINE := tests/pipeline/fuzz.c $(wildcard analyzer/pipeline/*.c) analyzer/cli/draw.c analyzer/cli/plan.c \
	$(addprefix analyzer/base/,arena.c hash.c json.c map.c path.c str.c yaml.c yaml_value.c) $(BUILD)/gen/embedded.c
FUZZ_SEEDS := $(wildcard rules/sampling/*/bad_*.yaml tests/cases/pipeline-*/*.yaml tests/cases/pipeline-*/*.env \
	tests/cases/pipeline-*/*.md)
FUZZ_FLAGS = $(filter-out -O2,$(ALL_CFLAGS)) -O1 -fsanitize=address,undefined -fno-sanitize-recover=all
$(BUILD)/tests/replay-pipeline: $(FUZZ_PIPELINE) tests/sdk/fuzz/replay.c $(wildcard analyzer/pipeline/*.h analyzer/base/*.h)
	@mkdir -p $(@D)
	$(call say,compile,$@)
	$(Q)$(CC) $(FUZZ_FLAGS) -Wno-missing-prototypes -o $@ $(filter %.c,$^) $(ALL_LIBS)

.PHONY: test-pipeline-fuzz fuzz-pipeline
test-pipeline-fuzz: $(BUILD)/tests/replay-pipeline
	@ASAN_OPTIONS=detect_leaks=0 timeout 600 $< $(FUZZ_SEEDS) || { echo "FAIL pipeline-fuzz | again: make test-pipeline-fuzz"; exit 1; }

SECONDS ?= 60
fuzz-pipeline: $(BUILD)/gen/embedded.c
	@mkdir -p $(BUILD)/fuzz-pipeline && cp $(FUZZ_SEEDS) $(BUILD)/fuzz-pipeline/ 2>/dev/null; \
	$$(sh tests/setup/llvm.sh clang) $(FUZZ_FLAGS) -fsanitize=fuzzer -o $(BUILD)/tests/fuzz-pipeline $(FUZZ_PIPELINE) $(ALL_LIBS) && \
		$(BUILD)/tests/fuzz-pipeline -max_total_time=$(SECONDS) -timeout=20 -max_len=16384 $(BUILD)/fuzz-pipeline

# What we show and ship is what we ask of others: pages and the lab's configurations, under the strict profile. Those that
# are tiers of one system are judged together.
.PHONY: test-pipeline-own
PIPELINE_PAGES = $(wildcard README.md docs/*.md docs/internals/*.md docs/guide/*.md lab/*.md lab/*/*.md)
PIPELINE_ALONE = $(filter-out %/aws-sidecar.yaml %/aws-gateway.yaml %/prometheus.yaml,$(wildcard lab/collector/*.yaml))
test-pipeline-own: $(BUILD)/otel-tidy
	@judge() { $(BUILD)/otel-tidy pipeline --no-config --profile strict -q "$$@" || \
		{ echo "FAIL pipeline-own: $$* | again: make test-pipeline-own"; exit 1; }; }; \
	judge $(PIPELINE_PAGES); \
	for f in $(PIPELINE_ALONE); do judge $$f; done; \
	judge lab/collector/aws-sidecar.yaml lab/collector/aws-gateway.yaml; \
	judge lab/collector/two-tier/balancer.yaml lab/collector/two-tier/gateway.yaml; \
	echo "$$(($(words $(PIPELINE_ALONE)) + 3)) passed, 0 failed"
