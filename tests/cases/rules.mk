# Whole runs of the program: make test-cases ONLY=name; make update-cases ONLY=name
.PHONY: test-cases update-cases test-cases-self test-determinism
test-cases: $(BUILD)/otel-tidy
	@OTEL_TIDY=$(BUILD)/otel-tidy tests/cases/run $(ONLY)

update-cases: $(BUILD)/otel-tidy
	@OTEL_TIDY=$(BUILD)/otel-tidy tests/cases/run --update $(ONLY)

test-cases-self:
	@sh tests/cases/self.sh

test-determinism: $(BUILD)/otel-tidy
	@sh tests/cases/determinism.sh $(BUILD)/otel-tidy
