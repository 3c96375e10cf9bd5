# What `otel-tidy fix` writes: make test-fix ONLY=part-of-a-path; make update-fix writes the texts anew.
.PHONY: test-fix update-fix
test-fix: $(BUILD)/otel-tidy
	@python3 tests/fix/run.py $(BUILD)/otel-tidy "$$(sh tests/setup/llvm.sh clang)" $(ONLY)

update-fix: $(BUILD)/otel-tidy
	@python3 tests/fix/run.py $(BUILD)/otel-tidy "$$(sh tests/setup/llvm.sh clang)" --update $(ONLY)
