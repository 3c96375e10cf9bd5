# Keys of the conventions against the rules about private data: make test-private
.PHONY: test-private
test-private: $(BUILD)/otel-tidy
	@python3 tests/private/registry.py $(BUILD)/otel-tidy $(BUILD)
