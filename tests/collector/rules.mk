# The lab's Collector configurations, judged by a Collector that runs. SEED=n repeats one run of the proof.
PROOF_OUT := $(abspath $(BUILD))/proof

.PHONY: test-collector-config test-collector-proof proof
test-collector-config: $(BUILD)/otel-tidy
	@collector=$$(sh lab/collector/build.sh) && sh tests/collector/config.sh "$$collector" $(PROOF_OUT) $<

test-collector-proof:
	@collector=$$(sh lab/collector/build.sh) && timeout 300 python3 -B tests/collector/proof.py "$$collector" \
		$(PROOF_OUT) $(SEED:%=--seed %)

# RUNS=10: ten seeds, and tests/collector/PROOF.md says what was seen.
RUNS ?= 10
proof:
	@collector=$$(sh lab/collector/build.sh) && python3 -B tests/collector/proof.py "$$collector" $(PROOF_OUT) \
		--runs $(RUNS) $(if $(filter 10,$(RUNS)),--report tests/collector/PROOF.md)
