# Fingerprints under innocent edits, 1,000 of them: make test-edits [SEED=n] [EDITS=n] [ONLY=part-of-a-path] [LANGUAGE=cpp]
.PHONY: test-edits
test-edits: $(BUILD)/otel-tidy
	@python3 tests/edits/run.py $(BUILD)/otel-tidy --clang-format "$$(sh tests/setup/llvm.sh clang-format)" \
		$(SEED:%=--seed %) $(EDITS:%=--edits %) $(ONLY:%=--only %) $(LANGUAGE:%=--language %)
