# Man page and completions, in the shells themselves: make test-completion ONLY=zsh
.PHONY: test-completion
test-completion: $(BUILD)/otel-tidy
	@python3 tests/completion/run.py $(BUILD)/otel-tidy $(ONLY)
