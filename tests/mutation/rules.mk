# Recall by mutation: make mutation (minutes); make test-mutation, a fixed sample of it.
MUTATION_CLANG = $(shell sh tests/setup/llvm.sh clang)

.PHONY: mutation test-mutation
mutation: $(BUILD)/otel-tidy
	@python3 tests/mutation/run.py --tool $(BUILD)/otel-tidy --build $(BUILD) --clang $(MUTATION_CLANG) \
		--write tests/mutation/RESULTS.md $(if $(ONLY),--only "$(ONLY)") $(if $(RULE),--rule $(RULE))

test-mutation: $(BUILD)/otel-tidy
	@python3 tests/mutation/run.py --tool $(BUILD)/otel-tidy --build $(BUILD) --clang $(MUTATION_CLANG) --quick
